//! The reader thread: requests of the window → answers from the record.

use std::collections::HashMap;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, TryRecvError, select};

use super::clipboard::Clipping;
use super::find::Find;
use super::record::Record;
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
        }
    }

    /// Answers until the window hangs up. While a find is under way, requests go before its next slice.
    pub(super) fn run(mut self) {
        while let Some(request) = self.next_request() {
            let answer = match request {
                Some(request) => self.answer(request),
                None => self.search_on(),
            };
            if answer.is_some_and(|answer| !self.send(answer)) {
                return;
            }
        }
    }

    /// Returns none when the window has hung up; an empty one when there is a find to go on with.
    fn next_request(&self) -> Option<Option<Request>> {
        if self.hang_up.try_recv() == Err(TryRecvError::Disconnected) {
            return None;
        }
        if self.find.is_none() {
            return self.requests.recv().ok().map(Some);
        }
        match self.requests.try_recv() {
            Ok(request) => Some(Some(request)),
            Err(TryRecvError::Empty) => Some(None),
            Err(TryRecvError::Disconnected) => None,
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
        }
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
        let entries = self.record.entries(numbers);
        let first_number = view.number(wanted.start);
        let mut previous = None;
        let mut rows = Vec::with_capacity(entries.len());
        for entry in &entries {
            if first_number.is_some_and(|first| entry.number >= first) {
                rows.push(Row::new(entry, previous));
            }
            previous = Some(entry.event.stamp);
        }
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
        let kept = self.record.entry(entry);
        Answer::Detail {
            entry,
            detail: kept.map(|entry| Arc::new(Detail::new(&entry))),
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
