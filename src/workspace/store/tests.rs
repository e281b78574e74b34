//! The workspace file on a real disk: whole, torn, damaged, newer, forbidden.

use std::thread;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::net::EndpointId;
use crate::payload::{Draft, Format, LineEnding};
use crate::workspace::{EndpointKind, ReplyKind, ThemeChoice, WindowGeometry};

/// A directory and where its workspace file will be.
fn place() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(FILE_NAME);
    (directory, path)
}

fn open(directory: &TempDir) -> Loaded {
    WorkspaceFile::open_in(directory.path()).1
}

fn save(path: &Path, workspace: &Workspace) -> Result<(), SaveError> {
    let path = path.to_owned();
    WorkspaceFile { path }.save(workspace)
}

fn files(directory: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(directory.path()).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn full_workspace() -> Workspace {
    let mut workspace = Workspace::default();
    let copy = workspace.duplicate(EndpointId(1)).unwrap();
    workspace.rename(copy, "Drucker \"zwei\"").unwrap();
    if let EndpointKind::Server(form) = &mut workspace.endpoint_mut(copy).unwrap().kind {
        form.bind_address_text = "::".to_owned();
        form.dual_stack = true;
        form.reply = ReplyKind::Fixed;
        form.reply_message.text = "two\nlines\r\n\t日本 \\n '''\"\"\"".to_owned();
        form.reply_message.line_ending = LineEnding::CrLf;
    }
    let draft = Draft {
        text: "\u{7}\0 end ".to_owned(),
        format: Format::Hex,
        escapes: false,
        line_ending: LineEnding::Lf,
        template: true,
    };
    workspace.composer.remember(draft.clone());
    workspace.composer.remember(Draft::default());
    workspace.composer.draft = draft;
    workspace.settings.theme = ThemeChoice::Light;
    workspace.settings.zoom = 1.1;
    workspace.settings.window = Some(WindowGeometry {
        x: None,
        y: Some(-3.5),
        width: 1280.0,
        height: 800.0,
        maximized: true,
    });
    workspace
}

/// The parts of a workspace that a file keeps; ids are given anew.
fn kept(workspace: &Workspace) -> String {
    write(workspace).unwrap()
}

#[test]
fn a_missing_file_is_the_first_start() {
    let (directory, _) = place();
    let loaded = open(&directory);
    assert_eq!(loaded.workspace, Workspace::default());
    assert!(loaded.notice.is_none());
}

#[test]
fn a_saved_workspace_comes_back() {
    let (directory, _) = place();
    let nested = directory.path().join("not/yet/there");
    for workspace in [Workspace::empty(), full_workspace(), Workspace::default()] {
        let (file, _) = WorkspaceFile::open_in(&nested);
        file.unwrap().save(&workspace).unwrap();
        let loaded = WorkspaceFile::open_in(&nested).1;
        assert!(loaded.notice.is_none());
        assert_eq!(kept(&loaded.workspace), kept(&workspace));
    }
    assert_eq!(
        WorkspaceFile::open_in(&nested).1.workspace,
        Workspace::default()
    );
}

#[test]
fn the_file_is_for_people_too() {
    let text = write(&Workspace::default()).unwrap();
    assert!(text.starts_with("format = 1\n"), "{text}");
    for line in [
        "[[endpoint]]",
        "name = \"Server 1\"",
        "kind = \"server\"",
        "bind_address = \"127.0.0.1\"",
        "kind = \"client\"",
        "server = \"Server 1\"",
        "send_to = \"Client 1\"",
        "text = \"Hello, server!\"",
        "[settings]",
        "theme = \"system\"",
    ] {
        assert!(
            text.lines().any(|written| written == line),
            "{line} in {text}"
        );
    }
}

#[test]
fn a_file_torn_anywhere_is_set_aside() {
    let whole = write(&full_workspace()).unwrap();
    let (directory, path) = place();
    for cut in 0..whole.len() - 1 {
        let torn = &whole.as_bytes()[..cut];
        fs::write(&path, torn).unwrap();
        let loaded = open(&directory);
        let Some(LoadNotice::SetAside { kept_as, .. }) = loaded.notice else {
            panic!("cut at {cut}: {:?}", loaded.notice);
        };
        assert_eq!(fs::read(&kept_as).unwrap(), torn);
        assert_eq!(loaded.workspace, Workspace::default());
        assert!(!path.exists());
        fs::remove_file(kept_as).unwrap();
    }
    assert_eq!(files(&directory), [""; 0]);
}

#[test]
fn what_cannot_be_read_is_set_aside_with_its_reason() {
    let check = |content: &[u8], expected: &str| {
        let (directory, path) = place();
        fs::write(&path, content).unwrap();
        let notice = open(&directory).notice.unwrap().to_string();
        assert!(notice.contains(expected), "{notice}");
        assert!(!notice.contains('\n'), "{notice}");
        let [aside] = files(&directory).try_into().unwrap();
        assert!(
            aside.starts_with("workspace.damaged-") && notice.contains(&aside),
            "{notice}"
        );
        assert_eq!(fs::read(directory.path().join(aside)).unwrap(), content);
        save(&path, &Workspace::default()).unwrap();
        assert!(open(&directory).notice.is_none());
    };
    let end = format!("\n{LAST_LINE}\n");
    check(b"", "torn");
    check(b"\xFF\xFE", "could not be read");
    check(format!("format = 1\nformat = 1{end}").as_bytes(), "damaged");
    check(
        format!("format = 1\nendpoint = 5{end}").as_bytes(),
        "damaged",
    );
    check(format!("[settings]{end}").as_bytes(), "no format number");
    check(
        format!("format = 2\nnew = true{end}").as_bytes(),
        "of format 2, which a newer Bothends",
    );
}

#[test]
fn files_set_aside_in_one_second_are_all_kept() {
    let (directory, path) = place();
    for _ in 0..5 {
        fs::write(&path, "torn").unwrap();
        open(&directory);
    }
    assert_eq!(files(&directory).len(), 5);
}

#[test]
fn what_is_not_understood_is_kept_in_a_copy() {
    let (directory, path) = place();
    let odd = write(&Workspace::default())
        .unwrap()
        .replace("theme =", "colour = \"red\"\ntheme =")
        .replace("bind_port =", "speed = 9\nbind_port =")
        .replace("server = \"Server 1\"", "server = \"Server 9\"")
        .replace("name = \"Client 1\"", "name = \"Server 1\"");
    fs::write(&path, &odd).unwrap();
    let loaded = open(&directory);
    let notice = loaded.notice.unwrap().to_string();
    for words in [
        "settings.colour is unknown",
        "endpoint.speed is unknown",
        "two endpoints are named Server 1",
        "no server Server 9",
    ] {
        assert!(notice.contains(words), "{notice}");
    }
    assert_eq!(loaded.workspace.endpoints[1].name, "Server 1 1");
    save(&path, &loaded.workspace).unwrap();
    let [copy, _] = files(&directory).try_into().unwrap();
    assert!(notice.contains(&copy));
    assert_eq!(
        fs::read_to_string(directory.path().join(copy)).unwrap(),
        odd
    );
    assert!(open(&directory).notice.is_none());
}

#[test]
fn a_file_that_cannot_be_set_aside_is_not_written_over() {
    let (directory, path) = place();
    fs::write(&path, "not a directory").unwrap();
    let (file, loaded) = WorkspaceFile::open_in(&path);
    let notice = loaded.notice.unwrap().to_string();
    assert!(
        notice.contains("so nothing will be saved: move"),
        "{notice}"
    );
    assert!(file.is_none());
    assert_eq!(files(&directory), [FILE_NAME]);
}

#[test]
fn a_directory_in_its_place_is_not_lost() {
    let (directory, path) = place();
    fs::create_dir(&path).unwrap();
    let (file, loaded) = WorkspaceFile::open_in(directory.path());
    assert!(matches!(loaded.notice, Some(LoadNotice::Blocked { .. })));
    assert!(file.is_none());
    assert_eq!(files(&directory), [FILE_NAME]);
}

#[test]
fn a_save_that_fails_says_so_and_leaves_no_litter() {
    let (directory, path) = place();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("occupied"), "").unwrap();
    let error = save(&path, &Workspace::default()).unwrap_err().to_string();
    assert!(
        error.starts_with("the workspace cannot be saved as "),
        "{error}"
    );
    assert_eq!(files(&directory), [FILE_NAME]);
}

