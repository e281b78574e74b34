//! Tests of shapes: what they find, where they fail, and that neither text nor bytes can break them.

use proptest::prelude::*;

use super::*;
use crate::payload::hex::render;

fn shape(text: &str) -> Shape {
    Shape::parse(text).unwrap()
}

/// Checks the pieces that a shape finds: their names and bytes.
fn check(text: &str, request: &[u8], expected: &[(&str, &[u8])]) {
    let shape = shape(text);
    let pieces = shape.find(request).unwrap();
    let found: Vec<_> = pieces
        .iter()
        .map(|it| (&*it.name, &request[it.range.clone()]))
        .collect();
    assert_eq!(found, expected, "{text}");
    let names: Vec<_> = expected.iter().map(|(name, _)| *name).collect();
    assert_eq!(shape.names().collect::<Vec<_>>(), names, "{text}");
    assert_eq!(shape.to_string(), text);
}

#[test]
fn pieces_are_found_between_bytes() {
    check("0A", b"\n", &[]);
    check("0A0B ?? 0x0D", b"\n\x0B!\r", &[]);
    check("[id:2]", b"ab", &[("id", b"ab")]);
    // Modbus TCP: read holding registers.
    check(
        "[id:2] 00 00 [size:2] [unit:1] 03 [at:2] [n:2]",
        b"\x00\x07\x00\x00\x00\x06\x11\x03\x00\x6B\x00\x03",
        &[
            ("id", b"\x00\x07"),
            ("size", b"\x00\x06"),
            ("unit", b"\x11"),
            ("at", b"\x00\x6B"),
            ("n", b"\x00\x03"),
        ],
    );
    // MQTT 3.1.1: publish, with a length in two bytes.
    let publish = [b"\x30\xCA\x01\x00\x03a/b".as_slice(), &[b'x'; 197]].concat();
    check(
        "30 [size:varint] [n:2] [topic:n] [payload:*]",
        &publish,
        &[
            ("size", b"\xCA\x01"),
            ("n", b"\x00\x03"),
            ("topic", b"a/b"),
            ("payload", &[b'x'; 197]),
        ],
    );
    // PostgreSQL: bind names two texts.
    check(
        "42 [size:4] [portal:z] [statement:z] [*]",
        b"B\x00\x00\x00\x0D\0st\0\x00\x00\x00\x00",
        &[
            ("size", b"\x00\x00\x00\x0D"),
            ("portal", b""),
            ("statement", b"st"),
        ],
    );
    check(
        "[ line : * ] [crc:1] 0D 0A",
        b"abc!\r\n",
        &[("line", b"abc"), ("crc", b"!")],
    );
    check("[a:*] 0A", b"\n", &[("a", b"")]);
    check(
        "[n:1] [a:2*n-1] [b:0]",
        b"\x02abc",
        &[("n", b"\x02"), ("a", b"abc"), ("b", b"")],
    );
}

#[test]
fn a_length_from_a_varint_is_its_value() {
    let request = [b"\xC8\x01".as_slice(), &[b'x'; 200], b"!"].concat();
    check(
        "[n:varint] [body:n] 21",
        &request,
        &[("n", b"\xC8\x01"), ("body", &[b'x'; 200])],
    );
}

#[test]
fn a_mismatch_names_the_first_byte_and_the_item() {
    let check = |text: &str, request: &[u8], at: usize, item: &str, why: ShapeFault| {
        let mismatch = shape(text).find(request).unwrap_err();
        assert_eq!((mismatch.at, mismatch.why), (at, why), "{text}");
        assert_eq!(&text[mismatch.item], item, "{text}");
    };
    let byte = |expected, found| ShapeFault::Byte { expected, found };
    let short = |missing| ShapeFault::Short { missing };
    check("01 02", b"\x01\x03", 1, "02", byte(2, 3));
    check("01 02", b"\x01", 1, "02", short(1));
    check("01 ??", b"\x01", 1, "??", short(1));
    check("01", b"\x01\x02\x03", 1, "", ShapeFault::Long { extra: 2 });
    check("[a:4] 01", b"ab", 2, "[a:4]", short(2));
    check("[n:1] [a:3*n]", b"\x02a", 2, "[a:3*n]", short(5));
    check("[n:1] [a:n-3]", b"\x02a", 1, "[a:n-3]", ShapeFault::Amount);
    check("[n:9] [a:n]", b"123456789", 9, "[a:n]", ShapeFault::Amount);
    let most = u64::from(u32::MAX) * u64::from(u32::MAX) - 4;
    check(
        "[n:4][a:4294967295*n]",
        b"\xFF\xFF\xFF\xFF1234",
        8,
        "[a:4294967295*n]",
        short(most),
    );
    check(
        "[n:8][a:4294967295*n]",
        &[0xFF; 8],
        8,
        "[a:4294967295*n]",
        ShapeFault::Amount,
    );
    check("00 [a:varint]", b"\x00\x80", 2, "[a:varint]", short(1));
    check(
        "00 [a:varint]",
        b"\x00\x80\x80\x80\x80\x00",
        4,
        "[a:varint]",
        ShapeFault::Varint,
    );
    check("[a:z] 01", b"abc", 3, "[a:z]", short(1));
    check("[a:z] 01", b"abc\0\x02", 4, "01", byte(1, 2));
    check("[*] 0D 0A", b"a\n", 0, "0D", byte(0x0D, b'a'));
    check("[*] 0D 0A", b"abc\n\r", 3, "0D", byte(0x0D, b'\n'));
}

