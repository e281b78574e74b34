//! Templates: messages with fields in `{{…}}` that are computed when the message is sent.
//!
//! A typed message is [compiled](crate::payload::Draft::compile) once; each [rendering](Template::render) supplies what
//! is known only at the time of sending. The checksums and lengths of templates also [check](Check) received frames.

mod amount;
mod check;
mod complete;
mod digest;
mod field;
mod memory;
mod parse;
mod place;
mod render;
mod request;
mod words;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use amount::{Amount, NoAmount};
pub use check::{Check, CheckError, Mismatch, Unchecked, Verdict};
pub use complete::{Completed, Completion, complete};
pub use field::{
    AddressPart, BytesForm, DigestField, FieldKind, HexDigits, LenField, NumberForm, Over,
    SumField, TemplateField, TemplateProblem,
};
pub use memory::{MemoryPlace, PlaceError, PlaceProblem, Resolved};
pub use render::{
    Computed, MAX_SHOWN_KEY_BYTES, Recall, RenderError, RenderProblem, RenderTime, Rendered, Scene,
    SceneAddress,
};
pub use request::{RequestPart, RequestProblem};

use super::encoding::Encoding;
pub use super::piece::{Names, Piece, piece};
use super::position::{Position, WrongAt};

/// A message with fields, ready to be rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
    /// The encoding of its fields' text.
    encoding: Encoding,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Bytes that stand for themselves.
    Literal(Vec<u8>),
    /// A field.
    Field {
        field: TemplateField,
        place: Position,
    },
    /// A file, read.
    Read { bytes: Arc<[u8]>, place: Position },
}

/// A part of a template, to be written in another notation.
#[derive(Clone, Copy, Debug)]
pub enum TemplatePart<'a> {
    /// Bytes that stand for themselves.
    Literal(&'a [u8]),
    /// A field.
    Field(&'a TemplateField),
    /// The bytes of a file that was read.
    File(&'a [u8]),
}

impl Part {
    /// Its position in the text; `None` for a literal.
    fn place(&self) -> Option<&Position> {
        match self {
            Self::Literal(_) => None,
            Self::Field { place, .. } | Self::Read { place, .. } => Some(place),
        }
    }

    fn field(&self) -> Option<&TemplateField> {
        match self {
            Self::Field { field, .. } => Some(field),
            Self::Literal(_) | Self::Read { .. } => None,
        }
    }
}

/// An invalid field of a template, and its position.
pub type TemplateError = WrongAt<TemplateProblem>;

/// The literals of a template's text, and its fields: one between each two literals.
pub(super) type Pieces = (Vec<Range<usize>>, Vec<(TemplateField, Position)>);

/// Splits text into literals and fields, of which those for pieces can have these names.
pub(super) fn split(text: &str, names: &Names) -> Result<Pieces, TemplateError> {
    let (mut literals, mut fields) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let open = at + open;
        let inner = text.get(open + 2..).unwrap_or_default();
        let error = |(problem, range)| TemplateError {
            position: Position::of(text, range),
            problem,
        };
        let Some(len) = inner.find("}}") else {
            return Err(error((TemplateProblem::Open, open..open + 2)));
        };
        literals.push(at..open);
        at = open + 2 + len + 2;
        let inner = inner.get(..len).unwrap_or_default();
        let field = parse::parse(inner, open + 2, names).map_err(error)?;
        fields.push((field, Position::of(text, open..at)));
    }
    literals.push(at..text.len());
    check_ranges(&fields)?;
    Ok((literals, fields))
}

/// Checks that each named range has one beginning followed by one end, and that no field refers to an unknown range.
fn check_ranges(fields: &[(TemplateField, Position)]) -> Result<(), TemplateError> {
    let wrong = |place: &Position, problem| {
        Err(TemplateError {
            position: place.clone(),
            problem,
        })
    };
    let mut ranges: Vec<NamedRange<'_>> = Vec::new();
    let mut hidden = Hidden::default();
    for (field, place) in fields {
        let hidden_before = hidden.current();
        hidden.see(field);
        match field {
            TemplateField::Begin { name, .. } if ranges.iter().any(|it| it.name == name) => {
                return wrong(place, TemplateProblem::TwoRanges(name.clone()));
            }
            TemplateField::Begin { name, .. } => ranges.push(NamedRange {
                name,
                open: Some(place),
                hidden: hidden_before,
            }),
            TemplateField::End(name) => {
                let mut open = ranges.iter_mut().filter(|it| it.open.is_some());
                let Some(range) = open.find(|it| it.name == name) else {
                    return wrong(place, TemplateProblem::Range(name.clone()));
                };
                range.open = None;
                if range.hidden != hidden.current() {
                    return wrong(place, TemplateProblem::HalfHidden(name.clone()));
                }
            }
            _ => {}
        }
    }
    if let Some((name, place)) = ranges.iter().find_map(|it| Some((it.name, it.open?))) {
        return wrong(place, TemplateProblem::Range(name.clone()));
    }
    for (field, place) in fields {
        if let Some(Over::Named(name)) = field.over()
            && !ranges.iter().any(|known| known.name == name)
        {
            return wrong(place, TemplateProblem::Range(name.clone()));
        }
    }
    Ok(())
}

/// A range that has begun.
struct NamedRange<'a> {
    name: &'a String,
    /// Where it began, if it has not ended.
    open: Option<&'a Position>,
    /// The hidden range in which it began.
    hidden: Option<usize>,
}

