//! Labelled fields, with their errors beside them.

use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{Align, Id, Label, Layout, Margin, Response, RichText, TextEdit, Ui, vec2};

use super::super::Tokens;
use super::alert;

/// The width of the labels of a form, in points; a longer label stands above its field.
const LABEL_WIDTH: f32 = 104.0;

/// Shows a label and, beside or below it, what it names.
pub(in crate::ui) fn row<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui, Id) -> R) -> R {
    let tokens = Tokens::of(ui);
    let text = RichText::new(name).color(tokens.muted_text);
    let font = Tokens::body();
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(name.to_owned(), font, tokens.muted_text);
    if galley.size().x > LABEL_WIDTH {
        let label = ui.label(text).id;
        return ui.horizontal(|ui| content(ui, label)).inner;
    }
    ui.horizontal(|ui| {
        let size = vec2(LABEL_WIDTH, Tokens::CONTROL_HEIGHT);
        let layout = Layout::left_to_right(Align::Center);
        let label = ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_width(LABEL_WIDTH);
            ui.add(Label::new(text)).id
        });
        content(ui, label.inner)
    })
    .inner
}

/// Shows a box to tick, in line with the fields above it.
pub(in crate::ui) fn tick(ui: &mut Ui, is_ticked: &mut bool, words: &str) {
    ui.horizontal(|ui| {
        ui.add_space(LABEL_WIDTH + ui.spacing().item_spacing.x);
        ui.checkbox(is_ticked, words);
    });
}

/// Shows the label of what stands below it.
pub(in crate::ui) fn label(ui: &mut Ui, name: &str) {
    let text = RichText::new(name).color(Tokens::of(ui).muted_text);
    ui.add(Label::new(text));
}

/// Shows a field of one line.
pub(in crate::ui) fn input(ui: &mut Ui, name: &str, text: &mut String, width: f32) -> Response {
    input_with_hint(ui, name, text, width, "")
}

/// Shows a field of one line, with faint words in it while it is empty.
pub(in crate::ui) fn input_with_hint(
    ui: &mut Ui,
    name: &str,
    text: &mut String,
    width: f32,
    hint: &str,
) -> Response {
    let edit = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(width)
        .min_size(vec2(0.0, Tokens::CONTROL_HEIGHT))
        .margin(Margin::symmetric(8, 4))
        .align(egui::Align2::LEFT_CENTER)
        .font(Tokens::data());
    let response = ui.add(edit).accessible_name(name);
    select_all(ui, &response, text);
    response
}

/// Selects all of a short field when the keyboard comes to it, so that typing replaces it.
fn select_all(ui: &Ui, field: &Response, text: &str) {
    if !field.gained_focus() {
        return;
    }
    if let Some(mut state) = TextEditState::load(ui.ctx(), field.id) {
        let all = CCursorRange::select_all_str(text);
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), field.id);
    }
}

/// Shows a labelled field of one line, with what is wrong with it below.
pub(in crate::ui) fn text(
    ui: &mut Ui,
    name: &str,
    text: &mut String,
    problem: Option<&str>,
) -> Response {
    let response = row(ui, name, |ui, label| {
        let width = ui.available_width();
        input(ui, name, text, width).labelled_by(label)
    });
    self::problem(ui, problem);
    response
}

/// Shows a field of several lines.
pub(in crate::ui) fn multiline(ui: &mut Ui, name: &str, text: &mut String) -> Response {
    let edit = TextEdit::multiline(text)
        .desired_width(f32::INFINITY)
        .desired_rows(2)
        .hint_text(name)
        .margin(Margin::symmetric(8, 4))
        .font(Tokens::data());
    ui.add(edit).accessible_name(name)
}

/// Returns whether Enter was pressed in a field.
pub(in crate::ui) fn is_confirmed(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// Shows what is wrong with the field above.
pub(in crate::ui) fn problem(ui: &mut Ui, problem: Option<&str>) {
    if let Some(words) = problem {
        alert::block(ui, words, None);
    }
}
