//! Bytes ⇄ what people type and read: text, escapes, hex, line endings, dumps. Pure: no sockets, no clock, no files.

mod carry;
mod copy;
mod draft;
mod escape;
mod hex;
mod visible;

pub use carry::Carry;
pub use copy::CopyFormat;
pub use draft::{Draft, DraftError, Format, LineEnding};
pub use visible::{Mark, MarkKind, VisibleText};
