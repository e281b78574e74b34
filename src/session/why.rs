//! Why not: what the rules of an endpoint would do with a request, and what keeps each of them from answering it.

use std::sync::Arc;

use bytes::Bytes;

use super::{Session, SessionError, Update};
use crate::net::{Address, EndpointId};
use crate::payload::framing::Framing;
use crate::script::rules::{FIRST_STATE, Hold, Report, RuleCase, RuleSet, Rules, When, explain};
use crate::script::{MAX_REQUEST_BYTES, Requests};
use crate::workspace::{FieldError, ReplyKind};

/// How many states are offered to try.
const MAX_STATES: usize = 100;
/// How many frames of a chunk are counted.
const MAX_FRAMES: usize = 1_000;
/// Among how many of them one is looked for that no rule answers.
const MAX_TRIED: usize = 100;

/// A request to explain, and what is assumed of its connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyOrder {
    /// Whose rules.
    pub endpoint: EndpointId,
    /// The bytes.
    pub bytes: Bytes,
    /// Whether they are a request as rules see it; otherwise they are cut as the endpoint cuts what it receives.
    pub is_cut: bool,
    /// The state of the connection; `None` if it is not known.
    pub state: Option<Arc<str>>,
    /// How many requests the connection has had, this one included; `None` if that is not known.
    pub count: Option<u64>,
    /// The peer's address; `None` if it is not known.
    pub peer: Option<Address>,
}

/// What the rules of an endpoint would do with a request.
#[derive(Clone, Debug)]
pub struct Explained {
    /// What was asked.
    pub order: WhyOrder,
    /// The request.
    pub seen: RequestSeen,
    /// What each rule says, the nearest first.
    pub reports: Vec<Report>,
    /// The rules; why they cannot be used otherwise.
    pub rules: Result<RuleSet, FieldError>,
    /// The states that the rules name, the first one first.
    pub states: Vec<Arc<str>>,
    /// Whether the endpoint runs with these rules.
    pub is_running: bool,
    /// Whether the endpoint replies by its rules.
    pub is_in_use: bool,
}

/// A request as rules see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestSeen {
    /// Its bytes.
    pub bytes: Bytes,
    /// How many frames the chunk holds; 0 if there is no framing.
    pub frames: usize,
    /// Which of them it is, from 1 on.
    pub number: usize,
    /// Whether the bytes are no whole frame of the framing.
    pub is_part: bool,
}

impl WhyOrder {
    fn case<'a>(&'a self, request: &'a [u8]) -> RuleCase<'a> {
        RuleCase {
            request,
            state: self.state.as_deref(),
            count: self.count,
            peer: self.peer.as_ref().map(Into::into),
        }
    }
}

impl Explained {
    /// Returns the place of the first rule that answers the request, and whether that is certain.
    pub fn answering(&self) -> Option<(usize, bool)> {
        let applying = self.reports.iter().filter(|it| it.applies());
        let first = applying.min_by_key(|it| it.place)?;
        let is_certain = first.asked().all(|it| *it == Hold::Holds);
        Some((first.place, is_certain))
    }
}

/// Returns the first request in bytes that were received, as rules see it.
pub(super) fn request_seen(bytes: &Bytes, framing: Option<&Framing>) -> RequestSeen {
    request_for(bytes, framing, |_| true)
}

/// Returns the first request in bytes that were received, as rules see it, for which `is_it` is true; the first one if it is
/// true of none.
fn request_for(
    bytes: &Bytes,
    framing: Option<&Framing>,
    mut is_it: impl FnMut(&[u8]) -> bool,
) -> RequestSeen {
    let Some(framing) = framing else {
        return RequestSeen {
            bytes: bytes.clone(),
            ..RequestSeen::default()
        };
    };
    let mut requests = Requests::new(framing, true);
    requests.push(bytes, 0);
    let (mut first, mut wanted, mut frames) = (None, None, 0);
    let mut take = |requests: &mut Requests| {
        while frames < MAX_FRAMES
            && let Some(request) = requests.next(0)
        {
            frames += 1;
            let Some(frame) = request.bytes else {
                continue;
            };
            let body = Bytes::from(framing.checked(&frame).into_owned());
            if wanted.is_none() && frames <= MAX_TRIED && is_it(&body) {
                wanted = Some((frames, body.clone()));
            }
            first = first.take().or(Some((frames, body)));
        }
    };
    take(&mut requests);
    // What is typed need not end as a frame does.
    requests.finish(0);
    take(&mut requests);
    match wanted.or(first) {
        Some((number, bytes)) => RequestSeen {
            bytes,
            frames,
            number,
            is_part: false,
        },
        None => RequestSeen {
            bytes: bytes.clone(),
            is_part: true,
            ..RequestSeen::default()
        },
    }
}

