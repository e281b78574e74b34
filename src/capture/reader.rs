//! The reader thread: takes requests from the window and answers them from the recording.
//!
//! It drives all passes, in turns of a few milliseconds, between which it handles requests. Requested rows and details
//! come first, then a find, the older rows of a followed connection, the plot, and finally text in other encodings.

use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, select};

use super::clipboard::Clipping;
use super::conversation::{ConversationQuery, LineClipping, Transcript};
use super::criteria::Filter;
use super::current::Current;
use super::ends::ends;
use super::exchange::sent_after;
use super::find::RunningFind;
use super::frames::Frames;
use super::item::{detail, page};
use super::packets::PacketLog;
use super::page::Span;
use super::pass::{Pass, Turn};
use super::plot::Plot;
use super::progress::Progress;
use super::record::Record;
use super::request::{
    Answer, DetailOf, Exchange, ExchangeOf, RecordUpdate, Request, SamplesOf, Traced,
};
use super::row::Detail;
use super::sampled::SampleTable;
use super::say::{Say, Voice};
use super::texts::Texts;
use super::ticks::{Parts, Ticks};
use super::trace::trace;
use super::tracing::Tracing;
use super::view::Views;
use super::{HangUp, Wake};
use crate::net::{Clock, FlowId, Stamp};

/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_millis(100);
/// How many marks of each kind a trace shows.
const MAX_TRACED: usize = 1_024;
/// How long events may take to be recorded. A silence is over only when nothing can arrive within it any more.
const RECORDING_LAG: Duration = Duration::from_millis(300);
/// How many lifecycles are gathered at a time: both ends of two connections.
const MAX_TRACINGS: usize = 4;

/// The state of the reader thread.
pub(super) struct Reader {
    /// The session's clock; `None` for a capture opened from disk.
    clock: Option<Clock>,
    current: Current,
    /// The capture being read.
    record: Record,
    requests: Receiver<Request>,
    updates: Sender<RecordUpdate>,
    hang_up: Receiver<HangUp>,
    wake: Wake,
    say: &'static dyn Say,
    views: Views,
    transcript: Option<Aim<Transcript>>,
    plot: Aim<Plot>,
    tracings: Vec<Aim<Tracing>>,
    samples: Vec<SampleTable>,
    texts: Texts,
    packets: PacketLog,
    find: Option<RunningFind>,
    /// Requests that have not been answered, each with the number after the entries it covers.
    jobs: VecDeque<(Job, u64)>,
    shown: Shown,
    /// The most recently requested rows of the timeline and of a followed connection. They are sent again when more is
    /// known.
    rows: Option<(Filter, Span)>,
    lines: Option<(ConversationQuery, Span)>,
    /// Whether rows were sent before the state of their text was known.
    is_text_new: bool,
    /// When a silence ends a frame in the rows.
    silence: Option<Instant>,
    /// When progress was last reported.
    reported: Instant,
    /// The size of what was derived from the recording, as last reported.
    derived_bytes: u64,
}

/// A pass, and the number after the entries that it should cover.
#[derive(Default)]
struct Aim<P> {
    pass: P,
    end: u64,
}

impl<P: Pass> Aim<P> {
    fn is_behind(&self) -> bool {
        self.pass.is_behind(self.end)
    }

    fn work(&mut self, record: &Record) -> bool {
        self.pass.work(record, self.end, Turn::begin())
    }
}

/// A view is not ready yet.
struct Unready;

/// What the window shows of the capture. No other rows are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Nothing,
    /// The timeline.
    Rows,
    /// A followed connection.
    Lines,
}

/// A request that takes a pass, or more than one turn.
enum Job {
    Rows(Filter, Span),
    Lines(ConversationQuery, Span),
    Detail(DetailOf),
    Exchange(Box<ExchangeOf>),
    Copy(Filter, Box<Clipping>),
    CopyLines(ConversationQuery, Box<LineClipping>),
}

