//! Bytes ⇄ what people type and read: text, escapes, encodings, hex, line endings, dumps,
//! framings, checksums, templates, PEM. Pure: no sockets, no clock, no files.

mod carry;
pub mod checksum;
pub mod compare;
pub mod copy;
mod decode;
mod draft;
pub mod dump;
mod encoding;
pub mod escape;
pub mod framing;
pub mod groups;
pub mod hex;
pub mod inspector;
mod integer;
mod matcher;
pub mod paste;
pub mod pattern;
mod pem;
mod piece;
mod position;
pub mod pretty;
pub mod shape;
pub mod template;
mod text_map;
mod visible;
mod wrap;

pub use carry::Carry;
pub use copy::CopyFormat;
pub use decode::{TextStart, TextState};
pub use draft::{Draft, DraftError, Format, LineEnding};
pub use dump::HexLine;
pub use encoding::{Encoding, UnknownEncoding};
pub use escape::{EscapeError, EscapeProblem};
pub use hex::{HexError, HexProblem};
pub use matcher::{MAX_MATCHES, Matcher, joined};
pub use pattern::{Case, Pattern, PatternError, SPAN_BYTES};
pub use pem::pem;
pub use position::{Position, WrongAt};
pub use text_map::TextMap;
pub(crate) use visible::is_hidden;
pub use visible::{StreamEnd, VisibleMark, VisibleMarkKind, VisibleText};
pub use wrap::RowRule;

/// The longest message that can be typed, in bytes. Longer ones must be sent as files.
pub const MESSAGE_LIMIT_BYTES: usize = 16 * 1024 * 1024;
