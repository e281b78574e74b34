//! Every way to leave, in every state of a conversation with a server that echoes.

use std::io::Write;
use std::net::{Shutdown, SocketAddr, TcpStream};

use super::{Ends, Held, Hostile, fill, quick, read_exactly, reset, send_urgent};

/// How a peer leaves.
#[derive(Clone, Copy, Debug)]
enum Leave {
    Close,
    Reset,
    FinishAndClose,
    FinishAndReset,
    HoldOpen,
    FinishAndHold,
    StopReadingAndHold,
}

const LEAVES: [Leave; 7] = [
    Leave::Close,
    Leave::Reset,
    Leave::FinishAndClose,
    Leave::FinishAndReset,
    Leave::HoldOpen,
    Leave::FinishAndHold,
    Leave::StopReadingAndHold,
];

/// What a peer does before it leaves.
#[derive(Clone, Copy, Debug)]
enum Before {
    Nothing,
    OneByte,
    AnEcho,
    UnreadEchoes,
    ManyUnreadEchoes,
    Urgent,
    UrgentInTheMiddle,
    HalfACharacter,
}

const BEFORE: [Before; 8] = [
    Before::Nothing,
    Before::OneByte,
    Before::AnEcho,
    Before::UnreadEchoes,
    Before::ManyUnreadEchoes,
    Before::Urgent,
    Before::UrgentInTheMiddle,
    Before::HalfACharacter,
];

pub(super) fn all() -> Vec<Hostile> {
    let leave_each = |before| {
        LEAVES.into_iter().map(move |leave| Hostile {
            name: format!("{before:?}, then {leave:?}"),
            connections: 1,
            ends: ends(before, leave),
            run: Box::new(move |address| leave_with(before_with(address, before), leave)),
        })
    };
    BEFORE.into_iter().flat_map(leave_each).collect()
}

/// Returns how that ends. Whoever closes with echoes unread sends a RST (RFC 2525, 2.17).
fn ends(before: Before, leave: Leave) -> Ends {
    let is_read = matches!(before, Before::Nothing | Before::AnEcho);
    let is_stuck = matches!(before, Before::ManyUnreadEchoes);
    match leave {
        Leave::HoldOpen | Leave::StopReadingAndHold => Ends::Held,
        // The FIN waits behind bytes that the server does not read.
        Leave::FinishAndHold if is_stuck => Ends::Held,
        Leave::FinishAndHold => Ends::Finished,
        Leave::Reset => Ends::Reset,
        Leave::Close | Leave::FinishAndClose | Leave::FinishAndReset if is_stuck => Ends::Reset,
        Leave::Close | Leave::FinishAndClose if is_read => Ends::Finished,
        Leave::Close | Leave::FinishAndClose | Leave::FinishAndReset => Ends::EitherWay,
    }
}

fn before_with(address: SocketAddr, before: Before) -> TcpStream {
    let mut stream = quick(address);
    match before {
        Before::Nothing => {}
        Before::OneByte => stream.write_all(b"x").unwrap(),
        Before::AnEcho => {
            stream.write_all(b"ping").unwrap();
            assert_eq!(read_exactly(&mut stream, 4), b"ping");
        }
        Before::UnreadEchoes => stream.write_all(&[b'x'; 1000]).unwrap(),
        // The buffers of both ends fill up; that is when it leaves.
        Before::ManyUnreadEchoes => fill(&mut stream),
        Before::Urgent => send_urgent(&stream, 1),
        Before::UrgentInTheMiddle => {
            stream.write_all(b"before").unwrap();
            send_urgent(&stream, 1);
            stream.write_all(b"after").unwrap();
        }
        Before::HalfACharacter => stream.write_all(&[0xE2, 0x82]).unwrap(),
    }
    stream
}

fn leave_with(stream: TcpStream, leave: Leave) -> Held {
    match leave {
        Leave::Close => Vec::new(),
        Leave::Reset => {
            reset(&stream);
            Vec::new()
        }
        Leave::FinishAndClose => {
            stream.shutdown(Shutdown::Write).ok();
            Vec::new()
        }
        Leave::FinishAndReset => {
            stream.shutdown(Shutdown::Write).ok();
            reset(&stream);
            Vec::new()
        }
        Leave::HoldOpen => vec![stream],
        Leave::FinishAndHold => {
            stream.shutdown(Shutdown::Write).ok();
            vec![stream]
        }
        Leave::StopReadingAndHold => {
            stream.shutdown(Shutdown::Read).ok();
            vec![stream]
        }
    }
}
