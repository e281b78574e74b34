//! The status bar.

use super::{bytes, counted};
use crate::words::status::Status;
use crate::words::translated::translated;

translated! { JAPANESE:
    Status {
        on_disk(kept_bytes, limit_bytes) = { format!("ディスク: {} / {}", bytes(kept_bytes), bytes(limit_bytes)) };
        with_frames(on_disk, derived_bytes) = { format!("{on_disk}、フレーム用 {}", bytes(derived_bytes)) };
        not_recording(on_disk) = "{on_disk}、記録停止中";
        dropped(on_disk, entries) = { format!("{on_disk}、古いエントリ {}を破棄", counted(entries, "件")) };
        slow = "記録のため通信が遅くなっています";
        slow_why = "何も失わないよう、エンドポイントが記録を待っています";
    }
}