impl Session {
    /// Finds out what the rules of an endpoint would do with a request, on a thread. [`Update::Explained`] follows.
    ///
    /// # Errors
    ///
    /// Too many wait, or the system cannot start the thread.
    pub fn explain(&mut self, order: WhyOrder) -> Result<(), SessionError> {
        let Some(form) = self.document.endpoint(order.endpoint) else {
            return Ok(());
        };
        let behaviour = form.kind.behaviour();
        let running = self.rule_set(order.endpoint);
        let running = running.filter(|_| self.is_running(order.endpoint)).cloned();
        let is_in_use = behaviour.reply == ReplyKind::Rules;
        let rules = behaviour.rules.clone();
        let protocol = self.document.protocol(order.endpoint).unwrap_or_default();
        self.explainer.order(move |_| {
            let is_running = running.is_some();
            let rules = rules.parse(&protocol).map(|rules| {
                let rules = RuleSet::starting(rules);
                running.map_or_else(|| rules.clone(), |before| rules.in_place_of(&before))
            });
            explained(order, rules, is_running, is_in_use)
        })?;
        Ok(())
    }

    pub(super) fn take_explained(&mut self) {
        while let Some(explained) = self.explainer.outcome() {
            self.updates
                .push_back(Update::Explained(Arc::new(explained)));
        }
    }
}

fn explained(
    order: WhyOrder,
    rules: Result<RuleSet, FieldError>,
    is_running: bool,
    is_in_use: bool,
) -> Explained {
    let framing = rules
        .as_ref()
        .ok()
        .and_then(|it| it.rules().framing.as_ref());
    // Of a chunk with several, the one that no rule answers is what somebody asks about.
    let is_unanswered = |request: &[u8]| {
        let case = order.case(request);
        let reports = rules.as_ref().map(|rules| explain(rules, &case));
        reports.is_ok_and(|reports| !reports.iter().any(Report::applies))
    };
    let framing = framing.filter(|_| !order.is_cut);
    let seen = request_for(&order.bytes, framing, is_unanswered);
    let case = order.case(&seen.bytes);
    let is_short = seen.bytes.len() <= MAX_REQUEST_BYTES;
    let reports = rules.as_ref().ok().filter(|_| is_short);
    let reports = reports.map(|rules| explain(rules, &case));
    Explained {
        reports: reports.unwrap_or_default(),
        states: rules
            .as_ref()
            .map_or_else(|_| Vec::new(), |it| states(it.rules())),
        order,
        seen,
        rules,
        is_running,
        is_in_use,
    }
}

/// Returns the states that rules name; none if they name only the first.
fn states(rules: &Rules) -> Vec<Arc<str>> {
    let mut states: Vec<Arc<str>> = vec![FIRST_STATE.into()];
    for rule in &rules.rules {
        let is_for_requests = matches!(rule.when, When::Request(_));
        let named = rule.in_states.iter().filter(|_| is_for_requests);
        for state in named.chain(&rule.next) {
            if states.len() < MAX_STATES && !states.contains(state) {
                states.push(Arc::clone(state));
            }
        }
    }
    if states.len() == 1 {
        states.clear();
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_see_the_first_frame_of_what_was_received() {
        let check = |framing: &str, bytes: &'static [u8], expected: (&[u8], usize, bool)| {
            let framing: Option<Framing> = (!framing.is_empty()).then(|| framing.parse().unwrap());
            let seen = request_seen(&Bytes::from_static(bytes), framing.as_ref());
            let found = (&*seen.bytes, seen.frames, seen.is_part);
            assert_eq!(found, expected, "{framing:?}");
            let last = request_for(&Bytes::from_static(bytes), framing.as_ref(), |it| {
                it == b"two"
            });
            let number = if seen.frames == 2 { 2 } else { seen.number };
            assert_eq!(last.number, number, "{framing:?}");
        };
        check("", b"one\r\ntwo\r\n", (b"one\r\ntwo\r\n", 0, false));
        check("line", b"one\r\ntwo\r\n", (b"one", 2, false));
        check("line", b"one", (b"one", 0, true));
        check("length:u8", b"\x02ab", (b"\x02ab", 1, false));
        check("length:u8", b"\x05ab", (b"\x05ab", 0, true));
    }
}
