//! Reads the window in the language of brackets, and notes the texts that are in none.

use std::collections::BTreeSet;
use std::path::Path;

use bothends::words::{BRACKETED, Spoken};
use bothends::workspace::{ConfigFolder, Loaded};
use egui::accesskit::{Role, Toggled};
use egui::epaint::Shape;
use egui::{Key, Modifiers, Theme, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::driver::{self, Window, data_folder, names, shows, wait, window_of};

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
pub(super) struct Reader {
    pub(super) window: Window,
    /// Texts with letters that were typed, named or received.
    pub(super) data: Vec<String>,
    /// Whole texts that are no phrases, without their spaces.
    known: BTreeSet<String>,
    found: BTreeSet<(&'static str, String)>,
}

impl Reader {
    /// Opens the window on a new document.
    pub(super) fn new(edit: impl FnOnce(&mut Loaded)) -> Self {
        Self::open(&data_folder(), ConfigFolder::default(), edit)
    }

    /// Opens the window on a folder for captures and one for the configuration.
    pub(super) fn open(data: &Path, config: ConfigFolder, edit: impl FnOnce(&mut Loaded)) -> Self {
        let mut window = window_of(&BRACKETED, data, config, |loaded| {
            digits(loaded);
            edit(loaded);
        });
        // Brackets need space.
        window.set_size(Vec2::new(1800.0, 900.0));
        // A language is called as itself in every language.
        let names = Spoken::all().flat_map(|it| it.names());
        Self {
            window,
            data: names.chain(["hex:0"]).map(str::to_owned).collect(),
            known: BTreeSet::new(),
            found: BTreeSet::new(),
        }
    }

    /// Lets whole texts pass, wherever their lines are broken.
    pub(super) fn know<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        self.known.extend(texts.into_iter().map(without_spaces));
    }

    /// Fails if there was any text that is not from the language.
    pub(super) fn finish(self) {
        assert!(self.found.is_empty(), "{:#?}", self.found);
    }

    /// Notes each visible text that is not from the language.
    pub(super) fn read(&mut self, state: &'static str) {
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
            if self.known.contains(&without_spaces(&text)) {
                continue;
            }
            let mut rest = outside(&text);
            for data in &self.data {
                rest = rest.replace(data.as_str(), "");
            }
            let is_path = |token: &&str| {
                let starts = ["unix:", ":\\"];
                token.starts_with('/') || starts.iter().any(|it| token.contains(it))
            };
            let words = rest.split_whitespace().filter(|token| !is_path(token));
            let mut words = words.flat_map(|token| token.split(|c: char| !c.is_alphanumeric()));
            let is_term = |word: &str| {
                let is_short = word.chars().nth(1).is_none();
                // A byte, or part of a digest, in hex digits.
                let is_hex = word.chars().all(|c| c.is_ascii_hexdigit());
                let is_byte = word.len() == 2 && !word.chars().any(char::is_lowercase);
                let is_data = is_hex && (is_byte || word.len() >= 6);
                is_short || is_data || word.starts_with(char::is_numeric) || TERMS.contains(&word)
            };
            if !words.all(is_term) {
                self.found.insert((state, text));
            }
        }
    }

    pub(super) fn narrow(&mut self) {
        self.window.set_size(Vec2::new(800.0, 600.0));
        self.read("a narrow window");
        self.window.ctx.set_theme(Theme::Light);
        self.read("a light window");
    }

    pub(super) fn until(&mut self, what: &str, entries: u64) {
        wait(&mut self.window, what, |window| {
            window.state().model().record.entries >= entries
        });
    }

    pub(super) fn inspect(&mut self, place: usize) {
        let mut rows = self.window.query_all_by_role(Role::ListItem);
        rows.nth(place).unwrap().click();
        drop(rows);
        self.window.run_steps(4);
    }

    pub(super) fn click(&mut self, name: &str) {
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
    pub(super) fn name(&self, name: &str) -> String {
        let bracketed = format!("[{name}]");
        if self.window.query_all_by_label(&bracketed).next().is_some() {
            bracketed
        } else {
            name.to_owned()
        }
    }

    pub(super) fn tab(&mut self, name: &str) {
        let name = self.name(name);
        let tab = self.window.get_by_role_and_label(Role::Tab, &name);
        tab.click();
        self.window.run_steps(4);
    }

    pub(super) fn choose(&mut self, group: &str, name: &str) {
        self.window.run_steps(4);
        let (group, name) = (self.name(group), self.name(name));
        {
            let mut groups = self
                .window
                .query_all_by_role_and_label(Role::RadioGroup, &group);
            let choice =
                groups.find_map(|group| group.query_by_role_and_label(Role::RadioButton, &name));
            choice.unwrap().click();
        }
        self.window.run_steps(6);
        let chosen = self
            .window
            .query_all_by_role_and_label(Role::RadioButton, &name);
        let is_on =
            |it: egui_kittest::Node<'_>| it.accesskit_node().toggled() == Some(Toggled::True);
        assert!(chosen.into_iter().any(is_on), "{name} is not chosen");
    }

    pub(super) fn type_into(&mut self, role: Role, name: &str, text: &str) {
        let name = self.name(name);
        driver::type_into(&mut self.window, role, &name, text);
    }

    pub(super) fn find(&mut self, text: &str) {
        self.type_into(Role::TextInput, "Find", text);
        self.window.key_press(Key::Enter);
        self.window.run_steps(8);
    }

    /// Presses a key with Ctrl, or with Cmd.
    pub(super) fn key(&mut self, key: Key) {
        self.window.key_press_modifiers(Modifiers::COMMAND, key);
        self.window.run_steps(4);
    }

    /// Chooses a command by its English name.
    pub(super) fn command(&mut self, name: &str) {
        self.key(Key::K);
        self.type_into(Role::TextInput, "Find a command", name);
        self.window.key_press(Key::Enter);
        self.window.run_steps(6);
        let field = self.window.query_by_label("[Find a command]");
        let is_field = |it: egui_kittest::Node<'_>| it.accesskit_node().role() == Role::TextInput;
        assert!(!field.is_some_and(is_field), "{name} cannot be done");
    }

    /// Chooses an item of a list that opens.
    pub(super) fn pick(&mut self, list: &str, item: &str) {
        self.click(list);
        let item = self.name(item);
        {
            // The item of the list, which is open above all else.
            let mut items = self.window.query_all_by_label(&item);
            items.next_back().unwrap().click();
        }
        self.window.run_steps(6);
    }

    /// Opens a list or a menu, reads it, and closes it.
    pub(super) fn look_into(&mut self, list: &'static str) {
        self.click(list);
        self.read(list);
        self.escape();
    }

    /// Waits until a text is in sight.
    pub(super) fn wait_for(&mut self, text: &str) {
        wait(&mut self.window, text, |window| shows(window, text));
    }

    /// Starts the first server and returns where it listens, with a scheme unless it is TCP.
    pub(super) fn start(&mut self) -> String {
        self.inspect(0);
        self.click("Start server");
        let prefix = "[Listening on ";
        self.wait_for(prefix);
        let names = names(&self.window);
        let name = names.iter().find_map(|it| it.strip_prefix(prefix)).unwrap();
        name.trim_end_matches(']').to_owned()
    }

    /// Selects each row or mark in turn and reads what is said about it.
    pub(super) fn read_each_row(&mut self, state: &'static str) {
        for place in 0..driver::rows(&self.window).len() {
            {
                let mut rows = self.window.query_all_by_role(Role::ListBoxOption);
                let Some(row) = rows.nth(place) else { break };
                row.click();
            }
            self.window.run_steps(8);
            self.read(state);
        }
    }

    pub(super) fn escape(&mut self) {
        self.window.key_press(Key::Escape);
        self.window.run_steps(4);
    }

    pub(super) fn select(&mut self, text: &str) {
        driver::select_row(&mut self.window, text);
        wait(&mut self.window, "its bytes", |window| {
            window.query_by_label("[Hex dump]").is_some()
        });
    }

    /// Selects the row at a position on the screen, if there is one.
    pub(super) fn row(&mut self, place: usize) {
        let name = self.name("Timeline");
        let list = self.window.query_by_role_and_label(Role::ListBox, &name);
        let row = list.and_then(|list| list.query_all_by_role(Role::ListBoxOption).nth(place));
        if let Some(row) = row {
            row.click();
        }
        self.window.run_steps(8);
    }

    /// Opens the menu of what has this name.
    pub(super) fn menu_of(&mut self, role: Role, name: &str) {
        let node = self.window.get_by_role_and_label(role, name);
        node.click_secondary();
        self.window.run_steps(6);
    }

    /// Opens the menu of the first row that holds a text.
    pub(super) fn menu(&mut self, text: &str) {
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

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
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
