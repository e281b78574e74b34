//! Sending a file: which one, at which pace, and how far it is.

use egui::{Label, Popup, PopupCloseBehavior, RichText, Ui};

use super::super::action::Action;
use super::super::theme::Tokens;
use super::super::widgets::{alert, button, field};
use crate::model::{FileSendModel, Model};
use crate::net::FeedEnd;
use crate::payload::VisibleText;
use crate::words::{InWords as _, Language, number};
use crate::workspace::FileOrderForm;

/// The width of the menu, in points.
const WIDTH: f32 = 360.0;

/// The menu that sends a file.
#[derive(Default)]
pub(super) struct FileMenu {
    form: FileOrderForm,
}

impl FileMenu {
    /// Shows the button and its menu.
    pub(super) fn ui(&mut self, ui: &mut Ui, words: &Language, actions: &mut Vec<Action>) {
        let button = button::quiet(ui, "File…").on_hover_text("Send a file, of any size");
        Popup::menu(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_width(WIDTH);
                field::text(ui, "File to send", &mut self.form.path_text, None);
                field::text(ui, "Bytes per write", &mut self.form.write_bytes_text, None)
                    .on_hover_text("1 to 1m; empty for as many as the system takes");
                field::text(ui, "Delay between writes", &mut self.form.delay_text, None)
                    .on_hover_text("200ms, 2s; empty for none");
                let order = self.form.parse();
                if let Err(problem) = &order {
                    alert::block(ui, &problem.in_words(words), None);
                }
                let can_send = order.is_ok() && !self.form.path_text.trim().is_empty();
                ui.add_enabled_ui(can_send, |ui| {
                    if button::plain(ui, "Send file").clicked() {
                        actions.extend(order.ok().map(Action::SendFile));
                        ui.close();
                    }
                });
            });
    }
}

/// Shows how far the file is, or how it ended.
pub(super) fn progress_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let Some(file) = &model.file_send else { return };
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let color = match &file.end {
            None | Some(FeedEnd::Sent) => tokens.muted_text,
            Some(FeedEnd::Cancelled) => tokens.caution,
            Some(FeedEnd::NotOpen | FeedEnd::Unread(_)) => tokens.error,
        };
        // The button stands first: behind words that grow it would move away under the pointer.
        if file.end.is_none() {
            if button::plain(ui, "Cancel").clicked() {
                actions.push(Action::CancelFile);
            }
        } else if button::close(ui)
            .accessible_name("Forget the file")
            .clicked()
        {
            actions.push(Action::ForgetFile);
        }
        let words = RichText::new(words(file)).color(color);
        ui.add(Label::new(words).truncate());
    });
}

fn words(file: &FileSendModel) -> String {
    let name = VisibleText::plain(&file.name).text;
    let (sent, total) = (
        number::bytes(file.sent_bytes),
        number::bytes(file.total_bytes),
    );
    match &file.end {
        None => format!("Sending {name}: {sent} of {total}, {} %", file.percent()),
        Some(FeedEnd::Sent) => format!("Sent {name}, {sent}"),
        Some(FeedEnd::Cancelled) => format!("{name} was cancelled after {sent} of {total}"),
        Some(FeedEnd::NotOpen) => {
            format!("{name} stopped after {sent} of {total}: the connection is no longer open")
        }
        Some(FeedEnd::Unread(why)) => format!("{name} could not be read on after {sent}: {why}"),
    }
}
