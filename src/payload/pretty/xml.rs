//! XML 1.0 as a tree of lines, read tolerantly and without interpretation. Entities are not expanded, nothing is
//! fetched.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::markup::{Markup, MarkupKind, MarkupReader, Nesting, is_name};
use super::page::{DEPTH, PrettyPage};
use super::text_line::TextLine;
use super::{Ink, Note, PrettyError, Tag, mark_len, note_mark, trimmed};

/// The longest text shown on one line with its tags.
const INLINE_BYTES: usize = 160;

/// Draws the markup; where it is nested too deep, the remaining bytes are shown unchanged.
pub(super) fn draw(page: &mut PrettyPage<'_>) -> Result<(), PrettyError> {
    if !MarkupReader::new(page.bytes).any(|piece| piece.is_markup()) {
        return Err(PrettyError::NoTag);
    }
    note_mark(page);
    let mut nesting = Nesting::default();
    let mut reader = MarkupReader::new(page.bytes);
    while let Some(piece) = reader.next() {
        if page.is_full() {
            return Ok(());
        }
        let depth = nesting.open.len();
        if piece.kind == MarkupKind::Start && depth >= DEPTH {
            let at = page.place(piece.range.start);
            page.note(Note::TooDeep { limit: DEPTH, at }, piece.range.clone());
            page.plain(piece.range.start);
            return Ok(());
        }
        let closed = nesting.follow(page.bytes, &piece);
        match piece.kind {
            MarkupKind::Start => {
                page.begin(piece.range.start, depth);
                draw_tag(page, &piece, 1);
                if let Some((text, end)) = take_inline(&mut reader, page.bytes, &nesting) {
                    page.put(text, None);
                    draw_tag(page, &end, 1);
                    nesting.follow(page.bytes, &end);
                }
            }
            MarkupKind::End => {
                page.begin(piece.range.start, nesting.open.len());
                draw_tag(page, &piece, 1);
                note_closed(page, &piece, &closed);
            }
            _ => draw_childless(page, &piece, depth),
        }
    }
    if let Some(unclosed) = nesting.open.last().filter(|_| !page.is_cut) {
        page.note(Note::NotClosed(tag(page, unclosed)), unclosed.range.clone());
    }
    Ok(())
}

/// Takes a short text and the end tag of the innermost element, which share a line with its start tag.
fn take_inline(
    reader: &mut MarkupReader<'_>,
    bytes: &[u8],
    nesting: &Nesting,
) -> Option<(Range<usize>, Markup)> {
    let mut ahead = reader.clone();
    let mut end = ahead.next()?;
    let mut text = 0..0;
    if end.kind == MarkupKind::Text {
        text = trimmed(bytes, end.range);
        let inner = bytes.get(text.clone()).unwrap_or_default();
        if text.len() > INLINE_BYTES || memchr(b'\n', inner).is_some() || end.stray.is_some() {
            return None;
        }
        end = ahead.next()?;
    }
    if end.kind != MarkupKind::End || !nesting.is_innermost(bytes, &end) {
        return None;
    }
    *reader = ahead;
    Some((text, end))
}

/// Returns whether the bytes begin with a declaration, or are markup without errors.
pub(super) fn is_likely(bytes: &[u8], is_cut: bool) -> bool {
    let begin = bytes.get(mark_len(bytes)..).unwrap_or_default();
    let begin = begin.trim_ascii_start();
    if begin.starts_with(b"<?xml ") && memmem::find(begin, b"?>").is_some() {
        return true;
    }
    if !begin.starts_with(b"<") {
        return false;
    }
    let mut nesting = Nesting::default();
    let mut has_element = false;
    for piece in MarkupReader::new(bytes) {
        let is_in_element = !nesting.open.is_empty();
        // This piece may have been truncated.
        let is_last = is_cut && piece.range.end == bytes.len();
        let is_right = match piece.kind {
            _ if is_last => true,
            MarkupKind::Text if trimmed(bytes, piece.range.clone()).is_empty() => true,
            MarkupKind::Text => is_in_element && piece.stray.is_none(),
            MarkupKind::CData => is_in_element,
            MarkupKind::Broken => false,
            MarkupKind::Start => nesting.open.len() < DEPTH,
            MarkupKind::End => nesting.is_innermost(bytes, &piece),
            _ => true,
        };
        if !is_right {
            return false;
        }
        has_element |= matches!(piece.kind, MarkupKind::Start | MarkupKind::Empty);
        nesting.follow(bytes, &piece);
    }
    has_element && (is_cut || nesting.open.is_empty())
}

