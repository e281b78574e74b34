//! Systems other than Linux: nobody keeps SYNs there, or says when bytes left.

use std::io;
use std::net::TcpStream;
use std::time::SystemTime;

use super::mark::{CountsFrom, Marks, Queued};
use super::syn::SavedSyn;

pub(in crate::net) fn keep_syns<T>(_listener: &T) {}

pub(in crate::net) fn saved_syn(_socket: &TcpStream) -> Option<SavedSyn> {
    None
}

pub(in crate::net) fn unacknowledged(_socket: &TcpStream) -> Option<usize> {
    None
}

pub(in crate::net) fn set_stamps<T>(
    _socket: &T,
    _marks: Marks,
    _from: CountsFrom,
) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(in crate::net) fn take_message<T>(_socket: &T) -> Queued {
    Queued::Nothing
}

pub(in crate::net) fn read_stamped<T>(
    _socket: &T,
    _buffer: &mut [u8],
) -> io::Result<(usize, Option<SystemTime>)> {
    Err(io::ErrorKind::Unsupported.into())
}
