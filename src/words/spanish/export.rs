//! Why an export failed, and where one does not hold what was on the wire.

use super::{grouped, noun, plural};
use crate::capture::store::Ended;
use crate::net::Direction;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::export::{ExportErrors, Exports, Lacks};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { SPANISH:
    Exports {
        at_entry(entry, what) = "entrada {entry}: {what}";
        at_connection(entry, connection, what) = "entrada {entry}, conexión {connection}: {what}";
        not_recorded(entries) = { format!("{} antes de ella", noun(entries, "entrada sin grabar", "entradas sin grabar")) };
        because(lack, cause) = "{lack}: {cause}";
        received = "de lo recibido";
        sent = "de lo enviado";
    }

    ExportErrors |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        Stream(source) = { format!("no se puede escribir la salida: {}", source.in_words(language)) };
        Read(error) = { error.in_words(language) };
        Exists(path) = { format!("{} ya existe", shown(path)) };
        IsFolder(path) = { format!("{} es una carpeta: indique un archivo", shown(path)) };
        InsideCapture(path) = { format!("{} está dentro de la propia captura: elija un lugar fuera de ella", shown(path)) };
        NotEmpty(path) = { format!("{} no está vacía: los flujos en bruto necesitan una carpeta nueva o vacía", shown(path)) };
        NeedsFolder = "los flujos en bruto son una carpeta de archivos: indique una carpeta";
        PictureTooLarge = "la imagen es demasiado grande para PNG: guárdela como SVG";
        Picture(error) = { format!("no se ha podido codificar la imagen: {error}") };
        Cancelled = "la exportación se ha cancelado";
    }

    Lacks |language| {
        Cut(direction, kept_bytes, size_bytes) = { format!("{} {}, y solo se conserva el principio ({})", language.counts.bytes(*size_bytes), way(*direction, language), language.counts.bytes(*kept_bytes)) };
        Missing(direction, bytes) = { format!("{} en el archivo de paquetes {} {} antes de esto", plural(*bytes, "falta", "faltan"), language.counts.bytes(*bytes), way(*direction, language)) };
        LeftOut(direction, offset, bytes) = { format!("antes de esto, desde el byte {offset} del flujo, {} en esta exportación {} {}", plural(*bytes, "falta", "faltan"), language.counts.bytes(*bytes), way(*direction, language)) };
        NotRecorded(entries, ended) = { not_recorded(*entries, *ended, language) };
        GivenUp(entries) = { if *entries == 1 { "descartada para dejar sitio a otras más recientes".to_owned() } else { format!("descartadas esta y las siguientes ({} más) para dejar sitio a otras más recientes", grouped(entries - 1)) } };
        Damaged(error) = { error.in_words(language) };
        FilesFull(datagrams) = { format!("{} archivo a partir de aquí: serían demasiados archivos", noun(*datagrams, "datagrama sin", "datagramas sin")) };
        PacketsLost(packets) = { format!("{} del laboratorio sin grabar", noun(*packets, "paquete", "paquetes")) };
        PacketFile(error) = { format!("faltan paquetes del laboratorio. {}", error.in_words(language)) };
        Unreadable(entries, why) = { unreadable(*entries, &why.in_words(language)) };
    }
}

fn unreadable(entries: u64, why: &str) -> String {
    match entries {
        1 => why.to_owned(),
        _ => format!(
            "no se pueden leer esta y las siguientes ({} más): {why}",
            grouped(entries - 1)
        ),
    }
}

fn not_recorded(entries: u64, ended: Option<Ended>, language: &Language) -> String {
    let words = &language.exports;
    let lack = words.not_recorded(entries);
    match ended {
        Some(Ended::Open | Ended::Rotated | Ended::Closed) | None => lack,
        Some(ended) => words.because(&lack, &ended.in_words(language)),
    }
}

fn way(direction: Direction, language: &Language) -> &str {
    match direction {
        Direction::Received => language.exports.received,
        Direction::Sent => language.exports.sent,
    }
}
