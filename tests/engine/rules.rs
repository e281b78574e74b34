//! What rules request: by whose number it is reported, that they cannot run in a circle, and how they change.

use std::fmt;
use std::io::Write;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bothends::capture::EventKind;
use bothends::net::{Behaviour, ClosedBy, Command, EndpointId, Requester, SendTo, ServerConfig};
use bothends::payload::template::Scene;
use bothends::script::{
    Act, Acts, Content, Disturbance, ProblemKind, Program, Reply, Responder, RuleNumber, Script,
    Seen, Standing, TimerId,
};
use bytes::Bytes;

use crate::support::{
    CLIENT, Rig, SERVER, client_of, dial, loopbacks, read_exactly, read_to_fin, script, server,
};

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
pub(crate) fn ruled(
    see: impl FnMut(Seen, &Scene<'_>, &mut Acts) + Clone + Send + Sync + 'static,
) -> Script {
    let make = move || Box::new(Ruled(see.clone())) as Box<dyn Responder>;
    Script {
        reply: Reply::Program(Program::new(make)),
        framing: "lf".parse().ok(),
        ..Script::default()
    }
}

pub(crate) fn number(number: u16) -> RuleNumber {
    RuleNumber(NonZeroU16::new(number).unwrap())
}

pub(crate) fn rule(it: u16) -> Requester {
    Requester::Rule(number(it))
}

pub(crate) fn echo() -> Act {
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

#[test]
fn what_chance_did_is_reported_in_its_place() {
    let dropped = Disturbance::Dropped { bytes: 14 };
    let mut rig = Rig::new();
    let mut config = server();
    *script(&mut config.behaviour) = ruled(move |seen, _, acts| {
        if seen == Seen::Request {
            acts.set_rule(Some(number(2)));
            acts.send(Bytes::from("before"));
            acts.request(Act::Note(dropped));
            acts.send(Bytes::from("after"));
        }
    });
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"x\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 11), b"beforeafter");
    let mut reported = Vec::new();
    while reported.len() < 3 {
        reported.push(rig.wait("a report", |event| match &event.kind {
            EventKind::Sent { payload, .. } => Some((event.by, payload.bytes.len())),
            EventKind::Disturbed(disturbance) => {
                assert_eq!(*disturbance, dropped);
                Some((event.by, 0))
            }
            _ => None,
        }));
    }
    assert_eq!(reported, [(rule(2), 6), (rule(2), 0), (rule(2), 5)]);
}

/// Two ends of ours that answer each other: a pause after some hops, and an end as soon as one is stopped.
#[test]
fn rules_cannot_run_in_a_circle_without_time_passing() {
    let echo = |rule: u16| {
        ruled(move |seen, _, acts| {
            acts.set_rule(Some(number(rule)));
            match seen {
                Seen::Began if rule == 2 => acts.send(Bytes::from("x\n")),
                Seen::Request => acts.request(echo()),
                _ => {}
            }
        })
    };
    for local in loopbacks() {
        let mut rig = Rig::new();
        let mut config = ServerConfig::new(local);
        *script(&mut config.behaviour) = echo(1);
        let address = rig.listen(config);
        let mut config = client_of(address);
        *script(&mut config.behaviour) = echo(2);
        rig.command(CLIENT, Command::connect(config));
        let waited = rig.wait("a pause", |event| match event.kind {
            EventKind::Waiting { duration } => Some((duration, event.by)),
            _ => None,
        });
        assert_eq!(waited.0, Duration::from_millis(10));
        assert!([rule(1), rule(2)].contains(&waited.1), "{waited:?}");
        let (began, before) = (Instant::now(), rig.received(SERVER).len());
        while began.elapsed() < Duration::from_millis(200) {
            rig.wait("more", |event| {
                matches!(event.kind, EventKind::Received { .. }).then_some(())
            });
        }
        let took = began.elapsed();
        let exchanges = (rig.received(SERVER).len() - before) as f64;
        // Half of sixteen hops between two pauses, or of a thousand a second.
        let most = 900.0 * took.as_secs_f64() + 50.0;
        assert!(exchanges < most, "{exchanges} in {took:?}");
        rig.command(SERVER, Command::Stop);
        rig.wait("the client's end", |event| match &event.kind {
            EventKind::Closed(_) | EventKind::Reset { .. } => {
                (event.endpoint == CLIENT).then_some(())
            }
            _ => None,
        });
    }
}

#[test]
fn a_rule_that_answers_an_echo_waits_too() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let mut config = client_of(address);
    *script(&mut config.behaviour) = ruled(|seen, _, acts| {
        acts.set_rule(Some(number(1)));
        match seen {
            Seen::Began => acts.send(Bytes::from("x\n")),
            Seen::Request => acts.request(echo()),
            _ => {}
        }
    });
    rig.command(CLIENT, Command::connect(config));
    let (by, endpoint) = rig.wait("a pause", |event| {
        let waits = matches!(event.kind, EventKind::Waiting { .. });
        waits.then_some((event.by, event.endpoint))
    });
    assert_eq!((by, endpoint), (rule(1), CLIENT));
}

#[test]
fn a_relay_between_rules_is_no_way_around() {
    let mut rig = Rig::new();
    let answers = || {
        ruled(|seen, _, acts| {
            acts.set_rule(Some(number(1)));
            if seen == Seen::Request {
                acts.request(echo());
            }
        })
    };
    let mut config = server();
    script(&mut config.behaviour).reply = Reply::None;
    let middle = rig.listen(config);
    let mut ends = Vec::new();
    for client in [CLIENT, EndpointId(3)] {
        let mut config = client_of(middle);
        *script(&mut config.behaviour) = answers();
        rig.command(client, Command::connect(config));
        ends.push(rig.both_ends().1);
    }
    rig.command(SERVER, Command::Join(ends[0], ends[1]));
    rig.send(CLIENT, SendTo::All, &b"x\n"[..]);
    rig.wait("a pause", |event| {
        matches!(event.kind, EventKind::Waiting { .. }).then_some(())
    });
}

#[test]
fn many_answers_are_no_circle() {
    let mut rig = Rig::new();
    let mut config = server();
    *script(&mut config.behaviour) = ruled(|seen, _, acts| {
        acts.set_rule(Some(number(1)));
        if seen == Seen::Request {
            acts.request(echo());
        }
    });
    let address = rig.listen(config);
    rig.command(CLIENT, Command::connect(client_of(address)));
    rig.connected();
    rig.send(CLIENT, SendTo::All, b"x\n".repeat(5_000));
    rig.receive(CLIENT, 10_000);
    let waits = |event: &bothends::capture::Event| matches!(event.kind, EventKind::Waiting { .. });
    assert!(!rig.log.iter().any(waits));
}

/// Counts requests, and hands the number to its successor. `tick` is how often it says so by itself.
#[derive(Debug)]
struct Counter {
    name: &'static str,
    requests: u64,
    tick: Option<Duration>,
    heard: Arc<AtomicU64>,
}

impl Responder for Counter {
    fn see(&mut self, seen: Seen, _scene: &mut Scene<'_>, acts: &mut Acts) {
        match seen {
            Seen::Request => {
                self.requests += 1;
                acts.send(format!("{} {}\n", self.name, self.requests).into());
            }
            Seen::Timer(TimerId(1)) => acts.send(format!("tick of {}\n", self.name).into()),
            Seen::Silence => acts.send(format!("silence of {}\n", self.name).into()),
            _ => {}
        }
        if let (Some(tick), Seen::Began | Seen::Timer(_)) = (self.tick, seen) {
            acts.set_timer(TimerId(1), tick);
        }
    }

    fn hear(&mut self) {
        self.heard.fetch_add(1, Ordering::Relaxed);
    }

    fn standing(&self) -> Standing {
        Standing {
            state: Some(self.name.into()),
            requests: self.requests,
            ..Standing::default()
        }
    }

    fn adopt(&mut self, before: Standing, acts: &mut Acts) {
        self.requests = before.requests;
        let state = before.state.unwrap_or_default();
        acts.send(format!("{} after {state}\n", self.name).into());
    }

    fn patience(&self) -> Option<Duration> {
        (self.name == "second").then_some(Duration::from_millis(50))
    }
}

fn counter(name: &'static str, tick: Option<Duration>, heard: &Arc<AtomicU64>) -> Behaviour {
    let heard = Arc::clone(heard);
    let make = move || {
        let heard = Arc::clone(&heard);
        let requests = 0;
        Box::new(Counter {
            name,
            requests,
            tick,
            heard,
        }) as Box<dyn Responder>
    };
    Behaviour::of(Script {
        reply: Reply::Program(Program::new(make)),
        framing: "lf".parse().ok(),
        ..Script::default()
    })
}

#[test]
fn a_change_of_the_rules_takes_effect_at_once_and_keeps_how_connections_stand() {
    let mut rig = Rig::new();
    let heard = Arc::default();
    let mut config = server();
    // The timer would be due in a minute; it belongs to the first, so it is cancelled.
    config.behaviour = counter("first", Some(Duration::from_mins(1)), &heard);
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"x\nx\nx").unwrap();
    assert_eq!(read_exactly(&mut peer, 16), b"first 1\nfirst 2\n");
    assert_eq!(heard.load(Ordering::Relaxed), 1);
    let second = counter("second", None, &heard);
    rig.command(SERVER, Command::Configure(second.clone()));
    // Nothing was received since: the successor speaks at once, and then of the silence.
    let lines = b"second after first\nsilence of second\n";
    assert_eq!(read_exactly(&mut peer, lines.len()), lines);
    rig.command(SERVER, Command::Configure(second));
    peer.write_all(b"\n").unwrap();
    assert_eq!(
        read_exactly(&mut peer, 9),
        b"second 3\n",
        "the same is no change"
    );
    let tick = Some(Duration::from_millis(1));
    rig.command(SERVER, Command::Configure(counter("third", tick, &heard)));
    assert_eq!(read_exactly(&mut peer, 19), b"third after second\n");
    rig.command(SERVER, Command::Configure(Behaviour::default()));
    peer.write_all(b"echo").unwrap();
    assert_eq!(read_exactly(&mut peer, 4), b"echo");
}

