//! An endpoint's card in the sidebar: its settings, its state, its peers.

mod bind;
mod client;
mod frame;
mod peers;
mod protocol;
mod server;

pub(super) use client::ClientCard;
pub(super) use frame::Card;
pub(super) use peers::sign;
pub(super) use protocol::{PROTOCOL_LINE_WIDTH, protocol_line_ui};
pub(super) use server::ServerCard;
