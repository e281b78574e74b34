//! Asks the reader of the capture in view.

use std::sync::Arc;

use super::App;
use crate::capture::{Filter, Request};
use crate::model::{NoticePlace, WindowProblem};
use crate::net::{EndpointId, FlowId};
use crate::payload::{CopyFormat, Pattern};

impl App {
    /// Copies rows of the timeline; in a followed connection, which is not filtered, the entry whose detail is shown.
    pub(super) fn copy(&mut self, rows: (u64, u64), format: CopyFormat) {
        let timeline = &self.model.timeline;
        let filter = match timeline.frames_shown() {
            _ if timeline.conversation.is_some() => Filter::default(),
            Some(filter) => filter.clone(),
            None => timeline.filter().of_entries(),
        };
        let names = self.model.shown_names();
        self.ask(Request::Copy {
            filter,
            rows,
            format,
            names,
        });
    }

    /// Shows the timeline with the entries of an endpoint, of a connection, or all entries.
    pub(super) fn show_only(&mut self, endpoint: Option<EndpointId>, connection: Option<FlowId>) {
        self.leave_conversation();
        self.model.timeline.show_only(endpoint, connection);
    }

    /// Shows the timeline again.
    pub(super) fn leave_conversation(&mut self) {
        if self.model.timeline.conversation.take().is_some() {
            self.ask(Request::LeaveConversation);
        }
    }

    pub(super) fn find(&mut self, pattern: Pattern, from: Option<u64>, forward: bool) {
        let encodings = match self.model.encodings_for(&pattern) {
            Ok(encodings) => encodings,
            Err(error) => {
                let problem = Arc::new(WindowProblem::FindRefused(error));
                self.model.notices.push(NoticePlace::Find, problem);
                return self.model.timeline.find_refused(pattern);
            }
        };
        let filter = Filter {
            encodings,
            ..self.model.timeline.find_filter()
        };
        self.ask(Request::Find {
            filter,
            pattern,
            from,
            forward,
        });
    }

    /// Has the reader decode and search text in the endpoints' current encodings.
    pub(super) fn follow_encodings(&mut self) {
        self.model.follow_encodings();
        let (shown, encodings) = (self.model.shown(), self.model.encodings());
        if self.session.read_text_in(shown, &encodings) {
            let now = self.now();
            self.model
                .timeline
                .asked(&Request::ReadTextIn(encodings), now);
        }
    }

    /// Asks the reader. If its queue is full, views ask again in the next frame; a refused one-time request of the
    /// user's is reported.
    pub(super) fn ask(&mut self, request: Request) {
        let is_wish = matches!(
            request,
            Request::Copy { .. }
                | Request::CopyConversation { .. }
                | Request::Exchange(_)
                | Request::Find { .. }
        );
        let (shown, now, asked) = (self.model.shown(), self.now(), request.clone());
        match self.session.request(shown, request) {
            Ok(()) => self.model.timeline.asked(&asked, now),
            Err(_) if is_wish => {
                let problem = Arc::new(WindowProblem::ReaderBusy);
                self.model.notices.push(NoticePlace::Timeline, problem);
            }
            Err(_) => {}
        }
    }
}
