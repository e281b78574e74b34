//! What stands in the timeline before anything has happened: the two buttons of the first conversation, each with a
//! sentence.

use egui::{Label, RichText, Ui};

use super::commands::start_of;
use super::widgets::{button, explain_disabled};
use super::{Action, Cx, Tokens, Wish};
use crate::words::timeline::Timeline as Words;
use crate::workspace::ReplyKind;

/// The width of the sentences at most, in points.
const WIDTH: f32 = 420.0;

/// Shows the steps; those that are done are words only.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.timeline;
    ui.add_space((ui.available_height() * 0.28).max(12.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(WIDTH);
        let heading = RichText::new(words.none_yet).heading();
        ui.label(heading.color(Tokens::of(ui).muted_text));
        ui.add_space(10.0);
        start_ui(ui, cx, words);
        ui.add_space(16.0);
        send_ui(ui, cx, words);
        learn_ui(ui, cx);
    });
}

/// Offers the first lesson, unless one is being done.
fn learn_ui(ui: &mut Ui, cx: &Cx<'_>) {
    if cx.lesson.is_some() {
        return;
    }
    ui.add_space(10.0);
    let words = &cx.words.lessons;
    if button::plain(ui, words.first).clicked() {
        cx.wish(Wish::Lessons);
        cx.push(Action::BeginLesson(0));
    }
    sentence_ui(ui, words.first_why);
}

fn start_ui(ui: &mut Ui, cx: &Cx<'_>, words: &Words) {
    let Some(server) = cx.next_server_to_start() else {
        return;
    };
    let name = cx.name(server).unwrap_or_default();
    if button::plain(ui, words.first_start(name)).clicked() {
        cx.extend(start_of(cx, server));
    }
    let why = match cx.reply_of(server) {
        Some(ReplyKind::Echo) => words.first_start_echo,
        Some(ReplyKind::Fixed) => words.first_start_fixed,
        Some(ReplyKind::Rules) => words.first_start_rules,
        Some(ReplyKind::None) | None => words.first_start_silent,
    };
    sentence_ui(ui, why);
}

fn send_ui(ui: &mut Ui, cx: &Cx<'_>, words: &Words) {
    let Some(recipients) = cx.send_to else {
        return sentence_ui(ui, words.first_endpoint);
    };
    let name = cx.recipients_label(recipients);
    let can_send = cx.next_server_to_start().is_none();
    let send = ui.add_enabled_ui(can_send, |ui| button::plain(ui, words.first_send(&name)));
    if explain_disabled(send.inner, words.first_send_later).clicked() {
        cx.wish(Wish::Send);
    }
    sentence_ui(ui, words.first_send_why);
}

fn sentence_ui(ui: &mut Ui, words: &str) {
    ui.add_space(2.0);
    let text = RichText::new(words).color(Tokens::of(ui).muted_text);
    ui.add(Label::new(text).wrap());
}
