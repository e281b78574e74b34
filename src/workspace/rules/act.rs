//! What a rule does, as it was typed.

use std::num::NonZeroU32;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::parse::time;
use crate::net::EndpointId;
use crate::payload::template::{MemoryPlace, Names};
use crate::payload::{Draft, Encoding, Format};
use crate::script::rules::{Luck, RuleAct, To};
use crate::script::{EndpointRef, Message, Slices};
use crate::workspace::fields::{parse_lab_loss, parse_size};
use crate::workspace::rule_problem::{ActPart, RuleProblem};

/// Something that a rule does, as it was typed. Each kind uses some of the fields; the others keep what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActForm {
    /// What it does.
    pub kind: ActKind,
    /// The template to send or remember, the time to wait, the pace, the slices, or the group.
    pub text: String,
    /// The notation of a template to send or remember.
    pub format: Format,
    /// Whom it is for, of what is sent, and of finish, close and reset.
    pub to: WhomForm,
    /// How much of what is sent is dropped: `10%`. Empty for nothing.
    pub drop_text: String,
    /// How much of what is sent has a wrong bit: `10%`. Empty for nothing.
    pub corrupt_text: String,
    /// The place of what is remembered or forgotten.
    pub place_text: String,
}

/// What an act does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ActKind {
    /// Sends a template.
    #[default]
    Send,
    /// Sends the request.
    Echo,
    /// Waits: `20ms`, or any time in `20ms..40ms`.
    Wait,
    /// Finishes sending.
    Finish,
    /// Closes.
    Close,
    /// Resets.
    Reset,
    /// Begins TLS.
    StartTls,
    /// Stops reading.
    StopReading,
    /// Reads again.
    ResumeReading,
    /// Sends at most so many bytes per second: `1k`, `full`.
    Rate,
    /// Sends so many bytes at a time, with a pause: `3, 50ms`, `off`.
    Slices,
    /// Remembers a template.
    Remember,
    /// Forgets what is remembered.
    Forget,
    /// Joins a group of connections.
    Join,
    /// Leaves it.
    Leave,
}

impl ActKind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Send,
        Self::Echo,
        Self::Wait,
        Self::Finish,
        Self::Close,
        Self::Reset,
        Self::StartTls,
        Self::StopReading,
        Self::ResumeReading,
        Self::Rate,
        Self::Slices,
        Self::Remember,
        Self::Forget,
        Self::Join,
        Self::Leave,
    ];
}

/// Whom an act is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WhomForm {
    /// The peer.
    #[default]
    Peer,
    /// All connections of the endpoint.
    All,
    /// All of them but this one.
    Others,
    /// Those of a group, whose name is a template.
    Group(String),
    /// Those of another endpoint of the document.
    Endpoint(EndpointId),
    /// Those of an endpoint that is not there, or not any more.
    Gone(String),
}

/// A problem, and the part of the act that has it.
type Wrong = (ActPart, RuleProblem);

