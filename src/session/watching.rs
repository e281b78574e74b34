//! Watches what the kernel says of a connection or a listener, for as long as somebody looks at it.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use super::{Session, SessionError, Update};
use crate::capture::StatusUpdate;
use crate::net::kernel::{
    KernelWatch, LocalProcess, Marks, NoProcess, Watched, own_process, process_at,
};
use crate::net::{Command, EndpointId, FlowId};

/// How many live connections are known. The oldest give way: their other ends are not marked.
const MAX_ENDS: usize = 65_536;

/// What is watched, and what has to be known for it.
#[derive(Default)]
pub(super) struct WatchedEnds {
    wanted: Option<(EndpointId, KernelWatch)>,
    /// The endpoint of the other end, if its bytes are marked too.
    other: Option<EndpointId>,
    /// The endpoints of the live connections.
    ends: BTreeMap<FlowId, EndpointId>,
}

/// The process of a peer, or why it is not known.
pub(super) type FoundProcess = (FlowId, Result<LocalProcess, NoProcess>);

impl Session {
    /// Watches what the kernel says of this at an endpoint, in place of what was watched; `None` for nothing. The samples
    /// come with [`RecordUpdate::Status`](crate::capture::RecordUpdate::Status), and are put on record.
    ///
    /// If the other end of a connection is ours too, the bytes that it sends are marked as well.
    ///
    /// # Errors
    ///
    /// An endpoint takes no commands now.
    pub fn watch(&mut self, wanted: Option<(EndpointId, KernelWatch)>) -> Result<(), SessionError> {
        if self.watching.wanted == wanted {
            return Ok(());
        }
        let before = self.watching.wanted.take().map(|(endpoint, _)| endpoint);
        let endpoint = wanted.as_ref().map(|(endpoint, _)| *endpoint);
        if let Some(before) = before.filter(|it| Some(*it) != endpoint) {
            self.watch_at(before, None)?;
        }
        if let Some(other) = self.watching.other.take() {
            self.watch_at(other, None)?;
        }
        if let Some((endpoint, watch)) = &wanted {
            self.watch_at(*endpoint, Some(watch.clone()))?;
        }
        self.watching.wanted = wanted;
        self.mark_other_end()
    }

    /// Finds out which process the peer of a TCP connection is, if it is on this machine. [`Update::Process`] follows.
    ///
    /// # Errors
    ///
    /// The thread that finds it out takes no more jobs.
    pub fn ask_process(
        &mut self,
        connection: FlowId,
        local: SocketAddr,
        peer: SocketAddr,
    ) -> Result<(), SessionError> {
        let is_ours = self.watching.ends.contains_key(&connection.other_end());
        self.processes.order(move |_| {
            // The peer's end has its address as its own. Nobody outside sees the sockets of the lab.
            let found = process_at(peer, local);
            let found = match found {
                Err(NoProcess::NotHere) if is_ours => own_process(),
                found => found,
            };
            (connection, found)
        })?;
        Ok(())
    }

    /// Takes the outcomes of such questions.
    pub(super) fn take_processes(&mut self) {
        while let Some((connection, process)) = self.processes.outcome() {
            self.updates.push_back(Update::Process {
                connection,
                process,
            });
        }
    }

    /// Notes which connections there are: the other end of the watched one may have come.
    pub(super) fn follow_ends(&mut self, status: &StatusUpdate) {
        for connection in &status.connections {
            let (flow, endpoint) = (connection.connection, connection.endpoint);
            if connection.state.is_live() {
                self.watching.ends.insert(flow, endpoint);
            } else {
                self.watching.ends.remove(&flow);
            }
        }
        // The end of some is not reported if very many end.
        while self.watching.ends.len() > MAX_ENDS {
            self.watching.ends.pop_first();
        }
        if let Err(problem) = self.mark_other_end()
            && let Some((endpoint, _)) = &self.watching.wanted
        {
            let refused = Update::Refused(*endpoint, problem);
            self.updates.push_back(refused);
        }
    }

    /// Has the bytes of the other end marked, if it is ours and is not marked yet.
    fn mark_other_end(&mut self) -> Result<(), SessionError> {
        let WatchedEnds {
            wanted: Some((_, watch)),
            other: None,
            ends,
        } = &self.watching
        else {
            return Ok(());
        };
        let marks = watch.marks;
        let other = watch.connection().map(FlowId::other_end);
        let other = other.filter(|_| marks != Marks::None);
        let Some((connection, &endpoint)) = other.and_then(|it| Some((it, ends.get(&it)?))) else {
            return Ok(());
        };
        let of = Watched::Connection {
            connection,
            ends: None,
        };
        self.watching.other = Some(endpoint);
        self.watch_at(
            endpoint,
            Some(KernelWatch {
                of,
                every: None,
                marks,
            }),
        )
    }

    /// Returns whether the bytes of the other end are marked too.
    #[cfg(all(test, target_os = "linux"))]
    pub(super) fn watches_other_end(&self) -> Option<()> {
        self.watching.other.map(|_| ())
    }

    fn watch_at(
        &mut self,
        endpoint: EndpointId,
        watch: Option<KernelWatch>,
    ) -> Result<(), SessionError> {
        // One that was removed watches nothing any more.
        if self.document.endpoint(endpoint).is_none() {
            return Ok(());
        }
        self.command(endpoint, Command::Watch(watch))
    }
}
