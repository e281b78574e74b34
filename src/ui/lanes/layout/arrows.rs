//! The arrows of a drawing: within a row, or from where something was sent to where it arrived.

use super::super::step::{Side, TlsMessage};
use super::{Arrow, Ends, Flags, Label, Line, Sheet, Spot, Tone, WireKey};

impl Sheet {
    /// Draws an arrow within a row.
    pub(super) fn within(&mut self, row: usize, from: Side, tone: Tone, line: Line) {
        let row = row.cast_signed();
        self.drawing.arrows.push(Arrow {
            from: Spot { row, side: from },
            to: Spot {
                row,
                side: from.other(),
            },
            tone,
            line,
        });
    }

    pub(super) fn across(&mut self, from: Option<usize>, (row, side): (usize, Side), tone: Tone) {
        let from = from.map_or(-1, usize::cast_signed);
        self.drawing.arrows.push(Arrow {
            from: Spot {
                row: from,
                side: side.other(),
            },
            to: Spot {
                row: row.cast_signed(),
                side,
            },
            tone,
            line: Line::Solid,
        });
    }

    pub(super) fn flags(
        &mut self,
        row: usize,
        from: Side,
        tone: Tone,
        line: Line,
        flags: Flags,
    ) -> Label {
        self.within(row, from, tone, line);
        Label::Flags(flags)
    }

    /// Draws what leaves in this row, unless it is drawn where it arrives.
    pub(super) fn leave(
        &mut self,
        (row, side): (usize, Side),
        ends: Option<Ends>,
        flags: Flags,
        line: Line,
    ) -> Label {
        if ends.is_none_or(|ends| ends.arrived.is_none()) {
            self.within(row, side, tone_of(flags), line);
        }
        Label::Flags(flags)
    }

    /// Draws what arrives in this row, from where it was sent.
    pub(super) fn arrive(
        &mut self,
        row: usize,
        side: Side,
        ends: Option<Ends>,
        flags: Flags,
    ) -> Label {
        let sent = ends.and_then(|ends| ends.sent);
        if sent.is_some() {
            self.across(sent, (row, side), tone_of(flags));
            return Label::Nothing;
        }
        self.within(row, side.other(), tone_of(flags), Line::Solid);
        Label::Flags(flags)
    }

    /// Draws a message of TLS; one that is not the first of its kind, within its row.
    pub(super) fn tls_message(
        &mut self,
        (row, side): (usize, Side),
        key: WireKey,
        message: TlsMessage,
        is_sent: bool,
    ) -> Label {
        let flags = Flags::Tls(message);
        let ends = self.tls.get(&(key, message)).copied();
        let ends = ends.filter(|it| [it.sent, it.arrived].contains(&Some(row)));
        if is_sent {
            self.leave((row, side), ends, flags, Line::Solid)
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
