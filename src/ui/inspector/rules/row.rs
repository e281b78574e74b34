//! A row of the list: a rule with its switch, its name, its sentence, how often it applied, and what is wrong with it.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Checkbox, Color32, FontId, Galley, Layout, Painter, Rect, Response, Role, Sense, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::super::super::widgets::{Sign, button, list_row, paint_chevron, paint_sign};
use super::super::super::{Cx, Tokens};
use super::problem_words;
use crate::payload::VisibleText;
use crate::words::rules::Rules as Words;
use crate::workspace::FieldError;
use crate::workspace::rules::RuleForm;

/// The height of the line with the name, in points.
const LINE: f32 = 24.0;
/// The space above and below a row's text.
const MARGIN: f32 = 4.0;
/// Where the words begin, right of the switch.
const LEFT: f32 = 32.0;
/// The space at the right, with the sign that the row unfolds.
const RIGHT: f32 = 22.0;
/// How many lines a sentence and what is wrong may take.
const MOST_LINES: usize = 2;

/// What a row shows.
pub(super) struct RuleRow<'a> {
    pub(super) number: usize,
    /// How many rules there are.
    pub(super) count: usize,
    pub(super) rule: &'a RuleForm,
    /// What it says.
    pub(super) said: &'a str,
    pub(super) problem: Option<&'a FieldError>,
    /// How often it applied, if the endpoint has followed it.
    pub(super) applied: Option<u64>,
    pub(super) is_open: bool,
}

/// What was pressed in a row.
pub(super) struct Pressed {
    pub(super) response: Response,
    pub(super) switched: bool,
    pub(super) shows_rows: bool,
}

/// The row's texts below its name, as laid out.
struct Texts {
    said: Arc<Galley>,
    problem: Option<Arc<Galley>>,
}

/// Shows a row.
pub(super) fn row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &RuleRow<'_>) -> Pressed {
    let words = &cx.words.rules;
    let width = ui.available_width();
    let texts = texts(ui, cx, row, (width - LEFT - 8.0).max(40.0));
    let below = texts
        .problem
        .iter()
        .map(|it| it.size().y + 2.0)
        .sum::<f32>();
    let height = LINE + texts.said.size().y + below + 2.0 * MARGIN;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    // Named after the rule, so that the keyboard stays with it when it moves.
    let id = ui.scope_id().with(("rule", row.rule.id));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let number = u16::try_from(row.number).unwrap_or(u16::MAX);
    let name = name_of(words, row.rule, number);
    announce(ui, cx, row, &response, &words.spoken(number, &name));
    if !ui.is_rect_visible(rect) {
        return Pressed {
            response,
            switched: false,
            shows_rows: false,
        };
    }
    list_row::paint_ground(ui, rect, &response, row.is_open);
    let first = Rect::from_min_size(rect.min + vec2(0.0, MARGIN), vec2(width, LINE));
    let switched = switch_ui(ui, row, first, words, number);
    let (shows_rows, right) = count_ui(ui, row, first, words, number);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    name_ui(ui, &painter, row, first.with_max_x(right), &name);
    let tokens = Tokens::of(ui);
    let mut at = pos2(rect.left() + LEFT, first.bottom());
    painter.galley(at, Arc::clone(&texts.said), tokens.muted_text);
    at.y += texts.said.size().y + 2.0;
    if let Some(problem) = &texts.problem {
        let sign = pos2(rect.left() + 16.0, at.y + Tokens::SMALL_LINE_HEIGHT / 2.0);
        paint_sign(&painter, sign, Sign::Bad, tokens);
        painter.galley(at, Arc::clone(problem), tokens.error);
    }
    let response = in_full_ui(response, cx, row, texts.said.elided);
    Pressed {
        response,
        switched,
        shows_rows,
    }
}

/// Shows all of what a rule says under the pointer, if the row does not.
fn in_full_ui(response: Response, cx: &Cx<'_>, row: &RuleRow<'_>, is_cut: bool) -> Response {
    if !response.hovered() {
        return response;
    }
    let said = cx.words.rule_in_full(row.rule, &cx.document);
    if is_cut || said != row.said {
        response.on_hover_text(said)
    } else {
        response
    }
}

fn name_of(words: &Words, rule: &RuleForm, number: u16) -> String {
    match rule.name.trim() {
        "" => words.name_hint(number),
        name => VisibleText::plain(name).text,
    }
}

