//! A scroll bar with 64-bit positions: exact at any depth.

use std::ops::Range;

use egui::{Id, Rect, Sense, Ui, pos2, vec2};

use super::super::Tokens;

/// The least height of the handle, in points.
const MIN_HANDLE: f32 = 28.0;

/// The height of a tick, in points.
const TICK_HEIGHT: f32 = 2.0;

/// Where a handle stands in its track.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Handle {
    /// The distance from the track's top, in points.
    offset: f32,
    height: f32,
    /// How far the offset can go.
    travel: f32,
}

impl Handle {
    fn new(track: f32, top: f64, page: f64, len: f64) -> Self {
        let height = (f64::from(track) * page / len) as f32;
        let height = height.clamp(MIN_HANDLE.min(track), track);
        let travel = track - height;
        let fraction = top / (len - page).max(f64::MIN_POSITIVE);
        Self {
            offset: (f64::from(travel) * fraction.clamp(0.0, 1.0)) as f32,
            height,
            travel,
        }
    }

    /// Returns the first row in sight when the handle is `offset` below the track's top.
    fn top_at(self, offset: f32, page: f64, len: f64) -> f64 {
        if self.travel <= 0.0 {
            return 0.0;
        }
        f64::from(offset.clamp(0.0, self.travel)) / f64::from(self.travel) * (len - page)
    }
}

/// Shows a vertical scroll bar over `track`; returns the new first row in sight when the user moves it.
///
/// `top`, `page` and `len` count rows; `grip` keeps where the handle was taken hold of.
pub(super) fn vertical(
    ui: &Ui,
    id: Id,
    track: Rect,
    (top, page, len): (f64, f64, f64),
    grip: &mut Option<f32>,
) -> Option<f64> {
    if len <= page || track.height() <= 0.0 {
        return None;
    }
    let tokens = Tokens::of(ui);
    let mut handle = Handle::new(track.height(), top, page, len);
    let response = ui.interact(track, id, Sense::CLICK | Sense::DRAG);
    let mut moved = None;
    if !response.is_pointer_button_down_on() {
        *grip = None;
    } else if let Some(pointer) = response.interact_pointer_pos() {
        let below_top = pointer.y - track.top();
        let on_handle = (handle.offset..=handle.offset + handle.height).contains(&below_top);
        // A press beside the handle takes hold of its middle.
        let middle = handle.height / 2.0;
        let held = *grip.get_or_insert(if on_handle {
            below_top - handle.offset
        } else {
            middle
        });
        let target = handle.top_at(below_top - held, page, len);
        moved = Some(target);
        handle.offset = (below_top - held).clamp(0.0, handle.travel);
    }
    let is_active = response.hovered() || grip.is_some();
    let inset = if is_active { 1.5 } else { 3.0 };
    let min = pos2(track.left() + inset, track.top() + handle.offset);
    let size = vec2(track.width() - 2.0 * inset, handle.height);
    let shape = Rect::from_min_size(min, size).shrink2(vec2(0.0, 1.0));
    let color = if is_active {
        tokens.faint_text
    } else {
        tokens.scroll_handle
    };
    ui.painter().rect_filled(shape, shape.width() / 2.0, color);
    moved
}

/// Paints a tick over `track` for each range of `marked` among all `rows`: at most one for each pixel.
pub(super) fn ticks(
    ui: &Ui,
    track: Rect,
    rows: Range<u64>,
    marked: impl Iterator<Item = Range<u64>>,
) {
    let len = rows.end.saturating_sub(rows.start).max(1) as f64;
    let pixel = 1.0 / ui.pixels_per_point();
    let color = Tokens::of(ui).caution;
    let mut painted_to = track.top() - pixel;
    for range in marked.filter(|it| it.end > rows.start && it.start < rows.end) {
        let middle = (range.start + range.end) as f64 / 2.0 - rows.start as f64;
        let y = track.top() + (middle / len) as f32 * track.height();
        if y < painted_to + pixel {
            continue;
        }
        painted_to = y;
        let center = pos2(track.center().x, y);
        let tick = Rect::from_center_size(center, vec2(track.width() - 3.0, TICK_HEIGHT));
        ui.painter().rect_filled(tick.intersect(track), 0, color);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handle_reaches_both_ends_at_any_depth() {
        for len in [100.0, 1e6, 1e9, 1e12] {
            let page = 20.0;
            let at = |top: f64| Handle::new(400.0, top, page, len);
            assert_eq!(at(0.0).offset.to_bits(), 0.0_f32.to_bits());
            let end = at(len - page);
            assert!((end.offset + end.height - 400.0).abs() < 0.01, "{len}");
            let top = end.top_at(end.travel, page, len);
            assert!((top - (len - page)).abs() < 0.01, "{len}");
            assert!(end.height >= MIN_HANDLE);
        }
    }
}