/// Asks about a short silence, then about a very long one, and again about the short one once something was received.
#[derive(Debug, Default)]
struct Impatient {
    passed: u32,
}

impl Responder for Impatient {
    fn see(&mut self, seen: Seen, _scene: &mut Scene<'_>, acts: &mut Acts) {
        if seen == Seen::Silence {
            self.passed += 1;
            acts.send(Bytes::from("silence\n"));
        }
    }

    fn hear(&mut self) {
        self.passed = 0;
    }

    fn patience(&self) -> Option<Duration> {
        Some(match self.passed {
            0 => Duration::from_millis(20),
            _ => Duration::from_mins(1),
        })
    }
}

#[test]
fn a_responder_may_become_less_patient() {
    let mut rig = Rig::new();
    let mut config = server();
    *script(&mut config.behaviour) = Script {
        reply: Reply::Program(Program::new(|| Box::new(Impatient::default()))),
        ..Script::default()
    };
    let (mut peer, _) = rig.serve_one(config);
    for _ in 0..2 {
        assert_eq!(read_exactly(&mut peer, 8), b"silence\n");
        peer.write_all(b"x").unwrap();
    }
    assert_eq!(read_exactly(&mut peer, 8), b"silence\n");
}

#[test]
fn a_change_reaches_all_of_many_connections() {
    let mut rig = Rig::new();
    let heard = Arc::default();
    let mut config = server();
    config.behaviour = counter("first", None, &heard);
    let address = rig.listen(config);
    let mut peers: Vec<_> = (0..50).map(|_| dial(address)).collect();
    for _ in &peers {
        rig.accepted();
    }
    rig.command(SERVER, Command::Configure(counter("next", None, &heard)));
    for peer in &mut peers {
        assert_eq!(read_exactly(peer, 17), b"next after first\n");
    }
}

