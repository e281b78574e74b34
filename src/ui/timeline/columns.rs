//! Where the columns of a row stand. In a narrow window those of the least worth give way to the text, one by one.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use egui::{Color32, FontId, Ui};

use super::super::Tokens;
use crate::model::Model;
use crate::workspace::{TimelineColumn, TimelineForm};

/// The columns, as distances from a row's left edge, in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    /// Where each column stands, if it is shown.
    spans: [Option<ColumnSpan>; TimelineColumn::ALL.len()],
    /// Where the microseconds begin, if they are shown.
    pub(super) micros: Option<f32>,
    /// Where the text stands.
    pub(super) text: ColumnSpan,
    /// How far words are moved down from the middle of a row to stand on one line with data.
    pub(super) words_shift: f32,
}

/// The place of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ColumnSpan {
    pub(super) left: f32,
    pub(super) right: f32,
}

impl ColumnSpan {
    pub(super) fn width(self) -> f32 {
        self.right - self.left
    }

    pub(super) fn contains(self, x: f32) -> bool {
        (self.left..=self.right).contains(&x)
    }
}

/// The space between two columns.
pub(super) const GAP: f32 = 14.0;
/// The most room that names get, unless the user gives them more.
const MAX_NAME: f32 = 120.0;
/// The width of a sign.
const SIGN: f32 = 12.0;
/// The characters of the columns: `12:01:05.871`, ` 502`, `+9 min 59 s`, `262,144`.
const TIME_CHARS: f32 = 12.0;
const MICROS_CHARS: f32 = 4.0;
const GAP_CHARS: f32 = 11.0;
const BYTES_CHARS: f32 = 7.0;
/// The fewest digits that a connection's number gets.
const MIN_DIGITS: f32 = 2.0;

/// What gives way to the text, one after the other, and how much room the text has to have before the next one does.
const GIVE_WAY: [(Option<Optional>, f32); 6] = [
    (Some(Optional::Column(TimelineColumn::Gap)), 210.0),
    (Some(Optional::Micros), 210.0),
    (Some(Optional::Column(TimelineColumn::Bytes)), 180.0),
    (Some(Optional::Column(TimelineColumn::Connection)), 120.0),
    (Some(Optional::Column(TimelineColumn::Endpoint)), 110.0),
    (None, 0.0),
];

/// What can give way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Optional {
    Column(TimelineColumn),
    Micros,
}

/// What the columns are measured for.
struct Measures<'a> {
    form: &'a TimelineForm,
    /// The width of a digit, and of the widest name.
    char_width: f32,
    name_width: f32,
    /// How many digits the connections' numbers have.
    digits: f32,
}

impl Columns {
    /// Measures the columns for the width that `ui` has, and for the names of the endpoints.
    pub(super) fn new(ui: &Ui, model: &Model) -> Self {
        let width = |name: &str| {
            let (painter, font) = (ui.painter(), Tokens::body());
            let galley = painter.layout_no_wrap(name.to_owned(), font, Color32::PLACEHOLDER);
            galley.size().x.ceil()
        };
        let widest = names(model).into_iter().map(width).fold(0.0, f32::max);
        let measures = Measures {
            form: &model.preferences.timeline,
            char_width: char_width(ui, &Tokens::data()),
            name_width: widest.min(MAX_NAME),
            digits: digits(model),
        };
        let right = ui.available_width() - Tokens::SCROLL_BAR_WIDTH - 2.0;
        Self {
            words_shift: below_middle(ui, Tokens::data()) - below_middle(ui, Tokens::body()),
            ..measures.fit(Tokens::SIDE_MARGIN, right)
        }
    }

    /// Returns where a column stands, if it is shown.
    pub(super) fn span(&self, column: TimelineColumn) -> Option<ColumnSpan> {
        self.spans.get(column as usize).copied().flatten()
    }
}

