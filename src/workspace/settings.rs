//! The workspace as a whole, and what the window remembers.

use serde::{Deserialize, Serialize};

use super::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use super::recording::Recording;
use crate::net::EndpointId;
use crate::payload::Draft;

/// How many messages the history keeps; the oldest one goes when one more comes.
pub const HISTORY_LEN: usize = 100;
/// The longest message that the history keeps, in bytes of its text.
pub const HISTORY_MESSAGE_BYTES: usize = 64 * 1024;

/// What a user saved. Begin with [`Workspace::default`] or [`Workspace::empty`].
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace {
    /// The endpoints, in the order of the sidebar.
    pub endpoints: Vec<EndpointForm>,
    /// The message being written.
    pub composer: ComposerForm,
    /// What the window remembers.
    pub settings: Settings,
    /// The id of the next endpoint: none is ever used twice in a session.
    pub(super) next_id: u32,
}

impl Workspace {
    /// Returns a workspace without endpoints.
    pub fn empty() -> Self {
        Self {
            endpoints: Vec::new(),
            composer: ComposerForm::default(),
            settings: Settings::default(),
            next_id: 1,
        }
    }
}

impl Default for Workspace {
    /// Returns the workspace of the first start: an echo server, a client that follows it, and a message.
    fn default() -> Self {
        let (server, client) = (EndpointId(1), EndpointId(2));
        let endpoints = vec![
            EndpointForm {
                id: server,
                name: "Server 1".to_owned(),
                kind: EndpointKind::Server(ServerForm::default()),
            },
            EndpointForm {
                id: client,
                name: "Client 1".to_owned(),
                kind: EndpointKind::Client(ClientForm {
                    target: TargetForm::Server(server),
                    ..ClientForm::default()
                }),
            },
        ];
        let mut workspace = Self {
            endpoints,
            next_id: 3,
            ..Self::empty()
        };
        workspace.composer.send_to = Some(client);
        "Hello, server!".clone_into(&mut workspace.composer.draft.text);
        workspace
    }
}

/// The message being written and the ones sent before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComposerForm {
    /// The message being written.
    pub draft: Draft,
    /// The endpoint that it goes to: a client, or all peers of a server.
    pub send_to: Option<EndpointId>,
    /// The messages sent before, newest last, without repeats.
    pub history: Vec<Draft>,
    /// The messages that were saved under a name, by name.
    pub payloads: Vec<SavedPayload>,
}

/// A message that was saved under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedPayload {
    /// Its name, unique in the workspace.
    pub name: String,
    /// The message.
    #[serde(flatten)]
    pub draft: Draft,
}

/// The most payloads that a workspace keeps.
const MAX_PAYLOADS: usize = 500;
/// The most characters of a payload's name.
const MAX_PAYLOAD_NAME_CHARS: usize = 60;

/// Why a payload was not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveProblem {
    /// It is too long.
    #[error("a message of more than 64 KiB is not saved: keep it in a file")]
    TooLong,
    /// There are too many.
    #[error("{MAX_PAYLOADS} payloads are saved already: delete one first")]
    TooMany,
    /// It has no name.
    #[error("type a name for it")]
    NoName,
}

impl ComposerForm {
    /// Saves a message under a name, in place of one that has it.
    pub fn save(&mut self, name: &str, draft: Draft) -> Result<(), SaveProblem> {
        let name: String = name.trim().chars().take(MAX_PAYLOAD_NAME_CHARS).collect();
        if name.is_empty() {
            return Err(SaveProblem::NoName);
        }
        if draft.text.len() > HISTORY_MESSAGE_BYTES {
            return Err(SaveProblem::TooLong);
        }
        self.payloads.retain(|saved| saved.name != name);
        if self.payloads.len() >= MAX_PAYLOADS {
            return Err(SaveProblem::TooMany);
        }
        let place = self.payloads.partition_point(|saved| saved.name < name);
        self.payloads.insert(place, SavedPayload { name, draft });
        Ok(())
    }

    /// Deletes a saved message.
    pub fn delete_payload(&mut self, name: &str) {
        self.payloads.retain(|saved| saved.name != name);
    }

    /// Returns a name that no saved message has, made of `words`.
    pub fn unused_payload_name(&self, words: &str) -> String {
        let words: String = words
            .trim()
            .chars()
            .take(MAX_PAYLOAD_NAME_CHARS - 4)
            .collect();
        let is_free = |name: &str| self.payloads.iter().all(|saved| saved.name != name);
        let numbered = (2..).map(|number| format!("{words} {number}"));
        let mut names = std::iter::once(words.clone()).chain(numbered);
        names.find(|name| is_free(name)).unwrap_or(words)
    }

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

/// What the window remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Dark, light, or as the system says.
    pub theme: ThemeChoice,
    /// The zoom factor; 1 is the natural size.
    pub zoom: f32,
    /// Whether closing the window with live connections asks first.
    pub ask_before_quit: bool,
    /// How much of a session is kept.
    pub recording: Recording,
    /// Where the window was.
    pub window: Option<WindowGeometry>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            zoom: 1.0,
            ask_before_quit: true,
            recording: Recording::default(),
            window: None,
        }
    }
}

/// Dark, light, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system says, dark where it does not tell.
    #[default]
    System,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
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
