//! What of an endpoint does not stand in its code.

/// Something that code does not carry over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeLack {
    /// The lab: the code uses the system's network.
    Lab,
    /// A framing, as it is written: each read is answered instead.
    Framing(String),
    /// A field of a template, which stands for no bytes instead.
    Field {
        /// Where it stands.
        place: CodePlace,
        /// Its name.
        field: &'static str,
    },
    /// That a rule does, or the whole rule.
    Rule {
        /// Its name.
        name: String,
        /// What of it.
        what: RuleLack,
    },
    /// The reply: nothing is replied.
    Reply,
    /// That the client connects again.
    Reconnect,
    /// That the reply answers each read: it answers each line instead.
    ReplyToReads,
    /// That the connection is closed after the reply.
    CloseAfterReply,
    /// That a peer is answered after it has finished sending.
    AnswerAfterFinish,
    /// That the connection stays half-open.
    HalfOpen,
    /// The size of the buffer for each read.
    ReadBuffer,
    /// All peers but the first one.
    OtherPeers,
    /// The length of the accept queue.
    Backlog,
    /// The permissions of a socket's file.
    Mode,
    /// Options of the sockets.
    SocketOptions,
    /// That both families are listened on, but not at this address only.
    DualStack,
}

/// Where a message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodePlace {
    /// In the greeting.
    Greeting,
    /// In the reply.
    Reply,
    /// In the message that a client sends.
    Message,
    /// In what a rule sends.
    Rule(String),
}

/// What of a rule is not carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleLack {
    /// All of it: it waits for silence, or for a time.
    Time,
    /// All of it: it is for some peers only.
    From,
    /// All of it: it has a condition on a check.
    Check,
    /// All of it: it has a condition on what is remembered.
    Within,
    /// All of it: its regular expression has no form in Python.
    Regex,
    /// What is remembered or forgotten.
    Memory,
    /// What is done to other connections.
    Others,
    /// That messages are dropped or corrupted.
    Luck,
    /// That TLS begins.
    Tls,
    /// That reading stops and goes on.
    Reading,
    /// The pace of sending.
    Pace,
}
