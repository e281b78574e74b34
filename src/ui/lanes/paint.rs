//! What stands between the lifelines, painted: only what is in sight.

use std::sync::Arc;

use egui::{
    Color32, Galley, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::super::Tokens;
use super::super::widgets::row_list::{RowOutput, RowPlace};
use super::super::widgets::{sign_and_color, visible};
use super::Lanes;
use super::label;
use super::layout::{ArrowLine, LaneArrow, LaneLabel, LaneSpot, Tone};
use super::life::{Life, LifeStanding};
use super::step::{LaneEvent, LaneSide};
use crate::capture::Row;

/// Where an arrow touches a lifeline, below the upper edge of its row.
const AT: f32 = 19.0;
/// How far an arrow within one row falls on its way.
const FALL: f32 = 7.0;
/// Where the middle of a label on an arrow stands, and of one below it, below the upper edge of its row.
const LABEL: f32 = 8.5;
const LOW_LABEL: f32 = 18.0;
/// The least space between words and a lifeline.
const SPACE: f32 = 12.0;
/// The length and the width of an arrow's head.
const HEAD: Vec2 = vec2(9.0, 3.6);
/// How much of its way an arrow goes that was not read.
const PENDING: f32 = 0.6;
/// How far from the sender's side words end that stand below an arrow.
const BELOW: f32 = 0.66;
/// The dashes of what is inferred: painted, and left out.
const DASH: (f32, f32) = (5.0, 4.0);
/// The width of the lifeline of an end that finished sending.
const BAND: f32 = 6.0;
/// The space around words that keeps other lines out of them; the line below them is not touched.
const HALO: Vec2 = vec2(4.0, -2.5);
/// The space around words that stand beside a lifeline, where no line of their own is.
const CLEAR: Vec2 = vec2(4.0, 1.0);

/// What paints onto the lanes.
struct Brush<'a> {
    painter: Painter,
    tokens: &'static Tokens,
    /// A row in sight.
    known: RowPlace,
    left: f32,
    lanes: &'a Lanes<'a>,
}

impl Lanes<'_> {
    pub(super) fn paint(&self, ui: &Ui, output: &RowOutput) {
        let Some(brush) = self.brush(ui, output) else {
            return;
        };
        let rect = output.response.rect;
        brush.lifelines(rect);
        let in_sight = brush.in_sight();
        for arrow in &self.drawing.arrows {
            let rows = arrow.from.row.min(arrow.to.row)..=arrow.from.row.max(arrow.to.row);
            if *rows.start() <= in_sight.1 && in_sight.0 <= *rows.end() {
                brush.arrow(arrow, self.is_selected(arrow));
            }
        }
        for place in &*self.places.borrow() {
            if let Some((index, row)) = self.loaded(place.row) {
                brush.row(ui, place, index, row);
            }
        }
    }

    fn brush(&self, ui: &Ui, output: &RowOutput) -> Option<Brush<'_>> {
        let known = *self.places.borrow().first()?;
        let rect = output.response.rect;
        let clip = rect.with_max_x(rect.left() + self.sheet.right);
        Some(Brush {
            painter: ui.painter_at(clip.intersect(ui.clip_rect())),
            tokens: Tokens::of(ui),
            known,
            left: rect.left(),
            lanes: self,
        })
    }

    fn is_selected(&self, arrow: &LaneArrow) -> bool {
        let places = self.places.borrow();
        let mut selected = places.iter().filter(|place| place.is_selected);
        selected.any(|place| {
            let index = self.loaded(place.row).map(|(index, _)| index.cast_signed());
            [arrow.from.row, arrow.to.row].map(Some).contains(&index)
        })
    }

    /// Shows on each bundle what opens it; returns the row of the one that was clicked.
    pub(super) fn open_ui(&self, ui: &Ui, output: &RowOutput) -> Option<u64> {
        let brush = self.brush(ui, output)?;
        let mut opened = None;
        for (slot, place) in self.places.borrow().iter().enumerate() {
            let bundle = self.loaded(place.row).and_then(|(_, row)| row.bundle);
            let Some(bundle) = bundle else { continue };
            let words = self.cx.words;
            let (rect, galley) = brush.open_label(ui, place, &label::bundle(words, &bundle));
            let id = output.response.id.with(("open", slot));
            let response = ui.interact(rect, id, Sense::CLICK);
            let name = words.lanes.open_bundle(&words.counts.chunks(bundle.chunks));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            let color = if response.hovered() {
                brush.tokens.text
            } else {
                brush.tokens.chosen_text
            };
            let stroke = Stroke::new(1.0, brush.tokens.control_border);
            brush.halo(rect, place);
            brush
                .painter
                .rect_stroke(rect, rect.height() / 2.0, stroke, StrokeKind::Inside);
            let corner = rect.center() - galley.size() / 2.0;
            brush
                .painter
                .galley_with_override_text_color(corner, galley, color);
            if response.clicked() {
                opened = Some(place.row);
            }
        }
        opened
    }
}

