//! Tests of rules on one connection, without sockets.

use core::num::{NonZeroU32, NonZeroU64};
use core::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::payload::groups::RegexGroups;
use crate::payload::shape::Shape;
use crate::payload::template::{Names, RenderTime, Scene, SceneAddress};
use crate::payload::{Draft, Encoding};
use crate::script::{
    Act, Acts, Disturbance, ProblemKind, Reply, Requested, Requests, Responder, Script, Seen,
    Standing, TimerId, Whom, responder,
};

fn message(text: &str, names: &[&str]) -> Message {
    let draft = Draft {
        text: text.to_owned(),
        template: true,
        ..Draft::default()
    };
    let names: Names = names.iter().copied().collect();
    draft.compile_with(Encoding::UTF_8, &names).unwrap().into()
}

fn send(text: &str, names: &[&str]) -> RuleAct {
    RuleAct::Send {
        message: message(text, names),
        to: To::Peer,
        luck: Luck::default(),
    }
}

fn rule(name: &str, when: When, then: Vec<RuleAct>) -> Rule {
    Rule {
        name: name.into(),
        is_on: true,
        when,
        in_states: Vec::new(),
        from: None,
        then,
        next: None,
        times: None,
    }
}

fn any() -> When {
    When::Request(Vec::new())
}

fn is(predicate: Predicate) -> When {
    When::Request(vec![Condition::Is(predicate)])
}

fn text(text: &str) -> BytePattern {
    BytePattern::new(text.bytes().map(Some).collect(), false)
}

fn regex(source: &str) -> RegexGroups {
    RegexGroups::parse(source, crate::payload::Case::Exact).unwrap()
}

fn set(rules: Vec<Rule>) -> RuleSet {
    RuleSet::starting(Rules {
        rules,
        ..Rules::default()
    })
}

/// A connection that answers by rules.
struct Rig {
    responder: Box<dyn Responder>,
    count: u64,
    peer: &'static str,
    connection: u64,
}

impl Rig {
    fn of(set: &RuleSet) -> Self {
        let script = Script {
            reply: Reply::Rules(set.clone()),
            ..Script::default()
        };
        Self {
            responder: responder(&Arc::new(script)),
            count: 0,
            peer: "127.0.0.1:50000",
            connection: 1,
        }
    }

    fn new(rules: Vec<Rule>) -> Self {
        Self::of(&set(rules))
    }

    fn see(&mut self, seen: Seen, request: Option<&[u8]>) -> Acts {
        let mut acts = Acts::default();
        let mut scene = Scene {
            now: &RenderTime::new(jiff::Zoned::now),
            peer: Some(SceneAddress::Ip(self.peer.parse().unwrap())),
            local: None,
            connection: self.connection,
            count: self.count,
            request,
            pieces: &[],
            memory: None,
            times: 1,
            random: &mut |bytes| bytes.fill(0),
        };
        self.responder.see(seen, &mut scene, &mut acts);
        self.count = scene.count;
        acts
    }

    fn requested(&mut self, seen: Seen, request: Option<&[u8]>) -> Vec<Requested> {
        let mut acts = self.see(seen, request);
        let problem = acts.next_problem().map(|it| it.kind);
        let is_unanswered = matches!(problem, Some(ProblemKind::Unanswered { .. }));
        assert!(problem.is_none() || is_unanswered, "{problem:?}");
        std::iter::from_fn(|| acts.next_act()).collect()
    }

    /// Returns what is sent in answer to a request, and nothing else is done.
    fn ask(&mut self, request: &str) -> String {
        sent(self.requested(Seen::Request, Some(request.as_bytes())))
    }
}

fn sent(acts: Vec<Requested>) -> String {
    let texts = acts.into_iter().map(|it| match it.act {
        Act::Send(crate::script::Content::Message(Message::Bytes(bytes))) => {
            String::from_utf8(bytes.to_vec()).unwrap()
        }
        other => panic!("{other:?}"),
    });
    texts.collect()
}

