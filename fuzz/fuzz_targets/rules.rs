//! Documents with rules: whatever a document says and whatever peers send, what its endpoints do is bounded, and a document
//! that was read is written and read again as the same one.
//!
//! The input is a document, a line of three dashes, and reads: for each, a length and its bytes.

#![no_main]

use std::sync::Arc;

use bothends::net::EndpointIds;
use bothends::payload::template::{RenderTime, Scene, SceneAddress};
use bothends::script::rules::MAX_ACTS;
use bothends::script::{Acts, Requests, Responder, Script, Seen, TimerId, responder};
use bothends::workspace::{Document, EndpointKind};
use libfuzzer_sys::fuzz_target;

const END: &[u8] = b"\n---\n";

fuzz_target!(|input: &[u8]| {
    let Some(at) = input.windows(END.len()).position(|it| it == END) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(&input[..at]) else {
        return;
    };
    let Ok((document, _unknown)) = Document::parse(text, EndpointIds::default()) else {
        return;
    };
    let written = document.to_text();
    let (again, _unknown) = Document::parse(&written, EndpointIds::default()).expect("what was written");
    assert_eq!(again.to_text(), written);
    for endpoint in &document.endpoints {
        let behaviour = match &endpoint.kind {
            EndpointKind::Server(form) => form.behaviour(),
            // Whom it connects to makes no difference here.
            EndpointKind::Client(_) => continue,
        };
        if let Ok(behaviour) = behaviour {
            converse(&behaviour.script, &input[at + END.len()..]);
        }
    }
});

/// Shows a connection's responder all that can happen.
fn converse(script: &Arc<Script>, mut reads: &[u8]) {
    let mut responder = responder(script);
    see(&mut *responder, Seen::Began, None);
    let mut requests = script.framing.as_ref().map(|it| Requests::new(it, true));
    while let [len, rest @ ..] = reads {
        let (bytes, after) = rest.split_at(usize::from(*len).min(rest.len()));
        reads = after;
        responder.hear();
        let Some(requests) = &mut requests else {
            see(&mut *responder, Seen::Request, Some(bytes));
            continue;
        };
        requests.push(bytes, 0);
        while let Some(request) = requests.next(0) {
            see(&mut *responder, Seen::Request, request.bytes.as_deref());
        }
    }
    for seen in [
        Seen::Silence,
        Seen::Timer(TimerId(0)),
        Seen::PeerFinished,
        Seen::Gone,
    ] {
        see(&mut *responder, seen, None);
    }
}

fn see(responder: &mut dyn Responder, seen: Seen, request: Option<&[u8]>) {
    let mut acts = Acts::default();
    let mut scene = Scene {
        now: &RenderTime::new(|| jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC)),
        peer: "127.0.0.1:9000".parse().ok().map(SceneAddress::Ip),
        local: None,
        connection: 1,
        count: 0,
        request,
        pieces: &[],
        memory: None,
        times: 1,
        random: &mut |bytes| bytes.fill(7),
    };
    responder.see(seen, &mut scene, &mut acts);
    let requested = std::iter::from_fn(|| acts.next_act()).count();
    // One rule answers, and what chance does to a message is an act of its own. A greeting comes first.
    assert!(requested <= 2 * MAX_ACTS + 1, "{requested} acts");
}
