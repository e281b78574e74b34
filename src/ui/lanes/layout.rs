//! From rows to shapes: which arrows there are, from where to where, and how each is drawn. Pure.
//!
//! Where both ends of a connection are ours, an arrow begins in the row of what one end wrote and ends in the row of what
//! the other end read. They belong together by their offsets in the stream: a read that merges three writes has three
//! arrows, and a write that takes three reads to arrive too.

mod arrows;

use std::collections::HashMap;
use std::ops::Range;

use super::step::{LaneEvent, LaneSide, LaneStep, Last, TlsMessage};

/// A point on a lifeline: a row, and a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LaneSpot {
    /// The row, as an index of the rows that are laid out; -1 stands for what is above all of them.
    pub(super) row: isize,
    pub(super) side: LaneSide,
}

/// An arrow between the lifelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LaneArrow {
    pub(super) from: LaneSpot,
    pub(super) to: LaneSpot,
    pub(super) tone: Tone,
    pub(super) line: ArrowLine,
}

/// What a colour says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Bytes that were sent; where both ends are ours, by the client.
    Sent,
    /// Bytes that were received; where both ends are ours, by the client.
    Received,
    /// The beginning of a connection.
    Good,
    /// Its end in order, and all else.
    Quiet,
    /// A reset.
    Bad,
}

/// How an arrow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArrowLine {
    /// Sent or seen by a call, at one end or at both.
    Solid,
    /// Inferred from the calls that returned.
    Dashed,
    /// Inferred at least in part, and some went either way.
    BothWays,
    /// Many chunks.
    Thick,
    /// Sent, and not read as far as these rows go.
    Pending,
}

/// What a row shows between the lifelines besides arrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LaneLabel {
    /// The bytes: their size and how they begin.
    Payload,
    /// What a bundle holds.
    Bundle,
    /// What was read of several writes.
    Merged { writes: usize },
    /// What was read of a longer write.
    Part,
    /// The arrow says all.
    Nothing,
    /// A datagram was read in part; the rest is lost.
    Cut,
    /// The flags of a segment, and what they are known from.
    Flags(Flags),
    /// What happened, beside the lifeline of its side.
    Words,
}

/// The flags of segments without bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flags {
    Syn,
    SynAck,
    /// The last one of the handshake.
    Ack,
    /// The answer and the last one: accept returned before connect did.
    Answered,
    /// All of the handshake, of which this side sees only the end.
    Handshake,
    Fin,
    Rst,
    /// An ICMP message about a datagram that did not get there.
    Icmp,
    /// No segment, but a message of TLS within the stream.
    Tls(TlsMessage),
}

/// Everything that is drawn of some rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LaneDrawing {
    pub(super) arrows: Vec<LaneArrow>,
    /// One for each row.
    pub(super) labels: Vec<LaneLabel>,
    /// The sides of each connection that rows were seen of: client, server.
    pub(super) sides: HashMap<u64, [bool; 2]>,
}

/// Lays rows out that follow each other.
pub(super) fn lay_out(steps: &[LaneStep]) -> LaneDrawing {
    let mut sheet = Sheet::new(steps);
    for (row, step) in steps.iter().enumerate() {
        let label = sheet.add(row, step);
        sheet.drawing.labels.push(label);
    }
    sheet.drawing
}

/// A stream as both of its ends saw it.
#[derive(Debug, Default)]
struct Wire {
    sent: Vec<(usize, Range<u64>)>,
    received: Vec<(usize, Range<u64>)>,
}

/// A stream of a connection, by the side that it goes to.
type WireKey = (u64, LaneSide);

