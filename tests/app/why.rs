//! Why not? and rules that are made from what was received; stopping everything.

use std::io::{Read as _, Write as _};

use bothends::workspace::rules::{
    ActForm, ActKind, ConditionForm, ConditionKind, RuleForm, WhenForm, WhenKind,
};
use bothends::workspace::{EndpointKind, Loaded, ReplyKind, TargetForm};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, click, connect, names, rows, select_row, server_form, shows, start_server, type_into,
    wait, window, window_with,
};

fn rule(name: &str, starts: &str, reply: &str) -> RuleForm {
    RuleForm {
        name: name.to_owned(),
        when: WhenForm {
            conditions: vec![ConditionForm::new(ConditionKind::Starts, starts)],
            ..WhenForm::default()
        },
        then: vec![ActForm::new(ActKind::Send, reply)],
        ..RuleForm::default()
    }
}

/// Makes the server follow rules, on lines.
fn ruled(loaded: &mut Loaded, rules: Vec<RuleForm>) {
    let server = server_form(&mut loaded.document);
    server.behaviour.reply = ReplyKind::Rules;
    server.behaviour.rules.rules = rules;
    server.protocol.received.framing_text = "lf".to_owned();
}

fn rules(window: &Window) -> Vec<RuleForm> {
    let server = &window.state().model().document.endpoints[0];
    server.kind.behaviour().rules.rules.clone()
}

fn has_row(window: &Window, text: &str) -> bool {
    rows(window).iter().any(|row| row.contains(text))
}

#[test]
fn a_request_that_no_rule_answers_says_so_and_why() {
    let mut ready = rule("ready", "GET", "ok");
    ready.in_states_text = "ready".to_owned();
    let mut window = window_with(|loaded| {
        ruled(
            loaded,
            vec![rule("PUT", "PUT ", "ok"), rule("GET", "GET ", "ok"), ready],
        );
    });
    let address = start_server(&mut window);
    let mut peer = connect(address);
    peer.write_all(b"GOT it\n").unwrap();
    wait(&mut window, "the request", |window| {
        has_row(window, "GOT it")
    });
    select_row(&mut window, "GOT it");
    wait(&mut window, "that no rule answers it", |window| {
        shows(window, "No rule answers this request.")
    });
    {
        let mut buttons = window.query_all_by_role_and_label(Role::Button, "Why not?");
        buttons.next().unwrap().click();
    }
    window.run_steps(6);
    let nearest = "Rule 2 \"GET\" — 0 of 1 condition holds.";
    wait(&mut window, "the nearest rule", |window| {
        shows(window, nearest)
    });
    let fails = "Starts with \"GET \": fails. Byte 1 is \"O\" (4F), expected \"E\" (45).";
    assert!(shows(&window, fails), "{:#?}", names(&window));
    // The nearest comes first, and what nobody knows is unknown.
    let said = names(&window);
    let place = |text: &str| said.iter().position(|it| it.contains(text));
    assert!(place("Rule 2 ") < place("Rule 1 "));
    assert!(shows(&window, "In state ready: not known"));
    window
        .get_by_role_and_label(Role::ComboBox, "State")
        .click();
    window.run_steps(4);
    window.get_by_label("start").click();
    wait(&mut window, "the state that is tried", |window| {
        shows(window, "In state ready: fails. The state is start.")
    });
    // Another request is typed.
    type_into(&mut window, Role::TextInput, "Request", "PUT x");
    wait(&mut window, "the rule that answers", |window| {
        shows(window, "Rule 1 answers this request.")
    });
    window.key_press(Key::Escape);
    window.run_steps(2);
    window.key_press(Key::Escape);
    window.run_steps(4);
    assert!(!shows(&window, "Rule 1 answers this request."));
}

#[test]
fn a_request_can_be_typed_without_any_row() {
    let mut window = window_with(|loaded| ruled(loaded, vec![rule("GET", "GET ", "ok")]));
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    type_into(&mut window, Role::TextInput, "Find a command", "why not");
    window.key_press(Key::Enter);
    window.run_steps(6);
    assert!(shows(&window, "Type or paste a request above"));
    type_into(&mut window, Role::TextInput, "Request", "GET /");
    wait(&mut window, "the rule that answers", |window| {
        shows(window, "Rule 1 answers this request.")
    });
    assert!(shows(&window, "The endpoint is not running"));
    {
        let notation = window.get_by_role_and_label(Role::RadioGroup, "Notation of the request");
        let hex = notation.get_by_role_and_label(Role::RadioButton, "Hex");
        hex.click();
    }
    window.run_steps(4);
    let field = window.get_by_role_and_label(Role::TextInput, "Request");
    assert_eq!(
        field.accesskit_node().value().as_deref(),
        Some("47 45 54 20 2F")
    );
}

