//! Whole numbers with their nouns.

use super::noun;
use crate::words::counts::Counts;
use crate::words::translated::translated;

translated! { CHINESE:
    Counts {
        bytes(count) = { noun(count, "字节") };
        chunks(count) = { noun(count, "个数据块") };
        clients(count) = { noun(count, "个客户端") };
        connections(count) = { noun(count, "个连接") };
        entries(count) = { noun(count, "个条目") };
        frames(count) = { noun(count, "个帧") };
        live_connections(count) = { noun(count, "个活动连接") };
        problems(count) = { noun(count, "个问题") };
        received_frames(count) = { noun(count, "个收到的帧") };
        servers(count) = { noun(count, "个服务器") };
    }
}
