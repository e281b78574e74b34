//! A connection's sending direction: goes through what is queued, and handles a write that fails.

use std::io::{self, IoSlice};
use std::time::Instant;

use super::pace::{Allowance, LONGEST_WAIT, RestReason, SendingPace};
use super::{Connection, EndedBy};
use crate::net::codes;
use crate::net::context::{Context, Relayed};
use crate::net::error::NetError;
use crate::net::event::{EngineEventKind, Payload, Requester};
use crate::net::outgoing::{GATHERED, OutgoingStep};
use crate::net::timers::Timer;
use crate::net::transport::Encrypted;
use crate::script::Slices;

/// How many times one connection's queue is written in a turn.
const WRITES_PER_TURN: usize = 8;
/// How many acts other than sending one connection carries out in a turn.
const STEPS_PER_TURN: usize = 64;
/// The most bytes passed to one write.
const WRITE_BYTES: usize = 256 * 1024;
/// How little may be queued of what is relayed before its source is read again.
const RELAY_LOW_BYTES: u64 = super::RELAY_BYTES / 2;

impl Connection {
    /// Goes on with the queue; after a failed write, reads what the peer sent before it.
    pub(super) fn write_queue(&mut self, context: &mut Context) -> Result<(), EndedBy> {
        if context.may_write() {
            self.write_chunks(context);
        }
        if self.write_error.is_some() && context.may_read() {
            self.read(context)?;
        }
        Ok(())
    }

