//! Copied servers.

use std::io::{Read as _, Write as _};
use std::net::{Ipv6Addr, SocketAddr, TcpListener};

use bothends::export::code::{CodeForm, CodeLack};
use bothends::net::{DEFAULT_READ_BUFFER, ServerConfig};
use bothends::payload::{Draft, Encoding};
use bothends::script::{Message, Reply, Script};
use bytes::Bytes;

use super::programs::{Running, ask, converse, server_code, text};
use super::support::{Rig, loopbacks, script, server};

fn fixed(text: &'static str) -> Reply {
    Reply::Message(Bytes::from_static(text.as_bytes()).into())
}

pub(crate) fn template(text: &str) -> Message {
    let draft = Draft {
        text: text.to_owned(),
        template: true,
        ..Draft::default()
    };
    draft.compile(Encoding::default()).unwrap().into()
}

fn config(change: impl FnOnce(&mut Script)) -> ServerConfig {
    let mut config = server();
    change(script(&mut config.behaviour));
    config
}

/// Compares what a program says with what our server says.
pub(crate) fn compare(config: &ServerConfig, sent: &[u8]) -> Vec<u8> {
    let code = server_code(config, CodeForm::Python);
    assert_eq!(code.lacks, []);
    let program = Running::python(&code);
    let theirs = converse(program.address(), sent);
    let mut rig = Rig::new();
    let ours = converse(rig.listen(config.clone()), sent);
    assert_eq!(theirs, ours, "{}", text(&code));
    ours.bytes
}

pub(crate) fn as_ours() {
    let check = |change: &dyn Fn(&mut Script), sent: &[u8], expected: &[u8]| {
        let heard = compare(&config(change), sent);
        assert_eq!(
            heard.escape_ascii().to_string(),
            expected.escape_ascii().to_string()
        );
    };
    check(&|_| {}, b"any\0bytes\xFF", b"any\0bytes\xFF");
    check(&|it| it.reply = Reply::None, b"a", b"");
    check(
        &|it| {
            it.greeting = Some(Bytes::from_static(b"220 \"ready\"\r\n").into());
            it.reply = fixed("OK\\\n");
        },
        b"a",
        b"220 \"ready\"\r\nOK\\\n",
    );
    check(&|it| it.close_after_reply = true, b"once", b"once");
    let framed = |framing: &'static str, sent: &[u8], expected: usize| {
        let answer = move |it: &mut Script| {
            it.reply = fixed("!");
            it.framing = framing.parse().ok();
        };
        check(&answer, sent, &b"!".repeat(expected));
    };
    framed("line", b"a\nb\r\nc\rd\r\n\nrest", 5);
    framed("lf", b"a\nb\r\nrest", 2);
    framed("crlf", b"a\nb\r\nc\r\n", 2);
    framed("cr", b"a\rb", 1);
    framed("delimiter:00 FF", b"a\0\xFFb\0\xFF\0", 2);
    framed("fixed:3", b"abcdefg", 2);
    framed("length:u16be", b"\0\x02ab\0\0\0\x05rest", 2);
    framed("length:u8,at=2", b"xy\x01axy\x00", 2);
    framed("varint", b"\x02ab\x81\x00a\x05", 2);
    framed("mqtt", b"\xC0\x00\x30\x02ab", 2);
    framed("mllp", b"\x0Ba\x1C\r\x0Bb\x1C\r\x0B", 2);
    framed("silence:20ms", b"abc", 1);
    // What is computed is computed the same.
    let templates = [
        (
            "{{len u16be}}[{{request}}]",
            "crlf",
            "a\r\nbcd\r\n",
            "\0\x03[a]\0\x05[bcd]",
        ),
        (
            "{{begin it}}{{request 1..}}{{end it}}={{len over=it width=3}}",
            "lf",
            "abc\n",
            "bc=002",
        ),
        ("{{len width=2}}ab{{len}}{{braces}}", "lf", "\n", "05ab2{{"),
        ("{{request /k=(\\w+)/}}", "lf", "k=v;\n", "v"),
    ];
    for (message, framing, sent, expected) in templates {
        let answer = |it: &mut Script| {
            it.reply = Reply::Message(template(message));
            it.framing = framing.parse().ok();
        };
        check(&answer, sent.as_bytes(), expected.as_bytes());
    }
}

pub(crate) fn many_peers() {
    let program = Running::python(&server_code(&server(), CodeForm::Python));
    let address = program.address();
    // Each one is answered while all others are connected.
    let mut peers: Vec<_> = (0..20).map(|_| super::programs::connect(address)).collect();
    for (number, peer) in peers.iter_mut().enumerate().rev() {
        let sent = format!("{number:03}");
        peer.write_all(sent.as_bytes()).unwrap();
        let mut heard = [0; 3];
        peer.read_exact(&mut heard).unwrap();
        assert_eq!(heard, sent.as_bytes());
    }
}

pub(crate) fn addresses() {
    for address in loopbacks() {
        let config = ServerConfig::new(address);
        let program = Running::python(&server_code(&config, CodeForm::Python));
        let bound = program.address();
        assert_eq!(bound.ip(), address.ip());
        assert_eq!(converse(bound, b"hello").bytes, b"hello");
    }
    if loopbacks().iter().any(SocketAddr::is_ipv6) {
        let mut config = ServerConfig::new(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)));
        config.dual_stack = true;
        let program = Running::python(&server_code(&config, CodeForm::Python));
        let port = program.address().port();
        for peer in ["127.0.0.1", "::1"] {
            let peer = SocketAddr::new(peer.parse().unwrap(), port);
            assert_eq!(converse(peer, b"hello").bytes, b"hello");
        }
    }
    #[cfg(unix)]
    unix();
}

