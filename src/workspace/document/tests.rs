//! Documents as text: what a person reads, what is kept, what is refused and where.

use proptest::prelude::*;

use super::*;
use crate::net::{ByDirection, Network};
use crate::payload::{Draft, Format, LineEnding};
use crate::workspace::{LanguageId, ProtocolForm, ReadingForm, ReplyKind};

fn parse(text: &str) -> Document {
    let (document, unknown) = Document::parse(text, EndpointIds::default()).unwrap();
    assert_eq!(unknown, []);
    document
}

fn server_mut<'a>(document: &'a mut Document, name: &str) -> &'a mut ServerForm {
    let id = document.named(name).unwrap().id;
    match &mut document.endpoint_mut(id).unwrap().kind {
        EndpointKind::Server(form) => form,
        EndpointKind::Client(_) => panic!("a client"),
    }
}

/// A document as a person may have written it.
const BY_HAND: &str = r#"# What the meter of the lab says.
format   =   1      # of the file

# Servers come first.
[[server]]
listen = "127.0.0.1:502"          # port 0: any free one
name = 'Meter'
framing = "length:u16be,at=4"
read_buffer = "64k"
reply = "message" # until there are rules
message = { text = 'OK\r\n', template = false }

[[ client ]]
  name = "Client 1"
  connect = "Meter"

[[message]]
hex = "00 01 00 00 00 06 01 03 00 00 00 0A"
name = "read 10 registers"
folder = "Modbus" # all of them
note = "answers with exception 2 above 100"

# Another one, below the message.
[[server]]
name = "Printer"
listen = "[::1]:9100"

[server.message]
# As the printer says it.
hex = "1B 40"
# The end.
"#;

#[test]
fn the_first_document_is_short_and_readable() {
    let expected = r#"format = 1

[[server]]
name = "Server 1"
listen = "127.0.0.1:9000"
reply = "echo"

[[client]]
name = "Client 1"
connect = "Server 1"
"#;
    assert_eq!(Document::default().to_text(), expected);
}

