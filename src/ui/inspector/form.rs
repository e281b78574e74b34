//! What the settings of servers and clients are made of.

use egui::{CollapsingHeader, Event, Response, RichText, Ui, Vec2};

use super::super::Tokens;
use super::super::widgets::{choice, field, paint_chevron};
use crate::words::endpoints::Endpoints;
use crate::words::{InWords as _, Language};
use crate::workspace::{Field, FieldError};

/// Shows a part of the settings under a heading that folds it.
pub(super) fn section_ui(ui: &mut Ui, name: &str, is_open: bool, content: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let heading = RichText::new(name).family(Tokens::semibold());
    ui.add_space(4.0);
    CollapsingHeader::new(heading.color(tokens.text))
        .id_salt(name)
        .default_open(is_open)
        .icon(|ui, openness, response| {
            let tip = if openness > 0.5 {
                Vec2::DOWN
            } else {
                Vec2::RIGHT
            };
            let color = ui.style().interact(response).fg_stroke.color;
            paint_chevron(ui.painter(), response.rect.center(), tip, color);
        })
        .show_unindented(ui, content);
}

/// Shows what is wrong with the field above.
pub(super) fn wrong_ui(ui: &mut Ui, problem: Option<&FieldError>, of: Field, words: &Language) {
    field::problem(ui, problem_of(problem, of, words).as_deref());
}

/// Shows a labelled field, with what is wrong with it below.
pub(super) fn text_ui(
    ui: &mut Ui,
    words: &Language,
    name: &str,
    text: &mut String,
    (problem, of): (Option<&FieldError>, Field),
) -> Response {
    field::text(ui, name, text, problem_of(problem, of, words).as_deref())
}

fn problem_of(problem: Option<&FieldError>, of: Field, words: &Language) -> Option<String> {
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
