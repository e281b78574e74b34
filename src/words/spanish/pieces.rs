//! Pieces of requests: what is wrong with a shape or a place, and where a request does not have a shape.

use crate::payload::shape::MAX_SHAPE_ITEMS;
use crate::payload::shape::MAX_VARINT_BYTES;
use crate::words::InWords as _;
use crate::words::pieces::{Pieces, Places, ShapeFaults, Shapes};
use crate::words::translated::translated;

translated! { SPANISH:
    Pieces {
        mismatch(at, why) = "en el byte {at}: {why}";
    }

    Shapes |language| {
        Empty = "esta forma está vacía: escriba bytes hex, ?? para cualquier byte y piezas como [id:2] o [rest:*]";
        Hex(problem) = { problem.in_words(language) };
        Open = "'[' sin ']'";
        Piece = "una pieza tiene un nombre y una longitud, como [id:2] o [rest:*]";
        Name(name) = "una pieza no se puede llamar {name:?}: use letras, cifras y _, con una letra al principio, pero no z ni varint";
        Twice(name) = "hay dos piezas llamadas {name:?}";
        Length(len) = "{len:?} no es una longitud: escriba un número de bytes, una pieza anterior (n, 2*n, n-1), varint, z (hasta un byte cero) o * (el resto)";
        Unknown(name) = "ninguna pieza llamada {name:?} precede a esta";
        AfterRest = "tras el resto solo pueden ir bytes, ?? y piezas con un número de bytes";
        TooMany = { format!("una forma tiene como máximo {MAX_SHAPE_ITEMS} bytes y piezas") };
    }

    ShapeFaults |language| {
        Byte(expected, found) = "{found:02X}, se esperaba {expected:02X}";
        Short(missing) = { format!("la petición termina, con {} de menos", language.counts.bytes(*missing)) };
        Long(extra) = { format!("{} más de los que tiene la forma", language.counts.bytes(*extra as u64)) };
        Varint = { format!("un varint de más de {MAX_VARINT_BYTES} bytes") };
        Amount = "su longitud es menor que cero o demasiado grande";
    }

    Places |language| {
        Empty = "escriba el nombre de lo recordado, o of=PIEZA";
        Word(word) = "un lugar no admite {word:?}: escriba NOMBRE u of=PIEZA, y después at=N y len=N, donde N es un número o usa una pieza (n, 2*n, n-1)";
        Piece(name) = "ninguna condición de la regla encuentra una pieza {name:?} en la petición";
    }
}
