//! `bothends run`: the endpoints of a document without a window.

use super::args::RunArguments;
use super::documents;
use super::error::{CliError, FilePlace};
use super::patience::Deadline;
use super::serving::ServingPlan;
use super::signals::Signals;
use crate::net::{Accepting, EndpointId};
use crate::script::Message;
use crate::workspace::{Document, EndpointForm};

/// Runs endpoints of a document. What is wrong with any of them is found before the first one starts.
pub(super) fn run(arguments: &RunArguments, signals: &Signals) -> Result<(), CliError> {
    let deadline = arguments.max_time.map(Deadline::after);
    let mut document = documents::read(&arguments.document)?;
    let endpoints = chosen(&document, &arguments.endpoint)?;
    for form in endpoints.iter().filter_map(|id| document.endpoint(*id)) {
        let transport = document.transport(form.id);
        let read = (arguments.document.as_path(), &document);
        documents::check(read, form, transport, arguments.allow_files)?;
        require_server(&document, form, &endpoints)?;
        check_sequences(&document, form, arguments)?;
    }
    if let Some(name) = &arguments.sequence {
        require_sequence(&document, &endpoints, name)?;
    }
    // Whoever names it approves it; its files were asked for.
    document.is_approved = true;
    let plan = ServingPlan {
        document,
        endpoints,
        is_named: true,
        accepting: Accepting::Accept,
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

/// Checks the sequences of a client, and whether the one that is to run may read the files that it names.
fn check_sequences(
    document: &Document,
    form: &EndpointForm,
    arguments: &RunArguments,
) -> Result<(), CliError> {
    for sequence in form.kind.sequences() {
        let client = || form.name.clone();
        let parsed = sequence.parse(form.protocol());
        let parsed = parsed.map_err(|source| {
            let position = document.position_of_step(form.id, &sequence.name, source.step);
            CliError::Sequence {
                place: position.map(|position| FilePlace {
                    path: arguments.document.clone(),
                    position,
                }),
                client: client(),
                name: sequence.name.clone(),
                source: Box::new(source),
            }
        })?;
        let runs = arguments.sequence.as_ref() == Some(&sequence.name);
        if runs && !arguments.allow_files && parsed.messages().any(Message::names_files) {
            return Err(CliError::FilesNotAllowed { name: client() });
        }
    }
    Ok(())
}

/// Refuses the name of a sequence that none of the clients has.
fn require_sequence(
    document: &Document,
    endpoints: &[EndpointId],
    name: &str,
) -> Result<(), CliError> {
    let forms = endpoints.iter().filter_map(|id| document.endpoint(*id));
    let sequences = forms.flat_map(|form| form.kind.sequences());
    let names: Vec<_> = sequences.map(|it| it.name.clone()).collect();
    if names.iter().any(|it| it == name) {
        return Ok(());
    }
    let name = name.to_owned();
    Err(CliError::NoSequence { name, names })
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
