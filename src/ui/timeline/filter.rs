//! The filter's menu: which kinds, peers, sizes and times the timeline shows, and whether only what is found.

use std::ops::{Range, RangeInclusive};
use std::time::{Duration, SystemTime};

use egui::{Button, RectAlign, Ui};

use super::super::find::FindField;
use super::super::widgets::{button, field, popup, text_width};
use super::super::{Action, Cx, Tokens, clock};
use crate::capture::{Filter, Kinds};
use crate::model::Model;
use crate::payload::Pattern;
use crate::words::InWords as _;
use crate::words::filter::Filter as Words;

/// The width of one of two fields that stand side by side, in points.
const FIELD_WIDTH: f32 = 140.0;
/// From 1970 to the end of the year 9999, after which no clock shows anything.
const AFTER_ALL: Duration = Duration::from_hours(70_389_528);

/// The parts of a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FilterPart {
    Endpoint,
    Connection,
    Rule,
    Kinds,
    Peer,
    Size,
    Time,
    Pattern,
}

impl FilterPart {
    /// Returns a filter without this part.
    pub(super) fn taken_from(self, filter: &Filter) -> Filter {
        let mut filter = filter.clone();
        match self {
            Self::Endpoint => filter.endpoint = None,
            Self::Connection => (filter.connection, filter.number) = (None, None),
            Self::Rule => filter.rule = None,
            Self::Kinds => filter.kinds = Kinds::ALL,
            Self::Peer => filter.peer_text.clear(),
            Self::Size => filter.size = None,
            Self::Time => filter.time = None,
            Self::Pattern => filter.pattern = None,
        }
        filter
    }
}

/// What is typed into the menu.
#[derive(Debug, Default)]
pub(super) struct FilterMenu {
    min_text: String,
    max_text: String,
    from_text: String,
    until_text: String,
    time_problem: Option<Problem>,
    /// The day that is meant where none is typed: that of the newest row that was in hand.
    today: Option<SystemTime>,
}

/// Why what is typed does not limit anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    NotASize,
    SizesCrossed,
    NotATime,
    TimesCrossed,
}

impl Problem {
    fn words(self, words: &Words) -> &'static str {
        match self {
            Self::NotASize => words.not_a_size,
            Self::SizesCrossed => words.sizes_crossed,
            Self::NotATime => words.not_a_time,
            Self::TimesCrossed => words.times_crossed,
        }
    }
}

/// What the menu takes from the timeline.
pub(super) struct Circumstances<'a> {
    /// What stands in the find field.
    pub(super) find: &'a FindField,
    /// The times of the first and the last selected entry, as far as they are known.
    pub(super) selected: Option<(SystemTime, SystemTime)>,
    /// The time of the newest row in hand.
    pub(super) newest: Option<SystemTime>,
}

