//! The list of sessions, the offer of an interrupted one, and the captures that are open.

use super::{bytes, noun};
use crate::words::sessions::Sessions;
use crate::words::translated::translated;

translated! { SPANISH:
    Sessions {
        path = "Carpeta o archivo";
        open = "Abrir";
        open_path = "Abrir ruta";
        about_path = "Una carpeta de captura o un archivo .pcap o .pcapng. También puede soltarlo sobre la ventana.";
        looking = "Buscando sesiones…";
        none = "No hay sesiones en el disco";
        delete = "Eliminar…";
        delete_session(title) = "Eliminar {title}…";
        save_as = "Guardar como…";
        save_session(title) = "Guardar {title} como…";
        open_session(title) = "Abrir {title}";
        name = "Nombre de la sesión";
        save = "Guardar";
        delete_question(freed_bytes) = { format!("¿Eliminar definitivamente? Se liberan {}.", bytes(freed_bytes)) };
        delete_now = "Eliminar";
        keep = "Conservar";
        saved = "guardada";
        unsaved = "sin guardar";
        interrupted = "interrumpida";
        live = "esta sesión";
        in_another_window = "grabándose en otra ventana";
        rule(days, kept) = "Las sesiones sin guardar se eliminan a los {days} días; solo se conservan las últimas {kept}.";
        pruned(sessions) = { format!("{} en este inicio.", noun(sessions, "sesión eliminada", "sesiones eliminadas")) };
        saved_stay = "Las sesiones guardadas se quedan hasta que usted las elimine.";
        offer_name = "Sesión interrumpida";
        offer(when) = "La sesión del {when} se interrumpió: Bothends terminó sin cerrarla";
        offered(entries, size_bytes) = { format!("{}, {} en el disco. Puede faltar lo último que ocurrió.", noun(entries, "entrada", "entradas"), bytes(size_bytes)) };
        offer_open = "Verla junto a la sesión actual";
        offer_keep = "Dejar en la lista";
        offer_keep_why = "Búsquela más tarde en el menú Archivo, en «Abrir sesiones…»";
        captures = "Capturas";
        tab_live = "En directo";
        tab_read_only(name) = "{name} (solo lectura)";
        close(name) = "Cerrar {name}";
        read_as = "Leer como…";
        read_as_why = "Codificación, entramado y comprobación con que se lee esta captura";
        as_recorded = "Leída como se grabó";
        by_current = "Leída con los ajustes actuales";
        as_chosen = "Leída como se elige aquí";
        by_endpoint = "(distinto según el extremo)";
        use_current = "Usar los ajustes actuales";
        use_current_why = "La lee con los ajustes actuales de los extremos con los mismos nombres";
        read_as_recorded = "Leer como se grabó";
        read_as_recorded_why = "La lee con los ajustes que tenían sus extremos cuando se grabó";
    }
}
