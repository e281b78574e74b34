//! XML 1.0 as a tree of lines, read tolerantly and without interpretation. Entities are not expanded, nothing is
//! fetched.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::markup::{Closing, Markup, MarkupKind, Nesting, OpenTag, Reader, is_name};
use super::page::{DEPTH, Page};
use super::text_line::TextLine;
use super::{Ink, Note, PrettyError, Tag, mark_len, note_mark, trimmed};

/// The longest text shown on one line with its tags.
const INLINE_BYTES: usize = 160;

/// Draws the markup; where it is nested too deep, the remaining bytes are shown unchanged.
pub(super) fn draw(page: &mut Page<'_>) -> Result<(), PrettyError> {
    if !Reader::new(page.bytes()).any(|piece| piece.is_markup()) {
        return Err(PrettyError::NoTag);
    }
    note_mark(page);
    let mut drawing = Drawing {
        nesting: Nesting::default(),
        text: None,
        is_in_tag: false,
    };
    for piece in Reader::new(page.bytes()) {
        if page.is_full() {
            return Ok(());
        }
        if piece.kind == MarkupKind::Start && drawing.nesting.open.len() >= DEPTH {
            drawing.end_line(page);
            let at = page.place(piece.range.start);
            page.note(Note::TooDeep { limit: DEPTH, at }, piece.range.clone());
            page.plain(piece.range.start);
            return Ok(());
        }
        drawing.draw(page, &piece);
    }
    drawing.end_line(page);
    if let Some(unclosed) = drawing.nesting.open.last().filter(|_| !page.is_cut()) {
        page.note(Note::NotClosed(tag(page, unclosed)), unclosed.tag.clone());
    }
    Ok(())
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
    for piece in Reader::new(bytes) {
        let is_in_element = !nesting.open.is_empty();
        // This piece may have been truncated.
        let is_last = is_cut && piece.range.end == bytes.len();
        let is_right = match piece.kind {
            _ if is_last => true,
            MarkupKind::Text => piece.is_blank || (is_in_element && piece.stray.is_none()),
            MarkupKind::CData => is_in_element,
            MarkupKind::Broken => false,
            MarkupKind::Start => nesting.open.len() < DEPTH,
            MarkupKind::End => nesting.is_innermost(bytes, &piece),
            MarkupKind::Empty
            | MarkupKind::Comment
            | MarkupKind::Instruction
            | MarkupKind::Declaration => true,
        };
        if !is_right {
            return false;
        }
        has_element |= matches!(piece.kind, MarkupKind::Start | MarkupKind::Empty);
        nesting.follow(bytes, &piece);
    }
    has_element && (is_cut || nesting.open.is_empty())
}

/// The lines so far, and the state of the open one.
struct Drawing {
    nesting: Nesting,
    /// A short text after a start tag, which the end tag may follow.
    text: Option<Range<usize>>,
    /// Whether the open line is a start tag followed by nothing but `text`.
    is_in_tag: bool,
}

impl Drawing {
    fn draw(&mut self, page: &mut Page<'_>, piece: &Markup) {
        let depth = self.nesting.open.len();
        match piece.kind {
            MarkupKind::Text => return self.draw_text(page, piece),
            MarkupKind::End => return self.draw_end(page, piece),
            _ => self.end_line(page),
        }
        match piece.kind {
            MarkupKind::Comment => draw_block(page, &piece.range, depth, Style::COMMENT),
            MarkupKind::CData => draw_block(page, &piece.range, depth, Style::CDATA),
            MarkupKind::Declaration => {
                let style = Style::declaration(page.bytes(), &piece.range);
                draw_block(page, &piece.range, depth, style);
            }
            MarkupKind::Broken => draw_broken(page, piece, depth),
            kind => {
                page.begin(piece.range.start, depth);
                let is_pair = matches!(kind, MarkupKind::Empty | MarkupKind::Instruction);
                draw_tag(page, piece, 1 + usize::from(is_pair));
            }
        }
        self.is_in_tag = piece.kind == MarkupKind::Start;
        self.nesting.follow(page.bytes(), piece);
    }

