//! How Linux is asked. No `unsafe` of ours: by `rustix` and the macros of `nix`.

mod diag;
mod saved_syn;
mod stamps;
mod unacknowledged;

pub(in crate::net) use diag::{Diag, diag_socket};
pub(in crate::net) use saved_syn::{keep_syns, saved_syn};
pub(in crate::net) use stamps::{read_stamped, set_stamps, take_message};
pub(in crate::net) use unacknowledged::unacknowledged;
