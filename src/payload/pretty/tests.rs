//! Properties of every view, and guessing.

use proptest::prelude::*;

use super::page::{INPUT_BYTES, LINES, TEXT_BYTES};
use super::*;
use crate::payload::VisibleText;
use crate::payload::visible::tests::mostly_text;

/// Returns the lines of a view as [`shown_line`] writes them.
pub(super) fn shown(pretty: Pretty, bytes: &[u8]) -> Vec<String> {
    let lines = pretty.render(bytes).unwrap();
    lines.iter().map(shown_line).collect()
}

/// Returns a line as `source text # note`.
pub(super) fn shown_line(line: &PrettyLine) -> String {
    let gap = if line.text.is_empty() { "" } else { " " };
    let note = line.note.as_ref();
    let note = note.map_or(String::new(), |note| format!("{gap}# {note:?}"));
    format!("{:?} {}{note}", line.source, line.text)
}

#[test]
fn a_view_has_one_name_everywhere() {
    let check = |pretty: Pretty, label: &str, name: &str| {
        assert_eq!(pretty.label(), label);
        assert_eq!(serde_json::to_string(&pretty).unwrap(), name);
        assert_eq!(serde_json::from_str::<Pretty>(name).unwrap(), pretty);
    };
    check(Pretty::Json, "JSON", "\"json\"");
    check(Pretty::Xml, "XML", "\"xml\"");
    check(Pretty::Http, "HTTP/1", "\"http\"");
    check(Pretty::Modbus, "Modbus TCP", "\"modbus\"");
}

#[test]
fn only_certain_structures_are_guessed() {
    let check = |bytes: &[u8], expected: Option<Pretty>| {
        assert_eq!(Pretty::guess(bytes), expected, "{}", bytes.escape_ascii());
    };
    for json in [
        "{}",
        " \n[]",
        "{\"a\": 1}\n{\"a\": 2}\n",
        "{\"a\": \"b",
        "[1, 2",
    ] {
        check(json.as_bytes(), Some(Pretty::Json));
    }
    for text in [
        "",
        "{",
        "[",
        "[1",
        "[12:30:01] a",
        "{a}",
        "[] a",
        "1",
        "\"a\"",
        "null",
        "[INFO] a",
    ] {
        check(text.as_bytes(), None);
    }
    for xml in [
        "<?xml version='1.0'?>",
        "<a/>",
        "\n<a>b <!-- c --></a>\n<a/>",
        "<!DOCTYPE a><a></a>",
    ] {
        check(xml.as_bytes(), Some(Pretty::Xml));
    }
    for text in [
        "<",
        "<?xml ",
        "<a>",
        "<34>Oct 11 a",
        "<nick> hello",
        "<a></b>",
        "<a/> b",
        "a <b/>",
        "<!-- a -->",
        "<a>1 < 2</a>",
    ] {
        check(text.as_bytes(), None);
    }
    for http in [
        "GET / HTTP/1.1\r\n",
        "HTTP/1.0 200 OK\n",
        "HTTP/1.1 200\r\nA: b",
    ] {
        check(http.as_bytes(), Some(Pretty::Http));
    }
    for text in [
        "GET / HTTP/1.1",
        "GET / HTTP/2.0\r\n",
        "a HTTP/1.1\r\n",
        "HTTP/1.1 a\r\n",
    ] {
        check(text.as_bytes(), None);
    }
    let read = b"\0\x01\0\0\0\x06\x01\x03\0\0\0\x0A";
    check(read, Some(Pretty::Modbus));
    check(&read.repeat(2), Some(Pretty::Modbus));
    check(&read[..11], None);
    check(&[&read[..], &[0]].concat(), None);
    check(b"\0\x01\0\0\0\x03\x01\x83\x02", Some(Pretty::Modbus));
    check(b"\0\x01\0\0\0\x03\x01\x83\x07", None);
    check(b"\0\x01\0\0\0\x03\x01\x64\x02", None);
    check(b"\0\x01\0\x01\0\x03\x01\x83\x02", None);
    check(&[0; 64], None);
}

