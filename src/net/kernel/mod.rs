//! What the kernel says of TCP connections to whoever asks, without privileges: the SYN of each peer, states, queues and
//! numbers, when bytes left and were acknowledged, and which process a local peer is.
//!
//! Plain data, and the calls that fetch it. Knows no connection and no thread.
//!
//! # Platform-specific behavior
//!
//! Only Linux answers all of it. What another system does not say is [`Lack::System`], never a guess.

mod bytes;
mod field;
mod mark;
mod numbers;
mod process;
mod state;
mod syn;
mod watch;

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

pub use field::{Field, TcpInfo, Unit};
pub use mark::{Mark, MarkKind, Marks};
pub use numbers::{AcceptQueue, KernelNumbers, Sampled, SocketNumbers, SocketTimer, TimerKind};
pub use process::{NoProcess, own_process, process_at};
pub use state::TcpState;
pub use syn::{SavedSyn, Syn, SynOption};
pub use watch::{KernelWatch, Lack, Watched};

#[cfg(not(target_os = "linux"))]
use elsewhere as system;
#[cfg(target_os = "linux")]
use linux as system;
pub(super) use mark::{CountsFrom, Queued, Stamped};
#[cfg(target_os = "linux")]
pub(super) use system::diag_socket;
pub(super) use system::{Diag, keep_syns, read_stamped, saved_syn, set_stamps, take_message};
