//! How macOS is asked: each socket of ours for its state. The peer's end is not to be had without privileges.

use std::io;
use std::mem;
use std::net::SocketAddr;
use std::os::fd::{AsFd, AsRawFd as _};

use super::numbers::{AcceptQueue, Inquiry, KernelEnds, SocketNumbers};
use super::state::TcpState;

/// Asks for the states of connections.
#[derive(Debug)]
pub(in crate::net) struct Diag;

impl Diag {
    #[expect(clippy::unnecessary_wraps, reason = "other systems may refuse")]
    pub(in crate::net) fn open() -> io::Result<Self> {
        Ok(Self)
    }

    /// Asks for our end of a connection, as long as there is a socket of it.
    #[expect(clippy::unused_self, reason = "other systems keep a buffer")]
    pub(in crate::net) fn ends(
        &mut self,
        _local: SocketAddr,
        _peer: SocketAddr,
        own: Option<&impl AsFd>,
    ) -> io::Result<KernelEnds> {
        let own = own.ok_or(io::ErrorKind::Unsupported)?;
        let info = info(own)?;
        let ours = state_of(info.tcpi_state).map(|state| SocketNumbers {
            send_queue_bytes: Some(info.tcpi_snd_sbbytes),
            ..SocketNumbers::of_state(Inquiry::ConnectionInfo, state)
        });
        Ok(KernelEnds { ours, peer: None })
    }

    /// macOS does not say how many wait.
    #[expect(clippy::unused_self, reason = "other systems keep a buffer")]
    pub(in crate::net) fn listener(
        &mut self,
        _local: SocketAddr,
    ) -> io::Result<Option<AcceptQueue>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Fetches `TCP_CONNECTION_INFO` (`netinet/tcp.h`).
#[expect(
    unsafe_code,
    reason = "getsockopt(2) of an option that no kept crate knows, into a structure of C"
)]
fn info(socket: &impl AsFd) -> io::Result<libc::tcp_connection_info> {
    // SAFETY: it has numbers only, for which zeros are valid.
    let mut info: libc::tcp_connection_info = unsafe { mem::zeroed() };
    let mut length = size_of_val(&info) as libc::socklen_t;
    // SAFETY: the kernel writes at most `length` bytes to `info`, which has as many, and how many these were to `length`.
    // Both outlive the call.
    let result = unsafe {
        libc::getsockopt(
            socket.as_fd().as_raw_fd(),
            libc::IPPROTO_TCP,
            libc::TCP_CONNECTION_INFO,
            (&raw mut info).cast(),
            &raw mut length,
        )
    };
    if result == 0 {
        Ok(info)
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Returns a state of `netinet/tcp_fsm.h`.
fn state_of(number: u8) -> Option<TcpState> {
    Some(match number {
        0 => TcpState::Closed,
        1 => TcpState::Listen,
        2 => TcpState::SynSent,
        3 => TcpState::SynReceived,
        4 => TcpState::Established,
        5 => TcpState::CloseWait,
        6 => TcpState::FinWait1,
        7 => TcpState::Closing,
        8 => TcpState::LastAck,
        9 => TcpState::FinWait2,
        10 => TcpState::TimeWait,
        _ => return None,
    })
}