#[cfg(unix)]
fn unix() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::net::UnixStream;

    use bothends::net::UnixName;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it's.sock");
    let mut config = ServerConfig::new(UnixName::of(path.to_str().unwrap()));
    config.mode = Some(0o600);
    let program = Running::python(&server_code(&config, CodeForm::Python));
    assert!(program.line().starts_with("Listening on "));
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut stream = UnixStream::connect(&path).unwrap();
    stream.write_all(b"hello").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut heard = Vec::new();
    stream.read_to_end(&mut heard).unwrap();
    assert_eq!(heard, b"hello");
}

pub(crate) fn hostile_text() {
    use bothends::export::code::{Coded, CodedEnd};

    let text_of = |name: &str, config: &ServerConfig| {
        let coded = Coded {
            name,
            end: CodedEnd::Server(config),
            message: None,
        };
        coded.code(CodeForm::Python)
    };
    let all: Vec<u8> = (0..=255).collect();
    let reply = [b"\"\"\"'''\\\"\nraise SystemExit\n".as_slice(), &all].concat();
    let config = config(|it| it.reply = Reply::Message(Bytes::from(reply.clone()).into()));
    for name in [
        "a\nraise SystemExit\n",
        "a\rraise SystemExit",
        "coding: utf-7",
        "\u{2028}raise SystemExit\u{c}\u{85}\u{1c}\0",
        "\"\"\"\u{202e}",
    ] {
        let code = text_of(name, &config);
        let program = Running::python(&code);
        assert_eq!(converse(program.address(), b"x").bytes, reply, "{name:?}");
    }
    // What is not carried over is named, and the rest runs.
    let mut config = config.clone();
    config.behaviour.read_buffer = DEFAULT_READ_BUFFER;
    script(&mut config.behaviour).reply = Reply::Message(template("<{{time}}>"));
    script(&mut config.behaviour).framing = "http".parse().ok();
    let code = text_of("Server 1", &config);
    assert_eq!(code.lacks.len(), 2);
    assert!(code.lacks.contains(&CodeLack::Framing("http".to_owned())));
    let text = text(&code);
    assert!(
        text.starts_with("#!/usr/bin/env python3\n\n# Server 1\n# Not carried over: "),
        "{text}"
    );
    assert!(
        text.contains("# Not carried over: the field {{time}} of the reply\n"),
        "{text}"
    );
    let program = Running::python(&code);
    assert_eq!(converse(program.address(), b"x").bytes, b"<>");
}

pub(crate) fn presets() {
    use bothends::net::EndpointIds;
    use bothends::workspace::{Document, EndpointKind, PRESETS};

    let mut document = Document::empty(EndpointIds::default());
    for preset in &PRESETS {
        document.add_preset(preset).unwrap();
    }
    let servers = document.endpoints.iter().filter_map(|it| match &it.kind {
        EndpointKind::Server(form) => Some((&it.name, form.parse().unwrap())),
        EndpointKind::Client(_) => None,
    });
    let mut count = 0;
    for (name, mut config) in servers {
        let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
        config.bind = config.bind.at(any_port);
        let code = server_code(&config, CodeForm::Python);
        let program = Running::python(&code);
        // It holds conversations, as strange as what it receives is.
        let address = program.address();
        for _ in 0..2 {
            let strange = b"?\r\n\0\xFF{{\r\n\r\n";
            if config.bind.is_udp() {
                super::datagrams::send(address, strange);
            } else {
                converse(address, strange);
            }
        }
        assert_eq!(program.line_now(), None, "{name}\n{}", text(&code));
        count += 1;
    }
    assert!(count >= PRESETS.len());
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

pub(crate) fn ncat() {
    let check = |change: &dyn Fn(&mut Script), sent: &[u8], expected: &[u8]| {
        let mut config = config(change);
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        config.bind = address.into();
        let code = server_code(&config, CodeForm::Ncat);
        // A peer that finishes at once is not answered.
        let lacks = [CodeLack::AnswerAfterFinish];
        assert_eq!(
            code.lacks,
            lacks.get(usize::from(expected.is_empty())..).unwrap()
        );
        let asked = [(sent, expected.len())];
        let program = Running::shell(&code);
        for _ in 0..2 {
            assert_eq!(ask(address, &asked).bytes, expected, "{}", text(&code));
        }
        drop(program);
        let mut rig = Rig::new();
        config.bind = SocketAddr::from(([127, 0, 0, 1], 0)).into();
        assert_eq!(ask(rig.listen(config), &asked).bytes, expected);
    };
    check(&|_| {}, b"any\0bytes\xFF", b"any\0bytes\xFF");
    check(&|it| it.reply = Reply::None, b"a", b"");
    check(
        &|it| {
            it.greeting = Some(Bytes::from_static(b"220 'it' \"is\" $HOME 100%\r\n").into());
            it.reply = fixed("-n\\\n");
            it.framing = "lf".parse().ok();
        },
        b"a\nb\n",
        b"220 'it' \"is\" $HOME 100%\r\n-n\\\n-n\\\n",
    );
}
