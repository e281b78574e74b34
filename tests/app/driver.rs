//! Drives the window under test: everything is found by its accessible name.

use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bothends::app::App;
use bothends::capture::Library;
use bothends::words::{ENGLISH, Language};
use bothends::workspace::{ConfigFolder, Document, EndpointKind, Loaded};
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportEvent, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

pub(super) const PATIENCE: Duration = Duration::from_secs(30);

pub(super) type Window = Harness<'static, App>;

/// Opens the window on a new document whose server uses any free port.
pub(super) fn window() -> Window {
    window_with(|_| {})
}

pub(super) fn window_with(edit: impl FnOnce(&mut Loaded)) -> Window {
    // The application may outlive the test's variables, so its captures stay in the build folder.
    let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    window_on(&data.keep(), edit)
}

/// Opens the window on the data folder `data`.
pub(super) fn window_on(data: &Path, edit: impl FnOnce(&mut Loaded)) -> Window {
    window_in(&ENGLISH, data, edit)
}

/// Opens the window in a language.
pub(super) fn window_in(
    words: &'static Language,
    data: &Path,
    edit: impl FnOnce(&mut Loaded),
) -> Window {
    window_of(words, data, ConfigFolder::default(), edit)
}

/// Opens the window with a configuration folder of its own.
pub(super) fn window_of(
    words: &'static Language,
    data: &Path,
    config: ConfigFolder,
    edit: impl FnOnce(&mut Loaded),
) -> Window {
    let mut loaded = Loaded::default();
    for form in &mut loaded.document.endpoints {
        if let EndpointKind::Server(server) = &mut form.kind {
            server.bind.port_text = "0".to_owned();
        }
    }
    edit(&mut loaded);
    let library = Library::open_in(data);
    let mut window = Harness::builder()
        .with_size([1440.0, 800.0])
        .with_max_steps(64)
        .build_eframe(move |creation| {
            App::new(&creation.egui_ctx, words, config, loaded, Some(&library)).unwrap()
        });
    window.run_steps(2);
    window
}

/// A folder for captures, within the build folder.
pub(super) fn data_folder() -> PathBuf {
    let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    data.keep()
}

/// The form of the document's server.
pub(super) fn server_form(document: &mut Document) -> &mut bothends::workspace::ServerForm {
    let kinds = document.endpoints.iter_mut().map(|form| &mut form.kind);
    let mut servers = kinds.filter_map(|kind| match kind {
        EndpointKind::Server(server) => Some(server),
        EndpointKind::Client(_) => None,
    });
    servers.next().unwrap()
}

/// Steps until the predicate holds; on timeout, fails with `what`.
pub(super) fn wait(window: &mut Window, what: &str, holds: impl FnMut(&Window) -> bool) {
    wait_for(window, PATIENCE, what, holds);
}

