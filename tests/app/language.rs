//! All text in the window comes from its language: in a language with every phrase in brackets, no letters are outside
//! brackets.
//!
//! Everything typed, named and received here consists of digits. So a letter outside brackets is text that bypasses the
//! language, except for a few terms that are the same in every language.

use std::collections::BTreeSet;
use std::path::Path;

use bothends::app::App;
use bothends::capture::Library;
use bothends::words::{BRACKETED, ENGLISH};
use bothends::workspace::{ConfigFolder, LanguageChoice, LanguageId, Loaded};
use egui::accesskit::Role;
use egui::epaint::Shape;
use egui::{Key, Modifiers, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    self, Window, converse, data_folder, names, rows, shows, type_into, wait, window_in,
};
use super::sessions::killed_session;

/// Names of keys, formats, types, states of TCP and the program, which are the same in every language, like single letters.
const TERMS: [&str; 47] = [
    "Alt",
    "Cmd",
    "Ctrl",
    "Delete",
    "Down",
    "End",
    "Enter",
    "Esc",
    "F1",
    "F3",
    "F5",
    "F6",
    "Bothends",
    "Home",
    "Minus",
    "Page",
    "Plus",
    "Shift",
    "Up",
    "CRC",
    "HTTP",
    "JSON",
    "MODBUS",
    "Modbus",
    "TCP",
    "UTF",
    "XML",
    "pcapng",
    "bits",
    "i8",
    "u8",
    "varint",
    "Bothends",
    "ACK",
    "CLOSE",
    "CLOSED",
    "CLOSING",
    "ESTABLISHED",
    "FIN",
    "LAST",
    "LISTEN",
    "RECEIVED",
    "SENT",
    "SYN",
    "TIME",
    "WAIT",
    "RFC",
];

/// The window, and the texts with letters outside brackets: where, and the whole text.
struct Reader {
    window: Window,
    /// Texts with letters that were typed, named or received.
    data: Vec<&'static str>,
    found: BTreeSet<(&'static str, String)>,
}

/// Chooses a command by its name in a list of commands, whose field is called so.
fn command(window: &mut Window, field: &str, name: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    type_into(window, Role::TextInput, field, name);
    window.key_press(Key::Enter);
    window.run_steps(4);
}

#[test]
fn the_language_changes_at_once_and_is_remembered() {
    let mut window = driver::window();
    converse(&mut window);
    let finds = |window: &mut Window, field: &str, text: &str, count: u64| {
        type_into(window, Role::TextInput, field, text);
        wait(window, text, |window| {
            let find = window.state().model().timeline.find();
            let is_it = find.pattern.as_ref().is_some_and(|it| it.typed() == text);
            is_it && find.progress.is_whole() && find.count == count
        });
    };
    let begins = |window: &Window, text: &str| rows(window).iter().any(|it| it.starts_with(text));
    assert!(begins(&window, "Server 1: listening on"));
    finds(&mut window, "Find", "listening on", 1);
    for name in ["View", "Language", "Deutsch"] {
        window.get_by_role_and_label(Role::Button, name).click();
        window.run_steps(4);
    }
    let chosen = |window: &Window| window.state().model().preferences.language;
    assert_eq!(chosen(&window), LanguageChoice::Of(LanguageId::German));
    assert!(shows(&window, "Server stoppen"));
    assert!(begins(&window, "Server 1: lauscht auf"));
    // What is found by words is found by those of the window.
    finds(&mut window, "Suchen", "lauscht auf", 1);
    finds(&mut window, "Suchen", "listening on", 0);
    command(&mut window, "Befehl suchen", "english");
    assert_eq!(chosen(&window), LanguageChoice::Of(LanguageId::English));
    assert!(shows(&window, "Stop server"));
    finds(&mut window, "Find", "listening on", 1);
}

#[test]
fn a_language_without_fonts_says_in_english_what_brings_them() {
    let data = data_folder();
    let mut window = Harness::builder()
        .with_size([1440.0, 800.0])
        .with_max_steps(64)
        .allow_missing_glyphs()
        .build_eframe(move |creation| {
            let library = Library::open_in(&data);
            let folder = ConfigFolder::default();
            let loaded = Loaded::default();
            App::new(&creation.egui_ctx, &ENGLISH, folder, loaded, Some(&library)).unwrap()
        });
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    type_into(&mut window, Role::TextInput, "Find a command", "japanese");
    window.key_down(Key::Enter);
    window.step();
    assert_eq!(
        window.state().model().preferences.language,
        LanguageChoice::Of(LanguageId::Japanese)
    );
    // This machine may have such fonts: they are taken away before the next frame.
    window.ctx.set_font_providers(Vec::new());
    window.run_steps(4);
    let title = "No font on this system has the characters of Japanese";
    assert!(shows(&window, title), "{:#?}", names(&window));
    window
        .get_by_role_and_label(Role::Button, "Show in English")
        .click();
    window.run_steps(4);
    assert!(!shows(&window, "No font on this system"));
    assert!(shows(&window, "Start server"));
}

#[test]
fn every_text_in_the_window_comes_from_its_language() {
    let data = data_folder();
    killed_session(&data);
    let mut reader = Reader::open(&data);
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
    assert!(reader.found.is_empty(), "{:#?}", reader.found);
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
        .extend(["Server 1", "Client 1", "Hello, server!"]);
    reader.read("an opened capture");
    reader.click("Frames");
    reader.read("its frames");
}

impl Reader {
    fn open(data: &Path) -> Self {
        let mut window = window_in(&BRACKETED, data, digits);
        // Brackets need space.
        window.set_size(Vec2::new(1800.0, 900.0));
        Self {
            window,
            data: vec!["hex:0"],
            found: BTreeSet::new(),
        }
    }

