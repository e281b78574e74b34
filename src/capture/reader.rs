//! The reader thread: requests of the window → answers from the record.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, select};

use super::clipboard::Clipping;
use super::conversation::{Conversation, ConversationQuery};
use super::criteria::Filter;
use super::current::Current;
use super::ends::ends;
use super::find::Find;
use super::frames::{Frames, TableRow};
use super::item::{frame_detail, visit};
use super::pass::{Pass, Turn};
use super::plot::Plot;
use super::record::{Depth, Record};
use super::request::{Answer, DetailOf, Request, Span, Update};
use super::row::Detail;
use super::say::Say;
use super::texts::{Texts, TextsOf};
use super::view::Views;
use super::{HangUp, Wake};
use crate::net::{Clock, EndpointId, Stamp};
use crate::payload::CopyFormat;

/// How often the window is told how far a view got.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// How long what happened may be on its way to the record: a silence is over only when nothing can come in it any more.
const RECORDING_LAG: Duration = Duration::from_millis(300);

/// What the reader thread works with.
pub(super) struct Reader {
    /// The session's clock; none of a capture that is opened from disk.
    clock: Option<Clock>,
    current: Current,
    /// The capture that the views are about.
    record: Record,
    requests: Receiver<Request>,
    updates: Sender<Update>,
    hang_up: Receiver<HangUp>,
    wake: Wake,
    say: &'static dyn Say,
    views: Views,
    /// The view whose rows were asked for last.
    shown: Filter,
    texts: Texts,
    /// Whether rows were answered before it was known where their text stands.
    is_text_new: bool,
    /// The rows that were asked for last.
    span: Option<Span>,
    /// Rows that wait for their view to be made.
    waiting: Option<Waiting>,
    /// When a silence ends a frame, and the rows that were asked for last.
    silence: Option<(Instant, Filter, Span)>,
    find: Option<Find>,
    conversation: Option<Conversation>,
    /// The rows of the conversation in sight.
    conversation_span: Option<Span>,
    plot: Plot,
    /// The number after the entries that the plot counts.
    plot_end: u64,
    /// When the window was last told how far things got.
    told: Instant,
}

/// Rows that were asked for.
struct Waiting {
    filter: Filter,
    span: Span,
    /// The number after the entries that are looked at before they are answered.
    end: u64,
}

