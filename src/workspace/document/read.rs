//! From the text of a document's file to a document: what is wrong has a line and a column.

use std::ops::Range;
use std::sync::Arc;

use toml_edit::{ArrayOfTables, Item, Table, TableLike};

use super::edit::{EditError, MAX_ENDPOINTS, check_endpoint_name, check_name};
use super::keys::{self, Key, LINE_ENDINGS, NETWORKS, Part, REPLIES};
use super::messages::{MAX_MESSAGES, SavedMessage, check_folder, check_note};
use super::source::Source;
use super::{Document, FORMAT};
use crate::net::EndpointIds;
use crate::payload::{Draft, Encoding, Format, Position, UnknownEncoding};
use crate::workspace::address_form::AddressForm;
use crate::workspace::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};

/// Why a document was not read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct DocumentError {
    /// Where it stands.
    pub position: Position,
    /// What is wrong there.
    #[source]
    pub problem: DocumentProblem,
}

/// What can be wrong in a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum DocumentProblem {
    /// It is not TOML; the parser's own text.
    Syntax(String),
    /// There is no format number.
    NoFormat,
    /// A newer version wrote it.
    Newer {
        /// Its format.
        format: i64,
    },
    /// A key that is needed is not there.
    Missing(&'static str),
    /// A key has a value of another type.
    Type {
        /// The key.
        key: &'static str,
        /// What its value has to be.
        expected: Expected,
    },
    /// A key has a value that it cannot have.
    Value {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
        /// The values that it can have; empty where there are many.
        choices: Vec<&'static str>,
    },
    /// A message is given as text and in hex.
    TextAndHex,
    /// A client connects to what is neither a server of the document nor an address.
    UnknownServer(String),
    /// A name, or a number of endpoints or messages, that a document cannot have.
    Edit(#[from] EditError),
}

/// What the value of a key has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Text in quotes.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, or text such as `64k`.
    Amount,
    /// A table in braces.
    Table,
    /// Tables under headings in double brackets.
    Tables,
}

/// A key that this version does not know. It is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// Where it stands.
    pub position: Position,
    /// The key.
    pub key: String,
}

impl Document {
    /// Reads a document that nobody has approved yet; its endpoints get ids from `ids`. Returns it with the keys that
    /// this version does not know.
    ///
    /// # Errors
    /// The first thing in it that is wrong.
    pub fn parse(text: &str, ids: EndpointIds) -> Result<(Self, Vec<UnknownKey>), DocumentError> {
        let parsed = toml_edit::Document::parse(text).map_err(|error| {
            let place = error.span().unwrap_or_default();
            let problem = DocumentProblem::Syntax(error.message().to_owned());
            DocumentError {
                position: Position::of(text, place),
                problem,
            }
        })?;
        let mut reader = Reader {
            text,
            unknown: Vec::new(),
        };
        let root = reader.fields(parsed.as_table(), 0..0);
        root.check_format()?;
        let known = ["format", "server", "client", "message"];
        reader.note_unknown::<()>(&root, &known, &[]);
        let mut document = Self::empty(ids);
        reader.read_endpoints(&root, &mut document)?;
        reader.read_messages(&root, &mut document)?;
        let unknown = reader.unknown;
        document.is_approved = false;
        let source = Source::new(text, parsed.into_mut(), &document);
        document.source = Arc::new(source);
        let as_written = document.render();
        if let Some(source) = Arc::get_mut(&mut document.source) {
            source.unchanged = Some((as_written, text.to_owned()));
        }
        Ok((document, unknown))
    }
}

struct Reader<'a> {
    text: &'a str,
    unknown: Vec<UnknownKey>,
}

