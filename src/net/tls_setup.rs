//! The TLS of a worker's connections: prepared once for a listener or a client, then begun on each connection.

use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use super::config::{ClientConfig, ServerConfig, TlsBegins, TlsSetup};
use super::tls::{ClientTls, PreparedClient, PreparedServer, TlsHome, TlsSettingError};
use super::transport::Encrypted;

/// What connections can be encrypted with.
pub(super) struct TlsUse {
    home: TlsHome,
    /// That of the listener.
    pub(super) server: Option<Arc<TlsEnd>>,
    /// That of the client's latest connection, whose sessions the next one resumes.
    latest: Option<(TlsSetup<ClientTls>, PreparedClient)>,
}

/// What a connection is encrypted with. It stays with the connection, whatever others are set up with later.
pub(super) struct TlsEnd {
    prepared: Prepared,
    begins: TlsBegins,
    /// How long the handshake may take.
    pub(super) patience: Duration,
}

enum Prepared {
    Server(PreparedServer),
    /// With the host that it connects to.
    Client(PreparedClient, String),
}

impl TlsUse {
    pub(super) fn new(home: TlsHome) -> Self {
        Self {
            home,
            server: None,
            latest: None,
        }
    }

    /// Prepares what a server's connections are encrypted with.
    pub(super) fn serve(&mut self, config: &ServerConfig) -> Result<(), TlsSettingError> {
        self.server = None;
        if let Some(setup) = &config.tls {
            self.server = Some(Arc::new(TlsEnd {
                prepared: Prepared::Server(setup.settings.prepare(&self.home)?),
                begins: setup.begins,
                patience: config.handshake_timeout,
            }));
        }
        Ok(())
    }

    /// Prepares what a client's connection is encrypted with; `None` if it is not. Sessions of earlier connections are
    /// resumed as long as the settings stay the same and name no files, which may have changed.
    pub(super) fn connect(
        &mut self,
        config: &ClientConfig,
    ) -> Result<Option<Arc<TlsEnd>>, TlsSettingError> {
        let latest = self.latest.take();
        let Some(setup) = config.tls.as_deref() else {
            return Ok(None);
        };
        let known = latest.filter(|(it, _)| it == setup && !setup.settings.names_files());
        let prepared = match known {
            Some((_, prepared)) => prepared,
            None => setup.settings.prepare(&self.home)?,
        };
        self.latest = Some((setup.clone(), prepared.clone()));
        Ok(Some(Arc::new(TlsEnd {
            prepared: Prepared::Client(prepared, config.target.host()),
            begins: setup.begins,
            patience: config.connect_timeout,
        })))
    }
}

impl TlsEnd {
    /// Returns whether a connection is encrypted from its beginning on.
    pub(super) fn begins_at_once(&self) -> bool {
        self.begins == TlsBegins::AtOnce
    }

    /// Begins on a connection.
    pub(super) fn begin(&self, socket: Arc<TcpStream>) -> Result<Encrypted, TlsSettingError> {
        match &self.prepared {
            Prepared::Server(prepared) => Encrypted::server(socket, prepared),
            Prepared::Client(prepared, host) => Encrypted::client(socket, prepared, host),
        }
    }
}
