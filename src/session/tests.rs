//! A session without a window, over real sockets.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};

use super::*;
use crate::capture::EndpointState;
use crate::capture::store::Keep;
use crate::capture::synthetic::VariantNames;
use crate::capture::{Entry, EventKind, RecordStatus};
use crate::payload::template::Template;
use crate::payload::{Draft, Encoding};
use crate::workspace::AddressForm;
use crate::workspace::{
    ClientForm, ConfigFolder, DOCUMENT_NAME, EndpointKind, ReplyKind, ServerForm, TargetForm,
};

const PATIENCE: Duration = Duration::from_secs(10);
const SERVER: EndpointId = EndpointId(1);
const CLIENT: EndpointId = EndpointId(2);

/// A session, and a folder with files for templates.
struct Stage {
    session: Session,
    wakes: Receiver<()>,
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        Self::with(|config, wake| Session::start(config, wake).unwrap())
    }

    fn with(start: impl FnOnce(SessionConfig, Box<dyn Fn() + Send + Sync>) -> Session) -> Self {
        let (wake, wakes) = bounded(1);
        let config = SessionConfig {
            observe: Observe::Everything,
            document: Document::default(),
            document_file: SavedFile::default(),
            store: Arc::new(Store::nowhere(StopCause::Off)),
            library: None,
            say: &VariantNames,
        };
        let wake = Box::new(move || {
            wake.try_send(()).ok();
        });
        let session = start(config, wake);
        let mut stage = Self {
            session,
            wakes,
            folder: tempfile::tempdir().unwrap(),
        };
        stage.set_up_server(|form| form.bind.port_text = "0".to_owned());
        stage
    }

    fn set_up_server(&mut self, change: impl FnOnce(&mut ServerForm)) {
        let kind = self.session.document.endpoint(SERVER).unwrap().kind.clone();
        let EndpointKind::Server(mut form) = kind else {
            panic!("a client");
        };
        change(&mut form);
        let kind = EndpointKind::Server(form);
        self.session.set_up(SERVER, kind).unwrap();
    }

    /// Makes the server reply with a file, and a text behind it.
    fn reply_with(&mut self, path: &Path, text: &str) {
        self.set_up_server(|form| {
            form.behaviour.reply = ReplyKind::Fixed;
            form.behaviour.reply_message = draft(path, text);
        });
    }

    /// Writes a file that templates can name.
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Blocks the thread that reads files until the sender is dropped.
    fn hold_files(&mut self) -> Sender<()> {
        let (release, held) = bounded(0);
        let wait = move |_: &mut crate::capture::progress::OnProgress<'_>| {
            held.recv().ok();
            files::Outcome::Opened(Err(SessionError::NothingToSend))
        };
        self.session.files.order(wait).unwrap();
        release
    }

    /// Takes updates until one of them, or the endpoints' status, satisfies `found`.
    fn wait<T>(
        &mut self,
        what: &str,
        mut found: impl FnMut(&Session, Option<&Update>) -> Option<T>,
    ) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let update = self.session.update();
            if let Some(found) = found(&self.session, update.as_ref()) {
                return found;
            }
            if update.is_none() {
                let woken = self.wakes.recv_deadline(deadline);
                assert!(woken.is_ok(), "waited for {what}");
            }
        }
    }

    fn start_server(&mut self) -> SocketAddr {
        self.session.start_server(SERVER, None).unwrap();
        self.wait("the server", |session, _| session.bound(SERVER)?.ip())
    }

    /// Connects the client to a peer that is not ours.
    fn connect_to(&mut self, listener: &TcpListener) -> TcpStream {
        let port = listener.local_addr().unwrap().port();
        let form = ClientForm {
            target: TargetForm::Address,
            remote: AddressForm {
                port_text: port.to_string(),
                ..AddressForm::default()
            },
            ..ClientForm::default()
        };
        let kind = EndpointKind::Client(form);
        self.session.set_up(CLIENT, kind).unwrap();
        self.session.connect(CLIENT).unwrap();
        let (peer, _) = listener.accept().unwrap();
        peer.set_read_timeout(Some(PATIENCE)).unwrap();
        self.wait("the connection", |session, _| session.connected(CLIENT));
        peer
    }

    fn send(&mut self, template: Template) -> Result<(), SessionError> {
        let target = SendTarget::Client(CLIENT);
        self.session.send(target, template)
    }
}

