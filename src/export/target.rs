//! The target of an export. It is written beside its final path, and renamed once complete.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

use super::error::ExportError;
use crate::capture::store::FileAction;

/// The size of the write buffer, in bytes.
const BUFFER_BYTES: usize = 256 * 1024;
/// The prefix of the names of incomplete files and folders.
const PREFIX: &str = ".bothends-";
/// Their suffix.
const SUFFIX: &str = ".partial";

/// Where an export goes.
pub(crate) enum Target {
    /// A file, or a folder for raw streams. An existing device or pipe is written to directly.
    Path {
        /// Its path.
        path: PathBuf,
        /// Whether to replace an existing file. A folder is never replaced.
        replace: bool,
    },
    /// A stream of bytes, such as standard output.
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

/// The name of the target in write errors.
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
    /// Beside its final path.
    Beside {
        file: BufWriter<NamedTempFile>,
        path: PathBuf,
        replace: bool,
    },
    /// Directly to the target.
    There(BufWriter<Box<dyn Write + Send>>),
}

impl OutputFile {
    /// Opens a target for a single-file export.
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
            // A symbolic link stays one, and points to the new file.
            Ok(there) if there.is_file() => {
                let path =
                    fs::canonicalize(&path).map_err(ExportError::io(FileAction::Open, &path))?;
                Writer::beside(path, replace)?
            }
            // Renaming a file to the name of a device would replace the device.
            Ok(_device) => Writer::device(&path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Writer::beside(path, replace)?,
            Err(error) => return Err(ExportError::io(FileAction::Open, &path)(error)),
        };
        Ok(Self { called, writer })
    }

    /// Returns its name in write errors.
    pub(super) fn called(&self) -> Called {
        self.called.clone()
    }

    /// Moves the finished file to its final path.
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
                // Some volumes report only now that they are full.
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
        // Some volumes cannot rename without replacing (exFAT on some systems). No file existed when the export began.
        Err(error) => put(error.file, path, true),
    }
}

/// A folder of files that is being written.
#[derive(Debug)]
pub(super) struct OutputFolder {
    /// Beside its final path; inside it if it already exists, since it may be a separate volume.
    partial: TempDir,
    path: PathBuf,
    is_there: bool,
}

impl OutputFolder {
    /// Opens a target for a multi-file export.
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

    /// Returns the folder that files are written to for now.
    pub(super) fn partial(&self) -> &Path {
        self.partial.path()
    }

    /// Returns its name in write errors.
    pub(super) fn called(&self) -> Called {
        Called::Path(self.path.clone())
    }

    /// Moves the finished files to their final folder.
    pub(super) fn finish(self) -> Result<(), ExportError> {
        let put = if self.is_there {
            self.move_files()
        } else {
            fs::rename(self.partial.path(), &self.path)
        };
        put.map_err(ExportError::io(FileAction::Rename, &self.path))?;
        if !self.is_there {
            // The folder has been renamed, so there is nothing left to remove.
            let _renamed = self.partial.keep();
        }
        Ok(())
    }

    /// Moves all files into the existing folder, or none.
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
                // The failure names the folder, so leftovers that cannot be removed can be found.
                fs::remove_file(place).ok();
            }
        }
        outcome
    }
}

/// Gives temporary files the permissions that a newly created target would have.
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
