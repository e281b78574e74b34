//! The options of TLS.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args};

use super::value::typed;
use crate::net::tls::{ClientCertificate, Flaw, Misbehaviour, Versions};
use crate::workspace::{ClientTlsForm, ServerTlsForm, Worded, parse_alpn};

/// Returns the parser of a choice, by the words that a document has for it.
fn choice<T: Worded + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let words = T::WORDS.iter().map(|(word, _)| *word);
    PossibleValuesParser::new(words).map(|word| {
        let found = T::WORDS.iter().find(|(other, _)| *other == word);
        // The parser takes no other words.
        found.map_or(T::WORDS[0].1, |(_, it)| *it)
    })
}

/// Returns the parser of a choice without the word for nothing: the option is left out then.
fn chosen<T: Copy + Send + Sync + 'static>() -> impl TypedValueParser<Value = T>
where
    Option<T>: Worded,
{
    let all = <Option<T> as Worded>::WORDS.iter();
    let words = all.filter_map(|(word, it)| it.as_ref().map(|_| *word));
    PossibleValuesParser::new(words).try_map(|word| {
        let mut all = <Option<T> as Worded>::WORDS.iter();
        let found = all.find_map(|(other, it)| it.filter(|_| *other == word));
        // The parser takes no other words.
        found.ok_or(word)
    })
}

/// What the TLS of both ends has.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of tls:// addresses")]
struct CommonArguments {
    /// The file of the certificate (PEM), with those between it and its root [default of a server: one that Bothends CA
    /// makes for the name that is asked for]
    #[arg(long, value_name = "FILE")]
    cert: Option<PathBuf>,
    /// The file of its key (PEM) [default: the file of the certificate]
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// The protocols inside, most wanted first, such as h2,http/1.1 (ALPN)
    #[arg(long, value_name = "NAMES", value_parser = typed(|text| { parse_alpn(text)?; Ok(()) }))]
    alpn: Option<String>,
    /// The versions
    #[arg(long, value_name = "VERSION", value_parser = choice::<Versions>())]
    tls_versions: Option<Versions>,
    /// Append the keys of connections to this file, in the format of NSS, from which Wireshark decrypts what it captured
    /// [default: what SSLKEYLOGFILE names]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) key_log: Option<PathBuf>,
}

/// The options of TLS of `serve`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ServerTlsArguments {
    #[command(flatten)]
    common: CommonArguments,
    /// Make a certificate with this flaw, to test clients
    #[arg(long, value_name = "FLAW", value_parser = chosen::<Flaw>(), conflicts_with = "cert")]
    flaw: Option<Flaw>,
    /// Whether clients are asked for certificates: ask accepts those without one, require refuses them
    #[arg(long, value_name = "WHETHER", value_parser = choice::<ClientCertificate>())]
    client_cert: Option<ClientCertificate>,
    /// The file of the roots that certificates of clients lead to (PEM) [default: Bothends CA]
    #[arg(long, value_name = "FILE")]
    client_roots: Option<PathBuf>,
    /// Do this wrong, to test clients
    #[arg(long, value_name = "FAULT", value_parser = chosen::<Misbehaviour>())]
    tls_fault: Option<Misbehaviour>,
}

/// The options of TLS of `send`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ClientTlsArguments {
    #[command(flatten)]
    common: CommonArguments,
    /// The file of the roots that the server's certificate leads to (PEM) [default: those of the system, and
    /// Bothends CA]
    #[arg(long, visible_alias = "cacert", value_name = "FILE")]
    roots: Option<PathBuf>,
    /// Accept any certificate, even one made by somebody in between
    #[arg(long, visible_alias = "insecure", conflicts_with = "roots")]
    unchecked: bool,
    /// The name to ask for, which the certificate must have [default: the host of ADDR]
    #[arg(long, visible_alias = "servername", value_name = "NAME")]
    server_name: Option<String>,
    /// Present a certificate of Bothends CA to servers that ask for one
    #[arg(long, conflicts_with = "cert")]
    own_cert: bool,
    /// Send no name (SNI)
    #[arg(long, conflicts_with = "server_name", action = ArgAction::SetTrue)]
    no_server_name: bool,
}

fn path(path: Option<&PathBuf>) -> String {
    path.map(|path| path.to_string_lossy().into_owned())
        .unwrap_or_default()
}

impl CommonArguments {
    fn first(&self) -> Option<&'static str> {
        let given = [
            ("--cert", self.cert.is_some()),
            ("--alpn", self.alpn.is_some()),
            ("--tls-versions", self.tls_versions.is_some()),
            ("--key-log", self.key_log.is_some()),
        ];
        first_of(&given)
    }
}

fn first_of(given: &[(&'static str, bool)]) -> Option<&'static str> {
    let first = given.iter().find(|(_, is_given)| *is_given);
    first.map(|(name, _)| *name)
}

impl ServerTlsArguments {
    /// Returns where keys are to be logged.
    pub(in crate::cli) fn key_log(&self) -> Option<&PathBuf> {
        self.common.key_log.as_ref()
    }

    /// Returns the name of the first option that is given.
    pub(in crate::cli) fn first(&self) -> Option<&'static str> {
        let given = [
            ("--flaw", self.flaw.is_some()),
            ("--client-cert", self.client_cert.is_some()),
            ("--client-roots", self.client_roots.is_some()),
            ("--tls-fault", self.tls_fault.is_some()),
        ];
        self.common.first().or_else(|| first_of(&given))
    }

    /// Returns the form of these options.
    pub(in crate::cli) fn form(&self) -> ServerTlsForm {
        let common = &self.common;
        ServerTlsForm {
            on_request: false,
            certificate_text: path(common.cert.as_ref()),
            key_text: path(common.key.as_ref()),
            flaw: self.flaw,
            versions: common.tls_versions.unwrap_or_default(),
            alpn_text: common.alpn.clone().unwrap_or_default(),
            clients: self.client_cert.unwrap_or_default(),
            roots_text: path(self.client_roots.as_ref()),
            fault: self.tls_fault,
        }
    }
}

impl ClientTlsArguments {
    /// Returns where keys are to be logged.
    pub(in crate::cli) fn key_log(&self) -> Option<&PathBuf> {
        self.common.key_log.as_ref()
    }

    /// Returns the name of the first option that is given.
    pub(in crate::cli) fn first(&self) -> Option<&'static str> {
        let given = [
            ("--roots", self.roots.is_some()),
            ("--unchecked", self.unchecked),
            ("--server-name", self.server_name.is_some()),
            ("--no-server-name", self.no_server_name),
            ("--own-cert", self.own_cert),
        ];
        self.common.first().or_else(|| first_of(&given))
    }

    /// Returns the form of these options.
    pub(in crate::cli) fn form(&self) -> ClientTlsForm {
        let common = &self.common;
        ClientTlsForm {
            on_request: false,
            unchecked: self.unchecked,
            roots_text: path(self.roots.as_ref()),
            name_text: self.server_name.clone().unwrap_or_default(),
            sends_name: !self.no_server_name,
            versions: common.tls_versions.unwrap_or_default(),
            alpn_text: common.alpn.clone().unwrap_or_default(),
            own_certificate: self.own_cert,
            certificate_text: path(common.cert.as_ref()),
            key_text: path(common.key.as_ref()),
        }
    }
}
