//! What a rule does, in order: a few lines for each act.

use egui::text::CCursorRange;
use egui::{Margin, TextEdit, Ui};

use super::super::super::super::Tokens;
use super::super::super::super::widgets::{button, choice, field, muted_label, small_label};
use super::{Form, part_ui};
use crate::net::EndpointId;
use crate::payload::{Format, VisibleText};
use crate::words::rules::Rules as Words;
use crate::workspace::rules::{ActForm, ActKind, RuleForm, WhenForm, WhomForm};
use crate::workspace::{ActPart, RulePart};

/// The width of a share of messages, in points.
const SHARE_WIDTH: f32 = 64.0;
/// The least width of the list of recipients.
const TO_WIDTH: f32 = 120.0;

/// Shows the acts of a rule.
pub(super) fn ui(form: &Form<'_>, ui: &mut Ui, rule: &mut RuleForm) {
    let (when, acts) = (&rule.when, &mut rule.then);
    let words = &form.cx().words.rules;
    part_ui(ui, words.then);
    if acts.is_empty() {
        muted_label(ui, words.nothing);
    }
    let count = acts.len();
    let mut wanted = None;
    for (place, act) in acts.iter_mut().enumerate() {
        ui.push_id(("act", place), |ui| {
            if place > 0 {
                ui.add_space(2.0);
            }
            let row = Row {
                form,
                when,
                place,
                count,
            };
            wanted = wanted.or(row.ui(ui, act).map(|it| (place, it)));
        });
    }
    match wanted {
        Some((place, Wanted::Removed)) => drop(acts.remove(place)),
        Some((place, Wanted::Up)) => acts.swap(place, place.saturating_sub(1)),
        Some((place, Wanted::Down)) if place + 1 < count => acts.swap(place, place + 1),
        _ => {}
    }
    if button::small_at_edge(ui, words.add_act).clicked() {
        let kind = match acts.last().map(|it| it.kind) {
            None | Some(ActKind::Wait) => ActKind::Send,
            Some(_) => ActKind::Close,
        };
        acts.push(ActForm::new(kind, ""));
    }
}

/// What is asked for with an act.
#[derive(Clone, Copy)]
enum Wanted {
    Removed,
    Up,
    Down,
}

struct Row<'a> {
    form: &'a Form<'a>,
    when: &'a WhenForm,
    place: usize,
    count: usize,
}

