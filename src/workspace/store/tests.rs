//! The workspace file on a real disk: whole, torn, damaged, newer, forbidden.

use std::thread;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::net::EndpointId;
use crate::payload::{Draft, Format, LineEnding};
use crate::workspace::{EndpointKind, ReplyKind, ThemeChoice, WindowGeometry};

fn store() -> (TempDir, Store) {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::in_directory(directory.path());
    (directory, store)
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
    };
    workspace.composer.remember(&draft);
    workspace.composer.remember(&Draft::default());
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
    let (_directory, mut store) = store();
    let loaded = store.load();
    assert_eq!(loaded.workspace, Workspace::default());
    assert!(loaded.notice.is_none());
}

#[test]
fn a_saved_workspace_comes_back() {
    let (directory, _) = store();
    let mut store = Store::in_directory(&directory.path().join("not/yet/there"));
    for workspace in [Workspace::default(), Workspace::empty(), full_workspace()] {
        store.save(&workspace).unwrap();
        let loaded = store.load();
        assert!(loaded.notice.is_none());
        assert_eq!(kept(&loaded.workspace), kept(&workspace));
    }
    store.save(&Workspace::default()).unwrap();
    assert_eq!(store.load().workspace, Workspace::default());
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
    let (directory, mut store) = store();
    for cut in 0..whole.len() - 1 {
        let torn = &whole.as_bytes()[..cut];
        fs::write(store.path(), torn).unwrap();
        let loaded = store.load();
        let Some(LoadNotice::SetAside { kept_as, .. }) = loaded.notice else {
            panic!("cut at {cut}: {:?}", loaded.notice);
        };
        assert_eq!(fs::read(&kept_as).unwrap(), torn);
        assert_eq!(loaded.workspace, Workspace::default());
        assert!(!store.path().exists());
        fs::remove_file(kept_as).unwrap();
    }
    assert_eq!(files(&directory), [""; 0]);
}

#[test]
fn what_cannot_be_read_is_set_aside_with_its_reason() {
    let check = |content: &[u8], expected: &str| {
        let (directory, mut store) = store();
        fs::write(store.path(), content).unwrap();
        let notice = store.load().notice.unwrap().to_string();
        assert!(notice.contains(expected), "{notice}");
        assert!(!notice.contains('\n'), "{notice}");
        let [aside] = files(&directory).try_into().unwrap();
        assert!(
            aside.starts_with("workspace.damaged-") && notice.contains(&aside),
            "{notice}"
        );
        assert_eq!(fs::read(directory.path().join(aside)).unwrap(), content);
        store.save(&Workspace::default()).unwrap();
        assert!(store.load().notice.is_none());
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
        "of format 2, which a newer Wirebench",
    );
}

#[test]
fn files_set_aside_in_one_second_are_all_kept() {
    let (directory, mut store) = store();
    for _ in 0..5 {
        fs::write(store.path(), "torn").unwrap();
        store.load();
    }
    assert_eq!(files(&directory).len(), 5);
}

#[test]
fn what_is_not_understood_is_kept_in_a_copy() {
    let (directory, mut store) = store();
    let odd = write(&Workspace::default())
        .unwrap()
        .replace("theme =", "colour = \"red\"\ntheme =")
        .replace("bind_port =", "speed = 9\nbind_port =")
        .replace("server = \"Server 1\"", "server = \"Server 9\"")
        .replace("name = \"Client 1\"", "name = \"Server 1\"");
    fs::write(store.path(), &odd).unwrap();
    let loaded = store.load();
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
    store.save(&loaded.workspace).unwrap();
    let [copy, _] = files(&directory).try_into().unwrap();
    assert!(notice.contains(&copy));
    assert_eq!(
        fs::read_to_string(directory.path().join(copy)).unwrap(),
        odd
    );
    assert!(store.load().notice.is_none());
}

