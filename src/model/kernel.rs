//! What the kernel said of what is watched: the newest numbers, their history, and marks. A pure fold of samples.

use std::collections::{BTreeMap, VecDeque};

use crate::capture::Sample;
use crate::net::kernel::{
    AcceptQueue, KernelNumbers, KernelWatch, Lack, Mark, Sampled, SocketNumbers, TcpInfoField,
    TcpState, Watched,
};
use crate::net::{EndpointId, FlowId, Stamp};

/// How many numbers are kept for sparklines: two minutes at the usual pace.
pub const MAX_HISTORY: usize = 600;
/// How many marks are kept. The record has them all.
pub const MAX_MARKS: usize = 16_384;

/// What the kernel said of what is watched now.
#[derive(Clone, Debug, Default)]
pub struct KernelModel {
    /// What is watched, and at which endpoint.
    pub watched: Option<(EndpointId, KernelWatch)>,
    /// The ends of the watched connection: ours, and the other one if it is ours too.
    pub ends: BTreeMap<FlowId, KernelEnd>,
    /// The accept queue of a listener that is watched by itself.
    pub queue: Option<(Stamp, AcceptQueue)>,
    /// Why some of that is not available.
    pub lack: Option<Lack>,
}

/// What the kernel said of one end of a connection.
#[derive(Clone, Debug, Default)]
pub struct KernelEnd {
    /// The numbers over time, oldest first.
    pub history: VecDeque<(Stamp, KernelNumbers)>,
    /// The marks, oldest first.
    pub marks: VecDeque<Mark>,
}

/// Which end of a connection a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Ours.
    Ours,
    /// The peer's.
    Peer,
}

/// What kept data from being sent faster, within a time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// The share of the time in which something was to be sent.
    pub busy: f64,
    /// Of that, the share in which the peer's window was the limit.
    pub window: f64,
    /// Of that, the share in which our send buffer was the limit.
    pub buffer: f64,
}

impl KernelModel {
    /// Notes what is watched from now on. What was known of the connection before is forgotten once another one is
    /// watched.
    pub fn watch(&mut self, watched: Option<(EndpointId, KernelWatch)>) {
        if self.watched == watched {
            return;
        }
        let connection = watched.as_ref().and_then(|(_, watch)| watch.connection());
        let is_known = |of: FlowId| self.ends.contains_key(&of);
        let is_listener = |it: &(EndpointId, KernelWatch)| it.1.of == Watched::Listener;
        let is_same = match (connection, &watched) {
            (Some(of), _) => is_known(of) || is_known(of.other_end()),
            (None, None) => true,
            (None, Some(watched)) => self
                .watched
                .as_ref()
                .is_some_and(|before| before.0 == watched.0 && is_listener(before)),
        };
        if is_same {
            self.watched = watched;
            self.lack = None;
        } else {
            *self = Self {
                watched,
                ..Self::default()
            };
        }
    }

    /// Folds samples. Those of what is not watched any more are left out.
    pub fn fold(&mut self, samples: impl IntoIterator<Item = Sample>) {
        for sample in samples {
            self.fold_one(sample);
        }
    }

    fn fold_one(&mut self, sample: Sample) {
        let Some((endpoint, watch)) = &self.watched else {
            return;
        };
        let endpoint = *endpoint;
        let of = sample.connection();
        let is_watched = match &watch.of {
            Watched::Listener => of.is_none() && sample.endpoint == endpoint,
            Watched::Connection { connection, .. } => {
                let is_end = |of: FlowId| of == *connection || of.other_end() == *connection;
                of.map_or(sample.endpoint == endpoint, is_end)
            }
        };
        if !is_watched {
            return;
        }
        match (sample.what, of) {
            (Sampled::Numbers(numbers), Some(of)) => {
                self.lack = None;
                let history = &mut self.ends.entry(of).or_default().history;
                push(history, MAX_HISTORY, (sample.stamp, *numbers));
            }
            (Sampled::Mark(mark), Some(of)) => {
                push(&mut self.ends.entry(of).or_default().marks, MAX_MARKS, mark);
            }
            (Sampled::Queue(queue), _) => self.queue = Some((sample.stamp, queue)),
            (Sampled::Lacking(lack), _) if sample.endpoint == endpoint => self.lack = Some(lack),
            (Sampled::Numbers(_) | Sampled::Mark(_) | Sampled::Lacking(_), _) => {}
        }
    }

    /// Returns what is known of the watched connection's end at its endpoint.
    pub fn end(&self) -> Option<&KernelEnd> {
        let (_, watch) = self.watched.as_ref()?;
        self.ends.get(&watch.connection()?)
    }
}

impl KernelEnd {
    /// Returns the newest numbers.
    pub fn latest(&self) -> Option<&KernelNumbers> {
        self.history.back().map(|(_, numbers)| numbers)
    }

    /// Returns whether the system says the states of the ends and no numbers.
    pub fn has_states_only(&self) -> bool {
        let mut ends = self.history.iter().flat_map(|(_, it)| [&it.ours, &it.peer]);
        !self.history.is_empty()
            && !ends.any(|end| end.as_ref().is_some_and(SocketNumbers::has_numbers))
    }

    /// Returns the state of an end, as the kernel last said; `None` if it has no such socket.
    pub fn state(&self, side: Side) -> Option<TcpState> {
        side.of(self.latest()?).map(|it| it.state)
    }

