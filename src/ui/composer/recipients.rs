//! Who the message goes to: one client or one server's peers, or several at once.

use egui::{Checkbox, RectAlign, Ui};

use super::super::widgets::{choice, popup};
use super::super::{Action, Cx, Tokens};
use crate::model::Recipients;

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
    let shown = match (cx.send_to, &*cx.also_to) {
        (Some(one), []) => Some(with_address(cx, one)),
        _ => cx.recipients_summary(),
    };
    let width = (ui.available_width() * share).clamp(*WIDTHS.start(), *WIDTHS.end());
    let shown = shown.unwrap_or_else(|| words.nobody.to_owned());
    let combo = choice::drop_button(ui, words.send_to, width, &shown);
    popup::list(&combo, RectAlign::TOP_START).show(|ui| {
        let possible = cx.possible_recipients();
        // With a single choice there is nothing to add.
        let has_several = possible.len() > 1;
        for recipients in possible {
            recipients_ui(ui, cx, recipients, has_several);
        }
    });
    if let Some(all) = all_of_several(cx) {
        combo.on_hover_text(all);
    }
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
    (labels.len() > 1).then(|| labels.join(", "))
}
