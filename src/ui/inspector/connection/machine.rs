//! The state machine of RFC 9293, with the ways of both ends.

use std::sync::Arc;

use egui::{
    Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::super::super::Tokens;
use super::super::super::widgets::muted_label;
use super::chart::{self, BEGIN, Chart, END, PLACES};
use super::ways::Ways;
use crate::model::Way;
use crate::net::kernel::TcpState;
use crate::words::Language;

/// The sizes of the states' names, the largest one that there is room for.
const SIZES: [f32; 5] = [11.5, 11.0, 10.5, 10.0, 9.5];
/// The stroke of our way.
const OURS: f32 = 1.8;
/// The lines and the gaps of the peer's way.
const DASH: f32 = 3.0;

/// Shows the drawing. A state that is pressed is explained below it.
pub(super) fn ui(ui: &mut Ui, language: &Language, ways: &Ways, chosen: &mut Option<TcpState>) {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let names = names(ui, width, tokens);
    let widths = names.each_ref().map(|it| it.size().x);
    let (rect, _) = ui.allocate_exact_size(vec2(width, Chart::height()), Sense::hover());
    let chart = Chart::new(rect.min, width, &widths);
    if ui.is_rect_visible(rect) {
        paint_lines(ui.painter(), &chart, ways, tokens);
    }
    for (index, (state, ..)) in PLACES.into_iter().enumerate() {
        let node = Node::of(index, ways);
        let place = chart.nodes()[index];
        let id = ui.scope_id().with(("state", index));
        let response = ui.interact(place.expand(2.0), id, Sense::click());
        let spoken = node.spoken(language, state);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        if response.clicked() {
            *chosen = (*chosen != Some(state)).then_some(state);
        }
        let is_lit = response.hovered() || response.has_focus() || *chosen == Some(state);
        node.paint(ui.painter(), place, &names[index], is_lit, tokens);
        if response.has_focus() {
            let stroke = Stroke::new(1.0, tokens.text);
            let ring = place.expand(2.5);
            ui.painter()
                .rect_stroke(ring, Tokens::CARD_RADIUS, stroke, StrokeKind::Inside);
        }
        response.on_hover_text(language.state_meaning(state, false));
    }
    legend_ui(ui, language, ways);
    if let Some(state) = *chosen {
        let (meaning, next) = (
            language.state_meaning(state, false),
            language.state_next(state, false),
        );
        let explained = language.common.sentences(&meaning, &next);
        muted_label(ui, language.tcp.state_is(state.name(), &explained));
    }
}

/// Returns the names of the states, laid out as large as there is room for.
fn names(ui: &Ui, width: f32, tokens: &Tokens) -> [Arc<Galley>; PLACES.len()] {
    let of_size = |size: f32| {
        PLACES.map(|(state, ..)| {
            let font = FontId::proportional(size);
            ui.painter()
                .layout_no_wrap(state.name().to_owned(), font, tokens.text)
        })
    };
    let fits = |names: &[Arc<Galley>; PLACES.len()]| {
        Chart::least_width(&names.each_ref().map(|it| it.size().x)) <= width
    };
    let mut sizes = SIZES.into_iter().map(of_size);
    sizes
        .find(fits)
        .unwrap_or_else(|| of_size(SIZES[SIZES.len() - 1]))
}

/// How a state stands in the ways of both ends.
#[derive(Clone, Copy)]
struct Node {
    ours: Standing,
    peer: Standing,
}

/// How a state stands in a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Apart,
    Passed,
    Now,
}

impl Standing {
    fn of(index: usize, way: Option<&Way>, now: TcpState) -> Self {
        if place_now(way, now) == index {
            Self::Now
        } else if way.is_some_and(|way| is_at(way, index)) {
            Self::Passed
        } else {
            Self::Apart
        }
    }

    fn spoken(self, language: &Language, end: &str) -> Option<String> {
        match self {
            Self::Now => Some(language.tcp.node_now(end)),
            Self::Passed => Some(language.tcp.node_passed(end)),
            Self::Apart => None,
        }
    }
}

impl Node {
    fn of(index: usize, ways: &Ways) -> Self {
        Self {
            ours: Standing::of(index, ways.ours.as_ref(), ways.now().state),
            peer: Standing::of(index, ways.peer.as_ref(), ways.peer_now().state),
        }
    }

    fn spoken(self, language: &Language, state: TcpState) -> String {
        let words = &language.tcp;
        let ends = [(self.ours, words.of_this_end), (self.peer, words.of_peer)];
        let ends = ends.map(|(standing, end)| standing.spoken(language, end));
        let ends: Vec<_> = ends.into_iter().flatten().collect();
        if ends.is_empty() {
            return words.node(state.name(), words.node_apart);
        }
        words.node(state.name(), &ends.join(language.common.comma))
    }

