//! The bytes of the request, with the one that keeps a rule from answering marked.

use egui::Ui;

use super::super::detail::{ChosenBytes, hex_ui, per_line};
use super::super::widgets::row_list::RowList;
use super::super::{Action, Cx, Tokens};
use crate::payload::hex;

/// The dump's own state.
#[derive(Debug, Default)]
pub(super) struct BytesView {
    list: RowList,
    chosen: ChosenBytes,
}

impl BytesView {
    /// Shows the bytes in all the space that is left; `is_new` brings the marked one into sight.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        bytes: &[u8],
        marked: Option<usize>,
        is_new: bool,
    ) {
        if let Some(at) = marked.filter(|_| is_new) {
            self.list.reveal((at / per_line(ui)) as u64);
        }
        let marked = marked.filter(|at| *at < bytes.len()).map(|at| at..at + 1);
        let marked = marked.as_slice();
        let grounds = (marked, Tokens::of(ui).difference);
        let words = cx.words.whys.bytes;
        if hex_ui(&mut self.list, ui, words, bytes, &mut self.chosen, grounds) {
            cx.push(Action::CopyText(hex::render(bytes)));
        }
    }
}
