//! Tables: rows on the left, arrows and labels on the right.

use super::*;

const CLIENT: LaneSide = LaneSide::Client;
const SERVER: LaneSide = LaneSide::Server;

fn step(connection: u64, side: LaneSide, what: LaneEvent) -> LaneStep {
    LaneStep {
        connection: (connection > 0).then_some(connection),
        side: Some(side),
        what,
    }
}

fn sent(side: LaneSide, bytes: Range<u64>) -> LaneStep {
    step(1, side, LaneEvent::Sent(bytes))
}

fn received(side: LaneSide, bytes: Range<u64>) -> LaneStep {
    step(1, side, LaneEvent::Received(bytes))
}

/// An arrow as text: `0 client → 1 server, sent, solid`.
fn written(arrow: &LaneArrow) -> String {
    let name = |side| if side == CLIENT { "client" } else { "server" };
    let LaneArrow {
        from,
        to,
        tone,
        line,
    } = arrow;
    let text = format!(
        "{} {} → {} {}, {tone:?}, {line:?}",
        from.row,
        name(from.side),
        to.row,
        name(to.side)
    );
    text.to_lowercase()
}

#[track_caller]
fn check(steps: &[LaneStep], arrows: &[&str], labels: &[LaneLabel]) {
    let drawing = lay_out(steps);
    let found: Vec<_> = drawing.arrows.iter().map(written).collect();
    assert_eq!(found, arrows);
    assert_eq!(drawing.labels, labels);
}

#[test]
fn one_end_has_an_arrow_in_each_row() {
    check(
        &[
            step(0, SERVER, LaneEvent::Listening),
            step(1, SERVER, LaneEvent::Accepted),
            received(SERVER, 0..14),
            sent(SERVER, 0..14),
            step(1, SERVER, LaneEvent::PeerFinished),
            step(1, SERVER, LaneEvent::Closed(Last::Fin)),
        ],
        &[
            "1 client → 1 server, good, bothways",
            "2 client → 2 server, received, solid",
            "3 server → 3 client, sent, solid",
            "4 client → 4 server, quiet, solid",
            "5 server → 5 client, quiet, solid",
        ],
        &[
            LaneLabel::Words,
            LaneLabel::Flags(Flags::Handshake),
            LaneLabel::Payload,
            LaneLabel::Payload,
            LaneLabel::Flags(Flags::Fin),
            LaneLabel::Flags(Flags::Fin),
        ],
    );
}

#[test]
fn where_both_ends_are_ours_an_arrow_goes_from_the_write_to_the_read() {
    check(
        &[
            step(1, CLIENT, LaneEvent::Connecting),
            step(1, CLIENT, LaneEvent::Connected),
            step(1, SERVER, LaneEvent::Accepted),
            sent(CLIENT, 0..14),
            received(SERVER, 0..14),
            sent(SERVER, 0..14),
            received(CLIENT, 0..14),
            step(1, CLIENT, LaneEvent::Finished),
            step(1, SERVER, LaneEvent::PeerFinished),
            step(1, SERVER, LaneEvent::Closed(Last::Fin)),
            step(1, CLIENT, LaneEvent::PeerFinished),
            step(1, CLIENT, LaneEvent::Closed(Last::Fin)),
        ],
        &[
            "0 client → 0 server, good, solid",
            "1 server → 1 client, good, solid",
            "2 client → 2 server, good, dashed",
            "3 client → 4 server, sent, solid",
            "5 server → 6 client, received, solid",
            "7 client → 8 server, quiet, solid",
            "9 server → 10 client, quiet, solid",
        ],
        &[
            LaneLabel::Flags(Flags::Syn),
            LaneLabel::Flags(Flags::SynAck),
            LaneLabel::Flags(Flags::Ack),
            LaneLabel::Payload,
            LaneLabel::Nothing,
            LaneLabel::Payload,
            LaneLabel::Nothing,
            LaneLabel::Flags(Flags::Fin),
            LaneLabel::Nothing,
            LaneLabel::Flags(Flags::Fin),
            LaneLabel::Nothing,
            LaneLabel::Words,
        ],
    );
}

#[test]
fn accept_may_return_before_connect_does() {
    check(
        &[
            step(1, CLIENT, LaneEvent::Connecting),
            step(1, SERVER, LaneEvent::Accepted),
            step(1, CLIENT, LaneEvent::Connected),
        ],
        &[
            "0 client → 0 server, good, solid",
            "1 client → 1 server, good, bothways",
        ],
        &[
            LaneLabel::Flags(Flags::Syn),
            LaneLabel::Flags(Flags::Answered),
            LaneLabel::Words,
        ],
    );
}

#[test]
fn a_read_of_several_writes_has_an_arrow_from_each() {
    check(
        &[
            sent(CLIENT, 0..5),
            sent(CLIENT, 5..7),
            sent(CLIENT, 7..14),
            received(SERVER, 0..14),
        ],
        &[
            "0 client → 3 server, sent, solid",
            "1 client → 3 server, sent, solid",
            "2 client → 3 server, sent, solid",
        ],
        &[
            LaneLabel::Payload,
            LaneLabel::Payload,
            LaneLabel::Payload,
            LaneLabel::Merged { writes: 3 },
        ],
    );
}

