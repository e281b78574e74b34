//! What rules request: on record by number, on other connections, on other endpoints, in circles, and when they change.

use std::fmt;
use std::io::Write;
use std::num::NonZeroU16;

use bothends::capture::EventKind;
use bothends::net::{ClosedBy, Requester};
use bothends::payload::template::Scene;
use bothends::script::{
    Act, Acts, Content, ProblemKind, Program, Reply, Responder, RuleNumber, Script, Seen,
};
use bytes::Bytes;

use crate::support::{Rig, read_exactly, read_to_fin, script, server};

/// Does the same whatever happened before.
struct Ruled<F>(F);

impl<F> fmt::Debug for Ruled<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ruled").finish_non_exhaustive()
    }
}

impl<F: FnMut(Seen, &Scene<'_>, &mut Acts) + Send> Responder for Ruled<F> {
    fn see(&mut self, seen: Seen, scene: &mut Scene<'_>, acts: &mut Acts) {
        (self.0)(seen, scene, acts);
    }
}

/// Returns a script that does what a function says, with each line as a request.
fn ruled(see: impl FnMut(Seen, &Scene<'_>, &mut Acts) + Clone + Send + Sync + 'static) -> Script {
    let make = move || Box::new(Ruled(see.clone())) as Box<dyn Responder>;
    Script {
        reply: Reply::Program(Program::new(make)),
        framing: "lf".parse().ok(),
        ..Script::default()
    }
}

fn number(number: u16) -> RuleNumber {
    RuleNumber(NonZeroU16::new(number).unwrap())
}

fn rule(it: u16) -> Requester {
    Requester::Rule(number(it))
}

fn echo() -> Act {
    Act::Send(Content::Request)
}

#[test]
fn what_a_rule_requests_is_reported_by_its_number() {
    let mut rig = Rig::new();
    let mut config = server();
    *script(&mut config.behaviour) = ruled(|seen, _, acts| {
        if seen == Seen::Request {
            acts.set_rule(Some(number(1)));
            acts.send(Bytes::from("one "));
            acts.request(echo());
            acts.set_rule(Some(number(2)));
            acts.report(ProblemKind::RequestTooLong);
            acts.send(Bytes::from("two"));
            acts.request(Act::Close);
        }
    });
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"x\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 6), b"one x\n");
    assert_eq!(read_to_fin(&mut peer), b"two");
    let by = rig.wait("the problem", |event| {
        matches!(event.kind, EventKind::Failed { .. }).then_some(event.by)
    });
    assert_eq!(by, rule(2));
    for (by, bytes) in [(1, &b"one x\n"[..]), (2, b"two")] {
        let sent = rig.wait("a write", |event| match &event.kind {
            EventKind::Sent { payload, .. } => Some((event.by, payload.bytes.clone())),
            _ => None,
        });
        assert_eq!(sent, (rule(by), Bytes::from_static(bytes)));
    }
    let (closed, by) = rig.wait("the end", |event| match &event.kind {
        EventKind::Closed(closed) => Some((closed.by.clone(), event.by)),
        _ => None,
    });
    assert!(matches!(closed, ClosedBy::Reply), "{closed:?}");
    assert_eq!(by, rule(2));
}
