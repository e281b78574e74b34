//! Dialogs that have no subject of their own.

use super::{noun, plural};
use crate::words::dialogs::Dialogs;
use crate::words::translated::translated;

translated! { SPANISH:
    Dialogs {
        quit_title = "¿Salir de Bothends?";
        quit(live) = { format!("Al salir {} {}. La sesión grabada queda en el disco.", plural(live, "se cierra", "se cierran"), noun(live, "conexión activa", "conexiones activas")) };
        never_ask = "No volver a preguntar";
        quit_button = "Salir";
        problems = "Problemas";
        keys = "Atajos de teclado";
        sessions = "Sesiones";
        export = "Exportar entradas";
    }
}
