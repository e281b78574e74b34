//! The status bar.

use super::{bytes, noun};
use crate::words::status::Status;
use crate::words::translated::translated;

translated! { FRENCH:
    Status {
        on_disk(kept_bytes, limit_bytes) = { format!("Sur le disque : {} sur {}", bytes(kept_bytes), bytes(limit_bytes)) };
        with_frames(on_disk, derived_bytes) = { format!("{on_disk}, {} pour les trames", bytes(derived_bytes)) };
        not_recording(on_disk) = "{on_disk}, capture inactive";
        dropped(on_disk, entries) = { format!("{on_disk}, {}", noun(entries, "ancienne entrée abandonnée", "anciennes entrées abandonnées")) };
        slow = "La capture ralentit le trafic";
        slow_why = "Les extrémités attendent la capture, pour que rien ne soit perdu";
    }
}
