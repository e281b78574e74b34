//! The status bar.

use super::{bytes, noun};
use crate::words::status::Status;
use crate::words::translated::translated;

translated! { SPANISH:
    Status {
        on_disk(kept_bytes, limit_bytes) = { format!("En el disco: {} de {}", bytes(kept_bytes), bytes(limit_bytes)) };
        with_frames(on_disk, derived_bytes) = { format!("{on_disk}, {} para tramas", bytes(derived_bytes)) };
        not_recording(on_disk) = "{on_disk}, sin grabar";
        dropped(on_disk, entries) = { format!("{on_disk}, {}", noun(entries, "entrada antigua descartada", "entradas antiguas descartadas")) };
        slow = "La grabación frena el tráfico";
        slow_why = "Los extremos esperan a la grabación para que no se pierda nada";
    }
}
