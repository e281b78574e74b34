//! Messages imported from another tool: what came of it.

use super::counted;
use crate::words::InWords as _;
use crate::words::imported::{Imported, LeftsOut, MessageFiles};
use crate::words::translated::translated;
use crate::workspace::MAX_PACKETS;

translated! { JAPANESE:
    Imported {
        added(count, folder) = { format!("メッセージ {}をフォルダー {folder} にインポートしました", counted(count, "件")) };
        left_out(count, which) = { format!("{}を除外しました: {which}", counted(count, "件")) };
        named(name, why) = "{name} ({why})";
        more(named, count) = "{named} ほか {count} 件";
        not_tcp(count) = { format!("パケット {}は平文の TCP ではありません。バイトはそのまま残し、元の種類をメモに書きました", counted(count, "件")) };
        renamed(count) = { format!("メッセージ {}の名前が元と異なります", counted(count, "件")) };
        undo = "インポートを元に戻す";
        forget = "閉じる";
    }

    MessageFiles |language| {
        Load(problem) = { problem.in_words(language) };
        Json(line, column, error) = { language.files.at(&language.files.position(*line, *column), &error.replace('\n', "、")) };
        Line(line) = "{line} 行目は、見出しでもキーと値でもありません";
        TooMany = { format!("パケットが {MAX_PACKETS} 件を超えています") };
        NoPackets = "Packet Sender のパケットがありません";
    }

    LeftsOut |language| {
        Refused(error) = { error.in_words(language) };
        Missing = "ファイルには名前しかありません";
        Unlisted = "ファイルの名前の一覧にありません";
    }
}
