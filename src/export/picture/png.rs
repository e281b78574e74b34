//! A sketch as PNG: painted by the renderer and with the fonts that the window uses anyway.

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder as _};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use vello_cpu::color::AlphaColor;
use vello_cpu::kurbo::{BezPath, Circle, Point as Place, Rect, RoundedRect, Shape as _, Stroke};
use vello_cpu::{Pixmap, RenderContext, Resources};

use super::svg::BASELINE;
use super::{Face, PictureInk, PicturePalette, PictureShape, Point, Rectangle, Sketch, fonts};
use crate::export::ExportError;

/// How many dots a point has, where the picture is small enough.
const SHARP: u16 = 2;
/// The most dots of a picture: 128 MiB while it is painted.
const MAX_DOTS: f32 = 32.0 * 1024.0 * 1024.0;
/// How exact a curve is, in dots.
const TOLERANCE: f64 = 0.1;

/// Returns the file.
///
/// # Errors
///
/// It would have too many dots.
pub(super) fn of(sketch: &Sketch, palette: &PicturePalette) -> Result<Vec<u8>, ExportError> {
    let (scale, width, height) = dots(sketch).ok_or(ExportError::PictureTooLarge)?;
    let mut brush = Brush {
        context: RenderContext::new(width, height),
        palette,
        scale: f64::from(scale),
        typefaces: Typefaces::new(),
    };
    brush.ink(PictureInk::Ground);
    let all = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    brush.context.fill_rect(&all);
    for item in &sketch.items {
        brush.shape(&item.shape, item.ink);
    }
    let mut dots = Pixmap::new(width, height);
    brush.context.flush();
    brush.context.render(&mut dots, &mut Resources::new());
    let mut file = Cursor::new(Vec::new());
    // The ground is opaque, so nothing has to be unmultiplied.
    let encoder = image::codecs::png::PngEncoder::new(&mut file);
    let written = encoder.write_image(
        dots.data_as_u8_slice(),
        width.into(),
        height.into(),
        ExtendedColorType::Rgba8,
    );
    written.map_err(ExportError::Picture)?;
    Ok(file.into_inner())
}

/// Returns how many dots a point has, and how many dots are in a row and in a column; `None` if they are too many.
fn dots(sketch: &Sketch) -> Option<(u16, u16, u16)> {
    let (width, height) = sketch.size;
    let fits = |scale: &u16| {
        let scale = f32::from(*scale);
        let (width, height) = (width * scale, height * scale);
        let most = f32::from(u16::MAX);
        width * height <= MAX_DOTS && width < most && height < most
    };
    let scale = [SHARP, 1].into_iter().find(fits)?;
    let whole = |length: f32| (length * f32::from(scale)).ceil().max(1.0) as u16;
    Some((scale, whole(width), whole(height)))
}

struct Brush<'a> {
    context: RenderContext,
    palette: &'a PicturePalette,
    scale: f64,
    typefaces: Typefaces,
}

