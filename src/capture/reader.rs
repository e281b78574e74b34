//! The reader thread: takes requests from the window and answers them from the recording.
//!
//! It drives all passes, in turns of a few milliseconds, between which it handles requests. Requested rows and details
//! come first, then a find, the older rows of a followed connection, the plot, and finally text in other encodings.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, select};

use super::clipboard::Clipping;
use super::conversation::{ConversationQuery, Document, LineClipping};
use super::criteria::Filter;
use super::current::Current;
use super::ends::ends;
use super::find::Find;
use super::frames::{Frames, TableRow};
use super::item::{frame_detail, visit};
use super::page::{Page, Span};
use super::pass::{Pass, Turn};
use super::plot::Plot;
use super::record::{Depth, Record};
use super::request::{Answer, DetailOf, Request, Update};
use super::row::Detail;
use super::say::Say;
use super::texts::{Texts, TextsOf};
use super::view::Views;
use super::{HangUp, Wake};
use crate::net::{Clock, Stamp};

/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_millis(100);
/// How long events may take to be recorded. A silence is over only when nothing can arrive within it any more.
const RECORDING_LAG: Duration = Duration::from_millis(300);

/// The state of the reader thread.
pub(super) struct Reader {
    /// The session's clock; `None` for a capture opened from disk.
    clock: Option<Clock>,
    current: Current,
    /// The capture being read.
    record: Record,
    requests: Receiver<Request>,
    updates: Sender<Update>,
    hang_up: Receiver<HangUp>,
    wake: Wake,
    say: &'static dyn Say,
    views: Views,
    document: Option<Aim<Document>>,
    plot: Aim<Plot>,
    texts: Texts,
    find: Option<Find>,
    /// Requests that have not been answered, each with the number after the entries it covers.
    jobs: VecDeque<(Job, u64)>,
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
}

/// A pass, and the number after the entries that it should cover.
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

/// A request that takes a pass, or more than one turn.
enum Job {
    Rows(Filter, Span),
    Lines(ConversationQuery, Span),
    Detail(DetailOf),
    Copy(Filter, Box<Clipping>),
    CopyLines(ConversationQuery, Box<LineClipping>),
}

/// What the reader does next.
enum Next {
    Request(Box<Request>),
    /// Continue the work in progress.
    Turn,
    /// A silence has ended a frame: send the rows again.
    Silence,
    /// The window has hung up.
    End,
}

impl Next {
    fn request(request: Request) -> Self {
        Self::Request(Box::new(request))
    }
}