#[test]
fn the_first_rule_that_matches_answers() {
    let mut rig = Rig::new(vec![
        rule(
            "ping",
            is(Predicate::Equals(text("PING"))),
            vec![send("+PONG", &[])],
        ),
        rule(
            "get",
            is(Predicate::Starts(text("GET "))),
            vec![send("value", &[])],
        ),
        rule("rest", any(), vec![send("?", &[])]),
    ]);
    assert_eq!(rig.ask("PING"), "+PONG");
    assert_eq!(rig.ask("GET x"), "value");
    assert_eq!(rig.ask("PING "), "?");
    let acts = rig.requested(Seen::Request, Some(b"GET "));
    let number = acts[0].rule.map(|it| it.0.get());
    assert_eq!(number, Some(2));
}

#[test]
fn each_condition_holds_for_what_it_says() {
    let check = |predicate: Predicate, yes: &str, no: &str| {
        let then = || vec![send("y", &[])];
        let mut rig = Rig::new(vec![rule("r", is(predicate.clone()), then())]);
        assert_eq!(
            (rig.ask(yes), rig.ask(no)),
            ("y".into(), String::new()),
            "{predicate:?}"
        );
        let not = When::Request(vec![Condition::Not(vec![predicate.clone()])]);
        let mut rig = Rig::new(vec![rule("r", not, then())]);
        assert_eq!(
            (rig.ask(yes), rig.ask(no)),
            (String::new(), "y".into()),
            "not {predicate:?}"
        );
    };
    check(Predicate::Equals(text("abc")), "abc", "abcd");
    check(Predicate::Starts(text("abc")), "abcd", "ab");
    check(Predicate::Ends(text("bc")), "abc", "abcd");
    check(Predicate::Contains(text("b")), "abc", "ac");
    check(Predicate::Regex(regex("^a+$")), "aaa", "aab");
    check(
        Predicate::Shape(Shape::parse("61 ?? [rest:*]").unwrap()),
        "ax123",
        "bx",
    );
    check(Predicate::Length(2..=3), "ab", "a");
    check(Predicate::First, "x", "x");
    let other = Predicate::Every(NonZeroU64::new(2).unwrap());
    let mut rig = Rig::new(vec![rule("r", is(other), vec![send("y", &[])])]);
    let answers: Vec<String> = (0..5).map(|_| rig.ask("x")).collect();
    assert_eq!(answers, ["", "y", "", "y", ""]);
}

#[test]
fn a_check_is_that_of_the_endpoint() {
    let rules = vec![
        rule("bad", is(Predicate::Check(false)), vec![send("bad", &[])]),
        rule("good", is(Predicate::Check(true)), vec![send("good", &[])]),
    ];
    let checked = RuleSet::starting(Rules {
        check: "sum".parse().ok(),
        rules: rules.clone(),
        ..Rules::default()
    });
    let mut rig = Rig::of(&checked);
    assert_eq!(
        (rig.ask("\u{1}\u{2}\u{3}"), rig.ask("\u{1}\u{2}\u{4}")),
        ("good".into(), "bad".into())
    );
    assert_eq!(Rig::new(rules).ask("x"), "");
}

#[test]
fn replies_use_what_conditions_found() {
    let when = is(Predicate::Regex(regex(r"^SET (?<key>\S+) (\S+)$")));
    let then = vec![send("{{key}}={{2}} ({{times}})", &["key", "1", "2"])];
    let mut rig = Rig::new(vec![rule("set", when, then)]);
    assert_eq!(rig.ask("SET a b"), "a=b (1)");
    assert_eq!(rig.ask("SET c d"), "c=d (2)");
}

#[test]
fn states_are_of_one_connection() {
    let login = Rule {
        in_states: vec![FIRST_STATE.into()],
        next: Some("in".into()),
        ..rule(
            "login",
            is(Predicate::Equals(text("login"))),
            vec![send("ok", &[])],
        )
    };
    let list = Rule {
        in_states: vec!["in".into(), "busy".into()],
        ..rule(
            "list",
            is(Predicate::Equals(text("list"))),
            vec![send("files", &[])],
        )
    };
    let set = set(vec![
        login,
        list,
        rule("rest", any(), vec![send("no", &[])]),
    ]);
    let (mut one, mut other) = (Rig::of(&set), Rig::of(&set));
    assert_eq!(
        (one.ask("list"), one.ask("login"), one.ask("list")),
        ("no".into(), "ok".into(), "files".into())
    );
    assert_eq!(
        (one.ask("login"), other.ask("list")),
        ("no".into(), "no".into())
    );
}

