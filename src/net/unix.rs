//! Unix stream sockets: names, files, and who is at the other end (`unix(7)`).

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use socket2::{Domain, SockAddr, SockRef, Socket};

use super::address::{Process, UnixName};
use super::sockets::Sockets;

/// A listening Unix socket, whose file is removed with it.
#[derive(Debug)]
pub(super) struct BoundUnix {
    pub(super) socket: UnixListener,
    /// Held for its drop.
    _file: Option<SocketFile>,
}

/// The file of a listening socket. Dropping it removes the file, unless it has become another one.
#[derive(Debug)]
pub(super) struct SocketFile {
    path: PathBuf,
    /// Device and inode.
    identity: (u64, u64),
}

impl SocketFile {
    fn new(path: PathBuf) -> io::Result<Self> {
        let identity = identity(&path)?;
        Ok(Self { path, identity })
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|it| it == self.identity) {
            // If it cannot be removed, the next listener finds a stale file and removes it.
            fs::remove_file(&self.path).ok();
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = fs::symlink_metadata(path)?;
    Ok((metadata.dev(), metadata.ino()))
}

/// Binds and listens. A socket file that nobody listens on any more is replaced; `mode` is what the file gets, before
/// anybody can connect.
pub(super) fn listen(
    sockets: &dyn Sockets,
    name: &UnixName,
    backlog: u32,
    mode: Option<u32>,
) -> io::Result<BoundUnix> {
    let address = address_of(name)?;
    let socket = sockets.stream(Domain::UNIX)?;
    let path = path_of(name);
    match (socket.bind(&address), &path) {
        (Err(error), Some(path)) if is_stale(&error, &address, path, sockets) => {
            fs::remove_file(path)?;
            socket.bind(&address)?;
        }
        (bound, _) => bound?,
    }
    let file = path.map(SocketFile::new).transpose()?;
    if let (Some(file), Some(mode)) = (&file, mode) {
        fs::set_permissions(&file.path, Permissions::from_mode(mode))?;
    }
    socket.listen(i32::try_from(backlog).unwrap_or(i32::MAX))?;
    socket.set_nonblocking(true)?;
    Ok(BoundUnix {
        socket: socket.into(),
        _file: file,
    })
}

/// Returns whether a bind failed because of a socket file that nobody listens on: a connect to it is refused.
fn is_stale(error: &io::Error, address: &SockAddr, path: &Path, sockets: &dyn Sockets) -> bool {
    if error.kind() != io::ErrorKind::AddrInUse {
        return false;
    }
    let is_socket = fs::symlink_metadata(path).is_ok_and(|it| it.file_type().is_socket());
    let refused = || {
        let socket = sockets.stream(Domain::UNIX)?;
        socket.set_nonblocking(true)?;
        socket.connect(address)
    };
    is_socket && refused().is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
}

/// Makes a socket for a connect. If `is_ours`, it gets a name by which the listener recognises it (Linux only).
pub(super) fn for_connect(sockets: &dyn Sockets, is_ours: bool) -> io::Result<Socket> {
    let socket = sockets.stream(Domain::UNIX)?;
    socket.set_nonblocking(true)?;
    keep_urgent_in_stream(&socket);
    #[cfg(target_os = "linux")]
    if is_ours {
        // An address of the family alone takes a free abstract name ("autobind").
        let any = rustix::net::SocketAddrUnix::new_unnamed();
        rustix::net::bind(&socket, &any)?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = is_ours;
    Ok(socket)
}

/// Keeps bytes that were sent out of band (`MSG_OOB`) in the stream, as with TCP; otherwise they would be missing from the
/// record.
pub(super) fn keep_urgent_in_stream<'a>(socket: impl Into<SockRef<'a>>) {
    // Where it fails, the system knows no such bytes on Unix sockets.
    socket.into().set_out_of_band_inline(true).ok();
}

/// Returns the name in the system's form.
///
/// # Errors
/// It is too long, has a NUL, or there are no abstract names on this system.
pub(super) fn address_of(name: &UnixName) -> io::Result<SockAddr> {
    match name {
        UnixName::Path(bytes) => SockAddr::unix(OsStr::from_bytes(bytes)),
        UnixName::Abstract(bytes) if cfg!(target_os = "linux") => {
            let name: Vec<u8> = [&[0][..], bytes].concat();
            SockAddr::unix(OsStr::from_bytes(&name))
        }
        UnixName::Abstract(_) => Err(io::ErrorKind::Unsupported.into()),
        UnixName::Unnamed | UnixName::Process(_) => Err(io::ErrorKind::InvalidInput.into()),
    }
}

fn path_of(name: &UnixName) -> Option<PathBuf> {
    match name {
        UnixName::Path(bytes) => Some(PathBuf::from(OsStr::from_bytes(bytes))),
        UnixName::Unnamed | UnixName::Abstract(_) | UnixName::Process(_) => None,
    }
}

/// Returns the name in an address of the system.
pub(super) fn name_of(address: &SocketAddr) -> UnixName {
    if let Some(path) = address.as_pathname() {
        return UnixName::Path(path.as_os_str().as_bytes().into());
    }
    #[cfg(target_os = "linux")]
    {
        use std::os::linux::net::SocketAddrExt;
        if let Some(name) = address.as_abstract_name() {
            return UnixName::Abstract(name.into());
        }
    }
    UnixName::Unnamed
}

/// Returns the process at the other end, as it was when it connected or listened.
///
/// # Platform-specific behavior
///
/// Only Linux reports it.
pub(super) fn process_of(socket: &UnixStream) -> Option<Process> {
    #[cfg(target_os = "linux")]
    {
        let credentials = rustix::net::sockopt::socket_peercred(socket).ok()?;
        let pid = credentials.pid.as_raw_pid();
        let command = fs::read(format!("/proc/{pid}/comm")).unwrap_or_default();
        Some(Process {
            pid: pid.unsigned_abs(),
            uid: credentials.uid.as_raw(),
            command: String::from_utf8_lossy(command.trim_ascii_end()).into(),
        })
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = socket;
        None
    }
}
