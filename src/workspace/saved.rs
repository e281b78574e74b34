//! The shape of the workspace file, and the way from it to a workspace and back. Knows no files.

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use super::protocol::ProtocolForm;
use super::settings::{
    ComposerForm, HISTORY_LEN, HISTORY_MESSAGE_BYTES, SavedPayload, Settings, Workspace,
};
use crate::net::EndpointId;
use crate::payload::Draft;

/// The format that this version writes, and the newest one that it reads.
pub(super) const FORMAT: i64 = 1;

/// The smallest and the largest zoom factor; one outside of it would leave a window that nobody can use.
const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=4.0;

/// Something in a workspace file that could not be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Oddity {
    /// A key that this version does not know.
    #[error("{0} is unknown")]
    UnknownKey(String),
    /// A name that an endpoint before has; the endpoint got another one.
    #[error("two endpoints are named {0}")]
    NameTaken(String),
    /// A client's server that is not there; the client keeps its typed address.
    #[error("there is no server {0}")]
    UnknownServer(String),
}

/// The workspace file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SavedWorkspace {
    format: i64,
    #[serde(default, rename = "endpoint")]
    endpoints: Vec<SavedEndpoint>,
    #[serde(default)]
    composer: SavedComposer,
    #[serde(default)]
    settings: Settings,
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

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedComposer {
    #[serde(skip_serializing_if = "Option::is_none")]
    send_to: Option<String>,
    draft: Draft,
    history: Vec<Draft>,
    payloads: Vec<SavedPayload>,
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

impl SavedWorkspace {
    /// Puts a workspace into the file's shape: endpoints name each other.
    pub(super) fn new(workspace: &Workspace) -> Self {
        let name_of = |id: EndpointId| workspace.endpoint(id).map(|endpoint| endpoint.name.clone());
        let endpoints = workspace.endpoints.iter().map(|endpoint| SavedEndpoint {
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
            composer: SavedComposer {
                send_to: workspace.composer.send_to.and_then(name_of),
                draft: workspace.composer.draft.clone(),
                history: workspace.composer.history.clone(),
                payloads: workspace.composer.payloads.clone(),
            },
            settings: workspace.settings.clone(),
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

    /// Makes the workspace; endpoints get their ids.
    pub(super) fn into_workspace(self, oddities: &mut Vec<Oddity>) -> Workspace {
        let mut workspace = Workspace::empty();
        let mut followed = Vec::new();
        for saved in self.endpoints {
            let id = workspace.fresh_id();
            let name = free_name(&workspace, saved.name, oddities);
            let kind = match saved.kind {
                SavedKind::Server(form) => EndpointKind::Server(form),
                SavedKind::Client(mut client) => {
                    followed.extend(client.server.take().map(|server| (id, server)));
                    EndpointKind::Client(client.into_form(TargetForm::Address))
                }
            };
            workspace.endpoints.push(EndpointForm { id, name, kind });
        }
        for (client, server) in followed {
            follow(&mut workspace, client, server, oddities);
        }
        workspace.composer = self.composer.into_form(&workspace);
        workspace.settings = sane(self.settings);
        workspace
    }
}

impl SavedComposer {
    fn into_form(self, workspace: &Workspace) -> ComposerForm {
        let send_to = self.send_to.and_then(|name| id_of(workspace, &name));
        let mut history = self.history;
        history.retain(|draft| draft.text.len() <= HISTORY_MESSAGE_BYTES);
        let over = history.len().saturating_sub(HISTORY_LEN);
        history.drain(..over);
        let mut form = ComposerForm {
            draft: self.draft,
            send_to,
            history,
            payloads: Vec::new(),
        };
        for saved in self.payloads {
            // What cannot be saved again was not saved by this program.
            form.save(&saved.name, saved.draft).ok();
        }
        form
    }
}

fn free_name(workspace: &Workspace, name: String, oddities: &mut Vec<Oddity>) -> String {
    if !name.trim().is_empty() && id_of(workspace, &name).is_none() {
        return name;
    }
    let other = workspace.unused_name(name.trim());
    oddities.push(Oddity::NameTaken(name));
    other
}

fn follow(
    workspace: &mut Workspace,
    client: EndpointId,
    server: String,
    oddities: &mut Vec<Oddity>,
) {
    let target = id_of(workspace, &server).filter(|&id| {
        let endpoint = workspace.endpoint(id);
        endpoint.is_some_and(|endpoint| matches!(endpoint.kind, EndpointKind::Server(_)))
    });
    match (
        target,
        workspace
            .endpoint_mut(client)
            .map(|client| &mut client.kind),
    ) {
        (Some(id), Some(EndpointKind::Client(form))) => form.target = TargetForm::Server(id),
        _ => oddities.push(Oddity::UnknownServer(server)),
    }
}

fn id_of(workspace: &Workspace, name: &str) -> Option<EndpointId> {
    let mut endpoints = workspace.endpoints.iter();
    endpoints
        .find(|endpoint| endpoint.name == name)
        .map(|endpoint| endpoint.id)
}

fn sane(mut settings: Settings) -> Settings {
    settings.zoom = if settings.zoom.is_nan() {
        1.0
    } else {
        settings.zoom.clamp(*ZOOM.start(), *ZOOM.end())
    };
    let numbers_are_finite = settings.window.is_some_and(|window| {
        let numbers = [
            window.x.unwrap_or(0.0),
            window.y.unwrap_or(0.0),
            window.width,
            window.height,
        ];
        numbers.iter().all(|number| number.is_finite())
    });
    settings.window = settings.window.filter(|_| numbers_are_finite);
    settings
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
