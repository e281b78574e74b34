//! Files as other programs write them, good and bad.

use super::*;
use crate::net::tls::tests::{authority, handshake, openssl};
use crate::payload::pem;

/// Files that openssl makes: a key of some kind and a certificate to it.
struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    /// `None` where there is no openssl.
    fn new(kind: &[&str]) -> Option<Self> {
        let files = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let (key, certificate) = (files.text("key.pem"), files.text("cert.pem"));
        let mut arguments = vec![
            "req", "-x509", "-nodes", "-subj", "/CN=test", "-keyout", &key,
        ];
        arguments.extend(["-out", &certificate, "-newkey"]);
        arguments.extend(kind);
        openssl(&arguments)?;
        Some(files)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn read(&self, certificate: &str, key: &str) -> Result<Identity, IdentityError> {
        Identity::from_files(&self.path(certificate), &self.path(key))
    }
}

const EC: [&str; 3] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

#[test]
fn each_kind_of_key_in_each_form_is_read() {
    let p384 = ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
    let p521 = ["ec", "-pkeyopt", "ec_paramgen_curve:P-521"];
    for kind in [&["rsa:2048"][..], &EC, &p384, &p521, &["ed25519"]] {
        let Some(files) = Files::new(kind) else {
            return;
        };
        files.read("cert.pem", "key.pem").unwrap();
        if kind[0] != "ed25519" {
            // PKCS#1, or SEC 1 behind EC PARAMETERS.
            let command = if kind[0] == "ec" { "ec" } else { "rsa" };
            let (key, old) = (files.text("key.pem"), files.text("old.pem"));
            let mut arguments = vec![command, "-in", &key, "-out", &old];
            if command == "rsa" {
                arguments.push("-traditional");
            }
            openssl(&arguments).unwrap();
            let old = fs::read_to_string(files.path("old.pem")).unwrap();
            assert!(!old.contains("BEGIN PRIVATE KEY"), "{kind:?}: {old}");
            files.read("cert.pem", "old.pem").unwrap();
        }
    }
}

#[test]
fn one_file_may_hold_chain_and_key() {
    let Some(files) = Files::new(&EC) else {
        return;
    };
    let (_folder, authority) = authority();
    let text = |name| fs::read_to_string(files.path(name)).unwrap();
    let ca = fs::read_to_string(authority.path()).unwrap();
    let all = format!("A comment\r\n{}{ca}{}", text("key.pem"), text("cert.pem"));
    fs::write(files.path("all.pem"), all).unwrap();
    let error = files.read("all.pem", "all.pem").unwrap_err();
    assert!(
        matches!(error, IdentityError::KeyMismatch { .. }),
        "{error:?}"
    );

    let all = format!("{}{ca}{}", text("cert.pem"), text("key.pem")).replace('\n', "\r\n");
    fs::write(files.path("all.pem"), all).unwrap();
    let identity = files.read("all.pem", "all.pem").unwrap();
    assert_eq!(identity.chain().len(), 2);
    assert_eq!(&identity.chain()[1], authority.certificate_der());
}

#[test]
fn what_an_authority_made_is_read_from_files() {
    let (folder, authority) = authority();
    let made = authority.identity_for("a.example").unwrap();
    let certificate = crate::net::tls::tests::pem_file(folder.path(), "a.pem", made.chain());
    let key = folder.path().join("a-key.pem");
    let pem = pem("PRIVATE KEY", made.key().secret_der());
    fs::write(&key, pem).unwrap();
    let read = Identity::from_files(&certificate, &key).unwrap();
    assert_eq!(handshake(&authority, &read, "a.example"), Ok(()));
}

/// Files that are wrong in one way each, beside a good `cert.pem` and `key.pem`.
fn bad_files() -> Option<Files> {
    let files = Files::new(&EC)?;
    let other = Files::new(&EC)?;
    let path = |name: &str| files.path(name);
    fs::copy(other.path("key.pem"), path("other.pem")).unwrap();
    let run = |command: &str, source: &str, target: &str, with: &str| {
        let (source, target) = (files.text(source), files.text(target));
        let mut arguments = vec![command, "-in", &source, "-out", &target];
        arguments.extend(with.split_whitespace());
        openssl(&arguments)
    };
    run("pkcs8", "key.pem", "new.pem", "-topk8 -passout pass:secret")?;
    run("ec", "key.pem", "old.pem", "-aes128 -passout pass:secret")?;
    run("x509", "cert.pem", "cert.der", "-outform DER")?;
    let weak = files.text("weak.pem");
    openssl(&["genrsa", "-out", &weak, "1024"])?;
    let pem = fs::read(path("cert.pem")).unwrap();
    let both = [pem.clone(), fs::read(path("old.pem")).unwrap()];
    fs::write(path("both.pem"), both.concat()).unwrap();
    fs::write(path("cut.pem"), &pem[..pem.len() / 2]).unwrap();
    fs::write(path("empty.pem"), "").unwrap();
    fs::write(path("large.pem"), vec![b'\n'; 1024 * 1024 + 1]).unwrap();
    Some(files)
}

#[test]
fn each_thing_that_can_be_wrong_with_a_file_has_its_error() {
    let Some(files) = bad_files() else {
        return;
    };
    let check = |certificate: &str, key: &str, expected: IdentityError| {
        let error = files.read(certificate, key).unwrap_err();
        assert_eq!(error, expected, "{certificate} {key}");
    };
    let path = |name: &str| files.path(name);
    for (certificate, key) in [("none.pem", "key.pem"), ("cert.pem", "none.pem")] {
        let error = files.read(certificate, key).unwrap_err();
        let is_named =
            matches!(&error, IdentityError::Read { path: found, .. } if *found == path("none.pem"));
        assert!(is_named && error.is_missing(), "{error:?}");
    }
    check(".", "key.pem", IdentityError::NotPlain { path: path(".") });
    for name in ["empty.pem", "cert.der", "key.pem"] {
        let path = path(name);
        check(name, "key.pem", IdentityError::NoCertificate { path });
    }
    let cut = path("cut.pem");
    check("cut.pem", "key.pem", IdentityError::Damaged { path: cut });
    let none = path("cert.pem");
    check("cert.pem", "cert.pem", IdentityError::NoKey { path: none });
    for (certificate, key) in [
        ("cert.pem", "new.pem"),
        ("cert.pem", "old.pem"),
        ("both.pem", "both.pem"),
    ] {
        let path = path(key);
        check(certificate, key, IdentityError::KeyEncrypted { path });
    }
    let weak = path("weak.pem");
    check(
        "cert.pem",
        "weak.pem",
        IdentityError::KeyUnusable { path: weak },
    );
    let mismatch = IdentityError::KeyMismatch {
        certificate: path("cert.pem"),
        key: path("other.pem"),
    };
    check("cert.pem", "other.pem", mismatch);
    let large = IdentityError::TooLarge {
        path: path("large.pem"),
        limit_bytes: MAX_PEM_BYTES,
    };
    check("large.pem", "key.pem", large.clone());
    check("cert.pem", "large.pem", large);
}

/// Opening a pipe would wait for somebody to write.
#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    let error = Identity::from_files(&path, &path).unwrap_err();
    assert_eq!(error, IdentityError::NotPlain { path });
}
