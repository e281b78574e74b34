//! Frames: cut from the recorded streams after the fact, across chunks, by the endpoints' framings.
//!
//! ```text
//! entries ──▶ Framer (payload::framing::Cutter for each stream) ──▶ CutFrame ──▶ Table ──▶ rows
//!                                        OpenBytes ──▶ Check ──▶ good or bad ──┘
//! ```

mod blocks;
mod collector;
mod framer;
mod mark;
mod open_bytes;
mod read;
mod recut;
mod table;
mod view;

pub use super::frame_rules::{FrameRule, FrameRules};
pub use super::row::FramePiece;
pub use collector::FrameCounts;
pub use framer::{ChunkPlace, CutFrame, Framer};
pub(super) use mark::{StoredFrame, TableRow};
pub use open_bytes::OpenBytes;
pub(super) use read::{PREVIEW_ENTRIES, WHOLE_ENTRIES, read_frame};
pub(super) use view::Frames;
