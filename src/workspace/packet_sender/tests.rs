//! Files in both forms, as Packet Sender writes them, and what no Packet Sender wrote.

use std::fs;

use super::*;
use crate::net::EndpointIds;
use crate::workspace::{Document, EditError, MAX_MESSAGES, MAX_NAME_CHARS};

/// As Qt 5 writes it: keys in order, a `float` as a stream, characters beyond ASCII escaped.
const INI: &str = r#"[NAMES]
1\name=Read holding registers
2\name=a/b: 50% \xfc\x62\x65r
3\name=Page
size=3

[Read%20holding%20registers]
fromIP=You
fromPort=0
hexString=00 01 00 00 00 06 01 03 00 00 00 02
name=Read holding registers
port=502
repeat=@Variant(\0\0\0\x87@\xa0\0\0)
requestPath=
sendResponse=0
tcpOrUdp=TCP
timestamp="Fri, 27 Nov 2026 10:00:00"
toIP=10.0.0.5

[a]
b%3A%2050%25%20%FCber\fromIP=You
b%3A%2050%25%20%FCber\hexString=70 69 6e 67 0d 0a 
b%3A%2050%25%20%FCber\name=a/b: 50% \xfc\x62\x65r
b%3A%2050%25%20%FCber\port=5000
b%3A%2050%25%20%FCber\repeat=0
b%3A%2050%25%20%FCber\tcpOrUdp=UDP
b%3A%2050%25%20%FCber\toIP=::1

[Page]
hexString=
name=Page
port=443
requestPath="/a?b=1;c"
tcpOrUdp=HTTPS Get
toIP=example.org

[deleted]
hexString=00
name=deleted
"#;

/// As `QJsonDocument` writes it: keys in order, numbers as text but for `repeat`.
const JSON: &str = r#"[
    {
        "asciistring": "aGVsbG9ccg==",
        "errorstring": "",
        "fromip": "",
        "fromport": "8041183",
        "hexstring": "68 65 6c 6c 6f 0d",
        "name": "Hello",
        "port": "43",
        "repeat": 0,
        "requestpath": "",
        "sendresponse": "0",
        "tcporudp": "TCP",
        "toip": "192.0.2.30"
    },
    {
        "asciistring": "",
        "hexstring": "ff 00",
        "name": "Hello",
        "port": "443",
        "repeat": 2.5,
        "tcporudp": "SSL",
        "toip": "::1"
    },
    {}
]
"#;

fn document() -> Document {
    Document::empty(EndpointIds::default())
}

fn import(document: &mut Document, bytes: &[u8]) -> MessageImport {
    document.import_messages(read_bytes(bytes).unwrap())
}

fn messages(document: &Document) -> Vec<(&str, &str, Vec<u8>)> {
    let messages = document.messages.iter();
    messages
        .map(|it| {
            (
                it.name.as_str(),
                it.note.as_str(),
                it.draft.bytes().unwrap(),
            )
        })
        .collect()
}

#[test]
fn packets_of_an_ini_file_become_messages_with_their_bytes() {
    let mut document = document();
    let import = import(&mut document, INI.as_bytes());
    let read = b"\0\x01\0\0\0\x06\x01\x03\0\0\0\x02";
    let expected = [
        (
            "Read holding registers",
            "TCP 10.0.0.5:502 · ↻ 5 s",
            read.to_vec(),
        ),
        ("a/b: 50% über", "UDP [::1]:5000", b"ping\r\n".to_vec()),
        ("Page", "HTTPS Get example.org:443 /a?b=1;c", Vec::new()),
    ];
    assert_eq!(messages(&document), expected);
    assert!(
        document
            .messages
            .iter()
            .all(|it| it.folder == PACKETS_FOLDER)
    );
    assert_eq!(import.messages, document.messages);
    assert_eq!((import.not_tcp, import.renamed), (2, 0));
    let deleted = LeftOut::new("deleted", WhyLeftOut::Unlisted);
    assert_eq!(import.left_out, [deleted]);
    // A message that Packet Sender would send is what is sent.
    document.undo_import(&import);
    assert_eq!(document.messages, []);
}

#[test]
fn packets_of_a_json_export_become_messages_with_names_of_their_own() {
    let mut document = document();
    let import = import(&mut document, JSON.as_bytes());
    let expected = [
        ("Hello", "TCP 192.0.2.30:43", b"hello\r".to_vec()),
        ("Hello 2", "SSL [::1]:443 · ↻ 2.5 s", b"\xFF\0".to_vec()),
        ("Packet Sender", "", Vec::new()),
    ];
    assert_eq!(messages(&document), expected);
    assert_eq!((import.not_tcp, import.renamed), (1, 2));
    // What its user changed since stays.
    let edit = crate::workspace::MessageEdit::Note("Hello".to_owned(), "mine".to_owned());
    document.edit_messages(edit).unwrap();
    document.undo_import(&import);
    assert_eq!(document.messages.len(), 1);
}

#[test]
fn the_digits_are_read_as_packet_sender_reads_them() {
    let check = |digits: &str, expected: &[u8]| assert_eq!(bytes_of(digits), expected, "{digits}");
    check("", b"");
    check("0A0b 0c", b"\x0A\x0B\x0C");
    check("abc", b"\x0A\xBC");
    check("a b", b"\xAB");
    check("0x41", b"\x00\x41");
    check("zz-ff", b"\xFF");
}

