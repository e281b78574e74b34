//! Sending a message again and again, on a thread of its own: when, how often, and why it ends.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::Wake;
use super::answers::{Answers, ExpectedAnswers};
use super::parcel::Addressed;
use super::sight::{SeenByRecorder, Sight, lock};
use crate::capture::Ending;
use crate::capture::frames::FrameRules;
use crate::net::{Command, CommandError, CommandSender, EndpointId, FlowId, Ids, NetError, SendTo};
use crate::workspace::Repetition;

/// The longest time to wait for the next message.
const LONGEST_WAIT: Duration = Duration::from_hours(24 * 365);

/// When the messages of a repetition are due. A late one is sent at once, and the next one is due a period after that.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    due: Instant,
    period: Duration,
}

impl Schedule {
    /// Begins with a message that is sent now.
    pub fn new(period: Duration, now: Instant) -> Self {
        Self { due: now, period }
    }

    /// Returns how long to wait before the next message.
    pub fn wait(&mut self, now: Instant) -> Duration {
        let next = self.due.checked_add(self.period);
        self.due = next.map_or(now, |next| next.max(now));
        next.map_or(self.period, |next| next.saturating_duration_since(now))
    }
}

/// How far a repetition has come.
#[derive(Clone, Debug)]
pub struct RepeatStatus {
    /// What was asked for.
    pub repetition: Repetition,
    /// How many times the message was passed on to be sent.
    pub times: u64,
    /// Why it ended, once it has.
    pub end: Option<RepeatEnd>,
}

/// Why a repetition ended.
#[derive(Clone, Debug)]
pub enum RepeatEnd {
    /// The message was sent as often as it was to be.
    Done,
    /// The user stopped it.
    Stopped,
    /// A reply was received.
    Replied,
    /// The last connection that it was sent on ended.
    Ended(Ending),
    /// The message could not be sent.
    Failed(Arc<NetError>),
    /// The endpoint took no more commands.
    Refused(Arc<CommandError>),
}

/// A message that is being repeated.
pub(super) struct Repeater {
    /// Who sends the message.
    endpoints: Vec<EndpointId>,
    sight: Sight,
    status: Arc<Mutex<Reported>>,
    thread: Option<JoinHandle<()>>,
}

struct Reported {
    status: RepeatStatus,
    is_new: bool,
}

impl Repeater {
    /// Sends the message for the first time, and again as it is due.
    pub(super) fn start(
        addressed: Vec<(Addressed, CommandSender)>,
        repetition: Repetition,
        rules: FrameRules,
        answers: Answers,
        ids: Ids,
        wake: Wake,
    ) -> io::Result<Self> {
        let endpoints = addressed.iter().map(|(it, _)| it.endpoint).collect();
        let (sight, signals) = Sight::new();
        let status = RepeatStatus {
            repetition,
            times: 0,
            end: None,
        };
        let status = Arc::new(Mutex::new(Reported {
            status,
            is_new: true,
        }));
        let job = Job {
            addressed,
            repetition,
            rules: Arc::new(rules),
            answers,
            ids,
            sight: sight.clone(),
            signals,
            status: Arc::clone(&status),
            wake,
            times: 0,
        };
        let thread = thread::Builder::new().name("repeater".to_owned());
        let thread = Some(thread.spawn(move || job.run())?);
        Ok(Self {
            endpoints,
            sight,
            status,
            thread,
        })
    }

    /// Returns how far it has come, if that has changed.
    pub(super) fn take(&self) -> Option<RepeatStatus> {
        let mut reported = lock(&self.status);
        std::mem::take(&mut reported.is_new).then(|| reported.status.clone())
    }

    /// Returns whether an endpoint sends the message.
    pub(super) fn names(&self, endpoint: EndpointId) -> bool {
        self.endpoints.contains(&endpoint)
    }

    /// Ends it before the next message.
    pub(super) fn stop(&self) {
        self.sight.stop();
    }
}

impl Drop for Repeater {
    /// Ends it and waits for its thread, which blocks on nothing but this.
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            // A panic in the thread has already been reported.
            thread.join().ok();
        }
    }
}

/// The state of the thread.
struct Job {
    addressed: Vec<(Addressed, CommandSender)>,
    repetition: Repetition,
    rules: Arc<FrameRules>,
    answers: Answers,
    ids: Ids,
    sight: Sight,
    signals: Receiver<()>,
    status: Arc<Mutex<Reported>>,
    wake: Wake,
    times: u64,
}

impl Job {
    fn run(mut self) {
        let mut schedule = Schedule::new(self.repetition.period, Instant::now());
        let end = loop {
            if let Err(error) = self.send() {
                break RepeatEnd::Refused(Arc::new(error));
            }
            self.report(None);
            if self
                .repetition
                .times
                .is_some_and(|most| self.times >= most.get())
            {
                break RepeatEnd::Done;
            }
            if let Err(end) = self.wait(schedule.wait(Instant::now())) {
                break end;
            }
        };
        self.report(Some(end));
    }

