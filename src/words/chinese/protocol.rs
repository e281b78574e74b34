//! How bytes are read: encoding, framing and check, with ready rules to choose from.

use crate::words::protocol::Protocol;
use crate::words::translated::translated;

translated! { CHINESE:
    Protocol {
        recorded_data = "对已记录的数据也生效";
        encoding = "编码";
        windows_1252 = "Windows-1252 (Latin-1)";
        latin_1 = "ISO-8859-1（严格）";
        framing = "分帧";
        framing_why = "怎样把每个流切成帧，用于时间线和固定回复。数据块保持原样。";
        check = "校验";
        check_why = "对每个帧校验什么：写法与模板的字段相同，例如 crc CRC-16/MODBUS le";
        none = "无";
        differs = "接收和发送分别设置";
        differs_why = "收到的和发送的各用自己的规则解读，例如请求和回复";
        datagrams = "每个数据报是一个帧";
        datagrams_why = "UDP 保留所发内容的边界，所以无需切成帧";
        received = "接收";
        sent = "发送";
        of_received(field) = "{field}，接收";
        of_sent(field) = "{field}，发送";
        choices(field) = "{field}的选项";
        choice(rule, meaning) = "{rule}：{meaning}";

        chunks = "读取和写入的数据块";
        line = "以 LF、CR LF 或 CR 结尾的行";
        lf = "以 LF 结尾的行";
        crlf = "以 CR LF 结尾的行";
        cr = "以 CR 结尾的行";
        delimiter = "到分隔字节为止";
        fixed = "固定长度的帧";
        length = "每个帧前有长度字段";
        modbus_tcp = "Modbus TCP：长度字段在偏移 4";
        varint = "每个帧前有 varint 长度（protobuf）";
        http = "HTTP/1 消息";
        websocket = "WebSocket：先是 HTTP 头部，然后是帧";
        mqtt = "MQTT：varint 长度在偏移 1";
        postgres = "PostgreSQL：类型和长度，开头只有长度";
        resp = "Redis：RESP2 和 RESP3 的值";
        mllp = "MLLP（HL7）：0B … 1C 0D";
        stx_etx = "STX … ETX，以 DLE 转义";
        slip = "SLIP（RFC 1055）";
        silence = "按静默间隔切分";

        unchecked = "不校验帧";
        modbus_rtu = "Modbus RTU";
        xmodem = "XMODEM";
        crc32 = "CRC-32";
        sum = "所有字节之和模 256";
        nmea = "NMEA 0183：$…*HH";
        modbus_ascii = "Modbus ASCII：:…LRC";
    }
}
