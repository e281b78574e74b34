//! What everybody sees: a conversation, its entries, the dialogs, the settings of endpoints, rules, an opened capture.

use bothends::payload::Encoding;
use bothends::workspace::ConfigFolder;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::reader::Reader;
use crate::driver::{data_folder, names, rows, wait};
use crate::sessions::killed_session;

#[test]
fn every_text_in_the_window_comes_from_its_language() {
    let data = data_folder();
    killed_session(&data);
    let mut reader = Reader::open(&data, ConfigFolder::default(), |_| {});
    reader.read("first start");
    wait(&mut reader.window, "the offer", |window| {
        window.state().model().library.offer.is_some()
    });
    reader.read("an interrupted session is offered");
    reader.click("Keep in list");
    conversation(&mut reader);
    detail(&mut reader);
    timeline(&mut reader);
    dialogs(&mut reader);
    endpoints(&mut reader);
    rules(&mut reader);
    captures(&mut reader);
    reader.narrow();
    reader.finish();
}

#[test]
fn the_encodings_are_called_in_the_language() {
    let mut reader = Reader::new(|_| {});
    // The standard's names are the same in every language.
    reader.know(Encoding::all().map(Encoding::name));
    reader.click("Encoding");
    reader.wait_for("[ISO-8859-1 (strict)]");
    reader.read("the encodings");
    reader.finish();
}

fn conversation(reader: &mut Reader) {
    reader.inspect(1);
    reader.click("Target");
    reader.read("targets");
    reader.escape();
    reader.inspect(0);
    reader.click("Start server");
    reader.until("its row", 1);
    reader.read("listening");
    reader.click("Send");
    reader.until("the echo", 7);
    reader.read("answered");
    reader.menu("[127.0.0.1:");
    reader.wait_for("[Show only this peer]");
    reader.read("a peer's menu");
    reader.escape();
    reader.inspect(1);
    reader.tab("Connection");
    reader.read("a connection");
    reader.click("Sending speed");
    reader.read("the sending speed");
    reader.tab("Setup");
    reader.inspect(0);
    reader.click("Format");
    reader.read("formats");
    reader.click("Hex");
    reader.read("a message in hex");
    reader.type_into(Role::MultilineTextInput, "Message", "1");
    reader.click("Send");
    reader.read("a message that cannot be");
    reader.click("Format");
    reader.click("Text");
    for menu in [
        "Send to",
        "Line ending",
        "History",
        "File…",
        "Repeat…",
        "More for #0",
        "File",
        "Edit",
        "Endpoint",
        "View",
        "Help",
        "Add an endpoint",
        "Sort endpoints",
    ] {
        reader.click(menu);
        reader.read(menu);
        reader.escape();
    }
    reader.click("Saved messages");
    reader.read("saved messages");
    reader.tab("Endpoints");
}

fn detail(reader: &mut Reader) {
    reader.select(": 1234");
    reader.read("a chunk is selected");
    for view in ["Text", "Hex", "Structure", "Both ends", "Text and hex"] {
        reader.choose("Show as", view);
        reader.read("a chunk is shown in another way");
    }
    let dump = reader
        .window
        .get_by_role_and_label(Role::ListBox, "[Hex dump]");
    let at = dump.rect().left_top() + egui::vec2(84.0, 8.0);
    reader.window.drag_at(at);
    reader.window.drop_at(at);
    reader.read("bytes are chosen");
    reader.click("Use…");
    reader.read("what bytes are used for");
    reader.click("Set as comparison base");
    reader.read("a comparison");
    reader.click("End comparison");
    reader.click("Copy as…");
    reader.read("how bytes are copied");
    reader.escape();
    for place in 0..rows(&reader.window).len() {
        reader.row(place);
        reader.read("another entry is selected");
    }
    reader.menu(": 1234");
    reader.read("a row's menu");
    reader.click("Follow connection");
    reader.read("a followed connection");
    for form in ["Hex", "Escaped"] {
        reader.choose("Show as", form);
        reader.read("a followed connection in another form");
    }
    reader.click("Back to the timeline");
    reader.read("back");
}

fn timeline(reader: &mut Reader) {
    reader.menu_of(Role::Row, "[Columns]");
    reader.wait_for("[Reset columns]");
    reader.read("the columns' menu");
    reader.escape();
    reader.click("Plot");
    reader.read("the plot");
    reader.choose("Count", "Entries");
    reader.read("the plot of entries");
    reader.click("Hide plot");
    reader.click("Frames");
    reader.read("frames without a framing");
    reader.click("Frames");
    reader.find("1234");
    reader.read("found");
    reader.find("99999");
    reader.read("not found");
    reader.find("hex:0");
    reader.read("a find that cannot be read");
    reader.find("1234");
    reader.click("Filter");
    reader.read("the filter");
    for (field, text) in [
        ("Minimum bytes", "9"),
        ("Maximum bytes", "8"),
        ("From time", "?"),
    ] {
        reader.type_into(Role::TextInput, field, text);
    }
    reader.read("a filter that cannot be read");
    reader.type_into(Role::TextInput, "Peer", "203.0.113.7");
    reader.read("nothing passes the filter");
    reader.click("Clear filters");
    reader.escape();
    reader.click("Clear view");
    reader.read("a cleared view");
    reader.click("Undo clear");
}

