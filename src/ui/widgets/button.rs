//! Buttons: at most one primary one is in sight, the next thing to do.

use egui::{
    Align, Atom, Button, Color32, Label, Layout, Pos2, Rect, Response, RichText, Sense, Shape,
    Stroke, StrokeKind, TextWrapMode, Ui, UiBuilder, Vec2, WidgetInfo, WidgetText, vec2,
};

use super::super::Tokens;
use super::{line as line_of, paint_chevron, text_width};

/// Shows the button of the next thing to do.
pub(in crate::ui) fn primary(ui: &mut Ui, text: &str) -> Response {
    primary_sized(ui, text, Vec2::ZERO)
}

/// Shows an ordinary button.
pub(in crate::ui) fn plain(ui: &mut Ui, text: impl Into<WidgetText>) -> Response {
    ui.add(Button::new(text.into()))
}

/// Shows a button without ground and outline until the pointer or the keyboard is on it.
pub(in crate::ui) fn quiet(ui: &mut Ui, text: impl Into<WidgetText>) -> Response {
    ui.add(Button::new(text.into()).frame_when_inactive(false))
}

/// Shows a quiet button of secondary words.
pub(in crate::ui) fn small(ui: &mut Ui, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let text = Tokens::small_words(text, tokens.chosen_text);
    quiet(ui, text)
}

/// Shows such a button at the left edge of a column: its words stand where the others begin.
pub(in crate::ui) fn small_at_edge(ui: &mut Ui, text: &str) -> Response {
    let width = small_width(ui, text);
    at_edge(ui, width, |ui| small(ui, text))
}

/// Shows a button so wide, without ground and outline, at the left edge of a column: its words stand where the others
/// begin, and its frame beyond.
pub(in crate::ui) fn at_edge<R>(ui: &mut Ui, width: f32, show: impl FnOnce(&mut Ui) -> R) -> R {
    let padding = ui.spacing().button_padding.x;
    let size = vec2(width - padding, ui.spacing().interact_size.y);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.with_min_x(rect.left() - padding);
    show(&mut ui.new_child(line_of(rect)))
}

/// Returns how wide a quiet button of secondary words is.
pub(in crate::ui) fn small_width(ui: &Ui, words: &str) -> f32 {
    let color = Tokens::of(ui).chosen_text;
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(words.to_owned(), Tokens::small(), color);
    let frame = 2.0 * ui.spacing().button_padding.x;
    (galley.size().x + frame).max(ui.spacing().interact_size.x)
}

/// Shows a button that is down while something is on; returns whether it was clicked.
pub(in crate::ui) fn switch(ui: &mut Ui, text: &str, hint: &str, is_on: bool) -> bool {
    let response = ui.add(Button::selectable(is_on, text));
    response.on_hover_text(hint).clicked()
}

/// The height of a chip, in points.
pub(in crate::ui) const CHIP_HEIGHT: f32 = 22.0;

/// Shows a small rounded button for something that a click takes away, as `removal` says; returns whether it was clicked.
pub(in crate::ui) fn chip(ui: &mut Ui, words: &str, removal: &str) -> bool {
    let tokens = Tokens::of(ui);
    let text = Tokens::small_words(words, tokens.chosen_text);
    let chip = Button::new(text)
        .fill(tokens.selection)
        .corner_radius(CHIP_HEIGHT / 2.0)
        .min_size(vec2(0.0, CHIP_HEIGHT));
    let response = ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = CHIP_HEIGHT;
        ui.spacing_mut().button_padding = vec2(9.0, 2.0);
        ui.add(chip).accessible_name(removal)
    });
    response.inner.on_hover_text(removal).clicked()
}

/// Shows a tab.
pub(in crate::ui) fn tab(ui: &mut Ui, text: &str, is_chosen: bool) -> Response {
    let response = ui.add(Button::selectable(is_chosen, text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::Role::Tab);
        node.set_selected(is_chosen);
    });
    response
}

/// Shows a tab with a line below the chosen one.
pub(in crate::ui) fn underlined_tab(ui: &mut Ui, text: &str, is_chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let color = if is_chosen {
        tokens.text
    } else {
        tokens.muted_text
    };
    let mut words = RichText::new(text).color(color);
    if is_chosen {
        words = words.family(Tokens::semibold());
    }
    let response = quiet(ui, words);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::Role::Tab);
        node.set_selected(is_chosen);
    });
    if is_chosen {
        let line = Stroke::new(2.0, tokens.accent);
        let rect = response.rect.shrink2(vec2(8.0, 0.0));
        ui.painter()
            .hline(rect.x_range(), rect.bottom() + 2.0, line);
    }
    response
}

/// Shows the buttons that end a dialog, from the right.
pub(in crate::ui) fn row(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.add_space(8.0);
    let size = vec2(ui.available_width(), Tokens::CONTROL_HEIGHT);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, layout, content);
}

/// Shows a button that closes the dialog.
pub(in crate::ui) fn closing(ui: &mut Ui, text: &str) {
    if plain(ui, text).clicked() {
        ui.close();
    }
}

