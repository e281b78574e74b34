//! Rules in copied programs.

use std::num::NonZeroU32;
use std::time::Duration;

use bothends::export::code::{CodeForm, CodeLack, RuleLack};
use bothends::net::ServerConfig;
use bothends::payload::groups::RegexGroups;
use bothends::payload::pattern::Case;
use bothends::payload::shape::Shape;
use bothends::payload::template::Names;
use bothends::payload::{Draft, Encoding, Format};
use bothends::script::rules::{
    BytePattern, Condition, Luck, Predicate, Rule, RuleAct, RuleSet, Rules, Times, To, When,
};
use bothends::script::{Message, Reply};
use bytes::Bytes;

use super::programs::{Running, ask, converse, server_code, text};
use super::support::{Rig, script, server};

pub(super) fn rule(name: &str, when: When, then: Vec<RuleAct>) -> Rule {
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

fn message(text: &str, format: Format, names: &[&str]) -> Message {
    let draft = Draft {
        text: text.to_owned(),
        format,
        template: true,
        ..Draft::default()
    };
    let names: Names = names.iter().copied().collect();
    let template = draft.compile_with(Encoding::default(), &names);
    template.unwrap().into()
}

fn send(message: Message) -> RuleAct {
    RuleAct::Send {
        message,
        to: To::Peer,
        luck: Luck::default(),
    }
}

pub(super) fn say(text: &str) -> RuleAct {
    send(message(text, Format::Text, &[]))
}

fn when(predicate: Predicate) -> When {
    When::Request(vec![Condition::Is(predicate)])
}

fn bytes(bytes: &[u8]) -> BytePattern {
    BytePattern::new(bytes.iter().copied().map(Some).collect(), false)
}

fn regex(written: &str) -> Predicate {
    Predicate::Regex(RegexGroups::parse(written, Case::Exact).unwrap())
}

fn shape(written: &str) -> Predicate {
    Predicate::Shape(Shape::parse(written).unwrap())
}

fn config(framing: &str, rules: Vec<Rule>) -> ServerConfig {
    let mut config = server();
    let framing = framing.parse().ok();
    let rules = Rules {
        rules,
        framing: Option::clone(&framing),
        ..Rules::default()
    };
    let script = script(&mut config.behaviour);
    script.framing = framing;
    script.reply = Reply::Rules(RuleSet::starting(rules));
    config
}

/// Asks a program and our server the same, and compares what they say.
fn compare(framing: &str, rules: impl Fn() -> Vec<Rule>, asked: &[(&[u8], &[u8])]) {
    let code = server_code(&config(framing, rules()), CodeForm::Python);
    assert_eq!(code.lacks, []);
    let program = Running::python(&code);
    let lens: Vec<(&[u8], usize)> = asked
        .iter()
        .map(|(sent, answer)| (*sent, answer.len()))
        .collect();
    let theirs = ask(program.address(), &lens);
    let mut rig = Rig::new();
    let ours = ask(rig.listen(config(framing, rules())), &lens);
    assert_eq!(theirs, ours, "{}", text(&code));
    let expected: Vec<u8> = asked
        .iter()
        .flat_map(|(_, answer)| *answer)
        .copied()
        .collect();
    assert_eq!(
        ours.bytes.escape_ascii().to_string(),
        expected.escape_ascii().to_string()
    );
}

pub(crate) fn as_ours() {
    conditions();
    login();
    shapes();
    endings();
}

fn conditions() {
    let rules = || {
        let any = BytePattern::new(vec![Some(b'a'), None, Some(b'C')], true);
        let later = Condition::Not(vec![Predicate::First]);
        vec![
            Rule {
                times: Some(Times::InAll(NonZeroU32::MIN)),
                ..rule(
                    "once",
                    when(Predicate::Equals(bytes(b"once"))),
                    vec![say("1")],
                )
            },
            rule(
                "equals",
                when(Predicate::Equals(bytes(b"\"x\""))),
                vec![say("equals")],
            ),
            rule("any", when(Predicate::Equals(any)), vec![say("any")]),
            rule(
                "starts",
                when(Predicate::Starts(bytes(b"GET "))),
                vec![say("starts")],
            ),
            rule(
                "ends",
                when(Predicate::Ends(bytes(b"END"))),
                vec![say("ends")],
            ),
            rule(
                "contains",
                when(Predicate::Contains(bytes(b"in"))),
                vec![say("contains")],
            ),
            rule(
                "length",
                when(Predicate::Length(20..=22)),
                vec![say("length")],
            ),
            rule("echo", When::Request(vec![later]), vec![RuleAct::Echo]),
            rule("off", When::Request(Vec::new()), vec![say("first")]),
        ]
    };
    compare(
        "crlf",
        rules,
        &[
            (b"once\r\n", b"1"),
            (b"once\r\n", b"once\r\n"),
            (b"\"x\"\r\n", b"equals"),
            (b"A?c\r\n", b"any"),
            (b"GET a\r\n", b"starts"),
            (b"x END\r\n", b"ends"),
            (b"a in b\r\n", b"contains"),
            (b"12345678901234567890\r\n", b"length"),
            (b"\xFFrest\r\n", b"\xFFrest\r\n"),
        ],
    );
}

fn login() {
    let rules = || {
        let name = message(
            "password for {{name}}, {{1}}: ",
            Format::Text,
            &["1", "name"],
        );
        let wait = RuleAct::Wait(Duration::from_millis(1)..=Duration::from_millis(2));
        vec![
            rule("ask", When::Connected, vec![say("login: ")]),
            Rule {
                in_states: vec!["start".into()],
                next: Some("pass\"word".into()),
                ..rule("name\nx", when(regex(r"^(?<name>\w+)$")), vec![send(name)])
            },
            Rule {
                in_states: vec!["pass\"word".into(), "other".into()],
                next: Some("in".into()),
                ..rule(
                    "let in",
                    when(Predicate::Equals(bytes(b"sesame"))),
                    vec![wait, say("> ")],
                )
            },
            Rule {
                in_states: vec!["pass\"word".into()],
                next: Some("start".into()),
                times: Some(Times::PerConnection(NonZeroU32::MIN)),
                ..rule("no", When::Request(Vec::new()), vec![say(r"no\r\nlogin: ")])
            },
            rule(
                "bye",
                when(Predicate::Equals(bytes(b"quit"))),
                vec![say("bye"), RuleAct::Finish(To::Peer)],
            ),
        ]
    };
    compare(
        "line",
        rules,
        &[
            (b"me\n", b"login: password for me, me: "),
            (b"wrong\n", b"no\r\nlogin: "),
            (b"you\n", b"password for you, you: "),
            (b"sesame\n", b"> "),
            (b"quit\n", b"bye"),
        ],
    );
}

fn shapes() {
    let rules = || {
        let read = "[id:2] 00 00 [size:2] [unit:1] 03 [at:2] [n:2]";
        let names = ["id", "size", "unit", "at", "n"];
        let answer = "{{id}} 00 00 {{len u16be}} {{unit}} 03 {{at}} {{n}} {{times u8}}";
        let write = "[id:2] 00 00 ?? ?? [unit:1] 10 [n:1] [values:2*n-1] [rest:*] FF";
        let other = "[id:2] 00 00 [size:2] [text:z] [more:varint] [*]";
        let hex = |text: &str, names: &[&str]| vec![send(message(text, Format::Hex, names))];
        vec![
            rule("read", when(shape(read)), hex(answer, &names)),
            rule(
                "write",
                when(shape(write)),
                hex("{{values}} 00 {{rest}}", &["values", "rest"]),
            ),
            rule(
                "other",
                when(shape(other)),
                hex("{{text}} 00 {{more}}", &["text", "more"]),
            ),
        ]
    };
    compare(
        "length:u16be,at=4",
        rules,
        &[
            (
                b"\0\x07\0\0\0\x06\x11\x03\0\x6B\0\x03",
                b"\0\x07\0\0\0\x07\x11\x03\0\x6B\0\x03\x01",
            ),
            (
                b"\0\x07\0\0\0\x06\x11\x03\0\x6B\0\x04",
                b"\0\x07\0\0\0\x07\x11\x03\0\x6B\0\x04\x02",
            ),
            (b"\0\x08\0\0\0\x09\x11\x10\x02abcxy\xFF", b"abc\0xy"),
            (b"\0\x09\0\0\0\x07hi\0\x81\x01!!", b"hi\0\x81\x01"),
        ],
    );
}

fn endings() {
    let rules = || {
        let is = |text: &[u8]| when(Predicate::Equals(bytes(text)));
        vec![
            rule(
                "close",
                is(b"close"),
                vec![say("c"), RuleAct::Close(To::Peer), say("never")],
            ),
            rule("reset", is(b"reset"), vec![RuleAct::Reset(To::Peer)]),
            rule("last words", When::Ended, vec![say("gone")]),
        ]
    };
    let config = || config("lf", rules());
    let code = server_code(&config(), CodeForm::Python);
    let program = Running::python(&code);
    let (theirs, mut rig) = (program.address(), Rig::new());
    let ours = rig.listen(config());
    for sent in [b"x\n".as_slice(), b"close\n", b"reset\n"] {
        let (theirs, ours) = (converse(theirs, sent), converse(ours, sent));
        assert_eq!(theirs, ours, "{}\n{}", sent.escape_ascii(), text(&code));
    }
}

pub(crate) fn named() {
    let silence = When::Silence(Duration::from_secs(1));
    let others = RuleAct::Send {
        message: Bytes::from_static(b"ok").into(),
        to: To::Others,
        luck: Luck::default(),
    };
    let rules = vec![
        rule("ping", silence, vec![say("ping")]),
        rule("", when(Predicate::Check(false)), vec![say("bad")]),
        rule("all", When::Request(Vec::new()), vec![others, say("ok")]),
    ];
    let code = server_code(&config("lf", rules), CodeForm::Python);
    let lack = |name: &str, what| CodeLack::Rule {
        name: name.to_owned(),
        what,
    };
    let mut expected = vec![
        lack("ping", RuleLack::Time),
        lack("2", RuleLack::Check),
        lack("all", RuleLack::Others),
    ];
    for found in &code.lacks {
        expected.retain(|it| it != found);
    }
    assert_eq!(expected, []);
    // The rest runs.
    let program = Running::python(&code);
    assert_eq!(converse(program.address(), b"x\n").bytes, b"ok");
}