#[test]
fn a_workspace_that_is_too_large_is_refused() {
    let (directory, path) = place();
    let mut workspace = Workspace::default();
    workspace.composer.draft.text = "x".repeat(FILE_LIMIT_BYTES);
    let error = save(&path, &workspace).unwrap_err();
    assert!(matches!(error, SaveError::TooLarge { .. }), "{error}");
    assert_eq!(files(&directory), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_read_only_directory_is_an_error_with_words() {
    use std::os::unix::fs::PermissionsExt as _;

    let (directory, path) = place();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // The superuser may write everywhere.
    let may_write = File::create(directory.path().join("probe")).is_ok();
    let saved = save(&path, &Workspace::default());
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o700)).unwrap();
    if !may_write {
        let error = saved.unwrap_err().to_string();
        assert!(
            error.contains("cannot be saved as") && error.contains("denied"),
            "{error}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_a_link() {
    let (directory, path) = place();
    let elsewhere = directory.path().join("elsewhere.toml");
    fs::write(&elsewhere, write(&Workspace::empty()).unwrap()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    save(&path, &Workspace::default()).unwrap();
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!(open(&directory).workspace, Workspace::default());
}

#[test]
fn concurrent_writers_leave_one_whole_file() {
    let (directory, path) = place();
    let workspaces = [Workspace::default(), full_workspace()];
    save(&path, &workspaces[0]).unwrap();
    thread::scope(|scope| {
        for workspace in &workspaces {
            scope.spawn(|| {
                for _ in 0..20 {
                    save(&path, workspace).unwrap();
                }
            });
        }
        for _ in 0..20 {
            let loaded = open(&directory);
            assert!(loaded.notice.is_none(), "{:?}", loaded.notice);
        }
    });
    assert_eq!(files(&directory), [FILE_NAME]);
    let left = kept(&open(&directory).workspace);
    assert!(workspaces.iter().any(|workspace| kept(workspace) == left));
}

#[test]
fn a_window_that_nobody_could_use_is_mended() {
    let (directory, path) = place();
    let text = write(&full_workspace()).unwrap();
    let text = text
        .replace("zoom = 1.1", "zoom = nan")
        .replace("width = 1280.0", "width = inf");
    fs::write(&path, text).unwrap();
    let settings = open(&directory).workspace.settings;
    assert_eq!((settings.zoom, settings.window), (1.0, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_survives_the_file(texts in proptest::collection::vec(any::<String>(), 1..4)) {
        let mut workspace = Workspace::default();
        for text in texts {
            let draft = Draft { text, ..Draft::default() };
            workspace.composer.remember(draft.clone());
            workspace.composer.draft = draft;
        }
        let (read, oddities) = parse(&write(&workspace).unwrap()).unwrap();
        prop_assert_eq!(read, workspace);
        prop_assert_eq!(oddities, []);
    }
}
