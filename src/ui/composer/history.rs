//! Walking through earlier messages, like a shell's history.

use crate::payload::Draft;

/// Where the user is in the history.
#[derive(Debug, Default)]
pub(super) struct History {
    /// How many steps back from the newest, from 1; 0 is the message being written.
    back: usize,
    /// The message being written, while an older one stands in its place.
    unsent: Option<Draft>,
}

impl History {
    /// Returns the message before the one shown; none when there is none.
    pub(super) fn older(&mut self, sent: &[Draft], shown: &Draft) -> Option<Draft> {
        // The message just sent is still in the field: recalling it would change nothing.
        let skip = usize::from(self.back == 0 && sent.last() == Some(shown));
        let back = self.back + 1 + skip;
        let older = sent.iter().nth_back(back - 1)?;
        if self.back == 0 {
            self.unsent = Some(shown.clone());
        }
        self.back = back;
        Some(older.clone())
    }

    /// Returns the message after the one shown; finally the one that was being written.
    pub(super) fn newer(&mut self, sent: &[Draft]) -> Option<Draft> {
        let back = self.back.checked_sub(1)?;
        let is_unsent = back == 0 || (back == 1 && self.unsent.as_ref() == sent.last());
        self.back = if is_unsent { 0 } else { back };
        if is_unsent {
            return self.unsent.take();
        }
        sent.iter().nth_back(back - 1).cloned()
    }

    /// Makes the message in the field the one being written.
    pub(super) fn leave(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        Draft {
            text: text.to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn going_back_and_forth_returns_to_what_was_being_written() {
        let sent = [draft("one"), draft("two")];
        let mut history = History::default();
        let mut shown = draft("three, unsent");
        let mut seen = Vec::new();
        while let Some(older) = history.older(&sent, &shown) {
            seen.push(older.text.clone());
            shown = older;
        }
        while let Some(newer) = history.newer(&sent) {
            seen.push(newer.text);
        }
        assert_eq!(seen, ["two", "one", "two", "three, unsent"]);
    }

    #[test]
    fn what_was_just_sent_is_not_shown_again() {
        let sent = [draft("one"), draft("two")];
        let mut history = History::default();
        let first = history.older(&sent, &draft("two")).unwrap();
        assert_eq!(first.text, "one");
        assert_eq!(history.newer(&sent).unwrap().text, "two");
        assert_eq!(history.newer(&sent), None);
    }

    #[test]
    fn an_empty_history_leaves_the_message_alone() {
        let mut history = History::default();
        assert_eq!(history.older(&[], &draft("x")), None);
        assert_eq!(history.newer(&[]), None);
    }
}
