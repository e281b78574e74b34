//! Documents whose endpoints run without a window: read, and checked before anything starts.

use std::path::{Path, PathBuf};

use super::error::{CliError, FilePlace};
use super::output::say;
use crate::net::EndpointIds;
use crate::script::Message;
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::rules::WhomForm;
use crate::workspace::{
    BehaviourForm, Document, EndpointForm, EndpointKind, FieldError, LoadNotice, ProtocolForm,
    ReadDocument, ReplyKind, TransportKind,
};

/// Reads a document, and reports keys that are not known.
///
/// # Errors
///
/// It cannot be read, or one of its rules has a key that is not known: the rule would do something else.
pub(super) fn read(path: &Path) -> Result<Document, CliError> {
    let read = ReadDocument::open(path, EndpointIds::default())?;
    if let Some(unknown) = read.keys.iter().find(|it| it.is_of_rule) {
        return Err(CliError::UnknownRuleKey {
            place: FilePlace {
                path: path.to_owned(),
                position: unknown.position.clone(),
            },
            key: unknown.key.clone(),
        });
    }
    if !read.keys.is_empty() {
        let notice = LoadNotice::UnknownKeys {
            path: path.to_owned(),
            keys: read.keys,
        };
        say(format_args!("bothends: {}", notice.in_words(&ENGLISH)));
    }
    Ok(read.document)
}

/// Checks the setup of an endpoint, and whether its templates may read the files that they name.
///
/// # Errors
///
/// A field of it is wrong, or it names files.
pub(super) fn check(
    (path, document): (&Path, &Document),
    endpoint: &EndpointForm,
    transport: TransportKind,
    allow_files: bool,
) -> Result<(), CliError> {
    let name = || endpoint.name.clone();
    let wrong = |problem: FieldError| {
        let position = document.position_of(endpoint.id, problem.field);
        CliError::Setup {
            place: position.map(|position| FilePlace {
                path: path.to_owned(),
                position,
            }),
            name: name(),
            source: Box::new(problem),
        }
    };
    let protocol = endpoint.protocol().over(transport);
    let problem = endpoint.kind.problem(transport);
    if let Some(problem) = problem.or_else(|| protocol.problem()) {
        return Err(wrong(problem));
    }
    let behaviour = endpoint.kind.parse_behaviour().map_err(wrong)?;
    let mut messages = behaviour.script.messages();
    if !allow_files && messages.any(Message::names_files) {
        return Err(CliError::FilesNotAllowed { name: name() });
    }
    Ok(())
}

/// Returns what a server of a document does by itself, and how its bytes are read: of the only server, or of the one that
/// is named behind `#`.
///
/// # Errors
///
/// The document cannot be read, or there is no such server, or its rules cannot be followed.
pub(super) fn behaviour(
    file: &Path,
    allow_files: bool,
) -> Result<(BehaviourForm, ProtocolForm), CliError> {
    let (path, name) = split(file);
    let document = read(&path)?;
    let servers = document.endpoints.iter();
    let servers: Vec<_> = servers
        .filter(|it| matches!(it.kind, EndpointKind::Server(_)))
        .collect();
    let names = || servers.iter().map(|it| it.name.clone()).collect();
    let found = match &name {
        Some(name) => servers.iter().find(|it| it.name == *name),
        None if servers.len() > 1 => {
            let names = names();
            return Err(CliError::SeveralServers { path, names });
        }
        None => servers.first(),
    };
    let Some(&server) = found else {
        let names = names();
        return Err(CliError::NoServer { path, name, names });
    };
    let mut server = server.clone();
    // Whoever serves by rules means them, whatever the document replies.
    if !server.kind.behaviour().rules.rules.is_empty() {
        server.kind.behaviour_mut().reply = ReplyKind::Rules;
    }
    let transport = server.kind.own_transport();
    check((&path, &document), &server, transport, allow_files)?;
    let mut behaviour = server.kind.behaviour().clone();
    let is_elsewhere = |to: &mut WhomForm| matches!(to, WhomForm::Endpoint(_));
    if behaviour.rules.recipients_mut().any(is_elsewhere) {
        let name = server.name.clone();
        return Err(CliError::RulesElsewhere { name });
    }
    Ok((behaviour, server.protocol().clone()))
}

/// Splits the name of a server from the path of its document.
fn split(file: &Path) -> (PathBuf, Option<String>) {
    let text = file.to_str().filter(|_| !file.exists());
    match text.and_then(|text| text.rsplit_once('#')) {
        Some((path, name)) => (path.into(), Some(name.trim().to_owned())),
        None => (file.to_owned(), None),
    }
}