    fn draw_text(&mut self, page: &mut Page<'_>, piece: &Markup) {
        if piece.is_blank {
            return;
        }
        let text = trimmed(page.bytes(), piece.range.clone());
        let inner = page.bytes().get(text.clone()).unwrap_or_default();
        let is_short = text.len() <= INLINE_BYTES && memchr(b'\n', inner).is_none();
        if self.is_in_tag && self.text.is_none() && is_short && piece.stray.is_none() {
            self.text = Some(text);
            return;
        }
        self.end_line(page);
        draw_block(page, &text, self.nesting.open.len(), Style::PLAIN);
        let is_cut = |stray: usize| page.is_cut() && stray + 1 == page.bytes().len();
        if let Some(stray) = piece.stray.filter(|&stray| !is_cut(stray)) {
            let at = page.place(stray);
            page.note(Note::StrayAngle(at), stray..stray + 1);
        }
    }

    fn draw_end(&mut self, page: &mut Page<'_>, piece: &Markup) {
        let is_inline = self.is_in_tag && self.nesting.is_innermost(page.bytes(), piece);
        if let Some(text) = self.text.take_if(|_| is_inline) {
            page.put(text, None);
        }
        self.end_line(page);
        let closing = self.nesting.close(page.bytes(), piece);
        if !is_inline {
            page.begin(piece.range.start, self.nesting.open.len());
        }
        draw_tag(page, piece, 1);
        let end = OpenTag {
            name: piece.name.clone(),
            tag: piece.range.clone(),
        };
        let note = match closing {
            Closing::Innermost => return,
            Closing::Outer(unclosed) => Note::NotClosedBefore {
                start: tag(page, &unclosed),
                end: tag(page, &end),
            },
            Closing::Nothing => Note::ClosesNothing(tag(page, &end)),
        };
        page.note(note, end.tag);
    }

    /// Puts a text that waits for an end tag on its own line.
    fn end_line(&mut self, page: &mut Page<'_>) {
        self.is_in_tag = false;
        if let Some(text) = self.text.take() {
            draw_block(page, &text, self.nesting.open.len(), Style::PLAIN);
        }
    }
}

/// Returns a tag for a note.
fn tag(page: &Page<'_>, tag: &OpenTag) -> Tag {
    Tag {
        name: page.word(tag.name.clone()),
        at: page.place(tag.tag.start),
    }
}

/// Draws the tag of `piece` on the open line: white space in it becomes one space.
fn draw_tag(page: &mut Page<'_>, piece: &Markup, closing_len: usize) {
    let bytes = page.bytes();
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
                    page.say(" ", None);
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

fn draw_broken(page: &mut Page<'_>, piece: &Markup, depth: usize) {
    let range = &piece.range;
    // The note at the end of the page already says that it was truncated.
    if !page.is_cut() || range.end < page.bytes().len() {
        let at = page.place(range.start);
        page.note(Note::UnendedTag(at), range.clone());
    }
    draw_block(page, range, depth, Style::PLAIN);
}

/// How a multi-line piece is drawn: the length of its delimiters, and the inks of these and of the contents.
#[derive(Clone, Copy)]
struct Style {
    opening_len: usize,
    closing_len: usize,
    delimiter: Option<Ink>,
    inner: Option<Ink>,
}

impl Style {
    const PLAIN: Self = Self::new(0, 0, None, None);
    const COMMENT: Self = Self::new(4, 3, Some(Ink::Punctuation), None);
    const CDATA: Self = Self::new(9, 3, Some(Ink::Punctuation), Some(Ink::String));

    const fn new(
        opening_len: usize,
        closing_len: usize,
        delimiter: Option<Ink>,
        inner: Option<Ink>,
    ) -> Self {
        Self {
            opening_len,
            closing_len,
            delimiter,
            inner,
        }
    }

    /// Returns the style of a declaration: its opening delimiter includes its name.
    fn declaration(bytes: &[u8], range: &Range<usize>) -> Self {
        let opening_len = "<!".len();
        let inner = bytes.get(range.start + opening_len..range.end);
        let letters = inner.unwrap_or_default().iter();
        let name_len = letters.take_while(|&&byte| is_name(byte)).count();
        Self::new(opening_len + name_len, 1, Some(Ink::Keyword), None)
    }
}

/// Draws bytes line by line, without the white space around each line.
fn draw_block(page: &mut Page<'_>, range: &Range<usize>, depth: usize, style: Style) {
    let bytes = page.bytes().get(..range.end).unwrap_or_default();
    let opening = (range.start + style.opening_len).min(range.end);
    let closing = range.end.saturating_sub(style.closing_len).max(opening);
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
            (range.start..opening, style.delimiter),
            (opening..closing, style.inner),
            (closing..range.end, style.delimiter),
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
