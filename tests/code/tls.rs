//! Endpoints with TLS as code: the programs run, against our other end.

use bothends::capture::EventKind;
use bothends::export::code::{CodeForm, CodeLack};
use bothends::net::tls::{
    ClientCertificate, ClientTls, Flaw, IdentitySource, PeerCheck, ServerNameChoice, ServerTls,
    TlsReport, Versions,
};
use bothends::net::{
    ClientConfig, Clock, Command, Engine, Observe, SendTo, ServerConfig, TlsBegins, TlsSetup,
};
use bothends::script::Message;
use bytes::Bytes;

use super::ground::Ground;
use super::programs::{Running, client_code, connect, server_code};
use super::support::{CLIENT, Rig, SERVER, client_of, server};

const NAME: &str = "localhost";

impl Ground {
    fn rig(&self) -> Rig {
        let (engine, events) = Engine::new(Clock::start());
        let engine = engine.with_tls(self.home());
        Rig::with_engine(engine, events, Observe::Everything)
    }

    fn server_identity(&self) -> IdentitySource {
        let identity = self.authority().identity_for(NAME).unwrap();
        in_file(self.write_whole("it's a server", &identity))
    }

    fn client_identity(&self) -> IdentitySource {
        let identity = self.authority().client_identity().unwrap();
        in_file(self.write_whole("client", &identity))
    }

    fn roots(&self) -> std::path::PathBuf {
        self.authority().path().to_owned()
    }

    fn client(&self) -> ClientTls {
        ClientTls {
            check: PeerCheck::Roots(self.roots()),
            server_name: ServerNameChoice::Name(NAME.to_owned()),
            ..ClientTls::default()
        }
    }
}

fn in_file(path: String) -> IdentitySource {
    let path = std::path::PathBuf::from(path);
    IdentitySource::Files {
        certificate: path.clone(),
        key: path,
    }
}

fn setup<S>(settings: S) -> TlsSetup<S> {
    TlsSetup {
        settings,
        begins: TlsBegins::AtOnce,
    }
}

fn serving(settings: ServerTls) -> ServerConfig {
    ServerConfig {
        tls: Some(Box::new(setup(settings))),
        ..server()
    }
}

fn hello() -> Message {
    Bytes::from_static(b"hello\n").into()
}

/// Waits until our server has agreed with a peer, and returns whether that gave a certificate.
fn agreed(rig: &mut Rig) -> (bool, Option<String>) {
    rig.find("an agreement", |event| match &event.kind {
        EventKind::Tls(report) if event.endpoint == SERVER => match &**report {
            TlsReport::Agreed(agreed) => {
                Some((agreed.client_certificate_given, agreed.server_name.clone()))
            }
            _ => None,
        },
        _ => None,
    })
}

/// A copied client in Python against our server.
pub(crate) fn python_client() {
    let ground = Ground::new();
    for (tls, is_given) in [
        (ground.client(), false),
        (
            ClientTls {
                certificate: Some(ground.client_identity()),
                versions: Versions::Only12,
                alpn: vec!["test/1".to_owned()],
                ..ground.client()
            },
            true,
        ),
        (
            ClientTls {
                check: PeerCheck::Unchecked,
                server_name: ServerNameChoice::None,
                versions: Versions::Only13,
                ..ClientTls::default()
            },
            false,
        ),
    ] {
        let mut rig = ground.rig();
        let mut config = serving(ServerTls {
            client_certificate: ClientCertificate::Ask,
            ..ServerTls::default()
        });
        config.tls.as_mut().unwrap().settings.alpn = tls.alpn.clone();
        super::support::script(&mut config.behaviour).close_after_reply = true;
        let address = rig.listen(config);
        let sends_name = tls.server_name != ServerNameChoice::None;
        let client = ClientConfig {
            tls: Some(Box::new(setup(tls))),
            ..client_of(address)
        };
        let code = client_code(&client, &hello(), CodeForm::Python);
        assert_eq!(code.lacks, []);
        let program = Running::python(&code);
        let line = program.line();
        assert!(line.starts_with("Connected to "), "{line}");
        assert_eq!(program.line(), r"Received b'hello\n'");
        let name = sends_name.then(|| NAME.to_owned());
        assert_eq!(agreed(&mut rig), (is_given, name));
        // It says goodbye, as ours does.
        let goodbye = TlsReport::CloseNotify {
            direction: bothends::net::Direction::Received,
        };
        rig.find("close_notify", |event| match &event.kind {
            EventKind::Tls(report) => (**report == goodbye).then_some(()),
            _ => None,
        });
    }
}

/// A copied client does not accept what ours would not.
pub(crate) fn python_refuses() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls {
        flaw: Some(Flaw::Expired),
        ..ServerTls::default()
    }));
    let client = ClientConfig {
        tls: Some(Box::new(setup(ground.client()))),
        ..client_of(address)
    };
    let program = Running::python(&client_code(&client, &hello(), CodeForm::Python));
    let mut lines = String::new();
    while !lines.contains("certificate has expired") {
        lines += &program.line();
    }
}

