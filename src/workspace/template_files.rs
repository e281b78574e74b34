//! The files that templates name, read when a message is sent.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::net::Behaviour;
use crate::payload::MESSAGE_LIMIT_BYTES;
use crate::payload::template::Template;
use crate::script::Message;

/// A file of a template that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub struct TemplateFileError {
    /// Which one.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub problem: FileProblem,
}

/// Why a file cannot be sent.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum FileProblem {
    /// The system's error.
    Read(#[from] io::Error),
    /// It is a folder, a pipe or a device.
    NotPlain,
    /// It is longer than [`MESSAGE_LIMIT_BYTES`].
    TooLong,
}

/// Reads the files that a template names; each may have [`MESSAGE_LIMIT_BYTES`].
pub fn read_template_files(template: &mut Template) -> Result<(), TemplateFileError> {
    template
        .read_files(read)
        .map_err(|(path, problem)| TemplateFileError { path, problem })
}

/// Reads the files that the messages of an endpoint name.
pub fn read_script_files(behaviour: &mut Behaviour) -> Result<(), TemplateFileError> {
    let script = Arc::make_mut(&mut behaviour.script);
    script.messages_mut().try_for_each(read_message_files)
}

/// Reads the files that a message names.
pub fn read_message_files(message: &mut Message) -> Result<(), TemplateFileError> {
    match message {
        Message::Template(template) => read_template_files(Arc::make_mut(template)),
        Message::Bytes(_) => Ok(()),
    }
}

/// Opens a file, and refuses anything else: opening a pipe waits for its other end, and a device may have no end.
pub fn open_plain(path: &Path) -> Result<File, FileProblem> {
    if fs::metadata(path)?.is_file() {
        return Ok(File::open(path)?);
    }
    Err(FileProblem::NotPlain)
}

fn read(path: &Path) -> Result<Vec<u8>, FileProblem> {
    let file = open_plain(path)?;
    let limit = MESSAGE_LIMIT_BYTES as u64;
    let mut bytes = Vec::new();
    let read = file.take(limit + 1).read_to_end(&mut bytes)?;
    if read as u64 > limit {
        return Err(FileProblem::TooLong);
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
        let problem = |path: &Path| read_template_files(&mut template(path)).unwrap_err();
        let folder = problem(dir.path());
        assert_eq!(folder.path, dir.path());
        assert!(matches!(folder.problem, FileProblem::NotPlain));
        let none = problem(&dir.path().join("none"));
        assert!(matches!(none.problem, FileProblem::Read(_)));
    }
}
