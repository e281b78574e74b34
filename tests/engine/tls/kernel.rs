//! What the kernel says of connections that are encrypted: their states and numbers. Marks are of the ciphertext.
#![cfg(target_os = "linux")]

use std::io::{Read as _, Write as _};

use bothends::net::Command;
use bothends::net::kernel::{KernelWatch, Lack, Marks, Sampled, TcpState};
use bothends::net::tls::ServerTls;
use bothends::script::Act;

use super::{on_request, serving};
use crate::ground::Ground;
use crate::support::{SERVER, read_exactly, server};

#[test]
fn states_and_numbers_of_an_encrypted_connection_are_known() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut peer = ground.foreign(address);
    peer.write_all(b"x").unwrap();
    peer.read_exact(&mut [0]).unwrap();
    let id = rig.accepted();
    let watch = KernelWatch {
        every: Some(KernelWatch::SHORTEST),
        marks: Marks::Acknowledged,
        ..KernelWatch::numbers_of(id)
    };
    rig.command(SERVER, Command::Watch(Some(watch)));
    let lack = rig.sampled("no marks", |sample| match &sample.what {
        Sampled::Lacking(lack) => Some(lack.clone()),
        _ => None,
    });
    assert_eq!(lack, Lack::Encrypted);
    rig.sampled("both ends", |sample| match &sample.what {
        Sampled::Numbers(numbers) => {
            let state = numbers.ours.as_ref().map(|it| it.state);
            assert_eq!(state, Some(TcpState::Established));
            numbers.peer.is_some().then_some(())
        }
        _ => None,
    });
}

#[test]
fn marks_end_where_tls_starts_and_the_connection_goes_on() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let mut config = server();
    config.tls = Some(Box::new(on_request(ServerTls::default())));
    let (mut peer, connection) = rig.serve_one(config);
    let watch = KernelWatch {
        marks: Marks::All,
        ..KernelWatch::numbers_of(connection)
    };
    rig.command(SERVER, Command::Watch(Some(watch)));
    peer.write_all(b"plain").unwrap();
    assert_eq!(read_exactly(&mut peer, 5), b"plain");
    rig.sampled("a mark", |sample| {
        matches!(sample.what, Sampled::Mark(_)).then_some(())
    });
    let act = Act::StartTls;
    rig.command(SERVER, Command::Act { connection, act });
    let mut peer = ground.foreign_over(peer, &[&rustls::version::TLS13]);
    for _ in 0..100 {
        peer.write_all(b"secret").unwrap();
        let mut got = [0; 6];
        peer.read_exact(&mut got).unwrap();
        assert_eq!(&got, b"secret");
    }
    rig.sampled("no more marks", |sample| {
        matches!(sample.what, Sampled::Lacking(Lack::Encrypted)).then_some(())
    });
}
