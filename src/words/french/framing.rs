//! Framings: what is wrong with a rule, and with what it cut.

use crate::payload::framing::MAX_DELIMITER_BYTES;
use crate::words::InWords as _;
use crate::words::framing::{Faults, Framings};
use crate::words::translated::translated;

translated! { FRENCH:
    Framings |language| {
        Unknown(name) = "Il n’existe pas de découpage {name:?}. Utilisez line, lf, crlf, cr, delimiter:HEX, fixed:N, length:u16be, varint, between:HEX,HEX, http, websocket, mqtt, postgres, resp, mllp, stx-etx, slip ou silence:20ms";
        NoArgument(name) = "{name} ne prend pas d’argument";
        Bytes(name, problem) = { format!("{name} prend des octets en hexa : {}", problem.in_words(language)) };
        ByteCount(name) = "{name} prend de 1 à {MAX_DELIMITER_BYTES} octets en hexa";
        Fixed = "fixed prend une taille de 1 octet à 16 Mio, en octets, par exemple fixed:8";
        Width = "length prend u8, ou u16, u32 ou u64 avec be ou le, par exemple length:u16be";
        Option(option) = "length n’a pas d’option {option:?}. Utilisez at=N (position du champ de longueur, 255 au plus), adjust=N (combien d’octets s’ajoutent à la longueur) ou self (la longueur se compte elle-même)";
        VarintOption(option) = "varint n’a pas d’option {option:?}. Utilisez at=N (position du varint, 255 au plus) ou most=N (son nombre maximal d’octets, 10 au plus)";
        Marks = "between prend ce qui commence et ce qui termine une trame, par exemple between:02,03, et éventuellement un octet d’échappement différent de la fin";
        Silence = "silence prend une durée de 1 ms à 1 heure, par exemple silence:20ms ou silence:1.5s";
    }

    Faults |language| {
        Length(length) = "son champ de longueur indique {length}, ce qui est impossible ; la trame suivante commence après lui";
        Varint = "sa longueur est un varint trop long ; la trame suivante commence après lui";
        TooLong = "pas de fin dans les 16 premiers Mio ; elle est coupée ici";
        Outside = "octets en dehors de toute trame";
        Unfinished = "le flux a pris fin avant la fin de la trame";
        Gap = "des octets manquent ensuite";
        Rest = "le reste d’un message de plus de 16 Mio";
        StartLine = "pas un message HTTP/1 ; la trame suivante commence à la prochaine ligne de départ";
        HeadLine = "une ligne de son en-tête est repliée, n’a pas de nom ou ne se termine pas par CR LF";
        HeadTooLong = "son en-tête dépasse 64 Kio";
        BodyLength = "la longueur de son corps n’est pas valide";
        TwoLengths = "elle a à la fois un Content-Length et un Transfer-Encoding, qui l’emporte";
        Chunk = "un morceau de son corps est mal formé";
        Resp = "pas une valeur RESP : son type, sa longueur ou sa fin de ligne est incorrecte";
    }
}
