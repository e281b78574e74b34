//! The process at one end of a TCP connection on this machine. Linux is asked by reading `/proc`, which takes milliseconds:
//! never ask on a thread that others wait for.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::net::system_error::SystemError;

/// Why the process of a peer is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoProcess {
    /// The peer is on another machine, or has ended.
    NotHere,
    /// It is on this machine, but belongs to another user, whose number is known.
    NotVisible {
        /// The number of the user.
        uid: u32,
    },
    /// This system does not say it.
    System,
    /// The system refuses the question.
    Refused(SystemError),
}

/// A process on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalProcess {
    /// Its number.
    pub pid: u32,
    /// Its name: of the process on Linux, at most 15 bytes; of its program on Windows. Empty if it may not be known.
    pub command: Arc<str>,
}

/// Returns the process that has the socket with this address at the end that faces `peer`.
///
/// # Platform-specific behavior
///
/// Linux and Windows say it.
///
/// # Errors
/// Why it is not known.
pub fn process_at(local: SocketAddr, peer: SocketAddr) -> Result<LocalProcess, NoProcess> {
    system::process_at(local, peer)
}

/// Returns this process.
///
/// # Platform-specific behavior
///
/// As [`process_at`].
///
/// # Errors
/// Why it is not known.
pub fn own_process() -> Result<LocalProcess, NoProcess> {
    system::own_process()
}

#[cfg(windows)]
mod system {
    use std::net::SocketAddr;

    use super::{LocalProcess, NoProcess};
    use crate::net::kernel::Diag;
    use crate::net::kernel::windows::command;

    pub(super) fn process_at(
        local: SocketAddr,
        peer: SocketAddr,
    ) -> Result<LocalProcess, NoProcess> {
        let found = Diag::open().and_then(|mut diag| diag.process(local, peer));
        let found = found.map_err(|error| NoProcess::Refused(error.into()))?;
        let pid = found.filter(|pid| *pid > 0).ok_or(NoProcess::NotHere)?;
        Ok(named(pid))
    }

    #[expect(clippy::unnecessary_wraps, reason = "other systems do not say it")]
    pub(super) fn own_process() -> Result<LocalProcess, NoProcess> {
        Ok(named(std::process::id()))
    }

    fn named(pid: u32) -> LocalProcess {
        LocalProcess {
            pid,
            command: command(pid).into(),
        }
    }
}

#[cfg(not(any(target_os = "linux", windows)))]
mod system {
    use std::net::SocketAddr;

    use super::{LocalProcess, NoProcess};

    pub(super) fn process_at(
        _local: SocketAddr,
        _peer: SocketAddr,
    ) -> Result<LocalProcess, NoProcess> {
        Err(NoProcess::System)
    }

    pub(super) fn own_process() -> Result<LocalProcess, NoProcess> {
        Err(NoProcess::System)
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::ffi::OsStr;
    use std::fs;
    use std::net::SocketAddr;
    use std::path::{Path, PathBuf};

    use super::{LocalProcess, NoProcess};
    use crate::net::kernel::Diag;

    pub(super) fn process_at(
        local: SocketAddr,
        peer: SocketAddr,
    ) -> Result<LocalProcess, NoProcess> {
        let refused = |error: std::io::Error| NoProcess::Refused(error.into());
        let found = Diag::open().and_then(|mut diag| diag.connection(local, peer));
        let found = found.map_err(refused)?;
        let found = found.filter(|it| it.inode > 0).ok_or(NoProcess::NotHere)?;
        let name = format!("socket:[{}]", found.inode);
        let processes = fs::read_dir("/proc").map_err(refused)?;
        let holder = processes.flatten().find_map(|process| {
            let pid = process.file_name().to_str()?.parse().ok()?;
            holds(&process.path(), OsStr::new(&name)).then(|| (pid, process.path()))
        });
        match holder {
            Some((pid, path)) => Ok(LocalProcess {
                pid,
                command: command(&path).into(),
            }),
            None => Err(NoProcess::NotVisible { uid: found.uid }),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "other systems do not say it")]
    pub(super) fn own_process() -> Result<LocalProcess, NoProcess> {
        Ok(LocalProcess {
            pid: std::process::id(),
            command: command(Path::new("/proc/self")).into(),
        })
    }

    /// Returns whether a process has a descriptor for this, as far as it lets us see.
    fn holds(process: &Path, name: &OsStr) -> bool {
        let Ok(descriptors) = fs::read_dir(process.join("fd")) else {
            return false;
        };
        let is_it = |path: PathBuf| fs::read_link(path).is_ok_and(|link| link.as_os_str() == name);
        descriptors.flatten().any(|it| is_it(it.path()))
    }

    fn command(process: &Path) -> String {
        let command = fs::read(process.join("comm")).unwrap_or_default();
        String::from_utf8_lossy(command.trim_ascii_end()).into_owned()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn our_own_end_is_our_own_process() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let limit = std::time::Duration::from_secs(5);
        let client = TcpStream::connect_timeout(&address, limit).unwrap();
        let process = process_at(client.local_addr().unwrap(), address).unwrap();
        assert_eq!(process.pid, std::process::id());
        let comm = std::fs::read_to_string("/proc/self/comm").unwrap();
        assert_eq!(&*process.command, comm.trim_end());
        assert_eq!(own_process(), Ok(process));
        let nobody = SocketAddr::from(([127, 0, 0, 1], 1));
        assert_eq!(process_at(nobody, address), Err(NoProcess::NotHere));
    }
}
