//! Documents: their names, how they are opened, saved and left, and what became of their files.

use super::{noun, plural};
use crate::words::InWords as _;
use crate::words::documents::{Documents, Openings};
use crate::words::translated::translated;

translated! { SPANISH:
    Documents {
        untitled = "Sin título";
        saved(name) = "{name} · guardado";
        autosaved(name) = "{name} · guardado automáticamente";
        kept_nowhere(name) = "{name} · sin guardar";
        unsaved(name) = "{name} · cambios sin guardar";
        window(name) = "{name} — Bothends";
        open_title = "Abrir";
        open_path = "Documento, captura o archivo de paquetes";
        about_open = "Un documento .bothends, una carpeta de captura o un archivo .pcap o .pcapng; los archivos de Packet Sender se importan. También puede soltarlo sobre la ventana.";
        open = "Abrir";
        import_title = "Importar mensajes";
        import_path = "Archivo de Packet Sender";
        about_import = "El archivo packets.ini de Packet Sender o su exportación en JSON. Cada paquete se convierte en un mensaje guardado de este documento.";
        import = "Importar";
        recent = "Documentos recientes";
        recent_missing(name, why) = "{name} ({why})";
        open_recent(name) = "Abrir {name}";
        forget_recent(name) = "Quitar {name} de la lista";
        browse = "Examinar…";
        browse_for(what) = "Examinar: {what}";
        save_title = "Guardar documento como";
        save_path = "Guardar en";
        about_save = "Un archivo de texto, apto para el control de versiones. Su nombre termina en .bothends.";
        save = "Guardar";
        no_dialogs = "Este escritorio no ofrece diálogo de archivos. Escriba la ruta.";
        leave_title(name) = "¿Guardar los cambios de {name}?";
        leave_unsaved = "Si no guarda los cambios, se perderán.";
        leave_stop(running) = { format!("{}.", noun(running, "extremo está en marcha y se detendrá", "extremos están en marcha y se detendrán")) };
        leave_quit(live) = { format!("Al salir {} {}. La sesión grabada queda en el disco.", plural(live, "se cierra", "se cierran"), noun(live, "conexión activa", "conexiones activas")) };
        stop_title_new = "¿Detener los extremos y empezar un documento nuevo?";
        stop_title_open(name) = "¿Detener los extremos y abrir {name}?";
        stop_title_reload(name) = "¿Detener los extremos y recargar {name}?";
        dont_save = "No guardar";
        stop_new = "Detener y empezar";
        stop_open = "Detener y abrir";
        stop_reload = "Detener y recargar";
        outside_name = "Documento cambiado desde fuera";
        outside_changed(name) = "{name} se ha cambiado fuera de Bothends";
        outside_gone(name) = "{name} se ha movido o eliminado";
        outside_clean = "Recárguelo para ver los cambios. Al recargarlo se detienen sus extremos.";
        outside_own = "Usted también lo ha cambiado aquí. Si lo recarga, perderá sus cambios; si los conserva, sobrescribirá el archivo al guardar.";
        outside_refused = "No se ha guardado para no sobrescribir esos cambios. Si lo recarga, perderá los suyos; si los conserva, sobrescribirá el archivo.";
        outside_gone_what = "Guárdelo para escribir el archivo de nuevo, o guárdelo en otro lugar.";
        reload = "Recargar";
        keep_mine = "Conservar los míos";
        keep_and_save = "Conservar los míos y sobrescribir";
        save_as = "Guardar como…";
        dismiss = "Cerrar";
        unsaved_name = "Cambios sin guardar";
        unsaved_found(name) = "Se han conservado cambios sin guardar de {name}";
        unsaved_found_at(name, when) = "Se han conservado cambios sin guardar de {name} ({when})";
        unsaved_what = "Bothends terminó antes de que se guardaran. Al restaurarlos se detienen los extremos; el archivo queda como está hasta que usted guarde.";
        restore = "Restaurar los cambios";
        discard = "Descartar";
        not_saved_name = "Documento sin guardar";
        not_saved = "El documento no se ha guardado";
        advice_changed = "Recárguelo, o conserve sus cambios y sobrescriba el archivo";
        advice_exists = "Elija otro nombre o reemplace el archivo";
        advice_elsewhere = "Guárdelo en otro lugar";
        advice_shorten = "Acorte sus mensajes";
        drop_document(name) = "Suelte para abrir el documento {name}";
        drop_captured(name) = "Suelte para abrir el archivo de paquetes {name}";
        drop_messages(name) = "Suelte para importar los mensajes de {name}";
        drop_any(name) = "Suelte para abrir {name}";
        drop_many(count) = { format!("Suelte para abrir {}", noun(count, "archivo", "archivos")) };
        dialog_open = "Abrir un documento o una captura";
        dialog_import = "Importar mensajes de Packet Sender";
        dialog_save = "Guardar documento como";
        dialog_export = "Exportar a";
        dialog_folder = "Elegir una carpeta";
        dialog_file = "Elegir el archivo que se enviará";
        dialog_certificate = "Elegir el archivo de un certificado";
        dialog_key = "Elegir el archivo de una clave";
        dialog_roots = "Elegir el archivo de certificados de confianza";
        kind_pem = "Certificados y claves en PEM";
        kind_all = "Documentos y capturas";
        kind_document = "Documentos de Bothends";
        kind_packets = "Archivos de Packet Sender";
        kind_any = "Todos los archivos";
    }

    Openings |language| {
        Read(source) = { source.in_words(language) };
        NotPlain = "no es un archivo normal";
        Unknown = "no es un documento, ni una carpeta de captura, ni un archivo .pcap o .pcapng, ni un archivo de Packet Sender";
    }
}
