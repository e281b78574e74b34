//! A number over time in a line of its own, as small as a word. Pure but for the painting.

use std::time::Duration;

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

use crate::net::Stamp;

/// The time that a line shows.
pub(super) const SPAN: Duration = Duration::from_mins(1);
/// The longest time between two numbers that belong to one stroke: while nobody looked, nothing is known.
const GAP: Duration = Duration::from_millis(2_500);

/// A number over the last minute: at most one point for each point of the width, the highest there.
pub(super) struct Sparkline {
    /// The strokes, from the left: x from 0 to 1, and the number.
    strokes: Vec<Vec<(f32, u64)>>,
    /// The lowest and the highest number; `None` if there is none.
    pub(super) range: Option<(u64, u64)>,
}

impl Sparkline {
    /// Makes it of numbers, oldest first; `now` is at its right edge.
    pub(super) fn of(numbers: impl Iterator<Item = (Stamp, u64)>, now: Stamp, width: f32) -> Self {
        let columns = width.max(1.0);
        let mut strokes: Vec<Vec<(f32, u64)>> = Vec::new();
        let mut range: Option<(u64, u64)> = None;
        let mut before: Option<Stamp> = None;
        for (stamp, number) in numbers.filter(|(stamp, _)| now.since(*stamp) <= SPAN) {
            let (least, most) = range.unwrap_or((number, number));
            range = Some((least.min(number), most.max(number)));
            let share = 1.0 - now.since(stamp).as_secs_f32() / SPAN.as_secs_f32();
            let x = (share * columns).floor() / columns;
            let is_gap = before.is_none_or(|before| stamp.since(before) > GAP);
            before = Some(stamp);
            match strokes.last_mut() {
                Some(stroke) if !is_gap => match stroke.last_mut() {
                    Some((at, highest)) if *at >= x => *highest = number.max(*highest),
                    _ => stroke.push((x, number)),
                },
                _ => strokes.push(vec![(x, number)]),
            }
        }
        Self { strokes, range }
    }

    /// Paints it into a place; 0 is at the bottom, on a line in the colour of the ground line.
    pub(super) fn paint(&self, painter: &Painter, rect: Rect, [color, ground]: [Color32; 2]) {
        painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, ground));
        let most = self.range.map_or(0, |(_, most)| most).max(1) as f32;
        let place = |(x, number): (f32, u64)| -> Pos2 {
            let y = rect.bottom() - number as f32 / most * rect.height();
            pos2(rect.left() + x * rect.width(), y)
        };
        let stroke = Stroke::new(1.2, color);
        for points in &self.strokes {
            let mut line: Vec<Pos2> = points.iter().map(|it| place(*it)).collect();
            if let [only] = line[..] {
                // One number alone would be nothing to see.
                line.insert(0, pos2(only.x - 1.5, only.y));
            }
            painter.add(Shape::line(line, stroke));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: f64) -> Stamp {
        Stamp((seconds * 1e9) as u64)
    }

    #[test]
    fn a_line_has_the_highest_number_of_each_column() {
        let numbers = (0..300).map(|index| (at(f64::from(index) * 0.2), u64::from(index == 10)));
        let line = Sparkline::of(numbers, at(60.0), 30.0);
        assert_eq!(line.strokes.len(), 1);
        assert!(line.strokes[0].len() <= 31);
        assert_eq!(line.range, Some((0, 1)));
        assert_eq!(line.strokes[0].iter().map(|(_, it)| it).sum::<u64>(), 1);
    }

    #[test]
    fn a_time_in_which_nobody_looked_is_left_out() {
        let numbers = [(at(0.0), 9), (at(90.0), 1), (at(91.0), 2), (at(99.0), 3)];
        let line = Sparkline::of(numbers.into_iter(), at(100.0), 60.0);
        assert_eq!(line.strokes.len(), 2);
        assert_eq!(line.range, Some((1, 3)));
        assert!(
            Sparkline::of(std::iter::empty(), at(1.0), 60.0)
                .range
                .is_none()
        );
    }

    #[test]
    fn the_newest_number_is_at_the_right_edge_however_short_the_session_is() {
        let line = Sparkline::of([(at(1.0), 1), (at(2.0), 2)].into_iter(), at(2.0), 60.0);
        let newest = line.strokes[0].last().unwrap();
        assert!((newest.0 - 1.0).abs() < 0.001);
    }
}