#[test]
fn the_first_64_kib_are_enough_to_guess() {
    let check = |bytes: &[u8], expected| assert_eq!(Pretty::guess(bytes), expected);
    let long = "123, ".repeat(20_000);
    check(format!("[{long}").as_bytes(), Some(Pretty::Json));
    check(format!("[{long}]]").as_bytes(), Some(Pretty::Json));
    let long = "<b>c</b>".repeat(20_000);
    check(format!("<a>{long}").as_bytes(), Some(Pretty::Xml));
    check(format!("<a></b>{long}").as_bytes(), None);
    let read = b"\0\x01\0\0\0\x06\x01\x03\0\0\0\x0A";
    check(&read.repeat(10_000), Some(Pretty::Modbus));
}

#[test]
fn what_exceeds_the_limits_is_counted_at_the_end() {
    let check = |pretty: Pretty, bytes: &[u8], count: usize, left: u64| {
        let lines = pretty.render(bytes).unwrap();
        let last = lines.last().unwrap();
        assert_eq!(last.text, "");
        let note = Some(Note::More(left));
        assert_eq!((lines.len(), &last.note), (count, &note), "{pretty:?}");
        assert_eq!(last.source.end, bytes.len());
    };
    let numbers = b"1 ".repeat(LINES + 3);
    check(Pretty::Json, &numbers, LINES + 1, 6);
    assert_eq!(
        Pretty::Json.render(&numbers[..2 * LINES]).unwrap().len(),
        LINES
    );
    check(Pretty::Xml, &b"<a/>".repeat(LINES + 1), LINES + 1, 4);
    let fields = b"A: b\r\n".repeat(LINES);
    let head = [b"GET / HTTP/1.1\r\n", &fields[..]].concat();
    check(Pretty::Http, &head, LINES + 1, 6);
    let body = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/json\r\n\r\n{}",
        "1 ".repeat(LINES)
    );
    check(Pretty::Http, body.as_bytes(), LINES + 1, 8);
    let read = b"\0\x01\0\0\0\x06\x01\x03\0\0\0\x0A".repeat(INPUT_BYTES / 12);
    let rest = read.len() - 12 * (LINES / 9) - 2;
    check(Pretty::Modbus, &read, LINES + 1, rest as u64);

    let long = format!("[\"{}\"]", "é".repeat(INPUT_BYTES / 2));
    check(Pretty::Json, long.as_bytes(), 3, 4);
}

#[test]
fn a_long_line_is_cut_between_characters_and_escapes() {
    let check = |string: &str, kept: &str| {
        let lines = Pretty::Json
            .render(format!("\"{string}\"").as_bytes())
            .unwrap();
        let [line] = &lines[..] else { panic!() };
        assert!(line.text.len() <= TEXT_BYTES);
        assert_eq!(line.text, format!("\"{kept}…"));
        let cut = line.text.len() - "…".len();
        assert_eq!(
            line.spans,
            [(0..cut, Ink::String), (cut..line.text.len(), Ink::Sign)]
        );
        assert_eq!(line.source, 0..string.len() + 2);
    };
    check(&"a".repeat(5000), &"a".repeat(4092));
    check(&"日".repeat(2000), &"日".repeat(1364));
    check(&"\u{202E}".repeat(1000), &r"\u{202E}".repeat(511));
    check(&"\u{AD}".repeat(1000), &r"\u{AD}".repeat(682));
}