impl<'a> Reader<'a> {
    fn fields(&self, table: &'a dyn TableLike, place: Range<usize>) -> Fields<'a> {
        Fields {
            text: self.text,
            table,
            place,
        }
    }

    /// Reads the endpoints, in the order in which they stand in the file.
    fn read_endpoints(
        &mut self,
        root: &Fields<'a>,
        document: &mut Document,
    ) -> Result<(), DocumentError> {
        let (servers, clients) = (root.tables("server")?, root.tables("client")?);
        let servers = servers.map(|table| (true, table));
        let mut tables: Vec<_> = servers.chain(clients.map(|table| (false, table))).collect();
        tables.sort_by_key(|(_, table)| table.position());
        let mut followers = Vec::new();
        for (is_server, table) in tables {
            let fields = self.fields(table, table.span().unwrap_or_default());
            if document.endpoints.len() >= MAX_ENDPOINTS {
                return Err(fields.error(None, EditError::TooMany));
            }
            let name = fields.name(check_endpoint_name, |name| document.named(name).is_some())?;
            let id = document.ids.next();
            let kind = if is_server {
                self.note_unknown(&fields, &["name"], keys::SERVER);
                EndpointKind::Server(fields.filled(keys::SERVER, ServerForm::default())?)
            } else {
                self.note_unknown(&fields, &["name", "connect"], keys::CLIENT);
                let target = fields.required("connect")?;
                let mut form = fields.filled(keys::CLIENT, ClientForm::default())?;
                // What has a colon is an address, since no name has one.
                if target.contains(':') {
                    form.remote = AddressForm::split(target);
                } else {
                    followers.push((id, target, fields.place_of("connect")));
                }
                EndpointKind::Client(form)
            };
            document.endpoints.push(EndpointForm { id, name, kind });
        }
        for (id, name, place) in followers {
            let unknown = || root.error(place, DocumentProblem::UnknownServer(name.to_owned()));
            let server = document.named(name.trim());
            let server = server.filter(|it| matches!(it.kind, EndpointKind::Server(_)));
            let server = server.ok_or_else(unknown)?.id;
            if let Some(form) = document.endpoint_mut(id)
                && let EndpointKind::Client(client) = &mut form.kind
            {
                client.target = TargetForm::Server(server);
            }
        }
        Ok(())
    }

    fn read_messages(
        &mut self,
        root: &Fields<'a>,
        document: &mut Document,
    ) -> Result<(), DocumentError> {
        for table in root.tables("message")? {
            let fields = self.fields(table, table.span().unwrap_or_default());
            if document.messages.len() >= MAX_MESSAGES {
                return Err(fields.error(None, EditError::TooManyMessages));
            }
            let is_taken = |name: &str| document.messages.iter().any(|it| it.name == name);
            let name = fields.name(check_name, is_taken)?;
            let message = SavedMessage {
                name,
                folder: fields.words("folder", check_folder)?,
                note: fields.words("note", check_note)?,
                draft: fields.draft()?,
            };
            let others = ["name", "folder", "note", "text", "hex"];
            self.note_unknown(&fields, &others, keys::DRAFT);
            document.messages.push(message);
        }
        Ok(())
    }

    /// Notes the keys of a table that are neither `others` nor those of a form.
    fn note_unknown<F>(&mut self, fields: &Fields<'a>, others: &[&str], keys: &[Key<F>]) {
        let is_known = |name| others.contains(&name) || keys.iter().any(|Key(key, _)| *key == name);
        let unknown = fields.table.iter().filter(|(key, _)| !is_known(*key));
        self.unknown.extend(unknown.map(|(key, _)| UnknownKey {
            position: fields.position(fields.place_of(key)),
            key: key.to_owned(),
        }));
        for &Key(key, ref part) in keys {
            if let (Part::Message(_), Ok(Some(message))) = (part, fields.table(key)) {
                self.note_unknown(&message, &["text", "hex"], keys::DRAFT);
            }
        }
    }
}

/// A table that is being read.
struct Fields<'a> {
    text: &'a str,
    table: &'a dyn TableLike,
    /// Where it stands, for what is missing in it.
    place: Range<usize>,
}

