//! Copied clients, against our server.

use std::net::SocketAddr;

use bothends::export::code::CodeForm;
use bothends::net::{ClientConfig, Target};
use bothends::script::Message;
use bytes::Bytes;

use super::programs::{Running, client_code};
use super::support::{Rig, SERVER, client_of, script, server};

const SENT: &[u8] = b"hello -\"$x' \\ 100%\n\0\xFF";

fn message() -> Message {
    Bytes::from_static(SENT).into()
}

pub(crate) fn python() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let check = |config: &ClientConfig| {
        let code = client_code(config, &message(), CodeForm::Python);
        assert_eq!(code.lacks, []);
        let program = Running::python(&code);
        assert!(program.line().starts_with("Connected to "));
        let expected = r#"Received b'hello -"$x\' \\ 100%\n\x00\xff'"#;
        assert_eq!(program.line(), expected);
    };
    check(&client_of(address));
    check(&ClientConfig::new(Target::new("localhost", address.port())));
    let mut config = client_of(address);
    config.options.source = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    config.options.ttl = Some(9);
    config.options.send_buffer = Some(8192);
    check(&config);
    // It has a greeting and replies, as ours has.
    let mut rig = Rig::new();
    let mut config = server();
    script(&mut config.behaviour).greeting = Some(Bytes::from_static(b"PING\n").into());
    script(&mut config.behaviour).reply = bothends::script::Reply::None;
    let mut client = client_of(rig.listen(config));
    let script = script(&mut client.behaviour);
    script.greeting = Some(Bytes::from_static(b"HELO\n").into());
    script.reply = super::support::fixed("PONG\n");
    script.framing = "lf".parse().ok();
    let code = client_code(&client, &message(), CodeForm::Python);
    let program = Running::python(&code);
    let expected = [b"HELO\n".as_slice(), SENT, b"PONG\n"].concat();
    let heard = rig.receive(SERVER, expected.len());
    assert_eq!(heard, expected);
    drop(program);
}

pub(crate) fn ncat() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let message: Message = Bytes::from_static(b"-hello \"$x' \\ 100%\n").into();
    let code = client_code(&client_of(address), &message, CodeForm::Ncat);
    assert_eq!(code.lacks, []);
    let program = Running::shell(&code);
    assert_eq!(program.line(), r#"-hello "$x' \ 100%"#);
}
