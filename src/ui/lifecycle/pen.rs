//! Puts lines, areas and words on a sketch.

use super::ladder::Lasts;
use super::reports::ReportSide;
use super::sheet::Drawing;
use crate::export::picture::{Face, PictureInk, PictureItem, PictureShape, Point, Rectangle};

/// Words that fit.
pub(super) struct Fitting {
    text: String,
    pub(super) width: f32,
    face: Face,
    size: f32,
}

/// Collects items.
pub(super) struct Pen<'a> {
    pub(super) drawing: &'a Drawing<'a>,
    pub(super) items: Vec<PictureItem>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(drawing: &'a Drawing<'a>) -> Self {
        Self {
            drawing,
            items: Vec::new(),
        }
    }

    pub(super) fn x(&self, side: ReportSide) -> f32 {
        self.drawing.x(side)
    }

    pub(super) fn put(&mut self, ink: PictureInk, shape: PictureShape) {
        self.items.push(PictureItem { shape, ink });
    }

    pub(super) fn line(
        &mut self,
        from: Point,
        to: Point,
        width: f32,
        dash: Option<(f32, f32)>,
        ink: PictureInk,
    ) {
        let line = PictureShape::Line {
            from,
            to,
            width,
            dash,
        };
        self.put(ink, line);
    }

    pub(super) fn area(&mut self, rectangle: Rectangle, radius: f32, ink: PictureInk) {
        self.put(ink, PictureShape::Area { rectangle, radius });
    }

    pub(super) fn measure(&self, text: &str, face: Face, size: f32) -> f32 {
        (self.drawing.measure)(text, face, size)
    }

    pub(super) fn words(&mut self, text: &str, at: Point, face: Face, size: f32, ink: PictureInk) {
        let width = self.measure(text, face, size);
        let fitting = Fitting {
            text: text.to_owned(),
            width,
            face,
            size,
        };
        self.put_words(fitting, at, ink);
    }

    pub(super) fn put_words(&mut self, words: Fitting, at: Point, ink: PictureInk) {
        if words.text.is_empty() {
            return;
        }
        let shape = PictureShape::Words {
            text: words.text,
            at,
            width: words.width,
            size: words.size,
            face: words.face,
        };
        self.put(ink, shape);
    }

    /// Returns as much of the words as fits.
    pub(super) fn fit(&self, text: &str, face: Face, size: f32, room: f32) -> Fitting {
        let fitting = |text: String, width: f32| Fitting {
            text,
            width,
            face,
            size,
        };
        let whole = self.measure(text, face, size);
        if whole <= room {
            return fitting(text.to_owned(), whole);
        }
        let signs: Vec<char> = text.chars().collect();
        let share = (room / whole.max(1.0)).clamp(0.0, 1.0);
        let mut kept = (signs.len() as f32 * share) as usize;
        loop {
            let cut: String = signs.iter().take(kept).chain(&['\u{2026}']).collect();
            let width = self.measure(&cut, face, size);
            if width <= room || kept == 0 {
                return if width <= room {
                    fitting(cut, width)
                } else {
                    fitting(String::new(), 0.0)
                };
            }
            kept -= 1;
        }
    }

    /// Puts words beside the lifeline of a side: outside of it, or between the lifelines.
    pub(super) fn beside(
        &mut self,
        side: ReportSide,
        y: f32,
        words: Fitting,
        ink: PictureInk,
        is_outside: bool,
    ) {
        let x = self.x(side);
        let left = match side {
            ReportSide::Client if is_outside => x - 11.0 - words.width,
            ReportSide::Server if !is_outside => x - 11.0 - words.width,
            _ => x + 11.0,
        };
        self.put_words(words, Point::at(left, y), ink);
    }

    /// Puts words over the lifeline of a side, within the edges.
    pub(super) fn over(&mut self, side: ReportSide, y: f32, words: Fitting, ink: PictureInk) {
        let most = self.drawing.width - words.width - 8.0;
        let left = (self.x(side) - words.width / 2.0).min(most).max(8.0);
        self.put_words(words, Point::at(left, y), ink);
    }

    /// Puts words between the lifelines, so that no line goes through them.
    pub(super) fn centred(&mut self, words: Vec<(Fitting, PictureInk)>, y: f32) {
        const SPACE: f32 = 7.0;
        let is_said = |it: &&(Fitting, PictureInk)| it.0.width > 0.0;
        let said = words.iter().filter(is_said);
        let gaps = said.clone().count().saturating_sub(1) as f32 * SPACE;
        let whole = said.map(|(it, _)| it.width).sum::<f32>() + gaps;
        if whole <= 0.0 {
            return;
        }
        let between = self.drawing.between();
        let mut left = self.x(ReportSide::Client) + (between - whole) / 2.0;
        let halo = Rectangle::between(left - 4.0, y - 7.0, left + whole + 4.0, y + 7.0);
        self.put(self.ground(y), PictureShape::Halo { rectangle: halo });
        for (fitting, ink) in words {
            let width = fitting.width;
            self.put_words(fitting, Point::at(left, y), ink);
            left += if width > 0.0 { width + SPACE } else { 0.0 };
        }
    }

    /// Returns the ground between the lifelines.
    pub(super) fn ground(&self, y: f32) -> PictureInk {
        let plan = self.drawing.plan;
        let mut lasting = plan.ladder.lasting.iter();
        let is_shaded = lasting.any(|it| {
            let (from, to) = plan.lasts(it);
            it.what == Lasts::HalfClosed && from <= y && y <= to
        });
        if is_shaded {
            PictureInk::HalfClosed
        } else {
            PictureInk::Ground
        }
    }
}
