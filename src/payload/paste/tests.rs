//! Output of the tools, and other text that people paste.

use proptest::prelude::*;

use super::*;
use crate::payload::copy::{self, CopyFormat};
use crate::payload::{HexLine, MESSAGE_LIMIT_BYTES, StreamEnd, TextStart};

const HELLO: &[u8] = b"Hello, world.\nhow are you? deadbeef 41 42\n";

fn found(text: &str) -> Option<(PasteKind, Vec<u8>)> {
    detect(text).map(|pasted| (pasted.kind, pasted.bytes))
}

/// Checks a text in all the variants in which it may be pasted.
fn check(kind: PasteKind, text: &str, bytes: &[u8]) {
    let trimmed_lines: Vec<&str> = text.lines().map(str::trim).collect();
    let indented_lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    let texts = [
        text.to_owned(),
        text.trim().to_owned(),
        format!("\n\n{text}\n \n"),
        text.replace('\n', "\r\n"),
        trimmed_lines.join("\n"),
        indented_lines.join("\n"),
        text.replace('\n', "\n\n"),
    ];
    for text in &texts {
        assert_eq!(found(text), Some((kind, bytes.to_vec())), "{text}");
    }
}

fn check_text(text: &str) {
    assert_eq!(found(text), None, "{text}");
}

#[test]
fn dumps_of_xxd_are_recognised() {
    let check = |text: &str| check(PasteKind::Xxd, text, HELLO);
    check(
        "00000000: 4865 6c6c 6f2c 2077 6f72 6c64 2e0a 686f  Hello, world..ho\n\
         00000010: 7720 6172 6520 796f 753f 2064 6561 6462  w are you? deadb\n\
         00000020: 6565 6620 3431 2034 320a                 eef 41 42.\n",
    );
    check(
        "00000000: 48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 68 6f  Hello, world..ho\n\
         00000010: 77 20 61 72 65 20 79 6f 75 3f 20 64 65 61 64 62  w are you? deadb\n\
         00000020: 65 65 66 20 34 31 20 34 32 0a                    eef 41 42.\n",
    );
    check(
        "00000000: 4865 6C6C 6F2C 2077 6F72 6C64 2E0A 686F  Hello, world..ho\n\
         00000010: 7720 6172 6520 796F 753F 2064 6561 6462  w are you? deadb\n\
         00000020: 6565 6620 3431 2034 320A                 eef 41 42.\n",
    );
    check(
        "00000000: 4865 6c6c 6f2c 2077  Hello, w\n\
         00000008: 6f72 6c64 2e0a 686f  orld..ho\n\
         00000010: 7720 6172 6520 796f  w are yo\n\
         00000018: 753f 2064 6561 6462  u? deadb\n\
         00000020: 6565 6620 3431 2034  eef 41 4\n\
         00000028: 320a                 2.\n",
    );
    check(
        "00000000: 48656c6c 6f2c2077 6f726c64 2e0a686f 77206172  Hello, world..how ar\n\
         00000014: 6520796f 753f2064 65616462 65656620 34312034  e you? deadbeef 41 4\n\
         00000028: 320a                                          2.\n",
    );
    check(
        "00000000: 48656c6c6f2c20776f726c642e0a686f  Hello, world..ho\n\
         00000010: 772061726520796f753f206465616462  w are you? deadb\n\
         00000020: 6565662034312034320a              eef 41 42.\n",
    );
    // `xxd -d`.
    check(
        "00000000: 4865 6c6c 6f2c 2077 6f72 6c64 2e0a 686f  Hello, world..ho\n\
         00000016: 7720 6172 6520 796f 753f 2064 6561 6462  w are you? deadb\n\
         00000032: 6565 6620 3431 2034 320a                 eef 41 42.\n",
    );
    // Without the text column.
    check(
        "00000000: 4865 6c6c 6f2c 2077 6f72 6c64 2e0a 686f\n\
         00000010: 7720 6172 6520 796f 753f 2064 6561 6462\n\
         00000020: 6565 6620 3431 2034 320a\n",
    );
}

