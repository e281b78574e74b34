//! The parent's side of the lab: starts the helper, and asks it for sockets.

use std::fs;
use std::io::{self, IoSliceMut, Write};
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use socket2::{Domain, Socket};

use super::packet::PacketSink;
use super::packets::PacketReader;
use super::wire::{ANSWER_BYTES, LabRequest, read_answer};
use crate::net::lab_conditions::Conditions;
use crate::net::lab_error::{LabCause, LabError, LabRefusal, LabStep};
use crate::net::sockets::{Sockets, SystemSockets};
use crate::net::system_error::SystemError;

/// How long the helper may take to answer. It takes a few milliseconds to start, and then microseconds.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// A running lab. It lasts as long as this, and its network as long as any of its sockets.
#[derive(Debug)]
pub(super) struct RunningLab {
    /// The socket to the helper, until an answer failed: a late one would be taken for the next.
    helper: Mutex<Option<UnixStream>>,
    child: Mutex<Child>,
    packets: Option<PacketReader>,
}

impl RunningLab {
    /// Starts a helper and waits until its network is there. `sink` is handed the packets.
    pub(super) fn start(
        program: &Path,
        sink: Option<Arc<dyn PacketSink>>,
    ) -> Result<Self, LabRefusal> {
        let start = |error: io::Error| refusal(LabStep::Start, &error);
        let (ours, theirs) = UnixStream::pair().map_err(start)?;
        ours.set_read_timeout(Some(ANSWER_LIMIT)).map_err(start)?;
        ours.set_write_timeout(Some(ANSWER_LIMIT)).map_err(start)?;
        let child = Command::new(program)
            .arg0("bothends")
            .arg(super::ARGUMENT)
            .env_clear()
            .current_dir("/")
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl+C in a terminal is for the parent, which ends the helper when it has closed its sockets.
            .process_group(0)
            .spawn()
            .map_err(start)?;
        let mut lab = Self {
            helper: Mutex::new(Some(ours)),
            child: Mutex::new(child),
            packets: None,
        };
        lab.with_helper(|helper| read(helper).map(drop))?;
        if let Some(sink) = sink {
            let socket = lab.ask(LabRequest::Packets)?.ok_or_else(no_descriptor)?;
            let reader = PacketReader::start(socket, sink);
            lab.packets = Some(reader.map_err(|error| refusal(LabStep::Packets, &error))?);
        }
        Ok(lab)
    }

    /// Returns whether the helper still answers, as far as is known.
    pub(super) fn is_running(&self) -> bool {
        let has_ended = |child: &mut Child| !matches!(child.try_wait(), Ok(None));
        self.helper().is_some() && !has_ended(&mut lock(&self.child))
    }

    /// Changes how packets travel.
    pub(super) fn set_conditions(&self, conditions: Conditions) -> Result<(), LabRefusal> {
        self.ask(LabRequest::Conditions(conditions)).map(drop)
    }

    fn ask(&self, request: LabRequest) -> Result<Option<OwnedFd>, LabRefusal> {
        self.with_helper(|helper| {
            let sent = (&mut &*helper).write_all(&request.to_bytes());
            sent.map_err(|error| refusal(LabStep::Answer, &error))?;
            read(helper)
        })
    }

    fn with_helper<T>(
        &self,
        act: impl FnOnce(&UnixStream) -> Result<T, LabRefusal>,
    ) -> Result<T, LabRefusal> {
        let mut helper = self.helper();
        let stream = helper.as_ref().ok_or_else(gone)?;
        let done = act(stream);
        if done.as_ref().is_err_and(|it| it.step == LabStep::Answer) {
            *helper = None;
        }
        done
    }

    fn socket(&self, request: LabRequest) -> io::Result<Socket> {
        let socket = self.ask(request).map_err(io_error)?;
        Ok(socket.ok_or_else(no_descriptor)?.into())
    }

    fn helper(&self) -> MutexGuard<'_, Option<UnixStream>> {
        lock(&self.helper)
    }
}

impl Sockets for RunningLab {
    fn stream(&self, domain: Domain) -> io::Result<Socket> {
        if domain == Domain::UNIX {
            return SystemSockets.stream(domain);
        }
        self.socket(LabRequest::Stream(domain))
    }

