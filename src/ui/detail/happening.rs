//! The detail of an entry without bytes: what happened, what it means, of a failure what explains it, and the packets of
//! the lab around it.

use egui::{Label, RichText, ScrollArea, Ui};

use super::super::widgets::{button, sign_and_color};
use super::super::{Action, Cx, Tokens, Wish, clock, diagnosis};
use super::header::when_ui;
use super::{packets, tls};
use crate::capture::{Detail, EventKind, Happening, Row, RowKind, RowText};
use crate::session::diagnose::{Failure, Subject};
use crate::words::sentence;

/// Shows an entry without bytes.
pub(super) fn happening_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    let scroll = ScrollArea::vertical().auto_shrink(false);
    scroll.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        what_happened_ui(ui, cx, detail);
        // What was said stands before what it means, where there is much of it.
        tls::report_ui(ui, cx, &detail.row);
        meaning_ui(ui, cx, &detail.row);
        circumstances_ui(ui, cx, detail);
        why_ui(ui, cx, &detail.row);
        if let Some(subject) = failure_of(&detail.row) {
            ui.scope(|ui| {
                ui.set_max_width(ui.available_width().min(680.0));
                diagnosis::causes_ui(ui, cx, &subject);
            });
        }
        tls::refused_chain_ui(ui, cx, &detail.row);
        if packets::has_packets(ui, cx, &detail.row) == Some(true) {
            packets::packets_ui(ui, cx, &detail.row);
        }
    });
}

/// Shows, of a request that no rule answers, what goes to it and says why.
fn why_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row) {
    let RowText::Words(Happening::Entry(entry)) = &row.text else {
        return;
    };
    if !matches!(entry.event.kind, EventKind::Unanswered { .. }) {
        return;
    }
    let is_request = |it: &&Row| {
        let is_before = it.entry < row.entry && it.connection == row.connection;
        is_before && matches!(it.kind, RowKind::Received(_))
    };
    let mut rows = cx.timeline.loaded_rows().iter().rev();
    let request = rows.find(is_request).map(|it| it.entry);
    let words = &cx.words.whys;
    ui.add_space(4.0);
    if button::plain(ui, words.name)
        .on_hover_text(words.why)
        .clicked()
    {
        cx.extend(request.map(|_| Action::LeaveConversation));
        if let Some(entry) = request {
            cx.wish(Wish::GoTo(entry));
        }
        cx.wish(Wish::WhyNot);
    }
}

/// Returns the failure that a row shows.
fn failure_of(row: &Row) -> Option<Subject> {
    let RowText::Words(Happening::Entry(entry)) = &row.text else {
        return None;
    };
    let event = &entry.event;
    Some(Subject {
        entry: entry.number,
        endpoint: event.endpoint,
        failure: Failure::of(&event.kind, event.link.as_deref())?,
    })
}

fn what_happened_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    let tokens = Tokens::of(ui);
    let row = &detail.row;
    let color = match row.kind {
        RowKind::Quiet => tokens.text,
        kind => sign_and_color(kind, tokens).1,
    };
    ui.add_space(4.0);
    if let Some(failure) = tls::failure_of(row) {
        tls::failure_ui(ui, cx, failure);
    } else {
        let happened = sentence(&cx.words.row_text(row).text);
        let happened = RichText::new(happened).family(Tokens::semibold());
        ui.add(Label::new(happened.color(color)).wrap());
    }
}

/// Shows where and when it happened.
fn circumstances_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    let row = &detail.row;
    let name = row.endpoint.and_then(|id| cx.shown_name(id));
    let name = name.map(str::to_owned);
    let since = row.since_previous;
    let since = since.map(|since| cx.words.detail.since_previous(since));
    let time = Some(clock::micros(row.time));
    when_ui(ui, cx, row, [name, time, since]);
}

/// Shows what it means, for those who learn it.
fn meaning_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row) {
    let tokens = Tokens::of(ui);
    let meaning = match &row.text {
        RowText::Words(happening) => cx.words.meaning(happening, row.address()),
        RowText::Payload(_) => None,
    };
    if let Some(meaning) = meaning {
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width().min(680.0));
            ui.add(Label::new(RichText::new(meaning).color(tokens.text)).wrap());
        });
    }
}
