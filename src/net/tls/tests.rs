//! What the tests of keys and certificates share: an authority, two verifiers (webpki and openssl), a handshake.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ResolvesServerCert;
use rustls::sign::SingleCertAndKey;
use rustls::{
    CertificateError, ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection,
};

use super::{Authority, Identity};
use crate::payload::pem;

pub(super) const LIMIT: Duration = Duration::from_secs(20);

/// Makes an authority in a folder that lives as long as what is returned.
pub(super) fn authority() -> (tempfile::TempDir, Authority) {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::open_or_make(&folder.path().join("tls")).unwrap();
    (folder, authority)
}

pub(super) fn roots(authority: &Authority) -> Arc<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate_der().clone()).unwrap();
    Arc::new(roots)
}

/// Asks webpki about a server's certificates.
pub(super) fn webpki(
    authority: &Authority,
    chain: &[CertificateDer<'static>],
    name: &str,
) -> Result<(), CertificateError> {
    let provider = Arc::new(default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(roots(authority), provider);
    let outcome = verifier.build().unwrap().verify_server_cert(
        &chain[0],
        &chain[1..],
        &ServerName::try_from(name.to_owned()).unwrap(),
        &[],
        UnixTime::now(),
    );
    match outcome {
        Ok(_) => Ok(()),
        Err(rustls::Error::InvalidCertificate(error)) => Err(error),
        Err(other) => panic!("{other:?}"),
    }
}

/// Runs openssl to its end and returns what it wrote; `None` where there is none.
pub(super) fn openssl(arguments: &[&str]) -> Option<String> {
    let run = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    let output = match run {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("no openssl here: this part is not tested");
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    let both = [output.stdout, output.stderr].concat();
    Some(String::from_utf8_lossy(&both).into_owned())
}

/// Writes certificates as PEM.
pub(super) fn pem_file(folder: &Path, name: &str, chain: &[CertificateDer<'_>]) -> PathBuf {
    let path = folder.join(name);
    let text = chain.iter().map(|der| pem("CERTIFICATE", der));
    fs::write(&path, text.collect::<String>()).unwrap();
    path
}

/// Returns the numbers of all errors that `openssl verify` finds in a chain.
pub(super) fn openssl_verify(
    ca: &Path,
    chain: &[CertificateDer<'static>],
    with: &[&str],
) -> Option<Vec<u32>> {
    let folder = tempfile::tempdir().unwrap();
    let leaf = pem_file(folder.path(), "leaf.pem", &chain[..1]);
    let between = pem_file(folder.path(), "between.pem", &chain[1..]);
    let mut arguments = vec!["verify", "-CAfile", ca.to_str().unwrap(), "-x509_strict"];
    arguments.extend(["-no-CApath", "-no-CAstore", "-auth_level", "2"]);
    if chain.len() > 1 {
        arguments.extend(["-untrusted", between.to_str().unwrap()]);
    }
    arguments.extend(with);
    arguments.push(leaf.to_str().unwrap());
    let said = openssl(&arguments)?;
    let mut errors = Vec::new();
    for line in said.lines().filter(|line| line.contains(" depth lookup")) {
        let number = line.split(' ').nth(1).and_then(|it| it.parse().ok());
        errors.push(number.unwrap_or_else(|| panic!("{said}")));
    }
    assert_eq!(errors.is_empty(), said.contains(": OK"), "{said}");
    Some(errors)
}

pub(super) fn server_config(identity: &Identity) -> Arc<ServerConfig> {
    let resolver: Arc<dyn ResolvesServerCert> =
        Arc::new(SingleCertAndKey::from(identity.certified_key()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    Arc::new(config)
}

/// Shakes hands in memory and returns what the client says of it.
pub(super) fn handshake(
    authority: &Authority,
    identity: &Identity,
    name: &str,
) -> Result<(), rustls::Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots(authority))
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let mut client = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut server = ServerConnection::new(server_config(identity)).unwrap();
    for _ in 0..10 {
        let mut wire = Vec::new();
        while client.wants_write() {
            client.write_tls(&mut wire).unwrap();
        }
        server.read_tls(&mut wire.as_slice()).unwrap();
        server.process_new_packets().unwrap();
        wire.clear();
        while server.wants_write() {
            server.write_tls(&mut wire).unwrap();
        }
        client.read_tls(&mut wire.as_slice()).unwrap();
        client.process_new_packets()?;
        if !client.is_handshaking() && !server.is_handshaking() {
            return Ok(());
        }
    }
    panic!("the handshake does not end");
}

/// Serves one connection with a certificate, while `openssl s_client` connects; returns what it wrote.
pub(super) fn s_client(identity: &Identity, with: &[&str]) -> Option<String> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let config = server_config(identity);
    let serve = move || {
        let (socket, _) = listener.accept().unwrap();
        socket.set_read_timeout(Some(LIMIT)).unwrap();
        let mut socket: TcpStream = socket;
        let mut server = ServerConnection::new(config).unwrap();
        // Its errors are what the client says.
        while server
            .complete_io(&mut socket)
            .is_ok_and(|(read, _)| read > 0)
        {}
    };
    let server = std::thread::Builder::new().spawn(serve).unwrap();
    let mut arguments = vec!["s_client", "-connect", &address];
    arguments.extend(with);
    let said = openssl(&arguments);
    if said.is_none() {
        // Nobody came: the thread is to end all the same.
        let address = address.parse().unwrap();
        drop(TcpStream::connect_timeout(&address, LIMIT).unwrap());
    }
    server.join().unwrap();
    said
}
