//! The TLS of a worker's connections: prepared once for a listener or a client, then begun on each connection.

use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use super::config::{ClientConfig, ServerConfig, TlsBegins};
use super::poller::Waker;
use super::tls::{ClientTls, PreparedClient, PreparedServer, TlsHome, TlsSettingError};
use super::transport::Encrypted;

/// What connections can be encrypted with.
pub(super) struct TlsUse {
    home: TlsHome,
    /// That of the listener.
    pub(super) server: Option<Arc<TlsEnd>>,
    /// That of the client's latest connection, whose sessions the next one resumes.
    latest: Option<Arc<PendingTls>>,
    /// Held also by the thread that prepares something: there is one at a time.
    busy: Arc<()>,
}

/// What a client's connections are encrypted with, as soon as it is prepared.
///
/// That may read files, and the roots of the system. So it is done on a thread of its own, which nobody waits for: the
/// worker serves other connections meanwhile, however long a disk takes.
pub(super) struct PendingTls {
    settings: ClientTls,
    has_begun: AtomicBool,
    made: OnceLock<Result<PreparedClient, TlsSettingError>>,
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
            busy: Arc::default(),
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

    /// Notes that a client is started: files that its settings name are read again. Its connections, and those by which it
    /// connects again, have what was read then.
    pub(super) fn start_client(&mut self) {
        self.latest.take_if(|it| it.settings.names_files());
    }

    /// Returns what a client's connection will be encrypted with. Sessions of earlier connections are resumed as long as
    /// the settings stay the same.
    pub(super) fn connect(&mut self, settings: &ClientTls) -> Arc<PendingTls> {
        let has_failed = |it: &PendingTls| it.made.get().is_some_and(Result::is_err);
        let known = self
            .latest
            .take_if(|it| it.settings == *settings && !has_failed(it));
        let preparing = known.unwrap_or_else(|| {
            Arc::new(PendingTls {
                settings: settings.clone(),
                has_begun: AtomicBool::new(false),
                made: OnceLock::new(),
            })
        });
        Arc::clone(self.latest.insert(preparing))
    }

    /// Returns it once it is prepared. Until then, begins to prepare it if nothing else is being prepared; `waker` is called
    /// when that is over.
    pub(super) fn prepared(
        &self,
        preparing: &Arc<PendingTls>,
        waker: Waker,
    ) -> Option<Result<PreparedClient, TlsSettingError>> {
        let is_busy = || Arc::strong_count(&self.busy) > 1;
        if preparing.made.get().is_none()
            && !is_busy()
            && !preparing.has_begun.swap(true, Ordering::Relaxed)
        {
            self.begin_to_prepare(preparing, waker);
        }
        preparing.made.get().cloned()
    }

    fn begin_to_prepare(&self, preparing: &Arc<PendingTls>, waker: Waker) {
        let (home, busy) = (self.home.clone(), Arc::clone(&self.busy));
        let theirs = Arc::clone(preparing);
        let started = thread::Builder::new()
            .name("tls-settings".to_owned())
            .spawn(move || {
                theirs.prepare(&home);
                drop(busy);
                waker.wake();
            });
        if started.is_err() {
            // Without a thread it has to be done here.
            preparing.prepare(&self.home);
        }
    }
}

impl PendingTls {
    fn prepare(&self, home: &TlsHome) {
        self.made.get_or_init(|| self.settings.prepare(home));
    }
}

impl TlsEnd {
    /// Returns what a client's connection is encrypted with.
    pub(super) fn of_client(prepared: PreparedClient, config: &ClientConfig) -> Self {
        let setup = config.tls.as_deref();
        Self {
            prepared: Prepared::Client(prepared, config.target.host()),
            begins: setup.map_or_else(TlsBegins::default, |it| it.begins),
            patience: config.connect_timeout,
        }
    }

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

#[cfg(test)]
mod tests;