#[test]
fn a_file_that_cannot_be_set_aside_is_not_written_over() {
    let (directory, _) = store();
    let in_the_way = directory.path().join("file");
    fs::write(&in_the_way, "not a directory").unwrap();
    let mut store = Store::in_directory(&in_the_way);
    let notice = store.load().notice.unwrap().to_string();
    assert!(notice.contains("nothing will be saved"), "{notice}");
    let error = store.save(&Workspace::default()).unwrap_err().to_string();
    assert!(error.contains("is not saved"), "{error}");
    assert_eq!(fs::read_to_string(in_the_way).unwrap(), "not a directory");
}

#[test]
fn a_directory_in_its_place_is_not_lost() {
    let (_directory, mut store) = store();
    fs::create_dir(store.path()).unwrap();
    assert!(matches!(
        store.load().notice,
        Some(LoadNotice::Blocked { .. })
    ));
    assert!(store.path().is_dir());
    assert!(matches!(
        store.save(&Workspace::default()),
        Err(SaveError::Blocked { .. })
    ));
}

#[test]
fn a_save_that_fails_says_so_and_leaves_no_litter() {
    let (directory, store) = store();
    fs::create_dir(store.path()).unwrap();
    fs::write(store.path().join("occupied"), "").unwrap();
    let error = store.save(&Workspace::default()).unwrap_err().to_string();
    assert!(
        error.starts_with("the workspace cannot be saved as "),
        "{error}"
    );
    assert_eq!(files(&directory), [FILE_NAME]);
}

#[test]
fn a_workspace_that_is_too_large_is_refused() {
    let (directory, store) = store();
    let mut workspace = Workspace::default();
    workspace.composer.draft.text = "x".repeat(FILE_LIMIT_BYTES);
    let error = store.save(&workspace).unwrap_err();
    assert!(matches!(error, SaveError::TooLarge { .. }), "{error}");
    assert_eq!(files(&directory), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_read_only_directory_is_an_error_with_words() {
    use std::os::unix::fs::PermissionsExt as _;

    let (directory, store) = store();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // The superuser may write everywhere.
    let may_write = File::create(directory.path().join("probe")).is_ok();
    let saved = store.save(&Workspace::default());
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
    let (directory, mut store) = store();
    let elsewhere = directory.path().join("elsewhere.toml");
    fs::write(&elsewhere, write(&Workspace::empty()).unwrap()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, store.path()).unwrap();
    store.save(&Workspace::default()).unwrap();
    assert!(fs::symlink_metadata(store.path()).unwrap().is_symlink());
    assert_eq!(store.load().workspace, Workspace::default());
}

#[test]
fn concurrent_writers_leave_one_whole_file() {
    let (directory, mut reader) = store();
    let workspaces = [Workspace::default(), full_workspace()];
    reader.save(&workspaces[0]).unwrap();
    thread::scope(|scope| {
        for workspace in &workspaces {
            let store = Store::in_directory(directory.path());
            scope.spawn(move || {
                for _ in 0..20 {
                    store.save(workspace).unwrap();
                }
            });
        }
        for _ in 0..20 {
            let loaded = reader.load();
            assert!(loaded.notice.is_none(), "{:?}", loaded.notice);
        }
    });
    assert_eq!(files(&directory), [FILE_NAME]);
    let left = kept(&reader.load().workspace);
    assert!(workspaces.iter().any(|workspace| kept(workspace) == left));
}

#[test]
fn a_window_that_nobody_could_use_is_mended() {
    let (_directory, mut store) = store();
    let text = write(&full_workspace()).unwrap();
    let text = text
        .replace("zoom = 1.1", "zoom = nan")
        .replace("width = 1280.0", "width = inf");
    fs::write(store.path(), text).unwrap();
    let settings = store.load().workspace.settings;
    assert_eq!((settings.zoom, settings.window), (1.0, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_survives_the_file(texts in proptest::collection::vec(any::<String>(), 1..4)) {
        let mut workspace = Workspace::default();
        for text in texts {
            let draft = Draft { text, ..Draft::default() };
            workspace.composer.remember(&draft);
            workspace.composer.draft = draft;
        }
        let (read, oddities) = parse(&write(&workspace).unwrap()).unwrap();
        prop_assert_eq!(read, workspace);
        prop_assert_eq!(oddities, []);
    }
}
