//! Paints a drawing in the window: what is in sight, what can be pressed there, and what it says.

use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Id, Painter, Pos2, Rect, RectAlign,
    Response, Role, Sense, Shape as Painted, Stroke, StrokeKind, Tooltip, Ui, WidgetInfo, pos2,
    vec2,
};

use super::super::Tokens;
use super::plan::HEAD;
use super::reports::ReportSide;
use super::sheet::Drawing;
use crate::export::picture::{
    Face, PictureInk, PictureItem, PicturePalette, PictureShape, Point, Rectangle,
};

/// Returns the width of words, in points.
pub(super) fn measure(painter: &Painter, text: &str, face: Face, size: f32) -> f32 {
    let font = font(face, size);
    let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    galley.size().x
}

fn font(face: Face, size: f32) -> FontId {
    let family = match face {
        Face::Regular => FontFamily::Proportional,
        Face::Strong => Tokens::semibold(),
        Face::Data => FontFamily::Monospace,
    };
    FontId::new(size, family)
}

fn color(tokens: &Tokens, ink: PictureInk) -> Color32 {
    match ink {
        PictureInk::Ground => tokens.window,
        PictureInk::HalfClosed => tokens.half_closed_ground,
        PictureInk::Selection => tokens.selection,
        PictureInk::Text => tokens.text,
        PictureInk::Muted => tokens.muted_text,
        PictureInk::Faint => tokens.faint_text,
        PictureInk::Lifeline => tokens.lifeline,
        PictureInk::Thin => tokens.border,
        PictureInk::Sent => tokens.sent,
        PictureInk::Received => tokens.received,
        PictureInk::Good => tokens.good,
        PictureInk::Caution => tokens.caution,
        PictureInk::Bad => tokens.error,
    }
}

/// Returns the colours of the theme for a picture that is saved.
pub(super) fn palette(tokens: &Tokens) -> PicturePalette {
    PicturePalette::of(|ink| {
        let [red, green, blue, _] = color(tokens, ink).to_array();
        [red, green, blue]
    })
}

/// Where the drawing is.
struct Sheet<'a> {
    painter: Painter,
    tokens: &'a Tokens,
    origin: Pos2,
    ground: Color32,
    /// The grounds of what the pointer is on and of what is selected.
    under: Vec<(Rect, Color32)>,
}

/// What came of showing a drawing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PaintedDrawing {
    /// The entry that was pressed.
    pub(super) pressed: Option<u64>,
}

/// Shows what is in sight of a drawing whose upper left corner is here. `selected` is marked.
pub(super) fn drawing_ui(
    ui: &Ui,
    drawing: &Drawing<'_>,
    origin: Pos2,
    ground: Color32,
    selected: Option<(ReportSide, u64)>,
) -> PaintedDrawing {
    let tokens = Tokens::of(ui);
    let clip = ui.clip_rect();
    let mut sheet = Sheet {
        painter: ui.painter().clone(),
        tokens,
        origin,
        ground,
        under: Vec::new(),
    };
    let (top, bottom) = (clip.top() - origin.y, clip.bottom() - origin.y);
    let row = selected.and_then(|(side, entry)| drawing.plan.row_of(side, entry));
    let (shown, hovered) = spots_ui(ui, drawing, &sheet, (top.max(HEAD), bottom), row);
    if let Some(rect) = hovered {
        sheet.under.push((rect, tokens.hover));
    }
    if let Some(row) = row {
        sheet
            .under
            .push((sheet.row(drawing, row), tokens.selection));
    }
    let items = drawing.items((top, bottom));
    let is_shade = |it: &&PictureItem| it.ink == PictureInk::HalfClosed && !it.is_halo();
    for item in items.iter().filter(is_shade) {
        sheet.paint(item);
    }
    for (rect, color) in &sheet.under {
        sheet.painter.rect_filled(*rect, 4, *color);
    }
    if let Some((rect, _)) = sheet.under.last().filter(|_| row.is_some()) {
        let bar = rect.with_max_x(rect.left() + 3.0);
        sheet.painter.rect_filled(bar, 0, tokens.accent);
    }
    for item in items.iter().filter(|it| !is_shade(it)) {
        sheet.paint(item);
    }
    // The names stay in sight.
    let head = Sheet {
        origin: pos2(origin.x, origin.y.max(clip.top())),
        ..sheet
    };
    let rect = Rect::from_min_size(head.origin, vec2(drawing.width, HEAD - 4.0));
    head.painter.rect_filled(rect, 0, ground);
    for item in drawing.head() {
        head.paint(&item);
    }
    for side in ReportSide::BOTH {
        let end = &drawing.ends[side as usize];
        let spoken = match &end.address {
            Some(address) => format!("{} {address}", end.name),
            None => end.name.clone(),
        };
        let middle = rect.center().x;
        let half = match side {
            ReportSide::Client => rect.with_max_x(middle),
            ReportSide::Server => rect.with_min_x(middle),
        };
        let id = ui.scope_id().with(("end", side));
        let response = ui.interact(half, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    }
    shown
}

/// Shows what can be pressed between two heights, and says what it is. Returns also where the pointer or the keyboard is.
fn spots_ui(
    ui: &Ui,
    drawing: &Drawing<'_>,
    sheet: &Sheet<'_>,
    heights: (f32, f32),
    selected: Option<usize>,
) -> (PaintedDrawing, Option<Rect>) {
    let mut hovered = None;
    let mut shown = PaintedDrawing::default();
    let id: Id = ui.scope_id().with("marks");
    for (slot, spot) in drawing.spots(heights).iter().enumerate() {
        let rect = sheet.rect(spot.rectangle).intersect(ui.clip_rect());
        if !rect.is_positive() {
            continue;
        }
        let response = ui.interact(rect, id.with(slot), Sense::click());
        let said = drawing.said(spot);
        response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, &said));
        let is_selected = selected == Some(spot.row);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_selected(is_selected);
        });
        let row = sheet.row(drawing, spot.row);
        if response.hovered() || response.has_focus() {
            hovered = Some(row);
        }
        if response.clicked() {
            shown.pressed = spot.entry.or(shown.pressed);
        }
        tip_ui(ui, &response, &said);
    }
    for (slot, (rectangle, explained)) in drawing.states(heights).iter().enumerate() {
        let rect = sheet.rect(*rectangle).intersect(ui.clip_rect());
        if rect.is_positive() {
            let response = ui.interact(rect, id.with(("state", slot)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, explained));
            tip_ui(ui, &response, explained);
        }
    }
    (shown, hovered)
}

