//! The captures that can be viewed: the live session, and captures opened from disk.
//!
//! [`Model::timeline`] belongs to the one in view; the other timelines are set aside and come back unchanged.

use std::collections::{BTreeMap, HashMap};

use super::{Model, TimelineModel};
use crate::capture::{Answer, Copied};
use crate::net::EndpointId;
use crate::session::{CaptureId, OpenedCapture};
use crate::workspace::ProtocolForm;

/// The protocol of an opened capture for which none was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited<'a> {
    /// No endpoint of the document shares a name with it.
    Nothing,
    /// All endpoints with the same names use this one.
    One(&'a ProtocolForm),
    /// They use several different ones.
    Several,
}

/// The captures besides the one in view.
#[derive(Debug, Default)]
pub(super) struct Captures {
    shown: CaptureId,
    opened: Vec<OpenedCapture>,
    /// The protocols chosen for opened captures; the others use those of the document's endpoints with the same names.
    protocols: BTreeMap<CaptureId, ProtocolForm>,
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
        let before = std::mem::replace(&mut self.timeline, timeline);
        let shown = std::mem::replace(&mut self.captures.shown, id);
        self.captures.aside.insert(shown, before);
    }

    /// Sets the protocol of the capture in view, if it is an opened one.
    pub fn set_shown_protocol(&mut self, protocol: Option<ProtocolForm>) {
        let Some(id) = self.shown_opened().map(|capture| capture.id) else {
            return;
        };
        match protocol {
            Some(protocol) => self.captures.protocols.insert(id, protocol),
            None => self.captures.protocols.remove(&id),
        };
    }

    /// Returns the protocol chosen for the capture in view, if any.
    pub fn chosen_protocol(&self) -> Option<&ProtocolForm> {
        self.captures.protocols.get(&self.captures.shown)
    }

    /// Returns the protocol of an endpoint of the capture in view.
    pub(super) fn shown_protocol(&self, name: &str) -> Option<&ProtocolForm> {
        let chosen = self.chosen_protocol();
        chosen.or_else(|| self.document_protocol(name))
    }

    fn document_protocol(&self, name: &str) -> Option<&ProtocolForm> {
        let mut forms = self.document.endpoints.iter();
        Some(forms.find(|form| form.name == name)?.protocol())
    }

    /// Returns the protocol that an opened capture inherits from the document's endpoints with the same names.
    pub fn inherited(&self, capture: &OpenedCapture) -> Inherited<'_> {
        let names = capture.names.values();
        let mut protocols = names.filter_map(|name| self.document_protocol(name));
        match protocols.next() {
            None => Inherited::Nothing,
            Some(first) if protocols.all(|it| it == first) => Inherited::One(first),
            Some(_) => Inherited::Several,
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
        self.captures.protocols.remove(&id);
        self.captures.opened.retain(|capture| capture.id != id);
    }

    /// Restarts the live timeline: the session continues in another capture, whose entries count from 0.
    pub fn restart_live(&mut self) {
        if let Some(timeline) = self.timeline_of(CaptureId::Live) {
            *timeline = TimelineModel::default();
        }
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

    /// Returns the size on disk of what was derived from the live session's record for its views.
    pub fn live_derived_bytes(&self) -> u64 {
        let aside = self.captures.aside.get(&CaptureId::Live);
        aside.unwrap_or(&self.timeline).derived_bytes()
    }

    pub(super) fn timeline_of(&mut self, id: CaptureId) -> Option<&mut TimelineModel> {
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
    use crate::capture::{Filter, Page, RecordStatus, Request, Span, StatusUpdate, Update};
    use crate::model::{Need, Now};
    use crate::workspace::{EndpointKind, Preferences};

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
    fn a_capture_inherits_its_protocol_by_endpoint_name_unless_one_is_chosen() {
        let mut model = model();
        let framing = |model: &Model| {
            let protocol = model.shown_protocol("Spooler");
            protocol.map(|it| it.framing_text.clone())
        };
        assert_eq!(framing(&model), None);
        let document = Arc::make_mut(&mut model.document);
        let id = document.add_server().unwrap();
        document.rename(id, "Spooler").unwrap();
        assert_eq!(framing(&model).as_deref(), Some(""));
        let protocol = ProtocolForm {
            framing_text: "line".to_owned(),
            ..ProtocolForm::default()
        };
        let of_the_name = ProtocolForm::default();
        let capture = model.shown_opened().unwrap();
        assert_eq!(model.inherited(capture), Inherited::One(&of_the_name));
        model.set_shown_protocol(Some(protocol.clone()));
        assert_eq!(framing(&model).as_deref(), Some("line"));
        // An empty protocol can be chosen too.
        let document = Arc::make_mut(&mut model.document);
        let form = document.endpoint_mut(id).unwrap();
        if let EndpointKind::Server(server) = &mut form.kind {
            server.protocol = protocol;
        }
        model.set_shown_protocol(Some(ProtocolForm::default()));
        assert_eq!(framing(&model).as_deref(), Some(""));
        model.set_shown_protocol(None);
        assert_eq!(framing(&model).as_deref(), Some("line"));
        model.show(CaptureId::Live);
        model.set_shown_protocol(Some(ProtocolForm::default()));
        assert_eq!(framing(&model).as_deref(), Some("line"));
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
        model.fold(Update::Status(live), Now(1.0));
        model.fold(Update::Answer(rows(2)), Now(1.0));
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
        model.fold(Update::Answer(rows(2)), Now(1.0));
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
