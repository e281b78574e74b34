//! How an endpoint's bytes are read, by direction: their encoding, their framing, and what each frame is checked for.

use super::address_form::TransportKind;
use super::fields::{FieldError, FormField};
use crate::capture::frames::FrameRule;
use crate::capture::store::{EndpointFacts, ReadingFacts};
use crate::net::ByDirection;
use crate::payload::Encoding;
use crate::payload::framing::Framing;
use crate::payload::template::Check;

/// How an endpoint's bytes are read, as it was typed.
pub type ProtocolForm = ByDirection<ReadingForm>;

/// How the bytes of one direction are read, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingForm {
    /// What text is written and read in.
    pub encoding: Encoding,
    /// The framing; empty for none.
    pub framing_text: String,
    /// What each frame is checked for; empty for nothing.
    pub check_text: String,
}

impl ReadingForm {
    /// Returns the first field that holds something wrong, from top to bottom.
    pub fn problem(&self) -> Option<FieldError> {
        self.framing().err().or_else(|| self.check().err())
    }

    /// Returns the framing, if there is one.
    pub fn framing(&self) -> Result<Option<Framing>, FieldError> {
        let text = self.framing_text.trim();
        FormField::Framing.read((!text.is_empty()).then(|| text.parse()).transpose())
    }

    /// Returns the check, if there is one.
    pub fn check(&self) -> Result<Option<Check>, FieldError> {
        let text = self.check_text.trim();
        FormField::Check.read((!text.is_empty()).then(|| text.parse()).transpose())
    }

    /// Returns how frames are cut and read; `None` with neither a framing nor a check, or with a wrong framing. Without a
    /// framing, only datagrams are frames.
    pub fn rule(&self) -> Option<FrameRule> {
        let framing = self.framing().ok()?;
        let check = self.check().ok().flatten();
        (framing.is_some() || check.is_some()).then_some(FrameRule {
            framing,
            check,
            encoding: self.encoding,
        })
    }

    /// Returns what a capture keeps of it: what is in effect.
    pub fn facts(&self) -> ReadingFacts {
        let in_effect = |is_right: bool, text: &str| {
            let text = if is_right { text.trim() } else { "" };
            text.to_owned()
        };
        let encoding = Some(self.encoding).filter(|encoding| !encoding.is_utf8());
        ReadingFacts {
            framing: in_effect(self.framing().is_ok(), &self.framing_text),
            check: in_effect(self.check().is_ok(), &self.check_text),
            encoding: encoding.map(|it| it.name().to_owned()).unwrap_or_default(),
        }
    }

    /// Returns the form of what a capture kept, and what of it cannot be used here: then there is no framing, no check,
    /// or the encoding is UTF-8.
    pub fn of_facts(facts: &ReadingFacts) -> (Self, Option<FieldError>) {
        let encoding = match facts.encoding.as_str() {
            "" => Ok(Encoding::default()),
            name => FormField::Encoding.read(name.parse::<Encoding>()),
        };
        let form = Self {
            encoding: *encoding.as_ref().unwrap_or(&Encoding::default()),
            framing_text: facts.framing.clone(),
            check_text: facts.check.clone(),
        };
        let problem = encoding.err().or_else(|| form.problem());
        (form, problem)
    }
}

impl ProtocolForm {
    /// Returns the form with the framings that a transport has: a datagram is a frame by itself, whatever was typed.
    #[must_use]
    pub fn over(&self, transport: TransportKind) -> Self {
        let without = |reading: &ReadingForm| ReadingForm {
            framing_text: String::new(),
            ..reading.clone()
        };
        match transport {
            TransportKind::Udp => self.map(without),
            TransportKind::Tcp | TransportKind::Tls | TransportKind::Unix => self.clone(),
        }
    }

    /// Returns the first field that holds something wrong, from top to bottom.
    pub fn problem(&self) -> Option<FieldError> {
        self.iter().find_map(ReadingForm::problem)
    }

    /// Returns the form of what a capture kept of an endpoint, and what of it cannot be used here, as
    /// [`ReadingForm::of_facts`].
    pub fn of_facts(facts: &EndpointFacts) -> (Self, Option<FieldError>) {
        let (received, problem) = ReadingForm::of_facts(&facts.received);
        let (sent, other_problem) = ReadingForm::of_facts(&facts.sent);
        (Self { received, sent }, problem.or(other_problem))
    }

    /// Returns how the frames of each direction are cut and read.
    pub fn rules(&self) -> ByDirection<Option<FrameRule>> {
        self.map(ReadingForm::rule)
    }

    /// Returns the encoding of each direction.
    pub fn encodings(&self) -> ByDirection<Encoding> {
        self.map(|reading| reading.encoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::UnknownEncoding;
    use crate::payload::framing::FramingError;
    use crate::payload::template::CheckError;

    fn form(framing: &str, check: &str) -> ReadingForm {
        ReadingForm {
            framing_text: framing.to_owned(),
            check_text: check.to_owned(),
            ..ReadingForm::default()
        }
    }

    #[test]
    fn fields_say_what_they_hold_or_what_is_wrong() {
        let empty = form(" ", "");
        assert_eq!((empty.framing(), empty.check()), (Ok(None), Ok(None)));
        assert_eq!(empty.problem(), None);
        let typed = form(" mllp ", "sum");
        assert_eq!(typed.framing().unwrap().unwrap().to_string(), "mllp");
        assert_eq!(typed.check().unwrap().unwrap().to_string(), "sum");
        let unknown = FormField::Framing.holds(FramingError::Unknown("lines".to_owned()));
        assert_eq!(form("lines", "uuid").problem(), Some(unknown));
        let no_check = FormField::Check.holds(CheckError::Kind);
        assert_eq!(form("line", "uuid").problem(), Some(no_check.clone()));
        let sent = ProtocolForm {
            sent: form("line", "uuid"),
            ..ProtocolForm::default()
        };
        assert_eq!(sent.problem(), Some(no_check));
    }

    #[test]
    fn what_is_in_effect_is_kept_and_comes_back() {
        let typed = ReadingForm {
            encoding: "gbk".parse().unwrap(),
            ..form(" length:u16be,at=4 ", "sum")
        };
        let trimmed = form("length:u16be,at=4", "sum");
        let encoding = typed.encoding;
        let kept = ReadingForm {
            encoding,
            ..trimmed
        };
        assert_eq!(ReadingForm::of_facts(&typed.facts()), (kept, None));
        let empty = ReadingFacts::default();
        assert_eq!(form("", "").facts(), empty);
        assert_eq!(form("lines", "uuid").facts(), empty);
        assert_eq!(
            ReadingForm::of_facts(&empty),
            (ReadingForm::default(), None)
        );
    }

    #[test]
    fn what_a_later_version_kept_is_named_and_not_used() {
        let facts = ReadingFacts {
            framing: "later:1".to_owned(),
            ..ReadingFacts::default()
        };
        let (form, problem) = ReadingForm::of_facts(&facts);
        assert_eq!(form.rule(), None);
        let unknown = FramingError::Unknown("later:1".to_owned());
        assert_eq!(problem, Some(FormField::Framing.holds(unknown)));
        let facts = ReadingFacts {
            framing: "line".to_owned(),
            encoding: "later".to_owned(),
            ..ReadingFacts::default()
        };
        let (form, problem) = ReadingForm::of_facts(&facts);
        assert_eq!(form.rule().map(|rule| rule.encoding), Some(Encoding::UTF_8));
        let unknown = UnknownEncoding("later".to_owned());
        assert_eq!(problem, Some(FormField::Encoding.holds(unknown)));
    }
}
