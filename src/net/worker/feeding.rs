//! How a worker sends long payloads piece by piece.

use std::time::{Duration, Instant};

use bytes::Bytes;

use super::Worker;
use crate::net::event::Payload;
use crate::net::feed::{Feed, FeedEnd, POLL_INTERVAL, QUEUED_BYTES, Step};
use crate::net::id::FlowId;
use crate::net::timers::Timer;

/// The longest pause between two writes.
const MAX_DELAY: Duration = Duration::from_hours(1);

impl Worker {
    pub(super) fn begin_feed(&mut self, id: FlowId, feed: Feed) {
        self.end_feed(id, FeedEnd::Cancelled);
        self.feeds.insert(id, feed);
        self.context.timers.set(Instant::now(), Timer::Feed(id));
    }

    /// Queues as much as there is room for, or one piece if there is a pace, and sets the timer for the next check.
    pub(super) fn feed(&mut self, id: FlowId) {
        let now = Instant::now();
        let Some(feed) = self.feeds.get(&id) else {
            return;
        };
        let is_paced = !feed.delay.is_zero();
        let pause = feed.delay.min(MAX_DELAY);
        let mut next = now + POLL_INTERVAL;
        loop {
            let Some(feed) = self.feeds.get(&id) else {
                return;
            };
            let Some(connection) = self.connections.get(&id).filter(|it| it.can_send()) else {
                return self.end_feed(id, FeedEnd::NotOpen);
            };
            let queued = connection.queued_bytes();
            let has_room = if is_paced {
                queued == 0
            } else {
                queued < QUEUED_BYTES
            };
            if !has_room || !self.context.may_write() {
                break;
            }
            match feed.step() {
                Step::Piece(piece) => {
                    self.send_piece(id, piece);
                    if is_paced {
                        next = now + pause;
                        break;
                    }
                }
                Step::AllQueued if queued == 0 => return self.end_feed(id, FeedEnd::Sent),
                Step::Wait | Step::AllQueued => break,
                Step::End(how) => return self.end_feed(id, how),
            }
        }
        self.context.timers.set(next, Timer::Feed(id));
    }

    fn send_piece(&mut self, id: FlowId, piece: Bytes) {
        let payload = Payload::new(self.context.ids.next_payload(), piece);
        self.act(id, |connection, context| {
            connection.send(payload.into(), context)
        });
    }

    /// Ends a feed, if there is one.
    pub(super) fn end_feed(&mut self, id: FlowId, how: FeedEnd) {
        if let Some(feed) = self.feeds.remove(&id) {
            feed.progress.set_end(how);
        }
    }
}