impl Brush<'_> {
    fn ink(&mut self, ink: PictureInk) {
        let [red, green, blue] = self.palette.color(ink);
        self.context
            .set_paint(AlphaColor::from_rgba8(red, green, blue, 255));
    }

    fn place(&self, at: Point) -> Place {
        Place::new(f64::from(at.x) * self.scale, f64::from(at.y) * self.scale)
    }

    fn rect(&self, rectangle: Rectangle) -> Rect {
        Rect::from_points(self.place(rectangle.min), self.place(rectangle.max))
    }

    fn shape(&mut self, shape: &PictureShape, ink: PictureInk) {
        self.ink(ink);
        match shape {
            PictureShape::Line {
                from,
                to,
                width,
                dash,
            } => {
                let mut path = BezPath::new();
                path.move_to(self.place(*from));
                path.line_to(self.place(*to));
                self.stroke(&path, *width, *dash);
            }
            PictureShape::Area { rectangle, radius } => {
                let path = self.rounded(self.rect(*rectangle), *radius);
                self.context.fill_path(&path);
            }
            PictureShape::Halo { rectangle } => {
                let rect = self.rect(*rectangle);
                self.context.fill_rect(&rect);
            }
            PictureShape::Frame {
                rectangle,
                radius,
                is_dashed,
            } => {
                let rect = self.rect(*rectangle).inset(-0.5 * self.scale);
                let path = self.rounded(rect, *radius);
                self.stroke(&path, 1.0, is_dashed.then_some((3.0, 2.0)));
            }
            PictureShape::Head { corners } => {
                let [one, two, three] = corners.map(|it| self.place(it));
                let mut path = BezPath::new();
                path.move_to(one);
                path.line_to(two);
                path.line_to(three);
                path.close_path();
                self.context.fill_path(&path);
            }
            PictureShape::Dot { center, radius } => {
                let circle = Circle::new(self.place(*center), f64::from(*radius) * self.scale);
                self.context.fill_path(&circle.to_path(TOLERANCE));
            }
            PictureShape::Words {
                text,
                at,
                width,
                size,
                face,
            } => self.words(text, (*at, *width), *size, *face),
        }
    }

    fn rounded(&self, rect: Rect, radius: f32) -> BezPath {
        let radius = f64::from(radius) * self.scale;
        RoundedRect::from_rect(rect, radius).to_path(TOLERANCE)
    }

    fn stroke(&mut self, path: &BezPath, width: f32, dash: Option<(f32, f32)>) {
        let mut stroke = Stroke::new(f64::from(width) * self.scale);
        if let Some((dash, gap)) = dash {
            let lengths = [dash, gap].map(|length| f64::from(length) * self.scale);
            stroke = stroke.with_dashes(0.0, lengths);
        }
        stroke.start_cap = vello_cpu::kurbo::Cap::Butt;
        stroke.end_cap = vello_cpu::kurbo::Cap::Butt;
        self.context.set_stroke(stroke);
        self.context.stroke_path(path);
    }

    /// Paints words as wide as they were where they were measured.
    fn words(&mut self, text: &str, (at, width): (Point, f32), size: f32, face: Face) {
        let size = size * self.scale as f32;
        let glyphs = self.typefaces.glyphs(text, face, size);
        let own: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
        let stretch = f64::from(width) * self.scale / f64::from(own.max(1.0));
        let mut left = self.place(at);
        left.y += f64::from(BASELINE * size);
        for glyph in glyphs {
            let mut pen = Pen {
                path: BezPath::new(),
                origin: left,
                stretch,
            };
            self.typefaces.draw(&glyph, size, &mut pen);
            self.context.fill_path(&pen.path);
            left.x += f64::from(glyph.advance) * stretch;
        }
    }
}

/// A glyph of one of the fonts.
#[derive(Clone, Copy, Debug)]
struct Glyph {
    font: usize,
    id: GlyphId,
    advance: f32,
}

/// The fonts, in the order of [`Face`].
struct Typefaces(Vec<FontRef<'static>>);

impl Typefaces {
    fn new() -> Self {
        let files = [fonts::REGULAR, fonts::STRONG, fonts::DATA];
        let fonts = files.into_iter();
        // A test proves that all of them can be read.
        Self(fonts.filter_map(|file| FontRef::new(file).ok()).collect())
    }

    /// Returns the glyphs of a line; what a font lacks comes from another one.
    fn glyphs(&self, text: &str, face: Face, size: f32) -> Vec<Glyph> {
        let order = match face {
            Face::Regular => [0, 2, 1],
            Face::Strong => [1, 2, 0],
            Face::Data => [2, 0, 1],
        };
        let glyph = |sign: char| {
            let known = order.into_iter().find_map(|font| {
                let id = self.0.get(font)?.charmap().map(sign)?;
                Some((font, id))
            });
            let (font, id) = known.unwrap_or((order[0], GlyphId::NOTDEF));
            let metrics = self
                .0
                .get(font)?
                .glyph_metrics(Size::new(size), LocationRef::default());
            let advance = metrics.advance_width(id).unwrap_or(0.0);
            Some(Glyph { font, id, advance })
        };
        text.chars().filter_map(glyph).collect()
    }

    fn draw(&self, glyph: &Glyph, size: f32, pen: &mut Pen) {
        let font = self.0.get(glyph.font);
        let outline = font.and_then(|font| font.outline_glyphs().get(glyph.id));
        if let Some(outline) = outline {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // A glyph that cannot be drawn leaves its room empty.
            outline.draw(settings, pen).ok();
        }
    }
}

/// Takes the outline of a glyph, whose heights count upwards.
struct Pen {
    path: BezPath,
    origin: Place,
    /// How much wider it becomes.
    stretch: f64,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> Place {
        let right = f64::from(x) * self.stretch;
        Place::new(self.origin.x + right, self.origin.y - f64::from(y))
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx0, cy0), self.at(x, y));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let (one, two) = (self.at(cx0, cy0), self.at(cx1, cy1));
        self.path.curve_to(one, two, self.at(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
