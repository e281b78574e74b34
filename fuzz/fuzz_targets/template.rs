//! Templates and checks, over any text: an error with its position, or bytes; and any frame can be checked.
//!
//! The first byte chooses how the text is parsed, where it is completed, whether there is a request, and whether the message
//! is a rule's; a check before it ends with a line feed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use bothends::payload::shape::Shape;
use bothends::payload::template::{Check, Names, RenderTime, Recall, Scene, SceneAddress, complete};
use bothends::payload::{Draft, Encoding, Format, LineEnding, MESSAGE_LIMIT_BYTES};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nA: b\r\n\r\n";

/// What an endpoint remembers.
struct Remembered;

impl Recall for Remembered {
    fn recall(&self, key: &[u8]) -> Option<&[u8]> {
        (key != b"a").then_some(b"12345678")
    }
}

fuzz_target!(|input: &[u8]| {
    let [flags, text @ ..] = input else { return };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    if let Some((rule, frame)) = text.split_once('\n')
        && let Ok(check) = rule.parse::<Check>()
    {
        assert_eq!(check.to_string().parse().as_ref(), Ok(&check));
        check.verify(frame.as_bytes());
    }
    let shape = Shape::parse("[a:3] 20 [n:1] [*]").expect("a shape");
    let names: Names = match flags & 32 {
        0 => Names::none(),
        _ => shape.names().collect(),
    };
    let cursor = usize::from(*flags).min(text.len());
    for completion in complete(text, cursor, &names) {
        assert!(completion.cursor <= completion.text.len());
        let mut completed = text.to_owned();
        completed.replace_range(completion.range, &completion.text);
    }
    let draft = Draft {
        text: text.to_owned(),
        format: if flags & 1 == 0 { Format::Text } else { Format::Hex },
        escapes: flags & 2 == 0,
        line_ending: if flags & 4 == 0 { LineEnding::None } else { LineEnding::CrLf },
        template: true,
    };
    let encoding = if flags & 8 == 0 { "utf-8" } else { "utf-16le" };
    let encoding: Encoding = encoding.parse().expect("a known name");
    let template = match draft.compile_with(encoding, &names) {
        Ok(template) => template,
        Err(error) => {
            if let Some(position) = error.position() {
                assert!(text.get(position.range.clone()).is_some(), "{error}");
            }
            return;
        }
    };
    let now = RenderTime::new(|| jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC));
    let rendered = template.render(&mut Scene {
        now: &now,
        peer: "127.0.0.1:9000".parse().ok().map(SceneAddress::Ip),
        local: (flags & 8 == 0).then_some(SceneAddress::Other(&"unix:/run/meter.sock")),
        connection: 1,
        count: u64::from(*flags) << 56,
        request: (flags & 16 == 0).then_some(REQUEST),
        pieces: &shape.find(REQUEST).expect("the request has the shape"),
        memory: Some(&Remembered),
        times: 1,
        random: &mut |bytes| bytes.fill(7),
    });
    let Ok(rendered) = rendered else { return };
    assert!(rendered.bytes.len() <= MESSAGE_LIMIT_BYTES);
    let mut end = 0;
    for computed in &rendered.computed {
        assert!(end <= computed.bytes.start && computed.bytes.end <= rendered.bytes.len());
        assert!(text.get(computed.text.clone()).is_some());
        end = computed.bytes.end;
    }
});
