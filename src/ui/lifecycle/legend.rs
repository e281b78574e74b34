//! What explains the lines that occur in a picture.

use super::ladder::Lasts;
use super::lines::DASH;
use super::pen::Pen;
use super::sheet::{Drawing, SMALL_SIZE};
use crate::export::picture::{Face, PictureInk, PictureItem, PictureShape, Point, Rectangle};

/// A line of the legend.
const LEGEND_LINE: f32 = 20.0;

impl Drawing<'_> {
    /// Returns what explains the lines that occur, and how high that is.
    pub(super) fn legend(&self) -> (Vec<PictureItem>, f32) {
        if !self.is_wide() {
            return (Vec::new(), 0.0);
        }
        let words = &self.words.lifecycles;
        let ladder = &self.plan.ladder;
        let lasts = |what: Lasts| ladder.lasting.iter().any(|it| it.what == what);
        let is_seen = |seen: bool| ladder.arrows.iter().any(|it| it.is_seen == seen);
        let has_state = |seen: bool| {
            let begins = !seen && ladder.initial.iter().any(Option::is_some);
            let mut states = ladder.rows.iter().flat_map(|row| row.states);
            begins || states.any(|it| it.is_some_and(|it| it.is_seen == seen))
        };
        let scale = self.plan.points_per_second.and_then(scale_bar);
        let scale_words = scale.map(|(seconds, _)| {
            let time = std::time::Duration::try_from_secs_f64(seconds).unwrap_or_default();
            words.legend_scale(&self.words.numbers.duration(time))
        });
        let entries = [
            (is_seen(true), Key::Seen, words.legend_seen),
            (is_seen(false), Key::Inferred, words.legend_inferred),
            (has_state(true), Key::State(true), words.legend_state_seen),
            (
                has_state(false),
                Key::State(false),
                words.legend_state_inferred,
            ),
            (
                lasts(Lasts::Unacknowledged),
                Key::Unacknowledged,
                words.legend_unacknowledged,
            ),
            (
                lasts(Lasts::HalfClosed),
                Key::HalfClosed,
                words.legend_half_closed,
            ),
            (
                lasts(Lasts::WindowClosed),
                Key::WindowClosed,
                words.legend_window,
            ),
            (
                scale.is_some(),
                Key::Scale(scale.map_or(0.0, |it| it.1)),
                scale_words.as_deref().unwrap_or_default(),
            ),
        ];
        let mut pen = Pen::new(self);
        let (mut x, mut y) = (16.0, self.plan.bottom + 16.0);
        for (_, key, text) in entries.into_iter().filter(|it| it.0) {
            let room = key.width();
            let width = (self.measure)(text, Face::Regular, SMALL_SIZE);
            if x > 16.0 && x + room + 8.0 + width > self.width - 16.0 {
                (x, y) = (16.0, y + LEGEND_LINE);
            }
            pen.key(key, Point::at(x, y));
            pen.words(
                text,
                Point::at(x + room + 8.0, y),
                Face::Regular,
                SMALL_SIZE,
                PictureInk::Muted,
            );
            x += room + width + 30.0;
        }
        (pen.items, y + LEGEND_LINE - self.plan.bottom - 8.0)
    }
}

impl Pen<'_> {
    fn key(&mut self, key: Key, at: Point) {
        let end = Point::at(at.x + key.width(), at.y);
        let area = |height: f32| Rectangle::between(at.x, at.y - height, end.x, at.y + height);
        match key {
            Key::Seen => self.line(at, end, 1.5, None, PictureInk::Muted),
            Key::Inferred => self.line(at, end, 1.5, Some(DASH), PictureInk::Muted),
            Key::State(is_seen) => {
                let frame = PictureShape::Frame {
                    rectangle: area(6.0),
                    radius: 3.0,
                    is_dashed: !is_seen,
                };
                self.put(PictureInk::Muted, frame);
            }
            Key::Unacknowledged => self.area(area(7.0), 1.0, PictureInk::Sent),
            Key::HalfClosed => self.area(area(7.0), 1.0, PictureInk::HalfClosed),
            Key::WindowClosed => self.area(area(7.0), 1.0, PictureInk::Bad),
            Key::Scale(length) => {
                let x = at.x + key.width() / 2.0;
                let half = length.min(LEGEND_LINE * 4.0) / 2.0;
                let (upper, lower) = (Point::at(x, at.y - half), Point::at(x, at.y + half));
                self.line(upper, lower, 1.5, None, PictureInk::Muted);
                for end in [upper, lower] {
                    let (left, right) = (Point::at(at.x, end.y), Point::at(end.x + 3.0, end.y));
                    self.line(left, right, 1.5, None, PictureInk::Muted);
                }
            }
        }
    }
}

/// A sign of the legend.
#[derive(Clone, Copy)]
enum Key {
    Seen,
    Inferred,
    /// The box of a state, and whether the kernel said it.
    State(bool),
    Unacknowledged,
    HalfClosed,
    WindowClosed,
    Scale(f32),
}

impl Key {
    fn width(self) -> f32 {
        match self {
            Self::Seen | Self::Inferred | Self::State(_) => 28.0,
            Self::Unacknowledged | Self::WindowClosed => 4.0,
            Self::HalfClosed => 20.0,
            Self::Scale(_) => 6.0,
        }
    }
}

/// Returns a time that takes one digit, and its distance.
fn scale_bar(points_per_second: f64) -> Option<(f64, f32)> {
    if !points_per_second.is_finite() || points_per_second <= 0.0 {
        return None;
    }
    let wanted = 60.0 / points_per_second;
    let ten = 10_f64.powf(wanted.log10().floor());
    let steps = [1.0, 2.0, 5.0].map(|it| it * ten);
    let seconds = steps.into_iter().rev().find(|it| *it <= wanted)?;
    Some((seconds, (seconds * points_per_second) as f32))
}
