//! Sequences step by step, and any split of what arrives.

use std::sync::Arc;

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::payload::framing::Framing;
use crate::payload::groups::RegexGroups;
use crate::payload::template::{RenderTime, Scene};
use crate::payload::{Case, Pattern};
use crate::script::{Act, Acts, Content, Requests, Seen};

const SECOND: Duration = Duration::from_secs(1);

fn send(text: &str) -> Step {
    Step::Send(Bytes::copy_from_slice(text.as_bytes()).into())
}

fn wanted(typed: &str) -> Wanted {
    match typed.strip_prefix("regex:") {
        Some(written) => Wanted::Regex(RegexGroups::parse(written, Case::Exact).unwrap()),
        None => Wanted::Bytes {
            pattern: Pattern::parse(typed).unwrap(),
            bytes: typed.bytes().map(Some).collect(),
        },
    }
}

fn expect(typed: &str) -> Step {
    Step::Expect {
        what: Awaited::Request(wanted(typed)),
        within: SECOND,
    }
}

fn expect_end() -> Step {
    Step::Expect {
        what: Awaited::Ended,
        within: SECOND,
    }
}

/// A run, and all that it requested.
struct Rig {
    run: SequenceRun,
    acts: Vec<Act>,
    timer: Option<Duration>,
}

impl Rig {
    fn new(framing: Option<&str>, steps: Vec<Step>) -> Self {
        let framing = framing.map(|it| it.parse::<Framing>().unwrap());
        let sequence = Sequence {
            name: "log in".to_owned(),
            steps,
            framing,
        };
        let mut rig = Self {
            run: SequenceRun::new(Arc::new(sequence)),
            acts: Vec::new(),
            timer: None,
        };
        rig.on_scene(None, SequenceRun::begin);
        rig
    }

    fn on_scene(
        &mut self,
        request: Option<&[u8]>,
        act: impl FnOnce(&mut SequenceRun, &mut Scene<'_>, &mut Acts),
    ) {
        let mut acts = Acts::default();
        let mut scene = Scene {
            now: &RenderTime::new(jiff::Zoned::now),
            peer: None,
            local: None,
            connection: 1,
            count: 0,
            request,
            pieces: &[],
            memory: None,
            times: 1,
            random: &mut |bytes| bytes.fill(0),
        };
        act(&mut self.run, &mut scene, &mut acts);
        self.acts
            .extend(std::iter::from_fn(|| acts.next_act()).map(|it| it.act));
        while let Some((_, after)) = acts.next_timer() {
            self.timer = after;
        }
    }

    fn see(&mut self, seen: Seen) {
        self.on_scene(None, |run, scene, acts| run.see(seen, scene, acts));
    }

    fn receive(&mut self, request: &str) {
        let request = Some(request.as_bytes());
        self.on_scene(request, |run, scene, acts| {
            run.see(Seen::Request, scene, acts);
        });
    }

    fn time_out(&mut self) {
        assert!(self.timer.take().is_some(), "no timer is set");
        self.on_scene(None, SequenceRun::time_out);
    }

    fn sent(&self) -> Vec<String> {
        let text = |act: &Act| match act {
            Act::Send(Content::Message(Message::Bytes(bytes))) => {
                String::from_utf8_lossy(bytes).into_owned()
            }
            other => format!("{other:?}"),
        };
        self.acts.iter().map(text).collect()
    }

    fn outcome(&self) -> Option<SequenceOutcome> {
        self.run.ended().map(|it| it.outcome)
    }

    fn others(&self) -> u64 {
        self.run.ended().unwrap().others
    }
}

fn failed(step: u16, why: StepFailure) -> SequenceOutcome {
    let step = StepNumber(step);
    SequenceOutcome::Failed { step, why }
}

fn log_in() -> Vec<Step> {
    vec![
        send("USER ann"),
        expect("331"),
        send("PASS x"),
        expect("regex:^230"),
        Step::Finish,
        expect_end(),
    ]
}

#[test]
fn a_sequence_passes_step_by_step() {
    let mut rig = Rig::new(Some("lf"), log_in());
    assert_eq!(rig.sent(), ["USER ann"]);
    assert_eq!(rig.timer, Some(SECOND));
    rig.receive("220 hello\r\n");
    assert_eq!(rig.sent(), ["USER ann"]);
    rig.receive("331 password\r\n");
    assert_eq!(rig.sent(), ["USER ann", "PASS x"]);
    rig.receive("230 welcome\r\n");
    assert_eq!(rig.sent(), ["USER ann", "PASS x", "Finish"]);
    assert_eq!(rig.outcome(), None);
    rig.see(Seen::PeerFinished);
    assert_eq!(rig.outcome(), Some(SequenceOutcome::Passed));
    assert_eq!(rig.others(), 1);
    assert_eq!(rig.timer, None);
}

#[test]
fn a_step_that_times_out_says_what_came_nearest() {
    let mut rig = Rig::new(Some("lf"), log_in());
    rig.receive("530 no\r\n");
    rig.receive("332 account\r\n");
    rig.receive("530 no\r\n");
    rig.time_out();
    let difference = Difference {
        at: 2,
        expected: Some(b'1'),
        found: Some(b'2'),
    };
    let nearest = Some(Miss {
        excerpt: b"332 account\r".to_vec(),
        len_bytes: 12,
        difference: Some(difference),
    });
    let within = SECOND;
    assert_eq!(
        rig.outcome(),
        Some(failed(2, StepFailure::TimedOut { within, nearest }))
    );
    assert_eq!(rig.others(), 3);
    // Nothing more is requested.
    rig.receive("331 password\r\n");
    assert_eq!(rig.sent(), ["USER ann"]);
}

#[test]
fn a_connection_that_ends_first_fails_what_is_expected() {
    let mut rig = Rig::new(Some("lf"), log_in());
    rig.see(Seen::Gone);
    assert_eq!(
        rig.outcome(),
        Some(failed(2, StepFailure::Ended { nearest: None }))
    );
    assert_eq!(rig.timer, None);
}

#[test]
fn what_arrives_during_a_wait_is_looked_at_afterwards() {
    let steps = vec![Step::Wait(SECOND), expect("b"), expect("c"), send("d")];
    let mut rig = Rig::new(Some("lf"), steps);
    for request in ["a\n", "b\n", "c\n"] {
        rig.receive(request);
    }
    assert_eq!(rig.sent(), [""; 0]);
    rig.time_out();
    assert_eq!(rig.sent(), ["d"]);
    assert_eq!(rig.others(), 1);
}

#[test]
fn without_a_framing_a_text_may_arrive_in_several_chunks() {
    let mut rig = Rig::new(None, vec![expect("hello"), expect("regex:^x"), send("ok")]);
    for chunk in ["220 h", "el", "lo y"] {
        rig.receive(chunk);
    }
    rig.receive("x");
    assert_eq!(rig.outcome(), Some(SequenceOutcome::Passed));
    assert_eq!(rig.others(), 0);
}

#[test]
fn a_sequence_that_is_stopped_says_where() {
    let mut rig = Rig::new(None, vec![send("a"), expect("b")]);
    rig.run.cancel();
    let step = StepNumber(2);
    assert_eq!(rig.outcome(), Some(SequenceOutcome::Cancelled { step }));
    rig.run.fail(StepFailure::Unsent);
    assert_eq!(rig.outcome(), Some(SequenceOutcome::Cancelled { step }));
}

#[test]
fn nobody_waits_for_a_connection_that_is_gone() {
    let mut rig = Rig::new(None, vec![Step::Wait(SECOND), expect_end()]);
    rig.see(Seen::PeerFinished);
    assert_eq!(rig.outcome(), None);
    rig.see(Seen::Gone);
    assert_eq!(rig.outcome(), Some(SequenceOutcome::Passed));
}

#[test]
fn what_was_not_sent_after_all_fails_the_last_step() {
    let mut rig = Rig::new(None, vec![send("a")]);
    assert_eq!(rig.outcome(), Some(SequenceOutcome::Passed));
    rig.run.fail(StepFailure::Unsent);
    assert_eq!(rig.outcome(), Some(failed(1, StepFailure::Unsent)));
}

#[test]
fn an_inbox_has_room_for_so_many_requests() {
    let steps = vec![Step::Wait(SECOND), expect("0"), expect("x")];
    let mut rig = Rig::new(Some("lf"), steps);
    for _ in 0..MAX_INBOX_REQUESTS {
        rig.receive("0\n");
    }
    for _ in 0..MAX_INBOX_REQUESTS - 1 {
        rig.receive("1\n");
    }
    rig.time_out();
    rig.run.cancel();
    // One of the old ones was left, and it was expected.
    assert_eq!(rig.others(), 2 * MAX_INBOX_REQUESTS as u64 - 2);
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        "[ab]{1,2}".prop_map(|text| send(&text)),
        "[abc]{1,2}".prop_map(|text| expect(&text)),
        "(regex:)?[abc]".prop_map(|text| expect(&text)),
        Just(Step::Finish),
        Just(expect_end()),
    ]
}

