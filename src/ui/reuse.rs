//! What can be done with the bytes of a row: sent again, edited and sent, saved.

use egui::{Popup, Ui};

use super::widgets::button;
use super::{Action, Cx, Wish};
use crate::capture::{Detail, RowKind};
use crate::payload::Draft;
use crate::words::Language;
use crate::workspace::MessageEdit;

/// The most bytes that are edited or saved; more of them belong in a file.
const MAX_EDITED_BYTES: usize = 16 * 1024;

/// Shows the menu's button. Returns the name of the payload where others are to be compared with it.
pub(super) fn reuse_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) -> Option<String> {
    let words = &cx.words.detail;
    let response = button::plain(ui, words.reuse).on_hover_text(words.reuse_hint);
    let mut base = None;
    Popup::menu(&response).show(|ui| {
        menu_ui(ui, cx, Some(detail));
        ui.separator();
        if button::menu_item(ui, words.set_base) {
            base = Some(name_of(detail, cx.words));
        }
    });
    base
}

/// Shows the entries of a menu, disabled without a `detail` in hand.
pub(super) fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, detail: Option<&Detail>) {
    // Where only the first bytes were kept, these are not the message.
    let whole = detail.and_then(|detail| {
        let payload = detail.payload.as_ref()?;
        let is_whole = Some(payload.len() as u64) == detail.row.kind.data_bytes();
        is_whole.then_some((detail, payload))
    });
    let short = whole.filter(|(_, payload)| payload.len() <= MAX_EDITED_BYTES);
    let to = cx.recipients_summary();
    let words = &cx.words.detail;
    let again = match &to {
        Some(to) => words.send_again_to(to),
        None => words.send_again.to_owned(),
    };
    ui.add_enabled_ui(whole.is_some() && to.is_some(), |ui| {
        if button::menu_item(ui, &again)
            && let Some((_, payload)) = whole
        {
            cx.push(Action::SendBytes(payload.clone()));
        }
    });
    ui.add_enabled_ui(short.is_some(), |ui| {
        if button::menu_item(ui, words.edit)
            && let Some((_, payload)) = short
        {
            cx.wish(Wish::Edit(Draft::of_bytes(payload)));
        }
        if button::menu_item(ui, words.save)
            && let Some((detail, payload)) = short
        {
            let name = cx.document.unused_message_name(&name_of(detail, cx.words));
            let save = MessageEdit::Save(name, Draft::of_bytes(payload));
            cx.push(Action::EditMessages(save));
        }
    });
}

/// Returns a name for the bytes of a row: what they are, and how they begin.
fn name_of(detail: &Detail, language: &Language) -> String {
    let (row, words) = (&detail.row, &language.detail);
    let size = language
        .numbers
        .size(row.kind.data_bytes().unwrap_or_default());
    let text = language.row_text(row);
    match row.kind {
        RowKind::Sent(_) => words.name_sent(&size, &text.text),
        _ => words.name_received(&size, &text.text),
    }
}
