//! Sequences in the window: run, stopped, edited, and what came of them.

use bothends::workspace::{Document, EndpointKind, SequenceForm, StepForm, StepKind};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::driver::{
    Window, choose, click, inspect, rows, selected, shows, start_server, type_into, wait,
    window_with,
};

fn client_form(document: &mut Document) -> &mut bothends::workspace::ClientForm {
    let kinds = document.endpoints.iter_mut().map(|form| &mut form.kind);
    let mut clients = kinds.filter_map(|kind| match kind {
        EndpointKind::Client(client) => Some(client),
        EndpointKind::Server(_) => None,
    });
    clients.next().unwrap()
}

/// A window with a client that has this sequence, and a server that echoes.
fn window_running(steps: Vec<StepForm>) -> Window {
    let mut window = window_with(|loaded| {
        let form = client_form(&mut loaded.document);
        form.sequences = vec![SequenceForm::new("greet", steps)];
    });
    start_server(&mut window);
    inspect(&mut window, "Client 1");
    window
}

fn sequences(window: &Window) -> Vec<SequenceForm> {
    let document = &window.state().model().document;
    document.endpoints[1].kind.sequences().to_vec()
}

fn step(kind: StepKind, text: &str) -> StepForm {
    StepForm::new(kind, text)
}

#[test]
fn a_sequence_that_passes_says_so_and_leads_to_its_entry() {
    let steps = vec![step(StepKind::Send, "hello"), step(StepKind::Expect, "ell")];
    let mut window = window_running(steps);
    click(&mut window, "Run greet");
    wait(&mut window, "the outcome", |window| shows(window, "passed"));
    wait(&mut window, "the entry", |window| {
        let rows = rows(window);
        rows.iter()
            .any(|it| it.contains("sequence \"greet\" passed"))
    });
    click(&mut window, "Show what came of \"greet\"");
    wait(&mut window, "the selected entry", |window| {
        selected(window)
            .iter()
            .any(|it| it.contains("greet\" passed"))
    });
}

#[test]
fn a_sequence_that_fails_says_at_which_step_and_where_it_differs() {
    let within = StepForm {
        within_text: "300ms".to_owned(),
        ..step(StepKind::Expect, "help")
    };
    let mut window = window_running(vec![step(StepKind::Send, "hello"), within]);
    click(&mut window, "Run greet");
    wait(&mut window, "the outcome", |window| {
        shows(
            window,
            "failed at step 2: what it expects did not arrive within",
        )
    });
    assert!(shows(&window, "where byte 3 is 6C (l), not 70 (p)"));
}

#[test]
fn a_running_sequence_is_stopped_by_its_button_and_by_escape() {
    let within = StepForm {
        within_text: "1m".to_owned(),
        ..step(StepKind::Expect, "never")
    };
    let mut window = window_running(vec![within]);
    for stop in ["button", "escape"] {
        click(&mut window, "Run greet");
        wait(&mut window, "the run", |window| shows(window, "running…"));
        if stop == "button" {
            click(&mut window, "Stop greet");
        } else {
            window.key_press_modifiers(Modifiers::NONE, Key::Escape);
        }
        wait(&mut window, stop, |window| {
            shows(window, "was stopped at step 1")
        });
    }
}

#[test]
fn a_sequence_is_added_edited_renamed_and_deleted() {
    let mut window = window_running(vec![step(StepKind::Finish, "")]);
    click(&mut window, "Add sequence…");
    assert_eq!(sequences(&window)[1].name, "Sequence");
    assert!(shows(&window, "Nothing is written here"));
    let text = Role::TextInput;
    type_into(&mut window, text, "Text of step 1", "ping");
    type_into(&mut window, text, "Text of step 2", "ping");
    type_into(&mut window, text, "Time for step 2", "2s");
    assert!(!shows(&window, "Nothing is written here"));
    choose(&mut window, "More for step 2", "Move up");
    let steps = &sequences(&window)[1].steps;
    assert_eq!(steps[0].kind, StepKind::Expect);
    assert_eq!(steps[0].within_text, "2s");
    assert_eq!(steps[1].text, "ping");
    type_into(&mut window, text, "Sequence name", "greet");
    assert!(shows(&window, "is already used"));
    type_into(&mut window, text, "Sequence name", "echo");
    window.get_by_role_and_label(text, "Text of step 1").focus();
    window.run_steps(4);
    assert_eq!(sequences(&window)[1].name, "echo");
    click(&mut window, "Done");
    choose(&mut window, "More for echo", "Duplicate");
    choose(&mut window, "More for echo", "Delete");
    let names: Vec<_> = sequences(&window).into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["greet", "echo 2"]);
}

#[test]
fn the_list_of_commands_runs_a_sequence() {
    let steps = vec![step(StepKind::Send, "hello"), step(StepKind::Expect, "ell")];
    let mut window = window_running(steps);
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    let field = window.get_by_role_and_label(Role::TextInput, "Find a command");
    field.type_text("run greet");
    window.run_steps(4);
    window.key_press_modifiers(Modifiers::NONE, Key::Enter);
    wait(&mut window, "the outcome", |window| shows(window, "passed"));
}