#[test]
fn a_rule_fails_so_often_and_then_works() {
    let twice = |times| Rule {
        times: Some(times),
        ..rule("fail", any(), vec![RuleAct::Close(To::Peer)])
    };
    let two = NonZeroU32::new(2).unwrap();
    let works = || rule("work", any(), vec![send("ok", &[])]);
    let acts = |rig: &mut Rig| rig.requested(Seen::Request, Some(b"x"))[0].act == Act::Close;
    let set_ = set(vec![twice(Times::InAll(two)), works()]);
    let (mut one, mut other) = (Rig::of(&set_), Rig::of(&set_));
    assert_eq!(
        [
            acts(&mut one),
            acts(&mut other),
            acts(&mut one),
            acts(&mut other)
        ],
        [true, true, false, false]
    );
    let set_ = set(vec![twice(Times::PerConnection(two)), works()]);
    let (mut one, mut other) = (Rig::of(&set_), Rig::of(&set_));
    assert_eq!(
        [
            acts(&mut one),
            acts(&mut one),
            acts(&mut one),
            acts(&mut other)
        ],
        [true, true, false, true]
    );
}

#[test]
fn a_rule_is_for_some_peers_only() {
    let local = Rule {
        from: "127.0.0.0/8".parse().ok(),
        ..rule("local", any(), vec![send("hi", &[])])
    };
    let mut rig = Rig::new(vec![local]);
    assert_eq!(rig.ask("x"), "hi");
    rig.peer = "10.0.0.1:1";
    assert_eq!(rig.ask("x"), "");
}

#[test]
fn events_have_rules_of_their_own() {
    let seconds = Duration::from_secs;
    let mut rig = Rig::new(vec![
        rule("rest", any(), vec![send("?", &[])]),
        rule("hello", When::Connected, vec![send("hello", &[])]),
        rule("long", When::Silence(seconds(5)), vec![send("bye", &[])]),
        rule(
            "short",
            When::Silence(seconds(2)),
            vec![send("there?", &[])],
        ),
        rule("tick", When::EveryTime(seconds(1)), vec![send("tick", &[])]),
        rule("end", When::Ended, vec![RuleAct::Finish(To::Peer)]),
    ]);
    let mut began = rig.see(Seen::Began, None);
    assert_eq!(began.next_timer(), Some((TimerId(4), Some(seconds(1)))));
    assert_eq!(
        sent(std::iter::from_fn(|| began.next_act()).collect()),
        "hello"
    );
    assert_eq!(rig.responder.patience(), Some(seconds(2)));
    assert_eq!(sent(rig.requested(Seen::Silence, None)), "there?");
    assert_eq!(rig.responder.patience(), Some(seconds(3)));
    assert_eq!(sent(rig.requested(Seen::Silence, None)), "bye");
    assert_eq!(rig.responder.patience(), None);
    rig.responder.hear();
    assert_eq!(rig.responder.patience(), Some(seconds(2)));
    let mut tick = rig.see(Seen::Timer(TimerId(4)), None);
    assert_eq!(tick.next_timer(), Some((TimerId(4), Some(seconds(1)))));
    assert!(tick.next_act().is_some());
    assert_eq!(rig.requested(Seen::PeerFinished, None)[0].act, Act::Finish);
    assert_eq!(rig.requested(Seen::Gone, None), []);
}