impl Row<'_> {
    fn number(&self) -> u64 {
        self.place as u64 + 1
    }

    fn words(&self) -> &'static Words {
        &self.form.cx().words.rules
    }

    fn ui(&self, ui: &mut Ui, act: &mut ActForm) -> Option<Wanted> {
        let wanted = ui.horizontal(|ui| self.head_ui(ui, act)).inner;
        match act.kind {
            ActKind::Send => {
                self.message_ui(ui, act);
                self.wrong_ui(ui, ActPart::Text);
                self.way_ui(ui, act);
            }
            ActKind::Remember => {
                self.place_ui(ui, act);
                self.message_ui(ui, act);
                self.wrong_ui(ui, ActPart::Text);
            }
            ActKind::Forget => self.place_ui(ui, act),
            ActKind::Finish | ActKind::Close | ActKind::Reset => {
                self.to_ui(ui, act);
            }
            ActKind::Wait | ActKind::Rate | ActKind::Slices | ActKind::Join | ActKind::Leave => {
                let width = ui.available_width();
                let name = self.words().act_text(self.number());
                let hint = hint(self.words(), act.kind);
                let input = field::input_with_hint(ui, &name, &mut act.text, width, hint);
                self.form.note(&input);
                self.wrong_ui(ui, ActPart::Text);
            }
            ActKind::Echo | ActKind::StartTls | ActKind::StopReading | ActKind::ResumeReading => {}
        }
        if self.form.shown.transport().is_udp()
            && let Some(meaning) = meaning_with_udp(self.words(), act.kind)
        {
            small_label(ui, meaning).on_hover_text(meaning);
        }
        wanted
    }

    fn wrong_ui(&self, ui: &mut Ui, part: ActPart) {
        let number = u16::try_from(self.number()).unwrap_or(u16::MAX);
        self.form.wrong_ui(ui, RulePart::Act { number, part });
    }

    /// Shows what it does, and the buttons that move and remove it.
    fn head_ui(&self, ui: &mut Ui, act: &mut ActForm) -> Option<Wanted> {
        let (words, number) = (self.words(), self.number());
        ui.spacing_mut().item_spacing.x = 2.0;
        let buttons = 3.0 * (Tokens::CONTROL_HEIGHT + 2.0);
        let width = ui.available_width() - buttons;
        let kinds = kinds(words);
        choice::list(ui, &words.act(number), width, &mut act.kind, &kinds);
        let steps = [
            (false, self.place > 0, words.act_up(number), Wanted::Up),
            (
                true,
                self.place + 1 < self.count,
                words.act_down(number),
                Wanted::Down,
            ),
        ];
        let mut wanted = None;
        for (is_down, is_possible, name, step) in steps {
            let button = ui
                .add_enabled_ui(is_possible, |ui| button::step(ui, is_down))
                .inner;
            if button.accessible_name(&name).on_hover_text(&name).clicked() {
                wanted = Some(step);
            }
        }
        let name = words.remove_act(number);
        let remove = button::close(ui).accessible_name(&name);
        if remove.on_hover_text(&name).clicked() {
            wanted = Some(Wanted::Removed);
        }
        wanted
    }

    /// Shows a template.
    fn message_ui(&self, ui: &mut Ui, act: &mut ActForm) {
        let words = self.words();
        let hint = match (act.kind, act.format) {
            (_, Format::Hex) => words.hex_hint,
            (ActKind::Remember, Format::Text) => words.value_hint,
            (_, Format::Text) => words.send_hint,
        };
        let id = ui.make_persistent_id("template");
        let mut completion = self.form.completion.borrow_mut();
        let mut completed = None;
        if ui.memory(|memory| memory.has_focus(id)) {
            completed = completion.keys(ui, id, &mut act.text);
        }
        let output = TextEdit::multiline(&mut act.text)
            .id(id)
            .desired_width(f32::INFINITY)
            .desired_rows(1)
            .hint_text(hint)
            .margin(Margin::symmetric(8, 4))
            .font(Tokens::data())
            .lock_focus(completion.is_open())
            .show(ui);
        let input = output.response.response.clone();
        let input = input.accessible_name(words.act_text(self.number()));
        if input.has_focus() {
            let with = (&self.when.piece_names(), self.form.cx().words);
            let clicked = completion.ui(ui, &output, &mut act.text, with);
            completed = completed.or(clicked);
        }
        if let Some(cursor) = completed {
            let mut state = output.state;
            state.cursor.set_char_range(Some(CCursorRange::one(cursor)));
            state.store(ui.ctx(), id);
            input.request_focus();
        }
        self.form.note(&input);
    }

    fn hex_ui(&self, ui: &mut Ui, act: &mut ActForm) {
        let mut is_hex = act.format == Format::Hex;
        let hex = ui.checkbox(&mut is_hex, self.words().in_hex);
        hex.accessible_name(self.words().act_hex(self.number()));
        act.format = if is_hex { Format::Hex } else { Format::Text };
    }

    /// Shows to whom something is sent, and how badly that may go.
    fn way_ui(&self, ui: &mut Ui, act: &mut ActForm) {
        let words = self.words();
        ui.horizontal(|ui| {
            self.whom_ui(ui, act);
            self.hex_ui(ui, act);
        });
        ui.horizontal(|ui| {
            let shares = [
                (
                    words.drop,
                    words.drop_why,
                    words.act_drop(self.number()),
                    &mut act.drop_text,
                ),
                (
                    words.corrupt,
                    words.corrupt_why,
                    words.act_corrupt(self.number()),
                    &mut act.corrupt_text,
                ),
            ];
            for (name, why, spoken, text) in shares {
                let color = Tokens::of(ui).muted_text;
                ui.label(egui::RichText::new(name).color(color));
                let hint = words.chance_hint;
                let input = field::input_with_hint(ui, &spoken, text, SHARE_WIDTH, hint);
                self.form.note(&input);
                input.on_hover_text(why);
            }
        });
        for part in [ActPart::To, ActPart::Drop, ActPart::Corrupt] {
            self.wrong_ui(ui, part);
        }
    }

    fn to_ui(&self, ui: &mut Ui, act: &mut ActForm) {
        ui.horizontal(|ui| self.whom_ui(ui, act));
        self.wrong_ui(ui, ActPart::To);
    }

    fn whom_ui(&self, ui: &mut Ui, act: &mut ActForm) {
        let (words, number) = (self.words(), self.number());
        let color = Tokens::of(ui).muted_text;
        ui.label(egui::RichText::new(words.to).color(color));
        let choices = self.recipients(&act.to);
        let choices: Vec<_> = choices
            .iter()
            .map(|(to, name)| (to.clone(), name.as_str()))
            .collect();
        let width = choice::list_width(ui, &choices).max(TO_WIDTH);
        let width = width.min(ui.available_width());
        choice::list(ui, &words.act_to(number), width, &mut act.to, &choices);
        if let WhomForm::Group(group) = &mut act.to {
            let (name, hint) = (words.act_group(number), words.group_hint);
            let input = field::input_with_hint(ui, &name, group, TO_WIDTH, hint);
            self.form.note(&input);
        }
    }

    /// Returns for whom it can be, with what that is called.
    fn recipients(&self, chosen: &WhomForm) -> Vec<(WhomForm, String)> {
        let words = self.words();
        let group = match chosen {
            WhomForm::Group(group) => group.clone(),
            _ => String::new(),
        };
        let mut all = vec![
            (WhomForm::Peer, words.to_peer.to_owned()),
            (WhomForm::All, words.to_all.to_owned()),
            (WhomForm::Others, words.to_others.to_owned()),
            (WhomForm::Group(group), words.to_group.to_owned()),
        ];
        let this: EndpointId = self.form.shown.form.id;
        let others = self.form.cx().document.endpoints.iter();
        all.extend(others.filter(|it| it.id != this).map(|it| {
            let name = VisibleText::plain(&it.name).text;
            (WhomForm::Endpoint(it.id), words.to_endpoint(&name))
        }));
        if let WhomForm::Gone(name) = chosen {
            let said = words.to_gone(&VisibleText::plain(name).text);
            all.push((chosen.clone(), said));
        }
        all
    }

    fn place_ui(&self, ui: &mut Ui, act: &mut ActForm) {
        let words = self.words();
        ui.horizontal(|ui| {
            let color = Tokens::of(ui).muted_text;
            ui.label(egui::RichText::new(words.at_place).color(color));
            let hex = if act.kind == ActKind::Remember {
                64.0
            } else {
                0.0
            };
            let width = ui.available_width() - hex;
            let name = words.act_place(self.number());
            let hint = words.place_hint;
            let input = field::input_with_hint(ui, &name, &mut act.place_text, width, hint);
            self.form.note(&input);
            if act.kind == ActKind::Remember {
                self.hex_ui(ui, act);
            }
        });
        self.wrong_ui(ui, ActPart::Place);
    }
}

