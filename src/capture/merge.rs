//! Holds back the events of all workers and orders them: by stamp, but strictly within an endpoint.

use std::cmp::Reverse;
use std::collections::binary_heap::PeekMut;
use std::collections::{BinaryHeap, HashMap, VecDeque};

use super::event::Event;
use crate::net::{EndpointId, Stamp};

/// A queue for each endpoint, merged by the stamps of their first events.
///
/// An event never overtakes an earlier one of its own endpoint, whatever their stamps. Events with equal stamps keep
/// their order of arrival.
#[derive(Debug, Default)]
pub(super) struct Merge {
    queues: HashMap<EndpointId, VecDeque<Held>>,
    /// The first event of each non-empty queue.
    heads: BinaryHeap<Reverse<Head>>,
    arrived: u64,
}

#[derive(Debug)]
struct Held {
    order: u64,
    event: Event,
}

/// Compared field by field in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Head {
    stamp: Stamp,
    order: u64,
    endpoint: EndpointId,
}

impl Held {
    fn head(&self) -> Head {
        Head {
            stamp: self.event.stamp,
            order: self.order,
            endpoint: self.event.endpoint,
        }
    }
}

impl Merge {
    pub(super) fn push(&mut self, event: Event) {
        let order = self.arrived;
        self.arrived += 1;
        let held = Held { order, event };
        let queue = self.queues.entry(held.event.endpoint).or_default();
        if queue.is_empty() {
            self.heads.push(Reverse(held.head()));
        }
        queue.push_back(held);
    }

    /// Returns the stamp of the next event.
    pub(super) fn first(&self) -> Option<Stamp> {
        self.heads.peek().map(|Reverse(head)| head.stamp)
    }

    /// Removes and returns the next event, unless it is newer than `until`.
    pub(super) fn pop(&mut self, until: Stamp) -> Option<Event> {
        let mut top = self.heads.peek_mut()?;
        if top.0.stamp > until {
            return None;
        }
        let queue = self.queues.get_mut(&top.0.endpoint)?;
        let event = queue.pop_front()?.event;
        match queue.front() {
            Some(next) => top.0 = next.head(),
            None => {
                PeekMut::pop(top);
            }
        }
        Some(event)
    }
}