#[test]
fn tls_is_read_and_written() {
    let text = r#"format = 1

[[server]]
name = "Server 1"
listen = "tls://127.0.0.1:8443"
reply = "echo"
starttls = true
tls_flaw = "expired"
tls_versions = "1.2"
tls_alpn = "h2, http/1.1"
tls_clients = "require"
tls_roots = "clients.pem"
tls_fault = "no-close-notify"

[[server]]
name = "Server 2"
listen = "tls://127.0.0.1:8444"
reply = "echo"
tls_certificate = "server.pem"
tls_key = "key.pem"

[[client]]
name = "Client 1"
connect = "tls://shop.example:443"
tls_roots = "ca.pem"
tls_name = "other.example"
tls_versions = "1.3"
tls_own_certificate = true

[[client]]
name = "Client 2"
connect = "tls://shop.example:443"
starttls = true
tls_unchecked = true
tls_sends_name = false
tls_certificate = "client.pem"
"#;
    let mut document = parse(text);
    assert_eq!(document.to_text(), text);
    let tls = server_mut(&mut document, "Server 1").tls.clone();
    assert!(tls.on_request);
    assert_eq!(tls.flaw, Some(crate::net::tls::Flaw::Expired));
    assert_eq!(tls.alpn_text, "h2, http/1.1");
    for wrong in [
        "tls_flaw = \"rotten\"",
        "tls_clients = \"perhaps\"",
        "starttls = 1",
    ] {
        let text = text.replacen("starttls = true", wrong, 1);
        assert!(
            Document::parse(&text, EndpointIds::default()).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn all_that_can_be_set_has_its_words() {
    let mut document = Document::default();
    let form = server_mut(&mut document, "Server 1");
    form.bind.host_text = "::".to_owned();
    form.bind.port_text = "0".to_owned();
    form.network = Network::Lab;
    form.lab_delay_text = "50ms".to_owned();
    form.lab_loss_text = "1%".to_owned();
    form.dual_stack = true;
    form.backlog_text = "5".to_owned();
    form.behaviour.read_buffer_text = "1k".to_owned();
    form.behaviour.reply = ReplyKind::Fixed;
    form.behaviour.reply_message.text = r"220 ready\r\n".to_owned();
    form.behaviour.reply_message.template = true;
    form.behaviour.close_after_reply = true;
    form.behaviour.stay_half_open = true;
    form.protocol = ByDirection::both(ReadingForm {
        encoding: "gbk".parse().unwrap(),
        framing_text: "line".to_owned(),
        check_text: "sum".to_owned(),
    });
    let client = document.add_client("Client").unwrap();
    if let EndpointKind::Client(form) = &mut document.endpoint_mut(client).unwrap().kind {
        form.target = TargetForm::Address;
        form.remote.host_text = "example.org".to_owned();
        form.network = Network::Lab;
        form.connect_timeout_text = "200ms".to_owned();
        form.reconnect_text = "1s..30s, 10 times".to_owned();
    }
    let draft = Draft {
        text: "01 02".to_owned(),
        format: Format::Hex,
        escapes: false,
        line_ending: LineEnding::CrLf,
        template: false,
    };
    document.save_message("two bytes", draft).unwrap();
    let expected = r#"format = 1

[[server]]
name = "Server 1"
listen = "[::]:0"
network = "lab"
lab_delay = "50ms"
lab_loss = "1%"
dual_stack = true
backlog = 5
read_buffer = "1k"
encoding = "GBK"
framing = "line"
check = "sum"
reply = "message"
message = { text = '220 ready\r\n', template = true }
close_after_reply = true
stay_half_open = true

[[client]]
name = "Client 1"
connect = "Server 1"

[[client]]
name = "Client 2"
connect = "example.org:9000"
network = "lab"
connect_timeout = "200ms"
reconnect = "1s..30s, 10 times"

[[message]]
name = "two bytes"
hex = "01 02"
escapes = false
line_ending = "crlf"
"#;
    assert_eq!(document.to_text(), expected);
    assert_eq!(parse(expected).to_text(), expected);
}

#[test]
fn what_a_person_wrote_says_what_it_says_and_stays_as_it_is() {
    let mut document = parse(BY_HAND);
    assert_eq!(document.to_text(), BY_HAND);
    let names: Vec<_> = document
        .endpoints
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["Meter", "Client 1", "Printer"]);
    let meter = document.endpoints[0].id;
    let EndpointKind::Client(client) = &document.endpoints[1].kind else {
        panic!("a server");
    };
    assert_eq!(client.target, TargetForm::Server(meter));
    let form = server_mut(&mut document, "Printer").clone();
    assert_eq!(
        (form.bind.host_text.as_str(), form.bind.port_text.as_str()),
        ("::1", "9100")
    );
    assert_eq!(
        (
            form.behaviour.reply_message.text.as_str(),
            form.behaviour.reply_message.format
        ),
        ("1B 40", Format::Hex)
    );
    assert_eq!(document.messages[0].name, "read 10 registers");
}

/// Checks that a change touches these lines only: what was there, and what is there then.
fn check_change(change: impl FnOnce(&mut Document), gone: &[&str], new: &[&str]) {
    let mut document = parse(BY_HAND);
    change(&mut document);
    let text = document.to_text();
    let mut expected: Vec<_> = BY_HAND
        .lines()
        .filter(|line| !gone.contains(line))
        .collect();
    let mut lines: Vec<_> = text.lines().collect();
    for line in new {
        let place = lines.iter().position(|other| other == line);
        lines.remove(place.unwrap_or_else(|| panic!("{line:?} in {text}")));
    }
    lines.retain(|line| !line.is_empty());
    expected.retain(|line| !line.is_empty());
    assert_eq!(lines, expected);
    assert_eq!(parse(&text).to_text(), text);
}

#[test]
fn a_change_touches_its_line_only() {
    check_change(
        |document| server_mut(document, "Meter").bind.port_text = "503".to_owned(),
        &["listen = \"127.0.0.1:502\"          # port 0: any free one"],
        &["listen = \"127.0.0.1:503\"          # port 0: any free one"],
    );
    check_change(
        |document| document.rename(document.endpoints[0].id, "Gauge").unwrap(),
        &["name = 'Meter'", "  connect = \"Meter\""],
        &["name = \"Gauge\"", "  connect = \"Gauge\""],
    );
    check_change(
        |document| {
            server_mut(document, "Printer").behaviour.reply_message.text = "1B 41".to_owned();
        },
        &["hex = \"1B 40\""],
        &["hex = \"1B 41\""],
    );
    check_change(
        |document| server_mut(document, "Meter").protocol = ProtocolForm::default(),
        &["framing = \"length:u16be,at=4\""],
        &[],
    );
    check_change(
        |document| server_mut(document, "Meter").dual_stack = true,
        &[],
        &["dual_stack = true"],
    );
    check_change(
        |document| document.delete_message("read 10 registers"),
        &[
            "[[message]]",
            "hex = \"00 01 00 00 00 06 01 03 00 00 00 0A\"",
            "name = \"read 10 registers\"",
            "folder = \"Modbus\" # all of them",
            "note = \"answers with exception 2 above 100\"",
        ],
        &[],
    );
    let edit =
        |edit: MessageEdit| move |document: &mut Document| document.edit_messages(edit).unwrap();
    let name = || "read 10 registers".to_owned();
    check_change(
        edit(MessageEdit::Rename(name(), "read".to_owned())),
        &["name = \"read 10 registers\""],
        &["name = \"read\""],
    );
    check_change(
        edit(MessageEdit::Move(name(), "Meter".to_owned())),
        &["folder = \"Modbus\" # all of them"],
        &["folder = \"Meter\" # all of them"],
    );
    check_change(
        edit(MessageEdit::Note(name(), String::new())),
        &["note = \"answers with exception 2 above 100\""],
        &[],
    );
}

#[test]
fn a_message_that_takes_the_name_of_a_renamed_one_has_nothing_of_it() {
    let mut document = parse(BY_HAND);
    let name = "read 10 registers".to_owned();
    let rename = MessageEdit::Rename(name.clone(), "read".to_owned());
    document.edit_messages(rename).unwrap();
    document.save_message(&name, Draft::default()).unwrap();
    let text = document.to_text();
    assert_eq!(text.matches("# all of them").count(), 1);
    let read = parse(&text);
    let folders: Vec<_> = read
        .messages
        .iter()
        .map(|it| (&*it.name, &*it.folder))
        .collect();
    assert_eq!(folders, [("read", "Modbus"), ("read 10 registers", "")]);
}

#[test]
fn a_folder_or_note_that_cannot_be_is_refused_where_it_stands() {
    for (line, problem) in [
        (r#"folder = "a\tb""#, EditError::NameControl),
        (r#"note = "a\nb""#, EditError::NameControl),
    ] {
        let text = format!("format = 1\n[[message]]\nname = 'a'\ntext = ''\n{line}\n");
        let error = Document::parse(&text, EndpointIds::default()).unwrap_err();
        assert_eq!(error.problem, DocumentProblem::Edit(problem));
        assert_eq!(error.position.line, 5);
    }
}

#[test]
fn what_is_new_stands_where_the_window_shows_it() {
    let mut document = parse(BY_HAND);
    document
        .duplicate(document.endpoints[0].id, "Copy")
        .unwrap();
    let text = document.to_text();
    let names = |text: &str| {
        let document = parse(text);
        let names = document.endpoints.iter().map(|it| it.name.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&text), ["Meter", "Meter 1", "Client 1", "Printer"]);
    document.add_server("Server").unwrap();
    document.save_message("a", Draft::default()).unwrap();
    let text = document.to_text();
    assert_eq!(
        names(&text),
        ["Meter", "Meter 1", "Client 1", "Printer", "Server 1"]
    );
    assert_eq!(parse(&text).to_text(), text);
}

#[test]
fn how_bytes_are_read_can_differ_by_direction() {
    let mut document = Document::default();
    let form = server_mut(&mut document, "Server 1");
    form.protocol.received.framing_text = "line".to_owned();
    form.protocol.sent.framing_text = "length:u16be".to_owned();
    form.protocol.sent.check_text = "sum".to_owned();
    form.protocol.received.encoding = "gbk".parse().unwrap();
    let expected = r#"format = 1

[[server]]
name = "Server 1"
listen = "127.0.0.1:9000"
encoding_in = "GBK"
framing_in = "line"
framing_out = "length:u16be"
check_out = "sum"
reply = "echo"

[[client]]
name = "Client 1"
connect = "Server 1"
"#;
    assert_eq!(document.to_text(), expected);
    let mut read = parse(expected);
    assert_eq!(read.endpoints, document.endpoints);
    let same = ByDirection::both(server_mut(&mut read, "Server 1").protocol.sent.clone());
    server_mut(&mut read, "Server 1").protocol = same;
    let shorter = expected
        .replace("encoding_in = \"GBK\"\n", "")
        .replace("framing_in = \"line\"\n", "")
        .replace("framing_out = \"length:u16be\"\n", "")
        .replace("check_out = \"sum\"\n", "")
        .replace(
            "reply = \"echo\"\n",
            "reply = \"echo\"\nframing = \"length:u16be\"\ncheck = \"sum\"\n",
        );
    assert_eq!(read.to_text(), shorter);
}

#[test]
fn a_rule_for_both_directions_may_have_an_exception() {
    let text = r#"format = 1

[[client]]
framing_out = "crlf" # what the peer wants
name = "a"
framing = "line" # both
connect = ":9000"
speed = 9
"#;
    let read = || Document::parse(text, EndpointIds::default()).unwrap().0;
    let change = |change: fn(&mut ProtocolForm), gone: &[&str], new: &[&str]| {
        let mut document = read();
        let EndpointKind::Client(form) = &mut document.endpoints[0].kind else {
            panic!("a server");
        };
        change(&mut form.protocol);
        let protocol = form.protocol.clone();
        let changed = document.to_text();
        let kept = text.lines().filter(|line| !gone.contains(line));
        let mut expected: Vec<_> = kept.chain(new.iter().copied()).collect();
        let mut lines: Vec<_> = changed.lines().collect();
        expected.sort_unstable();
        lines.sort_unstable();
        assert_eq!(lines, expected);
        let again = Document::parse(&changed, EndpointIds::default()).unwrap().0;
        assert_eq!(*again.endpoints[0].protocol(), protocol);
    };
    let framing = |protocol: &ProtocolForm| {
        let framings = protocol.map(|reading| reading.framing_text.clone());
        [framings.received, framings.sent]
    };
    assert_eq!(framing(read().endpoints[0].protocol()), ["line", "crlf"]);
    assert_eq!(read().to_text(), text);
    let (line, crlf) = (
        "framing = \"line\" # both",
        "framing_out = \"crlf\" # what the peer wants",
    );
    change(|_| {}, &[], &[]);
    change(
        |protocol| protocol.sent.framing_text = "cr".to_owned(),
        &[line, crlf],
        &[
            "framing_in = \"line\"",
            "framing_out = \"cr\" # what the peer wants",
        ],
    );
    change(
        |protocol| protocol.received.framing_text.clear(),
        &[line],
        &[],
    );
    change(
        |protocol| {
            protocol
                .sent
                .framing_text
                .clone_from(&protocol.received.framing_text);
        },
        &[line, crlf],
        &["framing = \"line\""],
    );
    change(
        |protocol| *protocol = ProtocolForm::default(),
        &[line, crlf],
        &[],
    );
}

#[test]
fn unknown_keys_are_reported_with_their_place_and_kept() {
    let text = r#"format = 1
later = true

[[server]]
name = "a"
listen = ":9000"
speed = 9
message = { text = "x", colour = "red" }

[[server.rules]]
when = { hex = "00" }

[future]
x = 1
"#;
    let (mut document, unknown) = Document::parse(text, EndpointIds::default()).unwrap();
    let found: Vec<_> = unknown
        .iter()
        .map(|it| (it.key.as_str(), it.position.line))
        .collect();
    let expected = [
        ("later", 2),
        ("future", 13),
        ("speed", 7),
        ("rules", 10),
        ("colour", 8),
    ];
    assert_eq!(found, expected);
    assert_eq!(document.to_text(), text);
    document.rename(document.endpoints[0].id, "b").unwrap();
    assert_eq!(document.to_text(), text.replace("\"a\"", "\"b\""));
}

#[test]
fn hostile_text_is_refused_and_no_more() {
    let refused = |text: &str| {
        assert!(
            Document::parse(text, EndpointIds::default()).is_err(),
            "{text:.80}"
        );
    };
    refused(&format!("format = 1\nx = {}", "[".repeat(100_000)));
    refused(&format!("format = 1\nx = {}", "{a=".repeat(100_000)));
    refused(&format!("format = 1\n{} = 1", "a.".repeat(100_000)));
    refused(&format!("format = 1\n[{}a]", "a.".repeat(100_000)));
    let server = |number: usize| format!("[[server]]\nname = 'a{number}'\nlisten = ':1'\n");
    let servers: String = (0..257).map(server).collect();
    refused(&format!("format = 1\n{servers}"));
    let message = |number: usize| format!("[[message]]\nname = 'a{number}'\ntext = ''\n");
    let messages: String = (0..501).map(message).collect();
    refused(&format!("format = 1\n{messages}"));
    for name in ["", " ", "a\\nb", "\\u0000", &"x".repeat(65)] {
        refused(&format!(
            "format = 1\n[[message]]\nname = \"{name}\"\ntext = ''"
        ));
    }
    let torn = parse(BY_HAND).to_text();
    for cut in (0..torn.len()).filter(|cut| torn.is_char_boundary(*cut)) {
        // What is whole by chance says what it says; nothing panics.
        if let Ok((document, _)) = Document::parse(&torn[..cut], EndpointIds::default()) {
            document.to_text();
        }
    }
}

#[test]
fn no_id_is_used_twice_whatever_is_loaded() {
    let ids = EndpointIds::default();
    let first = Document::first(ids.clone(), LanguageId::Japanese);
    let second = Document::parse(&first.to_text(), ids.clone()).unwrap().0;
    let mut third = Document::parse(BY_HAND, ids).unwrap().0;
    let added = third.add_server("Server").unwrap();
    let all = [&first, &second, &third].map(|document| document.endpoints.iter());
    let mut numbers: Vec<_> = all.into_iter().flatten().map(|it| it.id.0).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    assert_eq!(added.0, 8);
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let line_ending = prop_oneof![
        Just(LineEnding::None),
        Just(LineEnding::Cr),
        Just(LineEnding::CrLf)
    ];
    (
        any::<String>(),
        any::<bool>(),
        any::<bool>(),
        line_ending,
        any::<bool>(),
    )
        .prop_map(|(text, is_hex, escapes, line_ending, template)| Draft {
            text,
            format: if is_hex { Format::Hex } else { Format::Text },
            escapes,
            line_ending,
            template,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_document_comes_back(
        drafts in proptest::collection::vec(any_draft(), 1..4),
        typed in proptest::collection::vec(any::<String>(), 4),
        host in "[a-z0-9.%]{1,8}|::1|fe80::1%eth0|127\\.0\\.0\\.1:9002",
        port in "[a-z0-9]{0,5}",
        name in "[^:\\x00-\\x1f\\x7f-\\x9f]{0,20}x",
        flags in any::<(bool, bool, bool)>(),
    ) {
        let mut document = Document::default();
        document.rename(document.endpoints[0].id, &name).unwrap();
        for (index, draft) in drafts.iter().enumerate() {
            let message = format!("m{index}");
            document.save_message(&message, draft.clone()).unwrap();
            let moved = MessageEdit::Move(message.clone(), name.clone());
            document.edit_messages(moved).unwrap();
            document.edit_messages(MessageEdit::Note(message, name.clone())).unwrap();
        }
        let server = document.endpoints[0].name.clone();
        let form = server_mut(&mut document, &server);
        form.bind.host_text = host;
        form.bind.port_text = port;
        form.behaviour.reply_message = drafts[0].clone();
        (form.dual_stack, form.behaviour.close_after_reply, form.behaviour.stay_half_open) = flags;
        form.backlog_text.clone_from(&typed[0]);
        form.behaviour.read_buffer_text.clone_from(&typed[1]);
        form.protocol.received.framing_text.clone_from(&typed[2]);
        form.protocol.received.check_text.clone_from(&typed[3]);
        form.protocol.sent.framing_text.clone_from(&typed[if flags.0 { 2 } else { 3 }]);
        form.protocol.sent.check_text.clone_from(&typed[3]);
        let text = document.to_text();
        let read = Document::parse(&text, EndpointIds::default()).unwrap().0;
        prop_assert_eq!(&read.endpoints, &document.endpoints);
        prop_assert_eq!(&read.messages, &document.messages);
        prop_assert_eq!(read.to_text(), text.clone());
        let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let read = Document::parse(&crlf, EndpointIds::default()).unwrap().0;
        prop_assert_eq!(read.to_text(), crlf);
    }
}

#[test]
fn a_moved_endpoint_takes_its_comments_and_its_tables_along() {
    let mut document = parse(BY_HAND);
    let printer = document.named("Printer").unwrap().id;
    document.move_endpoint(printer, -2);
    let text = document.to_text();
    let place = |part: &str| text.find(part).unwrap();
    let parts = [
        "# Another one, below the message.",
        "name = \"Printer\"",
        "# As the printer says it.",
        "name = 'Meter'",
        "reply = \"message\" # until there are rules",
        "\"Client 1\"",
    ];
    assert!(parts.map(place).is_sorted(), "{text}");
    let again = parse(&text);
    let names = again.endpoints.iter().map(|it| it.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Printer", "Meter", "Client 1"]);
    assert_eq!(again.messages.len(), 1);
}