    /// Notes each visible text that is not from the language.
    fn read(&mut self, state: &'static str) {
        self.window.run_steps(4);
        let mut texts = Vec::new();
        for node in self.window.root().children_recursive() {
            let node = node.accesskit_node();
            texts.extend(
                [node.label(), node.value(), node.description()]
                    .into_iter()
                    .flatten(),
            );
            texts.extend(node.placeholder().map(str::to_owned));
        }
        for clipped in &self.window.output().shapes {
            painted(&clipped.shape, &mut texts);
        }
        for text in texts {
            let mut rest = outside(&text);
            for data in &self.data {
                rest = rest.replace(data, "");
            }
            let is_path = |token: &&str| token.starts_with('/') || token.contains(":\\");
            let words = rest.split_whitespace().filter(|token| !is_path(token));
            let mut words = words.flat_map(|token| token.split(|c: char| !c.is_alphanumeric()));
            let is_term = |word: &str| {
                let is_short = word.chars().nth(1).is_none();
                is_short || word.starts_with(char::is_numeric) || TERMS.contains(&word)
            };
            if !words.all(is_term) {
                self.found.insert((state, text));
            }
        }
    }

    fn narrow(&mut self) {
        self.window.set_size(Vec2::new(800.0, 600.0));
        self.read("a narrow window");
        self.window.ctx.set_theme(Theme::Light);
        self.read("a light window");
    }

    fn until(&mut self, what: &str, entries: u64) {
        wait(&mut self.window, what, |window| {
            window.state().model().record.entries >= entries
        });
    }

    fn inspect(&mut self, place: usize) {
        let mut rows = self.window.query_all_by_role(Role::ListItem);
        rows.nth(place).unwrap().click();
        drop(rows);
        self.window.run_steps(4);
    }

    fn click(&mut self, name: &str) {
        self.window.run_steps(4);
        let name = self.name(name);
        {
            let nodes = self.window.query_all_by_label(&name);
            let roles = [Role::Button, Role::ComboBox, Role::DisclosureTriangle];
            let mut nodes = nodes.filter(|node| roles.contains(&node.accesskit_node().role()));
            // The topmost node, such as a menu, comes last.
            let node = nodes.next_back();
            let node = node.unwrap_or_else(|| panic!("no {name} in {:#?}", names(&self.window)));
            node.click();
        }
        self.window.run_steps(6);
    }

    /// The name as it is in the tree.
    fn name(&self, name: &str) -> String {
        let bracketed = format!("[{name}]");
        if self.window.query_all_by_label(&bracketed).next().is_some() {
            bracketed
        } else {
            name.to_owned()
        }
    }

    fn tab(&mut self, name: &str) {
        let name = self.name(name);
        let tab = self.window.get_by_role_and_label(Role::Tab, &name);
        tab.click();
        self.window.run_steps(4);
    }

    fn choose(&mut self, group: &str, name: &str) {
        let (group, name) = (self.name(group), self.name(name));
        {
            let mut groups = self
                .window
                .query_all_by_role_and_label(Role::RadioGroup, &group);
            let choice =
                groups.find_map(|group| group.query_by_role_and_label(Role::RadioButton, &name));
            choice.unwrap().click();
        }
        self.window.run_steps(4);
    }

    fn type_into(&mut self, role: Role, name: &str, text: &str) {
        let name = self.name(name);
        super::driver::type_into(&mut self.window, role, &name, text);
    }

    fn find(&mut self, text: &str) {
        self.type_into(Role::TextInput, "Find", text);
        self.window.key_press(Key::Enter);
        self.window.run_steps(8);
    }

    fn escape(&mut self) {
        self.window.key_press(Key::Escape);
        self.window.run_steps(4);
    }

    fn select(&mut self, text: &str) {
        super::driver::select_row(&mut self.window, text);
        wait(&mut self.window, "its bytes", |window| {
            window.query_by_label("[Hex dump]").is_some()
        });
    }

    /// Selects the row at a position on the screen, if there is one.
    fn row(&mut self, place: usize) {
        let name = self.name("Timeline");
        let list = self.window.query_by_role_and_label(Role::ListBox, &name);
        let row = list.and_then(|list| list.query_all_by_role(Role::ListBoxOption).nth(place));
        if let Some(row) = row {
            row.click();
        }
        self.window.run_steps(8);
    }

    fn menu(&mut self, text: &str) {
        {
            let mut rows = self.window.query_all_by_role(Role::ListBoxOption);
            let holds = |row: &egui_kittest::Node<'_>| {
                let label = row.accesskit_node().label();
                label.is_some_and(|label| label.contains(text))
            };
            rows.find(holds).unwrap().click_secondary();
        }
        self.window.run_steps(6);
    }
}

impl Drop for Reader {
    #[expect(clippy::print_stderr, reason = "what was found belongs to the failure")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("not of the language: {:#?}", self.found);
        }
    }
}

/// Names and a message that are in no language.
fn digits(loaded: &mut Loaded) {
    for (place, form) in loaded.document.endpoints.iter_mut().enumerate() {
        form.name = format!("#{place}");
    }
    loaded.preferences.composer.draft.text = "1234".to_owned();
}

/// Returns the parts of a text outside brackets.
fn outside(text: &str) -> String {
    let mut depth = 0_u32;
    let mut rest = String::new();
    for c in text.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    rest
}

fn painted(shape: &Shape, texts: &mut Vec<String>) {
    match shape {
        Shape::Text(text) => texts.push(text.galley.text().to_owned()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| painted(shape, texts)),
        _ => {}
    }
}
