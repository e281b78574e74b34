//! What came of the last message: what was sent, and what was received afterwards.

use super::{duration, grouped, noun, spaced_end};
use crate::session::MAX_REPLIES;
use crate::words::answer::Answers;
use crate::words::translated::translated;

translated! { CHINESE:
    Answers {
        sending = "正在发送…";
        sent(bytes) = { format!("已发送 {}", noun(bytes, "字节")) };
        sent_to(bytes, peers) = { let each = if peers == 1 { "" } else { "各" }; format!("已向 {}{each}发送 {}", noun(peers, "个对端"), noun(bytes, "字节")) };
        sent_in_all(bytes, peers) = { format!("已向 {}共发送 {}", noun(peers, "个对端"), noun(bytes, "字节")) };
        sent_times(times) = { format!("已发送 {}", noun(times, "次")) };
        not_encrypted(why) = "未发送：{why}";
        no_reply = "还没有回复";
        set_to_none(server) = { format!("没有回复：{}被设为不回复", spaced_end(server)) };
        not_approved = "没有回复：文档未获批准";
        incomplete(bytes) = { format!("收到 {}，还没有完整的帧", noun(bytes, "字节")) };
        replies(count, waited) = { if count == 1 { format!("1 条回复，用时 {}", duration(waited)) } else { format!("{}，首条用时 {}", counted(count), duration(waited)) } };
        replies_so_far(count, waited) = { format!("{}，最后一条用时 {}", counted(count), duration(waited)) };
        replied(count, waited) = { format!("{} 个已回复，{}用时 {}", grouped(count), if count == 1 { "" } else { "首个" }, duration(waited)) };
    }
}

fn counted(count: u64) -> String {
    if count >= MAX_REPLIES {
        return format!("{} 条以上的回复", grouped(MAX_REPLIES));
    }
    noun(count, "条回复")
}
