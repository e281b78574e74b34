//! What a peer's SYN says.

use super::{grouped, noun};
use crate::words::syn::Syns;
use crate::words::translated::translated;

translated! { GERMAN:
    Syns {
        syn(hops, window, options) = { format!("SYN mit TTL {hops} bei der Ankunft, Fenster von {}; Optionen: {options}", noun(window.into(), "Byte", "Bytes")) };
        none = "keine";
        end = "Ende der Liste";
        no_operation = "keine Operation";
        maximum_segment_size(bytes) = { format!("größtes Segment {}", grouped(bytes.into())) };
        window_scale(shift) = { format!("Fensterskalierung {shift} (Fenster zählen {}-fach)", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        sack_permitted = "selektive Bestätigungen erlaubt";
        timestamps(value) = "Zeitstempel (ab {value})";
        fast_open_wanted = "Fast-Open-Cookie gewünscht";
        fast_open(bytes) = "Fast-Open-Cookie von {bytes} Bytes";
        multipath = "Multipath TCP";
        other(kind, bytes) = "Art {kind} mit {bytes} Bytes";
        congestion = "Explicit Congestion Notification angeboten";
    }
}
