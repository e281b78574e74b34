//! The shape of the house, kept by a test: use runs one way, every file says what it is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from left to right: each one uses what stands to its right only.
const ORDER: [&str; 7] = [
    "app",
    "ui",
    "model",
    "workspace",
    "capture",
    "net",
    "payload",
];

/// Names that a module must not hold, with the reason.
// `core::net` and `core::time` have addresses and durations only, which are data.
const FORBIDDEN: [(&str, &[&str], &str); 6] = [
    (
        "payload",
        &[
            "std::net",
            "std::fs",
            "std::thread",
            "std::time",
            "crossbeam",
            "egui",
        ],
        "payload is pure",
    ),
    ("net", &["egui", "eframe"], "the engine knows no window"),
    (
        "capture",
        &["egui", "eframe", "TcpStream", "TcpListener"],
        "the record knows no window and no socket",
    ),
    (
        "workspace",
        &["egui", "eframe", "TcpStream", "TcpListener"],
        "what is saved knows no window and no socket",
    ),
    (
        "model",
        &[
            "TcpStream",
            "TcpListener",
            "std::thread",
            "crossbeam",
            "std::fs",
            "::now()",
            "egui",
            "eframe",
        ],
        "the model holds no socket, thread, channel, file or clock",
    ),
    (
        "ui",
        &[
            "TcpStream",
            "TcpListener",
            "std::thread",
            "crossbeam",
            "std::fs",
            "Instant::now",
            "SystemTime::now",
        ],
        "the window's views hold no socket, thread, channel, file or clock",
    ),
];

/// A source file: its path from `src`, and its text.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// The module that it belongs to: the folder below `src`, or the file itself.
    fn module(&self) -> String {
        let first = self.path.components().next().unwrap();
        Path::new(first.as_os_str())
            .with_extension("")
            .to_string_lossy()
            .into_owned()
    }

    /// Its lines outside unit tests, numbered from 1, without comments.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let code = self
            .text
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]");
        code.enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push(Source {
                    path: path.strip_prefix(&root).unwrap().to_owned(),
                    text,
                });
            }
        }
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

#[test]
fn use_runs_one_way() {
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module();
        let forbidden: &[&str] = match ORDER.iter().position(|it| *it == module) {
            Some(place) => &ORDER[..place],
            None if module == "cli" => &ORDER[..3],
            None => continue,
        };
        for (number, line) in source.lines() {
            for other in forbidden.iter().chain(&["cli"]) {
                let names_it = line.contains(&format!("crate::{other}::"))
                    || line.contains(&format!("bothends::{other}::"));
                if names_it && *other != module {
                    wrong.push(format!(
                        "src/{}:{number}: {module} uses {other}",
                        source.path.display()
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "an arrow runs back:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn modules_hold_only_what_is_theirs() {
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module();
        for (_, names, reason) in FORBIDDEN.iter().filter(|(it, ..)| *it == module) {
            for (number, line) in source.lines() {
                for name in names.iter().filter(|name| line.contains(**name)) {
                    wrong.push(format!(
                        "src/{}:{number}: {name}: {reason}",
                        source.path.display()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|it| !it.text.starts_with("//!"))
        .map(|it| it.path)
        .collect();
    assert!(
        silent.is_empty(),
        "files that do not open with //!: {silent:?}"
    );
}
