//! What this program can do about a finding.

use std::net::IpAddr;
use std::time::Duration;

use crate::net::{Address, EndpointId};
use crate::workspace::{EndpointKind, TargetForm, TransportKind};

/// Something that may help. It concerns the endpoint that failed, unless it names another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Start the server on any free port.
    UseFreePort,
    /// Stop another server.
    StopServer {
        /// The server.
        server: EndpointId,
        /// Its name.
        name: String,
    },
    /// Start another server, and connect once it listens.
    StartServer {
        /// The server.
        server: EndpointId,
        /// Its name.
        name: String,
    },
    /// Connect to another address.
    ConnectTo(Address),
    /// Listen on another address.
    ListenOn(IpAddr),
    /// Listen on another port.
    UsePort(u16),
    /// Connect to a host of another name.
    UseHost(String),
    /// Allow this much time to connect.
    AllowTime(Duration),
    /// Let the system choose the source address.
    AnySource,
    /// Try once more.
    TryAgain,
}

impl Remedy {
    /// Returns the endpoint's settings with the remedy in them; `None` if it does not concern these settings.
    pub fn applied_to(&self, kind: &EndpointKind) -> Option<EndpointKind> {
        let mut kind = kind.clone();
        match (self, &mut kind) {
            (Self::ConnectTo(address), EndpointKind::Client(client)) => {
                let ip = address.ip()?;
                client.target = TargetForm::Address;
                client.remote.transport = TransportKind::of(address);
                client.remote.host_text = ip.ip().to_string();
                client.remote.port_text = ip.port().to_string();
            }
            (Self::UseHost(host), EndpointKind::Client(client)) => {
                client.remote.port_text = client.remote.taken_apart().port_text;
                client.remote.host_text.clone_from(host);
            }
            (Self::AllowTime(time), EndpointKind::Client(client)) => {
                client.connect_timeout_text = format!("{}s", time.as_secs());
            }
            (Self::AnySource, EndpointKind::Client(client)) => client.socket.source_text.clear(),
            (Self::ListenOn(address), EndpointKind::Server(server)) => {
                server.bind.port_text = server.bind.taken_apart().port_text;
                server.bind.host_text = address.to_string();
            }
            (Self::UsePort(port), EndpointKind::Server(server)) => {
                server.bind = server.bind.taken_apart();
                server.bind.port_text = port.to_string();
            }
            _ => return None,
        }
        Some(kind)
    }

    /// Returns whether the endpoint that failed is to be started or connected once more.
    pub fn tries_again(&self) -> bool {
        !matches!(
            self,
            Self::UseFreePort | Self::StopServer { .. } | Self::StartServer { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{ClientForm, ServerForm};

    #[test]
    fn a_remedy_changes_the_settings_that_it_concerns() {
        let client = || EndpointKind::Client(ClientForm::default());
        let server = || EndpointKind::Server(ServerForm::default());
        let there = Address::udp(([127, 0, 0, 1], 7).into());
        let Some(EndpointKind::Client(other)) = Remedy::ConnectTo(there).applied_to(&client())
        else {
            panic!("no client");
        };
        assert_eq!(other.remote.transport, TransportKind::Udp);
        assert_eq!(other.remote.host_text, "127.0.0.1");
        assert_eq!(other.remote.port_text, "7");
        let Some(EndpointKind::Client(patient)) =
            Remedy::AllowTime(Duration::from_secs(20)).applied_to(&client())
        else {
            panic!("no client");
        };
        assert_eq!(patient.connect_timeout_text, "20s");
        let Some(EndpointKind::Server(high)) = Remedy::UsePort(8080).applied_to(&server()) else {
            panic!("no server");
        };
        assert_eq!(high.bind.port_text, "8080");
        assert_eq!(Remedy::UsePort(8080).applied_to(&client()), None);
        assert_eq!(Remedy::TryAgain.applied_to(&client()), None);
    }
}
