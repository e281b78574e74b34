//! The words of a ladder: on arrows, beside lifelines, and as sentences.

use std::ops::Range;

use super::ladder::{Arrow, Ladder, LadderLine};
use super::reports::{Beat, ReportSide};
use crate::capture::trace::{Bound, EndState, Evidence, TraceEvent, TraceKind};
use crate::net::Direction;
use crate::net::kernel::TcpState;
use crate::words::{Language, sentence};

/// What stands on an arrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// What it is called.
    pub(super) name: String,
    /// What it says.
    pub(super) says: String,
    /// What else is known, and how: lines below the arrow.
    pub(super) details: Vec<String>,
}

/// Says things about a ladder whose ends have these names.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    pub(super) ladder: &'a Ladder,
    pub(super) words: &'a Language,
    /// The client's name, and the server's.
    pub(super) names: [&'a str; 2],
}

impl Speaker<'_> {
    fn name(&self, side: ReportSide) -> &str {
        self.names[side as usize]
    }

    /// Returns what stands on an arrow.
    pub(super) fn arrow(&self, arrow: &Arrow) -> Label {
        let Some(event) = self.ladder.event(arrow.beat) else {
            return Label::default();
        };
        let words = &self.words.lifecycles;
        if let Some((name, says)) = self.words.segment(&event.kind, self.is_refusal(event)) {
            return Label {
                name,
                says: says.to_owned(),
                details: self.details(arrow, event),
            };
        }
        let (name, says) = match &event.kind {
            TraceKind::Data { range } => {
                let says = match arrow.line {
                    LadderLine::Pending if self.ladder.reports.has(arrow.from.other()) => {
                        words.not_read
                    }
                    LadderLine::Pending => words.not_acknowledged,
                    _ => "",
                };
                (words.bytes(length(range)), says.to_owned())
            }
            TraceKind::Run {
                sent,
                received,
                writes,
                reads,
                until,
            } => {
                let is_sent = arrow.from == arrow.beat.side;
                let (calls, range) = if is_sent {
                    (words.writes(*writes), sent)
                } else {
                    (words.reads(*reads), received)
                };
                let size = self.words.numbers.size(length(range));
                let took = self.words.numbers.duration(until.since(event.at));
                (words.run(&calls, &size, &took), String::new())
            }
            TraceKind::Acknowledged { end } => (words.ack.to_owned(), words.has_bytes(*end)),
            _ => (String::new(), String::new()),
        };
        Label {
            name,
            says,
            details: Vec::new(),
        }
    }

    /// Returns the options of a SYN, and which calls reported the segment.
    fn details(&self, arrow: &Arrow, event: &TraceEvent) -> Vec<String> {
        let words = &self.words.lifecycles;
        let other = arrow.other.and_then(|beat| self.ladder.event(beat));
        let events = [Some(event), other];
        let options = events.iter().flatten().find_map(|event| match &event.kind {
            TraceKind::Syn(Some(syn)) => Some(self.words.syn_in_short(syn)),
            _ => None,
        });
        let known: Vec<_> = events
            .iter()
            .flatten()
            .filter(|event| event.evidence.is_seen())
            .map(|event| self.words.evidence_in_short(event.evidence))
            .collect();
        let how = match known.as_slice() {
            [] => self.words.evidence_in_short(Evidence::Inferred),
            [one] => one.clone(),
            [one, other, ..] if one == other => one.clone(),
            [one, other, ..] => words.both_known(one, other),
        };
        let options = options.filter(|it| !it.is_empty());
        options.into_iter().chain([how]).collect()
    }

    /// Returns what stands beside a lifeline for an event that has no arrow of its own in its row.
    pub(super) fn tick(&self, event: &TraceEvent) -> Option<String> {
        let words = &self.words.lifecycles;
        Some(match &event.kind {
            TraceKind::Accepted => words.accepted.to_owned(),
            TraceKind::Left { end } => words.left(&words.bytes(*end)),
            TraceKind::Arrived { end } => words.arrived(&words.bytes(*end)),
            TraceKind::TimedOut => words.timed_out.to_owned(),
            TraceKind::Failed => words.failed.to_owned(),
            TraceKind::Retransmitted { segments } => words.again(*segments),
            TraceKind::Data { range } if event.direction == Direction::Received => {
                words.reads_bytes(&words.bytes(length(range)))
            }
            _ => return None,
        })
    }

    /// Returns what the state of an end means, and how it is known.
    pub(super) fn state(&self, side: ReportSide, state: EndState) -> String {
        let words = &self.words.lifecycles;
        let (end, other) = (self.name(side), self.name(side.other()));
        let name = words.state_of(end, state.state.name());
        let explained = self.words.state_explained(state.state, end, other);
        let how = if state.is_seen {
            words.state_seen
        } else {
            words.state_inferred
        };
        words.state_tip(&name, &explained, how)
    }

    /// Returns what happened, when, and how it is known.
    pub(super) fn said(&self, beat: Beat) -> String {
        let Some(event) = self.ladder.event(beat) else {
            return String::new();
        };
        let words = &self.words.lifecycles;
        let start = self.ladder.rows.first().map_or(event.at, |it| it.first.at);
        let time = self.words.numbers.duration(event.at.since(start));
        let when = match event.bound {
            Bound::Exact => words.at(&time),
            Bound::Latest => words.at_latest(&time),
            Bound::Earliest => words.at_earliest(&time),
        };
        let how = self.words.evidence(event.evidence);
        words.sentence(&when, &self.what(beat, event), &how)
    }

    fn what(&self, beat: Beat, event: &TraceEvent) -> String {
        let words = &self.words.lifecycles;
        let teller = beat.side;
        let from = match event.direction {
            Direction::Sent => teller,
            Direction::Received => teller.other(),
        };
        let (from_name, to_name) = (self.name(from), self.name(from.other()));
        let (own, other) = (self.name(teller), self.name(teller.other()));
        let first = |end: u64| words.bytes(end);
        let grouped = |number: u64| self.words.numbers.grouped(number);
        match &event.kind {
            TraceKind::Syn(None) => words.says_syn(from_name, to_name),
            TraceKind::Syn(Some(syn)) => {
                words.says_syn_with(from_name, to_name, &self.words.syn(syn))
            }
            TraceKind::SynAck => words.says_syn_ack(from_name, to_name),
            TraceKind::HandshakeAck => words.says_ack(from_name),
            TraceKind::Accepted => words.says_accepted(own),
            TraceKind::Data { range } => {
                let bytes = words.bytes(length(range));
                let (start, end) = (grouped(range.start), grouped(range.end));
                if event.direction == Direction::Sent {
                    words.says_sent(own, &bytes, &start, &end)
                } else {
                    words.says_received(own, &bytes, &start, &end)
                }
            }
            TraceKind::Run {
                sent,
                received,
                writes,
                reads,
                ..
            } => {
                let size = |range: &Range<u64>| self.words.numbers.size(length(range));
                let (sent, received) = (size(sent), size(received));
                let (writes, reads) = (words.writes(*writes), words.reads(*reads));
                words.says_run(own, &writes, &sent, &reads, &received)
            }
            TraceKind::Scheduled { end } => words.says_scheduled(own, &first(*end)),
            TraceKind::Left { end } => words.says_left(own, &first(*end)),
            TraceKind::Acknowledged { end } => words.says_acknowledged(other, &first(*end)),
            TraceKind::Arrived { end } => words.says_arrived(own, &first(*end)),
            TraceKind::Fin => words.says_fin(from_name),
            TraceKind::FinAck => words.says_fin_ack(from_name),
            TraceKind::Rst if self.is_refusal(event) => words.says_refused(from_name),
            TraceKind::Rst => words.says_rst(from_name),
            TraceKind::TimedOut => words.says_timed_out(own),
            TraceKind::Failed => words.says_failed(own),
            TraceKind::Window { is_open: false } => words.says_window_closed(other),
            TraceKind::Window { is_open: true } => words.says_window_open(other),
            TraceKind::Retransmitted { segments } => {
                let segments = words.again_segments(*segments);
                words.says_again(own, &segments)
            }
            TraceKind::State => {
                let ours = words.says_state(own, event.ours.state.name());
                let peer = words.says_state(other, event.peer.state.name());
                let peer = Some(peer).filter(|_| event.peer.is_seen);
                peer.map_or(ours.clone(), |peer| words.both_calls(&ours, &peer))
            }
        }
    }

    /// Returns whether a reset answers a SYN.
    fn is_refusal(&self, event: &TraceEvent) -> bool {
        let is_established = ReportSide::BOTH.into_iter().any(|side| {
            let mut events = self.ladder.reports.events(side).iter();
            // It stands among the first three, if it is there.
            events
                .by_ref()
                .take(4)
                .any(|it| it.ours.state == TcpState::Established || !is_beginning(&it.kind))
        });
        event.kind == TraceKind::Rst && !is_established
    }

    /// Returns all that a row says, for its ends.
    pub(super) fn row(&self, beats: impl Iterator<Item = Beat>) -> String {
        let said = beats.map(|beat| sentence(&self.said(beat)));
        let joined = said.reduce(|first, second| self.words.common.sentences(&first, &second));
        joined.unwrap_or_default()
    }
}

fn is_beginning(kind: &TraceKind) -> bool {
    matches!(
        kind,
        TraceKind::Syn(_) | TraceKind::SynAck | TraceKind::Rst | TraceKind::State
    )
}

fn length(range: &Range<u64>) -> u64 {
    range.end.saturating_sub(range.start)
}
