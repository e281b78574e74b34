//! What is wrong with the fields of forms.

use crate::words::InWords as _;
use crate::words::form::{Addresses, Amounts, FileProblems, Forms};
use crate::words::translated::translated;

translated! { JAPANESE:
    Forms |language| {
        Address(error) = { error.in_words(language) };
        Encoding(error) = { error.in_words(language) };
        Framing(error) = { error.in_words(language) };
        Check(error) = { error.in_words(language) };
        BindAddress = "127.0.0.1 や ::1 など、このマシンのアドレスを入力してください";
        Scope = "% の後に書かれた名前のネットワークインターフェイスはありません";
        RemotePort = "リモートポートは 1 から 65535 までの数です";
        Backlog = "バックログは 1 から 65535 までの数です";
        LabDelay = "50ms など、10s 以下の遅延を入力するか、空欄にしてください";
        LabLoss = "1% など、0% から 100% までのパケットの割合を入力するか、空欄にしてください";
        Size = "バイト数、または k (KiB) か m (MiB) を付けた数を入力してください (例: 64k)";
        WriteBytes = "1 バイトから 1 MiB までの書き込みサイズを入力してください (例: 64k)";
        ReadBuffer = "1 バイトから 1 MiB までのバッファーサイズを入力してください (例: 64k)";
        Duration = "単位 (ms、s、m) を付けた時間を入力してください (例: 200ms、5s)";
        ConnectTimeout = "接続タイムアウトは 1ms から 10m までです";
        Reconnect = "最初と最長の待ち時間 (10ms から 60m まで) と、必要なら回数を入力してください (例: 1s..30s, 10 times)";
        Period = "メッセージの間隔は 1ms 以上です";
        Times = "1 以上の回数を入力するか、空欄にしてください";
        SocketPath = "107 バイト以下のパス、または @ と名前を入力してください";
        Mode = "アクセス権を 8 進数で入力してください (例: 600、660)";
        Source = "このマシンのアドレス、:ポート、またはその両方を入力してください (例: 192.168.1.5、:4000)";
        KeepAlive = "最初のプローブまでの時間、間隔、プローブの回数を入力してください (例: 60s,10s,5)";
        Buffer = "1 バイトから 1024m までのバッファーサイズを入力してください (例: 64k)";
        Ttl = "TTL は 1 から 255 までの数です";
        Linger = "整数の秒数を入力してください (例: 0s、5s)";
        KeyAlone = "鍵は証明書と組で使います。証明書のファイルも選ぶか、鍵を空欄にしてください";
        FlawOfFiles = "意図的な欠陥を入れられるのは Bothends が作る証明書だけです。証明書ファイルを空欄にしてください";
        Alpn = "プロトコルの名前は 255 バイトまでです";
        ForgetAfter = "100ms から 1440m までの無通信時間を入力してください (例: 30s)";
        Group = "マルチキャストアドレスを入力してください (例: 239.1.2.3、ff02::fb)";
        GroupFamily = "グループは、バインドアドレスと同じファミリー (IPv4 または IPv6) にしてください";
        Groups = "1 つのソケットが参加できるグループは 20 個までです";
        Interface = "このマシンのインターフェイスの名前かアドレスを入力してください (例: eth0)";
        Message(error) = { error.in_words(language) };
        Rule(problem) = { problem.in_words(language) };
        Seed = "7 などの整数を入力するか、空欄にしてください";
        NotListening(name) = "{name} は待ち受けていません。先に開始してください";
        NoServer = "このクライアントの接続先だったサーバーは削除されました。別のサーバーかアドレスを選んでください";
    }

    Addresses |language| {
        NoHost = "ホストの名前かアドレスを入力してください (例: localhost:9000)";
        Port = "ポートは 0 から 65535 までの数です";
        NotIpv6 = "IPv6 アドレスではありません。::1 のように、ポートを付けるなら [::1]:9000 のように書いてください";
        AfterBrackets = "角括弧の後に書けるのはポートだけです (例: [::1]:9000)";
        Url = "これは URL です。ホストとポートを入力してください (例: localhost:9000)";
        HostCharacter = "ホストに空白、スラッシュ、制御文字は使えません。名前かアドレスを入力してください";
    }

    Amounts |language| {
        Amount = "500 MiB や 10 GiB のような量を入力してください";
        TooLittle = "上限は 1 MiB 以上にしてください";
        Chunk = "64 や 1 KiB のようなバイト数を入力してください";
    }

    FileProblems |language| {
        Read(error) = { error.in_words(language) };
        NotPlain = "通常のファイルではありません";
        TooLong = "16 MiB を超えています";
    }
}
