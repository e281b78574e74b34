//! Problems, kept so that they can be read later.

use std::collections::VecDeque;
use std::io;
use std::time::SystemTime;

use crate::net::EndpointId;
use crate::payload::PatternError;
use crate::words::{InWords, Language, Problem};
use crate::workspace::FieldError;

/// How many notices are kept; beyond that, the oldest is dropped.
pub(super) const NOTICES_KEPT: usize = 200;

/// One thing that went wrong.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Where.
    pub place: NoticePlace,
    /// What.
    pub problem: Problem,
    /// When, as far as that is known.
    pub at: Option<SystemTime>,
    /// Whether its endpoint was removed, or has listened or been connected since.
    pub is_solved: bool,
    /// The endpoint, if it was at one.
    pub endpoint: Option<EndpointId>,
}

/// Where something went wrong: at an endpoint, or in a part of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticePlace {
    /// At the endpoint of this name.
    Endpoint(String),
    /// The document and the preferences.
    Document,
    /// The list of sessions.
    Sessions,
    /// Another tool's file that was opened.
    OpenedFile,
    /// The timeline.
    Timeline,
    /// The filter of the timeline.
    Filter,
    /// The search.
    Find,
    /// A copy to the clipboard.
    Copy,
    /// The list of this machine's addresses.
    Addresses,
}

impl InWords for NoticePlace {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.notices;
        let place = match self {
            Self::Endpoint(name) => return name.clone(),
            Self::Document => words.document,
            Self::Sessions => language.dialogs.sessions,
            Self::OpenedFile => words.opened_file,
            Self::Timeline => language.timeline.name,
            Self::Filter => language.filter.name,
            Self::Find => language.find.name,
            Self::Copy => words.copy,
            Self::Addresses => words.addresses,
        };
        place.to_owned()
    }
}

/// What can go wrong in the window itself.
#[derive(Debug)]
pub enum WindowProblem {
    /// A copy holds only its first bytes.
    CopyCut {
        /// How many.
        kept_bytes: u64,
    },
    /// The reader is too busy to take a request.
    ReaderBusy,
    /// What was received is not kept, or its endpoint is gone: no rule can be made of it.
    NothingToMakeARuleOf,
    /// An encoding cannot represent the search pattern.
    FindRefused(PatternError),
    /// An encoding cannot represent the filter's pattern, which was removed.
    FilterDropped(PatternError),
    /// How an opened capture was read cannot be used by this version.
    NotReadAsRecorded {
        /// The endpoint's name.
        endpoint: String,
        /// What cannot be used.
        problem: FieldError,
    },
    /// So many more places of an opened capture are damaged.
    MoreDamage(u64),
    /// The system did not list this machine's addresses.
    NoAddresses(io::Error),
    /// The document or the preferences could not be saved.
    NotSaved(Problem),
    /// A file was chosen to save a document in, in whose place there is another one now.
    ChosenForAnother,
}

impl InWords for WindowProblem {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.notices;
        match self {
            Self::CopyCut { kept_bytes } => words.copy_cut(*kept_bytes),
            Self::ReaderBusy => words.reader_busy.to_owned(),
            Self::NothingToMakeARuleOf => words.nothing_to_make_a_rule_of.to_owned(),
            Self::FindRefused(error) | Self::FilterDropped(error) => error.in_words(language),
            Self::NotReadAsRecorded { endpoint, problem } => {
                words.not_read_as_recorded(endpoint, &problem.in_words(language))
            }
            Self::MoreDamage(places) => language.record.more_damage(*places),
            Self::NoAddresses(error) => error.in_words(language),
            Self::NotSaved(problem) => problem.in_words(language),
            Self::ChosenForAnother => words.chosen_for_another.to_owned(),
        }
    }

    fn advice(&self, language: &Language) -> Option<String> {
        let words = &language.notices;
        let advice = match self {
            Self::CopyCut { .. } => words.select_fewer,
            Self::ReaderBusy => language.engine.try_again,
            Self::NothingToMakeARuleOf | Self::MoreDamage(_) => return None,
            Self::FindRefused(_) => words.find_a_part,
            Self::FilterDropped(_) => words.filter_a_part,
            Self::NotReadAsRecorded { .. } => words.read_without,
            Self::NoAddresses(_) => words.type_address,
            Self::NotSaved(_) => words.kept_while_open,
            Self::ChosenForAnother => words.choose_again,
        };
        Some(advice.to_owned())
    }
}

/// The newest notices.
#[derive(Debug, Default)]
pub struct Notices {
    kept: VecDeque<Notice>,
    /// How many of them the user has not seen.
    unread: usize,
    /// The time as of the last frame or update.
    now: Option<SystemTime>,
}

impl Notices {
    /// Adds one.
    pub fn push(&mut self, place: NoticePlace, problem: Problem) {
        self.add(place, problem, None);
    }

    /// Adds one of an endpoint with this name.
    pub(super) fn push_of(&mut self, endpoint: EndpointId, name: String, problem: Problem) {
        self.add(NoticePlace::Endpoint(name), problem, Some(endpoint));
    }

    /// Notes what time it is, for those that are added from now on.
    pub fn set_time(&mut self, now: SystemTime) {
        self.now = Some(now);
    }

    /// Marks as solved what went wrong at these endpoints so far.
    pub(super) fn solve(&mut self, is_solved: impl Fn(EndpointId) -> bool) {
        for notice in &mut self.kept {
            notice.is_solved |= notice.endpoint.is_some_and(&is_solved);
        }
        self.unread = self.unread.min(self.unsolved());
    }

    fn add(&mut self, place: NoticePlace, problem: Problem, endpoint: Option<EndpointId>) {
        if self.kept.len() == NOTICES_KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(Notice {
            place,
            problem,
            at: self.now,
            is_solved: false,
            endpoint,
        });
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

    /// Returns how many of them are not solved.
    pub fn unsolved(&self) -> usize {
        self.kept.iter().filter(|it| !it.is_solved).count()
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
