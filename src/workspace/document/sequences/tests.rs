//! Sequences as text: what a person reads and writes, what is kept, what is refused and where.

use proptest::prelude::*;

use super::super::*;
use super::*;
use crate::net::EndpointIds;

/// A client as a person may have written it.
const BY_HAND: &str = r#"format = 1

[[client]]
name = "Mail"
connect = ":25"

# How everybody begins.
[[client.sequence]]
name = "log in" # FTP
steps = [
  { send = 'USER ann\r\n' },
  # Any 331 will do.
  { expect = '331', within = "2s" },
  { send_hex = "50 41", later = 1 },
  { wait = "100ms" }, "finish",
  { expect = "ended", within = "5s" },
]
colour = "red"

[[client.rule]]
name = "any"

[[client.sequence]]
name = "second"
steps = [{ expect = "text:ended" }, "close"]

[[client]]
name = "Other"
connect = ":26"
"#;

fn parse(text: &str) -> Document {
    Document::parse(text, EndpointIds::default()).unwrap().0
}

fn mail(document: &mut Document) -> (EndpointId, &mut Vec<SequenceForm>) {
    let id = document.named("Mail").unwrap().id;
    match &mut document.endpoint_mut(id).unwrap().kind {
        EndpointKind::Client(form) => (id, &mut form.sequences),
        EndpointKind::Server(_) => panic!("a server"),
    }
}

fn edited(edit: impl FnOnce(&mut Document)) -> String {
    let mut document = parse(BY_HAND);
    edit(&mut document);
    let text = document.to_text();
    assert_eq!(parse(&text).endpoints, document.endpoints, "{text}");
    text
}

#[test]
fn what_a_person_wrote_says_what_it_says_and_stays_as_it_is() {
    let (mut document, unknown) = Document::parse(BY_HAND, EndpointIds::default()).unwrap();
    assert_eq!(document.to_text(), BY_HAND);
    let unknown: Vec<_> = unknown.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(unknown, ["colour", "later"]);
    let within = |form: StepForm, within: &str| StepForm {
        within_text: within.to_owned(),
        ..form
    };
    let first = vec![
        StepForm::new(StepKind::Send, r"USER ann\r\n"),
        within(StepForm::new(StepKind::Expect, "331"), "2s"),
        StepForm {
            format: Format::Hex,
            ..StepForm::new(StepKind::Send, "50 41")
        },
        StepForm::new(StepKind::Wait, "100ms"),
        StepForm::new(StepKind::Finish, ""),
        within(StepForm::new(StepKind::ExpectEnd, ""), "5s"),
    ];
    let second = vec![
        StepForm::new(StepKind::Expect, "text:ended"),
        StepForm::new(StepKind::Close, ""),
    ];
    let expected = [
        SequenceForm::new("log in", first),
        SequenceForm::new("second", second),
    ];
    assert_eq!(*mail(&mut document).1, expected);
}

#[test]
fn a_change_of_a_sequence_touches_its_line_only() {
    let text = edited(|document| {
        let sequences = mail(document).1;
        sequences[0].steps[1].within_text = "3s".to_owned();
    });
    let before = "  { expect = '331', within = \"2s\" },";
    let after = "  { expect = '331', within = \"3s\" },";
    assert_eq!(text, BY_HAND.replace(before, after));
    let text = edited(|document| {
        let (id, sequences) = mail(document);
        let first = sequences[0].id;
        let rename = SequenceEdit::Rename(first, " hello ".to_owned());
        document.edit_sequences(id, rename).unwrap();
    });
    assert_eq!(text, BY_HAND.replace("\"log in\" #", "\"hello\" #"));
    let text = edited(|document| {
        let sequences = mail(document).1;
        let close = StepForm::new(StepKind::Close, "");
        sequences[0].steps.push(close);
    });
    let end = "  { expect = \"ended\", within = \"5s\" },\n";
    assert_eq!(text, BY_HAND.replace(end, &format!("{end}  \"close\",\n")));
}

#[test]
fn a_deleted_sequence_leaves_the_others_alone() {
    let text = edited(|document| {
        let (id, sequences) = mail(document);
        let first = sequences[0].id;
        document
            .edit_sequences(id, SequenceEdit::Delete(first))
            .unwrap();
    });
    let from = BY_HAND.find("# How everybody").unwrap();
    let to = BY_HAND.find("[[client.rule]]").unwrap();
    assert_eq!(text, BY_HAND.replace(&BY_HAND[from..to], ""));
}

