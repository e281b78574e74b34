//! How one program is made to trust an authority, without changing what the system trusts: as text to paste.

use std::path::Path;

/// A program, or a kind of programs, that can be made to trust an authority by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrustingProgram {
    /// curl: an option.
    Curl,
    /// `openssl s_client`: an option.
    Openssl,
    /// Programs that use OpenSSL's defaults: an environment variable, which takes the place of the system's authorities.
    OpensslDefaults,
    /// Python's `ssl` module: a call.
    Python,
    /// Node.js: an environment variable, which adds to its authorities.
    Node,
}

impl TrustingProgram {
    /// All of them, the most common first.
    pub const ALL: [Self; 5] = [
        Self::Curl,
        Self::Openssl,
        Self::OpensslDefaults,
        Self::Python,
        Self::Node,
    ];

    /// Returns what is to be added to the program's command, environment or code so that it trusts the authority whose
    /// certificate is in a PEM file. `None` if the path is not Unicode, so that text cannot name it.
    ///
    /// # Platform-specific behavior
    /// Paths are quoted for the system's usual shell: in double quotes on Windows, for a POSIX shell elsewhere.
    pub fn how(self, certificate: &Path) -> Option<String> {
        let path = certificate.to_str()?;
        let quoted = shell_word(path);
        Some(match self {
            Self::Curl => format!("--cacert {quoted}"),
            Self::Openssl => format!("-CAfile {quoted}"),
            Self::OpensslDefaults => format!("SSL_CERT_FILE={quoted}"),
            Self::Python => {
                let literal = python_string(path);
                format!("ssl.create_default_context(cafile={literal})")
            }
            Self::Node => format!("NODE_EXTRA_CA_CERTS={quoted}"),
        })
    }
}

/// Quotes a path where that is needed.
fn shell_word(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:,@%".contains(c);
    if cfg!(windows) {
        let is_plain = |c| is_plain(c) && c != '%' || c == '\\';
        return if path.chars().all(is_plain) {
            path.to_owned()
        } else {
            format!("\"{path}\"")
        };
    }
    if path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

/// Writes a path as Python does.
fn python_string(path: &str) -> String {
    let mut text = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            _ if c.is_control() => text += &format!("\\x{:02x}", u32::from(c)),
            _ => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::net::tls::tests::{authority, openssl};

    #[test]
    fn a_path_is_quoted_for_whoever_reads_it() {
        use std::os::unix::ffi::OsStrExt as _;

        let check = |path: &str, program: TrustingProgram, expected: &str| {
            assert_eq!(program.how(Path::new(path)).unwrap(), expected);
        };
        check("/a/ca.pem", TrustingProgram::Curl, "--cacert /a/ca.pem");
        check(
            "/a b/c'a.pem",
            TrustingProgram::Curl,
            r"--cacert '/a b/c'\''a.pem'",
        );
        check(
            "/$a/ca.pem",
            TrustingProgram::Node,
            "NODE_EXTRA_CA_CERTS='/$a/ca.pem'",
        );
        let python = r#"ssl.create_default_context(cafile="/a \"b\\\x0a/ca.pem")"#;
        check("/a \"b\\\n/ca.pem", TrustingProgram::Python, python);
        let path = std::ffi::OsStr::from_bytes(b"/\xff");
        assert_eq!(TrustingProgram::Curl.how(Path::new(path)), None);
    }

    /// A shell, Python and openssl read what was quoted, in a folder with a name to be quoted.
    #[test]
    fn others_read_the_path_as_it_is() {
        let (_folder, first) = authority();
        if openssl(&["version"]).is_none() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it's $HOME \"x\" \\n");
        std::fs::create_dir(&path).unwrap();
        let path = path.join("ca.pem");
        std::fs::copy(first.path(), &path).unwrap();
        let option = TrustingProgram::Openssl.how(&path).unwrap();
        let file = first.path().to_str().unwrap();
        let run = |program: &str, code: &str| {
            let run = std::process::Command::new(program)
                .args(["-c", code])
                .output();
            run.map(|it| String::from_utf8(it.stdout).unwrap())
        };
        let said = run("sh", &format!("openssl verify {option} {file}")).unwrap();
        assert!(said.ends_with(": OK\n"), "{said}");
        let call = TrustingProgram::Python.how(&path).unwrap();
        let code = format!("import ssl; print(len({call}.get_ca_certs()))");
        match run("python3", &code) {
            Ok(said) => assert_eq!(said, "1\n"),
            Err(_) => eprintln!("no python3 here: this part is not tested"),
        }
    }
}
