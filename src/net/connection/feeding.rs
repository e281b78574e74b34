//! A connection that sends a long payload piece by piece, and reports how far it got.

use std::time::{Duration, Instant};

use bytes::Bytes;

use super::pace::{LONGEST_WAIT, RestReason};
use super::{Connection, Liveness};
use crate::net::context::Context;
use crate::net::event::{EngineEventKind, Fed, FeedEnd, Payload, Requester};
use crate::net::feed::{Feed, NextPiece};
use crate::net::outgoing::OutgoingStep;

/// How often the progress of a feed is reported.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

impl Connection {
    /// Queues a long payload.
    pub(in crate::net) fn feed(&mut self, feed: Feed, context: &mut Context) -> Liveness {
        if !self.can_send() {
            self.end_feed(&feed, 0, FeedEnd::NotOpen, Requester::User, context);
            return Liveness::Open;
        }
        feed.wake(context.poller.waker());
        let was_empty = self.queue.is_empty();
        self.queue
            .push(OutgoingStep::Feed(Box::new(feed)), Requester::User);
        self.proceed_if(was_empty, context)
    }

    /// Cancels the long payload that is being sent, if there is one.
    pub(in crate::net) fn cancel_feed(&mut self, context: &mut Context) -> Liveness {
        if let Some((feed, unsent_bytes)) = self.queue.cancel_feed() {
            self.cancel_pace(context);
            self.end_feed(
                &feed,
                unsent_bytes,
                FeedEnd::Cancelled,
                Requester::User,
                context,
            );
        }
        self.proceed_if(true, context)
    }

    /// Goes on with the long payload in front of the queue.
    pub(super) fn feed_on(&mut self, context: &mut Context) {
        let Some((OutgoingStep::Feed(feed), _)) = self.queue.front() else {
            return;
        };
        match next_piece(feed) {
            Next::Piece(piece) => {
                let piece = Payload::new(context.ids.next_payload(), piece);
                self.queue.push_piece(piece);
                self.report_progress(context);
            }
            Next::At(at) => self.rest_until(at, RestReason::Pace, context),
            Next::Awaited => {
                self.is_awaiting_piece = true;
                context.awaiting_pieces.push(self.id());
            }
            Next::End(end) => {
                if let Some((OutgoingStep::Feed(feed), by)) = self.queue.pop() {
                    self.end_feed(&feed, 0, end, by, context);
                }
            }
        }
    }

    fn report_progress(&mut self, context: &mut Context) {
        let now = Instant::now();
        let queued_bytes = self.queue.piece_bytes();
        let Some(feed) = self.queue.feed() else {
            return;
        };
        if feed.reported.is_none_or(|at| now - at >= PROGRESS_EVERY) {
            feed.reported = Some(now);
            let progress = Fed {
                feed: feed.id,
                sent_bytes: feed.taken_bytes.saturating_sub(queued_bytes),
                end: None,
            };
            context.emit(Some(&self.link), EngineEventKind::Fed(progress));
        }
    }

    /// Reports the end of a feed, of which `unsent_bytes` were taken and not sent.
    pub(super) fn end_feed(
        &self,
        feed: &Feed,
        unsent_bytes: u64,
        end: FeedEnd,
        by: Requester,
        context: &mut Context,
    ) {
        let sent_bytes = feed.taken_bytes.saturating_sub(unsent_bytes);
        if end == FeedEnd::Cancelled {
            let cancelled = EngineEventKind::Cancelled { sent_bytes };
            context.emit_by(by, &self.link, cancelled);
        }
        let progress = Fed {
            feed: feed.id,
            sent_bytes,
            end: Some(end),
        };
        context.emit(Some(&self.link), EngineEventKind::Fed(progress));
    }
}

enum Next {
    Piece(Bytes),
    At(Instant),
    Awaited,
    End(FeedEnd),
}

/// Returns the next piece of a feed, once its pause is over.
fn next_piece(feed: &mut Feed) -> Next {
    if let Some(at) = feed.next_at
        && at > Instant::now()
    {
        return Next::At(at);
    }
    match feed.next() {
        NextPiece::Piece(piece) => {
            feed.next_at = Some(Instant::now() + feed.pause.min(LONGEST_WAIT));
            Next::Piece(piece)
        }
        NextPiece::Awaited => Next::Awaited,
        NextPiece::End(end) => Next::End(end),
    }
}