/// What is known of all rows, and what is drawn so far.
struct Sheet {
    wires: HashMap<WireKey, Wire>,
    /// The rows in which FIN was sent, and in which it arrived.
    fins: HashMap<WireKey, Ends>,
    /// Datagrams that were sent and are not found at the other end yet: their rows, and their bytes.
    on_their_way: HashMap<WireKey, Vec<(usize, u64)>>,
    /// The rows in which datagrams were read, with those in which they were sent and whether they were cut.
    arrived: HashMap<usize, (usize, bool)>,
    resets: HashMap<WireKey, Ends>,
    /// The rows in which a message of TLS was sent and arrived, the first of its kind.
    tls: HashMap<(WireKey, TlsMessage), Ends>,
    /// The rows in which connect and accept returned.
    connected: HashMap<u64, usize>,
    accepted: HashMap<u64, usize>,
    drawing: LaneDrawing,
}

/// The rows of something that one end sends once.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    sent: Option<usize>,
    arrived: Option<usize>,
}

impl Sheet {
    fn new(steps: &[LaneStep]) -> Self {
        let mut sheet = Self {
            wires: HashMap::new(),
            fins: HashMap::new(),
            on_their_way: HashMap::new(),
            arrived: HashMap::new(),
            resets: HashMap::new(),
            tls: HashMap::new(),
            connected: HashMap::new(),
            accepted: HashMap::new(),
            drawing: LaneDrawing::default(),
        };
        for (row, step) in steps.iter().enumerate() {
            if let (Some(connection), Some(side)) = (step.connection, step.side) {
                let sides = sheet.drawing.sides.entry(connection).or_default();
                sides[side as usize] = true;
                sheet.learn(row, connection, side, &step.what);
            }
        }
        sheet
    }

    fn learn(&mut self, row: usize, connection: u64, side: LaneSide, what: &LaneEvent) {
        let away = (connection, side.other());
        let here = (connection, side);
        match what {
            LaneEvent::Sent(bytes) => self.wire(away).sent.push((row, bytes.clone())),
            LaneEvent::Received(bytes) => self.wire(here).received.push((row, bytes.clone())),
            LaneEvent::Bundle { bytes, is_sent } => {
                let wire = self.wire(if *is_sent { away } else { here });
                // It may have read bytes that were written before it.
                let read_to = wire.received.last().map_or(0, |(_, bytes)| bytes.end);
                wire.received
                    .push((row, read_to.min(bytes.start)..bytes.end));
                wire.sent.push((row, bytes.clone()));
            }
            LaneEvent::Datagram {
                bytes,
                is_sent: true,
            } => self
                .on_their_way
                .entry(away)
                .or_default()
                .push((row, *bytes)),
            LaneEvent::Datagram {
                bytes,
                is_sent: false,
            } => self.datagram_arrived(here, row, *bytes),
            LaneEvent::Connected => drop(self.connected.insert(connection, row)),
            LaneEvent::Accepted => drop(self.accepted.insert(connection, row)),
            LaneEvent::Finished | LaneEvent::Closed(Last::Fin) => {
                self.fins.entry(away).or_default().sent.get_or_insert(row);
            }
            LaneEvent::PeerFinished => {
                self.fins
                    .entry(here)
                    .or_default()
                    .arrived
                    .get_or_insert(row);
            }
            LaneEvent::Closed(Last::Reset | Last::Unread) => {
                self.resets.entry(away).or_default().sent.get_or_insert(row);
            }
            LaneEvent::Tls { message, is_sent } => {
                let key = if *is_sent { away } else { here };
                let ends = self.tls.entry((key, *message)).or_default();
                let end = match is_sent {
                    true => &mut ends.sent,
                    false => &mut ends.arrived,
                };
                end.get_or_insert(row);
            }
            LaneEvent::Reset => {
                self.resets
                    .entry(here)
                    .or_default()
                    .arrived
                    .get_or_insert(row);
            }
            _ => {}
        }
    }

