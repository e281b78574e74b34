//! Against OpenSSL's command, both ways, where it is installed.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Bench, End, NAME, has};
use crate::net::tls::{
    ClientCertificate, ClientTls, IdentitySource, ServerTls, TlsStream, TlsVersion, Versions,
};

const LIMIT: Duration = Duration::from_secs(30);

/// Ends a program however the test ends.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn openssl(arguments: &[&str]) -> Program {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    Program(command.spawn().unwrap())
}

/// Goes on until something is so.
fn until(end: &mut End<TcpStream>, mut is_so: impl FnMut(&mut End<TcpStream>) -> bool) {
    let deadline = Instant::now() + LIMIT;
    while !is_so(end) {
        assert!(
            Instant::now() < deadline,
            "{:?} {:?}",
            end.tls.failure(),
            end.reports
        );
        if !end.turn(8192) {
            std::thread::yield_now();
        }
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let deadline = Instant::now() + LIMIT;
    loop {
        match TcpStream::connect_timeout(&address, LIMIT) {
            Ok(socket) => {
                socket.set_nonblocking(true).unwrap();
                return socket;
            }
            Err(error) => assert!(Instant::now() < deadline, "{error}"),
        }
        std::thread::yield_now();
    }
}

#[test]
fn openssl_s_client_talks_to_our_server() {
    if !has("openssl") {
        return;
    }
    let bench = Bench::new();
    let authority = bench.home.authority().unwrap();
    let (certificate, key) = bench.write("client", &authority.client_identity().unwrap());
    for (versions, flag, version) in [
        (Versions::Only12, "-tls1_2", TlsVersion::Tls12),
        (Versions::Only13, "-tls1_3", TlsVersion::Tls13),
    ] {
        let settings = ServerTls {
            versions,
            client_certificate: ClientCertificate::Require,
            alpn: vec!["test/1".to_owned()],
            ..ServerTls::default()
        };
        let prepared = settings.prepare(&bench.home).unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mut client = openssl(&[
            "s_client",
            "-connect",
            &address,
            "-servername",
            NAME,
            flag,
            "-quiet",
            "-verify_return_error",
            "-verify_hostname",
            NAME,
            "-alpn",
            "test/1",
            "-CAfile",
            authority.path().to_str().unwrap(),
            "-cert",
            certificate.to_str().unwrap(),
            "-key",
            key.to_str().unwrap(),
        ]);
        let (socket, _) = listener.accept().unwrap();
        socket.set_nonblocking(true).unwrap();
        let mut end = End::new(TlsStream::server(socket, &prepared).unwrap());
        until(&mut end, |end| !end.tls.is_handshaking());
        let agreed = end.agreed();
        assert_eq!(
            (agreed.version, agreed.alpn.as_deref()),
            (version, Some("test/1"))
        );
        assert_eq!(agreed.server_name.as_deref(), Some(NAME));
        assert!(agreed.client_certificate_given);
        client
            .0
            .stdin
            .as_mut()
            .unwrap()
            .write_all(b"question\n")
            .unwrap();
        until(&mut end, |end| end.received == b"question\n");
        end.tls.write_bytes(b"answer\n").unwrap();
        end.tls.finish().unwrap();
        let mut line = String::new();
        BufReader::new(client.0.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert_eq!(line, "answer\n");
    }
}

#[test]
fn our_client_talks_to_openssl_s_server() {
    if !has("openssl") {
        return;
    }
    let bench = Bench::new();
    let authority = bench.home.authority().unwrap();
    let (certificate, key) = bench.write("server", &authority.identity_for(NAME).unwrap());
    let own = bench.write("client", &authority.client_identity().unwrap());
    // The settings read back what was written.
    let files = ServerTls {
        identity: IdentitySource::Files {
            certificate: certificate.clone(),
            key: key.clone(),
        },
        ..ServerTls::default()
    };
    files.prepare(&bench.home).unwrap();
    for (flag, version) in [
        ("-tls1_2", TlsVersion::Tls12),
        ("-tls1_3", TlsVersion::Tls13),
    ] {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        // It answers each line with the line reversed.
        let _server = openssl(&[
            "s_server",
            "-accept",
            &address.to_string(),
            flag,
            "-rev",
            "-Verify",
            "1",
            "-verify_return_error",
            "-CAfile",
            authority.path().to_str().unwrap(),
            "-cert",
            certificate.to_str().unwrap(),
            "-key",
            key.to_str().unwrap(),
        ]);
        let client = ClientTls {
            certificate: Some(IdentitySource::Files {
                certificate: own.0.clone(),
                key: own.1.clone(),
            }),
            ..bench.client()
        };
        let client = client.prepare(&bench.home).unwrap();
        let socket = connect(address);
        let mut end = End::new(TlsStream::client(socket, &client, NAME).unwrap());
        until(&mut end, |end| !end.tls.is_handshaking());
        let agreed = end.agreed();
        assert_eq!(agreed.version, version);
        assert_eq!(agreed.client_certificate_asked, Some(true));
        assert!(agreed.client_certificate_given);
        match end.tls.write_bytes(b"level on\n") {
            Ok(count) => assert_eq!(count, 9),
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::WouldBlock),
        }
        until(&mut end, |end| end.received == b"no level\n");
        end.tls.finish().unwrap();
    }
}
