//! The TLS of a worker's connections: prepared once for a listener or a client, then begun on each connection.

use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use super::config::{ClientConfig, DEFAULT_HANDSHAKE_TIMEOUT, ServerConfig, TlsBegins, TlsSetup};
use super::id::Role;
use super::tls::{ClientTls, PreparedClient, PreparedServer, TlsHome, TlsSettingError};
use super::transport::Encrypted;

/// What connections are encrypted with.
pub(super) struct TlsUse {
    home: TlsHome,
    server: Option<(PreparedServer, TlsBegins)>,
    client: Option<Client>,
    /// How long the handshake may take.
    patience: Duration,
}

struct Client {
    setup: TlsSetup<ClientTls>,
    prepared: PreparedClient,
    /// The host that it connects to.
    host: String,
}

impl TlsUse {
    pub(super) fn new(home: TlsHome) -> Self {
        Self {
            home,
            server: None,
            client: None,
            patience: DEFAULT_HANDSHAKE_TIMEOUT,
        }
    }

    /// Prepares what a server's connections are encrypted with.
    pub(super) fn serve(&mut self, config: &ServerConfig) -> Result<(), TlsSettingError> {
        self.patience = config.handshake_timeout;
        self.server = match &config.tls {
            Some(setup) => Some((setup.settings.prepare(&self.home)?, setup.begins)),
            None => None,
        };
        Ok(())
    }

    /// Prepares what a client's connections are encrypted with. Sessions of earlier connections are resumed as long as the
    /// settings stay the same and name no files, which may have changed.
    pub(super) fn connect(&mut self, config: &ClientConfig) -> Result<(), TlsSettingError> {
        self.patience = config.connect_timeout;
        let Some(setup) = &config.tls else {
            self.client = None;
            return Ok(());
        };
        let known = self.client.take();
        let known = known.filter(|it| it.setup == **setup && !setup.settings.names_files());
        let prepared = match known {
            Some(known) => known.prepared,
            None => setup.settings.prepare(&self.home)?,
        };
        self.client = Some(Client {
            setup: (**setup).clone(),
            prepared,
            host: config.target.host(),
        });
        Ok(())
    }

    /// Returns whether the connections of this end are encrypted from their beginning on.
    pub(super) fn begins_at_once(&self, role: Role) -> bool {
        let begins = match role {
            Role::Server => self.server.as_ref().map(|(_, begins)| *begins),
            Role::Client => self.client.as_ref().map(|it| it.setup.begins),
        };
        begins == Some(TlsBegins::AtOnce)
    }

    /// Returns whether the connections of this end can be encrypted.
    pub(super) fn is_set_up(&self, role: Role) -> bool {
        match role {
            Role::Server => self.server.is_some(),
            Role::Client => self.client.is_some(),
        }
    }

    /// Begins on a connection.
    pub(super) fn begin(
        &self,
        role: Role,
        socket: Arc<TcpStream>,
    ) -> Result<Encrypted, TlsSettingError> {
        let not_set_up = || TlsSettingError::Refused {
            detail: String::new(),
        };
        match role {
            Role::Server => {
                let (prepared, _) = self.server.as_ref().ok_or_else(not_set_up)?;
                Encrypted::server(socket, prepared)
            }
            Role::Client => {
                let client = self.client.as_ref().ok_or_else(not_set_up)?;
                Encrypted::client(socket, &client.prepared, &client.host)
            }
        }
    }

    /// Returns how long a handshake may take.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }
}
