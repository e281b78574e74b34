//! What many panels say.

use super::{bytes, rate};
use crate::words::common::Common;
use crate::words::translated::translated;

translated! { SPANISH:
    Common {
        close = "Cerrar";
        cancel = "Cancelar";
        replace = "Reemplazar el archivo si existe";
        resize_list = "Cambiar el tamaño de la lista de extremos";
        resize_peers = "Cambiar el tamaño de la lista de pares";
        resize_inspector = "Cambiar el tamaño del inspector";
        resize_detail = "Cambiar el tamaño del panel de detalle";
        resize_plot = "Cambiar el tamaño del gráfico";
        recording_settings = "Ajustes de grabación";
        comma = ", ";
        semicolon = "; ";
        full_stop = ". ";
        sentences(first, second) = "{first} {second}";
        ended(sentence) = "{sentence}.";
        bytes(received, sent) = { format!("recibido {}, enviado {}", bytes(received), bytes(sent)) };
        rates(received, sent) = { format!("recibido {}, enviado {}", rate(received), rate(sent)) };
    }
}