/// Where the fields of a template are hidden.
#[derive(Default)]
struct Hidden<'a> {
    /// The hidden range that is open. Others in it are part of it.
    open: Option<&'a String>,
    /// How many there are so far.
    count: usize,
}

impl<'a> Hidden<'a> {
    /// Takes the next field. Returns the index of the hidden range that it is part of; its ends are, too.
    fn see(&mut self, field: &'a TemplateField) -> Option<usize> {
        let before = self.current();
        match field {
            TemplateField::Begin {
                name,
                is_hidden: true,
            } if self.open.is_none() => {
                self.open = Some(name);
                self.count += 1;
            }
            TemplateField::End(name) if self.open == Some(name) => self.open = None,
            _ => {}
        }
        before.or(self.current())
    }

    /// Returns the index of the hidden range that is open.
    fn current(&self) -> Option<usize> {
        self.open.map(|_| self.count - 1)
    }
}

impl Template {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self {
            parts: Vec::new(),
            encoding,
        }
    }

    /// Makes a template of literal bytes.
    pub fn literal(bytes: Vec<u8>) -> Self {
        let mut template = Self::default();
        template.push_literal(bytes);
        template
    }

    #[cfg(test)]
    pub(super) fn literal_in(encoding: Encoding, first: &[u8], second: &[u8]) -> Self {
        let mut template = Self::new(encoding);
        template.push_literal(first.to_vec());
        template.push_literal(second.to_vec());
        template
    }

    pub(super) fn push_literal(&mut self, bytes: Vec<u8>) {
        if !bytes.is_empty() {
            self.parts.push(Part::Literal(bytes));
        }
    }

    pub(super) fn push_field(&mut self, field: TemplateField, place: Position) {
        self.parts.push(Part::Field { field, place });
    }

    /// Returns its bytes.
    ///
    /// # Errors
    ///
    /// The template itself, if its bytes are known only when it is sent.
    pub fn into_literal(self) -> Result<Vec<u8>, Self> {
        if self.has_fields() {
            return Err(self);
        }
        let literals = self.parts.into_iter().filter_map(|part| match part {
            Part::Literal(bytes) => Some(bytes),
            Part::Field { .. } | Part::Read { .. } => None,
        });
        Ok(literals.collect::<Vec<_>>().concat())
    }

    /// Returns its parts, in order.
    pub fn parts(&self) -> impl Iterator<Item = TemplatePart<'_>> {
        self.parts.iter().map(|part| match part {
            Part::Literal(bytes) => TemplatePart::Literal(bytes),
            Part::Field { field, .. } => TemplatePart::Field(field),
            Part::Read { bytes, .. } => TemplatePart::File(bytes),
        })
    }

    /// Returns its least length in bytes: that of its literals and files, as far as they are sent.
    pub fn least_len_bytes(&self) -> usize {
        let hidden = self.hidden();
        let known = self
            .parts
            .iter()
            .zip(hidden)
            .map(|(part, hidden)| match part {
                Part::Literal(bytes) if hidden.is_none() => bytes.len(),
                Part::Read { bytes, .. } if hidden.is_none() => bytes.len(),
                _ => 0,
            });
        known.sum()
    }

    /// Returns for each part the index of the hidden range that it is in.
    fn hidden(&self) -> Vec<Option<usize>> {
        let mut hidden = Hidden::default();
        let parts = self.parts.iter().map(|part| match part.field() {
            Some(field) => hidden.see(field),
            None => hidden.current(),
        });
        parts.collect()
    }

    /// Returns whether it has a field for the request that it answers, or a piece of it.
    pub fn needs_request(&self) -> bool {
        let mut fields = self.parts.iter().filter_map(Part::field);
        fields.any(TemplateField::needs_request)
    }

    /// Returns whether only a reply, or a message of a rule, can render it: it has a field for the request, or for what is
    /// remembered or counted.
    pub fn is_for_replies(&self) -> bool {
        let mut fields = self.parts.iter().filter_map(Part::field);
        fields.any(|it| {
            matches!(
                it,
                TemplateField::Request(_) | TemplateField::Memory(_) | TemplateField::Times { .. }
            )
        })
    }

    /// Returns whether it has neither bytes nor fields.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Returns whether it has fields, so that its bytes are known only when it is sent.
    pub fn has_fields(&self) -> bool {
        let is_field = |part: &Part| !matches!(part, Part::Literal(_));
        self.parts.iter().any(is_field)
    }

    /// Returns whether it has a field for a file that has not been read.
    pub fn names_files(&self) -> bool {
        let names_file = |part: &Part| matches!(part.field(), Some(TemplateField::File(_)));
        self.parts.iter().any(names_file)
    }

    /// Reads the files of its fields with `read`, so that rendering needs no files.
    ///
    /// # Errors
    ///
    /// The first file that could not be read, and why.
    pub fn read_files<E>(
        &mut self,
        mut read: impl FnMut(&Path) -> Result<Vec<u8>, E>,
    ) -> Result<(), (PathBuf, E)> {
        for part in &mut self.parts {
            let Part::Field {
                field: TemplateField::File(path),
                place,
            } = part
            else {
                continue;
            };
            let bytes = read(path).map_err(|error| (path.clone(), error))?;
            *part = Part::Read {
                bytes: bytes.into(),
                place: place.clone(),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
