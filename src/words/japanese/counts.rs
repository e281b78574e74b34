//! Whole numbers with their nouns.

use super::counted;
use crate::words::counts::Counts;
use crate::words::translated::translated;

translated! { JAPANESE:
    Counts {
        bytes(count) = { counted(count, "バイト") };
        chunks(count) = { format!("チャンク {}", counted(count, "個")) };
        clients(count) = { format!("クライアント {}", counted(count, "台")) };
        connections(count) = { format!("接続 {}", counted(count, "件")) };
        entries(count) = { format!("エントリ {}", counted(count, "件")) };
        frames(count) = { format!("フレーム {}", counted(count, "個")) };
        live_connections(count) = { format!("開いている接続 {}", counted(count, "件")) };
        problems(count) = { format!("問題 {}", counted(count, "件")) };
        received_frames(count) = { format!("受信フレーム {}", counted(count, "個")) };
        servers(count) = { format!("サーバー {}", counted(count, "台")) };
    }
}
