//! What endpoints do by themselves: sequences, why a rule does not answer, presets.

use std::io::Write as _;

use bothends::workspace::rules::WhenForm;
use bothends::workspace::rules::{ActForm, ActKind, ConditionForm, ConditionKind, RuleForm};
use bothends::workspace::{EndpointKind, Loaded, ReplyKind, SequenceForm, StepForm, StepKind};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::reader::Reader;
use crate::driver::{connect, rows, server_form, wait};

fn step(kind: StepKind, text: &str, within: &str) -> StepForm {
    StepForm {
        within_text: within.to_owned(),
        ..StepForm::new(kind, text)
    }
}

fn with_sequences(loaded: &mut Loaded) {
    let send = || step(StepKind::Send, "12", "");
    let expecting = |text, within| vec![send(), step(StepKind::Expect, text, within)];
    for form in &mut loaded.document.endpoints {
        if let EndpointKind::Client(client) = &mut form.kind {
            client.sequences = vec![
                SequenceForm::new("1", expecting("12", "5s")),
                SequenceForm::new("2", expecting("13", "100ms")),
                SequenceForm::new("3", expecting("14", "1m")),
            ];
        }
    }
}

#[test]
fn sequences_speak_the_language() {
    let mut reader = Reader::new(with_sequences);
    reader.start();
    reader.inspect(1);
    reader.read("sequences");
    for (name, outcome) in [("1", "passed"), ("2", "failed at step 2")] {
        reader.click(&format!("Run {name}"));
        reader.wait_for(outcome);
        reader.read("what came of a sequence");
    }
    reader.read_each_row("an entry of a sequence is selected");
    reader.click("Run 3");
    reader.wait_for("running…");
    reader.read("a sequence runs");
    reader.click("Stop 3");
    reader.wait_for("was stopped at step 2");
    reader.read("a sequence was stopped");
    reader.look_into("More for 1");
    reader.pick("More for 1", "Edit steps");
    reader.read("the steps of a sequence");
    for list in ["Kind of step 1", "More for step 1"] {
        reader.look_into(list);
    }
    reader.click("Done");
    reader.click("Add sequence…");
    reader.read("a new sequence");
    reader.type_into(Role::TextInput, "Text of step 1", "1");
    reader.type_into(Role::TextInput, "Time for step 2", "?");
    reader.type_into(Role::TextInput, "Sequence name", "1");
    reader.read("a sequence that cannot be");
    reader.know(["Run sequence"]);
    reader.key(Key::K);
    reader.type_into(Role::TextInput, "Find a command", "Run sequence");
    reader.read("the commands that run sequences");
    reader.escape();
    reader.finish();
}

fn rule(name: &str, starts: &str, states: &str) -> RuleForm {
    RuleForm {
        name: name.to_owned(),
        when: WhenForm {
            conditions: vec![ConditionForm::new(ConditionKind::Starts, starts)],
            ..WhenForm::default()
        },
        in_states_text: states.to_owned(),
        then: vec![ActForm::new(ActKind::Send, "2")],
        ..RuleForm::default()
    }
}

#[test]
fn why_no_rule_answers_is_said_in_the_language() {
    let mut reader = Reader::new(|loaded| {
        let server = server_form(&mut loaded.document);
        server.behaviour.reply = ReplyKind::Rules;
        server.behaviour.rules.rules = vec![
            rule("1", "11 ", ""),
            rule("2", "12 ", ""),
            rule("3", "12 ", "5"),
        ];
        server.protocol.received.framing_text = "lf".to_owned();
    });
    // What a rule and a document call a framing.
    reader.data.push("lf".to_owned());
    // The state in which every connection begins.
    reader.data.push("start".to_owned());
    let mut peer = connect(reader.start().parse().unwrap());
    peer.write_all(b"13 4\n").unwrap();
    wait(&mut reader.window, "the request", |window| {
        rows(window).iter().any(|row| row.contains("13 4"))
    });
    reader.select("13 4");
    reader.wait_for("No rule answers this request.");
    reader.read("no rule answers");
    {
        let name = reader.name("Why not?");
        let window = &reader.window;
        let mut buttons = window.query_all_by_role_and_label(Role::Button, &name);
        buttons.next().unwrap().click();
    }
    reader.window.run_steps(6);
    reader.wait_for("0 of 1 condition");
    reader.read("why not");
    reader.look_into("State");
    reader.pick("State", "start");
    reader.read("why not in a state");
    reader.type_into(Role::TextInput, "Request", "12 x\\");
    reader.read("a request that cannot be read");
    reader.type_into(Role::TextInput, "Request number", "?");
    reader.read("a number that cannot be read");
    reader.type_into(Role::TextInput, "Request number", "1");
    reader.type_into(Role::TextInput, "Request", "12 5");
    reader.wait_for("Rule 2 answers this request");
    reader.read("the rule that answers");
    reader.choose("Notation of the request", "Hex");
    reader.read("a request in hex");
    reader.escape();
    reader.escape();
    reader.menu("13 4");
    reader.read("the menu of a request");
    reader.click("Make a rule from this");
    reader.wait_for("was made");
    reader.read("a rule that was made");
    reader.command("Why not?");
    reader.read("why not, without a request");
    reader.finish();
}

#[test]
fn presets_are_offered_in_the_language() {
    let mut reader = Reader::new(|_| {});
    reader.command("New from preset");
    reader.read("the presets");
    reader.type_into(Role::TextInput, "Filter presets", "99999");
    reader.read("no preset is found");
    reader.type_into(Role::TextInput, "Filter presets", "RFC 862");
    reader.read("a preset is found");
    reader.finish();
}
