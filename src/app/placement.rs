//! The window's position: remembers it, and makes sure that it is on a connected screen.

use super::App;
use crate::workspace::WindowGeometry;

impl App {
    /// Remembers the window's position and size.
    pub(super) fn remember_window(&mut self, ctx: &egui::Context) {
        let preferences = &mut self.model.preferences;
        let before = (preferences.zoom, preferences.window);
        let window = geometry(ctx, preferences.window).or(preferences.window);
        let now = (ctx.zoom_factor(), window);
        if now != before {
            (preferences.zoom, preferences.window) = now;
            self.save_soon();
        }
    }
}

/// Moves the window to the first screen if it is on none: its old screen may be unplugged.
pub(super) fn bring_on_screen(frame: &eframe::Frame) {
    // Tests have no window, and Wayland has no positions.
    let Some(window) = frame.winit_window() else {
        return;
    };
    let Ok(corner) = window.outer_position() else {
        return;
    };
    let size = window.outer_size();
    let meets = |from: i32, length: u32, other_from: i32, other_length: u32| {
        let end = |from: i32, length: u32| i64::from(from) + i64::from(length);
        i64::from(from) < end(other_from, other_length) && i64::from(other_from) < end(from, length)
    };
    let is_on = |monitor: &winit::monitor::MonitorHandle| {
        let (place, extent) = (monitor.position(), monitor.size());
        meets(corner.x, size.width, place.x, extent.width)
            && meets(corner.y, size.height, place.y, extent.height)
    };
    let mut monitors = window.available_monitors().peekable();
    let first = window
        .primary_monitor()
        .or_else(|| monitors.peek().cloned());
    if let Some(first) = first.filter(|_| !monitors.any(|monitor| is_on(&monitor))) {
        window.set_outer_position(first.position());
    }
}

/// Reads the window's geometry; `None` while it is minimised or the system does not report it.
fn geometry(ctx: &egui::Context, known: Option<WindowGeometry>) -> Option<WindowGeometry> {
    let zoom = ctx.zoom_factor();
    ctx.input(|input| {
        let viewport = input.viewport();
        if viewport.minimized == Some(true) {
            return None;
        }
        let inner = viewport.inner_rect?;
        // On macOS the state is read only once, when the window is created, and would never change.
        let is_known = !cfg!(target_os = "macos");
        let is_large = viewport.maximized == Some(true) || viewport.fullscreen == Some(true);
        let maximized = is_known && is_large;
        if let (true, Some(known)) = (maximized, known) {
            // Keep the size before maximising, so that restoring returns to it.
            return Some(WindowGeometry { maximized, ..known });
        }
        let corner = viewport.outer_rect.map(|rect| rect.min * zoom);
        Some(WindowGeometry {
            x: corner.map(|corner| corner.x),
            y: corner.map(|corner| corner.y),
            width: inner.width() * zoom,
            height: inner.height() * zoom,
            maximized,
        })
    })
}
