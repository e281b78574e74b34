//! What is reported of each connection, and that it adds up.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bothends::capture::{Event, EventKind};
use bothends::net::{Address, ClosedBy, FlowId};

use super::super::{DEADLINE, Rig};

/// How much of what a connection received is kept.
const KEPT_BYTES: usize = 256;
/// How long events are taken before somebody looks.
const MOMENT: Duration = Duration::from_millis(4);

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The peer finished, and we closed too.
    Finished,
    /// The peer reset it.
    Reset,
    /// Its endpoint was stopped.
    Stopped,
    /// We ended it otherwise.
    Ours,
    /// A call failed; how is said in debug form.
    Failed(String),
}

/// What was reported of a connection.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) peer: Address,
    pub(crate) received_bytes: u64,
    pub(crate) sent_bytes: u64,
    /// The beginning of what was received.
    pub(crate) kept: Vec<u8>,
    pub(crate) end: Option<End>,
    /// What was queued at the end, and never sent.
    pub(crate) unsent_bytes: u64,
}

/// What was reported of all connections, in the order in which they were established.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) accounts: BTreeMap<FlowId, Account>,
    /// How many attempts to connect have failed, the last address of each included.
    pub(crate) failed_connects: usize,
    pub(crate) is_stopped: bool,
    /// How many connections have not ended.
    open: usize,
}

impl Ledger {
    /// Takes what is reported for a moment.
    pub(crate) fn take(&mut self, rig: &mut Rig) {
        rig.take_now(MOMENT);
        for event in rig.drain() {
            self.note(&event);
        }
    }

    /// Takes what is reported until `condition` holds.
    pub(crate) fn until(&mut self, rig: &mut Rig, what: &str, condition: impl Fn(&Self) -> bool) {
        let until = Instant::now() + DEADLINE;
        while !condition(self) {
            assert!(Instant::now() < until, "{what}; {} are open", self.open);
            self.take(rig);
        }
    }

    /// Returns whether this peer's connection is the newest. Earlier ones may have had its port.
    pub(crate) fn ends_with(&self, peer: SocketAddr) -> bool {
        let newest = self.accounts.values().next_back();
        newest.is_some_and(|it| it.peer.ip() == Some(peer))
    }

    /// Returns how many connections have not ended.
    pub(crate) fn open(&self) -> usize {
        self.open
    }

    /// Returns how many connections ended in this way.
    pub(crate) fn count(&self, end: &End) -> usize {
        let ends = self.accounts.values().filter_map(|it| it.end.as_ref());
        ends.filter(|&it| it == end).count()
    }

    /// Fails where something is reported of a connection that is not established yet, or has ended.
    fn note(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Stopped => self.is_stopped = true,
            EventKind::ConnectFailed { last: true, .. } => self.failed_connects += 1,
            _ => {}
        }
        let Some(link) = &event.link else {
            return;
        };
        match &event.kind {
            EventKind::Connecting | EventKind::ConnectFailed { .. } => return,
            EventKind::Accepted { .. } | EventKind::Connected { .. } => {
                let account = Account::of(link.peer.clone());
                let before = self.accounts.insert(link.connection, account);
                assert!(before.is_none(), "established twice: {event:?}");
                self.open += 1;
                return;
            }
            _ => {}
        }
        let account = self.accounts.get_mut(&link.connection);
        let account = account.unwrap_or_else(|| panic!("it is not established: {event:?}"));
        assert_eq!(account.end, None, "it has ended, but {event:?}");
        account.note(&event.kind);
        self.open -= usize::from(account.end.is_some());
    }
}

impl Account {
    fn of(peer: Address) -> Self {
        Self {
            peer,
            received_bytes: 0,
            sent_bytes: 0,
            kept: Vec::new(),
            end: None,
            unsent_bytes: 0,
        }
    }

    fn note(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Received { payload } => {
                self.received_bytes += payload.bytes.len() as u64;
                let room = KEPT_BYTES - self.kept.len();
                self.kept.extend(payload.bytes.iter().take(room));
            }
            EventKind::Sent { payload, .. } => self.sent_bytes += payload.bytes.len() as u64,
            EventKind::Reset { unsent_bytes } => {
                self.unsent_bytes = *unsent_bytes;
                self.end = Some(End::Reset);
            }
            EventKind::Closed(closed) => {
                self.unsent_bytes = closed.unsent_bytes;
                self.end = Some(match &closed.by {
                    ClosedBy::Peer => End::Finished,
                    ClosedBy::Stop => End::Stopped,
                    ClosedBy::Failure(error) => End::Failed(format!("{error:?}")),
                    _ => End::Ours,
                });
            }
            _ => {}
        }
    }
}
