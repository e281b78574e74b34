//! What belongs to this person and this machine: how the window looks, the message being written, what is recorded,
//! which documents were open.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::document_hash::DocumentHash;
use super::language::LanguageChoice;
use super::recording::Recording;
use super::timeline_form::TimelineForm;
use crate::payload::Draft;

/// How many messages the history keeps; the oldest one goes when one more comes.
pub const HISTORY_LEN: usize = 100;
/// The longest message that the history keeps, in bytes of its text.
pub const HISTORY_MESSAGE_BYTES: usize = 64 * 1024;

/// How many documents and captures opened before are remembered; the oldest one goes when one more comes.
pub const RECENT_LEN: usize = 10;

/// How many finished lessons are remembered; the oldest one goes when one more comes.
const FINISHED_LEN: usize = 100;
/// The longest name of a lesson, in bytes.
const LESSON_BYTES: usize = 64;

/// The smallest and the largest zoom factor; one outside of it would leave a window that nobody can use.
const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=4.0;

/// What belongs to this person and this machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Dark, light, or following the system.
    pub theme: ThemeChoice,
    /// The language of the window.
    pub language: LanguageChoice,
    /// The zoom factor; 1 is the natural size.
    pub zoom: f32,
    /// Whether closing the window with live connections asks first.
    pub ask_before_quit: bool,
    /// The file of the document that was open last; none if it was untitled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<PathBuf>,
    /// The documents opened before, the newest first.
    pub recent: Vec<PathBuf>,
    /// The documents whose replies may run and whose templates may read files, the newest last.
    pub approved: Vec<DocumentHash>,
    /// The one of them that is the running document.
    #[serde(skip)]
    pub(super) running: Option<DocumentHash>,
    /// What the timeline is shown as.
    pub timeline_as: TimelineAs,
    /// How much of a session is kept.
    pub recording: Recording,
    /// Where the window was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowGeometry>,
    /// The hints that were followed or dismissed.
    pub hints: Vec<Hint>,
    /// The lessons that were finished, by their names for programs, the newest last.
    pub finished_lessons: Vec<String>,
    /// Whether the inspector is shown; until it is decided, where there is room beside the timeline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspector: Option<bool>,
    /// How the timeline's rows are shown.
    pub timeline: TimelineForm,
    /// Which parts of a connection the inspector shows unfolded.
    pub connection: ConnectionForm,
    /// The message being written, and those sent before.
    pub composer: ComposerForm,
}

impl Default for Preferences {
    fn default() -> Self {
        let draft = Draft {
            text: "Hello, server!".to_owned(),
            ..Draft::default()
        };
        Self {
            theme: ThemeChoice::System,
            language: LanguageChoice::System,
            zoom: 1.0,
            ask_before_quit: true,
            timeline_as: TimelineAs::default(),
            recording: Recording::default(),
            window: None,
            hints: Vec::new(),
            finished_lessons: Vec::new(),
            inspector: None,
            document: None,
            recent: Vec::new(),
            approved: Vec::new(),
            running: None,
            timeline: TimelineForm::default(),
            connection: ConnectionForm::default(),
            composer: ComposerForm {
                draft,
                ..ComposerForm::default()
            },
        }
    }
}

impl Preferences {
    /// Puts a document's file first among those opened before.
    ///
    /// One whose path is not Unicode is not remembered: it has no form in TOML.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
        if path.to_str().is_some() {
            self.recent.insert(0, path.to_owned());
            self.recent.truncate(RECENT_LEN);
        }
    }

    /// Notes that a lesson was finished; returns whether that is news.
    pub fn finish_lesson(&mut self, key: &str) -> bool {
        if key.len() > LESSON_BYTES || self.has_finished(key) {
            return false;
        }
        self.finished_lessons.push(key.to_owned());
        let over = self.finished_lessons.len().saturating_sub(FINISHED_LEN);
        self.finished_lessons.drain(..over);
        true
    }

    /// Returns whether a lesson was finished.
    pub fn has_finished(&self, key: &str) -> bool {
        self.finished_lessons.iter().any(|it| it == key)
    }

    /// Notes which document is open: the file of its own, if it has one.
    pub fn note_document(&mut self, path: Option<&Path>) {
        let path = path.filter(|path| path.to_str().is_some());
        self.document = path.map(Path::to_owned);
    }

    /// Returns them without what would leave a window that nobody can use, or take more room than is given.
    pub(super) fn sane(mut self) -> Self {
        self.zoom = if self.zoom.is_nan() {
            1.0
        } else {
            self.zoom.clamp(*ZOOM.start(), *ZOOM.end())
        };
        self.window = self.window.filter(WindowGeometry::is_finite);
        self.timeline = self.timeline.sane();
        let history = &mut self.composer.history;
        history.retain(|draft| draft.text.len() <= HISTORY_MESSAGE_BYTES);
        let over = history.len().saturating_sub(HISTORY_LEN);
        history.drain(..over);
        self.hints.sort_unstable();
        self.hints.dedup();
        self.recent.truncate(RECENT_LEN);
        for key in std::mem::take(&mut self.finished_lessons) {
            self.finish_lesson(&key);
        }
        self
    }
}