#[test]
fn an_endpoint_remembers_for_all_its_connections() {
    let place = |text: &str| {
        let names: Names = ["key"].into_iter().collect();
        MemoryPlace::parse(text, &names).unwrap()
    };
    let store = is(Predicate::Regex(regex(r"^SET (?<key>\S+) (?<value>\S+)$")));
    let names = ["key", "value", "1", "2"];
    let get = Predicate::Regex(regex(r"^GET (?<key>\S+)$"));
    let known = When::Request(vec![
        Condition::Is(get.clone()),
        Condition::Is(Predicate::Within(place("of=key"))),
    ]);
    let set = RuleSet::starting(Rules {
        memory: vec![(b"a".to_vec(), b"first".to_vec())],
        rules: vec![
            rule(
                "set",
                store,
                vec![RuleAct::Remember(
                    place("of=key"),
                    message("{{value}}", &names),
                )],
            ),
            rule("get", known, vec![send("{{memory of=key}}", &names)]),
            rule("none", is(get), vec![send("none", &names)]),
            rule("clear", any(), vec![RuleAct::Forget(place("a"))]),
        ],
        ..Rules::default()
    });
    let (mut one, mut other) = (Rig::of(&set), Rig::of(&set));
    assert_eq!(
        (one.ask("GET a"), one.ask("GET b")),
        ("first".into(), "none".into())
    );
    assert_eq!(one.ask("SET b 7"), "");
    assert_eq!(other.ask("GET b"), "7");
    assert_eq!(
        (one.ask("clear"), other.ask("GET a")),
        (String::new(), "none".into())
    );
}