impl Reader {
    pub(super) fn new(
        clock: Option<Clock>,
        current: Current,
        say: &'static dyn Say,
        requests: Receiver<Request>,
        updates: Sender<RecordUpdate>,
        hang_up: Receiver<HangUp>,
        wake: Wake,
    ) -> Self {
        Self {
            clock,
            record: Record::new(current.store()),
            current,
            requests,
            updates,
            hang_up,
            wake,
            say,
            views: Views::new(say),
            transcript: None,
            plot: Aim::default(),
            tracings: Vec::new(),
            samples: Vec::new(),
            texts: Texts::default(),
            packets: PacketLog::default(),
            find: None,
            jobs: VecDeque::new(),
            shown: Shown::default(),
            rows: None,
            lines: None,
            is_text_new: false,
            silence: None,
            reported: Instant::now(),
            derived_bytes: 0,
        }
    }

    /// Answers requests until the window hangs up. Requests take precedence over the next turn of work.
    pub(super) fn run(mut self) {
        while self.hang_up.try_recv() != Err(TryRecvError::Disconnected) {
            let turn = self.has_work().then(Instant::now);
            let request = match turn.or(self.silence) {
                Some(due) => self.requests.recv_deadline(due),
                None => self.requests.recv().map_err(RecvTimeoutError::from),
            };
            let answer = match request {
                Ok(request) => self.answer(request),
                Err(RecvTimeoutError::Timeout) if turn.is_some() => self.turn(),
                // A silence has ended a frame.
                Err(RecvTimeoutError::Timeout) => {
                    self.switch_to_current();
                    self.resend_rows()
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let derived = self.derived();
            for answer in answer.into_iter().chain(derived) {
                if !self.send(answer) {
                    return;
                }
            }
        }
    }

    /// Returns the size of what was derived from the recording, if it has changed.
    fn derived(&mut self) -> Option<Answer> {
        let disk_bytes = self.views.disk_bytes();
        let is_changed = disk_bytes != self.derived_bytes;
        (is_changed && (!self.has_work() || is_due(&mut self.reported))).then(|| {
            self.derived_bytes = disk_bytes;
            Answer::Derived { disk_bytes }
        })
    }

    /// Sends first, wakes second. Waits for room until the window hangs up; then returns false.
    fn send(&self, answer: Answer) -> bool {
        let is_sent = select! {
            send(self.updates, RecordUpdate::Answer(answer)) -> sent => sent.is_ok(),
            recv(self.hang_up) -> _ => false,
        };
        if is_sent {
            (self.wake)();
        }
        is_sent
    }

    fn answer(&mut self, request: Request) -> Option<Answer> {
        self.switch_to_current();
        let end = self.record.status().entries;
        let job = match request {
            Request::Rows { filter, span } => {
                self.shown = Shown::Rows;
                return self.ask_rows(filter, span);
            }
            Request::Conversation { query, span } => {
                self.shown = Shown::Lines;
                return self.ask_first(Job::Lines(query, span));
            }
            Request::Detail(of) => Job::Detail(of),
            Request::Exchange(of) => Job::Exchange(of),
            Request::Copy {
                filter,
                rows,
                format,
                names,
            } => Job::Copy(filter, Box::new(Clipping::new(format, names, rows))),
            Request::CopyConversation { query, rows } => {
                Job::CopyLines(query, Box::new(LineClipping::new(query, rows)))
            }
            Request::Ends { entry, range } => {
                let ends = ends(&self.record, entry, &range).map(Arc::new);
                return Some(Answer::Ends { entry, range, ends });
            }
            Request::Packets(query) => {
                let found = self.packets.find(self.record.store(), &query);
                return Some(Answer::Packets(
                    query,
                    found.map(Arc::new).map_err(Arc::new),
                ));
            }
            Request::Plot(of) => {
                // It stands beside the timeline or a followed connection.
                if self.shown == Shown::Nothing {
                    self.shown = Shown::Rows;
                }
                if self.plot.pass.counts() != of {
                    self.plot.pass = Plot::of(of);
                }
                self.plot.end = end;
                self.plot.work(&self.record);
                let series = Arc::new(self.plot.pass.series(end));
                return Some(Answer::Plot { of, series });
            }
            Request::Trace(connection) => return Some(self.trace(connection, end)),
            Request::Samples(of) => return Some(self.samples(of, end)),
            Request::Find {
                filter,
                pattern,
                from,
                forward,
            } => {
                self.views.release();
                self.find = Some(RunningFind::new(
                    filter.of_entries(),
                    pattern,
                    from,
                    forward,
                    end,
                ));
                return None;
            }
            Request::CancelFind => {
                self.find = None;
                self.views.release();
                return None;
            }
            Request::ReadTextIn(encodings) => {
                self.texts = Texts::new(encodings);
                self.is_text_new = true;
                return None;
            }
            Request::SpeakIn(Voice(say)) => {
                self.say = say;
                self.views = Views::new(say);
                (self.find, self.transcript) = (None, None);
                self.is_text_new = true;
                return None;
            }
            Request::LeaveConversation => {
                (self.transcript, self.lines) = (None, None);
                self.shown = Shown::Rows;
                return None;
            }
            Request::LookAway => {
                self.look_away();
                return None;
            }
        };
        self.jobs.push_back((job, end));
        self.turn()
    }

    fn ask_rows(&mut self, filter: Filter, span: Span) -> Option<Answer> {
        self.silence = None;
        let shown = self.rows.as_ref();
        if shown.is_some_and(|(shown, _)| *shown != filter) {
            self.views.release();
        }
        self.rows = Some((filter.clone(), span));
        self.ask_first(Job::Rows(filter, span))
    }

    /// Does a job before all others, replacing an earlier one of its kind.
    fn ask_first(&mut self, job: Job) -> Option<Answer> {
        self.jobs
            .retain(|(it, _)| discriminant(it) != discriminant(&job));
        self.jobs.push_front((job, self.record.status().entries));
        self.turn()
    }

    fn look_away(&mut self) {
        self.shown = Shown::Nothing;
        self.jobs
            .retain(|(job, _)| !matches!(job, Job::Rows(..) | Job::Lines(..)));
        (self.rows, self.lines, self.silence) = (None, None, None);
        self.views.release();
    }

    fn resend_rows(&mut self) -> Option<Answer> {
        let (filter, span) = self.rows.clone()?;
        self.ask_rows(filter, span)
    }

    /// Drops a capture that the session is no longer recorded into.
    fn switch_to_current(&mut self) {
        let store = self.current.store();
        if !Arc::ptr_eq(self.record.store(), &store) {
            self.record = Record::new(store);
            self.views = Views::new(self.say);
            (self.find, self.transcript) = (None, None);
            self.plot = Aim::default();
            self.tracings.clear();
            self.samples.clear();
            self.texts.restart();
            let entries = self.record.status().entries;
            for (_, end) in &mut self.jobs {
                *end = entries;
            }
        }
    }

    fn has_work(&self) -> bool {
        self.next_job().is_some()
            || self.find.is_some()
            || self.is_counting()
            || self.is_growing()
            || (self.shown != Shown::Nothing && (self.plot.is_behind() || self.is_text_new))
    }

    /// Returns the place of the next job: rows that are not shown wait.
    fn next_job(&self) -> Option<usize> {
        self.jobs.iter().position(|(job, _)| match job {
            Job::Rows(..) => self.shown == Shown::Rows,
            Job::Lines(..) => self.shown == Shown::Lines,
            Job::Detail(_) | Job::Exchange(_) | Job::Copy(..) | Job::CopyLines(..) => true,
        })
    }

    /// Returns whether older frames of the timeline are still being found.
    fn is_growing(&self) -> bool {
        let rows = self.rows.as_ref().filter(|_| self.shown == Shown::Rows);
        let frames = rows.and_then(|(filter, _)| self.views.frames_of(filter));
        frames.is_some_and(|frames| frames.is_growing(&self.record))
    }

    /// Finds older frames, and sends the visible rows again when there are more, or to report progress.
    fn grow(&mut self) -> Option<Answer> {
        let (filter, _) = self.rows.as_ref()?;
        let frames = self.views.get(filter).frames_mut()?;
        let is_more = frames.grow(&self.record, Turn::begin());
        (is_more || is_due(&mut self.reported))
            .then(|| self.resend_rows())
            .flatten()
    }

    /// Returns whether the followed connection is still being counted.
    fn is_counting(&self) -> bool {
        let transcript = self.transcript.as_ref();
        self.shown == Shown::Lines && transcript.is_some_and(Aim::is_behind)
    }

    /// Works for one turn, first on what the user is waiting for.
    fn turn(&mut self) -> Option<Answer> {
        let next = self.next_job();
        if let Some((job, end)) = next.and_then(|place| self.jobs.remove(place)) {
            return self.continue_job(job, end);
        }
        if self.find.is_some() {
            return self.continue_find();
        }
        if self.is_counting()
            && let Some(transcript) = &mut self.transcript
        {
            let is_done = transcript.work(&self.record);
            let is_due = is_due(&mut self.reported) || is_done;
            return is_due.then(|| self.lines()).flatten();
        }
        if self.is_growing() {
            return self.grow();
        }
        if self.shown == Shown::Nothing {
            return None;
        }
        if self.plot.is_behind() {
            self.plot.work(&self.record);
            return None;
        }
        self.read_text()
    }

    /// Continues a job. If it takes longer, it is queued again.
    fn continue_job(&mut self, mut job: Job, end: u64) -> Option<Answer> {
        let done = self.work(&mut job, end);
        if done.is_some() {
            return done;
        }
        let report = match &job {
            Job::Rows(filter, _) if is_due(&mut self.reported) => {
                let view = self.views.get(filter);
                Some(Answer::Viewing {
                    filter: filter.clone(),
                    len: view.len(),
                    progress: view.progress(&self.record, end),
                })
            }
            _ => None,
        };
        self.jobs.push_front((job, end));
        report
    }

    /// Works on a job for one turn. Returns the answer once it is done.
    fn work(&mut self, job: &mut Job, end: u64) -> Option<Answer> {
        let turn = Turn::begin();
        match job {
            Job::Rows(filter, span) => {
                let now = self.silent_until();
                let view = self.views.get(filter);
                if !view.work(&self.record, end, turn) {
                    return None;
                }
                if let Some(now) = now {
                    view.pass(now);
                }
                self.begin_text(end);
                let view = self.views.get(filter);
                let due = view.frames().and_then(Frames::due).zip(now);
                self.silence = due.map(|(due, now)| Instant::now() + due.since(now));
                let texts = self.texts.of(&self.record);
                Some(Answer::Rows(page(view, filter.clone(), *span, texts)))
            }
            Job::Lines(query, span) => {
                self.open_transcript(*query);
                self.lines = Some((*query, *span));
                if let Some(transcript) = &mut self.transcript {
                    transcript.end = end;
                    transcript.work(&self.record);
                }
                self.begin_text(end);
                self.lines()
            }
            Job::Detail(of) => {
                let detail = self.detail(of, end, turn).ok()?;
                Some(Answer::Detail(of.clone(), detail))
            }
            Job::Exchange(of) => {
                let exchange = self.exchange(of, end, turn).ok()?;
                Some(Answer::Exchange(of.clone(), exchange.map(Arc::new)))
            }
            Job::Copy(filter, clipping) => {
                let view = self.views.get(filter);
                let texts = self.texts.of(&self.record);
                let is_done = view.work(&self.record, end, turn)
                    && clipping.work(view, texts, self.say, turn);
                is_done.then(|| Answer::Copied(clipping.take()))
            }
            Job::CopyLines(query, clipping) => {
                self.open_transcript(*query);
                let transcript = &mut self.transcript.as_mut()?.pass;
                let texts = self.texts.of(&self.record);
                let is_done = clipping.work(transcript, texts, self.say, turn);
                is_done.then(|| Answer::Copied(clipping.take()))
            }
        }
    }

    /// Returns a row with its whole payload; `None` if it is no longer kept.
    ///
    /// # Errors
    /// Its view is not ready yet.
    fn detail(
        &mut self,
        of: &DetailOf,
        end: u64,
        turn: Turn,
    ) -> Result<Option<Arc<Detail>>, Unready> {
        let (mut frames, mut chunk) = (None, Some((of.number, 0)));
        if let Some((filter, at)) = &of.chunk {
            let view = self.views.get(filter);
            if !view.work(&self.record, end, turn) {
                return Err(Unready);
            }
            let bundles = view.bundles();
            chunk = bundles.and_then(|bundles| bundles.chunk(of.number, *at));
        } else if let Some(filter) = &of.frames {
            let view = self.views.get(filter);
            if !view.work(&self.record, end, turn) {
                return Err(Unready);
            }
            frames = view.frames();
        }
        let detail = chunk.and_then(|(number, chunk)| {
            let detail = detail(number, frames, self.texts.of(&self.record));
            detail.map(|detail| Arc::new(Detail { chunk, ..detail }))
        });
        Ok(detail)
    }

    /// Returns a request and what was sent in answer, in the manner of [`Self::detail`].
    fn exchange(
        &mut self,
        of: &ExchangeOf,
        end: u64,
        turn: Turn,
    ) -> Result<Option<Exchange>, Unready> {
        let request = self.detail(&of.request, end, turn)?;
        let reply = match (&of.reply, &request) {
            (Some(reply), _) => self
                .detail(reply, end, turn)?
                .and_then(|it| it.payload.clone()),
            (None, Some(request)) => {
                let row = &request.row;
                let connection = row.connection;
                connection.and_then(|it| sent_after(&self.record, row.last_entry(), it))
            }
            (None, None) => None,
        };
        Ok(request.map(|request| Exchange { request, reply }))
    }

    /// Opens a transcript, unless it is already open.
    fn open_transcript(&mut self, query: ConversationQuery) {
        let is_open = |open: &Aim<Transcript>| *open.pass.query() == query;
        if !self.transcript.as_ref().is_some_and(is_open) {
            self.transcript = Some(Aim {
                pass: Transcript::new(query, &self.record, self.say),
                end: self.record.status().entries,
            });
        }
    }

    /// Returns the most recently requested rows of the followed connection.
    fn lines(&mut self) -> Option<Answer> {
        let (query, span) = self.lines?;
        let transcript = &mut self.transcript.as_mut()?.pass;
        let texts = self.texts.of(&self.record);
        (*transcript.query() == query).then(|| Answer::Lines(transcript.page(span, texts)))
    }

    /// Returns the lifecycle of a connection, as far as it is gathered within a turn.
    fn trace(&mut self, connection: FlowId, end: u64) -> Answer {
        let is_same = |it: &Aim<Tracing>| it.pass.connection() == connection;
        let place = self.tracings.iter().position(is_same);
        let mut tracing = match place {
            Some(place) => self.tracings.remove(place),
            None => Aim {
                pass: Tracing::of(connection),
                end,
            },
        };
        tracing.end = end;
        tracing.work(&self.record);
        let samples = self.sample_table(connection, end);
        let (marks, observed) = (samples.marks(MAX_TRACED), samples.observed());
        let (are_samples_cut, are_whole) = (samples.is_cut(), samples.is_whole());
        let first = self.record.status().first_kept;
        let traced = Traced {
            connection,
            progress: Progress {
                done: tracing.pass.examined_to().saturating_sub(first),
                // While samples are left, it is not whole.
                total: end.saturating_sub(first) + u64::from(!are_whole),
            },
            is_cut: tracing.pass.is_cut() || are_samples_cut,
            trace: trace(connection.role, tracing.pass.facts(), &marks, &observed)
                .with_syn(tracing.pass.syn()),
        };
        self.tracings.push(tracing);
        if self.tracings.len() > MAX_TRACINGS {
            self.tracings.remove(0);
        }
        Answer::Trace(Arc::new(traced))
    }

    /// Returns what the kernel said of a connection, as far as it is gathered within a turn.
    fn samples(&mut self, of: SamplesOf, end: u64) -> Answer {
        let page = self.sample_table(of.connection, end).page(of);
        Answer::Samples(Arc::new(page))
    }

    fn sample_table(&mut self, connection: FlowId, end: u64) -> &SampleTable {
        let is_same = |it: &SampleTable| it.connection() == connection;
        let mut table = match self.samples.iter().position(is_same) {
            Some(place) => self.samples.remove(place),
            None => SampleTable::of(connection),
        };
        table.look_again();
        table.work(&self.record, end, Turn::begin());
        if self.samples.len() >= MAX_TRACINGS {
            self.samples.remove(0);
        }
        self.samples.push_mut(table)
    }

    /// Spends one turn on determining the state of the streams' text. If a long recording takes longer, the rows are
    /// sent again later.
    fn begin_text(&mut self, end: u64) {
        self.is_text_new |= !self.texts.work(&self.record, end, Turn::begin());
    }

    /// Determines the state of the streams' text. When it is known, sends the visible rows again.
    fn read_text(&mut self) -> Option<Answer> {
        let end = self.record.status().entries;
        if !self.texts.work(&self.record, end, Turn::begin()) {
            return None;
        }
        self.is_text_new = false;
        if let Some((query, span)) = self.lines {
            self.jobs.push_back((Job::Lines(query, span), end));
        }
        self.resend_rows()
    }

    fn continue_find(&mut self) -> Option<Answer> {
        let find = self.find.as_mut()?;
        let view = self.views.get_found(&find.filter, Some(&find.pattern));
        let is_over = view.work(&self.record, find.end, Turn::begin());
        let progress = view.progress(&self.record, find.end);
        let mut answer = find.answer(view, progress).or_else(|| {
            (is_over || is_due(&mut self.reported)).then(|| find.progress_report(view, progress))
        });
        // The end of counting is reported with the entry, or after it.
        let is_said = matches!(&answer, Some(Answer::Found { progress, .. } | Answer::Finding { progress, .. })
            if progress.is_whole());
        if let Some(Answer::Found { ticks, .. } | Answer::Finding { ticks, .. }) = &mut answer {
            *ticks = self.ticks().map(Arc::new);
        }
        if is_over && is_said {
            self.find = None;
        }
        answer
    }

    /// Returns where the matches found so far stand among the rows that were requested last.
    fn ticks(&mut self) -> Option<Ticks> {
        let parts = match self.shown {
            Shown::Rows => Parts::of(self.views.get(&self.rows.as_ref()?.0))?,
            Shown::Lines => self.transcript.as_ref()?.pass.parts(),
            Shown::Nothing => return None,
        };
        let find = self.find.as_ref()?;
        let matches = self.views.get_found(&find.filter, Some(&find.pattern));
        Some(parts.ticks(matches))
    }

    /// Returns the time up to which everything is recorded, if the session is live.
    fn silent_until(&self) -> Option<Stamp> {
        let now = self.clock?.now();
        Some(Stamp(now.0.saturating_sub(RECORDING_LAG.as_nanos() as u64)))
    }
}

/// Returns whether progress is due to be reported, and notes the time.
fn is_due(reported: &mut Instant) -> bool {
    let is_due = reported.elapsed() >= REPORT_EVERY;
    if is_due {
        *reported = Instant::now();
    }
    is_due
}

#[cfg(test)]
mod tests;
