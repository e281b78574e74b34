//! The arrows of a drawing: within a row, or from where something was sent to where it arrived.

use super::super::step::{LaneSide, TlsMessage};
use super::{ArrowLine, Ends, Flags, LaneArrow, LaneLabel, LaneSpot, Sheet, Tone, WireKey};

impl Sheet {
    /// Draws an arrow within a row.
    pub(super) fn within(&mut self, row: usize, from: LaneSide, tone: Tone, line: ArrowLine) {
        let row = row.cast_signed();
        self.drawing.arrows.push(LaneArrow {
            from: LaneSpot { row, side: from },
            to: LaneSpot {
                row,
                side: from.other(),
            },
            tone,
            line,
        });
    }

    pub(super) fn across(
        &mut self,
        from: Option<usize>,
        (row, side): (usize, LaneSide),
        tone: Tone,
    ) {
        let from = from.map_or(-1, usize::cast_signed);
        self.drawing.arrows.push(LaneArrow {
            from: LaneSpot {
                row: from,
                side: side.other(),
            },
            to: LaneSpot {
                row: row.cast_signed(),
                side,
            },
            tone,
            line: ArrowLine::Solid,
        });
    }

    pub(super) fn flags(
        &mut self,
        row: usize,
        from: LaneSide,
        tone: Tone,
        line: ArrowLine,
        flags: Flags,
    ) -> LaneLabel {
        self.within(row, from, tone, line);
        LaneLabel::Flags(flags)
    }

    /// Draws what leaves in this row, unless it is drawn where it arrives.
    pub(super) fn leave(
        &mut self,
        (row, side): (usize, LaneSide),
        ends: Option<Ends>,
        flags: Flags,
        line: ArrowLine,
    ) -> LaneLabel {
        if ends.is_none_or(|ends| ends.arrived.is_none()) {
            self.within(row, side, tone_of(flags), line);
        }
        LaneLabel::Flags(flags)
    }

    /// Draws what arrives in this row, from where it was sent.
    pub(super) fn arrive(
        &mut self,
        row: usize,
        side: LaneSide,
        ends: Option<Ends>,
        flags: Flags,
    ) -> LaneLabel {
        let sent = ends.and_then(|ends| ends.sent);
        if sent.is_some() {
            self.across(sent, (row, side), tone_of(flags));
            return LaneLabel::Nothing;
        }
        self.within(row, side.other(), tone_of(flags), ArrowLine::Solid);
        LaneLabel::Flags(flags)
    }

    /// Draws a message of TLS; one that is not the first of its kind, within its row.
    pub(super) fn tls_message(
        &mut self,
        (row, side): (usize, LaneSide),
        key: WireKey,
        message: TlsMessage,
        is_sent: bool,
    ) -> LaneLabel {
        let flags = Flags::Tls(message);
        let ends = self.tls.get(&(key, message)).copied();
        let ends = ends.filter(|it| [it.sent, it.arrived].contains(&Some(row)));
        if is_sent {
            self.leave((row, side), ends, flags, ArrowLine::Solid)
        } else {
            self.arrive(row, side, ends, flags)
        }
    }
}

fn tone_of(flags: Flags) -> Tone {
    match flags {
        Flags::Rst | Flags::Tls(TlsMessage::Alert) => Tone::Bad,
        Flags::Tls(TlsMessage::Hello) => Tone::Good,
        _ => Tone::Quiet,
    }
}
