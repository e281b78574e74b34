//! The captures that can be viewed: the live session, and captures opened from disk.
//!
//! [`Model::timeline`] belongs to the one in view; the other timelines are set aside and come back unchanged.

use std::collections::{BTreeMap, HashMap};

use super::{Model, Renewed, TimelineModel};
use crate::capture::{Answer, Copied};
use crate::net::EndpointId;
use crate::session::{CaptureId, OpenedCapture};
use crate::workspace::ProtocolForm;

/// How an opened capture is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReadAs {
    /// As it was when it was recorded.
    #[default]
    Recorded,
    /// By the current settings of the document's endpoints with the same names.
    Current,
    /// In one way for all endpoints.
    Chosen(ProtocolForm),
}

/// Which capture is in view, and the others.
#[derive(Debug, Default)]
pub(super) struct Captures {
    shown: CaptureId,
    opened: Vec<OpenedCapture>,
    /// How opened captures are read, if not as they were recorded.
    read_as: BTreeMap<CaptureId, ReadAs>,
    aside: BTreeMap<CaptureId, TimelineModel>,
}

impl Model {
    /// Returns which capture the timeline shows.
    pub fn shown(&self) -> CaptureId {
        self.captures.shown
    }

    /// Returns the capture that the timeline shows, unless it is the live session.
    pub fn shown_opened(&self) -> Option<&OpenedCapture> {
        let mut opened = self.captures.opened.iter();
        opened.find(|capture| capture.id == self.captures.shown)
    }

    /// Returns the captures opened besides the live session, in order of opening.
    pub fn opened(&self) -> &[OpenedCapture] {
        &self.captures.opened
    }

    /// Adds an opened capture, and shows it.
    pub fn add_opened(&mut self, capture: OpenedCapture) {
        let id = capture.id;
        let mut timeline = TimelineModel::default();
        timeline.record_changed(capture.record.clone());
        self.captures.aside.insert(id, timeline);
        self.captures.opened.push(capture);
        self.show(id);
    }

    /// Shows a capture's timeline, as it was left.
    pub fn show(&mut self, id: CaptureId) {
        let Some(timeline) = self.captures.aside.remove(&id) else {
            return;
        };
        let mut before = std::mem::replace(&mut self.timeline, timeline);
        before.look_away();
        let shown = std::mem::replace(&mut self.captures.shown, id);
        self.captures.aside.insert(shown, before);
    }

    /// Chooses how the capture in view is read, if it is an opened one.
    pub fn read_shown_as(&mut self, read_as: ReadAs) {
        if let Some(id) = self.shown_opened().map(|capture| capture.id) {
            self.captures.read_as.insert(id, read_as);
        }
    }

    /// Returns how an opened capture is read.
    pub fn read_as(&self, capture: &OpenedCapture) -> &ReadAs {
        let chosen = self.captures.read_as.get(&capture.id);
        chosen.unwrap_or(&ReadAs::Recorded)
    }

    /// Returns the protocol of an endpoint of the capture in view.
    pub(super) fn shown_protocol(&self, id: EndpointId) -> Option<&ProtocolForm> {
        match self.shown_opened() {
            Some(capture) => self.protocol_in(capture, id),
            None => Some(self.form(id)?.protocol()),
        }
    }

    /// Returns the protocol of all endpoints of an opened capture; `None` if they differ.
    pub fn common_protocol<'a>(&'a self, capture: &'a OpenedCapture) -> Option<&'a ProtocolForm> {
        if let ReadAs::Chosen(protocol) = self.read_as(capture) {
            return Some(protocol);
        }
        let endpoints = capture.names.keys();
        let mut protocols = endpoints.map(|id| self.protocol_in(capture, *id));
        let first = protocols.next()?;
        first.filter(|_| protocols.all(|it| it == first))
    }

    /// Returns whether an endpoint of the document has the name of one in an opened capture.
    pub fn has_current_protocol(&self, capture: &OpenedCapture) -> bool {
        let mut names = capture.names.values();
        names.any(|name| self.document.named(name).is_some())
    }

