//! What one end wrote against what the other end read, side by side over the bytes of the stream.

use std::ops::Range;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Grid, RichText, ScrollArea, Ui};

use super::super::widgets::{small_label, visible};
use super::super::{Action, Cx, Tokens, clock};
use crate::capture::{Detail, End, EndChunk, Ends};
use crate::model::Model;
use crate::payload::{Encoding, StreamEnd, TextStart};
use crate::words::Language;

/// How many bytes of a piece are shown.
const SHOWN_BYTES: usize = 48;

/// Shows both ends of the stream that a payload is of.
pub(super) fn ends_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    let Some(size) = detail.row.kind.data_bytes() else {
        return;
    };
    let entry = detail.row.entry;
    let range = detail.stream_offset..detail.stream_offset + size;
    cx.extend(cx.timeline.ends_wanted(entry, &range).map(Action::Ask));
    match cx.timeline.ends(entry, &range) {
        None => {}
        Some(None) => {
            small_label(ui, cx.words.detail.no_other_end);
        }
        Some(Some(ends)) => table_ui(ui, cx, detail.start.encoding, ends, &range),
    }
}

/// A part of the stream between two boundaries of either end.
struct Part {
    range: Range<u64>,
    wrote: Option<usize>,
    read: Option<usize>,
}

fn table_ui(ui: &mut Ui, model: &Model, encoding: Encoding, ends: &Arc<Ends>, chosen: &Range<u64>) {
    let tokens = Tokens::of(ui);
    let words = &model.words.detail;
    let name = |end: &End| model.shown_name(end.endpoint).unwrap_or(words.other_end);
    let (wrote, read) = (&ends.wrote, &ends.read);
    let headings = (
        words.wrote(name(wrote), wrote.chunks.len() as u64),
        words.read(name(read), read.chunks.len() as u64),
    );
    let parts = parts(ends);
    let area = ScrollArea::both().id_salt("both ends");
    area.auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        let grid = Grid::new("ends")
            .num_columns(3)
            .spacing([24.0, 3.0])
            .min_row_height(Tokens::LINE_HEIGHT);
        grid.show(ui, |ui| {
            let bold =
                |words: String, color| RichText::new(words).family(Tokens::semibold()).color(color);
            ui.label(bold(headings.0, tokens.sent));
            ui.label("");
            ui.label(bold(headings.1, tokens.received));
            ui.end_row();
            let mut before = (None, None);
            for part in &parts {
                chunk_ui(ui, model.words, wrote, part.wrote, before.0);
                bytes_ui(ui, ends, encoding, part, chosen);
                chunk_ui(ui, model.words, read, part.read, before.1);
                ui.end_row();
                before = (part.wrote, part.read);
            }
        });
    });
}

/// Cuts the stream at every boundary of either end.
fn parts(ends: &Ends) -> Vec<Part> {
    let all = ends.wrote.chunks.iter().chain(&ends.read.chunks);
    let mut cuts: Vec<u64> = all.flat_map(|it| [it.range.start, it.range.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let chunk_at = |end: &End, at: u64| {
        let holds = |chunk: &EndChunk| chunk.range.contains(&at);
        end.chunks.iter().position(holds)
    };
    let part = |(from, to): (&u64, &u64)| Part {
        range: *from..*to,
        wrote: chunk_at(&ends.wrote, *from),
        read: chunk_at(&ends.read, *from),
    };
    let parts = cuts.iter().zip(cuts.iter().skip(1)).map(part);
    parts
        .filter(|part| part.wrote.is_some() || part.read.is_some())
        .collect()
}

/// Shows where a chunk begins, that it goes on, or that there is none.
fn chunk_ui(
    ui: &mut Ui,
    language: &Language,
    end: &End,
    chunk: Option<usize>,
    before: Option<usize>,
) {
    let words = &language.detail;
    let tokens = Tokens::of(ui);
    let data = |words: String, color| RichText::new(words).font(Tokens::data()).color(color);
    let found = chunk.and_then(|place| end.chunks.get(place));
    let response = match found {
        None => ui.label(data(words.no_chunk.to_owned(), tokens.faint_text)),
        Some(_) if chunk == before => ui.label(data("  |".to_owned(), tokens.faint_text)),
        Some(it) => {
            let size = language.numbers.size(it.range.end - it.range.start);
            let said = words.chunk_at(&size, &clock::micros(it.time));
            ui.label(data(said, tokens.text))
        }
    };
    if let Some(it) = found {
        let (first, last) = (it.range.start, it.range.end.saturating_sub(1));
        response.on_hover_text(words.bytes_of_stream(first, last));
    }
}

/// Shows the bytes of a part; those of the row that is selected stand out.
fn bytes_ui(ui: &mut Ui, ends: &Ends, encoding: Encoding, part: &Part, chosen: &Range<u64>) {
    let tokens = Tokens::of(ui);
    let place = |at: u64| {
        let place = usize::try_from(at.saturating_sub(ends.offset));
        place.map_or(ends.bytes.len(), |it| it.min(ends.bytes.len()))
    };
    let place = place(part.range.start)..place(part.range.end);
    let bytes = ends.bytes.get(place).unwrap_or_default();
    let start = TextStart::from(encoding);
    let text = start.decode(bytes, Some(SHOWN_BYTES), StreamEnd::Ended);
    let is_chosen = part.range.start < chosen.end && chosen.start < part.range.end;
    let color = if is_chosen {
        tokens.text
    } else {
        tokens.muted_text
    };
    let mut job = LayoutJob::default();
    let whole = 0..text.text.len();
    visible::append(&mut job, &text, whole, (&Tokens::data(), color), tokens);
    ui.label(job);
}
