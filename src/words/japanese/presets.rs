//! The presets: what each is called, what it is and how to try it.

use crate::words::presets::Presets;
use crate::words::translated::translated;

translated! { JAPANESE:
    Presets {
        echo = "エコー";
        echo_about = "エコー (RFC 862): 受信したものをそのまま送り返します。`ncat 127.0.0.1 7007` で試せます。";
        upper_case = "大文字エコー";
        upper_case_about = "大声で返すエコー: 応答が要求から何を作るかを示します。`ncat 127.0.0.1 7008` で試せます。";
        discard = "破棄 (Discard)";
        discard_about = "破棄 (Discard, RFC 863): すべてを読み取り、何も返しません。操作のないルールも応答の一つです。";
        daytime = "日時 (Daytime)";
        daytime_about = "日時 (Daytime, RFC 867): 現在の日時を伝えてクローズします。要求を待つことはありません。";
        character_generator = "文字ジェネレーター";
        character_generator_about = "文字ジェネレーター (RFC 864): 受け取る側がいる限り、テキストの行を送り続けます。";
        chat = "チャット";
        chat_about = "チャットルーム: 1 つのピアの発言が、ほかのピアに届きます。2 つの端末で `ncat 127.0.0.1 7024` を実行してください。";
        line_script = "行単位の対話";
        line_script_about = "状態を持つ対話: 応答は、それまでの発言によって変わります。`ncat 127.0.0.1 7023` で試せます。";
        http = "HTTP";
        http_about = "小さなウェブサイト: ページ、JSON、応答するフォームがあります。ブラウザーで http://127.0.0.1:8080/ を開いてください。";
        websocket = "WebSocket";
        websocket_about = "WebSocket サーバー (RFC 6455): ハンドシェイク、テキストとバイナリのメッセージのエコー、ping、クローズ。";
        smtp_sink = "SMTP シンク";
        smtp_sink_about = "すべてのメールを受け取り、1 通も配送しないメールサーバー。`swaks --server 127.0.0.1:2525 --to a@example.org` で試せます。";
        ftp = "FTP";
        ftp_about = "ディレクトリ一覧まで対応する FTP サーバー: 制御接続と、2 台目のサーバーへのデータ接続を使います。`lftp -e \"ls; bye\" ftp://127.0.0.1:2121` で試せます。";
        mqtt_broker = "MQTT ブローカー";
        mqtt_broker_about = "完全一致のトピック向けの MQTT 3.1.1 ブローカー: 接続、購読、QoS 0 と 1 での発行、ping。購読者はトピックごとのグループに参加します。ワイルドカードには対応していません。";
        redis = "Redis";
        redis_about = "Redis: `redis-cli -p 6380` が送る PING、SET、GET、DEL、ECHO に応答します。";
        postgresql = "PostgreSQL";
        postgresql_about = "SELECT 1 まで対応する PostgreSQL: `psql -h 127.0.0.1 -p 5433 -U anybody -c \"SELECT 1\"`。";
        modbus_tcp = "Modbus TCP";
        modbus_tcp_about = "100 個の保持レジスターと 100 個の入力レジスターを持ち、読み書きできる Modbus TCP 機器。";
        modbus_rtu = "Modbus RTU";
        modbus_rtu_about = "TCP 上の Modbus RTU 機器: 同じレジスターを持ち、TCP ヘッダーはなく、チェックサムが付きます。チェックサムが誤っていれば、仕様のとおり応答しません。";
        scpi_instrument = "SCPI 機器";
        scpi_instrument_about = "SCPI を話す電源装置: 自分の名前を返し、電圧の設定を受け付け、電圧と電流を測定し、最後のエラーを保持します。";
        hl7_acknowledger = "HL7 確認応答";
        hl7_acknowledger_about = "HL7 メッセージ (MLLP) を受け取り、それぞれの制御 ID で確認応答します。メッセージでないものは拒否します。";
        dns = "DNS";
        dns_about = "UDP 上の meter.example 用 DNS サーバーで、ルール 1 つがレコード 1 件です: `dig @127.0.0.1 -p 1053 meter.example`。付属のクライアントは、このサーバーや接続先のほかのサーバーに、シーケンス「look up an address」で問い合わせます。";
        syslog = "Syslog";
        syslog_about = "UDP 上の syslog サーバー。メッセージを受け取り、どこにも応答しません: `logger --udp --server 127.0.0.1 --port 5514 hello`。";
    }
}