    fn datagram(&self, domain: Domain) -> io::Result<Socket> {
        self.socket(LabRequest::Datagram(domain))
    }

    fn diag(&self) -> io::Result<OwnedFd> {
        let socket = self.ask(LabRequest::Diag).map_err(io_error)?;
        Ok(socket.ok_or_else(no_descriptor)?)
    }
}

impl Drop for RunningLab {
    fn drop(&mut self) {
        // It holds nothing that would have to be put in order; its end closes nothing that others use.
        let mut child = lock(&self.child);
        child.kill().ok();
        // SIGKILL cannot be put off, so this is short.
        child.wait().ok();
        drop(self.packets.take());
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked while it held the lock left complete values behind.
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads an answer, and the descriptor that came with it.
fn read(helper: &UnixStream) -> Result<Option<OwnedFd>, LabRefusal> {
    let failed = |error: io::Error| refusal(LabStep::Answer, &error);
    let mut bytes = [0; ANSWER_BYTES];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let received = recvmsg(
        helper,
        &mut [IoSliceMut::new(&mut bytes)],
        &mut control,
        RecvFlags::CMSG_CLOEXEC,
    );
    let received = received.map_err(|error| failed(error.into()))?;
    // Answers are shorter than what a Unix socket would ever cut.
    if received.bytes != ANSWER_BYTES {
        return Err(failed(io::ErrorKind::UnexpectedEof.into()));
    }
    let mut sockets = control.drain().filter_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut sockets) => sockets.next(),
        _ => None,
    });
    let socket = sockets.next();
    match read_answer(bytes) {
        Some(Ok(())) => Ok(socket),
        Some(Err((step, code))) => Err(refusal(step, &io::Error::from_raw_os_error(code))),
        None => Err(failed(io::ErrorKind::InvalidData.into())),
    }
}

fn io_error(refusal: LabRefusal) -> io::Error {
    match (refusal.step, refusal.source.code) {
        // As if the socket had been refused here: no descriptors, no such family.
        (LabStep::Socket, Some(code)) => io::Error::from_raw_os_error(code),
        _ => LabError::Refused(refusal).into(),
    }
}

fn gone() -> LabRefusal {
    refusal(LabStep::Answer, &io::ErrorKind::BrokenPipe.into())
}

/// The helper answered without the descriptor: this process had none left for it (`unix(7)`).
fn no_descriptor() -> LabRefusal {
    const EMFILE: i32 = 24;
    refusal(LabStep::Socket, &io::Error::from_raw_os_error(EMFILE))
}

fn refusal(step: LabStep, error: &io::Error) -> LabRefusal {
    LabRefusal {
        step,
        cause: cause(step, error),
        source: SystemError::of(error),
    }
}

/// Returns what the refusal comes from. The switches are looked at only after something was refused: a system that has
/// them may permit it to this program.
fn cause(step: LabStep, error: &io::Error) -> LabCause {
    const ENOENT: i32 = 2;
    const EINVAL: i32 = 22;
    const ENOSPC: i32 = 28;
    const EUSERS: i32 = 87;
    const EOPNOTSUPP: i32 = 95;
    let switch = |name: &str, value: &str| {
        let text = fs::read_to_string(Path::new("/proc/sys/kernel").join(name));
        text.is_ok_and(|text| text.trim() == value)
    };
    let code = error.raw_os_error().unwrap_or(0);
    let is_forbidden = error.kind() == io::ErrorKind::PermissionDenied;
    match step {
        LabStep::Namespace | LabStep::Identity | LabStep::Packets | LabStep::Loopback
            if is_forbidden =>
        {
            if switch("unprivileged_userns_clone", "0") {
                LabCause::SwitchedOff
            } else if switch("apparmor_restrict_unprivileged_userns", "1") {
                LabCause::AppArmor
            } else {
                LabCause::Sandbox
            }
        }
        LabStep::Namespace if matches!(code, ENOSPC | EUSERS) => LabCause::Limit,
        LabStep::Namespace if code == EINVAL => LabCause::NotInKernel,
        LabStep::Conditions if matches!(code, ENOENT | EOPNOTSUPP) => LabCause::NotInKernel,
        LabStep::Conditions if is_forbidden => LabCause::Sandbox,
        _ => LabCause::Unknown,
    }
}
