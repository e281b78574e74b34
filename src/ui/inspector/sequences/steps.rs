//! The steps of a sequence, each a row.

use egui::{Align, Layout, Popup, Ui, vec2};

use super::super::super::Tokens;
use super::super::super::endpoint::ShownEndpoint;
use super::super::super::widgets::{button, choice, field};
use super::change;
use crate::payload::Format;
use crate::script::sequence::MAX_STEPS;
use crate::words::InWords as _;
use crate::workspace::{ClientForm, SequenceEdit, SequenceError, SequenceForm, StepForm, StepKind};

/// The width of a field for a time, in points.
const TIME_WIDTH: f32 = 72.0;
/// The space between two columns, in points.
const GAP: f32 = 4.0;

/// What can be done with a step in the list.
enum Change {
    Remove,
    Up,
    Down,
}

/// Shows the steps, to edit them.
pub(super) fn ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    form: &ClientForm,
    sequence: &SequenceForm,
) {
    let words = &shown.cx.words.sequences;
    let mut steps = sequence.steps.clone();
    let problem = sequence.parse(&form.protocol).err();
    let mut changed = None;
    for (place, step) in steps.iter_mut().enumerate() {
        ui.push_id(place, |ui| {
            let number = u16::try_from(place + 1).unwrap_or(u16::MAX);
            let problem = problem.as_ref();
            let problem = problem.filter(|it| it.step.is_some_and(|it| it.0 == number));
            if let Some(change) = step_ui(ui, shown, step, number, problem) {
                changed = Some((place, change));
            }
        });
    }
    match changed {
        Some((place, Change::Remove)) => drop(steps.remove(place)),
        Some((place, Change::Up)) if place > 0 => steps.swap(place - 1, place),
        Some((place, Change::Down)) if place + 1 < steps.len() => steps.swap(place, place + 1),
        _ => {}
    }
    if let Some(problem) = problem.filter(|it| it.step.is_none()) {
        field::problem(ui, Some(&problem.in_words(shown.cx.words)));
    }
    let has_room = steps.len() < MAX_STEPS;
    let add = ui.add_enabled_ui(has_room, |ui| button::small_at_edge(ui, words.add_step));
    if add.inner.clicked() {
        // What follows a message is an answer.
        let kind = match steps.last().map(|it| it.kind) {
            Some(StepKind::Send) => StepKind::Expect,
            _ => StepKind::Send,
        };
        steps.push(StepForm::new(kind, ""));
    }
    if steps != sequence.steps {
        change(shown, SequenceEdit::Steps(sequence.id, steps));
    }
}

fn step_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    step: &mut StepForm,
    number: u16,
    problem: Option<&SequenceError>,
) -> Option<Change> {
    let words = &shown.cx.words.sequences;
    let mut changed = None;
    let column = kind_width(ui, shown);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let room = ui.available_width() - GAP - Tokens::CONTROL_HEIGHT;
        // Without a field, the choice has its place too.
        let kind = if step.kind.has_text() { column } else { room };
        kind_ui(ui, shown, step, number, kind);
        let width = (room - column - GAP).max(TIME_WIDTH);
        let hint = match step.kind {
            StepKind::Send if step.format == Format::Hex => words.send_hex_hint,
            StepKind::Send => words.send_hint,
            StepKind::Expect => words.expect_hint,
            _ => words.wait_hint,
        };
        if step.kind.has_text() {
            let name = words.text_of(number);
            field::input_with_hint(ui, &name, &mut step.text, width, hint);
        }
        let more = button::more(ui).accessible_name(words.more_of(number));
        Popup::menu(&more).show(|ui| {
            let items = [
                (words.move_up, Change::Up),
                (words.move_down, Change::Down),
                (words.remove, Change::Remove),
            ];
            for (item, change) in items {
                if button::menu_item(ui, item) {
                    changed = Some(change);
                }
            }
        });
    });
    let said = problem.map(|it| it.problem.in_words(shown.cx.words));
    let is_within = problem.is_some_and(|it| it.is_within);
    field::problem(ui, said.as_deref().filter(|_| !is_within));
    if step.kind.has_within() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let size = vec2(column, Tokens::CONTROL_HEIGHT);
            let layout = Layout::right_to_left(Align::Center);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                ui.set_min_width(column);
                ui.add_space(GAP);
                field::label(ui, words.within);
            });
            let (name, text) = (words.within_of(number), &mut step.within_text);
            field::input_with_hint(ui, &name, text, TIME_WIDTH, words.within_hint);
        });
        field::problem(ui, said.as_deref().filter(|_| is_within));
    }
    changed
}

/// Returns how wide the choice of what a step does is beside a field.
fn kind_width(ui: &Ui, shown: ShownEndpoint<'_>) -> f32 {
    let kinds = StepKind::ALL.into_iter().filter(|it| it.has_text());
    let names: Vec<_> = kinds.map(|it| it.in_words(shown.cx.words)).collect();
    let names = names.iter().map(String::as_str);
    let names = names.chain([shown.cx.words.sequences.send_hex]);
    let choices: Vec<_> = names.map(|it| ((), it)).collect();
    choice::list_width(ui, &choices)
}

/// Shows the choice of what a step does. A message to send has two notations.
fn kind_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, step: &mut StepForm, number: u16, width: f32) {
    let words = &shown.cx.words.sequences;
    let names = StepKind::ALL.map(|kind| (kind, kind.in_words(shown.cx.words)));
    let mut choices: Vec<((StepKind, Format), &str)> = Vec::new();
    for (kind, name) in &names {
        choices.push(((*kind, Format::Text), name));
        if *kind == StepKind::Send {
            choices.push(((*kind, Format::Hex), words.send_hex));
        }
    }
    let before = match step.kind {
        StepKind::Send => (step.kind, step.format),
        kind => (kind, Format::Text),
    };
    let mut chosen = before;
    choice::list(ui, &words.kind_of(number), width, &mut chosen, &choices);
    if chosen != before {
        (step.kind, step.format) = chosen;
        if !step.kind.has_text() {
            step.text.clear();
        }
        if !step.kind.has_within() {
            step.within_text.clear();
        }
    }
}
