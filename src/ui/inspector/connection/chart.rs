//! Where the states of the state machine stand in its drawing, and which lines join them. Pure.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::model::{TRANSITIONS, Transition};
use crate::net::kernel::TcpState;

use TcpState::{
    CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived,
    SynSent, TimeWait,
};

/// The height of a state, and the distance from one row of them to the next, in points.
pub(super) const NODE_HEIGHT: f32 = 20.0;
const PITCH: f32 = 35.0;
/// The space beside a state's name, in points.
const PADDING: f32 = 7.0;
/// The least and the most space between two columns, in points.
pub(super) const LEAST_GAP: f32 = 8.0;
const MOST_GAP: f32 = 44.0;

/// The states by column and row. As in the RFC's figure, CLOSED stands twice: where connections begin, and where they end.
pub(super) const PLACES: [(TcpState, usize, usize); 12] = [
    (Closed, 1, 0),
    (Listen, 0, 1),
    (SynReceived, 0, 2),
    (SynSent, 2, 2),
    (Established, 1, 3),
    (FinWait1, 0, 4),
    (Closing, 1, 4),
    (CloseWait, 2, 4),
    (FinWait2, 0, 5),
    (TimeWait, 1, 5),
    (LastAck, 2, 5),
    (Closed, 1, 6),
];
/// The place where connections begin, and the one where they end.
pub(super) const BEGIN: usize = 0;
pub(super) const END: usize = 11;
const ROWS: usize = 7;

/// The drawing in a place of its own.
pub(super) struct Chart {
    nodes: [Rect; PLACES.len()],
    /// Free ways down between the columns.
    channels: [f32; 2],
}

impl Chart {
    /// Returns how high it is.
    pub(super) fn height() -> f32 {
        (ROWS - 1) as f32 * PITCH + NODE_HEIGHT + 4.0
    }

    /// Returns how wide it is at least, given the widths of the states' names.
    pub(super) fn least_width(names: &[f32; PLACES.len()]) -> f32 {
        columns(names).iter().sum::<f32>() + 2.0 * LEAST_GAP
    }

    /// Lays it out from the left top corner.
    pub(super) fn new(at: Pos2, width: f32, names: &[f32; PLACES.len()]) -> Self {
        let columns = columns(names);
        let gap = (width - columns.iter().sum::<f32>()) / 2.0;
        let gap = gap.clamp(LEAST_GAP, MOST_GAP);
        let used = columns.iter().sum::<f32>() + 2.0 * gap;
        let left = at.x + ((width - used) / 2.0).max(0.0);
        let starts = [
            left,
            left + columns[0] + gap,
            left + columns[0] + columns[1] + 2.0 * gap,
        ];
        let mut nodes = [Rect::NOTHING; PLACES.len()];
        for ((node, (_, column, row)), name) in nodes.iter_mut().zip(PLACES).zip(names) {
            let y = at.y + 2.0 + NODE_HEIGHT / 2.0 + row as f32 * PITCH;
            let center = pos2(starts[column] + columns[column] / 2.0, y);
            *node = Rect::from_center_size(center, vec2(name + 2.0 * PADDING, NODE_HEIGHT));
        }
        Self {
            nodes,
            channels: [starts[1] - gap / 2.0, starts[2] - gap / 2.0],
        }
    }

    /// Returns where each state stands.
    pub(super) fn nodes(&self) -> &[Rect; PLACES.len()] {
        &self.nodes
    }

    /// Returns all transitions, as lines.
    pub(super) fn transitions(&self) -> impl Iterator<Item = Vec<Pos2>> {
        TRANSITIONS.iter().map(|(from, to)| self.line(*from, *to))
    }

    /// Returns the line of a step. One that breaks a connection off goes past the other states.
    pub(super) fn step(&self, step: &Transition) -> Vec<Pos2> {
        if step.is_transition() {
            return self.line(step.from, step.to);
        }
        let (from, to) = (place_of(step.from), place_after(step));
        if to == BEGIN {
            return clipped(self.nodes[from], self.nodes[to]);
        }
        let (from, to) = (self.nodes[from], self.nodes[to]);
        let [left, right] = self.channels;
        let x = if from.center().x > right { right } else { left };
        let side = |node: Rect| {
            if x < node.center().x {
                node.left()
            } else {
                node.right()
            }
        };
        vec![
            pos2(side(from), from.center().y),
            pos2(x, from.center().y),
            pos2(x, to.center().y),
            pos2(side(to), to.center().y),
        ]
    }

