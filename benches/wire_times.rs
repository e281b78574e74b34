//! How far recorded times are from the kernel's packet timestamps (tcpdump on the loopback interface).
//!
//! Run by hand, with capture rights: `cargo bench --bench wire_times`.

#![cfg(unix)]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

#[path = "../tests/support/tcpdump.rs"]
mod tcpdump;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bothends::capture::EventKind;
use bothends::capture::store::{Keep, Store};
use bothends::capture::{Capture, Depth, EndpointState, Entry, Record, RecordUpdate};
use bothends::net::{Clock, Command, EndpointId, Engine, ServerConfig};
use bothends::words::ENGLISH;
use tcpdump::Tcpdump;

const EXCHANGES: usize = 20_000;
const PATIENCE: Duration = Duration::from_secs(10);

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("capture");
    let store = Store::create(&dir, Keep::everything(&dir), SystemTime::now()).expect("a capture");
    let record = Record::new(Arc::new(store));
    let clock = Clock::start();
    let (mut engine, events) = Engine::new(clock);
    let store = Arc::clone(record.store());
    let (capture, updates) =
        Capture::start(events, clock, store, &ENGLISH, || {}).expect("threads");
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = EndpointId(1);
    engine
        .command(server, Command::Listen(ServerConfig::new(any)))
        .expect("a listener");
    let address = loop {
        if let RecordUpdate::Status(status) = updates.recv_timeout(PATIENCE).expect("an update")
            && let [endpoint] = &status.endpoints[..]
            && let EndpointState::Listening { local, .. } = &endpoint.state
            && let Some(local) = local.ip()
        {
            break local;
        }
    };
    drop(updates);
    let tcpdump = Tcpdump::start(address.port()).expect("tcpdump");
    exchange(address);
    engine.shutdown();
    capture.shutdown();
    let seen = tcpdump.finish();
    let mut recorded = Vec::new();
    record.visit(0..record.status().entries, Depth::Head, |_, entry| {
        recorded.push(entry.expect("an entry"));
        ControlFlow::Continue(())
    });
    println!(
        "the record's time after the packet's, {EXCHANGES} messages of 32 bytes there and back:"
    );
    compare("received", &recorded, &seen, |kind| {
        matches!(kind, EventKind::Received { .. })
    });
    compare("sent", &recorded, &seen, |kind| {
        matches!(kind, EventKind::Sent { .. })
    });
}

/// One message at a time, so that each chunk is a packet.
fn exchange(address: SocketAddr) {
    let mut peer = TcpStream::connect_timeout(&address, PATIENCE).expect("a connection");
    peer.set_nodelay(true).expect("no delay");
    peer.set_read_timeout(Some(PATIENCE)).expect("a deadline");
    let mut message = [0x5A; 32];
    for _ in 0..EXCHANGES {
        peer.write_all(&message).expect("a write");
        peer.read_exact(&mut message).expect("a read");
    }
}

fn compare(name: &str, recorded: &[Entry], seen: &[Entry], is_wanted: fn(&EventKind) -> bool) {
    let micros = |entries: &[Entry]| -> Vec<f64> {
        let mine = entries.iter().filter(|it| is_wanted(&it.event.kind));
        let times = mine.map(|it| it.time.duration_since(UNIX_EPOCH).expect("a time"));
        times.map(|time| time.as_nanos() as f64 / 1e3).collect()
    };
    let (recorded, seen) = (micros(recorded), micros(seen));
    assert_eq!(recorded.len(), seen.len(), "{name}");
    let mut apart: Vec<f64> = recorded.iter().zip(seen).map(|(a, b)| a - b).collect();
    apart.sort_unstable_by(f64::total_cmp);
    let at = |part: f64| apart[((apart.len() - 1) as f64 * part) as usize];
    println!(
        "  {name:8}  p1 {:8.1} µs   p50 {:8.1} µs   p99 {:8.1} µs   worst {:.1} and {:.1} µs",
        at(0.01),
        at(0.5),
        at(0.99),
        at(0.0),
        at(1.0)
    );
}
