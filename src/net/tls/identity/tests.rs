//! Files as other programs write them, good and bad.

use super::*;
use crate::net::tls::tests::{authority, handshake, openssl};

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
    let text = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, made.key().secret_der());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
    fs::write(&key, pem).unwrap();
    let read = Identity::from_files(&certificate, &key).unwrap();
    assert_eq!(handshake(&authority, &read, "a.example"), Ok(()));
}

#[test]
fn each_thing_that_can_be_wrong_with_a_file_has_its_error() {
    let Some(files) = Files::new(&EC) else {
        return;
    };
    let other = Files::new(&EC).unwrap();
    fs::copy(other.path("key.pem"), files.path("other.pem")).unwrap();
    let (key, new, old) = (
        files.text("key.pem"),
        files.text("new.pem"),
        files.text("old.pem"),
    );
    openssl(&[
        "pkcs8",
        "-topk8",
        "-in",
        &key,
        "-out",
        &new,
        "-passout",
        "pass:secret",
    ])
    .unwrap();
    openssl(&[
        "ec",
        "-in",
        &key,
        "-out",
        &old,
        "-aes128",
        "-passout",
        "pass:secret",
    ])
    .unwrap();
    let both = [
        fs::read(files.path("cert.pem")).unwrap(),
        fs::read(files.path("old.pem")).unwrap(),
    ];
    fs::write(files.path("both.pem"), both.concat()).unwrap();
    let weak = files.text("weak.pem");
    openssl(&[
        "genpkey",
        "-algorithm",
        "RSA",
        "-pkeyopt",
        "rsa_keygen_bits:1024",
        "-out",
        &weak,
    ])
    .unwrap();
    let (certificate, der) = (files.text("cert.pem"), files.text("cert.der"));
    openssl(&["x509", "-in", &certificate, "-outform", "DER", "-out", &der]).unwrap();
    let pem = fs::read(files.path("cert.pem")).unwrap();
    fs::write(files.path("cut.pem"), &pem[..pem.len() / 2]).unwrap();
    fs::write(files.path("empty.pem"), "").unwrap();
    fs::write(files.path("large.pem"), vec![b'\n'; 1024 * 1024 + 1]).unwrap();

    let check = |certificate: &str, key: &str, expected: IdentityError| {
        let error = files.read(certificate, key).unwrap_err();
        assert_eq!(error, expected, "{certificate} {key}");
    };
    let path = |name| files.path(name);
    let missing = io::Error::from_raw_os_error(2);
    check(
        "none.pem",
        "key.pem",
        IdentityError::read(&path("none.pem"), &missing),
    );
    check(
        "cert.pem",
        "none.pem",
        IdentityError::read(&path("none.pem"), &missing),
    );
    check(".", "key.pem", IdentityError::NotPlain { path: path(".") });
    check(
        "empty.pem",
        "key.pem",
        IdentityError::NoCertificate {
            path: path("empty.pem"),
        },
    );
    check(
        "cert.der",
        "key.pem",
        IdentityError::NoCertificate {
            path: path("cert.der"),
        },
    );
    check(
        "key.pem",
        "key.pem",
        IdentityError::NoCertificate {
            path: path("key.pem"),
        },
    );
    check(
        "cert.pem",
        "cert.pem",
        IdentityError::NoKey {
            path: path("cert.pem"),
        },
    );
    check(
        "cut.pem",
        "key.pem",
        IdentityError::Damaged {
            path: path("cut.pem"),
        },
    );
    check(
        "cert.pem",
        "new.pem",
        IdentityError::KeyEncrypted {
            path: path("new.pem"),
        },
    );
    check(
        "cert.pem",
        "old.pem",
        IdentityError::KeyEncrypted {
            path: path("old.pem"),
        },
    );
    check(
        "both.pem",
        "both.pem",
        IdentityError::KeyEncrypted {
            path: path("both.pem"),
        },
    );
    check(
        "cert.pem",
        "weak.pem",
        IdentityError::KeyUnusable {
            path: path("weak.pem"),
        },
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
