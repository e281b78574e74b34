//! What went wrong, kept so that it can be read later.

use std::collections::VecDeque;

use crate::net::NetError;

/// How many notices are kept; the oldest one gives way.
pub(super) const NOTICES_KEPT: usize = 200;

/// One thing that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where: an endpoint's name, or the part of the program.
    pub place: String,
    /// What happened.
    pub text: String,
    /// What to do next, where there is something to say.
    pub advice: Option<String>,
}

impl Notice {
    /// Makes the notice of an endpoint's error.
    pub fn of_endpoint(name: String, error: &NetError) -> Self {
        Self {
            place: name,
            text: error.to_string(),
            advice: error.advice().map(str::to_owned),
        }
    }
}

/// The newest notices.
#[derive(Debug, Default)]
pub struct Notices {
    kept: VecDeque<Notice>,
    /// How many of them the user has not seen.
    unread: usize,
}

impl Notices {
    /// Adds one.
    pub fn push(&mut self, notice: Notice) {
        if self.kept.len() == NOTICES_KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(notice);
        self.unread = (self.unread + 1).min(NOTICES_KEPT);
    }

    /// Returns them, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Notice> {
        self.kept.iter().rev()
    }

    /// Returns how many are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Returns whether nothing went wrong.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Returns how many came since the list was last looked at.
    pub fn unread(&self) -> usize {
        self.unread
    }

    /// Notes that the list was looked at.
    pub fn mark_read(&mut self) {
        self.unread = 0;
    }

    /// Forgets them all.
    pub fn clear(&mut self) {
        self.kept.clear();
        self.unread = 0;
    }
}
