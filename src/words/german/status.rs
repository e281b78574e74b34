//! The status bar.

use super::{bytes, noun};
use crate::words::status::Status;
use crate::words::translated::translated;

translated! { GERMAN:
    Status {
        on_disk(kept_bytes, limit_bytes) = { format!("Auf der Platte: {} von {}", bytes(kept_bytes), bytes(limit_bytes)) };
        with_frames(on_disk, derived_bytes) = { format!("{on_disk}, {} für Frames", bytes(derived_bytes)) };
        not_recording(on_disk) = "{on_disk}, keine Aufzeichnung";
        dropped(on_disk, entries) = { format!("{on_disk}, {} verworfen", noun(entries, "älterer Eintrag", "ältere Einträge")) };
        slow = "Die Aufzeichnung bremst den Verkehr";
        slow_why = "Endpunkte warten auf die Aufzeichnung, damit nichts verloren geht";
    }
}
