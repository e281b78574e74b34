//! From typed rules to those that an endpoint follows, and what is wrong with them.

use std::num::{NonZeroU16, NonZeroU32};
use std::time::Duration;

use super::ConditionKind as C;
use super::*;
use crate::net::EndpointId;
use crate::payload::Format;
use crate::script::rules::{
    Condition, Luck, MAX_RULES, Predicate, RuleAct, Rules, Times, To, When,
};
use crate::script::{EndpointRef, RuleNumber};
use crate::workspace::RuleProblem as P;
use crate::workspace::fields::{FieldError, FieldProblem, FormField};
use crate::workspace::protocol::ProtocolForm;
use crate::workspace::{ActPart, RulePart, RuleProblem};

fn parse(rules: Vec<RuleForm>) -> Result<Rules, FieldError> {
    let form = RulesForm {
        rules,
        ..RulesForm::default()
    };
    form.parse(&ProtocolForm::default())
}

fn when(kind: ConditionKind, text: &str) -> RuleForm {
    let mut rule = RuleForm::default();
    let condition = ConditionForm::new(kind, text);
    rule.when.conditions.push(condition);
    rule
}

fn doing(act: ActForm) -> RuleForm {
    RuleForm {
        then: vec![act],
        ..RuleForm::default()
    }
}

