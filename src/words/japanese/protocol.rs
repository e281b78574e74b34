//! How bytes are read: encoding, framing and check, with ready rules to choose from.

use crate::words::protocol::Protocol;
use crate::words::translated::translated;

translated! { JAPANESE:
    Protocol {
        recorded_data = "記録済みのデータにも適用";
        encoding = "エンコード";
        windows_1252 = "Windows-1252 (Latin-1)";
        latin_1 = "ISO-8859-1（厳密）";
        framing = "フレーミング";
        framing_why = "タイムラインと固定の応答のために、ストリームをフレームに区切る方法です。チャンクはそのまま残ります。";
        check = "検査";
        check_why = "各フレームで検査する内容です。テンプレートと同じフィールドで書きます (例: crc CRC-16/MODBUS le)";
        none = "なし";
        differs = "受信と送信で別の設定";
        differs_why = "受信したものと送信したものを、要求と応答のように、それぞれの方法で読みます";
        datagrams = "データグラムごとに 1 フレーム";
        datagrams_why = "UDP は送信時の境界を保つため、フレームに区切る必要がありません";
        received = "受信";
        sent = "送信";
        of_received(field) = "{field} (受信)";
        of_sent(field) = "{field} (送信)";
        choices(field) = "{field}の選択肢";
        choice(rule, meaning) = "{rule}: {meaning}";

        chunks = "読み書きされたままのチャンク";
        line = "LF、CR LF、CR のいずれかで終わる行";
        lf = "LF で終わる行";
        crlf = "CR LF で終わる行";
        cr = "CR で終わる行";
        delimiter = "区切りバイトまで";
        fixed = "固定長のフレーム";
        length = "フレームの前に長さフィールド";
        modbus_tcp = "Modbus TCP: オフセット 4 に長さフィールド";
        varint = "フレームの前に varint の長さ (protobuf)";
        http = "HTTP/1 メッセージ";
        websocket = "WebSocket: HTTP ヘッダー、その後フレーム";
        mqtt = "MQTT: オフセット 1 に varint の長さ";
        postgres = "PostgreSQL: 種類と長さ、最初は長さのみ";
        resp = "Redis: RESP2 と RESP3 の値";
        mllp = "MLLP (HL7): 0B … 1C 0D";
        stx_etx = "STX … ETX、DLE でエスケープ";
        slip = "SLIP (RFC 1055)";
        silence = "無通信の間隔で区切る";

        unchecked = "フレームを検査しない";
        modbus_rtu = "Modbus RTU";
        xmodem = "XMODEM";
        crc32 = "CRC-32";
        sum = "全バイトの和 (256 を法とする)";
        nmea = "NMEA 0183: $…*HH";
        modbus_ascii = "Modbus ASCII: :…LRC";
    }
}
