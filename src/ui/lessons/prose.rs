//! The prose of lessons: paragraphs with **emphasis** and `code`, and nothing else.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Label, Ui};

use super::super::Tokens;

/// Shows paragraphs.
pub(super) fn prose_ui(ui: &mut Ui, text: &str, color: Color32) {
    let strong_color = Tokens::of(ui).chosen_text;
    for paragraph in text.split("\n\n") {
        ui.add(Label::new(job(paragraph, color, strong_color)).wrap());
    }
}

/// What a piece of prose looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Plain,
    Strong,
    Code,
}

fn job(paragraph: &str, color: Color32, strong_color: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (look, piece) in pieces(paragraph) {
        let (font, color) = match look {
            Look::Plain => (Tokens::body(), color),
            // Not every script has a bold face here.
            Look::Strong => (
                FontId::new(Tokens::BODY_SIZE, Tokens::semibold()),
                strong_color,
            ),
            Look::Code => (Tokens::data(), color),
        };
        let format = TextFormat {
            line_height: Some(Tokens::LINE_HEIGHT),
            ..TextFormat::simple(font, color)
        };
        job.append(piece, 0.0, format);
    }
    job
}

/// Cuts a paragraph into pieces of one look each. A mark without a second one is a character like any other.
fn pieces(mut text: &str) -> Vec<(Look, &str)> {
    let mut pieces = Vec::new();
    while !text.is_empty() {
        let marks = [("**", Look::Strong), ("`", Look::Code)];
        let marked = marks.into_iter().filter_map(|(mark, look)| {
            let (before, rest) = text.split_once(mark)?;
            let (inside, after) = rest.split_once(mark)?;
            Some((before, look, inside, after))
        });
        let Some((before, look, inside, after)) = marked.min_by_key(|it| it.0.len()) else {
            pieces.push((Look::Plain, text));
            break;
        };
        pieces.push((Look::Plain, before));
        pieces.push((look, inside));
        text = after;
    }
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_in_pairs() {
        let check = |text: &str, expected: &[(Look, &str)]| assert_eq!(pieces(text), expected);
        check("plain", &[(Look::Plain, "plain")]);
        check(
            "a **b** `c`d",
            &[
                (Look::Plain, "a "),
                (Look::Strong, "b"),
                (Look::Plain, " "),
                (Look::Code, "c"),
                (Look::Plain, "d"),
            ],
        );
        check("2 ** 3", &[(Look::Plain, "2 ** 3")]);
        check("`**`", &[(Look::Code, "**")]);
        check("", &[]);
    }
}
