//! Where the columns and the lifelines stand; in a narrow window the less needed columns give way to the arrows.

use super::super::Tokens;
use super::step::LaneSide;

/// Distances from the left edge, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sheet {
    pub(super) time: f32,
    /// Where the microseconds begin, if they are shown.
    pub(super) micros: Option<f32>,
    /// Where the time since the last row ends, if it is shown.
    pub(super) gap_end: Option<f32>,
    /// Where the number of the connection begins, if rows of several are shown.
    pub(super) number: Option<f32>,
    pub(super) client: f32,
    pub(super) server: f32,
    pub(super) right: f32,
}

/// The least space between the lifelines before a column gives way, and the most.
const BETWEEN: (f32, f32) = (300.0, 860.0);
/// The space before the client's lifeline and after the server's.
const BESIDE: f32 = 26.0;
const GAP: f32 = 12.0;
/// The characters of the columns: `12:01:05.871`, ` 502`, `+9 min 59 s`, `#1234`.
const TIME_CHARS: f32 = 12.0;
const MICROS_CHARS: f32 = 4.0;
const GAP_CHARS: f32 = 11.0;
const NUMBER_CHARS: f32 = 5.0;

impl Sheet {
    /// Leaves columns out, the least needed first, until the arrows have enough room.
    pub(super) fn fit(width: f32, char_width: f32, has_numbers: bool) -> Self {
        let right = width - Tokens::SCROLL_BAR_WIDTH - 2.0;
        let laid_out = |micros, gap| Self::lay_out(right, char_width, (micros, gap, has_numbers));
        let choices = [laid_out(true, true), laid_out(true, false)];
        let fits = |it: &Self| it.server - it.client >= BETWEEN.0;
        let fitting = choices.into_iter().find(fits);
        fitting.unwrap_or_else(|| laid_out(false, false))
    }

    fn lay_out(right: f32, char_width: f32, (micros, gap, number): (bool, bool, bool)) -> Self {
        let time = Tokens::SIDE_MARGIN;
        let mut x = time + TIME_CHARS * char_width;
        let micros = micros.then_some(x + 0.7 * char_width);
        if micros.is_some() {
            x += MICROS_CHARS * char_width;
        }
        if gap {
            x += GAP + GAP_CHARS * char_width;
        }
        let gap_end = gap.then_some(x);
        let number = number.then_some(x + GAP);
        if number.is_some() {
            x += GAP + NUMBER_CHARS * char_width;
        }
        let client = x + BESIDE;
        let server = (right - BESIDE).min(client + BETWEEN.1).max(client + 1.0);
        Self {
            time,
            micros,
            gap_end,
            number,
            client,
            server,
            right,
        }
    }

    /// Returns where a lifeline stands.
    pub(super) fn of(&self, side: LaneSide) -> f32 {
        match side {
            LaneSide::Client => self.client,
            LaneSide::Server => self.server,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_give_way_to_the_arrows() {
        let check = |width: f32, micros: bool, gap: bool| {
            let sheet = Sheet::fit(width, 7.5, true);
            let shown = (sheet.micros.is_some(), sheet.gap_end.is_some());
            assert_eq!(shown, (micros, gap), "{width}");
            assert!(sheet.server - sheet.client >= 180.0, "{width}: {sheet:?}");
            assert!(sheet.server < sheet.right);
        };
        check(1400.0, true, true);
        check(740.0, true, true);
        check(600.0, true, false);
        check(420.0, false, false);
    }
}
