//! `bothends run`: the endpoints of a document without a window.

use super::args::RunArguments;
use super::error::CliError;
use super::patience::Deadline;
use super::rules;
use super::serving::Plan;
use super::signals::Signals;
use crate::net::EndpointId;
use crate::script::Message;
use crate::workspace::{Document, EndpointForm, EndpointKind};

/// Runs endpoints of a document. What is wrong with any of them is found before the first one starts.
pub(super) fn run(arguments: &RunArguments, signals: &Signals) -> Result<(), CliError> {
    let deadline = arguments.max_time.map(Deadline::after);
    let mut document = rules::read(&arguments.document)?;
    let endpoints = chosen(&document, &arguments.endpoint)?;
    for form in endpoints.iter().filter_map(|id| document.endpoint(*id)) {
        rules::check(form, document.transport(form.id), arguments.allow_files)?;
        require_server(&document, form, &endpoints)?;
    }
    if let Some(name) = &arguments.sequence {
        check_sequence(&document, &endpoints, name, arguments.allow_files)?;
    }
    // Whoever names it approves it; its files were asked for.
    document.is_approved = true;
    let plan = Plan {
        document,
        endpoints,
        is_named: true,
        sequence: arguments.sequence.clone(),
        is_json: arguments.json,
        record: &arguments.record,
        key_log: None,
        deadline,
    };
    plan.carry_out(signals)
}

/// Returns the endpoints of these names; all of them without names.
fn chosen(document: &Document, names: &[String]) -> Result<Vec<EndpointId>, CliError> {
    let all = || document.endpoints.iter().map(|it| it.id).collect();
    let not_there = |name: Option<&String>| CliError::NotInDocument {
        name: name.cloned(),
        names: document
            .endpoints
            .iter()
            .map(|it| it.name.clone())
            .collect(),
    };
    if names.is_empty() {
        let all: Vec<_> = all();
        return if all.is_empty() {
            Err(not_there(None))
        } else {
            Ok(all)
        };
    }
    let mut chosen = Vec::new();
    for name in names {
        let found = document.named(name.trim());
        let id = found.ok_or_else(|| not_there(Some(name)))?.id;
        if !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    Ok(chosen)
}

/// Checks a sequence of the clients that run and have it.
fn check_sequence(
    document: &Document,
    endpoints: &[EndpointId],
    name: &str,
    allow_files: bool,
) -> Result<(), CliError> {
    let forms = endpoints.iter().filter_map(|id| document.endpoint(*id));
    let mut names = Vec::new();
    let mut is_there = false;
    for form in forms {
        let EndpointKind::Client(client) = &form.kind else {
            continue;
        };
        names.extend(client.sequences.iter().map(|it| it.name.clone()));
        let Some(sequence) = client.sequence(name) else {
            continue;
        };
        is_there = true;
        let client_name = || form.name.clone();
        let parsed = sequence.parse(&client.protocol);
        let parsed = parsed.map_err(|source| CliError::Sequence {
            client: client_name(),
            name: name.to_owned(),
            source: Box::new(source),
        })?;
        if !allow_files && parsed.messages().any(Message::names_files) {
            return Err(CliError::FilesNotAllowed {
                name: client_name(),
            });
        }
    }
    let name = name.to_owned();
    if is_there {
        Ok(())
    } else {
        Err(CliError::NoSequence { name, names })
    }
}

/// Refuses a client whose server does not run.
fn require_server(
    document: &Document,
    form: &EndpointForm,
    endpoints: &[EndpointId],
) -> Result<(), CliError> {
    match form.kind.follows() {
        Some(server) if !endpoints.contains(&server) => Err(CliError::ServerNotRun {
            client: form.name.clone(),
            server: document.name(server).unwrap_or_default().to_owned(),
        }),
        _ => Ok(()),
    }
}
