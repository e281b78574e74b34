//! Records small captures as the program does, and writes each as an input of the target `capture`: `seeds DIR`.
//!
//! A jump of the wall clock starts a new segment, so that captures of several segments stay small.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bothends::capture::store::{AtLimit, EndpointFacts, Keep, ReadingFacts, Store, StoreError};
use bothends::capture::{Entry, Event, EventKind, SESSION, StreamPosition, StreamPositions};
use bothends::net::{
    Address, Backlog, Closed, ClosedBy, Direction, EndpointId, FlowId, Link, NetError, Payload,
    PayloadId, Requester, Role, Stamp, SystemError,
};
use bothends::payload::template::{RenderError, RenderProblem};
use bothends::payload::{HexProblem, Position};
use bothends_fuzz::{SAME_HEAD, SEALED, SUMMED, chosen, pack};
use bytes::Bytes;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let dir = env::args_os().nth(1).map(PathBuf::from);
    let dir = dir.ok_or("the folder for the seeds is missing")?;
    let mended = SEALED | SAME_HEAD | SUMMED;
    let seed =
        |name: &str, flags: u8, capture: &Path| fs::write(dir.join(name), pack(capture, flags));
    let everything = Keep::up_to(u64::MAX);

    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let closed = at("closed");
    record(&closed, everything, conversation())?.close()?;
    for view in 0..10 {
        let name = format!("closed-{view}");
        seed(&name, chosen(view) | mended, &closed)?;
    }
    seed("closed-as-it-is", 0, &closed)?;

    let copied = at("interrupted");
    let store = record(&at("recording"), everything, conversation())?;
    copy(&at("recording"), &copied)?;
    drop(store);
    seed("interrupted", chosen(4) | mended, &copied)?;
    fs::remove_file(copied.join("capture.toml"))?;
    seed("without-manifest", chosen(5) | mended, &copied)?;

    let kinds = at("kinds");
    record(&kinds, everything, all_kinds())?.close()?;
    seed("kinds", chosen(2) | mended, &kinds)?;

    let two = at("two");
    let mut entries = conversation();
    jump(&mut entries[8..]);
    record(&two, everything, entries.clone())?.close()?;
    seed("two-segments", chosen(1) | mended, &two)?;
    seed("two-segments-followed", chosen(4) | mended, &two)?;
    for extension in ["entries", "payload", "flows", "index"] {
        fs::remove_file(two.join(format!("00000000.{extension}")))?;
    }
    seed("first-segment-lost", chosen(0) | mended, &two)?;

    let ring = at("ring");
    let keep = Keep {
        limit_bytes: 3_600,
        at_limit: AtLimit::GiveUpOldest,
        chunk_limit_bytes: Some(6),
    };
    record(&ring, keep, entries)?;
    assert!(
        !ring.join("00000000.entries").exists(),
        "the ring has dropped nothing"
    );
    seed("ring", chosen(3) | mended, &ring)?;

    let off = at("off");
    let store = record(&off, everything, conversation())?;
    store.switch_off();
    store.append(&mut conversation());
    store.close()?;
    seed("switched-off", chosen(9) | mended, &off)?;
    Ok(())
}

fn record(dir: &Path, keep: Keep, mut entries: Vec<Entry>) -> Result<Store, StoreError> {
    let store = Store::create(dir, keep, UNIX_EPOCH)?;
    let facts = EndpointFacts {
        received: ReadingFacts {
            framing: "line".to_owned(),
            check: "CRC-16/MODBUS le".to_owned(),
            encoding: "UTF-16LE".to_owned(),
        },
        ..EndpointFacts::named("Server 1".to_owned())
    };
    store.describe_endpoints(&HashMap::from([(EndpointId(1), facts)]))?;
    for entry in &mut entries {
        store.append(std::slice::from_mut(entry));
    }
    Ok(store)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}

/// Moves the wall clock of entries on.
fn jump(entries: &mut [Entry]) {
    for entry in entries {
        entry.time += Duration::from_secs(60);
    }
}

fn address(port: u16) -> Address {
    Address::from(([127, 0, 0, 1], port))
}

fn entry(number: u64, flow: Option<FlowId>, kind: EventKind) -> Entry {
    let client = flow.is_some_and(|flow| flow.role == Role::Client);
    let (local, peer) = if client { (53122, 9000) } else { (9000, 53122) };
    let stamp = Stamp(number * 1_000_000);
    let link = flow.map(|connection| {
        Arc::new(Link {
            connection,
            local: Some(address(local)),
            peer: address(peer),
        })
    });
    let bytes = match &kind {
        EventKind::Received { payload } | EventKind::Sent { payload, .. } => payload.bytes.len(),
        _ => 0,
    };
    Entry {
        number,
        time: SystemTime::UNIX_EPOCH + Duration::from_nanos(stamp.0),
        event: Event {
            stamp,
            endpoint: EndpointId(if client { 2 } else { 1 }),
            link,
            by: Requester::Nobody,
            kind,
        },
        size_bytes: bytes as u64,
        streams: StreamPositions::default(),
        damage: None,
    }
}

fn payload(id: u64, bytes: &'static [u8]) -> Payload {
    Payload::new(PayloadId(id), Bytes::from_static(bytes))
}

