//! Frames: what the endpoints' framings make of the streams, afterwards, over the chunks.

mod framer;

pub use framer::{ChunkPlace, CutFrame, Framer};
