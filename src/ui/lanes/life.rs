//! How each end of one connection stands along its lifeline. Pure.

use super::step::{Side, Step, What};

/// How an end stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The connection has not begun, or it is over.
    Absent,
    /// It may send.
    Open,
    /// It finished sending, and may still receive.
    Finished,
}

/// A part of a lifeline: from a row to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The row that it begins with; `None` for above all rows.
    pub(super) from: Option<usize>,
    /// The row that it ends with; `None` for below all rows.
    pub(super) to: Option<usize>,
    pub(super) standing: Standing,
}

/// A lifeline, and whether its end is ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) stretches: Vec<Stretch>,
    pub(super) is_ours: bool,
}

/// Returns the lifelines of the client's end and of the server's, if the rows are of one connection.
///
/// What happened above these rows is not known: an end counts as open until a row says otherwise.
pub(super) fn lives(steps: &[Step]) -> Option<[Life; 2]> {
    let mut connections = steps.iter().filter_map(|step| step.connection);
    let connection = connections.next()?;
    if connections.any(|other| other != connection) {
        return None;
    }
    let is_ours = |side: Side| {
        let mut own = steps.iter().filter(|step| step.connection.is_some());
        own.any(|step| step.side == Some(side))
    };
    let ours = Side::BOTH.map(is_ours);
    Some(Side::BOTH.map(|side| Life {
        stretches: stretches(steps, side, ours),
        is_ours: ours[side as usize],
    }))
}

fn stretches(steps: &[Step], side: Side, ours: [bool; 2]) -> Vec<Stretch> {
    let is_ours = ours[side as usize];
    let changes = steps.iter().enumerate().filter_map(|(row, step)| {
        let standing = if is_ours {
            (step.side == Some(side)).then(|| of_own(&step.what))
        } else {
            (step.side == Some(side.other())).then(|| of_other(&step.what))
        };
        Some((row, standing??))
    });
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut now = first(steps, side, is_ours);
    let mut from = None;
    for (row, standing) in changes {
        // A half-close is not undone, and what is over does not begin anew within one connection.
        let is_news = match now {
            Standing::Absent => from.is_none() && standing == Standing::Open,
            Standing::Open => standing != Standing::Open,
            Standing::Finished => standing == Standing::Absent,
        };
        if is_news {
            let to = Some(row);
            stretches.push(Stretch {
                from,
                to,
                standing: now,
            });
            (now, from) = (standing, to);
        }
    }
    stretches.push(Stretch {
        from,
        to: None,
        standing: now,
    });
    stretches
}

/// Returns how an end stands at the first row: absent, if it is among these rows that it begins.
fn first(steps: &[Step], side: Side, is_ours: bool) -> Standing {
    let seen = if is_ours { side } else { side.other() };
    let mut own = steps.iter().filter(|step| step.connection.is_some());
    let first = own.find(|step| step.side == Some(seen));
    match first.map(|step| &step.what) {
        Some(
            What::Connecting | What::Connected | What::Accepted | What::Refused | What::Known(true),
        ) => Standing::Absent,
        _ => Standing::Open,
    }
}

/// What an entry of this end says about it.
fn of_own(what: &What) -> Option<Standing> {
    match what {
        What::Connecting | What::Connected | What::Accepted | What::Known(true) => {
            Some(Standing::Open)
        }
        What::Finished => Some(Standing::Finished),
        What::Closed(_) | What::Reset | What::Refused | What::Known(false) => {
            Some(Standing::Absent)
        }
        _ => None,
    }
}

/// What an entry of the other end says about this one.
fn of_other(what: &What) -> Option<Standing> {
    match what {
        // Of a UDP peer nothing is known but what it sends.
        What::Connected | What::Accepted | What::Known(true) => Some(Standing::Open),
        What::PeerFinished => Some(Standing::Finished),
        What::Closed(_) | What::Reset => Some(Standing::Absent),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::step::Last;
    use super::*;

    fn step(side: Side, what: What) -> Step {
        Step {
            connection: Some(1),
            side: Some(side),
            what,
        }
    }

    /// The stretches as text: `absent to 1, open from 1 to 3, finished from 3`.
    fn written(life: &Life) -> String {
        let part = |it: &Stretch| {
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
    fn check(steps: &[Step], client: &str, server: &str) {
        let lives = lives(steps).unwrap();
        assert_eq!(lives.each_ref().map(written), [client, server]);
    }

    #[test]
    fn our_end_says_how_the_other_one_stands() {
        let server = |what| step(Side::Server, what);
        check(
            &[
                server(What::Accepted),
                server(What::Received(0..3)),
                server(What::PeerFinished),
                server(What::Sent(0..3)),
                server(What::Closed(Last::Fin)),
            ],
            "absent to 0, open from 0 to 2, finished from 2 to 4, absent from 4",
            "absent to 0, open from 0 to 4, absent from 4",
        );
    }

    #[test]
    fn both_of_our_ends_say_how_they_stand() {
        check(
            &[
                step(Side::Client, What::Connecting),
                step(Side::Server, What::Accepted),
                step(Side::Client, What::Connected),
                step(Side::Client, What::Finished),
                step(Side::Server, What::PeerFinished),
                step(Side::Server, What::Closed(Last::Fin)),
                step(Side::Client, What::PeerFinished),
                step(Side::Client, What::Closed(Last::Fin)),
            ],
            "absent to 0, open from 0 to 3, finished from 3 to 7, absent from 7",
            "absent to 1, open from 1 to 5, absent from 5",
        );
    }

    #[test]
    fn in_the_middle_of_a_connection_its_ends_are_open() {
        check(&[step(Side::Client, What::Sent(0..3))], "open", "open");
        check(
            &[step(Side::Client, What::Reset)],
            "open to 0, absent from 0",
            "open to 0, absent from 0",
        );
    }

    #[test]
    fn several_connections_have_no_lifelines_of_their_own() {
        let other = Step {
            connection: Some(2),
            ..step(Side::Server, What::Accepted)
        };
        assert_eq!(lives(&[step(Side::Server, What::Accepted), other]), None);
        assert_eq!(lives(&[]), None);
    }
}
