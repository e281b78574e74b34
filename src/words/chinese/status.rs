//! The status bar.

use super::{bytes, noun};
use crate::words::status::Status;
use crate::words::translated::translated;

translated! { CHINESE:
    Status {
        on_disk(kept_bytes, limit_bytes) = { format!("磁盘：{} / {}", bytes(kept_bytes), bytes(limit_bytes)) };
        with_frames(on_disk, derived_bytes) = { format!("{on_disk}，帧 {}", bytes(derived_bytes)) };
        not_recording(on_disk) = "{on_disk}，未记录";
        dropped(on_disk, entries) = { format!("{on_disk}，已舍弃 {}", noun(entries, "个较早的条目")) };
        slow = "记录拖慢了通信";
        slow_why = "端点会等待记录，以免丢失任何内容";
    }
}
