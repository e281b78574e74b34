//! An answer that is asked for again while what it depends on changes: a few times a second, and only while it is shown.

use std::sync::Arc;

use super::Now;
use super::asked::Asked;

/// How often it is requested while it changes, in seconds.
const INTERVAL: f64 = 0.25;

/// Whether to request an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Renewal {
    /// No: the loaded answer is current, or a request is pending.
    No,
    /// Now.
    Now,
    /// In this many seconds.
    In(f64),
}

/// An answer about something, with when it was requested, and the version of what it depends on.
#[derive(Debug)]
pub struct Renewed<K, T>(Asked<(K, Now, u64), Arc<T>>);

impl<K, T> Default for Renewed<K, T> {
    fn default() -> Self {
        Self(Asked::default())
    }
}

impl<K: Clone + PartialEq, T> Renewed<K, T> {
    /// Returns the answer about `of`, once it is known.
    pub fn get(&self, of: &K) -> Option<&Arc<T>> {
        let shown = self.0.shown().filter(|((shown, ..), _)| shown == of);
        shown.map(|(_, answer)| answer)
    }

    /// Returns the newest answer, whatever it is about.
    pub fn newest(&self) -> Option<&Arc<T>> {
        self.0.shown().map(|(_, answer)| answer)
    }

    /// Returns whether to request it, given the version of what it depends on: a number that grows when that changes.
    pub fn wanted(&self, of: &K, now: Now, version: u64, is_whole: impl Fn(&T) -> bool) -> Renewal {
        if self.0.awaited().is_some() {
            return Renewal::No;
        }
        let shown = self.0.shown().filter(|((shown, ..), _)| shown == of);
        let Some(((_, asked_at, asked), answer)) = shown else {
            return Renewal::Now;
        };
        if *asked >= version && is_whole(answer) {
            return Renewal::No;
        }
        let wait = asked_at.0 + INTERVAL - now.0;
        if wait > 0.0 {
            Renewal::In(wait)
        } else {
            Renewal::Now
        }
    }

    pub(super) fn look_away(&mut self) {
        self.0.look_away();
    }

    pub(super) fn ask(&mut self, of: K, now: Now, version: u64) {
        self.0.ask((of, now, version));
    }

    pub(super) fn fold(&mut self, of: &K, answer: Arc<T>) {
        self.0.fold(|(asked, ..)| asked == of, answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_requested_again_only_when_what_it_depends_on_has_changed() {
        let mut renewed = Renewed::<u8, u8>::default();
        let is_whole = |answer: &u8| *answer > 0;
        let wanted = |renewed: &Renewed<u8, u8>, of, now, version| {
            renewed.wanted(&of, Now(now), version, is_whole)
        };
        assert_eq!(wanted(&renewed, 1, 0.0, 10), Renewal::Now);
        renewed.ask(1, Now(0.0), 10);
        assert_eq!(wanted(&renewed, 1, 1.0, 11), Renewal::No, "one is awaited");
        renewed.fold(&1, Arc::new(5));
        assert_eq!(renewed.get(&1).map(|it| **it), Some(5));
        assert_eq!(renewed.get(&2), None);
        assert_eq!(wanted(&renewed, 1, 1.0, 10), Renewal::No, "nothing is new");
        assert_eq!(wanted(&renewed, 1, 1.0, 9), Renewal::No, "it is newer");
        assert_eq!(wanted(&renewed, 1, 0.125, 11), Renewal::In(0.125));
        assert_eq!(wanted(&renewed, 1, 1.0, 11), Renewal::Now);
        assert_eq!(wanted(&renewed, 2, 1.0, 10), Renewal::Now);
        renewed.ask(1, Now(1.0), 11);
        renewed.fold(&1, Arc::new(0));
        assert_eq!(
            wanted(&renewed, 1, 2.0, 11),
            Renewal::Now,
            "it is not whole"
        );
    }
}