impl ActForm {
    /// Returns an act of this kind.
    pub fn new(kind: ActKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            ..Self::default()
        }
    }

    /// Returns what it says, with templates in this encoding that may use pieces of these names.
    ///
    /// # Errors
    /// The first part that is wrong.
    pub(super) fn read(&self, encoding: Encoding, names: &Names) -> Result<RuleAct, Wrong> {
        let message = |text: &str, format: Format| message(text, format, encoding, names);
        let text = |part: Result<Message, RuleProblem>| part.map_err(|it| (ActPart::Text, it));
        let typed = || text(message(&self.text, self.format));
        let group = || text(non_empty(&self.text, || message(&self.text, Format::Text)));
        let to = || self.to.read(|group| message(group, Format::Text));
        let place = || {
            MemoryPlace::parse(&self.place_text, names).map_err(|it| (ActPart::Place, it.into()))
        };
        let wrong = |problem: RuleProblem| (ActPart::Text, problem);
        Ok(match self.kind {
            ActKind::Send => RuleAct::Send {
                message: text(non_empty(&self.text, || message(&self.text, self.format)))?,
                to: to()?,
                luck: self.luck()?,
            },
            ActKind::Echo => RuleAct::Echo,
            ActKind::Wait => RuleAct::Wait(times(&self.text).ok_or(wrong(RuleProblem::Time))?),
            ActKind::Finish => RuleAct::Finish(to()?),
            ActKind::Close => RuleAct::Close(to()?),
            ActKind::Reset => RuleAct::Reset(to()?),
            ActKind::StartTls => RuleAct::StartTls,
            ActKind::StopReading => RuleAct::StopReading,
            ActKind::ResumeReading => RuleAct::ResumeReading,
            ActKind::Rate => RuleAct::Rate(match self.text.trim() {
                "full" => None,
                text => Some(rate(text).ok_or(wrong(RuleProblem::Rate))?),
            }),
            ActKind::Slices => RuleAct::Slice(match self.text.trim() {
                "off" => None,
                text => Some(slices(text).ok_or(wrong(RuleProblem::Slices))?),
            }),
            ActKind::Remember => RuleAct::Remember(place()?, typed()?),
            ActKind::Forget => RuleAct::Forget(place()?),
            ActKind::Join => RuleAct::Join(group()?),
            ActKind::Leave => RuleAct::Leave(group()?),
        })
    }

    fn luck(&self) -> Result<Luck, Wrong> {
        let share = |text: &str, part: ActPart| match text.trim() {
            "" => Ok(0),
            text => parse_lab_loss(text).map_err(|_no_share| (part, RuleProblem::Chance)),
        };
        Ok(Luck {
            drop_ppm: share(&self.drop_text, ActPart::Drop)?,
            corrupt_ppm: share(&self.corrupt_text, ActPart::Corrupt)?,
        })
    }
}

impl WhomForm {
    fn read(
        &self,
        message: impl FnOnce(&str) -> Result<Message, RuleProblem>,
    ) -> Result<To, Wrong> {
        let wrong = |problem| (ActPart::To, problem);
        Ok(match self {
            Self::Peer => To::Peer,
            Self::All => To::All,
            Self::Others => To::Others,
            Self::Group(group) => To::Group(non_empty(group, || message(group)).map_err(wrong)?),
            Self::Endpoint(id) => To::Endpoint(EndpointRef(id.0)),
            Self::Gone(name) => return Err(wrong(RuleProblem::NoEndpoint(name.clone()))),
        })
    }
}

/// Reads text that must not be empty.
fn non_empty<T>(
    text: &str,
    read: impl FnOnce() -> Result<T, RuleProblem>,
) -> Result<T, RuleProblem> {
    if text.is_empty() {
        return Err(RuleProblem::Empty);
    }
    read()
}

fn message(
    text: &str,
    format: Format,
    encoding: Encoding,
    names: &Names,
) -> Result<Message, RuleProblem> {
    let draft = Draft {
        text: text.to_owned(),
        format,
        template: true,
        ..Draft::default()
    };
    Ok(draft.compile_with(encoding, names)?.into())
}

/// Reads a time, or the shortest and the longest of several.
fn times(text: &str) -> Option<RangeInclusive<Duration>> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let (from, to) = (time(from)?, time(to)?);
    (from <= to).then_some(from..=to)
}

/// Reads bytes per second.
fn rate(text: &str) -> Option<NonZeroU32> {
    let rate = u32::try_from(parse_size(text).ok()?).ok()?;
    NonZeroU32::new(rate)
}

/// Reads how many bytes are sent at a time, and the pause.
fn slices(text: &str) -> Option<Slices> {
    let (bytes, pause) = text.split_once(',')?;
    let bytes = u32::try_from(parse_size(bytes).ok()?).ok()?;
    Some(Slices {
        bytes: NonZeroU32::new(bytes)?,
        pause: time(pause)?,
    })
}
