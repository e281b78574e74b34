//! A session without a window, over real sockets.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};

use super::document::DocumentOutcome;
use super::saver::Saver;
use super::*;
use crate::capture::EndpointState;
use crate::capture::store::Keep;
use crate::capture::synthetic::VariantNames;
use crate::capture::{Entry, EventKind, RecordStatus};
use crate::net::{FlowId, NetError, Stamp};
use crate::payload::Draft;
use crate::workspace::{AddressForm, LanguageId, Repetition};
use crate::workspace::{
    ClientForm, ConfigFolder, DOCUMENT_NAME, EndpointKind, ReadDocument, ReplyKind, ServerForm,
    TargetForm,
};

mod answers_tests;
mod document_tests;
mod repeat_tests;
mod rules_tests;

const PATIENCE: Duration = Duration::from_secs(30);
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
            document_file: None,
            untitled_file: SavedFile::default(),
            store: Arc::new(Store::nowhere(StopCause::Off)),
            library: None,
            tls: TlsHome::default(),
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
            files::FilesOutcome::Opened(Err(SessionError::NothingToSend))
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

    fn send(&mut self, draft: &Draft) -> Result<(), SessionError> {
        let to = vec![SendTarget::Client(CLIENT)];
        self.session.send(Parcel::Draft(draft), to)
    }

    /// Has what the client receives cut into frames.
    fn frame_replies(&mut self, framing: &str) {
        self.session.edit(|document| {
            let EndpointKind::Client(form) = &mut document.endpoint_mut(CLIENT).unwrap().kind
            else {
                panic!("a server");
            };
            form.protocol.received.framing_text = framing.to_owned();
        });
    }

    fn send_bytes(&mut self, bytes: &[u8]) {
        let to = vec![SendTarget::Client(CLIENT)];
        self.session.send(Parcel::Bytes(bytes), to).unwrap();
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
    stage.send_bytes(b"Hello");
    stage.wait("the echo", |session, _| {
        let client = session.endpoints.get(&CLIENT)?;
        (client.received_bytes == 5).then_some(())
    });
    assert_ne!(address.port(), 0);
    let nobody = vec![SendTarget::Peers(SERVER, Vec::new())];
    let refused = stage.session.send(Parcel::Bytes(&[0]), nobody);
    assert!(
        matches!(refused, Err(SessionError::NoPeerSelected)),
        "{refused:?}"
    );
}

#[test]
fn each_endpoint_sends_a_message_in_its_own_encoding() {
    let mut stage = Stage::new();
    stage.set_up_server(|form| {
        form.behaviour.reply = ReplyKind::None;
        form.protocol.sent.encoding = "windows-1252".parse().unwrap();
    });
    stage.start_server();
    stage.session.connect(CLIENT).unwrap();
    stage.wait("the peer", |session, _| {
        let server = session.endpoints.get(&SERVER)?;
        (server.open_connections == 1).then_some(())
    });
    let draft = Draft {
        text: "é".to_owned(),
        ..Draft::default()
    };
    let to = vec![SendTarget::Client(CLIENT), SendTarget::AllPeers(SERVER)];
    stage.session.send(Parcel::Draft(&draft), to).unwrap();
    stage.wait("both messages", |session, _| {
        let received = |id| Some(session.endpoints.get(&id)?.received_bytes);
        (received(SERVER)? == 2 && received(CLIENT)? == 1).then_some(())
    });
    let unwritable = Draft {
        text: "\u{4e16}".to_owned(),
        ..Draft::default()
    };
    let to = vec![SendTarget::Client(CLIENT), SendTarget::AllPeers(SERVER)];
    let refused = stage.session.send(Parcel::Draft(&unwritable), to);
    assert!(
        matches!(refused, Err(SessionError::Message(_))),
        "{refused:?}"
    );
}

