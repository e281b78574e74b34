//! A table of a document's file that is being read: the values of its keys, or where one is wrong.

use std::ops::Range;

use toml_edit::{ArrayOfTables, Item, Table, TableLike};

use super::FORMAT;
use super::edit::EditError;
use super::error::{DocumentError, DocumentProblem, ExpectedValue, UnknownKey};
use super::keys::{self, DocumentKey, KeyPart, LINE_ENDINGS, NETWORKS, REPLIES};
use crate::payload::{Draft, Encoding, Format, Position, UnknownEncoding};
use crate::workspace::address_form::AddressForm;

/// A table that is being read.
pub(super) struct DocumentFields<'a> {
    pub(super) text: &'a str,
    pub(super) table: &'a dyn TableLike,
    /// Where it stands, for what is missing in it.
    pub(super) place: Range<usize>,
}

impl<'a> DocumentFields<'a> {
    pub(super) fn draft(&self) -> Result<Draft, DocumentError> {
        let (text, format) = match (self.text("text")?, self.text("hex")?) {
            (Some(text), None) => (text.to_owned(), Format::Text),
            (None, Some(hex)) => (hex.to_owned(), Format::Hex),
            (None, None) => return Err(self.error(None, DocumentProblem::Missing("text"))),
            (Some(_), Some(_)) => {
                return Err(self.error(self.place_of("hex"), DocumentProblem::TextAndHex));
            }
        };
        let draft = Draft {
            text,
            format,
            ..Draft::default()
        };
        self.filled(keys::DRAFT, draft)
    }

    /// Returns a form with what stands under its keys.
    pub(super) fn filled<F>(
        &self,
        keys: &[DocumentKey<F>],
        mut form: F,
    ) -> Result<F, DocumentError> {
        for &DocumentKey(key, ref part) in keys {
            match part {
                KeyPart::Address(part) => {
                    *part(&mut form) = AddressForm::split(self.required(key)?);
                }
                KeyPart::Flag(part) => {
                    set(
                        part(&mut form),
                        self.value(key, ExpectedValue::Flag, Item::as_bool)?,
                    );
                }
                KeyPart::Amount(part) => set(part(&mut form), self.amount(key)?),
                KeyPart::Encodings(both) => {
                    let encoding = self.encoding(key)?;
                    let (received, sent) = both(&mut form);
                    set(received, encoding);
                    set(sent, encoding);
                }
                KeyPart::OneEncoding(both) => set(both(&mut form).0, self.encoding(key)?),
                KeyPart::BothTexts(both) => {
                    let rule = self.amount(key)?;
                    let (received, sent) = both(&mut form);
                    set(received, rule.clone());
                    set(sent, rule);
                }
                KeyPart::OneText(both) => set(both(&mut form).0, self.amount(key)?),
                KeyPart::Reply(part) | KeyPart::ClientReply(part) => {
                    set(part(&mut form), self.choice(key, &REPLIES)?);
                }
                KeyPart::LineEnding(part) => set(part(&mut form), self.choice(key, &LINE_ENDINGS)?),
                KeyPart::Network(part) => set(part(&mut form), self.choice(key, &NETWORKS)?),
                KeyPart::Word(part) => {
                    let choice = part(&mut form);
                    if let Some(word) = self.text(key)?
                        && !choice.choose(word)
                    {
                        return Err(self.wrong_value(key, word, choice.words()));
                    }
                }
                KeyPart::Message(part) => {
                    let message = self.table(key)?.map(|message| message.draft());
                    set(part(&mut form), message.transpose()?);
                }
                KeyPart::Remembered(part) => {
                    if let Some(memory) = self.table(key)? {
                        *part(&mut form) = memory.texts()?;
                    }
                }
            }
        }
        Ok(form)
    }

    /// Returns all keys, which may be any, with their values as they would be typed.
    fn texts(&self) -> Result<Vec<(String, String)>, DocumentError> {
        let texts = self.table.iter().map(|(key, item)| {
            let number = || item.as_integer().map(|number| number.to_string());
            let text = item.as_str().map(str::to_owned).or_else(number);
            let other = || {
                let (key, expected) = (keys::MEMORY, ExpectedValue::Text);
                self.error(self.place_of(key), DocumentProblem::Type { key, expected })
            };
            Ok((key.to_owned(), text.ok_or_else(other)?))
        });
        texts.collect()
    }

    /// Returns the fields of a table in this one.
    pub(super) fn within(&self, table: &'a dyn TableLike, place: Range<usize>) -> Self {
        let text = self.text;
        DocumentFields { text, table, place }
    }

    /// Notes the keys of the table that are not these.
    pub(super) fn note_others(&self, known: &[&str], unknown: &mut Vec<UnknownKey>) {
        let others = self.table.iter().filter(|(key, _)| !known.contains(key));
        unknown.extend(others.map(|(key, _)| UnknownKey {
            position: self.position(self.place_of(key)),
            key: key.to_owned(),
            is_of_rule: true,
        }));
    }

    /// Returns the error of a key that has a value of another type.
    pub(super) fn wrong_type(&self, key: &'static str, expected: ExpectedValue) -> DocumentError {
        self.error(self.place_of(key), DocumentProblem::Type { key, expected })
    }

