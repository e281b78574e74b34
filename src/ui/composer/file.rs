//! Sending a file: which one, at what pace, and its progress.

use egui::{Label, Popup, RectAlign, Response, RichText, Ui};

use super::super::widgets::{alert, button, field, popup};
use super::super::{Action, Cx, Tokens, path_field};
use crate::model::{FileChoice, FileSendModel, Model};
use crate::net::FeedEnd;
use crate::payload::VisibleText;
use crate::workspace::FileOrderForm;

/// The width of the menu, in points.
const WIDTH: f32 = 360.0;

/// The menu that sends a file.
#[derive(Default)]
pub(super) struct FileMenu {
    form: FileOrderForm,
    /// Whether it was asked for in another menu.
    opens: bool,
}

impl FileMenu {
    /// Shows the button and its menu.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.composer;
        let button = button::quiet(ui, words.file).on_hover_text(words.file_why);
        self.popup_ui(popup::above(&button, RectAlign::TOP_START), cx);
    }

    /// Opens the menu at the next frame.
    pub(super) fn open(&mut self) {
        self.opens = true;
    }

    /// Shows the menu above a button of another one.
    pub(super) fn above_ui(&mut self, button: &Response, cx: &Cx<'_>) {
        let id = button.id.with("file");
        self.popup_ui(popup::above_menu(button, id, RectAlign::TOP_END), cx);
    }

    fn popup_ui(&mut self, popup: Popup<'_>, cx: &Cx<'_>) {
        let words = &cx.words.composer;
        if std::mem::take(&mut self.opens) {
            Popup::open_id(popup.ctx(), popup.get_id());
        }
        popup.show(|ui| {
            ui.set_width(WIDTH);
            let form = &mut self.form;
            let (name, text) = (words.file_path, &mut form.path_text);
            path_field::row(ui, cx, name, text, FileChoice::Send);
            field::text(ui, words.write_bytes, &mut form.write_bytes_text, None)
                .on_hover_text(words.write_bytes_why);
            field::text(ui, words.delay, &mut form.delay_text, None).on_hover_text(words.delay_why);
            let order = form.parse();
            if let Err(problem) = &order {
                alert::problem(ui, cx.words, problem);
            }
            let can_send = order.is_ok() && !self.form.path_text.trim().is_empty();
            ui.add_enabled_ui(can_send, |ui| {
                if button::plain(ui, words.send_file).clicked() {
                    cx.extend(order.ok().map(Action::SendFile));
                    ui.close();
                }
            });
        });
    }
}

/// Shows the progress of the file, or how it ended.
pub(super) fn progress_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(file) = &cx.file_send else { return };
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let color = match &file.end {
            None | Some(FeedEnd::Sent) => tokens.muted_text,
            Some(FeedEnd::Cancelled) => tokens.caution,
            Some(FeedEnd::NotOpen | FeedEnd::Unread(_)) => tokens.error,
        };
        // The button comes first: after text that grows, it would move away under the pointer.
        if file.end.is_none() {
            if button::plain(ui, cx.words.common.cancel).clicked() {
                cx.push(Action::CancelFile);
            }
        } else if button::close(ui)
            .accessible_name(cx.words.composer.dismiss_file)
            .clicked()
        {
            cx.push(Action::ForgetFile);
        }
        let words = RichText::new(words(cx, file)).color(color);
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
