//! How encrypted connections end: `close_notify` from either side, a FIN without it, and resets.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::Shutdown;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::tls::{Misbehaviour, ServerTls, TlsReport};
use bothends::net::{ClosedBy, Command, Direction, FlowId, SendTo, ServerConfig, WhenPeerFinishes};
use bothends::script::Act;
use socket2::SockRef;

use super::{Client, closed_by, report, reported, servers, serving};
use crate::ground::Ground;
use crate::support::{CLIENT, Rig, SERVER, fixed, script};

const SAID: TlsReport = TlsReport::CloseNotify {
    direction: Direction::Sent,
};
const HEARD: TlsReport = TlsReport::CloseNotify {
    direction: Direction::Received,
};

/// Starts a server, and has a foreign client exchange a byte with it.
fn met(ground: &Ground, rig: &mut Rig, config: ServerConfig) -> (Client, FlowId) {
    let address = rig.listen(config);
    let mut peer = ground.foreign(address);
    peer.write_all(b"x").unwrap();
    peer.read_exact(&mut [0]).unwrap();
    let id = rig.accepted();
    (peer, id)
}

fn act(rig: &mut Rig, connection: FlowId, act: Act) {
    rig.command(SERVER, Command::Act { connection, act });
}

fn read_to_close_notify(peer: &mut Client) -> Vec<u8> {
    let mut read = Vec::new();
    // Without it, this is an error.
    peer.read_to_end(&mut read).unwrap();
    read
}

#[test]
fn after_the_close_notify_of_the_peer_we_may_still_send() {
    let ground = Ground::new();
    for mut config in servers() {
        config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
        let mut rig = ground.rig();
        let (mut peer, id) = met(&ground, &mut rig, config);
        peer.conn.send_close_notify();
        peer.flush().unwrap();
        reported(&mut rig, SERVER, &HEARD);
        rig.send(SERVER, SendTo::Connections(vec![id]), "still here");
        let mut read = [0; 10];
        peer.read_exact(&mut read).unwrap();
        assert_eq!(&read, b"still here");
        act(&mut rig, id, Act::Finish);
        assert!(read_to_close_notify(&mut peer).is_empty());
        reported(&mut rig, SERVER, &SAID);
        assert!(matches!(closed_by(&mut rig, SERVER), ClosedBy::Peer));
        let cuts = rig
            .log
            .iter()
            .filter_map(report)
            .filter(|it| **it == TlsReport::Cut);
        assert_eq!(cuts.count(), 0);
        assert!(
            !rig.log
                .iter()
                .any(|it| matches!(it.kind, EventKind::PeerFinished))
        );
    }
}

#[test]
fn after_our_close_notify_the_peer_may_still_send() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (mut peer, id) = met(&ground, &mut rig, serving(ServerTls::default()));
    rig.send(SERVER, SendTo::All, "last words");
    act(&mut rig, id, Act::Finish);
    assert_eq!(read_to_close_notify(&mut peer), b"last words");
    reported(&mut rig, SERVER, &SAID);
    peer.write_all(b"heard").unwrap();
    peer.conn.send_close_notify();
    peer.flush().unwrap();
    assert_eq!(rig.receive(SERVER, 6), b"xheard");
    assert!(matches!(closed_by(&mut rig, SERVER), ClosedBy::Us));
    reported(&mut rig, SERVER, &HEARD);
}

#[test]
fn a_fin_without_close_notify_is_called_a_cut() {
    let ground = Ground::new();
    for config in servers() {
        let mut rig = ground.rig();
        let (peer, _) = met(&ground, &mut rig, config);
        peer.sock.shutdown(Shutdown::Write).unwrap();
        reported(&mut rig, SERVER, &TlsReport::Cut);
        assert!(matches!(closed_by(&mut rig, SERVER), ClosedBy::Peer));
        let heard = rig.log.iter().filter_map(report).filter(|it| **it == HEARD);
        assert_eq!(heard.count(), 0);
    }
}

