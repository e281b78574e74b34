//! The presets: what each is called, what it is and how to try it.

use crate::words::presets::Presets;
use crate::words::translated::translated;

translated! { CHINESE:
    Presets {
        echo = "回显";
        echo_about = "回显（RFC 862）：收到什么就发回什么。可用 `ncat 127.0.0.1 7007` 试试。";
        upper_case = "大写回显";
        upper_case_about = "大声喊话的回显：演示回复如何由请求加工而成。可用 `ncat 127.0.0.1 7008` 试试。";
        discard = "丢弃（Discard）";
        discard_about = "丢弃（Discard，RFC 863）：读取一切，什么也不回复。没有动作的规则也是一种回复。";
        daytime = "日期时间（Daytime）";
        daytime_about = "日期时间（Daytime，RFC 867）：报出时间，然后关闭。它从不等待请求。";
        character_generator = "字符发生器";
        character_generator_about = "字符发生器（RFC 864）：只要有人在听，就一直发送文本行。";
        chat = "聊天室";
        chat_about = "聊天室：一个对端说的话，其他对端都能听到。请在两个终端里运行 `ncat 127.0.0.1 7024`。";
        line_script = "逐行对话";
        line_script_about = "带状态的对话：如何回复取决于此前说过什么。可用 `ncat 127.0.0.1 7023` 试试。";
        http = "HTTP";
        http_about = "一个小网站：一个网页、JSON，以及一个会回应的表单。请在浏览器中打开 http://127.0.0.1:8080/。";
        websocket = "WebSocket";
        websocket_about = "WebSocket 服务器（RFC 6455）：握手、回显文本和二进制消息、ping、关闭。";
        smtp_sink = "SMTP 收件黑洞";
        smtp_sink_about = "接收所有邮件、但一封也不投递的邮件服务器。可用 `swaks --server 127.0.0.1:2525 --to a@example.org` 试试。";
        ftp = "FTP";
        ftp_about = "能列出目录的 FTP 服务器：一个控制连接，另有一个到第二个服务器的数据连接。可用 `lftp -e \"ls; bye\" ftp://127.0.0.1:2121` 试试。";
        mqtt_broker = "MQTT 代理";
        mqtt_broker_about = "只支持精确主题的 MQTT 3.1.1 代理：连接、订阅、以 QoS 0 和 1 发布、ping。订阅者加入各自主题的组；不支持通配符。";
        redis = "Redis";
        redis_about = "Redis：PING、SET、GET、DEL 和 ECHO，即 `redis-cli -p 6380` 发出的请求。";
        postgresql = "PostgreSQL";
        postgresql_about = "PostgreSQL，到 SELECT 1 为止：`psql -h 127.0.0.1 -p 5433 -U anybody -c \"SELECT 1\"`。";
        modbus_tcp = "Modbus TCP";
        modbus_tcp_about = "Modbus TCP 设备，有 100 个保持寄存器和 100 个输入寄存器，可读可写。";
        modbus_rtu = "Modbus RTU";
        modbus_rtu_about = "基于 TCP 的 Modbus RTU 设备：寄存器相同，没有 TCP 头部，带校验和。校验和错误时不应答，符合规范要求。";
        scpi_instrument = "SCPI 仪器";
        scpi_instrument_about = "使用 SCPI 的电源：报出自己的名称，接受电压设定，测量电压和电流，并保留最近的错误。";
        hl7_acknowledger = "HL7 确认服务器";
        hl7_acknowledger_about = "接收 HL7 消息（MLLP），并以各自的控制 ID 逐条确认；不是消息的内容会被拒绝。";
        dns = "DNS";
        dns_about = "基于 UDP 的 meter.example DNS 服务器，一条规则就是一条记录：`dig @127.0.0.1 -p 1053 meter.example`。它的客户端用序列“look up an address”查询它，或查询所连接的任何其他服务器。";
        syslog = "Syslog";
        syslog_about = "基于 UDP 的 syslog 服务器，只接收消息，不作任何回复：`logger --udp --server 127.0.0.1 --port 5514 hello`。";
    }
}