/// Which parts of a connection the inspector shows unfolded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectionForm {
    /// The state machine.
    pub states: bool,
    /// The kernel's numbers.
    pub numbers: bool,
}

impl Default for ConnectionForm {
    fn default() -> Self {
        Self {
            states: true,
            numbers: true,
        }
    }
}

/// The message being written and the ones sent before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ComposerForm {
    /// The name of the endpoint that the message goes to: a client, or all peers of a server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_to: Option<String>,
    /// The message being written.
    pub draft: Draft,
    /// The messages sent before, newest last, without repeats.
    pub history: Vec<Draft>,
}

impl ComposerForm {
    /// Puts a message that was sent at the end of the history; an equal one before it goes.
    ///
    /// A message longer than [`HISTORY_MESSAGE_BYTES`] is not kept.
    pub fn remember(&mut self, draft: Draft) {
        if draft.text.is_empty() || draft.text.len() > HISTORY_MESSAGE_BYTES {
            return;
        }
        self.history.retain(|earlier| *earlier != draft);
        self.history.push(draft);
        let over = self.history.len().saturating_sub(HISTORY_LEN);
        self.history.drain(..over);
    }
}

/// A hint for those who are new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// A row can be selected.
    SelectRow,
    /// There are lanes.
    Lanes,
    /// There is a list of all commands.
    Commands,
}

impl Hint {
    /// All of them, in the order in which they are given.
    pub const ALL: [Self; 3] = [Self::SelectRow, Self::Lanes, Self::Commands];
}

/// Dark, light, or following the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// Following the system; dark where it does not say.
    #[default]
    System,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}

/// What the timeline is shown as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineAs {
    /// A row for each entry.
    #[default]
    Rows,
    /// Arrows between the two ends of connections.
    Lanes,
    /// The lifecycle of one connection.
    Lifecycle,
}

/// Where a window was, in logical points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowGeometry {
    /// The left edge of its outside; not known under Wayland.
    pub x: Option<f32>,
    /// The upper edge of its outside; not known under Wayland.
    pub y: Option<f32>,
    /// The width of its inside.
    pub width: f32,
    /// The height of its inside.
    pub height: f32,
    /// Whether it was maximised.
    pub maximized: bool,
}

impl WindowGeometry {
    fn is_finite(&self) -> bool {
        let corner = [self.x.unwrap_or(0.0), self.y.unwrap_or(0.0)];
        let mut numbers = corner.into_iter().chain([self.width, self.height]);
        numbers.all(f32::is_finite)
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

    fn texts(composer: &ComposerForm) -> Vec<&str> {
        composer
            .history
            .iter()
            .map(|draft| draft.text.as_str())
            .collect()
    }

    #[test]
    fn history_is_newest_last_without_repeats() {
        let mut composer = ComposerForm::default();
        for text in ["a", "b", "a", "", "c"] {
            composer.remember(draft(text));
        }
        assert_eq!(texts(&composer), ["b", "a", "c"]);
    }

    #[test]
    fn recent_documents_are_newest_first_without_repeats_and_bounded() {
        let mut preferences = Preferences::default();
        for number in 0..=RECENT_LEN {
            preferences.remember(Path::new(&format!("/{number}")));
        }
        preferences.remember(Path::new("/5"));
        let recent: Vec<_> = preferences
            .recent
            .iter()
            .filter_map(|it| it.to_str())
            .collect();
        let expected = ["/5", "/10", "/9", "/8", "/7", "/6", "/4", "/3", "/2", "/1"];
        assert_eq!(recent, expected);
        #[cfg(unix)]
        {
            let odd: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"/\xff");
            preferences.remember(Path::new(odd));
            assert_eq!(preferences.recent[0], Path::new("/5"));
            preferences.note_document(Some(Path::new(odd)));
            assert_eq!(preferences.document, None);
        }
        assert!(toml::to_string_pretty(&preferences).is_ok());
    }

    #[test]
    fn finished_lessons_are_remembered_once_and_bounded() {
        let mut preferences = Preferences::default();
        assert!(preferences.finish_lesson("reset"));
        assert!(!preferences.finish_lesson("reset"));
        assert!(!preferences.finish_lesson(&"x".repeat(LESSON_BYTES + 1)));
        assert_eq!(preferences.finished_lessons, ["reset"]);
        // A file holds what anybody wrote into it.
        let numbers = (0..=FINISHED_LEN).map(|it| it.to_string());
        let long = "x".repeat(LESSON_BYTES + 1);
        preferences.finished_lessons.extend(numbers.chain([long]));
        preferences.finished_lessons.push("7".to_owned());
        let sane = preferences.sane();
        assert_eq!(sane.finished_lessons.len(), FINISHED_LEN);
        assert_eq!(sane.finished_lessons[0], "1");
        assert!(!sane.has_finished("reset"));
    }

    #[test]
    fn history_is_bounded() {
        let mut composer = ComposerForm::default();
        for number in 0..=HISTORY_LEN {
            composer.remember(draft(&number.to_string()));
        }
        composer.remember(draft(&"x".repeat(HISTORY_MESSAGE_BYTES + 1)));
        assert_eq!(composer.history.len(), HISTORY_LEN);
        assert_eq!(texts(&composer)[0], "1");
        assert_eq!(texts(&composer)[HISTORY_LEN - 1], "100");
    }
}
