//! Bytes ⇄ what people type and read: text, escapes, hex, line endings, dumps. Pure: no sockets, no clock, no files.

mod carry;
pub mod copy;
mod draft;
pub mod dump;
pub mod escape;
pub mod hex;
pub mod pattern;
mod position;
mod visible;
mod wrap;

pub use carry::Carry;
pub use copy::CopyFormat;
pub use draft::{Draft, DraftError, Format, LineEnding, MESSAGE_LIMIT_BYTES};
pub use dump::HexLine;
pub use escape::{EscapeError, EscapeProblem};
pub use hex::{HexError, HexProblem};
pub use pattern::{Case, Pattern, PatternError, SPAN_BYTES};
pub use position::Position;
pub use visible::{Mark, MarkKind, StreamEnd, VisibleText};
pub use wrap::RowRule;
