//! What came of the last message, beside the button that sent it.

use std::time::Duration;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Label, Layout, Ui};

use super::super::widgets::alert;
use super::super::{Cx, Tokens};
use crate::model::AnswerModel;
use crate::net::EndpointId;
use crate::session::Answered;
use crate::workspace::ReplyKind;

/// Shows it at the right of the line.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(answer) = &cx.answer else { return };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        match answer.answered() {
            Some(answered) => answered_ui(ui, cx, answered),
            None => sending_ui(ui, cx, answer),
        }
    });
}

/// Shows it at the right of what `left` shows, which gets the room that is left.
pub(super) fn beside_ui(ui: &mut Ui, cx: &Cx<'_>, left: impl FnOnce(&mut Ui)) {
    if cx.answer.is_none() {
        return left(ui);
    }
    let width = ui.available_width();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.scope(|ui| {
            ui.set_max_width(width * SHARE);
            self::ui(ui, cx);
        });
        ui.with_layout(Layout::left_to_right(Align::Center), left);
    });
}

/// Which part of a line it takes at most.
const SHARE: f32 = 0.6;

fn sending_ui(ui: &mut Ui, cx: &Cx<'_>, answer: &AnswerModel) {
    match answer.is_late(cx.now) {
        Ok(()) => {
            let words = Tokens::small_words(cx.words.answers.sending, Tokens::of(ui).muted_text);
            ui.add(Label::new(words).truncate());
        }
        Err(seconds) => ui.request_repaint_after(Duration::from_secs_f64(seconds)),
    }
}

fn answered_ui(ui: &mut Ui, cx: &Cx<'_>, answered: &Answered) {
    let tokens = Tokens::of(ui);
    if let Some(problem) = &answered.problem {
        // What was sent before it stands in the rows.
        let words = cx.words.send_problem(problem);
        if problem.is_bad() {
            alert::line(ui, &words);
        } else {
            let sent = cx.words.sent(answered);
            let words: Vec<_> = sent.into_iter().chain([words]).collect();
            let words = Tokens::small_words(words.join(" · "), tokens.muted_text);
            ui.add(Label::new(words).truncate());
        }
        return;
    }
    let Some(sent) = cx.words.sent(answered) else {
        return;
    };
    let is_nothing = answered.waited.is_none() && answered.incomplete_bytes == 0;
    let only = cx.send_to.filter(|_| is_nothing && cx.also_to.is_empty());
    let silent = only.and_then(|it| silence_words(cx, it.endpoint()));
    let replies = silent.unwrap_or_else(|| cx.words.replies(answered));
    let color = if answered.waited.is_some() {
        tokens.received
    } else {
        tokens.muted_text
    };
    let mut job = LayoutJob::default();
    let format = |color| TextFormat::simple(Tokens::small(), color);
    job.append(&format!("{sent} · "), 0.0, format(tokens.muted_text));
    job.append(&replies, 0.0, format(color));
    ui.add(Label::new(job).truncate());
}

/// Returns why the server of ours that a client is connected to does not reply, if it does not.
fn silence_words(cx: &Cx<'_>, client: EndpointId) -> Option<String> {
    let server = cx.server_of(client)?;
    let (name, reply) = (cx.name(server)?, cx.reply_of(server)?);
    match reply {
        ReplyKind::None => Some(cx.words.answers.set_to_none(name)),
        _ if cx.document.is_silenced(server) => Some(cx.words.answers.not_approved.to_owned()),
        _ => None,
    }
}