#[test]
fn what_is_no_shape_says_where() {
    let check = |text: &str, wrong: &str, expected: ShapeProblem| {
        let error = Shape::parse(text).unwrap_err();
        assert_eq!(error.problem, expected, "{text}");
        assert_eq!(&text[error.position.range], wrong, "{text}");
    };
    let name = |name: &str| ShapeProblem::Name(name.to_owned());
    let length = |length: &str| ShapeProblem::Length(length.to_owned());
    check("", "", ShapeProblem::Empty);
    check(" , ", " , ", ShapeProblem::Empty);
    check("01 2", "2", ShapeProblem::Hex(HexProblem::OddDigit('2')));
    check(
        "01 ]",
        "]",
        ShapeProblem::Hex(HexProblem::WrongCharacter(']')),
    );
    check("01 [a:2", "[", ShapeProblem::Open);
    check("[a]", "[a]", ShapeProblem::Piece);
    check("[]", "[]", ShapeProblem::Piece);
    check("[:2]", "", name(""));
    check("[ ä :2]", "ä", name("ä"));
    check("[1:2]", "1", name("1"));
    check("[z:2]", "z", name("z"));
    check("[varint:2]", "varint", name("varint"));
    check("[*:2]", "*", name("*"));
    check("[a:1] [a:1]", "a", ShapeProblem::Twice("a".to_owned()));
    check("[a:]", "", length(""));
    check("[a: 2 b ]", "2 b", length("2 b"));
    check("[a:4294967296]", "4294967296", length("4294967296"));
    check("[a:n] [n:1]", "n", ShapeProblem::Unknown("n".to_owned()));
    check("[a:a]", "a", ShapeProblem::Unknown("a".to_owned()));
    check("[*] [a:*]", "[a:*]", ShapeProblem::AfterRest);
    check("[n:1] [a:*] [b:n]", "[b:n]", ShapeProblem::AfterRest);
    check("[*] [a:varint]", "[a:varint]", ShapeProblem::AfterRest);
    let long = "00".repeat(MAX_SHAPE_ITEMS);
    assert!(Shape::parse(&long).is_ok());
    check(&format!("{long}01"), "01", ShapeProblem::TooMany);
}

/// A part of a shape with bytes that have it.
#[derive(Clone, Debug)]
enum Part {
    Byte(u8),
    Any(u8),
    Fixed(Vec<u8>),
    /// A length in so many bytes, so many times which, and so many more.
    Counted {
        width: u8,
        times: u8,
        factor: u8,
        plus: i8,
    },
    Varint(u32),
    ToZero(Vec<u8>),
}

/// A shape with bytes that have it, and the pieces in them.
#[derive(Default)]
struct Example {
    text: String,
    bytes: Vec<u8>,
    pieces: Vec<(String, Range<usize>)>,
}

impl Example {
    fn piece(&mut self, bytes: &[u8], len: &str) -> String {
        let name = format!("p{}", self.pieces.len());
        self.text.push_str(&format!("[{name}:{len}] "));
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.pieces.push((name.clone(), start..self.bytes.len()));
        name
    }

