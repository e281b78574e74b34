//! The lab: a private network of the session, in which both ends of a connection can live, and all of its packets be
//! seen. No privileges are needed.
//!
//! ```text
//! worker ── sockets ──▶ Lab ── started when first needed ──▶ RunningLab ◀══ requests, descriptors ══▶ helper, a process
//!                                                            └─ `lab-packets` ──▶ PacketSink          in the network
//! ```
//!
//! The engine owns it, and all of its endpoints in the lab share it. A socket that the helper opened is used like any
//! other. The network has one interface, loopback, with 127.0.0.0/8, `::1` and the MTU of Ethernet.
//!
//! # Platform-specific behavior
//!
//! Only Linux has such networks (`network_namespaces(7)`), and some Linux systems forbid them: that is found out by
//! trying, and [`LabRefusal`] says at which step, and why.

#[cfg(target_os = "linux")]
mod helper;
#[cfg(target_os = "linux")]
mod netlink;
#[cfg(not(target_os = "linux"))]
mod other_systems;
mod packet;
#[cfg(target_os = "linux")]
mod packets;
#[cfg(target_os = "linux")]
mod running_lab;
#[cfg(target_os = "linux")]
mod wire;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[cfg(not(target_os = "linux"))]
use other_systems::RunningLab;
pub use packet::{LabPacket, PacketSink};
#[cfg(target_os = "linux")]
use running_lab::RunningLab;

use super::lab_conditions::Conditions;
use super::lab_error::LabRefusal;
use super::sockets::Sockets;

/// The argument that makes this program the helper.
#[cfg(target_os = "linux")]
const ARGUMENT: &str = "--lab-helper";

/// Runs the lab's helper if the program was started as one, and returns how it ended. To be called at the very
/// beginning: the helper must not have a second thread.
///
/// # Platform-specific behavior
///
/// Only Linux has a lab.
pub fn run_lab_helper(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    #[cfg(target_os = "linux")]
    {
        let is_helper = arguments.nth(1).is_some_and(|it| it == ARGUMENT);
        is_helper.then(helper::run)
    }
    #[cfg(not(target_os = "linux"))]
    {
        arguments.by_ref().for_each(drop);
        None
    }
}

/// The session's lab, which is started when it is first needed. Clones share it.
#[derive(Clone, Debug)]
pub struct Lab(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// What is started as the helper.
    program: PathBuf,
    sink: Option<Arc<dyn PacketSink>>,
    conditions: Conditions,
    running: Option<Arc<RunningLab>>,
}

impl Default for Lab {
    /// A lab whose helper is this program.
    fn default() -> Self {
        // Unlike its path, this is still this program if an update has replaced it (`proc(5)`).
        Self::with_helper(Path::new("/proc/self/exe"))
    }
}

impl Lab {
    /// Makes a lab whose helper is another program: in a test, whose own has no helper.
    pub fn with_helper(program: &Path) -> Self {
        Self(Arc::new(Mutex::new(State {
            program: program.to_owned(),
            sink: None,
            conditions: Conditions::default(),
            running: None,
        })))
    }

    /// Hands all packets to `sink`, from when the lab is started next.
    pub fn set_sink(&self, sink: Arc<dyn PacketSink>) {
        self.state().sink = Some(sink);
    }

    /// Starts the lab if it does not run, and returns what makes sockets in it.
    ///
    /// Waits for the helper, at most some seconds. If it is gone, another one is started: what lives in the network of
    /// the one before cannot be reached from the new one.
    ///
    /// # Errors
    /// Which step was refused, and why.
    pub fn sockets(&self) -> Result<Arc<dyn Sockets>, LabRefusal> {
        Ok(self.state().running()?)
    }

    /// Changes how packets travel. Starts the lab if it does not run, and waits as
    /// [`sockets`](Self::sockets) does.
    ///
    /// # Errors
    /// The kernel cannot do that, or which other step was refused; then nothing has changed.
    pub fn set_conditions(&self, conditions: Conditions) -> Result<(), LabRefusal> {
        let mut state = self.state();
        let running = state.running()?;
        if state.conditions == conditions {
            return Ok(());
        }
        running.set_conditions(conditions)?;
        state.conditions = conditions;
        Ok(())
    }

    /// Returns how packets travel.
    pub fn conditions(&self) -> Conditions {
        self.state().conditions
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked while it held the lock left complete values behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn running(&mut self) -> Result<Arc<RunningLab>, LabRefusal> {
        if let Some(running) = self.running.as_ref().filter(|it| it.is_running()) {
            return Ok(Arc::clone(running));
        }
        let running = RunningLab::start(&self.program, self.sink.clone())?;
        if !self.conditions.is_plain() {
            running.set_conditions(self.conditions)?;
        }
        let running = Arc::new(running);
        self.running = Some(Arc::clone(&running));
        Ok(running)
    }
}
