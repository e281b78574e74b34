//! How each end of one connection stands along its lifeline. Pure.

use super::step::{LaneEvent, LaneSide, LaneStep};

/// How an end stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LifeStanding {
    /// The connection has not begun, or it is over.
    Absent,
    /// It may send.
    Open,
    /// It finished sending, and may still receive.
    Finished,
}

/// A part of a lifeline: from a row to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LifeStretch {
    /// The row that it begins with; `None` for above all rows.
    pub(super) from: Option<usize>,
    /// The row that it ends with; `None` for below all rows.
    pub(super) to: Option<usize>,
    pub(super) standing: LifeStanding,
}

/// A lifeline, and whether its end is ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) stretches: Vec<LifeStretch>,
    pub(super) is_ours: bool,
}

/// Returns the lifelines of the client's end and of the server's, if the rows are of one connection.
///
/// What happened above these rows is not known: an end counts as open until a row says otherwise.
pub(super) fn lives(steps: &[LaneStep]) -> Option<[Life; 2]> {
    let mut connections = steps.iter().filter_map(|step| step.connection);
    let connection = connections.next()?;
    if connections.any(|other| other != connection) {
        return None;
    }
    let is_ours = |side: LaneSide| {
        let mut own = steps.iter().filter(|step| step.connection.is_some());
        own.any(|step| step.side == Some(side))
    };
    let ours = LaneSide::BOTH.map(is_ours);
    Some(LaneSide::BOTH.map(|side| Life {
        stretches: stretches(steps, side, ours),
        is_ours: ours[side as usize],
    }))
}

fn stretches(steps: &[LaneStep], side: LaneSide, ours: [bool; 2]) -> Vec<LifeStretch> {
    let is_ours = ours[side as usize];
    let changes = steps.iter().enumerate().filter_map(|(row, step)| {
        let standing = if is_ours {
            (step.side == Some(side)).then(|| of_own(&step.what))
        } else {
            (step.side == Some(side.other())).then(|| of_other(&step.what))
        };
        Some((row, standing??))
    });
    let mut stretches: Vec<LifeStretch> = Vec::new();
    let mut now = first(steps, side, is_ours);
    let mut from = None;
    for (row, standing) in changes {
        // A half-close is not undone, and what is over does not begin anew within one connection.
        let is_news = match now {
            LifeStanding::Absent => from.is_none() && standing == LifeStanding::Open,
            LifeStanding::Open => standing != LifeStanding::Open,
            LifeStanding::Finished => standing == LifeStanding::Absent,
        };
        if is_news {
            let to = Some(row);
            stretches.push(LifeStretch {
                from,
                to,
                standing: now,
            });
            (now, from) = (standing, to);
        }
    }
    stretches.push(LifeStretch {
        from,
        to: None,
        standing: now,
    });
    stretches
}

/// Returns how an end stands at the first row: absent, if it is among these rows that it begins.
fn first(steps: &[LaneStep], side: LaneSide, is_ours: bool) -> LifeStanding {
    let seen = if is_ours { side } else { side.other() };
    let mut own = steps.iter().filter(|step| step.connection.is_some());
    let first = own.find(|step| step.side == Some(seen));
    match first.map(|step| &step.what) {
        Some(
            LaneEvent::Connecting
            | LaneEvent::Connected
            | LaneEvent::Accepted
            | LaneEvent::Refused
            | LaneEvent::Known(true),
        ) => LifeStanding::Absent,
        _ => LifeStanding::Open,
    }
}

/// What an entry of this end says about it.
fn of_own(what: &LaneEvent) -> Option<LifeStanding> {
    match what {
        LaneEvent::Connecting
        | LaneEvent::Connected
        | LaneEvent::Accepted
        | LaneEvent::Known(true) => Some(LifeStanding::Open),
        LaneEvent::Finished => Some(LifeStanding::Finished),
        LaneEvent::Closed(_) | LaneEvent::Reset | LaneEvent::Refused | LaneEvent::Known(false) => {
            Some(LifeStanding::Absent)
        }
        _ => None,
    }
}

/// What an entry of the other end says about this one.
fn of_other(what: &LaneEvent) -> Option<LifeStanding> {
    match what {
        // Of a UDP peer nothing is known but what it sends.
        LaneEvent::Connected | LaneEvent::Accepted | LaneEvent::Known(true) => {
            Some(LifeStanding::Open)
        }
        LaneEvent::PeerFinished => Some(LifeStanding::Finished),
        LaneEvent::Closed(_) | LaneEvent::Reset => Some(LifeStanding::Absent),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::step::Last;
    use super::*;

    fn step(side: LaneSide, what: LaneEvent) -> LaneStep {
        LaneStep {
            connection: Some(1),
            side: Some(side),
            what,
        }
    }

    /// The stretches as text: `absent to 1, open from 1 to 3, finished from 3`.
    fn written(life: &Life) -> String {
        let part = |it: &LifeStretch| {
            let from = it
                .from
                .map_or_else(String::new, |row| format!(" from {row}"));
            let to = it.to.map_or_else(String::new, |row| format!(" to {row}"));
            format!("{:?}{from}{to}", it.standing).to_lowercase()
        };
        let parts: Vec<_> = life.stretches.iter().map(part).collect();
        parts.join(", ")
    }

    #[track_caller]
    fn check(steps: &[LaneStep], client: &str, server: &str) {
        let lives = lives(steps).unwrap();
        assert_eq!(lives.each_ref().map(written), [client, server]);
    }

    #[test]
    fn our_end_says_how_the_other_one_stands() {
        let server = |what| step(LaneSide::Server, what);
        check(
            &[
                server(LaneEvent::Accepted),
                server(LaneEvent::Received(0..3)),
                server(LaneEvent::PeerFinished),
                server(LaneEvent::Sent(0..3)),
                server(LaneEvent::Closed(Last::Fin)),
            ],
            "absent to 0, open from 0 to 2, finished from 2 to 4, absent from 4",
            "absent to 0, open from 0 to 4, absent from 4",
        );
    }

    #[test]
    fn both_of_our_ends_say_how_they_stand() {
        check(
            &[
                step(LaneSide::Client, LaneEvent::Connecting),
                step(LaneSide::Server, LaneEvent::Accepted),
                step(LaneSide::Client, LaneEvent::Connected),
                step(LaneSide::Client, LaneEvent::Finished),
                step(LaneSide::Server, LaneEvent::PeerFinished),
                step(LaneSide::Server, LaneEvent::Closed(Last::Fin)),
                step(LaneSide::Client, LaneEvent::PeerFinished),
                step(LaneSide::Client, LaneEvent::Closed(Last::Fin)),
            ],
            "absent to 0, open from 0 to 3, finished from 3 to 7, absent from 7",
            "absent to 1, open from 1 to 5, absent from 5",
        );
    }

    #[test]
    fn in_the_middle_of_a_connection_its_ends_are_open() {
        check(
            &[step(LaneSide::Client, LaneEvent::Sent(0..3))],
            "open",
            "open",
        );
        check(
            &[step(LaneSide::Client, LaneEvent::Reset)],
            "open to 0, absent from 0",
            "open to 0, absent from 0",
        );
    }

    #[test]
    fn several_connections_have_no_lifelines_of_their_own() {
        let other = LaneStep {
            connection: Some(2),
            ..step(LaneSide::Server, LaneEvent::Accepted)
        };
        assert_eq!(
            lives(&[step(LaneSide::Server, LaneEvent::Accepted), other]),
            None
        );
        assert_eq!(lives(&[]), None);
    }
}
