//! What `send` sends: opened in one step, read piece by piece on a thread of its own.

use std::fs::File;
use std::io::{self, Cursor, IsTerminal as _, Read};
use std::path::Path;
use std::thread;

use bytes::Bytes;
use crossbeam_channel::{Receiver, Sender, bounded};

use super::args::{InputArguments, LineEndingArgument};
use super::error::CliError;
use crate::payload::{Draft, Format, LineEnding};

/// The size of a piece, in bytes.
pub(super) const PIECE_BYTES: usize = 64 * 1024;

/// Where the bytes come from.
pub(super) struct Input {
    reader: Box<dyn Read + Send>,
    /// Whether a person types it: nobody types on when the peer has finished.
    pub(super) is_terminal: bool,
}

impl Input {
    /// Opens what the arguments name.
    pub(super) fn open(
        arguments: InputArguments,
        line_ending: Option<LineEndingArgument>,
    ) -> Result<Self, CliError> {
        let InputArguments { text, hex, file } = arguments;
        if let Some(text) = text {
            let line_ending = line_ending.map_or(LineEnding::None, LineEnding::from);
            return Self::message("--text", text, Format::Text, line_ending);
        }
        if line_ending.is_some() {
            return Err(CliError::LineEnding);
        }
        if let Some(hex) = hex {
            return Self::message("--hex", hex, Format::Hex, LineEnding::None);
        }
        match file {
            Some(path) => Self::file(&path),
            None => Ok(Self {
                reader: Box::new(io::stdin()),
                is_terminal: io::stdin().is_terminal(),
            }),
        }
    }

    fn message(
        option: &'static str,
        text: String,
        format: Format,
        line_ending: LineEnding,
    ) -> Result<Self, CliError> {
        let draft = Draft {
            text,
            format,
            escapes: true,
            line_ending,
        };
        let bytes = draft.bytes();
        let bytes = bytes.map_err(|source| CliError::Message { option, source })?;
        Ok(Self {
            reader: Box::new(Cursor::new(bytes)),
            is_terminal: false,
        })
    }

    fn file(path: &Path) -> Result<Self, CliError> {
        let file = File::open(path).and_then(|file| {
            if file.metadata()?.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            Ok(file)
        });
        let file = file.map_err(|source| CliError::Open {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self {
            reader: Box::new(file),
            is_terminal: false,
        })
    }

    /// Reads on a thread of its own, one piece ahead. The channel is closed at the end of the input.
    ///
    /// The thread is not joined: nothing can interrupt a read from a terminal.
    pub(super) fn start(self) -> Result<Receiver<io::Result<Bytes>>, CliError> {
        let (sender, pieces) = bounded(0);
        let thread = thread::Builder::new().name("input".to_owned());
        let started = thread.spawn(move || read_pieces(self.reader, &sender));
        started.map_err(CliError::Start)?;
        Ok(pieces)
    }
}

fn read_pieces(mut reader: Box<dyn Read + Send>, pieces: &Sender<io::Result<Bytes>>) {
    loop {
        let mut piece = vec![0; PIECE_BYTES];
        let piece = match reader.read(&mut piece) {
            Ok(0) => return,
            Ok(len) => {
                piece.truncate(len);
                Ok(Bytes::from(piece))
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let is_last = piece.is_err();
        // Nobody takes it any more when the command has ended.
        if pieces.send(piece).is_err() || is_last {
            return;
        }
    }
}
