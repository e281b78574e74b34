//! Lanes and the lifecycle.

use std::io::Write as _;
use std::net::Shutdown;

use bothends::workspace::ReplyKind;
use egui::accesskit::Role;

use super::reader::Reader;
use crate::driver::{connect, data_folder, rows, server_form, wait};

/// Has a message sent and answered.
fn converse(reader: &mut Reader) {
    reader.start();
    reader.click("Send");
    reader.until("the echo", 7);
}

#[test]
fn lanes_speak_the_language() {
    let mut reader = Reader::new(|_| {});
    reader.choose("Show the timeline as", "Lanes");
    reader.read("lanes without entries");
    converse(&mut reader);
    reader.read("lanes");
    reader.read_each_row("an arrow is selected");
    reader.click("Frames");
    reader.read("lanes of frames");
    reader.finish();
}

#[test]
fn a_bundle_of_lanes_speaks_the_language() {
    let mut reader = Reader::new(|loaded| {
        server_form(&mut loaded.document).behaviour.reply = ReplyKind::None;
    });
    let address = reader.start().parse().unwrap();
    let mut peer = connect(address);
    peer.set_nodelay(true).unwrap();
    for chunk in 0..40 {
        peer.write_all(format!("{chunk:03}").as_bytes()).unwrap();
        // What is not read before the next write would be one chunk with it.
        reader.until("the chunk", 3 + chunk);
    }
    peer.shutdown(Shutdown::Write).unwrap();
    reader.choose("Show the timeline as", "Lanes");
    wait(&mut reader.window, "the bundle", |window| {
        rows(window).iter().any(|row| row.contains("32 chunks"))
    });
    reader.read("a bundle");
    reader.read_each_row("a bundle is selected, or an arrow");
    reader.finish();
}

#[test]
fn the_lifecycle_speaks_the_language() {
    let folder = data_folder();
    let mut reader = Reader::new(|_| {});
    reader.choose("Show the timeline as", "Lifecycle");
    reader.read("no lifecycle");
    converse(&mut reader);
    reader.wait_for("#1 hands [4 bytes]");
    reader.read("a lifecycle");
    reader.read_each_row("a mark is selected");
    if cfg!(target_os = "linux") {
        reader.click("Show acknowledgements");
        reader.click("Send");
        reader.wait_for("(ACK)");
        reader.read("acknowledgements");
    }
    reader.click("Save picture…");
    reader.read("where to save a picture");
    let path = folder.join("1.svg").display().to_string();
    reader.type_into(Role::TextInput, "File", &path);
    reader.click("Save");
    reader.wait_for("Saved as");
    reader.read("a saved picture");
    reader.click("Save");
    reader.wait_for("already exists");
    reader.read("a picture that is there");
    reader.click("Close");
    reader.click("Stop server");
    reader.read("a lifecycle that ended");
    reader.read_each_row("a mark of its end is selected");
    for place in [1, 0] {
        reader.inspect(place);
        reader.tab("Connection");
        reader.read("a small lifecycle, the states and numbers");
    }
    reader.finish();
}
