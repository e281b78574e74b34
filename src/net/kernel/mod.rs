//! What the kernel says of TCP connections to whoever asks, without privileges: the SYN of each peer, states, queues and
//! numbers, when bytes left and were acknowledged, and which process a local peer is.
//!
//! Plain data, and the calls that fetch it. Knows no connection and no thread.
//!
//! # Platform-specific behavior
//!
//! Only Linux answers all of it. Windows says the state and the process of both ends, macOS the state of ours. What a system
//! does not say is `None` or [`Lack::System`], never a guess.

mod bytes;
mod field;
mod mark;
mod numbers;
mod process;
mod state;
mod syn;
mod watch;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod mac;
#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
mod nobody;
#[cfg(not(target_os = "linux"))]
mod other_systems;
#[cfg(any(windows, test))]
mod tcp_table;
#[cfg(windows)]
mod windows;

pub use field::{TcpInfo, TcpInfoField, Unit};
pub use mark::{Mark, MarkKind, Marks};
pub use numbers::{
    AcceptQueue, Inquiry, KernelNumbers, Sampled, SocketNumbers, SocketTimer, TimerKind,
};
pub use process::{LocalProcess, NoProcess, own_process, process_at};
pub use state::TcpState;
pub use syn::{SavedSyn, Syn, SynOption};
pub use watch::{KernelWatch, Lack, Watched};

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
pub(super) use mac::Diag;
pub(super) use mark::{CountsFrom, Queued, Stamped};
#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
pub(super) use nobody::Diag;
pub(super) use numbers::KernelEnds;
#[cfg(not(target_os = "linux"))]
use other_systems as system;
#[cfg(target_os = "linux")]
pub(super) use system::{Diag, diag_socket};
pub(super) use system::{
    keep_syns, read_stamped, saved_syn, set_stamps, take_message, unacknowledged,
};
#[cfg(windows)]
pub(super) use windows::Diag;
