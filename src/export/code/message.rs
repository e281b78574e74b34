//! Templates as parts that have a form in other languages.

use super::{CodeLack, CodePlace};
use crate::payload::template::{FieldKind, TemplateField, TemplatePart};
use crate::script::Message;

/// A part of a message.
pub(super) enum MessagePart<'a> {
    Bytes(&'a [u8]),
    Field(&'a TemplateField),
}

/// Returns the parts of a message.
pub(super) fn parts(message: &Message) -> Vec<MessagePart<'_>> {
    let template = match message {
        Message::Bytes(bytes) => return vec![MessagePart::Bytes(bytes)],
        Message::Template(template) => template,
    };
    let part = |part| match part {
        TemplatePart::Literal(bytes) | TemplatePart::File(bytes) => MessagePart::Bytes(bytes),
        TemplatePart::Field(field) => MessagePart::Field(field),
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
            MessagePart::Bytes(part) => bytes.extend_from_slice(part),
            MessagePart::Field(TemplateField::Braces) => bytes.extend_from_slice(b"{{"),
            MessagePart::Field(field) => lacks.push(lack(field, place)),
        }
    }
    bytes
}

/// Returns that a field is not carried over.
pub(super) fn lack(field: &TemplateField, place: &CodePlace) -> CodeLack {
    CodeLack::Field {
        place: place.clone(),
        field: name(field),
    }
}

/// Returns the name of a field.
fn name(field: &TemplateField) -> &'static str {
    let kind = match field {
        TemplateField::Counter { .. } => FieldKind::Counter,
        TemplateField::Time { .. } => FieldKind::Time,
        TemplateField::Unix { .. } => FieldKind::Unix,
        TemplateField::RandomBytes(_) | TemplateField::RandomNumber { .. } => FieldKind::Random,
        TemplateField::Uuid => FieldKind::Uuid,
        TemplateField::File(_) => FieldKind::File,
        TemplateField::Begin { .. } => FieldKind::Begin,
        TemplateField::End(_) => FieldKind::End,
        TemplateField::Len(_) => FieldKind::Len,
        TemplateField::Sum(field) => return field.checksum.name(),
        TemplateField::Digest(field) if field.is_hashed => FieldKind::Sha1,
        TemplateField::Digest(_) => FieldKind::Base64,
        TemplateField::Request(_) | TemplateField::Piece(_) => FieldKind::Request,
        TemplateField::Memory(_) => FieldKind::Memory,
        TemplateField::Times { .. } => FieldKind::Times,
        TemplateField::Cased { is_upper: true, .. } => FieldKind::Upper,
        TemplateField::Cased { .. } => FieldKind::Lower,
        TemplateField::Number { .. } => FieldKind::Number,
        TemplateField::Unmask { .. } => FieldKind::Unmask,
        TemplateField::Address { is_peer: true, .. } => FieldKind::Peer,
        TemplateField::Address { .. } => FieldKind::Local,
        TemplateField::Connection => FieldKind::Connection,
        TemplateField::Braces => FieldKind::Braces,
    };
    kind.name()
}
