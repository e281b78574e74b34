//! The input of `send`: checked in one step, read piece by piece on its own thread, once or again and again.

use std::fs::{self, File};
use std::io::{self, Cursor, IsTerminal as _, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use crossbeam_channel::{Receiver, Sender, bounded};

use super::args::{InputArguments, MessageArguments, TextArguments};
use super::error::CliError;
use crate::net::{self, Link};
use crate::payload::template::Template;
use crate::payload::{Draft, Encoding, Format, LineEnding};
use crate::session::Schedule;
use crate::workspace::{Repetition, read_template_files};

/// The size of a piece, in bytes.
pub(super) const PIECE_BYTES: usize = 64 * 1024;
/// The time from one message to the next, unless the arguments name one.
const DEFAULT_PERIOD: Duration = Duration::from_secs(1);

/// Where the bytes come from, and how often.
pub(super) struct Input {
    source: Source,
    /// How often it is sent, if it is a message to repeat.
    pub(super) repetition: Option<Repetition>,
    /// Whether it is typed at a terminal: nobody keeps typing after the peer has finished.
    pub(super) is_terminal: bool,
    /// How long it is, as far as that is known.
    pub(super) known: KnownBytes,
}

enum Source {
    /// A message, whose fields are computed each time it is sent.
    Message(Template),
    /// A plain file, and its length.
    File(File, u64),
    /// A pipe or a device. Opening it may take as long as nobody has its other end.
    Pipe(PathBuf),
    Stdin,
}

/// How long the input is, as far as that is known: what was handed over, and what is still to come.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownBytes {
    bytes: Arc<AtomicU64>,
    /// Whether all of it was known before it was read: a plain file that is sent once.
    is_whole: bool,
}

impl KnownBytes {
    /// Returns how many bytes the input is known to have.
    pub(super) fn get(&self) -> u64 {
        self.bytes.load(Ordering::Acquire)
    }

    /// Returns whether nothing follows the known bytes, of which `read` have been read. A file can be longer than it was:
    /// then that is not known any more.
    pub(super) fn is_all(&self, read: u64) -> bool {
        self.is_whole && (1..=self.get()).contains(&read.max(1))
    }

    fn add(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::AcqRel);
    }
}

/// What the thread that reads the input hands over.
pub(super) enum Piece {
    /// The next bytes.
    Bytes(Bytes),
    /// A message to repeat is complete; the next one, if there is one, is not due yet.
    MessageEnd,
}

/// The input while it is being read. The channel closes at its end.
pub(super) type Pieces = Receiver<Result<Piece, CliError>>;

impl Input {
    /// Checks and opens the input that the arguments name.
    pub(super) fn open(
        arguments: InputArguments,
        line_ending: Option<LineEnding>,
        how: &TextArguments,
    ) -> Result<Self, CliError> {
        let repetition = repetition(&arguments);
        let MessageArguments { text, hex, file } = arguments.message;
        let source = if let Some(text) = text {
            let line_ending = line_ending.unwrap_or(LineEnding::None);
            message("--text", text, Format::Text, line_ending, how)?
        } else if line_ending.is_some() {
            return Err(CliError::LineEnding);
        } else if let Some(hex) = hex {
            message("--hex", hex, Format::Hex, LineEnding::None, how)?
        } else if how.template {
            return Err(CliError::Template);
        } else {
            file.map_or(Ok(Source::Stdin), |path| open(&path))?
        };
        if repetition.is_some() && !source.can_repeat() {
            return Err(CliError::NothingToRepeat);
        }
        let mut known = KnownBytes::default();
        if let (Source::File(_, len), None) = (&source, &repetition) {
            known.add(*len);
            known.is_whole = true;
        }
        Ok(Self {
            is_terminal: matches!(source, Source::Stdin) && io::stdin().is_terminal(),
            source,
            repetition,
            known,
        })
    }

    /// Reads one piece ahead on its own thread.
    ///
    /// The thread is not joined: nothing can interrupt a read from a terminal.
    pub(super) fn start(self, link: Option<Arc<Link>>) -> Result<Pieces, CliError> {
        let (sender, pieces) = bounded(0);
        let mut reader = Reader {
            source: self.source,
            link,
            pieces: sender,
            known: self.known,
        };
        let thread = thread::Builder::new().name("input".to_owned());
        let started = thread.spawn(move || match self.repetition {
            Some(repetition) => reader.repeat(repetition),
            // What went wrong has been handed over.
            None => reader.send(0).unwrap_or(()),
        });
        started.map_err(CliError::Start)?;
        Ok(pieces)
    }
}