impl FilterMenu {
    /// Shows the button, and the menu below it while that is open.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, at: &Circumstances<'_>) {
        let (filter, words) = (cx.timeline.filter(), &cx.words.filter);
        self.today = at.newest.or(self.today);
        let is_narrowed = is_narrowed(filter);
        let button = ui.add(Button::selectable(is_narrowed, words.name));
        let button = button.on_hover_text(words.hint);
        popup::below(&button, RectAlign::BOTTOM_START).show(|ui| {
            let mut wanted = filter.clone();
            self.fields_ui(ui, cx, &mut wanted, at);
            if wanted != *filter {
                cx.push(Action::Narrow(Box::new(wanted)));
            }
        });
    }

    /// Returns the bounds of a time as they are typed, if that is what makes it.
    pub(super) fn typed_of(&self, range: &Range<SystemTime>) -> Option<(&str, &str)> {
        let today = self.today.unwrap_or(SystemTime::UNIX_EPOCH);
        let typed = time(&self.from_text, &self.until_text, today).ok()?;
        let is_it = typed.as_ref() == Some(range);
        is_it.then(|| (self.from_text.trim(), self.until_text.trim()))
    }

    /// Forgets what is typed about a part of the filter.
    pub(super) fn forget(&mut self, part: FilterPart) {
        match part {
            FilterPart::Size => {
                self.min_text.clear();
                self.max_text.clear();
            }
            FilterPart::Time => {
                self.from_text.clear();
                self.until_text.clear();
                self.time_problem = None;
            }
            FilterPart::Endpoint
            | FilterPart::Connection
            | FilterPart::Rule
            | FilterPart::Kinds
            | FilterPart::Peer
            | FilterPart::Pattern => {}
        }
    }

    /// Forgets all that is typed.
    pub(super) fn forget_all(&mut self) {
        self.forget(FilterPart::Size);
        self.forget(FilterPart::Time);
    }

    fn fields_ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        wanted: &mut Filter,
        at: &Circumstances<'_>,
    ) {
        let words = &model.words.filter;
        kinds_ui(ui, words, &mut wanted.kinds);
        ui.separator();
        field::row(ui, words.peer, |ui, label| {
            let text = &mut wanted.peer_text;
            // As wide as the two fields below it with what stands between them.
            let between = text_width(ui, words.to) + 2.0 * ui.spacing().item_spacing.x;
            let width = 2.0 * FIELD_WIDTH + between;
            let input = field::input(ui, words.peer_spoken, text, width);
            input.labelled_by(label).on_hover_text(words.peer_hint);
        });
        let names = [words.min_size, words.max_size];
        let texts = [&mut self.min_text, &mut self.max_text];
        range_ui(ui, words, words.size, names, texts);
        match size(&self.min_text, &self.max_text) {
            Ok(size) => wanted.size = size,
            Err(problem) => field::problem(ui, Some(problem.words(words))),
        }
        self.time_ui(ui, words, wanted, at);
        ui.separator();
        found_ui(ui, model, wanted, at.find);
    }

    fn time_ui(&mut self, ui: &mut Ui, words: &Words, wanted: &mut Filter, at: &Circumstances<'_>) {
        let texts = [&mut self.from_text, &mut self.until_text];
        let names = [words.min_time, words.max_time];
        let mut is_new = range_ui(ui, words, words.time, names, texts);
        let selected = at.selected.filter(|(first, last)| first < last);
        if let Some((first, last)) = selected
            && button::small(ui, words.selected_time).clicked()
        {
            let today = self.today.unwrap_or(last);
            self.from_text = clock::exact(first, today);
            self.until_text = clock::exact(last, today);
            is_new = true;
        }
        if is_new {
            let today = self.today.unwrap_or(SystemTime::UNIX_EPOCH);
            self.time_problem = None;
            match time(&self.from_text, &self.until_text, today) {
                Ok(time) => wanted.time = time,
                Err(problem) => self.time_problem = Some(problem),
            }
        }
        let problem = self.time_problem.map(|it| it.words(words));
        field::problem(ui, problem);
    }
}

/// Shows two fields with the bounds of something, each with a name of its own; returns whether one of them was edited.
fn range_ui(
    ui: &mut Ui,
    words: &Words,
    name: &str,
    names: [&str; 2],
    texts: [&mut String; 2],
) -> bool {
    let [from_text, to_text] = texts;
    field::row(ui, name, |ui, _label| {
        let from = field::input(ui, names[0], from_text, FIELD_WIDTH);
        ui.label(words.to);
        let to = field::input(ui, names[1], to_text, FIELD_WIDTH);
        from.changed() || to.changed()
    })
}

/// Returns whether a filter shows less than its tab would.
pub(super) fn is_narrowed(filter: &Filter) -> bool {
    let of_the_tab = Filter {
        endpoint: None,
        connection: None,
        number: None,
        from_entry: 0,
        ..filter.of_entries()
    };
    !of_the_tab.shows_all()
}

fn kinds_ui(ui: &mut Ui, words: &Words, kinds: &mut Kinds) {
    let grid = egui::Grid::new("kinds").spacing([24.0, 8.0]);
    grid.show(ui, |ui| {
        ui.checkbox(&mut kinds.received, words.received);
        ui.checkbox(&mut kinds.lifecycle, words.lifecycle);
        ui.end_row();
        ui.checkbox(&mut kinds.sent, words.sent);
        ui.checkbox(&mut kinds.problems, words.problems);
        ui.end_row();
    });
}

/// Shows whether only entries are shown that hold what is looked for.
fn found_ui(ui: &mut Ui, model: &Model, wanted: &mut Filter, find: &FindField) {
    let words = &model.words.filter;
    let mut is_on = wanted.pattern.is_some();
    let shown = wanted.pattern.as_ref().map_or(find.text(), Pattern::typed);
    if shown.is_empty() {
        let tokens = Tokens::of(ui);
        ui.label(Tokens::small_words(
            words.only_matches_hint,
            tokens.muted_text,
        ));
        return;
    }
    if ui.checkbox(&mut is_on, words.only_matches(shown)).changed() {
        wanted.pattern = None;
    }
    if is_on && wanted.pattern.is_none() {
        match find.pattern() {
            Ok(pattern) => wanted.pattern = Some(pattern),
            Err(error) => field::problem(ui, Some(&error.in_words(model.words))),
        }
    }
}

