//! Why the system refused something.

use crate::words::reason::Reasons;
use crate::words::translated::translated;

translated! { JAPANESE:
    Reasons {
        in_use = "ポートは既に使用中";
        path_in_use = "パスは既に使用中";
        not_ours = "このマシンにないアドレス";
        not_permitted = "許可なし";
        refused = "拒否 (そこで接続を受け入れるプログラムなし)";
        reset = "ピアがリセット (RST)";
        unix_reset = "ピアがリセット";
        aborted = "OS による中断";
        not_connected = "未接続";
        broken_pipe = "ピアは受信を終了済み";
        timed_out = "タイムアウト";
        host_unreachable = "ホスト到達不能";
        network_unreachable = "ネットワーク到達不能 (経路なし)";
        network_down = "ネットワークがダウン";
        out_of_memory = "メモリ不足";
        unsupported = "この OS では未対応";
        out_of_descriptors = "ファイル記述子不足";
        no_family = "このアドレスファミリーはこのマシンで使用不可 (IPv6 なし?)";
        disk_full = "ディスクが満杯";
        no_such_file = "ファイルまたはフォルダーなし";
        read_only = "ボリュームは読み取り専用";
        not_a_file = "ファイル以外のもの";
        unknown(code) = "システムエラー {code}";
        name_not_found = "名前に対応するアドレスなし";
        name_not_found_as(text) = "名前に対応するアドレスなし ({text})";
    }
}
