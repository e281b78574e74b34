//! Pictures against what others make of them: a golden file, and a decoder.

use super::*;

fn palette() -> PicturePalette {
    PicturePalette::of(|ink| match ink {
        PictureInk::Ground => [255, 255, 255],
        PictureInk::Sent => [138, 88, 0],
        PictureInk::Bad => [192, 42, 50],
        _ => [28, 39, 51],
    })
}

fn item(ink: PictureInk, shape: PictureShape) -> PictureItem {
    PictureItem { shape, ink }
}

fn sketch() -> Sketch {
    let rectangle = Rectangle::between(10.0, 10.0, 50.0, 24.0);
    let items = vec![
        item(
            PictureInk::Sent,
            PictureShape::Area {
                rectangle,
                radius: 3.0,
            },
        ),
        item(
            PictureInk::Text,
            PictureShape::Frame {
                rectangle,
                radius: 3.0,
                is_dashed: true,
            },
        ),
        item(
            PictureInk::Bad,
            PictureShape::Line {
                from: Point::at(10.0, 40.0),
                to: Point::at(90.5, 44.25),
                width: 1.4,
                dash: Some((5.0, 3.0)),
            },
        ),
        item(
            PictureInk::Bad,
            PictureShape::Head {
                corners: [
                    Point::at(90.5, 44.25),
                    Point::at(82.0, 40.0),
                    Point::at(82.0, 48.0),
                ],
            },
        ),
        item(
            PictureInk::Text,
            PictureShape::Dot {
                center: Point::at(10.0, 40.0),
                radius: 2.5,
            },
        ),
        item(
            PictureInk::Text,
            PictureShape::Words {
                text: "SYN <a&b> →\u{1}".to_owned(),
                at: Point::at(12.0, 60.0),
                width: 70.0,
                size: 11.5,
                face: Face::Strong,
            },
        ),
    ];
    Sketch {
        title: "Connection \"1\"".to_owned(),
        size: (100.0, 80.0),
        items,
    }
}

#[test]
fn a_sketch_is_this_svg() {
    let expected = "\
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"80\" viewBox=\"0 0 100 80\" role=\"img\">
<title>Connection &quot;1&quot;</title>
<rect width=\"100\" height=\"80\" fill=\"#ffffff\"/>
<rect x=\"10\" y=\"10\" width=\"40\" height=\"14\" rx=\"3\" fill=\"#8a5800\"/>
<rect x=\"10.5\" y=\"10.5\" width=\"39\" height=\"13\" rx=\"3\" fill=\"none\" stroke=\"#1c2733\" stroke-dasharray=\"3 2\"/>
<path d=\"M10 40 L90.5 44.25\" stroke=\"#c02a32\" stroke-width=\"1.4\" stroke-dasharray=\"5 3\"/>
<path d=\"M90.5 44.25 L82 40 L82 48 Z\" fill=\"#c02a32\"/>
<circle cx=\"10\" cy=\"40\" r=\"2.5\" fill=\"#1c2733\"/>
<text x=\"12\" y=\"64.19\" textLength=\"70\" lengthAdjust=\"spacingAndGlyphs\" \
font-family=\"Inter,Helvetica,Arial,sans-serif\" font-size=\"11.5\" font-weight=\"600\" fill=\"#1c2733\">\
SYN &lt;a&amp;b&gt; →\u{fffd}</text>
</svg>
";
    assert_eq!(svg::of(&sketch(), &palette()), expected);
}

#[test]
fn a_png_has_the_size_and_the_colours_of_its_sketch() {
    let png = png::of(&sketch(), &palette()).unwrap();
    let image = image::load_from_memory(&png).unwrap().to_rgb8();
    assert_eq!(image.dimensions(), (200, 160));
    let at = |x, y| image.get_pixel(x, y).0;
    assert_eq!(at(1, 1), [255, 255, 255]);
    assert_eq!(at(60, 34), [138, 88, 0]);
    assert_eq!(at(170, 88), [192, 42, 50]);
    assert_eq!(at(20, 80), [28, 39, 51]);
    // The words leave ink in their line, and within their room.
    let inked = |x: std::ops::Range<u32>| {
        let line = (108..132).flat_map(|y| x.clone().map(move |x| (x, y)));
        line.filter(|(x, y)| at(*x, *y) != [255, 255, 255]).count()
    };
    assert!(inked(24..164) > 200);
    assert_eq!(inked(168..200), 0);
}

#[test]
fn every_font_draws_the_letters_of_its_own() {
    for face in [Face::Regular, Face::Strong, Face::Data] {
        let words = PictureShape::Words {
            text: "SYN".to_owned(),
            at: Point::at(5.0, 20.0),
            width: 60.0,
            size: 24.0,
            face,
        };
        let sketch = Sketch {
            size: (70.0, 40.0),
            items: vec![item(PictureInk::Text, words)],
            ..Sketch::default()
        };
        let png = png::of(&sketch, &palette()).unwrap();
        let image = image::load_from_memory(&png).unwrap().to_rgb8();
        let inked = image.pixels().filter(|it| it.0 == [28, 39, 51]).count();
        assert!(inked > 300, "{face:?}: {inked}");
    }
}

#[test]
fn a_picture_with_too_many_dots_is_refused_as_png() {
    let tall = Sketch {
        size: (800.0, 70_000.0),
        ..Sketch::default()
    };
    let refused = png::of(&tall, &palette());
    assert!(matches!(refused, Err(ExportError::PictureTooLarge)));
    assert!(svg::of(&tall, &palette()).contains("height=\"70000\""));
    // A large one has fewer dots.
    let large = Sketch {
        size: (1_000.0, 9_000.0),
        ..Sketch::default()
    };
    let png = png::of(&large, &palette()).unwrap();
    let image = image::load_from_memory(&png).unwrap();
    assert_eq!((image.width(), image.height()), (1_000, 9_000));
}

#[test]
fn a_picture_is_written_and_replaces_no_other_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("handshake.svg");
    let job = PictureJob {
        sketch: sketch(),
        palette: palette(),
        format: PictureFormat::Svg,
        path: path.clone(),
        replace: false,
    };
    let written = job.clone().write().unwrap();
    let file = std::fs::read(&path).unwrap();
    assert_eq!(file.len() as u64, written);
    assert!(file.starts_with(b"<svg "));
    assert!(matches!(job.clone().write(), Err(ExportError::Exists(_))));
    let replaced = PictureJob {
        format: PictureFormat::Png,
        replace: true,
        ..job
    };
    replaced.write().unwrap();
    assert!(std::fs::read(&path).unwrap().starts_with(b"\x89PNG"));
}
