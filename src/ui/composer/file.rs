//! Sending a file: which one, at what pace, and its progress.

use egui::{Label, Popup, PopupCloseBehavior, RichText, Ui};

use super::super::action::Action;
use super::super::theme::Tokens;
use super::super::widgets::{alert, button, field};
use crate::model::{FileSendModel, Model};
use crate::net::FeedEnd;
use crate::payload::VisibleText;
use crate::words::Language;
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
    pub(super) fn ui(&mut self, ui: &mut Ui, language: &Language, actions: &mut Vec<Action>) {
        let words = &language.composer;
        let button = button::quiet(ui, words.file).on_hover_text(words.file_why);
        Popup::menu(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_width(WIDTH);
                field::text(ui, words.file_path, &mut self.form.path_text, None);
                field::text(ui, words.write_bytes, &mut self.form.write_bytes_text, None)
                    .on_hover_text(words.write_bytes_why);
                field::text(ui, words.delay, &mut self.form.delay_text, None)
                    .on_hover_text(words.delay_why);
                let order = self.form.parse();
                if let Err(problem) = &order {
                    alert::problem(ui, language, problem);
                }
                let can_send = order.is_ok() && !self.form.path_text.trim().is_empty();
                ui.add_enabled_ui(can_send, |ui| {
                    if button::plain(ui, words.send_file).clicked() {
                        actions.extend(order.ok().map(Action::SendFile));
                        ui.close();
                    }
                });
            });
    }
}

/// Shows the progress of the file, or how it ended.
pub(super) fn progress_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let Some(file) = &model.file_send else { return };
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let color = match &file.end {
            None | Some(FeedEnd::Sent) => tokens.muted_text,
            Some(FeedEnd::Cancelled) => tokens.caution,
            Some(FeedEnd::NotOpen | FeedEnd::Unread(_)) => tokens.error,
        };
        // The button comes first: after text that grows, it would move away under the pointer.
        if file.end.is_none() {
            if button::plain(ui, model.words.common.cancel).clicked() {
                actions.push(Action::CancelFile);
            }
        } else if button::close(ui)
            .accessible_name(model.words.composer.dismiss_file)
            .clicked()
        {
            actions.push(Action::ForgetFile);
        }
        let words = RichText::new(words(model, file)).color(color);
        ui.add(Label::new(words).truncate());
    });
}

fn words(model: &Model, file: &FileSendModel) -> String {
    let words = &model.words.composer;
    let name = &VisibleText::plain(&file.name).text;
    let (sent, total) = (file.sent_bytes, file.total_bytes);
    match &file.end {
        None => words.sending(name, sent, total, file.percent()),
        Some(FeedEnd::Sent) => words.sent(name, sent),
        Some(FeedEnd::Cancelled) => words.cancelled(name, sent, total),
        Some(FeedEnd::NotOpen) => words.not_open(name, sent, total),
        Some(FeedEnd::Unread(why)) => words.unread(name, sent, why),
    }
}
