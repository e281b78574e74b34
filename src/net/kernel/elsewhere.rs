//! Systems other than Linux: they are asked nothing, and what they do not say is said to be missing.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::time::SystemTime;

use super::mark::{CountsFrom, Marks, Queued};
use super::numbers::{AcceptQueue, Found};
use super::syn::SavedSyn;

/// There is nobody to ask.
#[derive(Debug)]
pub(in crate::net) enum Diag {}

impl Diag {
    pub(in crate::net) fn open() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(in crate::net) fn connection(
        &mut self,
        _local: SocketAddr,
        _peer: SocketAddr,
    ) -> io::Result<Option<Found>> {
        match *self {}
    }

    pub(in crate::net) fn listener(
        &mut self,
        _local: SocketAddr,
    ) -> io::Result<Option<AcceptQueue>> {
        match *self {}
    }
}

pub(in crate::net) fn keep_syns<T>(_listener: &T) {}

pub(in crate::net) fn saved_syn(_socket: &TcpStream) -> Option<SavedSyn> {
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