fn kinds(words: &Words) -> [(ActKind, &'static str); 15] {
    ActKind::ALL.map(|kind| {
        let name = match kind {
            ActKind::Send => words.send,
            ActKind::Echo => words.echo,
            ActKind::Wait => words.wait,
            ActKind::Finish => words.finish,
            ActKind::Close => words.close,
            ActKind::Reset => words.reset,
            ActKind::StartTls => words.start_tls,
            ActKind::StopReading => words.stop_reading,
            ActKind::ResumeReading => words.resume_reading,
            ActKind::Rate => words.rate,
            ActKind::Slices => words.slices,
            ActKind::Remember => words.remember,
            ActKind::Forget => words.forget,
            ActKind::Join => words.join,
            ActKind::Leave => words.leave,
        };
        (kind, name)
    })
}

/// Returns what an act means with UDP, where that is not what its name says.
fn meaning_with_udp(words: &Words, kind: ActKind) -> Option<&'static str> {
    match kind {
        ActKind::Finish | ActKind::Close | ActKind::Reset => Some(words.udp_forgets),
        ActKind::StopReading | ActKind::ResumeReading => Some(words.udp_no_reading),
        _ => None,
    }
}

fn hint(words: &Words, kind: ActKind) -> &'static str {
    match kind {
        ActKind::Wait => words.wait_hint,
        ActKind::Rate => words.rate_hint,
        ActKind::Slices => words.slices_hint,
        ActKind::Join | ActKind::Leave => words.group_hint,
        _ => "",
    }
}
