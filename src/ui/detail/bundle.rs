//! A bundle of chunks in the detail pane: what it holds, and the way from chunk to chunk. Below it stands one of them.

use egui::{Align, Layout, Sense, Ui, vec2};

use super::super::widgets::{button, line, small_label};
use super::super::{Action, Cx, Tokens, Wish, clock};
use crate::capture::{BundleMark, ChunkAt, Detail, Row};

/// Which chunk of the selected bundle is shown.
#[derive(Debug, Default)]
pub(super) struct BundleView {
    /// The number of the bundle's row.
    number: Option<u64>,
    /// The chunk; the first one without it.
    at: Option<ChunkAt>,
}

/// The height of the line.
const HEIGHT: f32 = 24.0;
/// The width of a button to another chunk.
const STEP_WIDTH: f32 = 20.0;

impl BundleView {
    /// Begins with the first chunk where another row is selected.
    pub(super) fn follow(&mut self, number: u64) {
        if self.number.replace(number) != Some(number) {
            self.at = None;
        }
    }

    /// Returns the chunk to show; `None` for the first one.
    pub(super) fn at(&self) -> Option<ChunkAt> {
        self.at
    }

    /// Shows the chunk of an entry.
    pub(super) fn go_to(&mut self, entry: u64) {
        self.at = Some(ChunkAt::Entry(entry));
    }

    /// Shows what the bundle holds, which chunk of it stands below, and what goes to another one.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, row: &Row, detail: &Detail) {
        let Some(bundle) = row.bundle else { return };
        let words = &cx.words.detail;
        let size = vec2(ui.available_width(), HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let mut right = ui.new_child(line(rect).layout(Layout::right_to_left(Align::Center)));
        let open = button::small(&mut right, cx.words.lanes.show_chunks);
        if open.clicked() {
            cx.wish(Wish::GoTo(detail.row.entry));
            cx.push(Action::Bundle(false));
        }
        let mut step = |ui: &mut Ui, to: Option<u64>, forward: bool, name: &str| {
            let size = vec2(STEP_WIDTH, HEIGHT);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            ui.scope(|ui| {
                if to.is_none() {
                    ui.disable();
                }
                let response = button::chevron(ui, rect.shrink2(vec2(0.0, 2.0)), forward);
                let response = response.accessible_name(name).on_hover_text(name);
                if let Some(to) = to.filter(|_| response.clicked()) {
                    self.at = Some(ChunkAt::Nth(to));
                }
            });
        };
        let (at, chunks) = (detail.chunk, bundle.chunks);
        let next = Some(at + 1).filter(|next| *next < chunks);
        step(&mut right, next, true, words.next_chunk);
        let place = words.chunk_of(at + 1, chunks.max(at + 1));
        right.label(Tokens::small_words(place, Tokens::of(ui).muted_text));
        let previous = at.checked_sub(1);
        step(&mut right, previous, false, words.previous_chunk);
        let room = rect.with_max_x(right.min_rect().left() - 8.0);
        let mut left = ui.new_child(line(room));
        small_label(&mut left, holds(cx, row, &bundle));
    }
}

/// Says what a bundle holds, and from when to when.
fn holds(cx: &Cx<'_>, row: &Row, bundle: &BundleMark) -> String {
    let words = cx.words;
    let held = words.lanes.bundle(
        &words.counts.chunks(bundle.chunks),
        &words.numbers.size(bundle.bytes),
        &words.numbers.duration(bundle.took),
    );
    let last = row.time.checked_add(bundle.took).unwrap_or(row.time);
    let (first, last) = (clock::micros(row.time), clock::micros(last));
    words.detail.held_between(&held, &first, &last)
}
