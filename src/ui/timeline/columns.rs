//! Where the columns of a row stand; in a narrow window the less needed ones give way to the text.

use egui::{Color32, FontId, Ui};

use super::super::Tokens;
use crate::model::Model;

/// The columns, as distances from a row's left edge, in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    /// Where the time begins.
    pub(super) time: f32,
    /// Where the microseconds begin, if they are shown.
    pub(super) micros: Option<f32>,
    /// Where the time since the last row ends, if it is shown.
    pub(super) delta_end: Option<f32>,
    /// Where the endpoint's name stands, if it is shown.
    pub(super) name: Option<(f32, f32)>,
    /// Where the peer's port begins, if it is shown: it distinguishes a server's peers.
    pub(super) peer: Option<f32>,
    /// The middle of the sign.
    pub(super) sign: f32,
    /// Where the size ends.
    pub(super) size_end: f32,
    /// Where the text begins and ends.
    pub(super) text: (f32, f32),
    /// How far words are moved down from the middle of a row to stand on one line with data.
    pub(super) words_shift: f32,
}

/// The least width of the text before another column gives way to it.
const MIN_TEXT: f32 = 210.0;
/// The least width of the text before the endpoint's name gives way to it too.
const MIN_TEXT_BESIDE_NAME: f32 = 130.0;
/// The space between two columns.
const GAP: f32 = 14.0;
/// The most room that names get.
const MAX_NAME: f32 = 120.0;
/// The characters of the columns: `12:01:05.871`, ` 502`, `+9 min 59 s`, `:53122`, `1023 KiB`.
const TIME_CHARS: f32 = 12.0;
const MICROS_CHARS: f32 = 4.0;
const DELTA_CHARS: f32 = 11.0;
const PEER_CHARS: f32 = 6.0;
const SIZE_CHARS: f32 = 8.0;
/// The width of a sign, and the least space between it and the size.
const SIGN: f32 = 12.0;
const SIGN_GAP: f32 = 4.0;

impl Columns {
    /// Measures the columns for the width that `ui` has, and for the names of the endpoints.
    pub(super) fn new(ui: &Ui, model: &Model) -> Self {
        let char_width = char_width(ui, &Tokens::data());
        let names = model.shown_endpoints();
        let width = |(_, name): &(_, &str)| {
            let (painter, font) = (ui.painter(), Tokens::body());
            let galley = painter.layout_no_wrap((*name).to_owned(), font, Color32::PLACEHOLDER);
            galley.size().x.ceil()
        };
        let name_width = names.iter().map(width).fold(0.0, f32::max);
        let right = ui.available_width() - Tokens::SCROLL_BAR_WIDTH - 2.0;
        let columns = Self::fit(
            Tokens::SIDE_MARGIN,
            right,
            char_width,
            name_width.min(MAX_NAME),
            has_many_peers(model),
        );
        Self {
            words_shift: below_middle(ui, Tokens::data()) - below_middle(ui, Tokens::body()),
            ..columns
        }
    }

    /// Leaves columns out, the least needed first, until the text has enough room.
    fn fit(left: f32, right: f32, char_width: f32, name_width: f32, has_peer: bool) -> Self {
        let laid_out = |room| Self::layout(left, right, char_width, name_width, has_peer, room);
        let enough = [
            (Room::All, MIN_TEXT),
            (Room::NoDelta, MIN_TEXT),
            (Room::NoMicros, MIN_TEXT),
            (Room::NameOnly, MIN_TEXT_BESIDE_NAME),
        ];
        let columns = enough.map(|(room, least)| (laid_out(room), least));
        let fits = |(it, least): &(Self, f32)| it.text.1 - it.text.0 >= *least;
        let fitting = columns.into_iter().find(fits);
        fitting.map_or_else(|| laid_out(Room::None), |(columns, _)| columns)
    }

    fn layout(
        left: f32,
        right: f32,
        char_width: f32,
        name_width: f32,
        has_peer: bool,
        room: Room,
    ) -> Self {
        let mut x = left + TIME_CHARS * char_width;
        let micros = (room <= Room::NoDelta).then_some(x + 0.7 * char_width);
        if micros.is_some() {
            x += MICROS_CHARS * char_width;
        }
        if room == Room::All {
            x += DELTA_CHARS * char_width + GAP / 2.0;
        }
        let delta_end = (room == Room::All).then_some(x);
        x += GAP;
        let has_name = room <= Room::NameOnly && name_width > 0.0;
        let name = has_name.then_some((x, name_width));
        if name.is_some() {
            x += name_width + GAP;
        }
        let has_peer = has_peer && room <= Room::NoMicros;
        let peer = has_peer.then_some(x - GAP / 2.0);
        if has_peer {
            x += PEER_CHARS * char_width + GAP / 2.0;
        }
        let sign = x + SIGN / 2.0;
        x += SIGN + SIGN_GAP + SIZE_CHARS * char_width;
        Self {
            time: left,
            micros,
            delta_end,
            name,
            peer,
            sign,
            size_end: x,
            text: (x + GAP, right),
            words_shift: 0.0,
        }
    }
}

/// For which of the columns that may give way there is room: each value leaves out one more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    All,
    NoDelta,
    NoMicros,
    NameOnly,
    None,
}

/// Returns whether rows of several peers of one server stand in view.
fn has_many_peers(model: &Model) -> bool {
    let is_of_one = model.timeline.filter().connection.is_some();
    !is_of_one && model.endpoints.values().any(|it| it.listed.len() > 1)
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

    #[test]
    fn columns_give_way_to_the_text_one_by_one() {
        let check = |width: f32, delta: bool, micros: bool, name: bool| {
            let columns = Columns::fit(16.0, width, 7.5, 56.0, false);
            let shown = (
                columns.delta_end.is_some(),
                columns.micros.is_some(),
                columns.name.is_some(),
            );
            assert_eq!(shown, (delta, micros, name), "{width}");
        };
        check(988.0, true, true, true);
        check(640.0, true, true, true);
        check(560.0, false, true, true);
        check(508.0, false, false, true);
        check(420.0, false, false, true);
        check(320.0, false, false, false);
        check(200.0, false, false, false);
    }
}