/// Steps until the predicate holds, for this long at most; on timeout, fails with `what`.
pub(super) fn wait_for(
    window: &mut Window,
    patience: Duration,
    what: &str,
    mut holds: impl FnMut(&Window) -> bool,
) {
    let deadline = Instant::now() + patience;
    while !holds(window) {
        assert!(
            Instant::now() < deadline,
            "waited for {what}; on screen: {:#?}",
            names(window)
        );
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
}

/// What a screen reader would say for each widget; a label's text is its value.
pub(super) fn names(window: &Window) -> Vec<String> {
    let nodes = window.root().children_recursive();
    nodes
        .filter_map(|node| {
            node.accesskit_node()
                .label()
                .or(node.accesskit_node().value())
        })
        .collect()
}

pub(super) fn shows(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

pub(super) fn rows(window: &Window) -> Vec<String> {
    window
        .query_all_by_role(Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

/// What a screen reader says of the selected rows, or marks of a picture.
pub(super) fn selected(window: &Window) -> Vec<String> {
    let rows = window.query_all_by_role(Role::ListBoxOption);
    rows.filter(|row| row.accesskit_node().is_selected() == Some(true))
        .filter_map(|row| row.accesskit_node().label())
        .collect()
}

/// Shows the timeline in another form: `Rows`, `Lanes` or `Lifecycle`.
pub(super) fn show_as(window: &mut Window, form: &str) {
    window
        .get_by_role_and_label(Role::RadioButton, form)
        .click();
    window.run_steps(6);
}

/// The rows of the view of this name.
pub(super) fn lines(window: &Window, list: &str) -> Vec<String> {
    let list = window.query_by_role_and_label(Role::ListBox, list);
    let rows = list.into_iter().flat_map(|list| list.children_recursive());
    rows.filter(|node| node.accesskit_node().role() == Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

pub(super) fn position_containing(rows: &[String], text: &str) -> usize {
    rows.iter()
        .position(|row| row.contains(text))
        .unwrap_or_else(|| panic!("no row with {text:?} in {rows:#?}"))
}

pub(super) fn click(window: &mut Window, name: &str) {
    // Let a dialog that changed its size settle in the middle.
    window.run_steps(4);
    window.get_by_role_and_label(Role::Button, name).click();
    // The pointer moves, presses and releases; then let the result settle.
    window.run_steps(6);
}

/// Chooses an item of a menu.
pub(super) fn choose(window: &mut Window, menu: &str, item: &str) {
    click(window, menu);
    click(window, item);
}

/// Selects an endpoint, so that the inspector shows its settings.
pub(super) fn inspect(window: &mut Window, endpoint: &str) {
    let row = format!("{endpoint}, ");
    let mut rows = window.query_all_by_role(Role::ListItem);
    let is_it = |node: &egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label();
        label.is_some_and(|label| label.starts_with(&row))
    };
    rows.find(is_it).unwrap().click();
    drop(rows);
    window.run_steps(4);
}

/// Shows the whole connection of the selected endpoint.
pub(super) fn follow(window: &mut Window) {
    window
        .get_by_role_and_label(Role::Tab, "Connection")
        .click();
    window.run_steps(4);
    click(window, "Follow connection");
}

pub(super) fn tick(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::CheckBox, name).click();
    window.run_steps(2);
}

/// Selects the newest row that contains `text`.
pub(super) fn select_row(window: &mut Window, text: &str) {
    {
        let mut rows = window.query_all_by_role(Role::ListBoxOption);
        let holds = |node: &egui_kittest::Node<'_>| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.contains(text))
        };
        rows.rfind(holds).unwrap().click();
    }
    window.run_steps(4);
}

pub(super) fn type_into(window: &mut Window, role: Role, name: &str, text: &str) {
    window.get_by_role_and_label(role, name).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_role_and_label(role, name).type_text(text);
    // Let a dialog that changed its size settle in the middle.
    window.run_steps(4);
}

/// Starts Server 1 and returns its address.
pub(super) fn start_server(window: &mut Window) -> SocketAddr {
    click(window, "Start server");
    wait(window, "the bound address", |window| {
        shows(window, "Listening on ")
    });
    let label = names(window)
        .into_iter()
        .find(|name| name.starts_with("Listening on "))
        .unwrap();
    label.trim_start_matches("Listening on ").parse().unwrap()
}

/// Makes the two clicks, and waits for the echo.
pub(super) fn converse(window: &mut Window) {
    start_server(window);
    click(window, "Send");
    wait(window, "the echo", |window| {
        rows(window)
            .iter()
            .any(|row| row.starts_with("Client 1: received 14 bytes"))
    });
}

/// Presses the window's own button to close it.
pub(super) fn request_close(window: &mut Window) {
    let viewport = window.input_mut().viewports.get_mut(&ViewportId::ROOT);
    viewport.unwrap().events.push(ViewportEvent::Close);
    window.run_steps(4);
}

pub(super) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Returns the height that the marks of a picture take in sight.
pub(super) fn marks_height(window: &Window) -> f32 {
    let marks = window.query_all_by_role(Role::ListBoxOption);
    let is_mark = |label: String| label.starts_with("At ") || label.starts_with("By ");
    let marks = marks.filter(|it| it.accesskit_node().label().is_some_and(is_mark));
    let all = marks
        .map(|mark| mark.rect())
        .reduce(|one, other| one | other);
    all.map_or(0.0, |rect| rect.height())
}