fn dialogs(reader: &mut Reader) {
    // Licences are English in every language, and fonts have names.
    let licences = [
        include_str!("../../../assets/fonts/OFL-Inter.txt"),
        include_str!("../../../assets/fonts/OFL-JetBrainsMono.txt"),
    ];
    let fonts = ["Inter", "JetBrains Mono"];
    reader.know(licences.into_iter().chain(fonts));
    reader.key(Key::K);
    reader.read("all commands");
    for text in ["a", "#1", "?"] {
        reader.type_into(Role::TextInput, "Find a command", text);
        reader.read("the commands that are found");
    }
    reader.escape();
    for command in ["About Bothends", "Problems", "Recording settings"] {
        reader.command(command);
        reader.read("a dialog of the help, or of recording");
        reader.escape();
    }
    reader.window.key_press(Key::F1);
    reader.read("the keys");
    reader.escape();
    let (command, shift) = (Modifiers::COMMAND, Modifiers::SHIFT);
    for (modifiers, key, name) in [
        (command, Key::O, "what to open"),
        (command, Key::S, "where to save"),
        (command | shift, Key::O, "the sessions"),
        (command | Modifiers::ALT, Key::S, "a session's name"),
        (command, Key::E, "an export"),
    ] {
        reader.window.key_press_modifiers(modifiers, key);
        reader.window.run_steps(4);
        reader.read(name);
        if key == Key::E {
            reader.click("Export");
            reader.read("an export that cannot be");
        }
        reader.escape();
    }
}

fn endpoints(reader: &mut Reader) {
    reader.click("Stop server");
    wait(&mut reader.window, "a stopped server", |window| {
        names(window)
            .iter()
            .any(|name| name.contains("Start server"))
    });
    reader.read("a stopped server");
    reader.type_into(Role::TextInput, "Bind port", "99999");
    reader.click("Start server");
    reader.read("a port that cannot be");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    reader.type_into(Role::TextInput, "Bind port", &port);
    reader.click("Start server");
    reader.read("a port that is taken");
    reader.click("Use a free port");
    reader.read("a free port");
    for section in ["Greeting", "Accepting", "Socket options"] {
        reader.click(section);
        reader.read(section);
    }
    reader.tab("Connection");
    reader.read("a connection that was");
    reader.inspect(1);
    reader.tab("Setup");
    for section in ["Greeting", "Connecting", "Socket options"] {
        reader.click(section);
        reader.read(section);
    }
    reader.inspect(0);
}

fn rules(reader: &mut Reader) {
    reader.tab("Rules");
    reader.read("no rules");
    reader.click("Add rule");
    reader.read("a new rule");
    reader.type_into(Role::TextInput, "Text of condition 1", "0");
    reader.type_into(Role::MultilineTextInput, "Text of act 1", "1");
    reader.read("a rule as it is typed");
    for list in ["When", "Condition 1", "Act 1", "Recipient of act 1"] {
        reader.click(list);
        reader.read(list);
        reader.escape();
    }
    for more in [
        "States, peers, how often",
        "Remembers when it starts",
        "Add value",
    ] {
        reader.click(more);
        reader.read(more);
    }
    for menu in ["More for rule 1", "More for the rules"] {
        reader.click(menu);
        reader.read(menu);
        reader.escape();
    }
    reader.click("Done");
    reader.read("a rule");
    reader.tab("Setup");
    reader.read("a reply by rules");
}

fn captures(reader: &mut Reader) {
    let keys = Modifiers::COMMAND | Modifiers::SHIFT;
    reader.window.key_press_modifiers(keys, Key::O);
    reader.window.run_steps(4);
    reader.type_into(Role::TextInput, "Folder or file", "/0/1");
    reader.click("Open path");
    wait(&mut reader.window, "the problem", |window| {
        !window.state().model().library.is_busy()
    });
    reader.read("nothing to open");
    let sessions = &reader.window.state().model().library.sessions;
    let earlier = sessions.iter().flatten().last().unwrap().folder.clone();
    reader.type_into(
        Role::TextInput,
        "Folder or file",
        &earlier.display().to_string(),
    );
    reader.click("Open path");
    wait(&mut reader.window, "the capture", |window| {
        !window.state().model().opened().is_empty()
    });
    // The earlier session's names and bytes.
    reader
        .data
        .extend(["Server 1", "Client 1", "Hello, server!"].map(str::to_owned));
    reader.read("an opened capture");
    reader.click("Frames");
    reader.read("its frames");
}
