//! The order of what both ends report.

use super::reports::{Beat, KernelReports, ReportSide};
use crate::capture::trace::{Bound, Evidence, TraceKind};
use crate::net::Direction;

/// Returns the events of an end that have a place: that bytes entered a queue is shown by the numbers.
pub(super) fn beats(reports: &KernelReports, side: ReportSide) -> Vec<Beat> {
    let events = reports.events(side).iter().enumerate();
    events
        .filter(|(_, event)| !matches!(event.kind, TraceKind::Scheduled { .. }))
        .filter(|(_, event)| {
            // That the FIN acknowledges the bytes before it follows from the FIN.
            !matches!(event.kind, TraceKind::Acknowledged { .. })
                || event.evidence != Evidence::Inferred
        })
        .map(|(index, event)| Beat {
            side,
            index,
            at: event.at,
        })
        .collect()
}

/// Moves what happened at the latest at a time to before what followed from it.
pub(super) fn settle(
    reports: &KernelReports,
    beats: &mut [Vec<Beat>; 2],
    pairs: &[(usize, usize)],
) {
    let is_of = |beat: &Beat, bound: Bound| {
        let event = reports.events(beat.side).get(beat.index);
        event.is_some_and(|it| it.bound == bound)
    };
    let is_movable = |beat: &Beat| is_of(beat, Bound::Latest);
    // Each pass carries a time one step further back through the handshake or the end, which have three.
    for _ in 0..4 {
        for &(client, server) in pairs {
            let (left, right) = (beats[0][client], beats[1][server]);
            let sends = |beat: &Beat| {
                let event = reports.events(beat.side).get(beat.index);
                event.is_some_and(|it| it.direction == Direction::Sent)
            };
            if sends(&left) && left.at > right.at && is_movable(&left) {
                beats[0][client].at = right.at;
            }
            if sends(&right) && right.at > left.at && is_movable(&right) {
                beats[1][server].at = left.at;
            }
            // What arrived at the latest then may have arrived at once.
            if sends(&left) && right.at > left.at && is_movable(&right) {
                beats[1][server].at = left.at;
            }
            if sends(&right) && left.at > right.at && is_movable(&left) {
                beats[0][client].at = right.at;
            }
        }
        for own in beats.iter_mut() {
            for place in (1..own.len()).rev() {
                let next = own[place].at;
                if own[place - 1].at > next && is_movable(&own[place - 1]) {
                    own[place - 1].at = next;
                }
            }
        }
    }
    for own in beats.iter_mut() {
        for place in 1..own.len() {
            own[place].at = own[place].at.max(own[place - 1].at);
        }
    }
    delay(beats, pairs, |beat| is_of(beat, Bound::Earliest));
}

/// Moves what happened at the earliest at a time to when the other end sent it, as far as what follows allows.
fn delay(
    beats: &mut [Vec<Beat>; 2],
    pairs: &[(usize, usize)],
    may_be_later: impl Fn(&Beat) -> bool,
) {
    for &(client, server) in pairs {
        let places = [client, server];
        for side in ReportSide::BOTH {
            let place = places[side as usize];
            let sent_at = beats[side.other() as usize][places[side.other() as usize]].at;
            let own = &mut beats[side as usize];
            let next = own.get(place + 1).map_or(sent_at, |it| it.at);
            if may_be_later(&own[place]) {
                own[place].at = own[place].at.max(sent_at.min(next));
            }
        }
    }
}

/// Merges both ends by time; at one moment nothing arrives before it is sent.
pub(super) fn merge(
    reports: &KernelReports,
    beats: &[Vec<Beat>; 2],
    pairs: &[(usize, usize)],
) -> Vec<(ReportSide, usize)> {
    let mut partners = [vec![None; beats[0].len()], vec![None; beats[1].len()]];
    for &(client, server) in pairs.iter().rev() {
        partners[0][client] = Some(server);
        partners[1][server] = Some(client);
    }
    let is_sent = |beat: &Beat| {
        let event = reports.events(beat.side).get(beat.index);
        event.is_some_and(|it| it.direction == Direction::Sent)
    };
    let mut order = Vec::with_capacity(beats[0].len() + beats[1].len());
    let mut next = [0_usize; 2];
    loop {
        let head = |side: ReportSide| beats[side as usize].get(next[side as usize]);
        let side = match (head(ReportSide::Client), head(ReportSide::Server)) {
            (None, None) => return order,
            (Some(_), None) => ReportSide::Client,
            (None, Some(_)) => ReportSide::Server,
            (Some(client), Some(server)) if client.at < server.at => ReportSide::Client,
            (Some(client), Some(server)) if client.at > server.at => ReportSide::Server,
            (Some(client), Some(server)) => {
                let of_client: Option<usize> = partners[0][next[0]];
                let of_server: Option<usize> = partners[1][next[1]];
                match (of_client, of_server) {
                    (Some(partner), _) if partner == next[1] && is_sent(server) => {
                        ReportSide::Server
                    }
                    (Some(partner), _) if partner > next[1] && !is_sent(client) => {
                        ReportSide::Server
                    }
                    (None, Some(partner)) if partner < next[0] => ReportSide::Server,
                    (Some(partner), Some(_)) if partner > next[1] => ReportSide::Server,
                    _ => ReportSide::Client,
                }
            }
        };
        order.push((side, next[side as usize]));
        next[side as usize] += 1;
    }
}
