//! Tables: rows on the left, arrows and labels on the right.

use super::*;

const CLIENT: Side = Side::Client;
const SERVER: Side = Side::Server;

fn step(connection: u64, side: Side, what: What) -> Step {
    Step {
        connection: (connection > 0).then_some(connection),
        side: Some(side),
        what,
    }
}

fn sent(side: Side, bytes: Range<u64>) -> Step {
    step(1, side, What::Sent(bytes))
}

fn received(side: Side, bytes: Range<u64>) -> Step {
    step(1, side, What::Received(bytes))
}

/// An arrow as text: `0 client → 1 server, sent, solid`.
fn written(arrow: &Arrow) -> String {
    let name = |side| if side == CLIENT { "client" } else { "server" };
    let Arrow {
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
fn check(steps: &[Step], arrows: &[&str], labels: &[Label]) {
    let drawing = lay_out(steps);
    let found: Vec<_> = drawing.arrows.iter().map(written).collect();
    assert_eq!(found, arrows);
    assert_eq!(drawing.labels, labels);
}

#[test]
fn one_end_has_an_arrow_in_each_row() {
    check(
        &[
            step(0, SERVER, What::Listening),
            step(1, SERVER, What::Accepted),
            received(SERVER, 0..14),
            sent(SERVER, 0..14),
            step(1, SERVER, What::PeerFinished),
            step(1, SERVER, What::Closed(Last::Fin)),
        ],
        &[
            "1 client → 1 server, good, bothways",
            "2 client → 2 server, received, solid",
            "3 server → 3 client, sent, solid",
            "4 client → 4 server, quiet, solid",
            "5 server → 5 client, quiet, solid",
        ],
        &[
            Label::Words,
            Label::Flags(Flags::Handshake),
            Label::Payload,
            Label::Payload,
            Label::Flags(Flags::Fin),
            Label::Flags(Flags::Fin),
        ],
    );
}

#[test]
fn where_both_ends_are_ours_an_arrow_goes_from_the_write_to_the_read() {
    check(
        &[
            step(1, CLIENT, What::Connecting),
            step(1, CLIENT, What::Connected),
            step(1, SERVER, What::Accepted),
            sent(CLIENT, 0..14),
            received(SERVER, 0..14),
            sent(SERVER, 0..14),
            received(CLIENT, 0..14),
            step(1, CLIENT, What::Finished),
            step(1, SERVER, What::PeerFinished),
            step(1, SERVER, What::Closed(Last::Fin)),
            step(1, CLIENT, What::PeerFinished),
            step(1, CLIENT, What::Closed(Last::Fin)),
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
            Label::Flags(Flags::Syn),
            Label::Flags(Flags::SynAck),
            Label::Flags(Flags::Ack),
            Label::Payload,
            Label::Nothing,
            Label::Payload,
            Label::Nothing,
            Label::Flags(Flags::Fin),
            Label::Nothing,
            Label::Flags(Flags::Fin),
            Label::Nothing,
            Label::Words,
        ],
    );
}

#[test]
fn accept_may_return_before_connect_does() {
    check(
        &[
            step(1, CLIENT, What::Connecting),
            step(1, SERVER, What::Accepted),
            step(1, CLIENT, What::Connected),
        ],
        &[
            "0 client → 0 server, good, solid",
            "1 client → 1 server, good, bothways",
        ],
        &[
            Label::Flags(Flags::Syn),
            Label::Flags(Flags::Answered),
            Label::Words,
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
            Label::Payload,
            Label::Payload,
            Label::Payload,
            Label::Merged { writes: 3 },
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
            Label::Payload,
            Label::Part,
            Label::Payload,
            Label::Merged { writes: 2 },
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
        &[Label::Payload, Label::Payload],
    );
}

#[test]
fn connections_are_told_apart() {
    let other = |side, what| step(2, side, what);
    check(
        &[
            sent(CLIENT, 0..3),
            other(SERVER, What::Received(0..3)),
            received(SERVER, 0..3),
            other(SERVER, What::Reset),
            step(1, CLIENT, What::Closed(Last::Reset)),
            step(1, SERVER, What::Reset),
        ],
        &[
            "1 client → 1 server, received, solid",
            "0 client → 2 server, sent, solid",
            "3 client → 3 server, bad, solid",
            "4 client → 5 server, bad, solid",
        ],
        &[
            Label::Payload,
            Label::Payload,
            Label::Nothing,
            Label::Flags(Flags::Rst),
            Label::Flags(Flags::Rst),
            Label::Nothing,
        ],
    );
}

#[test]
fn a_close_after_a_half_close_sends_nothing_more() {
    check(
        &[
            step(1, SERVER, What::Finished),
            step(1, SERVER, What::PeerFinished),
            step(1, SERVER, What::Closed(Last::Fin)),
            step(2, CLIENT, What::Refused),
        ],
        &[
            "0 server → 0 client, quiet, solid",
            "1 client → 1 server, quiet, solid",
            "3 server → 3 client, bad, solid",
        ],
        &[
            Label::Flags(Flags::Fin),
            Label::Flags(Flags::Fin),
            Label::Words,
            Label::Flags(Flags::Rst),
        ],
    );
}

#[test]
fn a_bundle_takes_what_was_written_before_it_and_gives_what_is_read_after_it() {
    let bundle = |bytes| {
        let is_sent = true;
        step(1, CLIENT, What::Bundle { bytes, is_sent })
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
        &[Label::Payload, Label::Bundle, Label::Payload, Label::Part],
    );
}

fn datagram(side: Side, bytes: u64, is_sent: bool) -> Step {
    step(1, side, What::Datagram { bytes, is_sent })
}

#[test]
fn a_datagram_goes_from_where_it_was_sent_to_where_it_was_read_and_a_lost_one_nowhere() {
    check(
        &[
            step(1, CLIENT, What::Known(true)),
            datagram(CLIENT, 5, true),
            datagram(CLIENT, 0, true),
            datagram(CLIENT, 7, true),
            step(1, SERVER, What::Known(true)),
            // The first one is lost.
            datagram(SERVER, 0, false),
            datagram(SERVER, 7, false),
            step(1, SERVER, What::Known(false)),
        ],
        &[
            "1 client → 1 server, sent, pending",
            "2 client → 5 server, sent, solid",
            "3 client → 6 server, sent, solid",
        ],
        &[
            Label::Words,
            Label::Payload,
            Label::Payload,
            Label::Payload,
            Label::Words,
            Label::Nothing,
            Label::Nothing,
            Label::Words,
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
        &[Label::Payload, Label::Cut, Label::Payload, Label::Nothing],
    );
}

#[test]
fn an_icmp_message_comes_back_from_where_the_datagram_went() {
    check(
        &[
            datagram(CLIENT, 5, true),
            step(1, CLIENT, What::Undelivered),
        ],
        &[
            "0 client → 0 server, sent, solid",
            "1 server → 1 client, bad, solid",
        ],
        &[Label::Payload, Label::Flags(Flags::Icmp)],
    );
}
