//! What a view says about a message: kinds with arguments, which `words` turns into text.

/// Why nothing of a message could be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum PrettyError {
    /// It does not begin with a JSON value.
    Json(JsonError),
    /// It holds no tag, comment or declaration anywhere.
    NoTag,
    /// The line at this byte is neither a request nor a response of HTTP/1.
    NoStartLine(usize),
    /// It has so many bytes, fewer than a Modbus TCP header.
    NoHeader(usize),
    /// The Modbus TCP header names this other protocol.
    OtherProtocol(u16),
}

/// What a view says about a part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// So many bytes at the end are not shown.
    More(u64),
    /// A UTF-8 byte order mark.
    ByteOrderMark,
    /// From here on the message is not JSON.
    Json(JsonError),
    /// From here on tags are nested too deep to be shown.
    TooDeep {
        /// How deep they may be.
        limit: usize,
        /// Where the tag is that is too deep.
        at: usize,
    },
    /// The `<` at this byte begins no tag.
    StrayAngle(usize),
    /// The tag, comment or declaration at this byte does not end.
    UnendedTag(usize),
    /// The message ends within an element.
    NotClosed(Tag),
    /// An element has no end tag.
    NotClosedBefore {
        /// Its start tag.
        start: Tag,
        /// The end tag of an element around it.
        end: Tag,
    },
    /// An end tag without its start tag.
    ClosesNothing(Tag),
    /// Empty lines before the start line.
    BlankLines,
    /// No empty line ends the head.
    UnfinishedHead,
    /// Lines of a head that are read in spite of a fault.
    OddLines {
        /// What is wrong with them.
        fault: HeadFault,
        /// How many there are.
        count: u64,
        /// Where the first one begins.
        first: usize,
    },
    /// How long the body is, and why.
    Body {
        /// What says how long it is.
        length: BodyLength,
        /// How many bytes stand behind the head.
        rest: u64,
        /// Whether there is a Content-Length that does not count.
        ignores_length: bool,
        /// Whether the content is encoded, and not shown for that reason.
        is_encoded: bool,
    },
    /// The body is not what its Content-Type says.
    OtherBody(PrettyError),
    /// So many bytes stand behind the last chunk.
    BehindBody(u64),
    /// One of several Modbus messages begins.
    Message {
        /// Its number, from 1.
        number: u64,
        /// Where it begins.
        at: usize,
    },
    /// What begins at this byte is no Modbus message.
    NoMessage(usize),
    /// The length in a header is one that no message has.
    WrongLength {
        /// The least that it can be.
        least: usize,
        /// The most that it can be.
        most: usize,
    },
    /// The message should be longer by so many bytes.
    Missing(u64),
    /// The message ends before its function code.
    NoFunction,
    /// The function code says that the request failed.
    Exception,
    /// How the data of a function was read.
    Pdu {
        /// As which of the two.
        role: PduRole,
        /// Whether a value in it is not allowed.
        is_odd: bool,
    },
    /// A value that switches on.
    On,
    /// A value that switches off.
    Off,
    /// A value that should switch on or off, and does neither.
    NeitherOnNorOff,
    /// Which bits are set: their addresses (`19 21`), or `+2 +3` where those are not known.
    BitsOn(String),
}

/// A tag to speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, cut to 64 bytes; hidden characters are escaped.
    pub name: String,
    /// Where it begins.
    pub at: usize,
}

/// What can be wrong with a line of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadFault {
    /// It ends with LF alone (RFC 9112, 2.2).
    BareLf,
    /// It continues the line before (RFC 9112, 5.2).
    Folded,
    /// It has no name and colon (RFC 9112, 5).
    Unnamed,
}

/// What says where a body ends (RFC 9112, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyLength {
    /// The status code, which goes without a body.
    NoBody(u16),
    /// The last chunk of `Transfer-Encoding: chunked`.
    Chunked {
        /// Whether there is another coding within the chunks.
        is_coded: bool,
        /// How many chunks there are.
        chunks: u64,
        /// How many bytes they hold.
        bytes: u64,
        /// What follows them.
        end: ChunksEnd,
    },
    /// A `Transfer-Encoding` without chunks: the end of the connection.
    Coded,
    /// `Content-Length`.
    Length(u64),
    /// `Content-Length`, which is not one number.
    BadLength,
    /// The end of the connection: a response that says nothing.
    Close,
    /// Nothing: a request that says nothing has no body.
    Unsaid,
}

/// What follows the chunks of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunksEnd {
    /// Nothing: the last chunk is missing.
    Cut,
    /// The last chunk; what follows it begins at this byte.
    Last(usize),
    /// Something at this byte that is no chunk.
    Wrong(usize),
}

/// As what the data of a Modbus function was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PduRole {
    /// As a request.
    Request,
    /// As a response.
    Response,
    /// As either: the response repeats the request.
    Either,
    /// As a request, though it could be a response too.
    RequestOfBoth,
    /// As neither: it fits none of them.
    Neither,
}

/// What is wrong with JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// The byte, counted from 0.
    pub at: usize,
    /// What is wrong there.
    pub problem: JsonProblem,
}

/// What can be wrong with JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonProblem {
    /// Something else should stand there.
    Expected(Expected),
    /// The bytes end within a document.
    Unfinished,
    /// A control character in a string, which only an escape may stand for.
    Control,
    /// No escape is written so.
    Escape,
    /// No number is written so.
    Number,
    /// A word that is none of the three.
    Word,
    /// More than so many arrays and objects within each other.
    Depth(usize),
}

/// What may stand in JSON at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A value.
    Value,
    /// The first value of an array, or its end.
    ValueOrEnd,
    /// The first key of an object, or its end.
    KeyOrEnd,
    /// A key.
    Key,
    /// A colon.
    Colon,
    /// The comma or the end behind a member of an object.
    CommaOrBrace,
    /// The comma or the end behind a value of an array.
    CommaOrBracket,
}
