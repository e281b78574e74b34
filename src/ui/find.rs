//! The find field: what is looked for in the timeline, and what came of it.

use std::sync::Arc;

use egui::{
    Align2, Button, Color32, Galley, Key, Label, Margin, Modifiers, Popup, Rect, Response,
    RichText, TextEdit, Ui, UiBuilder, Vec2, vec2,
};

use super::commands;
use super::highlights::Highlights;
use super::widgets::{button, field, text_width};
use super::wish::FindStep;
use super::{Action, Cx, Tokens, Wish};
use crate::capture::Request;
use crate::model::{Find, Model, TimelineModel};
use crate::payload::{Case, MAX_MATCHES, Matcher, Pattern, PatternError};
use crate::words::InWords as _;
use crate::words::find::Find as Words;

/// The find field's own state.
#[derive(Debug, Default)]
pub(super) struct FindField {
    text: String,
    /// Whether upper and lower case differ.
    is_exact: bool,
    /// The number of the outcome that the timeline went to already.
    seen: u64,
    /// Whether what is typed is still to be looked for.
    is_new: bool,
    /// Where typing began: as long as it goes on, the first match from there on is shown.
    anchor: Option<u64>,
    /// What is typed, ready to be marked; `None` if there is nothing to look for, or it cannot be.
    matcher: Option<Matcher>,
    /// Why what is typed cannot be looked for, once that was asked for; shown until it is edited.
    problem: Option<PatternError>,
    /// What a command asked for.
    step: Option<FindStep>,
    /// What it was last looked for.
    aim: Aim,
    /// The matches in what the detail pane shows.
    here: Option<MatchesHere>,
}

/// Why something is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Aim {
    /// To go to the next match.
    #[default]
    Next,
    /// To go to the previous one.
    Previous,
    /// To count what another view has, without going anywhere.
    Count,
}

/// The matches in the payload that the detail pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MatchesHere {
    /// Which of them is chosen.
    pub(super) at: Option<usize>,
    /// How many there are, up to [`MAX_MATCHES`].
    pub(super) count: usize,
    pub(super) has_next: bool,
    pub(super) has_previous: bool,
}

/// The width of the switch for upper and lower case, and of the buttons to the previous and the next match.
const CASE_WIDTH: f32 = 30.0;
const STEP_WIDTH: f32 = 20.0;

impl FindField {
    /// Takes a step at the next frame.
    pub(super) fn take_step(&mut self, step: FindStep) {
        self.step = Some(step);
    }