impl Brush<'_> {
    /// Returns the upper edge of a loaded row, wherever it is.
    fn top(&self, row: isize) -> f32 {
        let from_first = row as f64 + self.lanes.first as f64 - self.known.row as f64;
        self.known.rect.top() + (from_first * f64::from(Tokens::LANE_HEIGHT)) as f32
    }

    fn x(&self, side: LaneSide) -> f32 {
        (self.left + self.lanes.sheet.of(side)).round()
    }

    fn between(&self) -> f32 {
        self.x(LaneSide::Server) - self.x(LaneSide::Client)
    }

    /// Returns the first and the last loaded row in sight.
    fn in_sight(&self) -> (isize, isize) {
        let places = self.lanes.places.borrow();
        let index = |place: &RowPlace| i128::from(place.row) - i128::from(self.lanes.first);
        let first = places.first().map_or(0, index);
        let last = places.last().map_or(0, index);
        (first as isize, last as isize)
    }

    fn spot(&self, spot: LaneSpot, shift: f32) -> Pos2 {
        pos2(self.x(spot.side), self.top(spot.row) + AT + shift)
    }

    fn color(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Sent => self.tokens.sent,
            Tone::Received => self.tokens.received,
            Tone::Good => self.tokens.good,
            Tone::Quiet => self.tokens.muted_text,
            Tone::Bad => self.tokens.error,
        }
    }

    fn lifelines(&self, rect: Rect) {
        for side in LaneSide::BOTH {
            let lives = self.lanes.lives.as_ref();
            if let Some(life) = lives.and_then(|lives| lives.get(side as usize)) {
                self.life(side, life, rect);
            } else {
                let stroke = Stroke::new(1.0, self.tokens.lifeline);
                self.painter.vline(self.x(side), rect.y_range(), stroke);
            }
        }
    }

    fn life(&self, side: LaneSide, life: &Life, rect: Rect) {
        let y = |row: usize| self.top(row.cast_signed()) + AT;
        for stretch in &life.stretches {
            let from = stretch.from.map_or(rect.top(), y).max(rect.top());
            let to = stretch.to.map_or(rect.bottom(), y).min(rect.bottom());
            if from >= to {
                continue;
            }
            let x = self.x(side);
            let color = if life.is_ours && stretch.standing != LifeStanding::Absent {
                self.tokens.lifeline
            } else {
                self.tokens.far_lifeline
            };
            let stroke = Stroke::new(1.0, color);
            if stretch.standing == LifeStanding::Finished {
                let band = Rect::from_x_y_ranges(x - BAND / 2.0..=x + BAND / 2.0, from..=to);
                self.painter.rect_filled(band, 0, self.tokens.half_closed);
            }
            if stretch.standing == LifeStanding::Absent {
                let ends = [pos2(x, from), pos2(x, to)];
                let (dash, gap) = (2.0, 4.0);
                self.painter
                    .extend(Shape::dashed_line(&ends, stroke, dash, gap));
            } else {
                self.painter.vline(x, from..=to, stroke);
            }
        }
    }

    fn arrow(&self, arrow: &LaneArrow, is_selected: bool) {
        let within = arrow.from.row == arrow.to.row;
        let fall = if within { FALL / 2.0 } else { 0.0 };
        let from = self.spot(arrow.from, -fall);
        let to = self.spot(arrow.to, fall);
        let color = self.color(arrow.tone);
        let width = match (arrow.line, is_selected) {
            (ArrowLine::Thick, _) => 4.0,
            (_, true) => 2.2,
            _ => 1.4,
        };
        let stroke = Stroke::new(width, color);
        let way = (to - from).normalized();
        let (dash, gap) = DASH;
        let head = HEAD
            * if arrow.line == ArrowLine::Thick {
                1.4
            } else {
                1.0
            };
        let neck = to - way * (head.x - 1.0);
        let from = if arrow.line == ArrowLine::BothWays {
            self.head(from, -way, head, color);
            from + way * (head.x - 1.0)
        } else {
            from
        };
        match arrow.line {
            ArrowLine::Solid | ArrowLine::Thick => {
                self.painter.line_segment([from, neck], stroke);
            }
            ArrowLine::Dashed | ArrowLine::BothWays => {
                self.painter
                    .extend(Shape::dashed_line(&[from, neck], stroke, dash, gap));
            }
            ArrowLine::Pending => {
                let end = from + (to - from) * PENDING;
                self.painter
                    .extend(Shape::dashed_line(&[from, end], stroke, dash, gap));
                return;
            }
        }
        self.head(to, way, head, color);
    }

    /// Paints the head of an arrow that comes this way.
    fn head(&self, tip: Pos2, way: Vec2, size: Vec2, color: Color32) {
        let across = way.rot90() * size.y;
        let back = tip - way * size.x;
        let points = vec![tip, back + across, back - across];
        self.painter
            .add(Shape::convex_polygon(points, color, Stroke::NONE));
    }

    /// Paints the words of a row, and the sign on its lifeline.
    fn row(&self, ui: &Ui, place: &RowPlace, index: usize, row: &Row) {
        let drawing = &self.lanes.drawing;
        let (Some(label), Some(step)) = (drawing.labels.get(index), self.lanes.steps.get(index))
        else {
            return;
        };
        let words = self.lanes.cx.words;
        let width = (self.between() - 2.0 * SPACE).max(0.0);
        let quiet = self.tokens.muted_text;
        // The head of an arrow is sign enough.
        let has_sign = step.what != LaneEvent::Connected || *label == LaneLabel::Words;
        if let Some(side) = step.side.filter(|_| has_sign) {
            self.sign(side, &step.what, place, row);
        }
        match label {
            LaneLabel::Payload => self.payload(ui, place, index, row),
            LaneLabel::Flags(flags) => {
                let color = self.color(self.tone(index).unwrap_or(Tone::Quiet));
                let galley = label::flags(ui, words, *flags, row, (color, width));
                self.centred(place, LABEL, galley);
            }
            LaneLabel::Bundle | LaneLabel::Nothing => {}
            LaneLabel::Merged { writes } => {
                let size = words.numbers.size(row.kind.data_bytes().unwrap_or(0));
                let text = words.lanes.merged(*writes as u64, &size);
                self.below(ui, place, step.side, &text);
            }
            LaneLabel::Part => {
                let size = words.numbers.size(row.kind.data_bytes().unwrap_or(0));
                self.below(ui, place, step.side, &words.lanes.part(&size));
            }
            LaneLabel::Cut => {
                let size = words.numbers.size(row.kind.data_bytes().unwrap_or(0));
                self.below(ui, place, step.side, &words.lanes.cut(&size));
            }
            LaneLabel::Words => {
                let galley = label::happened(ui, words, (step, row), width);
                let left = match step.side {
                    Some(LaneSide::Client) => self.x(LaneSide::Client) + SPACE,
                    Some(LaneSide::Server) => self.x(LaneSide::Server) - SPACE - galley.size().x,
                    None => self.x(LaneSide::Client) + (self.between() - galley.size().x) / 2.0,
                };
                let corner = self.corner(pos2(left, place.rect.top() + AT), &galley);
                let rect = Rect::from_min_size(corner, galley.size());
                self.halo(rect.expand2(CLEAR), place);
                self.painter.galley(corner, galley, quiet);
            }
        }
    }

    /// Returns the tone of the arrow that begins or ends in a row.
    fn tone(&self, index: usize) -> Option<Tone> {
        let row = index.cast_signed();
        let mut arrows = self.lanes.drawing.arrows.iter();
        let arrow = arrows.find(|arrow| arrow.from.row == row || arrow.to.row == row)?;
        Some(arrow.tone)
    }

    fn payload(&self, ui: &Ui, place: &RowPlace, index: usize, row: &Row) {
        let words = self.lanes.cx.words;
        let color = self.color(self.tone(index).unwrap_or(Tone::Quiet));
        let size = words.numbers.size(row.kind.data_bytes().unwrap_or(0));
        let width = (self.between() - 2.0 * SPACE).max(0.0);
        let size = label::small(ui, &size, self.tokens.muted_text, width);
        let gap = 8.0;
        let room = (width - size.size().x - gap).max(0.0);
        let (text, found) = (self.lanes.payload)(ui, row, room, color);
        let whole = size.size().x + gap + text.size().x;
        let left = self.x(LaneSide::Client) + (self.between() - whole) / 2.0;
        let middle = place.rect.top() + LABEL;
        let at = pos2(left + size.size().x + gap, middle);
        self.put(place, pos2(left, middle), size, color);
        let corner = self.corner(at, &text);
        self.halo(
            Rect::from_min_size(corner, text.size()).expand2(HALO),
            place,
        );
        for found in found {
            visible::ground(&self.painter, &text, corner, found, self.tokens.found);
        }
        self.painter.galley(corner, text, color);
    }

    /// Returns the corner of words whose left edge and whose middle are here.
    fn corner(&self, at: Pos2, words: &Galley) -> Pos2 {
        let pixels = self.painter.pixels_per_point();
        let snap = |x: f32| (x * pixels).round() / pixels;
        pos2(snap(at.x), snap(at.y - words.size().y / 2.0))
    }

    /// Paints words on an arrow.
    fn centred(&self, place: &RowPlace, down: f32, galley: Arc<Galley>) {
        let left = self.x(LaneSide::Client) + (self.between() - galley.size().x) / 2.0;
        let at = pos2(left, place.rect.top() + down);
        self.put(place, at, galley, self.tokens.muted_text);
    }

    /// Paints words below the arrow that ends in this row on a side.
    fn below(&self, ui: &Ui, place: &RowPlace, side: Option<LaneSide>, words: &str) {
        let room = self.between() * BELOW - SPACE;
        let galley = label::small(ui, words, self.tokens.muted_text, room.max(0.0));
        let left = match side {
            Some(LaneSide::Client) => self.x(LaneSide::Server) - self.between() * BELOW,
            _ => self.x(LaneSide::Client) + self.between() * BELOW - galley.size().x,
        };
        let at = pos2(left, place.rect.top() + LOW_LABEL);
        self.put(place, at, galley, self.tokens.muted_text);
    }

    /// Puts words so that their left edge and their middle are here, and no line goes through them.
    fn put(&self, place: &RowPlace, at: Pos2, galley: Arc<Galley>, color: Color32) {
        let corner = self.corner(at, &galley);
        let rect = Rect::from_min_size(corner, galley.size());
        self.halo(rect.expand2(HALO), place);
        self.painter.galley(corner, galley, color);
    }

    fn halo(&self, rect: Rect, place: &RowPlace) {
        let fill = match place {
            _ if place.is_selected => self.tokens.selection,
            _ if place.is_hovered => self.tokens.hover,
            _ => self.tokens.window,
        };
        self.painter
            .rect_filled(rect.intersect(place.rect), 2, fill);
    }

    /// Lays out what opens a bundle, behind its words, which are painted here too.
    fn open_label(&self, ui: &Ui, place: &RowPlace, bundle: &str) -> (Rect, Arc<Galley>) {
        let quiet = self.tokens.muted_text;
        let open = self.lanes.cx.words.lanes.open;
        let open = label::small(ui, open, quiet, f32::INFINITY);
        let size = open.size() + vec2(14.0, 0.0);
        let gap = 8.0;
        let room = (self.between() - 2.0 * SPACE - size.x - gap).max(0.0);
        let words = label::small(ui, bundle, self.tokens.text, room);
        let whole = words.size().x + gap + size.x;
        let left = self.x(LaneSide::Client) + (self.between() - whole) / 2.0;
        let middle = place.rect.top() + LABEL;
        let at = pos2(left + words.size().x + gap, middle - size.y / 2.0);
        self.put(place, pos2(left, middle), words, quiet);
        (Rect::from_min_size(at.round(), size), open)
    }

    /// Paints the sign of an entry on the lifeline of its end.
    fn sign(&self, side: LaneSide, what: &LaneEvent, place: &RowPlace, row: &Row) {
        let center = pos2(self.x(side), place.rect.top() + AT);
        let (_, color) = sign_and_color(row.kind, self.tokens);
        match what {
            LaneEvent::Listening => {
                let stroke = Stroke::new(1.6, self.tokens.muted_text);
                self.painter.circle(center, 4.5, self.tokens.window, stroke);
            }
            LaneEvent::Closed(_) => {
                let stroke = Stroke::new(2.0, color);
                self.painter
                    .hline(center.x - 5.0..=center.x + 5.0, center.y, stroke);
            }
            LaneEvent::Other | LaneEvent::Refused | LaneEvent::Connected => {
                self.painter.circle_filled(center, 3.2, color);
            }
            _ => {}
        }
    }
}
