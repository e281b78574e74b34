//! Looking for a pattern in streams of bytes. Pure: bytes come in, the pieces that are touched go out.

mod run;
mod stream;

pub(super) use run::{Piece, Run};
pub(super) use stream::StreamSearch;
