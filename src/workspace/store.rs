//! The workspace file: read once at start, written whole at every save.
//!
//! It is written beside its place, flushed to the disk and renamed, so that a reader sees the old file or the new
//! one and nothing between. Of two running instances the last one to write wins: nothing is merged.
//! A file that cannot be read is never written over; it is set aside under a name of its own.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fmt};

use directories::ProjectDirs;
use toml::Table;

use super::saved::{FORMAT, Oddity, SavedWorkspace};
use super::settings::Workspace;

/// The name of the workspace file in the configuration directory.
pub const FILE_NAME: &str = "workspace.toml";
/// The environment variable that names another configuration directory.
pub const CONFIG_DIR_VARIABLE: &str = "BOTHENDS_CONFIG_DIR";
/// The largest workspace file, in bytes; a larger one is neither written nor read.
pub const FILE_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// The last line of a whole file. Without it, a file that was cut between two tables would look like a whole one.
const LAST_LINE: &str = "# end of workspace";
/// How many files of one name and second can be set aside.
const MAX_ASIDE: u32 = 100;

/// The workspace file, once it may be written.
#[derive(Debug)]
pub struct WorkspaceFile {
    path: PathBuf,
}

/// What was loaded.
#[derive(Debug)]
pub struct Loaded {
    /// The workspace; the one of the first start when there is no file, or none that can be read.
    pub workspace: Workspace,
    /// What the user should know.
    pub notice: Option<LoadNotice>,
}

/// What the user should know about a file that was not simply read.
#[derive(Debug, thiserror::Error)]
pub enum LoadNotice {
    /// It could not be read, and keeps a name of its own.
    #[error("{problem}. It is kept as {}; this is a new workspace", kept_as.display())]
    SetAside {
        /// Why it could not be read.
        problem: LoadProblem,
        /// Where it is now.
        kept_as: PathBuf,
    },
    /// Parts of it were not understood; it is kept as it was.
    #[error("The workspace file was read, but {}. As it was, it is kept as {}", List(oddities), kept_as.display())]
    Mended {
        /// What was not understood.
        oddities: Vec<Oddity>,
        /// Where a copy of it is.
        kept_as: PathBuf,
    },
    /// There is no directory to load from and to save to.
    #[error(
        "There is no home directory, so nothing will be saved: set {CONFIG_DIR_VARIABLE} to a directory"
    )]
    NoHome,
    /// It stands where it was, and nothing is saved, so that it is not lost.
    #[error(
        "{problem}. It could not be set aside ({source}), so nothing will be saved: move {} away and start again",
        path.display()
    )]
    Blocked {
        /// Why it could not be read.
        problem: LoadProblem,
        /// Where it is.
        path: PathBuf,
        /// Why it could not be set aside.
        source: io::Error,
    },
}

/// Why a workspace file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LoadProblem {
    /// The system did not give it.
    #[error("The workspace file could not be read ({0})")]
    Read(#[from] io::Error),
    /// It is larger than [`FILE_LIMIT_BYTES`].
    #[error("The workspace file is larger than {FILE_LIMIT_BYTES} bytes")]
    TooLarge,
    /// Its end is missing.
    #[error("The workspace file is torn: its last line, \"{LAST_LINE}\", is missing")]
    Torn,
    /// It is no TOML, or does not say what a workspace says.
    #[error("The workspace file is damaged ({})", .0.message().replace('\n', ", "))]
    Damaged(#[from] toml::de::Error),
    /// It has no format number.
    #[error("The workspace file is damaged (it has no format number)")]
    NoFormat,
    /// A newer version wrote it.
    #[error(
        "The workspace file is of format {format}, which a newer Bothends wrote (this one reads {FORMAT})"
    )]
    Newer {
        /// Its format.
        format: i64,
    },
    /// Parts of it were not understood.
    #[error("The workspace file was read, but {}", List(.0))]
    Odd(Vec<Oddity>),
}

/// Why a workspace was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The workspace has no form in TOML.
    #[error("the workspace cannot be written as TOML")]
    Encode(#[from] toml::ser::Error),
    /// The workspace is larger than [`FILE_LIMIT_BYTES`].
    #[error(
        "the workspace has {len_bytes} bytes, more than {FILE_LIMIT_BYTES}: shorten its messages"
    )]
    TooLarge {
        /// Its size.
        len_bytes: usize,
    },
    /// The system did not take it.
    #[error("the workspace cannot be saved as {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

struct List<'a>(&'a [Oddity]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, oddity) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{oddity}")?;
        }
        Ok(())
    }
}

impl WorkspaceFile {
    /// Opens the file in the directory that [`CONFIG_DIR_VARIABLE`] names, or in the user's configuration directory.
    /// Otherwise as [`open_in`](Self::open_in).
    ///
    /// # Platform-specific behavior
    /// `~/.config/bothends` on Linux, `~/Library/Application Support/io.github.bothends` on macOS,
    /// `%APPDATA%\bothends\config` on Windows.
    pub fn open_default() -> (Option<Self>, Loaded) {
        if let Some(directory) = env::var_os(CONFIG_DIR_VARIABLE).filter(|name| !name.is_empty()) {
            return Self::open_in(Path::new(&directory));
        }
        match ProjectDirs::from("io.github", "", "bothends") {
            Some(directories) => Self::open_in(directories.config_dir()),
            None => (None, Loaded::first_start(Some(LoadNotice::NoHome))),
        }
    }

