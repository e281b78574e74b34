//! Pieces of requests: what is wrong with a shape or a place, and where a request does not have a shape.

use crate::payload::shape::MAX_SHAPE_ITEMS;
use crate::payload::shape::MAX_VARINT_BYTES;
use crate::words::InWords as _;
use crate::words::pieces::{Pieces, Places, ShapeFaults, Shapes};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Pieces {
        mismatch(at, why) = "no byte {at}: {why}";
    }

    Shapes |language| {
        Empty = "esta forma está vazia: escreva bytes em hex, ?? para um byte qualquer e trechos como [id:2] ou [rest:*]";
        Hex(problem) = { problem.in_words(language) };
        Open = "'[' sem ']'";
        Piece = "um trecho tem um nome e um comprimento, como [id:2] ou [rest:*]";
        Name(name) = "um trecho não pode se chamar {name:?}: use letras, dígitos e _, começando com uma letra, mas não z nem varint";
        Twice(name) = "há dois trechos chamados {name:?}";
        Length(len) = "{len:?} não é um comprimento: escreva um número de bytes, um trecho anterior (n, 2*n, n-1), varint, z (até um byte zero) ou * (o resto)";
        Unknown(name) = "nenhum trecho chamado {name:?} vem antes deste";
        AfterRest = "depois do resto só podem vir bytes, ?? e trechos com um número de bytes";
        TooMany = { format!("uma forma tem no máximo {MAX_SHAPE_ITEMS} bytes e trechos") };
    }

    ShapeFaults |language| {
        Byte(expected, found) = "{found:02X}, esperado {expected:02X}";
        Short(missing) = { format!("a requisição termina antes, com {} a menos", language.counts.bytes(*missing)) };
        Long(extra) = { format!("há {} além do que a forma tem", language.counts.bytes(*extra as u64)) };
        Varint = { format!("um varint de mais de {MAX_VARINT_BYTES} bytes") };
        Amount = "o comprimento é menor que zero ou grande demais";
    }

    Places |language| {
        Empty = "escreva o nome do que é memorizado, ou of=TRECHO";
        Word(word) = "uma posição não aceita {word:?}: escreva NOME ou of=TRECHO, depois at=N e len=N, em que N é um número ou usa um trecho (n, 2*n, n-1)";
        Piece(name) = "nenhuma condição da regra encontra um trecho {name:?} na requisição";
    }
}
