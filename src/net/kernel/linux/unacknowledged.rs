//! `SIOCOUTQ` (`tcp(7)`): how much of what was written the peer's system has not acknowledged.

use std::net::TcpStream;
use std::os::fd::AsRawFd as _;

use nix::errno::Errno;
use nix::libc;

/// Returns how many bytes the peer's system has not acknowledged. A FIN counts as one.
#[expect(
    unsafe_code,
    reason = "ioctl(2) of SIOCOUTQ, tcp(7), which no crate here wraps"
)]
pub(in crate::net) fn unacknowledged(socket: &TcpStream) -> Option<usize> {
    let mut bytes: libc::c_int = 0;
    // SAFETY: the kernel writes one `int`, to `bytes`, which outlives the call.
    let result = unsafe { libc::ioctl(socket.as_raw_fd(), libc::TIOCOUTQ, &raw mut bytes) };
    Errno::result(result).ok()?;
    usize::try_from(bytes).ok()
}