#[test]
fn groups_and_others_are_reached_elsewhere() {
    let to = |to: To| RuleAct::Send {
        message: message("m", &[]),
        to,
        luck: Luck::default(),
    };
    let mut rig = Rig::new(vec![rule(
        "r",
        any(),
        vec![
            RuleAct::Join(message("{{request}}", &[])),
            to(To::Group(message("{{request}}", &[]))),
            to(To::Others),
            RuleAct::Close(To::All),
        ],
    )]);
    let acts = rig.requested(Seen::Request, Some(b"room"));
    let m = || {
        Box::new(Act::Send(crate::script::Content::Message(
            Bytes::from_static(b"m").into(),
        )))
    };
    let room = || Bytes::from_static(b"room");
    let expected = [
        Act::Join(room()),
        Act::Elsewhere(Whom::Group(room()), m()),
        Act::Elsewhere(Whom::Others, m()),
        Act::Elsewhere(Whom::All, Box::new(Act::Close)),
    ];
    assert_eq!(
        acts.into_iter().map(|it| it.act).collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn chance_is_repeatable_and_reported() {
    let rules = Rules {
        seed: Some(7),
        rules: vec![rule(
            "r",
            any(),
            vec![
                RuleAct::Wait(Duration::from_millis(20)..=Duration::from_millis(40)),
                RuleAct::Send {
                    message: message("request", &[]),
                    to: To::Peer,
                    luck: Luck {
                        drop_ppm: 300_000,
                        corrupt_ppm: 300_000,
                    },
                },
            ],
        )],
        ..Rules::default()
    };
    let run = |connection| {
        let mut rig = Rig::of(&RuleSet::starting(rules.clone()));
        rig.connection = connection;
        let acts = (0..100).flat_map(|_| rig.requested(Seen::Request, Some(b"request")));
        acts.map(|it| it.act).collect::<Vec<_>>()
    };
    let acts = run(1);
    assert_eq!(acts, run(1));
    assert_ne!(acts, run(2));
    let count = |is: fn(&Act) -> bool| acts.iter().filter(|act| is(act)).count();
    let dropped = count(|act| matches!(act, Act::Note(Disturbance::Dropped { bytes: 7 })));
    let corrupted = count(|act| matches!(act, Act::Note(Disturbance::Corrupted { bytes: 7, .. })));
    let sent = count(|act| matches!(act, Act::Send(_)));
    assert_eq!(sent + dropped, 100);
    assert!(
        (15..45).contains(&dropped) && (5..40).contains(&corrupted),
        "{dropped} {corrupted}"
    );
    assert_eq!(count(|act| matches!(act, Act::Wait(_))), 100);
}

#[test]
fn what_cannot_be_done_is_reported_and_the_rest_is_done() {
    let names: Names = ["n"].into_iter().collect();
    let place = MemoryPlace::parse("of=n at=n", &names).unwrap();
    let mut rig = Rig::new(vec![rule(
        "r",
        any(),
        vec![
            RuleAct::Remember(place, message("x", &[])),
            send("{{request header Host}}", &[]),
            send("after", &[]),
        ],
    )]);
    let mut acts = rig.see(Seen::Request, Some(b"x"));
    assert!(acts.next_act().is_some() && acts.next_act().is_none());
    let problem = acts.next_problem().unwrap();
    assert_eq!(problem.kind, ProblemKind::NoPlace);
    assert_eq!(problem.rule.map(|it| it.0.get()), Some(1));
    assert!(acts.next_problem().is_some() && acts.next_problem().is_none());
    let mut too_long = rig.see(Seen::Request, None);
    assert!(too_long.next_problem().is_some() && too_long.next_act().is_none());
}

#[test]
fn a_change_keeps_what_is_remembered_counted_and_reached() {
    let first = |is_on| Rule {
        is_on,
        next: Some("second".into()),
        ..rule("first", any(), vec![send("1: {{times}}", &[])])
    };
    let second = || Rule {
        in_states: vec!["second".into()],
        ..rule("second", any(), vec![send("2: {{times}}", &[])])
    };
    let before = set(vec![first(true), second()]);
    let mut rig = Rig::of(&before);
    assert_eq!(rig.ask("x"), "1: 1");
    let after = set(vec![first(false), second()]).in_place_of(&before);
    let mut successor = Rig::of(&after);
    let mut acts = Acts::default();
    successor
        .responder
        .adopt(rig.responder.standing(), &mut acts);
    assert_eq!(successor.ask("x"), "2: 1");
    assert_eq!(after.applied().collect::<Vec<_>>(), [1, 1]);
    let standing = successor.responder.standing();
    let expected = Standing {
        state: Some("second".into()),
        requests: 2,
        ..Standing::default()
    };
    assert_eq!(standing, expected);
    let mut none = Rig::of(&set(Vec::new()).in_place_of(&after));
    none.ask("x");
    assert_eq!(after.unmatched(), 1);
}

#[test]
fn a_change_keeps_what_a_connection_has_had() {
    let limited = || {
        let once = NonZeroU32::MIN;
        Rule {
            times: Some(Times::PerConnection(once)),
            ..rule("once", any(), vec![send("y", &[])])
        }
    };
    let end = || rule("end", When::Ended, vec![RuleAct::Close(To::Others)]);
    let before = set(vec![limited(), end()]);
    let mut rig = Rig::of(&before);
    assert_eq!(rig.ask("x"), "y");
    assert_eq!(rig.requested(Seen::PeerFinished, None).len(), 1);
    // The rules stand in another order now.
    let after = set(vec![end(), limited()]).in_place_of(&before);
    let mut successor = Rig::of(&after);
    let mut acts = Acts::default();
    successor
        .responder
        .adopt(rig.responder.standing(), &mut acts);
    assert_eq!(successor.ask("x"), "");
    assert_eq!(successor.requested(Seen::Gone, None), []);
}

#[test]
fn an_event_has_no_request_to_send() {
    let mut rig = Rig::new(vec![rule(
        "hello",
        When::Connected,
        vec![send("{{request}}", &[])],
    )]);
    let mut acts = rig.see(Seen::Began, None);
    let problem = acts.next_problem().unwrap().kind;
    let crate::script::ProblemKind::Template(error) = problem else {
        panic!("{problem:?}");
    };
    let expected = crate::payload::template::RenderProblem::NoRequest;
    assert_eq!(error.problem, expected);
}

#[test]
fn rules_see_frames_without_what_delimits_them() {
    let rules = Rules {
        framing: "crlf".parse().ok(),
        rules: vec![rule(
            "r",
            is(Predicate::Equals(text("PING"))),
            vec![send("[{{request}}]", &[])],
        )],
        ..Rules::default()
    };
    assert_eq!(Rig::of(&RuleSet::starting(rules)).ask("PING\r\n"), "[PING]");
}

#[test]
fn the_nearest_rule_says_why_it_does_not_answer() {
    let set = set(vec![
        rule("other", is(Predicate::Equals(text("XYZ"))), Vec::new()),
        Rule {
            in_states: vec!["in".into()],
            ..rule("near", is(Predicate::Equals(text("PONG"))), Vec::new())
        },
        rule("event", When::Connected, Vec::new()),
        rule("nearest", is(Predicate::Equals(text("PINX"))), Vec::new()),
    ]);
    let case = RuleCase {
        request: b"PING",
        state: Some(FIRST_STATE),
        count: None,
        peer: None,
    };
    let reports = explain(&set, &case);
    let names: Vec<&str> = reports.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["nearest", "other", "near", "event"]);
    let byte = FailureKind::Byte {
        expected: b'X',
        found: b'G',
    };
    let failure = ConditionFailure {
        at: Some(3),
        kind: byte,
    };
    assert_eq!(reports[0].conditions, [Hold::Fails(failure)]);
    assert_eq!(reports[2].state, Some(Hold::Differs));
    assert!(!reports[0].applies());
    let case = RuleCase {
        request: b"PINX",
        state: None,
        ..case
    };
    let reports = explain(&set, &case);
    assert!(reports[0].applies() && !reports[1].applies());
    assert_eq!(
        reports.iter().find(|it| &*it.name == "near").unwrap().state,
        Some(Hold::Unknown)
    );
}

fn split_rules() -> RuleSet {
    let names = ["1"];
    RuleSet::starting(Rules {
        framing: "lf".parse().ok(),
        rules: vec![
            Rule {
                next: Some("b".into()),
                ..rule(
                    "a",
                    is(Predicate::Regex(regex("^a(.*)"))),
                    vec![send("A{{1}}", &names)],
                )
            },
            Rule {
                in_states: vec!["b".into()],
                next: Some(FIRST_STATE.into()),
                ..rule(
                    "b",
                    is(Predicate::Ends(text("b"))),
                    vec![
                        send("B{{times}}", &[]),
                        RuleAct::Wait(Duration::ZERO..=Duration::ZERO),
                    ],
                )
            },
            Rule {
                times: NonZeroU32::new(3).map(Times::InAll),
                ..rule("c", any(), vec![send("C{{request}}", &[])])
            },
        ],
        ..Rules::default()
    })
}

fn acts_of(chunks: &[&[u8]]) -> Vec<Requested> {
    let mut rig = Rig::of(&split_rules());
    let mut requests = Requests::new(&"lf".parse().unwrap(), true);
    let mut all = Vec::new();
    for chunk in chunks {
        requests.push(chunk, 0);
        while let Some(request) = requests.next(0) {
            all.extend(rig.requested(Seen::Request, request.bytes.as_deref()));
        }
    }
    all
}

proptest! {
    #[test]
    fn acts_do_not_depend_on_the_chunks(
        bytes in prop::collection::vec(prop::sample::select(b"ab\n".to_vec()), 0..300),
        splits in prop::collection::vec(0..300_usize, 0..6),
    ) {
        let mut at: Vec<usize> = splits.into_iter().map(|at| at.min(bytes.len())).collect();
        at.extend([0, bytes.len()]);
        at.sort_unstable();
        let chunks: Vec<&[u8]> = at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        prop_assert_eq!(acts_of(&chunks), acts_of(&[&bytes]));
    }
}

#[test]
fn the_first_of_several_requests_that_no_rule_answers_is_reported() {
    let when = is(Predicate::Equals(text("a")));
    let mut rig = Rig::new(vec![rule("a", when, Vec::new())]);
    let mut reported = |request: &str| {
        let mut acts = rig.see(Seen::Request, Some(request.as_bytes()));
        acts.next_problem().map(|it| it.kind)
    };
    let unanswered = |bytes| Some(ProblemKind::Unanswered { bytes });
    assert_eq!(reported("bb"), unanswered(2));
    assert_eq!(reported("b"), None);
    assert_eq!(reported("a"), None);
    assert_eq!(reported("ccc"), unanswered(3));
}
