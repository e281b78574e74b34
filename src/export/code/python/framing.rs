//! What cuts the received stream.

use super::{Program, python_bytes};
use crate::export::code::CodeLack;
use crate::payload::framing::{Framing, LineBreak, MAX_FRAME_BYTES};

/// What the loop over a connection takes.
pub(super) struct PythonFrames {
    /// The function that yields them.
    pub(super) source: &'static str,
    /// What one of them is called.
    pub(super) name: &'static str,
    /// The function that returns one without its delimiters, if it has some.
    pub(super) body: Option<&'static str>,
}

macro_rules! asset {
    ($name:literal) => {
        include_str!(concat!("../../../../assets/code/python/", $name, ".py"))
    };
}

impl Program {
    /// Adds what cuts by a framing.
    pub(super) fn frames(&mut self, framing: Option<&Framing>) -> PythonFrames {
        let (text, body) = match framing {
            None => return self.chunks(),
            Some(Framing::Line(LineBreak::Any)) => (asset!("lines"), Some(asset!("lines_body"))),
            Some(Framing::Line(LineBreak::Lf)) => self.until(b"\n"),
            Some(Framing::Line(LineBreak::CrLf)) => self.until(b"\r\n"),
            Some(Framing::Line(LineBreak::Cr)) => self.until(b"\r"),
            Some(Framing::Delimiter(delimiter)) => self.until(delimiter),
            Some(Framing::Fixed(bytes)) => {
                self.constant("FRAME_BYTES", &bytes.to_string());
                (asset!("fixed"), None)
            }
            Some(Framing::Length(prefix)) => {
                let order = if prefix.is_big_endian {
                    "big"
                } else {
                    "little"
                };
                let beside = if prefix.counts_itself {
                    i64::from(prefix.offset)
                } else {
                    i64::from(prefix.offset) + i64::from(prefix.width)
                };
                let beside = beside + i64::from(prefix.adjust);
                self.constant("LENGTH_AT", &prefix.offset.to_string());
                self.constant("LENGTH_END", &prefix.head_bytes().to_string());
                self.constant("LENGTH_ORDER", &format!("\"{order}\""));
                self.constant("BESIDE_LENGTH", &beside.to_string());
                self.constant("MAX_FRAME_BYTES", &MAX_FRAME_BYTES.to_string());
                (asset!("length"), None)
            }
            Some(Framing::Varint(prefix)) => {
                self.constant("VARINT_AT", &prefix.offset.to_string());
                self.constant("VARINT_BYTES", &prefix.most_bytes.to_string());
                self.constant("MAX_FRAME_BYTES", &MAX_FRAME_BYTES.to_string());
                (asset!("varint"), None)
            }
            Some(Framing::Between(marks)) if marks.escape.is_none() => {
                self.constant("START", &python_bytes(&marks.start));
                self.constant("END", &python_bytes(&marks.end));
                (asset!("marks"), Some(asset!("marks_body")))
            }
            Some(Framing::Silence(silence)) => {
                self.constant("SILENCE_SECONDS", &silence.as_secs_f64().to_string());
                (asset!("silence"), None)
            }
            Some(other) => {
                self.lacks.push(CodeLack::Framing(other.to_string()));
                return self.chunks();
            }
        };
        self.function(text);
        PythonFrames {
            source: "frames",
            name: "frame",
            body,
        }
    }

    fn chunks(&mut self) -> PythonFrames {
        self.function(asset!("chunks"));
        PythonFrames {
            source: "chunks",
            name: "chunk",
            body: None,
        }
    }

    fn until(&mut self, delimiter: &[u8]) -> (&'static str, Option<&'static str>) {
        self.constant("DELIMITER", &python_bytes(delimiter));
        (asset!("delimiter"), Some(asset!("delimiter_body")))
    }
}