#[test]
fn partial_and_unusual_dumps_are_recognised() {
    let check = |text: &str, bytes: &[u8]| check(PasteKind::Xxd, text, bytes);
    check(
        "00000010: 7720 6172 6520 796f 753f 2064 6561 6462  w are you? deadb\n\
         00000020: 6565 6620 3431 2034 320a                 eef 41 42.\n",
        &HELLO[16..],
    );
    check(
        "00000020: 6565 6620 3431 2034 320a                 eef 41 42.\n",
        &HELLO[32..],
    );
    check(
        "00000000: 4865 6c6c 6f2c 2077 6f72 6c64 0a         Hello, world.",
        b"Hello, world\n",
    );
    check(
        "00000000: 6162 63                                  abc",
        b"abc",
    );
    check("00000000: 61  a\n00000001: 62  b\n", b"ab");
    check(
        "0000000: 6162 63                                  abc",
        b"abc",
    );
    check(
        "00000000: 3431 3432                                4142",
        b"4142",
    );
    check(
        "00000000: 4141 4242 4343 4444 4141 4242 4343 4444  AABBCCDDAABBCCDD\n\
         00000010: 3132                                     12\n",
        b"AABBCCDDAABBCCDD12",
    );
    check(
        "00000000: 2020 2020 6162 2020                          ab  \n",
        b"    ab  ",
    );
    check(
        "00000000: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n\
         *\n\
         00000030: 0000                                     ..\n",
        &[0; 50],
    );
    // A byte was edited, but not the text.
    check(
        "00000000: 4865 6c6c 6f2c 2077  Hello, w\n00000008: 7272 6c64 2e0a       orld..\n",
        b"Hello, wrrld.\n",
    );
}

#[test]
fn dumps_of_hexdump_are_recognised() {
    let check = |text: &str, bytes: &[u8]| check(PasteKind::Hexdump, text, bytes);
    check(
        "00000000  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 2e 0a 68 6f  |Hello, world..ho|\n\
         00000010  77 20 61 72 65 20 79 6f  75 3f 20 64 65 61 64 62  |w are you? deadb|\n\
         00000020  65 65 66 20 34 31 20 34  32 0a                    |eef 41 42.|\n\
         0000002a\n",
        HELLO,
    );
    check(
        "00000000  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 2e 0a 68 6f  |Hello, world..ho|\n",
        &HELLO[..16],
    );
    check(
        "00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n\
         *\n\
         00000060  00 00 00 00 61 62 63 0a                           |....abc.|\n\
         00000068\n",
        &[vec![0; 100], b"abc\n".to_vec()].concat(),
    );
    check(
        "00000000  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|\n\
         *\n\
         00000030\n",
        &[b'a'; 48],
    );
    check(
        "00000000  20 20 20                                          |   |\n00000003\n",
        b"   ",
    );
}

#[test]
fn dumps_of_od_are_recognised() {
    let check = |text: &str, bytes: &[u8]| check(PasteKind::Od, text, bytes);
    check(
        "000000 48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 68 6f  >Hello, world..ho<\n\
         000010 77 20 61 72 65 20 79 6f 75 3f 20 64 65 61 64 62  >w are you? deadb<\n\
         000020 65 65 66 20 34 31 20 34 32 0a                    >eef 41 42.<\n\
         00002a\n",
        HELLO,
    );
    check(
        "0000000 48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 68 6f\n\
         0000020 77 20 61 72 65 20 79 6f 75 3f 20 64 65 61 64 62\n\
         0000040 65 65 66 20 34 31 20 34 32 0a\n\
         0000052\n",
        HELLO,
    );
    check(
        "0000000 48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 68 6f  >Hello, world..ho<\n\
         0000016 77 20 61 72 65 20 79 6f 75 3f 20 64 65 61 64 62  >w are you? deadb<\n\
         0000032 65 65 66 20 34 31 20 34 32 0a                    >eef 41 42.<\n\
         0000042\n",
        HELLO,
    );
    check(
        "000000 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  >................<\n\
         *\n\
         000030 00 00                                            >..<\n\
         000032\n",
        &[0; 50],
    );
}

