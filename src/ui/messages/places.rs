//! Where a message can be dropped in the list: before another one, or last in a folder.

use egui::{DragAndDrop, Rect, Response, Stroke, Ui, vec2};

use super::super::{Action, Cx, Tokens};
use crate::workspace::MessageEdit;

/// How far from the edge of the list a dragged message scrolls it, and by how much in a frame, in points.
const EDGE: f32 = 16.0;
const SCROLL_STEP: f32 = 6.0;

/// A message that is being dragged, by its name.
struct Dragged(String);

/// The places between the messages, from the top.
#[derive(Default)]
pub(super) struct MessagePlaces<'a> {
    places: Vec<Place<'a>>,
}

struct Place<'a> {
    y: f32,
    folder: &'a str,
    before: Option<&'a str>,
}

/// Notes that a message is about to be dragged.
pub(super) fn set_dragged(response: &Response, name: &str) {
    response.dnd_set_drag_payload(Dragged(name.to_owned()));
}

impl<'a> MessagePlaces<'a> {
    /// Begins a folder, whose heading begins at `top`. Above the first one is a place in none of them.
    pub(super) fn begin(&mut self, folder: &'a str, top: f32, is_open: bool) {
        if self.places.is_empty() && !folder.is_empty() {
            self.put(top, "", None);
        }
        if !is_open {
            self.put(top + Tokens::CONTROL_HEIGHT / 2.0, folder, None);
        }
    }

    /// Adds the place before a message.
    pub(super) fn add(&mut self, folder: &'a str, before: &'a str, y: f32) {
        self.put(y, folder, Some(before));
    }

    /// Ends a folder: a message can stand last in it.
    pub(super) fn end(&mut self, folder: &'a str, y: f32) {
        let is_open = self
            .places
            .last()
            .is_some_and(|it| it.folder == folder && it.before.is_some());
        if is_open {
            self.put(y, folder, None);
        }
    }

    fn put(&mut self, y: f32, folder: &'a str, before: Option<&'a str>) {
        self.places.push(Place { y, folder, before });
    }

    /// Marks where a dragged message would be dropped, and asks for that once it is.
    pub(super) fn drag_ui(&self, ui: &Ui, cx: &Cx<'_>) {
        let clip = ui.clip_rect();
        let Some(pointer) = ui.pointer_latest_pos().filter(|it| clip.contains(*it)) else {
            return;
        };
        let Some(dragged) = DragAndDrop::payload::<Dragged>(ui.ctx()) else {
            return;
        };
        let off = |it: &&Place<'_>| (it.y - pointer.y).abs();
        let nearest = self
            .places
            .iter()
            .min_by(|one, other| off(one).total_cmp(&off(other)));
        let Some(nearest) = nearest else { return };
        scroll_at_edge(ui, clip, pointer.y);
        let line = Stroke::new(2.0, Tokens::of(ui).accent);
        ui.painter().hline(ui.max_rect().x_range(), nearest.y, line);
        if !ui.input(|input| input.pointer.any_released()) {
            return;
        }
        DragAndDrop::clear_payload(ui.ctx());
        if nearest.before != Some(&dragged.0) {
            cx.push(Action::EditMessages(MessageEdit::Place {
                name: dragged.0.clone(),
                folder: nearest.folder.to_owned(),
                before: nearest.before.map(str::to_owned),
            }));
        }
    }
}

fn scroll_at_edge(ui: &Ui, clip: Rect, y: f32) {
    let by = if y < clip.top() + EDGE {
        SCROLL_STEP
    } else if y > clip.bottom() - EDGE {
        -SCROLL_STEP
    } else {
        return;
    };
    ui.scroll_with_delta(vec2(0.0, by));
    ui.ctx().request_repaint();
}
