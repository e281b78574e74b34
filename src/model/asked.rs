//! Questions to the reader: the answer that is shown, and the question that is pending.
//!
//! A view says what it needs; the reader is asked if no question of that kind is pending and the shown answer is not
//! enough. A request that the reader's full queue refused was never asked, so the view asks again in its next frame.

use std::collections::VecDeque;
use std::ops::Range;

use crate::capture::{MAX_ROWS, Page, RecordStatus, RowSource, Span};

/// Answers `T` to questions `Q`, of which at most one is pending.
#[derive(Debug)]
pub struct Asked<Q, T> {
    shown: Option<(Q, T)>,
    awaited: Option<Q>,
}

impl<Q, T> Default for Asked<Q, T> {
    fn default() -> Self {
        Self {
            shown: None,
            awaited: None,
        }
    }
}

impl<Q, T> Asked<Q, T> {
    /// Forgets the pending question: its answer will not come.
    pub fn look_away(&mut self) {
        self.awaited = None;
    }

    /// Returns the newest answer and its question.
    pub fn shown(&self) -> Option<(&Q, &T)> {
        self.shown
            .as_ref()
            .map(|(question, answer)| (question, answer))
    }

    /// Returns the pending question.
    pub fn awaited(&self) -> Option<&Q> {
        self.awaited.as_ref()
    }

    /// Notes that this was asked; an earlier question is no longer pending.
    pub fn ask(&mut self, question: Q) {
        self.awaited = Some(question);
    }

    /// Takes an answer to the pending question, or another one to the question shown; any other answer is too late.
    /// Returns whether it was taken.
    pub fn fold(&mut self, is_it: impl Fn(&Q) -> bool, answer: T) -> bool {
        self.fold_over(is_it, answer, &mut None)
    }

    /// Takes an answer as [`Self::fold`] does; the one that it replaces goes to `before`.
    fn fold_over(&mut self, is_it: impl Fn(&Q) -> bool, answer: T, before: &mut Option<T>) -> bool {
        if let Some(question) = self.awaited.take_if(|it| is_it(it)) {
            let replaced = self.shown.replace((question, answer));
            *before = replaced.map(|(_, answer)| answer);
            return true;
        }
        match &mut self.shown {
            Some((question, shown)) if is_it(question) => {
                *before = Some(std::mem::replace(shown, answer));
                true
            }
            _ => false,
        }
    }
}

impl<Q: PartialEq, T> Asked<Q, T> {
    /// Returns the answer to a question, if that is the one shown.
    pub fn answer(&self, question: &Q) -> Option<&T> {
        let (about, answer) = self.shown()?;
        (about == question).then_some(answer)
    }

    /// Returns whether to ask: nothing is pending, and this is not shown.
    pub fn wants(&self, question: &Q) -> bool {
        self.awaited.is_none() && self.answer(question).is_none()
    }
}

/// Answers `T` to several questions `Q`, each asked once, or again when somebody says so. The oldest of more than `MOST`
/// gives way.
#[derive(Debug)]
pub struct AskedOnce<Q, T, const MOST: usize>(VecDeque<(Q, Option<T>)>);

impl<Q, T, const MOST: usize> Default for AskedOnce<Q, T, MOST> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<Q: PartialEq, T, const MOST: usize> AskedOnce<Q, T, MOST> {
    /// Returns the answer; nothing if it was not asked for, nothing in it while it is awaited.
    pub fn state(&self, question: &Q) -> Option<Option<&T>> {
        let (_, answer) = self.0.iter().find(|(it, _)| it == question)?;
        Some(answer.as_ref())
    }

    /// Returns the answer, once it is known.
    pub fn get(&self, question: &Q) -> Option<&T> {
        self.state(question).flatten()
    }

    /// Returns whether nobody has asked for it.
    pub fn wants(&self, question: &Q) -> bool {
        self.state(question).is_none()
    }

    /// Notes that this was asked. Until it is answered anew, its answer stays.
    pub fn ask(&mut self, question: Q) {
        if self.wants(&question) {
            if self.0.len() >= MOST {
                self.0.pop_front();
            }
            self.0.push_back((question, None));
        }
    }

    /// Takes an answer. One that nobody waits for any more is left out.
    pub fn fold(&mut self, question: &Q, answer: T) {
        if let Some((_, known)) = self.0.iter_mut().find(|(it, _)| it == question) {
            *known = Some(answer);
        }
    }
}

/// What a view needs to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// The newest rows, `page` of them.
    Newest {
        /// How many rows fit on the screen.
        page: u64,
    },
    /// These rows.
    Visible(Range<u64>),
    /// `page` rows around an entry, wherever it is.
    Around {
        /// The entry.
        entry: u64,
        /// How many rows fit on the screen.
        page: u64,
    },
}

/// How many screens of rows are loaded: the visible one, one before and one after.
const SCREENS: u64 = 3;
/// The fewest rows requested at once.
const MIN_ASKED: u64 = 60;

