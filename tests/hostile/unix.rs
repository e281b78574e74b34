//! Hostile peers on a Unix stream socket: what TCP has none of, too.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;

use bothends::net::{Command, ServerConfig, UnixName};

use crate::bounds::Bounds;
use crate::support::hostile::Ends;
use crate::support::hostile::ledger::{End, Ledger};
use crate::support::{Rig, SERVER};
use crate::unix_socket::{connect, echoes};

/// How many come in turn, and how many at once.
const IN_TURN: usize = 1_000;
const CROWD: usize = 100;

type Held = Vec<UnixStream>;
type Plan = (&'static str, usize, Ends, fn(&Path) -> Held);

fn plans() -> Vec<Plan> {
    let plans: [Plan; 14] = [
        ("leaves", 1, Ends::Finished, |path| {
            drop(connect(path));
            Vec::new()
        }),
        ("leaves echoes unread", 1, Ends::EitherWay, |path| {
            connect(path).write_all(&[b'x'; 1_000]).unwrap();
            Vec::new()
        }),
        ("leaves many echoes unread", 1, Ends::Reset, |path| {
            drop(filled(path));
            Vec::new()
        }),
        ("finishes and leaves", 1, Ends::Finished, |path| {
            connect(path).shutdown(Shutdown::Write).unwrap();
            Vec::new()
        }),
        ("shuts both sides and holds", 1, Ends::Finished, |path| {
            let stream = connect(path);
            stream.shutdown(Shutdown::Both).unwrap();
            vec![stream]
        }),
        ("finishes and holds", 1, Ends::Finished, |path| {
            let stream = connect(path);
            stream.shutdown(Shutdown::Write).unwrap();
            vec![stream]
        }),
        ("fills and holds", 1, Ends::Held, |path| vec![filled(path)]),
        ("holds", 1, Ends::Held, |path| vec![connect(path)]),
        ("byte by byte", 1, Ends::Finished, byte_by_byte),
        ("come in turn", IN_TURN, Ends::Finished, |path| {
            (0..IN_TURN).for_each(|_| drop(connect(path)));
            Vec::new()
        }),
        ("a silent crowd", CROWD, Ends::Held, |path| {
            (0..CROWD).map(|_| connect(path)).collect()
        }),
        ("a deaf crowd", CROWD, Ends::Held, |path| {
            (0..CROWD).map(|_| filled(path)).collect()
        }),
        ("a deaf crowd that leaves", CROWD, Ends::Reset, |path| {
            let crowd: Held = (0..CROWD).map(|_| filled(path)).collect();
            drop(crowd);
            Vec::new()
        }),
        ("finishes, then is sent to", 1, Ends::Finished, reads_late),
    ];
    #[cfg(target_os = "linux")]
    let more = linux::plans();
    #[cfg(not(target_os = "linux"))]
    let more = [];
    plans.into_iter().chain(more).collect()
}

/// Writes until the system takes no more.
fn filled(path: &Path) -> UnixStream {
    let mut stream = connect(path);
    stream.set_nonblocking(true).unwrap();
    let block = vec![b'x'; 16_384];
    // Once it is full, the server gets what is there and answers it: then there is room again, for a while.
    let mut times = 0;
    while times < 20 {
        if stream.write(&block).is_err() {
            times += 1;
            thread::yield_now();
        }
    }
    stream
}

fn byte_by_byte(path: &Path) -> Held {
    let mut stream = connect(path);
    for _ in 0..500 {
        stream.write_all(b"x").unwrap();
    }
    let mut echoed = [0; 500];
    stream.read_exact(&mut echoed).unwrap();
    assert_eq!(echoed, [b'x'; 500]);
    Vec::new()
}

fn reads_late(path: &Path) -> Held {
    let mut stream = connect(path);
    stream.write_all(&vec![b'x'; 100_000]).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut echoed = Vec::new();
    stream.read_to_end(&mut echoed).unwrap();
    assert_eq!(echoed.len(), 100_000);
    Vec::new()
}

#[test]
fn hostile_peers_of_a_unix_socket_trouble_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let bounds = Bounds::new();
    let mut rig = Rig::new();
    rig.bind(ServerConfig::new(UnixName::of(path.to_str().unwrap())));
    let mut ledger = Ledger::default();
    let held = thread::scope(|scope| {
        let troubling = scope.spawn(|| {
            let mut held = Vec::new();
            for (_, _, _, run) in plans() {
                held.extend(run(&path));
                echoes(&mut connect(&path));
            }
            held
        });
        while !troubling.is_finished() {
            ledger.take(&mut rig);
            bounds.check_memory("while they are there");
        }
        troubling.join().unwrap()
    });
    let lasting = plans().into_iter().filter(|it| it.2 == Ends::Held);
    let lasting = lasting.map(|it| it.1).sum();
    let all: usize = plans().into_iter().map(|it| it.1 + 1).sum();
    ledger.until(&mut rig, "the others end", |it| {
        it.accounts.len() == all && it.open() <= lasting
    });
    check_plans(&ledger);
    rig.command(SERVER, Command::Stop);
    ledger.until(&mut rig, "the server stops", |it| it.is_stopped);
    assert_eq!((ledger.open(), ledger.count(&End::Stopped)), (0, lasting));
    assert!(!path.exists());
    drop(held);
    rig.engine.shutdown();
    drop(rig.events);
    bounds.are_given_back();
}

