//! Where an export goes. It is written beside its place and renamed when it is whole.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

use super::error::ExportError;
use crate::capture::store::FileAction;

/// How much is collected before it is written, in bytes.
const BUFFER_BYTES: usize = 256 * 1024;
/// How the names begin of what is not whole yet.
const PREFIX: &str = ".bothends-";
/// How they end.
const SUFFIX: &str = ".partial";

/// Where an export goes.
pub(crate) enum Target {
    /// A file, or a folder for raw streams. A device or a pipe of that name is written to as it is.
    Path {
        /// Its name.
        path: PathBuf,
        /// Whether a file that is there already is replaced. A folder is never replaced.
        replace: bool,
    },
    /// Something that takes bytes as they come, such as standard output.
    Stream(Box<dyn Write + Send>),
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, replace } => f
                .debug_struct("Path")
                .field("path", path)
                .field("replace", replace)
                .finish(),
            Self::Stream(_) => f.write_str("Stream"),
        }
    }
}

/// What to call the place when writing fails.
#[derive(Clone, Debug)]
pub(super) enum Called {
    Path(PathBuf),
    Stream,
}

impl Called {
    pub(super) fn write_error(&self, source: io::Error) -> ExportError {
        match self {
            Self::Path(path) => ExportError::io(FileAction::Write, path)(source),
            Self::Stream => ExportError::Stream(source),
        }
    }
}

/// A file that is being written.
#[derive(Debug)]
pub(super) struct OutputFile {
    called: Called,
    writer: Writer,
}

enum Writer {
    /// Beside its place.
    Beside {
        file: BufWriter<NamedTempFile>,
        path: PathBuf,
        replace: bool,
    },
    /// At its place.
    There(BufWriter<Box<dyn Write + Send>>),
}

impl OutputFile {
    /// Opens a target for an export that is one file.
    pub(super) fn open(target: Target) -> Result<Self, ExportError> {
        let (path, replace) = match target {
            Target::Path { path, replace } => (path, replace),
            Target::Stream(stream) => {
                return Ok(Self {
                    called: Called::Stream,
                    writer: Writer::There(BufWriter::with_capacity(BUFFER_BYTES, stream)),
                });
            }
        };
        let called = Called::Path(path.clone());
        let writer = match fs::metadata(&path) {
            Ok(there) if there.is_dir() => return Err(ExportError::IsFolder(path)),
            Ok(there) if there.is_file() && !replace => return Err(ExportError::Exists(path)),
            // A link stays a link, to the new file.
            Ok(there) if there.is_file() => {
                let path =
                    fs::canonicalize(&path).map_err(ExportError::io(FileAction::Open, &path))?;
                Writer::beside(path, replace)?
            }
            // Renaming a file to the name of a device would put it in the device's place.
            Ok(_device) => Writer::device(&path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Writer::beside(path, replace)?,
            Err(error) => return Err(ExportError::io(FileAction::Open, &path)(error)),
        };
        Ok(Self { called, writer })
    }

    /// Returns what to call it when writing fails.
    pub(super) fn called(&self) -> Called {
        self.called.clone()
    }

    /// Puts the file, which is whole now, in its place.
    pub(super) fn finish(self) -> Result<(), ExportError> {
        let called = self.called;
        match self.writer {
            Writer::There(mut stream) => stream.flush().map_err(|error| called.write_error(error)),
            Writer::Beside {
                file,
                path,
                replace,
            } => {
                let file = file
                    .into_inner()
                    .map_err(|error| called.write_error(error.into_error()))?;
                // A volume may find out only now that it is full.
                let synced = file.as_file().sync_all();
                synced.map_err(|error| called.write_error(error))?;
                put(file, &path, replace)
            }
        }
    }
}

impl Writer {
    fn beside(path: PathBuf, replace: bool) -> Result<Self, ExportError> {
        let file = builder(0o666)
            .tempfile_in(folder_of(&path))
            .map_err(ExportError::io(FileAction::Make, &path))?;
        Ok(Self::Beside {
            file: BufWriter::with_capacity(BUFFER_BYTES, file),
            path,
            replace,
        })
    }