/// A copied server in Python, against our client.
pub(crate) fn python_server() {
    let ground = Ground::new();
    let certificate = ground.client_identity();
    for wanted in [ClientCertificate::No, ClientCertificate::Require] {
        let settings = ServerTls {
            identity: ground.server_identity(),
            client_certificate: wanted,
            client_roots: Some(ground.roots()),
            versions: Versions::Only13,
            ..ServerTls::default()
        };
        let code = server_code(&serving(settings), CodeForm::Python);
        assert_eq!(code.lacks, []);
        let program = Running::python(&code);
        let mut rig = ground.rig();
        let client = ClientConfig {
            tls: Some(Box::new(setup(ClientTls {
                certificate: Some(certificate.clone()),
                ..ground.client()
            }))),
            ..client_of(program.address())
        };
        rig.send(CLIENT, SendTo::Client(Box::new(client)), "hello");
        assert_eq!(rig.receive(CLIENT, 5), b"hello");
        let id = rig.connected();
        let act = bothends::script::Act::Finish;
        rig.command(
            CLIENT,
            Command::Act {
                connection: id,
                act,
            },
        );
        // It answers our close_notify with its own.
        let goodbye = TlsReport::CloseNotify {
            direction: bothends::net::Direction::Received,
        };
        rig.find("close_notify", |event| match &event.kind {
            EventKind::Tls(report) => (**report == goodbye).then_some(()),
            _ => None,
        });
    }
}

/// What stands in the code as missing.
pub(crate) fn named() {
    let own = server_code(&serving(ServerTls::default()), CodeForm::Python);
    assert_eq!(own.lacks, [CodeLack::TlsIdentity { file: "server.pem" }]);
    let flawed = ServerTls {
        flaw: Some(Flaw::Expired),
        client_certificate: ClientCertificate::Ask,
        ..ServerTls::default()
    };
    let lacks = server_code(&serving(flawed.clone()), CodeForm::Python).lacks;
    let file = "bothends-ca.pem";
    assert!(
        lacks.contains(&CodeLack::TlsFlaw) && lacks.contains(&CodeLack::AuthorityFile { file })
    );
    let lacks = server_code(&serving(flawed), CodeForm::Ncat).lacks;
    for lack in [
        CodeLack::TlsIdentityOfNcat,
        CodeLack::TlsFlaw,
        CodeLack::TlsClients,
    ] {
        assert!(lacks.contains(&lack), "{lack:?} of {lacks:?}");
    }
    let mut later = serving(ServerTls::default());
    later.tls.as_mut().unwrap().begins = TlsBegins::OnRequest;
    for form in [CodeForm::Python, CodeForm::Ncat] {
        let code = server_code(&later, form);
        assert!(code.lacks.contains(&CodeLack::StartTls), "{:?}", code.lacks);
    }
    let client = ClientConfig {
        tls: Some(Box::new(setup(ClientTls::default()))),
        ..client_of("127.0.0.1:9".parse().unwrap())
    };
    let lacks = client_code(&client, &hello(), CodeForm::Python).lacks;
    assert_eq!(lacks, [CodeLack::OwnAuthority]);
}

/// A copied client with ncat, against our server.
pub(crate) fn ncat_client() {
    let ground = Ground::new();
    for check in [PeerCheck::Roots(ground.roots()), PeerCheck::Unchecked] {
        let mut rig = ground.rig();
        let address = rig.listen(serving(ServerTls::default()));
        let target = bothends::net::Target::new(NAME, address.port());
        let client = ClientConfig {
            tls: Some(Box::new(setup(ClientTls {
                check,
                server_name: ServerNameChoice::Target,
                ..ClientTls::default()
            }))),
            ..ClientConfig::new(target)
        };
        let code = client_code(&client, &hello(), CodeForm::Ncat);
        assert_eq!(code.lacks, []);
        let program = Running::shell(&code);
        assert_eq!(program.line(), "hello");
        agreed(&mut rig);
    }
    // A name that the certificate does not have is refused.
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls {
        flaw: Some(Flaw::WrongName),
        ..ServerTls::default()
    }));
    let target = bothends::net::Target::new(NAME, address.port());
    let client = ClientConfig {
        tls: Some(Box::new(setup(ClientTls {
            check: PeerCheck::Roots(ground.roots()),
            ..ClientTls::default()
        }))),
        ..ClientConfig::new(target)
    };
    let program = Running::shell(&client_code(&client, &hello(), CodeForm::Ncat));
    let line = program.line();
    assert!(
        line.contains("Certificate") || line.contains("certificate"),
        "{line}"
    );
}

/// A copied server with ncat, against our client.
pub(crate) fn ncat_server() {
    let ground = Ground::new();
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let mut config = serving(ServerTls {
        identity: ground.server_identity(),
        ..ServerTls::default()
    });
    config.bind = address.into();
    let code = server_code(&config, CodeForm::Ncat);
    assert_eq!(code.lacks, [CodeLack::AnswerAfterFinish]);
    let _program = Running::shell(&code);
    // It listens soon.
    drop(connect(address));
    let mut rig = ground.rig();
    let client = ClientConfig {
        tls: Some(Box::new(setup(ground.client()))),
        ..client_of(address)
    };
    rig.send(CLIENT, SendTo::Client(Box::new(client)), "hello");
    assert_eq!(rig.receive(CLIENT, 5), b"hello");
}
