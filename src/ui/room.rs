//! The sizes of the window at which it takes another form.

use egui::Ui;

use super::Cx;

/// The width of the window from which on the inspector stands beside the timeline; in less it covers it.
pub(super) const BESIDE: f32 = 1120.0;
/// The height of the window below which what stands around the rows has one line instead of two, in points; and while a
/// lesson or the plot stands above the rows.
const COMPACT: f32 = 560.0;
const COMPACT_BELOW: f32 = 720.0;

/// Returns whether the window is so low that what stands around the rows has one line instead of two.
pub(super) fn is_compact(ui: &Ui, cx: &Cx<'_>) -> bool {
    let window = ui.content_rect();
    let has_lesson = cx.lesson.is_some() && window.width() < BESIDE;
    let is_below = has_lesson || cx.timeline.plot.is_shown;
    let least = if is_below { COMPACT_BELOW } else { COMPACT };
    window.height() < least
}
