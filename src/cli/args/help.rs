//! What `--help` says beside the options: examples, and the values that several options share.

/// The `--help` section on values that several options share.
pub(super) const GRAMMAR: &str = r#"Values:
  ADDR       host:port, [v6]:port, or :port for 127.0.0.1; tls://ADDR for TLS, udp://ADDR for UDP, where host
             may also be a multicast group or a broadcast address;
             unix:PATH or unix:@NAME (Linux) for a Unix socket
  SIZE       bytes, or KiB and MiB with k and m: 30, 64k, 1m; of a record also 20MB, 1.5GiB
  DURATION   a number with ms, s or m: 200ms, 2s, 1m
  TEXT       text with the escapes \n \r \t \0 \\ \xNN \u{…}
  HEX        hex digits: '0A 0b', 0A0B, 0x0A,0x0B, 0A-0B
  PATTERN    text:TEXT, regex:REGEX, hex:HEX with ?? for any byte; a bare word means text:
             TEXT is encoded with --encoding.
             A REGEX matches bytes: \xFF, . and [^a] match one byte, é its UTF-8 bytes;
             $ and \b see the end of what has arrived so far
  RULE       line (LF, CR LF or CR), lf, crlf, cr, delimiter:HEX, fixed:BYTES,
             length:u16be (u8 to u64, be or le) with ,at=N ,adjust=N ,self,
             varint (also varint:at=N,most=N), between:START,END[,ESCAPE] in hex, silence:DURATION,
             http (HTTP/1), websocket, mqtt, postgres, resp (Redis), mllp, stx-etx, slip
  CHECK      'crc CRC-16/MODBUS le', 'sum', 'xor HEX over=1..-3 at=-2', 'len u16be at=4':
             fields as in a template, with the place of the value; several with ;
  NAME       of an encoding: utf-8, windows-1252, gbk, sjis, utf-16 … or another label of the Encoding
             Standard, where latin1 and iso-8859-1 are windows-1252 (80 is €); iso-8859-1-strict is
             ISO-8859-1 itself (80 is the control character U+0080, and there is no €)
  FIELD      {{counter [start=N] [step=N] [width=N|u16be|varint]}}, which begins anew on each connection;
             {{time ["%H:%M:%S"] [utc]}} {{uuid}}
             {{unix [s|ms|us|ns] [u32be]}} {{random BYTES}} {{random A..B [u16be]}} {{file PATH}}
             {{len [over=RANGE] [adjust=N] [width=N|u16be|varint]}} of what follows it,
             {{crc NAME [le] [hex|HEX] [over=RANGE] [decode]}} of what precedes it; likewise
             sum, xor, lrc, fletcher16, adler32, internet, {{sha1 [hex|HEX|base64] [over=RANGE]}}
             and {{base64 [over=RANGE]}}; RANGE is A..B or the name between {{begin NAME [hidden]}}
             and {{end NAME}}, and what is hidden is not sent;
             {{peer [ip|port]}} {{local [ip|port]}} {{connection}}; in a reply also
             {{request [A..B|header NAME|/REGEX/]}}, what it answers, or the REGEX's first group;
             in a rule also {{NAME}} or {{1}}, a piece that its conditions find,
             {{memory NAME|of=PIECE [at=AMOUNT] [len=AMOUNT]}}, where AMOUNT is N or [N*]PIECE[+N|-N],
             {{number AMOUNT [width=N|u16be|varint]}}, {{upper request|PIECE}}, {{lower request|PIECE}},
             {{unmask DATA KEY}}, two pieces XORed, and {{times [width=N|u16be|varint]}}

Exit status: 0 fine; 1 a connection, an expectation or a check failed, something was not sent, recorded or
written, a capture is damaged or incomplete, or a second signal; 2 wrong arguments, among them a folder
to record into that is not empty and a file to export to that exists. The first SIGINT or SIGTERM ends a
command in order.
Messages go to standard error, data to standard output."#;

