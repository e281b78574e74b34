//! The input of `send`: checked in one step, read piece by piece on its own thread, once or again and again.

use std::fs::{self, File};
use std::io::{self, Cursor, IsTerminal as _, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use crossbeam_channel::{Receiver, Sender, bounded};

use super::args::{InputArguments, MessageArguments, TextArguments};
use super::error::CliError;
use crate::net::{self, Link, MAX_DATAGRAM_BYTES};
use crate::payload::framing::{Cutter, Fault, Frame, Framing};
use crate::payload::template::Template;
use crate::payload::{Draft, Encoding, Format, LineEnding};
use crate::session::Schedule;
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::{Repetition, read_template_files};

/// The size of a piece, in bytes.
pub(super) const PIECE_BYTES: usize = 64 * 1024;
/// The time from one message to the next, unless the arguments name one.
const DEFAULT_PERIOD: Duration = Duration::from_secs(1);

/// Where the bytes come from, and how often.
pub(super) struct Input {
    source: Source,
    edges: Edges,
    /// How often it is sent, if it is a message to repeat.
    pub(super) repetition: Option<Repetition>,
    /// Whether it is typed at a terminal: nobody keeps typing after the peer has finished.
    pub(super) is_terminal: bool,
    /// How long it is, as far as that is known.
    pub(super) known: KnownBytes,
}

/// Whether it matters where a piece begins and ends.
pub(super) enum Edges {
    /// It does not: a stream has none.
    None,
    /// Each piece is a datagram: each message, and what this rule cuts of other input; without a rule, all of it.
    Datagrams(Option<Framing>),
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
    /// Whether all of it was known before it was read: a plain file or a message without fields that is sent once.
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
pub(super) enum InputPiece {
    /// The next bytes.
    Bytes(Bytes),
    /// A message to repeat is complete; the next one, if there is one, is not due yet.
    MessageEnd,
}

/// The input while it is being read. The channel closes at its end.
pub(super) type InputPieces = Receiver<Result<InputPiece, CliError>>;

impl Input {
    /// Checks and opens the input that the arguments name.
    pub(super) fn open(
        arguments: InputArguments,
        line_ending: Option<LineEnding>,
        how: &TextArguments,
        edges: Edges,
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
        if repetition.is_some() && !source.can_repeat(&edges) {
            return Err(CliError::NothingToRepeat);
        }
        source.require_datagrams(&edges)?;
        let mut known = KnownBytes::default();
        match (&source, &repetition) {
            (Source::File(_, len), None) => {
                known.add(*len);
                known.is_whole = true;
            }
            (Source::Message(template), None) if !template.has_fields() => {
                known.add(template.least_len_bytes() as u64);
                known.is_whole = true;
            }
            _ => {}
        }
        Ok(Self {
            is_terminal: matches!(source, Source::Stdin) && io::stdin().is_terminal(),
            source,
            edges,
            repetition,
            known,
        })
    }

    /// Returns whether it has an end of its own: a message or a plain file.
    pub(super) fn has_end(&self) -> bool {
        matches!(self.source, Source::Message(_) | Source::File(..))
    }

    /// Reads one piece ahead on its own thread.
    ///
    /// The thread is not joined: nothing can interrupt a read from a terminal.
    pub(super) fn start(self, link: Option<Arc<Link>>) -> Result<InputPieces, CliError> {
        let (sender, pieces) = bounded(0);
        let mut reader = Reader {
            source: self.source,
            edges: self.edges,
            is_terminal: self.is_terminal,
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
    /// Refuses a message that is to be cut into datagrams, and a file that is longer than one.
    fn require_datagrams(&self, edges: &Edges) -> Result<(), CliError> {
        match (self, edges) {
            (Self::Message(_), Edges::Datagrams(Some(_))) => Err(CliError::DatagramsOfMessage),
            (Self::File(_, len), Edges::Datagrams(None)) if *len > MAX_DATAGRAM_BYTES as u64 => {
                Err(CliError::DatagramTooLong { is_cut: false })
            }
            _ => Ok(()),
        }
    }

    /// Returns whether it is something to send that can be sent again.
    fn can_repeat(&self, edges: &Edges) -> bool {
        match self {
            // A datagram may be empty.
            Self::Message(template) => !template.is_empty() || matches!(edges, Edges::Datagrams(_)),
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
    edges: Edges,
    /// Whether it is typed at a terminal, which hands it over line by line.
    is_terminal: bool,
    /// The connection, for the fields of a template.
    link: Option<Arc<Link>>,
    pieces: Sender<Result<InputPiece, CliError>>,
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
            if self.send(count).is_err() || self.hand_over(InputPiece::MessageEnd).is_err() {
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
        let mut reader = match self.reader(count) {
            Ok(reader) => reader,
            Err(error) => return self.fail(error),
        };
        match &self.edges {
            Edges::Datagrams(Some(framing)) => self.read_frames(framing, &mut *reader),
            Edges::Datagrams(None) if !self.is_terminal => self.read_whole(&mut *reader),
            Edges::None | Edges::Datagrams(None) => self.read(&mut *reader),
        }
    }

    fn reader(&mut self, count: u64) -> Result<Box<dyn Read>, CliError> {
        Ok(match &mut self.source {
            Source::Message(template) => {
                let rendered = net::render(template, self.link.as_deref(), count, None)?;
                if !self.known.is_whole {
                    self.known.add(rendered.bytes.len() as u64);
                }
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
        while let Some(piece) = self.read_piece(reader)? {
            self.hand_over(InputPiece::Bytes(piece.into()))?;
        }
        Ok(())
    }

    /// Reads all of the input as one datagram. A stream that ends at once sends nothing; a file or a message may be empty.
    fn read_whole(&self, reader: &mut dyn Read) -> Result<(), Over> {
        let mut whole = Vec::new();
        while let Some(piece) = self.read_piece(reader)? {
            whole.extend(piece);
            if whole.len() > MAX_DATAGRAM_BYTES {
                return self.fail(CliError::DatagramTooLong { is_cut: false });
            }
        }
        if whole.is_empty() && !self.is_known() {
            return Ok(());
        }
        self.hand_over(InputPiece::Bytes(whole.into()))
    }

    /// Reads the input as datagrams that a rule cuts. What is left at its end is one too.
    fn read_frames(&self, framing: &Framing, reader: &mut dyn Read) -> Result<(), Over> {
        let mut cutter = Cutter::new(framing);
        let mut open = BytesMut::new();
        let mut frames = Vec::new();
        loop {
            let piece = self.read_piece(reader)?;
            match &piece {
                Some(piece) => {
                    open.extend_from_slice(piece);
                    cutter.push(piece, 0, &mut |frame| frames.push(frame));
                }
                None => cutter.finish(&mut |frame| frames.push(frame)),
            }
            for frame in frames.drain(..) {
                self.hand_over_frame(&frame, &mut open)?;
            }
            if open.len() > MAX_DATAGRAM_BYTES {
                return self.fail(CliError::DatagramTooLong { is_cut: true });
            }
            if piece.is_none() {
                return Ok(());
            }
        }
    }

    fn hand_over_frame(&self, frame: &Frame, open: &mut BytesMut) -> Result<(), Over> {
        if let Some(fault) = frame.fault.filter(|it| *it != Fault::Unfinished) {
            return self.fail(CliError::InputFrame(fault.in_words(&ENGLISH)));
        }
        let len = usize::try_from(frame.range.end - frame.range.start).unwrap_or(usize::MAX);
        if len > MAX_DATAGRAM_BYTES {
            return self.fail(CliError::DatagramTooLong { is_cut: true });
        }
        let datagram = open.split_to(len.min(open.len()));
        self.hand_over(InputPiece::Bytes(datagram.freeze()))
    }

    /// Reads some of the input; `None` at its end.
    fn read_piece(&self, reader: &mut dyn Read) -> Result<Option<Vec<u8>>, Over> {
        loop {
            let mut piece = vec![0; PIECE_BYTES];
            match reader.read(&mut piece) {
                Ok(0) => return Ok(None),
                Ok(len) => {
                    piece.truncate(len);
                    if !self.is_known() {
                        self.known.add(len as u64);
                    }
                    return Ok(Some(piece));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return self.fail(CliError::Input(error)),
            }
        }
    }

    /// Returns whether it was known how long the input is before it was read.
    fn is_known(&self) -> bool {
        !matches!(self.source, Source::Pipe(_) | Source::Stdin)
    }

    /// Hands a piece over, which fails once the command has ended.
    fn hand_over(&self, piece: InputPiece) -> Result<(), Over> {
        self.pieces.send(Ok(piece)).map_err(|_ended| Over)
    }

    fn fail<T>(&self, error: CliError) -> Result<T, Over> {
        // It fails once the command has ended.
        self.pieces.send(Err(error)).ok();
        Err(Over)
    }
}
