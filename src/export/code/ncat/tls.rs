//! TLS of a line with ncat.

use super::Line;
use crate::export::code::quote::shell;
use crate::export::code::{CodeLack, Coded};
use crate::net::tls::{ClientCertificate, IdentitySource, PeerCheck, ServerNameChoice, Versions};
use crate::net::{ClientConfig, ServerConfig};

impl Line {
    /// Adds the options of a server, and notes what there is no option for.
    pub(super) fn server_tls(&mut self, config: &ServerConfig, coded: &Coded<'_>) {
        let Some(tls) = self.begin(coded, config.tls.as_ref().map(|it| &it.settings)) else {
            return;
        };
        match &tls.identity {
            IdentitySource::Own => self.lacks.push(CodeLack::TlsIdentityOfNcat),
            source @ IdentitySource::Files { .. } => self.files(source),
        }
        if tls.flaw.is_some() {
            self.lacks.push(CodeLack::TlsFlaw);
        }
        if tls.misbehaviour.is_some() {
            self.lacks.push(CodeLack::TlsFault);
        }
        if tls.client_certificate != ClientCertificate::No {
            self.lacks.push(CodeLack::TlsClients);
        }
        self.common_tls(tls.versions, &tls.alpn);
    }

    /// Adds the options of a client, and notes what there is no option for.
    pub(super) fn client_tls(&mut self, config: &ClientConfig, coded: &Coded<'_>) {
        let Some(tls) = self.begin(coded, config.tls.as_ref().map(|it| &it.settings)) else {
            return;
        };
        match &tls.check {
            PeerCheck::Unchecked => {}
            PeerCheck::System => {
                self.lacks.push(CodeLack::OwnAuthority);
                self.word("--ssl-verify");
            }
            PeerCheck::Roots(roots) => {
                let roots = shell(&roots.to_string_lossy());
                self.word(format!("--ssl-verify --ssl-trustfile {roots}"));
            }
        }
        match &tls.server_name {
            ServerNameChoice::Target => {}
            ServerNameChoice::Name(name) => {
                self.word(format!("--ssl-servername {}", shell(name)));
            }
            ServerNameChoice::None => self.lacks.push(CodeLack::TlsNoName),
        }
        match &tls.certificate {
            None => {}
            Some(IdentitySource::Own) => self.lacks.push(CodeLack::TlsClientIdentity),
            Some(files) => self.files(files),
        }
        self.common_tls(tls.versions, &tls.alpn);
    }

    /// Adds TLS, if it begins at once.
    fn begin<'a, T>(&mut self, coded: &Coded<'_>, settings: Option<&'a T>) -> Option<&'a T> {
        if coded.starts_tls() {
            self.lacks.push(CodeLack::StartTls);
        }
        let settings = settings.filter(|_| coded.is_tls())?;
        self.word("--ssl");
        Some(settings)
    }

    fn files(&mut self, source: &IdentitySource) {
        if let IdentitySource::Files { certificate, key } = source {
            let certificate = shell(&certificate.to_string_lossy());
            let key = shell(&key.to_string_lossy());
            self.word(format!("--ssl-cert {certificate} --ssl-key {key}"));
        }
    }

    fn common_tls(&mut self, versions: Versions, alpn: &[String]) {
        if versions != Versions::Both {
            self.lacks.push(CodeLack::TlsVersions);
        }
        if !alpn.is_empty() {
            self.word(format!("--ssl-alpn {}", shell(&alpn.join(","))));
        }
    }
}
