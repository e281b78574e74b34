//! What lines say, key by key.

use std::num::NonZeroU16;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use super::*;
use crate::capture::EventKind;
use crate::capture::synthetic::{VariantNames, syn};
use crate::capture::{Event, SESSION, StreamPositions};
use crate::net::Direction;
use crate::net::tls::{Secrets, TlsReport};
use crate::net::{
    Backlog, Closed, ClosedBy, FlowId, Link, Payload, PayloadId, Process, Requester, SequenceEnd,
    Stamp,
};
use crate::payload::Carry;
use crate::script::RuleNumber;
use crate::script::sequence::{SequenceOutcome, StepNumber};

fn entry(link: bool, kind: EventKind) -> Entry {
    let link = link.then(|| Link {
        connection: FlowId::server(1),
        local: Some("127.0.0.1:9000".parse().unwrap()),
        peer: "127.0.0.1:53122".parse().unwrap(),
    });
    let mut streams = StreamPositions::default();
    streams.received.carry = Carry::new(b"\xE6\x97").unwrap();
    let size_bytes = match &kind {
        EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
            payload.bytes.len() as u64
        }
        _ => 0,
    };
    Entry {
        number: 0,
        time: SystemTime::UNIX_EPOCH + Duration::from_nanos(1_700_000_000_123_456_789),
        event: Event {
            stamp: Stamp(42),
            endpoint: match kind {
                EventKind::ClockAdjusted { .. } => SESSION,
                _ => EndpointId(1),
            },
            link: link.map(Arc::new),
            by: Requester::Nobody,
            kind,
        },
        streams,
        size_bytes,
        damage: None,
    }
}

fn lines() -> JsonLines {
    JsonLines::new(Encodings::default(), &VariantNames)
}

fn line(entry: &Entry, endpoint: Option<&str>) -> String {
    let mut line = Vec::new();
    lines().line(entry, endpoint, &mut line).unwrap();
    String::from_utf8(line).unwrap()
}

