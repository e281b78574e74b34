//! The sequences of clients in a document's file, and the changes to them.

use toml_edit::{Array, InlineTable, Item, Value};

use super::Document;
use super::edit::{EditError, check_name};
use super::error::{DocumentError, DocumentProblem, ExpectedValue, UnknownKey};
use super::fields::DocumentFields;
use crate::net::EndpointId;
use crate::payload::Format;
use crate::workspace::endpoint::{ClientForm, EndpointKind};
use crate::workspace::sequences::{MAX_SEQUENCES, SequenceForm, SequenceId, StepForm, StepKind};

/// The words for steps that need no more.
const WORDS: [(&str, StepKind); 4] = [
    ("starttls", StepKind::StartTls),
    ("finish", StepKind::Finish),
    ("close", StepKind::Close),
    ("reset", StepKind::Reset),
];
/// The keys of steps in a table.
const STEPS: [(&str, StepKind, Format); 4] = [
    ("send", StepKind::Send, Format::Text),
    ("send_hex", StepKind::Send, Format::Hex),
    ("expect", StepKind::Expect, Format::Text),
    ("wait", StepKind::Wait, Format::Text),
];
/// What a step expects if it is the end of the connection. As text, it is written `text:ended`.
const ENDED: &str = "ended";
const WITHIN: &str = "within";

/// A change to the sequences of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SequenceEdit {
    /// Add one below the others.
    Add(SequenceForm),
    /// Give one another name.
    Rename(SequenceId, String),
    /// Add a copy of one below it.
    Duplicate(SequenceId),
    /// Delete one.
    Delete(SequenceId),
    /// Replace the steps of one.
    Steps(SequenceId, Vec<StepForm>),
}

impl ClientForm {
    /// Returns the sequence of this name.
    pub fn sequence(&self, name: &str) -> Option<&SequenceForm> {
        self.sequences.iter().find(|it| it.name == name)
    }

    /// Returns why a sequence cannot be given this name, as it was typed.
    pub fn sequence_name_problem(&self, name: &str, id: SequenceId) -> Option<EditError> {
        check_free(self, name.trim(), Some(id)).err()
    }

    /// Returns a name that no sequence of the client has, beginning with `base`.
    pub fn unused_sequence_name(&self, base: &str) -> String {
        let base: String = base
            .trim()
            .chars()
            .take(super::MAX_NAME_CHARS - 4)
            .collect();
        let numbered = (2..).map(|number| format!("{base} {number}"));
        let mut names = std::iter::once(base.clone()).chain(numbered);
        let free = names.find(|name| self.sequence(name).is_none());
        free.unwrap_or(base)
    }
}

impl Document {
    /// Changes the sequences of a client.
    ///
    /// # Errors
    /// A name cannot be used, the client or the sequence is gone, or there are too many. Then nothing has changed.
    pub fn edit_sequences(&mut self, id: EndpointId, edit: SequenceEdit) -> Result<(), EditError> {
        let endpoint = self.endpoint_mut(id).ok_or(EditError::Gone)?;
        let EndpointKind::Client(form) = &mut endpoint.kind else {
            return Err(EditError::Gone);
        };
        match edit {
            SequenceEdit::Add(sequence) => {
                check_free(form, &sequence.name, None)?;
                insert(form, form.sequences.len(), sequence)
            }
            SequenceEdit::Rename(id, name) => {
                let name = name.trim();
                check_free(form, name, Some(id))?;
                name.clone_into(&mut find(form, id)?.1.name);
                Ok(())
            }
            SequenceEdit::Duplicate(id) => {
                let (place, original) = find(form, id)?;
                let mut copy = original.copy();
                copy.name = form.unused_sequence_name(&copy.name);
                insert(form, place + 1, copy)
            }
            SequenceEdit::Delete(id) => {
                form.sequences.retain(|it| it.id != id);
                Ok(())
            }
            SequenceEdit::Steps(id, steps) => {
                find(form, id)?.1.steps = steps;
                Ok(())
            }
        }
    }
}

fn find(form: &mut ClientForm, id: SequenceId) -> Result<(usize, &mut SequenceForm), EditError> {
    let mut sequences = form.sequences.iter_mut().enumerate();
    let found = sequences.find(|(_, it)| it.id == id);
    found.ok_or(EditError::SequenceGone)
}

