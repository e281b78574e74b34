//! TLS of a program in Python: the context that its connections are wrapped with.

use std::fmt::Write as _;
use std::path::Path;

use super::{Program, python_text};
use crate::export::code::{CodeLack, Coded};
use crate::net::tls::{
    ClientCertificate, ClientTls, IdentitySource, PeerCheck, ServerNameChoice, ServerTls, Versions,
};
use crate::script::Reply;
use crate::script::rules::RuleAct;

const SERVE_TLS: &str = include_str!("../../../../assets/code/python/serve_tls.py");
const GOODBYE: &str = include_str!("../../../../assets/code/python/goodbye.py");

/// Where a program looks for what Bothends makes by itself.
const SERVER_FILE: &str = "server.pem";
const CLIENT_FILE: &str = "client.pem";
const AUTHORITY_FILE: &str = "bothends-ca.pem";

impl Program {
    /// Writes the context of a server.
    pub(super) fn server_context(&mut self, tls: &ServerTls) {
        if tls.flaw.is_some() {
            self.lacks.push(CodeLack::TlsFlaw);
        }
        if tls.misbehaviour.is_some() {
            self.lacks.push(CodeLack::TlsFault);
        }
        let mut lines = "CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n".to_owned();
        lines += &self.chain(&tls.identity, SERVER_FILE);
        if tls.client_certificate != ClientCertificate::No {
            let mode = match tls.client_certificate {
                ClientCertificate::Require => "CERT_REQUIRED",
                ClientCertificate::No | ClientCertificate::Ask => "CERT_OPTIONAL",
            };
            let roots = tls.client_roots.as_deref().map(path);
            let roots = roots.unwrap_or_else(|| self.authority());
            lines += &format!("CONTEXT.verify_mode = ssl.{mode}\n");
            lines += &format!("CONTEXT.load_verify_locations({roots})\n");
        }
        lines += &common(tls.versions, &tls.alpn);
        self.context(lines);
    }

    /// Writes the context of a client.
    pub(super) fn client_context(&mut self, tls: &ClientTls) {
        let mut lines = match &tls.check {
            PeerCheck::Roots(roots) => {
                let roots = path(roots);
                format!("CONTEXT = ssl.create_default_context(cafile={roots})\n")
            }
            PeerCheck::System => {
                self.lacks.push(CodeLack::OwnAuthority);
                "CONTEXT = ssl.create_default_context()\n".to_owned()
            }
            PeerCheck::Unchecked => "CONTEXT = ssl.create_default_context()\n\
                 # Any certificate is accepted, even one made by somebody in between.\n\
                 CONTEXT.check_hostname = False\nCONTEXT.verify_mode = ssl.CERT_NONE\n"
                .to_owned(),
        };
        if let Some(source) = &tls.certificate {
            lines += &self.chain(source, CLIENT_FILE);
        }
        lines += &common(tls.versions, &tls.alpn);
        self.context(lines);
    }

    /// Returns the argument that names the server, as it is asked for and checked.
    pub(super) fn server_hostname(&mut self, tls: &ClientTls, target: &str) -> String {
        match &tls.server_name {
            ServerNameChoice::Target => python_text(target),
            ServerNameChoice::Name(name) => python_text(name),
            ServerNameChoice::None if tls.check == PeerCheck::Unchecked => "None".to_owned(),
            ServerNameChoice::None => {
                // It checks the name that it sends.
                self.lacks.push(CodeLack::TlsNoName);
                python_text(target)
            }
        }
    }

    /// Adds what serves a peer, and what all TLS connections end with.
    pub(super) fn serve_tls(&mut self) {
        self.function(GOODBYE);
        self.functions.push(SERVE_TLS.to_owned());
    }

    /// Adds what a client ends its connection with.
    pub(super) fn goodbye(&mut self) {
        self.function(GOODBYE);
    }

    /// Notes where a conversation finishes sending and goes on receiving, which Python cannot with TLS.
    pub(super) fn half_close_lack(&mut self, coded: &Coded<'_>) {
        let Reply::Rules(set) = &coded.script().reply else {
            return;
        };
        let mut acts = set.rules().rules.iter().flat_map(|rule| rule.then.iter());
        if acts.any(|act| matches!(act, RuleAct::Finish(_))) {
            self.lacks.push(CodeLack::TlsHalfClose);
        }
    }

    fn context(&mut self, lines: String) {
        self.import("ssl");
        self.constants.push(lines);
    }

    /// Writes what loads an identity.
    fn chain(&mut self, source: &IdentitySource, file: &'static str) -> String {
        match source {
            IdentitySource::Own => {
                self.lacks.push(CodeLack::TlsIdentity { file });
                format!("CONTEXT.load_cert_chain({})\n", python_text(file))
            }
            IdentitySource::Files { certificate, key } if certificate == key => {
                format!("CONTEXT.load_cert_chain({})\n", path(certificate))
            }
            IdentitySource::Files { certificate, key } => {
                let (certificate, key) = (path(certificate), path(key));
                format!("CONTEXT.load_cert_chain({certificate}, {key})\n")
            }
        }
    }

    /// Returns the file of the own authority, and notes that it has to be there.
    fn authority(&mut self) -> String {
        let file = AUTHORITY_FILE;
        self.lacks.push(CodeLack::AuthorityFile { file });
        python_text(file)
    }
}

fn common(versions: Versions, alpn: &[String]) -> String {
    let mut lines = String::new();
    let only = match versions {
        Versions::Both => None,
        Versions::Only12 => Some("TLSv1_2"),
        Versions::Only13 => Some("TLSv1_3"),
    };
    if let Some(only) = only {
        for bound in ["minimum", "maximum"] {
            // Writing to a string cannot fail.
            writeln!(lines, "CONTEXT.{bound}_version = ssl.TLSVersion.{only}").ok();
        }
    }
    if !alpn.is_empty() {
        let names: Vec<_> = alpn.iter().map(|name| python_text(name)).collect();
        let names = names.join(", ");
        writeln!(lines, "CONTEXT.set_alpn_protocols([{names}])").ok();
    }
    lines
}

fn path(path: &Path) -> String {
    python_text(&path.to_string_lossy())
}
