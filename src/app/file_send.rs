//! Sending a file: read ahead by a thread of its own, queued by the endpoint's worker as fast as the peer takes it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use bytes::Bytes;
use crossbeam_channel::{Sender, bounded};

use super::App;
use super::carry_out::as_problem;
use crate::model::{FileSendModel, Recipients};
use crate::net::{Command, ConnectionId, EndpointId, Feed, FeedProgress};
use crate::workspace::FileOrder;

/// The size of a piece where no pace is asked for, in bytes.
const PIECE_BYTES: usize = 64 * 1024;
/// How many pieces are read ahead.
const PIECES_AHEAD: usize = 4;

/// The file that is being sent.
pub(super) struct FileUnderWay {
    endpoint: EndpointId,
    connection: ConnectionId,
    progress: Arc<FeedProgress>,
}

impl App {
    /// Sends a file; what keeps it from going is told at the composer.
    pub(super) fn send_file(&mut self, order: &FileOrder) {
        self.model.send_problem = self.try_send_file(order).err().map(as_problem);
    }

    fn try_send_file(&mut self, order: &FileOrder) -> Result<(), String> {
        if self.is_sending_file() {
            return Err("a file is being sent already: cancel it, or wait".to_owned());
        }
        let (endpoint, connection) = self.file_recipient()?;
        let said = |error: io::Error| format!("cannot read {}: {error}", order.path.display());
        let (file, total_bytes) = open(&order.path).map_err(said)?;
        let piece_bytes = order.write_bytes.unwrap_or(PIECE_BYTES).max(1);
        let (sender, pieces) = bounded(PIECES_AHEAD);
        start(file, piece_bytes, sender).map_err(said)?;
        let progress = Arc::new(FeedProgress::default());
        let feed = Feed {
            pieces,
            delay: order.delay,
            progress: Arc::clone(&progress),
        };
        let Some(engine) = &mut self.engine else {
            return Err("the program is closing".to_owned());
        };
        engine
            .command(endpoint, Command::Feed { connection, feed })
            .map_err(|error| error.to_string())?;
        self.file_under_way = Some(FileUnderWay {
            endpoint,
            connection,
            progress,
        });
        let name = order.path.file_name().unwrap_or(order.path.as_os_str());
        self.model.file_send = Some(FileSendModel {
            name: name.to_string_lossy().into_owned(),
            total_bytes,
            sent_bytes: 0,
            end: None,
        });
        Ok(())
    }

    /// Returns the one connection that a file can go to.
    fn file_recipient(&self) -> Result<(EndpointId, ConnectionId), String> {
        match self.model.send_to {
            Some(Recipients::Client(id)) => {
                let endpoint = self.model.endpoints.get(&id);
                let connection = endpoint.and_then(|it| it.connected());
                connection
                    .map(|it| (id, it.connection))
                    .ok_or_else(|| "the client is not connected: connect it first".to_owned())
            }
            Some(Recipients::SelectedPeers(id)) => {
                let selected = self.model.endpoints.get(&id).map(|it| &it.selected_peers);
                let mut selected = selected.into_iter().flatten();
                match (selected.next(), selected.next()) {
                    (Some(only), None) => Ok((id, *only)),
                    _ => Err("a file goes to one peer: select just one".to_owned()),
                }
            }
            Some(Recipients::AllPeers(_)) | None => {
                Err("a file goes to one connection: choose a client, or select a peer".to_owned())
            }
        }
    }

    fn is_sending_file(&self) -> bool {
        let file = self.model.file_send.as_ref();
        file.is_some_and(|file| file.end.is_none())
    }

    pub(super) fn cancel_file(&mut self) {
        if let (Some(file), Some(engine)) = (&self.file_under_way, &mut self.engine) {
            let cancelled = engine.command(file.endpoint, Command::CancelFeed(file.connection));
            self.model.send_problem = cancelled.err().map(as_problem);
        }
    }

    /// Tells the window how far the file is; returns whether it goes on.
    pub(super) fn follow_file(&mut self) -> bool {
        let (Some(under_way), Some(file)) = (&self.file_under_way, &mut self.model.file_send)
        else {
            return false;
        };
        file.sent_bytes = under_way.progress.queued_bytes();
        file.end = under_way.progress.end();
        if file.end.is_some() {
            self.file_under_way = None;
        }
        self.file_under_way.is_some()
    }
}

fn open(path: &Path) -> io::Result<(File, u64)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    // Reading from anything else might wait for ever.
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is not a plain file",
        ));
    }
    Ok((file, metadata.len()))
}

/// Reads ahead on a thread of its own. It ends with the file, or when nobody takes its pieces any more.
fn start(file: File, piece_bytes: usize, pieces: Sender<io::Result<Bytes>>) -> io::Result<()> {
    let thread = thread::Builder::new().name("file".to_owned());
    thread.spawn(move || read(file, piece_bytes, &pieces))?;
    Ok(())
}

fn read(mut file: File, piece_bytes: usize, pieces: &Sender<io::Result<Bytes>>) {
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
    use crossbeam_channel::Receiver;

    use super::*;

    fn pieces(bytes: &[u8], piece_bytes: usize) -> Vec<Bytes> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        let (file, total) = open(&path).unwrap();
        assert_eq!(total, bytes.len() as u64);
        let (sender, pieces): (_, Receiver<io::Result<Bytes>>) = bounded(1);
        start(file, piece_bytes, sender).unwrap();
        pieces.iter().map(Result::unwrap).collect()
    }

    #[test]
    fn a_file_is_read_in_pieces_of_the_same_size() {
        assert_eq!(pieces(b"abcdefgh", 3), [&b"abc"[..], b"def", b"gh"]);
        assert_eq!(pieces(b"", 3), [&b""[..]; 0]);
        assert!(open(Path::new("/")).is_err());
    }
}