fn open_menu(window: &mut Window, text: &str) {
    {
        let mut rows = window.query_all_by_role(Role::ListBoxOption);
        let holds = |node: &egui_kittest::Node<'_>| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.contains(text))
        };
        rows.rfind(holds).unwrap().click_secondary();
    }
    window.run_steps(6);
}

#[test]
fn a_rule_is_made_from_a_request_with_the_reply_that_followed() {
    let mut window = window();
    let address = start_server(&mut window);
    let mut peer = connect(address);
    peer.write_all(b"ping").unwrap();
    wait(&mut window, "the echo", |window| {
        has_row(window, "sent 4 bytes")
    });
    open_menu(&mut window, "Server 1: received 4 bytes");
    click(&mut window, "Make a rule from this");
    wait(&mut window, "the rule", |window| rules(window).len() == 1);
    let made = rules(&window).remove(0);
    assert_eq!((&*made.name, &*made.then[0].text), ("ping", "ping"));
    let server = &window.state().model().document.endpoints[0];
    assert_eq!(server.kind.behaviour().reply, ReplyKind::Rules);
    assert!(
        shows(&window, "Server 1 replies by its rules now"),
        "{:#?}",
        names(&window)
    );
    // It is at work at once, and nothing else is answered.
    let mut answer = [0; 4];
    peer.read_exact(&mut answer).unwrap();
    peer.write_all(b"ping").unwrap();
    peer.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"ping");
}

#[test]
fn everything_is_stopped_by_a_key_or_by_escape_with_nothing_else_to_close() {
    let slow = RuleForm {
        then: vec![
            ActForm::new(ActKind::Send, "a"),
            ActForm::new(ActKind::Wait, "60m"),
            ActForm::new(ActKind::Send, "b"),
        ],
        when: WhenForm {
            kind: WhenKind::Request,
            ..WhenForm::default()
        },
        ..RuleForm::default()
    };
    let mut window = window_with(|loaded| ruled(loaded, vec![slow]));
    let address = start_server(&mut window);
    assert!(
        window
            .query_by_role_and_label(Role::Button, "Stop everything")
            .is_none()
    );
    let mut peer = connect(address);
    let cancelled = |window: &Window| {
        let rows = rows(window);
        rows.iter()
            .filter(|row| row.contains("cancelled, with 1 byte to send"))
            .count()
    };
    for (round, key) in [(1, Some(Key::Period)), (2, None), (3, Some(Key::Escape))] {
        peer.write_all(b"x\n").unwrap();
        peer.read_exact(&mut [0]).unwrap();
        wait(&mut window, "the reply", |window| {
            rows(window)
                .iter()
                .filter(|row| row.contains("sent 1 byte"))
                .count()
                == round
        });
        match key {
            Some(Key::Period) => window.key_press_modifiers(Modifiers::COMMAND, Key::Period),
            Some(key) => window.key_press(key),
            None => click(&mut window, "Stop everything"),
        }
        wait(&mut window, "the end of what waits", |window| {
            cancelled(window) == round
        });
    }
}

#[test]
fn a_client_counts_down_to_its_next_attempt_which_can_be_stopped() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let mut window = window_with(|loaded| {
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.target = TargetForm::Address;
                client.remote.port_text = port.to_string();
                client.reconnect_text = "40s..60s, 10 times".to_owned();
            }
        }
    });
    click(&mut window, "Connect");
    wait(&mut window, "the countdown", |window| {
        shows(window, " s · attempt 1 of 10") && shows(window, "Client 1, connecting again in ")
    });
    // A client that waits is at work by itself.
    assert!(shows(&window, "Stop everything"));
    click(&mut window, "Stop");
    wait(&mut window, "the end of it", |window| {
        shows(window, "Client 1, not connected")
    });
    assert!(!shows(&window, "attempt 1 of 10 ·"));
}

#[test]
fn a_rule_is_made_from_the_two_rows_that_are_selected() {
    let mut window = window();
    let address = start_server(&mut window);
    let mut peer = connect(address);
    for text in [b"one", b"two"] {
        peer.write_all(text).unwrap();
        peer.read_exact(&mut [0; 3]).unwrap();
    }
    wait(&mut window, "the second echo", |window| {
        let rows = rows(window);
        rows.iter()
            .filter(|row| row.contains("sent 3 bytes"))
            .count()
            == 2
    });
    select_row(&mut window, "received 3 bytes");
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.run_steps(4);
    open_menu(&mut window, "sent 3 bytes");
    click(&mut window, "Make a rule from these two rows");
    wait(&mut window, "the rule", |window| rules(window).len() == 1);
    let made = rules(&window).remove(0);
    assert_eq!((&*made.name, &*made.then[0].text), ("two", "two"));
    // Its form is open in the tab of rules.
    assert!(shows(&window, "Rule 1, two"), "{:#?}", names(&window));
}
