//! Two payloads beside each other, their differing bytes marked.

use std::ops::Range;

use bytes::Bytes;
use egui::{Align, Layout, RichText, Ui};

use super::super::theme::Tokens;
use super::super::widgets::button;
use super::chosen::ChosenBytes;
use super::hex::HexView;
use super::{GAP, line};
use crate::payload::compare::{Change, Comparison, compare};
use crate::words::detail::Detail as Words;

/// The payload that others are compared with.
#[derive(Debug)]
pub(super) struct Compared {
    /// What it is, in words.
    name: String,
    bytes: Bytes,
    left: HexView,
    left_chosen: ChosenBytes,
    /// What differs from the payload that is shown.
    made: Option<(Bytes, Differences)>,
}

#[derive(Debug, Default)]
struct Differences {
    left: Vec<Range<usize>>,
    right: Vec<Range<usize>>,
    words: String,
}

impl Compared {
    /// Keeps a payload to compare others with.
    pub(super) fn new(name: String, bytes: Bytes) -> Self {
        Self {
            name,
            bytes,
            left: HexView::default(),
            left_chosen: ChosenBytes::default(),
            made: None,
        }
    }

    /// Shows both dumps in all the space that is left; returns whether the comparison is to end.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        payload: &Bytes,
        right: &mut HexView,
        chosen: &mut ChosenBytes,
    ) -> bool {
        let is_made = self.made.as_ref().is_some_and(|(made, _)| made == payload);
        if !is_made {
            let differences = Differences::of(&compare(&self.bytes, payload), words);
            self.made = Some((payload.clone(), differences));
        }
        let Some((_, differences)) = &self.made else {
            return false;
        };
        let tokens = Tokens::of(ui);
        let mut ends = false;
        ui.horizontal(|ui| {
            ends = button::small(ui, words.end_comparison).clicked();
            let said = words.compared(&differences.words, &self.name);
            let said = RichText::new(said).font(tokens.small());
            ui.add(egui::Label::new(said.color(tokens.muted_text)).truncate());
        });
        let area = ui.available_rect_before_wrap();
        let middle = area.center().x;
        let layout = Layout::top_down(Align::Min);
        let mut before = ui.new_child(line(area.with_max_x(middle - GAP / 2.0), layout));
        self.left.marked_ui(
            &mut before,
            words.base_dump,
            &self.bytes,
            &mut self.left_chosen,
            &differences.left,
        );
        let mut now = ui.new_child(line(area.with_min_x(middle + GAP / 2.0), layout));
        right.marked_ui(
            &mut now,
            words.hex_dump,
            payload,
            chosen,
            &differences.right,
        );
        ends
    }
}

impl Differences {
    fn of(comparison: &Comparison, words: &Words) -> Self {
        let mut differences = Self::default();
        let (mut changed, mut removed, mut added) = (0, 0, 0);
        for run in &comparison.runs {
            match run.change {
                Change::Same => continue,
                Change::Changed => changed += run.left.len() as u64,
                Change::OnlyLeft => removed += run.left.len() as u64,
                Change::OnlyRight => added += run.right.len() as u64,
            }
            differences
                .left
                .extend(Some(run.left.clone()).filter(|it| !it.is_empty()));
            differences
                .right
                .extend(Some(run.right.clone()).filter(|it| !it.is_empty()));
        }
        let any = |count: u64| (count > 0).then_some(count);
        let counts = [
            any(changed).map(|count| words.changed(count)),
            any(added).map(|count| words.added(count)),
            any(removed).map(|count| words.removed(count)),
        ];
        let mut said: Vec<_> = counts.into_iter().flatten().collect();
        if said.is_empty() {
            said.push(words.identical.to_owned());
        } else if !comparison.is_aligned {
            said.push(words.unaligned.to_owned());
        }
        differences.words = said.join(", ");
        differences
    }
}
