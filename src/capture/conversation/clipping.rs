//! Writes rows of a transcript for the clipboard.

use std::mem;

use super::transcript::Transcript;
use super::{ConversationQuery, LineText, TranscriptLine};
use crate::capture::clipboard::{COPY_LIMIT_BYTES, Copied};
use crate::capture::kind::RowKind;
use crate::capture::page::{MAX_ROWS, Span};
use crate::capture::pass::Turn;
use crate::capture::say::{Remark, Say};
use crate::capture::texts::TextsOf;
use crate::payload::{HexLine, RowRule, copy as plain};

/// Rows for the clipboard, from the first coordinate to the last.
///
/// If one direction is shown, text is copied as in the stream, with its own line breaks, and escaped text as one
/// string; each datagram begins a line. Otherwise every row is a line, with an arrow if both directions are shown.
#[derive(Debug)]
pub(in crate::capture) struct LineClipping {
    is_stream: bool,
    has_arrow: bool,
    next: u64,
    last: u64,
    limit_bytes: usize,
    /// The entry of the newest row.
    latest: Option<u64>,
    copied: Copied,
}

impl LineClipping {
    /// Starts a copy of a transcript's rows.
    pub(in crate::capture) fn new(query: ConversationQuery, (next, last): (u64, u64)) -> Self {
        Self {
            is_stream: query
                .only
                .is_some_and(|direction| !matches!(query.rules.of(direction), RowRule::Hex { .. })),
            has_arrow: query.only.is_none(),
            next,
            last,
            limit_bytes: COPY_LIMIT_BYTES,
            latest: None,
            copied: Copied::default(),
        }
    }

    #[cfg(test)]
    pub(super) fn limited(self, limit_bytes: usize) -> Self {
        Self {
            limit_bytes,
            ..self
        }
    }

    /// Takes the copied text.
    pub(in crate::capture) fn take(&mut self) -> Copied {
        mem::take(&mut self.copied)
    }

    /// Copies rows until the turn is over. Returns whether all are copied.
    pub(in crate::capture) fn work(
        &mut self,
        transcript: &mut Transcript,
        texts: TextsOf<'_>,
        say: &dyn Say,
        turn: Turn,
    ) -> bool {
        while self.next <= self.last && !self.copied.cut {
            let count = usize::try_from(self.last - self.next).unwrap_or(MAX_ROWS);
            let count = count.saturating_add(1).min(MAX_ROWS);
            let first = self.next;
            let page = transcript.page(Span::From { first, count }, texts);
            if page.rows.is_empty() {
                return true;
            }
            self.next = page.first + page.rows.len() as u64;
            let has_edges = self.is_stream && transcript.has_datagrams();
            for line in &page.rows {
                self.push(line, has_edges, say);
            }
            if turn.is_over() {
                break;
            }
        }
        self.next > self.last || self.copied.cut
    }

    fn push(&mut self, line: &TranscriptLine, has_edges: bool, say: &dyn Say) {
        let mut written = self.write(line, say);
        if has_edges && line.is_first && line.kind.data_bytes().is_some() {
            self.part(line, &mut written);
        }
        let Copied { text, entries, cut } = &mut self.copied;
        *cut |= text.len() + written.len() > self.limit_bytes;
        if !*cut {
            text.push_str(&written);
            *entries += u64::from(self.latest != Some(line.entry));
            self.latest = Some(line.entry);
        }
    }

    /// Parts a datagram from the one before it.
    fn part(&self, line: &TranscriptLine, written: &mut String) {
        let before = &self.copied.text;
        if !before.is_empty() && !before.ends_with('\n') {
            written.insert(0, '\n');
        }
        if line.kind.data_bytes() == Some(0) {
            written.push('\n');
        }
    }

    fn write(&self, line: &TranscriptLine, say: &dyn Say) -> String {
        let text = match &line.text {
            LineText::Text { text, .. } => plain::plain(text),
            LineText::Escaped(text) => text.clone(),
            LineText::NotKept(bytes) => say.remark(Remark::NotKept { bytes: *bytes }),
            LineText::Bytes(_) | LineText::Words(_) if self.is_stream => String::new(),
            LineText::Bytes(row) => HexLine::new(row.offset(), row.bytes()).to_string(),
            LineText::Words(words) => say.happening(words).text,
        };
        if self.is_stream {
            return text;
        }
        let arrow = match line.kind {
            _ if !self.has_arrow => "",
            RowKind::Received(_) => "← ",
            RowKind::Sent(_) => "→ ",
            _ => "  ",
        };
        format!("{arrow}{}\n", text.trim_end_matches(['\r', '\n']))
    }
}