impl Measures<'_> {
    /// Leaves columns out, those of the least worth first, until the text has enough room.
    fn fit(&self, left: f32, right: f32) -> Columns {
        let mut left_out = Vec::with_capacity(GIVE_WAY.len());
        let mut columns = self.layout(left, right, &left_out);
        for (next, enough) in GIVE_WAY {
            if columns.text.width() >= enough {
                break;
            }
            left_out.extend(next);
            columns = self.layout(left, right, &left_out);
        }
        columns
    }

    fn layout(&self, left: f32, right: f32, left_out: &[Optional]) -> Columns {
        let mut spans = [None; TimelineColumn::ALL.len()];
        let mut micros = None;
        let mut x = left;
        for (column, place) in TimelineColumn::ALL.into_iter().zip(&mut spans) {
            if !self.form.shows(column) || left_out.contains(&Optional::Column(column)) {
                continue;
            }
            let has_micros = !left_out.contains(&Optional::Micros);
            let wanted = self.form.widths.get(&column).copied();
            let width = wanted.unwrap_or_else(|| self.width(column, has_micros));
            if width <= 0.0 {
                continue;
            }
            let span = ColumnSpan {
                left: x,
                right: x + width,
            };
            *place = Some(span);
            x = span.right + GAP;
            if column == TimelineColumn::Time && has_micros {
                let with_micros = (TIME_CHARS + MICROS_CHARS) * self.char_width;
                let at = span.left + (TIME_CHARS + 0.7) * self.char_width;
                micros = (width >= with_micros - 0.5).then_some(at);
            }
        }
        Columns {
            spans,
            micros,
            text: ColumnSpan { left: x, right },
            words_shift: 0.0,
        }
    }

    /// Returns how wide a column has to be.
    fn width(&self, column: TimelineColumn, has_micros: bool) -> f32 {
        let chars = match column {
            TimelineColumn::Time if has_micros => TIME_CHARS + MICROS_CHARS,
            TimelineColumn::Time => TIME_CHARS,
            TimelineColumn::Gap => GAP_CHARS,
            TimelineColumn::Connection => 1.0 + self.digits,
            TimelineColumn::Bytes => BYTES_CHARS,
            TimelineColumn::Endpoint => return self.name_width,
            TimelineColumn::Direction => return SIGN,
        };
        chars * self.char_width
    }
}

/// Returns the names that rows can have: those of the endpoints, and of some that are gone and left entries.
fn names(model: &Model) -> Vec<&str> {
    let mut names: BTreeMap<_, _> = model.shown_endpoints().into_iter().collect();
    let rows = model.timeline.loaded_rows().iter();
    for id in rows.filter_map(|row| row.endpoint) {
        if let Entry::Vacant(place) = names.entry(id) {
            place.insert(model.shown_name(id).unwrap_or_default());
        }
    }
    names.into_values().collect()
}

/// Returns how many digits the connections' numbers have.
fn digits(model: &Model) -> f32 {
    let rows = model.timeline.loaded_rows().iter();
    let most = rows.filter_map(|row| row.connection).map(|it| it.number);
    let digits = most.max().and_then(u64::checked_ilog10).unwrap_or(0) + 1;
    (digits as f32).max(MIN_DIGITS)
}

/// Returns the width of every character of the font of data.
pub(super) fn char_width(ui: &Ui, font: &FontId) -> f32 {
    ui.fonts_mut(|fonts| fonts.glyph_width(font, '0'))
}

/// Returns how far the line that letters stand on is below the middle of their row, on whole pixels.
fn below_middle(ui: &Ui, font: FontId) -> f32 {
    let painter = ui.painter();
    let galley = painter.layout_no_wrap("0".to_owned(), font, Color32::PLACEHOLDER);
    let glyph = galley.rows.first().and_then(|row| row.glyphs.first());
    let pixels = ui.pixels_per_point();
    let top = (galley.size().y / 2.0 * pixels).round() / pixels;
    glyph.map_or(0.0, |glyph| glyph.pos.y) - top
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(form: &TimelineForm, width: f32) -> Columns {
        let measures = Measures {
            form,
            char_width: 7.5,
            name_width: 56.0,
            digits: 2.0,
        };
        measures.fit(16.0, width)
    }

    #[test]
    fn columns_give_way_to_the_text_by_worth() {
        let check = |width: f32, expected: &str| {
            let columns = fit(&TimelineForm::default(), width);
            let mut shown: String = TimelineColumn::ALL
                .into_iter()
                .filter(|column| columns.span(*column).is_some())
                .filter_map(|column| format!("{column:?}").chars().next())
                .collect();
            if columns.micros.is_some() {
                shown.push('µ');
            }
            assert_eq!(shown, expected, "{width}: {:?}", columns.text);
            assert!(columns.text.width() >= 100.0, "{width}");
        };
        check(1_388.0, "TGCEDBµ");
        check(988.0, "TGCEDBµ");
        check(700.0, "TGCEDBµ");
        check(600.0, "TCEDBµ");
        check(540.0, "TCEDB");
        check(480.0, "TCED");
        check(408.0, "TCED");
        check(360.0, "TED");
        check(310.0, "TD");
    }

    #[test]
    fn hidden_columns_leave_their_room_and_widths_are_kept() {
        let mut form = TimelineForm::default();
        let before = fit(&form, 988.0);
        form.show(TimelineColumn::Gap, false);
        let without = fit(&form, 988.0);
        assert_eq!(without.span(TimelineColumn::Gap), None);
        assert!(without.text.left < before.text.left);

        form.resize(TimelineColumn::Endpoint, Some(140.0));
        let wide = fit(&form, 988.0);
        let endpoint = wide.span(TimelineColumn::Endpoint).unwrap();
        assert!((endpoint.width() - 140.0).abs() < 0.01);
        assert!((wide.text.left - without.text.left - (140.0 - 56.0)).abs() < 0.01);

        // A time that was made narrower has no room for its microseconds.
        form.resize(TimelineColumn::Time, Some(90.0));
        assert_eq!(fit(&form, 988.0).micros, None);
    }
}