#[test]
fn a_write_that_takes_several_reads_has_an_arrow_to_each() {
    check(
        &[
            sent(CLIENT, 0..14),
            received(SERVER, 0..10),
            sent(CLIENT, 14..20),
            received(SERVER, 10..16),
        ],
        &[
            "0 client → 1 server, sent, solid",
            "0 client → 3 server, sent, solid",
            "2 client → 3 server, sent, solid",
        ],
        &[
            LaneLabel::Payload,
            LaneLabel::Part,
            LaneLabel::Payload,
            LaneLabel::Merged { writes: 2 },
        ],
    );
}

#[test]
fn what_was_not_read_is_pending_and_what_was_written_above_comes_from_there() {
    check(
        &[received(SERVER, 0..3), sent(CLIENT, 3..9)],
        &[
            "-1 client → 0 server, sent, solid",
            "1 client → 1 server, sent, pending",
        ],
        &[LaneLabel::Payload, LaneLabel::Payload],
    );
}

#[test]
fn connections_are_told_apart() {
    let other = |side, what| step(2, side, what);
    check(
        &[
            sent(CLIENT, 0..3),
            other(SERVER, LaneEvent::Received(0..3)),
            received(SERVER, 0..3),
            other(SERVER, LaneEvent::Reset),
            step(1, CLIENT, LaneEvent::Closed(Last::Reset)),
            step(1, SERVER, LaneEvent::Reset),
        ],
        &[
            "1 client → 1 server, received, solid",
            "0 client → 2 server, sent, solid",
            "3 client → 3 server, bad, solid",
            "4 client → 5 server, bad, solid",
        ],
        &[
            LaneLabel::Payload,
            LaneLabel::Payload,
            LaneLabel::Nothing,
            LaneLabel::Flags(Flags::Rst),
            LaneLabel::Flags(Flags::Rst),
            LaneLabel::Nothing,
        ],
    );
}

#[test]
fn a_close_after_a_half_close_sends_nothing_more() {
    check(
        &[
            step(1, SERVER, LaneEvent::Finished),
            step(1, SERVER, LaneEvent::PeerFinished),
            step(1, SERVER, LaneEvent::Closed(Last::Fin)),
            step(2, CLIENT, LaneEvent::Refused),
        ],
        &[
            "0 server → 0 client, quiet, solid",
            "1 client → 1 server, quiet, solid",
            "3 server → 3 client, bad, solid",
        ],
        &[
            LaneLabel::Flags(Flags::Fin),
            LaneLabel::Flags(Flags::Fin),
            LaneLabel::Words,
            LaneLabel::Flags(Flags::Rst),
        ],
    );
}

#[test]
fn a_bundle_takes_what_was_written_before_it_and_gives_what_is_read_after_it() {
    let bundle = |bytes| {
        let is_sent = true;
        step(1, CLIENT, LaneEvent::Bundle { bytes, is_sent })
    };
    check(
        &[
            sent(CLIENT, 0..3),
            bundle(3..900),
            sent(SERVER, 0..2),
            received(SERVER, 890..900),
        ],
        &[
            "1 client → 1 server, sent, thick",
            "2 server → 2 client, received, pending",
            "1 client → 3 server, sent, solid",
        ],
        &[
            LaneLabel::Payload,
            LaneLabel::Bundle,
            LaneLabel::Payload,
            LaneLabel::Part,
        ],
    );
}

fn datagram(side: LaneSide, bytes: u64, is_sent: bool) -> LaneStep {
    step(1, side, LaneEvent::Datagram { bytes, is_sent })
}

#[test]
fn a_datagram_goes_from_where_it_was_sent_to_where_it_was_read_and_a_lost_one_nowhere() {
    check(
        &[
            step(1, CLIENT, LaneEvent::Known(true)),
            datagram(CLIENT, 5, true),
            datagram(CLIENT, 0, true),
            datagram(CLIENT, 7, true),
            step(1, SERVER, LaneEvent::Known(true)),
            // The first one is lost.
            datagram(SERVER, 0, false),
            datagram(SERVER, 7, false),
            step(1, SERVER, LaneEvent::Known(false)),
        ],
        &[
            "1 client → 1 server, sent, pending",
            "2 client → 5 server, sent, solid",
            "3 client → 6 server, sent, solid",
        ],
        &[
            LaneLabel::Words,
            LaneLabel::Payload,
            LaneLabel::Payload,
            LaneLabel::Payload,
            LaneLabel::Words,
            LaneLabel::Nothing,
            LaneLabel::Nothing,
            LaneLabel::Words,
        ],
    );
}

#[test]
fn a_datagram_that_was_cut_is_the_longer_one_that_was_sent() {
    check(
        &[
            datagram(CLIENT, 100, true),
            datagram(SERVER, 30, false),
            datagram(SERVER, 30, true),
            datagram(CLIENT, 30, false),
        ],
        &[
            "0 client → 1 server, sent, solid",
            "2 server → 3 client, received, solid",
        ],
        &[
            LaneLabel::Payload,
            LaneLabel::Cut,
            LaneLabel::Payload,
            LaneLabel::Nothing,
        ],
    );
}

#[test]
fn an_icmp_message_comes_back_from_where_the_datagram_went() {
    check(
        &[
            datagram(CLIENT, 5, true),
            step(1, CLIENT, LaneEvent::Undelivered),
        ],
        &[
            "0 client → 0 server, sent, solid",
            "1 server → 1 client, bad, solid",
        ],
        &[LaneLabel::Payload, LaneLabel::Flags(Flags::Icmp)],
    );
}
