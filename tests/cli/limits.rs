//! What ends `send` and `serve` of itself: a time, a number of frames, a check that saw nothing, an input that never comes.

use std::io::Write as _;
use std::net::{Shutdown, TcpStream};
use std::process::Command;
use std::sync::mpsc;

use super::program::{Bothends, PATIENCE, run};
use super::{connect, peer, read, read_to_end};

/// Sends to a peer that speaks without end.
fn speak(mut stream: TcpStream) {
    while stream.write_all(b"x").is_ok() {}
}

#[test]
fn an_expectation_is_not_waited_for_beyond_the_time_of_the_command() {
    let (address, _peer) = peer(speak);
    let finished = run(&[
        "send",
        &address,
        "--text",
        "a",
        "--expect",
        "y",
        "--max-time",
        "1s",
    ]);
    assert_eq!(finished.code, Some(1), "{finished:?}");
    assert_eq!(
        finished.stderr,
        "bothends: expected y, which did not arrive within 1s (--max-time)\n"
    );
    assert!(finished.stdout.starts_with(b"x"));
}

#[test]
fn the_time_of_the_command_is_no_failure_once_everything_is_sent() {
    let (address, _peer) = peer(speak);
    let finished = run(&["send", &address, "--text", "a", "--max-time", "1s"]);
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
}

#[test]
fn input_that_is_not_sent_in_time_is_a_failure() {
    let (_server, bound) = Bothends::serve(":0", &[]);
    let mut child = Bothends::start(&["send", &bound.to_string(), "--max-time", "1s"]);
    let mut stdin = child.child.stdin.take().unwrap();
    stdin.write_all(b"begun").unwrap();
    let words = "bothends: ended after 1s (--max-time); the input had not ended";
    child.wait().check(1, b"begun", words);
    drop(stdin);
}

/// Linux drops a SYN that finds the accept queue full.
#[cfg(target_os = "linux")]
mod unanswered {
    use std::net::{Ipv4Addr, SocketAddr};

    use socket2::{Domain, Socket, Type};

    use super::super::program::{Bothends, run};

    /// A listener whose queue is full, what fills it, and its address.
    fn full_listener() -> (Socket, Vec<Socket>, SocketAddr) {
        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        listener.bind(&any.into()).unwrap();
        listener.listen(0).unwrap();
        let address = listener.local_addr().unwrap().as_socket().unwrap();
        let fill = |_| {
            let filler = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            filler.set_nonblocking(true).unwrap();
            // It is pending, or waits in the queue.
            filler.connect(&address.into()).ok();
            filler
        };
        (listener, (0..4).map(fill).collect(), address)
    }

    #[test]
    fn a_connect_without_an_answer_ends_with_the_time_of_the_command() {
        let (_listener, _fillers, address) = full_listener();
        let address = address.to_string();
        let finished = run(&["send", &address, "--text", "a", "--max-time", "300ms"]);
        let words = "bothends: ended after 300ms (--max-time), before it was connected; 1 byte of the input was not sent";
        finished.check(1, b"", words);
    }

    #[test]
    fn a_signal_ends_a_connect_without_an_answer() {
        let (_listener, _fillers, address) = full_listener();
        let sending = Bothends::start(&["send", &address.to_string(), "--text", "a", "--json"]);
        let sending = sending.after_stdout("connecting");
        sending.signal("TERM");
        let finished = sending.wait();
        assert_eq!(finished.code, Some(1), "{finished:?}");
        let words = "bothends: ended by a signal; 1 byte of the input was not sent\n";
        assert_eq!(finished.stderr, words);
    }

    #[test]
    fn a_connect_without_an_answer_ends_with_its_own_time() {
        let (_listener, _fillers, address) = full_listener();
        let text = address.to_string();
        let finished = run(&["send", &text, "--text", "a", "--connect-timeout", "300ms"]);
        let words = format!("bothends: cannot connect to {text}: timed out after 0.3 s");
        finished.check(1, b"", &words);
    }
}

#[test]
fn a_server_ends_in_order_after_its_time() {
    let (server, bound) = Bothends::serve(":0", &["--max-time", "2s", "--json"]);
    let mut peer = connect(bound);
    peer.write_all(b"x").unwrap();
    assert_eq!(read(&mut peer, 1), b"x");
    assert_eq!(read_to_end(&mut peer), b"");
    let finished = server.wait();
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
    let objects = finished.objects();
    assert_eq!(objects.last().unwrap()["event"], "stopped");
}

/// A peer that writes this and keeps the connection open until we close it.
fn saying(bytes: &'static [u8]) -> String {
    let (address, _peer) = peer(move |mut stream| {
        stream.write_all(bytes).unwrap();
        read_to_end(&mut stream);
    });
    address
}

#[test]
fn enough_received_frames_end_a_send() {
    let check = |framing: &str, said: &'static [u8], frames: &str| {
        let address = saying(said);
        let arguments = [
            "send",
            &address,
            "--text",
            "?",
            "--wait",
            "1m",
            "--framing",
            framing,
            "--frames",
            frames,
        ];
        run(&arguments).check(0, said, "");
    };
    check("lf", b"a\nb\n", "2");
    // Whether a line feed follows is not waited for.
    check("line", b"a\nb\r", "2");
    check("length:u16be", b"\x00\x01a\x00\x00", "2");
    check("silence:50ms", b"a", "1");
}

