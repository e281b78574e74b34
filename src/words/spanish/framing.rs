//! Framings: what is wrong with a rule, and with what it cut.

use crate::payload::framing::MAX_DELIMITER_BYTES;
use crate::words::InWords as _;
use crate::words::framing::{Faults, Framings};
use crate::words::translated::translated;

translated! { SPANISH:
    Framings |language| {
        Unknown(name) = "No existe el entramado {name:?}. Use line, lf, crlf, cr, delimiter:HEX, fixed:N, length:u16be, varint, between:HEX,HEX, http, websocket, mqtt, postgres, resp, mllp, stx-etx, slip o silence:20ms";
        NoArgument(name) = "{name} no lleva argumento";
        Bytes(name, problem) = { format!("{name} lleva bytes en hex: {}", problem.in_words(language)) };
        ByteCount(name) = "{name} lleva de 1 a {MAX_DELIMITER_BYTES} bytes en hex";
        Fixed = "fixed lleva un tamaño de 1 byte a 16 MiB, en bytes, como en fixed:8";
        Width = "length lleva u8, o bien u16, u32 o u64 con be o le, como en length:u16be";
        Option(option) = "length no tiene la opción {option:?}. Use at=N (posición del campo de longitud, hasta 255), adjust=N (cuántos bytes hay aparte de la longitud) o self (la longitud se cuenta a sí misma)";
        VarintOption(option) = "varint no tiene la opción {option:?}. Use at=N (posición del varint, hasta 255) o most=N (su máximo de bytes, hasta 10)";
        Marks = "between lleva lo que empieza y lo que termina una trama, como en between:02,03, y si se quiere un byte de escape distinto del final";
        Silence = "silence lleva un tiempo de 1 ms a 1 hora, como en silence:20ms o silence:1.5s";
    }

    Faults |language| {
        Length(length) = "su campo de longitud dice {length}, lo que es imposible; la trama siguiente empieza detrás";
        Varint = "su longitud es un varint demasiado largo; la trama siguiente empieza detrás";
        TooLong = "sin final en 16 MiB; se corta aquí";
        Outside = "bytes fuera de toda trama";
        Unfinished = "el flujo ha terminado dentro de ella";
        Gap = "faltan bytes detrás de ella";
        Rest = "el resto de un mensaje de más de 16 MiB";
        StartLine = "no es un mensaje HTTP/1; la trama siguiente empieza en la línea inicial siguiente";
        HeadLine = "una línea de su cabecera está plegada, no tiene nombre o no termina en CR LF";
        HeadTooLong = "su cabecera tiene más de 64 KiB";
        BodyLength = "la longitud de su cuerpo no es válida";
        TwoLengths = "tiene tanto Content-Length como Transfer-Encoding, que prevalece";
        Chunk = "un fragmento de su cuerpo está mal formado";
        Resp = "no es un valor RESP: su tipo, su longitud o su fin de línea es incorrecto";
    }
}
