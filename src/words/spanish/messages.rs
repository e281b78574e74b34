//! The list of saved messages.

use crate::words::messages::Messages;
use crate::words::translated::translated;

translated! { SPANISH:
    Messages {
        tab = "Mensajes";
        saved = "Mensajes guardados";
        saved_short = "Guardados";
        saved_why = "Mensajes guardados con un nombre";
        none_saved = "No hay mensajes guardados";
        none_sought = "Ningún mensaje guardado contiene esto";
        filter = "Filtrar mensajes guardados";
        unusable = "No válido";
        send(name) = "Enviar {name}";
        send_why = "Lo envía ahora; también con doble clic";
        edit = "Editar";
        edit_named(name) = "Editar {name}";
        edit_why = "Lo pone en el campo del mensaje";
        more(name) = "Más opciones de {name}";
        move_up = "Subir";
        move_down = "Bajar";
        duplicate = "Duplicar";
        delete = "Eliminar";
        deleted(name) = "{name} se ha eliminado";
        undo = "Deshacer";
        message_name = "Nombre";
        folder = "Carpeta";
        note = "Nota";
        name = "Nombre del mensaje";
        name_hint = "Guardar este mensaje como…";
        save = "Guardar";
    }
}
