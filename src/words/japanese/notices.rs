//! The list of problems.

use super::bytes;
use crate::words::notices::Notices;
use crate::words::translated::translated;

translated! { JAPANESE:
    Notices {
        none = "問題はありません";
        placed(place, time) = "{place}  ·  {time}";
        solved(place) = "{place}  ·  解決済み";
        clear = "一覧をクリア";
        document = "ドキュメント";
        opened_file = "開いたファイル";
        copy = "コピー";
        addresses = "このマシンのアドレス";
        copy_cut(kept_bytes) = { format!("先頭の {} だけをコピーしました", bytes(kept_bytes)) };
        select_fewer = "選択する行を減らしてください";
        nothing_to_make_a_rule_of = "ルールは作られませんでした。受信したものがもう保存されていないか、エンドポイントがなくなっています";
        reader_busy = "以前の要求をまだ処理中です";
        find_a_part = "その一部を検索してください";
        filter_a_part = "フィルターを外し、すべてを表示しています。テキストの一部を検索し、それで絞り込んでください";
        not_read_as_recorded(endpoint, problem) = "{endpoint} は、このバージョンが知らない方法で読まれていました: {problem}";
        read_without = "バイトはその方法を使わずに表示しています。新しいバージョンの Bothends なら対応しているかもしれません";
        type_address = "待ち受けるアドレスを入力してください";
        chosen_for_another = "何も保存されませんでした。ファイルは、前に開いていたドキュメント用に選ばれたものです";
        choose_again = "このドキュメント用のファイルを選んでください";
        kept_while_open = "変更は、ウィンドウを閉じるまで保たれます";
    }
}