/// The places of a tooltip at the pointer, the best one first.
const AT_POINTER: [RectAlign; 4] = [
    RectAlign::BOTTOM_START,
    RectAlign::BOTTOM_END,
    RectAlign::TOP_START,
    RectAlign::TOP_END,
];
/// The width of a tooltip at most, in points.
const TIP_WIDTH: f32 = 260.0;

/// Says something about what the pointer rests on, within the picture: what stands beside it stays in sight.
fn tip_ui(ui: &Ui, response: &Response, said: &str) {
    let mut tooltip = Tooltip::for_enabled(response);
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let has_room = pointer.is_none_or(|it| it.x + TIP_WIDTH < ui.clip_rect().right());
    let align = if has_room {
        RectAlign::BOTTOM_START
    } else {
        RectAlign::BOTTOM_END
    };
    tooltip.popup = tooltip
        .popup
        .at_pointer()
        .align(align)
        .align_alternatives(if has_room {
            &AT_POINTER
        } else {
            &AT_POINTER[1..]
        });
    tooltip.show(|ui| {
        ui.set_max_width(TIP_WIDTH);
        ui.label(said);
    });
}

impl Sheet<'_> {
    /// Returns where a row is, from edge to edge.
    fn row(&self, drawing: &Drawing<'_>, row: usize) -> Rect {
        let (upper, lower) = drawing.plan.edges(row);
        self.rect(Rectangle::between(
            0.0,
            upper - 1.0,
            drawing.width,
            lower - 1.0,
        ))
    }

    fn at(&self, point: Point) -> Pos2 {
        self.origin + vec2(point.x, point.y)
    }

    /// Returns the ground that words stand on, so that no line goes through them.
    fn ground_of(&self, item: &PictureItem) -> Color32 {
        let PictureShape::Halo { rectangle } = &item.shape else {
            return self.ground;
        };
        let middle = self.rect(*rectangle).center();
        let under = self.under.iter().rev().find(|it| it.0.contains(middle));
        match (under, item.ink) {
            (Some((_, color)), _) => *color,
            (None, PictureInk::Ground) => self.ground,
            (None, ink) => color(self.tokens, ink),
        }
    }

    fn rect(&self, rectangle: Rectangle) -> Rect {
        Rect::from_min_max(self.at(rectangle.min), self.at(rectangle.max))
    }

    fn paint(&self, item: &PictureItem) {
        let color = match item.ink {
            PictureInk::Ground | PictureInk::HalfClosed if item.is_halo() => self.ground_of(item),
            PictureInk::Ground => self.ground,
            ink => color(self.tokens, ink),
        };
        let painter = &self.painter;
        match &item.shape {
            PictureShape::Line {
                from,
                to,
                width,
                dash,
            } => {
                let ends = [self.at(*from), self.at(*to)];
                let stroke = Stroke::new(*width, color);
                match dash {
                    Some((dash, gap)) => {
                        painter.extend(Painted::dashed_line(&ends, stroke, *dash, *gap));
                    }
                    None => {
                        painter.line_segment(ends, stroke);
                    }
                }
            }
            PictureShape::Halo { rectangle } => {
                painter.rect_filled(self.rect(*rectangle), 2, color);
            }
            PictureShape::Area { rectangle, radius } => {
                painter.rect_filled(self.rect(*rectangle), *radius, color);
            }
            PictureShape::Frame {
                rectangle,
                radius,
                is_dashed,
            } => {
                let rect = self.rect(*rectangle);
                let stroke = Stroke::new(1.0, color);
                if *is_dashed {
                    let inside = rect.shrink(0.5);
                    let corners = [
                        inside.left_top(),
                        inside.right_top(),
                        inside.right_bottom(),
                        inside.left_bottom(),
                        inside.left_top(),
                    ];
                    painter.extend(Painted::dashed_line(&corners, stroke, 3.0, 2.0));
                } else {
                    let radius = CornerRadius::same(*radius as u8);
                    painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
                }
            }
            PictureShape::Head { corners } => {
                let points = corners.map(|it| self.at(it)).to_vec();
                painter.add(Painted::convex_polygon(points, color, Stroke::NONE));
            }
            PictureShape::Dot { center, radius } => {
                painter.circle_filled(self.at(*center), *radius, color);
            }
            PictureShape::Words {
                text,
                at,
                size,
                face,
                ..
            } => {
                let font = font(*face, *size);
                painter.text(self.at(*at), Align2::LEFT_CENTER, text, font, color);
            }
        }
    }
}
