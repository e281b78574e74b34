//! The button that sends, with its key, and beside it the one for other ways to send.

use egui::{Align, Button, CornerRadius, Layout, Response, RichText, Ui, Vec2, vec2};

use super::super::widgets::{button, paint_chevron};
use super::super::{Tokens, commands};
use crate::words::Language;

/// The width of a composer that has room for the key, in points.
const ROOMY: f32 = 520.0;
/// The least width of the button, and the width of the one beside it, in points.
const WIDTH: f32 = 72.0;
const MORE_WIDTH: f32 = 26.0;

/// Shows both buttons, from the right; they are filled where sending is the next thing to do. `is_empty` says that what
/// is sent is an empty datagram. Returns the one that sends,
/// and the other one.
pub(super) fn ui(
    ui: &mut Ui,
    words: &Language,
    is_next: bool,
    is_empty: bool,
) -> (Response, Response) {
    let is_roomy = ui.available_width() >= ROOMY;
    // At the bottom of a tall field, and their words in the middle of them.
    let size = vec2(ui.available_width(), super::edit::height(1));
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().item_spacing.x = 1.0;
        if is_next {
            button::accent(ui);
        }
        let more = more_ui(ui, words, is_next);
        let name = if is_empty {
            words.composer.send_empty
        } else {
            words.composer.send
        };
        let send = send_ui(ui, words, is_next, (name, is_roomy));
        (send, more)
    })
    .inner
}

fn more_ui(ui: &mut Ui, words: &Language, is_next: bool) -> Response {
    let tokens = Tokens::of(ui);
    let radius = CornerRadius {
        nw: 0,
        sw: 0,
        ..CornerRadius::same(Tokens::CONTROL_RADIUS)
    };
    let size = vec2(MORE_WIDTH, super::edit::height(1));
    let button = Button::new("").corner_radius(radius).min_size(size);
    let response = ui.add(button);
    let color = if is_next {
        tokens.on_accent
    } else {
        tokens.muted_text
    };
    paint_chevron(ui.painter(), response.rect.center(), Vec2::DOWN, color);
    let response = response.on_hover_text(words.composer.repeat_why);
    response.accessible_name(words.composer.repeat_menu)
}

fn send_ui(
    ui: &mut Ui,
    words: &Language,
    is_next: bool,
    (name, is_roomy): (&str, bool),
) -> Response {
    let tokens = Tokens::of(ui);
    let (color, key_color) = if is_next {
        (tokens.on_accent, tokens.on_accent)
    } else {
        (tokens.text, tokens.muted_text)
    };
    let text = RichText::new(name).color(color);
    let text = text.family(Tokens::semibold());
    let button = if is_roomy {
        let key = RichText::new(commands::SEND.key_text(ui, words));
        let key = key.size(Tokens::SMALL_SIZE).color(key_color);
        Button::new((text, key))
    } else {
        Button::new(text)
    };
    let radius = CornerRadius {
        ne: 0,
        se: 0,
        ..CornerRadius::same(Tokens::CONTROL_RADIUS)
    };
    let size = vec2(WIDTH, super::edit::height(1));
    let response = ui.add(button.corner_radius(radius).min_size(size));
    let response = response.on_hover_text(commands::SEND.hover(ui, words));
    response.accessible_name(name)
}