    fn line(&self, from: TcpState, to: TcpState) -> Vec<Pos2> {
        let begin = if from == Closed {
            BEGIN
        } else {
            place_of(from)
        };
        let end = if to == Closed { END } else { place_of(to) };
        clipped(self.nodes[begin], self.nodes[end])
    }
}

/// Returns the place of a state; of CLOSED the one where connections begin.
fn place_of(state: TcpState) -> usize {
    let mut places = PLACES.iter();
    places.position(|(it, ..)| *it == state).unwrap_or(BEGIN)
}

/// Returns the place that a step leads to: an attempt that fails goes back to where it began.
pub(super) fn place_after(step: &Transition) -> usize {
    match (step.from, step.to) {
        (Listen | SynSent | SynReceived, Closed) => BEGIN,
        (_, Closed) => END,
        (_, to) => place_of(to),
    }
}

/// Returns the place where a way begins.
pub(super) fn place_first(state: TcpState) -> usize {
    place_of(state)
}

fn columns(names: &[f32; PLACES.len()]) -> [f32; 3] {
    let mut widths = [0.0_f32; 3];
    for ((_, column, _), name) in PLACES.iter().zip(names) {
        widths[*column] = widths[*column].max(name + 2.0 * PADDING);
    }
    widths
}

/// Returns the line from one centre to the other, outside of both.
fn clipped(from: Rect, to: Rect) -> Vec<Pos2> {
    let way = to.center() - from.center();
    vec![from.center() + edge(from, way), to.center() - edge(to, way)]
}

/// Returns where a line from a rectangle's centre leaves it.
fn edge(rect: Rect, way: Vec2) -> Vec2 {
    let half = rect.size() / 2.0;
    let share = |half: f32, way: f32| {
        if way == 0.0 {
            f32::INFINITY
        } else {
            half / way.abs()
        }
    };
    way * share(half.x, way.x).min(share(half.y, way.y)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SegmentKind, TransitionCause};
    use crate::net::{Direction, Stamp};

    fn chart() -> Chart {
        Chart::new(pos2(0.0, 0.0), 272.0, &[60.0; PLACES.len()])
    }

    #[test]
    fn each_state_stands_in_a_place_of_its_own() {
        let chart = chart();
        for state in TcpState::ALL {
            assert!(PLACES.iter().any(|(it, ..)| *it == state), "{state}");
        }
        for (index, node) in chart.nodes.iter().enumerate() {
            assert!(node.min.x >= 0.0 && node.max.x <= 272.0);
            assert!(node.max.y <= Chart::height());
            for other in &chart.nodes[index + 1..] {
                assert!(!node.intersects(*other), "{node} {other}");
            }
        }
    }

    #[test]
    fn a_line_touches_only_the_states_that_it_joins() {
        let chart = chart();
        for line in chart.transitions() {
            let touched = chart.nodes.iter().filter(|node| {
                let along = (1..100).map(|it| line[0].lerp(line[1], it as f32 / 100.0));
                let inner = node.shrink(1.0);
                along.into_iter().any(|it| inner.contains(it))
            });
            assert_eq!(touched.count(), 0, "{line:?}");
        }
    }

    #[test]
    fn a_connection_that_breaks_off_ends_below_and_an_attempt_where_it_began() {
        let chart = chart();
        let step = |from| Transition {
            from,
            to: Closed,
            at: Stamp(0),
            cause: TransitionCause::Segment(Direction::Received, SegmentKind::Rst),
            evidence: None,
        };
        let line = chart.step(&step(Established));
        assert_eq!(line.len(), 4);
        assert!(chart.nodes[END].expand(0.1).contains(line[3]));
        assert_eq!(place_after(&step(SynSent)), BEGIN);
        assert_eq!(place_after(&step(LastAck)), END);
    }
}
