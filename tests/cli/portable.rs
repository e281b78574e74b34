//! Where the program keeps what belongs to its user: beside itself, with the marker of portable mode; at home without.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use bothends::capture::PORTABLE_MARKER;

/// The variables by which each system says where home is.
const HOMES: [&str; 5] = [
    "HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "APPDATA",
    "LOCALAPPDATA",
];

/// Makes an authority with a program that stands in `folder`, at home in `home`.
fn make_authority(folder: &Path, home: &Path, variables: &[(&str, &Path)]) {
    let program = folder.join(format!("bothends{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        let built = env!("CARGO_BIN_EXE_bothends");
        fs::hard_link(built, &program)
            .or_else(|_other_volume| fs::copy(built, &program).map(drop))
            .unwrap();
    }
    let status = Command::new(program)
        .arg("ca")
        .env_remove("BOTHENDS_CONFIG_DIR")
        .env_remove("BOTHENDS_DATA_DIR")
        .envs(HOMES.map(|name| (name, home)))
        .envs(variables.iter().copied())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{status}");
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[test]
fn with_the_marker_all_stays_beside_the_program() {
    let [program, home, named] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let kept = program.path().join("bothends-data");
    fs::write(program.path().join(PORTABLE_MARKER), "").unwrap();
    make_authority(program.path(), home.path(), &[]);
    assert!(kept.join("tls").is_dir());
    assert!(is_empty(home.path()));

    // A folder that is named is meant.
    fs::remove_dir_all(&kept).unwrap();
    let variables = [("BOTHENDS_CONFIG_DIR", named.path())];
    make_authority(program.path(), home.path(), &variables);
    assert!(named.path().join("tls").is_dir());
    assert!(!kept.exists());
}

// Windows asks the system for the folders of its user, not the environment.
#[cfg(unix)]
#[test]
fn without_the_marker_nothing_stands_beside_the_program() {
    let [program, home] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    make_authority(program.path(), home.path(), &[]);
    assert!(!is_empty(home.path()));
    assert_eq!(fs::read_dir(program.path()).unwrap().count(), 1);
}

/// A link to the program, as on PATH, leads to where it stands.
#[cfg(unix)]
#[test]
fn a_link_to_a_portable_program_is_portable() {
    let [program, home, links] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    fs::write(program.path().join(PORTABLE_MARKER), "").unwrap();
    make_authority(program.path(), home.path(), &[]);
    fs::remove_dir_all(program.path().join("bothends-data")).unwrap();
    let link = links.path().join("bothends");
    std::os::unix::fs::symlink(program.path().join("bothends"), link).unwrap();
    make_authority(links.path(), home.path(), &[]);
    assert!(program.path().join("bothends-data").is_dir());
    assert!(is_empty(home.path()));
}