/// Returns how often a message is sent, if the arguments say so.
fn repetition(arguments: &InputArguments) -> Option<Repetition> {
    let (times, period) = (arguments.repeat, arguments.every);
    (times.is_some() || period.is_some()).then(|| Repetition {
        times,
        period: period.unwrap_or(DEFAULT_PERIOD),
        until_reply: false,
    })
}

impl Source {
    /// Returns whether it is something to send that can be sent again.
    fn can_repeat(&self) -> bool {
        match self {
            Self::Message(template) => !template.is_empty(),
            Self::File(..) => true,
            Self::Pipe(_) | Self::Stdin => false,
        }
    }
}

fn message(
    option: &'static str,
    text: String,
    format: Format,
    line_ending: LineEnding,
    how: &TextArguments,
) -> Result<Source, CliError> {
    let draft = Draft {
        text,
        format,
        escapes: true,
        line_ending,
        template: how.template,
    };
    let template = compile(option, &draft, how.encodings().sent)?;
    Ok(Source::Message(template))
}

/// Opens a plain file. Of anything else only finds out whether it is there.
fn open(path: &Path) -> Result<Source, CliError> {
    let opened = fs::metadata(path).and_then(|found| {
        if found.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if found.is_file() {
            return File::open(path).map(|file| Source::File(file, found.len()));
        }
        Ok(Source::Pipe(path.to_owned()))
    });
    opened.map_err(open_error(path))
}

fn open_error(path: &Path) -> impl FnOnce(io::Error) -> CliError {
    let path = path.to_owned();
    move |source| CliError::Open { path, source }
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

/// Reads the input and hands it over.
struct Reader {
    source: Source,
    /// The connection, for the fields of a template.
    link: Option<Arc<Link>>,
    pieces: Sender<Result<Piece, CliError>>,
    known: KnownBytes,
}

/// Nobody takes pieces any more, or the input could not be read.
struct Over;

impl Reader {
    /// Sends the message as often as it is due.
    fn repeat(mut self, repetition: Repetition) {
        let mut schedule = Schedule::new(repetition.period, Instant::now());
        let mut count = 0;
        loop {
            if self.send(count).is_err() || self.hand_over(Piece::MessageEnd).is_err() {
                return;
            }
            count += 1;
            if repetition.times.is_some_and(|times| count >= times.get()) {
                return;
            }
            thread::sleep(schedule.wait(Instant::now()));
        }
    }

    /// Sends the input once, as the `count`th message counted from 0.
    fn send(&mut self, count: u64) -> Result<(), Over> {
        match self.reader(count) {
            Ok(mut reader) => self.read(&mut *reader),
            Err(error) => self.fail(error),
        }
    }

    fn reader(&mut self, count: u64) -> Result<Box<dyn Read>, CliError> {
        Ok(match &mut self.source {
            Source::Message(template) => {
                let rendered = net::render(template, self.link.as_deref(), count, None)?;
                self.known.add(rendered.bytes.len() as u64);
                Box::new(Cursor::new(rendered.bytes))
            }
            Source::File(file, len) => {
                if !self.known.is_whole {
                    self.known.add(*len);
                }
                file.rewind().map_err(CliError::Input)?;
                Box::new(file.try_clone().map_err(CliError::Input)?)
            }
            Source::Pipe(path) => Box::new(File::open(&*path).map_err(open_error(path))?),
            Source::Stdin => Box::new(io::stdin()),
        })
    }

    fn read(&self, reader: &mut dyn Read) -> Result<(), Over> {
        let is_counted = !matches!(self.source, Source::Pipe(_) | Source::Stdin);
        loop {
            let mut piece = vec![0; PIECE_BYTES];
            match reader.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(len) => {
                    piece.truncate(len);
                    if !is_counted {
                        self.known.add(len as u64);
                    }
                    self.hand_over(Piece::Bytes(piece.into()))?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return self.fail(CliError::Input(error)),
            }
        }
    }

    /// Hands a piece over, which fails once the command has ended.
    fn hand_over(&self, piece: Piece) -> Result<(), Over> {
        self.pieces.send(Ok(piece)).map_err(|_ended| Over)
    }

    fn fail(&self, error: CliError) -> Result<(), Over> {
        // It fails once the command has ended.
        self.pieces.send(Err(error)).ok();
        Err(Over)
    }
}
