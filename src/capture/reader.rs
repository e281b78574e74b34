//! The reader thread: requests of the window → answers from the record.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, TryRecvError, select};

use super::clipboard::Clipping;
use super::conversation::{Conversation, ConversationQuery};
use super::find::Find;
use super::plot::Plot;
use super::record::{Depth, Record};
use super::request::{Answer, Filter, Request, Span, Update};
use super::row::{Detail, Row};
use super::view::Views;
use super::{HangUp, Wake};
use crate::net::EndpointId;
use crate::payload::CopyFormat;

/// What the reader thread works with.
pub(super) struct Reader {
    record: Record,
    requests: Receiver<Request>,
    updates: Sender<Update>,
    hang_up: Receiver<HangUp>,
    wake: Wake,
    views: Views,
    find: Option<Find>,
    conversation: Option<Conversation>,
    plot: Plot,
}

/// What the reader does next.
enum Next {
    Request(Request),
    /// Go on with what is under way.
    Slice,
    /// The window has hung up.
    End,
}

impl Reader {
    pub(super) fn new(
        record: Record,
        requests: Receiver<Request>,
        updates: Sender<Update>,
        hang_up: Receiver<HangUp>,
        wake: Wake,
    ) -> Self {
        Self {
            record,
            requests,
            updates,
            hang_up,
            wake,
            views: Views::default(),
            find: None,
            conversation: None,
            plot: Plot::default(),
        }
    }

    /// Answers until the window hangs up. While work is under way, requests go before its next slice.
    pub(super) fn run(mut self) {
        loop {
            let answer = match self.next() {
                Next::Request(request) => self.answer(request),
                Next::Slice => self.work_on(),
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
            return self.requests.recv().map_or(Next::End, Next::Request);
        }
        match self.requests.try_recv() {
            Ok(request) => Next::Request(request),
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
        match request {
            Request::Rows { filter, span } => Some(self.rows(filter, span)),
            Request::Detail { entry } => Some(self.detail(entry)),
            Request::Copy {
                filter,
                entries,
                format,
                names,
            } => Some(self.copy(&filter, entries, format, &names)),
            Request::Find {
                filter,
                text,
                from,
                forward,
            } => {
                let status = self.record.status();
                self.find = Some(Find::new(filter, text, from, forward, status));
                None
            }
            Request::CancelFind => {
                self.find = None;
                None
            }
            Request::Conversation { query, span } => {
                let record = self.record.clone();
                Some(self.conversation(query).lines(span, &record))
            }
            Request::CopyConversation { query, rows } => {
                let record = self.record.clone();
                Some(self.conversation(query).copy(rows, &record))
            }
            Request::Plot => Some(self.plot.answer(&self.record)),
            Request::LeaveConversation => {
                self.conversation = None;
                None
            }
        }
    }

    fn has_work(&self) -> bool {
        let is_behind = |it: &Conversation| it.is_behind();
        self.find.is_some()
            || self.conversation.as_ref().is_some_and(is_behind)
            || self.plot.is_behind()
    }

    /// Goes on with what is under way by one slice: what the user waits for first.
    fn work_on(&mut self) -> Option<Answer> {
        if self.find.is_some() {
            return self.search_on();
        }
        let conversation = self.conversation.as_mut();
        if let Some(conversation) = conversation.filter(|it| it.is_behind()) {
            return conversation.step();
        }
        self.plot.step(&self.record);
        None
    }

    /// Returns the document, opened anew when it is another one than the last.
    fn conversation(&mut self, query: ConversationQuery) -> &mut Conversation {
        let known = self.conversation.take().filter(|it| *it.query() == query);
        let conversation = known.unwrap_or_else(|| Conversation::new(query, &self.record));
        self.conversation.insert(conversation)
    }

    fn search_on(&mut self) -> Option<Answer> {
        let answer = self.find.as_mut()?.step(&self.record)?;
        self.find = None;
        Some(answer)
    }

    fn rows(&mut self, filter: Filter, span: Span) -> Answer {
        let view = self.views.caught_up(&filter, &self.record);
        let wanted = view.rows(span);
        let before = wanted.start.checked_sub(1);
        let with_previous = before.unwrap_or(wanted.start)..wanted.end;
        let numbers = with_previous.filter_map(|row| view.number(row));
        let first_number = view.number(wanted.start);
        let mut previous = None;
        let mut rows = Vec::new();
        self.record.visit(numbers, Depth::Head, |number, entry| {
            if first_number.is_some_and(|first| number >= first) {
                rows.push(match &entry {
                    Ok(entry) => Row::new(entry, previous),
                    Err(error) => Row::damaged(number, error),
                });
            }
            previous = entry.ok().map(|entry| entry.event.stamp);
            ControlFlow::Continue(())
        });
        // Rows can be given up after the view was caught up: they are missing at the front.
        let missing = (wanted.end - wanted.start).saturating_sub(rows.len() as u64);
        Answer::Rows {
            len: view.len(),
            gone: view.gone(),
            first: wanted.start + missing,
            rows,
            filter,
        }
    }

    fn detail(&self, entry: u64) -> Answer {
        let kept = self.record.entry(entry, Depth::Whole).transpose();
        let detail = kept.map(|kept| match kept {
            Ok(kept) => Detail::new(&kept),
            Err(error) => Detail::damaged(entry, &error),
        });
        Answer::Detail {
            entry,
            detail: detail.map(Arc::new),
        }
    }

    fn copy(
        &mut self,
        filter: &Filter,
        entries: (u64, u64),
        format: CopyFormat,
        names: &HashMap<EndpointId, String>,
    ) -> Answer {
        let view = self.views.caught_up(filter, &self.record);
        Clipping::new(format, names).copy(&self.record, view, entries)
    }
}

#[cfg(test)]
mod tests {
    use std::thread::{self, JoinHandle};
    use std::time::Duration;

    use crossbeam_channel::bounded;

    use super::*;
    use crate::capture::synthetic::{DEADLINE, accepted, event, received, record};

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
            let reader = Reader::new(record.clone(), receiver, sender, end, wake);
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
            text: text.to_owned(),
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
        let waiting = [1, 2].map(|entry| Request::Detail { entry });
        let rig = Rig::asked(&record, waiting.to_vec());
        let Answer::Detail {
            entry: 1,
            detail: Some(detail),
        } = rig.answer()
        else {
            panic!("no detail");
        };
        assert_eq!(detail.stream_offset, 2);
        assert_eq!(detail.carry.as_slice(), &bytes[1..2]);
        assert_eq!(detail.payload.as_deref(), Some(&bytes[2..]));
        assert_eq!(detail.row.text.text, "é");
        assert!(matches!(
            rig.answer(),
            Answer::Detail {
                entry: 2,
                detail: None
            }
        ));
        rig.end();
    }

    #[test]
    fn rows_are_served_while_a_find_is_under_way() {
        let record = record((0..10_000).map(|n| event(n, 1, 7, received(n, b"hay"))));
        let rig = Rig::asked(&record, vec![find("needle"), newest(1), newest(2)]);
        assert!(matches!(rig.answer(), Answer::Rows { first: 9_999, .. }));
        assert!(matches!(rig.answer(), Answer::Rows { first: 9_998, .. }));
        assert!(matches!(rig.answer(), Answer::Found { entry: None, .. }));
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
        let Answer::Found { text, entry, .. } = rig.answer() else {
            panic!("no find");
        };
        assert_eq!((text.as_str(), entry), ("HAY", Some(0)));
        assert!(rig.updates.is_empty());
        rig.end();
    }
}
