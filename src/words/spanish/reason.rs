//! Why the system refused something.

use crate::words::reason::Reasons;
use crate::words::translated::translated;

translated! { SPANISH:
    Reasons {
        in_use = "el puerto ya está en uso";
        path_in_use = "la ruta ya está en uso";
        not_ours = "la dirección no está en este equipo";
        not_permitted = "no permitido";
        refused = "rechazado (ahí nadie acepta conexiones)";
        reset = "reiniciada por el par (RST)";
        unix_reset = "reiniciada por el par";
        aborted = "abortada por el sistema";
        not_connected = "no conectado";
        broken_pipe = "el par ya no acepta bytes";
        timed_out = "tiempo de espera agotado";
        host_unreachable = "host inaccesible";
        network_unreachable = "red inaccesible (sin ruta)";
        network_down = "la red está caída";
        out_of_memory = "falta memoria";
        unsupported = "este sistema no lo admite";
        out_of_descriptors = "no quedan descriptores de archivo";
        no_family = "este equipo no tiene esa familia de direcciones (¿sin IPv6?)";
        disk_full = "el disco está lleno";
        no_such_file = "no existe ese archivo o carpeta";
        read_only = "el volumen es de solo lectura";
        not_a_file = "no es un archivo";
        unknown(code) = "error del sistema {code}";
        name_not_found = "no se encuentra ninguna dirección";
        name_not_found_as(text) = "no se encuentra ninguna dirección ({text})";
    }
}
