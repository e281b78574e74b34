//! The session's record: the recorder thread puts events on it, the reader thread reads from it.
//!
//! It knows no window: what changed goes out as [`Update`]s, and a wake closure is called after each one.

mod entry;
mod request;
mod row;
mod status;

pub use entry::{Entry, StreamPosition, StreamPositions};
pub use request::{
    Answer, CLOSED_KEPT, COPY_LIMIT_BYTES, Filter, MAX_ROWS, Request, Span, StatusUpdate, Update,
};
pub use row::{Detail, PREVIEW_BYTES, Row, RowKind};
pub use status::{ConnectionState, ConnectionStatus, EndpointState, EndpointStatus, RecordStatus};