    fn push(&mut self, part: &Part) {
        match part {
            Part::Byte(byte) => {
                self.text.push_str(&render(&[*byte]));
                self.text.push(' ');
                self.bytes.push(*byte);
            }
            Part::Any(byte) => {
                self.text.push_str("??");
                self.bytes.push(*byte);
            }
            Part::Fixed(bytes) => {
                self.piece(bytes, &bytes.len().to_string());
            }
            Part::Counted {
                width,
                times,
                factor,
                plus,
            } => {
                let number = u64::from(*times).to_be_bytes();
                let width = usize::from(*width);
                let name = self.piece(&number[8 - width..], &width.to_string());
                let len = i64::from(*factor) * i64::from(*times) + i64::from(*plus);
                let len = usize::try_from(len).unwrap();
                self.piece(&vec![b'c'; len], &format!("{factor}*{name}{plus:+}"));
            }
            Part::Varint(number) => {
                let mut bytes = Vec::new();
                let mut rest = *number;
                while rest > 0x7F {
                    bytes.push(0x80 | (rest & 0x7F) as u8);
                    rest >>= 7;
                }
                bytes.push(rest as u8);
                let name = self.piece(&bytes, "varint");
                if *number < 1_000 {
                    self.piece(&vec![b'v'; *number as usize], &name);
                }
            }
            Part::ToZero(bytes) => {
                self.piece(bytes, "z");
                self.bytes.push(0);
            }
        }
    }
}

fn fixed_part() -> impl Strategy<Value = Part> {
    prop_oneof![
        any::<u8>().prop_map(Part::Byte),
        any::<u8>().prop_map(Part::Any),
        prop::collection::vec(any::<u8>(), 0..9).prop_map(Part::Fixed),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        3 => fixed_part(),
        1 => (1..=8_u8, 1..20_u8, 1..5_u8, -1..9_i8).prop_map(|(width, times, factor, plus)| {
            Part::Counted { width, times, factor, plus }
        }),
        1 => (0..1_u32 << 28).prop_map(Part::Varint),
        1 => (0..300_u32).prop_map(Part::Varint),
        1 => prop::collection::vec(1..=255_u8, 0..9).prop_map(Part::ToZero),
    ]
}

proptest! {
    #[test]
    fn what_has_a_shape_is_found_again(
        before in prop::collection::vec(part(), 0..8),
        rest in prop::option::of((any::<bool>(), prop::collection::vec(any::<u8>(), 0..30))),
        after in prop::collection::vec(fixed_part(), 1..5),
    ) {
        let mut example = Example::default();
        for part in &before {
            example.push(part);
        }
        match &rest {
            Some((true, bytes)) => {
                example.piece(bytes, "*");
            }
            Some((false, bytes)) => {
                example.text.push_str("[*]");
                example.bytes.extend_from_slice(bytes);
            }
            None => {}
        }
        for part in &after {
            example.push(part);
        }
        let shape = shape(&example.text);
        let found = shape.find(&example.bytes).unwrap();
        let found: Vec<_> = found.into_iter().map(|it| (it.name.to_string(), it.range)).collect();
        prop_assert_eq!(found, example.pieces);
        if rest.is_none() {
            let at = example.bytes.len();
            example.bytes.push(0);
            let mismatch = shape.find(&example.bytes).unwrap_err();
            prop_assert_eq!((mismatch.at, mismatch.why), (at, ShapeFault::Long { extra: 1 }));
        }
    }

    #[test]
    fn any_text_is_a_shape_or_an_error_in_it_and_any_bytes_match_or_fail_in_them(
        text in r"(\[[a-c]:(\*|z|varint|[0-3]|[2-3]\*a|[a-c][+-][0-9])\]|\[\*\]|\?\?|[0-9a-f]{2}|[\[\]:* ?xZ日]){0,8}",
        bytes in prop::collection::vec(prop::sample::select(&[0, 1, 2, 3, 0x80, 0xFF][..]), 0..24),
    ) {
        match Shape::parse(&text) {
            Ok(shape) => {
                prop_assert_eq!(shape.to_string(), &*text);
                match shape.find(&bytes) {
                    Ok(pieces) => {
                        prop_assert_eq!(pieces.len(), shape.names().count());
                        prop_assert!(pieces.iter().all(|it| bytes.get(it.range.clone()).is_some()));
                    }
                    Err(mismatch) => {
                        prop_assert!(mismatch.at <= bytes.len());
                        prop_assert!(text.get(mismatch.item).is_some());
                    }
                }
            }
            Err(error) => prop_assert!(text.get(error.position.range).is_some()),
        }
    }
}
