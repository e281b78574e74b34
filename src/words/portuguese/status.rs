//! The status bar.

use super::{bytes, noun};
use crate::words::status::Status;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Status {
        on_disk(kept_bytes, limit_bytes) = { format!("No disco: {} de {}", bytes(kept_bytes), bytes(limit_bytes)) };
        with_frames(on_disk, derived_bytes) = { format!("{on_disk}, {} para quadros", bytes(derived_bytes)) };
        not_recording(on_disk) = "{on_disk}, sem gravação";
        dropped(on_disk, entries) = { format!("{on_disk}, {}", noun(entries, "entrada antiga descartada", "entradas antigas descartadas")) };
        slow = "A gravação está atrasando o tráfego";
        slow_why = "Os endpoints esperam pela gravação, para que nada se perca";
    }
}