impl Reader {
    pub(super) fn new(
        clock: Option<Clock>,
        current: Current,
        say: &'static dyn Say,
        requests: Receiver<Request>,
        updates: Sender<Update>,
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
            document: None,
            plot: Aim {
                pass: Plot::new(),
                end: 0,
            },
            texts: Texts::default(),
            find: None,
            jobs: VecDeque::new(),
            rows: None,
            lines: None,
            is_text_new: false,
            silence: None,
            reported: Instant::now(),
        }
    }

    /// Answers requests until the window hangs up. Requests take precedence over the next turn of work.
    pub(super) fn run(mut self) {
        loop {
            let answer = match self.next() {
                Next::Request(request) => self.answer(*request),
                Next::Turn => self.turn(),
                Next::Silence => {
                    self.switch_to_current();
                    self.resend_rows()
                }
                Next::End => return,
            };
            if answer.is_some_and(|answer| !self.send(answer)) {
                return;
            }
        }
    }

    fn next(&self) -> Next {
        if self.hang_up.try_recv() == Err(TryRecvError::Disconnected) {
            return Next::End;
        }
        if !self.has_work() {
            let request = match self.silence {
                Some(due) => self.requests.recv_deadline(due),
                None => self.requests.recv().map_err(RecvTimeoutError::from),
            };
            return match request {
                Ok(request) => Next::request(request),
                Err(RecvTimeoutError::Timeout) => Next::Silence,
                Err(RecvTimeoutError::Disconnected) => Next::End,
            };
        }
        match self.requests.try_recv() {
            Ok(request) => Next::request(request),
            Err(TryRecvError::Empty) => Next::Turn,
            Err(TryRecvError::Disconnected) => Next::End,
        }
    }

    /// Sends first, wakes second. Waits for room until the window hangs up; then returns false.
    fn send(&self, answer: Answer) -> bool {
        let is_sent = select! {
            send(self.updates, Update::Answer(answer)) -> sent => sent.is_ok(),
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
        match request {
            Request::Rows { filter, span } => return self.ask_rows(filter, span),
            Request::Conversation { query, span } => {
                self.ask_first(Job::Lines(query, span), |job| matches!(job, Job::Lines(..)));
            }
            Request::Detail(of) => self.jobs.push_back((Job::Detail(of), end)),
            Request::Copy {
                filter,
                rows,
                format,
                names,
            } => {
                let clipping = Clipping::new(format, names, rows);
                self.jobs
                    .push_back((Job::Copy(filter, Box::new(clipping)), end));
            }
            Request::CopyConversation { query, rows } => {
                let clipping = LineClipping::new(query, rows);
                self.jobs
                    .push_back((Job::CopyLines(query, Box::new(clipping)), end));
            }
            Request::Ends { entry, range } => {
                let ends = ends(&self.record, entry, &range).map(Arc::new);
                return Some(Answer::Ends { entry, range, ends });
            }
            Request::Plot => {
                self.plot.end = end;
                self.plot.work(&self.record);
                let series = Arc::new(self.plot.pass.series(end));
                return Some(Answer::Plot { series });
            }
            Request::Find {
                filter,
                pattern,
                from,
                forward,
            } => {
                self.views.release();
                self.find = Some(Find::new(filter.of_entries(), pattern, from, forward, end));
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
            Request::LeaveConversation => {
                (self.document, self.lines) = (None, None);
                return None;
            }
        }
        self.turn()
    }

    fn ask_rows(&mut self, filter: Filter, span: Span) -> Option<Answer> {
        self.silence = None;
        if self
            .rows
            .as_ref()
            .is_some_and(|(shown, _)| *shown != filter)
        {
            self.views.release();
        }
        self.rows = Some((filter.clone(), span));
        self.ask_first(Job::Rows(filter, span), |job| matches!(job, Job::Rows(..)));
        self.turn()
    }

    /// Puts a job before all others, replacing an earlier one of its kind.
    fn ask_first(&mut self, job: Job, is_replaced: impl Fn(&Job) -> bool) {
        self.jobs.retain(|(job, _)| !is_replaced(job));
        self.jobs.push_front((job, self.record.status().entries));
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
            (self.find, self.document) = (None, None);
            self.plot = Aim {
                pass: Plot::new(),
                end: 0,
            };
            self.texts.restart();
            let entries = self.record.status().entries;
            for (_, end) in &mut self.jobs {
                *end = entries;
            }
        }
    }

    fn has_work(&self) -> bool {
        !self.jobs.is_empty()
            || self.find.is_some()
            || self.document.as_ref().is_some_and(Aim::is_behind)
            || self.plot.is_behind()
            || self.is_text_new
    }

    /// Works for one turn, first on what the user is waiting for.
    fn turn(&mut self) -> Option<Answer> {
        if let Some((job, end)) = self.jobs.pop_front() {
            return self.continue_job(job, end);
        }
        if self.find.is_some() {
            return self.continue_find();
        }
        if let Some(document) = self.document.as_mut().filter(|it| it.is_behind()) {
            let is_done = document.work(&self.record);
            let is_due = is_due(&mut self.reported) || is_done;
            return is_due.then(|| self.lines()).flatten();
        }
        if self.plot.is_behind() {
            self.plot.work(&self.record);
            return None;
        }
        self.read_text()
    }

    /// Continues a job. If it takes longer, it is queued again.
    fn continue_job(&mut self, job: Job, end: u64) -> Option<Answer> {
        let turn = Turn::begin();
        let mut report = None;
        let job = match job {
            Job::Rows(filter, span) => {
                let now = self.silent_until();
                let view = self.views.get(&filter);
                if view.work(&self.record, end, turn) {
                    if let Some(now) = now {
                        view.pass(now);
                    }
                    self.begin_text(end);
                    return Some(Answer::Rows(self.page(filter, span)));
                }
                report = is_due(&mut self.reported).then(|| Answer::Viewing {
                    filter: filter.clone(),
                    len: view.len(),
                    progress: view.progress(&self.record, end),
                });
                Job::Rows(filter, span)
            }
            Job::Lines(query, span) => {
                self.open_document(query);
                self.lines = Some((query, span));
                if let Some(document) = &mut self.document {
                    document.end = end;
                    document.work(&self.record);
                }
                self.begin_text(end);
                return self.lines();
            }
            Job::Detail(of) => {
                let frames = of.frames.as_ref().map(|filter| self.views.get(filter));
                if frames.is_none_or(|view| view.work(&self.record, end, turn)) {
                    let detail = self.detail(&of).map(Arc::new);
                    return Some(Answer::Detail(of, detail));
                }
                Job::Detail(of)
            }
            Job::Copy(filter, mut clipping) => {
                let view = self.views.get(&filter);
                if view.work(&self.record, end, turn)
                    && clipping.work(&self.record, view, &self.texts, self.say, turn)
                {
                    return Some(Answer::Copied(clipping.copied()));
                }
                Job::Copy(filter, clipping)
            }
            Job::CopyLines(query, mut clipping) => {
                self.open_document(query);
                let Self {
                    texts,
                    record,
                    document,
                    say,
                    ..
                } = self;
                let texts = TextsOf { texts, record };
                let document = document.as_mut().map(|it| &mut it.pass);
                if document.is_none_or(|it| clipping.work(it, texts, *say, turn)) {
                    return Some(Answer::Copied(clipping.copied()));
                }
                Job::CopyLines(query, clipping)
            }
        };
        self.jobs.push_front((job, end));
        report
    }

    /// Opens a document, unless it is already open.
    fn open_document(&mut self, query: ConversationQuery) {
        let is_open = |open: &Aim<Document>| *open.pass.query() == query;
        if !self.document.as_ref().is_some_and(is_open) {
            self.document = Some(Aim {
                pass: Document::new(query, &self.record),
                end: self.record.status().entries,
            });
        }
    }

    /// Returns the most recently requested rows of the followed connection.
    fn lines(&mut self) -> Option<Answer> {
        let (query, span) = self.lines?;
        let Self {
            texts,
            record,
            document,
            ..
        } = self;
        let document = &mut document.as_mut()?.pass;
        let is_shown = *document.query() == query;
        is_shown.then(|| Answer::Lines(document.page(span, TextsOf { texts, record })))
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
        let mut find = self.find.take()?;
        let view = self.views.get_found(&find.filter, Some(&find.pattern));
        let is_over = view.work(&self.record, find.end, Turn::begin());
        let progress = view.progress(&self.record, find.end);
        let answer = find.answer(view, progress).or_else(|| {
            (is_over || is_due(&mut self.reported)).then(|| find.progress_report(view, progress))
        });
        // The end of counting is reported with the entry, or after it.
        let is_said = matches!(&answer, Some(Answer::Found { progress, .. } | Answer::Finding { progress, .. })
            if progress.is_whole());
        if !(is_over && is_said) {
            self.find = Some(find);
        }
        answer
    }

    /// Returns the time up to which everything is recorded, if the session is live.
    fn silent_until(&self) -> Option<Stamp> {
        let now = self.clock?.now();
        Some(Stamp(now.0.saturating_sub(RECORDING_LAG.as_nanos() as u64)))
    }

    /// Returns rows of a complete view.
    fn page(&mut self, filter: Filter, span: Span) -> Page<Filter> {
        let now = self.silent_until();
        let view = self.views.get(&filter);
        let gone = view.gone();
        let wanted = view.rows(span, &self.record);
        let before = wanted.start.checked_sub(1);
        let with_previous = before.unwrap_or(wanted.start)..wanted.end;
        let first_number = view.number(wanted.start);
        let mut previous = None;
        let mut rows = Vec::new();
        let (record, texts) = (&self.record, &self.texts);
        visit(record, view, texts, with_previous, Depth::Head, |item| {
            if first_number.is_some_and(|first| item.number >= first) {
                rows.push(item.row(previous));
            }
            previous = item.entry.ok().map(|entry| entry.event.stamp);
            ControlFlow::Continue(())
        });
        // Rows may have been dropped since the view caught up; they are missing at the front.
        let missing = (wanted.end - wanted.start).saturating_sub(rows.len() as u64);
        let due = view.frames().and_then(Frames::due).zip(now);
        self.silence = due.map(|(due, now)| Instant::now() + due.since(now));
        Page {
            gone,
            end: gone + view.len(),
            first: gone + wanted.start + missing,
            rows,
            place: match span {
                Span::Around { entry, .. } if view.len() > 0 => {
                    Some(gone + view.row_of_entry(entry, record).min(view.len() - 1))
                }
                _ => None,
            },
            about: view.frames().map(Frames::counts),
            of: filter,
            span,
        }
    }

    fn detail(&mut self, of: &DetailOf) -> Option<Detail> {
        let number = of.number;
        let record = &self.record;
        let entry = match &of.frames {
            None => number,
            Some(filter) => {
                let frames = self.views.get(filter).frames()?;
                match frames.get(number, record)? {
                    TableRow::Frame(frame) => {
                        return frame_detail(number, &frame, frames.rules(), record);
                    }
                    TableRow::Entry(entry) => entry,
                }
            }
        };
        Some(match record.entry(entry, Depth::Whole).transpose()? {
            Ok(kept) => Detail::new(&kept, self.texts.start(&kept, record)),
            Err(error) => Detail::damaged(number, &Arc::new(error)),
        })
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
mod tests {
    use crossbeam_channel::bounded;
    use std::collections::HashMap;
    use std::thread::{self, JoinHandle};

    use super::*;
    use crate::capture::RowText;
    use crate::capture::synthetic::{DEADLINE, VariantNames, accepted, event, received, record};
    use crate::net::ConnectionId;
    use crate::payload::{Case, CopyFormat, Encoding, Pattern, RowRule};

    struct Rig {
        requests: Sender<Request>,
        updates: Receiver<Update>,
        hang_up: Sender<HangUp>,
        thread: JoinHandle<()>,
    }

    impl Rig {
        /// A reader of `record` that starts with these requests waiting.
        fn asked(record: &Record, waiting: Vec<Request>) -> Self {
            let (requests, receiver) = bounded(16);
            for request in waiting {
                requests.try_send(request).unwrap();
            }
            let (sender, updates) = bounded(16);
            let (hang_up, end) = bounded(0);
            let wake: Wake = Arc::new(|| {});
            let current = Current::new(Arc::clone(record.store()));
            let reader = Reader::new(None, current, &VariantNames, receiver, sender, end, wake);
            let thread = thread::Builder::new().spawn(move || reader.run()).unwrap();
            Self {
                requests,
                updates,
                hang_up,
                thread,
            }
        }

        fn answer(&self) -> Answer {
            match self.updates.recv_timeout(DEADLINE).unwrap() {
                Update::Answer(answer) => answer,
                update @ Update::Status(_) => panic!("{update:?}"),
            }
        }

        fn end(self) {
            drop((self.requests, self.hang_up));
            self.thread.join().unwrap();
        }
    }

    fn newest(count: usize) -> Request {
        Request::Rows {
            filter: Filter::default(),
            span: Span::Newest { count },
        }
    }

    fn find(text: &str) -> Request {
        Request::Find {
            filter: Filter::default(),
            pattern: Pattern::parse_find(text, Case::Ignored).unwrap(),
            from: None,
            forward: true,
        }
    }

    #[test]
    fn rows_have_their_place_and_the_time_since_the_previous_row() {
        let record = record([10, 30, 60].map(|t| event(t, 1, 7, accepted())));
        let rig = Rig::asked(&record, vec![newest(2), newest(9)]);
        let check = |expected_first: u64, expected: &[(u64, Option<u64>)]| {
            let Answer::Rows(page) = rig.answer() else {
                panic!("not rows");
            };
            assert_eq!((page.end, page.gone, page.first), (3, 0, expected_first));
            let rows = page.rows.iter().map(|row| (row.entry, row.since_previous));
            let expected = expected
                .iter()
                .map(|&(n, t)| (n, t.map(Duration::from_micros)));
            assert!(rows.eq(expected));
        };
        check(1, &[(1, Some(20)), (2, Some(30))]);
        check(0, &[(0, None), (1, Some(20)), (2, Some(30))]);
        rig.end();
    }

    #[test]
    fn a_detail_has_the_whole_payload_and_its_place_in_the_stream() {
        let bytes = "aé".as_bytes();
        let record = record([
            event(1, 1, 7, received(1, &bytes[..2])),
            event(2, 1, 7, received(2, &bytes[2..])),
        ]);
        let waiting = [1, 2].map(|number| {
            Request::Detail(DetailOf {
                number,
                frames: None,
            })
        });
        let rig = Rig::asked(&record, waiting.to_vec());
        let Answer::Detail(DetailOf { number: 1, .. }, Some(detail)) = rig.answer() else {
            panic!("no detail");
        };
        assert_eq!(detail.stream_offset, 2);
        assert_eq!(detail.start.state.pending(), &bytes[1..2]);
        assert_eq!(detail.payload.as_deref(), Some(&bytes[2..]));
        assert!(matches!(&detail.row.text, RowText::Payload(text) if text.text == "é"));
        assert!(matches!(
            rig.answer(),
            Answer::Detail(DetailOf { number: 2, .. }, None)
        ));
        rig.end();
    }

    #[test]
    fn rows_are_served_during_a_find() {
        let record = record((0..10_000).map(|n| event(n, 1, 7, received(n, b"hay"))));
        let rig = Rig::asked(&record, vec![find("needle"), newest(1), newest(2)]);
        for first in [9_999, 9_998] {
            assert!(matches!(rig.answer(), Answer::Rows(page) if page.first == first));
        }
        let found = loop {
            match rig.answer() {
                Answer::Finding { .. } => {}
                answer => break answer,
            }
        };
        assert!(matches!(found, Answer::Found { entry: None, .. }));
        rig.end();
    }

    #[test]
    fn a_cancelled_or_replaced_find_has_no_answer() {
        let record = record((0..10).map(|n| event(n, 1, 7, received(n, b"hay"))));
        let rig = Rig::asked(
            &record,
            vec![
                find("hay"),
                Request::CancelFind,
                newest(1),
                find("hay"),
                find("HAY"),
            ],
        );
        assert!(matches!(rig.answer(), Answer::Rows(_)));
        let Answer::Found {
            pattern,
            entry,
            count: 10,
            ..
        } = rig.answer()
        else {
            panic!("no find");
        };
        assert_eq!((pattern.typed(), entry), ("HAY", Some(0)));
        assert!(rig.updates.is_empty());
        rig.end();
    }

    #[test]
    fn rows_are_served_during_a_copy_of_the_whole_recording() {
        // No entry has bytes, so none appears in the copy.
        let record = record((0..20_000).map(|n| event(n, 1, 7, accepted())));
        let copy = Request::Copy {
            filter: Filter::default(),
            rows: (0, u64::MAX),
            format: CopyFormat::Hex,
            names: HashMap::new(),
        };
        let rig = Rig::asked(&record, vec![copy, newest(1)]);
        assert!(matches!(rig.answer(), Answer::Rows(_)));
        assert!(matches!(rig.answer(), Answer::Copied(copied) if copied.text.is_empty()));
        rig.end();
    }

    #[test]
    fn the_rows_of_a_followed_connection_are_sent_again_as_older_ones_are_counted() {
        let record = record((0..20_000).map(|n| event(n, 1, 7, received(n, b"line\n"))));
        let query = ConversationQuery {
            connection: ConnectionId(7),
            rule: RowRule::Text {
                columns: 20,
                encoding: Encoding::UTF_8,
            },
            only: None,
        };
        let span = Span::Around {
            entry: 3,
            count: 10,
        };
        let rig = Rig::asked(&record, vec![Request::Conversation { query, span }]);
        loop {
            let Answer::Lines(page) = rig.answer() else {
                panic!("not lines");
            };
            assert_eq!((page.of, page.span), (query, span));
            let unread = page.about.unread_entries;
            assert_eq!(page.place.is_some(), unread <= 3, "{unread}");
            if unread == 0 {
                assert_eq!(page.place, Some(page.gone + 3));
                assert_eq!(page.len(), 20_000);
                break;
            }
        }
        rig.end();
    }
}