pub(super) const EXAMPLES: &str = r"Examples:
  bothends                                   open the window
  bothends open meter-bench.bothends         open it with a document, or with captures
  bothends serve :9000                       echo what arrives, on 127.0.0.1:9000
  bothends send :9000 --text 'Hello\n'       send a line, print the reply
  bothends run meter-bench.bothends          run the endpoints of a document
  bothends serve :9000 --record session      keep every byte in the folder session
  bothends show session                      print what happened
  bothends export session --to raw --output streams
                                              the bytes of each stream in files
  bothends send --help                       all options of a command";

pub(super) const OPEN_EXAMPLES: &str = r"Examples:
  bothends open meter-bench.bothends
  bothends open session trace.pcapng";

pub(super) const SERVE_EXAMPLES: &str = r"Examples:
  bothends serve :9000
  bothends serve '[::]:0' --dual-stack --json
  bothends serve :5025 --reply 'text:ACME,42,0,1.0\n' --read-buffer 30 --close-after-reply
  bothends serve :502 --framing length:u16be,at=4 --json
  bothends serve :9000 --reply 'text:{{counter}} {{time}}\n' --template
  bothends serve :2525 --greeting 'text:220 ready\r\n' --framing crlf --reply 'text:250 OK\r\n'
  bothends serve :1502 --rules meter-bench.bothends#Meter
  bothends serve udp://:5514 --reply none --json
  bothends serve udp://0.0.0.0:9000 --group 239.1.2.3 --interface eth0 --forget-after 30s
  bothends serve unix:/tmp/meter.sock --mode 600 --max-time 1m";

pub(super) const RUN_EXAMPLES: &str = r"Examples:
  bothends run meter-bench.bothends
  bothends run meter-bench.bothends --endpoint Meter --json | jq .text
  bothends run meter-bench.bothends --record session --max-time 1m";

pub(super) const SEND_EXAMPLES: &str = r"Examples:
  bothends send :9000 --text 'Hello, server!'
  bothends send printer.local:9100 --file label.zpl --wait 5s
  bothends send '[::1]:502' --hex '00 01 00 00 00 06 01 03 00 00 00 01' --expect 'hex:00 01 ?? ??'
  printf 'GET / HTTP/1.0\r\n\r\n' | bothends send example.org:80
  bothends send :9000 --file request.xml --finish --wait 10s
  bothends send :5025 --text '*IDN?\n' --framing line --frames 1 --wait 5s
  bothends send :9000 --template --text '{{counter}} {{time}}\n' --repeat 10 --every 500ms
  bothends send udp://127.0.0.1:9000 --text 'ping' --frames 1
  tail -f app.log | bothends send udp://logs.local:514 --datagrams line
  bothends send unix:/tmp/meter.sock --text 'status\n' --expect ready --max-time 10s
  bothends send :9000 --template --hex '01 03 00 00 00 0A {{crc CRC-16/MODBUS le}}' \
      --framing silence:20ms --check 'crc CRC-16/MODBUS le' --json";

pub(super) const EXPORT_EXAMPLES: &str = r"Examples:
  bothends export session --to csv --output session.csv
  bothends export session --to raw --output streams --endpoint 'Server 1'
  bothends export session --to jsonl --output - --find 'regex:^GET ' | jq .text
  bothends export session --to pcapng --output session.pcapng

Formats:
  txt     a line for each entry: when, who, what, and the payload with escapes that stand for its
          exact bytes
  csv     a line for each entry, with the exact bytes in hex; a payload too long for a cell (32,767
          characters) continues in further lines of the same entry, with the next part
  jsonl   a JSON object for each entry, as serve --json and send --json write them
  raw     a folder with <connection>-received.bin and <connection>-sent.bin; over UDP, a file for
          each datagram: <connection>-received/000001.bin
  pcapng  packets as they could have carried it; what went between two endpoints of ours is
          written once, from the client's end, unless --endpoint names the server";

pub(super) const SHOW_EXAMPLES: &str = r"Examples:
  bothends show session | less
  bothends show session --endpoint 'Server 1' --find hex:0d0a --json | jq .hex
  bothends show session --verify
  bothends show trace.pcapng
  tcpdump -w - 'tcp port 80' | bothends show -";
