//! The shape of the house, kept by a test: use runs one way, folders hold no circles, what is said stands in words, a name
//! means one type.
//!
//! It reads every file as tokens, so comments and strings are no code, and macros, unit tests and each form of import
//! are: `use a::{b, c as d}`, `super::x`, `self::x`, and paths in the middle of code. A name that a module imports, for
//! everyone (`pub use entry::Entry`) or for its children (`use cx::Cx`), counts as a use of the file that it comes from.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod house;
mod sentence;
mod source;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use house::House;
use sentence::is_sentence;

/// The modules from left to right: each one uses what stands to its right only.
const ORDER: [&str; 11] = [
    "app",
    "ui",
    "model",
    "words",
    "export",
    "session",
    "workspace",
    "capture",
    "net",
    "script",
    "payload",
];
/// The modules that the command line uses: these and those to their right.
const CLI_FROM: &str = "words";
/// The module that has the sentences; none stands to its right.
const SAYS: &str = "words";

/// Paths that a module must not hold, with the reason.
// `core::net` and `core::time` have addresses and durations only, which are data.
const FORBIDDEN: [(&[&str], &[&str], &str); 7] = [
    (
        &["payload", "script"],
        &[
            "std::net",
            "std::fs",
            "std::thread",
            "std::time",
            "crossbeam_channel",
        ],
        "payload and script are pure",
    ),
    (
        &[
            "payload",
            "script",
            "net",
            "capture",
            "workspace",
            "session",
            "export",
            "words",
            "model",
            "cli",
        ],
        &["egui", "eframe", "egui_plot", "winit"],
        "only ui and app know the window's toolkit",
    ),
    (
        &["capture", "workspace", "session", "export", "words"],
        &[
            "TcpStream",
            "TcpListener",
            "UdpSocket",
            "UnixStream",
            "socket2",
        ],
        "only net opens sockets",
    ),
    (
        &["model", "words"],
        &[
            "TcpStream",
            "TcpListener",
            "UdpSocket",
            "UnixStream",
            "std::thread",
            "std::sync::mpsc",
            "crossbeam_channel",
            "std::fs",
            "now",
        ],
        "it holds no socket, thread, channel, file or clock",
    ),
    (
        &["ui"],
        &[
            "TcpStream",
            "TcpListener",
            "UdpSocket",
            "UnixStream",
            "std::thread",
            "std::sync::mpsc",
            "crossbeam_channel",
            "std::fs",
            "Instant::now",
            "SystemTime::now",
        ],
        "the window's views hold no socket, thread, channel, file or clock",
    ),
    (
        &["app"],
        &["std::fs"],
        "the window's thread reads and writes no file",
    ),
    (
        &["net", "capture", "session", "payload"],
        &["crossbeam_channel::unbounded"],
        "every channel is bounded",
    ),
];

/// What looks at the disk: methods of paths, which name no module.
const LOOKS: [&str; 8] = [
    "canonicalize",
    "exists",
    "is_dir",
    "is_file",
    "metadata",
    "read_dir",
    "symlink_metadata",
    "try_exists",
];
/// The modules that run on the window's thread, which never waits for a disk: a share may be gone.
const ON_WINDOWS_THREAD: [&str; 4] = ["app", "ui", "model", "words"];
/// Files of theirs that look at the disk on a thread of their own.
const LOOKING: [&str; 1] = ["app/file_dialog/mod.rs"];

/// Files right of words whose literals are terms of a specification, code, texts of systems, or names that documents keep.
const TERMS: [&str; 5] = [
    "payload/pretty/",
    "net/look_up_error.rs",
    "workspace/language.rs",
    "export/code/",
    "export/picture/svg.rs",
];
/// Literals that are bytes to send, code to paste, a program's name, what others say, or names that files and formats
/// keep.
const DATA: [&str; 18] = [
    "Bothends",
    "Bothends ",
    "Client ({})",
    "DSA {bits}",
    "Intermediate CA",
    "RSA {bits}",
    "Temporary",
    "Unknown CA",
    "a string",
    "rule {}",
    "endpoint {}",
    "Bothends CA of {} since {made}",
    "Hello, server!",
    "Packet Sender",
    "unsigned char payload[{}] = {{",
    "stop reading",
    "resume reading",
    "per connection",
];

/// Types of which each system has its own.
const BY_SYSTEM: [&str; 2] = ["Diag", "RunningLab"];

/// Returns what a module must not use.
fn left_of(room: &str) -> Vec<&'static str> {
    let others = ORDER.iter().position(|it| *it == room);
    match (others, room) {
        (Some(place), _) => [&ORDER[..place], &["cli"]].concat(),
        (None, "cli") => ORDER
            .iter()
            .copied()
            .take_while(|it| *it != CLI_FROM)
            .collect(),
        (None, _) => Vec::new(),
    }
}

