//! How often a message is sent, from what was typed.

use std::num::NonZeroU64;
use std::time::Duration;

use super::fields::{FieldProblem, parse_duration};

/// The shortest time from one message to the next in the window.
pub const MIN_PERIOD: Duration = Duration::from_millis(1);

/// How often a message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repetition {
    /// How many times; `None` until something else ends it.
    pub times: Option<NonZeroU64>,
    /// The time from the beginning of one message to that of the next.
    pub period: Duration,
    /// Whether the first reply ends it.
    pub until_reply: bool,
}

/// The same as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepetitionForm {
    /// How many times; empty until something else ends it.
    pub times_text: String,
    /// The time from one message to the next; a plain number is milliseconds.
    pub period_text: String,
    /// Whether the first reply ends it.
    pub until_reply: bool,
}

impl Default for RepetitionForm {
    fn default() -> Self {
        Self {
            times_text: "10".to_owned(),
            period_text: "500ms".to_owned(),
            until_reply: false,
        }
    }
}

impl RepetitionForm {
    /// Returns what the fields say.
    ///
    /// # Errors
    /// What is wrong with the first field that holds something wrong.
    pub fn parse(&self) -> Result<Repetition, FieldProblem> {
        let (times, period) = (self.times_text.trim(), self.period_text.trim());
        let period = match period.parse::<u32>() {
            Ok(millis) => Duration::from_millis(millis.into()),
            Err(_) => parse_duration(period)?,
        };
        if period < MIN_PERIOD {
            return Err(FieldProblem::Period);
        }
        let count = |text: &str| text.parse().map_err(|_not_a_count| FieldProblem::Times);
        Ok(Repetition {
            times: (!times.is_empty()).then(|| count(times)).transpose()?,
            period,
            until_reply: self.until_reply,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repetition_is_a_number_of_times_and_a_period() {
        let parse = |times: &str, period: &str| {
            let form = RepetitionForm {
                times_text: times.to_owned(),
                period_text: period.to_owned(),
                until_reply: true,
            };
            form.parse()
                .map(|it| (it.times.map(NonZeroU64::get), it.period.as_millis()))
        };
        assert_eq!(parse(" 3 ", "2s").unwrap(), (Some(3), 2000));
        assert_eq!(parse("", "250").unwrap(), (None, 250));
        assert!(matches!(parse("0", "1s"), Err(FieldProblem::Times)));
        assert!(matches!(parse("1.5", "1s"), Err(FieldProblem::Times)));
        assert!(matches!(parse("1", "0"), Err(FieldProblem::Period)));
        assert!(matches!(parse("1", "0.9ms"), Err(FieldProblem::Period)));
        assert!(matches!(parse("1", "soon"), Err(FieldProblem::Duration)));
    }
}
