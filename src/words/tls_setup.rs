//! The settings of TLS.

use super::english::noun;
use super::phrases::phrases;
use crate::net::tls::{ClientCertificate, Flaw, Misbehaviour, TrustingProgram, Versions};

phrases! {
    /// The settings of TLS.
    TlsSetups {
        heading = "TLS";
        about = "What is sent and received is encrypted on the wire, and shown here unencrypted.";
        begins = "TLS begins";
        at_once = "With the connection";
        on_request = "When requested (STARTTLS)";
        on_request_why = "The connection is plain until a rule, a sequence or you start TLS on it";
        certificate = "Certificate file";
        certificate_why = "A PEM file with the certificate, and those between it and its root";
        made_hint = "made by Bothends CA";
        no_certificate_hint = "none";
        own_certificate = "Present a certificate of Bothends CA";
        own_certificate_why = "For servers that ask clients for a certificate, and trust Bothends CA";
        key = "Key file";
        key_why = "A PEM file with the key of the certificate; empty if it is in the same file";
        same_file_hint = "in the same file";
        follows(server: &str) = "Encrypted because {server} is. These settings are this client's own";
        server_waits(server: &str) = "{server} waits until TLS is requested, and this client begins it at once, so their handshake will fail";
        server_begins(server: &str) = "{server} begins TLS at once, and this client waits until it is requested, so their handshake will fail";
        for_tests = "TLS for tests";
        authority = "Bothends CA";
        flaw = "Wrong on purpose";
        flaw_why = "Makes a certificate with exactly this flaw, to see whether clients notice";
        no_flaw = "Nothing";
        expired = "Expired";
        not_yet_valid = "Not yet valid";
        wrong_name = "For another name";
        self_signed = "Self-signed";
        unknown_issuer = "Signed by an unknown CA";
        missing_intermediate = "Intermediate certificate missing";
        weak_key = "Weak key (RSA 1024)";
        fault = "Misbehave";
        fault_why = "Misbehaves like this in each handshake, or at the end, to see how clients react";
        no_fault = "No";
        garbage = "Answer with garbage";
        silence = "Never answer";
        no_close_notify = "End without close_notify";
        versions = "Versions";
        both_versions = "TLS 1.2 and 1.3";
        only_12 = "TLS 1.2 only";
        only_13 = "TLS 1.3 only";
        alpn = "Protocols (ALPN)";
        alpn_why = "The protocols spoken inside, in order of preference, such as h2, http/1.1; empty to say nothing about them";
        clients = "Client certificates";
        no_clients = "Do not ask";
        ask = "Ask";
        require = "Require";
        client_roots = "Roots of clients";
        client_roots_why = "A PEM file with the CAs that the clients' certificates have to lead to";
        own_roots_hint = "Bothends CA";
        roots = "Trusted roots file";
        roots_why = "A PEM file with the CAs that the server's certificate has to lead to";
        system_roots_hint = "system and Bothends CA";
        unchecked = "Accept any certificate";
        unchecked_why = "Then nothing proves who the server is: somebody on the way may read and change everything";
        unchecked_mark = "TLS, unchecked";
        mark = "TLS";
        server_name = "Server name";
        server_name_why = "The name to ask for (SNI), which the certificate must have";
        target_hint = "the remote host";
        sends_name = "Send the server name (SNI)";
        trust = "Trust Bothends CA in…";
        trust_why = "Copies what makes one program trust the certificates that Bothends makes";
        trusting(program: &str) = "Copy for {program}";
        curl = "curl";
        openssl = "openssl s_client";
        openssl_defaults = "programs with OpenSSL (environment)";
        python = "Python";
        node = "Node.js (environment)";
        copy_path = "Copy the path of its certificate";
        logging(path: &str) = "The keys of new TLS connections are appended to {path}. Click to stop";
        logs_keys = "TLS keys are logged";
        not_logging(path: &str, keys: u64) = { format!("{} could not be written to {path}: check that this program may write there. Click to stop", noun(keys, "key", "keys")) };
        loses_keys = "TLS keys cannot be logged";
    }
}

impl TlsSetups {
    /// Returns the name of a flaw.
    pub(crate) fn flaw_name(&self, flaw: Option<Flaw>) -> &'static str {
        match flaw {
            None => self.no_flaw,
            Some(Flaw::Expired) => self.expired,
            Some(Flaw::NotYetValid) => self.not_yet_valid,
            Some(Flaw::WrongName) => self.wrong_name,
            Some(Flaw::SelfSigned) => self.self_signed,
            Some(Flaw::UnknownIssuer) => self.unknown_issuer,
            Some(Flaw::MissingIntermediate) => self.missing_intermediate,
            Some(Flaw::WeakKey) => self.weak_key,
        }
    }

    /// Returns the name of a fault.
    pub(crate) fn fault_name(&self, fault: Option<Misbehaviour>) -> &'static str {
        match fault {
            None => self.no_fault,
            Some(Misbehaviour::Garbage) => self.garbage,
            Some(Misbehaviour::Silence) => self.silence,
            Some(Misbehaviour::NoCloseNotify) => self.no_close_notify,
        }
    }

    /// Returns the name of a choice of versions.
    pub(crate) fn versions_name(&self, versions: Versions) -> &'static str {
        match versions {
            Versions::Both => self.both_versions,
            Versions::Only12 => self.only_12,
            Versions::Only13 => self.only_13,
        }
    }

    /// Returns how clients are asked for certificates.
    pub(crate) fn clients_name(&self, clients: ClientCertificate) -> &'static str {
        match clients {
            ClientCertificate::No => self.no_clients,
            ClientCertificate::Ask => self.ask,
            ClientCertificate::Require => self.require,
        }
    }

    /// Returns the name of what can be made to trust the authority.
    pub(crate) fn program_name(&self, program: TrustingProgram) -> &'static str {
        match program {
            TrustingProgram::Curl => self.curl,
            TrustingProgram::Openssl => self.openssl,
            TrustingProgram::OpensslDefaults => self.openssl_defaults,
            TrustingProgram::Python => self.python,
            TrustingProgram::Node => self.node,
        }
    }
}
