//! What is asked of the kernel for the window: only while that is shown.

use std::net::SocketAddr;

use super::App;
use crate::net::kernel::KernelWatch;
use crate::net::{EndpointId, FlowId};

impl App {
    /// Watches this in the kernel from now on.
    pub(super) fn watch(&mut self, wanted: Option<(EndpointId, KernelWatch)>) {
        // An endpoint whose queue is full refuses; the next frame asks again.
        if self.session.watch(wanted.clone()).is_ok() {
            self.model.kernel.watch(wanted);
        }
    }

    /// Watches nothing while the window is minimised or covered: then this is called again and again, and nothing is
    /// painted in between.
    pub(super) fn rest_while_hidden(&mut self, ctx: &egui::Context) {
        let is_minimised = ctx.input(|input| input.viewport().minimized == Some(true));
        self.unpainted = self.unpainted.saturating_add(1);
        let is_hidden = is_minimised || self.unpainted > 1;
        if is_hidden && self.model.kernel.watched.is_some() {
            self.watch(None);
        }
    }

    /// Finds out which process has the peer's end of a connection.
    pub(super) fn ask_process(&mut self, connection: FlowId, local: SocketAddr, peer: SocketAddr) {
        let is_wanted = self.model.processes.wants(&connection);
        // While too many wait, the next frame asks again.
        if is_wanted && self.session.ask_process(connection, local, peer).is_ok() {
            self.model.processes.ask(connection);
        }
    }
}
