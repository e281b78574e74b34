//! Templates and checks: what their fields mean, and what is wrong with them.

use crate::payload::checksum::UnknownChecksum;
use crate::payload::escape;
use crate::payload::hex;
use crate::payload::template::FieldKind;
use crate::payload::template::Names;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::template::{
    Checks, Meanings, Obstacles, Regexes, Renders, Requests, TemplateFields, Templates, Verdicts,
};
use crate::words::translated::translated;
use crate::words::typed::reason;
use crate::words::typed::wrong_at;

translated! { SPANISH:
    Templates {
        check_value(value) = "123456789 da {value}";
        alias_check_value(name, value) = "{name}, 123456789 da {value}";
        no_checksum(name) = "no existe la suma de verificación {name:?}: use el nombre de catálogo de un CRC, como CRC-16/MODBUS, o bien sum, xor, lrc, fletcher16, adler32 o internet";
        piece = "pieza de la petición";
        similar_checksum(name, similar) = "no existe la suma de verificación {name:?}. ¿Quería decir {similar}?";
    }

    Meanings |language| {
        Counter = "número de mensajes enviados en la conexión";
        Time = "hora actual como texto";
        Unix = "tiempo desde 1970";
        Random = "bytes aleatorios o un número aleatorio";
        Uuid = "UUID aleatorio";
        File = "contenido de un archivo";
        Len = "número de bytes que siguen, o de un intervalo";
        Crc = "CRC de todos los bytes anteriores, o de un intervalo";
        Sum = "suma de los bytes módulo 256";
        Xor = "XOR de todos los bytes";
        Lrc = "complemento a dos de la suma";
        Fletcher16 = "suma de verificación de Fletcher";
        Adler32 = "suma de verificación de Adler";
        Internet = "suma de verificación de Internet";
        Sha1 = "SHA-1 de todos los bytes anteriores, o de un intervalo";
        Base64 = "todos los bytes anteriores, o un intervalo, en Base64";
        Begin = "principio de un intervalo; hidden: no se envía";
        End = "final de un intervalo";
        Peer = "la dirección del par";
        Local = "la dirección propia de la conexión";
        Connection = "el número de la conexión";
        Request = "lo que se responde, o una parte; solo en respuestas";
        Memory = "lo que recuerda el extremo";
        Times = "número de veces que se ha aplicado la regla";
        Upper = "la petición o una pieza en mayúsculas";
        Lower = "la petición o una pieza en minúsculas";
        Number = "un número calculado a partir de una pieza";
        Unmask = "una pieza con XOR de otra, como enmascara WebSocket";
        Braces = "dos llaves de apertura";
    }

    TemplateFields |language| {
        Open = "'{{' sin '}}' (escriba {{braces}} para dos llaves literales)";
        Empty = "este campo está vacío; escriba counter, time, uuid u otro campo";
        Unknown(name) = { format!("no existe el campo {name:?}; los campos son {}", fields()) };
        UnknownInRule(name, pieces) = { unknown_in_rule(name, pieces) };
        Piece(name) = "ninguna condición de la regla encuentra una pieza {name:?} en la petición";
        AfterPiece(word) = "nada puede seguir al nombre de una pieza: quite {word:?}";
        OnlyInRules(field) = { format!("{} solo se puede usar en las reglas de un extremo", field.name()) };
        Word(field, word) = { format!("{} no admite {word:?}: escriba {}", field.name(), field.usage()) };
        Missing(field) = { format!("{} está incompleto: escriba {}", field.name(), field.usage()) };
        Checksum(unknown) = { no_checksum(language, unknown) };
        Time(reason) = "el formato de hora no es válido: {reason}";
        Range(name) = "no existe el intervalo {name:?}: escriba {{{{begin {name}}}}} antes y {{{{end {name}}}}} después";
        TwoRanges(name) = "hay dos intervalos llamados {name:?}";
        HalfHidden(name) = "el intervalo {name:?} empieza o termina dentro de un intervalo oculto, pero no ambas cosas";
        Regex(problem) = { problem.in_words(language) };
    }

    Regexes |language| {
        Invalid(error) = { format!("la expresión regular no es válida: {}", reason(error)) };
        TooLarge = "la expresión regular es demasiado compleja: acórtela o repita menos en ella";
        Name(name) = "un grupo no se puede llamar {name:?}: use letras, cifras y _, con una letra al principio";
    }

    Requests |language| {
        Range(from, to, len) = { format!("el intervalo {from}..{to} no está dentro de la petición, que tiene {}", language.counts.bytes(*len as u64)) };
        NoHeader(name) = "la petición no tiene ningún campo {name:?}";
        NoMatch = "la expresión regular no coincide con la petición";
    }

    Renders |language| {
        TooWide(value) = "{value} no cabe: use un número más ancho";
        Negative(len) = "la longitud sería {len}: compruebe adjust";
        Range(from, to, len) = { format!("el intervalo {from}..{to} no está dentro del mensaje, que tiene {}", language.counts.bytes(*len as u64)) };
        Unstable = "las cifras de esta longitud cambian la propia longitud: indique width=N";
        Cycle = "este campo y otro se abarcan el uno al otro";
        Digits(problem) = { format!("el intervalo solo puede contener dígitos hex: {}", problem.in_words(language)) };
        Time(reason) = "el formato de hora no es válido: {reason}";
        Encoding(encoding, character) = { language.typed.unencodable(*encoding, *character) };
        NoFile = "el archivo no se ha leído";
        TooLong = "el mensaje tendría más de 16 MiB";
        NoRequest = "{{request}} solo se puede usar en respuestas: quítelo o haga de esto la respuesta de un extremo";
        Request(problem) = { problem.in_words(language) };
        NoPiece(name) = "la petición no tiene ninguna pieza {name:?}";
        NoMemory = "{{memory}} solo se puede usar en las reglas de un extremo";
        Place = "un número de este campo es menor que cero o demasiado grande, o la petición no tiene su pieza";
        NotRemembered(key) = { format!("no se recuerda nada como «{}»", escape::render(key)) };
        BeyondMemory(from, len, remembered) = { beyond(language, *from, *len, *remembered) };
        NoKey = "la pieza con la que desenmascarar está vacía";
        NoIp = "un socket Unix no tiene dirección IP ni puerto: omita ip o port";
    }

    Checks |language| {
        Field(position, problem) = { wrong_at(language, position, &problem.in_words(language)) };
        Kind = "Una comprobación es una suma de verificación o una longitud, como 'crc CRC-16/MODBUS le', 'sum', 'xor HEX over=1..-3 at=-2' o 'len u16be at=4'";
        Width = "Una longitud que comprobar necesita un ancho: añada u16be o width=N";
    }

    Verdicts |language| {
        Good = "correcta";
        Bad(wrong) = { format!("{} es {}, se esperaba {}", wrong.name, hex::render(&wrong.found), hex::render(&wrong.expected)) };
        Impossible(why) = { why.in_words(language) };
    }

    Obstacles |language| {
        TooShort(len) = { format!("demasiado corta para su comprobación ({})", language.counts.bytes(*len as u64)) };
        Field(problem) = { problem.in_words(language) };
    }
}