/// What the reader does next.
enum Next {
    Request(Box<Request>),
    /// Go on with what is under way.
    Slice,
    /// A silence has ended a frame: answer with the rows again.
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
            shown: Filter::default(),
            texts: Texts::default(),
            is_text_new: false,
            span: None,
            waiting: None,
            silence: None,
            find: None,
            conversation: None,
            conversation_span: None,
            plot: Plot::new(),
            plot_end: 0,
            told: Instant::now(),
        }
    }

    /// Answers until the window hangs up. While work is under way, requests go before its next slice.
    pub(super) fn run(mut self) {
        loop {
            let answer = match self.next() {
                Next::Request(request) => self.answer(*request),
                Next::Slice => self.work_on(),
                Next::Silence => self.silence.take().and_then(|(_, filter, span)| {
                    self.turn_to_current();
                    self.ask_rows(filter, span)
                }),
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
            let request = match &self.silence {
                Some((due, ..)) => self.requests.recv_deadline(*due),
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
            Err(TryRecvError::Empty) => Next::Slice,
            Err(TryRecvError::Disconnected) => Next::End,
        }
    }

    /// Sends first, wakes second. Waits for room as long as the window holds on; returns false when it has not.
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
        self.turn_to_current();
        match request {
            Request::Rows { filter, span } => self.ask_rows(filter, span),
            Request::ReadTextIn(encodings) => {
                self.texts = Texts::new(encodings);
                self.is_text_new = true;
                None
            }
            Request::Detail(of) => {
                let detail = self.detail(&of).map(Arc::new);
                Some(Answer::Detail(of, detail))
            }
            Request::Ends { entry, range } => {
                let ends = ends(&self.record, entry, &range).map(Arc::new);
                Some(Answer::Ends { entry, range, ends })
            }
            Request::Copy {
                filter,
                rows,
                format,
                names,
            } => Some(self.copy(&filter, rows, format, &names)),
            Request::Find {
                filter,
                pattern,
                from,
                forward,
            } => {
                let end = self.record.status().entries;
                self.views.let_go();
                self.find = Some(Find::new(filter.of_entries(), pattern, from, forward, end));
                None
            }
            Request::CancelFind => {
                self.find = None;
                self.views.let_go();
                None
            }
            Request::Conversation { query, span } => {
                self.conversation_span = Some(span);
                Some(self.conversation_rows(query, span))
            }
            Request::CopyConversation { query, rows } => {
                let say = self.say;
                Some(self.with_conversation(query, |conversation, texts| {
                    conversation.copy(rows, texts, say)
                }))
            }
            Request::Plot => {
                self.plot_end = self.record.status().entries;
                self.plot.work(&self.record, self.plot_end, Turn::begin());
                let series = Arc::new(self.plot.series(self.plot_end));
                Some(Answer::Plot { series })
            }
            Request::LeaveConversation => {
                self.conversation = None;
                None
            }
        }
    }

    fn has_work(&self) -> bool {
        self.waiting.is_some()
            || self.find.is_some()
            || self.counts_conversation()
            || self.plot.is_behind(self.plot_end)
            || self.is_text_new
    }

    fn counts_conversation(&self) -> bool {
        self.conversation
            .as_ref()
            .is_some_and(Conversation::is_behind)
    }

    /// Shows rows of the document.
    fn conversation_rows(&mut self, query: ConversationQuery, span: Span) -> Answer {
        let end = self.record.status().entries;
        // In a long record it takes a while; the rows come again then.
        self.texts.work(&self.record, end, Turn::begin());
        self.is_text_new |= self.texts.is_behind(end);
        self.with_conversation(query, |conversation, texts| conversation.lines(span, texts))
    }

    /// Does something with the document, opened anew when it is another one than the last.
    fn with_conversation(
        &mut self,
        query: ConversationQuery,
        go: impl FnOnce(&mut Conversation, TextsOf<'_>) -> Answer,
    ) -> Answer {
        let known = self.conversation.take().filter(|it| *it.query() == query);
        let Self { texts, record, .. } = &*self;
        let mut conversation = known.unwrap_or_else(|| Conversation::new(query, record));
        let answer = go(&mut conversation, TextsOf { texts, record });
        self.conversation = Some(conversation);
        answer
    }

    /// Leaves the capture that the session is not recorded into any more.
    fn turn_to_current(&mut self) {
        let store = self.current.store();
        if !Arc::ptr_eq(self.record.store(), &store) {
            self.record = Record::new(store);
            self.views = Views::new(self.say);
            self.find = None;
            self.conversation = None;
            (self.plot, self.plot_end) = (Plot::new(), 0);
            self.texts.begin_anew();
            if let Some(waiting) = &mut self.waiting {
                waiting.end = self.record.status().entries;
            }
        }
    }

    fn ask_rows(&mut self, filter: Filter, span: Span) -> Option<Answer> {
        self.silence = None;
        self.span = Some(span);
        if filter != self.shown {
            self.views.let_go();
            self.shown = filter.clone();
        }
        self.waiting = Some(Waiting {
            end: self.record.status().entries,
            filter,
            span,
        });
        self.make_rows()
    }

    /// Goes on with what is under way by one slice: what the user waits for first.
    fn work_on(&mut self) -> Option<Answer> {
        if self.waiting.is_some() {
            return self.make_rows();
        }
        if self.find.is_some() {
            return self.search_on();
        }
        if self.counts_conversation() {
            return self.conversation.as_mut()?.step();
        }
        if self.plot.is_behind(self.plot_end) {
            self.plot.work(&self.record, self.plot_end, Turn::begin());
            return None;
        }
        self.read_text()
    }

    /// Finds out where the text of the streams stands; answers with the rows in sight again when that is known.
    fn read_text(&mut self) -> Option<Answer> {
        let end = self.record.status().entries;
        self.texts.work(&self.record, end, Turn::begin());
        if self.texts.is_behind(end) {
            return None;
        }
        if let Some(conversation) = &self.conversation
            && let Some(span) = self.conversation_span.take()
        {
            return Some(self.conversation_rows(*conversation.query(), span));
        }
        self.is_text_new = false;
        let (filter, span) = (self.shown.clone(), self.span?);
        self.ask_rows(filter, span)
    }

    /// Makes the view of the rows that wait, a slice of it.
    fn make_rows(&mut self) -> Option<Answer> {
        let waiting = self.waiting.take()?;
        let now = self.silent_until();
        let view = self.views.get(&waiting.filter);
        if view.work(&self.record, waiting.end, Turn::begin()) {
            if let Some(now) = now {
                view.pass(now);
            }
            // In a long record it takes a while; the rows come again then.
            self.texts.work(&self.record, waiting.end, Turn::begin());
            self.is_text_new |= self.texts.is_behind(waiting.end);
            return Some(self.rows(waiting.filter, waiting.span));
        }
        let answer = is_due(&mut self.told).then(|| Answer::Viewing {
            filter: waiting.filter.clone(),
            len: view.len(),
            progress: view.progress(&self.record, waiting.end),
        });
        self.waiting = Some(waiting);
        answer
    }

    fn search_on(&mut self) -> Option<Answer> {
        let mut find = self.find.take()?;
        let view = self.views.get_found(&find.filter, Some(&find.pattern));
        let is_over = view.work(&self.record, find.end, Turn::begin());
        let progress = view.progress(&self.record, find.end);
        let answer = find
            .answer(view, progress)
            .or_else(|| (is_over || is_due(&mut self.told)).then(|| find.going_on(view, progress)));
        // That all is counted is told with the entry, or after it.
        let is_told = matches!(&answer, Some(Answer::Found { progress, .. } | Answer::Finding { progress, .. })
            if progress.is_whole());
        if !(is_over && is_told) {
            self.find = Some(find);
        }
        answer
    }

    /// Returns up to when all that happened is on record, in a session that goes on.
    fn silent_until(&self) -> Option<Stamp> {
        let now = self.clock?.now();
        Some(Stamp(now.0.saturating_sub(RECORDING_LAG.as_nanos() as u64)))
    }

    /// Returns rows of a view that is made.
    fn rows(&mut self, filter: Filter, span: Span) -> Answer {
        let now = self.silent_until();
        let view = self.views.get(&filter);
        let wanted = view.rows(span, &self.record);
        let before = wanted.start.checked_sub(1);
        let with_previous = before.unwrap_or(wanted.start)..wanted.end;
        let first_number = view.number(wanted.start);
        let mut previous = None;
        let mut rows = Vec::new();
        let texts = &self.texts;
        visit(
            &self.record,
            view,
            texts,
            with_previous,
            Depth::Head,
            |item| {
                if first_number.is_some_and(|first| item.number >= first) {
                    rows.push(item.row(previous));
                }
                previous = item.entry.ok().map(|entry| entry.event.stamp);
                ControlFlow::Continue(())
            },
        );
        // Rows can be given up after the view was caught up: they are missing at the front.
        let missing = (wanted.end - wanted.start).saturating_sub(rows.len() as u64);
        let due = view.frames().and_then(Frames::due).zip(now);
        let due = due.map(|(due, now)| Instant::now() + due.since(now));
        self.silence = due.map(|due| (due, filter.clone(), span));
        let view = self.views.get(&filter);
        Answer::Rows {
            len: view.len(),
            gone: view.gone(),
            frames: view.frames().map(Frames::counts),
            first: wanted.start + missing,
            rows,
            place: match span {
                Span::Around { entry, .. } if view.len() > 0 => {
                    Some(view.row_of_entry(entry, &self.record).min(view.len() - 1))
                }
                _ => None,
            },
            filter,
        }
    }

    fn detail(&mut self, of: &DetailOf) -> Option<Detail> {
        let number = of.number;
        let kept = match &of.frames {
            None => self.record.entry(number, Depth::Whole).transpose(),
            Some(filter) => {
                let record = self.record.clone();
                let frames = self.views.caught_up(filter, &record).frames()?;
                match frames.get(number, &record)? {
                    TableRow::Frame(frame) => {
                        return frame_detail(number, &frame, frames.rules(), &record);
                    }
                    TableRow::Entry(entry) => record.entry(entry, Depth::Whole).transpose(),
                }
            }
        };
        Some(match kept? {
            Ok(kept) => Detail::new(&kept, self.texts.start(&kept, &self.record)),
            Err(error) => Detail::damaged(number, &Arc::new(error)),
        })
    }

    fn copy(
        &mut self,
        filter: &Filter,
        rows: (u64, u64),
        format: CopyFormat,
        names: &HashMap<EndpointId, String>,
    ) -> Answer {
        let view = self.views.caught_up(filter, &self.record);
        Clipping::new(format, names, self.say).copy(&self.record, view, &self.texts, rows)
    }
}

/// Returns whether the window is to be told how far things got, and notes that it is.
fn is_due(told: &mut Instant) -> bool {
    let is_due = told.elapsed() >= TELL_EVERY;
    if is_due {
        *told = Instant::now();
    }
    is_due
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;
    use std::thread::{self, JoinHandle};

    use super::*;
    use crate::capture::RowText;
    use crate::capture::synthetic::{DEADLINE, VariantNames, accepted, event, received, record};
    use crate::payload::{Case, Pattern};

    struct Rig {
        requests: Sender<Request>,
        updates: Receiver<Update>,
        hang_up: Sender<HangUp>,
        thread: JoinHandle<()>,
    }

    impl Rig {
        /// A reader of `record` that finds these requests waiting.
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
    fn rows_come_with_their_place_and_the_time_since_the_row_before() {
        let record = record([10, 30, 60].map(|t| event(t, 1, 7, accepted())));
        let rig = Rig::asked(&record, vec![newest(2), newest(9)]);
        let check = |expected_first: u64, expected: &[(u64, Option<u64>)]| {
            let Answer::Rows {
                len,
                gone,
                first,
                rows,
                ..
            } = rig.answer()
            else {
                panic!("not rows");
            };
            assert_eq!((len, gone, first), (3, 0, expected_first));
            let rows = rows.iter().map(|row| (row.entry, row.since_previous));
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
    fn rows_are_served_while_a_find_is_under_way() {
        let record = record((0..10_000).map(|n| event(n, 1, 7, received(n, b"hay"))));
        let rig = Rig::asked(&record, vec![find("needle"), newest(1), newest(2)]);
        assert!(matches!(rig.answer(), Answer::Rows { first: 9_999, .. }));
        assert!(matches!(rig.answer(), Answer::Rows { first: 9_998, .. }));
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
    fn a_find_that_is_cancelled_or_replaced_has_no_answer() {
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
        assert!(matches!(rig.answer(), Answer::Rows { .. }));
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
}