    /// Goes through the queue: a bounded number of steps, or until the system takes no more or something has to wait.
    pub(super) fn write_chunks(&mut self, context: &mut Context) {
        if self.is_datagrams() && !context.replies.make_way() {
            return;
        }
        for _ in 0..WRITES_PER_TURN {
            let Some(most) = self.writable_now(context) else {
                break;
            };
            let began = context.moment();
            match self.write_once(most) {
                Ok((written, asked)) => {
                    self.wrote(written, began, context);
                    if written < asked {
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if self.is_datagrams() => self.refused(error, context),
                Err(error) => {
                    self.write_error = Some(error);
                    break;
                }
            }
        }
        self.relieve(context);
    }

    /// Writes at most `most` bytes. Returns how many the system took, and how many it was given.
    fn write_once(&mut self, most: usize) -> io::Result<(usize, usize)> {
        if self.is_datagrams() {
            let sent = self.send_datagram(most)?;
            return Ok((sent, sent));
        }
        let mut slices = [IoSlice::new(&[]); GATHERED];
        let gathered = self.queue.gather(most.min(WRITE_BYTES), &mut slices);
        let slices = slices.get(..gathered.payloads).unwrap_or(&slices);
        let written = match slices {
            [slice] => self.socket.write(slice)?,
            slices => self.socket.write_gathered(slices)?,
        };
        Ok((written, gathered.bytes))
    }

    fn wrote(&mut self, written: usize, began: Option<Instant>, context: &mut Context) {
        context.spend(written);
        self.written_bytes += written as u64;
        self.restart_peers_turn();
        self.note_activity();
        if let Some(pace) = &mut self.pace {
            pace.wrote(written, Instant::now());
        }
        let sent = self.queue.take(written, &context.ids);
        if let (Some((payload, by)), Some(began)) = (sent, began) {
            self.emit_sent(payload, by, began, context);
        }
    }

    fn emit_sent(
        &mut self,
        mut payload: Payload,
        by: Requester,
        began: Instant,
        context: &mut Context,
    ) {
        payload.wire_bytes = self.socket.tls_mut().map(Encrypted::newly_written);
        let kind = EngineEventKind::Sent {
            payload,
            took: began.elapsed(),
        };
        let stamp = context.clock.stamp(began);
        context.outbox.emit_by(by, stamp, Some(&self.link), kind);
    }

    /// Carries out the acts in front of the next bytes. Returns how many bytes may be written now; `None` if there are
    /// none, or they have to wait.
    fn writable_now(&mut self, context: &mut Context) -> Option<usize> {
        self.is_awaiting_piece = false;
        for _ in 0..STEPS_PER_TURN {
            if self.resumes.is_some() || self.is_passing_on {
                return None;
            }
            let (step, by) = self.queue.front()?;
            match step {
                OutgoingStep::Send(_) => return self.allowed_now(context),
                OutgoingStep::Feed(_) => {
                    self.feed_on(context);
                    if self.is_awaiting_piece {
                        return None;
                    }
                }
                OutgoingStep::Wait(duration) => {
                    let duration = *duration;
                    self.queue.pop();
                    let kind = EngineEventKind::Waiting { duration };
                    context.emit_by(by, &self.link, kind);
                    let until = Instant::now() + duration.min(LONGEST_WAIT);
                    self.rest_until(until, RestReason::Wait, context);
                }
                OutgoingStep::Elsewhere(_) => {
                    if !self.hand_over(context) {
                        return None;
                    }
                }
                OutgoingStep::Note(disturbance) => {
                    let disturbance = *disturbance;
                    self.note(disturbance, by, context);
                }
                OutgoingStep::StartTls => {
                    self.queue.pop();
                    self.start_tls(by, context);
                    return None;
                }
                OutgoingStep::StopReading
                | OutgoingStep::ResumeReading
                | OutgoingStep::Rate(_)
                | OutgoingStep::Slice(_) => {
                    let (step, by) = self.queue.pop()?;
                    self.set(&step, by, context);
                }
            }
        }
        // There are more; they are carried out in the next turn.
        self.rest_until(Instant::now(), RestReason::Pace, context);
        None
    }

    fn allowed_now(&mut self, context: &mut Context) -> Option<usize> {
        let Some(pace) = &self.pace else {
            return Some(usize::MAX);
        };
        match pace.allowance(Instant::now()) {
            // A rate lets a datagram pass whole, and counts it then.
            Allowance::Bytes(_) if self.is_datagrams() => {
                Some(pace.slices.map_or(usize::MAX, |it| it.bytes.get() as usize))
            }
            Allowance::Bytes(most) => Some(most),
            Allowance::At(at) => {
                self.rest_until(at, RestReason::Pace, context);
                None
            }
        }
    }

    /// Does nothing more with the queue until `at`.
    pub(super) fn rest_until(&mut self, at: Instant, why: RestReason, context: &mut Context) {
        self.resumes = Some((at, why));
        context.timers.set(at, Timer::Resume(self.id()));
    }

    /// Goes on with the queue, unless a requested wait is not over: the pace has changed.
    pub(super) fn cancel_pace(&mut self, context: &mut Context) {
        if matches!(self.resumes, Some((_, RestReason::Pace))) {
            self.cancel_rest(context);
        }
    }

    /// Cancels whatever the next step waits for.
    pub(super) fn cancel_rest(&mut self, context: &mut Context) {
        if let Some((at, _)) = self.resumes.take() {
            context.timers.cancel(at, Timer::Resume(self.id()));
        }
    }

    /// Carries out an act that changes a setting of the connection.
    pub(super) fn set(&mut self, step: &OutgoingStep, by: Requester, context: &mut Context) {
        let kind = match step {
            OutgoingStep::StopReading if !self.is_reading_stopped => {
                EngineEventKind::ReadingStopped
            }
            OutgoingStep::ResumeReading if self.is_reading_stopped => {
                EngineEventKind::ReadingResumed
            }
            OutgoingStep::Rate(rate) => {
                self.change_pace(|pace| pace.rate = *rate);
                self.pace_changed()
            }
            OutgoingStep::Slice(slices) => {
                self.change_pace(|pace| pace.slices = *slices);
                self.pace_changed()
            }
            _ => return,
        };
        match kind {
            EngineEventKind::ReadingStopped => self.is_reading_stopped = true,
            EngineEventKind::ReadingResumed => self.is_reading_stopped = false,
            _ => self.cancel_pace(context),
        }
        context.emit_by(by, &self.link, kind);
    }

    fn change_pace(&mut self, change: impl FnOnce(&mut SendingPace)) {
        let mut pace = self.pace.take().unwrap_or_default();
        change(&mut pace);
        self.pace = (!pace.is_free()).then_some(pace);
    }

    fn pace_changed(&self) -> EngineEventKind {
        let pace = self.pace.as_deref();
        let slices: Option<Slices> = pace.and_then(|pace| pace.slices);
        EngineEventKind::PaceChanged {
            rate: pace.and_then(|pace| pace.rate),
            slices,
        }
    }

    /// Has the connection read again that was held up because too much of what it read waits here.
    pub(super) fn relieve(&mut self, context: &mut Context) {
        if self.holds_up_partner
            && self.queue.bytes() < RELAY_LOW_BYTES
            && let Some(partner) = self.partner
        {
            self.holds_up_partner = false;
            context.relayed.push_back((partner, Relayed::Resume));
        }
    }

    /// Writes the chunk back straight from the current buffer, and queues the rest.
    pub(super) fn echo_unobserved(&mut self, count: usize, by: Requester, context: &mut Context) {
        let is_free = self.queue.is_empty() && self.pace.is_none() && self.resumes.is_none();
        if self.is_datagrams() {
            return self.echo_datagram(count, by, is_free, context);
        }
        let filled = context.buffers.filled(count);
        let mut rest = filled;
        while is_free && self.write_error.is_none() && !rest.is_empty() {
            let piece = rest.get(..WRITE_BYTES).unwrap_or(rest);
            match self.socket.write(piece) {
                Ok(written) => {
                    self.written_bytes += written as u64;
                    rest = rest.get(written..).unwrap_or_default();
                    if written < WRITE_BYTES {
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    if error.kind() != io::ErrorKind::WouldBlock {
                        self.write_error = Some(error);
                    }
                    break;
                }
            }
        }
        let start = filled.len() - rest.len();
        if start < count {
            let bytes = context.buffers.take(start..count);
            let payload = Payload::new(context.ids.next_payload(), bytes);
            self.queue.push(OutgoingStep::Send(payload), by);
        }
    }

    /// Ends the connection if a write has failed. Called when nothing is left to read.
    pub(super) fn check_write_error(&mut self) -> Result<(), EndedBy> {
        match self.write_error.take() {
            None => Ok(()),
            Some(error) if codes::is_reset(&error) => Err(EndedBy::Reset),
            Some(source) => {
                let peer = self.link.peer.clone();
                Err(EndedBy::failure(NetError::Send {
                    peer,
                    source: source.into(),
                }))
            }
        }
    }
}
