//! `bothends ca`: the certificate of the own authority, for programs that are to trust it.

use std::fs;
use std::io::{self, Write as _};

use super::error::CliError;
use super::output::say;
use crate::net::tls::{TlsHome, TrustingProgram};
use crate::words::ENGLISH;
use crate::workspace::ConfigFolder;

/// Writes the certificate to standard output, and where it is and how programs trust it to standard error.
pub(super) fn ca() -> Result<(), CliError> {
    let folder = ConfigFolder::default_path().ok_or(CliError::NoConfigFolder)?;
    let home = TlsHome::new(&ConfigFolder::authority_in(&folder));
    let authority = home.authority().map_err(CliError::Authority)?;
    let path = authority.path();
    let certificate = fs::read(path).map_err(|source| CliError::Open {
        path: path.to_owned(),
        source,
    })?;
    io::stdout()
        .write_all(&certificate)
        .map_err(CliError::Output)?;
    say(format_args!("the certificate is in {}", path.display()));
    for program in TrustingProgram::ALL {
        if let Some(how) = program.how(path) {
            let name = ENGLISH.tls_setups.program_name(program);
            say(format_args!("{name}: {how}"));
        }
    }
    Ok(())
}