    fn send(&mut self) -> Result<(), CommandError> {
        self.times += 1;
        self.answers.expect(ExpectedAnswers {
            endpoints: self.addressed.iter().map(|(it, _)| it.endpoint).collect(),
            after: self.ids.next_payload(),
            rules: Arc::clone(&self.rules),
            times: self.times,
            sight: Some(self.sight.clone()),
        });
        for (addressed, commands) in &self.addressed {
            let to = addressed.to.clone();
            let message = addressed.template.clone().into();
            commands.send(Command::Send { to, message })?;
        }
        Ok(())
    }

    fn report(&self, end: Option<RepeatEnd>) {
        let mut reported = lock(&self.status);
        reported.status.times = self.times;
        reported.status.end = end;
        reported.is_new = true;
        drop(reported);
        (self.wake)();
    }

    /// Waits until the next message is due; the second one also until the first was sent, which may take a connect.
    fn wait(&mut self, time: Duration) -> Result<(), RepeatEnd> {
        let due = Instant::now() + time.min(LONGEST_WAIT);
        loop {
            if self.look()? {
                match self.signals.recv_deadline(due) {
                    Ok(()) => {}
                    Err(_due) => return Ok(()),
                }
            } else if self.signals.recv().is_err() {
                return Err(RepeatEnd::Stopped);
            }
        }
    }

    /// Takes what was seen. Returns whether every endpoint has begun to send, or why the repetition ends.
    fn look(&mut self) -> Result<bool, RepeatEnd> {
        let SeenByRecorder {
            begun,
            gone,
            has_reply,
            failed,
            not_open,
            is_stopped,
        } = self.sight.take();
        if is_stopped {
            return Err(RepeatEnd::Stopped);
        }
        if has_reply && self.repetition.until_reply {
            return Err(RepeatEnd::Replied);
        }
        for (addressed, _) in &mut self.addressed {
            // From now on a client that is no longer connected does not connect again.
            if let SendTo::Client(_) = addressed.to
                && let Some(connection) = begun.get(&addressed.endpoint)
            {
                addressed.to = SendTo::Connections(vec![*connection]);
            }
        }
        self.leave_out(gone)?;
        let failed = failed.map(|error| (self.is_fatal(&error), error));
        self.leave_out_shut(&begun, &not_open);
        let is_over = self.addressed.is_empty();
        let failed = failed.filter(|(is_fatal, _)| *is_fatal || is_over);
        if let Some((_, error)) = failed {
            return Err(RepeatEnd::Failed(error));
        }
        let mut endpoints = self.addressed.iter().map(|(it, _)| it.endpoint);
        Ok(endpoints.all(|id| begun.contains_key(&id)))
    }

    /// Leaves out connections that have ended; without any other, so has the repetition.
    fn leave_out(&mut self, gone: Vec<(FlowId, Ending)>) -> Result<(), RepeatEnd> {
        for (connection, ending) in gone {
            for (addressed, _) in &mut self.addressed {
                if let SendTo::Connections(all) = &mut addressed.to {
                    all.retain(|id| *id != connection);
                }
            }
            let is_empty = |to: &SendTo| matches!(to, SendTo::Connections(all) if all.is_empty());
            self.addressed.retain(|(it, _)| !is_empty(&it.to));
            if self.addressed.is_empty() {
                return Err(RepeatEnd::Ended(ending));
            }
        }
        Ok(())
    }

    /// Leaves out endpoints none of whose connections was open for the first message: they are not waited for.
    fn leave_out_shut(
        &mut self,
        begun: &BTreeMap<EndpointId, FlowId>,
        not_open: &BTreeMap<EndpointId, usize>,
    ) {
        let is_shut = |it: &Addressed| {
            let connections = match &it.to {
                SendTo::Connections(all) => all.len(),
                SendTo::All | SendTo::Client(_) => 1,
            };
            let not_open = not_open.get(&it.endpoint).copied().unwrap_or_default();
            !begun.contains_key(&it.endpoint) && not_open >= connections
        };
        self.addressed.retain(|(it, _)| !is_shut(it));
    }

    /// Returns whether an error ends it: one of several connections may be gone.
    fn is_fatal(&self, error: &NetError) -> bool {
        let is_one = |to: &SendTo| matches!(to, SendTo::Connections(all) if all.len() == 1);
        let is_only = self.addressed.len() == 1 && is_one(&self.addressed[0].0.to);
        is_only || !matches!(error, NetError::NotOpen { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_message_is_sent_at_once_and_the_next_one_its_time_after_it() {
        let second = Duration::from_secs(1);
        let start = Instant::now();
        let mut schedule = Schedule::new(second, start);
        assert_eq!(schedule.wait(start + second / 4), second * 3 / 4);
        assert_eq!(schedule.wait(start + second), second);
        // The third was due at 2 s.
        assert_eq!(schedule.wait(start + second * 5), Duration::ZERO);
        assert_eq!(schedule.wait(start + second * 5), second);
    }

    #[test]
    fn a_period_beyond_the_clock_is_waited_for() {
        let mut schedule = Schedule::new(Duration::MAX, Instant::now());
        assert_eq!(schedule.wait(Instant::now()), Duration::MAX);
    }
}
