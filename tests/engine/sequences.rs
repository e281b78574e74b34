//! Sequences of send and expect over real sockets: how they pass, fail and are cancelled, and what answers meanwhile.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::{ClientConfig, Command, FlowId, Requester, RunOn, SendTo, SequenceEnd};
use bothends::payload::Pattern;
use bothends::script::Reply;
use bothends::script::sequence::{
    Awaited, Sequence, SequenceOutcome, Step, StepFailure, StepNumber, Wanted,
};
use bytes::Bytes;

use crate::support::{CLIENT, Rig, client_of, fixed, read_exactly, read_to_fin, script};

/// Far longer than anything here takes.
const LONG: Duration = Duration::from_mins(1);
const SHORT: Duration = Duration::from_millis(50);

fn send(text: &str) -> Step {
    Step::Send(Bytes::copy_from_slice(text.as_bytes()).into())
}

fn expect_within(text: &str, within: Duration) -> Step {
    let wanted = Wanted::Bytes {
        pattern: Pattern::parse(text).unwrap(),
        bytes: text.bytes().map(Some).collect(),
    };
    Step::Expect {
        what: Awaited::Request(wanted),
        within,
    }
}

fn expect(text: &str) -> Step {
    expect_within(text, LONG)
}

fn expect_end() -> Step {
    Step::Expect {
        what: Awaited::Ended,
        within: LONG,
    }
}

fn sequence(steps: Vec<Step>) -> Arc<Sequence> {
    Arc::new(Sequence {
        name: "log in".to_owned(),
        steps,
        framing: "lf".parse().ok(),
    })
}

fn run(rig: &mut Rig, on: RunOn, steps: Vec<Step>) {
    let sequence = sequence(steps);
    rig.command(CLIENT, Command::Run { on, sequence });
}

fn ended(rig: &mut Rig) -> (SequenceEnd, Requester) {
    rig.wait("the end of the sequence", |event| match &event.kind {
        EventKind::SequenceEnded { name, end } => {
            assert_eq!(name, "log in");
            Some(((**end).clone(), event.by))
        }
        _ => None,
    })
}

fn failed(step: u16, why: StepFailure) -> SequenceOutcome {
    let step = StepNumber(step);
    SequenceOutcome::Failed { step, why }
}

/// A client's configuration for a listener of this test.
fn to(listener: &TcpListener) -> ClientConfig {
    client_of(listener.local_addr().unwrap())
}

/// Returns a client that is connected, its connection, and its peer.
fn connected(change: impl FnOnce(&mut ClientConfig)) -> (Rig, FlowId, TcpStream) {
    let mut rig = Rig::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = to(&listener);
    change(&mut config);
    rig.command(CLIENT, Command::connect(config));
    let peer = listener.accept().unwrap().0;
    peer.set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let id = rig.wait("the connection", |event| match event.kind {
        EventKind::Connected { .. } => Some(event.link.as_ref()?.connection),
        _ => None,
    });
    (rig, id, peer)
}

#[test]
fn a_sequence_connects_and_passes() {
    let mut rig = Rig::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let on = RunOn::Client(Box::new(to(&listener)));
    let steps = vec![
        expect("220"),
        send("USER ann\r\n"),
        expect("331"),
        Step::Wait(Duration::from_millis(5)),
        send("PASS x\r\n"),
        Step::Finish,
        expect("230"),
        expect_end(),
    ];
    run(&mut rig, on, steps);
    let mut peer = listener.accept().unwrap().0;
    // The greeting is in pieces, and what follows it is not expected.
    for piece in ["22", "0 ready\r", "\n220 really\r\n"] {
        peer.write_all(piece.as_bytes()).unwrap();
    }
    assert_eq!(read_exactly(&mut peer, 10), b"USER ann\r\n");
    peer.write_all(b"331 password\r\n").unwrap();
    assert_eq!(read_to_fin(&mut peer), b"PASS x\r\n");
    peer.write_all(b"230 welcome\r\n").unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    let by = rig.wait("the beginning", |event| {
        matches!(event.kind, EventKind::SequenceBegan { .. }).then_some(event.by)
    });
    assert_eq!(by, Requester::User);
    let by = rig.wait("a write", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(event.by)
    });
    assert_eq!(by, Requester::Sequence);
    let (end, by) = ended(&mut rig);
    let outcome = SequenceOutcome::Passed;
    assert_eq!(
        (end, by),
        (SequenceEnd { outcome, others: 1 }, Requester::Sequence)
    );
}