    /// Returns the error of a table under `key` that has a key which it cannot have.
    pub(super) fn wrong_key(
        &self,
        key: &'static str,
        found: &str,
        choices: Vec<&'static str>,
    ) -> DocumentError {
        let value = found.to_owned();
        let problem = DocumentProblem::Value {
            key,
            value,
            choices,
        };
        self.error(self.place_of(found), problem)
    }

    pub(super) fn check_format(&self) -> Result<(), DocumentError> {
        match self.table.get("format").map(Item::as_integer) {
            Some(Some(format)) if format > FORMAT => {
                Err(self.error(self.place_of("format"), DocumentProblem::Newer { format }))
            }
            Some(Some(_)) => Ok(()),
            Some(None) | None => {
                Err(self.error(self.place_of("format"), DocumentProblem::NoFormat))
            }
        }
    }

    /// Returns the name, which nothing else may have.
    pub(super) fn name(
        &self,
        check: fn(&str) -> Result<(), EditError>,
        is_taken: impl Fn(&str) -> bool,
    ) -> Result<String, DocumentError> {
        let name = self.required("name")?.trim();
        let checked = check(name).and_then(|()| {
            let name = name.to_owned();
            if is_taken(&name) {
                Err(EditError::NameTaken { name })
            } else {
                Ok(name)
            }
        });
        checked.map_err(|problem| self.error(self.place_of("name"), problem))
    }

    /// Returns what stands under a key, or nothing.
    pub(super) fn words(
        &self,
        key: &'static str,
        check: fn(&str) -> Result<(), EditError>,
    ) -> Result<String, DocumentError> {
        let words = self.text(key)?.unwrap_or_default().trim();
        let checked = check(words).map(|()| words.to_owned());
        checked.map_err(|problem| self.error(self.place_of(key), problem))
    }

    pub(super) fn required(&self, key: &'static str) -> Result<&'a str, DocumentError> {
        let missing = || self.error(None, DocumentProblem::Missing(key));
        self.text(key)?.ok_or_else(missing)
    }

    pub(super) fn text(&self, key: &'static str) -> Result<Option<&'a str>, DocumentError> {
        self.value(key, ExpectedValue::Text, Item::as_str)
    }

    pub(super) fn table(
        &self,
        key: &'static str,
    ) -> Result<Option<DocumentFields<'a>>, DocumentError> {
        let table = self.value(key, ExpectedValue::Table, Item::as_table_like)?;
        let place = self.place_of(key).unwrap_or_else(|| self.place.clone());
        let text = self.text;
        Ok(table.map(|table| DocumentFields { text, table, place }))
    }

    /// Returns a value as it would be typed.
    pub(super) fn amount(&self, key: &'static str) -> Result<Option<String>, DocumentError> {
        self.value(key, ExpectedValue::Amount, |item| {
            let number = || item.as_integer().map(|number| number.to_string());
            item.as_str().map(str::to_owned).or_else(number)
        })
    }

    fn encoding(&self, key: &'static str) -> Result<Option<Encoding>, DocumentError> {
        let read = |name: &str| {
            let unknown = |_: UnknownEncoding| self.wrong_value(key, name, Vec::new());
            name.parse().map_err(unknown)
        };
        self.text(key)?.map(read).transpose()
    }

    pub(super) fn choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Result<Option<T>, DocumentError> {
        let read = |value: &str| {
            let chosen = choices.iter().find(|(word, _)| *word == value);
            let words = || choices.iter().map(|(word, _)| *word).collect();
            chosen
                .map(|(_, it)| *it)
                .ok_or_else(|| self.wrong_value(key, value, words()))
        };
        self.text(key)?.map(read).transpose()
    }

    /// Returns the tables under headings in double brackets.
    pub(super) fn tables(
        &self,
        key: &'static str,
    ) -> Result<impl Iterator<Item = &'a Table> + use<'a>, DocumentError> {
        let tables = self.value(key, ExpectedValue::Tables, Item::as_array_of_tables)?;
        Ok(tables.into_iter().flat_map(ArrayOfTables::iter))
    }

    pub(super) fn value<T>(
        &self,
        key: &'static str,
        expected: ExpectedValue,
        read: impl FnOnce(&'a Item) -> Option<T>,
    ) -> Result<Option<T>, DocumentError> {
        let Some(item) = self.table.get(key) else {
            return Ok(None);
        };
        let other = || self.wrong_type(key, expected);
        read(item).map(Some).ok_or_else(other)
    }

    /// Returns where the value of a key stands, or the key.
    pub(super) fn place_of(&self, key: &str) -> Option<Range<usize>> {
        let (key, item) = self.table.get_key_value(key)?;
        item.span().or_else(|| key.span())
    }

    pub(super) fn position(&self, place: Option<Range<usize>>) -> Position {
        Position::of(self.text, place.unwrap_or_else(|| self.place.clone()))
    }

    pub(super) fn error(
        &self,
        place: Option<Range<usize>>,
        problem: impl Into<DocumentProblem>,
    ) -> DocumentError {
        DocumentError {
            position: self.position(place),
            problem: problem.into(),
        }
    }

    pub(super) fn wrong_value(
        &self,
        key: &'static str,
        value: &str,
        choices: Vec<&'static str>,
    ) -> DocumentError {
        let value = value.to_owned();
        self.error(
            self.place_of(key),
            DocumentProblem::Value {
                key,
                value,
                choices,
            },
        )
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
