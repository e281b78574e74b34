//! From the places of a ladder to lines, areas and words: only those between two heights. Pure.

use super::pen::Pen;
use super::plan::{FALL, HEAD};
use super::reports::ReportSide;
use super::rows::INITIAL;
use super::sheet::{Drawing, NAME_SIZE, SMALL_SIZE, STATES};
use crate::capture::trace::EndState;
use crate::export::picture::{Face, PictureInk, PictureItem, Point, Rectangle, Sketch};

/// Where something of a row can be pressed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) rectangle: Rectangle,
    pub(super) row: usize,
    /// Whose beat it is; `None` for all of the row.
    pub(super) side: Option<ReportSide>,
    pub(super) entry: Option<u64>,
}

impl Drawing<'_> {
    /// Returns its height with what explains it.
    pub(super) fn height(&self) -> f32 {
        self.plan.bottom + 12.0 + self.legend().1
    }

    /// Returns all of it as one sketch.
    pub(super) fn sketch(&self, title: String) -> Sketch {
        let height = self.height();
        let mut items = self.items((0.0, height));
        items.extend(self.head());
        Sketch {
            title,
            size: (self.width, height),
            items,
        }
    }

    /// Returns what stands above the lifelines: the names.
    pub(super) fn head(&self) -> Vec<PictureItem> {
        let mut pen = Pen::new(self);
        for side in ReportSide::BOTH {
            let end = &self.ends[side as usize];
            let room = if self.is_wide() {
                (self.between() / 2.0 + STATES - 12.0).max(40.0)
            } else {
                self.width / 2.0 - 10.0
            };
            let name = pen.fit(&end.name, Face::Strong, NAME_SIZE, room);
            pen.over(side, 13.0, name, PictureInk::Text);
            if let Some(address) = &end.address {
                let address = pen.fit(address, Face::Data, SMALL_SIZE, room);
                pen.over(side, 30.0, address, PictureInk::Muted);
            }
        }
        let (left, right) = (
            Point::at(0.0, HEAD - 4.0),
            Point::at(self.width, HEAD - 4.0),
        );
        pen.line(left, right, 1.0, None, PictureInk::Thin);
        pen.items
    }

    /// Returns what can be pressed between two heights.
    pub(super) fn spots(&self, (top, bottom): (f32, f32)) -> Vec<Spot> {
        let mut spots = Vec::new();
        let middle = self.x(ReportSide::Client) + self.between() / 2.0;
        for place in self.plan.rows_between(top, bottom) {
            let Some(row) = self.plan.ladder.rows.get(place) else {
                continue;
            };
            let (upper, lower) = self.plan.edges(place);
            let has_two = row.second.is_some();
            for beat in row.beats() {
                let (left, right) = match (has_two, beat.side) {
                    (false, _) => (0.0, self.width),
                    (true, ReportSide::Client) => (0.0, middle),
                    (true, ReportSide::Server) => (middle, self.width),
                };
                let event = self.plan.ladder.event(beat);
                spots.push(Spot {
                    rectangle: Rectangle::between(left, upper, right, lower),
                    row: place,
                    side: has_two.then_some(beat.side),
                    entry: event.and_then(|it| it.entry),
                });
            }
        }
        spots
    }

    /// Returns the boxes of states between two heights, each with what explains it.
    pub(super) fn states(&self, (top, bottom): (f32, f32)) -> Vec<(Rectangle, String)> {
        let ladder = &self.plan.ladder;
        let initial = ReportSide::BOTH.into_iter().filter_map(|side| {
            let state = EndState {
                state: ladder.initial[side as usize]?,
                is_seen: false,
            };
            Some((side, state, INITIAL))
        });
        let rows = self.plan.rows_between(top, bottom);
        let later = rows.flat_map(|place| {
            let states = ladder.rows.get(place).map(|row| row.states);
            ReportSide::BOTH.into_iter().filter_map(move |side| {
                let state = states?[side as usize]?;
                Some((side, state, self.state_height(place, side)))
            })
        });
        let boxes = initial.filter(|it| it.2 >= top).chain(later);
        boxes
            .map(|(side, state, y)| {
                let rectangle = self.state_rectangle(side, state.state, y);
                (rectangle, self.speaker().state(side, state))
            })
            .collect()
    }

    /// Returns what a spot says.
    pub(super) fn said(&self, spot: &Spot) -> String {
        let Some(row) = self.plan.ladder.rows.get(spot.row) else {
            return String::new();
        };
        let beats = row
            .beats()
            .filter(|beat| spot.side.is_none_or(|side| side == beat.side));
        self.speaker().row(beats)
    }

    /// Returns what stands between two heights, but for the names.
    pub(super) fn items(&self, (top, bottom): (f32, f32)) -> Vec<PictureItem> {
        let mut pen = Pen::new(self);
        pen.lasting(top, bottom, true);
        pen.lifelines(top, bottom);
        pen.lasting(top, bottom, false);
        let waits = self.plan.waits.iter();
        let waits = waits.filter(|wait| wait.bottom >= top && wait.top <= bottom);
        for wait in waits.clone() {
            pen.wait(wait);
        }
        let rows = self.plan.rows_between(top, bottom);
        for arrow in &self.plan.ladder.arrows {
            let (from, to) = self.plan.heights(arrow);
            if to + FALL >= top && from <= bottom {
                pen.arrow(arrow, (from, to));
            }
        }
        // Over the arrows: a long one passes a wait.
        for wait in waits {
            pen.wait_words(wait);
        }
        pen.initial_states();
        for row in rows {
            pen.row(row);
        }
        if bottom >= self.plan.bottom {
            pen.items.extend(self.legend().0);
        }
        pen.items
    }
}