/// Gives the entries of a menu that follow the space beside their words.
pub(in crate::ui) fn menu_padding(ui: &mut Ui) {
    ui.spacing_mut().button_padding.x = MENU_PADDING;
}

/// The space beside the words of a menu's entry, and the size of the check mark before them, in points.
const MENU_PADDING: f32 = 8.0;
const CHECK: f32 = 12.0;

/// Returns an entry of a menu. Where some of the menu are switches, all have room for a check mark, and those that are
/// on have one.
pub(in crate::ui) fn item(text: &str, check: Option<bool>) -> Button<'_> {
    let Some(is_on) = check else {
        return Button::new(text);
    };
    let mark = Atom::paint(Vec2::splat(CHECK), move |ui, args| {
        if is_on {
            let at = |x: f32, y: f32| args.rect.min + vec2(x, y) * CHECK;
            let points = vec![at(0.08, 0.55), at(0.36, 0.82), at(0.92, 0.2)];
            let stroke = Stroke::new(1.6, Tokens::of(ui).chosen_text);
            ui.painter().line(points, stroke);
        }
    });
    Button::new((mark, text))
}

/// Shows an entry of a menu that is checked while something is on; returns whether it was clicked.
pub(in crate::ui) fn menu_switch(ui: &mut Ui, text: &str, hint: &str, is_on: bool) -> bool {
    let response = ui.add(item(text, Some(is_on)));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_toggled(is_on.into());
    });
    response.on_hover_text(hint).clicked()
}

/// Shows an entry of a menu; returns whether it was chosen, and closes the menu then.
pub(in crate::ui) fn menu_item(ui: &mut Ui, text: &str) -> bool {
    menu_padding(ui);
    let chosen = ui.button(text).clicked();
    if chosen {
        ui.close();
    }
    chosen
}

/// Shows a heading that folds what stands below it, with what `end` shows at its right.
pub(in crate::ui) fn fold(
    ui: &mut Ui,
    text: &str,
    is_open: bool,
    end: impl FnOnce(&mut Ui),
) -> Response {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), Tokens::CONTROL_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), text));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_expanded(is_open));
    if response.hovered() || response.has_focus() {
        let radius = Tokens::CONTROL_RADIUS;
        ui.painter().rect_filled(rect, radius, tokens.hover);
    }
    let center = rect.left_center() + vec2(10.0, 0.0);
    let tip = if is_open { Vec2::DOWN } else { Vec2::RIGHT };
    paint_chevron(ui.painter(), center, tip, tokens.muted_text);
    let inner = rect
        .with_min_x(rect.left() + 22.0)
        .with_max_x(rect.right() - 8.0);
    let line = UiBuilder::new()
        .max_rect(inner)
        .layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(line, |ui| {
        end(ui);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let text = RichText::new(text).color(tokens.muted_text);
            ui.add(Label::new(text).truncate());
        });
    });
    response
}

/// Shows data on a line of a list, as wide as the list and cut at its edge.
pub(in crate::ui) fn line(ui: &mut Ui, text: &str, is_chosen: bool) -> Response {
    let words = RichText::new(text).font(Tokens::data());
    let button = Button::selectable(is_chosen, words).truncate();
    let size = vec2(ui.available_width(), Tokens::CONTROL_HEIGHT);
    let layout = Layout::top_down_justified(Align::Min);
    ui.allocate_ui_with_layout(size, layout, |ui| ui.add(button))
        .inner
}

/// Shows what can be written, so many characters wide, and what it means: in a list of them these stand in columns.
pub(in crate::ui) fn ready(
    ui: &mut Ui,
    text: &str,
    width: usize,
    meaning: &str,
    is_chosen: bool,
) -> Response {
    let tokens = Tokens::of(ui);
    let text = RichText::new(format!("{text:<width$} ")).font(Tokens::data());
    let meaning = RichText::new(meaning).color(tokens.muted_text);
    let words = (text, meaning.size(Tokens::SMALL_SIZE));
    ui.add(Button::selectable(is_chosen, words).wrap_mode(TextWrapMode::Extend))
}

/// Shows a small button with a triangle that points down. The caller names it.
pub(in crate::ui) fn drop_down(ui: &mut Ui) -> Response {
    icon(ui, |center, stroke| {
        let points = [vec2(-3.5, -2.0), vec2(0.0, 2.0), vec2(3.5, -2.0)];
        let points = points.map(|offset| center + offset).to_vec();
        vec![Shape::line(points, Stroke::new(1.4, stroke.color))]
    })
}

/// Shows a small button with three dots: more that can be done. The caller names it.
pub(in crate::ui) fn more(ui: &mut Ui) -> Response {
    icon(ui, |center, stroke| {
        let dot = |dx: f32| Shape::circle_filled(center + vec2(dx, 0.0), 1.5, stroke.color);
        [-5.0, 0.0, 5.0].map(dot).to_vec()
    })
}