    /// Finds where a datagram that was read was sent. Some are lost on the way, so it is the first one of that length; or
    /// else the first longer one, of which the rest was cut.
    fn datagram_arrived(&mut self, key: WireKey, row: usize, bytes: u64) {
        let waiting = self.on_their_way.entry(key).or_default();
        let same = waiting.iter().position(|(_, sent)| *sent == bytes);
        let longer = || waiting.iter().position(|(_, sent)| *sent > bytes);
        if let Some(place) = same.or_else(longer) {
            let (sent, size) = waiting.remove(place);
            self.arrived.insert(row, (sent, size > bytes));
        }
    }

    fn wire(&mut self, key: WireKey) -> &mut Wire {
        self.wires.entry(key).or_default()
    }

    fn has_both_ends(&self, connection: u64) -> bool {
        self.drawing.sides.get(&connection) == Some(&[true, true])
    }

    /// Returns whether accept returned before connect did, as the system may let it.
    fn accepted_first(&self, connection: u64) -> bool {
        let connected = self.connected.get(&connection);
        let accepted = self.accepted.get(&connection);
        accepted
            .zip(connected)
            .is_some_and(|(accepted, connected)| accepted < connected)
    }

    /// Draws the arrows that end in a row, or that begin there and end nowhere else; returns the row's label.
    fn add(&mut self, row: usize, step: &LaneStep) -> LaneLabel {
        let Some(side) = step.side else {
            return LaneLabel::Words;
        };
        let connection = step.connection.unwrap_or(0);
        let both = self.has_both_ends(connection);
        let tone = |is_sent: bool| match (both, is_sent, side) {
            (false, true, _) | (true, true, LaneSide::Client) | (true, false, LaneSide::Server) => {
                Tone::Sent
            }
            _ => Tone::Received,
        };
        let (away, here) = ((connection, side.other()), (connection, side));
        match &step.what {
            LaneEvent::Sent(bytes) => {
                if !both {
                    self.within(row, side, tone(true), ArrowLine::Solid);
                } else if !self.is_read(away, row, bytes) {
                    self.within(row, side, tone(true), ArrowLine::Pending);
                }
                LaneLabel::Payload
            }
            LaneEvent::Received(bytes) => {
                if !both {
                    self.within(row, side.other(), tone(false), ArrowLine::Solid);
                    return LaneLabel::Payload;
                }
                self.read(here, row, bytes, tone(false))
            }
            LaneEvent::Datagram { is_sent, .. } => {
                self.datagram(row, here, *is_sent, tone(*is_sent))
            }
            LaneEvent::Undelivered => {
                self.flags(row, side.other(), Tone::Bad, ArrowLine::Solid, Flags::Icmp)
            }
            LaneEvent::Bundle { is_sent, .. } => {
                let from = if *is_sent { side } else { side.other() };
                self.within(row, from, tone(*is_sent), ArrowLine::Thick);
                LaneLabel::Bundle
            }
            LaneEvent::Connecting => {
                self.flags(row, side, Tone::Good, ArrowLine::Solid, Flags::Syn)
            }
            // The answer came before accept returned.
            LaneEvent::Connected if self.accepted_first(connection) => LaneLabel::Words,
            LaneEvent::Connected => {
                let from = side.other();
                self.flags(row, from, Tone::Good, ArrowLine::Solid, Flags::SynAck)
            }
            LaneEvent::Accepted => {
                let (line, flags) = match both {
                    false => (ArrowLine::BothWays, Flags::Handshake),
                    true if self.accepted_first(connection) => {
                        (ArrowLine::BothWays, Flags::Answered)
                    }
                    true => (ArrowLine::Dashed, Flags::Ack),
                };
                self.flags(row, side.other(), Tone::Good, line, flags)
            }
            LaneEvent::Refused => {
                self.flags(row, side.other(), Tone::Bad, ArrowLine::Solid, Flags::Rst)
            }
            LaneEvent::Finished => {
                let ends = self.fins.get(&away).copied();
                self.leave((row, side), ends, Flags::Fin, ArrowLine::Solid)
            }
            LaneEvent::PeerFinished => {
                self.arrive(row, side, self.fins.get(&here).copied(), Flags::Fin)
            }
            LaneEvent::Closed(Last::Fin) => {
                let ends = self.fins.get(&away).copied();
                if ends.is_some_and(|ends| ends.sent == Some(row)) {
                    return self.leave((row, side), ends, Flags::Fin, ArrowLine::Solid);
                }
                LaneLabel::Words
            }
            LaneEvent::Closed(last @ (Last::Reset | Last::Unread)) => {
                let line = match last {
                    Last::Unread => ArrowLine::Dashed,
                    _ => ArrowLine::Solid,
                };
                let ends = self.resets.get(&away).copied();
                self.leave((row, side), ends, Flags::Rst, line)
            }
            LaneEvent::Tls { message, is_sent } => {
                let key = if *is_sent { away } else { here };
                self.tls_message((row, side), key, *message, *is_sent)
            }
            LaneEvent::Reset => self.arrive(row, side, self.resets.get(&here).copied(), Flags::Rst),
            LaneEvent::Closed(Last::Unknown)
            | LaneEvent::Listening
            | LaneEvent::Known(_)
            | LaneEvent::Other => LaneLabel::Words,
        }
    }

