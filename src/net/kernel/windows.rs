//! How Windows is asked: for a table of all connections, with their states and processes.

use std::io;
use std::net::SocketAddr;
use std::os::windows::io::{AsRawHandle as _, FromRawHandle as _, OwnedHandle};
use std::path::Path;

use windows_sys::Win32::Foundation::{ERROR_INSUFFICIENT_BUFFER, NO_ERROR};
use windows_sys::Win32::NetworkManagement::IpHelper::{
    GetExtendedTcpTable, TCP_TABLE_OWNER_PID_ALL,
};
use windows_sys::Win32::Networking::WinSock::{AF_INET, AF_INET6};
use windows_sys::Win32::System::Threading::{
    OpenProcess, PROCESS_QUERY_LIMITED_INFORMATION, QueryFullProcessImageNameW,
};

use super::numbers::{AcceptQueue, Inquiry, KernelEnds, SocketNumbers};
use super::tcp_table::{TcpTableRow, find};

/// How large a table may be: 1.2 million connections.
const MOST_BYTES: u32 = 64 * 1024 * 1024;
/// How often a table is fetched again that has grown meanwhile.
const MOST_ATTEMPTS: usize = 8;
/// The longest path of a program.
const MOST_PATH: usize = 32_768;

/// Asks for the states of connections.
#[derive(Debug, Default)]
pub(in crate::net) struct Diag {
    /// The table, of one family; kept for its allocation.
    table: Vec<u32>,
}

impl Diag {
    #[expect(clippy::unnecessary_wraps, reason = "other systems may refuse")]
    pub(in crate::net) fn open() -> io::Result<Self> {
        Ok(Self::default())
    }

    /// Asks for both ends of a connection. Our socket is not needed.
    pub(in crate::net) fn ends<T>(
        &mut self,
        local: SocketAddr,
        peer: SocketAddr,
        _own: Option<&T>,
    ) -> io::Result<KernelEnds> {
        self.fetch(local.is_ipv4())?;
        let end = |local, peer| {
            let TcpTableRow { state, .. } = find(&self.table, local, peer)?;
            Some(SocketNumbers::of_state(Inquiry::TcpTable, state))
        };
        Ok(KernelEnds {
            ours: end(local, peer),
            peer: end(peer, local),
        })
    }

    /// Returns the process that has one end of a connection; 0 if none has it any more. `None` if there is no such socket.
    pub(super) fn process(
        &mut self,
        local: SocketAddr,
        peer: SocketAddr,
    ) -> io::Result<Option<u32>> {
        self.fetch(local.is_ipv4())?;
        Ok(find(&self.table, local, peer).map(|row| row.pid))
    }

    /// Windows does not say how many wait.
    #[expect(clippy::unused_self, reason = "other systems keep a buffer")]
    pub(in crate::net) fn listener(
        &mut self,
        _local: SocketAddr,
    ) -> io::Result<Option<AcceptQueue>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn fetch(&mut self, is_ipv4: bool) -> io::Result<()> {
        let family = if is_ipv4 { AF_INET } else { AF_INET6 };
        for _ in 0..MOST_ATTEMPTS {
            let mut bytes =
                u32::try_from(self.table.len() * size_of::<u32>()).unwrap_or(MOST_BYTES);
            #[expect(
                unsafe_code,
                reason = "GetExtendedTcpTable, for which no kept crate has a call"
            )]
            // SAFETY: the system writes at most `bytes` bytes to the table, which has as many, and how many it needs to
            // `bytes`. Both outlive the call, and any words are valid.
            let result = unsafe {
                GetExtendedTcpTable(
                    self.table.as_mut_ptr().cast(),
                    &raw mut bytes,
                    0,
                    family.into(),
                    TCP_TABLE_OWNER_PID_ALL,
                    0,
                )
            };
            match result {
                NO_ERROR => return Ok(()),
                ERROR_INSUFFICIENT_BUFFER if bytes <= MOST_BYTES => {
                    // Some more may begin meanwhile.
                    let words = bytes.div_ceil(4) as usize + 256;
                    self.table.resize(words, 0);
                }
                ERROR_INSUFFICIENT_BUFFER => return Err(io::ErrorKind::OutOfMemory.into()),
                code => return Err(io::Error::from_raw_os_error(code.cast_signed())),
            }
        }
        Err(io::ErrorKind::InvalidData.into())
    }
}

/// Returns the name of a process's program; empty if it may not be known.
pub(super) fn command(pid: u32) -> String {
    path(pid).map_or_else(String::new, |path| {
        let name = Path::new(&path).file_name();
        name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    })
}

/// Returns the path of a process's program.
fn path(pid: u32) -> Option<String> {
    #[expect(
        unsafe_code,
        reason = "OpenProcess, which the standard library does not have"
    )]
    // SAFETY: it takes numbers only. What it returns is ours to close, unless it is null.
    let process = unsafe {
        let process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid);
        (!process.is_null()).then(|| OwnedHandle::from_raw_handle(process))
    }?;
    let mut path = vec![0_u16; MOST_PATH];
    let mut length = MOST_PATH as u32;
    #[expect(
        unsafe_code,
        reason = "QueryFullProcessImageNameW, which the standard library does not have"
    )]
    // SAFETY: the system writes at most `length` characters to `path`, which has as many, and how many these were to
    // `length`. The handle is open, and all outlive the call.
    let is_known = unsafe {
        QueryFullProcessImageNameW(
            process.as_raw_handle(),
            0,
            path.as_mut_ptr(),
            &raw mut length,
        )
    };
    let path = path.get(..length as usize)?;
    (is_known != 0).then(|| String::from_utf16_lossy(path))
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
    use std::time::Duration;

    use super::*;
    use crate::net::kernel::TcpState;

    #[test]
    fn both_ends_are_seen_with_their_states_and_processes() {
        let families = [
            IpAddr::from(Ipv4Addr::LOCALHOST),
            Ipv6Addr::LOCALHOST.into(),
        ];
        for ip in families {
            let listener = TcpListener::bind((ip, 0)).unwrap();
            let address = listener.local_addr().unwrap();
            let limit = Duration::from_secs(5);
            let client = TcpStream::connect_timeout(&address, limit).unwrap();
            let (server, from) = listener.accept().unwrap();
            let mut diag = Diag::open().unwrap();
            let state = |end: Option<SocketNumbers>| end.map(|it| it.state);
            let ends = diag.ends(address, from, Some(&server)).unwrap();
            assert_eq!(state(ends.ours), Some(TcpState::Established), "{ip}");
            assert_eq!(state(ends.peer), Some(TcpState::Established), "{ip}");
            let pid = diag.process(from, address).unwrap().unwrap();
            // Wine does not know whose sockets they are.
            assert!([std::process::id(), 0].contains(&pid), "{ip}: {pid}");
            client.shutdown(std::net::Shutdown::Write).unwrap();
            let until = std::time::Instant::now() + limit;
            loop {
                let ends = diag.ends(address, from, Some(&server)).unwrap();
                if state(ends.ours) == Some(TcpState::CloseWait) {
                    break;
                }
                assert!(std::time::Instant::now() < until, "no FIN seen on {ip}");
            }
        }
    }

    #[test]
    fn our_own_process_has_the_name_of_its_program() {
        let program = std::env::current_exe().unwrap();
        let name = program.file_name().unwrap().to_string_lossy();
        assert_eq!(command(std::process::id()), name);
        assert_eq!(command(u32::MAX), "");
    }
}