/// Returns the names of all fields outside of rules.
fn fields() -> String {
    let kinds = FieldKind::ALL
        .iter()
        .filter(|kind| !kind.is_only_in_rules());
    let names: Vec<_> = kinds.map(|kind| kind.name()).collect();
    names.join(", ")
}

fn unknown_in_rule(name: &str, pieces: &Names) -> String {
    let fields: Vec<_> = FieldKind::ALL.iter().map(|kind| kind.name()).collect();
    let fields = fields.join(", ");
    let pieces: Vec<_> = pieces.iter().map(|piece| &**piece).collect();
    let pieces = match pieces[..] {
        [] => "las condiciones de la regla no encuentran ninguna pieza".to_owned(),
        _ => format!("las piezas son {}", pieces.join(", ")),
    };
    format!("no existe ninguna pieza ni ningún campo {name:?}; {pieces}, y los campos son {fields}")
}

fn beyond(language: &Language, from: usize, len: Option<usize>, remembered: usize) -> String {
    let remembered = language.counts.bytes(remembered as u64);
    match len {
        Some(len) => {
            let len = language.counts.bytes(len as u64);
            format!(
                "el lugar ocupa {len} a partir del byte {from}, y la memoria tiene {remembered}"
            )
        }
        None => format!("el lugar empieza en el byte {from}, y la memoria tiene {remembered}"),
    }
}

fn no_checksum(language: &Language, unknown: &UnknownChecksum) -> String {
    match unknown.similar.as_slice() {
        [] => language.templates.no_checksum(&unknown.name),
        similar => language
            .templates
            .similar_checksum(&unknown.name, &similar.join(", ")),
    }
}