/// A server and a client, both ours, that exchange a few lines.
fn conversation() -> Vec<Entry> {
    let (server, client) = (FlowId::server(1), FlowId::client(1));
    let took = Duration::from_nanos(1_234);
    let received = |payload| EventKind::Received { payload };
    let sent = |payload| EventKind::Sent { payload, took };
    let closed = |by, unread| {
        EventKind::Closed(Closed {
            by,
            unsent_bytes: 3,
            unread,
        })
    };
    let listening = EventKind::Listening {
        local: address(9000),
        backlog: Backlog {
            requested: 128,
            effective: Some(100),
        },
        dual_stack: false,
    };
    let events = [
        (None, listening),
        (Some(client), EventKind::Connecting),
        (
            Some(client),
            EventKind::Connected {
                took,
                process: None,
            },
        ),
        (
            Some(server),
            EventKind::Accepted {
                process: None,
                syn: None,
            },
        ),
        (Some(client), sent(payload(1, b"hello\r\nth\xC3"))),
        (Some(server), received(payload(2, b"hello\r\n"))),
        (Some(server), sent(payload(2, b"hello\r\n"))),
        (Some(server), received(payload(3, b"th\xC3"))),
        (Some(client), received(payload(4, b"hello\r\n"))),
        (Some(client), sent(payload(5, b"\xA9re\r\n"))),
        (Some(server), received(payload(6, b"\xA9re\r\n"))),
        (Some(client), EventKind::WeFinished),
        (Some(server), EventKind::PeerFinished),
        (Some(server), closed(ClosedBy::Peer, false)),
        (Some(client), closed(ClosedBy::Us, true)),
        (None, EventKind::Stopped),
    ];
    let mut streams: HashMap<FlowId, StreamPositions> = HashMap::new();
    let entries = (0..).zip(events).map(|(number, (flow, kind))| {
        let mut entry = entry(number, flow, kind);
        if let Some(flow) = flow {
            let streams = streams.entry(flow).or_default();
            entry.streams = *streams;
            let bytes = |payload: &Payload| payload.bytes.clone();
            match &entry.event.kind {
                EventKind::Received { payload } => advance(&mut streams.received, &bytes(payload)),
                EventKind::Sent { payload, .. } => advance(&mut streams.sent, &bytes(payload)),
                _ => {}
            }
        }
        entry
    });
    entries.collect()
}

fn advance(stream: &mut StreamPosition, bytes: &[u8]) {
    stream.offset += bytes.len() as u64;
    stream.carry = stream.carry.advance(bytes);
}

/// An entry of each kind that a conversation does not have, and each failure.
fn all_kinds() -> Vec<Entry> {
    let failures: Vec<Arc<NetError>> = all_failures().into_iter().map(Arc::new).collect();
    let error = || Arc::clone(&failures[0]);
    let mut kinds = vec![
        EventKind::LookingUp {
            host: "example.org".to_owned(),
            port: 80,
        },
        EventKind::ConnectFailed {
            error: error(),
            last: true,
        },
        EventKind::Closed(Closed {
            by: ClosedBy::Failure(error()),
            unsent_bytes: 1 << 40,
            unread: false,
        }),
        EventKind::Reset { unsent_bytes: 7 },
        EventKind::AcceptPaused { error: error() },
        EventKind::AcceptResumed,
        EventKind::AcceptAborted { connections: 3 },
        EventKind::Missing {
            direction: Direction::Received,
            bytes: 300,
        },
        EventKind::NotRecorded { entries: 12 },
        EventKind::ClockAdjusted { by_nanos: -5 },
        EventKind::Unknown { kind: 999 },
    ];
    kinds.extend(failures.iter().map(|error| EventKind::Failed {
        error: Arc::clone(error),
    }));
    let entries = (0..).zip(kinds).map(|(number, kind)| {
        let is_ours = matches!(
            kind,
            EventKind::ClockAdjusted { .. } | EventKind::NotRecorded { .. }
        );
        let mut entry = entry(number, (!is_ours).then_some(FlowId::server(1)), kind);
        if is_ours {
            entry.event.endpoint = SESSION;
        }
        entry
    });
    entries.collect()
}

fn all_failures() -> Vec<NetError> {
    let source = || SystemError::of(&io::Error::from_raw_os_error(111));
    let timeout = Duration::from_secs(2);
    let (here, there) = (|| address(9000), || address(53122));
    let host = || "example.org".to_owned();
    let template = |problem| NetError::Template {
        source: RenderError {
            position: Position {
                line: 1,
                column: 2,
                range: 1..3,
            },
            problem,
        },
    };
    vec![
        NetError::Connect {
            address: here(),
            source: source(),
        },
        NetError::Listen {
            address: here(),
            source: source(),
        },
        NetError::LookUp {
            host: host(),
            source: source().into(),
        },
        NetError::TooManyLookUps {
            host: host(),
            limit: 8,
        },
        NetError::ConnectTimeout {
            address: here(),
            timeout,
        },
        NetError::ConnectGivenUp { target: host() },
        NetError::Accept {
            address: here(),
            source: source(),
        },
        NetError::Receive {
            peer: there(),
            source: source(),
        },
        NetError::Send {
            peer: there(),
            source: source(),
        },
        NetError::FinishTimeout {
            peer: there(),
            timeout,
        },
        NetError::FinishFlood {
            peer: there(),
            limit_bytes: 9,
        },
        NetError::QueueFull {
            peer: there(),
            bytes: 3,
            queued_bytes: 4,
        },
        NetError::NotOpen { bytes: 3 },
        NetError::NoConnection,
        NetError::NotConnected { bytes: 3 },
        NetError::NoPeers { bytes: 3 },
        NetError::Start { source: source() },
        template(RenderProblem::TooWide(300)),
        template(RenderProblem::Range {
            from: -1,
            to: 2,
            len: 1,
        }),
        template(RenderProblem::Digits(HexProblem::OddDigit('a'))),
        template(RenderProblem::Time("no".to_owned())),
    ]
}
