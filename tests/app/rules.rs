//! Rules: they are written in the inspector, answer at once, are counted, and lead to the rows that they made.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use bothends::workspace::rules::{ActForm, ActKind, ConditionForm, ConditionKind, RuleForm};
use bothends::workspace::{EndpointKind, Loaded, ReplyKind};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, choose, click, connect, inspect, lines, names, select_row, server_form, shows,
    start_server, tick, type_into, wait, window, window_with,
};

/// A rule that answers a beginning with a text.
fn rule(name: &str, starts: &str, send: &str) -> RuleForm {
    let mut rule = RuleForm {
        name: name.to_owned(),
        then: vec![ActForm::new(ActKind::Send, send)],
        ..RuleForm::default()
    };
    if !starts.is_empty() {
        rule.when.conditions = vec![ConditionForm::new(ConditionKind::Starts, starts)];
    }
    rule
}

fn two_rules(loaded: &mut Loaded) {
    let behaviour = &mut server_form(&mut loaded.document).behaviour;
    behaviour.reply = ReplyKind::Rules;
    behaviour.rules.rules = vec![rule("hello", "HELLO", "one"), rule("rest", "", "two")];
}

fn tab(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::Tab, name).click();
    window.run_steps(4);
}

/// Sends a request, and returns the answer of this length.
fn ask(peer: &mut TcpStream, request: &str, len: usize) -> String {
    peer.write_all(request.as_bytes()).unwrap();
    let mut answer = vec![0; len];
    peer.read_exact(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

/// The names of the rules of the first endpoint.
fn rule_names(window: &Window) -> Vec<String> {
    let server = &window.state().model().document.endpoints[0];
    let rules = &server.kind.behaviour().rules.rules;
    rules.iter().map(|it| it.name.clone()).collect()
}

/// What a screen reader says of a rule besides its name.
fn about(window: &Window, name: &str) -> String {
    let row = window.get_by_role_and_label(Role::Button, name);
    row.accesskit_node().description().unwrap_or_default()
}

#[test]
fn a_switch_changes_the_next_answer_and_the_count_shows_the_rows_of_a_rule() {
    let mut window = window_with(two_rules);
    inspect(&mut window, "Server 1");
    let mut peer = connect(start_server(&mut window));
    tab(&mut window, "Rules");
    assert_eq!(ask(&mut peer, "HELLO", 3), "one");
    tick(&mut window, "Rule 1 on");
    let server = |window: &Window| window.state().model().document.endpoints[0].clone();
    assert!(!server(&window).kind.behaviour().rules.rules[0].is_on);
    // The next request is answered by the rule that is left, once the server has taken the change.
    let deadline = std::time::Instant::now() + super::driver::PATIENCE;
    let mut answers = vec![ask(&mut peer, "HELLO", 3)];
    while answers.last().unwrap() != "two" {
        assert!(std::time::Instant::now() < deadline, "{answers:?}");
        answers.push(ask(&mut peer, "HELLO", 3));
    }
    wait(&mut window, "the count of the second rule", |window| {
        shows(window, "Rule 2 applied 1×")
    });
    click(&mut window, "Rule 2 applied 1×");
    wait(&mut window, "only the rule's rows", |window| {
        let shown = lines(window, "Timeline");
        shown.len() == 1 && shown[0].contains("two")
    });
    click(&mut window, "Remove filter: By rule 2");
    wait(&mut window, "all rows", |window| {
        lines(window, "Timeline").len() > 3
    });

    select_row(&mut window, ": two");
    wait(&mut window, "who requested it", |window| {
        shows(window, "requested by rule 2")
    });
    tab(&mut window, "Setup");
    click(&mut window, "requested by rule 2");
    let form = window.query_by_role_and_label(Role::Group, "Form of rule 2");
    assert!(form.is_some(), "{:#?}", names(&window));
}

#[test]
fn rules_are_written_from_nothing() {
    let mut window = window();
    inspect(&mut window, "Server 1");
    let reply = window.get_by_role_and_label(Role::RadioButton, "Rules");
    reply.click();
    window.run_steps(6);
    assert!(
        names(&window)
            .iter()
            .any(|it| it.starts_with("A rule says"))
    );
    click(&mut window, "Add rule");
    // Nobody has had the time to write it.
    assert!(!shows(&window, "Rule 1 cannot be used as it is"));
    let field = |window: &mut Window, role: Role, name: &str, text: &str| {
        type_into(window, role, name, text);
        window.key_press(Key::Tab);
        window.run_steps(4);
    };
    field(&mut window, Role::TextInput, "Text of condition 1", "PING");
    field(
        &mut window,
        Role::MultilineTextInput,
        "Text of act 1",
        "pong",
    );
    field(&mut window, Role::TextInput, "Name", "ping");
    assert!(
        !shows(&window, "cannot be used as it is"),
        "{:#?}",
        names(&window)
    );
    let said = about(&window, "Rule 1, ping");
    assert_eq!(said, r#"When a request starts with "PING", send "pong""#);
    click(&mut window, "Done");
    assert!(window.query_by_label("Text of condition 1").is_none());
    let mut peer = connect(start_server(&mut window));
    assert_eq!(ask(&mut peer, "PING", 4), "pong");
    peer.write_all(b"nothing").unwrap();
    wait(&mut window, "an unmatched request", |window| {
        shows(window, "No rule matched: 1")
    });
}

#[test]
fn what_is_half_typed_is_kept_and_the_rules_from_before_go_on() {
    let mut window = window_with(two_rules);
    inspect(&mut window, "Server 1");
    let mut peer = connect(start_server(&mut window));
    tab(&mut window, "Rules");
    click(&mut window, "Rule 1, hello");
    let act = Role::MultilineTextInput;
    type_into(&mut window, act, "Text of act 1", "{{nothing");
    tab(&mut window, "Setup");
    tab(&mut window, "Rules");
    assert!(shows(&window, "Rule 1 cannot be used as it is"));
    assert!(shows(&window, "Earlier rules stay in effect"));
    let typed = window.get_by_role_and_label(act, "Text of act 1");
    assert_eq!(typed.accesskit_node().value().as_deref(), Some("{{nothing"));
    assert_eq!(ask(&mut peer, "HELLO", 3), "one");
}

#[test]
fn rules_are_moved_copied_deleted_and_brought_back() {
    let mut window = window_with(two_rules);
    inspect(&mut window, "Server 1");
    tab(&mut window, "Rules");
    window
        .get_by_role_and_label(Role::Button, "Rule 2, rest")
        .focus();
    window.run_steps(2);
    window.key_press_modifiers(egui::Modifiers::ALT, Key::ArrowUp);
    window.run_steps(4);
    assert_eq!(rule_names(&window), ["rest", "hello"]);
    // The keyboard stays with it.
    window.key_press(Key::Delete);
    window.run_steps(4);
    assert_eq!(rule_names(&window), ["hello"]);
    assert!(shows(&window, "Rest was deleted"));
    click(&mut window, "Undo");
    assert_eq!(rule_names(&window), ["rest", "hello"]);
    let row = window.get_by_role_and_label(Role::Button, "Rule 1, rest");
    row.click_secondary();
    window.run_steps(4);
    click(&mut window, "Duplicate");
    assert_eq!(rule_names(&window), ["rest", "rest 2", "hello"]);
    choose(&mut window, "Endpoint", "Switch all rules off");
    let server = &window.state().model().document.endpoints[0];
    let rules = &server.kind.behaviour().rules.rules;
    assert!(rules.iter().all(|it| !it.is_on));
}

#[test]
fn a_rule_is_dragged_to_another_place() {
    let mut window = window_with(two_rules);
    inspect(&mut window, "Server 1");
    tab(&mut window, "Rules");
    let rect = |window: &Window, name: &str| {
        let row = window.get_by_role_and_label(Role::Button, name);
        row.rect()
    };
    let (first, second) = (
        rect(&window, "Rule 1, hello"),
        rect(&window, "Rule 2, rest"),
    );
    window.drag_at(second.center());
    window.run_steps(2);
    window.hover_at(first.center_top());
    window.run_steps(2);
    window.drop_at(first.center_top());
    window.run_steps(4);
    assert_eq!(rule_names(&window), ["rest", "hello"]);
}

#[test]
fn what_a_client_remembers_and_its_seed_are_applied_when_their_fields_are_left() {
    let mut window = window();
    inspect(&mut window, "Client 1");
    tab(&mut window, "Rules");
    click(&mut window, "Add rule");
    let client = |window: &Window| {
        let endpoints = &window.state().model().document.endpoints;
        endpoints[1].kind.behaviour().clone()
    };
    assert_eq!(client(&window).reply, ReplyKind::Rules);
    window.get_by_label("Remembers when it starts").click();
    window.run_steps(4);
    click(&mut window, "Add value");
    for (field, text) in [
        ("Name of value 1", "volt"),
        ("Value 1", "text:12"),
        ("Seed", "7"),
    ] {
        type_into(&mut window, Role::TextInput, field, text);
    }
    assert_eq!(client(&window).rules.seed_text, "");
    tab(&mut window, "Setup");
    let rules = client(&window).rules;
    assert_eq!(rules.memory, [("volt".to_owned(), "text:12".to_owned())]);
    assert_eq!(rules.seed_text, "7");
}

#[test]
fn a_preset_adds_its_endpoint_with_its_port() {
    let mut window = window();
    choose(&mut window, "File", "New from preset…");
    type_into(&mut window, Role::TextInput, "Filter presets", "redis-cli");
    let redis = window.get_by_role_and_label(Role::ListBoxOption, "Redis");
    let says = redis.accesskit_node().description().unwrap();
    assert!(says.contains("`redis-cli -p 6380`"), "{says}");
    click(&mut window, "Add");
    let document = &window.state().model().document;
    let added = document.endpoints.last().unwrap();
    assert_eq!(added.name, "Redis");
    let EndpointKind::Server(server) = &added.kind else {
        panic!("not a server");
    };
    assert_eq!(server.bind.port_text, "6380");
    assert_eq!(server.behaviour.reply, ReplyKind::Rules);
    // The only new endpoint is selected.
    tab(&mut window, "Rules");
    assert!(shows(&window, "Rule 1, PING"), "{:#?}", names(&window));
}

#[test]
fn enter_adds_the_only_preset_that_is_left() {
    let mut window = window();
    choose(&mut window, "File", "New from preset…");
    type_into(&mut window, Role::TextInput, "Filter presets", "redis-cli");
    let before = window.state().model().document.endpoints.len();
    window.key_press(egui::Key::Enter);
    window.run_steps(4);
    assert!(window.state().model().document.endpoints.len() > before);
    assert!(!shows(&window, "Filter presets"));
}

#[test]
fn a_new_rule_is_no_problem_before_its_first_field_was_left() {
    let mut window = window();
    window.get_by_role_and_label(Role::Tab, "Rules").click();
    window.run_steps(4);
    click(&mut window, "Add rule");
    window.run_steps(4);
    assert!(!shows(&window, "Nothing is written here"));
    assert!(!shows(&window, "cannot be used as it is"));
    window.key_press(egui::Key::Tab);
    window.run_steps(6);
    assert!(shows(&window, "Nothing is written here"));
}