    /// Shows the field, `width` wide. `from` are the selected entry and the first one in sight, to go on from.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        width: f32,
        cx: &Cx<'_>,
        from: (Option<u64>, Option<u64>),
    ) {
        let tokens = Tokens::of(ui);
        let words = &cx.words.find;
        let room = width - CASE_WIDTH - 2.0 * STEP_WIDTH - 16.0;
        let outcome = self.outcome_galley(ui, cx, room);
        let words_width = outcome.as_ref().map_or(0.0, |words| words.size().x);
        // The steps stand there once there is something to find.
        let steps = if self.text.is_empty() {
            0.0
        } else {
            2.0 * STEP_WIDTH
        };
        let right = words_width + CASE_WIDTH + steps + 8.0;
        let hint = words.placeholder(&commands::FIND.key_text(ui, cx.words));
        let fits = text_width(ui, &hint) <= width - 8.0 - right;
        let hint = if fits { hint } else { words.name.to_owned() };
        let edit = TextEdit::singleline(&mut self.text)
            .id_salt("find")
            .desired_width(width)
            .min_size(vec2(width, Tokens::CONTROL_HEIGHT))
            .margin(Margin {
                left: 8,
                right: right as i8,
                top: 4,
                bottom: 4,
            })
            .align(Align2::LEFT_CENTER)
            // Enter looks for the next one and stays in the field.
            .return_key(None)
            .hint_text(RichText::new(hint).color(tokens.faint_text));
        let response = ui.add(edit).accessible_name(words.name);
        if response.changed() {
            self.edited(cx, from);
        }
        if let Some(words) = outcome {
            outcome_ui(ui, response.rect, words);
        }
        let stepped = self.steps_ui(ui, words, response.rect);
        if self.case_ui(ui, words, response.rect) {
            self.edited(cx, from);
        }
        self.problem_ui(cx, &response);
        let step = self.step.take();
        if step == Some(FindStep::Field) {
            response.request_focus();
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            self.text.clear();
            self.edited(cx, from);
        }
        let in_field = response.has_focus();
        let wanted = wanted_direction(ui, step, in_field).or(stepped);
        match wanted.filter(|_| !self.text.is_empty()) {
            Some(forward) => self.go(cx, from.0, forward),
            None => self.look_for_what_is_typed(cx, from.0),
        }
        response.on_hover_text(words.hint);
    }

    /// Takes what is typed now: it is looked for from where typing began.
    fn edited(&mut self, cx: &Cx<'_>, (selected, top): (Option<u64>, Option<u64>)) {
        self.problem = None;
        self.aim = Aim::Next;
        self.matcher = self.pattern().ok().map(Matcher::new);
        self.is_new = self.matcher.is_some();
        if self.text.is_empty() {
            self.anchor = None;
            cx.push(Action::Ask(Request::CancelFind));
        } else {
            self.anchor = self.anchor.or(selected).or(top);
        }
    }

    /// Takes the matches in what the detail pane shows.
    pub(super) fn take_here(&mut self, here: Option<MatchesHere>) {
        self.here = here;
    }

    /// Has the detail pane go to a match in an entry that was found: the first one, or the last one on the way back.
    pub(super) fn show_match(&self, cx: &Cx<'_>, entry: u64) {
        let forward = self.aim != Aim::Previous;
        cx.wish(Wish::ShowMatch { entry, forward });
    }

    /// Returns whether there is one more match in what the detail pane shows, of what is typed.
    fn has_more_here(&self, find: &Find, forward: bool) -> bool {
        let typed = self.matcher.as_ref().map(Matcher::pattern);
        let has_more = |here: MatchesHere| {
            if forward {
                here.has_next
            } else {
                here.has_previous
            }
        };
        typed == find.pattern.as_ref() && self.here.is_some_and(has_more)
    }

    /// Goes to the next match, or the previous one: in the entry that is shown, or else in another one.
    fn go(&mut self, cx: &Cx<'_>, from: Option<u64>, forward: bool) {
        self.is_new = false;
        self.aim = if forward { Aim::Next } else { Aim::Previous };
        if from.is_some() && self.has_more_here(cx.timeline.find(), forward) {
            return cx.wish(Wish::Match { forward });
        }
        self.anchor = None;
        match self.pattern() {
            Ok(pattern) => Self::search(cx, pattern, from, forward),
            Err(error) => self.problem = Some(error),
        }
    }

    /// Has the next entry found, and all of them counted.
    fn search(cx: &Cx<'_>, pattern: Pattern, from: Option<u64>, forward: bool) {
        cx.push(Action::Find {
            pattern,
            from,
            forward,
        });
    }

    /// Asks for what is typed as soon as the last answer is in, or takes its time; and again in another view.
    fn look_for_what_is_typed(&mut self, cx: &Cx<'_>, selected: Option<u64>) {
        let find = cx.timeline.find();
        let typed = self.matcher.as_ref().map(Matcher::pattern);
        let is_asked = find.pattern.as_ref() == typed;
        self.is_new &= !is_asked;
        let is_free = find.asked.is_none() || find.progress.total > 0;
        let Some(pattern) = typed.filter(|_| is_free).cloned() else {
            return;
        };
        let before = |entry: u64| entry.checked_sub(1);
        if self.is_new {
            Self::search(cx, pattern, self.anchor.and_then(before), true);
        } else if is_asked && find.filter != cx.timeline.find_filter() {
            Self::search(cx, pattern, selected.and_then(before), true);
            self.aim = Aim::Count;
        }
    }

    /// Returns what highlights the matches of what is typed.
    pub(super) fn highlights<'a>(&'a mut self, find: &'a Find) -> Option<Highlights<'a>> {
        let matcher = self.matcher.as_mut()?;
        let is_found = find.pattern.as_ref() == Some(matcher.pattern());
        let crossings = is_found.then_some(&*find.crossings);
        Some(Highlights::new(matcher, crossings))
    }

    /// Returns whether there is something to look for, and to mark.
    pub(super) fn is_shown(&self) -> bool {
        self.matcher.is_some()
    }

    /// Shows the buttons to the previous and the next match in the field; returns whether the next (`true`) or the
    /// previous one is wanted.
    fn steps_ui(&self, ui: &mut Ui, words: &Words, field: Rect) -> Option<bool> {
        self.matcher.as_ref()?;
        let right = field.right() - CASE_WIDTH;
        let rect = field.with_max_x(right).with_min_x(right - 2.0 * STEP_WIDTH);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.set_clip_rect(field);
        let mut step = |left: f32, points_right: bool, name: &str| {
            let rect = rect.with_min_x(left).with_max_x(left + STEP_WIDTH);
            let response = button::chevron(&mut inner, rect.shrink2(vec2(0.0, 3.0)), points_right);
            let response = response.accessible_name(name);
            response.on_hover_text(name).clicked()
        };
        let is_previous = step(rect.left(), false, words.previous);
        let is_next = step(rect.left() + STEP_WIDTH, true, words.next);
        (is_previous || is_next).then_some(is_next)
    }

    /// Lays out what came of the last find, in as few words as there is room for beside what is typed.
    fn outcome_galley(&self, ui: &Ui, model: &Model, room: f32) -> Option<Arc<Galley>> {
        let tokens = Tokens::of(ui);
        let find = model.timeline.find();
        let lay_out = |words: String, color| {
            let painter = ui.painter();
            painter.layout_no_wrap(words, Tokens::small(), color)
        };
        let typed = lay_out(self.text.clone(), tokens.text).size().x * 1.15;
        let (words, color) = self.outcome(&model.words.find, find, tokens)?;
        let mut all = words.into_iter().map(|words| lay_out(words, color));
        let mut short = all.next()?;
        for longer in all.filter(|it| it.size().x + typed <= room) {
            short = longer;
        }
        Some(short).filter(|it| it.size().x <= room - 24.0)
    }

    /// Shows the switch for upper and lower case in the field; returns whether it was clicked.
    fn case_ui(&mut self, ui: &mut Ui, words: &Words, field: Rect) -> bool {
        let tokens = Tokens::of(ui);
        let color = if self.is_exact {
            tokens.chosen_text
        } else {
            tokens.muted_text
        };
        let sign = Tokens::small_words(words.match_case_sign, color);
        let rect = field.with_min_x(field.right() - CASE_WIDTH).shrink(4.0);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.spacing_mut().button_padding = Vec2::ZERO;
        inner.spacing_mut().interact_size = rect.size();
        let response = inner.add_sized(rect.size(), Button::selectable(self.is_exact, sign));
        let response = response.accessible_name(words.match_case);
        let response = response.on_hover_text(words.match_case);
        self.is_exact ^= response.clicked();
        response.clicked()
    }

    /// Shows below the field why what is typed cannot be looked for.
    fn problem_ui(&self, model: &Model, field: &Response) {
        if let Some(problem) = &self.problem {
            let problem = problem.in_words(model.words);
            let popup = Popup::from_response(field).open(true);
            popup.show(|ui| field::problem(ui, Some(&problem)));
        }
    }

    /// Returns what is looked for, or why it cannot be.
    pub(super) fn pattern(&self) -> Result<Pattern, PatternError> {
        let case = if self.is_exact {
            Case::Exact
        } else {
            Case::Ignored
        };
        Pattern::parse_find(&self.text, case)
    }

    /// Returns what stands in the field.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the entry to go to, once for each find.
    pub(super) fn take_found(&mut self, timeline: &TimelineModel) -> Option<u64> {
        let found = timeline.find().outcome.as_ref()?;
        if found.number <= self.seen {
            return None;
        }
        self.seen = found.number;
        found.entry.filter(|_| self.aim != Aim::Count)
    }

    /// Returns what came of the last find, in few words and in more, and the colour of these words.
    fn outcome(
        &self,
        words: &Words,
        find: &Find,
        tokens: &Tokens,
    ) -> Option<(Vec<String>, Color32)> {
        if self.is_new || self.text.is_empty() {
            return None;
        }
        if find.asked.is_some() {
            let searching = find
                .progress
                .percent()
                .map(|percent| words.searched(percent));
            let searching = searching.unwrap_or_else(|| words.searching.to_owned());
            return Some((vec![searching], tokens.muted_text));
        }
        let found = find.outcome.as_ref()?;
        if found.text != self.text {
            return None;
        }
        if found.entry.is_none() {
            return Some((vec![words.no_match.to_owned()], tokens.caution));
        }
        let (place, count) = (found.place + 1, find.count);
        let place = if find.progress.is_whole() {
            words.place(place, count)
        } else {
            words.place_so_far(place, count)
        };
        let mut all = vec![words.entry(&place)];
        let here = self.here.filter(|here| here.count > 1);
        if let Some((here, at)) = here.and_then(|here| Some((here, here.at?))) {
            let (at, count) = (at as u64 + 1, here.count as u64);
            let of_entry = if here.count < MAX_MATCHES {
                words.place(at, count)
            } else {
                words.place_so_far(at, count)
            };
            all.push(words.in_entry(&of_entry, &place));
        }
        if found.wrapped {
            all.extend(all.last().map(|longest| words.wrapped(longest)));
        }
        all.insert(0, place);
        Some((all, tokens.muted_text))
    }
}

/// Returns whether the next (`true`) or the previous one is wanted.
fn wanted_direction(ui: &Ui, step: Option<FindStep>, in_field: bool) -> Option<bool> {
    // The key with Shift first: the one without takes it too.
    let enter =
        |modifiers| in_field && ui.input_mut(|input| input.consume_key(modifiers, Key::Enter));
    if step == Some(FindStep::Previous) || enter(Modifiers::SHIFT) {
        return Some(false);
    }
    (step == Some(FindStep::Next) || enter(Modifiers::NONE)).then_some(true)
}

fn outcome_ui(ui: &mut Ui, field: Rect, words: Arc<Galley>) {
    let right = field.right() - CASE_WIDTH - 2.0 * STEP_WIDTH;
    let rect = field.with_max_x(right);
    let rect = rect.with_min_x(right - words.size().x - 4.0);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
    inner.add_sized(rect.size(), Label::new(words));
}
