//! `TCP_SAVE_SYN` and `TCP_SAVED_SYN` (`tcp(7)`, Linux 4.3 or later): a listener keeps the headers of the SYNs, and gives each
//! to whoever asks once.

use std::net::{IpAddr, SocketAddr, TcpStream};
use std::os::fd::AsFd;

use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::sockopt::GetOsString;
use nix::sys::socket::{GetSockOpt, getsockopt, setsockopt};
use nix::{getsockopt_impl, setsockopt_impl, sockopt_impl};

use crate::net::kernel::syn::SavedSyn;

sockopt_impl!(Save, Both, libc::IPPROTO_TCP, libc::TCP_SAVE_SYN, u32);

/// Asks for a SYN with a buffer that is too small for any. The kernel keeps the SYN then, and says `EINVAL`; it says that
/// there are no bytes if there is none, as for a connection that began with a SYN cookie.
#[derive(Clone, Copy, Debug)]
struct Probe;
getsockopt_impl!(
    Probe,
    libc::IPPROTO_TCP,
    libc::TCP_SAVED_SYN,
    std::ffi::OsString,
    GetOsString<[u8; 39]>
);

/// Makes an option for each size of a SYN, which is a multiple of four bytes. Here, a size that is too small is refused, and
/// the right one is met before a larger one: for that, `nix` would panic.
macro_rules! ladder {
    ($($size:literal $name:ident,)*) => {
        $(sockopt_impl!($name, GetOnly, libc::IPPROTO_TCP, libc::TCP_SAVED_SYN, [u8; $size]);)*

        fn climb(socket: &impl AsFd, from: usize) -> Option<SavedSyn> {
            $(if $size >= from {
                match getsockopt(socket, $name) {
                    Ok(bytes) => return SavedSyn::new(&bytes),
                    Err(Errno::EINVAL) => {}
                    Err(_) => return None,
                }
            })*
            None
        }
    };
}
ladder! {
    40 Syn40, 44 Syn44, 48 Syn48, 52 Syn52, 56 Syn56, 60 Syn60, 64 Syn64, 68 Syn68, 72 Syn72, 76 Syn76, 80 Syn80,
    84 Syn84, 88 Syn88, 92 Syn92, 96 Syn96, 100 Syn100, 104 Syn104, 108 Syn108, 112 Syn112, 116 Syn116, 120 Syn120,
}

/// Has a listener keep the SYNs of its peers, if the system can.
pub(in crate::net) fn keep_syns(listener: &impl AsFd) {
    // Without it, the SYNs of the peers are not known.
    setsockopt(listener, Save, &1).ok();
}

/// Returns the SYN of a connection that was accepted from `peer`. It is given once.
pub(in crate::net) fn saved_syn(socket: &TcpStream, peer: SocketAddr) -> Option<SavedSyn> {
    // The smallest headers of IP and TCP.
    let from = match peer.ip().to_canonical() {
        IpAddr::V4(_) => 20 + 20,
        IpAddr::V6(_) => 40 + 20,
    };
    match Probe.get(socket) {
        Err(Errno::EINVAL) => climb(socket, from),
        Ok(_) | Err(_) => None,
    }
}

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
                listener.accept().unwrap()
            };
            let (socket, peer) = accept();
            assert_eq!(saved_syn(&socket, peer), None);
            keep_syns(&listener);
            let (socket, peer) = accept();
            let syn = saved_syn(&socket, peer).unwrap().parse().unwrap();
            assert!(syn.mss().is_some());
            assert_eq!(saved_syn(&socket, peer), None);
        }
    }
}