    /// Loads the workspace file of `directory`, which need not exist yet.
    ///
    /// A file that cannot be read is set aside, and the workspace of the first start stands for it. Where even that
    /// fails there is no file to save to, so that the one that is there is not lost; the notice says so.
    pub fn open_in(directory: &Path) -> (Option<Self>, Loaded) {
        let path = directory.join(FILE_NAME);
        let loaded = match load(&path) {
            Ok(None) => Loaded::first_start(None),
            Ok(Some((workspace, oddities))) => Loaded {
                workspace,
                notice: keep_odd(&path, oddities),
            },
            Err(problem) => Loaded::first_start(Some(set_aside(&path, problem))),
        };
        let is_blocked = matches!(loaded.notice, Some(LoadNotice::Blocked { .. }));
        ((!is_blocked).then_some(Self { path }), loaded)
    }

    /// Returns where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file whole, or leaves the one that is there.
    pub fn save(&self, workspace: &Workspace) -> Result<(), SaveError> {
        let text = write(workspace)?;
        replace(&self.path, text.as_bytes()).map_err(|source| SaveError::Write {
            path: self.path.clone(),
            source,
        })
    }
}

impl Loaded {
    fn first_start(notice: Option<LoadNotice>) -> Self {
        Self {
            workspace: Workspace::default(),
            notice,
        }
    }
}

/// Moves the file to a name of its own.
fn set_aside(path: &Path, problem: LoadProblem) -> LoadNotice {
    let moved = reserve(path, "damaged").and_then(|kept_as| {
        let renamed = fs::rename(path, &kept_as);
        renamed
            .map(|()| kept_as.clone())
            .inspect_err(|_| discard(&kept_as))
    });
    match moved {
        Ok(kept_as) => LoadNotice::SetAside { problem, kept_as },
        Err(source) => blocked(path, problem, source),
    }
}

/// Copies a file that was not wholly understood, since the next save will leave out what was not.
fn keep_odd(path: &Path, oddities: Vec<Oddity>) -> Option<LoadNotice> {
    if oddities.is_empty() {
        return None;
    }
    let copied = reserve(path, "before").and_then(|kept_as| {
        let copied = fs::copy(path, &kept_as);
        copied
            .map(|_len| kept_as.clone())
            .inspect_err(|_| discard(&kept_as))
    });
    Some(match copied {
        Ok(kept_as) => LoadNotice::Mended { oddities, kept_as },
        Err(source) => blocked(path, LoadProblem::Odd(oddities), source),
    })
}

fn blocked(path: &Path, problem: LoadProblem, source: io::Error) -> LoadNotice {
    LoadNotice::Blocked {
        problem,
        path: path.to_owned(),
        source,
    }
}

/// Reads the workspace, with what in it is odd; none when there is no file.
fn load(path: &Path) -> Result<Option<(Workspace, Vec<Oddity>)>, LoadProblem> {
    read_text(path)?.map(|text| parse(&text)).transpose()
}

/// Returns the file's text; none when there is no file.
fn read_text(path: &Path) -> Result<Option<String>, LoadProblem> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut text = String::new();
    file.take(FILE_LIMIT_BYTES as u64 + 1)
        .read_to_string(&mut text)?;
    if text.len() > FILE_LIMIT_BYTES {
        return Err(LoadProblem::TooLarge);
    }
    Ok(Some(text))
}

fn parse(text: &str) -> Result<(Workspace, Vec<Oddity>), LoadProblem> {
    if text.lines().next_back() != Some(LAST_LINE) {
        return Err(LoadProblem::Torn);
    }
    let table: Table = text.parse()?;
    match table.get("format").and_then(toml::Value::as_integer) {
        None => return Err(LoadProblem::NoFormat),
        Some(format) if format > FORMAT => return Err(LoadProblem::Newer { format }),
        Some(_) => {}
    }
    let (saved, mut oddities) = SavedWorkspace::read(&table)?;
    let workspace = saved.into_workspace(&mut oddities);
    Ok((workspace, oddities))
}

fn write(workspace: &Workspace) -> Result<String, SaveError> {
    let mut text = toml::to_string_pretty(&SavedWorkspace::new(workspace))?;
    text.push('\n');
    text.push_str(LAST_LINE);
    text.push('\n');
    if text.len() > FILE_LIMIT_BYTES {
        let len_bytes = text.len();
        return Err(SaveError::TooLarge { len_bytes });
    }
    Ok(text)
}

/// Replaces the file at `path` by one that holds `bytes`; a symbolic link there stays one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // There is nothing to follow before the first save.
    let path = fs::canonicalize(path).unwrap_or_else(|_missing| path.to_owned());
    let directory = path.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(directory)?;
    let mut file = tempfile::Builder::new()
        .prefix(".workspace-")
        .tempfile_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    sync_directory(directory)
}

/// Flushes a rename to the disk; without it a power failure could bring the old file back.
#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
fn sync_directory(_directory: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes an empty file beside `path` whose name says why and when, and that no other file has.
fn reserve(path: &Path, why: &str) -> io::Result<PathBuf> {
    let now = jiff::Timestamp::now()
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    for number in 1..=MAX_ASIDE {
        let suffix = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let name = path.with_file_name(format!("workspace.{why}-{now}{suffix}.toml"));
        match File::create_new(&name) {
            Ok(_file) => return Ok(name),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Removes a name that was reserved for nothing.
fn discard(path: &Path) {
    // An empty file that stays is no loss, and the error before it is told.
    fs::remove_file(path).ok();
}

#[cfg(test)]
mod tests;
