//! Framings: what is wrong with a rule, and with what it cut.

use crate::payload::framing::MAX_DELIMITER_BYTES;
use crate::words::InWords as _;
use crate::words::framing::{Faults, Framings};
use crate::words::translated::translated;

translated! { GERMAN:
    Framings |language| {
        Unknown(name) = "Ein Framing {name:?} gibt es nicht. Möglich sind line, lf, crlf, cr, delimiter:HEX, fixed:N, length:u16be, varint, between:HEX,HEX, http, websocket, mqtt, postgres, resp, mllp, stx-etx, slip oder silence:20ms";
        NoArgument(name) = "{name} hat kein Argument";
        Bytes(name, problem) = { format!("{name} verlangt Bytes in Hex: {}", problem.in_words(language)) };
        ByteCount(name) = "{name} verlangt 1 bis {MAX_DELIMITER_BYTES} Bytes in Hex";
        Fixed = "fixed verlangt eine Größe von 1 Byte bis 16 MiB in Bytes, etwa fixed:8";
        Width = "length verlangt u8, oder u16, u32 oder u64 mit be oder le, etwa length:u16be";
        Option(option) = "length hat keine Option {option:?}. Möglich sind at=N (Offset des Längenfelds, bis 255), adjust=N (wie viele Bytes der Frame über die Länge hinaus hat) oder self (die Länge zählt sich mit)";
        VarintOption(option) = "varint hat keine Option {option:?}. Möglich sind at=N (Offset des Varints, bis 255) oder most=N (wie viele Bytes er höchstens hat, bis 10)";
        Marks = "between verlangt, womit ein Frame beginnt und womit er endet, etwa between:02,03, und wahlweise ein Escape-Byte, das nicht das Ende ist";
        Silence = "silence verlangt eine Zeit von 1 ms bis 1 Stunde, etwa silence:20ms oder silence:1.5s";
    }

    Faults |language| {
        Length(length) = "sein Längenfeld sagt {length}, und das ist unmöglich; der nächste Frame beginnt danach";
        Varint = "seine Länge ist ein zu langer Varint; der nächste Frame beginnt danach";
        TooLong = "kein Ende innerhalb von 16 MiB; hier abgeschnitten";
        Outside = "Bytes außerhalb jedes Frames";
        Unfinished = "der Datenstrom endete mittendrin";
        Gap = "danach fehlen Bytes";
        Rest = "der Rest einer Nachricht, die länger als 16 MiB ist";
        StartLine = "keine HTTP/1-Nachricht; der nächste Frame beginnt an der nächsten Startzeile";
        HeadLine = "eine Zeile des Kopfes ist umbrochen, hat keinen Namen oder endet nicht mit CR LF";
        HeadTooLong = "der Kopf ist länger als 64 KiB";
        BodyLength = "die Länge des Rumpfes ist ungültig";
        TwoLengths = "er hat sowohl Content-Length als auch Transfer-Encoding; Letzteres hat Vorrang";
        Chunk = "ein Chunk des Rumpfes ist fehlerhaft";
        Resp = "kein RESP-Wert: sein Typ, seine Länge oder sein Zeilenende ist falsch";
    }
}
