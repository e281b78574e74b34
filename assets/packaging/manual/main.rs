//! Writes the manual pages and the shell completions of `bothends`, from the definition of its command line.
//!
//! `cargo run -p bothends-manual -- FOLDER` writes `FOLDER/man/*.1` and `FOLDER/completions/*`. A program of its own, so
//! that the program that people have does not carry it.

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

/// The shells that have completions.
const SHELLS: [Shell; 4] = [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell];

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or(io::ErrorKind::InvalidInput)?;
    write_pages(&folder.join("man"))?;
    write_completions(&folder.join("completions"))
}

/// Writes a page for the program and one for each of its commands.
fn write_pages(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // The commit would make the pages differ where the program does not.
    let mut command = bothends::cli::command();
    let version = command.get_version().unwrap_or_default();
    let version = version.split(' ').next().unwrap_or_default();
    // It is needed until the end, which is near.
    let version: &'static str = version.to_owned().leak();
    let source = format!("Bothends {version}");
    command = command.version(version).disable_help_subcommand(true);
    command.build();
    for part in command.get_subcommands() {
        write_page(part, &source, folder)?;
    }
    write_page(&command, &source, folder)
}

fn write_page(command: &Command, source: &str, folder: &Path) -> io::Result<()> {
    let page = Man::new(command.clone()).source(source).manual("Bothends");
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    if command.has_subcommands() {
        page.render_subcommands_section(&mut text)?;
    }
    if let Some(after) = command.get_after_help() {
        write_sections(&after.to_string(), &mut text)?;
    }
    fs::write(folder.join(page.get_filename()), text)
}

/// Writes what stands after the options: sections with an empty line between them, each of which has its name before a
/// colon. What follows in further lines keeps its columns.
fn write_sections(text: &str, to: &mut Vec<u8>) -> io::Result<()> {
    for section in text.split("\n\n") {
        let (name, body) = section.split_once(':').unwrap_or(("Notes", section));
        let name = name.trim().to_uppercase();
        writeln!(to, ".SH \"{}\"", escaped(&name))?;
        match body.strip_prefix('\n') {
            Some(columns) => writeln!(to, ".nf\n{}\n.fi", escaped(columns))?,
            None => writeln!(to, "{}", escaped(body.trim_start()))?,
        }
    }
    Ok(())
}

/// Returns the text as roff shows it unchanged: backslashes and hyphens are themselves, and no line is a request.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let lines = text.lines().map(|line| match line.chars().next() {
        Some('.' | '\'') => format!("\\&{line}"),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn write_completions(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut command = bothends::cli::command();
    for shell in SHELLS {
        clap_complete::generate_to(shell, &mut command, "bothends", folder)?;
    }
    Ok(())
}
