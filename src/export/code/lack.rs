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
    /// TLS that begins only when it is requested: the connection stays plain.
    StartTls,
    /// A certificate that the own authority makes: one is read from a file, with its key.
    TlsIdentity {
        /// The file.
        file: &'static str,
    },
    /// A certificate that the own authority makes: ncat makes one of its own, signed by itself.
    TlsIdentityOfNcat,
    /// The certificate of the own authority, which has to be put into a file.
    AuthorityFile {
        /// The file.
        file: &'static str,
    },
    /// That servers of the own authority are trusted.
    OwnAuthority,
    /// What is wrong with the certificate on purpose.
    TlsFlaw,
    /// What TLS does wrong on purpose.
    TlsFault,
    /// That no name is sent: it is.
    TlsNoName,
    /// The versions of TLS.
    TlsVersions,
    /// That clients are asked for certificates.
    TlsClients,
    /// The own certificate of a client.
    TlsClientIdentity,
    /// That receiving goes on after the end of sending: with TLS, it ends the connection.
    TlsHalfClose,
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