#[test]
fn clients_begin_once_all_servers_that_were_started_with_them_listen() {
    let mut stage = Stage::new();
    let other = stage
        .session
        .edit(|document| document.add_server("Server"))
        .unwrap();
    let kind = stage
        .session
        .document
        .endpoint(SERVER)
        .unwrap()
        .kind
        .clone();
    stage.session.set_up(other, kind).unwrap();
    let path = stage.file("reply", b"x");
    stage.reply_with(&path, "");
    let held = stage.hold_files();
    let begin = |stage: &mut Stage| {
        let clients = [(CLIENT, None)];
        stage.session.start_together(&[SERVER, other], clients)
    };
    begin(&mut stage).unwrap();
    stage.wait("one server", |session, _| session.bound(other).map(drop));
    assert!(!stage.session.is_running(CLIENT));
    drop(held);
    stage.wait("the client", |session, _| session.connected(CLIENT));
    assert!(stage.session.bound(SERVER).is_some());
    // Both listen already.
    stage.session.stop(CLIENT).unwrap();
    stage.wait("the end", |session, _| {
        session.connected(CLIENT).is_none().then_some(())
    });
    begin(&mut stage).unwrap();
    stage.wait("the client", |session, _| session.connected(CLIENT));
    // What is wrong with a client is reported at the client.
    let missing = Some("missing".to_owned());
    let alone = stage.session.start_together(&[], [(CLIENT, missing)]);
    assert!(alone.is_ok(), "{alone:?}");
    stage.wait("the refusal", |_, update| match update {
        Some(Update::Refused(CLIENT, SessionError::NoSequence)) => Some(()),
        _ => None,
    });
}

#[test]
fn messages_keep_their_order_while_files_are_read_in_the_background() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    let path = stage.file("first", b"from a file, ");
    let first = draft(&path, "one, ");
    let held = stage.hold_files();
    stage.send(&first).unwrap();
    stage.send_bytes(b"two");
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
    let first = draft(&missing, "one");
    stage.send(&first).unwrap();
    stage.send_bytes(b"two");
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
    let other = stage.session.edit(|it| it.add_server("Server")).unwrap();
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