fn check(wrong: &[String], what: &str) {
    assert!(
        wrong.is_empty(),
        "{what} ({}):\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn use_runs_one_way() {
    let mut wrong = BTreeSet::new();
    House::read().each_use(|source, used, other| {
        let is_room =
            ORDER.contains(&source.room()) || ["cli", "", "main"].contains(&source.room());
        assert!(
            is_room,
            "src/{} belongs to no module of the house",
            source.file
        );
        if left_of(source.room()).contains(&other.room()) {
            wrong.insert(format!(
                "src/{}:{}: {} uses {}",
                source.file,
                used.line,
                source.room(),
                used.path.join("::")
            ));
        }
    });
    check(&wrong.into_iter().collect::<Vec<_>>(), "an arrow runs back");
}

#[test]
fn modules_hold_only_what_is_theirs() {
    let mut wrong = Vec::new();
    for source in House::read().sources {
        for (_, names, reason) in FORBIDDEN
            .iter()
            .filter(|(rooms, ..)| rooms.contains(&source.room()))
        {
            for used in source.uses.iter().filter(|used| !used.in_test) {
                let path = format!("::{}::", used.path.join("::"));
                if names
                    .iter()
                    .any(|name| path.contains(&format!("::{name}::")))
                {
                    wrong.push(format!(
                        "src/{}:{}: {}: {reason}",
                        source.file,
                        used.line,
                        used.path.join("::")
                    ));
                }
            }
        }
    }
    check(&wrong, "a module holds what is not its own");
}

#[test]
fn a_name_means_one_type() {
    let mut declared = BTreeMap::<String, Vec<String>>::new();
    for source in House::read().sources {
        for (line, name) in &source.types {
            let place = format!("src/{}:{line}", source.file);
            declared.entry(name.clone()).or_default().push(place);
        }
    }
    assert!(declared.contains_key("Session"));
    let wrong: Vec<_> = declared
        .into_iter()
        .filter(|(name, places)| places.len() > 1 && !BY_SYSTEM.contains(&name.as_str()))
        .map(|(name, places)| format!("{name}: {}", places.join(", ")))
        .collect();
    check(&wrong, "a name means more than one type");
}

#[test]
fn the_windows_thread_looks_at_no_file() {
    let mut wrong = Vec::new();
    for source in House::read().sources {
        if !ON_WINDOWS_THREAD.contains(&source.room()) || LOOKING.contains(&source.file.as_str()) {
            continue;
        }
        let by_path = source.uses.iter().filter(|used| !used.in_test);
        let by_path = by_path.filter_map(|used| Some((used.line, used.path.last()?)));
        let by_name = source.methods.iter().map(|(line, name)| (*line, name));
        for (line, name) in by_path.chain(by_name) {
            if LOOKS.contains(&name.as_str()) {
                wrong.push(format!("src/{}:{line}: {name}", source.file));
            }
        }
    }
    check(&wrong, "the window's thread waits for a disk");
}

/// Code stands in the file of its module, and what is imported has a name: otherwise these tests would not see it.
#[test]
fn all_code_can_be_seen() {
    let house = House::read();
    let mut wrong = Vec::new();
    for source in &house.sources {
        let globs = source.uses.iter().filter(|used| !used.in_test);
        let globs = globs.filter(|used| used.path.last().is_some_and(|it| it == "*"));
        // What a child has is its parent's.
        let of_others = globs.filter(|used| {
            let file = house.file_of(source, &used.path);
            file.is_none_or(|file| !house.sources[file].module.starts_with(&source.module))
        });
        let lines = of_others.map(|used| used.line);
        for line in lines.chain(source.elsewhere.iter().copied()) {
            wrong.push(format!("src/{}:{line}", source.file));
        }
    }
    check(&wrong, "code comes from where nobody looks");
}

/// In each folder, files and folders use each other without a circle; a parent and its own children may.
#[test]
fn folders_hold_no_circles() {
    let mut arrows: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>> = BTreeMap::new();
    House::read().each_use(|source, used, other| {
        if used.in_test {
            return;
        }
        let shared = source
            .module
            .iter()
            .zip(&other.module)
            .take_while(|(one, other)| one == other)
            .count();
        let (Some(from), Some(to)) = (source.module.get(shared), other.module.get(shared)) else {
            return;
        };
        let folder = arrows.entry(source.module[..shared].join("/")).or_default();
        let place = format!(
            "src/{}:{} uses {}",
            source.file,
            used.line,
            used.path.join("::")
        );
        folder
            .entry(from.clone())
            .or_default()
            .entry(to.clone())
            .or_insert(place);
    });
    let mut wrong = Vec::new();
    for (folder, arrows) in &arrows {
        for (from, targets) in arrows {
            for (to, place) in targets {
                if let Some(way) = way_back(arrows, to, from) {
                    wrong.push(format!("{folder}: {from} → {}: {place}", way.join(" → ")));
                }
            }
        }
    }
    check(&wrong, "files go round in a circle");
}

/// Returns the shortest way from one to another along the arrows.
fn way_back(
    arrows: &BTreeMap<String, BTreeMap<String, String>>,
    from: &str,
    to: &str,
) -> Option<Vec<String>> {
    let mut ways = std::collections::VecDeque::from([vec![from.to_owned()]]);
    let mut seen = BTreeSet::from([from.to_owned()]);
    while let Some(way) = ways.pop_front() {
        let last = way.last()?.clone();
        if last == to {
            return Some(way);
        }
        for next in arrows.get(&last).into_iter().flat_map(BTreeMap::keys) {
            if seen.insert(next.clone()) {
                ways.push_back([way.clone(), vec![next.clone()]].concat());
            }
        }
    }
    None
}

#[test]
fn only_words_has_sentences() {
    let says = ORDER.iter().position(|it| *it == SAYS).unwrap();
    let mut wrong = Vec::new();
    for source in House::read().sources {
        let is_right = ORDER[says + 1..].contains(&source.room());
        if !is_right || TERMS.iter().any(|it| source.file.starts_with(it)) {
            continue;
        }
        for literal in source
            .literals
            .iter()
            .filter(|it| is_sentence(&it.text) && !DATA.contains(&it.text.as_str()))
        {
            wrong.push(format!(
                "src/{}:{}: {}",
                source.file, literal.line, literal.text
            ));
        }
    }
    check(&wrong, "a sentence stands to the right of words");
}

#[test]
fn every_file_says_what_it_is() {
    let sources = House::read().sources;
    let silent = sources.iter().filter(|it| !it.opening.starts_with("//!"));
    let silent: Vec<_> = silent.map(|it| it.file.clone()).collect();
    check(&silent, "files that do not open with //!");
}