/// Draws a piece that is neither a start tag nor an end tag.
fn draw_childless(page: &mut PrettyPage<'_>, piece: &Markup, depth: usize) {
    let range = &piece.range;
    match piece.kind {
        MarkupKind::Text => {
            draw_plain(page, range, depth);
            let is_cut = |stray: usize| page.is_cut && stray + 1 == page.bytes.len();
            if let Some(stray) = piece.stray.filter(|&stray| !is_cut(stray)) {
                let at = page.place(stray);
                page.note(Note::StrayAngle(at), stray..stray + 1);
            }
        }
        MarkupKind::Comment => {
            let inks = [Some(Ink::Punctuation), None];
            draw_block(page, range, depth, [4, 3], inks);
        }
        MarkupKind::CData => {
            let inks = [Some(Ink::Punctuation), Some(Ink::String)];
            draw_block(page, range, depth, [9, 3], inks);
        }
        MarkupKind::Declaration => {
            // The opening delimiter includes the name.
            let inner = page.bytes.get(range.start + 2..range.end);
            let letters = inner.unwrap_or_default().iter();
            let name_len = letters.take_while(|&&byte| is_name(byte)).count();
            let inks = [Some(Ink::Keyword), None];
            draw_block(page, range, depth, [2 + name_len, 1], inks);
        }
        MarkupKind::Broken => {
            // The note at the end of the page already says that it was truncated.
            if !page.is_cut || range.end < page.bytes.len() {
                let at = page.place(range.start);
                page.note(Note::UnendedTag(at), range.clone());
            }
            draw_plain(page, range, depth);
        }
        _ => {
            page.begin(range.start, depth);
            draw_tag(page, piece, 2);
        }
    }
}

/// Notes elements that an end tag closes without end tags of their own; `closed` is all that it closes.
fn note_closed(page: &mut PrettyPage<'_>, end: &Markup, closed: &[Markup]) {
    let note = match closed {
        [_] => return,
        [] => Note::ClosesNothing(tag(page, end)),
        [.., unclosed] => Note::NotClosedBefore {
            start: tag(page, unclosed),
            end: tag(page, end),
        },
    };
    page.note(note, end.range.clone());
}

/// Returns a tag for a note.
fn tag(page: &PrettyPage<'_>, tag: &Markup) -> Tag {
    Tag {
        name: page.word(tag.name.clone()),
        at: page.place(tag.range.start),
    }
}

/// Draws the tag of `piece` on the open line: white space in it becomes one space.
fn draw_tag(page: &mut PrettyPage<'_>, piece: &Markup, closing_len: usize) {
    let bytes = page.bytes;
    let end = piece
        .range
        .end
        .saturating_sub(closing_len)
        .max(piece.name.end);
    page.put(piece.range.start..piece.name.start, Ink::Punctuation);
    page.put(piece.name.clone(), Ink::Keyword);
    let mut at = piece.name.end;
    while let Some((first, rest)) = bytes.get(at..end).and_then(<[u8]>::split_first) {
        let more = |is_more: fn(u8) -> bool| rest.iter().take_while(|&&byte| is_more(byte)).count();
        let (len, ink) = match *first {
            byte if byte.is_ascii_whitespace() => {
                at += 1 + more(|byte| byte.is_ascii_whitespace());
                if at < end {
                    page.show(" ", None);
                }
                continue;
            }
            quote @ (b'"' | b'\'') => {
                let closing = memchr(quote, rest);
                (closing.map_or(rest.len(), |at| at + 1), Some(Ink::String))
            }
            b'=' => (0, Some(Ink::Punctuation)),
            byte if is_name(byte) => (more(is_name), Some(Ink::Key)),
            _ => (0, None),
        };
        page.put(at..at + 1 + len, ink);
        at += 1 + len;
    }
    page.put(end..piece.range.end, Ink::Punctuation);
}

fn draw_plain(page: &mut PrettyPage<'_>, range: &Range<usize>, depth: usize) {
    draw_block(page, range, depth, [0, 0], [None, None]);
}

