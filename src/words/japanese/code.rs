//! Endpoints as code: what it does not carry over.

use crate::words::InWords as _;
use crate::words::code::{CodeLacks, CodePlaces, RuleLacks};
use crate::words::translated::translated;

translated! { JAPANESE:
    CodeLacks |language| {
        Lab = "引き継がれません: ラボ。OS のネットワークを使います";
        Framing(framing) = "引き継がれません: フレーミング {framing}。読み取りごとに 1 つの要求とみなします";
        Field(place, field) = { format!("引き継がれません: {}、フィールド {{{{{field}}}}}", place.in_words(language)) };
        Rule(name, what) = { format!("引き継がれません: ルール {name:?}: {}", what.in_words(language)) };
        Reply = "引き継がれません: 応答。何も応答しません";
        Reconnect = "引き継がれません: 再接続";
        ReplyToReads = "引き継がれません: 要求ごとの応答。行ごとに応答します";
        CloseAfterReply = "引き継がれません: 応答後のクローズ";
        AnswerAfterFinish = "引き継がれません: 送り終えたピアへの応答。ncat は接続をすぐに終了します";
        HalfOpen = "引き継がれません: ピアが送り終えた後のハーフオープンの維持";
        ReadBuffer = "引き継がれません: 読み取りバッファー";
        OtherPeers = "引き継がれません: 最初以外のピア";
        Backlog = "引き継がれません: バックログ";
        Mode = "引き継がれません: ソケットファイルのアクセス権";
        SocketOptions = "引き継がれません: ソケットオプション";
        DualStack = "引き継がれません: IPv4 での待ち受けの併用";
        StartTls = "引き継がれません: STARTTLS。接続は平文のままです";
        TlsIdentity(file) = "引き継がれません: Bothends CA が作る証明書。証明書と鍵 (PEM) を {file} に入れてください";
        TlsIdentityOfNcat = "引き継がれません: Bothends CA が作る証明書。ncat は自己署名の証明書を作ります";
        AuthorityFile(file) = "別途必要です: Bothends CA の証明書。次のコマンドで書き出してください: bothends ca > {file}";
        OwnAuthority = "引き継がれません: Bothends CA への信頼。次のコマンドでファイルに書き出してください: bothends ca";
        TlsFlaw = "引き継がれません: 証明書の意図的な欠陥";
        TlsFault = "引き継がれません: TLS の意図的な誤り";
        TlsNoName = "引き継がれません: サーバー名を送らない設定。検証する名前が送られます";
        TlsVersions = "引き継がれません: TLS のバージョンの選択";
        TlsClients = "引き継がれません: クライアントへの証明書の要求";
        TlsClientIdentity = "引き継がれません: クライアント自身の証明書";
        TlsHalfClose = "引き継がれません: 送信終了後の受信。TLS では Python が接続を終了します";
    }

    CodePlaces |language| {
        Greeting = "グリーティング";
        Reply = "応答";
        Message = "メッセージ";
        Rule(name) = "ルール {name:?}";
    }

    RuleLacks |language| {
        Time = "全体 (時間を待つため)";
        From = "全体 (一部のピアだけが対象のため)";
        Check = "全体 (チェックサムを検査するため)";
        Within = "全体 (記憶した内容を調べるため)";
        Regex = "全体 (Python にない正規表現のため)";
        Memory = "記憶への書き込みと消去";
        Others = "ほかの接続への操作";
        Luck = "確率で破棄または改変されるメッセージ";
        Tls = "TLS の開始";
        Reading = "読み取りの停止";
        Pace = "送信速度";
    }
}
