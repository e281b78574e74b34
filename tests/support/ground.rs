//! A configuration folder with an authority of its own, and identities in files.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::fs;
use std::path::Path;

use bothends::net::tls::{Authority, Identity, TlsHome};
use bothends::payload::pem;
use tempfile::TempDir;

/// A configuration folder, which is removed at the end. Clones of its home share the authority.
pub(crate) struct Ground {
    folder: TempDir,
    home: TlsHome,
}

impl Ground {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = TlsHome::new(&folder.path().join("tls"));
        Self { folder, home }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the path of a file in the folder.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder().join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn home(&self) -> TlsHome {
        self.home.clone()
    }

    pub(crate) fn authority(&self) -> Authority {
        self.home.authority().unwrap()
    }

    /// Returns the path of the authority's certificate.
    pub(crate) fn ca(&self) -> String {
        self.authority().path().to_str().unwrap().to_owned()
    }

    /// Writes an identity as two files, `NAME.pem` and `NAME-key.pem`; returns the paths of the chain and of the key.
    pub(crate) fn write(&self, name: &str, identity: &Identity) -> [String; 2] {
        let paths = ["", "-key"].map(|kind| self.path(&format!("{name}{kind}.pem")));
        for (path, text) in paths.iter().zip(in_pem(identity)) {
            fs::write(path, text).unwrap();
        }
        paths
    }

    /// Writes an identity as one file, `NAME.pem`, with the key behind the chain.
    pub(crate) fn write_whole(&self, name: &str, identity: &Identity) -> String {
        let path = self.path(&format!("{name}.pem"));
        fs::write(&path, in_pem(identity).concat()).unwrap();
        path
    }
}

/// Returns the chain and the key.
fn in_pem(identity: &Identity) -> [String; 2] {
    let chain = identity.chain().iter().map(|der| pem("CERTIFICATE", der));
    let key = pem("PRIVATE KEY", identity.key().secret_der());
    [chain.collect(), key]
}
