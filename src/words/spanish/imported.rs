//! Messages imported from another tool: what came of it.

use super::{noun, plural};
use crate::words::InWords as _;
use crate::words::imported::{Imported, LeftsOut, MessageFiles};
use crate::words::translated::translated;
use crate::workspace::MAX_PACKETS;

translated! { SPANISH:
    Imported {
        added(count, folder) = { format!("{} a la carpeta {folder}", noun(count, "mensaje importado", "mensajes importados")) };
        left_out(count, which) = { format!("{}: {which}", noun(count, "omitido", "omitidos")) };
        named(name, why) = "{name} ({why})";
        more(named, count) = "{named} y {count} más";
        not_tcp(count) = { format!("{} de TCP sin cifrar: los bytes se han conservado, y {}", noun(count, "paquete no era", "paquetes no eran"), plural(count, "su nota dice qué era", "sus notas dicen qué eran")) };
        renamed(count) = { format!("{} de nombre al importarse", noun(count, "mensaje ha cambiado", "mensajes han cambiado")) };
        undo = "Deshacer importación";
        forget = "Cerrar";
    }

    MessageFiles |language| {
        Load(problem) = { problem.in_words(language) };
        Json(line, column, error) = { language.files.at(&language.files.position(*line, *column), &error.replace('\n', ", ")) };
        Line(line) = "la línea {line} no es ni un encabezado ni una clave con un valor";
        TooMany = { format!("contiene más de {MAX_PACKETS} paquetes") };
        NoPackets = "no contiene paquetes de Packet Sender";
    }

    LeftsOut |language| {
        Refused(error) = { error.in_words(language) };
        Missing = "el archivo no tiene nada más que su nombre";
        Unlisted = "no está en la lista de nombres del archivo";
    }
}
