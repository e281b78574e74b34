//! What a peer's SYN says.

use super::{grouped, noun};
use crate::words::syn::Syns;
use crate::words::translated::translated;

translated! { SPANISH:
    Syns {
        syn(hops, window, options) = { format!("SYN con {} por delante, una ventana de {}; opciones: {options}", noun(hops.into(), "salto", "saltos"), noun(window.into(), "byte", "bytes")) };
        none = "ninguna";
        end = "fin de la lista";
        no_operation = "sin operación";
        maximum_segment_size(bytes) = { format!("tamaño máximo de segmento {}", grouped(bytes.into())) };
        window_scale(shift) = { format!("escala de ventana {shift} (las ventanas cuentan {})", noun(1_u64.checked_shl(shift.into()).unwrap_or(0), "vez", "veces")) };
        sack_permitted = "confirmaciones selectivas permitidas";
        timestamps(value) = "marcas de tiempo (desde {value})";
        fast_open_wanted = "pide cookie de Fast Open";
        fast_open(bytes) = { format!("cookie de Fast Open de {}", noun(bytes as u64, "byte", "bytes")) };
        multipath = "Multipath TCP";
        other(kind, bytes) = { format!("tipo {kind} con {}", noun(bytes as u64, "byte", "bytes")) };
        congestion = "notificación explícita de congestión (ECN) ofrecida";
    }
}
