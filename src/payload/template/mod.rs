//! Templates: messages with fields in `{{…}}` that are computed when the message is sent.
//!
//! A typed message is [compiled](crate::payload::Draft::compile) once; each [rendering](Template::render) supplies what
//! is known only at the time of sending. The checksums and lengths of templates also [check](Check) received frames.

mod check;
mod complete;
mod field;
mod render;
mod words;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use check::{Check, CheckError, Mismatch, Unchecked, Verdict};
pub use complete::{Completed, Completion, complete};
pub use field::{
    AddressPart, Field, FieldKind, FieldProblem, HexDigits, LenField, NumberForm, Over, SumField,
};
pub use render::{Computed, RenderError, RenderProblem, Rendered, Scene};

use super::encoding::Encoding;
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
    Field { field: Field, place: Position },
    /// A file, read.
    Read { bytes: Arc<[u8]>, place: Position },
}

impl Part {
    /// Its position in the text; `None` for a literal.
    fn place(&self) -> Option<&Position> {
        match self {
            Self::Literal(_) => None,
            Self::Field { place, .. } | Self::Read { place, .. } => Some(place),
        }
    }

    fn field(&self) -> Option<&Field> {
        match self {
            Self::Field { field, .. } => Some(field),
            Self::Literal(_) | Self::Read { .. } => None,
        }
    }
}

/// An invalid field and its position.
pub type FieldError = WrongAt<FieldProblem>;

/// The literals of a template's text, and its fields: one between each two literals.
pub(super) type Pieces = (Vec<Range<usize>>, Vec<(Field, Position)>);

/// Splits text into literals and fields.
pub(super) fn split(text: &str) -> Result<Pieces, FieldError> {
    let (mut literals, mut fields) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let open = at + open;
        let inner = text.get(open + 2..).unwrap_or_default();
        let error = |(problem, range)| FieldError {
            position: Position::of(text, range),
            problem,
        };
        let Some(len) = inner.find("}}") else {
            return Err(error((FieldProblem::Open, open..open + 2)));
        };
        literals.push(at..open);
        at = open + 2 + len + 2;
        let field = field::parse(inner.get(..len).unwrap_or_default(), open + 2).map_err(error)?;
        fields.push((field, Position::of(text, open..at)));
    }
    literals.push(at..text.len());
    check_ranges(&fields)?;
    Ok((literals, fields))
}

/// Checks that each named range has one beginning followed by one end, and that no field refers to an unknown range.
fn check_ranges(fields: &[(Field, Position)]) -> Result<(), FieldError> {
    let wrong = |place: &Position, problem| {
        Err(FieldError {
            position: place.clone(),
            problem,
        })
    };
    // The ranges that have begun; the place of those that have not ended.
    let mut ranges: Vec<(&String, Option<&Position>)> = Vec::new();
    for (field, place) in fields {
        match field {
            Field::Begin(name) if ranges.iter().any(|(begun, _)| *begun == name) => {
                return wrong(place, FieldProblem::TwoRanges(name.clone()));
            }
            Field::Begin(name) => ranges.push((name, Some(place))),
            Field::End(name) => {
                let mut open = ranges.iter_mut().filter(|(_, open)| open.is_some());
                let Some((_, open)) = open.find(|(begun, _)| *begun == name) else {
                    return wrong(place, FieldProblem::Range(name.clone()));
                };
                *open = None;
            }
            _ => {}
        }
    }
    if let Some((name, place)) = ranges
        .iter()
        .find_map(|(name, open)| Some((name, (*open)?)))
    {
        return wrong(place, FieldProblem::Range((*name).clone()));
    }
    for (field, place) in fields {
        if let Field::Len(LenField { over, .. }) | Field::Sum(SumField { over, .. }) = field
            && let Over::Named(name) = over
            && !ranges.iter().any(|(known, _)| *known == name)
        {
            return wrong(place, FieldProblem::Range(name.clone()));
        }
    }
    Ok(())
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

    pub(super) fn push_field(&mut self, field: Field, place: Position) {
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

    /// Returns its least length in bytes: that of its literals and files.
    pub fn least_len_bytes(&self) -> usize {
        let known = self.parts.iter().map(|part| match part {
            Part::Literal(bytes) => bytes.len(),
            Part::Read { bytes, .. } => bytes.len(),
            Part::Field { .. } => 0,
        });
        known.sum()
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
        let names_file = |part: &Part| matches!(part.field(), Some(Field::File(_)));
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
                field: Field::File(path),
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
