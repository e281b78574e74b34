//! What a peer's SYN says.

use super::{grouped, noun};
use crate::words::syn::Syns;
use crate::words::translated::translated;

translated! { FRENCH:
    Syns {
        syn(hops, window, options) = { format!("SYN : {}, fenêtre de {} ; options : {options}", noun(hops.into(), "saut restant", "sauts restants"), noun(window.into(), "octet", "octets")) };
        none = "aucune";
        end = "fin de la liste";
        no_operation = "aucune opération";
        maximum_segment_size(bytes) = { format!("taille maximale de segment {}", grouped(bytes.into())) };
        window_scale(shift) = { format!("échelle de fenêtre {shift} (fenêtres multipliées par {})", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        sack_permitted = "acquittements sélectifs permis (SACK)";
        timestamps(value) = "horodatages (à partir de {value})";
        fast_open_wanted = "cookie Fast Open demandé";
        fast_open(bytes) = { format!("cookie Fast Open de {}", noun(bytes as u64, "octet", "octets")) };
        multipath = "Multipath TCP";
        other(kind, bytes) = { format!("type {kind} avec {}", noun(bytes as u64, "octet", "octets")) };
        congestion = "notification explicite de congestion proposée";
    }
}