fn announce(ui: &Ui, cx: &Cx<'_>, row: &RuleRow<'_>, response: &Response, spoken: &str) {
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, row.is_open, spoken));
    let problem = row.problem.map(|it| problem_words(cx, it));
    let about = match problem {
        Some(problem) => {
            let said = cx.words.common.ended(row.said);
            cx.words.common.sentences(&said, &problem)
        }
        None => row.said.to_owned(),
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(about);
        node.set_expanded(row.is_open);
        node.set_position_in_set(row.number);
        node.set_size_of_set(row.count);
    });
}

fn texts(ui: &Ui, cx: &Cx<'_>, row: &RuleRow<'_>, width: f32) -> Texts {
    let tokens = Tokens::of(ui);
    let color = if row.rule.is_on {
        tokens.muted_text
    } else {
        tokens.faint_text
    };
    let problem = row.problem.map(|problem| {
        let words = problem_words(cx, problem);
        wrapped(ui, words, (Tokens::small(), tokens.error), width)
    });
    Texts {
        said: wrapped(ui, row.said.to_owned(), (Tokens::small(), color), width),
        problem,
    }
}

fn wrapped(ui: &Ui, text: String, (font, color): (FontId, Color32), width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(text, font, color, width);
    job.wrap = TextWrapping {
        max_width: width,
        max_rows: MOST_LINES,
        ..TextWrapping::default()
    };
    ui.painter().layout_job(job)
}

/// Shows the switch. Returns whether it was pressed.
fn switch_ui(ui: &mut Ui, row: &RuleRow<'_>, line: Rect, words: &Words, number: u16) -> bool {
    let mut is_on = row.rule.is_on;
    let place = Rect::from_min_size(
        pos2(line.left() + 8.0, line.top()),
        vec2(LEFT - 12.0, line.height()),
    );
    let mut inner = ui.new_child(
        UiBuilder::new()
            .id_salt(("on", row.rule.id))
            .max_rect(place),
    );
    inner.spacing_mut().interact_size.y = line.height();
    let switch = inner.add(Checkbox::without_text(&mut is_on));
    let switch = switch.accessible_name(words.is_on(number));
    switch.on_hover_text(words.switch_why).changed()
}

/// Shows how often it applied, and that it unfolds. Returns whether the count was pressed, and where it begins.
fn count_ui(ui: &mut Ui, row: &RuleRow<'_>, line: Rect, words: &Words, number: u16) -> (bool, f32) {
    let tokens = Tokens::of(ui);
    let center = pos2(line.right() - RIGHT / 2.0, line.center().y);
    let tip = if row.is_open { Vec2::UP } else { Vec2::DOWN };
    paint_chevron(ui.painter(), center, tip, tokens.muted_text);
    let end = line.right() - RIGHT;
    let Some(applied) = row.applied.filter(|count| *count > 0) else {
        return (false, end);
    };
    let place = line.with_max_x(end).with_min_x(line.left() + LEFT);
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().id_salt(("applied", row.rule.id));
    let mut inner = ui.new_child(builder.max_rect(place).layout(layout));
    inner.spacing_mut().button_padding.x = 6.0;
    let count = button::small(&mut inner, &words.applied(applied));
    let count = count.accessible_name(words.applied_by(number, applied));
    let left = count.rect.left();
    (
        count.on_hover_text(words.show_rows_why).clicked(),
        left - 6.0,
    )
}

/// Paints the number and the name.
fn name_ui(ui: &Ui, painter: &Painter, row: &RuleRow<'_>, line: Rect, name: &str) {
    let tokens = Tokens::of(ui);
    let (text, quiet) = if row.rule.is_on {
        (tokens.text, tokens.muted_text)
    } else {
        (tokens.muted_text, tokens.faint_text)
    };
    let number = painter.layout_no_wrap(row.number.to_string(), Tokens::small_data(), quiet);
    let left = line.left() + LEFT;
    let at = pos2(left, line.center().y - number.size().y / 2.0);
    let from = left + number.size().x.max(8.0) + 7.0;
    painter.galley(at, number, quiet);
    let has_name = !row.rule.name.trim().is_empty();
    let (font, color) = if has_name {
        (FontId::new(Tokens::BODY_SIZE, Tokens::semibold()), text)
    } else {
        (Tokens::body(), quiet)
    };
    let mut job = LayoutJob::simple_singleline(name.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width((line.right() - from).max(0.0));
    let galley = painter.layout_job(job);
    let at = pos2(from, line.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, color);
}
