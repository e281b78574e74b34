//! Notes about a message: kinds with arguments, which `words` turns into text.

/// Why nothing of a message could be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum PrettyError {
    /// It does not begin with a JSON value.
    Json(JsonError),
    /// It contains no tag, comment or declaration.
    NoTag,
    /// The line at this byte is neither a request nor a response of HTTP/1.
    NoStartLine(usize),
    /// It has only this many bytes, fewer than a Modbus TCP header.
    NoHeader(usize),
    /// The Modbus TCP header names this other protocol.
    OtherProtocol(u16),
}

/// A note about a part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// This many bytes at the end are not shown.
    More(u64),
    /// A UTF-8 byte order mark.
    ByteOrderMark,
    /// From here on the message is not JSON.
    Json(JsonError),
    /// From here on, tags are nested too deep to be shown.
    TooDeep {
        /// The nesting limit.
        limit: usize,
        /// Where the first tag beyond the limit is.
        at: usize,
    },
    /// The `<` at this byte does not begin a tag.
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
    /// Lines of a head with a fault, read all the same.
    OddLines {
        /// What is wrong with them.
        fault: HeadFault,
        /// How many such lines there are.
        count: u64,
        /// Where the first one begins.
        first: usize,
    },
    /// The length of the body, and why.
    Body {
        /// What determines the length.
        length: BodyLength,
        /// How many bytes follow the head.
        rest: u64,
        /// Whether there is a Content-Length that is ignored.
        ignores_length: bool,
        /// Whether the content is encoded, and therefore not shown.
        is_encoded: bool,
    },
    /// The body does not match its Content-Type.
    OtherBody(PrettyError),
    /// This many bytes follow the last chunk.
    BehindBody(u64),
    /// One of several Modbus messages begins.
    Message {
        /// Its number, from 1.
        number: u64,
        /// Where it begins.
        at: usize,
    },
    /// The bytes from this one on are not a Modbus message.
    NoMessage(usize),
    /// The length in a header is outside the valid range.
    WrongLength {
        /// The least valid length.
        least: usize,
        /// The greatest valid length.
        most: usize,
    },
    /// The message lacks this many bytes.
    Missing(u64),
    /// The message ends before its function code.
    NoFunction,
    /// The function code reports that the request failed.
    Exception,
    /// How the data of a function was read.
    Pdu {
        /// As a request or a response.
        role: PduRole,
        /// Whether it contains a value that is not allowed.
        is_odd: bool,
    },
    /// A value that means "on".
    On,
    /// A value that means "off".
    Off,
    /// A value that should mean "on" or "off" but is neither.
    NeitherOnNorOff,
    /// Which bits are set: their addresses (`19 21`), or `+2 +3` if those are not known.
    BitsOn(String),
}

/// A tag that a note refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, truncated to 64 bytes; hidden characters are escaped.
    pub name: String,
    /// Where it begins.
    pub at: usize,
}

/// What can be wrong with a line of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadFault {
    /// It ends with LF alone (RFC 9112, 2.2).
    BareLf,
    /// It continues the previous line (RFC 9112, 5.2).
    Folded,
    /// It has no name and colon (RFC 9112, 5).
    Unnamed,
}

/// What determines the end of a body (RFC 9112, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyLength {
    /// The status code, which implies no body.
    NoBody(u16),
    /// The last chunk of `Transfer-Encoding: chunked`.
    Chunked {
        /// Whether there is another coding within the chunks.
        is_coded: bool,
        /// How many chunks there are.
        chunks: u64,
        /// How many bytes they hold.
        bytes: u64,
        /// What follows the chunks.
        end: ChunksEnd,
    },
    /// A `Transfer-Encoding` without chunks: the end of the connection.
    Coded,
    /// `Content-Length`.
    Length(u64),
    /// `Content-Length`, but not a single number.
    BadLength,
    /// The end of the connection: a response without length information.
    Close,
    /// Nothing: a request without length information has no body.
    Unsaid,
}

/// What follows the chunks of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunksEnd {
    /// Nothing: the last chunk is missing.
    Cut,
    /// The last chunk; what follows it begins at this byte.
    Last(usize),
    /// Something other than a chunk, at this byte.
    Wrong(usize),
}

/// What the data of a Modbus function was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PduRole {
    /// A request.
    Request,
    /// A response.
    Response,
    /// Either: the response repeats the request.
    Either,
    /// A request, though it could also be a response.
    RequestOfBoth,
    /// Neither: it fits none of the layouts.
    Neither,
}

/// What is wrong with JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// The offset of the byte.
    pub at: usize,
    /// What is wrong there.
    pub problem: JsonProblem,
}

/// What can be wrong with JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonProblem {
    /// Something else was expected there.
    Expected(ExpectedJson),
    /// The bytes end within a document.
    Unfinished,
    /// An unescaped control character in a string.
    Control,
    /// An invalid escape.
    Escape,
    /// An invalid number.
    Number,
    /// A word other than `true`, `false` and `null`.
    Word,
    /// Arrays and objects nested deeper than this limit.
    Depth(usize),
}

/// What JSON allows at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedJson {
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
    /// A comma or the end after a member of an object.
    CommaOrBrace,
    /// A comma or the end after a value of an array.
    CommaOrBracket,
}
