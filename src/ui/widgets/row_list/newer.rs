//! The rows that come while the list stays where it is: they are announced, never scrolled in.

use egui::{Align2, Button, Rect, RichText, Sense, Ui, UiBuilder, vec2};

use super::{RowList, RowOutput, Rows};
use crate::ui::Tokens;

/// The height of the announcement, and its distance from the list's edges.
const HEIGHT: f32 = 24.0;
const MARGIN: f32 = 12.0;

impl RowList {
    /// Notes which rows were in sight; returns how many came after them.
    pub(super) fn note_seen(&mut self, rows: &Rows<'_>) -> u64 {
        let end = rows.gone + rows.len;
        let in_sight = if self.is_following() {
            end
        } else {
            rows.gone + (self.top + self.page).floor() as u64
        };
        let seen = self.seen.unwrap_or(end).max(in_sight).min(end);
        self.seen = Some(seen);
        end - seen
    }

    /// Announces in `words` that newer rows have come; a click goes to the newest one, and stays with it.
    pub(in crate::ui) fn newer_ui(&mut self, ui: &mut Ui, output: &RowOutput, words: &str) {
        if output.newer == 0 {
            return;
        }
        let tokens = Tokens::of(ui);
        let text = RichText::new(words).family(Tokens::semibold());
        let painter = ui.painter();
        let font = egui::FontId::new(Tokens::BODY_SIZE, Tokens::semibold());
        let width = painter
            .layout_no_wrap(words.to_owned(), font, tokens.on_accent)
            .size()
            .x;
        let list = output.response.rect;
        let corner = list.right_bottom() - vec2(Tokens::SCROLL_BAR_WIDTH + MARGIN, MARGIN);
        let size = vec2(width.ceil() + 26.0, HEIGHT);
        let rect = Align2::RIGHT_BOTTOM.anchor_size(corner, size);
        if list.contains_rect(rect) && pill_ui(ui, rect, text) {
            self.set_following(true);
            ui.ctx().request_repaint();
        }
    }
}

/// Shows the button, rounded and in the accent colour; returns whether it was clicked.
fn pill_ui(ui: &mut Ui, rect: Rect, text: RichText) -> bool {
    let tokens = Tokens::of(ui);
    let mut inner = ui.new_child(UiBuilder::new().id_salt("newer").max_rect(rect));
    let widgets = &mut inner.visuals_mut().widgets;
    for (visuals, fill) in [
        (&mut widgets.inactive, tokens.accent),
        (&mut widgets.hovered, tokens.accent_hover),
        (&mut widgets.active, tokens.accent_hover),
    ] {
        visuals.weak_bg_fill = fill;
        visuals.bg_stroke.color = fill;
    }
    let button = Button::new(text.color(tokens.on_accent)).corner_radius(HEIGHT / 2.0);
    inner
        .add_sized(rect.size(), button.sense(Sense::click()))
        .clicked()
}