#[test]
fn everything_that_waits_is_cancelled_at_once_and_the_connection_stays_open() {
    let mut rig = Rig::new();
    let mut config = server();
    *script(&mut config.behaviour) = ruled(|seen, _, acts| match seen {
        Seen::Began => acts.set_timer(TimerId(1), Duration::from_millis(1)),
        Seen::Timer(id) => {
            acts.send(Bytes::from("t"));
            acts.set_timer(id, Duration::from_hours(1));
        }
        Seen::Request => {
            acts.send(Bytes::from("a"));
            acts.request(Act::Wait(Duration::from_hours(1)));
            acts.send(Bytes::from("never"));
            acts.request(Act::Finish);
        }
        _ => {}
    });
    let (mut peer, _) = rig.serve_one(config);
    assert_eq!(read_exactly(&mut peer, 1), b"t");
    for _ in 0..2 {
        peer.write_all(b"x\n").unwrap();
        assert_eq!(read_exactly(&mut peer, 1), b"a");
        rig.command(SERVER, Command::CancelAll);
        let cancelled = rig.wait("the end of the queue", |event| match event.kind {
            EventKind::QueueCancelled { bytes, acts } => Some((event.by, bytes, acts)),
            _ => None,
        });
        // The wait had begun.
        assert_eq!(cancelled, (Requester::User, 5, 1));
    }
    rig.command(SERVER, Command::CancelAll);
    let bytes = Bytes::from("by hand").into();
    let to = SendTo::All;
    rig.command(SERVER, Command::Send { to, message: bytes });
    assert_eq!(read_exactly(&mut peer, 7), b"by hand");
}