/// Runs steps against a stream in these chunks, up to its end.
fn run(steps: &[Step], framing: &str, chunks: &[&[u8]]) -> (Vec<Act>, Option<SequenceEnd>) {
    let mut rig = Rig::new(Some(framing), steps.to_vec());
    let mut requests = Requests::new(&framing.parse().unwrap(), true);
    let answer = |rig: &mut Rig, requests: &mut Requests| {
        while let Some(request) = requests.next(0) {
            let request = request.bytes.unwrap();
            rig.on_scene(Some(&request), |run, scene, acts| {
                run.see(Seen::Request, scene, acts);
            });
        }
    };
    for chunk in chunks {
        requests.push(chunk, 0);
        answer(&mut rig, &mut requests);
    }
    requests.finish(0);
    answer(&mut rig, &mut requests);
    rig.see(Seen::PeerFinished);
    (rig.acts, rig.run.ended())
}

proptest! {
    #[test]
    fn any_split_gives_the_same_acts(
        steps in prop::collection::vec(any_step(), 0..8),
        bytes in prop::collection::vec(prop::sample::select(b"abc\r\n\x01\x02".to_vec()), 0..200),
        splits in prop::collection::vec(0..200_usize, 0..6),
        framing in prop::sample::select(vec!["lf", "crlf", "fixed:3", "length:u8"]),
    ) {
        let mut at: Vec<usize> = splits.into_iter().map(|at| at.min(bytes.len())).collect();
        at.extend([0, bytes.len()]);
        at.sort_unstable();
        let chunks: Vec<&[u8]> = at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        let whole = run(&steps, framing, &[&bytes]);
        // A stream that has ended leaves nothing to wait for.
        prop_assert!(whole.1.is_some());
        prop_assert!(whole.0.len() <= steps.len());
        prop_assert_eq!(run(&steps, framing, &chunks), whole);
    }
}