    fn paint(
        self,
        painter: &Painter,
        rect: Rect,
        name: &Arc<Galley>,
        is_lit: bool,
        tokens: &Tokens,
    ) {
        let radius = Tokens::CONTROL_RADIUS;
        let (fill, stroke, text) = if self.ours == Standing::Now {
            (
                tokens.selection,
                Stroke::new(OURS, tokens.accent),
                tokens.chosen_text,
            )
        } else if self.ours == Standing::Passed {
            (tokens.card, Stroke::new(1.2, tokens.accent), tokens.text)
        } else if self.peer != Standing::Apart {
            (
                tokens.card,
                Stroke::new(1.0, tokens.control_border),
                tokens.text,
            )
        } else {
            (
                tokens.panel,
                Stroke::new(1.0, tokens.border),
                tokens.faint_text,
            )
        };
        let fill = if is_lit && self.ours != Standing::Now {
            tokens.hover
        } else {
            fill
        };
        painter.rect(rect, radius, fill, stroke, StrokeKind::Inside);
        if self.peer == Standing::Now {
            paint_dashed_frame(painter, rect.expand(2.5), tokens.muted_text);
        }
        painter.galley_with_override_text_color(
            rect.center() - name.size() / 2.0,
            Arc::clone(name),
            text,
        );
    }
}

/// Returns whether a way comes through a place.
fn is_at(way: &Way, index: usize) -> bool {
    chart::place_first(way.first) == index
        || way.steps.iter().any(|it| chart::place_after(it) == index)
}

/// Returns the place where an end is now. Where its way is not known, CLOSED is the end of one.
fn place_now(way: Option<&Way>, state: TcpState) -> usize {
    let last = way.and_then(|way| way.steps.last());
    match last {
        Some(step) if step.to == state => chart::place_after(step),
        _ if state == TcpState::Closed => END,
        _ => PLACES
            .iter()
            .position(|(it, ..)| *it == state)
            .unwrap_or(BEGIN),
    }
}

fn paint_lines(painter: &Painter, chart: &Chart, ways: &Ways, tokens: &Tokens) {
    for line in chart.transitions() {
        paint_arrow(
            painter,
            &line,
            Stroke::new(1.0, tokens.control_border),
            false,
        );
    }
    for (way, color, width, is_dashed) in [
        (&ways.peer, tokens.muted_text, 1.4, true),
        (&ways.ours, tokens.accent, OURS, false),
    ] {
        for step in way.iter().flat_map(|way| &way.steps) {
            let color = if step.is_transition() {
                color
            } else {
                tokens.error
            };
            paint_arrow(
                painter,
                &chart.step(step),
                Stroke::new(width, color),
                is_dashed,
            );
        }
    }
}

fn paint_arrow(painter: &Painter, line: &[Pos2], stroke: Stroke, is_dashed: bool) {
    const LENGTH: f32 = 5.0;
    const WIDTH: f32 = 2.8;
    let [.., before, tip] = *line else { return };
    let along = (tip - before).normalized();
    let (back, across) = (tip - along * LENGTH, along.rot90() * WIDTH);
    let mut shaft = line.to_vec();
    if let Some(end) = shaft.last_mut() {
        *end = back;
    }
    if is_dashed {
        painter.extend(Shape::dashed_line(&shaft, stroke, DASH, DASH));
    } else {
        painter.add(Shape::line(shaft, stroke));
    }
    let head = vec![tip, back + across, back - across];
    painter.add(Shape::convex_polygon(head, stroke.color, Stroke::NONE));
}

fn paint_dashed_frame(painter: &Painter, rect: Rect, color: Color32) {
    let corners = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
        rect.left_top(),
    ];
    painter.extend(Shape::dashed_line(
        &corners,
        Stroke::new(1.2, color),
        DASH,
        DASH,
    ));
}

/// Shows which line is whose.
fn legend_ui(ui: &mut Ui, language: &Language, ways: &Ways) {
    let tokens = Tokens::of(ui);
    let words = &language.tcp;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let painter = ui.painter();
    let mut x = rect.left();
    let peer = ways.peer.is_some().then_some((words.legend_peer, true));
    for (words, is_peer) in [Some((words.legend_ours, false)), peer]
        .into_iter()
        .flatten()
    {
        let (from, to) = (pos2(x, rect.center().y), pos2(x + 20.0, rect.center().y));
        let color = if is_peer {
            tokens.muted_text
        } else {
            tokens.accent
        };
        let width = if is_peer { 1.4 } else { OURS };
        paint_arrow(painter, &[from, to], Stroke::new(width, color), is_peer);
        let at = pos2(to.x + 6.0, rect.center().y);
        let text = painter.text(
            at,
            Align2::LEFT_CENTER,
            words,
            Tokens::small(),
            tokens.muted_text,
        );
        x = text.right() + 16.0;
    }
}
