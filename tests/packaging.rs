//! What packages say about the program: the menu entry, the types of files, the metadata of software centres and the
//! icons, read by the tools that systems read them with.
//!
//! A test without its tool is ignored with the reason; with `BOTHENDS_REQUIRE_ALL` set it fails instead. The packages
//! themselves are checked by `.ci/package --check`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

/// The sizes that stand in the icon theme.
const ICON_SIZES: [u32; 9] = [16, 22, 24, 32, 48, 64, 128, 256, 512];

type Outcome = Result<Completion, Failed>;
type Test = fn() -> Outcome;

fn main() -> ExitCode {
    let tests: [(&str, Test); 6] = [
        ("the_menu_entry_is_valid", menu_entry),
        ("the_metadata_are_valid", metadata),
        ("the_metadata_have_this_version", metadata_of_this_version),
        ("documents_and_captures_have_types", types),
        ("the_icons_have_their_sizes", icons),
        ("each_screenshot_is_a_picture_here", screenshots),
    ];
    let trials = tests.map(|(name, test)| Trial::ignorable_test(name, test));
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

fn packaging(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/packaging")
        .join(path)
}

fn linux(ending: &str) -> PathBuf {
    packaging(&format!("linux/io.github.bothends.Bothends.{ending}"))
}

/// Runs a tool that ends with 0 if it is content; the test is ignored where there is none.
fn content(tool: &str, arguments: &[&Path]) -> Outcome {
    match Command::new(tool).args(arguments).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let reason = format!("there is no {tool}");
            match env::var_os("BOTHENDS_REQUIRE_ALL") {
                Some(_) => Err(reason.into()),
                None => Ok(Completion::ignored_with(reason)),
            }
        }
        Err(error) => Err(error.into()),
        Ok(output) if output.status.success() => Ok(Completion::Completed),
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            Err(String::from_utf8_lossy(&said).into_owned().into())
        }
    }
}

fn menu_entry() -> Outcome {
    content("desktop-file-validate", &[&linux("desktop")])
}

fn metadata() -> Outcome {
    let [validate, offline] = ["validate", "--no-net"].map(Path::new);
    content("appstreamcli", &[validate, offline, &linux("metainfo.xml")])
}

fn metadata_of_this_version() -> Outcome {
    let version = env!("CARGO_PKG_VERSION");
    let text = fs::read_to_string(linux("metainfo.xml"))?;
    assert!(
        text.contains(&format!("<release version=\"{version}\"")),
        "no release {version} in the metadata"
    );
    Ok(Completion::Completed)
}

/// The database of types that a system makes of ours knows their names.
fn types() -> Outcome {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("packages"))?;
    fs::copy(linux("xml"), folder.path().join("packages/bothends.xml"))?;
    let made = content("update-mime-database", &[folder.path()])?;
    if matches!(made, Completion::Ignored { .. }) {
        return Ok(made);
    }
    let patterns = fs::read_to_string(folder.path().join("globs2"))?;
    for pattern in ["*.bothends", "capture.toml", "*.pcapng"] {
        let line = format!(":{pattern}\n");
        assert!(patterns.contains(&line), "{pattern} in:\n{patterns}");
    }
    // What the menu entry opens has a type here, or on each system.
    let entry = fs::read_to_string(linux("desktop"))?;
    let opened = entry
        .lines()
        .find_map(|line| line.strip_prefix("MimeType="));
    for name in opened.unwrap().split_terminator(';') {
        let is_known = name == "application/vnd.tcpdump.pcap" || patterns.contains(name);
        assert!(is_known, "{name} in:\n{patterns}");
    }
    Ok(made)
}

fn icons() -> Outcome {
    for size in ICON_SIZES {
        let path = packaging(&format!("icons/{size}.png"));
        assert_eq!(dimensions(&path), (size, size), "{}", path.display());
    }
    let begins = |name: &str, head: &[u8]| {
        let content = fs::read(packaging(&format!("icons/{name}"))).unwrap();
        assert!(content.starts_with(head), "{name}");
        content.len()
    };
    begins("bothends.ico", &[0, 0, 1, 0]);
    let len = begins("bothends.icns", b"icns");
    let content = fs::read(packaging("icons/bothends.icns"))?;
    let written = u32::from_be_bytes(content[4..8].try_into()?);
    assert_eq!(usize::try_from(written)?, len);
    Ok(Completion::Completed)
}

/// Returns the width and the height that the header of a PNG file has.
fn dimensions(path: &Path) -> (u32, u32) {
    let content = fs::read(path).unwrap();
    assert!(
        content.starts_with(b"\x89PNG\r\n\x1a\n"),
        "{}",
        path.display()
    );
    let number = |at: usize| u32::from_be_bytes(content[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

fn screenshots() -> Outcome {
    let text = fs::read_to_string(linux("metainfo.xml"))?;
    let images: Vec<&str> = text
        .split("</image>")
        .filter_map(|before| before.rsplit_once('>')?.1.rsplit_once("/main/"))
        .map(|(_host, path)| path)
        .collect();
    assert!(!images.is_empty(), "no screenshots in the metadata");
    for image in images {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(image);
        let (width, height) = dimensions(&path);
        assert!(width >= 1000 && height >= 600, "{image}: {width}×{height}");
    }
    Ok(Completion::Completed)
}