    /// Returns a number over time, oldest first, where the kernel gave it.
    pub fn series(
        &self,
        side: Side,
        field: TcpInfoField,
    ) -> impl Iterator<Item = (Stamp, u64)> + '_ {
        self.history
            .iter()
            .filter_map(move |(stamp, numbers)| Some((*stamp, side.of(numbers)?.info.get(field)?)))
    }

    /// Returns a queue over time, oldest first: received and unread, or written and unacknowledged.
    pub fn queues(&self, side: Side) -> impl Iterator<Item = (Stamp, u32, u32)> + '_ {
        self.history.iter().filter_map(move |(stamp, numbers)| {
            let end = side.of(numbers)?;
            Some((*stamp, end.receive_queue_bytes?, end.send_queue_bytes?))
        })
    }

    /// Returns what limited sending between the last two times the kernel was asked; `None` if it did not say.
    pub fn limits(&self) -> Option<Limits> {
        let mut newest = self.history.iter().rev();
        let (now, after) = newest.next()?;
        let (then, before) = newest.next()?;
        let (after, before) = (after.ours.as_ref()?, before.ours.as_ref()?);
        let spent = |field| -> Option<f64> {
            let after = after.info.get(field)?;
            Some(after.saturating_sub(before.info.get(field)?) as f64)
        };
        let passed = now.since(*then).as_micros() as f64;
        let busy = spent(TcpInfoField::Busy)?;
        let share = |part: f64, whole: f64| {
            if whole > 0.0 {
                (part / whole).clamp(0.0, 1.0)
            } else {
                0.0
            }
        };
        Some(Limits {
            busy: share(busy, passed),
            window: share(spent(TcpInfoField::WindowLimited)?, busy),
            buffer: share(spent(TcpInfoField::BufferLimited)?, busy),
        })
    }
}

impl Side {
    /// Returns the numbers of this end.
    pub fn of(self, numbers: &KernelNumbers) -> Option<&SocketNumbers> {
        match self {
            Self::Ours => numbers.ours.as_ref(),
            Self::Peer => numbers.peer.as_ref(),
        }
    }
}

fn push<T>(kept: &mut VecDeque<T>, most: usize, newest: T) {
    if kept.len() >= most {
        kept.pop_front();
    }
    kept.push_back(newest);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::net::Link;
    use crate::net::kernel::{Inquiry, MarkKind, TcpInfo};

    fn numbers(busy: u64, window: u64) -> KernelNumbers {
        let info = TcpInfo::of([
            (TcpInfoField::Busy, busy),
            (TcpInfoField::WindowLimited, window),
            (TcpInfoField::BufferLimited, 0),
            (TcpInfoField::RoundTrip, busy + 1),
        ]);
        let ours = SocketNumbers {
            receive_queue_bytes: Some(0),
            send_queue_bytes: Some(5),
            info,
            ..SocketNumbers::of_state(Inquiry::SockDiag, TcpState::Established)
        };
        KernelNumbers {
            ours: Some(ours),
            ..KernelNumbers::default()
        }
    }

    fn sample(at: u64, connection: FlowId, what: Sampled) -> Sample {
        let peer = std::net::SocketAddr::from(([127, 0, 0, 1], 1));
        let link = Link {
            connection,
            local: None,
            peer: peer.into(),
        };
        Sample {
            stamp: Stamp(at),
            endpoint: EndpointId(1),
            link: Some(Arc::new(link)),
            what,
        }
    }

    fn watched(connection: FlowId) -> (EndpointId, KernelWatch) {
        (EndpointId(1), KernelWatch::numbers_of(connection))
    }

    #[test]
    fn samples_of_the_watched_connection_are_kept_within_bounds() {
        let (ours, other) = (FlowId::client(1), FlowId::client(2));
        let mut model = KernelModel::default();
        model.watch(Some(watched(ours)));
        let many = (0..2 * MAX_HISTORY as u64).map(|n| {
            let numbers = Sampled::Numbers(Box::new(numbers(n, 0)));
            sample(n, ours, numbers)
        });
        model.fold(many);
        let mark = Mark {
            kind: MarkKind::Left,
            end: 1,
            at: Stamp(0),
        };
        model.fold((0..2 * MAX_MARKS).map(|_| sample(0, ours.other_end(), Sampled::Mark(mark))));
        model.fold([sample(0, other, Sampled::Mark(mark))]);
        assert_eq!(model.end().unwrap().history.len(), MAX_HISTORY);
        let last = model
            .end()
            .unwrap()
            .series(Side::Ours, TcpInfoField::RoundTrip);
        assert_eq!(last.last(), Some((Stamp(1_199), 1_200)));
        assert_eq!(model.ends[&ours.other_end()].marks.len(), MAX_MARKS);
        assert!(!model.ends.contains_key(&other));
        model.watch(Some(watched(other)));
        assert!(model.ends.is_empty());
    }

    #[test]
    fn limits_are_shares_of_the_time_between_two_samples() {
        let connection = FlowId::client(1);
        let mut model = KernelModel::default();
        model.watch(Some(watched(connection)));
        let at = |millis: u64, busy, window| {
            let numbers = Sampled::Numbers(Box::new(numbers(busy, window)));
            sample(millis * 1_000_000, connection, numbers)
        };
        model.fold([at(0, 1_000, 0)]);
        assert_eq!(model.end().unwrap().limits(), None);
        model.fold([at(100, 51_000, 25_000)]);
        let limits = model.end().unwrap().limits().unwrap();
        assert_eq!((limits.busy, limits.window, limits.buffer), (0.5, 0.5, 0.0));
        assert_eq!(model.end().unwrap().state(Side::Peer), None);
    }
}
