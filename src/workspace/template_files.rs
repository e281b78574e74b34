//! The files that templates name, read when a message is sent.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::net::{Reply, ServerBehaviour};
use crate::payload::MESSAGE_LIMIT_BYTES;
use crate::payload::template::Template;

/// A file of a template that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {source}", path.display())]
pub struct TemplateFileError {
    /// Which one.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// Reads the files that a template names; each may have [`MESSAGE_LIMIT_BYTES`].
pub fn read_template_files(template: &mut Template) -> Result<(), TemplateFileError> {
    template
        .read_files(read)
        .map_err(|(path, source)| TemplateFileError { path, source })
}

/// Reads the files that a server's reply names.
pub fn read_reply_files(behaviour: &mut ServerBehaviour) -> Result<(), TemplateFileError> {
    if let Reply::Template(template) = &mut behaviour.reply {
        read_template_files(Arc::make_mut(template))?;
    }
    Ok(())
}

/// Opens a file, and refuses anything else: opening a pipe waits for its other end, and a device may have no end.
pub fn open_plain(path: &Path) -> io::Result<File> {
    if fs::metadata(path)?.is_file() {
        return File::open(path);
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "it is not a plain file",
    ))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = open_plain(path)?;
    let limit = MESSAGE_LIMIT_BYTES as u64;
    let mut bytes = Vec::new();
    let read = file.take(limit + 1).read_to_end(&mut bytes)?;
    if read as u64 > limit {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "it is longer than 16 MiB",
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::{Draft, Encoding};

    #[test]
    fn files_are_read_and_what_is_none_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a b");
        std::fs::write(&path, b"data").unwrap();
        let template = |path: &Path| {
            let draft = Draft {
                text: format!("{{{{file {}}}}}", path.display()),
                escapes: false,
                template: true,
                ..Draft::default()
            };
            draft.compile(Encoding::UTF_8).unwrap()
        };
        let mut good = template(&path);
        read_template_files(&mut good).unwrap();
        assert_eq!(good.least_len_bytes(), 4);
        let check = |path: &Path, expected: &str| {
            let error = read_template_files(&mut template(path)).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        };
        check(dir.path(), "it is not a plain file");
        check(&dir.path().join("none"), "cannot read");
    }
}
