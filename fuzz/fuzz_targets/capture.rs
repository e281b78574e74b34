//! The reader of captures, over a folder of arbitrary bytes: an error or an entry, never a panic or a huge allocation.
//!
//! Reads entries, and builds views, which read the indexes and search the payload.

#![no_main]

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use bothends::capture::store::Store;
use bothends::capture::{
    Answer, Depth, Filter, Kinds, Reading, Record, Request, Span, Update, words,
};
use bothends::net::{FlowId, EndpointId};
use bothends::payload::Pattern;
use bothends::words::ENGLISH;

/// How many entries are read from either end.
const VISITED: u64 = 500;
/// How long a view may take.
const PATIENCE: Duration = Duration::from_secs(20);

fuzz_target!(|input: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder");
    bothends_fuzz::unpack(input, folder.path()).expect("files");
    let Ok(store) = Store::open(folder.path()) else {
        return;
    };
    let store = Arc::new(store);
    visit(&Record::new(Arc::clone(&store)));
    let filters = [
        Filter {
            endpoint: Some(EndpointId(1)),
            ..Filter::default()
        },
        Filter {
            connection: Some(FlowId::server(1)),
            kinds: Kinds {
                received: true,
                ..Kinds::NONE
            },
            ..Filter::default()
        },
        Filter {
            pattern: Pattern::parse("text:e").ok(),
            ..Filter::default()
        },
    ];
    // One view per input, chosen by the highest bits of the flags.
    let choice = input.first().map_or(0, |flags| usize::from(flags >> 6));
    if let Some(filter) = filters.into_iter().nth(choice) {
        view(&store, filter);
    }
});

fn visit(record: &Record) {
    let status = record.status();
    assert!(status.first_kept <= status.entries);
    let front = status.first_kept..status.entries.min(status.first_kept + VISITED);
    let back = status.entries.saturating_sub(VISITED).max(front.end)..status.entries;
    for depth in [Depth::Head, Depth::Whole] {
        record.visit(front.clone().chain(back.clone()), depth, |number, entry| {
            if let Ok(entry) = entry {
                assert_eq!(entry.number, number);
                ENGLISH.entry(&entry);
            }
            ControlFlow::Continue(())
        });
    }
}

fn view(store: &Arc<Store>, filter: Filter) {
    let (reading, updates) = Reading::open(Arc::clone(store), &ENGLISH, || {}).expect("a thread");
    let span = Span::Newest { count: 50 };
    reading
        .request(Request::Rows { filter, span })
        .expect("room for a request");
    loop {
        let update = updates.recv_timeout(PATIENCE).expect("an answer");
        if let Update::Answer(Answer::Rows(page)) = update {
            assert!(page.rows.len() as u64 <= page.len());
            break;
        }
    }
    reading.shutdown();
}
