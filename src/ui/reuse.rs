//! What can be done with the bytes of a row: sent again, edited and sent, saved.

use bytes::Bytes;
use egui::{Popup, Ui};

use super::action::Action;
use super::widgets::button;
use crate::capture::{Detail, RowKind};
use crate::model::Model;
use crate::payload::Draft;
use crate::words::Language;

/// The most bytes that are edited or saved; more of them belong in a file.
const MAX_EDITED_BYTES: usize = 16 * 1024;

/// What is to be done with the bytes in the window itself.
pub(super) enum Reuse {
    /// Put them into the composer.
    Edit(Draft),
    /// Compare others with them; what they are, in words.
    Compare(String, Bytes),
}

/// Shows the menu's button. Returns what was chosen, where it is for the window.
pub(super) fn reuse_ui(
    ui: &mut Ui,
    model: &Model,
    detail: &Detail,
    payload: &Bytes,
    actions: &mut Vec<Action>,
) -> Option<Reuse> {
    let words = &model.words.detail;
    let response = button::plain(ui, words.reuse).on_hover_text(words.reuse_hint);
    let mut wanted = None;
    Popup::menu(&response).show(|ui| {
        wanted = menu_ui(ui, model, Some(detail), actions).map(Reuse::Edit);
        ui.separator();
        if button::menu_item(ui, words.set_base) {
            let name = name_of(detail, model.words);
            wanted = Some(Reuse::Compare(name, payload.clone()));
        }
    });
    wanted
}

/// Shows the entries of a menu, disabled without a `detail` in hand. Returns what is to be put into the composer.
pub(in crate::ui) fn menu_ui(
    ui: &mut Ui,
    model: &Model,
    detail: Option<&Detail>,
    actions: &mut Vec<Action>,
) -> Option<Draft> {
    // Where only the first bytes were kept, these are not the message.
    let whole = detail.and_then(|detail| {
        let payload = detail.payload.as_ref()?;
        let is_whole = Some(payload.len() as u64) == detail.row.kind.data_bytes();
        is_whole.then_some((detail, payload))
    });
    let short = whole.filter(|(_, payload)| payload.len() <= MAX_EDITED_BYTES);
    let to = model
        .send_to
        .map(|recipients| model.recipients_label(recipients));
    let words = &model.words.detail;
    let again = match &to {
        Some(to) => words.send_again_to(to),
        None => words.send_again.to_owned(),
    };
    let mut to_edit = None;
    ui.add_enabled_ui(whole.is_some() && to.is_some(), |ui| {
        if button::menu_item(ui, &again)
            && let Some((_, payload)) = whole
        {
            actions.push(Action::SendBytes(payload.clone()));
        }
    });
    ui.add_enabled_ui(short.is_some(), |ui| {
        if button::menu_item(ui, words.edit)
            && let Some((_, payload)) = short
        {
            to_edit = Some(Draft::of_bytes(payload));
        }
        if button::menu_item(ui, words.save)
            && let Some((detail, payload)) = short
        {
            let document = &model.document;
            actions.push(Action::SavePayload {
                name: document.unused_message_name(&name_of(detail, model.words)),
                draft: Draft::of_bytes(payload),
            });
        }
    });
    to_edit
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
