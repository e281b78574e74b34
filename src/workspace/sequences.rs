//! Sequences of send and expect as they were typed, and the one step from there to one that can run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::fields::{self, FieldError};
use super::protocol::ProtocolForm;
use crate::payload::groups::{RegexGroups, RegexProblem};
use crate::payload::template::{FieldKind, Names};
use crate::payload::{
    Case, Draft, DraftError, Encoding, Format, Pattern, PatternError, SPAN_BYTES, hex,
};
use crate::script::Message;
use crate::script::sequence::{
    Awaited, MAX_STEP_TIME, MAX_STEPS, Sequence, Step, StepNumber, Wanted,
};

/// The most sequences of a client.
pub const MAX_SEQUENCES: usize = 100;
/// How long a step waits for what it expects, unless it says otherwise.
pub const DEFAULT_WITHIN: Duration = Duration::from_secs(5);

/// A sequence as it was typed. Two are equal if they say the same, whatever their ids.
#[derive(Clone, Debug)]
pub struct SequenceForm {
    /// Which one; it is not saved.
    pub id: SequenceId,
    /// Its name, unique on its client.
    pub name: String,
    /// The steps, in order.
    pub steps: Vec<StepForm>,
}

/// The number of a sequence, unique in the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SequenceId(u64);

/// A step as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepForm {
    /// What it does.
    pub kind: StepKind,
    /// The template to send, the pattern to expect (`text:…`, `regex:…`, `hex:…`, bare text), or the time to wait.
    pub text: String,
    /// The notation of a template.
    pub format: Format,
    /// How much time what it expects has: `2s`. Empty for [`DEFAULT_WITHIN`].
    pub within_text: String,
}

/// What a step does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// Sends a template.
    #[default]
    Send,
    /// Expects a request that contains a pattern.
    Expect,
    /// Expects the end of the connection.
    ExpectEnd,
    /// Waits.
    Wait,
    /// Begins TLS.
    StartTls,
    /// Finishes sending.
    Finish,
    /// Closes.
    Close,
    /// Resets.
    Reset,
}

/// What is wrong with a sequence, and with which of its steps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct SequenceError {
    /// The step; `None` for all of it.
    pub step: Option<StepNumber>,
    /// Whether it is the time that what it expects has.
    pub is_within: bool,
    /// What is wrong.
    #[source]
    pub problem: SequenceProblem,
}

/// What can be wrong with a sequence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum SequenceProblem {
    /// It has no steps.
    NoSteps,
    /// It has more than [`MAX_STEPS`].
    TooManySteps,
    /// How the client's bytes are read.
    Field(#[from] FieldError),
    /// Nothing is typed.
    Empty,
    /// A message, or text or hex digits to expect.
    Message(#[from] DraftError),
    /// A regular expression.
    Regex(RegexProblem),
    /// A pattern that takes too much memory or is longer than [`SPAN_BYTES`].
    TooLong,
    /// A piece has the name of a field of templates.
    PieceIsField(String),
    /// A message uses what only a reply or a rule has.
    OnlyInReplies,
    /// No time, or one that is too long.
    Time,
    /// It sends after it has finished, closed or reset.
    AfterEnd,
}

impl SequenceId {
    /// Returns an id that no other sequence has.
    pub fn unused() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl StepKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Send,
        Self::Expect,
        Self::ExpectEnd,
        Self::Wait,
        Self::StartTls,
        Self::Finish,
        Self::Close,
        Self::Reset,
    ];

    /// Returns whether it has a text.
    pub fn has_text(self) -> bool {
        matches!(self, Self::Send | Self::Expect | Self::Wait)
    }

    /// Returns whether it has a time within which something has to happen.
    pub fn has_within(self) -> bool {
        matches!(self, Self::Expect | Self::ExpectEnd)
    }
}

impl StepForm {
    /// Returns a step of this kind.
    pub fn new(kind: StepKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            ..Self::default()
        }
    }
}

impl SequenceForm {
    /// Returns a sequence of this name with these steps.
    pub fn new(name: impl Into<String>, steps: Vec<StepForm>) -> Self {
        Self {
            id: SequenceId::unused(),
            name: name.into(),
            steps,
        }
    }

    /// Returns a copy with an id of its own.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self::new(&self.name, self.steps.clone())
    }

    /// Returns what it says for a client whose bytes are read in this way.
    ///
    /// # Errors
    /// The first thing that is wrong, from top to bottom.
    pub fn parse(&self, protocol: &ProtocolForm) -> Result<Sequence, SequenceError> {
        let whole = |problem: SequenceProblem| SequenceError {
            step: None,
            is_within: false,
            problem,
        };
        if self.steps.is_empty() {
            return Err(whole(SequenceProblem::NoSteps));
        }
        if self.steps.len() > MAX_STEPS {
            return Err(whole(SequenceProblem::TooManySteps));
        }
        let framing = protocol.received.framing();
        let framing = framing.map_err(|error| whole(error.into()))?;
        let mut reading = Reading {
            received: protocol.received.encoding,
            sent: protocol.sent.encoding,
            pieces: Vec::new(),
            has_ended: false,
        };
        let mut steps = Vec::with_capacity(self.steps.len());
        for (place, form) in self.steps.iter().enumerate() {
            let number = u16::try_from(place + 1).unwrap_or(u16::MAX);
            let step = reading.step(form);
            steps.push(step.map_err(|(is_within, problem)| SequenceError {
                step: Some(StepNumber(number)),
                is_within,
                problem,
            })?);
        }
        Ok(Sequence {
            name: self.name.clone(),
            steps,
            framing,
        })
    }
}

