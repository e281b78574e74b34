//! A gibibyte of lines, in a file and as a record.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use bothends::capture::store::{Keep, Store};
use bothends::capture::{Event, EventKind};
use bothends::capture::{Moment, Sequencer};
use bothends::net::{Address, EndpointId, FlowId, Link, Payload, PayloadId, Requester, Stamp};
use bytes::Bytes;

/// The total size of all lines.
pub(crate) const TOTAL_BYTES: usize = 1 << 30;
/// The length of each line.
pub(crate) const LINE_BYTES: usize = 100;

/// Writes them into a file.
pub(crate) fn write(path: &Path) {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    write_to(&mut file, TOTAL_BYTES / LINE_BYTES);
    file.flush().expect("the end");
}

/// Writes this many lines like a server's log; no two are the same.
pub(crate) fn write_to(output: &mut impl Write, count: usize) {
    let mut random: u64 = 1;
    for line in 0..count {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let status = if line % 1_000 == 0 {
            "404 Not found"
        } else {
            "200 OK"
        };
        let text = format!("GET /items/{line}?id={} HTTP/1.1 {status}", random >> 20);
        writeln!(output, "{text:<99}").expect("a line");
    }
}

/// Records the bytes of a file in pieces of one size, as received on one connection.
pub(crate) fn record(plain: &Path, dir: &Path, piece_bytes: usize) {
    let store = Store::create(dir, Keep::up_to(u64::MAX), SystemTime::now()).expect("a capture");
    let address = |port: u16| Address::from(([127, 0, 0, 1], port));
    let link = Arc::new(Link {
        connection: FlowId::server(1),
        local: Some(address(9_000)),
        peer: address(50_000),
    });
    let mut sequencer = Sequencer::new(SystemTime::now());
    let bytes = std::fs::read(plain).expect("the bytes");
    let mut entries = Vec::new();
    for (n, piece) in (0..).zip(bytes.chunks(piece_bytes)) {
        let payload = Payload::new(PayloadId(n), Bytes::copy_from_slice(piece));
        sequencer.push([Event {
            stamp: Stamp(n * 1_000),
            endpoint: EndpointId(1),
            link: Some(Arc::clone(&link)),
            by: Requester::Nobody,
            kind: EventKind::Received { payload },
        }]);
        if n % 64 == 63 {
            let now = Moment {
                stamp: Stamp(n * 1_000 + 1),
                time: SystemTime::now(),
            };
            sequencer.flush(now, &mut entries);
            let status = store.append(&mut entries);
            entries.clear();
            assert!(status.stopped.is_none(), "{status:?}");
        }
    }
    let now = Moment {
        stamp: Stamp(u64::MAX),
        time: SystemTime::now(),
    };
    sequencer.flush(now, &mut entries);
    store.append(&mut entries);
    store.close().expect("an end in order");
}
