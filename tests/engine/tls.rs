//! TLS on real sockets: between two ends of ours, and with rustls as a foreign peer.

mod agreeing;
mod ending;
mod failing;
mod flowing;
mod hostile;
mod kernel;
mod starting;

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

use bothends::capture::{Event, EventKind};
use bothends::net::tls::{
    Agreed, ClientTls, PeerCheck, ServerNameChoice, ServerTls, TlsFailure, TlsReport,
};
use bothends::net::{
    ClientConfig, Clock, ClosedBy, EndpointId, Engine, NetError, Observe, ServerConfig, TlsBegins,
    TlsSetup,
};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::{ClientConnection, RootCertStore, ServerConnection, StreamOwned};

use crate::ground::Ground;
use crate::support::{Rig, client_of, dial, loopbacks, server};

/// The name that the tests ask for.
const NAME: &str = "shop.example";

/// A foreign client.
type Client = StreamOwned<ClientConnection, TcpStream>;
/// A foreign server.
type Server = StreamOwned<ServerConnection, TcpStream>;

impl Ground {
    fn rig(&self) -> Rig {
        let (engine, events) = Engine::new(Clock::start());
        let engine = engine.with_tls(self.home());
        Rig::with_engine(engine, events, Observe::Everything)
    }

    /// Returns a client that trusts the authority alone, and asks for [`NAME`].
    fn client(&self, address: SocketAddr) -> ClientConfig {
        ClientConfig {
            tls: Some(Box::new(at_once(self.client_settings()))),
            ..client_of(address)
        }
    }

    fn client_settings(&self) -> ClientTls {
        let authority = self.authority();
        ClientTls {
            check: PeerCheck::Roots(authority.path().to_owned()),
            server_name: ServerNameChoice::Name(NAME.to_owned()),
            ..ClientTls::default()
        }
    }

    /// Connects a foreign client, whose handshake is to come.
    fn foreign(&self, address: SocketAddr) -> Client {
        self.foreign_over(
            dial(address),
            &[&rustls::version::TLS13, &rustls::version::TLS12],
        )
    }

    /// Makes a foreign client of a socket.
    fn foreign_over(
        &self,
        socket: TcpStream,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> Client {
        let mut roots = RootCertStore::empty();
        let authority = self.authority();
        roots.add(authority.certificate_der().clone()).unwrap();
        let builder = rustls::ClientConfig::builder_with_provider(provider());
        let builder = builder.with_protocol_versions(versions).unwrap();
        let config = builder.with_root_certificates(roots).with_no_client_auth();
        let name = NAME.try_into().unwrap();
        StreamOwned::new(
            ClientConnection::new(Arc::new(config), name).unwrap(),
            socket,
        )
    }

    /// Accepts a client as a foreign server, whose handshake is to come.
    fn accept(&self, listener: &TcpListener) -> Server {
        let identity = self.authority().identity_for(NAME).unwrap();
        let builder = rustls::ServerConfig::builder_with_provider(provider());
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let chain = identity.chain().to_vec();
        let config = builder
            .with_no_client_auth()
            .with_single_cert(chain, identity.key().clone_key())
            .unwrap();
        let (socket, _) = listener.accept().unwrap();
        socket
            .set_read_timeout(Some(crate::support::DEADLINE))
            .unwrap();
        let tls = ServerConnection::new(Arc::new(config)).unwrap();
        StreamOwned::new(tls, socket)
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

fn at_once<S>(settings: S) -> TlsSetup<S> {
    TlsSetup {
        settings,
        begins: TlsBegins::AtOnce,
    }
}

fn on_request<S>(settings: S) -> TlsSetup<S> {
    TlsSetup {
        settings,
        begins: TlsBegins::OnRequest,
    }
}

/// Returns an echo server with these settings.
fn serving(settings: ServerTls) -> ServerConfig {
    ServerConfig {
        tls: Some(Box::new(at_once(settings))),
        ..server()
    }
}

/// Returns echo servers, one on each loopback address.
fn servers() -> Vec<ServerConfig> {
    let bind = |address| ServerConfig {
        bind: SocketAddr::into(address),
        ..serving(ServerTls::default())
    };
    loopbacks().into_iter().map(bind).collect()
}

fn report(event: &Event) -> Option<&TlsReport> {
    match &event.kind {
        EventKind::Tls(report) => Some(report),
        _ => None,
    }
}

/// Waits until an endpoint has agreed with its peer.
fn agreed(rig: &mut Rig, endpoint: EndpointId) -> Agreed {
    rig.find("an agreement", |event| match report(event)? {
        TlsReport::Agreed(agreed) if event.endpoint == endpoint => Some((**agreed).clone()),
        _ => None,
    })
}

/// Waits until a report of an endpoint is this one.
fn reported(rig: &mut Rig, endpoint: EndpointId, expected: &TlsReport) {
    rig.find(&format!("{expected:?}"), |event| {
        (event.endpoint == endpoint && report(event)? == expected).then_some(())
    });
}

/// Waits until a connection of an endpoint ends because its TLS failed.
fn failure(rig: &mut Rig, endpoint: EndpointId) -> TlsFailure {
    rig.find("a failure of TLS", |event| match &event.kind {
        EventKind::Closed(closed) if event.endpoint == endpoint => match &closed.by {
            ClosedBy::Failure(error) => match &**error {
                NetError::Tls { source, .. } => Some((**source).clone()),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        },
        _ => None,
    })
}

/// Waits until a connection of an endpoint is closed, and returns by what.
fn closed_by(rig: &mut Rig, endpoint: EndpointId) -> ClosedBy {
    rig.find("an end", |event| match &event.kind {
        EventKind::Closed(closed) if event.endpoint == endpoint => Some(closed.by.clone()),
        _ => None,
    })
}
