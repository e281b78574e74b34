//! The portal's protocol, against a portal of our own on a private bus.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;

use zbus::zvariant::{ObjectPath, OwnedValue};

use super::*;
use crate::model::FileChoice;
use crate::words::ENGLISH;

/// A message bus of our own.
struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    /// Starts the bus; `None` where the system has none to start.
    fn start() -> Option<Self> {
        let daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .spawn();
        let mut daemon = daemon.ok()?;
        let mut address = String::new();
        let output = daemon.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        Some(Self { daemon, address })
    }

    fn connect(&self) -> Connection {
        let builder = Builder::address(self.address.as_str()).unwrap();
        block_on(builder.method_timeout(CALL_LIMIT).build()).unwrap()
    }

    fn choose(&self, ask: &Ask) -> zbus::Result<DialogAnswer> {
        let bus = self.connect();
        block_on(choose(&bus, ask, "x11:1f"))
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.daemon.kill().ok();
        self.daemon.wait().ok();
    }
}

type Options = HashMap<String, OwnedValue>;

/// Answers one request as a portal does; returns its method, parent, title and options.
fn portal(
    bus: &Bus,
    code: u32,
    uris: &'static [&'static str],
) -> thread::JoinHandle<(String, String, String, Options)> {
    let bus = bus.connect();
    let calls = MessageStream::from(&bus);
    block_on(bus.request_name(PORTAL)).unwrap();
    let thread = thread::Builder::new().name("portal".to_owned());
    let thread = thread.spawn(move || {
        let mut calls = calls;
        loop {
            let next = poll_fn(|cx| Pin::new(&mut calls).poll_next(cx));
            let call = block_on(next).unwrap().unwrap();
            let header = call.header();
            if header
                .interface()
                .is_none_or(|it| it.as_str() != FILE_CHOOSER)
            {
                continue;
            }
            let request = ObjectPath::try_from("/org/freedesktop/portal/desktop/request/1_1/t");
            let request = request.unwrap();
            let results: HashMap<&str, Value<'_>> = HashMap::from([("uris", Value::from(uris))]);
            let respond = |path: &str, code: u32| {
                let body = (code, &results);
                let sent = bus.emit_signal(None::<&str>, path, REQUEST, "Response", &body);
                block_on(sent).unwrap();
            };
            // The response to somebody else's request comes first.
            respond("/org/freedesktop/portal/desktop/request/1_9/t", CANCELLED);
            block_on(bus.reply(&header, &request)).unwrap();
            respond(&request, code);
            let method = header.member().unwrap().to_string();
            let (parent, title, options) = call.body().deserialize().unwrap();
            return (method, parent, title, options);
        }
    });
    thread.unwrap()
}

fn ask(choice: FileChoice, at: Option<&str>) -> Ask {
    Ask::new(choice, at.map(PathBuf::from), &ENGLISH)
}

#[test]
fn a_file_that_was_chosen_is_returned_and_a_cancelled_dialog_is_no_missing_one() {
    let Some(bus) = Bus::start() else { return };
    let open = ask(FileChoice::Open, None);
    // Nobody has the name, and nobody is started for it.
    assert!(bus.choose(&open).is_err());
    let answered = portal(&bus, CHOSEN, &["file:///tmp/a%20b%C3%A9.bothends"]);
    let answer = bus.choose(&open).unwrap();
    assert_eq!(answer, DialogAnswer::Chosen("/tmp/a bé.bothends".into()));
    let (method, parent, title, options) = answered.join().unwrap();
    let expected = ("OpenFile", "x11:1f", "Open a document or a capture");
    assert_eq!((method.as_str(), parent.as_str(), title.as_str()), expected);
    assert!(options.contains_key("filters") && !options.contains_key("directory"));
    for (code, expected) in [
        (CANCELLED, DialogAnswer::Cancelled),
        (2, DialogAnswer::Unavailable),
    ] {
        let answered = portal(&bus, code, &[]);
        assert_eq!(bus.choose(&open).unwrap(), expected);
        answered.join().unwrap();
    }
}

#[test]
fn a_file_to_save_has_its_folder_and_name_and_a_folder_is_asked_for_as_one() {
    let Some(bus) = Bus::start() else { return };
    let answered = portal(&bus, CHOSEN, &["file:///tmp/other"]);
    let save = ask(FileChoice::SaveDocument, Some("/tmp/meter.bothends"));
    let answer = bus.choose(&save).unwrap();
    assert_eq!(answer, DialogAnswer::Chosen("/tmp/other".into()));
    let (method, _, _, mut options) = answered.join().unwrap();
    assert_eq!(method, "SaveFile");
    let name = options.remove("current_name").unwrap();
    assert_eq!(String::try_from(name).unwrap(), "meter.bothends");
    let folder = options.remove("current_folder").unwrap();
    assert_eq!(<Vec<u8>>::try_from(folder).unwrap(), b"/tmp\0");
    let answered = portal(&bus, CHOSEN, &["file:///tmp"]);
    bus.choose(&ask(FileChoice::OpenFolder, None)).unwrap();
    let (_, _, _, options) = answered.join().unwrap();
    assert_eq!(options.get("directory"), Some(&OwnedValue::from(true)));
}

#[test]
fn a_uri_is_decoded_byte_for_byte() {
    let check = |uri: &str, expected: Option<&[u8]>| {
        let path = path(uri);
        let bytes = path.as_ref().map(|path| path.as_os_str().as_bytes());
        assert_eq!(bytes, expected, "{uri}");
    };
    check("file:///a%20b", Some(b"/a b"));
    check("file://localhost/a", Some(b"/a"));
    check("file:///%ff%41", Some(b"/\xffA"));
    check("file:///a%2", None);
    check("file:///a%zz", None);
    check("http://a/b", None);
    check("file://host", None);
}
