//! Tests of templates from text to bytes.

use super::*;
use crate::payload::checksum::Checksum;
use crate::payload::groups::{RegexGroups, RegexProblem};
use crate::payload::pattern::Case;
use crate::payload::shape::Shape;
use crate::payload::{Draft, Format, HexProblem, LineEnding};

fn template(text: &str, format: Format) -> Template {
    let draft = Draft {
        text: text.to_owned(),
        format,
        template: true,
        ..Draft::default()
    };
    draft.compile(Encoding::UTF_8).unwrap()
}

fn rendered(template: &Template, count: u64) -> Result<Rendered, RenderError> {
    answering(template, count, None)
}

fn answering(
    template: &Template,
    count: u64,
    request: Option<&[u8]>,
) -> Result<Rendered, RenderError> {
    by_rule(template, count, request, &[], None)
}

fn by_rule(
    template: &Template,
    count: u64,
    request: Option<&[u8]>,
    pieces: &[Piece],
    memory: Option<&dyn Recall>,
) -> Result<Rendered, RenderError> {
    let now = RenderTime::new(|| {
        let text = "2026-11-23T12:46:11.25+01:00[+01:00]";
        text.parse().unwrap()
    });
    let mut next: u8 = 0;
    template.render(&mut Scene {
        now: &now,
        peer: Some(SceneAddress::Ip("127.0.0.1:9000".parse().unwrap())),
        local: Some(SceneAddress::Ip("[::1]:53122".parse().unwrap())),
        connection: 7,
        count,
        request,
        pieces,
        memory,
        times: 300,
        random: &mut |bytes| {
            for byte in bytes {
                next = next.wrapping_add(1);
                *byte = next;
            }
        },
    })
}

fn check(text: &str, format: Format, expected: &[u8]) {
    let bytes = rendered(&template(text, format), 2).unwrap().bytes;
    assert_eq!(
        bytes.escape_ascii().to_string(),
        expected.escape_ascii().to_string(),
        "{text}"
    );
}

fn check_text(text: &str, expected: &str) {
    check(text, Format::Text, expected.as_bytes());
}