#[test]
fn dumps_of_packets_are_recognised() {
    check(
        PasteKind::Wireshark,
        "0000   48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 68 6f   Hello, world..ho\n\
         0010   77 20 61 72 65 20 79 6f 75 3f 20 64 65 61 64 62   w are you? deadb\n\
         0020   65 65 66 20 34 31 20 34 32 0a                     eef 41 42.\n",
        HELLO,
    );
    check(
        PasteKind::Wireshark,
        "0000   48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 68 6f\n\
         0010   77 20 61 72 65 20 79 6f 75 3f 20 64 65 61 64 62\n\
         0020   65 65 66 20 34 31 20 34 32 0a\n",
        HELLO,
    );
    check(
        PasteKind::Wireshark,
        "0000   45 00 00 3c   E..<\n",
        b"E\0\0<",
    );
    check(
        PasteKind::Wireshark,
        "0000   01 03 00 00 00 0a c5 cd\n",
        b"\x01\x03\0\0\0\x0A\xC5\xCD",
    );
    // Wireshark's followed stream groups the text too.
    check(
        PasteKind::HexDump,
        "00000000  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 2e 0a 68 6f  Hello, w orld..ho\n\
         00000010  77 20 61 72 65 20 79 6f  75 3f 20 64 65 61 64 62  w are yo u? deadb\n\
         00000020  65 65 66 20 34 31 20 34  32 0a                    eef 41 4 2.\n",
        HELLO,
    );
    check(
        PasteKind::Tcpdump,
        "\t0x0000:  4500 0052 1234 0000 ff06 926c 0a01 0101  E..R.4.....l....\n\
         \t0x0010:  2c20 776f 726c 642e 0a68 6f77 2061 7265  ,.world..how.are\n\
         \t0x0020:  320a                                     2.\n",
        b"E\0\0R\x124\0\0\xFF\x06\x92l\x0A\x01\x01\x01, world.\nhow are2\n",
    );
}

#[test]
fn other_dumps_stay_text() {
    // Machine words, bits, octal numbers and characters.
    check_text("0000000 6548 6c6c 2c6f 7720 726f 646c 0a2e 6f68\n0000010\n");
    check_text("0000000 062510 066154 026157 073440 071157 062154 005056 067550\n0000020\n");
    check_text("00000000: 01001000 01100101 01101100 01101100 01101111 00101100  Hello,\n");
    check_text("00000000: 6c6c6548 77202c6f 646c726f 6f680a2e  Hello, world..ho\n");
    check_text("0000000   H   e   l   l   o   ,\n0000006\n");
    // Lines whose offsets are not consecutive.
    check_text("00000000: 6162 63  abc\n00000010: 6162 63  abc\n");
    check_text("00000000: 6162  ab\n00000002: 616263  abc\n00000005: 61  a\n");
    check_text("00000000  61 62 63 64  |abcd|\n00000005\n");
    check_text("00000000  61 62 63 64  |abcd|\n00000004\n00000004  61 62\n");
    check_text("00000000  61 62 63 64  |abcd|\nand so on\n");
    // Repeated lines without a preceding line or a following offset, or with a partial line.
    check_text("*\n00000010  61 62 63 64  |abcd|\n00000014\n");
    check_text("00000000  61 62 63 64  |abcd|\n*\n");
    check_text("00000000  61 62 63 64  |abcd|\n*\n*\n00000008\n");
    check_text("00000000  61 62 63 64  |abcd|\n*\n00000006\n");
    check_text("00000000  61 62 63 64  |abcd|\n*\n00000004\n");
    check_text("00000000\n");
    // Text that does not match the bytes.
    check_text("00000000: 6162 63  ab\n");
    check_text("00000000: 6162 6364  wxyz\n");
    check_text("fffffffffffffffe: 6162 6364  abcd\nffffffffffffffff: 61  a\n");
}

#[test]
fn repeated_lines_are_bounded() {
    let dump = |end: usize| {
        let line = "00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|";
        format!("00000000  {line}\n*\n{end:08x}\n")
    };
    let pasted = detect(&dump(MESSAGE_LIMIT_BYTES)).unwrap();
    assert_eq!(pasted.bytes.len(), MESSAGE_LIMIT_BYTES);
    check_text(&dump(MESSAGE_LIMIT_BYTES + 16));
    check_text(&dump(0xFFFF_FFF0));
}