#[test]
fn a_list_without_its_packets_and_packets_without_a_list_are_not_lost() {
    let mut missing = document();
    let text = "[NAMES]\n1\\name=a\n2\\name=A\n3\\name=gone\nsize=3\n[a]\nhexString=01\n";
    let import = import(&mut missing, text.as_bytes());
    assert_eq!(messages(&missing), [("a", "", vec![1])]);
    let gone = ["A", "gone"].map(|name| LeftOut::new(name, WhyLeftOut::Missing));
    assert_eq!(import.left_out, gone);
    let mut unlisted = document();
    let text = "[b]\nhexString=02\nname=b\n[a]\nhexString=01\nname=a\n";
    unlisted.import_messages(read_bytes(text.as_bytes()).unwrap());
    assert_eq!(
        messages(&unlisted),
        [("b", "", vec![2]), ("a", "", vec![1])]
    );
    // Windows takes names that differ in case for one.
    let mut windows = document();
    let text = "[NAMES]\n1\\name=Ping\nsize=1\n[ping]\nhexString=01\nname=ping\n";
    windows.import_messages(read_bytes(text.as_bytes()).unwrap());
    assert_eq!(messages(&windows), [("Ping", "", vec![1])]);
}

#[test]
fn latin_1_is_read_where_it_is_not_utf_8() {
    let mut document = document();
    import(
        &mut document,
        b"[NAMES]\n1\\name=\xFCber\nsize=1\n[%FCber]\nhexString=01\n",
    );
    assert_eq!(messages(&document), [("über", "", vec![1])]);
}

#[test]
fn what_a_document_cannot_hold_is_left_out_with_its_reason() {
    let mut document = document();
    let long = "61".repeat(HISTORY_MESSAGE_BYTES + 1);
    let short = "ff".repeat(HISTORY_MESSAGE_BYTES / 2);
    let name = "n\\u0000".repeat(MAX_NAME_CHARS);
    let mut json = format!(
        r#"[{{"name":"long","hexstring":"{long}"}},{{"name":"{name}","hexstring":"{short}"}}"#
    );
    for number in 0..MAX_MESSAGES {
        json += &format!(r#",{{"name":"{number}","toip":"a\nb{}"}}"#, "x".repeat(300));
    }
    json.push(']');
    let import = import(&mut document, json.as_bytes());
    assert_eq!(document.messages.len(), MAX_MESSAGES);
    let first = &document.messages[0];
    assert_eq!(first.name.chars().count(), MAX_NAME_CHARS);
    assert_eq!(
        first.draft.bytes().unwrap().len(),
        HISTORY_MESSAGE_BYTES / 2
    );
    let refused = |name: &str, why: EditError| LeftOut::new(name, WhyLeftOut::Refused(why));
    let expected = [
        refused("long", EditError::MessageTooLong),
        refused(&(MAX_MESSAGES - 1).to_string(), EditError::TooManyMessages),
    ];
    assert_eq!(import.left_out, expected);
}

#[test]
fn what_is_no_file_of_packets_says_where_it_goes_wrong() {
    let problem = |text: &str| read_bytes(text.as_bytes()).unwrap_err();
    assert!(matches!(problem(""), PacketFileProblem::NoPackets));
    assert!(matches!(problem("[]"), PacketFileProblem::NoPackets));
    assert!(matches!(
        problem("[a]\nx=1\n"),
        PacketFileProblem::NoPackets
    ));
    assert!(matches!(
        problem("[NAMES]\nsize"),
        PacketFileProblem::Line(2)
    ));
    let check = |text: &str, expected: (usize, usize)| match problem(text) {
        PacketFileProblem::Json {
            line,
            column,
            error,
        } => {
            assert_eq!((line, column), expected, "{error}");
            assert!(!error.contains("line"), "{error}");
        }
        other => panic!("{other:?}"),
    };
    check("[\n {\"name\": }\n]", (2, 11));
    check("[{\"name\": []}]", (1, 12));
    check("[{},\n1]", (2, 1));
    check("[{}] x", (1, 6));
    check(&format!("[{{\"x\":{}", "[".repeat(100_000)), (1, 100_006));
    let many = format!("[{}{{}}]", "{},".repeat(MAX_PACKETS));
    assert!(matches!(problem(&many), PacketFileProblem::TooMany));
    let each = |number| format!("[{number}]\nport=1\n");
    let many = (0..=MAX_PACKETS).map(each).collect::<Vec<_>>().concat();
    assert!(matches!(problem(&many), PacketFileProblem::TooMany));
}

#[test]
fn a_file_is_known_by_its_beginning() {
    assert!(begins_packets(INI.as_bytes()));
    assert!(begins_packets(JSON.as_bytes()));
    assert!(begins_packets(b"\xEF\xBB\xBF[NAMES]\r\n"));
    let part = INI.find("[deleted]").unwrap();
    assert!(begins_packets(&INI.as_bytes()[part..]));
    for other in ["", "[", "[{}]", "format = 1\n", "[section]\nkey=1\n"] {
        assert!(!begins_packets(other.as_bytes()), "{other}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("packets.ini");
    let error = read_packets(&path).unwrap_err();
    assert_eq!(error.path, path);
    assert!(matches!(
        *error.problem,
        PacketFileProblem::Load(LoadProblem::Read(_))
    ));
    let error = read_packets(folder.path()).unwrap_err();
    assert!(matches!(
        *error.problem,
        PacketFileProblem::Load(LoadProblem::Folder)
    ));
    fs::write(&path, INI).unwrap();
    assert_eq!(read_packets(&path).unwrap().found.len(), 3);
}
