//! Sending the message again and again: how often, and how far it has come.

use egui::{Label, RectAlign, Response, RichText, Ui};

use super::super::widgets::{alert, button, field, popup};
use super::super::{Action, Cx, Tokens};
use crate::session::RepeatEnd;
use crate::workspace::RepetitionForm;

/// The widths of the two fields, in points.
const PERIOD_WIDTH: f32 = 64.0;
const TIMES_WIDTH: f32 = 52.0;

/// The menu beside the button that sends.
#[derive(Default)]
pub(super) struct RepeatMenu {
    form: RepetitionForm,
}

impl RepeatMenu {
    /// Shows the menu of its button.
    pub(super) fn ui(&mut self, button: &Response, cx: &Cx<'_>) {
        popup::above(button, RectAlign::TOP_END).show(|ui| self.form_ui(ui, cx));
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.composer;
        let form = &mut self.form;
        let muted = Tokens::of(ui).muted_text;
        let order = ui.horizontal(|ui| {
            ui.colored_label(muted, words.every);
            field::input(ui, words.period, &mut form.period_text, PERIOD_WIDTH)
                .on_hover_text(words.period_why);
            field::input_with_hint(
                ui,
                words.times,
                &mut form.times_text,
                TIMES_WIDTH,
                words.endless,
            )
            .on_hover_text(words.times_why);
            ui.colored_label(muted, words.times_unit);
            ui.checkbox(&mut form.until_reply, words.until_reply);
            let order = form.parse();
            let can_begin = order.is_ok() && !cx.is_repeating();
            ui.add_enabled_ui(can_begin, |ui| {
                if button::plain(ui, words.repeat).clicked() {
                    cx.extend(order.as_ref().ok().copied().map(Action::Repeat));
                    ui.close();
                }
            });
            order
        });
        if let Err(problem) = order.inner {
            alert::problem(ui, cx.words, &problem);
        }
    }
}

/// Shows how far a repeated message has come, or why it ended.
pub(super) fn progress_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(status) = &cx.repeated else { return };
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        // The button comes first: behind text that grows it would move away under the pointer.
        if status.end.is_none() {
            let stop = button::plain(ui, cx.words.composer.stop_repeating);
            if stop
                .on_hover_text(cx.words.composer.stop_repeating_why)
                .clicked()
            {
                cx.push(Action::StopRepeating);
            }
        } else if button::close(ui)
            .accessible_name(cx.words.composer.dismiss_repeated)
            .clicked()
        {
            cx.push(Action::ForgetRepeated);
        }
        let words = cx.words.repeated(status);
        match &status.end {
            Some(RepeatEnd::Ended(_) | RepeatEnd::Failed(_) | RepeatEnd::Refused(_)) => {
                alert::line(ui, &words);
            }
            Some(_) => {
                let words = RichText::new(words).color(tokens.muted_text);
                ui.add(Label::new(words).truncate());
            }
            None => {
                let words = RichText::new(words).color(tokens.sent);
                ui.add(Label::new(words).truncate());
            }
        }
    });
}