/// Returns the part of the rule that is wrong, and how.
fn wrong(rule: RuleForm) -> (RulePart, RuleProblem) {
    match parse(vec![rule]).unwrap_err() {
        FieldError {
            field: FormField::Rule { number, part },
            problem: FieldProblem::Rule { name, problem },
        } => {
            assert_eq!(number, RuleNumber(NonZeroU16::MIN));
            assert_eq!(name, "rule 1");
            (part, *problem)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn rules_without_a_name_have_their_number() {
    let first = RuleForm {
        name: " first ".to_owned(),
        ..RuleForm::default()
    };
    let rules = parse(vec![first.clone(), RuleForm::default()]).unwrap();
    let names: Vec<_> = rules.rules.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["first", "rule 2"]);
    let twice = parse(vec![RuleForm::default(), first.clone(), first]).unwrap_err();
    let number = RuleNumber(NonZeroU16::new(3).unwrap());
    let part = RulePart::Name;
    assert_eq!(twice.field, FormField::Rule { number, part });
    let taken = RuleForm {
        name: "rule 2".to_owned(),
        ..RuleForm::default()
    };
    assert!(parse(vec![taken, RuleForm::default()]).is_err());
    let many = (0..=MAX_RULES).map(|_| RuleForm::default());
    let error = parse(many.collect()).unwrap_err();
    let problem = RuleProblem::TooManyRules;
    assert!(
        matches!(error.problem, FieldProblem::Rule { problem: found, .. } if *found == problem)
    );
}

#[test]
fn conditions_hold_what_was_typed() {
    let kind = |kind: ConditionKind, text: &str| {
        let rules = parse(vec![when(kind, text)]).unwrap();
        match &rules.rules[0].when {
            When::Request(conditions) => match &conditions[0] {
                Condition::Is(kind) => kind.clone(),
                Condition::Not(_) => panic!("negated"),
            },
            other => panic!("{other:?}"),
        }
    };
    let bytes = |condition: ConditionKind, text: &str| match kind(condition, text) {
        Predicate::Equals(it)
        | Predicate::Starts(it)
        | Predicate::Ends(it)
        | Predicate::Contains(it) => it.bytes().to_vec(),
        other => panic!("{other:?}"),
    };
    let all = |bytes: &[u8]| bytes.iter().copied().map(Some).collect::<Vec<_>>();
    assert_eq!(bytes(C::Equals, ""), []);
    assert_eq!(bytes(C::Starts, r"a\r\n"), all(b"a\r\n"));
    assert_eq!(bytes(C::Ends, r"text:\xFF"), all(b"\xFF"));
    assert_eq!(bytes(C::Contains, "Host: x"), all(b"Host: x"));
    assert_eq!(bytes(C::Contains, "hex:01 ??"), [Some(1), None]);
    for (text, range) in [
        ("8", 8..=8),
        ("8..12", 8..=12),
        (" 8 .. ", 8..=usize::MAX),
        ("..12", 0..=12),
    ] {
        assert_eq!(kind(C::Length, text), Predicate::Length(range), "{text}");
    }
    assert_eq!(kind(C::First, ""), Predicate::First);
}

#[test]
fn a_condition_that_is_wrong_says_why() {
    let check = |kind: ConditionKind, text: &str, is_right: fn(&RuleProblem) -> bool| {
        let (part, problem) = wrong(when(kind, text));
        assert_eq!(part, RulePart::Condition(1));
        assert!(is_right(&problem), "{text}: {problem:?}");
    };
    check(C::Starts, "", |it| *it == P::Empty);
    check(C::Contains, "regex:a", |it| *it == P::RegexHere);
    check(C::Regex, "(", |it| matches!(it, P::Regex(_)));
    check(C::Hex, "[a:2] [a:1]", |it| matches!(it, P::Shape(_)));
    check(C::Hex, "[counter:2]", |it| matches!(it, P::PieceIsField(_)));
    for text in ["", "a", "2..1", "..", "-1"] {
        check(C::Length, text, |it| *it == P::Length);
    }
    check(C::Check, "good", |it| *it == P::NoCheck);
    check(C::Every, "0", |it| *it == P::Every);
    check(C::Within, "a at=2*n", |it| matches!(it, P::Place(_)));
    // Where it is wrong in all of what was typed.
    let (_, problem) = wrong(when(C::Equals, r"text:a\q"));
    let P::Message(error) = problem else {
        panic!("{problem:?}");
    };
    assert_eq!(error.position().unwrap().range, 6..8);
}

#[test]
fn what_uses_pieces_is_tried_after_what_finds_them() {
    let mut rule = when(ConditionKind::Within, "a at=n");
    let kinds = [ConditionKind::Contains, ConditionKind::Hex];
    let texts = ["x", "[n:1] [*]"];
    for (kind, text) in kinds.into_iter().zip(texts) {
        let condition = ConditionForm::new(kind, text);
        rule.when.conditions.push(condition);
    }
    rule.when.conditions[1].is_not = true;
    rule.then = vec![ActForm::new(ActKind::Send, "{{n}}")];
    let rules = parse(vec![rule]).unwrap();
    let When::Request(conditions) = &rules.rules[0].when else {
        panic!("no request");
    };
    let order = conditions.iter().map(|it| match it {
        Condition::Is(Predicate::Shape(_)) => "shape",
        Condition::Is(Predicate::Within(_)) => "within",
        Condition::Not(_) => "not",
        Condition::Is(_) => "other",
    });
    assert_eq!(order.collect::<Vec<_>>(), ["shape", "within", "not"]);
}

#[test]
fn conditions_are_negated_one_by_one_or_together() {
    let not = |text: &str, is_joined| ConditionForm {
        is_not: true,
        is_joined,
        ..ConditionForm::new(ConditionKind::Contains, text)
    };
    let mut rule = RuleForm::default();
    rule.when.conditions = vec![not("a", true), not("b", true), not("c", false)];
    let rules = parse(vec![rule]).unwrap();
    let When::Request(conditions) = &rules.rules[0].when else {
        panic!("no request");
    };
    let groups = conditions.iter().map(|it| match it {
        Condition::Not(kinds) => kinds.len(),
        Condition::Is(_) => 0,
    });
    assert_eq!(groups.collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn acts_do_what_was_typed() {
    let act = |form: ActForm| parse(vec![doing(form)]).unwrap().rules[0].then[0].clone();
    let times = |text: &str| match act(ActForm::new(ActKind::Wait, text)) {
        RuleAct::Wait(times) => (times.start().as_millis(), times.end().as_millis()),
        other => panic!("{other:?}"),
    };
    assert_eq!(times("20ms"), (20, 20));
    assert_eq!(times("20ms .. 1s"), (20, 1_000));
    let rate = |text: &str| act(ActForm::new(ActKind::Rate, text));
    assert_eq!(rate("1k"), RuleAct::Rate(NonZeroU32::new(1024)));
    assert_eq!(rate("full"), RuleAct::Rate(None));
    let slices = act(ActForm::new(ActKind::Slices, "3, 50ms"));
    let RuleAct::Slice(Some(slices)) = slices else {
        panic!("{slices:?}");
    };
    assert_eq!(
        (slices.bytes.get(), slices.pause),
        (3, Duration::from_millis(50))
    );
    let sent = act(ActForm {
        format: Format::Hex,
        to: WhomForm::Endpoint(EndpointId(7)),
        drop_text: "10%".to_owned(),
        corrupt_text: "0.5%".to_owned(),
        ..ActForm::new(ActKind::Send, "0A")
    });
    let RuleAct::Send { to, luck, .. } = sent else {
        panic!("{sent:?}");
    };
    assert_eq!(to, To::Endpoint(EndpointRef(7)));
    let (drop_ppm, corrupt_ppm) = (100_000, 5_000);
    assert_eq!(
        luck,
        Luck {
            drop_ppm,
            corrupt_ppm
        }
    );
}

#[test]
fn an_act_that_is_wrong_says_which_part() {
    let check = |act: ActForm, part: ActPart, is_right: fn(&RuleProblem) -> bool| {
        let (found, problem) = wrong(doing(act));
        assert_eq!(found, RulePart::Act { number: 1, part });
        assert!(is_right(&problem), "{problem:?}");
    };
    let send = || ActForm::new(ActKind::Send, "x");
    check(ActForm::default(), ActPart::Text, |it| *it == P::Empty);
    let unknown = ActForm::new(ActKind::Send, "{{n}}");
    check(unknown, ActPart::Text, |it| matches!(it, P::Message(_)));
    let gone = ActForm {
        to: WhomForm::Gone("Log".to_owned()),
        ..send()
    };
    check(gone, ActPart::To, |it| {
        *it == P::NoEndpoint("Log".to_owned())
    });
    let unlikely = ActForm {
        drop_text: "101%".to_owned(),
        ..send()
    };
    check(unlikely, ActPart::Drop, |it| *it == P::Chance);
    let unlikely = ActForm {
        corrupt_text: "x".to_owned(),
        ..send()
    };
    check(unlikely, ActPart::Corrupt, |it| *it == P::Chance);
    for text in ["", "2s..1s", "25m..", "1441m"] {
        let wait = ActForm::new(ActKind::Wait, text);
        check(wait, ActPart::Text, |it| *it == P::Time);
    }
    for text in ["", "0", "fast", "5g"] {
        let rate = ActForm::new(ActKind::Rate, text);
        check(rate, ActPart::Text, |it| *it == P::Rate);
    }
    for text in ["", "3", "0, 1s", "3, 1"] {
        let slices = ActForm::new(ActKind::Slices, text);
        check(slices, ActPart::Text, |it| *it == P::Slices);
    }
    let forget = ActForm::new(ActKind::Forget, "");
    check(forget, ActPart::Place, |it| matches!(it, P::Place(_)));
}

#[test]
fn events_states_and_times_have_their_form() {
    let with = |change: fn(&mut RuleForm)| {
        let mut rule = RuleForm::default();
        change(&mut rule);
        rule
    };
    let rule = |change| parse(vec![with(change)]).unwrap().rules.remove(0);
    let silent = rule(|it| {
        it.when.kind = WhenKind::Silence;
        it.when.time_text = "5s".to_owned();
        it.in_states_text = "ready, waiting".to_owned();
        it.times_text = "2 per connection".to_owned();
        it.next_text = " ready ".to_owned();
    });
    assert_eq!(silent.when, When::Silence(Duration::from_secs(5)));
    let states: Vec<_> = silent.in_states.iter().map(|it| &**it).collect();
    assert_eq!(
        (states, silent.next.as_deref()),
        (vec!["ready", "waiting"], Some("ready"))
    );
    let two = NonZeroU32::new(2).unwrap();
    assert_eq!(silent.times, Some(Times::PerConnection(two)));
    assert_eq!(
        rule(|it| it.times_text = "2".to_owned()).times,
        Some(Times::InAll(two))
    );
    let refused = |change: fn(&mut RuleForm), part: RulePart, problem: RuleProblem| {
        assert_eq!(wrong(with(change)), (part, problem));
    };
    let often = |it: &mut RuleForm| {
        it.when.kind = WhenKind::EveryTime;
        it.when.time_text = "0.5ms".to_owned();
    };
    refused(often, RulePart::When, RuleProblem::Period);
    let silence = |it: &mut RuleForm| it.when.kind = WhenKind::Silence;
    refused(silence, RulePart::When, RuleProblem::Time);
    let gap = |it: &mut RuleForm| it.in_states_text = "a,,b".to_owned();
    refused(gap, RulePart::States, RuleProblem::State);
    let two = |it: &mut RuleForm| it.next_text = "a, b".to_owned();
    refused(two, RulePart::Next, RuleProblem::Name);
    let never = |it: &mut RuleForm| it.times_text = "0".to_owned();
    refused(never, RulePart::Times, RuleProblem::Times);
    let (part, _) = wrong(with(|it| it.from_text = "10.0.0.0/99".to_owned()));
    assert_eq!(part, RulePart::From);
}

#[test]
fn what_is_remembered_from_the_start_is_bounded() {
    let memory = |values: &[(&str, &str)]| {
        let values = values.iter();
        let memory = values.map(|(name, value)| (name.to_string(), value.to_string()));
        let form = RulesForm {
            memory: memory.collect(),
            seed_text: " 7 ".to_owned(),
            ..RulesForm::default()
        };
        form.parse(&ProtocolForm::default())
    };
    let rules = memory(&[("a", "hex:00 01"), ("b", r"x\n"), ("c", "zeros:3")]).unwrap();
    let values: Vec<&[u8]> = rules.memory.iter().map(|(_, value)| &**value).collect();
    assert_eq!(values, [&b"\x00\x01"[..], b"x\n", b"\0\0\0"]);
    assert_eq!(rules.seed, Some(7));
    let refused = |values: &[(&str, &str)], problem: RuleProblem| {
        let error = memory(values).unwrap_err();
        assert_eq!(error.field, FormField::Memory);
        assert!(
            matches!(&error.problem, FieldProblem::Rule { problem: found, .. } if **found == problem)
        );
    };
    refused(&[(" ", "x")], RuleProblem::Name);
    let taken = RuleProblem::NameTaken("a".to_owned());
    refused(&[("a", "x"), ("a", "y")], taken);
    refused(&[("a", "zeros:x")], RuleProblem::Zeros);
    refused(&[("a", "zeros:99999999")], RuleProblem::Zeros);
    let most = format!("zeros:{MAX_MEMORY_BYTES}");
    refused(&[("a", &most)], RuleProblem::TooMuch);
    let wrong = RulesForm {
        seed_text: "seven".to_owned(),
        ..RulesForm::default()
    };
    let error = wrong.parse(&ProtocolForm::default()).unwrap_err();
    assert_eq!(error.field, FormField::Seed);
}
