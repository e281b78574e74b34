//! The two ends that a lesson is about.

/// One end of a lesson's connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonEnd {
    /// The server.
    Server,
    /// The client, or all clients.
    Client,
}

impl LessonEnd {
    /// Reads the word that stands for an end.
    pub(super) fn read(word: &str) -> Option<Self> {
        match word {
            "server" => Some(Self::Server),
            "client" => Some(Self::Client),
            _ => None,
        }
    }
}