#[test]
fn whoever_is_closed_by_us_gets_a_close_notify() {
    let ground = Ground::new();
    let ends: [fn(&mut Rig, FlowId); 2] = [
        |rig, id| act(rig, id, Act::Close),
        |rig, _| rig.command(SERVER, Command::Stop),
    ];
    for end in ends {
        let mut rig = ground.rig();
        let (mut peer, id) = met(&ground, &mut rig, serving(ServerTls::default()));
        end(&mut rig, id);
        assert!(read_to_close_notify(&mut peer).is_empty());
        reported(&mut rig, SERVER, &SAID);
        closed_by(&mut rig, SERVER);
    }
}

#[test]
fn a_server_that_misbehaves_ends_without_close_notify() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let settings = ServerTls {
        misbehaviour: Some(Misbehaviour::NoCloseNotify),
        ..ServerTls::default()
    };
    let (mut peer, id) = met(&ground, &mut rig, serving(settings));
    act(&mut rig, id, Act::Close);
    let error = peer.read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
    closed_by(&mut rig, SERVER);
    assert!(rig.log.iter().filter_map(report).all(|it| *it != SAID));
}

#[test]
fn a_reset_is_a_reset_with_tls_too() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (peer, _) = met(&ground, &mut rig, serving(ServerTls::default()));
    SockRef::from(&peer.sock)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(peer);
    rig.wait("reset", |event| {
        matches!(event.kind, EventKind::Reset { .. }).then_some(())
    });
}

#[test]
fn a_reset_by_us_says_no_close_notify() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (mut peer, id) = met(&ground, &mut rig, serving(ServerTls::default()));
    act(&mut rig, id, Act::Reset);
    let error = peer.read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert!(matches!(closed_by(&mut rig, SERVER), ClosedBy::OurReset));
    assert!(rig.log.iter().filter_map(report).all(|it| *it != SAID));
}

#[test]
fn a_closing_reply_is_followed_by_a_close_notify() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let mut config = serving(ServerTls::default());
    crate::support::script(&mut config.behaviour).close_after_reply = true;
    let address = rig.listen(config);
    let mut peer = ground.foreign(address);
    peer.write_all(b"ping").unwrap();
    assert_eq!(read_to_close_notify(&mut peer), b"ping");
    peer.conn.send_close_notify();
    peer.flush().unwrap();
    assert!(matches!(closed_by(&mut rig, SERVER), ClosedBy::Reply));
}

#[test]
fn a_client_of_ours_says_goodbye() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let client = ground.client(listener.local_addr().unwrap());
    rig.send(CLIENT, SendTo::Client(Box::new(client)), "hello");
    let mut peer = ground.accept(&listener);
    let mut read = [0; 5];
    peer.read_exact(&mut read).unwrap();
    assert_eq!(&read, b"hello");
    rig.command(CLIENT, Command::Stop);
    assert_eq!(peer.read_to_end(&mut Vec::new()).unwrap(), 0);
    reported(&mut rig, CLIENT, &SAID);
}

/// What was encrypted and still waits for room belongs to what was sent.
#[test]
fn a_slow_reader_gets_all_before_the_end() {
    let ground = Ground::new();
    for mut config in servers() {
        let message = vec![b'm'; 3_000_000];
        config.options.send_buffer = Some(4_096);
        script(&mut config.behaviour).reply = fixed(message.clone());
        let mut rig = ground.rig();
        let address = rig.listen(config);
        let mut peer = ground.foreign(address);
        peer.write_all(b"x").unwrap();
        peer.conn.send_close_notify();
        peer.flush().unwrap();
        let mut read = Vec::new();
        while read.len() < message.len() - 100_000 {
            let mut piece = [0; 4_096];
            let count = peer.read(&mut piece).unwrap();
            assert_ne!(count, 0, "{} of {}", read.len(), message.len());
            read.extend(&piece[..count]);
        }
        // This makes the peer slow; it is not synchronisation.
        rig.take_now(Duration::from_millis(200));
        read.extend(read_to_close_notify(&mut peer));
        assert!(read == message, "{} of {}", read.len(), message.len());
        assert!(matches!(closed_by(&mut rig, SERVER), ClosedBy::Peer));
    }
}