impl PartialEq for SequenceForm {
    fn eq(&self, other: &Self) -> bool {
        let Self { id: _, name, steps } = self;
        *name == other.name && *steps == other.steps
    }
}

impl Eq for SequenceForm {}

/// What the steps of a sequence are read with.
struct Reading {
    received: Encoding,
    sent: Encoding,
    /// The names of the pieces that the steps so far find.
    pieces: Vec<String>,
    /// Whether a step has ended what is sent.
    has_ended: bool,
}

impl Reading {
    /// Reads a step. An error says whether it is in the time that what is expected has.
    fn step(&mut self, form: &StepForm) -> Result<Step, (bool, SequenceProblem)> {
        let text = |problem: SequenceProblem| (false, problem);
        let needs_sending = matches!(
            form.kind,
            StepKind::Send | StepKind::Finish | StepKind::Close | StepKind::Reset
        );
        // After a FIN, a connection can still be closed.
        let is_close = matches!(form.kind, StepKind::Close | StepKind::Reset);
        if needs_sending && self.has_ended && !is_close {
            return Err(text(SequenceProblem::AfterEnd));
        }
        self.has_ended |= needs_sending && form.kind != StepKind::Send;
        let within = || match form.within_text.trim() {
            "" => Ok(DEFAULT_WITHIN),
            typed => time(typed).map_err(|problem| (true, problem)),
        };
        Ok(match form.kind {
            StepKind::Send => Step::Send(self.message(form).map_err(text)?),
            StepKind::Expect => Step::Expect {
                what: Awaited::Request(self.wanted(&form.text).map_err(text)?),
                within: within()?,
            },
            StepKind::ExpectEnd => Step::Expect {
                what: Awaited::Ended,
                within: within()?,
            },
            StepKind::Wait => Step::Wait(time(&form.text).map_err(text)?),
            StepKind::StartTls => Step::StartTls,
            StepKind::Finish => Step::Finish,
            StepKind::Close => Step::Close,
            StepKind::Reset => Step::Reset,
        })
    }

    fn message(&self, form: &StepForm) -> Result<Message, SequenceProblem> {
        if form.text.is_empty() {
            return Err(SequenceProblem::Empty);
        }
        let draft = Draft {
            text: form.text.clone(),
            format: form.format,
            template: true,
            ..Draft::default()
        };
        let names: Names = self.pieces.iter().map(String::as_str).collect();
        let template = draft.compile_with(self.sent, &names)?;
        if template.is_for_replies() {
            return Err(SequenceProblem::OnlyInReplies);
        }
        Ok(template.into())
    }

    fn wanted(&mut self, typed: &str) -> Result<Wanted, SequenceProblem> {
        if let Some(written) = typed.strip_prefix("regex:") {
            return self.regex(written);
        }
        let bytes = if let Some(digits) = typed.strip_prefix("hex:") {
            hex::parse_pattern(digits).map_err(DraftError::from)?
        } else {
            let text = typed.strip_prefix("text:").unwrap_or(typed).to_owned();
            let draft = Draft {
                text,
                ..Draft::default()
            };
            let bytes = draft.compile(self.received)?.into_literal();
            bytes.unwrap_or_default().into_iter().map(Some).collect()
        };
        if bytes.len() > SPAN_BYTES {
            return Err(SequenceProblem::TooLong);
        }
        let pattern = Pattern::parse_find(typed, Case::Exact);
        let pattern = pattern.and_then(|it| it.in_encoding(self.received));
        let pattern = pattern.map_err(|error| match error {
            PatternError::Empty => SequenceProblem::Empty,
            _ => SequenceProblem::TooLong,
        })?;
        Ok(Wanted::Bytes { pattern, bytes })
    }

    fn regex(&mut self, written: &str) -> Result<Wanted, SequenceProblem> {
        if written.is_empty() {
            return Err(SequenceProblem::Empty);
        }
        let groups = RegexGroups::parse(written, Case::Exact).map_err(SequenceProblem::Regex)?;
        for name in groups.names() {
            if FieldKind::ALL.iter().any(|kind| kind.name() == name) {
                return Err(SequenceProblem::PieceIsField(name.to_owned()));
            }
            if !self.pieces.iter().any(|it| it == name) {
                self.pieces.push(name.to_owned());
            }
        }
        Ok(Wanted::Regex(groups))
    }
}

fn time(typed: &str) -> Result<Duration, SequenceProblem> {
    let time = fields::parse_duration(typed).ok();
    time.filter(|it| *it <= MAX_STEP_TIME)
        .ok_or(SequenceProblem::Time)
}

#[cfg(test)]
mod tests;