fn draft(path: &Path, text: &str) -> Draft {
    Draft {
        text: format!("{{{{file {}}}}}{text}", path.display()),
        template: true,
        ..Draft::default()
    }
}

fn read(peer: &mut TcpStream, len: usize) -> String {
    let mut bytes = vec![0; len];
    peer.read_exact(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_client_follows_our_server_to_wherever_it_listens() {
    let mut stage = Stage::new();
    let refused = stage.session.connect(CLIENT);
    assert!(
        matches!(refused, Err(SessionError::Field(_))),
        "{refused:?}"
    );
    let address = stage.start_server();
    stage.send(Template::literal(b"Hello".to_vec())).unwrap();
    stage.wait("the echo", |session, _| {
        let client = session.endpoints.get(&CLIENT)?;
        (client.received_bytes == 5).then_some(())
    });
    assert_ne!(address.port(), 0);
    let nobody = SendTarget::Peers(SERVER, Vec::new());
    let refused = stage.session.send(nobody, Template::literal(vec![0]));
    assert!(
        matches!(refused, Err(SessionError::NoPeerSelected)),
        "{refused:?}"
    );
}

#[test]
fn messages_keep_their_order_while_files_are_read_in_the_background() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    let path = stage.file("first", b"from a file, ");
    let first = draft(&path, "one, ").compile(Encoding::UTF_8).unwrap();
    let held = stage.hold_files();
    stage.send(first).unwrap();
    stage.send(Template::literal(b"two".to_vec())).unwrap();
    drop(held);
    stage.wait("the messages to go", |session, _| {
        (session.outgoing == 0).then_some(())
    });
    assert_eq!(read(&mut peer, 21), "from a file, one, two");
}

#[test]
fn a_message_with_a_missing_file_is_not_sent_but_the_next_one_is() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    let missing = stage.folder.path().join("missing");
    let first = draft(&missing, "one").compile(Encoding::UTF_8).unwrap();
    stage.send(first).unwrap();
    stage.send(Template::literal(b"two".to_vec())).unwrap();
    stage.wait("what went wrong", |_, update| match update {
        Some(Update::NotSent(SessionError::TemplateFile(error))) => {
            assert_eq!(error.path, missing);
            Some(())
        }
        _ => None,
    });
    assert_eq!(read(&mut peer, 3), "two");
}

#[test]
fn reply_files_are_read_once_for_all_edits_made_meanwhile() {
    let mut stage = Stage::new();
    let path = stage.file("reply", b"reply ");
    stage.reply_with(&path, "0");
    let address = stage.start_server();
    let held = stage.hold_files();
    let before = stage.session.files.jobs();
    for number in 1..=50 {
        stage.reply_with(&path, &number.to_string());
    }
    drop(held);
    stage.wait("the last edit", |session, _| {
        session.preparing.is_empty().then_some(())
    });
    assert_eq!(stage.session.files.jobs() - before, 2);
    let mut peer = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    peer.set_read_timeout(Some(PATIENCE)).unwrap();
    peer.write_all(b"?").unwrap();
    assert_eq!(read(&mut peer, 8), "reply 50");
}

#[test]
fn a_server_stopped_while_its_files_are_read_does_not_start() {
    let mut stage = Stage::new();
    let path = stage.file("reply", b"reply");
    stage.reply_with(&path, "");
    let other = stage.session.edit(Document::add_server).unwrap();
    let held = stage.hold_files();
    stage.session.start_server(SERVER, None).unwrap();
    stage.session.stop(SERVER).unwrap();
    drop(held);
    stage.wait("the end of reading", |session, _| {
        session.preparing.is_empty().then_some(())
    });
    // Anything sent earlier on the same path would have arrived by now.
    stage.session.start_server(other, Some(0)).unwrap();
    stage.wait("the other server", |session, _| session.bound(other)?.ip());
    let server = stage.session.endpoints.get(&SERVER).map(|it| &it.state);
    assert!(
        matches!(server, None | Some(EndpointState::Idle)),
        "{server:?}"
    );
}

