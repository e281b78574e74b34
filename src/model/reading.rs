//! How the bytes of the capture in view are read: encodings and frames, by the endpoints' protocols.

use std::sync::Arc;

use super::{Model, NoticePlace, WindowProblem};
use crate::capture::frames::FrameRules;
use crate::capture::{Encodings, Filter};
use crate::net::{ByDirection, EndpointId};
use crate::payload::{Encoding, Pattern, PatternError};
use crate::workspace::{ProtocolForm, TimelineAs};

impl Model {
    /// If the timeline shows frames, cuts them by the endpoints' current protocols.
    ///
    /// An opened capture is read as [`Model::read_as`] says.
    pub fn follow_frames(&mut self) {
        let rules = self.shows_frames.then(|| Arc::new(self.frame_rules()));
        if self.timeline.filter().frames != rules {
            self.timeline.show_frames(rules);
        }
    }

    /// Shows bundles while the timeline shows lanes, if they are wanted.
    pub fn follow_lanes(&mut self) {
        let lanes = self.preferences.timeline_as == TimelineAs::Lanes;
        self.timeline.show_bundles(lanes && self.has_bundles);
    }

    /// Searches for the filter's pattern in the endpoints' current encodings; drops a pattern that one of them cannot
    /// represent.
    pub fn follow_encodings(&mut self) {
        let filter = self.timeline.filter();
        let Some(pattern) = &filter.pattern else {
            return;
        };
        let encodings = self.encodings();
        if filter.encodings == encodings {
            return;
        }
        let refused = written_in(pattern, &encodings).err();
        let mut filter = Filter {
            encodings,
            ..filter.clone()
        };
        if let Some(error) = refused {
            filter.pattern = None;
            let problem = WindowProblem::FilterDropped(error);
            self.notices.push(NoticePlace::Filter, Arc::new(problem));
        }
        self.timeline.narrow(filter);
    }

    /// Returns the encodings to search for a pattern in.
    ///
    /// # Errors
    ///
    /// One of them cannot represent it.
    pub fn encodings_for(&self, pattern: &Pattern) -> Result<Encodings, PatternError> {
        let encodings = self.encodings();
        written_in(pattern, &encodings).map(|()| encodings)
    }

    /// Returns the encodings of the endpoints of the capture in view that are not UTF-8.
    pub fn encodings(&self) -> Encodings {
        let shown = self.shown_endpoints().into_iter();
        let encodings = shown.filter_map(|(id, _)| {
            let encodings = self.shown_protocol(id)?.encodings();
            (encodings != ByDirection::default()).then_some((id, encodings))
        });
        Encodings(encodings.collect())
    }

    /// Returns the encodings of an endpoint of the capture in view.
    pub fn encodings_of(&self, endpoint: EndpointId) -> ByDirection<Encoding> {
        let protocol = self.shown_protocol(endpoint);
        protocol.map(ProtocolForm::encodings).unwrap_or_default()
    }

    fn frame_rules(&self) -> FrameRules {
        let shown = self.shown_endpoints().into_iter();
        let rules = shown.filter_map(|(id, _)| {
            let rules = self.shown_protocol(id)?.rules();
            (rules != ByDirection::default()).then_some((id, rules))
        });
        FrameRules(rules.collect())
    }
}

/// Refuses a pattern that one of the encodings cannot represent.
fn written_in(pattern: &Pattern, encodings: &Encodings) -> Result<(), PatternError> {
    let mut written = encodings.iter().map(|it| pattern.in_encoding(it));
    written.try_for_each(|it| it.map(drop))
}
