//! What came of a message: replies, how long they took, and why there is none.

use super::*;

/// The stamps of the first entries of each kind that the client sent and received.
#[derive(Default)]
struct Stamps {
    sent: Option<Stamp>,
    received: Option<Stamp>,
}

struct Stamping(Arc<Mutex<Stamps>>);

impl Watch for Stamping {
    fn note(&mut self, entries: &mut Vec<Entry>, _: &RecordStatus) {
        let mut stamps = self.0.lock().unwrap();
        let of_client = entries.iter().filter(|it| it.event.endpoint == CLIENT);
        for entry in of_client {
            let stamp = entry.event.stamp;
            match entry.event.kind {
                EventKind::Sent { .. } => _ = stamps.sent.get_or_insert(stamp),
                EventKind::Received { .. } => _ = stamps.received.get_or_insert(stamp),
                _ => {}
            }
        }
    }
}

/// Returns what came of the last message, once it satisfies `holds`.
fn answered(stage: &mut Stage, what: &str, holds: impl Fn(&Answered) -> bool) -> Answered {
    stage.wait(what, |_, update| match update {
        Some(Update::Answered(answered)) if holds(answered) => Some(answered.clone()),
        _ => None,
    })
}

#[test]
fn a_reply_is_counted_with_the_time_between_the_two_entries() {
    let stamps = Arc::new(Mutex::new(Stamps::default()));
    let stamping = Stamping(Arc::clone(&stamps));
    let mut stage = Stage::with(|config, wake| {
        Session::start_watched(config, wake, Some(Box::new(stamping))).unwrap()
    });
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    stage.send_bytes(b"ping");
    let sent = answered(&mut stage, "the message", |it| it.sent_bytes == 4);
    assert_eq!((sent.recipients, sent.replies, sent.waited), (1, 0, None));
    assert_eq!(read(&mut peer, 4), "ping");
    peer.write_all(b"one").unwrap();
    let first = answered(&mut stage, "the reply", |it| it.replies == 1);
    let stamps = stamps.lock().unwrap();
    let gap = stamps.received.unwrap().since(stamps.sent.unwrap());
    assert_eq!(first.waited, Some(gap));
    drop(stamps);
    peer.write_all(b"two").unwrap();
    let second = answered(&mut stage, "another reply", |it| it.replies == 2);
    assert_eq!((second.replied, second.waited), (1, Some(gap)));
}

#[test]
fn with_a_framing_replies_are_frames() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    stage.frame_replies("lf");
    // What came before the message is no reply to it.
    peer.write_all(b"welcome\n").unwrap();
    stage.wait("the greeting", |session, _| {
        let client = session.endpoints.get(&CLIENT)?;
        (client.received_bytes == 8).then_some(())
    });
    stage.send_bytes(b"ping");
    assert_eq!(read(&mut peer, 4), "ping");
    peer.write_all(b"a\nb\nc").unwrap();
    let two = answered(&mut stage, "two frames", |it| it.replies > 0);
    assert_eq!(two.replies, 2);
    peer.write_all(b"\n").unwrap();
    assert_eq!(
        answered(&mut stage, "a third", |it| it.replies > 2).replies,
        3
    );
}

#[test]
fn bytes_that_are_no_whole_frame_are_no_reply_but_are_counted() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    stage.frame_replies("length:u8");
    stage.send_bytes(b"ping");
    assert_eq!(read(&mut peer, 4), "ping");
    peer.write_all(b"\x05ab").unwrap();
    let some = answered(&mut stage, "its beginning", |it| it.incomplete_bytes > 0);
    assert_eq!((some.incomplete_bytes, some.replies), (3, 0));
    peer.write_all(b"cde").unwrap();
    let whole = answered(&mut stage, "the frame", |it| it.replies > 0);
    assert_eq!((whole.replies, whole.waited.is_some()), (1, true));
}

#[test]
fn a_line_whose_break_may_go_on_is_one_reply() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    stage.frame_replies("line");
    stage.send_bytes(b"ping");
    assert_eq!(read(&mut peer, 4), "ping");
    peer.write_all(b"one\r").unwrap();
    answered(&mut stage, "the line", |it| it.replies == 1);
    peer.write_all(b"\ntwo\n").unwrap();
    let two = answered(&mut stage, "another line", |it| it.replies > 1);
    assert_eq!(two.replies, 2);
}

#[test]
fn a_message_that_nobody_takes_or_answers_says_why() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let peer = stage.connect_to(&listener);
    stage.send_bytes(b"ping");
    answered(&mut stage, "the message", |it| it.sent_bytes == 4);
    drop((peer, listener));
    let ended = answered(&mut stage, "the end", |it| it.problem.is_some());
    assert!(matches!(&ended.problem, Some(it @ SendProblem::Ended(_)) if it.is_bad()));
    let first = ended.problem_at.unwrap().connection;
    assert!(first.is_some());
    stage.wait("the end", |session, _| {
        session.connected(CLIENT).is_none().then_some(())
    });
    // Nothing listens there any more.
    stage.send_bytes(b"ping");
    let refused = answered(&mut stage, "the refusal", |it| it.problem.is_some());
    assert!(matches!(refused.problem, Some(SendProblem::Failed(_))));
    assert_eq!(refused.problem_at.unwrap().connection, None);
    assert_eq!(refused.recipients, 0);
}
