//! Portable mode: with a marker file beside the program, all that it keeps stays beside it too.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The marker. What it holds does not matter.
pub const PORTABLE_MARKER: &str = "bothends.portable";
/// The folder beside the program for what is kept.
const PORTABLE_FOLDER: &str = "bothends-data";
/// Where the program stands in a macOS application.
const INSIDE_APPLICATION: &str = "Contents/MacOS";
/// The ending of a macOS application.
const APPLICATION_ENDING: &str = "app";

/// Returns the folder in which everything is kept in portable mode; `None` without the marker.
///
/// A link to the program is followed first: what counts is where the program itself stands.
///
/// # Platform-specific behavior
/// On macOS, the marker and the folder stand beside the application, not within it, where they would break its seal.
pub fn portable_folder() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    // Windows leads to the program itself, and would name it by a path that people do not know.
    let program = if cfg!(windows) {
        program
    } else {
        fs::canonicalize(program).ok()?
    };
    marked(surroundings(&program)?)
}

fn marked(beside: &Path) -> Option<PathBuf> {
    let is_marked = beside.join(PORTABLE_MARKER).is_file();
    is_marked.then(|| beside.join(PORTABLE_FOLDER))
}

/// Returns the folder that the program, or the application around it, stands in.
fn surroundings(program: &Path) -> Option<&Path> {
    let folder = program.parent()?;
    let application = folder.ancestors().nth(2).filter(|application| {
        folder.ends_with(INSIDE_APPLICATION)
            && application
                .extension()
                .is_some_and(|ending| ending == APPLICATION_ENDING)
    });
    application.map_or(Some(folder), Path::parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_of_macos_counts_as_the_program() {
        let check = |program: &str, expected: &str| {
            assert_eq!(surroundings(Path::new(program)), Some(Path::new(expected)));
        };
        check("/stick/bothends", "/stick");
        check("/stick/Bothends.app/Contents/MacOS/bothends", "/stick");
        check("/stick/Contents/MacOS/bothends", "/stick/Contents/MacOS");
        check("/stick/some.app/bin/x/bothends", "/stick/some.app/bin/x");
        assert_eq!(surroundings(Path::new("/")), None);
    }

    #[test]
    fn without_the_marker_nothing_is_portable() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(marked(folder.path()), None);
        // A folder of that name is not the marker.
        fs::create_dir(folder.path().join(PORTABLE_MARKER)).unwrap();
        assert_eq!(marked(folder.path()), None);
        fs::remove_dir(folder.path().join(PORTABLE_MARKER)).unwrap();
        fs::write(folder.path().join(PORTABLE_MARKER), "").unwrap();
        let kept = folder.path().join(PORTABLE_FOLDER);
        assert_eq!(marked(folder.path()), Some(kept));
    }
}
