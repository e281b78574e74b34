//! The bare TLS echo: a thread for each connection, rustls with the same provider and the same certificate.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use bothends::net::tls::TlsHome;
use rustls::client::Resumption;
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection};

use super::{BUFFER, Server, connect};

/// Set in the process of the bare server, to the folder of the authority.
const BARE: &str = "BOTHENDS_BENCH_BARE_TLS";
/// The name that clients ask for.
const NAME: &str = "bench.example";

/// A TLS connection whose calls block.
pub(crate) type TlsClient = rustls::StreamOwned<ClientConnection, TcpStream>;

/// A configuration folder with an authority, and clients that trust it.
pub(crate) struct Ground {
    folder: tempfile::TempDir,
    client: Arc<ClientConfig>,
}

impl Ground {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let authority = home(&folder.path().join("tls")).authority();
        let mut roots = RootCertStore::empty();
        let certificate = authority.expect("an authority").certificate_der().clone();
        roots.add(certificate).expect("a root");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider);
        let builder = builder.with_safe_default_protocol_versions();
        let mut client = builder
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        // Each handshake is a whole one.
        client.resumption = Resumption::disabled();
        Self {
            folder,
            client: Arc::new(client),
        }
    }

    /// Starts `bothends serve` with an echo over TLS.
    pub(crate) fn bothends(&self, more: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bothends"));
        command.args(["serve", "tls://127.0.0.1:0", "--reply", "echo"]);
        command.args(more).env("BOTHENDS_CONFIG_DIR", self.path());
        Server::start(command)
    }

    /// Starts the bare server.
    pub(crate) fn bare(&self) -> Server {
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        command.env(BARE, self.path().join("tls"));
        Server::start(command)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Connects, and does the handshake.
    pub(crate) fn connect(&self, address: SocketAddr) -> TlsClient {
        let name = NAME.try_into().expect("a name");
        let tls = ClientConnection::new(Arc::clone(&self.client), name).expect("a client");
        let mut stream = TlsClient::new(tls, connect(address));
        while stream.conn.is_handshaking() {
            stream
                .conn
                .complete_io(&mut stream.sock)
                .expect("a handshake");
        }
        stream
    }
}

fn home(folder: &Path) -> TlsHome {
    TlsHome::new(folder)
}

/// Becomes the bare server, if this process was started as one.
pub(crate) fn be_bare_if_asked() {
    let Some(folder) = std::env::var_os(BARE) else {
        return;
    };
    let config = bare_config(Path::new(&folder));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let address = listener.local_addr().expect("its address");
    eprintln!("listening on {address}");
    for peer in listener.incoming().flatten() {
        let config = Arc::clone(&config);
        std::thread::Builder::new()
            .spawn(move || echo(peer, config))
            .expect("a thread");
    }
}

fn bare_config(folder: &Path) -> Arc<ServerConfig> {
    let authority = home(folder).authority().expect("an authority");
    let identity = authority.identity_for(NAME).expect("a certificate");
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions();
    let config = builder
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(identity.chain().to_vec(), identity.key().clone_key());
    Arc::new(config.expect("a certificate and its key"))
}

fn echo(peer: TcpStream, config: Arc<ServerConfig>) {
    peer.set_nodelay(true).ok();
    let tls = ServerConnection::new(config).expect("a server");
    let mut stream = rustls::StreamOwned::new(tls, peer);
    let mut buffer = vec![0; BUFFER];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        if stream.write_all(&buffer[..count]).is_err() || stream.flush().is_err() {
            return;
        }
    }
}
