//! What a row's last column shows: a payload as text or hex, or words, with the matches of what is looked for.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Ui};

use super::super::Tokens;
use super::super::highlights::Highlights;
use super::super::widgets::visible;
use super::columns::char_width;
use crate::capture::{Preview, Row, RowText, Say as _};
use crate::net::Address;
use crate::payload::{TextMap, VisibleText};
use crate::words::Language;
use crate::workspace::PayloadForm;

/// What a row's text shows, ready to be painted.
pub(super) struct Text {
    pub(super) galley: Arc<Galley>,
    /// What was found in it, counted in characters.
    pub(super) found: Vec<Range<usize>>,
}

/// Lays a row's text out, cut at a width.
pub(super) fn lay_out(
    ui: &Ui,
    words: &Language,
    row: &Row,
    (form, highlights): (PayloadForm, Option<&mut Highlights<'_>>),
    (width, color): (f32, Color32),
) -> Text {
    let preview = match &row.text {
        RowText::Payload(preview) => preview,
        RowText::Words(happening) => {
            let text = words.happening(happening);
            let found = highlights.map(|it| it.in_words(&text.text));
            let found = found.into_iter().flatten();
            return Text {
                found: found.map(|it| chars_of(&text.text, it)).collect(),
                galley: text_galley(ui, &text, (&Tokens::body(), color), width),
            };
        }
    };
    let encoding = preview.start.encoding;
    let found = highlights.map(|it| it.in_bytes(encoding, &preview.bytes, row.place()));
    let found = found.unwrap_or_default();
    if is_hex(form, preview) {
        let found = found.into_iter();
        return Text {
            galley: hex_galley(ui, preview, width, color),
            found: found.map(|it| 3 * it.start..3 * it.end - 1).collect(),
        };
    }
    let is_udp = row.peer.as_ref().is_some_and(Address::is_udp);
    let galley = if is_udp && row.kind.data_bytes() == Some(0) {
        let empty = words.timeline.empty_datagram;
        elided(ui, empty, Tokens::body(), Tokens::of(ui).faint_text, width)
    } else if preview.text.text.is_empty() && !preview.bytes.is_empty() {
        let part = words.timeline.part_of_a_character;
        elided(ui, part, Tokens::body(), Tokens::of(ui).faint_text, width)
    } else {
        text_galley(ui, &preview.text, (&Tokens::data(), color), width)
    };
    let found = found_in_text(preview, found);
    Text { galley, found }
}

/// Returns whether a payload is written as hex.
fn is_hex(form: PayloadForm, preview: &Preview) -> bool {
    match form {
        PayloadForm::Auto => preview.is_binary,
        PayloadForm::Text => false,
        PayloadForm::Hex => !preview.bytes.is_empty(),
    }
}

/// Returns which characters stand for the bytes that were found.
fn found_in_text(preview: &Preview, found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if found.is_empty() {
        return Vec::new();
    }
    let (_, map) = TextMap::decode(preview.start, &preview.bytes);
    let text = &preview.text.text;
    let found = found.into_iter();
    found
        .map(|bytes| chars_of(text, map.text_of(&bytes)))
        .collect()
}

/// Returns which characters of a text a range of its bytes is.
fn chars_of(text: &str, bytes: Range<usize>) -> Range<usize> {
    let count = |end: usize| text.get(..end).unwrap_or(text).chars().count();
    count(bytes.start)..count(bytes.end)
}

fn text_galley(
    ui: &Ui,
    text: &VisibleText,
    (font, color): (&FontId, Color32),
    width: f32,
) -> Arc<Galley> {
    // What cannot fit even in the smallest font is not laid out.
    let smallest = char_width(ui, &FontId::monospace(Tokens::MARK_SIZE)) / 2.0;
    let most = (width / smallest.max(1.0)) as usize + 1;
    let end = text.text.char_indices().nth(most);
    let end = end.map_or(text.text.len(), |(at, _)| at);
    let mut job = LayoutJob {
        wrap: TextWrapping::truncate_at_width(width),
        ..LayoutJob::default()
    };
    visible::append(&mut job, text, 0..end, (font, color), Tokens::of(ui));
    ui.painter().layout_job(job)
}

/// Lays out as many pairs of digits as there is room for.
fn hex_galley(ui: &Ui, preview: &Preview, width: f32, color: Color32) -> Arc<Galley> {
    let chars = (width / char_width(ui, &Tokens::data())) as usize;
    let text = hex(&preview.bytes, preview.is_cut, chars);
    ui.painter().layout_no_wrap(text, Tokens::data(), color)
}

/// Returns bytes as hex in at most `chars` characters, with an ellipsis where there are more.
fn hex(bytes: &[u8], is_cut: bool, chars: usize) -> String {
    let fits = !is_cut && 3 * bytes.len() <= chars + 1;
    // Each pair and its space take three characters, and the ellipsis one.
    let count = if fits {
        bytes.len()
    } else {
        chars.saturating_sub(1) / 3
    };
    let mut text = String::with_capacity(3 * count + 3);
    for byte in bytes.iter().take(count) {
        // Writing to a string cannot fail.
        write!(text, "{byte:02X} ").ok();
    }
    if fits {
        text.pop();
    } else {
        text.push('…');
    }
    text
}

/// Lays words out, cut at a width.
pub(super) fn elided(
    ui: &Ui,
    words: &str,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_fits_its_room() {
        let check = |bytes: &[u8], is_cut: bool, chars: usize, expected: &str| {
            let text = hex(bytes, is_cut, chars);
            assert_eq!(text, expected);
            assert!(text.chars().count() <= chars.max(1), "{text}");
        };
        check(b"\x01\x03\xFF", false, 8, "01 03 FF");
        check(b"\x01\x03\xFF", false, 7, "01 03 …");
        check(b"\x01\x03\xFF", false, 6, "01 …");
        check(b"\x01\x03\xFF", true, 80, "01 03 FF …");
        check(b"\x01", false, 0, "…");
        check(b"", false, 80, "");
    }

    #[test]
    fn matches_are_counted_in_characters() {
        let check = |bytes: &'static [u8], found: Range<usize>, expected: Range<usize>| {
            let start = crate::payload::TextStart::default();
            let preview = Preview {
                text: start.decode(bytes, None, crate::payload::StreamEnd::Ended),
                bytes: bytes.into(),
                ..Preview::default()
            };
            assert_eq!(found_in_text(&preview, vec![found]), [expected]);
        };
        check(b"Hello", 1..3, 1..3);
        check("日本語".as_bytes(), 3..6, 1..2);
        check(b"a\n\x00b", 1..3, 1..5);
    }
}
