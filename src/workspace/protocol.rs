//! How an endpoint's bytes are read: their encoding, their framing, and what each frame is checked for.

use super::fields::{Field, FieldError};
use crate::payload::Encoding;
use crate::payload::framing::Framing;
use crate::payload::template::Check;

/// How an endpoint's bytes are read, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProtocolForm {
    /// What text is written and read in.
    pub encoding: Encoding,
    /// The framing; empty for none.
    pub framing_text: String,
    /// What each frame is checked for; empty for nothing.
    pub check_text: String,
}

/// How an endpoint's bytes are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protocol {
    /// What text is written and read in.
    pub encoding: Encoding,
    /// How streams are cut into frames.
    pub framing: Option<Framing>,
    /// What each frame is checked for.
    pub check: Option<Check>,
}

impl ProtocolForm {
    /// Returns what the fields say.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse(&self) -> Result<Protocol, FieldError> {
        Ok(Protocol {
            encoding: self.encoding,
            framing: self.framing()?,
            check: self.check()?,
        })
    }

    /// Returns the framing, if there is one.
    pub fn framing(&self) -> Result<Option<Framing>, FieldError> {
        let text = self.framing_text.trim();
        let framing = (!text.is_empty()).then(|| text.parse()).transpose();
        framing.map_err(|problem| Field::Framing.holds(problem))
    }

    /// Returns the check, if there is one.
    pub fn check(&self) -> Result<Option<Check>, FieldError> {
        let text = self.check_text.trim();
        let check = (!text.is_empty()).then(|| text.parse()).transpose();
        check.map_err(|problem| Field::Check.holds(problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::framing::FramingError;
    use crate::payload::template::CheckError;

    #[test]
    fn fields_say_what_they_hold_or_what_is_wrong() {
        let form = |framing: &str, check: &str| ProtocolForm {
            framing_text: framing.to_owned(),
            check_text: check.to_owned(),
            ..ProtocolForm::default()
        };
        assert_eq!(form(" ", "").parse(), Ok(Protocol::default()));
        let parsed = form(" mllp ", "sum").parse().unwrap();
        assert_eq!(parsed.framing.unwrap().to_string(), "mllp");
        assert_eq!(parsed.check.unwrap().to_string(), "sum");
        let unknown = FramingError::Unknown("lines".to_owned());
        assert_eq!(
            form("lines", "").parse(),
            Err(Field::Framing.holds(unknown))
        );
        let no_check = Field::Check.holds(CheckError::Kind);
        assert_eq!(form("line", "uuid").parse(), Err(no_check));
    }
}
