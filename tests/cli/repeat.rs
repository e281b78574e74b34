//! Messages that are sent again and again.

use std::fs;
use std::io::Write as _;
use std::net::Shutdown;

use super::program::{Bothends, PATIENCE, run};
use super::{peer, read, read_to_end};

/// Sends a message of a counter with these options, and returns what the peer got.
fn counted(options: &[&str]) -> String {
    let (address, got) = peer(|mut stream| read_to_end(&mut stream));
    let message = ["send", &address, "--template", "--text", "{{counter}} "];
    run(&[&message, options].concat()).check(0, b"", "");
    String::from_utf8(got.recv_timeout(PATIENCE).unwrap()).unwrap()
}

#[test]
fn a_message_is_rendered_anew_each_time_and_sent_so_many_times() {
    let options = ["--repeat", "3", "--every", "50ms", "--wait", "0s"];
    assert_eq!(counted(&options), "0 1 2 ");
}

#[test]
fn the_pause_between_two_messages_is_no_silence() {
    let options = ["--repeat", "3", "--every", "900ms", "--wait", "300ms"];
    assert_eq!(counted(&options), "0 1 2 ");
}

#[test]
fn finishing_waits_for_the_last_message() {
    let options = [
        "--repeat", "3", "--every", "50ms", "--finish", "--wait", "1m",
    ];
    assert_eq!(counted(&options), "0 1 2 ");
}

#[test]
fn a_file_is_sent_again_from_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("message");
    fs::write(&path, b"again\n").unwrap();
    let (address, got) = peer(|mut stream| read_to_end(&mut stream));
    let file = path.to_str().unwrap();
    let options = ["--repeat", "2", "--every", "10ms", "--wait", "0s"];
    run(&[&["send", &address, "--file", file], &options[..]].concat()).check(0, b"", "");
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"again\nagain\n");
}

#[test]
fn messages_are_as_far_apart_as_they_should_be() {
    const MILLION: u64 = 1_000_000;
    let (_server, bound) = Bothends::serve(":0", &["--reply", "none"]);
    let address = bound.to_string();
    let options = [
        "--repeat", "3", "--every", "200ms", "--wait", "0s", "--json",
    ];
    let finished = run(&[&["send", &address, "--text", "a"], &options[..]].concat());
    let objects = finished.objects().into_iter();
    let sent = objects.filter(|object| object["event"] == "sent");
    let sent: Vec<_> = sent.map(|it| it["elapsed_ns"].as_u64().unwrap()).collect();
    assert_eq!(sent.len(), 3, "{finished:?}");
    // The first one may have been late, and the last one is never early.
    assert!(sent[2] - sent[0] >= 300 * MILLION, "{sent:?}");
}

#[test]
fn an_answer_that_is_waited_for_ends_the_repetition() {
    let reply = ["--template", "--reply", r"text:answer {{counter}}\n"];
    let (_server, bound) = Bothends::serve(":0", &reply);
    let address = bound.to_string();
    let message = ["send", &address, "--text", "?", "--every", "20ms"];
    let check = |options: &[&str], last: &str| {
        let finished = run(&[&message, options].concat());
        assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
        let answers = String::from_utf8(finished.stdout).unwrap();
        assert!(answers.ends_with(last), "{answers}");
    };
    check(&["--expect", "answer 3"], "answer 3\n");
    check(&["--expect", "answer 3", "--repeat", "100"], "answer 3\n");
    check(&["--framing", "lf", "--frames", "5"], "answer 4\n");
}

#[test]
fn a_message_that_never_ends_is_sent_until_the_time_is_over() {
    let (address, got) = peer(|mut stream| read_to_end(&mut stream));
    let options = ["--text", "a", "--every", "10ms", "--max-time", "1s"];
    run(&[&["send", &address], &options[..]].concat()).check(0, b"", "");
    let got = got.recv_timeout(PATIENCE).unwrap();
    assert!(got.len() > 1 && got.iter().all(|&byte| byte == b'a'));
}

#[test]
fn the_peers_fin_ends_a_message_that_never_ends() {
    let (address, got) = peer(|mut stream| {
        read(&mut stream, 2);
        stream.shutdown(Shutdown::Write).unwrap();
        read_to_end(&mut stream)
    });
    run(&["send", &address, "--text", "a", "--every", "10ms"]).check(0, b"", "");
    got.recv_timeout(PATIENCE).unwrap();
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_message_that_never_ends() {
    let (sent, was_sent) = std::sync::mpsc::channel();
    let (address, _got) = peer(move |mut stream| {
        read(&mut stream, 2);
        sent.send(()).unwrap();
        read_to_end(&mut stream);
    });
    let sending = Bothends::start(&["send", &address, "--text", "a", "--every", "50ms"]);
    was_sent.recv_timeout(PATIENCE).unwrap();
    sending.signal("INT");
    sending.wait().check(0, b"", "");
}

#[test]
fn messages_that_were_not_sent_are_a_failure() {
    let (_server, bound) = Bothends::serve(":0", &["--reply", "none"]);
    let address = bound.to_string();
    let options = [
        "--text",
        "a",
        "--repeat",
        "5",
        "--every",
        "1m",
        "--max-time",
        "1s",
    ];
    let finished = run(&[&["send", &address], &options[..]].concat());
    let words = "bothends: ended after 1s (--max-time); 1 of 5 messages were sent";
    finished.check(1, b"", words);
}

#[test]
fn only_a_message_can_be_repeated_and_only_what_ends_can_be_finished() {
    let check = |arguments: &[&str], words: &str| {
        run(&[&["send", ":9"], arguments].concat()).check(2, b"", words);
    };
    let words = "--repeat and --every go with a message";
    check(&["--repeat", "2"], words);
    check(&["--every", "1s"], words);
    check(&["--text", "", "--every", "0s"], words);
    check(
        &["--text", "a", "--every", "1s", "--finish"],
        "--finish needs an end of the input: say how often to send with --repeat",
    );
    check(&["--text", "a", "--repeat", "0"], "Enter a number from 1");
    check(
        &["--text", "a", "--every", "5"],
        "Enter a time with its unit: ms, s or m",
    );
}

#[test]
fn a_message_that_cannot_be_rendered_again_ends_the_command() {
    let (address, got) = peer(|mut stream| {
        stream.write_all(b"ready").unwrap();
        read_to_end(&mut stream)
    });
    let hex = "{{counter start=255 u8}}";
    let options = ["--repeat", "2", "--every", "10ms"];
    let message = ["send", &address, "--template", "--hex", hex];
    let finished = run(&[&message, &options[..]].concat());
    let words = "the template cannot be sent: Column 1: 256 does not fit";
    finished.check(1, b"ready", words);
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"\xFF");
}
