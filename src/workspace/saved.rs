//! The shape of the document file, and the way from it to a document and back. Knows no files.

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::document::{Document, SavedMessage};
use super::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use super::protocol::ProtocolForm;
use super::store::{LoadProblem, SaveError};
use crate::net::{EndpointId, EndpointIds};

/// The format that this version writes, and the newest one that it reads.
pub(super) const FORMAT: i64 = 1;

/// Something in a document file that could not be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A key that this version does not know.
    UnknownKey(String),
    /// A name that an endpoint before has; the endpoint got another one.
    NameTaken(String),
    /// A client's server that is not there; the client keeps its typed address.
    UnknownServer(String),
}

/// The document file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SavedDocument {
    format: i64,
    #[serde(default, rename = "endpoint")]
    endpoints: Vec<SavedEndpoint>,
    #[serde(default, rename = "message")]
    messages: Vec<SavedMessage>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SavedEndpoint {
    name: String,
    #[serde(flatten)]
    kind: SavedKind,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum SavedKind {
    Server(ServerForm),
    Client(SavedClient),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
struct SavedClient {
    /// The name of the server that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    remote_host: String,
    remote_port: String,
    connect_timeout: String,
    read_buffer: String,
    stay_half_open: bool,
    #[serde(flatten)]
    protocol: ProtocolForm,
}

impl Default for SavedClient {
    fn default() -> Self {
        Self::new(&ClientForm::default(), None)
    }
}

impl SavedClient {
    fn new(form: &ClientForm, server: Option<String>) -> Self {
        Self {
            server,
            remote_host: form.remote_host_text.clone(),
            remote_port: form.remote_port_text.clone(),
            connect_timeout: form.connect_timeout_text.clone(),
            read_buffer: form.read_buffer_text.clone(),
            stay_half_open: form.stay_half_open,
            protocol: form.protocol.clone(),
        }
    }

    fn into_form(self, target: TargetForm) -> ClientForm {
        ClientForm {
            target,
            remote_host_text: self.remote_host,
            remote_port_text: self.remote_port,
            connect_timeout_text: self.connect_timeout,
            read_buffer_text: self.read_buffer,
            stay_half_open: self.stay_half_open,
            protocol: self.protocol,
        }
    }
}

impl SavedDocument {
    /// Puts a document into the file's shape: endpoints name each other.
    pub(super) fn new(document: &Document) -> Self {
        let name_of = |id: EndpointId| document.endpoint(id).map(|endpoint| endpoint.name.clone());
        let endpoints = document.endpoints.iter().map(|endpoint| SavedEndpoint {
            name: endpoint.name.clone(),
            kind: match &endpoint.kind {
                EndpointKind::Server(form) => SavedKind::Server(form.clone()),
                EndpointKind::Client(form) => SavedKind::Client(match form.target {
                    TargetForm::Server(id) => SavedClient::new(form, name_of(id)),
                    TargetForm::Address => SavedClient::new(form, None),
                }),
            },
        });
        Self {
            format: FORMAT,
            endpoints: endpoints.collect(),
            messages: document.messages.clone(),
        }
    }

    /// Reads the file's table, with what in it is odd.
    pub(super) fn read(table: &Table) -> Result<(Self, Vec<Oddity>), toml::de::Error> {
        let saved: Self = table.clone().try_into()?;
        // What was understood is written again; what is missing there was not understood.
        let understood = Table::try_from(&saved).unwrap_or_default();
        let mut oddities = Vec::new();
        find_unknown("", table, &understood, &mut oddities);
        Ok((saved, oddities))
    }

    /// Makes the document; endpoints get their ids.
    pub(super) fn into_document(self, ids: EndpointIds, oddities: &mut Vec<Oddity>) -> Document {
        let mut document = Document::empty(ids);
        let mut followed = Vec::new();
        for saved in self.endpoints {
            let id = document.ids.next();
            let name = free_name(&document, saved.name, oddities);
            let kind = match saved.kind {
                SavedKind::Server(form) => EndpointKind::Server(form),
                SavedKind::Client(mut client) => {
                    followed.extend(client.server.take().map(|server| (id, server)));
                    EndpointKind::Client(client.into_form(TargetForm::Address))
                }
            };
            document.endpoints.push(EndpointForm { id, name, kind });
        }
        for (client, server) in followed {
            follow(&mut document, client, server, oddities);
        }
        for saved in self.messages {
            // What cannot be saved again was not saved by this program.
            document.save_message(&saved.name, saved.draft).ok();
        }
        document
    }
}

fn free_name(document: &Document, name: String, oddities: &mut Vec<Oddity>) -> String {
    if !name.trim().is_empty() && id_of(document, &name).is_none() {
        return name;
    }
    let other = document.unused_name(name.trim());
    oddities.push(Oddity::NameTaken(name));
    other
}

fn follow(document: &mut Document, client: EndpointId, server: String, oddities: &mut Vec<Oddity>) {
    let target = id_of(document, &server).filter(|&id| {
        let endpoint = document.endpoint(id);
        endpoint.is_some_and(|endpoint| matches!(endpoint.kind, EndpointKind::Server(_)))
    });
    match (
        target,
        document.endpoint_mut(client).map(|client| &mut client.kind),
    ) {
        (Some(id), Some(EndpointKind::Client(form))) => form.target = TargetForm::Server(id),
        _ => oddities.push(Oddity::UnknownServer(server)),
    }
}

fn id_of(document: &Document, name: &str) -> Option<EndpointId> {
    document.named(name).map(|endpoint| endpoint.id)
}

/// Lists the keys of `table` that `understood` lacks, with their path.
fn find_unknown(path: &str, table: &Table, understood: &Table, oddities: &mut Vec<Oddity>) {
    for (key, value) in table {
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        match (value, understood.get(key)) {
            (_, None) => oddities.push(Oddity::UnknownKey(path)),
            (Value::Table(inner), Some(Value::Table(known))) => {
                find_unknown(&path, inner, known, oddities);
            }
            (Value::Array(items), Some(Value::Array(known))) => {
                for (item, known) in items.iter().zip(known) {
                    if let (Value::Table(item), Value::Table(known)) = (item, known) {
                        find_unknown(&path, item, known, oddities);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Reads a document, with what in it is odd.
pub(super) fn parse(text: &str, ids: EndpointIds) -> Result<(Document, Vec<Oddity>), LoadProblem> {
    let table: Table = text.parse()?;
    match table.get("format").and_then(Value::as_integer) {
        None => return Err(LoadProblem::NoFormat),
        Some(format) if format > FORMAT => return Err(LoadProblem::Newer { format }),
        Some(_) => {}
    }
    let (saved, mut oddities) = SavedDocument::read(&table)?;
    let document = saved.into_document(ids, &mut oddities);
    Ok((document, oddities))
}

/// Writes a document.
pub(super) fn write(document: &Document) -> Result<String, SaveError> {
    Ok(toml::to_string_pretty(&SavedDocument::new(document))?)
}