/// Draws bytes line by line, without the white space around each line. Their delimiters have these lengths; the inks
/// are those of the delimiters and of what is between them.
fn draw_block(
    page: &mut PrettyPage<'_>,
    range: &Range<usize>,
    depth: usize,
    [opening_len, closing_len]: [usize; 2],
    [delimiter, inner]: [Option<Ink>; 2],
) {
    let bytes = page.bytes.get(..range.end).unwrap_or_default();
    let opening = (range.start + opening_len).min(range.end);
    let closing = range.end.saturating_sub(closing_len).max(opening);
    let mut at = range.start;
    while at < range.end && !page.is_full() {
        let line = TextLine::at(bytes, at);
        let text = trimmed(bytes, line.text);
        at = line.end;
        if text.is_empty() {
            continue;
        }
        page.begin(text.start, depth);
        let parts = [
            (range.start..opening, delimiter),
            (opening..closing, inner),
            (closing..range.end, delimiter),
        ];
        for (part, ink) in parts {
            let start = part.start.max(text.start);
            let end = part.end.min(text.end);
            if start < end {
                page.put(start..end, ink);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pretty;
    use super::super::tests::shown;
    use super::*;

    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(shown(Pretty::Xml, bytes), expected);
    }

    #[test]
    fn elements_are_a_tree_of_lines() {
        check(
            b"<?xml version=\"1.0\"  encoding='x'?>\n<note id=\"1\"\n x='2' ><to>Tove &amp; &a;</to><e/><f></f>\n<g>\n one\n two </g ></note>\n",
            &[
                "0..35 <?xml version=\"1.0\" encoding='x'?>",
                "36..57 <note id=\"1\" x='2'>",
                "57..80   <to>Tove &amp; &a;</to>",
                "80..84   <e/>",
                "84..91   <f></f>",
                "92..95   <g>",
                "97..100     one",
                "102..105     two",
                "106..111   </g>",
                "111..118 </note>",
            ],
        );
    }

    #[test]
    fn other_markup_is_shown_unchanged() {
        check(
            b"<!DOCTYPE n [\n <!ENTITY a \"]>\">\n <!-- ]> ' -->\n]>\n<!-- a\n  b --><n><![CDATA[<x>&]]></n>",
            &[
                "0..13 <!DOCTYPE n [",
                "15..31 <!ENTITY a \"]>\">",
                "33..46 <!-- ]> ' -->",
                "47..49 ]>",
                "50..56 <!-- a",
                "59..64 b -->",
                "64..67 <n>",
                "67..83   <![CDATA[<x>&]]>",
                "83..87 </n>",
            ],
        );
    }

    #[test]
    fn mismatched_tags_are_noted() {
        check(
            b"<a><b>t</a></c>tail",
            &[
                "0..3 <a>",
                "3..6   <b>",
                "6..7     t",
                "7..11 </a>",
                "7..11 # NotClosedBefore { start: Tag { name: \"b\", at: 3 }, end: Tag { name: \"a\", at: 7 } }",
                "11..15 </c>",
                "11..15 # ClosesNothing(Tag { name: \"c\", at: 11 })",
                "15..19 tail",
            ],
        );
        check(
            b"<a><b x='<c>1 < 2</c>",
            &[
                "0..3 <a>",
                "3..9 # UnendedTag(3)",
                "3..9   <b x='",
                "9..12   <c>",
                "12..17     1 < 2",
                "14..15 # StrayAngle(14)",
                "17..21   </c>",
                "0..3 # NotClosed(Tag { name: \"a\", at: 0 })",
            ],
        );
        check(
            b"<a/><!-- b",
            &["0..4 <a/>", "4..10 # UnendedTag(4)", "4..10 <!-- b"],
        );
        let long = format!("</{}>", "\u{202E}".repeat(40));
        let lines = Pretty::Xml.render(long.as_bytes()).unwrap();
        let name = r"\u{202E}".repeat(7) + "…";
        assert_eq!(
            lines[1].note,
            Some(Note::ClosesNothing(Tag { name, at: 0 }))
        );
        let deep = "<a>".repeat(200);
        let lines = shown(Pretty::Xml, deep.as_bytes());
        assert_eq!(lines[128], "384..387 # TooDeep { limit: 128, at: 384 }");
        assert_eq!(lines.len(), 130);
    }

    #[test]
    fn without_a_tag_there_is_an_error() {
        let check = |bytes: &[u8]| {
            assert_eq!(Pretty::Xml.render(bytes), Err(PrettyError::NoTag));
        };
        check(b"");
        check(b"hello, 1 < 2");
        check(b"<a");
    }
}