#[test]
fn a_step_that_times_out_fails_and_says_what_came_nearest() {
    let (mut rig, id, mut peer) = connected(|_| {});
    let steps = vec![send("a\n"), expect_within("331", SHORT)];
    run(&mut rig, RunOn::Connection(id), steps);
    assert_eq!(read_exactly(&mut peer, 2), b"a\n");
    peer.write_all(b"332 no\n").unwrap();
    let (end, _) = ended(&mut rig);
    let SequenceOutcome::Failed { step, why } = end.outcome else {
        panic!("{end:?}");
    };
    assert_eq!(step, StepNumber(2));
    assert!(
        matches!(why, StepFailure::TimedOut { within: SHORT, .. }),
        "{why:?}"
    );
    // The machine may be so busy that the frame came too late.
    if let Some(nearest) = why.nearest() {
        assert_eq!(nearest.excerpt, b"332 no");
        assert_eq!(nearest.difference.map(|it| it.at), Some(2));
    }
    // The connection is as it was.
    rig.send(CLIENT, SendTo::All, &b"b\n"[..]);
    assert_eq!(read_exactly(&mut peer, 2), b"b\n");
}

#[test]
fn a_connection_that_ends_fails_what_is_expected() {
    let (mut rig, id, peer) = connected(|_| {});
    run(&mut rig, RunOn::Connection(id), vec![expect("x")]);
    drop(peer);
    let (end, _) = ended(&mut rig);
    assert_eq!(end.outcome, failed(1, StepFailure::Ended { nearest: None }));
}

#[test]
fn without_a_connection_a_sequence_fails() {
    let mut rig = Rig::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = to(&listener);
    drop(listener);
    run(&mut rig, RunOn::Client(Box::new(config)), vec![send("a")]);
    let (end, _) = ended(&mut rig);
    assert_eq!(end.outcome, failed(1, StepFailure::NotConnected));
    let gone = RunOn::Connection(FlowId::client(99));
    run(&mut rig, gone, vec![send("a")]);
    assert_eq!(
        ended(&mut rig).0.outcome,
        failed(1, StepFailure::NotConnected)
    );
}

#[test]
fn a_sequence_is_cancelled_at_once() {
    let step = StepNumber(2);
    let cancelled = SequenceOutcome::Cancelled { step };
    for command in [Command::CancelRun(None), Command::CancelAll, Command::Stop] {
        let (mut rig, id, mut peer) = connected(|_| {});
        run(
            &mut rig,
            RunOn::Connection(id),
            vec![send("a"), expect("x"), send("b")],
        );
        assert_eq!(read_exactly(&mut peer, 1), b"a");
        rig.command(CLIENT, command);
        let (end, by) = ended(&mut rig);
        assert_eq!((&end.outcome, by), (&cancelled, Requester::User));
    }
    // Another sequence takes its place.
    let (mut rig, id, mut peer) = connected(|_| {});
    run(
        &mut rig,
        RunOn::Connection(id),
        vec![send("a"), expect("x")],
    );
    run(&mut rig, RunOn::Connection(id), vec![send("b")]);
    assert_eq!(ended(&mut rig).0.outcome, cancelled);
    assert_eq!(ended(&mut rig).0.outcome, SequenceOutcome::Passed);
    assert_eq!(read_exactly(&mut peer, 2), b"ab");
}

#[test]
fn a_sequence_answers_in_place_of_the_reply() {
    let (mut rig, id, mut peer) = connected(|config| {
        let script = script(&mut config.behaviour);
        script.reply = fixed(&b"reply\n"[..]);
        script.framing = "lf".parse().ok();
    });
    peer.write_all(b"x\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 6), b"reply\n");
    run(
        &mut rig,
        RunOn::Connection(id),
        vec![send("go\n"), expect("end"), send("done\n")],
    );
    assert_eq!(read_exactly(&mut peer, 3), b"go\n");
    peer.write_all(b"x\nend\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 5), b"done\n");
    let end = ended(&mut rig).0;
    assert_eq!((end.outcome, end.others), (SequenceOutcome::Passed, 1));
    peer.write_all(b"x\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 6), b"reply\n");
}

#[test]
fn a_sequence_reads_on_after_it_has_finished() {
    let (mut rig, id, mut peer) = connected(|config| {
        script(&mut config.behaviour).reply = Reply::None;
    });
    run(
        &mut rig,
        RunOn::Connection(id),
        vec![Step::Finish, expect("late"), expect_end()],
    );
    let mut rest = Vec::new();
    peer.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"");
    peer.write_all(b"late\n").unwrap();
    drop(peer);
    assert_eq!(ended(&mut rig).0.outcome, SequenceOutcome::Passed);
}

#[test]
fn a_sequence_closes_its_connection() {
    let (mut rig, id, mut peer) = connected(|_| {});
    run(
        &mut rig,
        RunOn::Connection(id),
        vec![send("bye"), Step::Close],
    );
    assert_eq!(read_to_fin(&mut peer), b"bye");
    assert_eq!(ended(&mut rig).0.outcome, SequenceOutcome::Passed);
    let by = rig.wait("the end", |event| {
        matches!(event.kind, EventKind::Closed(_)).then_some(event.by)
    });
    assert_eq!(by, Requester::Sequence);
}
