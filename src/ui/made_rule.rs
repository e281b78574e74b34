//! What is said of a rule that was just made from what was received.

use egui::{Align, Frame, Label, Layout, Margin, Ui, vec2};

use super::endpoint::ShownEndpoint;
use super::widgets::button;
use super::{Action, Tokens};
use crate::workspace::ReplyKind;

/// Shows it above the rules of an endpoint, until it is dismissed or the rule is gone.
pub(super) fn ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    let cx = shown.cx;
    let Some(made) = cx.made_rule.filter(|it| it.endpoint == shown.form.id) else {
        return;
    };
    let rules = &shown.form.kind.behaviour().rules.rules;
    let Some(place) = rules.iter().position(|rule| rule.id == made.rule) else {
        return;
    };
    let words = &cx.words.whys;
    let before = match made.replied {
        Some(ReplyKind::Echo) => Some(words.was_echo),
        Some(ReplyKind::Fixed) => Some(words.was_fixed),
        Some(ReplyKind::None) => Some(words.was_silent),
        Some(ReplyKind::Rules) | None => None,
    };
    let is_open = rules.get(place).is_some_and(|rule| {
        let mut acts = rule.then.iter();
        acts.any(|act| act.text.is_empty())
    });
    let sentences = [
        Some(words.made(place + 1)),
        before.map(|before| words.replies_by_rules(&shown.form.name, before)),
        is_open.then(|| words.nothing_to_send.to_owned()),
    ];
    let said = cx.words.joined(sentences.into_iter().flatten());
    let tokens = Tokens::of(ui);
    let frame = Frame::new().fill(tokens.selection);
    frame.inner_margin(Margin::symmetric(14, 6)).show(ui, |ui| {
        let room = ui.available_width() - Tokens::CONTROL_HEIGHT - ui.spacing().item_spacing.x;
        let painter = ui.painter();
        let said = painter.layout(said, Tokens::small(), tokens.chosen_text, room);
        let height = said.size().y.max(Tokens::CONTROL_HEIGHT);
        let size = vec2(ui.available_width(), height);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let dismiss = button::close(ui).accessible_name(words.dismiss);
            if dismiss.on_hover_text(words.dismiss).clicked() {
                cx.push(Action::ForgetMadeRule);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(said));
            });
        });
    });
    ui.add_space(4.0);
}
