//! The folder that holds the captures of the window: the session under way, earlier ones, and saved ones.

use std::env;
use std::path::{Path, PathBuf};
use std::process;
use std::time::SystemTime;

use directories::ProjectDirs;
use jiff::{Timestamp, tz::TimeZone};

use super::store::{Keep, Store, StoreError};

/// The environment variable that names another data directory.
pub const DATA_DIR_VARIABLE: &str = "WIREBENCH_DATA_DIR";

/// Where sessions that were not saved are.
const SESSIONS: &str = "sessions";
/// How many sessions can begin in one second.
const MAX_SAME_SECOND: u32 = 100;

/// The data directory.
#[derive(Clone, Debug)]
pub struct Library {
    root: PathBuf,
}

impl Library {
    /// Uses the directory that [`DATA_DIR_VARIABLE`] names, or the user's data directory; none without a home.
    pub fn open_default() -> Option<Self> {
        if let Some(directory) = env::var_os(DATA_DIR_VARIABLE).filter(|name| !name.is_empty()) {
            return Some(Self::open_in(Path::new(&directory)));
        }
        let directories = ProjectDirs::from("", "", "wirebench")?;
        Some(Self::open_in(directories.data_local_dir()))
    }

    /// Uses `root`, which need not exist yet.
    pub fn open_in(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Begins the capture of a session, in a folder named after the time.
    pub fn begin(&self, now: SystemTime) -> Result<Store, StoreError> {
        let time = Timestamp::try_from(now).unwrap_or(Timestamp::UNIX_EPOCH);
        let time = time
            .to_zoned(TimeZone::system())
            .strftime("%Y-%m-%d %H.%M.%S");
        let name = format!("{time} {}", process::id());
        let sessions = self.root.join(SESSIONS);
        let keep = Keep::everything(&sessions);
        let mut outcome = Store::create(&sessions.join(&name), keep, now);
        for again in 2..=MAX_SAME_SECOND {
            if !matches!(outcome, Err(StoreError::NotEmpty(_))) {
                break;
            }
            outcome = Store::create(&sessions.join(format!("{name} {again}")), keep, now);
        }
        outcome
    }
}
