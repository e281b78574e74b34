//! Why something failed: what is found on this machine, as it is now, that explains it, and what would remedy it.
//!
//! [`diagnose`] takes a snapshot of the machine and looks for causes in it. It takes milliseconds, and asks nobody on the
//! network. Findings are kinds with arguments; what they mean is said elsewhere.

mod connect;
mod finding;
mod listen;
mod machine;
mod names;
#[cfg(target_os = "linux")]
mod proc;
mod remedy;
mod sockets;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use finding::{Cause, Finding, Owner};
pub use remedy::Remedy;

use super::{Session, SessionError, Update};
use crate::capture::EventKind;
use crate::net::{Address, ClosedBy, EndpointId, Link, NetError};
use crate::workspace::{EndpointKind, TargetForm};
use machine::Machine;

/// A failure to explain.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The entry that it stands in, which names it.
    pub entry: u64,
    /// The endpoint that it happened on.
    pub endpoint: EndpointId,
    /// What failed.
    pub failure: Failure,
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.entry == other.entry
    }
}

/// What failed.
#[derive(Clone, Debug)]
pub enum Failure {
    /// A call, or a look-up.
    Error(Arc<NetError>),
    /// The peer reset a connection.
    Reset {
        /// Our address.
        local: Option<Address>,
        /// The peer's address.
        peer: Address,
    },
}

impl Failure {
    /// Returns what failed in an event; `None` if nothing did that this machine could explain.
    pub fn of(kind: &EventKind, link: Option<&Link>) -> Option<Self> {
        match kind {
            EventKind::Failed { error } | EventKind::ConnectFailed { error, .. } => {
                Self::of_error(error)
            }
            EventKind::Closed(closed) => match &closed.by {
                ClosedBy::Failure(error) if matches!(**error, NetError::Tls { .. }) => {
                    Self::of_error(error)
                }
                _ => None,
            },
            EventKind::Reset { .. } => link.filter(|it| !it.peer.is_unix()).map(|it| Self::Reset {
                local: it.local.clone(),
                peer: it.peer.clone(),
            }),
            _ => None,
        }
    }

    /// Returns an error to explain; `None` if it says nothing about this machine or its network.
    pub fn of_error(error: &Arc<NetError>) -> Option<Self> {
        match &**error {
            NetError::Listen { address, .. }
            | NetError::Connect { address, .. }
            | NetError::ConnectTimeout { address, .. }
            | NetError::Datagram { peer: address, .. }
            | NetError::Undelivered {
                peer: Some(address),
                ..
            } if !address.is_unix() => {}
            NetError::Tls { peer, .. } if !peer.is_unix() => {}
            NetError::LookUp { .. } => {}
            _ => return None,
        }
        Some(Self::Error(Arc::clone(error)))
    }
}

/// One of our own endpoints, as far as it can be the cause of something.
#[derive(Clone, Debug)]
pub struct OwnEndpoint {
    /// Which one.
    pub id: EndpointId,
    /// Its name.
    pub name: String,
    /// Where it listens, if it is a server that does.
    pub bound: Option<Address>,
    /// Whether it is set up for UDP.
    pub is_udp: bool,
    /// The port that is typed for it, if it is a server.
    pub port: Option<u16>,
    /// The host that is typed for it, if it is a client.
    pub host: Option<String>,
}

/// What explains a failure.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The entry of the failure.
    pub entry: u64,
    /// What was found, the likeliest cause first.
    pub causes: Vec<Cause>,
}

/// Looks for what explains a failure, on this machine as it is now.
pub fn diagnose(subject: &Subject, own: Vec<OwnEndpoint>) -> Diagnosis {
    let ports = ports_of(&subject.failure);
    let machine = Machine::read(&ports, own);
    Diagnosis {
        entry: subject.entry,
        causes: causes(subject, &machine),
    }
}

/// Returns the ports whose owners matter.
fn ports_of(failure: &Failure) -> Vec<u16> {
    let addresses = match failure {
        Failure::Error(error) => match &**error {
            NetError::Listen { address, .. }
            | NetError::Connect { address, .. }
            | NetError::ConnectTimeout { address, .. }
            | NetError::Tls { peer: address, .. }
            | NetError::Datagram { peer: address, .. } => [Some(address), None],
            NetError::Undelivered { peer, .. } => [peer.as_ref(), None],
            _ => [None, None],
        },
        Failure::Reset { local, peer } => [Some(peer), local.as_ref()],
    };
    let addresses = addresses.into_iter().flatten();
    addresses.filter_map(|it| Some(it.ip()?.port())).collect()
}

fn causes(subject: &Subject, machine: &Machine) -> Vec<Cause> {
    match &subject.failure {
        Failure::Error(error) => match &**error {
            NetError::Listen { address, source } => Some(listen::causes(machine, address, source)),
            NetError::Connect { address, source }
            | NetError::Datagram {
                peer: address,
                source,
                ..
            }
            | NetError::Undelivered {
                peer: Some(address),
                source,
                ..
            } => Some(connect::causes(machine, address, source)),
            NetError::ConnectTimeout { address, timeout } => address
                .ip()
                .map(|address| connect::timed_out(machine, address, *timeout)),
            NetError::LookUp { host, source } => Some(names::causes(machine, host, source.kind)),
            NetError::Tls { peer, .. } => peer.ip().map(|peer| connect::other_end(machine, peer)),
            _ => None,
        },
        Failure::Reset { peer, .. } => peer.ip().map(|peer| connect::reset(machine, peer)),
    }
    .unwrap_or_default()
}

impl Session {
    /// Looks for what explains a failure, on a thread. [`Update::Diagnosed`] follows.
    ///
    /// # Errors
    ///
    /// Too many wait, or the system cannot start the thread.
    pub fn diagnose(&mut self, subject: Subject) -> Result<(), SessionError> {
        let own = self.own_endpoints();
        self.diagnoser.order(move |_| diagnose(&subject, own))?;
        Ok(())
    }

    pub(super) fn take_diagnosed(&mut self) {
        while let Some(diagnosis) = self.diagnoser.outcome() {
            self.updates
                .push_back(Update::Diagnosed(Arc::new(diagnosis)));
        }
    }

    fn own_endpoints(&self) -> Vec<OwnEndpoint> {
        let forms = self.document.endpoints.iter();
        let own = forms.map(|form| {
            let (port, host) = match &form.kind {
                EndpointKind::Server(server) => (server.bind.port_text.trim().parse().ok(), None),
                EndpointKind::Client(client) if client.target == TargetForm::Address => {
                    (None, Some(client.remote.taken_apart().host_text))
                }
                EndpointKind::Client(_) => (None, None),
            };
            OwnEndpoint {
                id: form.id,
                name: form.name.clone(),
                bound: self.bound(form.id).cloned(),
                is_udp: self.document.transport(form.id).is_udp(),
                port,
                host,
            }
        });
        own.collect()
    }
}
