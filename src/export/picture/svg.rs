//! A sketch as SVG 1.1 (W3C): text stays text, with the width that it had, whatever fonts a viewer has.

use std::fmt::Write as _;

use super::{Face, PictureInk, PicturePalette, PictureShape, Point, Rectangle, Sketch};

/// How far below the middle of a line its baseline is, in sizes of the font: half the height of Inter's capitals.
pub(super) const BASELINE: f32 = 0.364;

/// The fonts of words, and of addresses and times: the first one that a viewer has.
const LETTERS: [&str; 4] = ["Inter", "Helvetica", "Arial", "sans-serif"];
const DATA: [&str; 4] = ["JetBrains Mono", "Menlo", "Consolas", "monospace"];

/// Returns the file.
pub(super) fn of(sketch: &Sketch, palette: &PicturePalette) -> String {
    let mut svg = Svg {
        text: String::new(),
        palette,
    };
    let (width, height) = (number(sketch.size.0), number(sketch.size.1));
    svg.line(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\">"
    ));
    svg.line(format_args!("<title>{}</title>", escaped(&sketch.title)));
    let ground = svg.color(PictureInk::Ground);
    svg.line(format_args!(
        "<rect width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>"
    ));
    for item in &sketch.items {
        svg.shape(&item.shape, item.ink);
    }
    svg.line(format_args!("</svg>"));
    svg.text
}

struct Svg<'a> {
    text: String,
    palette: &'a PicturePalette,
}

impl Svg<'_> {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        writeln!(self.text, "{line}").ok();
    }

    fn color(&self, ink: PictureInk) -> String {
        let [red, green, blue] = self.palette.color(ink);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn shape(&mut self, shape: &PictureShape, ink: PictureInk) {
        let color = self.color(ink);
        match shape {
            PictureShape::Line {
                from,
                to,
                width,
                dash,
            } => {
                let dash = dash.map_or_else(String::new, |(dash, gap)| {
                    format!(" stroke-dasharray=\"{} {}\"", number(dash), number(gap))
                });
                self.line(format_args!(
                    "<path d=\"M{} L{}\" stroke=\"{color}\" stroke-width=\"{}\"{dash}/>",
                    point(*from),
                    point(*to),
                    number(*width)
                ));
            }
            PictureShape::Area { rectangle, radius } => {
                let rect = rect(*rectangle, *radius);
                self.line(format_args!("<rect {rect} fill=\"{color}\"/>"));
            }
            PictureShape::Halo { rectangle } => {
                let rect = rect(*rectangle, 2.0);
                self.line(format_args!("<rect {rect} fill=\"{color}\"/>"));
            }
            PictureShape::Frame {
                rectangle,
                radius,
                is_dashed,
            } => {
                let inside = Rectangle::between(
                    rectangle.min.x + 0.5,
                    rectangle.min.y + 0.5,
                    rectangle.max.x - 0.5,
                    rectangle.max.y - 0.5,
                );
                let rect = rect(inside, *radius);
                let dash = if *is_dashed {
                    " stroke-dasharray=\"3 2\""
                } else {
                    ""
                };
                self.line(format_args!(
                    "<rect {rect} fill=\"none\" stroke=\"{color}\"{dash}/>"
                ));
            }
            PictureShape::Head { corners } => {
                let [one, two, three] = corners.map(point);
                self.line(format_args!(
                    "<path d=\"M{one} L{two} L{three} Z\" fill=\"{color}\"/>"
                ));
            }
            PictureShape::Dot { center, radius } => self.line(format_args!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{color}\"/>",
                number(center.x),
                number(center.y),
                number(*radius)
            )),
            PictureShape::Words {
                text,
                at,
                width,
                size,
                face,
            } => {
                let (family, weight) = match face {
                    Face::Regular => (LETTERS.join(","), ""),
                    Face::Strong => (LETTERS.join(","), " font-weight=\"600\""),
                    Face::Data => (DATA.join(","), ""),
                };
                self.line(format_args!(
                    "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" font-family=\"{family}\" \
                     font-size=\"{}\"{weight} fill=\"{color}\">{}</text>",
                    number(at.x),
                    number(at.y + BASELINE * size),
                    number(*width),
                    number(*size),
                    escaped(text)
                ));
            }
        }
    }
}

fn rect(rectangle: Rectangle, radius: f32) -> String {
    let (width, height) = (
        rectangle.max.x - rectangle.min.x,
        rectangle.max.y - rectangle.min.y,
    );
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"",
        number(rectangle.min.x),
        number(rectangle.min.y),
        number(width.max(0.0)),
        number(height.max(0.0)),
        number(radius)
    )
}

fn point(at: Point) -> String {
    format!("{} {}", number(at.x), number(at.y))
}

/// Returns a length to a hundredth, in as few signs as that takes.
fn number(length: f32) -> String {
    let text = format!("{length:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

/// Returns text as XML 1.0 allows it between tags and in attributes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // What XML has no way to write.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            sign if sign.is_control() => escaped.push('\u{fffd}'),
            sign => escaped.push(sign),
        }
    }
    escaped
}
