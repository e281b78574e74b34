//! Closing the window: with live connections it asks once.

use super::App;

/// Where the question stands.
#[derive(Debug, Default)]
pub(super) struct CloseState {
    /// The user said yes, or need not be asked.
    confirmed: bool,
}

impl App {
    /// Lets a close request through, or holds it back and asks.
    pub(super) fn decide_close(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.close.confirmed {
            return;
        }
        let live = self.model.live_connections();
        if live > 0 && self.model.preferences.ask_before_quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            // The question must be seen, also when the close came while the window was minimised.
            ctx.send_viewport_cmd(egui::ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(egui::ViewportCommand::Focus);
            self.window.ask_quit();
            ctx.request_repaint_of(egui::ViewportId::ROOT);
        }
    }

    /// Closes the window without asking (again).
    pub(super) fn quit(&mut self, ctx: &egui::Context, ask_again: bool) {
        self.model.preferences.ask_before_quit = ask_again;
        self.close.confirmed = true;
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }
}
