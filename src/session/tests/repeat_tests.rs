//! Messages that are sent again and again.

use super::*;

fn repetition(times: u64, period: Duration) -> Repetition {
    Repetition {
        times: NonZeroU64::new(times),
        period,
        until_reply: false,
    }
}

impl Stage {
    fn repeat(&mut self, text: &str, repetition: Repetition) {
        let draft = Draft {
            text: text.to_owned(),
            template: true,
            ..Draft::default()
        };
        self.repeat_draft(&draft, repetition);
    }

    fn repeat_draft(&mut self, draft: &Draft, repetition: Repetition) {
        let (parcel, to) = (Parcel::Draft(draft), vec![SendTarget::Client(CLIENT)]);
        self.session.repeat(parcel, to, repetition).unwrap();
    }

    fn repeated(&mut self) -> RepeatStatus {
        self.wait("the end", |_, update| match update {
            Some(Update::Repeating(status)) if status.end.is_some() => Some(status.clone()),
            _ => None,
        })
    }
}

#[test]
fn a_message_is_repeated_with_its_fields_computed_anew() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    stage.repeat("{{counter}};", repetition(5, Duration::from_millis(1)));
    assert_eq!(read(&mut peer, 10), "0;1;2;3;4;");
    let status = stage.repeated();
    assert!(matches!(status.end, Some(RepeatEnd::Done)), "{status:?}");
    assert_eq!(status.times, 5);
    // The next message follows the last of them.
    stage.send_bytes(b"end");
    assert_eq!(read(&mut peer, 3), "end");
}

#[test]
fn a_repetition_ends_with_its_connection_and_does_not_connect_again() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    stage.repeat("x", repetition(0, Duration::from_millis(1)));
    assert_eq!(read(&mut peer, 2), "xx");
    drop(peer);
    let status = stage.repeated();
    let is_over = |end: &RepeatEnd| match end {
        RepeatEnd::Ended(_) => true,
        RepeatEnd::Failed(error) => matches!(**error, NetError::NotOpen { .. }),
        _ => false,
    };
    assert!(status.end.as_ref().is_some_and(is_over), "{status:?}");
    // What connects next is the user.
    stage.session.connect(CLIENT).unwrap();
    let (mut peer, _) = listener.accept().unwrap();
    peer.set_read_timeout(Some(PATIENCE)).unwrap();
    stage.send_bytes(b"end");
    assert_eq!(read(&mut peer, 3), "end");
}

#[test]
fn a_repetition_waits_for_its_first_message_and_ends_when_that_fails() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    drop(stage.connect_to(&listener));
    stage.wait("the end", |session, _| {
        session.connected(CLIENT).is_none().then_some(())
    });
    drop(listener);
    stage.repeat("x", repetition(0, Duration::from_millis(1)));
    let status = stage.repeated();
    assert!(
        matches!(status.end, Some(RepeatEnd::Failed(_))),
        "{status:?}"
    );
    assert_eq!(status.times, 1);
}

#[test]
fn a_repetition_does_not_wait_for_peers_that_ended_before_its_first_message() {
    let mut stage = Stage::new();
    stage.start_server();
    let peers = vec![FlowId::server(1_000_001), FlowId::server(1_000_002)];
    let (parcel, to) = (Parcel::Bytes(b"x"), vec![SendTarget::Peers(SERVER, peers)]);
    let forever = repetition(0, Duration::from_millis(1));
    stage.session.repeat(parcel, to, forever).unwrap();
    let status = stage.repeated();
    let is_not_open = |end: &RepeatEnd| match end {
        RepeatEnd::Failed(error) => matches!(**error, NetError::NotOpen { .. }),
        _ => false,
    };
    assert!(status.end.as_ref().is_some_and(is_not_open), "{status:?}");
    assert_eq!(status.times, 1);
}

#[test]
fn a_message_whose_fields_stand_for_no_bytes_is_refused_once_and_repeated() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let _peer = stage.connect_to(&listener);
    let empty = stage.file("empty", b"");
    let void = draft(&empty, "");
    stage.repeat_draft(&void, repetition(0, Duration::from_millis(1)));
    let refused = |stage: &mut Stage| {
        stage.wait("the refusal", |_, update| {
            matches!(update, Some(Update::NotSent(SessionError::Void))).then_some(())
        });
    };
    refused(&mut stage);
    stage.send(&void).unwrap();
    refused(&mut stage);
    // Nothing is being repeated.
    stage.repeat("x", repetition(1, Duration::from_millis(1)));
    assert!(matches!(stage.repeated().end, Some(RepeatEnd::Done)));
    // What is hidden is known at once.
    let hidden = Draft {
        text: "{{begin a hidden}}x{{end a}}".to_owned(),
        template: true,
        ..Draft::default()
    };
    let sent = stage.send(&hidden);
    assert!(matches!(sent, Err(SessionError::Void)), "{sent:?}");
}

#[test]
fn a_repetition_stops_with_its_endpoint() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = stage.connect_to(&listener);
    stage.repeat("x", repetition(0, Duration::from_hours(1)));
    assert_eq!(read(&mut peer, 1), "x");
    stage.session.remove(CLIENT);
    let status = stage.repeated();
    assert!(matches!(status.end, Some(RepeatEnd::Stopped)), "{status:?}");
}
