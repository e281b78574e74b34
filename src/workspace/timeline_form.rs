//! How a person wants the timeline's rows: which columns, how wide, and how payloads are written in them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// The narrowest and the widest column that is remembered, in points.
pub const COLUMN_WIDTH: RangeInclusive<f32> = 20.0..=600.0;

/// How the timeline's rows are shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimelineForm {
    /// How payloads are written.
    pub payloads: PayloadForm,
    /// The columns that are left out.
    pub hidden: BTreeSet<TimelineColumn>,
    /// The widths of the columns that were resized, in points. The others are as wide as they need to be.
    pub widths: BTreeMap<TimelineColumn, f32>,
}

/// How a payload is written in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadForm {
    /// As hex where most of its bytes are not text, else as text.
    #[default]
    Auto,
    /// As text.
    Text,
    /// As hex.
    Hex,
}

/// A column of the timeline that can be left out. What happened is always shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineColumn {
    /// When it happened.
    Time,
    /// The time since the row before.
    Gap,
    /// The connection's number.
    Connection,
    /// The endpoint.
    Endpoint,
    /// The sign of the direction, or of what happened.
    Direction,
    /// How many bytes.
    Bytes,
}

impl TimelineColumn {
    /// All of them, from left to right.
    pub const ALL: [Self; 6] = [
        Self::Time,
        Self::Gap,
        Self::Connection,
        Self::Endpoint,
        Self::Direction,
        Self::Bytes,
    ];
}

impl TimelineForm {
    /// Returns whether a column is to be shown.
    pub fn shows(&self, column: TimelineColumn) -> bool {
        !self.hidden.contains(&column)
    }

    /// Shows a column, or leaves it out.
    pub fn show(&mut self, column: TimelineColumn, is_shown: bool) {
        if is_shown {
            self.hidden.remove(&column);
        } else {
            self.hidden.insert(column);
        }
    }

    /// Gives a column a width, or with `None` the one that it needs.
    pub fn resize(&mut self, column: TimelineColumn, width: Option<f32>) {
        match width.filter(|width| width.is_finite()) {
            Some(width) => {
                let width = width.clamp(*COLUMN_WIDTH.start(), *COLUMN_WIDTH.end());
                self.widths.insert(column, width);
            }
            None => drop(self.widths.remove(&column)),
        }
    }

    /// Returns it without widths that would leave a column that nobody can use.
    #[must_use]
    pub(super) fn sane(mut self) -> Self {
        for (column, width) in std::mem::take(&mut self.widths) {
            self.resize(column, Some(width));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unusable_width_is_not_taken_over() {
        let check = |width: f32, expected: Option<f32>| {
            let widths = BTreeMap::from([(TimelineColumn::Gap, width)]);
            let form = TimelineForm {
                widths,
                ..TimelineForm::default()
            };
            let found = form.sane().widths.get(&TimelineColumn::Gap).copied();
            assert_eq!(found, expected, "{width}");
        };
        check(80.0, Some(80.0));
        check(-3.0, Some(20.0));
        check(1e9, Some(600.0));
        check(f32::NAN, None);
        check(f32::INFINITY, None);
    }
}