fn check_free(form: &ClientForm, name: &str, own: Option<SequenceId>) -> Result<(), EditError> {
    check_name(name)?;
    let other = form.sequence(name).filter(|it| Some(it.id) != own);
    match other {
        Some(other) => Err(EditError::NameTaken {
            name: other.name.clone(),
        }),
        None => Ok(()),
    }
}

fn insert(form: &mut ClientForm, place: usize, sequence: SequenceForm) -> Result<(), EditError> {
    if form.sequences.len() >= MAX_SEQUENCES {
        return Err(EditError::TooManySequences);
    }
    form.sequences.insert(place, sequence);
    Ok(())
}

/// Returns a sequence with what its table says; `before` are those of the client that stand before it.
///
/// # Errors
/// The first thing in it that is wrong.
pub(super) fn read(
    fields: &DocumentFields<'_>,
    before: &[SequenceForm],
    unknown: &mut Vec<UnknownKey>,
) -> Result<SequenceForm, DocumentError> {
    if before.len() >= MAX_SEQUENCES {
        return Err(fields.error(None, EditError::TooManySequences));
    }
    fields.note_others(&["name", "steps"], unknown);
    let is_taken = |name: &str| before.iter().any(|it| it.name == name);
    let name = fields.name(check_name, is_taken)?;
    let steps = fields.value("steps", ExpectedValue::List, Item::as_array)?;
    let steps = steps.into_iter().flatten();
    let steps = steps.map(|value| step(fields, value, unknown));
    Ok(SequenceForm::new(name, steps.collect::<Result<_, _>>()?))
}

fn step(
    fields: &DocumentFields<'_>,
    value: &Value,
    unknown: &mut Vec<UnknownKey>,
) -> Result<StepForm, DocumentError> {
    let no_step = || {
        let words = WORDS.iter().map(|(word, _)| *word);
        let choices = STEPS.iter().map(|(key, ..)| *key).chain(words).collect();
        fields.error(value.span(), DocumentProblem::Step { choices })
    };
    if let Some(word) = value.as_str() {
        let found = WORDS.iter().find(|(other, _)| *other == word);
        let (_, kind) = found.ok_or_else(no_step)?;
        return Ok(StepForm::new(*kind, ""));
    }
    let table = value.as_inline_table().ok_or_else(no_step)?;
    let said = fields.within(table, value.span().unwrap_or_default());
    let mut found = STEPS.iter().filter(|(key, ..)| table.contains_key(key));
    let &(key, kind, format) = found.next().ok_or_else(no_step)?;
    if let Some((other, ..)) = found.next() {
        let problem = DocumentProblem::TwoSteps([key, other]);
        return Err(said.error(said.place_of(other), problem));
    }
    let text = said.amount(key)?.unwrap_or_default();
    let mut step = StepForm {
        format,
        ..StepForm::new(kind, text)
    };
    let mut known = vec![key];
    if kind == StepKind::Expect {
        known.push(WITHIN);
        step.within_text = said.amount(WITHIN)?.unwrap_or_default();
        if step.text == ENDED {
            step.kind = StepKind::ExpectEnd;
            step.text.clear();
        }
    }
    said.note_others(&known, unknown);
    Ok(step)
}

/// Returns what is said of a sequence.
pub(super) fn of_sequence(sequence: &SequenceForm) -> InlineTable {
    let mut said = InlineTable::from_iter([("name", sequence.name.as_str())]);
    let steps = sequence.steps.iter().map(value).collect::<Array>();
    said.insert("steps", steps.into());
    said
}

fn value(step: &StepForm) -> Value {
    if let Some((word, _)) = WORDS.iter().find(|(_, kind)| *kind == step.kind) {
        return (*word).into();
    }
    let mut said = match step.kind {
        StepKind::ExpectEnd => InlineTable::from_iter([("expect", ENDED)]),
        // So that it is not taken for the end.
        StepKind::Expect if step.text == ENDED => {
            InlineTable::from_iter([("expect", format!("text:{ENDED}"))])
        }
        kind => {
            let is_key = |(_, other, format): &&(&str, StepKind, Format)| {
                *other == kind && (kind != StepKind::Send || *format == step.format)
            };
            let key = STEPS.iter().find(is_key).map_or("", |(key, ..)| *key);
            InlineTable::from_iter([(key, step.text.as_str())])
        }
    };
    if step.kind.has_within() && !step.within_text.is_empty() {
        said.insert(WITHIN, step.within_text.as_str().into());
    }
    said.into()
}

#[cfg(test)]
mod tests;
