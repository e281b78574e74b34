//! What came of the last message, shown where it was sent, and which rows it was.

use super::{EndpointModel, Model, Now, Recipients};
use crate::capture::EndpointState;
use crate::session::{Answered, ProblemPlace};

/// How long the rows of a message are marked as just sent, in seconds.
const MARKED_FOR: f64 = 0.6;
/// How long nothing is said of a message that nothing is known of yet, in seconds.
const PATIENCE: f64 = 0.3;

/// What came of the last message.
#[derive(Clone, Debug)]
pub struct AnswerModel {
    /// Whom it was sent to.
    to: Vec<Recipients>,
    /// When it was sent.
    since: Now,
    /// What is known of it.
    answered: Option<Answered>,
    /// Until when its rows are marked.
    marked_until: Now,
}

impl AnswerModel {
    /// Makes the model of a message that was just passed on.
    pub fn new(to: impl IntoIterator<Item = Recipients>, now: Now) -> Self {
        Self {
            to: to.into_iter().collect(),
            since: now,
            answered: None,
            marked_until: now,
        }
    }

    /// Takes what is known of it now. Rows of a repeated message are not marked: they would never rest.
    pub(super) fn fold(&mut self, answered: Answered, now: Now) {
        let has_rows = |it: &Answered| !it.entries.is_empty() && it.times == 1;
        let is_first = !self.answered.as_ref().is_some_and(has_rows);
        if is_first && has_rows(&answered) {
            self.marked_until = Now(now.0 + MARKED_FOR);
        }
        self.answered = Some(answered);
    }

    /// Returns what is known of it.
    pub fn answered(&self) -> Option<&Answered> {
        self.answered.as_ref()
    }

    /// Returns whether it is to be said that nothing is known of it yet, and else in how many seconds.
    pub fn is_late(&self, now: Now) -> Result<(), f64> {
        let left = self.since.0 + PATIENCE - now.0;
        if left <= 0.0 { Ok(()) } else { Err(left) }
    }

    /// Returns the entries that were just sent, and for how many more seconds they are marked.
    pub fn just_sent(&self, now: Now) -> Option<(&[u64], f64)> {
        let left = self.marked_until.0 - now.0;
        let answered = self.answered.as_ref().filter(|_| left > 0.0)?;
        Some((&answered.entries, left))
    }
}

impl Model {
    /// Forgets what came of the last message once it belongs to other recipients than the chosen ones, or is about a
    /// connection in whose place there is a newer one.
    pub fn forget_old_answer(&mut self) {
        let is_old = |answer: &AnswerModel| {
            let place = answer.answered().and_then(|it| it.problem_at);
            !self.recipients().eq(answer.to.iter().copied())
                || place.is_some_and(|place| self.is_past(place))
        };
        if self.answer.as_ref().is_some_and(is_old) {
            self.answer = None;
        }
    }

    fn is_past(&self, place: ProblemPlace) -> bool {
        let Some(endpoint) = self.endpoints.get(&place.endpoint) else {
            return true;
        };
        let is_newer = |connection| place.connection.is_none_or(|before| connection > before);
        match endpoint.status.state {
            EndpointState::Connected(connection) => is_newer(connection),
            EndpointState::Listening { .. } => {
                let newest = EndpointModel::newest(endpoint);
                newest.is_some_and(|it| it.state.is_live() && is_newer(it.connection))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(entries: &[u64], times: u64) -> Answered {
        Answered {
            entries: entries.to_vec(),
            times,
            ..Answered::default()
        }
    }

    #[test]
    fn rows_are_marked_once_and_for_a_moment() {
        let mut answer = AnswerModel::new(None, Now(1.0));
        assert_eq!(answer.just_sent(Now(1.0)), None);
        answer.fold(sent(&[], 1), Now(1.0));
        answer.fold(sent(&[7], 1), Now(2.0));
        // What follows does not mark them again.
        answer.fold(sent(&[7, 8], 1), Now(2.5));
        let (rows, left) = answer.just_sent(Now(2.5)).unwrap();
        assert_eq!(rows, [7, 8]);
        assert!((left - 0.1).abs() < 1e-9);
        assert_eq!(answer.just_sent(Now(2.6)), None);
    }

    #[test]
    fn the_rows_of_a_repeated_message_are_not_marked() {
        let mut answer = AnswerModel::new(None, Now(1.0));
        answer.fold(sent(&[7], 2), Now(1.0));
        assert_eq!(answer.just_sent(Now(1.0)), None);
    }

    #[test]
    fn nothing_is_said_at_once_of_a_message_that_is_on_its_way() {
        let answer = AnswerModel::new(None, Now(1.0));
        assert!(answer.is_late(Now(1.1)).is_err());
        assert_eq!(answer.is_late(Now(1.3)), Ok(()));
    }
}