#[test]
fn independent_fields_are_rendered() {
    check_text("{{counter}}", "2");
    check_text("{{counter start=8 step=-5 width=3}}", "-002");
    check_text("{{counter width=4}}", "0002");
    check("{{counter start=254 u16be}}", Format::Hex, b"\x01\x00");
    check("{{counter step=-1 u16le}}", Format::Hex, b"\xFE\xFF");
    check_text("{{time}}", "2026-11-23T12:46:11.250+01:00");
    check_text("{{time utc}}", "2026-11-23T11:46:11.250Z");
    check_text(r#"{{time "%H:%M %d.%m." utc}}"#, "11:46 23.11.");
    check_text("{{time %H}}", "12");
    check_text("{{unix}} {{unix ms}}", "1795434371 1795434371250");
    check("{{unix u32be}}", Format::Hex, b"\x6B\x04\x27\x83");
    check("{{random 3}}", Format::Hex, b"\x01\x02\x03");
    check_text("{{random 5..5}}", "5");
    check_text("{{uuid}}", "01020304-0506-4708-890a-0b0c0d0e0f10");
    check_text(
        "{{peer}} {{peer ip}} {{peer port}}",
        "127.0.0.1:9000 127.0.0.1 9000",
    );
    check_text("{{local}} {{local ip}} {{connection}}", "[::1]:53122 ::1 7");
    check_text("{{braces}}a}}", "{{a}}");
}

#[test]
fn lengths_cover_what_follows_or_a_range() {
    check_text("{{len}}:abc", "4:abc");
    check("{{len u16be}} 61 62", Format::Hex, b"\x00\x02ab");
    check("01 {{len u8 over=0..}} 61", Format::Hex, b"\x01\x03a");
    check("{{len u8 adjust=2}} 61", Format::Hex, b"\x03a");
    check_text("{{len over=b}} {{begin b}}abc{{end b}} rest", "3 abc rest");
    check(
        "{{len varint}} {{random 128}}{{len over=0..1 u8}}",
        Format::Hex,
        &{
            let random: Vec<u8> = (1..=128).collect();
            [b"\x81\x01".as_slice(), &random, b"\x01"].concat()
        },
    );
    check(
        "{{counter start=16383 varint}}",
        Format::Hex,
        b"\x81\x80\x01",
    );
    // The digits count themselves too.
    check_text("{{len over=0..}}{{begin a}}12345678{{end a}}", "912345678");
    check_text("{{len over=0..}}-12345678", "11-12345678");
    check_text("{{len over=0.. width=4}}-", "0005-");
}

#[test]
fn checksums_cover_what_precedes_or_a_range() {
    check(
        "01 03 00 00 00 0A {{crc CRC-16/MODBUS le}}",
        Format::Hex,
        b"\x01\x03\x00\x00\x00\x0A\xC5\xCD",
    );
    check_text(
        "$GPGLL,5057.970,N,00146.110,E,142451,A*{{xor HEX over=1..-3}}",
        "$GPGLL,5057.970,N,00146.110,E,142451,A*27",
    );
    check_text(
        ":01030000000A{{lrc HEX over=1..-2 decode}}",
        ":01030000000AF2",
    );
    check_text("{{sum over=b hex}}{{begin b}}a{{end b}}", "61a");
    // A length is known before a checksum over it, and a checksum before the next one.
    check(
        "{{len u8}} 61 {{sum}} {{xor}}",
        Format::Hex,
        b"\x03a\x64\x06",
    );
    check(
        "{{xor over=1..}} 01 {{sum over=1..2}}",
        Format::Hex,
        b"\x00\x01\x01",
    );
    // The checksum's own bytes count as zero.
    check("{{sum over=0..}} 01", Format::Hex, b"\x01\x01");
}

#[test]
fn hashes_and_base64_cover_what_precedes_or_a_range() {
    // FIPS 180-4 and RFC 4648, 10.
    check_text(
        "abc{{sha1 hex}}",
        "abca9993e364706816aba3e25717850c26c9cd0d89d",
    );
    check_text(
        "{{sha1 HEX over=4..4}}",
        "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
    );
    check_text("foob{{base64}} {{base64 over=0..3}}", "foobZm9vYg== Zm9v");
    check(
        "61 62 63 {{sha1}}",
        Format::Hex,
        b"abc\xA9\x99\x3E\x36\x47\x06\x81\x6A\xBA\x3E\x25\x71\x78\x50\xC2\x6C\x9C\xD0\xD8\x9D",
    );
    // A length counts what is encoded, and a checksum covers it.
    check_text("{{len}}:{{base64 over=a}}{{begin a}}a{{end a}}", "6:YQ==a");
    check_text(
        "{{base64 over=a}}{{begin a}}a{{end a}}{{sum over=0..4 hex}}",
        "YQ==a24",
    );
}

#[test]
fn what_is_hidden_is_covered_but_not_sent() {
    check_text(
        "Basic {{begin user hidden}}Aladdin:open sesame{{end user}}{{base64 over=user}}",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    );
    // A hidden range is a message of its own for what precedes and follows a field in it.
    check_text(
        "xx{{begin a hidden}}{{len}}:ab{{sum hex}}{{end a}}y{{base64 over=a}}{{len over=0..}}",
        "xxyNTphYjMy13",
    );
    // Nested: HMAC-like, a hash of a hash.
    check_text(
        "{{begin a hidden}}{{begin b hidden}}abc{{end b}}{{sha1 over=b hex}}{{end a}}{{sum over=b hex}}{{len over=a}}",
        "2643",
    );
    let rendered = rendered(
        &template(
            "{{begin a hidden}}{{counter}}{{end a}}{{sum over=a}}",
            Format::Text,
        ),
        0,
    );
    let rendered = rendered.unwrap();
    assert_eq!(rendered.bytes, b"0");
    assert_eq!(rendered.computed.len(), 1);
    let hidden = template("{{begin a hidden}}abc{{end a}}d", Format::Text);
    assert_eq!(hidden.least_len_bytes(), 1);
}

const UPGRADE: &[u8] = b"GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nsec-websocket-key:  dGhlIHNhbXBsZSBub25jZQ== \r\n\r\nHost: body";

#[test]
fn a_reply_contains_parts_of_its_request() {
    let check = |text: &str, expected: &[u8]| {
        let template = template(text, Format::Text);
        assert!(template.needs_request());
        let bytes = answering(&template, 0, Some(UPGRADE)).unwrap().bytes;
        assert_eq!(bytes, expected, "{text}");
    };
    check("<{{request}}>", &[b"<", UPGRADE, b">"].concat());
    check("{{request 0..3}}{{request -4..}}", b"GETbody");
    check(
        "{{request ..3}}{{request -4..-2}}{{request 3..3}}",
        b"GETbo",
    );
    check("{{request header HOST}}", b"server.example.com");
    check(r"{{request /^\w+ (\S*) HTTP/}}", b"/chat");
    check(r"{{request /HTTP\/1../}}", b"HTTP/1.1");
    check("{{request /(?i)Upgrade: w/}}", b"Upgrade: w");
    // RFC 6455, 1.3.
    check(
        "{{begin key hidden}}{{request header Sec-WebSocket-Key}}258EAFA5-E914-47DA-95CA-C5AB0DC85B11{{end key}}\
         {{sha1 base64 over=key}}",
        b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    );
    // Modbus TCP: the transaction, and a length.
    let modbus = template(
        "{{request 0..4}}{{len u16be}}{{request 6..8}} 02 12 34",
        Format::Hex,
    );
    let request = b"\x00\x07\x00\x00\x00\x06\x11\x03\x00\x00\x00\x01";
    let reply = answering(&modbus, 0, Some(request)).unwrap().bytes;
    assert_eq!(reply, b"\x00\x07\x00\x00\x00\x05\x11\x03\x02\x12\x34");
}

#[test]
fn a_request_without_the_part_says_so() {
    let check = |text: &str, request: Option<&[u8]>, expected: RenderProblem| {
        let error = answering(&template(text, Format::Text), 0, request).unwrap_err();
        assert_eq!(
            (error.position.column, error.problem),
            (2, expected),
            "{text}"
        );
    };
    check("a{{request}}", None, RenderProblem::NoRequest);
    let (from, to, len) = (1, 4, 3);
    check(
        "a{{request 1..4}}",
        Some(b"abc"),
        RenderProblem::Request(RequestProblem::Range { from, to, len }),
    );
    let (from, to, len) = (-4, 3, 3);
    check(
        "a{{request -4..}}",
        Some(b"abc"),
        RenderProblem::Request(RequestProblem::Range { from, to, len }),
    );
    let no_header = RenderProblem::Request(RequestProblem::NoHeader("Cookie".to_owned()));
    check("a{{request header Cookie}}", Some(UPGRADE), no_header);
    check(
        "a{{request /x(y)/}}",
        Some(b"x"),
        RenderProblem::Request(RequestProblem::NoMatch),
    );
    check(
        "a{{request /x(y)?/}}",
        Some(b"x"),
        RenderProblem::Request(RequestProblem::NoMatch),
    );
}

/// What an endpoint remembers.
struct Remembered;

impl Recall for Remembered {
    fn recall(&self, key: &[u8]) -> Option<&[u8]> {
        match key {
            b"registers" => Some(b"\0\x01\0\x02\0\x03"),
            b"a key" => Some(b"1"),
            _ => None,
        }
    }
}

/// Renders a message of a rule whose condition is a shape.
fn ruled(text: &str, format: Format, shape: &str, request: &[u8]) -> Result<Rendered, RenderError> {
    let shape = Shape::parse(shape).unwrap();
    let draft = Draft {
        text: text.to_owned(),
        format,
        template: true,
        ..Draft::default()
    };
    let names = shape.names().collect();
    let template = draft.compile_with(Encoding::UTF_8, &names).unwrap();
    let pieces = shape.find(request).unwrap();
    by_rule(&template, 0, Some(request), &pieces, Some(&Remembered))
}

#[test]
fn a_message_of_a_rule_has_pieces_of_its_request() {
    let check = |text: &str, shape: &str, request: &[u8], expected: &[u8]| {
        let bytes = ruled(text, Format::Hex, shape, request).unwrap().bytes;
        assert_eq!(bytes, expected, "{text}");
    };
    // Modbus TCP: three registers are read, of which there are three.
    check(
        "{{id}} 00 00 {{len u16be}} {{unit}} 03 {{len u8}} {{memory registers at=2*at len=2*n}}",
        "[id:2] 00 00 [size:2] [unit:1] 03 [at:2] [n:2]",
        b"\x12\x34\0\0\0\x06\x11\x03\0\x01\0\x02",
        b"\x12\x34\0\0\0\x07\x11\x03\x04\0\x02\0\x03",
    );
    // RFC 6455, 5.7: a masked "Hello".
    check(
        "81 {{len u8}} {{unmask data key}}",
        "81 85 [key:4] [data:*]",
        b"\x81\x85\x37\xFA\x21\x3D\x7F\x9F\x4D\x51\x58",
        b"\x81\x05Hello",
    );
    check(
        "{{memory of=k}}{{times u16be}}",
        "[k:*]",
        b"a key",
        b"1\x01\x2C",
    );
    check(
        "{{upper request}}{{lower k}}{{upper k}}",
        "[k:*]",
        b"a K\xE9",
        b"A K\xE9a k\xE9A K\xE9",
    );
    check(
        "{{number f+128 u8}}{{number 2*f varint}}",
        "[f:1] [*]",
        b"\x03\xFF",
        b"\x83\x06",
    );
    check(
        "{{times varint}}{{memory registers at=4}}",
        "[*]",
        b"",
        b"\xAC\x02\0\x03",
    );
    let times = ruled("{{times}} {{times width=4}}", Format::Text, "[*]", b"");
    assert_eq!(times.unwrap().bytes, b"300 0300");
    let captures = RegexGroups::parse("(?<verb>[A-Z]+) (.*)", Case::Exact).unwrap();
    let draft = Draft {
        text: "{{2}} {{verb}} {{1}}".to_owned(),
        template: true,
        ..Draft::default()
    };
    let names = captures.names().collect();
    let template = draft.compile_with(Encoding::UTF_8, &names).unwrap();
    let request = b"> GET a";
    let pieces = captures.find(request).unwrap();
    let bytes = by_rule(&template, 0, Some(request), &pieces, None)
        .unwrap()
        .bytes;
    assert_eq!(bytes, b"a GET GET");
}

#[test]
fn a_message_of_a_rule_that_cannot_be_sent_says_why() {
    let check = |text: &str, request: &[u8], expected: RenderProblem| {
        let error = ruled(text, Format::Text, "[n:1] [rest:*]", request).unwrap_err();
        assert_eq!(
            (error.position.column, error.problem),
            (2, expected),
            "{text}"
        );
    };
    let key = RenderProblem::NotRemembered(b"x".to_vec());
    check("a{{memory x}}", b"1", key);
    let long = RenderProblem::NotRemembered(vec![b'k'; MAX_SHOWN_KEY_BYTES]);
    check("a{{memory of=rest}}", &[b'k'; 99], long);
    let beyond = |from, len| RenderProblem::BeyondMemory {
        from,
        len,
        remembered: 6,
    };
    check("a{{memory registers at=n}}", b"\x07", beyond(7, None));
    check("a{{memory registers len=n}}", b"\x07", beyond(0, Some(7)));
    check(
        "a{{memory registers at=n-2}}",
        b"\x01",
        RenderProblem::Place,
    );
    check("a{{unmask n rest}}", b"1", RenderProblem::NoKey);
    let draft = Draft {
        text: "a{{2}}{{memory x}}".to_owned(),
        template: true,
        ..Draft::default()
    };
    let names = ["2"].into_iter().collect();
    let template = draft.compile_with(Encoding::UTF_8, &names).unwrap();
    let error = answering(&template, 0, Some(b"a")).unwrap_err();
    assert_eq!(error.problem, RenderProblem::NoPiece("2".to_owned()));
    let template = Draft {
        text: "{{memory x}}".to_owned(),
        ..draft
    };
    let template = template.compile_with(Encoding::UTF_8, &names).unwrap();
    let error = rendered(&template, 0).unwrap_err();
    assert_eq!(error.problem, RenderProblem::NoMemory);
}

#[test]
fn only_what_takes_a_piece_needs_the_request() {
    let names: Names = ["n"].into_iter().collect();
    let check = |text: &str, expected: bool| {
        let draft = Draft {
            text: text.to_owned(),
            template: true,
            ..Draft::default()
        };
        let template = draft.compile_with(Encoding::UTF_8, &names).unwrap();
        assert_eq!(template.needs_request(), expected, "{text}");
    };
    check("{{n}}", true);
    check("{{unmask n n}}", true);
    check("{{memory a at=n}}", true);
    check("{{memory of=n}}", true);
    check("{{memory a at=4}}{{times}}", false);
}

#[test]
fn invalid_fields_of_a_rule_say_where_and_why() {
    let names: Names = ["n", "1"].into_iter().collect();
    let check = |text: &str, names: &Names, wrong: &str, expected: TemplateProblem| {
        let error = split(text, names).unwrap_err();
        assert_eq!(error.problem, expected, "{text}");
        assert_eq!(text.get(error.position.range), Some(wrong));
    };
    let piece = |name: &str| TemplateProblem::Piece(name.to_owned());
    let word = |field, word: &str| TemplateProblem::Word {
        field,
        word: word.to_owned(),
    };
    let unknown = |name: &str| TemplateProblem::UnknownInRule {
        name: name.to_owned(),
        pieces: names.clone(),
    };
    check("{{2}}", &names, "2", unknown("2"));
    check(
        "{{n u8}}",
        &names,
        "u8",
        TemplateProblem::AfterPiece("u8".to_owned()),
    );
    check("{{unmask n k}}", &names, "k", piece("k"));
    check(
        "{{unmask n}}",
        &names,
        "unmask",
        TemplateProblem::Missing(FieldKind::Unmask),
    );
    check(
        "{{unmask n 1 n}}",
        &names,
        "n",
        word(FieldKind::Unmask, "n"),
    );
    check(
        "{{memory}}",
        &names,
        "memory",
        TemplateProblem::Missing(FieldKind::Memory),
    );
    check("{{memory a b}}", &names, "b", word(FieldKind::Memory, "b"));
    check("{{memory a at=2*m}}", &names, "at=2*m", piece("m"));
    check(
        "{{times u8 u8}}",
        &names,
        "u8",
        word(FieldKind::Times, "u8"),
    );
    let none = Names::none();
    check(
        "{{n}}",
        &none,
        "n",
        TemplateProblem::Unknown("n".to_owned()),
    );
    check(
        "{{1}}",
        &none,
        "1",
        TemplateProblem::Unknown("1".to_owned()),
    );
    for kind in [FieldKind::Memory, FieldKind::Times, FieldKind::Unmask] {
        let text = format!("{{{{{} n}}}}", kind.name());
        check(
            &text,
            &none,
            kind.name(),
            TemplateProblem::OnlyInRules(kind),
        );
    }
}

#[test]
fn failed_renderings_say_where_and_why() {
    let check = |text: &str, column: usize, expected: RenderProblem| {
        let error = rendered(&template(text, Format::Text), 0).unwrap_err();
        assert_eq!(
            (error.position.column, error.problem),
            (column, expected),
            "{text}"
        );
    };
    check("ab{{counter start=256 u8}}", 3, RenderProblem::TooWide(256));
    check("{{counter start=-1 varint}}", 1, RenderProblem::TooWide(-1));
    check("{{len adjust=-2}}a", 1, RenderProblem::Negative(-1));
    let (from, to, len) = (5, 1, 1);
    check(
        "{{sum over=5..}}",
        1,
        RenderProblem::Range { from, to, len },
    );
    check("{{sum over=0..}}{{xor over=0..}}", 1, RenderProblem::Cycle);
    let no_digit = HexProblem::WrongCharacter('x');
    check(
        "x{{lrc over=0..1 decode}}",
        2,
        RenderProblem::Digits(no_digit),
    );
    check("{{file a b.bin}}", 1, RenderProblem::NoFile);
    check("a{{base64 over=0..}}", 2, RenderProblem::Unstable);
    check("{{sha1 over=0..}}{{xor over=0..}}", 1, RenderProblem::Cycle);
    check(
        "{{begin a hidden}}{{random 16777216}}{{end a}}{{base64 over=a}}",
        47,
        RenderProblem::TooLong,
    );
    check(
        "{{len over=-12..12}}1234567890123",
        1,
        RenderProblem::Unstable,
    );
}

#[test]
fn computed_fields_are_returned_with_their_bytes_and_position() {
    let rendered = rendered(
        &template(
            "a{{counter}}{{begin x}}b{{end x}}{{connection}}",
            Format::Text,
        ),
        0,
    )
    .unwrap();
    assert_eq!(rendered.bytes, b"a0b7");
    let actual: Vec<_> = rendered
        .computed
        .into_iter()
        .map(|it| (it.bytes, it.text))
        .collect();
    assert_eq!(actual, [(1..2, 1..12), (3..4, 33..47)]);
}

#[test]
fn files_are_read_before_rendering() {
    let mut template = template("<{{file a b.bin}}>{{file \"c\"}}", Format::Text);
    assert!(template.has_fields());
    let mut paths = Vec::new();
    template
        .read_files(|path| {
            paths.push(path.to_owned());
            Ok::<_, ()>(b"data".to_vec())
        })
        .unwrap();
    assert_eq!(paths, [PathBuf::from("a b.bin"), PathBuf::from("c")]);
    assert_eq!(rendered(&template, 0).unwrap().bytes, b"<data>data");
    let failed = self::template("{{file x}}", Format::Text).read_files(|_| Err("gone"));
    assert_eq!(failed, Err((PathBuf::from("x"), "gone")));
}

#[test]
fn invalid_fields_say_where_and_why() {
    let check = |text: &str, wrong: &str, expected: TemplateProblem| {
        let error = split(text, &Names::none()).unwrap_err();
        assert_eq!(error.problem, expected, "{text}");
        assert_eq!(text.get(error.position.range), Some(wrong));
    };
    let word = |field, word: &str| TemplateProblem::Word {
        field,
        word: word.to_owned(),
    };
    check("a{{b", "{{", TemplateProblem::Open);
    check("{{ }}", " ", TemplateProblem::Empty);
    check(
        "{{nope}}",
        "nope",
        TemplateProblem::Unknown("nope".to_owned()),
    );
    check("{{uuid 4}}", "4", word(FieldKind::Uuid, "4"));
    check(
        "{{counter width=99}}",
        "width=99",
        word(FieldKind::Counter, "width=99"),
    );
    check(
        "{{random}}",
        "random",
        TemplateProblem::Missing(FieldKind::Random),
    );
    check("{{random 9..1}}", "9..1", word(FieldKind::Random, "9..1"));
    check("{{random 0}}", "0", word(FieldKind::Random, "0"));
    check(
        "{{file}}",
        "file",
        TemplateProblem::Missing(FieldKind::File),
    );
    check("{{sha1 base32}}", "base32", word(FieldKind::Sha1, "base32"));
    check("{{base64 hex}}", "hex", word(FieldKind::Base64, "hex"));
    check("{{request 3}}", "3", word(FieldKind::Request, "3"));
    check("{{request 3.. x}}", "x", word(FieldKind::Request, "x"));
    check("{{request /a b}}", "/a", word(FieldKind::Request, "/a"));
    check(
        "{{request header}}",
        "request",
        TemplateProblem::Missing(FieldKind::Request),
    );
    let error = split("{{request /a (/}}", &Names::none()).unwrap_err();
    assert!(
        matches!(
            error.problem,
            TemplateProblem::Regex(RegexProblem::Invalid(_))
        ),
        "{error}"
    );
    assert_eq!(error.position.range, 10..15);
    check(
        "{{request /(a{1000}){1000}/}}",
        "/(a{1000}){1000}/",
        TemplateProblem::Regex(RegexProblem::TooLarge),
    );
    check(
        "{{begin a}}{{begin b hidden}}{{end a}}{{end b}}",
        "{{end a}}",
        TemplateProblem::HalfHidden("a".to_owned()),
    );
    check(
        "{{begin b hidden}}{{begin a}}{{end b}}{{end a}}",
        "{{end a}}",
        TemplateProblem::HalfHidden("a".to_owned()),
    );
    let unknown = "modbus".parse::<Checksum>().unwrap_err();
    check(
        "{{crc modbus}}",
        "modbus",
        TemplateProblem::Checksum(unknown),
    );
    let error = split("{{time %!}}", &Names::none()).unwrap_err();
    assert!(matches!(error.problem, TemplateProblem::Time(_)), "{error}");
    let range = || TemplateProblem::Range("a".to_owned());
    check("{{begin a}}", "{{begin a}}", range());
    check("{{end a}}", "{{end a}}", range());
    check("{{sum over=a}}", "{{sum over=a}}", range());
    check(
        "{{begin a}}{{end a}}{{begin a}}{{end a}}",
        "{{begin a}}",
        TemplateProblem::TwoRanges("a".to_owned()),
    );
}

#[test]
fn a_line_ending_follows_the_last_field() {
    let draft = Draft {
        text: "a{{xor hex}}".to_owned(),
        template: true,
        line_ending: LineEnding::CrLf,
        ..Draft::default()
    };
    let template = draft.compile(Encoding::UTF_8).unwrap();
    assert_eq!(rendered(&template, 0).unwrap().bytes, b"a61\r\n");
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_template_or_an_error_inside_it(text in r"(\{\{|\}\}|[a-z0-9=.% ]|crc |len |over=|begin a|end a| hidden|base64|sha1|request |header|/|sum|\.\.-1|varint|memory |of=|at=2\*|unmask n n|times|日){0,12}") {
        let draft = Draft { text: text.clone(), template: true, ..Draft::default() };
        let names: Names = ["n", "1"].into_iter().collect();
        for compiled in [draft.compile(Encoding::UTF_8), draft.compile_with(Encoding::UTF_8, &names)] {
            match compiled {
                Ok(template) => {
                    rendered(&template, u64::MAX).ok();
                    let request = b"a: b\r\n1";
                    answering(&template, 0, Some(request)).ok();
                    let pieces = RegexGroups::parse("(?<n>.)", Case::Exact).unwrap().find(request).unwrap();
                    by_rule(&template, 0, Some(request), &pieces, Some(&Remembered)).ok();
                }
                Err(error) => {
                    let position = error.position().unwrap();
                    proptest::prop_assert!(text.get(position.range.clone()).is_some());
                }
            }
        }
    }

    #[test]
    fn what_is_sent_passes_its_check_until_a_byte_changes(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 1..40),
        rule in proptest::sample::select(
            &["crc CRC-16/MODBUS le", "crc CRC-32/ISO-HDLC", "crc CRC-8/SMBUS hex", "sum", "xor HEX", "lrc"][..]),
        at in proptest::prelude::any::<proptest::sample::Index>(),
        change in 1..=255_u8,
    ) {
        let digits = crate::payload::hex::render_compact(&bytes);
        let sent = template(&format!("{digits} {{{{{rule}}}}}"), Format::Hex);
        let mut sent = rendered(&sent, 0).unwrap().bytes;
        let check: Check = rule.parse().unwrap();
        proptest::prop_assert_eq!(check.verify(&sent), Verdict::Good);
        sent[at.index(bytes.len())] ^= change;
        proptest::prop_assert!(!check.verify(&sent).is_good());
    }
}
