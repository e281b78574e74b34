//! Two payloads beside each other, their differing bytes marked.

use std::ops::Range;

use bytes::Bytes;
use egui::Ui;

use super::super::Tokens;
use super::super::widgets::row_list::RowList;
use super::super::widgets::{button, small_label};
use super::chosen::ChosenBytes;
use super::hex::hex_ui;
use super::{GAP, column};
use crate::payload::compare::{Change, Comparison, compare};
use crate::words::Language;

/// The payload that others are compared with.
#[derive(Debug)]
pub(super) struct Compared {
    /// What it is, in words.
    name: String,
    bytes: Bytes,
    left: RowList,
    left_chosen: ChosenBytes,
    /// What differs from the payload that is shown.
    made: Option<(Bytes, Differences)>,
}

#[derive(Debug, Default)]
struct Differences {
    left: Vec<Range<usize>>,
    right: Vec<Range<usize>>,
    /// How many bytes are others, are only in the right one, and only in the left one.
    counts: [u64; 3],
    is_aligned: bool,
}

impl Compared {
    /// Keeps a payload to compare others with.
    pub(super) fn new(name: String, bytes: Bytes) -> Self {
        Self {
            name,
            bytes,
            left: RowList::default(),
            left_chosen: ChosenBytes::default(),
            made: None,
        }
    }

    /// Shows both dumps in all the space that is left; returns whether the comparison is to end.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        language: &Language,
        payload: &Bytes,
        right: &mut RowList,
        chosen: &mut ChosenBytes,
    ) -> bool {
        let words = &language.detail;
        let is_made = self.made.as_ref().is_some_and(|(made, _)| made == payload);
        if !is_made {
            let differences = Differences::of(&compare(&self.bytes, payload));
            self.made = Some((payload.clone(), differences));
        }
        let Some((_, differences)) = &self.made else {
            return false;
        };
        let mut ends = false;
        ui.horizontal(|ui| {
            ends = button::small(ui, words.end_comparison).clicked();
            small_label(ui, words.compared(&differences.said(language), &self.name));
        });
        let color = Tokens::of(ui).difference;
        let area = ui.available_rect_before_wrap();
        let middle = area.center().x;
        let before = &mut column(ui, area.with_max_x(middle - GAP / 2.0));
        let (base, left) = (&mut self.left, &mut self.left_chosen);
        hex_ui(
            base,
            before,
            words.base_dump,
            &self.bytes,
            left,
            (&differences.left, color),
        );
        let now = &mut column(ui, area.with_min_x(middle + GAP / 2.0));
        hex_ui(
            right,
            now,
            words.hex_dump,
            payload,
            chosen,
            (&differences.right, color),
        );
        ends
    }
}

impl Differences {
    fn of(comparison: &Comparison) -> Self {
        let mut differences = Self {
            is_aligned: comparison.is_aligned,
            ..Self::default()
        };
        let [changed, added, removed] = &mut differences.counts;
        for run in &comparison.runs {
            match run.change {
                Change::Same => continue,
                Change::Changed => *changed += run.left.len() as u64,
                Change::OnlyLeft => *removed += run.left.len() as u64,
                Change::OnlyRight => *added += run.right.len() as u64,
            }
            differences.left.push(run.left.clone());
            differences.right.push(run.right.clone());
        }
        differences.left.retain(|it| !it.is_empty());
        differences.right.retain(|it| !it.is_empty());
        differences
    }

    fn said(&self, language: &Language) -> String {
        let words = &language.detail;
        let [changed, added, removed] = self.counts;
        let counts = [
            (changed > 0).then(|| words.changed(changed)),
            (added > 0).then(|| words.added(added)),
            (removed > 0).then(|| words.removed(removed)),
        ];
        let mut said: Vec<_> = counts.into_iter().flatten().collect();
        if said.is_empty() {
            said.push(words.identical.to_owned());
        } else if !self.is_aligned {
            said.push(words.unaligned.to_owned());
        }
        said.join(language.common.comma)
    }
}
