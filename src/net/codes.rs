//! Interprets OS error codes that `io::ErrorKind` does not distinguish.

use std::io;

/// Returns whether the system or this process has no descriptor or memory left for another socket.
///
/// `accept(2)`: EMFILE, ENFILE, ENOBUFS, ENOMEM; Windows Sockets: WSAEMFILE, WSAENOBUFS.
pub(crate) fn is_out_of_descriptors(error: &io::Error) -> bool {
    #[cfg(unix)]
    const CODES: [i32; 4] = [24, 23, if cfg!(target_os = "linux") { 105 } else { 55 }, 12];
    #[cfg(windows)]
    const CODES: [i32; 2] = [10024, 10055];
    error
        .raw_os_error()
        .is_some_and(|code| CODES.contains(&code))
}

/// Returns whether a call failed because the peer reset the connection.
///
/// EPIPE means this too, unless we have shut down the sending direction: the RST arrived earlier, and another call
/// reported and cleared it.
pub(super) fn is_reset(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
    )
}

/// Returns whether the machine lacks this address family (EAFNOSUPPORT).
pub(crate) fn is_family_missing(error: &io::Error) -> bool {
    const CODE: i32 = if cfg!(target_os = "linux") {
        97
    } else if cfg!(windows) {
        10047
    } else {
        47
    };
    error.raw_os_error() == Some(CODE)
}
