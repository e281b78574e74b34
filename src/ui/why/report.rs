//! The rules: what each of them asks for, and what of that holds.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Button, Label, Layout, RichText, Sense, TextWrapMode, Ui, vec2};

use super::super::widgets::{Sign, button, paint_sign, sign_ui, spoken_label};
use super::super::{Cx, Tokens, Wish};
use crate::script::RuleNumber;
use crate::script::rules::{Hold, Report};
use crate::session::Explained;
use crate::words::why::Requirement;

/// How many rules are shown before all of them are asked for.
const FIRST: usize = 30;
/// The space beside the button that edits a rule.
const EDGE: f32 = 8.0;
/// Where the conditions of a rule begin.
const INDENT: f32 = 16.0;

/// The list's own state.
#[derive(Debug, Default)]
pub(super) struct TrialReports {
    /// The place of the rule whose failing byte is marked; the nearest one without it.
    chosen: Option<usize>,
    /// The request that it was chosen for.
    request: bytes::Bytes,
    is_choice_new: bool,
    shows_all: bool,
}

impl TrialReports {
    /// Begins anew with another request.
    pub(super) fn follow(&mut self, explained: &Explained) {
        if self.request != explained.seen.bytes {
            *self = Self {
                request: explained.seen.bytes.clone(),
                is_choice_new: true,
                ..Self::default()
            };
        }
    }

    /// Returns whether another rule was chosen since the last time.
    pub(super) fn take_new_choice(&mut self) -> bool {
        std::mem::take(&mut self.is_choice_new)
    }

    /// Returns the byte at which the chosen rule fails.
    pub(super) fn failing_byte(&self, explained: &Explained) -> Option<usize> {
        self.chosen(explained)?.failing_byte()
    }

    fn chosen<'a>(&self, explained: &'a Explained) -> Option<&'a Report> {
        let reports = &explained.reports;
        let chosen = reports.iter().find(|it| Some(it.place) == self.chosen);
        chosen.or_else(|| reports.first().filter(|it| it.answers_requests))
    }

    /// Shows the rules, the nearest first.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, explained: &Explained) {
        let chosen = self.chosen(explained).map(|it| it.place);
        let most = if self.shows_all { usize::MAX } else { FIRST };
        for report in explained.reports.iter().take(most) {
            let is_chosen = chosen == Some(report.place);
            ui.push_id(report.place, |ui| {
                if rule_ui(ui, cx, explained, report, is_chosen) {
                    self.chosen = Some(report.place);
                    self.is_choice_new = true;
                }
            });
        }
        let rest = explained.reports.len().saturating_sub(most);
        if rest > 0 {
            let more = cx.words.whys.more(rest as u64);
            self.shows_all |= button::plain(ui, more).clicked();
        }
    }
}

/// Shows a rule; returns whether it was chosen.
fn rule_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    explained: &Explained,
    report: &Report,
    is_chosen: bool,
) -> bool {
    let words = &cx.words.whys;
    let tokens = Tokens::of(ui);
    let answering = explained.answering();
    let is_first = answering.is_some_and(|(place, _)| place == report.place);
    let (sign, color) = match answering {
        Some((_, true)) if is_first => (Sign::Done, tokens.good),
        Some(_) if is_first => (Sign::Waiting, tokens.caution),
        _ if report.failures() == 0 || !report.is_on => (Sign::Idle, tokens.muted_text),
        _ => (Sign::Bad, tokens.text),
    };
    let answering = answering.map(|(place, _)| place);
    let mut is_pressed = false;
    ui.horizontal(|ui| {
        sign_ui(ui, sign);
        let edit = button::small_width(ui, words.edit) + EDGE + 2.0 * ui.spacing().item_spacing.x;
        let width = (ui.available_width() - edit).max(40.0);
        let said = RichText::new(cx.words.why_rule(report, answering)).color(color);
        let said = Button::selectable(is_chosen, said).wrap_mode(TextWrapMode::Wrap);
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(width, Tokens::CONTROL_HEIGHT), layout, |ui| {
            ui.set_max_width(width);
            is_pressed = ui.add(said).clicked();
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(EDGE);
            let edit = button::small(ui, words.edit);
            if edit
                .accessible_name(words.edit_rule(report.place + 1))
                .clicked()
            {
                let number = RuleNumber::at(report.place);
                cx.wish(Wish::ShowRule(explained.order.endpoint, number));
            }
        });
    });
    let rules = explained.rules.as_ref().ok();
    let rule = rules.and_then(|rules| rules.rules().rules.get(report.place));
    let Some(rule) = rule.filter(|_| report.answers_requests) else {
        return is_pressed;
    };
    let state = explained.order.state.as_deref();
    for requirement in cx.words.why_asked(rule, report, state) {
        requirement_ui(ui, cx, &requirement);
    }
    ui.add_space(4.0);
    is_pressed
}

/// Shows one thing that a rule asks for.
fn requirement_ui(ui: &mut Ui, cx: &Cx<'_>, requirement: &Requirement) {
    let tokens = Tokens::of(ui);
    let (sign, color) = match &requirement.hold {
        Hold::Holds => (Sign::Done, tokens.muted_text),
        Hold::Unknown => (Sign::Waiting, tokens.caution),
        Hold::Fails(_) | Hold::Differs => (Sign::Bad, tokens.error),
    };
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = Tokens::SMALL_LINE_HEIGHT;
        ui.horizontal(|ui| {
            ui.add_space(INDENT);
            let (rect, _) =
                ui.allocate_exact_size(vec2(10.0, Tokens::SMALL_LINE_HEIGHT), Sense::hover());
            paint_sign(ui.painter(), rect.center(), sign, tokens);
            let mut job = LayoutJob::default();
            let format = |color| TextFormat::simple(Tokens::small(), color);
            job.append(&requirement.what, 0.0, format(tokens.text));
            if let Some(why) = &requirement.why {
                job.append("  ", 0.0, format(color));
                job.append(why, 0.0, format(color));
            }
            job.wrap.max_width = ui.available_width();
            spoken_label(ui, Label::new(job).wrap(), &requirement.spoken(cx.words));
        });
    });
}