#[test]
fn a_new_sequence_stands_last_and_a_copy_below_its_original() {
    let names = |text: &str| {
        let mut document = parse(text);
        let names = mail(&mut document).1.iter().map(|it| it.name.clone());
        names.collect::<Vec<_>>()
    };
    let text = edited(|document| {
        let (id, sequences) = mail(document);
        let first = sequences[0].id;
        document
            .edit_sequences(id, SequenceEdit::Duplicate(first))
            .unwrap();
        let new = SequenceForm::new("new", vec![StepForm::new(StepKind::Send, "ended")]);
        document.edit_sequences(id, SequenceEdit::Add(new)).unwrap();
    });
    assert_eq!(names(&text), ["log in", "log in 2", "second", "new"]);
    assert_eq!(text.matches("# Any 331").count(), 1);
}

#[test]
fn the_copy_of_a_client_has_its_sequences() {
    let mut document = parse(BY_HAND);
    let id = mail(&mut document).0;
    let copy = document.duplicate(id, "Copy").unwrap();
    let of = |document: &Document, id| {
        let sequences = document.endpoint(id).unwrap().kind.sequences();
        sequences.to_vec()
    };
    let (original, copied) = (of(&document, id), of(&document, copy));
    assert_eq!(original, copied);
    assert_ne!(original[0].id, copied[0].id);
    let text = document.to_text();
    assert_eq!(text.matches("[[client.sequence]]").count(), 4);
    assert_eq!(text.matches("# Any 331").count(), 1);
}

#[test]
fn names_that_cannot_be_used_change_nothing() {
    let mut document = parse(BY_HAND);
    let (id, sequences) = mail(&mut document);
    let (before, first) = (sequences.clone(), sequences[0].id);
    let mut check = |edit: SequenceEdit, expected: EditError| {
        assert_eq!(document.edit_sequences(id, edit), Err(expected));
        assert_eq!(*mail(&mut document).1, before);
    };
    let rename = |name: &str| SequenceEdit::Rename(first, name.to_owned());
    check(rename(""), EditError::NameEmpty);
    let name = "second".to_owned();
    check(rename("second"), EditError::NameTaken { name });
    let gone = SequenceEdit::Steps(SequenceId::unused(), Vec::new());
    check(gone, EditError::SequenceGone);
    for _ in 0..MAX_SEQUENCES - 2 {
        document
            .edit_sequences(id, SequenceEdit::Duplicate(first))
            .unwrap();
    }
    let full = document.edit_sequences(id, SequenceEdit::Duplicate(first));
    assert_eq!(full, Err(EditError::TooManySequences));
}

#[test]
fn what_cannot_be_is_refused_where_it_stands() {
    let refused = |line: &str, column: usize, problem: DocumentProblem| {
        let client = "[[client]]\nname = 'a'\nconnect = ':1'\n[[client.sequence]]\nname = 'b'\n";
        let text = format!("format = 1\n{client}{line}\n");
        let error = Document::parse(&text, EndpointIds::default()).unwrap_err();
        let place = (error.position.line, error.position.column);
        assert_eq!(place, (7, column), "{line}");
        assert_eq!(
            std::mem::discriminant(&error.problem),
            std::mem::discriminant(&problem),
            "{line}: {:?}",
            error.problem
        );
    };
    let step = || DocumentProblem::Step {
        choices: Vec::new(),
    };
    let kind = || DocumentProblem::Type {
        key: "",
        expected: ExpectedValue::List,
    };
    refused("steps = 'finish'", 9, kind());
    refused("steps = ['dance']", 10, step());
    refused("steps = [{ sned = 'x' }]", 10, step());
    refused("steps = [{ send = [] }]", 19, kind());
    let two = DocumentProblem::TwoSteps([""; 2]);
    refused("steps = [{ send = 'x', wait = '1s' }]", 31, two);
}

fn any_step() -> impl Strategy<Value = StepForm> {
    let kind = prop::sample::select(StepKind::ALL.to_vec());
    (
        kind,
        "ended|[ -~]{0,9}|\\PC{0,5}",
        any::<bool>(),
        "[0-9ms]{0,3}",
    )
        .prop_map(|(kind, text, is_hex, within)| StepForm {
            kind,
            text: if kind.has_text() { text } else { String::new() },
            format: match kind {
                StepKind::Send if is_hex => Format::Hex,
                _ => Format::Text,
            },
            within_text: if kind.has_within() {
                within
            } else {
                String::new()
            },
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_sequence_comes_back(
        steps in prop::collection::vec(any_step(), 0..6),
        change in prop::collection::vec(any_step(), 0..6),
    ) {
        let mut document = parse(BY_HAND);
        for steps in [steps, change] {
            mail(&mut document).1[0].steps = steps;
            let text = document.to_text();
            let read = parse(&text);
            // "ended" as text is written, and read, as `text:ended`.
            let mut expected = document.endpoints.clone();
            if let EndpointKind::Client(form) = &mut expected[0].kind {
                for step in &mut form.sequences[0].steps {
                    if step.kind == StepKind::Expect && step.text == "ended" {
                        step.text = "text:ended".to_owned();
                    }
                }
            }
            prop_assert_eq!(&read.endpoints, &expected);
            document = read;
        }
    }
}
