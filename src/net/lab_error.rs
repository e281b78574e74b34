//! Why something did not work in the lab. Plain data, which a recording keeps.

use std::fmt;
use std::io;

use super::network::Network;
use super::system_error::SystemError;

/// Why an endpoint could not use the lab.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum LabError {
    /// The lab could not be made, or its helper did not do what it was asked.
    Refused(LabRefusal),
    /// The address is not one of the lab's: nothing outside can be reached from it.
    Outside,
    /// Nothing listens there in the client's own network, but one of our servers does in this other one.
    OtherNetwork(Network),
}

/// Which step of making or using the lab failed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabRefusal {
    /// The step.
    pub step: LabStep,
    /// What is known to cause it.
    pub cause: LabCause,
    /// The error of the system.
    pub source: SystemError,
}

/// The steps of making and using the lab, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabStep {
    /// Start the helper, this program once more.
    Start,
    /// Leave the system's network for a private one (`unshare(2)`).
    Namespace,
    /// Say who the helper is in there (`user_namespaces(7)`).
    Identity,
    /// Raise the loopback interface (`rtnetlink(7)`).
    Loopback,
    /// Open a socket.
    Socket,
    /// Open the socket that sees the packets (`packet(7)`).
    Packets,
    /// Change delay and loss (`tc-netem(8)`).
    Conditions,
    /// Hear of the helper at all.
    Answer,
}

impl LabStep {
    /// All of them, in the order of their numbers, which are also those of a recording.
    pub const ALL: [Self; 8] = [
        Self::Start,
        Self::Namespace,
        Self::Identity,
        Self::Loopback,
        Self::Socket,
        Self::Packets,
        Self::Conditions,
        Self::Answer,
    ];
}

/// What causes a refusal, as far as it can be found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabCause {
    /// Only the error is known.
    Unknown,
    /// This system has no such networks.
    NotLinux,
    /// A rule of `AppArmor`, as on Ubuntu 23.10 and later (`kernel.apparmor_restrict_unprivileged_userns`).
    AppArmor,
    /// The setting of older Debians (`kernel.unprivileged_userns_clone`).
    SwitchedOff,
    /// The limit on user or network namespaces is reached (`user.max_user_namespaces`, `user.max_net_namespaces`).
    Limit,
    /// The kernel was built without it.
    NotInKernel,
    /// A container's or sandbox's rules (seccomp), or those of another security module.
    Sandbox,
}

impl LabCause {
    /// All of them, in the order of their numbers, which are also those of a recording.
    pub const ALL: [Self; 7] = [
        Self::Unknown,
        Self::NotLinux,
        Self::AppArmor,
        Self::SwitchedOff,
        Self::Limit,
        Self::NotInKernel,
        Self::Sandbox,
    ];
}

impl fmt::Display for LabRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for LabRefusal {}

impl From<LabError> for io::Error {
    fn from(error: LabError) -> Self {
        Self::other(error)
    }
}

impl From<LabRefusal> for io::Error {
    fn from(refusal: LabRefusal) -> Self {
        LabError::Refused(refusal).into()
    }
}
