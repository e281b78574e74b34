//! Pieces of requests: what is wrong with a shape or a place, and where a request does not have a shape.

use crate::payload::shape::MAX_SHAPE_ITEMS;
use crate::payload::shape::MAX_VARINT_BYTES;
use crate::words::InWords as _;
use crate::words::pieces::{Pieces, Places, ShapeFaults, Shapes};
use crate::words::translated::translated;

translated! { FRENCH:
    Pieces {
        mismatch(at, why) = "à l’octet {at} : {why}";
    }

    Shapes |language| {
        Empty = "cette forme est vide : écrivez des octets en hexa, ?? pour n’importe quel octet, et des parties comme [id:2] ou [rest:*]";
        Hex(problem) = { problem.in_words(language) };
        Open = "« [ » sans « ] »";
        Piece = "une partie a un nom et une longueur, par exemple [id:2] ou [rest:*]";
        Name(name) = "une partie ne peut pas s’appeler {name:?} : utilisez des lettres, des chiffres et _, en commençant par une lettre, mais ni z ni varint";
        Twice(name) = "il y a deux parties nommées {name:?}";
        Length(len) = "{len:?} n’est pas une longueur : écrivez un nombre d’octets, une partie précédente (n, 2*n, n-1), varint, z (jusqu’à un octet nul) ou * (le reste)";
        Unknown(name) = "aucune partie nommée {name:?} ne précède celle-ci";
        AfterRest = "après le reste, il ne peut y avoir que des octets, des ?? et des parties d’un nombre d’octets donné";
        TooMany = { format!("une forme a au plus {MAX_SHAPE_ITEMS} octets et parties") };
    }

    ShapeFaults |language| {
        Byte(expected, found) = "{found:02X}, attendu {expected:02X}";
        Short(missing) = { format!("la requête s’arrête, il manque {}", language.counts.bytes(*missing)) };
        Long(extra) = { format!("{} de plus que la forme", language.counts.bytes(*extra as u64)) };
        Varint = { format!("un varint de plus de {MAX_VARINT_BYTES} octets") };
        Amount = "sa longueur est négative ou trop grande";
    }

    Places |language| {
        Empty = "écrivez le nom de ce qui est mémorisé, ou of=PARTIE";
        Word(word) = "un emplacement n’accepte pas {word:?} : écrivez NOM ou of=PARTIE, puis at=N et len=N, où N est un nombre ou utilise une partie (n, 2*n, n-1)";
        Piece(name) = "aucune condition de la règle ne trouve de partie {name:?} dans la requête";
    }
}
