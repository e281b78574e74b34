//! Sequences as they were typed: what they say, and what is wrong with them.

use super::*;
use crate::payload::EscapeProblem;

fn read(steps: Vec<StepForm>) -> Result<Sequence, SequenceError> {
    SequenceForm::new("log in", steps).parse(&ProtocolForm::default())
}

fn step(kind: StepKind, text: &str) -> StepForm {
    StepForm::new(kind, text)
}

#[test]
fn steps_say_what_was_typed() {
    let mut protocol = ProtocolForm::default();
    protocol.received.framing_text = "crlf".to_owned();
    let within = StepForm {
        within_text: "200ms".to_owned(),
        ..step(StepKind::ExpectEnd, "")
    };
    let steps = vec![
        step(StepKind::Send, r"USER ann\r\n"),
        step(StepKind::Expect, "331"),
        step(StepKind::Expect, "hex:33 ?? 31"),
        step(StepKind::Expect, "regex:^230 (?<token>[0-9]+)"),
        step(StepKind::Send, "{{token}}{{1}}"),
        step(StepKind::Wait, "100ms"),
        step(StepKind::Finish, ""),
        within,
        step(StepKind::Reset, ""),
    ];
    let form = SequenceForm::new("log in", steps);
    let sequence = form.parse(&protocol).unwrap();
    assert_eq!(sequence.name, "log in");
    assert_eq!(sequence.framing, "crlf".parse().ok());
    let bytes = |typed: &str, bytes: Vec<Option<u8>>| Step::Expect {
        what: Awaited::Request(Wanted::Bytes {
            pattern: Pattern::parse(typed).unwrap(),
            bytes,
        }),
        within: DEFAULT_WITHIN,
    };
    let expected = [
        Step::Send(Message::Bytes("USER ann\r\n".into())),
        bytes("331", b"331".iter().copied().map(Some).collect()),
        bytes("hex:33 ?? 31", vec![Some(0x33), None, Some(0x31)]),
    ];
    assert_eq!(sequence.steps[..3], expected);
    assert!(matches!(
        sequence.steps[4],
        Step::Send(Message::Template(_))
    ));
    assert_eq!(sequence.steps[5], Step::Wait(Duration::from_millis(100)));
    let end = Step::Expect {
        what: Awaited::Ended,
        within: Duration::from_millis(200),
    };
    assert_eq!(sequence.steps[7], end);
}

#[test]
fn text_is_expected_in_the_encoding_of_what_is_received() {
    let mut protocol = ProtocolForm::default();
    protocol.received.encoding = "utf-16le".parse().unwrap();
    let form = SequenceForm::new("a", vec![step(StepKind::Expect, "é")]);
    let sequence = form.parse(&protocol).unwrap();
    let Step::Expect {
        what: Awaited::Request(Wanted::Bytes { pattern, bytes }),
        ..
    } = &sequence.steps[0]
    else {
        panic!("{sequence:?}");
    };
    assert_eq!(*bytes, [Some(0xE9), Some(0)]);
    assert!(pattern.is_in(b"a\0\xE9\0"));
}

#[test]
fn what_is_wrong_is_named_with_its_step() {
    let check = |form: StepForm, expected: SequenceProblem| {
        let error = read(vec![step(StepKind::Expect, "a"), form]).unwrap_err();
        let is_within = error.is_within;
        assert_eq!((error.step, is_within), (Some(StepNumber(2)), false));
        assert_eq!(error.problem, expected);
    };
    check(step(StepKind::Send, ""), SequenceProblem::Empty);
    check(step(StepKind::Expect, ""), SequenceProblem::Empty);
    check(step(StepKind::Expect, "hex:"), SequenceProblem::Empty);
    check(step(StepKind::Expect, "regex:"), SequenceProblem::Empty);
    check(step(StepKind::Wait, "soon"), SequenceProblem::Time);
    check(step(StepKind::Wait, "25h"), SequenceProblem::Time);
    check(
        step(StepKind::Send, "{{request}}"),
        SequenceProblem::OnlyInReplies,
    );
    check(
        step(StepKind::Expect, "regex:(?<len>x)"),
        SequenceProblem::PieceIsField("len".to_owned()),
    );
    let long = "x".repeat(SPAN_BYTES + 1);
    check(step(StepKind::Expect, &long), SequenceProblem::TooLong);
    let error = read(vec![step(StepKind::Expect, r"\q")]).unwrap_err();
    let SequenceProblem::Message(DraftError::Escape(wrong)) = error.problem else {
        panic!("{error:?}");
    };
    assert!(matches!(wrong.problem, EscapeProblem::Unknown(_)));
    // A piece that no step before finds.
    let error = read(vec![step(StepKind::Send, "{{token}}")]).unwrap_err();
    assert!(matches!(
        error.problem,
        SequenceProblem::Message(DraftError::Field(_))
    ));
}

#[test]
fn a_wrong_time_is_told_from_a_wrong_text() {
    let form = StepForm {
        within_text: "x".to_owned(),
        ..step(StepKind::Expect, "a")
    };
    let error = read(vec![form]).unwrap_err();
    assert!(error.is_within);
    assert_eq!(error.problem, SequenceProblem::Time);
}

#[test]
fn nothing_is_sent_after_the_end() {
    let steps = [StepKind::Finish, StepKind::Close, StepKind::Reset];
    for end in steps {
        let send = step(StepKind::Send, "a");
        let error = read(vec![step(end, ""), send]).unwrap_err();
        assert_eq!(error.problem, SequenceProblem::AfterEnd);
    }
}

#[test]
fn a_sequence_has_so_many_steps() {
    let problem = |count: usize| {
        let steps = vec![step(StepKind::Send, "a"); count];
        read(steps).err().map(|it| it.problem)
    };
    assert_eq!(problem(0), Some(SequenceProblem::NoSteps));
    assert_eq!(problem(1), None);
    assert_eq!(problem(MAX_STEPS), None);
    assert_eq!(problem(MAX_STEPS + 1), Some(SequenceProblem::TooManySteps));
}
