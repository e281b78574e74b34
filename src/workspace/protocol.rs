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

impl ProtocolForm {
    /// Returns the first field that holds something wrong, from top to bottom.
    pub fn problem(&self) -> Option<FieldError> {
        self.framing().err().or_else(|| self.check().err())
    }

    /// Returns the framing, if there is one.
    pub fn framing(&self) -> Result<Option<Framing>, FieldError> {
        let text = self.framing_text.trim();
        Field::Framing.read((!text.is_empty()).then(|| text.parse()).transpose())
    }

    /// Returns the check, if there is one.
    pub fn check(&self) -> Result<Option<Check>, FieldError> {
        let text = self.check_text.trim();
        Field::Check.read((!text.is_empty()).then(|| text.parse()).transpose())
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
        let empty = form(" ", "");
        assert_eq!((empty.framing(), empty.check()), (Ok(None), Ok(None)));
        assert_eq!(empty.problem(), None);
        let typed = form(" mllp ", "sum");
        assert_eq!(typed.framing().unwrap().unwrap().to_string(), "mllp");
        assert_eq!(typed.check().unwrap().unwrap().to_string(), "sum");
        let unknown = Field::Framing.holds(FramingError::Unknown("lines".to_owned()));
        assert_eq!(form("lines", "uuid").problem(), Some(unknown));
        let no_check = Field::Check.holds(CheckError::Kind);
        assert_eq!(form("line", "uuid").problem(), Some(no_check));
    }
}
