//! The lab on systems that have no such networks: every attempt says so.

use std::convert::Infallible;
use std::io;
use std::path::Path;
use std::sync::Arc;

use socket2::{Domain, Socket};

use super::packet::PacketSink;
use crate::net::lab_conditions::Conditions;
use crate::net::lab_error::{LabCause, LabRefusal, LabStep};
use crate::net::sockets::Sockets;
use crate::net::system_error::SystemError;

/// A lab that never runs.
#[derive(Debug)]
pub(super) struct RunningLab(Infallible);

impl RunningLab {
    pub(super) fn start(_: &Path, _: Option<Arc<dyn PacketSink>>) -> Result<Self, LabRefusal> {
        let source: SystemError = io::ErrorKind::Unsupported.into();
        Err(LabRefusal {
            step: LabStep::Namespace,
            cause: LabCause::NotLinux,
            source,
        })
    }

    pub(super) fn is_running(&self) -> bool {
        match self.0 {}
    }

    pub(super) fn set_conditions(&self, _: Conditions) -> Result<(), LabRefusal> {
        match self.0 {}
    }
}

impl Sockets for RunningLab {
    fn stream(&self, _: Domain) -> io::Result<Socket> {
        match self.0 {}
    }

    fn datagram(&self, _: Domain) -> io::Result<Socket> {
        match self.0 {}
    }
}
