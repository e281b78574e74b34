//! The target of an export. It is written beside its final path, and renamed once complete.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::error::ExportError;
use crate::capture::access::Access;
use crate::capture::partial::{PartialFile, PartialFolder};
use crate::capture::store::FileAction;

/// The size of the write buffer, in bytes.
const BUFFER_BYTES: usize = 256 * 1024;

/// Where an export goes.
pub(crate) enum ExportTarget {
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

impl ExportTarget {
    /// Checks that nothing would be written into the folder of the capture that is read.
    pub(super) fn check_outside(&self, capture: &Path) -> Result<(), ExportError> {
        let Self::Path { path, .. } = self else {
            return Ok(());
        };
        // Without a folder there is nothing to damage.
        let capture = fs::canonicalize(capture).ok();
        let place = fs::canonicalize(path).or_else(|_| fs::canonicalize(folder_of(path)));
        match capture.zip(place.ok()) {
            Some((capture, place)) if place.starts_with(&capture) => {
                Err(ExportError::InsideCapture(path.clone()))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for ExportTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, replace } => f
                .debug_struct("Path")
                .field("path", path)
                .field("replace", replace)
                .finish(),
            Self::Stream(_) => f.debug_tuple("Stream").finish(),
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
        file: BufWriter<PartialFile>,
        path: PathBuf,
        access: Access,
        /// Whether a file is there, which it replaces.
        is_there: bool,
    },
    /// Directly to the target.
    There(BufWriter<Box<dyn Write + Send>>),
}

impl OutputFile {
    /// Opens a target for a single-file export.
    pub(super) fn open(target: ExportTarget, access: Access) -> Result<Self, ExportError> {
        let (path, replace) = match target {
            ExportTarget::Path { path, replace } => (path, replace),
            ExportTarget::Stream(stream) => {
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
                Writer::beside(path, access, true)?
            }
            // Renaming a file to the name of a device would replace the device.
            Ok(_device) => Writer::device(&path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Writer::beside(path, access, false)?
            }
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
                access,
                is_there,
            } => {
                let file = file
                    .into_inner()
                    .map_err(|error| called.write_error(error.into_error()))?;
                // Some volumes report only now that they are full.
                let synced = file.as_file().sync_all();
                synced.map_err(|error| called.write_error(error))?;
                put(file, &path, access, is_there)
            }
        }
    }
}

impl Writer {
    fn beside(path: PathBuf, access: Access, is_there: bool) -> Result<Self, ExportError> {
        let file = PartialFile::create_in(folder_of(&path), access)
            .map_err(ExportError::io(FileAction::Make, &path))?;
        Ok(Self::Beside {
            file: BufWriter::with_capacity(BUFFER_BYTES, file),
            path,
            access,
            is_there,
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
            Self::There(_) => f.debug_tuple("There").finish(),
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

fn put(file: PartialFile, path: &Path, access: Access, is_there: bool) -> Result<(), ExportError> {
    let finish = |replaced| access.finish(file.as_file(), replaced);
    if !is_there {
        finish(None).map_err(ExportError::io(FileAction::Write, path))?;
        return file.put(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => ExportError::Exists(path.to_owned()),
            _ => ExportError::io(FileAction::Rename, path)(error),
        });
    }
    match finish(Some(path)) {
        // The file to replace has gone meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        finished => finished.map_err(ExportError::io(FileAction::Write, path)),
    }?;
    let replaced = file.replace(path);
    replaced.map_err(ExportError::io(FileAction::Rename, path))
}

/// A folder of files that is being written.
#[derive(Debug)]
pub(super) struct OutputFolder {
    /// Beside its final path; inside it if it already exists, since it may be a separate volume.
    partial: PartialFolder,
    path: PathBuf,
    access: Access,
    is_there: bool,
}

impl OutputFolder {
    /// Opens a target for a multi-file export.
    pub(super) fn open(target: ExportTarget, access: Access) -> Result<Self, ExportError> {
        let ExportTarget::Path { path, .. } = target else {
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
        let partial = PartialFolder::create_in(parent, access)
            .map_err(ExportError::io(FileAction::Make, &path))?;
        Ok(Self {
            partial,
            path,
            access,
            is_there,
        })
    }

    /// Returns the folder that files are written to for now.
    pub(super) fn partial(&self) -> PathBuf {
        self.partial.content()
    }

    /// Returns its name in write errors.
    pub(super) fn called(&self) -> Called {
        Called::Path(self.path.clone())
    }

    /// Moves the finished files to their final folder.
    pub(super) fn finish(self) -> Result<(), ExportError> {
        let finished = self.finish_files();
        finished.map_err(ExportError::io(FileAction::Write, &self.path))?;
        let put = if self.is_there {
            self.move_files()
        } else {
            self.partial.put(&self.path)
        };
        put.map_err(ExportError::io(FileAction::Rename, &self.path))
    }

    fn finish_files(&self) -> io::Result<()> {
        finish_folder(&self.partial.content(), self.access)
    }

    /// Moves all files into the existing folder, or none.
    fn move_files(&self) -> io::Result<()> {
        let mut moved = Vec::new();
        let mut move_all = || {
            for file in fs::read_dir(self.partial.content())? {
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

/// Gives a folder, and what is in it, its final permissions.
fn finish_folder(folder: &Path, access: Access) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file.file_type()?.is_dir() {
            finish_folder(&file.path(), access)?;
        } else {
            access.finish(&File::open(file.path())?, None)?;
        }
    }
    access.finish_folder(folder)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
