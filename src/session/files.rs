//! The files that a session reads: those that templates name, and those that are sent, on threads that a slow disk may
//! hold up.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use crossbeam_channel::Sender;

use super::endpoints::ServerOrder;
use super::sending::Outgoing;
use super::{Session, SessionError, Update};
use crate::net::EndpointId;
use crate::workspace::{FileProblem, open_plain, read_reply_files, read_template_files};

/// A file that is about to be sent.
pub(super) struct OpenFile {
    pub(super) file: File,
    pub(super) total_bytes: u64,
}

/// What came of a job on files.
pub(super) enum Outcome {
    /// The files of a server's reply are read.
    Server(EndpointId, Result<ServerOrder, SessionError>),
    /// The files of a message are read.
    Message(Result<Outgoing, SessionError>),
    /// A file is open.
    Opened(Result<OpenFile, SessionError>),
}

impl Session {
    /// Reads the files that a server's reply names.
    pub(super) fn read_for_server(
        &mut self,
        id: EndpointId,
        mut order: ServerOrder,
    ) -> Result<(), SessionError> {
        self.files.order(move |_| {
            let read = read_reply_files(order.behaviour());
            Outcome::Server(id, read.map(|()| order).map_err(SessionError::from))
        })?;
        Ok(())
    }

    /// Reads the files that a message names.
    pub(super) fn read_for_message(&mut self, mut outgoing: Outgoing) -> Result<(), SessionError> {
        self.files.order(move |_| {
            let read = read_template_files(&mut outgoing.template);
            Outcome::Message(read.map(|()| outgoing).map_err(SessionError::from))
        })?;
        Ok(())
    }

    /// Opens a file that is to be sent.
    pub(super) fn open_file(&mut self, path: PathBuf) -> Result<(), SessionError> {
        self.files.order(move |_| {
            let opened = open(&path);
            Outcome::Opened(opened.map_err(|source| SessionError::File { path, source }))
        })?;
        Ok(())
    }

    /// Takes in what came of the jobs on files.
    pub(super) fn take_files(&mut self) {
        while let Some(outcome) = self.files.outcome() {
            match outcome {
                Outcome::Server(id, order) => {
                    if let Err(problem) = self.server_read(id, order) {
                        self.updates.push_back(Update::Refused(id, problem));
                    }
                }
                Outcome::Message(outgoing) => {
                    let sent = self.message_read(outgoing);
                    self.updates.extend(sent.err().map(Update::NotSent));
                }
                Outcome::Opened(opened) => {
                    let begun = self.file_opened(opened);
                    self.updates.extend(begun.err().map(Update::NotSent));
                }
            }
        }
    }
}

fn open(path: &Path) -> Result<OpenFile, FileProblem> {
    let file = open_plain(path)?;
    let total_bytes = file.metadata()?.len();
    Ok(OpenFile { file, total_bytes })
}

/// Reads ahead, until the end of the file or until nobody takes its pieces any more.
pub(super) fn read_pieces(mut file: File, piece_bytes: usize, pieces: &Sender<io::Result<Bytes>>) {
    loop {
        let mut piece = Vec::with_capacity(piece_bytes);
        let piece = match (&mut file).take(piece_bytes as u64).read_to_end(&mut piece) {
            Ok(0) => return,
            Ok(_) => Ok(Bytes::from(piece)),
            Err(error) => Err(error),
        };
        let is_last = piece.is_err();
        if pieces.send(piece).is_err() || is_last {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::*;

    fn pieces(bytes: &[u8], piece_bytes: usize) -> Vec<Bytes> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        let OpenFile { file, total_bytes } = open(&path).unwrap();
        assert_eq!(total_bytes, bytes.len() as u64);
        let (sender, pieces) = bounded(100);
        read_pieces(file, piece_bytes, &sender);
        drop(sender);
        pieces.iter().map(Result::unwrap).collect()
    }

    #[test]
    fn a_file_is_read_in_pieces_of_the_same_size() {
        assert_eq!(pieces(b"abcdefgh", 3), [&b"abc"[..], b"def", b"gh"]);
        assert_eq!(pieces(b"", 3), [&b""[..]; 0]);
        assert!(open(Path::new("/")).is_err());
    }
}