/// Reads the bounds of the sizes; an empty one is none.
fn size(min_text: &str, max_text: &str) -> Result<Option<RangeInclusive<u64>>, Problem> {
    let bound = |text: &str, none: u64| match text.trim() {
        "" => Ok(none),
        number => number.parse().map_err(|_not_a_number| Problem::NotASize),
    };
    let range = bound(min_text, 0)?..=bound(max_text, u64::MAX)?;
    if range.is_empty() {
        return Err(Problem::SizesCrossed);
    }
    Ok((range != (0..=u64::MAX)).then_some(range))
}

/// Reads the bounds of the time: from one moment to another one, both taken as far as their digits go.
fn time(
    from_text: &str,
    until_text: &str,
    today: SystemTime,
) -> Result<Option<Range<SystemTime>>, Problem> {
    let moment = |text: &str| match text.trim() {
        "" => Ok(None),
        text => clock::moment(text, today)
            .map(Some)
            .ok_or(Problem::NotATime),
    };
    let (first, last) = (moment(from_text)?, moment(until_text)?);
    if first.is_none() && last.is_none() {
        return Ok(None);
    }
    let from = first.map_or(SystemTime::UNIX_EPOCH, |(moment, _)| moment);
    let until = last.and_then(|(moment, each)| moment.checked_add(each));
    let range = from..until.unwrap_or(SystemTime::UNIX_EPOCH + AFTER_ALL);
    if range.is_empty() {
        return Err(Problem::TimesCrossed);
    }
    Ok(Some(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_both_fields() {
        let check = |min: &str, max: &str, expected: Result<Option<(u64, u64)>, Problem>| {
            let range = size(min, max);
            let range = range.map(|it| it.map(RangeInclusive::into_inner));
            assert_eq!(range, expected, "{min} to {max}");
        };
        check("", " ", Ok(None));
        check("10", "", Ok(Some((10, u64::MAX))));
        check("", "512", Ok(Some((0, 512))));
        check("7", "7", Ok(Some((7, 7))));
        check("8", "7", Err(Problem::SizesCrossed));
        check("ten", "", Err(Problem::NotASize));
    }

    #[test]
    fn times_are_taken_as_far_as_their_digits_go() {
        let day = clock::moment("2026-11-22 00:00", SystemTime::UNIX_EPOCH)
            .unwrap()
            .0;
        let at = |seconds| day + Duration::from_secs(seconds);
        let check =
            |from: &str,
             until: &str,
             expected: Result<Option<(SystemTime, SystemTime)>, Problem>| {
                let range = time(from, until, day);
                let range = range.map(|it| it.map(|it| (it.start, it.end)));
                assert_eq!(range, expected, "{from} to {until}");
            };
        check("", " ", Ok(None));
        check("00:00:05", "00:00:06", Ok(Some((at(5), at(7)))));
        check("00:01", "00:01", Ok(Some((at(60), at(120)))));
        check("", "00:01", Ok(Some((SystemTime::UNIX_EPOCH, at(120)))));
        check(
            "2026-11-22 00:00:01",
            "",
            Ok(Some((at(1), SystemTime::UNIX_EPOCH + AFTER_ALL))),
        );
        check("00:00:06", "00:00:05", Err(Problem::TimesCrossed));
        check("six", "", Err(Problem::NotATime));
    }

    #[test]
    fn the_bounds_of_a_time_are_known_as_they_were_typed() {
        let day = clock::moment("2026-11-22 00:00", SystemTime::UNIX_EPOCH).map(|it| it.0);
        let menu = FilterMenu {
            from_text: "23:40".to_owned(),
            until_text: " 23:50".to_owned(),
            today: day,
            ..FilterMenu::default()
        };
        let range = time("23:40", "23:50", day.unwrap()).unwrap().unwrap();
        assert_eq!(menu.typed_of(&range), Some(("23:40", "23:50")));
        let other = range.start..range.end + Duration::from_secs(1);
        assert_eq!(menu.typed_of(&other), None);
        assert_eq!(FilterMenu::default().typed_of(&range), None);
    }

    #[test]
    fn a_tab_is_no_narrowing() {
        let mut filter = Filter {
            from_entry: 9,
            endpoint: Some(crate::net::EndpointId(1)),
            ..Filter::default()
        };
        assert!(!is_narrowed(&filter));
        filter.kinds.sent = false;
        assert!(is_narrowed(&filter));
    }
}