    /// Draws a datagram that one end sent or received in a row; returns the row's label.
    fn datagram(&mut self, row: usize, here: WireKey, is_sent: bool, tone: Tone) -> LaneLabel {
        let (connection, side) = here;
        if is_sent {
            let waiting = self.on_their_way.get(&(connection, side.other()));
            let is_lost = waiting.is_some_and(|it| it.iter().any(|(sent, _)| *sent == row));
            if !self.has_both_ends(connection) {
                self.within(row, side, tone, ArrowLine::Solid);
            } else if is_lost {
                self.within(row, side, tone, ArrowLine::Pending);
            }
            return LaneLabel::Payload;
        }
        let Some((sent, is_cut)) = self.arrived.get(&row).copied() else {
            self.within(row, side.other(), tone, ArrowLine::Solid);
            return LaneLabel::Payload;
        };
        self.across(Some(sent), (row, side), tone);
        if is_cut {
            LaneLabel::Cut
        } else {
            LaneLabel::Nothing
        }
    }

    /// Returns whether the other end read some of what was written in a row.
    fn is_read(&self, key: WireKey, row: usize, bytes: &Range<u64>) -> bool {
        let wire = self.wires.get(&key);
        let received = wire.map_or(&[][..], |wire| &wire.received);
        touching(received, bytes).any(|(other, _)| *other != row)
    }

    /// Draws arrows to a read from each write of its bytes.
    fn read(&mut self, key: WireKey, row: usize, bytes: &Range<u64>, tone: Tone) -> LaneLabel {
        let wire = self.wires.get(&key);
        let sent = wire.map_or(&[][..], |wire| &wire.sent);
        let writes: Vec<_> = touching(sent, bytes).cloned().collect();
        for (write, _) in &writes {
            self.across(Some(*write), (row, key.1), tone);
        }
        match writes.as_slice() {
            [] => {
                // It was written above these rows.
                self.across(None, (row, key.1), tone);
                LaneLabel::Payload
            }
            [(_, written)] if written == bytes => LaneLabel::Nothing,
            [_] => LaneLabel::Part,
            _ => LaneLabel::Merged {
                writes: writes.len(),
            },
        }
    }
}

/// Returns the chunks, in stream order, that hold some of these bytes.
fn touching<'a>(
    chunks: &'a [(usize, Range<u64>)],
    bytes: &'a Range<u64>,
) -> impl Iterator<Item = &'a (usize, Range<u64>)> {
    let first = chunks.partition_point(|(_, chunk)| chunk.end <= bytes.start);
    let rest = chunks.get(first..).unwrap_or_default();
    rest.iter()
        .take_while(|(_, chunk)| chunk.start < bytes.end)
        .filter(|(_, chunk)| chunk.end > bytes.start)
}

#[cfg(test)]
mod tests;