#[test]
fn code_and_digits_are_recognised() {
    check(
        PasteKind::CArray,
        "unsigned char pp_bin[] = {\n  \
           0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x2c, 0x20, 0x77, 0x6f, 0x72, 0x6c, 0x64,\n  \
           0x2e, 0x0a, 0x68, 0x6f, 0x77, 0x20, 0x61, 0x72, 0x65, 0x20, 0x79, 0x6f,\n  \
           0x75, 0x3f, 0x20, 0x64, 0x65, 0x61, 0x64, 0x62, 0x65, 0x65, 0x66, 0x20,\n  \
           0x34, 0x31, 0x20, 0x34, 0x32, 0x0a\n\
         };\n\
         unsigned int pp_bin_len = 42;\n",
        HELLO,
    );
    check(
        PasteKind::CArray,
        "/* Frame (4 bytes) */\nstatic const unsigned char pkt1[4] = {\n0x45, 0x00, 0x00, 0x3c  /* E..< */\n};\n",
        b"E\0\0<",
    );
    check(PasteKind::CString, r#""\x48\x65llo\0""#, b"Hello\0");
    check(
        PasteKind::CString,
        "\"\\x45\\x00\\x00\\x3c\" \\\n\"\\x41\\x00\"\n",
        b"E\0\0<A\0",
    );
    check(
        PasteKind::HexDigits,
        "48656c6c6f2c20776f726c642e0a686f772061726520796f753f20646561\n64626565662034312034320a\n"
            .trim_end(),
        HELLO,
    );
    check(
        PasteKind::HexDigits,
        "01 03 00 00 00 0A",
        &[1, 3, 0, 0, 0, 10],
    );
    // `xxd -i` of a pipe, and `od -A n -t x1`.
    check(
        PasteKind::HexDigits,
        "  0x48, 0x65, 0x6c,\n  0x6c, 0x6f\n",
        b"Hello",
    );
    check(PasteKind::HexDigits, " 48 65 6c\n 6c 6f\n", b"Hello");
}

#[test]
fn ordinary_text_stays_text() {
    for text in [
        "",
        " \n\t",
        "*",
        "Hello, server!",
        "GET / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 10\r\n\r\n",
        r#"{"id": 1, "values": [1, 2, 3, 4], "text": "\u0041"}"#,
        "[1,2,3,4]",
        "deadbeef",
        "face cafe",
        "a bad cafe faded",
        "10 20 30 40",
        "2026-11-23",
        "2026-11-23 12:01:05",
        "2026 11 23 12 01",
        "20261123 10 20 30",
        "20261123: 10 20 30 40",
        "1000 10 20 30\n1003 11 22 33\n",
        "2024  12 45\n2026  13 46\n2028  14 47\n",
        "0000 12 34 56 78",
        "12:01:05",
        "12:01:05 [10] {20}",
        "0800 12 34 56",
        "+49 (89) 12 34 56",
        "192.168.178.20",
        "fe80::1ff:fe23:4567:890a",
        "550e8400-e29b-41d4-a716-446655440000",
        "char name[16] = {0};",
        "if (a[0x10] == b[0x20]) { return 0; }",
        "see [1], [2] and {3}",
        r"C:\x41\x42",
        "printf(\"hello\\n\");",
        "SELECT * FROM a WHERE b IN (1, 2, 3)",
        "*IDN?\n*RST\n",
        "\u{FEFF}日本語 10 20",
    ] {
        check_text(text);
    }
}

#[test]
fn long_hostile_text_is_rejected_in_linear_time() {
    let len = 1 << 18;
    for piece in [
        "[",
        "{1,",
        "[/*",
        "'",
        "\"\\x41",
        "/*",
        "//\n",
        "*\n",
        "0000  ",
        "00 ",
        "00000000: ",
        "\\",
        "|",
        " ",
        "[0x1,'['",
        "0x",
        "\n",
        "00000000  00  |.|\n*\n",
    ] {
        // The result does not matter here, only that each byte is read a few times at most.
        detect(&piece.repeat(len / piece.len()));
        detect(&format!("00000000: 41 {}", piece.repeat(len / piece.len())));
        detect(&format!("{{0x41, {}", piece.repeat(len / piece.len())));
    }
}

#[test]
fn copied_payloads_are_recognised() {
    let copied = |format| copy::write(format, TextStart::default(), HELLO, StreamEnd::Open);
    check(PasteKind::HexDigits, &copied(CopyFormat::Hex), HELLO);
    check(PasteKind::CArray, &copied(CopyFormat::CArray), HELLO);
}

fn noise() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), Just(b' '), Just(0), b'0'..=b'9', b'a'..=b'f'];
    proptest::collection::vec(byte, 4..100)
}

proptest! {
    #[test]
    fn our_own_dumps_are_recognised(bytes in noise(), start in 0..1_000_000_u64) {
        let start = 16 * start;
        let lines = bytes.chunks(16).zip((start..).step_by(16));
        let lines: Vec<String> = lines.map(|(line, offset)| HexLine::new(offset, line).to_string()).collect();
        prop_assert_eq!(found(&lines.join("\n")), Some((PasteKind::HexDump, bytes)));
    }

    #[test]
    fn nothing_panics_and_nothing_is_empty(
        text in "([0-9a-f]{2,8}|0x|0000|[ \n:*|\\\\\"'{}\\[\\],<>-]|\\\\x[0-9a-f]{2}|byte|//|/\\*|é){0,40}"
    ) {
        let pasted = detect(&text);
        prop_assert!(pasted.is_none_or(|pasted| !pasted.bytes.is_empty()));
    }
}
