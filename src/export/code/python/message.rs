//! Messages as expressions.

use super::{Program, python_bytes, python_text};
use crate::export::code::CodePlace;
use crate::export::code::message::{self, MessagePart, lack, parts};
use crate::payload::groups::RegexGroups;
use crate::payload::template::{LenField, NumberForm, Over, RequestPart, TemplateField};
use crate::script::Message;

const UNMASK: &str = include_str!("../../../../assets/code/python/unmask.py");

/// What a message can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variables {
    /// Nothing.
    Nothing,
    /// `request`: what it answers.
    Request,
    /// `request`, and its `pieces`.
    Pieces,
}

/// A message in Python.
pub(super) enum Written {
    /// These bytes.
    Bytes(Vec<u8>),
    /// An expression, and the lines before it.
    Computed { steps: String, value: String },
}

/// A part of an expression.
#[derive(Clone)]
enum Item<'a> {
    Bytes(Vec<u8>),
    Value(String),
    Len(&'a LenField),
    Begin { name: &'a str, is_hidden: bool },
    End,
}

/// A message being written.
struct Writer<'a, 'b> {
    program: &'b mut Program,
    place: &'b CodePlace,
    known: Variables,
    /// The variables of named ranges.
    ranges: Vec<(&'a str, String)>,
    steps: String,
    variables: usize,
}

impl Program {
    /// Writes a message.
    pub(super) fn message(
        &mut self,
        message: &Message,
        place: &CodePlace,
        known: Variables,
    ) -> Written {
        let parts = parts(message);
        let is_known = |part: &MessagePart<'_>| {
            matches!(
                part,
                MessagePart::Bytes(_) | MessagePart::Field(TemplateField::Braces)
            )
        };
        if parts.iter().all(is_known) {
            let mut lacks = Vec::new();
            return Written::Bytes(message::known_bytes(message, place, &mut lacks));
        }
        let mut writer = Writer {
            program: self,
            place,
            known,
            ranges: Vec::new(),
            steps: String::new(),
            variables: 0,
        };
        let mut items: Vec<_> = parts.iter().filter_map(|part| writer.item(part)).collect();
        writer.name_ranges(&mut items);
        writer.count(&mut items);
        let value = sum(&items);
        Written::Computed {
            steps: writer.steps,
            value,
        }
    }
}

impl<'a> Writer<'a, '_> {
    fn item(&mut self, part: &MessagePart<'a>) -> Option<Item<'a>> {
        let field = match part {
            MessagePart::Bytes(bytes) => return Some(Item::Bytes(bytes.to_vec())),
            MessagePart::Field(field) => *field,
        };
        let value = match field {
            TemplateField::Braces => return Some(Item::Bytes(b"{{".to_vec())),
            TemplateField::Len(len) => return Some(Item::Len(len)),
            TemplateField::Begin { name, is_hidden } => {
                let is_hidden = *is_hidden;
                return Some(Item::Begin { name, is_hidden });
            }
            TemplateField::End(_) => return Some(Item::End),
            other => self.field(other),
        };
        if value.is_none() {
            self.lacks(field);
        }
        value.map(Item::Value)
    }

    fn lacks(&mut self, field: &TemplateField) {
        self.program.lacks.push(lack(field, self.place));
    }

    /// Returns the expression of a field.
    fn field(&mut self, field: &TemplateField) -> Option<String> {
        match field {
            TemplateField::Uuid => {
                self.program.import("uuid");
                Some("str(uuid.uuid4()).encode()".to_owned())
            }
            TemplateField::RandomBytes(count) => {
                self.program.import("os");
                Some(format!("os.urandom({count})"))
            }
            TemplateField::RandomNumber {
                least,
                greatest,
                form,
            } => {
                self.program.import("random");
                number(&format!("random.randint({least}, {greatest})"), *form)
            }
            TemplateField::Unix { unit_nanos, form } => {
                self.program.import("time");
                number(&format!("time.time_ns() // {unit_nanos}"), *form)
            }
            TemplateField::Request(part) if self.known != Variables::Nothing => self.request(part),
            TemplateField::Piece(name) if self.known == Variables::Pieces => {
                Some(format!("pieces[{}]", python_text(name)))
            }
            TemplateField::Cased { piece, is_upper } if self.known != Variables::Nothing => {
                let whole = match piece {
                    Some(name) => format!("pieces[{}]", python_text(name)),
                    None => "request".to_owned(),
                };
                let case = if *is_upper { "upper" } else { "lower" };
                Some(format!("{whole}.{case}()"))
            }
            TemplateField::Times { form } if self.known == Variables::Pieces => {
                number("times", *form)
            }
            TemplateField::Unmask { data, key } if self.known == Variables::Pieces => {
                self.program.function(UNMASK);
                let (data, key) = (python_text(data), python_text(key));
                Some(format!("unmasked(pieces[{data}], pieces[{key}])"))
            }
            _ => None,
        }
    }

    fn request(&mut self, part: &RequestPart) -> Option<String> {
        match part {
            RequestPart::Bytes { from: 0, to: None } => Some("request".to_owned()),
            RequestPart::Bytes { from, to: None } => Some(format!("request[{from}:]")),
            RequestPart::Bytes { from, to: Some(to) } => Some(format!("request[{from}:{to}]")),
            RequestPart::Match(groups) => {
                let pattern = self.program.pattern(groups)?;
                let group = usize::from(groups.names().next().is_some());
                Some(format!("{pattern}.search(request)[{group}]"))
            }
            RequestPart::Header(_) => None,
        }
    }

    /// Puts each named range into a variable, the inner ones first.
    fn name_ranges(&mut self, items: &mut Vec<Item<'a>>) {
        while let Some(end) = items.iter().position(|it| matches!(it, Item::End)) {
            let begins = |it: &Item<'_>| matches!(it, Item::Begin { .. });
            let begin = items
                .get(..end)
                .and_then(|before| before.iter().rposition(begins));
            // Ranges that overlap are no ranges of ranges.
            let Some(begin) = begin else {
                items.remove(end);
                continue;
            };
            let inside: Vec<_> = items.drain(begin..=end).collect();
            let Some((Item::Begin { name, is_hidden }, inside)) = inside.split_first() else {
                continue;
            };
            let inside = inside.split_last().map_or(&[][..], |(_, inside)| inside);
            let mut inside = inside.to_vec();
            self.count(&mut inside);
            let value = sum(&inside);
            let variable = self.variable("part", &value);
            self.ranges.push((name, variable.clone()));
            if !is_hidden {
                items.insert(begin, Item::Value(variable));
            }
        }
    }

    /// Computes the lengths of what follows, the last one first, and of named ranges.
    fn count(&mut self, items: &mut Vec<Item<'a>>) {
        while let Some(at) = items.iter().rposition(|it| matches!(it, Item::Len(_))) {
            let mut tail = items.split_off(at + 1);
            let Some(Item::Len(len)) = items.pop() else {
                continue;
            };
            let counted = match &len.over {
                Over::After => {
                    let value = sum(&tail);
                    let variable = self.variable("rest", &value);
                    tail = vec![Item::Value(variable.clone())];
                    Some(variable)
                }
                Over::Named(name) => {
                    let range = self.ranges.iter().find(|(it, _)| it == name);
                    range.map(|(_, variable)| variable.clone())
                }
                Over::Before | Over::Bytes { .. } => None,
            };
            match counted.and_then(|counted| length(&counted, len)) {
                Some(length) => items.push(Item::Value(length)),
                None => self.lacks(&TemplateField::Len(len.clone())),
            }
            items.extend(tail);
        }
    }

    /// Gives a value a name; returns that.
    fn variable(&mut self, name: &str, value: &str) -> String {
        self.variables += 1;
        let name = match self.variables {
            1 => name.to_owned(),
            number => format!("{name}_{number}"),
        };
        self.steps += &format!("{name} = {value}\n");
        name
    }
}

impl Program {
    /// Adds a compiled regular expression; returns its name, or nothing if it has no form in Python.
    pub(super) fn pattern(&mut self, groups: &RegexGroups) -> Option<String> {
        let pattern = super::regex::python(&groups.syntax()?)?;
        Some(self.compiled(&pattern, ""))
    }

    /// Adds a compiled pattern of `re`; returns its name.
    pub(super) fn compiled(&mut self, pattern: &str, flags: &str) -> String {
        self.import("re");
        self.numbered("PATTERN", &format!("re.compile(rb\"{pattern}\"{flags})"))
    }
}

/// Returns the sum of the parts.
fn sum(items: &[Item<'_>]) -> String {
    let mut values: Vec<String> = Vec::new();
    let mut bytes = Vec::new();
    for item in items {
        match item {
            Item::Bytes(more) => bytes.extend_from_slice(more),
            Item::Value(value) => {
                if !bytes.is_empty() {
                    values.push(python_bytes(&std::mem::take(&mut bytes)));
                }
                values.push(value.clone());
            }
            Item::Len(_) | Item::Begin { .. } | Item::End => {}
        }
    }
    if !bytes.is_empty() || values.is_empty() {
        values.push(python_bytes(&bytes));
    }
    values.join(" + ")
}

fn length(variable: &str, len: &LenField) -> Option<String> {
    let value = match len.adjust {
        0 => format!("len({variable})"),
        more @ 1.. => format!("len({variable}) + {more}"),
        less => format!("len({variable}) - {}", less.unsigned_abs()),
    };
    number(&value, len.form)
}

/// Returns the bytes of a number.
fn number(value: &str, form: NumberForm) -> Option<String> {
    Some(match form {
        NumberForm::Decimal { width: 0 } => format!("b\"%d\" % ({value})"),
        NumberForm::Decimal { width } => format!("b\"%0{width}d\" % ({value})"),
        NumberForm::Bytes {
            width,
            is_little_endian,
        } => {
            let order = if is_little_endian { "little" } else { "big" };
            format!("({value}).to_bytes({width}, \"{order}\")")
        }
        NumberForm::Varint => return None,
    })
}
