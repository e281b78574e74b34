//! Pieces of requests: what is wrong with a shape or a place, and where a request does not have a shape.

use crate::payload::shape::MAX_SHAPE_ITEMS;
use crate::payload::shape::MAX_VARINT_BYTES;
use crate::words::InWords as _;
use crate::words::pieces::{Pieces, Places, ShapeFaults, Shapes};
use crate::words::translated::translated;

translated! { GERMAN:
    Pieces {
        mismatch(at, why) = "bei Byte {at}: {why}";
    }

    Shapes |language| {
        Empty = "diese Form ist leer: Hex-Bytes schreiben, ?? für ein beliebiges Byte, und Teile wie [id:2] oder [rest:*]";
        Hex(problem) = { problem.in_words(language) };
        Open = "„[“ ohne „]“";
        Piece = "ein Teil hat einen Namen und eine Länge, etwa [id:2] oder [rest:*]";
        Name(name) = "ein Teil kann nicht {name:?} heißen: Buchstaben, Ziffern und _ nehmen, mit einem Buchstaben am Anfang, aber nicht z oder varint";
        Twice(name) = "es gibt zwei Teile namens {name:?}";
        Length(len) = "{len:?} ist keine Länge: eine Anzahl Bytes schreiben, einen früheren Teil (n, 2*n, n-1), varint, z (bis zu einem Null-Byte) oder * (den Rest)";
        Unknown(name) = "vor diesem steht kein Teil namens {name:?}";
        AfterRest = "auf den Rest können nur Bytes, ?? und Teile mit einer Anzahl Bytes folgen";
        TooMany = { format!("eine Form hat höchstens {MAX_SHAPE_ITEMS} Bytes und Teile") };
    }

    ShapeFaults |language| {
        Byte(expected, found) = "{found:02X}, erwartet {expected:02X}";
        Short(missing) = { format!("die Anfrage ist zu Ende, es fehlen noch {}", language.counts.bytes(*missing)) };
        Long(extra) = { format!("{} mehr, als die Form hat", language.counts.bytes(*extra as u64)) };
        Varint = { format!("ein Varint mit mehr als {MAX_VARINT_BYTES} Bytes") };
        Amount = "seine Länge ist kleiner als null oder zu groß";
    }

    Places |language| {
        Empty = "den Namen des gemerkten Werts schreiben, oder of=TEIL";
        Word(word) = "eine Stelle kennt kein {word:?}: NAME oder of=TEIL schreiben, dann at=N und len=N, wobei N eine Zahl ist oder einen Teil verwendet (n, 2*n, n-1)";
        Piece(name) = "keine Bedingung der Regel findet in der Anfrage einen Teil {name:?}";
    }
}
