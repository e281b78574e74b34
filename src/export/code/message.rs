//! Templates as parts that have a form in other languages.

use super::{CodeLack, CodePlace};
use crate::payload::template::{Field, FieldKind, TemplatePart};
use crate::script::Message;

/// A part of a message.
pub(super) enum Part<'a> {
    Bytes(&'a [u8]),
    Field(&'a Field),
}

/// Returns the parts of a message.
pub(super) fn parts(message: &Message) -> Vec<Part<'_>> {
    let template = match message {
        Message::Bytes(bytes) => return vec![Part::Bytes(bytes)],
        Message::Template(template) => template,
    };
    let part = |part| match part {
        TemplatePart::Literal(bytes) | TemplatePart::File(bytes) => Part::Bytes(bytes),
        TemplatePart::Field(field) => Part::Field(field),
    };
    template.parts().map(part).collect()
}

/// Returns the bytes of a message as far as they are always the same, and notes the fields that stand for others.
pub(super) fn known_bytes(
    message: &Message,
    place: &CodePlace,
    lacks: &mut Vec<CodeLack>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts(message) {
        match part {
            Part::Bytes(part) => bytes.extend_from_slice(part),
            Part::Field(Field::Braces) => bytes.extend_from_slice(b"{{"),
            Part::Field(field) => lacks.push(lack(field, place)),
        }
    }
    bytes
}

/// Returns that a field is not carried over.
pub(super) fn lack(field: &Field, place: &CodePlace) -> CodeLack {
    CodeLack::Field {
        place: place.clone(),
        field: name(field),
    }
}

/// Returns the name of a field.
fn name(field: &Field) -> &'static str {
    let kind = match field {
        Field::Counter { .. } => FieldKind::Counter,
        Field::Time { .. } => FieldKind::Time,
        Field::Unix { .. } => FieldKind::Unix,
        Field::RandomBytes(_) | Field::RandomNumber { .. } => FieldKind::Random,
        Field::Uuid => FieldKind::Uuid,
        Field::File(_) => FieldKind::File,
        Field::Begin { .. } => FieldKind::Begin,
        Field::End(_) => FieldKind::End,
        Field::Len(_) => FieldKind::Len,
        Field::Sum(field) => return field.checksum.name(),
        Field::Digest(field) if field.is_hashed => FieldKind::Sha1,
        Field::Digest(_) => FieldKind::Base64,
        Field::Request(_) | Field::Piece(_) => FieldKind::Request,
        Field::Memory(_) => FieldKind::Memory,
        Field::Times { .. } => FieldKind::Times,
        Field::Cased { is_upper: true, .. } => FieldKind::Upper,
        Field::Cased { .. } => FieldKind::Lower,
        Field::Number { .. } => FieldKind::Number,
        Field::Unmask { .. } => FieldKind::Unmask,
        Field::Address { is_peer: true, .. } => FieldKind::Peer,
        Field::Address { .. } => FieldKind::Local,
        Field::Connection => FieldKind::Connection,
        Field::Braces => FieldKind::Braces,
    };
    kind.name()
}
