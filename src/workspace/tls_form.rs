//! The settings of TLS, as they were typed. An empty text leaves a setting as it is by default.

use std::path::PathBuf;

use super::fields::{FieldError, FieldProblem, FormField};
use super::worded::Worded;
use crate::net::tls::{
    ClientCertificate, ClientTls, Flaw, IdentitySource, MAX_ALPN_BYTES, Misbehaviour, PeerCheck,
    ServerNameChoice, ServerTls, Versions,
};
use crate::net::{TlsBegins, TlsSetup};

/// The TLS of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerTlsForm {
    /// Whether connections are plain until TLS is requested on them (STARTTLS).
    pub on_request: bool,
    /// The file of its certificate, with those in between; empty for one that the own authority makes.
    pub certificate_text: String,
    /// The file of its key; empty if that is in the same file.
    pub key_text: String,
    /// What is wrong with its certificate, on purpose.
    pub flaw: Option<Flaw>,
    /// The versions that it accepts.
    pub versions: Versions,
    /// The protocols that it speaks: `h2, http/1.1`.
    pub alpn_text: String,
    /// Whether it asks clients for certificates.
    pub clients: ClientCertificate,
    /// The file of the roots that they lead to; empty for the own authority.
    pub roots_text: String,
    /// What it does wrong, on purpose.
    pub fault: Option<Misbehaviour>,
}

/// The TLS of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a form")]
pub struct ClientTlsForm {
    /// Whether connections are plain until TLS is requested on them (STARTTLS).
    pub on_request: bool,
    /// Whether any certificate is accepted.
    pub unchecked: bool,
    /// The file of the roots that certificates lead to; empty for those of the system and the own authority.
    pub roots_text: String,
    /// The name that is asked for, and that the certificate must have; empty for the target's.
    pub name_text: String,
    /// Whether the name is sent (SNI).
    pub sends_name: bool,
    /// The versions that it offers.
    pub versions: Versions,
    /// The protocols that it wants to speak: `h2, http/1.1`.
    pub alpn_text: String,
    /// Whether it has a certificate of the own authority, where no file is named.
    pub own_certificate: bool,
    /// The file of its own certificate; empty for none.
    pub certificate_text: String,
    /// The file of its key; empty if that is in the same file.
    pub key_text: String,
}

impl Default for ClientTlsForm {
    fn default() -> Self {
        Self {
            on_request: false,
            unchecked: false,
            roots_text: String::new(),
            name_text: String::new(),
            sends_name: true,
            versions: Versions::default(),
            alpn_text: String::new(),
            own_certificate: false,
            certificate_text: String::new(),
            key_text: String::new(),
        }
    }
}

impl ServerTlsForm {
    /// Returns what the fields say. The files are read when the server starts.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse(&self) -> Result<TlsSetup<ServerTls>, FieldError> {
        let identity = match files(&self.certificate_text, &self.key_text)? {
            Some((certificate, key)) => IdentitySource::Files { certificate, key },
            None => IdentitySource::Own,
        };
        if self.flaw.is_some() && identity != IdentitySource::Own {
            return Err(FormField::TlsFlaw.holds(FieldProblem::FlawOfFiles));
        }
        Ok(TlsSetup {
            settings: ServerTls {
                identity,
                flaw: self.flaw,
                versions: self.versions,
                alpn: FormField::Alpn.read(parse_alpn(&self.alpn_text))?,
                client_certificate: self.clients,
                client_roots: typed(&self.roots_text),
                misbehaviour: self.fault,
            },
            begins: begins(self.on_request),
        })
    }
}

impl ClientTlsForm {
    /// Returns what the fields say. The files are read when the client connects.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse(&self) -> Result<TlsSetup<ClientTls>, FieldError> {
        let check = match typed(&self.roots_text) {
            _ if self.unchecked => PeerCheck::Unchecked,
            Some(path) => PeerCheck::Roots(path),
            None => PeerCheck::System,
        };
        let server_name = match self.name_text.trim() {
            _ if !self.sends_name => ServerNameChoice::None,
            "" => ServerNameChoice::Target,
            name => ServerNameChoice::Name(name.to_owned()),
        };
        Ok(TlsSetup {
            settings: ClientTls {
                check,
                server_name,
                alpn: FormField::Alpn.read(parse_alpn(&self.alpn_text))?,
                versions: self.versions,
                certificate: match files(&self.certificate_text, &self.key_text)? {
                    Some((certificate, key)) => Some(IdentitySource::Files { certificate, key }),
                    None => self.own_certificate.then_some(IdentitySource::Own),
                },
            },
            begins: begins(self.on_request),
        })
    }
}

