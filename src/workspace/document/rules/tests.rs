//! Rules as text: what a person reads and writes, what is kept, what is refused and where.

use proptest::prelude::*;

use super::super::*;
use crate::payload::Format;
use crate::workspace::ReplyKind;
use crate::workspace::rules::ActKind as A;
use crate::workspace::rules::{
    ActForm, ActKind, ConditionForm, ConditionKind, RuleForm, RulesForm, WhenForm, WhenKind,
    WhomForm,
};

/// Rules as a person may have written them.
const BY_HAND: &str = r#"format = 1

[[server]]
name = "Meter"
listen = "127.0.0.1:1502"
framing = "length:u16be,at=4"
reply = "rules"
seed = 7 # the same luck each time

[server.memory]
# Two hundred bytes.
registers = "zeros:200"

[[server.rule]]
name = "read holding registers"
when = { hex = "[id:2] 00 00 [size:2] [unit:1] 03 [at:2] [n:2]", within = "registers at=2*at len=2*n" }
in = "ready" # after the greeting
from = "10.0.0.0/8"
then = [
  # As slow as the real one.
  { wait = "20ms..40ms" },
  { send_hex = "{{id}} 00 00", drop = "10%", later = true },
]
next = "ready"
times = "2 per connection"
colour = "red"

# What is not known is written to the log.
[[server.rule]]
name = "anything"
then = ["echo", { send = "seen\n", to = "Log" }]

[[client]]
name = "Log"
connect = ":9000"
"#;

fn parse(text: &str) -> Document {
    Document::parse(text, EndpointIds::default()).unwrap().0
}

fn rules_mut<'a>(document: &'a mut Document, name: &str) -> &'a mut RulesForm {
    let id = document.named(name).unwrap().id;
    let endpoint = document.endpoint_mut(id).unwrap();
    &mut endpoint.kind.behaviour_mut().rules
}

/// Returns the lines that a change removes, and those that it adds.
fn change(change: impl FnOnce(&mut Document)) -> (Vec<String>, Vec<String>) {
    let mut document = parse(BY_HAND);
    change(&mut document);
    let text = document.to_text();
    assert_eq!(parse(&text).endpoints, document.endpoints, "{text}");
    let left = |from: &str, other: &str| -> Vec<String> {
        let mut others: Vec<&str> = other.lines().collect();
        let is_gone = |line: &&str| match others.iter().position(|other| other == line) {
            Some(place) => {
                others.remove(place);
                false
            }
            None => true,
        };
        let lines = from.lines().filter(is_gone).map(str::to_owned);
        lines.filter(|line| !line.is_empty()).collect()
    };
    (left(BY_HAND, &text), left(&text, BY_HAND))
}

fn check(edit: impl FnOnce(&mut RulesForm), gone: &[&str], new: &[&str]) {
    let (removed, added) = change(|document| edit(rules_mut(document, "Meter")));
    assert_eq!((removed, added), (owned(gone), owned(new)));
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}

#[test]
fn what_a_person_wrote_says_what_it_says_and_stays_as_it_is() {
    let (mut document, unknown) = Document::parse(BY_HAND, EndpointIds::default()).unwrap();
    assert_eq!(document.to_text(), BY_HAND);
    let unknown = unknown.iter().map(|it| (&*it.key, it.position.line));
    assert_eq!(unknown.collect::<Vec<_>>(), [("colour", 26), ("later", 22)]);
    let log = document.named("Log").unwrap().id;
    let rules = rules_mut(&mut document, "Meter");
    assert_eq!(rules.seed_text, "7");
    let remembered = ("registers".to_owned(), "zeros:200".to_owned());
    assert_eq!(rules.memory, [remembered]);
    let hex = "[id:2] 00 00 [size:2] [unit:1] 03 [at:2] [n:2]";
    let first = RuleForm {
        name: "read holding registers".to_owned(),
        when: WhenForm {
            conditions: vec![
                ConditionForm::new(ConditionKind::Hex, hex),
                ConditionForm::new(ConditionKind::Within, "registers at=2*at len=2*n"),
            ],
            ..WhenForm::default()
        },
        in_states_text: "ready".to_owned(),
        from_text: "10.0.0.0/8".to_owned(),
        then: vec![
            ActForm::new(ActKind::Wait, "20ms..40ms"),
            ActForm {
                format: Format::Hex,
                drop_text: "10%".to_owned(),
                ..ActForm::new(ActKind::Send, "{{id}} 00 00")
            },
        ],
        next_text: "ready".to_owned(),
        times_text: "2 per connection".to_owned(),
        ..RuleForm::default()
    };
    let second = RuleForm {
        name: "anything".to_owned(),
        then: vec![
            ActForm::new(ActKind::Echo, ""),
            ActForm {
                to: WhomForm::Endpoint(log),
                ..ActForm::new(ActKind::Send, "seen\n")
            },
        ],
        ..RuleForm::default()
    };
    assert_eq!(rules.rules, [first, second]);
}

