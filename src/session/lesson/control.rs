//! The controls of the window that a learner presses, in the words of lesson files.

/// A control of the window: of the lesson's endpoints, or of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonControl {
    /// What starts the server.
    Start,
    /// What stops the server.
    Stop,
    /// What connects a client.
    Connect,
    /// What disconnects a client.
    Disconnect,
    /// What sends the message.
    Send,
}

impl LessonControl {
    /// Reads one.
    pub(super) fn read(text: &str) -> Option<Self> {
        Some(match text {
            "start" => Self::Start,
            "stop" => Self::Stop,
            "connect" => Self::Connect,
            "disconnect" => Self::Disconnect,
            "send" => Self::Send,
            _ => return None,
        })
    }
}
