//! What is asked for about the connection that is shown: its numbers from the kernel, its lifecycle from the record, and
//! the process of its peer.

use egui::Ui;

use super::super::super::{Action, Cx};
use super::pulse::Pulse;
use crate::capture::{ConnectionStatus, Request, Traced};
use crate::model::{KernelEnd, Side};
use crate::net::Address;
use crate::net::kernel::{KernelWatch, Marks, TcpState, Watched};

/// What of the connection changes what is asked for.
#[derive(Default)]
pub(super) struct KnownConnection {
    pulse: Pulse,
    /// The states, and the version of the record in which they were first seen so.
    since: Option<(Moment, u64)>,
}

/// What a change of the states shows in: whether we may send, whether it lives, what the kernel says of both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    can_send: bool,
    is_live: bool,
    ends: [Option<TcpState>; 2],
}

impl KnownConnection {
    /// Asks for what is shown of the connection, as often as it changes.
    pub(super) fn follow(&mut self, ui: &Ui, cx: &Cx<'_>, status: &ConnectionStatus) {
        let kernel = cx.kernel.ends.get(&status.connection);
        let newest = kernel.and_then(KernelEnd::latest);
        let watch = KernelWatch {
            of: Watched::Connection {
                connection: status.connection,
                ends: status.local.clone().zip(Some(status.peer.clone())),
            },
            every: Some(self.pulse.every(status, newest, cx.now)),
            marks: Marks::None,
        };
        cx.watch(status.endpoint, watch);
        self.follow_trace(ui, cx, status, kernel);
        ask_process(cx, status);
    }

    /// Asks for the lifecycle when a state has changed: bytes alone do not matter here.
    fn follow_trace(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        status: &ConnectionStatus,
        kernel: Option<&KernelEnd>,
    ) {
        let (timeline, flow) = (&cx.timeline, status.connection);
        let moment = Moment {
            can_send: status.state.can_send(),
            is_live: status.state.is_live(),
            ends: [Side::Ours, Side::Peer].map(|side| kernel?.state(side)),
        };
        let since = self.since.filter(|(before, _)| *before == moment);
        let (_, version) = *self
            .since
            .insert(since.unwrap_or((moment, timeline.version())));
        let is_whole = |it: &Traced| it.progress.is_whole();
        let wanted = timeline.traced.wanted(&flow, cx.now, version, is_whole);
        cx.renew(ui, wanted, Request::Trace(flow));
    }
}

/// Asks once which process has the peer's end.
pub(in crate::ui::inspector) fn ask_process(cx: &Cx<'_>, status: &ConnectionStatus) {
    let ends = status
        .local
        .as_ref()
        .and_then(Address::tcp)
        .zip(status.peer.tcp());
    if let Some((local, peer)) = ends
        && status.state.is_live()
        && cx.processes.wants(&status.connection)
    {
        cx.push(Action::AskProcess(status.connection, local, peer));
    }
}