/// Those of a plan are accepted in turn, then comes the good peer.
fn check_plans(ledger: &Ledger) {
    let mut accounts = ledger.accounts.values();
    for (name, connections, ends, _) in plans() {
        for account in accounts.by_ref().take(connections) {
            let end = account.end.as_ref();
            assert!(ends.allows(end), "{name}: {ends:?}, {end:?}");
            if ends == Ends::Finished {
                assert_eq!(account.received_bytes, account.sent_bytes, "{name}");
            }
        }
        let good = accounts.next().unwrap();
        assert_eq!(good.kept, b"ping", "after {name}");
        assert_eq!(good.sent_bytes, 4, "after {name}");
        assert_eq!(good.end, Some(End::Finished), "after {name}");
    }
    assert!(accounts.next().is_none());
}

/// What only Linux has: bytes out of band, and descriptors that may be sent on any stream.
#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::io::{IoSlice, Read as _};
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd as _, BorrowedFd};
    use std::path::Path;

    use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
    use socket2::SockRef;

    use super::{Ends, Held, Plan, connect};

    /// How many times descriptors are sent.
    const MESSAGES: usize = 50;
    /// How many at a time.
    const DESCRIPTORS: usize = 16;

    pub(super) fn plans() -> [Plan; 4] {
        [
            ("out of band", 1, Ends::Finished, urgent),
            ("out of band, and held", 1, Ends::Held, urgent_and_hold),
            ("descriptors", 1, Ends::Held, descriptors),
            ("its own descriptors", 1, Ends::Held, own_descriptors),
        ]
    }

    fn urgent_and_hold(path: &Path) -> Held {
        let stream = connect(path);
        for _ in 0..100 {
            SockRef::from(&stream).send_out_of_band(b"!").unwrap();
        }
        vec![stream]
    }

    /// The bytes are in the stream of the server, so all of them come back.
    fn urgent(path: &Path) -> Held {
        for mut stream in urgent_and_hold(path) {
            let mut echoed = [0; 100];
            stream.read_exact(&mut echoed).unwrap();
            assert_eq!(echoed, [b'!'; 100]);
        }
        Vec::new()
    }

    /// Who does not ask for descriptors gets none (`unix(7)`): they are closed.
    fn descriptors(path: &Path) -> Held {
        let file = File::open("/dev/null").unwrap();
        send_along(path, Some(file.as_fd()))
    }

    /// A socket that is on its way through itself.
    fn own_descriptors(path: &Path) -> Held {
        send_along(path, None)
    }

    /// Sends a descriptor along, or that of the socket itself.
    fn send_along(path: &Path, descriptor: Option<BorrowedFd<'_>>) -> Held {
        let mut stream = connect(path);
        for _ in 0..MESSAGES {
            let descriptors = [descriptor.unwrap_or(stream.as_fd()); DESCRIPTORS];
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(DESCRIPTORS))];
            let mut ancillary = SendAncillaryBuffer::new(&mut space);
            assert!(ancillary.push(SendAncillaryMessage::ScmRights(&descriptors)));
            let sent = sendmsg(
                &stream,
                &[IoSlice::new(b"x")],
                &mut ancillary,
                SendFlags::NOSIGNAL,
            );
            assert_eq!(sent.unwrap(), 1);
        }
        let mut echoed = [0; MESSAGES];
        stream.read_exact(&mut echoed).unwrap();
        vec![stream]
    }
}
