//! How much is recorded, and why recording stopped.

use super::{bytes, noun};
use crate::words::recording::Recording;
use crate::words::translated::translated;

translated! { CHINESE:
    Recording {
        keep = "保留";
        everything = "全部";
        newest = "最新条目";
        first_bytes = "开头的字节";
        nothing = "不记录";
        about_everything = "保留每个字节，直到上限。到达上限后停止记录并提示；通信照常进行。";
        about_newest = "保留最新的条目。到达上限后舍弃最早的，以腾出空间。";
        about_first_bytes = "保留每个条目，但只留其数据块的开头字节和完整大小。导出时会说明截去了什么。";
        about_nothing = "不记录条目。时间线静止不动，通信照常进行。";
        chunk_limit = "每个数据块字节数";
        limit = "上限";
        on_disk(kept_bytes) = { format!("磁盘上现有：{}。", bytes(kept_bytes)) };
        for_frames(derived_bytes) = { format!("帧列表另占 {}。", bytes(derived_bytes)) };
        default(limit_bytes) = { format!("留空则为 {}。", bytes(limit_bytes)) };
        about_default = "默认为 10 GiB；若可用空间的十分之一更少，则以它为准。";
        apply = "应用";
        stopped_name = "记录已停止";
        off = "记录已关闭";
        stopped(cause) = "记录已停止：{cause}";
        continues = "通信照常进行。";
        continues_without(entries) = { format!("通信照常进行；此后有 {}未记录。", noun(entries, "个条目")) };
        switch_on = "打开记录";
        resume = "继续";
        resume_elsewhere = "在另一个文件夹中继续…";
        settings = "记录设置…";
        folder = "记录文件夹";
        record_there = "记录到那里";
    }
}