#[test]
fn a_connection_between_two_ends_of_ours_is_paired_once() {
    let end = |connection: FlowId, kind: EventKind| {
        let mut entry = entry(true, kind);
        let link = entry.event.link.take().map(|link| Link {
            connection,
            ..(*link).clone()
        });
        entry.event.link = link.map(Arc::new);
        entry
    };
    let (client, server) = (FlowId::client(1), FlowId::server(1));
    let connected = EventKind::Connected {
        took: Duration::ZERO,
        process: None,
    };
    let accepted = || EventKind::Accepted {
        process: None,
        syn: None,
    };
    let mut lines = lines();
    let mut output = Vec::new();
    for entry in [
        end(client, EventKind::Connecting),
        end(FlowId::server(2), accepted()),
        end(server, accepted()),
        end(client, connected),
    ] {
        lines.line(&entry, Some("Server 1"), &mut output).unwrap();
    }
    let output = String::from_utf8(output).unwrap();
    let paired: Vec<_> = output.lines().skip(3).collect();
    assert_eq!(
        paired[0],
        r#"{"event":"paired","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122"}"#
    );
    assert_eq!(paired.len(), 2, "{output}");
    assert!(paired[1].contains(r#""event":"connected""#), "{output}");
}

fn check(entry: &Entry, expected: &str) {
    let line = line(entry, Some("Server 1"));
    assert_eq!(line, format!("{expected}\n"));
}

#[test]
fn a_data_entry_has_its_bytes_in_both_forms() {
    let payload = Payload::new(PayloadId(1), Bytes::from_static(b"\xA5\\\r\n\xFF"));
    check(
        &entry(true, EventKind::Received { payload }),
        r#"{"event":"received","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122","direction":"received","bytes":5,"text":"日\\\\\\r\\n\\xFF","hex":"a55c0d0aff"}"#,
    );
}

#[test]
fn what_a_rule_requested_has_its_number() {
    let mut finished = entry(true, EventKind::Stopped);
    let rule = RuleNumber(NonZeroU16::new(2).unwrap());
    finished.event.by = Requester::Rule(rule);
    let line = line(&finished, None);
    assert!(line.ends_with(",\"requested_by\":\"rule 2\"}\n"), "{line}");
}

#[test]
fn a_sequence_has_its_name_and_its_outcome() {
    let name = || "log in".to_owned();
    let began = entry(true, EventKind::SequenceBegan { name: name() });
    let began = line(&began, None);
    assert!(began.ends_with(",\"sequence\":\"log in\"}\n"), "{began}");
    let outcome = SequenceOutcome::Cancelled {
        step: StepNumber(2),
    };
    let end = Arc::new(SequenceEnd { outcome, others: 0 });
    let ended = EventKind::SequenceEnded { name: name(), end };
    let ended = line(&entry(true, ended), None);
    let keys = ",\"sequence\":\"log in\",\"outcome\":\"cancelled\",\"step\":2}\n";
    assert!(ended.ends_with(keys), "{ended}");
}

#[test]
fn a_chunk_that_was_cut_has_both_sizes() {
    let payload = Payload::new(PayloadId(1), Bytes::from_static(b"abc"));
    let took = Duration::ZERO;
    let mut cut = entry(true, EventKind::Sent { payload, took });
    cut.size_bytes = 2_000;
    check(
        &cut,
        r#"{"event":"sent","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122","direction":"sent","bytes":2000,"kept_bytes":3,"text":"abc","hex":"616263"}"#,
    );
}

#[test]
fn what_was_encrypted_has_its_size_on_the_wire() {
    let mut payload = Payload::new(PayloadId(1), Bytes::from_static(b"abc"));
    payload.wire_bytes = Some(25);
    let line = line(&entry(true, EventKind::Received { payload }), None);
    assert!(
        line.contains(r#""bytes":3,"wire_bytes":25,"text""#),
        "{line}"
    );
}

#[test]
fn what_another_program_is_called_cannot_drive_a_terminal() {
    let process = Process {
        pid: 7,
        uid: 0,
        command: "\u{9B}1m\u{202E}".into(),
    };
    let process = Some(process);
    let line = line(
        &entry(false, EventKind::Accepted { process, syn: None }),
        None,
    );
    assert!(line.contains(r#""command":"\\u{9B}1m\\u{202E}""#), "{line}");
}

#[test]
fn an_accepted_connection_has_the_syn_of_its_peer() {
    let syn = Some(syn());
    let accepted = entry(false, EventKind::Accepted { process: None, syn });
    let line = line(&accepted, None);
    let expected = r#","syn":{"hops":64,"window":65495,"sequence_number":1812005379,"mss":65495,"window_scale":7,"sack_permitted":true,"timestamps":true,"ecn":false,"options":[2,4,8,1,3],"hex":"4500003c"#;
    assert!(line.contains(expected), "{line}");
}

#[test]
fn keys_that_do_not_apply_are_left_out() {
    let local = "[::1]:9000".parse().unwrap();
    let backlog = Backlog {
        requested: 128,
        effective: None,
    };
    let dual_stack = false;
    check(
        &entry(
            false,
            EventKind::Listening {
                local,
                backlog,
                dual_stack,
            },
        ),
        r#"{"event":"listening","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","local":"[::1]:9000","reason":"Listening"}"#,
    );
    check(
        &entry(
            false,
            EventKind::ClockAdjusted {
                by_nanos: -20_000_000,
            },
        ),
        r#"{"event":"clock_adjusted","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"reason":"ClockAdjusted"}"#,
    );
}

#[test]
fn a_closed_event_has_its_reason() {
    let closed = Closed {
        by: ClosedBy::Peer,
        unsent_bytes: 0,
        unread: false,
    };
    check(
        &entry(true, EventKind::Closed(closed)),
        r#"{"event":"closed","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122","text":"\\xE6\\x97","reason":"Closed"}"#,
    );
}

#[test]
fn an_incomplete_character_is_reported_once() {
    let closed = || {
        EventKind::Closed(Closed {
            by: ClosedBy::Stop,
            unsent_bytes: 0,
            unread: false,
        })
    };
    let check = |kinds: Vec<EventKind>, expected: &[Option<&str>]| {
        let mut lines = lines();
        let texts: Vec<_> = kinds
            .into_iter()
            .map(|kind| {
                let mut text = Vec::new();
                let has_text = lines.texts.push(&entry(true, kind), &mut text);
                has_text.then(|| String::from_utf8(text).unwrap())
            })
            .collect();
        let texts: Vec<_> = texts.iter().map(Option::as_deref).collect();
        assert_eq!(texts, expected);
    };
    let unfinished = Some(r"\xE6\x97");
    check(vec![closed()], &[unfinished]);
    check(vec![EventKind::Reset { unsent_bytes: 0 }], &[unfinished]);
    check(
        vec![EventKind::PeerFinished, EventKind::WeFinished, closed()],
        &[unfinished, None, None],
    );
}

#[test]
fn what_tls_reports_has_its_own_events() {
    let tls = |report| entry(true, EventKind::Tls(Arc::new(report)));
    let direction = Direction::Received;
    let closing = line(&tls(TlsReport::CloseNotify { direction }), None);
    assert!(
        closing.contains(r#""event":"tls_close_notify""#),
        "{closing}"
    );
    let tail = r#","direction":"received","reason":"Tls"}"#;
    let tail = [tail, r#","reason":"Tls","direction":"received"}"#]
        .into_iter()
        .any(|it| closing.trim_end().ends_with(it));
    assert!(tail, "{closing}");
    serde_json::from_str::<serde_json::Value>(&closing).unwrap();
    let lines = vec!["CLIENT_RANDOM 00 c0ffee".to_owned()];
    let secrets = line(&tls(TlsReport::Secrets(Secrets { lines })), None);
    assert!(secrets.contains(r#""event":"tls_secrets""#), "{secrets}");
    assert!(!secrets.contains("c0ffee"), "{secrets}");
    serde_json::from_str::<serde_json::Value>(&secrets).unwrap();
}

#[test]
fn lookups_and_our_own_fin_are_lines_too() {
    let host = "example.org".to_owned();
    let looking_up = entry(false, EventKind::LookingUp { host, port: 80 });
    let looking_up = line(&looking_up, None);
    assert!(
        looking_up.contains(r#""event":"looking_up""#),
        "{looking_up}"
    );
    let finished = line(&entry(true, EventKind::WeFinished), None);
    assert!(finished.contains(r#""event":"finished""#), "{finished}");
}
