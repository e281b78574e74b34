//! From the text of a document's file to a document: what is wrong has a line and a column.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use toml_edit::TableLike;

use super::Document;
use super::edit::{EditError, MAX_ENDPOINTS, check_endpoint_name, check_name};
use super::error::{DocumentError, DocumentProblem, UnknownKey};
use super::fields::DocumentFields;
use super::keys::{self, DocumentKey, KeyPart};
use super::messages::{MAX_MESSAGES, SavedMessage, check_folder, check_note};
use super::source::DocumentSource;
use crate::net::{EndpointId, EndpointIds};
use crate::payload::Position;
use crate::workspace::address_form::AddressForm;
use crate::workspace::behaviour_form::ReplyKind;
use crate::workspace::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use crate::workspace::rules::{RuleForm, WhomForm};
use crate::workspace::sequences::SequenceForm;

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
        let source = DocumentSource::new(text, parsed.into_mut(), &document);
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
    fn fields(&self, table: &'a dyn TableLike, place: Range<usize>) -> DocumentFields<'a> {
        DocumentFields {
            text: self.text,
            table,
            place,
        }
    }

    /// Reads the endpoints, in the order in which they stand in the file.
    fn read_endpoints(
        &mut self,
        root: &DocumentFields<'a>,
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
            let mut kind = if is_server {
                self.note_unknown(&fields, &["name", keys::RULE], keys::SERVER);
                EndpointKind::Server(fields.filled(keys::SERVER, ServerForm::default())?)
            } else {
                let known = ["name", "connect", keys::RULE, keys::SEQUENCE];
                self.note_unknown(&fields, &known, keys::CLIENT);
                let target = fields.required("connect")?;
                let mut form = fields.filled(keys::CLIENT, ClientForm::default())?;
                // What has a colon is an address, since no name has one.
                if target.contains(':') {
                    form.remote = AddressForm::split(target);
                } else {
                    followers.push((id, target, fields.place_of("connect")));
                }
                form.sequences = self.read_sequences(&fields)?;
                EndpointKind::Client(form)
            };
            let rules = self.read_rules(&fields)?;
            let behaviour = kind.behaviour_mut();
            // Who wrote rules and no reply meant them.
            if !rules.is_empty() && fields.table.get("reply").is_none() {
                behaviour.reply = ReplyKind::Rules;
            }
            behaviour.rules.rules = rules;
            document.endpoints.push(EndpointForm { id, name, kind });
        }
        find_recipients(document);
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

    fn read_rules(
        &mut self,
        endpoint: &DocumentFields<'a>,
    ) -> Result<Vec<RuleForm>, DocumentError> {
        let mut rules = Vec::new();
        for table in endpoint.tables(keys::RULE)? {
            let fields = self.fields(table, table.span().unwrap_or_default());
            rules.push(super::rules::read(&fields, &mut self.unknown)?);
        }
        Ok(rules)
    }

    fn read_sequences(
        &mut self,
        client: &DocumentFields<'a>,
    ) -> Result<Vec<SequenceForm>, DocumentError> {
        let mut sequences = Vec::new();
        for table in client.tables(keys::SEQUENCE)? {
            let fields = self.fields(table, table.span().unwrap_or_default());
            let sequence = super::sequences::read(&fields, &sequences, &mut self.unknown)?;
            sequences.push(sequence);
        }
        Ok(sequences)
    }

    fn read_messages(
        &mut self,
        root: &DocumentFields<'a>,
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
    fn note_unknown<F>(
        &mut self,
        fields: &DocumentFields<'a>,
        others: &[&str],
        keys: &[DocumentKey<F>],
    ) {
        let is_known =
            |name| others.contains(&name) || keys.iter().any(|DocumentKey(key, _)| *key == name);
        let unknown = fields.table.iter().filter(|(key, _)| !is_known(*key));
        self.unknown.extend(unknown.map(|(key, _)| UnknownKey {
            position: fields.position(fields.place_of(key)),
            key: key.to_owned(),
            is_of_rule: false,
        }));
        for &DocumentKey(key, ref part) in keys {
            if let (KeyPart::Message(_), Ok(Some(message))) = (part, fields.table(key)) {
                self.note_unknown(&message, &["text", "hex"], keys::DRAFT);
            }
        }
    }
}

/// Finds the endpoints that rules name.
fn find_recipients(document: &mut Document) {
    let names = document.endpoints.iter();
    let names: HashMap<String, EndpointId> = names.map(|it| (it.name.clone(), it.id)).collect();
    for endpoint in &mut document.endpoints {
        for to in endpoint.kind.behaviour_mut().rules.recipients_mut() {
            if let WhomForm::Gone(name) = to
                && let Some(id) = names.get(name.as_str())
            {
                *to = WhomForm::Endpoint(*id);
            }
        }
    }
}
