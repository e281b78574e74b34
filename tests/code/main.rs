//! Endpoints copied as code: the programs run, and say what our own endpoints say.
//!
//! A test without its interpreter is ignored with the reason; with `BOTHENDS_REQUIRE_ALL` set it fails instead.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

mod clients;
mod datagrams;
#[path = "../support/ground.rs"]
mod ground;
mod programs;
mod rules;
mod servers;
#[path = "../support/mod.rs"]
mod support;
mod tls;

use std::env;
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

fn main() -> ExitCode {
    let python: &[(&str, fn())] = &[
        ("a_python_server_answers_as_ours_does", servers::as_ours),
        ("a_python_server_serves_many_peers", servers::many_peers),
        (
            "a_python_server_listens_where_ours_does",
            servers::addresses,
        ),
        (
            "a_python_program_holds_whatever_text",
            servers::hostile_text,
        ),
        ("a_python_client_talks_to_our_server", clients::python),
        ("a_python_program_answers_by_rules", rules::as_ours),
        ("every_preset_runs_in_python", servers::presets),
        ("rules_that_python_cannot_have_are_named", rules::named),
        (
            "a_python_server_answers_datagrams_as_ours_does",
            datagrams::as_ours,
        ),
        ("a_python_server_tells_peers_apart", datagrams::peers),
        ("a_python_client_sends_datagrams", datagrams::client),
        ("a_python_client_speaks_tls", tls::python_client),
        (
            "a_python_client_refuses_what_ours_does",
            tls::python_refuses,
        ),
        ("a_python_server_speaks_tls", tls::python_server),
        ("what_code_lacks_of_tls_is_named", tls::named),
    ];
    let ncat: &[(&str, fn())] = &[
        ("an_ncat_server_answers_as_ours_does", servers::ncat),
        ("an_ncat_client_talks_to_our_server", clients::ncat),
        ("an_ncat_server_echoes_datagrams", datagrams::ncat_server),
        ("an_ncat_client_sends_a_datagram", datagrams::ncat_client),
        ("an_ncat_client_speaks_tls", tls::ncat_client),
        ("an_ncat_server_speaks_tls", tls::ncat_server),
    ];
    let trials = [
        (python, "python3", "--version"),
        (ncat, "ncat", "--version"),
    ];
    let trials = trials.into_iter().flat_map(|(tests, program, argument)| {
        let missing = missing(program, argument);
        tests.iter().map(move |(name, test)| {
            let (missing, test) = (missing.clone(), *test);
            Trial::ignorable_test(*name, move || match missing {
                None => {
                    test();
                    Ok(Completion::Completed)
                }
                Some(reason) => ignore(reason),
            })
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// Returns why a program cannot run here, if it cannot.
fn missing(program: &str, argument: &str) -> Option<String> {
    if cfg!(not(unix)) {
        return Some("the programs are ended as Unix ends them".to_owned());
    }
    let started = Command::new(program)
        .arg(argument)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match started {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("{program} fails: {status}")),
        Err(error) => Some(format!("{program} does not start: {error}")),
    }
}

/// Ignores a test, unless this machine is required to run it.
fn ignore(reason: String) -> Result<Completion, Failed> {
    match env::var_os("BOTHENDS_REQUIRE_ALL") {
        Some(_) => Err(reason.into()),
        None => Ok(Completion::ignored_with(reason)),
    }
}