    fn protocol_in<'a>(
        &'a self,
        capture: &'a OpenedCapture,
        id: EndpointId,
    ) -> Option<&'a ProtocolForm> {
        match self.read_as(capture) {
            ReadAs::Recorded => capture.protocols.get(&id),
            ReadAs::Current => {
                let form = self.document.named(capture.names.get(&id)?);
                Some(form?.protocol())
            }
            ReadAs::Chosen(protocol) => Some(protocol),
        }
    }

    /// Removes an opened capture; if it was in view, shows the live session.
    pub fn close_opened(&mut self, id: CaptureId) {
        if id == CaptureId::Live {
            return;
        }
        if self.captures.shown == id {
            self.show(CaptureId::Live);
        }
        self.captures.aside.remove(&id);
        self.captures.read_as.remove(&id);
        self.captures.opened.retain(|capture| capture.id != id);
    }

    /// Restarts the live timeline: the session continues in another capture, whose entries count from 0.
    pub fn restart_live(&mut self) {
        if let Some(timeline) = self.timeline_of(CaptureId::Live) {
            *timeline = TimelineModel::default();
        }
        self.diagnoses.clear();
        self.why = Renewed::default();
    }

    /// Folds an answer about a capture; ignored if the capture has been closed.
    pub fn fold_answer(&mut self, id: CaptureId, answer: Answer) {
        if let Some(timeline) = self.timeline_of(id) {
            timeline.fold(answer);
        }
    }

    /// Takes copied text for the clipboard.
    pub fn take_copied(&mut self) -> Option<Copied> {
        let aside = self.captures.aside.values_mut();
        let mut timelines = std::iter::once(&mut self.timeline).chain(aside);
        timelines.find_map(TimelineModel::take_copied)
    }

    /// Returns the document's endpoint for an endpoint of the capture in view; for an opened capture, the one of the same
    /// name.
    pub fn own_endpoint(&self, id: EndpointId) -> Option<EndpointId> {
        let form = match self.shown_opened() {
            Some(capture) => self.document.named(capture.names.get(&id)?),
            None => self.form(id),
        };
        form.map(|form| form.id)
    }

    /// Returns the size on disk of what was derived from the live session's record for its views.
    pub fn live_derived_bytes(&self) -> u64 {
        let aside = self.captures.aside.get(&CaptureId::Live);
        aside.unwrap_or(&self.timeline).derived_bytes()
    }

    /// Returns the timeline of a capture; `None` if it is not open.
    pub fn timeline_of(&mut self, id: CaptureId) -> Option<&mut TimelineModel> {
        if id == self.captures.shown {
            return Some(&mut self.timeline);
        }
        self.captures.aside.get_mut(&id)
    }

    /// Returns an endpoint's name in the capture in view.
    pub fn shown_name(&self, id: EndpointId) -> Option<&str> {
        match self.shown_opened() {
            Some(capture) => capture.names.get(&id).map(String::as_str),
            None => self.name(id),
        }
    }

    /// Returns the names of all endpoints of the capture in view.
    pub fn shown_names(&self) -> HashMap<EndpointId, String> {
        match self.shown_opened() {
            Some(capture) => capture.names.clone(),
            None => self.document.names(),
        }
    }

    /// Returns the endpoints of the capture in view: for the live session, those of the document in their order.
    pub fn shown_endpoints(&self) -> Vec<(EndpointId, &str)> {
        let Some(capture) = self.shown_opened() else {
            let forms = self.document.endpoints.iter();
            return forms.map(|form| (form.id, form.name.as_str())).collect();
        };
        let names = capture.names.iter();
        let mut endpoints: Vec<_> = names.map(|(id, name)| (*id, name.as_str())).collect();
        endpoints.sort_unstable();
        endpoints
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::capture::{Filter, Page, RecordStatus, RecordUpdate, Request, Span, StatusUpdate};
    use crate::model::{Need, Now};
    use crate::net::ByDirection;
    use crate::workspace::{EndpointKind, Preferences, ReadingForm};

    const OPENED: CaptureId = CaptureId::Opened(1);

    fn opened() -> OpenedCapture {
        OpenedCapture {
            id: OPENED,
            name: "Printer".to_owned(),
            place: PathBuf::from("/captures/Printer"),
            record: RecordStatus {
                entries: 9,
                ..RecordStatus::default()
            },
            names: HashMap::from([(EndpointId(1), "Spooler".to_owned())]),
            protocols: HashMap::from([(
                EndpointId(1),
                ProtocolForm {
                    received: framed("line"),
                    sent: framed("mllp"),
                },
            )]),
            unknown: None,
            damage: Vec::new(),
        }
    }

    fn framed(framing: &str) -> ReadingForm {
        ReadingForm {
            framing_text: framing.to_owned(),
            ..ReadingForm::default()
        }
    }

    fn model() -> Model {
        let mut model = Model::new(Arc::default(), Preferences::default());
        model.add_opened(opened());
        model
    }

    const NEWEST: Span = Span::Newest { count: 60 };

    /// Requests the rows of a capture.
    fn ask(model: &mut Model, id: CaptureId) {
        let request = Request::Rows {
            filter: Filter::default(),
            span: NEWEST,
        };
        if let Some(timeline) = model.timeline_of(id) {
            timeline.asked(&request, Now(0.0));
        }
    }

    fn rows(len: u64) -> Answer {
        Answer::Rows(Page {
            of: Filter::default(),
            span: NEWEST,
            gone: 0,
            end: len,
            first: 0,
            rows: Vec::new(),
            place: None,
            about: None,
        })
    }

    #[test]
    fn a_capture_is_read_as_it_was_recorded_unless_something_else_is_chosen() {
        let mut model = model();
        let framing = |model: &Model| {
            let protocol = model.shown_protocol(EndpointId(1))?;
            let framings = protocol.map(|it| it.framing_text.clone());
            Some([framings.received, framings.sent])
        };
        let of = |received: &str, sent: &str| Some([received.to_owned(), sent.to_owned()]);
        let has_current = |model: &Model| {
            let capture = model.shown_opened().unwrap();
            model.has_current_protocol(capture)
        };
        assert_eq!(framing(&model), of("line", "mllp"));
        assert!(!has_current(&model));
        let document = Arc::make_mut(&mut model.document);
        let id = document.add_server("Server").unwrap();
        document.rename(id, "Spooler").unwrap();
        // What the endpoint of that name says now changes nothing.
        assert_eq!(framing(&model), of("line", "mllp"));
        assert!(has_current(&model));
        model.read_shown_as(ReadAs::Current);
        assert_eq!(framing(&model), of("", ""));
        let form = Arc::make_mut(&mut model.document).endpoint_mut(id).unwrap();
        if let EndpointKind::Server(server) = &mut form.kind {
            server.protocol = ByDirection::both(framed("slip"));
        }
        assert_eq!(framing(&model), of("slip", "slip"));
        // An empty protocol can be chosen too.
        model.read_shown_as(ReadAs::Chosen(ProtocolForm::default()));
        assert_eq!(framing(&model), of("", ""));
        model.read_shown_as(ReadAs::Recorded);
        assert_eq!(framing(&model), of("line", "mllp"));
        model.show(CaptureId::Live);
        model.read_shown_as(ReadAs::Chosen(ProtocolForm::default()));
        assert!(model.shown_protocol(EndpointId(1)).is_some());
        assert_eq!(framing(&model), of("", ""));
    }

    #[test]
    fn each_capture_keeps_its_own_timeline_and_names() {
        let mut model = model();
        assert_eq!(model.shown(), OPENED);
        assert_eq!(model.timeline.record().entries, 9);
        assert_eq!(model.shown_name(EndpointId(1)), Some("Spooler"));
        assert_eq!(model.name(EndpointId(1)), Some("Server 1"));
        ask(&mut model, OPENED);
        ask(&mut model, CaptureId::Live);
        model.fold_answer(OPENED, rows(9));
        let live = StatusUpdate {
            record: RecordStatus {
                entries: 2,
                ..RecordStatus::default()
            },
            ..StatusUpdate::default()
        };
        model.fold(RecordUpdate::Status(live), Now(1.0));
        model.fold(RecordUpdate::Answer(rows(2)), Now(1.0));
        assert_eq!((model.timeline.len(), model.record.entries), (9, 2));
        model.show(CaptureId::Live);
        assert_eq!(model.timeline.len(), 2);
        assert_eq!(model.shown_name(EndpointId(1)), Some("Server 1"));
        model.show(OPENED);
        assert_eq!(model.timeline.len(), 9);
    }

    #[test]
    fn closing_the_capture_in_view_shows_the_live_session() {
        let mut model = model();
        model.close_opened(CaptureId::Live);
        model.close_opened(OPENED);
        assert_eq!(model.shown(), CaptureId::Live);
        assert!(model.opened().is_empty());
        // A late answer is ignored.
        model.fold_answer(OPENED, rows(9));
        assert_eq!(model.timeline.len(), 0);
    }

    #[test]
    fn a_restarted_live_timeline_requests_its_rows_again() {
        let mut model = model();
        ask(&mut model, CaptureId::Live);
        model.fold(RecordUpdate::Answer(rows(2)), Now(1.0));
        model.restart_live();
        model.show(CaptureId::Live);
        assert!(!model.timeline.is_known());
        let newest = Need::Newest { page: 10 };
        let wanted = model.timeline.rows_wanted(&newest);
        assert!(matches!(
            wanted,
            Some(Request::Rows {
                span: Span::Newest { .. },
                ..
            })
        ));
    }
}
