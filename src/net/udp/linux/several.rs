//! Several datagrams with one system call: `recvmmsg(2)` and `sendmmsg(2)`. All that the kernel writes to or reads from
//! is on the stack or is the caller's, so that a call allocates nothing.

use std::io;
use std::mem;
use std::os::fd::{AsRawFd as _, BorrowedFd};
use std::ptr;

use nix::errno::Errno;
use nix::libc;

use super::layout::{CONTROL_BYTES, Control, NAME_BYTES, NO_CONTROL, name_of, sent_from};
use crate::net::udp::batch::MOST;
use crate::net::udp::departing::Departing;

/// A datagram that was read.
pub(super) struct Read<'a> {
    /// How long it was, also if it did not fit.
    pub(super) size: usize,
    /// Whether it did not fit.
    pub(super) is_cut: bool,
    /// The address that it is from.
    pub(super) name: &'a [u8],
    /// What else the system says.
    pub(super) control: &'a [u8],
}

/// The room for an address, as the kernel counts it.
const MOST_NAME_BYTES: libc::socklen_t = 28;
const NO_SLICE: libc::iovec = libc::iovec {
    iov_base: ptr::null_mut(),
    iov_len: 0,
};

/// Reads what has arrived, one datagram into each piece. Does not wait.
pub(super) fn read<'a>(
    socket: BorrowedFd<'_>,
    pieces: impl Iterator<Item = &'a mut [u8]>,
    mut each: impl FnMut(Read<'_>),
) -> io::Result<()> {
    let mut names = [[0_u8; NAME_BYTES]; MOST];
    let mut controls = [[0_u8; CONTROL_BYTES]; MOST];
    let mut slices = [NO_SLICE; MOST];
    let mut headers = empty_headers();
    let mut count = 0;
    let rooms = names.iter_mut().zip(&mut controls).zip(&mut slices);
    for ((header, piece), ((name, control), slice)) in headers.iter_mut().zip(pieces).zip(rooms) {
        slice.iov_base = piece.as_mut_ptr().cast();
        slice.iov_len = piece.len();
        let header = &mut header.msg_hdr;
        header.msg_iov = slice;
        header.msg_iovlen = 1;
        header.msg_name = name.as_mut_ptr().cast();
        header.msg_namelen = MOST_NAME_BYTES;
        header.msg_control = control.as_mut_ptr().cast();
        header.msg_controllen = control.len();
        count += 1;
    }
    // With the one flag, the length is that of the datagram, also of one that does not fit.
    let flags = libc::MSG_TRUNC | libc::MSG_DONTWAIT;
    #[expect(
        unsafe_code,
        reason = "recvmmsg(2), for which no crate has a call that can be repeated without allocating"
    )]
    // SAFETY: each of the first `count` headers has pointers to arrays that live until the end of this function, or to a
    // piece, which is borrowed for as long, together with their lengths; nothing else refers to any of them during the call.
    let read = Errno::result(unsafe {
        libc::recvmmsg(
            socket.as_raw_fd(),
            headers.as_mut_ptr(),
            count,
            flags,
            ptr::null_mut(),
        )
    })?;
    let read = usize::try_from(read).unwrap_or_default();
    for ((header, name), control) in headers.iter().zip(&names).zip(&controls).take(read) {
        let (size, header) = (header.msg_len as usize, &header.msg_hdr);
        each(Read {
            size,
            is_cut: header.msg_flags & libc::MSG_TRUNC != 0,
            name: name.get(..header.msg_namelen as usize).unwrap_or(name),
            control: control.get(..header.msg_controllen).unwrap_or(control),
        });
    }
    Ok(())
}

/// Sends datagrams in their order, at most [`MOST`], and returns how many: at least one. Does not wait.
///
/// # Errors
/// That of the first. One of another is returned by the call that begins with it.
pub(super) fn send<'a>(
    socket: BorrowedFd<'_>,
    datagrams: impl Iterator<Item = Departing<'a>>,
) -> io::Result<usize> {
    let mut names = [[0_u8; NAME_BYTES]; MOST];
    let mut controls: [Control; MOST] = [NO_CONTROL; MOST];
    let mut slices = [NO_SLICE; MOST];
    let mut headers = empty_headers();
    let mut count = 0;
    let rooms = names.iter_mut().zip(&mut controls).zip(&mut slices);
    for ((header, datagram), ((name, control), slice)) in
        headers.iter_mut().zip(datagrams).zip(rooms)
    {
        let name_bytes;
        (*name, name_bytes) = name_of(datagram.to);
        // The kernel only reads what is to be sent.
        slice.iov_base = datagram.bytes.as_ptr().cast_mut().cast();
        slice.iov_len = datagram.bytes.len();
        let header = &mut header.msg_hdr;
        header.msg_iov = slice;
        header.msg_iovlen = 1;
        header.msg_name = name.as_mut_ptr().cast();
        header.msg_namelen = name_bytes;
        if let Some(from) = datagram.from {
            *control = sent_from(from, datagram.to);
            if control.1 > 0 {
                header.msg_control = control.0.as_mut_ptr().cast();
                header.msg_controllen = control.1;
            }
        }
        count += 1;
    }
    #[expect(
        unsafe_code,
        reason = "sendmmsg(2), for which no crate has a call with control messages that allocates nothing"
    )]
    // SAFETY: each of the first `count` headers has pointers to arrays that live until the end of this function, or to the
    // bytes of a datagram, which are borrowed for as long and only read, together with their lengths.
    let sent = Errno::result(unsafe {
        libc::sendmmsg(
            socket.as_raw_fd(),
            headers.as_mut_ptr(),
            count,
            libc::MSG_DONTWAIT,
        )
    })?;
    Ok(usize::try_from(sent).unwrap_or_default())
}

#[expect(unsafe_code, reason = "a structure of C, which may hold padding")]
fn empty_headers() -> [libc::mmsghdr; MOST] {
    // SAFETY: it consists of numbers and pointers, all of which may be zero.
    unsafe { mem::zeroed() }
}