    fn device(path: &Path) -> Result<Self, ExportError> {
        let device: File = OpenOptions::new()
            .write(true)
            .open(path)
            .map_err(ExportError::io(FileAction::Open, path))?;
        let device: Box<dyn Write + Send> = Box::new(device);
        Ok(Self::There(BufWriter::with_capacity(BUFFER_BYTES, device)))
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beside { path, .. } => f.debug_tuple("Beside").field(path).finish(),
            Self::There(_) => f.write_str("There"),
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::Beside { file, .. } => file.write(bytes),
            Writer::There(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Beside { file, .. } => file.flush(),
            Writer::There(stream) => stream.flush(),
        }
    }
}

fn put(file: NamedTempFile, path: &Path, replace: bool) -> Result<(), ExportError> {
    if replace {
        let put = file.persist(path).map(drop);
        return put.map_err(|error| ExportError::io(FileAction::Rename, path)(error.error));
    }
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(ExportError::Exists(path.to_owned()))
        }
        // A volume that cannot rename so (exFAT on some systems): nothing was there when the export began.
        Err(error) => put(error.file, path, true),
    }
}

/// A folder of files that is being written.
#[derive(Debug)]
pub(super) struct OutputFolder {
    /// Beside its place; inside of it when it is there already, which may be a volume of its own.
    partial: TempDir,
    path: PathBuf,
    is_there: bool,
}

impl OutputFolder {
    /// Opens a target for an export that is several files.
    pub(super) fn open(target: Target) -> Result<Self, ExportError> {
        let Target::Path { path, .. } = target else {
            return Err(ExportError::NeedsFolder);
        };
        let is_there = match fs::read_dir(&path).map(|mut there| there.next().is_none()) {
            Ok(true) => true,
            Ok(false) => return Err(ExportError::NotEmpty(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(ExportError::Exists(path));
            }
            Err(error) => return Err(ExportError::io(FileAction::Open, &path)(error)),
        };
        let parent = if is_there { &path } else { folder_of(&path) };
        let partial = builder(0o777)
            .tempdir_in(parent)
            .map_err(ExportError::io(FileAction::Make, &path))?;
        Ok(Self {
            partial,
            path,
            is_there,
        })
    }

    /// Returns where files are written now.
    pub(super) fn partial(&self) -> &Path {
        self.partial.path()
    }

    /// Returns what to call it when writing fails.
    pub(super) fn called(&self) -> Called {
        Called::Path(self.path.clone())
    }

    /// Puts the files, which are whole now, in their place.
    pub(super) fn finish(self) -> Result<(), ExportError> {
        let put = if self.is_there {
            self.move_files()
        } else {
            fs::rename(self.partial.path(), &self.path)
        };
        put.map_err(ExportError::io(FileAction::Rename, &self.path))?;
        if !self.is_there {
            // It has another name now, and nothing is left to be removed.
            let _renamed = self.partial.keep();
        }
        Ok(())
    }

    /// Moves all files into the folder that is there, or none.
    fn move_files(&self) -> io::Result<()> {
        let mut moved = Vec::new();
        let mut move_all = || {
            for file in fs::read_dir(self.partial.path())? {
                let file = file?;
                let place = self.path.join(file.file_name());
                fs::rename(file.path(), &place)?;
                moved.push(place);
            }
            Ok(())
        };
        let outcome = move_all();
        if outcome.is_err() {
            for place in moved {
                // What cannot be removed now is told with the failure: the folder is named there.
                fs::remove_file(place).ok();
            }
        }
        outcome
    }
}

/// Files beside their place have the rights that a file made at their place would have.
fn builder(mode: u32) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _mode = mode;
    builder
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
