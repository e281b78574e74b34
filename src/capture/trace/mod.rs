//! The lifecycle of one TCP connection as segments: SYN, SYN-ACK, ACK, data, FIN or RST, with the states of both ends after
//! each, derived from what one end has on record.
//!
//! Every event says whether it was seen, and by which call, or inferred from what must have happened (RFC 9293). Pure.

mod derive;
mod event;
mod fact;
mod facts;
mod machine;
#[cfg(test)]
mod tests;

pub use derive::trace;
pub use event::{Bound, Call, EndState, Evidence, Trace, TraceEvent, TraceKind};
pub use fact::{Fact, FactKind, FailedBy, Observed};
pub use facts::Facts;