#[test]
fn too_few_received_frames_are_a_failure() {
    let arguments = ["--text", "", "--framing", "lf", "--frames", "3"];
    let (address, _peer) = peer(|mut stream| stream.write_all(b"a\nb\nc").unwrap());
    let finished = run(&[&["send", &address], &arguments[..]].concat());
    let words = "bothends: received 2 of 3 frames before the peer finished sending";
    finished.check(1, b"a\nb\nc", words);
    let address = saying(b"a\n");
    let finished = run(&[&["send", &address, "--wait", "200ms"], &arguments[..]].concat());
    let words = "bothends: received 1 of 3 frames in time: allow more with --wait";
    finished.check(1, b"a\n", words);
}

#[test]
fn an_expectation_is_met_within_so_many_frames_or_not_at_all() {
    let options = [
        "--text",
        "?",
        "--wait",
        "1m",
        "--framing",
        "lf",
        "--frames",
        "2",
    ];
    let check = |expect: &str, code: i32, words: &str| {
        let address = saying(b"a\nb\n");
        let arguments = [&["send", &address, "--expect", expect], &options[..]].concat();
        run(&arguments).check(code, b"a\nb\n", words);
    };
    check("b", 0, "");
    let words = "expected c, which did not arrive within the frames that --frames allows";
    check("c", 1, words);
}

#[test]
fn frames_need_a_framing_of_what_is_received() {
    for options in [&[][..], &["--framing-out", "lf", "--json"]] {
        let arguments = [&["send", ":9", "--text", "a", "--frames", "1"], options].concat();
        run(&arguments).check(2, b"", "--frames goes with --framing or --framing-in");
    }
    for wrong in ["0", "-5", "+5", "many"] {
        let arguments = ["send", ":9", "--text", "a", "--frames", wrong];
        run(&arguments).check(2, b"", "Enter a number from 1");
    }
}

#[test]
fn a_check_that_saw_no_frame_is_a_failure() {
    let options = ["--text", "", "--framing", "line", "--check", "sum"];
    let check = |more: &[&str], said: &'static [u8]| {
        let (address, _peer) = peer(move |mut stream| stream.write_all(said).unwrap());
        let finished = run(&[&["send", &address], &options[..], more].concat());
        finished.check(
            1,
            said,
            "bothends: no frame was received, so nothing was checked",
        );
    };
    check(&[], b"");
    // Its frame has not ended yet.
    check(&["--expect", "a"], b"a");
}

#[test]
fn what_follows_the_frames_that_were_waited_for_may_be_unfinished() {
    let options = ["--text", "?", "--framing", "line", "--check", "xor hex"];
    let address = saying(b"a61\nb6");
    let finished = run(&[&["send", &address, "--frames", "1"], &options[..]].concat());
    finished.check(0, b"a61\nb6", "bothends: 1 received frame: 1 good, 0 bad");
    let address = saying(b"a61\nb6");
    let finished = run(&[&["send", &address, "--wait", "200ms"], &options[..]].concat());
    finished.check(1, b"a61\nb6", "2 received frames: 1 good, 1 bad");
}

/// Makes a named pipe in a folder, and returns its path.
#[cfg(unix)]
fn named_pipe(folder: &tempfile::TempDir) -> String {
    let pipe = folder.path().join("pipe").to_str().unwrap().to_owned();
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    pipe
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_holds_up_neither_the_connect_nor_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = named_pipe(&folder);
    let check = |limit: [&str; 2], words: &str| {
        let (address, got) = peer(|mut stream| {
            stream.write_all(b"banner").unwrap();
            read_to_end(&mut stream)
        });
        let finished = run(&[&["send", &address, "--file", &pipe], &limit[..]].concat());
        finished.check(1, b"banner", words);
        assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"");
    };
    let words = "no byte passed for 300ms; the input had not ended";
    check(["--wait", "300ms"], words);
    let words = "ended after 1s (--max-time); the input had not ended";
    check(["--max-time", "1s"], words);
}

#[cfg(unix)]
#[test]
fn what_is_written_to_a_pipe_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = named_pipe(&folder);
    let (connected, is_connected) = mpsc::channel();
    let (address, got) = peer(move |mut stream| {
        connected.send(()).unwrap();
        read_to_end(&mut stream)
    });
    let sending = Bothends::start(&["send", &address, "--file", &pipe, "--wait", "0s"]);
    // It is opened once the connection is.
    is_connected.recv_timeout(PATIENCE).unwrap();
    super::program::in_time(move || std::fs::write(pipe, b"from a pipe").unwrap());
    sending.finish().check(0, b"", "");
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"from a pipe");
}

#[test]
fn half_a_frame_at_the_peers_fin_is_no_frame() {
    let (address, _peer) = peer(|mut stream| {
        stream.write_all(b"\x05ab").unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        read_to_end(&mut stream);
    });
    let options = ["--text", "?", "--framing", "length:u8", "--frames", "1"];
    let finished = run(&[&["send", &address], &options[..]].concat());
    let words = "bothends: received 0 of 1 frame before the peer finished sending";
    finished.check(1, b"\x05ab", words);
}