fn typed(text: &str) -> Option<PathBuf> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.into())
}

/// Returns the files of a certificate and its key, which one file may hold both.
fn files(certificate_text: &str, key_text: &str) -> Result<Option<(PathBuf, PathBuf)>, FieldError> {
    match (typed(certificate_text), typed(key_text)) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(FormField::TlsKey.holds(FieldProblem::KeyAlone)),
        (Some(both), None) => Ok(Some((both.clone(), both))),
        (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
    }
}

fn begins(on_request: bool) -> TlsBegins {
    if on_request {
        TlsBegins::OnRequest
    } else {
        TlsBegins::AtOnce
    }
}

/// Reads the names of protocols, with commas or spaces between them.
pub fn parse_alpn(text: &str) -> Result<Vec<String>, FieldProblem> {
    let names = text.split([',', ' ']).filter(|name| !name.is_empty());
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.iter().any(|name| name.len() > MAX_ALPN_BYTES) {
        return Err(FieldProblem::Alpn);
    }
    Ok(names)
}

impl Worded for Versions {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("both", Self::Both),
        ("1.2", Self::Only12),
        ("1.3", Self::Only13),
    ];
}

impl Worded for ClientCertificate {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("no", Self::No),
        ("ask", Self::Ask),
        ("require", Self::Require),
    ];
}

impl Worded for Option<Flaw> {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("none", None),
        ("expired", Some(Flaw::Expired)),
        ("not-yet-valid", Some(Flaw::NotYetValid)),
        ("wrong-name", Some(Flaw::WrongName)),
        ("self-signed", Some(Flaw::SelfSigned)),
        ("unknown-issuer", Some(Flaw::UnknownIssuer)),
        ("missing-intermediate", Some(Flaw::MissingIntermediate)),
        ("weak-key", Some(Flaw::WeakKey)),
    ];
}

impl Worded for Option<Misbehaviour> {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("none", None),
        ("garbage", Some(Misbehaviour::Garbage)),
        ("silence", Some(Misbehaviour::Silence)),
        ("no-close-notify", Some(Misbehaviour::NoCloseNotify)),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_its_own_authority_unless_it_has_files() {
        let mut form = ServerTlsForm::default();
        let identity = |form: &ServerTlsForm| form.parse().map(|it| it.settings.identity);
        assert_eq!(identity(&form), Ok(IdentitySource::Own));
        form.certificate_text = " both.pem ".to_owned();
        let files = |key: &str| IdentitySource::Files {
            certificate: "both.pem".into(),
            key: key.into(),
        };
        assert_eq!(identity(&form), Ok(files("both.pem")));
        form.key_text = "key.pem".to_owned();
        assert_eq!(identity(&form), Ok(files("key.pem")));
        form.flaw = Some(Flaw::Expired);
        let wrong = FormField::TlsFlaw.holds(FieldProblem::FlawOfFiles);
        assert_eq!(identity(&form), Err(wrong));
        form.certificate_text.clear();
        let alone = FormField::TlsKey.holds(FieldProblem::KeyAlone);
        assert_eq!(identity(&form), Err(alone));
    }

    #[test]
    fn a_client_checks_its_server_unless_it_is_set_not_to() {
        let mut form = ClientTlsForm::default();
        let check = |form: &ClientTlsForm| form.parse().map(|it| it.settings.check);
        assert_eq!(check(&form), Ok(PeerCheck::System));
        form.roots_text = "ca.pem".to_owned();
        assert_eq!(check(&form), Ok(PeerCheck::Roots("ca.pem".into())));
        form.unchecked = true;
        assert_eq!(check(&form), Ok(PeerCheck::Unchecked));
    }

    #[test]
    fn protocols_are_names_with_commas_or_spaces() {
        assert_eq!(
            parse_alpn("h2, http/1.1"),
            Ok(vec!["h2".into(), "http/1.1".into()])
        );
        assert_eq!(parse_alpn(" "), Ok(Vec::new()));
        let long = "x".repeat(MAX_ALPN_BYTES + 1);
        assert_eq!(parse_alpn(&long), Err(FieldProblem::Alpn));
    }
}