#[test]
fn large_inputs_are_lines_too() {
    let check = |head: &str, piece: &[u8]| {
        let bytes = [head.as_bytes(), &piece.repeat((64 << 10) / piece.len())].concat();
        for pretty in Pretty::ALL {
            check_lines(pretty, &bytes);
        }
        Pretty::guess(&bytes);
    };
    for piece in [
        "[",
        "[[],",
        "{\"a\":",
        "1 ",
        "-",
        "\"",
        "\\",
        "\n",
        "\r\n",
        "\u{AD}",
        "<",
        "<a ",
        "<a>",
        "<a/>",
        "</a>",
        "<a></b>",
        "<!",
        "<!--",
        "<!D [",
        "<?",
        "<![CDATA[",
        "<a b='",
        "< ",
    ] {
        check("", piece.as_bytes());
    }
    check(&format!("<{}>", "n".repeat(32 << 10)), b"</b>");
    check("GET / HTTP/1.1\r\n", b"a:\n");
    check("GET / HTTP/1.1\r\n", b"Content-Length: 1,1,1,1\n");
    let chunked = "HTTP/1.1 200 OK\r\nContent-Type: a/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    check(chunked, b"1\r\n[\r\n");
    check(chunked, b"1\r\n1\r\n1\r\n \r\n");
    check("", b"\0\x01\0\0\0\0");
    check("", b"\0\x01\0\0\xFF\xFF\x01\x01");
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[ -~é日\n]{0,8}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        let member = ("[a-z\\\\\"]{0,3}", inner.clone());
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(Into::into),
            proptest::collection::vec(member, 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Bytes that are close to valid input of the views.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let pieces: &[&[u8]] = &[
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"\"",
        b"\"a\"",
        b"\\",
        b"\\u00",
        b"-1.5e3",
        b"true",
        b" ",
        b"\n",
        b"\r\n",
        b"<",
        b">",
        b"</",
        b"/>",
        b"<a>",
        b"</a>",
        b"<b c='d'",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<?xml ",
        b"?>",
        b"<!DOCTYPE",
        b"GET / HTTP/1.1\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"\r\n\r\n",
        b"Content-Length: 9\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Type: a/json\r\n",
        b"Content-Type: a/xml\r\n",
        b"3\r\n",
        b"0\r\n",
        b"\0\x01\0\0\0\x06\x01",
        b"\0\x01\0\0\0\x0A\x01\x2B\x0E",
        b"\x01",
        b"\x03",
        b"\x0F\0\0\0\x03\x01",
        b"\x17\x02",
        b"\0\0",
        b"\x83\x02",
        b"\xFF",
        b"\xE6\x97",
        "\u{202E}".as_bytes(),
        b"\xEF\xBB\xBF",
    ];
    let first: &[&[u8]] = &[
        b"",
        b"[",
        b"<a>",
        b"GET / HTTP/1.1\r\n",
        b"\0\x01\0\0\0\x06\x01",
        b"HTTP/1.1 200 OK\r\nContent-Type: a/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: a/xml\r\n\r\n<a>",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(pieces.to_vec()).prop_map(<[u8]>::to_vec),
        1 => mostly_text(4),
    ];
    let rest = proptest::collection::vec(piece, 0..24);
    let first = proptest::sample::select(first.to_vec());
    (first, rest).prop_map(|(first, rest)| [first, &rest.concat()].concat())
}

/// Checks the properties of lines that hold for any bytes.
fn check_lines(pretty: Pretty, bytes: &[u8]) {
    let Ok(lines) = pretty.render(bytes) else {
        return;
    };
    assert!(!lines.is_empty());
    let mut is_shown = vec![false; bytes.len()];
    for line in &lines {
        assert!(line.text.len() <= TEXT_BYTES);
        assert_eq!(
            VisibleText::plain(line.text.clone()).marks,
            [],
            "hidden characters"
        );
        let mut end = 0;
        for (range, _) in &line.spans {
            assert!(end <= range.start && range.start < range.end);
            assert!(line.text.get(range.clone()).is_some());
            end = range.end;
        }
        let covered = is_shown.get_mut(line.source.clone());
        covered.expect("a source within the message").fill(true);
    }
    let is_blank = |byte: u8| byte.is_ascii_whitespace();
    let unshown = bytes
        .iter()
        .zip(is_shown)
        .position(|(&byte, is_shown)| !is_shown && !is_blank(byte));
    assert_eq!(
        unshown,
        None,
        "{pretty:?} of {}: {lines:#?}",
        bytes.escape_ascii()
    );
}

proptest! {
    #[test]
    fn any_bytes_are_lines_that_show_every_byte(bytes in prop_oneof![nearly(), any::<Vec<u8>>()]) {
        for pretty in Pretty::ALL {
            check_lines(pretty, &bytes);
        }
        if let Some(pretty) = Pretty::guess(&bytes) {
            prop_assert!(pretty.render(&bytes).is_ok());
        }
    }

    #[test]
    fn json_keeps_its_value(value in json()) {
        let compact = value.to_string();
        let lines = Pretty::Json.render(compact.as_bytes()).unwrap();
        let texts: Vec<_> = lines.into_iter().map(|line| line.text).collect();
        prop_assert_eq!(texts.join("\n"), format!("{value:#}"));
    }
}