#[test]
fn a_client_that_waits_connects_to_where_its_server_listens_now() {
    let mut stage = Stage::new();
    let kind = stage
        .session
        .document
        .endpoint(CLIENT)
        .unwrap()
        .kind
        .clone();
    let EndpointKind::Client(mut form) = kind else {
        panic!("a server");
    };
    form.reconnect_text = "1m".to_owned();
    let kind = EndpointKind::Client(form);
    stage.session.set_up(CLIENT, kind).unwrap();
    let first = stage.start_server();
    stage.session.connect(CLIENT).unwrap();
    stage.wait("the connection", |session, _| session.connected(CLIENT));
    stage.session.stop(SERVER).unwrap();
    stage.wait("the wait", |session, _| {
        let client = &session.endpoints.get(&CLIENT)?.state;
        let waits = matches!(client, EndpointState::Reconnecting { attempt: 1, .. });
        (waits && session.bound(SERVER).is_none()).then_some(())
    });
    let second = stage.start_server();
    assert_ne!(first, second);
    stage.wait("another connection", |session, _| session.connected(CLIENT));
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

/// Both ends of a watched connection are ours: the window gets both, and the record keeps both.
#[cfg(target_os = "linux")]
#[test]
fn what_the_kernel_says_of_both_ends_is_seen_and_kept() {
    use crate::capture::trace::TraceKind;
    use crate::capture::{Answer, Request, SamplesOf};
    use crate::net::kernel::{KernelWatch, MarkKind, Marks, Sampled, TcpState};
    use crate::net::{Command, SendTo};
    use crate::script::Message;

    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("capture");
    let store = Store::create(&store, Keep::up_to(u64::MAX), SystemTime::now()).unwrap();
    let mut stage = Stage::with(|config, wake| {
        let store = Arc::new(store);
        Session::start(SessionConfig { store, ..config }, wake).unwrap()
    });
    stage.start_server();
    stage.session.connect(CLIENT).unwrap();
    let flow = stage.wait("the client", |session, _| session.connected(CLIENT));
    let watch = KernelWatch {
        every: Some(KernelWatch::SHORTEST),
        marks: Marks::Acknowledged,
        ..KernelWatch::numbers_of(flow)
    };
    stage.session.watch(Some((CLIENT, watch))).unwrap();
    stage.wait("both states", |_, update| {
        let Some(Update::Live(RecordUpdate::Status(status))) = update else {
            return None;
        };
        status.samples.iter().find_map(|sample| match &sample.what {
            Sampled::Numbers(numbers) => {
                let ends = [&numbers.ours, &numbers.peer];
                let is_open = |end: &Option<crate::net::kernel::SocketNumbers>| {
                    end.as_ref().map(|it| it.state) == Some(TcpState::Established)
                };
                ends.into_iter().all(is_open).then_some(())
            }
            _ => None,
        })
    });
    let message = Message::Bytes("hello".into());
    let send = Command::Send {
        to: SendTo::All,
        message,
    };
    // The server's end is watched once it is known: the session says so to its thread before the message is sent.
    stage.wait("the server's end", |session, _| session.watches_other_end());
    stage.session.command(CLIENT, send).unwrap();
    // Both ends mark what they send: the client its message, the server its echo.
    let mut marked = BTreeMap::new();
    stage.wait("a mark of each end", |_, update| {
        if let Some(Update::Live(RecordUpdate::Status(status))) = update {
            for sample in &status.samples {
                if let Sampled::Mark(mark) = sample.what {
                    marked.insert(sample.connection().unwrap(), mark);
                }
            }
        }
        (marked.len() == 2).then_some(())
    });
    let end = |flow: &FlowId| (marked[flow].kind, marked[flow].end);
    assert_eq!(end(&flow), (MarkKind::Acknowledged, 5));
    assert_eq!(end(&flow.other_end()), (MarkKind::Acknowledged, 5));
    stage.session.watch(None).unwrap();

    let answer = |stage: &mut Stage, request: Request| {
        stage.session.request(CaptureId::Live, request).unwrap();
        stage.wait("an answer", |_, update| match update {
            Some(Update::Live(RecordUpdate::Answer(answer))) => Some(answer.clone()),
            _ => None,
        })
    };
    let deadline = Instant::now() + PATIENCE;
    loop {
        // Entries are held back for a moment, samples are not.
        let Answer::Trace(traced) = answer(&mut stage, Request::Trace(flow)) else {
            panic!("another answer");
        };
        let kinds: Vec<_> = traced.trace.events.iter().map(|it| &it.kind).collect();
        assert!(matches!(kinds[0], TraceKind::Syn(Some(_))), "{kinds:?}");
        if kinds.contains(&&TraceKind::Acknowledged { end: 5 }) {
            break;
        }
        assert!(Instant::now() < deadline, "{kinds:?}");
    }
    let of = SamplesOf {
        connection: flow.other_end(),
        time: (Stamp(0), Stamp(u64::MAX)),
        bytes: (0, 4),
        most: 10,
    };
    let Answer::Samples(page) = answer(&mut stage, Request::Samples(of)) else {
        panic!("another answer");
    };
    assert_eq!((page.marks.len(), page.numbers.len()), (1, 0));
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_of_a_peer_on_this_machine_is_found() {
    let mut stage = Stage::new();
    let address = stage.start_server();
    let peer = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    let local = peer.local_addr().unwrap();
    let flow = FlowId::server(1);
    stage.session.ask_process(flow, address, local).unwrap();
    let process = stage.wait("the process", |_, update| match update {
        Some(Update::Process { process, .. }) => Some(process.clone()),
        _ => None,
    });
    assert_eq!(process.unwrap().pid, std::process::id());
}
