//! Who the message goes to: one client or one server's peers, or several at once.

use egui::{Checkbox, RectAlign, Ui};

use super::super::widgets::{choice, popup};
use super::super::{Action, Cx, Tokens};
use crate::model::Recipients;
use crate::workspace::{EndpointKind, TargetForm};

/// The widths that the choice may have, in points.
const WIDTHS: std::ops::RangeInclusive<f32> = 96.0..=210.0;
/// Which part of the line it takes at most, and where there is little room.
const SHARE: f32 = 0.3;
const NARROW_SHARE: f32 = 0.22;

/// Shows the choice.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, is_narrow: bool) {
    let words = &cx.words.composer;
    let share = if is_narrow { NARROW_SHARE } else { SHARE };
    if !is_narrow {
        ui.colored_label(Tokens::of(ui).muted_text, words.to);
    }
    let only = cx.send_to.filter(|_| cx.also_to.is_empty());
    let shown = match only {
        Some(one) => Some(with_target(cx, one)),
        _ => cx.recipients_summary(),
    };
    let shown = shown.unwrap_or_else(|| words.nobody.to_owned());
    let port = port(&shown).to_owned();
    let name = only.map_or_else(String::new, |one| cx.recipients_label(one));
    let least = choice::width_with_end(ui, &name, &port);
    let least = least.clamp(*WIDTHS.start(), *WIDTHS.end());
    let width = (ui.available_width() * share).clamp(least, *WIDTHS.end());
    // Without a port to keep in sight, a part of the target would say nothing.
    let is_cut = port.is_empty() && !choice::fits(ui, width, &shown);
    let painted = if is_cut && only.is_some() {
        &name
    } else {
        &shown
    };
    let combo = choice::drop_button_with_end(ui, words.send_to, width, painted, &port);
    popup::list(&combo, RectAlign::TOP_START).show(|ui| {
        let possible = cx.possible_recipients();
        // With a single choice there is nothing to add.
        let has_several = possible.len() > 1;
        for recipients in possible {
            recipients_ui(ui, cx, recipients, has_several);
        }
    });
    let all = all_of_several(cx).or_else(|| Some(with_address(cx, only?)));
    combo.on_hover_text(all.unwrap_or(shown));
}

/// Returns the port at the end of an address, with its colon.
fn port(shown: &str) -> &str {
    let port = shown.rfind(':').and_then(|at| shown.get(at..));
    let is_port = |it: &&str| it.len() > 1 && it.chars().skip(1).all(|it| it.is_ascii_digit());
    port.filter(is_port).unwrap_or_default()
}

/// Shows a choice, and a box to have it beside others.
fn recipients_ui(ui: &mut Ui, cx: &Cx<'_>, recipients: Recipients, has_several: bool) {
    let name = cx.recipients_label(recipients);
    let is_chosen = cx.recipients().any(|it| it == recipients);
    let is_alone = is_chosen && cx.also_to.is_empty();
    let choose = |ui: &mut Ui| {
        let response = ui.selectable_label(is_chosen, with_address(cx, recipients));
        if response.accessible_name(&name).clicked() {
            cx.push(Action::SendTo(recipients));
            ui.close();
        }
    };
    if !has_several {
        return choose(ui);
    }
    ui.horizontal(|ui| {
        let words = cx.words.composer.include(&name);
        let mut is_ticked = is_chosen;
        let tick = Checkbox::without_text(&mut is_ticked);
        let tick = ui.add_enabled(!is_alone, tick).on_hover_text(&words);
        if tick.accessible_name(words).changed() {
            cx.push(Action::AlsoSendTo(recipients));
        }
        choose(ui);
    });
}

/// Returns what a recipient is called: a client with the server of ours that it follows, else with its address.
fn with_target(cx: &Cx<'_>, recipients: Recipients) -> String {
    let form = cx.form(recipients.endpoint());
    let server = form.and_then(|form| match &form.kind {
        EndpointKind::Client(client) => match client.target {
            TargetForm::Server(server) => cx.name(server),
            TargetForm::Address => None,
        },
        EndpointKind::Server(_) => None,
    });
    match (recipients, server) {
        (Recipients::Client(_), Some(server)) => {
            let name = cx.recipients_label(recipients);
            cx.words.composer.to_address(&name, server)
        }
        _ => with_address(cx, recipients),
    }
}

fn with_address(cx: &Cx<'_>, recipients: Recipients) -> String {
    let name = cx.recipients_label(recipients);
    match (recipients, cx.target_label(recipients.endpoint())) {
        (Recipients::Client(_), Some(target)) => cx.words.composer.to_address(&name, &target),
        _ => name,
    }
}

fn all_of_several(cx: &Cx<'_>) -> Option<String> {
    let labels = cx.recipients().map(|it| cx.recipients_label(it));
    let labels: Vec<_> = labels.collect();
    (labels.len() > 1).then(|| labels.join(cx.words.common.comma))
}
