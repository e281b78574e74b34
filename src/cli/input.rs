//! The input of `send`: opened in one step, read piece by piece on its own thread.

use std::fs::File;
use std::io::{self, Cursor, IsTerminal as _, Read};
use std::path::Path;
use std::thread;

use bytes::Bytes;
use crossbeam_channel::{Receiver, Sender, bounded};

use super::args::{InputArguments, TextArguments};
use super::error::CliError;
use crate::net::{self, Link};
use crate::payload::template::Template;
use crate::payload::{Draft, Encoding, Format, LineEnding};
use crate::workspace::read_template_files;

/// The size of a piece, in bytes.
pub(super) const PIECE_BYTES: usize = 64 * 1024;

/// Where the bytes come from.
pub(super) struct Input {
    source: Source,
    /// Whether it is typed at a terminal: nobody keeps typing after the peer has finished.
    pub(super) is_terminal: bool,
}

enum Source {
    /// A message, whose fields are computed once the connection is open.
    Message(Template),
    Reader(Box<dyn Read + Send>),
}

impl Input {
    /// Opens the input that the arguments name.
    pub(super) fn open(
        arguments: InputArguments,
        line_ending: Option<LineEnding>,
        how: &TextArguments,
    ) -> Result<Self, CliError> {
        let InputArguments { text, hex, file } = arguments;
        if let Some(text) = text {
            let line_ending = line_ending.unwrap_or(LineEnding::None);
            return Self::message("--text", text, Format::Text, line_ending, how);
        }
        if line_ending.is_some() {
            return Err(CliError::LineEnding);
        }
        if let Some(hex) = hex {
            return Self::message("--hex", hex, Format::Hex, LineEnding::None, how);
        }
        if how.template {
            return Err(CliError::Template);
        }
        match file {
            Some(path) => Self::file(&path),
            None => Ok(Self {
                source: Source::Reader(Box::new(io::stdin())),
                is_terminal: io::stdin().is_terminal(),
            }),
        }
    }

    fn message(
        option: &'static str,
        text: String,
        format: Format,
        line_ending: LineEnding,
        how: &TextArguments,
    ) -> Result<Self, CliError> {
        let draft = Draft {
            text,
            format,
            escapes: true,
            line_ending,
            template: how.template,
        };
        Ok(Self {
            source: Source::Message(compile(option, &draft, how.encodings().sent)?),
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
            source: Source::Reader(Box::new(file)),
            is_terminal: false,
        })
    }

    /// Reads one piece ahead on its own thread. The channel closes at the end of the input.
    ///
    /// The thread is not joined: nothing can interrupt a read from a terminal.
    pub(super) fn start(
        self,
        link: Option<&Link>,
    ) -> Result<Receiver<io::Result<Bytes>>, CliError> {
        let reader: Box<dyn Read + Send> = match self.source {
            Source::Message(template) => {
                let rendered = net::render(&template, link, 0, None)?;
                Box::new(Cursor::new(rendered.bytes))
            }
            Source::Reader(reader) => reader,
        };
        let (sender, pieces) = bounded(0);
        let thread = thread::Builder::new().name("input".to_owned());
        let started = thread.spawn(move || read_pieces(reader, &sender));
        started.map_err(CliError::Start)?;
        Ok(pieces)
    }
}

/// Compiles a message; `option` is the argument that holds it.
pub(super) fn compile(
    option: &'static str,
    draft: &Draft,
    encoding: Encoding,
) -> Result<Template, CliError> {
    let compiled = draft.compile(encoding);
    let mut template = compiled.map_err(|source| CliError::Message { option, source })?;
    read_template_files(&mut template)?;
    Ok(template)
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
        // It fails once the command has ended.
        if pieces.send(piece).is_err() || is_last {
            return;
        }
    }
}