impl<'a> Fields<'a> {
    fn draft(&self) -> Result<Draft, DocumentError> {
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
    fn filled<F>(&self, keys: &[Key<F>], mut form: F) -> Result<F, DocumentError> {
        for &Key(key, ref part) in keys {
            match part {
                Part::Address(part) => {
                    *part(&mut form) = AddressForm::split(self.required(key)?);
                }
                Part::Flag(part) => {
                    set(
                        part(&mut form),
                        self.value(key, Expected::Flag, Item::as_bool)?,
                    );
                }
                Part::Amount(part) => set(part(&mut form), self.amount(key)?),
                Part::Encodings(both) => {
                    let encoding = self.encoding(key)?;
                    let (received, sent) = both(&mut form);
                    set(received, encoding);
                    set(sent, encoding);
                }
                Part::OneEncoding(both) => set(both(&mut form).0, self.encoding(key)?),
                Part::Rules(both) => {
                    let rule = self.amount(key)?;
                    let (received, sent) = both(&mut form);
                    set(received, rule.clone());
                    set(sent, rule);
                }
                Part::OneRule(both) => set(both(&mut form).0, self.amount(key)?),
                Part::Reply(part) | Part::ClientReply(part) => {
                    set(part(&mut form), self.choice(key, &REPLIES)?);
                }
                Part::LineEnding(part) => set(part(&mut form), self.choice(key, &LINE_ENDINGS)?),
                Part::Network(part) => set(part(&mut form), self.choice(key, &NETWORKS)?),
                Part::Message(part) => {
                    let message = self.table(key)?.map(|message| message.draft());
                    set(part(&mut form), message.transpose()?);
                }
            }
        }
        Ok(form)
    }

    fn check_format(&self) -> Result<(), DocumentError> {
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
    fn name(
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
    fn words(
        &self,
        key: &'static str,
        check: fn(&str) -> Result<(), EditError>,
    ) -> Result<String, DocumentError> {
        let words = self.text(key)?.unwrap_or_default().trim();
        let checked = check(words).map(|()| words.to_owned());
        checked.map_err(|problem| self.error(self.place_of(key), problem))
    }

    fn required(&self, key: &'static str) -> Result<&'a str, DocumentError> {
        let missing = || self.error(None, DocumentProblem::Missing(key));
        self.text(key)?.ok_or_else(missing)
    }

    fn text(&self, key: &'static str) -> Result<Option<&'a str>, DocumentError> {
        self.value(key, Expected::Text, Item::as_str)
    }

    fn table(&self, key: &'static str) -> Result<Option<Fields<'a>>, DocumentError> {
        let table = self.value(key, Expected::Table, Item::as_table_like)?;
        let place = self.place_of(key).unwrap_or_else(|| self.place.clone());
        let text = self.text;
        Ok(table.map(|table| Fields { text, table, place }))
    }

    /// Returns a value as it would be typed.
    fn amount(&self, key: &'static str) -> Result<Option<String>, DocumentError> {
        self.value(key, Expected::Amount, |item| {
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

    fn choice<T: Copy>(
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
    fn tables(
        &self,
        key: &'static str,
    ) -> Result<impl Iterator<Item = &'a Table> + use<'a>, DocumentError> {
        let tables = self.value(key, Expected::Tables, Item::as_array_of_tables)?;
        Ok(tables.into_iter().flat_map(ArrayOfTables::iter))
    }

    fn value<T>(
        &self,
        key: &'static str,
        expected: Expected,
        read: impl FnOnce(&'a Item) -> Option<T>,
    ) -> Result<Option<T>, DocumentError> {
        let Some(item) = self.table.get(key) else {
            return Ok(None);
        };
        let other = || self.error(self.place_of(key), DocumentProblem::Type { key, expected });
        read(item).map(Some).ok_or_else(other)
    }

    /// Returns where the value of a key stands, or the key.
    fn place_of(&self, key: &str) -> Option<Range<usize>> {
        let (key, item) = self.table.get_key_value(key)?;
        item.span().or_else(|| key.span())
    }

    fn position(&self, place: Option<Range<usize>>) -> Position {
        Position::of(self.text, place.unwrap_or_else(|| self.place.clone()))
    }

    fn error(
        &self,
        place: Option<Range<usize>>,
        problem: impl Into<DocumentProblem>,
    ) -> DocumentError {
        DocumentError {
            position: self.position(place),
            problem: problem.into(),
        }
    }

    fn wrong_value(
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
