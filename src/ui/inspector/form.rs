//! What the settings of servers and clients are made of.

use egui::{CollapsingHeader, Event, Response, RichText, Ui, Vec2};

use super::super::Tokens;
use super::super::widgets::{choice, field, paint_chevron};
use crate::words::endpoints::Endpoints;
use crate::words::{InWords as _, Language};
use crate::workspace::{FieldError, FormField};

/// Shows a part of the settings under a heading that folds it.
pub(super) fn section_ui(ui: &mut Ui, name: &str, is_open: bool, content: impl FnOnce(&mut Ui)) {
    ui.add_space(4.0);
    header(ui, name)
        .default_open(is_open)
        .show_unindented(ui, content);
}

fn header(ui: &Ui, name: &str) -> CollapsingHeader {
    let heading = RichText::new(name).family(Tokens::semibold());
    CollapsingHeader::new(heading.color(Tokens::of(ui).text))
        .id_salt(name)
        .icon(|ui, openness, response| {
            let tip = if openness > 0.5 {
                Vec2::DOWN
            } else {
                Vec2::RIGHT
            };
            let color = ui.style().interact(response).fg_stroke.color;
            paint_chevron(ui.painter(), response.rect.center(), tip, color);
        })
}

/// Shows a part under a heading that folds it; whoever calls keeps whether it is open.
pub(super) fn kept_section_ui(
    ui: &mut Ui,
    name: &str,
    is_open: &mut bool,
    content: impl FnOnce(&mut Ui),
) {
    ui.add_space(4.0);
    let shown = header(ui, name)
        .open(Some(*is_open))
        .show_unindented(ui, content);
    if shown.header_response.clicked() {
        *is_open = !*is_open;
    }
}

/// Shows what is wrong with the field above.
pub(super) fn wrong_ui(ui: &mut Ui, problem: Option<&FieldError>, of: FormField, words: &Language) {
    field::problem(ui, problem_of(problem, of, words).as_deref());
}

/// Shows a labelled field, with what is wrong with it below.
pub(super) fn text_ui(
    ui: &mut Ui,
    words: &Language,
    name: &str,
    text: &mut String,
    (problem, of): (Option<&FieldError>, FormField),
) -> Response {
    field::text(ui, name, text, problem_of(problem, of, words).as_deref())
}

/// Returns what is wrong with a field, if something is.
pub(super) fn problem_of(
    problem: Option<&FieldError>,
    of: FormField,
    words: &Language,
) -> Option<String> {
    let problem = problem.filter(|it| it.field == of)?;
    Some(problem.problem.in_words(words))
}

/// Returns whether a field's text is complete: the field was left, or the text was pasted.
pub(super) fn is_entered(ui: &Ui, response: &Response) -> bool {
    let is_paste = |event: &Event| matches!(event, Event::Paste(_));
    response.lost_focus()
        || (response.changed() && ui.input(|input| input.events.iter().any(is_paste)))
}

/// Shows the choice of what an endpoint does when its peer has finished sending.
pub(super) fn finish_choice(ui: &mut Ui, words: &Endpoints, stay_half_open: &mut bool) {
    let choices = [(false, words.close), (true, words.stay_half_open)];
    field::label(ui, words.when_peer_finishes);
    let name = words.when_peer_finishes;
    ui.horizontal(|ui| choice::segmented(ui, name, stay_half_open, &choices));
}