impl Need {
    /// Returns which rows to request: those needed, and a screen before and after them.
    fn span(&self) -> Span {
        let count_for = |page: u64| {
            let count = page.saturating_mul(SCREENS).max(MIN_ASKED);
            usize::try_from(count).unwrap_or(MAX_ROWS).min(MAX_ROWS)
        };
        match self {
            Self::Newest { page } => Span::Newest {
                count: count_for(*page),
            },
            Self::Around { entry, page } => Span::Around {
                entry: *entry,
                count: count_for(*page),
            },
            Self::Visible(rows) => {
                let page = rows.end.saturating_sub(rows.start);
                let count = count_for(page);
                let before = (count as u64).saturating_sub(page) / 2;
                Span::From {
                    first: rows.start.saturating_sub(before),
                    count,
                }
            }
        }
    }
}

/// A state of the record that no rows were requested in.
const NOT_NOW: u64 = u64::MAX;

/// Requested rows, and the state of the record at the time.
#[derive(Debug)]
struct RowsAsked<S> {
    of: S,
    span: Span,
    entries: u64,
    first_kept: u64,
}

/// The loaded rows of a source. Rows are numbered over all that the source ever had.
#[derive(Debug)]
pub struct LoadedRows<S: RowSource> {
    asked: Asked<RowsAsked<S>, Page<S>>,
    /// The page before the newest one: where rows come fast, what was painted last is only there.
    before: Option<Page<S>>,
}

impl<S: RowSource> Default for LoadedRows<S> {
    fn default() -> Self {
        Self {
            asked: Asked::default(),
            before: None,
        }
    }
}

impl<S: RowSource> LoadedRows<S> {
    /// Returns the loaded page of a source.
    pub fn page(&self, of: &S) -> Option<&Page<S>> {
        self.newest_page().filter(|page| page.of == *of)
    }

    /// Returns the page loaded last, whatever its source.
    pub fn newest_page(&self) -> Option<&Page<S>> {
        self.asked.shown().map(|(_, page)| page)
    }

    /// Returns a row, from the newest page or the one before it.
    pub fn row(&self, of: &S, row: u64) -> Option<&S::Row> {
        let before = self.before.as_ref().filter(|page| page.of == *of);
        let newest = self.page(of)?;
        newest.row(row).or_else(|| before?.row(row))
    }

    /// Returns the row of an entry: `None` until it is answered, `Some(None)` if the entry has no row yet.
    pub fn place_of(&self, of: &S, entry: u64) -> Option<Option<u64>> {
        let page = self.page(of)?;
        let is_answer = matches!(page.span, Span::Around { entry: about, .. } if about == entry);
        is_answer.then_some(page.place)
    }

    /// Returns which rows to request; `None` while a request is pending, or if the loaded rows are enough.
    pub fn wanted(&self, of: &S, need: &Need, record: &RecordStatus) -> Option<Span> {
        if self.asked.awaited().is_some_and(|asked| asked.of == *of) {
            return None;
        }
        let shown = self.asked.shown().filter(|(asked, _)| asked.of == *of);
        let is_wanted = shown.is_none_or(|(asked, page)| {
            asked.entries != record.entries
                || asked.first_kept != record.first_kept
                || match need {
                    Need::Newest { page: count } => {
                        let first = page.end.saturating_sub(*count);
                        !page.holds(first.max(page.gone)..page.end)
                    }
                    Need::Visible(rows) => !page.holds(rows.clone()),
                    Need::Around { entry, .. } => self.place_of(of, *entry).is_none(),
                }
        });
        is_wanted.then(|| need.span())
    }

    /// Notes that the rows are not shown any more: once they are again, they are requested anew.
    pub fn look_away(&mut self) {
        self.asked.look_away();
        if let Some((asked, _)) = &mut self.asked.shown {
            asked.entries = NOT_NOW;
        }
    }

    /// Notes that rows were requested.
    pub fn ask(&mut self, of: S, span: Span, record: &RecordStatus) {
        self.asked.ask(RowsAsked {
            of,
            span,
            entries: record.entries,
            first_kept: record.first_kept,
        });
    }

    /// Takes a page, unless another one is pending; returns whether it was taken.
    pub fn fold(&mut self, page: Page<S>) -> bool {
        let (of, span) = (page.of.clone(), page.span);
        let is_it = |asked: &RowsAsked<S>| asked.of == of && asked.span == span;
        self.asked.fold_over(is_it, page, &mut self.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_question_is_asked_once_and_few_are_kept() {
        let mut asked = AskedOnce::<u8, &str, 3>::default();
        assert!(asked.wants(&1));
        asked.ask(1);
        assert!(!asked.wants(&1));
        assert_eq!((asked.state(&1), asked.get(&1)), (Some(None), None));
        asked.fold(&1, "one");
        assert_eq!(asked.get(&1), Some(&"one"));
        asked.ask(1);
        assert_eq!(
            asked.get(&1),
            Some(&"one"),
            "shown until it is answered anew"
        );
        for question in 2..=4 {
            asked.ask(question);
        }
        assert_eq!(asked.0.len(), 3);
        assert!(asked.wants(&1));
        asked.fold(&1, "late");
        assert_eq!(asked.get(&1), None);
    }
}
