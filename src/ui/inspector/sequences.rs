//! The sequences of a client: a list to run them and see what came of them, and the steps of the one that is edited.

mod steps;

use egui::{Align, Label, Layout, Popup, RichText, Ui, UiBuilder};

use super::super::endpoint::ShownEndpoint;
use super::super::sequence_commands::run;
use super::super::widgets::{Sign, button, field, sign_ui, small_label};
use super::super::{Action, Tokens, Wish};
use crate::capture::RunStatus;
use crate::script::sequence::SequenceOutcome;
use crate::words::InWords as _;
use crate::workspace::{ClientForm, SequenceEdit, SequenceForm, SequenceId, StepForm, StepKind};

/// Which sequence is edited.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    edited: Option<SequenceId>,
    /// Its name as it is being typed; `None` as long as it is not touched.
    name_text: Option<String>,
}

impl Sequences {
    fn edit(&mut self, id: Option<SequenceId>) {
        (self.edited, self.name_text) = (id, None);
    }

    /// Returns whether one of the client's is edited.
    pub(super) fn is_editing(&self, form: &ClientForm) -> bool {
        form.sequences.iter().any(|it| Some(it.id) == self.edited)
    }

    /// Shows the sequences of a client.
    pub(super) fn ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, form: &ClientForm) {
        let words = &shown.cx.words.sequences;
        if form.sequences.is_empty() {
            small_label(ui, words.none);
        }
        for sequence in &form.sequences {
            let group = UiBuilder::new()
                .id_salt(sequence.id)
                .accessibility_role(egui::Role::Group)
                .accessibility_label(words.title_of(&sequence.name));
            ui.scope_builder(group, |ui| self.sequence_ui(ui, shown, form, sequence));
        }
        if button::small_at_edge(ui, words.add).clicked() {
            let name = form.unused_sequence_name(words.new_name);
            let steps = [StepKind::Send, StepKind::Expect];
            let steps = steps.map(|kind| StepForm::new(kind, ""));
            let sequence = SequenceForm::new(name, steps.to_vec());
            self.edit(Some(sequence.id));
            change(shown, SequenceEdit::Add(sequence));
        }
    }

    fn sequence_ui(
        &mut self,
        ui: &mut Ui,
        shown: ShownEndpoint<'_>,
        form: &ClientForm,
        sequence: &SequenceForm,
    ) {
        let runs = &shown.endpoint.status.runs;
        let last = runs.iter().find(|it| it.name == sequence.name);
        self.heading_ui(ui, shown, sequence, last);
        if let Some(last) = last {
            result_ui(ui, shown, last);
        }
        if self.edited == Some(sequence.id) {
            self.name_ui(ui, shown, form, sequence);
            steps::ui(ui, shown, form, sequence);
            if button::small_at_edge(ui, shown.cx.words.sequences.done).clicked() {
                self.edit(None);
            }
            ui.add_space(6.0);
        }
    }

    fn heading_ui(
        &mut self,
        ui: &mut Ui,
        shown: ShownEndpoint<'_>,
        sequence: &SequenceForm,
        last: Option<&RunStatus>,
    ) {
        let (cx, words) = (shown.cx, &shown.cx.words.sequences);
        let (id, name) = (shown.form.id, &sequence.name);
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let more = button::more(ui).accessible_name(words.more(name));
                Popup::menu(&more).show(|ui| self.menu_ui(ui, shown, sequence));
                if last.is_some_and(|it| it.end.is_none()) {
                    let stop = button::small(ui, words.stop);
                    let stop = stop.accessible_name(words.stop_named(name));
                    if stop.on_hover_text(words.stop_why).clicked() {
                        cx.push(Action::CancelRun(id));
                    }
                } else {
                    let start = button::small(ui, words.run_button);
                    let start = start.accessible_name(words.run(name));
                    if start.on_hover_text(words.run_why).clicked() {
                        run(cx, id, name, None);
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let name = RichText::new(name).color(Tokens::of(ui).text);
                    ui.add(Label::new(name).truncate());
                });
            });
        });
    }

    fn menu_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, sequence: &SequenceForm) {
        let words = &shown.cx.words.sequences;
        if button::menu_item(ui, words.edit) {
            self.edit(Some(sequence.id));
        }
        if button::menu_item(ui, words.duplicate) {
            change(shown, SequenceEdit::Duplicate(sequence.id));
        }
        ui.separator();
        if button::menu_item(ui, words.delete) {
            change(shown, SequenceEdit::Delete(sequence.id));
        }
    }

    fn name_ui(
        &mut self,
        ui: &mut Ui,
        shown: ShownEndpoint<'_>,
        form: &ClientForm,
        sequence: &SequenceForm,
    ) {
        let words = &shown.cx.words.sequences;
        let mut text = self.name_text.clone();
        let text = text.get_or_insert_with(|| sequence.name.clone());
        let problem = form.sequence_name_problem(text, sequence.id);
        let is_free = problem.is_none();
        let problem = problem.map(|it| it.in_words(shown.cx.words));
        let response = field::text(ui, words.name, text, problem.as_deref());
        if response.changed() {
            self.name_text = Some(text.clone());
        }
        if response.lost_focus() && text.trim() != sequence.name && is_free {
            change(shown, SequenceEdit::Rename(sequence.id, text.clone()));
            self.name_text = None;
        }
    }
}

/// Shows what came of the last run, with a button that goes to its entry.
fn result_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, run: &RunStatus) {
    let (cx, words, tokens) = (shown.cx, &shown.cx.words.sequences, Tokens::of(ui));
    let (sign, color, text) = match run.end.as_deref() {
        None => (Sign::Waiting, tokens.muted_text, words.running.to_owned()),
        Some(end) => {
            let (sign, color) = match end.outcome {
                SequenceOutcome::Passed => (Sign::Done, tokens.good),
                SequenceOutcome::Failed { .. } => (Sign::Bad, tokens.error),
                SequenceOutcome::Cancelled { .. } => (Sign::Idle, tokens.muted_text),
            };
            (sign, color, cx.words.sequence_outcome(end))
        }
    };
    ui.horizontal_top(|ui| {
        ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = Tokens::SMALL_LINE_HEIGHT;
            sign_ui(ui, sign);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(Label::new(Tokens::small_words(text, color)).wrap());
            let show = button::small_at_edge(ui, words.show);
            let show = show.accessible_name(words.show_named(&run.name));
            if show.on_hover_text(words.show_why).clicked() {
                cx.wish(Wish::GoTo(run.entry));
            }
        });
    });
}

fn change(shown: ShownEndpoint<'_>, edit: SequenceEdit) {
    shown.cx.push(Action::EditSequences(shown.form.id, edit));
}