/// Shows a small plus: add something. The caller names it.
pub(in crate::ui) fn add(ui: &mut Ui) -> Response {
    icon(ui, |center, stroke| {
        let stroke = Stroke::new(1.4, stroke.color);
        let line = |arm: Vec2| Shape::line_segment([center - arm, center + arm], stroke);
        vec![line(vec2(5.0, 0.0)), line(vec2(0.0, 5.0))]
    })
}

/// Shows a small window with a pane at its right, filled while that is shown. The caller names it.
pub(in crate::ui) fn side_pane(ui: &mut Ui, is_shown: bool) -> Response {
    icon(ui, |center, stroke| {
        let window = Rect::from_center_size(center, vec2(14.0, 12.0));
        let pane = window.with_min_x(center.x + 2.0);
        let line = Stroke::new(1.2, stroke.color);
        let fill = if is_shown {
            stroke.color
        } else {
            Color32::TRANSPARENT
        };
        vec![
            Shape::rect_stroke(window, 2.0, line, StrokeKind::Middle),
            Shape::rect_filled(pane, 0.0, fill),
            Shape::line_segment([pane.left_top(), pane.left_bottom()], line),
        ]
    })
}

/// Shows a small cross: take this away. The caller names it.
pub(in crate::ui) fn close(ui: &mut Ui) -> Response {
    icon(ui, |center, stroke| {
        let line = |dx: f32, dy: f32| {
            let arm = vec2(dx, dy);
            Shape::line_segment([center - arm, center + arm], Stroke::new(1.4, stroke.color))
        };
        vec![line(3.2, 3.2), line(3.2, -3.2)]
    })
}

/// Shows a button with an angle that points right or left, in a place of its own. The caller names it.
pub(in crate::ui) fn chevron(ui: &mut Ui, rect: Rect, points_right: bool) -> Response {
    let mut inner = ui.new_child(UiBuilder::new().id_salt(points_right).max_rect(rect));
    let direction = if points_right { 1.0 } else { -1.0 };
    sized_icon(&mut inner, rect.size(), |center, stroke| {
        let back = |dy: f32| center + vec2(-2.0 * direction, dy);
        let tip = center + vec2(2.0 * direction, 0.0);
        let stroke = Stroke::new(1.5, stroke.color);
        vec![Shape::line(vec![back(-4.0), tip, back(4.0)], stroke)]
    })
}

/// Shows a small button with an angle that points up or down: one place on. The caller names it.
pub(in crate::ui) fn step(ui: &mut Ui, is_down: bool) -> Response {
    icon(ui, |center, stroke| {
        let y = if is_down { 1.0 } else { -1.0 };
        let points = [
            vec2(-3.5, -2.0 * y),
            vec2(0.0, 2.0 * y),
            vec2(3.5, -2.0 * y),
        ];
        let points = points.map(|offset| center + offset).to_vec();
        vec![Shape::line(points, Stroke::new(1.4, stroke.color))]
    })
}

/// Returns how wide a button with these words is.
pub(in crate::ui) fn width(ui: &Ui, words: &str) -> f32 {
    let frame = 2.0 * ui.spacing().button_padding.x;
    (text_width(ui, words) + frame).max(ui.spacing().interact_size.x)
}

/// Fills the buttons that follow with the accent.
pub(in crate::ui) fn accent(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let widgets = &mut ui.visuals_mut().widgets;
    for (visuals, fill) in [
        (&mut widgets.inactive, tokens.accent),
        (&mut widgets.hovered, tokens.accent_hover),
        (&mut widgets.active, tokens.accent_hover),
    ] {
        visuals.weak_bg_fill = fill;
        visuals.bg_stroke.color = fill;
    }
    widgets.active.bg_stroke.color = tokens.text;
}

fn primary_sized(ui: &mut Ui, text: &str, size: Vec2) -> Response {
    let tokens = Tokens::of(ui);
    ui.scope(|ui| {
        accent(ui);
        let family = Tokens::semibold();
        let text = RichText::new(text).color(tokens.on_accent).family(family);
        let button = Button::new(text);
        if size == Vec2::ZERO {
            ui.add(button)
        } else {
            ui.add_sized(size, button)
        }
    })
    .inner
}

/// Shows a square button with painted content, quiet until the pointer or the keyboard is on it.
fn icon(ui: &mut Ui, shapes: impl FnOnce(Pos2, Stroke) -> Vec<Shape>) -> Response {
    sized_icon(ui, Vec2::splat(Tokens::CONTROL_HEIGHT), shapes)
}

fn sized_icon(
    ui: &mut Ui,
    size: Vec2,
    shapes: impl FnOnce(Pos2, Stroke) -> Vec<Shape>,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::new(egui::Role::Button);
        info.enabled = ui.is_enabled();
        info
    });
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        if response.hovered() || response.has_focus() {
            ui.painter().rect(
                rect,
                visuals.corner_radius,
                visuals.weak_bg_fill,
                visuals.bg_stroke,
                StrokeKind::Inside,
            );
        }
        ui.painter()
            .extend(shapes(rect.center(), visuals.fg_stroke));
    }
    response
}
