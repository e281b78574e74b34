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
        about = "Acerca de Bothends";
        about_what = "Un banco de trabajo para conexiones: sé cualquiera de los dos extremos por TCP, TLS, UDP o sockets Unix y ve exactamente lo que ocurrió.";
        about_licence = "Software libre, a elegir bajo la licencia MIT o la licencia Apache 2.0.";
        about_fonts = "Las fuentes incluidas, bajo la SIL Open Font License 1.1";
        sessions = "Sesiones";
        export = "Exportar entradas";
    }
}