/// Sends the entries that it sees, and how many of them are on record.
struct Watching(Sender<(Vec<Entry>, u64)>);

impl Watch for Watching {
    fn note(&mut self, entries: &mut Vec<Entry>, record: &RecordStatus) {
        self.0.send((entries.clone(), record.entries)).unwrap();
    }
}

#[test]
fn without_a_record_entries_go_straight_to_whoever_watches() {
    let (noting, noted) = bounded(1_000);
    let mut stage = Stage::with(|config, wake| {
        Session::start_unrecorded(config, wake, Box::new(Watching(noting))).unwrap()
    });
    stage.session.start_server(SERVER, None).unwrap();
    let (entries, recorded) = noted.recv_timeout(PATIENCE).unwrap();
    assert!(matches!(entries[0].event.kind, EventKind::Listening { .. }));
    assert_eq!((entries[0].number, recorded), (0, 0));
    assert_eq!(stage.session.shut_down(), 0);
    let (entries, _) = noted.recv_timeout(PATIENCE).unwrap();
    assert!(matches!(entries[0].event.kind, EventKind::Stopped));
    assert_eq!(entries[0].number, 1);
    assert!(noted.recv_timeout(PATIENCE).is_err(), "the relay has ended");
}

#[test]
fn what_is_watched_says_what_is_on_record() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let keep = Keep::everything(folder.path());
    let store = Arc::new(Store::create(&dir, keep, SystemTime::now()).unwrap());
    let (noting, noted) = bounded(1_000);
    let mut stage = Stage::with(|config, wake| {
        let store = Arc::clone(&store);
        let config = SessionConfig { store, ..config };
        Session::start_watched(config, wake, Some(Box::new(Watching(noting)))).unwrap()
    });
    stage.start_server();
    assert_eq!(stage.session.shut_down(), 0);
    let noted: Vec<_> = noted.try_iter().filter(|(it, _)| !it.is_empty()).collect();
    let numbers = noted.iter().flat_map(|it| &it.0).map(|entry| entry.number);
    assert_eq!(numbers.collect::<Vec<_>>(), [0, 1]);
    assert_eq!(noted.last().map(|it| it.1), Some(2));
    assert_eq!(store.status().entries, 2);
}

#[test]
fn a_changed_document_is_saved_in_the_background_and_is_approved_if_it_was() {
    let mut stage = Stage::new();
    let (folder, _) = ConfigFolder::open_in(stage.folder.path());
    stage.session.saver = Saver::new(folder.document, Arc::clone(&stage.session.wake));
    let path = stage.folder.path().join(DOCUMENT_NAME);
    let saved = move |stage: &mut Stage| {
        assert!(stage.session.save());
        let hash = stage.wait("the save", |_, update| match update {
            Some(Update::Approved(hash)) => Some(hash.clone()),
            _ => None,
        });
        assert!(hash == DocumentHash::of(&std::fs::read_to_string(&path).unwrap()));
        hash
    };
    let before = saved(&mut stage);
    let renamed = stage.session.edit(|it| it.rename(SERVER, "Meter"));
    assert_eq!(renamed, Ok(()));
    assert!(saved(&mut stage) != before);
    assert_eq!(stage.session.facts[&SERVER].name, "Meter");
    // What nobody approved is saved too, but not approved by that.
    stage.session.edit(|document| document.is_approved = false);
    assert!(matches!(stage.session.save_now(), Ok(None)));
    stage.session.approve();
    assert!(matches!(stage.session.save_now(), Ok(Some(_))));
}

#[test]
fn what_is_shown_of_a_document_does_not_change_by_edits_of_it() {
    let mut stage = Stage::new();
    let shown = Arc::clone(stage.session.document());
    stage.session.remove(SERVER);
    stage.session.remove(SERVER);
    assert!(shown.endpoint(SERVER).is_some());
    assert!(stage.session.document().endpoint(SERVER).is_none());
    assert_eq!(stage.session.facts[&SERVER].name, "Server 1");
}
