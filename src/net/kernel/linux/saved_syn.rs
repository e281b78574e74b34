//! `TCP_SAVE_SYN` and `TCP_SAVED_SYN` (`tcp(7)`, Linux 4.3 or later): a listener keeps the headers of the SYNs, and gives each
//! to whoever asks once.

use std::net::TcpStream;
use std::os::fd::{AsFd, AsRawFd as _};

use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::setsockopt;
use nix::{getsockopt_impl, setsockopt_impl, sockopt_impl};

use crate::net::kernel::syn::{MAX_BYTES, SavedSyn};

sockopt_impl!(Save, Both, libc::IPPROTO_TCP, libc::TCP_SAVE_SYN, u32);

/// Has a listener keep the SYNs of its peers, if the system can.
pub(in crate::net) fn keep_syns(listener: &impl AsFd) {
    // Without it, the SYNs of the peers are not known.
    setsockopt(listener, Save, &1).ok();
}

/// Returns the SYN of an accepted connection. It is given once; there is none of a connection that began with a SYN cookie.
pub(in crate::net) fn saved_syn(socket: &TcpStream) -> Option<SavedSyn> {
    let mut room = [0; MAX_BYTES];
    let len = get_saved_syn(socket, &mut room).ok()?;
    SavedSyn::new(room.get(..len).filter(|syn| !syn.is_empty())?)
}

/// Fills `room` with the SYN. Returns its length, which is 0 if there is none.
#[expect(
    unsafe_code,
    reason = "getsockopt(2) of an option whose length is not known before, which nix reads only if it is"
)]
fn get_saved_syn(socket: &TcpStream, room: &mut [u8; MAX_BYTES]) -> Result<usize, Errno> {
    let mut len = MOST;
    // SAFETY: the kernel writes at most `len` bytes to `room`, which has as many, and how many these were to `len`. Both
    // outlive the call.
    let result = unsafe {
        libc::getsockopt(
            socket.as_raw_fd(),
            libc::IPPROTO_TCP,
            libc::TCP_SAVED_SYN,
            room.as_mut_ptr().cast(),
            &raw mut len,
        )
    };
    Errno::result(result)?;
    Ok(len as usize)
}

/// The length of the room, as the kernel counts it.
const MOST: libc::socklen_t = 120;
const _: () = assert!(MOST as usize == MAX_BYTES);

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_syn_is_given_once_and_none_where_none_was_kept() {
        for ip in ["127.0.0.1", "::1"] {
            let listener = TcpListener::bind((ip, 0)).unwrap();
            let address = listener.local_addr().unwrap();
            let limit = Duration::from_secs(5);
            let accept = || {
                let _client = TcpStream::connect_timeout(&address, limit).unwrap();
                listener.accept().unwrap().0
            };
            assert_eq!(saved_syn(&accept()), None);
            keep_syns(&listener);
            let socket = accept();
            let syn = saved_syn(&socket).unwrap().parse().unwrap();
            assert!(syn.mss().is_some());
            assert_eq!(saved_syn(&socket), None);
        }
    }
}
