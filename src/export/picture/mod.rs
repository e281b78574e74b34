//! Pictures: a sketch of lines, areas and words, as SVG or PNG. Knows nothing of what it shows.

pub(crate) mod fonts;
mod png;
mod svg;
#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::path::PathBuf;

use super::error::ExportError;
use super::target::{ExportTarget, OutputFile};
use crate::capture::access::Access;
use crate::capture::store::FileAction;

/// The format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureFormat {
    /// Scalable, with text that can be found and copied.
    Svg,
    /// Dots.
    Png,
}

impl PictureFormat {
    /// Returns its file extension.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// A place on a sketch, in points from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl Point {
    /// Returns the place at these distances.
    pub const fn at(x: f32, y: f32) -> Self {
        Self { x, y }
    }
}

/// A rectangle with its sides along those of the sketch.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rectangle {
    /// The upper left corner.
    pub min: Point,
    /// The lower right corner.
    pub max: Point,
}

impl Rectangle {
    /// Returns the rectangle between these edges.
    pub const fn between(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self {
            min: Point::at(left, top),
            max: Point::at(right, bottom),
        }
    }
}

/// What is drawn, in points, in the order of painting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    /// What it is a picture of.
    pub title: String,
    /// Its width and height.
    pub size: (f32, f32),
    /// Its parts.
    pub items: Vec<PictureItem>,
}

/// A part of a sketch.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureItem {
    /// What it is.
    pub shape: PictureShape,
    /// What its colour says.
    pub ink: PictureInk,
}

impl PictureItem {
    /// Returns whether it is the ground behind words.
    pub fn is_halo(&self) -> bool {
        matches!(self.shape, PictureShape::Halo { .. })
    }
}

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureShape {
    /// A straight line.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
        /// How wide it is.
        width: f32,
        /// The lengths of a dash and of a gap; `None` for a solid line.
        dash: Option<(f32, f32)>,
    },
    /// A filled rectangle.
    Area {
        /// Its edges.
        rectangle: Rectangle,
        /// How round its corners are.
        radius: f32,
    },
    /// The ground behind words, so that no line goes through them.
    Halo {
        /// Its edges.
        rectangle: Rectangle,
    },
    /// The outline of a rectangle, one point wide, within it.
    Frame {
        /// Its edges.
        rectangle: Rectangle,
        /// How round its corners are.
        radius: f32,
        /// Whether it is dashed.
        is_dashed: bool,
    },
    /// A filled triangle.
    Head {
        /// Its corners.
        corners: [Point; 3],
    },
    /// A filled circle.
    Dot {
        /// Its middle.
        center: Point,
        /// Its radius.
        radius: f32,
    },
    /// One line of words.
    Words {
        /// What they are.
        text: String,
        /// Their left edge and their middle.
        at: Point,
        /// How wide they are.
        width: f32,
        /// The size of the font.
        size: f32,
        /// The font.
        face: Face,
    },
}

impl PictureShape {
    /// Returns how far up and down it reaches.
    pub fn heights(&self) -> (f32, f32) {
        match self {
            Self::Line {
                from, to, width, ..
            } => (from.y.min(to.y) - width, from.y.max(to.y) + width),
            Self::Area { rectangle, .. }
            | Self::Halo { rectangle }
            | Self::Frame { rectangle, .. } => (rectangle.min.y, rectangle.max.y),
            Self::Head { corners } => corners
                .iter()
                .fold((f32::INFINITY, f32::NEG_INFINITY), |(top, bottom), it| {
                    (top.min(it.y), bottom.max(it.y))
                }),
            Self::Dot { center, radius } => (center.y - radius, center.y + radius),
            Self::Words { at, size, .. } => (at.y - size, at.y + size),
        }
    }
}

/// A font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// Words.
    Regular,
    /// Words that are read first.
    Strong,
    /// Addresses and times.
    Data,
}

/// What a colour says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureInk {
    /// The ground.
    Ground,
    /// The ground of a stretch in which one end has finished sending.
    HalfClosed,
    /// The ground of what is selected.
    Selection,
    /// Words that are read first.
    Text,
    /// Words that are read second.
    Muted,
    /// Words that are looked up.
    Faint,
    /// A lifeline.
    Lifeline,
    /// A lifeline where there is no connection, and other thin lines.
    Thin,
    /// Bytes of the client.
    Sent,
    /// Bytes of the server.
    Received,
    /// A beginning.
    Good,
    /// Something to notice.
    Caution,
    /// A failure.
    Bad,
}

impl PictureInk {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Ground,
        Self::HalfClosed,
        Self::Selection,
        Self::Text,
        Self::Muted,
        Self::Faint,
        Self::Lifeline,
        Self::Thin,
        Self::Sent,
        Self::Received,
        Self::Good,
        Self::Caution,
        Self::Bad,
    ];
}

/// The colours of a picture: red, green and blue of each ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PicturePalette([[u8; 3]; PictureInk::ALL.len()]);

impl PicturePalette {
    /// Makes it of a colour for each ink.
    pub fn of(color: impl Fn(PictureInk) -> [u8; 3]) -> Self {
        Self(PictureInk::ALL.map(color))
    }

    fn color(&self, ink: PictureInk) -> [u8; 3] {
        self.0[ink as usize]
    }
}

/// A picture that is to be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureJob {
    /// What is drawn.
    pub sketch: Sketch,
    /// In which colours.
    pub palette: PicturePalette,
    /// The format.
    pub format: PictureFormat,
    /// The file.
    pub path: PathBuf,
    /// Whether to replace one that exists.
    pub replace: bool,
}

impl PictureJob {
    /// Writes the file, and returns its size in bytes.
    ///
    /// # Errors
    ///
    /// The picture is too large for its format, or the file cannot be written; then nothing is left behind.
    pub(crate) fn write(self) -> Result<u64, ExportError> {
        let bytes = match self.format {
            PictureFormat::Svg => svg::of(&self.sketch, &self.palette).into_bytes(),
            PictureFormat::Png => png::of(&self.sketch, &self.palette)?,
        };
        let target = ExportTarget::Path {
            path: self.path.clone(),
            replace: self.replace,
        };
        let mut file = OutputFile::open(target, Access::PRIVATE)?;
        file.write_all(&bytes)
            .map_err(ExportError::io(FileAction::Write, &self.path))?;
        file.finish()?;
        Ok(bytes.len() as u64)
    }
}
