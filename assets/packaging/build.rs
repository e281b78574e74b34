//! Runs before the program is compiled: finds out which commit it is made from, and gives the Windows program its icon.

use std::env;
use std::path::Path;
use std::process::Command;

/// The variable that names the commit, where the sources do not know it.
const COMMIT_VARIABLE: &str = "BOTHENDS_COMMIT";
/// The file in which `git archive` writes the commit.
const ARCHIVED: &str = "assets/packaging/commit.txt";
const ICON: &str = "assets/packaging/icons/bothends.ico";
const THIS: &str = "assets/packaging/build.rs";

fn main() {
    println!("cargo::rerun-if-changed={THIS}");
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let version = match commit() {
        Some(commit) => format!("{version} ({commit})"),
        None => version,
    };
    println!("cargo::rustc-env=BOTHENDS_VERSION={version}");
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        describe_for_windows();
    }
}

/// Returns the commit that a release is made from, as far as it is known. Other builds do not name it, so that a commit
/// compiles nothing anew.
fn commit() -> Option<String> {
    println!("cargo::rerun-if-env-changed={COMMIT_VARIABLE}");
    if env::var("PROFILE").as_deref() != Ok("release") {
        return None;
    }
    let named = env::var(COMMIT_VARIABLE).ok();
    let archived = || std::fs::read_to_string(ARCHIVED).ok();
    named
        .and_then(|named| as_commit(&named))
        .or_else(|| as_commit(&archived()?))
        .or_else(checked_out)
}

fn as_commit(text: &str) -> Option<String> {
    let text = text.trim();
    let is_commit = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_commit.then(|| text.to_owned())
}

/// Returns the commit that is checked out, if these are the sources of a repository, and not of one around them.
fn checked_out() -> Option<String> {
    if !git(&["rev-parse", "--show-prefix"])?.is_empty() {
        return None;
    }
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    if Path::new(&log).exists() {
        println!("cargo::rerun-if-changed={log}");
    }
    as_commit(&git(&["rev-parse", "--short", "HEAD"])?)
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = output.status.success().then_some(output.stdout)?;
    Some(String::from_utf8(text).ok()?.trim().to_owned())
}

/// Adds the icon and what the system's dialogs show about a program.
fn describe_for_windows() {
    println!("cargo::rerun-if-changed={ICON}");
    let mut resource = winresource::WindowsResource::new();
    resource
        .set_icon(ICON)
        .set("ProductName", "Bothends")
        .set("FileDescription", "Bothends")
        .set("OriginalFilename", "bothends.exe")
        .set("LegalCopyright", "MIT or Apache-2.0");
    if let Err(error) = resource.compile() {
        println!("cargo::warning=the program has no icon: {error}");
    }
}