#[test]
fn a_change_of_a_rule_touches_its_line_only() {
    check(|rules| rules.rules[0].is_on = false, &[], &["off = true"]);
    check(
        |rules| rules.rules[0].then[0].text = "1s".to_owned(),
        &[r#"  { wait = "20ms..40ms" },"#],
        &[r#"  { wait = "1s" },"#],
    );
    check(
        |rules| rules.rules[0].then[1].drop_text.clear(),
        &[r#"  { send_hex = "{{id}} 00 00", drop = "10%", later = true },"#],
        &[r#"  { send_hex = "{{id}} 00 00", later = true },"#],
    );
    check(
        |rules| {
            let close = ActForm::new(ActKind::Close, "");
            rules.rules[0].then.insert(1, close);
        },
        &[],
        &[r#"  "close","#],
    );
    check(
        |rules| {
            let then = &mut rules.rules[1].then;
            then.insert(0, ActForm::new(ActKind::Close, ""));
            then.push(ActForm::new(ActKind::Wait, "1s"));
        },
        &[r#"then = ["echo", { send = "seen\n", to = "Log" }]"#],
        &[r#"then = ["close", "echo", { send = "seen\n", to = "Log" }, { wait = "1s" }]"#],
    );
    check(
        |rules| drop(rules.rules[0].then.remove(0)),
        &[
            "  # As slow as the real one.",
            r#"  { wait = "20ms..40ms" },"#,
        ],
        &[],
    );
    check(
        |rules| drop(rules.rules[0].then.pop()),
        &[r#"  { send_hex = "{{id}} 00 00", drop = "10%", later = true },"#],
        &[],
    );
    check(
        |rules| rules.rules[0].in_states_text = "ready, idle".to_owned(),
        &[r#"in = "ready" # after the greeting"#],
        &[r#"in = "ready, idle" # after the greeting"#],
    );
    check(
        |rules| rules.rules[1].name = "rest".to_owned(),
        &[r#"name = "anything""#],
        &[r#"name = "rest""#],
    );
    check(
        |rules| rules.memory[0].1 = "zeros:8".to_owned(),
        &[r#"registers = "zeros:200""#],
        &[r#"registers = "zeros:8""#],
    );
    check(
        |rules| rules.seed_text = "8".to_owned(),
        &["seed = 7 # the same luck each time"],
        &["seed = 8 # the same luck each time"],
    );
    check(
        |rules| {
            let contains = ConditionForm::new(ConditionKind::Contains, "x");
            rules.rules[1].when.conditions.push(contains);
        },
        &[],
        &[r#"when = { contains = "x" }"#],
    );
    check(
        |rules| {
            let name = "new".to_owned();
            rules.rules.insert(
                1,
                RuleForm {
                    name,
                    ..RuleForm::default()
                },
            );
        },
        &[],
        &[r#"name = "new""#, r#"when = "any""#, "[[server.rule]]"],
    );
}

#[test]
fn what_is_switched_off_says_so_behind_its_name() {
    let mut document = parse(BY_HAND);
    rules_mut(&mut document, "Meter").rules[0].is_on = false;
    let name = "name = \"read holding registers\"\n";
    let expected = BY_HAND.replace(name, &format!("{name}off = true\n"));
    assert_eq!(document.to_text(), expected);
    let mut document = parse(&expected);
    rules_mut(&mut document, "Meter").rules[0].is_on = true;
    assert_eq!(document.to_text(), BY_HAND);
}

#[test]
fn rules_that_change_places_take_their_comments_along() {
    let mut document = parse(BY_HAND);
    let rules = rules_mut(&mut document, "Meter");
    rules.rules.reverse();
    let text = document.to_text();
    let place = |part: &str| text.find(part).unwrap();
    let parts = [
        "# Two hundred bytes.",
        "# What is not known",
        "\"anything\"",
        "\"read holding registers\"",
        "colour",
        "[[client]]",
    ];
    assert!(parts.map(place).is_sorted(), "{text}");
    assert_eq!(parse(&text).endpoints, document.endpoints);
}

#[test]
fn rules_follow_the_name_of_an_endpoint_until_it_is_removed() {
    let mut document = parse(BY_HAND);
    let log = document.named("Log").unwrap().id;
    document.rename(log, "all").unwrap();
    let text = document.to_text();
    assert!(
        text.contains(r#"{ send = "seen\n", to = "endpoint all" }"#),
        "{text}"
    );
    assert_eq!(parse(&text).endpoints, document.endpoints);
    document.rename(log, "Journal").unwrap();
    assert!(document.to_text().contains(r#"to = "Journal" }"#));
    document.remove(log).unwrap();
    let to = &rules_mut(&mut document, "Meter").rules[1].then[1].to;
    assert_eq!(*to, WhomForm::Gone("Journal".to_owned()));
    let text = document.to_text();
    assert!(text.contains(r#"to = "Journal" }"#), "{text}");
    assert_eq!(parse(&text).endpoints, document.endpoints);
}

#[test]
fn the_copy_of_an_endpoint_has_the_same_rules_without_the_comments() {
    let mut document = parse(BY_HAND);
    let meter = document.named("Meter").unwrap().id;
    document.duplicate(meter, "Copy").unwrap();
    let text = document.to_text();
    assert_eq!(text.matches("# As slow as the real one.").count(), 1);
    assert_eq!(text.matches("[[server.rule]]").count(), 4);
    let mut read = parse(&text);
    let rules = rules_mut(&mut read, "Meter").clone();
    assert_eq!(*rules_mut(&mut read, "Meter 1"), rules);
    assert_eq!(read.to_text(), text);
}

/// Returns a rule with all conditions and acts.
fn full_rule() -> RuleForm {
    let not = |kind, text: &str, is_joined| ConditionForm {
        is_not: true,
        is_joined,
        ..ConditionForm::new(kind, text)
    };
    let text = ConditionKind::Contains;
    let request = WhenForm {
        conditions: vec![
            ConditionForm::new(ConditionKind::Starts, "GET "),
            ConditionForm::new(text, "a"),
            ConditionForm::new(text, r"\r\n"),
            ConditionForm::new(ConditionKind::First, ""),
            ConditionForm::new(ConditionKind::Every, "3"),
            ConditionForm::new(ConditionKind::Length, "8.."),
            not(ConditionKind::Ends, "x", false),
            not(ConditionKind::Check, "good", true),
            not(ConditionKind::Equals, "y", false),
        ],
        ignores_case: true,
        ..WhenForm::default()
    };
    let to = |kind, to| ActForm {
        to,
        ..ActForm::new(kind, "")
    };
    let place = |kind, text: &str| ActForm {
        place_text: "a at=1".to_owned(),
        ..ActForm::new(kind, text)
    };
    RuleForm {
        name: "all".to_owned(),
        is_on: false,
        when: request,
        then: vec![
            ActForm {
                corrupt_text: "5%".to_owned(),
                to: WhomForm::Group("room".to_owned()),
                ..ActForm::new(ActKind::Send, r"{{1}}\n")
            },
            to(ActKind::Finish, WhomForm::Peer),
            to(ActKind::Close, WhomForm::Others),
            to(ActKind::Reset, WhomForm::All),
            ActForm::new(ActKind::StopReading, ""),
            ActForm::new(ActKind::ResumeReading, ""),
            ActForm::new(ActKind::Rate, "1k"),
            ActForm::new(ActKind::Rate, "500"),
            ActForm::new(ActKind::Slices, "3, 50ms"),
            place(ActKind::Remember, "x"),
            place(ActKind::Forget, ""),
            ActForm::new(ActKind::Join, "room"),
            ActForm::new(ActKind::Leave, "room"),
        ],
        times_text: "2".to_owned(),
        ..RuleForm::default()
    }
}

#[test]
fn all_that_a_rule_can_say_has_its_words() {
    let mut document = Document::default();
    let id = document.endpoints[0].id;
    let behaviour = document.endpoint_mut(id).unwrap().kind.behaviour_mut();
    behaviour.reply = ReplyKind::Rules;
    let rules = &mut behaviour.rules;
    rules.seed_text = "7".to_owned();
    rules.memory = vec![("a b".to_owned(), "hex:00 01".to_owned())];
    rules.rules.push(full_rule());
    let event = |kind, time: &str| RuleForm {
        when: WhenForm {
            kind,
            time_text: time.to_owned(),
            ..WhenForm::default()
        },
        then: vec![ActForm::new(ActKind::Send, "hello")],
        ..RuleForm::default()
    };
    rules.rules.push(event(WhenKind::Connected, ""));
    rules.rules.push(event(WhenKind::Ended, ""));
    rules.rules.push(event(WhenKind::Silence, "5s"));
    rules.rules.push(event(WhenKind::EveryTime, "100ms"));
    let expected = r#"format = 1

[[server]]
name = "Server 1"
listen = "127.0.0.1:9000"
reply = "rules"
seed = 7

[server.memory]
"a b" = "hex:00 01"

[[server.rule]]
name = "all"
off = true
when = { starts = "GET ", contains = ["a", '\r\n'], first = true, every = 3, length = "8..", ignore_case = true, not = [{ ends = "x", check = "good" }, { equals = "y" }] }
then = [
  { send = '{{1}}\n', to = "group room", corrupt = "5%" },
  "finish",
  { close = "others" },
  { reset = "all" },
  "stop reading",
  "resume reading",
  { rate = "1k" },
  { rate = 500 },
  { slices = "3, 50ms" },
  { remember = "a at=1", value = "x" },
  { forget = "a at=1" },
  { join = "room" },
  { leave = "room" },
]
times = 2

[[server.rule]]
when = "connected"
then = [{ send = "hello" }]

[[server.rule]]
when = "ended"
then = [{ send = "hello" }]

[[server.rule]]
when = { silence = "5s" }
then = [{ send = "hello" }]

[[server.rule]]
when = { every = "100ms" }
then = [{ send = "hello" }]

[[client]]
name = "Client 1"
connect = "Server 1"
"#;
    assert_eq!(document.to_text(), expected);
    let read = parse(expected);
    assert_eq!(read.endpoints, document.endpoints);
    assert_eq!(read.to_text(), expected);
}

#[test]
fn what_cannot_be_is_refused_where_it_stands() {
    let refused = |line: &str, column: usize, problem: DocumentProblem| {
        let server = "[[server]]\nname = 'a'\nlisten = ':1'\n[[server.rule]]\n";
        let text = format!("format = 1\n{server}{line}\n");
        let error = Document::parse(&text, EndpointIds::default()).unwrap_err();
        assert_eq!(
            (error.position.line, error.position.column),
            (6, column),
            "{line}"
        );
        assert_eq!(
            std::mem::discriminant(&error.problem),
            std::mem::discriminant(&problem),
            "{line}: {:?}",
            error.problem
        );
    };
    let value = || DocumentProblem::Value {
        key: "",
        value: String::new(),
        choices: Vec::new(),
    };
    let kind = || DocumentProblem::Type {
        key: "",
        expected: ExpectedValue::Text,
    };
    let act = || DocumentProblem::Act {
        choices: Vec::new(),
    };
    refused("when = 'sometimes'", 8, value());
    refused("when = { start = 'x' }", 18, value());
    refused("when = { silence = '1s', starts = 'x' }", 20, value());
    refused("when = { starts = true }", 19, kind());
    refused("when = { not = 'x' }", 16, kind());
    refused("when = { first = 1 }", 18, kind());
    refused("then = 'echo'", 8, kind());
    refused("then = ['dance']", 9, act());
    refused("then = [{ sned = 'x' }]", 9, act());
    refused("then = [1]", 9, act());
    refused(
        "then = [{ send = 'x', wait = '1s' }]",
        30,
        DocumentProblem::TwoActs([""; 2]),
    );
    refused(
        "then = [{ remember = 'a' }]",
        9,
        DocumentProblem::Missing(""),
    );
    refused("[server.rule.when.starts]", 1, kind());
    refused("off = 1", 7, kind());
    refused("times = []", 9, kind());
}

#[test]
fn whoever_writes_rules_and_no_reply_means_them() {
    let text = "format = 1\n\n[[server]]\nname = \"A\"\nlisten = \"127.0.0.1:0\"\n";
    let reply = |more: &str| {
        let text = format!("{text}{more}");
        let (document, _) = Document::parse(&text, EndpointIds::default()).unwrap();
        assert_eq!(document.to_text(), text);
        document.endpoints[0].kind.behaviour().reply
    };
    let rule = "\n[[server.rule]]\nname = \"a\"\n";
    assert_eq!(reply(rule), ReplyKind::Rules);
    assert_eq!(reply(&format!("reply = \"none\"\n{rule}")), ReplyKind::None);
    assert_eq!(reply(""), ReplyKind::Echo);
}

#[test]
fn every_preset_is_read_and_stays_as_it_is() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/presets");
    let files = std::fs::read_dir(folder).unwrap();
    let mut presets = 0;
    for path in files.map(|file| file.unwrap().path()) {
        let text = std::fs::read_to_string(&path).unwrap();
        let (document, unknown) = Document::parse(&text, EndpointIds::default()).unwrap();
        assert_eq!((unknown, document.to_text()), (Vec::new(), text));
        presets += 1;
    }
    assert!(presets > 0);
}

fn any_condition() -> impl Strategy<Value = ConditionForm> {
    let kind = prop::sample::select(ConditionKind::ALL.to_vec());
    (kind, any::<String>(), any::<bool>(), any::<bool>()).prop_map(
        |(kind, text, is_not, is_joined)| ConditionForm {
            kind,
            text: match kind {
                ConditionKind::First => String::new(),
                ConditionKind::Every => text.len().to_string(),
                _ => text,
            },
            is_not,
            is_joined,
        },
    )
}

fn any_act() -> impl Strategy<Value = ActForm> {
    let kind = prop::sample::select(ActKind::ALL.to_vec());
    let to = prop_oneof![
        Just(WhomForm::Peer),
        Just(WhomForm::All),
        Just(WhomForm::Others),
        any::<String>().prop_map(WhomForm::Group),
        any::<String>().prop_map(WhomForm::Gone),
    ];
    let texts = prop::collection::vec(any::<String>(), 4);
    (kind, to, texts, any::<bool>()).prop_map(|(kind, to, texts, is_hex)| {
        let with = |kinds: &[ActKind], text: &String| {
            let text = if kinds.contains(&kind) { text } else { "" };
            text.to_owned()
        };
        let sends = [A::Send, A::Remember];
        let texted = [
            A::Send,
            A::Remember,
            A::Wait,
            A::Rate,
            A::Slices,
            A::Join,
            A::Leave,
        ];
        let directed = [A::Send, A::Finish, A::Close, A::Reset].contains(&kind);
        ActForm {
            kind,
            text: with(&texted, &texts[0]),
            format: if is_hex && sends.contains(&kind) {
                Format::Hex
            } else {
                Format::Text
            },
            to: if directed { to } else { WhomForm::Peer },
            drop_text: with(&[A::Send], &texts[1]),
            corrupt_text: with(&[A::Send], &texts[2]),
            place_text: with(&[A::Remember, A::Forget], &texts[3]),
        }
    })
}

fn any_rule() -> impl Strategy<Value = RuleForm> {
    let when = (
        0..5_usize,
        any::<String>(),
        prop::collection::vec(any_condition(), 0..4),
        any::<bool>(),
    );
    let texts = prop::collection::vec(any::<String>(), 5);
    let acts = prop::collection::vec(any_act(), 0..4);
    (when, texts, acts, any::<bool>()).prop_map(|(when, texts, then, is_on)| {
        let (event, time, conditions, ignores_case) = when;
        let kind = super::EVENTS[event].1;
        let is_request = kind == WhenKind::Request;
        let has_time = matches!(kind, WhenKind::Silence | WhenKind::EveryTime);
        RuleForm {
            name: texts[0].clone(),
            is_on,
            when: WhenForm {
                kind,
                time_text: if has_time { time } else { String::new() },
                conditions: if is_request { conditions } else { Vec::new() },
                ignores_case: is_request && ignores_case,
            },
            in_states_text: texts[1].clone(),
            from_text: texts[2].clone(),
            then,
            next_text: texts[3].clone(),
            times_text: texts[4].clone(),
            ..RuleForm::default()
        }
    })
}

/// Returns the endpoints, with their conditions in one order: in a table, the order of keys does not matter.
fn sorted(mut document: Document) -> Vec<EndpointForm> {
    for endpoint in &mut document.endpoints {
        for rule in &mut endpoint.kind.behaviour_mut().rules.rules {
            let mut group = 0;
            let conditions = rule.when.conditions.drain(..).map(|mut it| {
                if !it.is_not {
                    return (0, it);
                }
                group += usize::from(!std::mem::take(&mut it.is_joined));
                (group, it)
            });
            let mut conditions: Vec<_> = conditions.collect();
            conditions.sort_by_key(|(group, it)| {
                let kind = ConditionKind::ALL.iter().position(|kind| *kind == it.kind);
                (*group, kind)
            });
            rule.when.conditions = conditions.into_iter().map(|(_, it)| it).collect();
        }
    }
    document.endpoints
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_rules_come_back(
        rules in prop::collection::vec(any_rule(), 0..4),
        others in prop::collection::vec(any_rule(), 0..4),
        seed in any::<String>(),
        memory in prop::collection::btree_map(any::<String>(), any::<String>(), 0..3),
    ) {
        let mut document = Document::default();
        let name = "Server 1";
        *rules_mut(&mut document, name) = RulesForm {
            rules,
            memory: memory.into_iter().collect(),
            seed_text: seed,
        };
        let text = document.to_text();
        let mut read = parse(&text);
        // Conditions of one kind stand together in the file; then nothing moves any more.
        prop_assert_eq!(read.to_text(), text.clone());
        let again = parse(&read.to_text());
        prop_assert_eq!(&again.endpoints, &read.endpoints);
        let (was, is) = (document.endpoints[0].kind.behaviour(), read.endpoints[0].kind.behaviour());
        for (was, is) in was.rules.rules.iter().zip(&is.rules.rules) {
            prop_assert_eq!(was.when.conditions.len(), is.when.conditions.len());
            let mut was = was.clone();
            was.when.conditions.clone_from(&is.when.conditions);
            prop_assert_eq!(&was, is);
        }
        // Whatever it is changed to, it says that.
        let kept = &mut rules_mut(&mut read, name).rules;
        for (place, other) in others.into_iter().enumerate() {
            match kept.get_mut(place) {
                Some(rule) => *rule = RuleForm { id: rule.id, ..other },
                None => kept.push(other),
            }
        }
        let changed = read.to_text();
        let said = parse(&changed);
        let fresh = Document { endpoints: read.endpoints.clone(), ..Document::default() };
        let fresh = parse(&fresh.to_text());
        prop_assert_eq!(sorted(said), sorted(fresh));
    }
}
