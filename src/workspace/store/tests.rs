//! The two files on a real disk: whole, damaged, newer, forbidden.

use std::fs::File;
use std::thread;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::net::EndpointId;
use crate::payload::{Draft, Format, LineEnding};
use crate::workspace::{
    EndpointKind, PayloadForm, ReplyKind, ThemeChoice, TimelineColumn, WindowGeometry,
};

/// A folder, and where its document will be.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(DOCUMENT_NAME);
    (folder, path)
}

fn open(folder: &TempDir) -> Loaded {
    ConfigFolder::open_in(folder.path()).1
}

impl ConfigFolder {
    /// Saves both files, as the program does.
    fn save(&mut self, document: &Document, preferences: &Preferences) -> Result<(), SaveError> {
        let mut preferences = preferences.clone();
        let saved = self.document.save_document(document).map(|hash| {
            if let Some(hash) = hash {
                preferences.approve(hash);
            }
        });
        saved.and(self.preferences.save_preferences(&preferences))
    }
}

/// Saves both files over whatever is there.
fn save(folder: &Path, document: &Document, preferences: &Preferences) -> Result<(), SaveError> {
    let file = |name| {
        let path = Some(folder.join(name));
        SavedFile {
            path,
            ..SavedFile::default()
        }
    };
    let mut folder = ConfigFolder {
        document: file(DOCUMENT_NAME),
        preferences: file(PREFERENCES_NAME),
        authority: None,
    };
    folder.save(document, preferences)
}

fn files(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn full_document() -> Document {
    let mut document = Document::default();
    let copy = document
        .duplicate(document.endpoints[0].id, "Copy")
        .unwrap();
    document.rename(copy, "Drucker \"zwei\"").unwrap();
    if let EndpointKind::Server(form) = &mut document.endpoint_mut(copy).unwrap().kind {
        form.bind.host_text = "::".to_owned();
        form.dual_stack = true;
        form.behaviour.reply = ReplyKind::Fixed;
        form.behaviour.reply_message.text = "two\nlines\r\n\t日本 \\n '''\"\"\"".to_owned();
        form.behaviour.reply_message.line_ending = LineEnding::CrLf;
    }
    document.save_message("a message", draft()).unwrap();
    document
}

fn draft() -> Draft {
    Draft {
        text: "\u{7}\0 end ".to_owned(),
        format: Format::Hex,
        escapes: false,
        line_ending: LineEnding::Lf,
        template: true,
    }
}

fn full_preferences() -> Preferences {
    let mut preferences = Preferences::default();
    preferences.composer.remember(draft());
    preferences.composer.remember(Draft::default());
    preferences.composer.draft = draft();
    preferences.composer.send_to = Some("Server 1".to_owned());
    preferences.theme = ThemeChoice::Light;
    preferences.zoom = 1.1;
    preferences.timeline.payloads = PayloadForm::Hex;
    preferences.timeline.show(TimelineColumn::Gap, false);
    preferences
        .timeline
        .resize(TimelineColumn::Endpoint, Some(90.5));
    preferences.window = Some(WindowGeometry {
        x: None,
        y: Some(-3.5),
        width: 1280.0,
        height: 800.0,
        maximized: true,
    });
    preferences
}

/// The preferences without the documents that were approved, which saving adds.
fn without_approvals(preferences: Preferences) -> Preferences {
    Preferences {
        approved: Vec::new(),
        running: None,
        ..preferences
    }
}

/// What a file keeps of a document.
fn text(document: &Document) -> String {
    document.to_text()
}

#[test]
fn missing_files_are_the_first_start() {
    let (folder, _) = place();
    let loaded = open(&folder);
    assert_eq!(text(&loaded.document), text(&Document::default()));
    assert_eq!(loaded.preferences, Preferences::default());
    assert!(loaded.notices.is_empty());
}

#[test]
fn what_is_saved_comes_back() {
    let (folder, _) = place();
    let nested = folder.path().join("not/yet/there");
    let empty = Document::empty(EndpointIds::default());
    let pairs = [
        (empty, Preferences::default()),
        (full_document(), full_preferences()),
        (Document::default(), Preferences::default()),
    ];
    for (document, preferences) in pairs {
        ConfigFolder::open_in(&nested)
            .0
            .save(&document, &preferences)
            .unwrap();
        let loaded = ConfigFolder::open_in(&nested).1;
        assert!(loaded.notices.is_empty());
        assert_eq!(text(&loaded.document), text(&document));
        assert_eq!(without_approvals(loaded.preferences), preferences);
    }
}

#[test]
fn nothing_of_one_file_stands_in_the_other() {
    let (folder, path) = place();
    save(folder.path(), &full_document(), &full_preferences()).unwrap();
    let document = fs::read_to_string(path).unwrap();
    for word in ["theme", "history", "send_to", "zoom"] {
        assert!(!document.contains(word), "{document}");
    }
    let preferences = fs::read_to_string(folder.path().join(PREFERENCES_NAME)).unwrap();
    for word in ["server]]", "message]]", "Drucker"] {
        assert!(!preferences.contains(word), "{preferences}");
    }
}

#[test]
fn a_file_as_a_person_wrote_it_is_not_touched_until_something_changes() {
    let (folder, path) = place();
    let odd = "\u{feff}format=1\r\n# mine\r\n[[server]]\r\nlisten=':1'\r\nname='a'";
    fs::write(&path, odd).unwrap();
    let (mut inside, mut loaded) = ConfigFolder::open_in(folder.path());
    inside.save(&loaded.document, &loaded.preferences).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), odd);
    let server = loaded.document.endpoints[0].id;
    loaded.document.rename(server, "b").unwrap();
    inside.save(&loaded.document, &loaded.preferences).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("\r\n# mine\r\n[[server]]\r\nlisten=':1'\r\nname="),
        "{text:?}"
    );
}

#[test]
fn what_this_program_saved_is_approved_and_what_comes_from_elsewhere_is_not() {
    let (folder, path) = place();
    let is_approved = || open(&folder).document.is_approved;
    assert!(is_approved());
    save(folder.path(), &Document::default(), &Preferences::default()).unwrap();
    assert!(is_approved());
    let (mut inside, mut loaded) = ConfigFolder::open_in(folder.path());
    loaded.document.add_server("Server").unwrap();
    inside.save(&loaded.document, &loaded.preferences).unwrap();
    assert!(is_approved());
    assert_eq!(open(&folder).preferences.approved.len(), 1);
    // Another one comes, is changed, and saved: that is no approval.
    fs::write(&path, full_document().to_text()).unwrap();
    assert!(!is_approved());
    let (mut inside, mut loaded) = ConfigFolder::open_in(folder.path());
    loaded.document.add_client("Client").unwrap();
    inside.save(&loaded.document, &loaded.preferences).unwrap();
    assert!(!is_approved());
    loaded.document.is_approved = true;
    inside.save(&loaded.document, &loaded.preferences).unwrap();
    assert!(is_approved());
}

#[test]
fn a_file_that_would_not_change_is_not_touched() {
    let (folder, path) = place();
    let (document, preferences) = (Document::default(), Preferences::default());
    save(folder.path(), &document, &preferences).unwrap();
    let (mut folder, loaded) = ConfigFolder::open_in(folder.path());
    fs::remove_file(&path).unwrap();
    folder.save(&loaded.document, &loaded.preferences).unwrap();
    assert!(!path.exists());
}

#[test]
fn what_cannot_be_read_is_set_aside_with_its_reason() {
    let check = |name: &str, content: &[u8], expected: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let notices = open(&folder).notices;
        let [
            LoadNotice::SetAside {
                problem, kept_as, ..
            },
        ] = &notices[..]
        else {
            panic!("{notices:?}");
        };
        let problem = problem.to_string();
        assert!(problem.contains(expected), "{problem}");
        let [aside] = files(&folder).try_into().unwrap();
        let stem = name.split('.').next().unwrap();
        assert!(aside.starts_with(&format!("{stem}.damaged-")), "{aside}");
        assert_eq!(*kept_as, folder.path().join(&aside));
        assert_eq!(fs::read(folder.path().join(aside)).unwrap(), content);
        save(folder.path(), &Document::default(), &Preferences::default()).unwrap();
        assert!(open(&folder).notices.is_empty());
    };
    check(DOCUMENT_NAME, b"", "Format");
    check(DOCUMENT_NAME, b"\xFF\xFE", "NotText(");
    check(
        DOCUMENT_NAME,
        b"format = 1\nformat = 1",
        "line: 2, column: 1",
    );
    check(
        DOCUMENT_NAME,
        b"format = 1\nserver = 5",
        "line: 2, column: 10",
    );
    check(DOCUMENT_NAME, b"[settings]\n", "Format");
    check(DOCUMENT_NAME, b"format = 2\nnew = true", "Newer");
    check(PREFERENCES_NAME, b"\xFF\xFE", "NotText(");
    check(PREFERENCES_NAME, b"theme = 5", "line: 1, column: 9");
}

#[test]
fn files_set_aside_in_one_second_are_all_kept() {
    let (folder, path) = place();
    for _ in 0..5 {
        fs::write(&path, "torn").unwrap();
        open(&folder);
    }
    assert_eq!(files(&folder).len(), 5);
}

#[test]
fn a_file_that_cannot_be_set_aside_is_not_overwritten() {
    let (folder, path) = place();
    fs::write(&path, "not a folder").unwrap();
    let (inside, loaded) = ConfigFolder::open_in(&path);
    let is_blocked = |it: &LoadNotice| matches!(it, LoadNotice::Blocked { .. });
    assert!(loaded.notices.iter().all(is_blocked) && !loaded.notices.is_empty());
    assert!(inside.document.path.is_none() && inside.preferences.path.is_none());
    assert_eq!(files(&folder), [DOCUMENT_NAME]);
}

#[test]
fn a_folder_in_its_place_is_not_lost_and_the_other_file_is_saved() {
    let (folder, path) = place();
    fs::create_dir(&path).unwrap();
    let (mut inside, loaded) = ConfigFolder::open_in(folder.path());
    assert!(matches!(loaded.notices[..], [LoadNotice::Blocked { .. }]));
    assert!(inside.document.path.is_none());
    inside.save(&loaded.document, &full_preferences()).unwrap();
    assert_eq!(files(&folder), [DOCUMENT_NAME, PREFERENCES_NAME]);
    assert_eq!(
        without_approvals(open(&folder).preferences),
        full_preferences()
    );
}

#[test]
fn a_save_that_fails_says_so_and_leaves_no_litter() {
    let (folder, path) = place();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("occupied"), "").unwrap();
    let saved = save(folder.path(), &Document::default(), &Preferences::default());
    assert!(matches!(saved, Err(SaveError::Write { .. })), "{saved:?}");
    assert_eq!(files(&folder), [DOCUMENT_NAME, PREFERENCES_NAME]);
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let (folder, _) = place();
    let mut preferences = Preferences::default();
    preferences.composer.draft.text = "x".repeat(FILE_LIMIT_BYTES);
    let error = save(folder.path(), &Document::default(), &preferences).unwrap_err();
    assert!(matches!(error, SaveError::TooLarge { .. }), "{error}");
    assert_eq!(files(&folder), [DOCUMENT_NAME]);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_an_error() {
    use std::os::unix::fs::PermissionsExt as _;

    let (folder, _) = place();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // The superuser may write everywhere.
    let may_write = File::create(folder.path().join("probe")).is_ok();
    let saved = save(folder.path(), &Document::default(), &Preferences::default());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    if !may_write {
        let Err(SaveError::Write { source, .. }) = saved else {
            panic!("{saved:?}");
        };
        assert_eq!(source.kind(), std::io::ErrorKind::PermissionDenied);
    }
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_a_link() {
    let (folder, path) = place();
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, text(&Document::empty(EndpointIds::default()))).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    save(folder.path(), &full_document(), &Preferences::default()).unwrap();
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!(text(&open(&folder).document), text(&full_document()));
}

#[test]
fn concurrent_writers_leave_one_whole_file() {
    let (folder, _) = place();
    let documents = [Document::default(), full_document()];
    let preferences = Preferences::default();
    save(folder.path(), &documents[0], &preferences).unwrap();
    thread::scope(|scope| {
        for document in &documents {
            scope.spawn(|| {
                for _ in 0..20 {
                    save(folder.path(), document, &preferences).unwrap();
                }
            });
        }
        for _ in 0..20 {
            let loaded = open(&folder);
            assert!(loaded.notices.is_empty(), "{:?}", loaded.notices);
        }
    });
    assert_eq!(files(&folder), [DOCUMENT_NAME, PREFERENCES_NAME]);
    let left = text(&open(&folder).document);
    assert!(documents.iter().any(|document| text(document) == left));
}

#[test]
fn a_window_that_nobody_could_use_is_mended() {
    let (folder, _) = place();
    let text = toml::to_string_pretty(&full_preferences()).unwrap();
    let text = text
        .replace("zoom = 1.1", "zoom = nan")
        .replace("width = 1280.0", "width = inf");
    fs::write(folder.path().join(PREFERENCES_NAME), text).unwrap();
    let preferences = open(&folder).preferences;
    assert_eq!((preferences.zoom, preferences.window), (1.0, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_survives_the_preferences(texts in proptest::collection::vec(any::<String>(), 1..4)) {
        let mut preferences = Preferences::default();
        for text in texts {
            let draft = Draft { text, ..Draft::default() };
            preferences.composer.remember(draft.clone());
            preferences.composer.draft = draft;
        }
        let text = toml::to_string_pretty(&preferences).unwrap();
        prop_assert_eq!(toml::from_str::<Preferences>(&text).unwrap(), preferences);
    }
}

#[test]
fn of_the_untitled_documents_the_oldest_go_but_none_in_use() {
    let (folder, path) = place();
    let untitled = folder.path().join(UNTITLED_FOLDER);
    fs::create_dir(&untitled).unwrap();
    let names: Vec<_> = (0..=UNTITLED_KEPT)
        .map(|number| untitled.join(format!("{number:03}.bothends")))
        .collect();
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    for (name, days) in names.iter().zip(1..) {
        let file = File::create(name).unwrap();
        // The second one was edited since.
        if days != 2 {
            let age = std::time::Duration::from_hours(24 * days);
            file.set_modified(long_ago + age).unwrap();
        }
    }
    keep_untitled(&path, "", &names[..1]).unwrap();
    let is_there: Vec<_> = names.iter().take(5).map(|name| name.exists()).collect();
    assert_eq!(is_there, [true, true, false, false, true]);
}

#[test]
fn an_untitled_document_that_cannot_be_kept_is_not_written_over() {
    let (folder, path) = place();
    let (mut inside, _) = ConfigFolder::open_in(folder.path());
    let mine = full_document();
    // A file where the folder for untitled documents should be.
    let obstacle = folder.path().join(UNTITLED_FOLDER);
    fs::write(&obstacle, "").unwrap();
    inside.document.set_aside(Some(&mine)).unwrap_err();
    let next = Document::default();
    inside.document.save_document(&next).unwrap_err();
    inside.document.set_aside(Some(&next)).unwrap_err();
    inside.document.discard();
    assert_eq!(fs::read_to_string(&path).unwrap(), text(&mine));
    fs::remove_file(&obstacle).unwrap();
    inside.document.save_document(&next).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text(&next));
    let mut kept = fs::read_dir(&obstacle).unwrap();
    let kept = kept.next().unwrap().unwrap().path();
    assert_eq!(fs::read_to_string(kept).unwrap(), text(&mine));
}

#[test]
fn the_first_document_is_named_in_the_window_s_language_until_somebody_changes_it() {
    for language in LanguageId::ALL {
        let mut loaded = Loaded::default();
        let ids = loaded.document.ids().clone();
        loaded.begin_in(language);
        let names = loaded.document.endpoints.iter().map(|it| it.name.clone());
        let server = format!("{} 1", language.server_name());
        let client = format!("{} 1", language.client_name());
        assert_eq!(names.collect::<Vec<_>>(), [server.clone(), client]);
        assert!(loaded.document.is_blank(), "{language:?}");
        assert!(loaded.document.endpoints[0].id < ids.next());
        let id = loaded.document.endpoints[1].id;
        loaded.document.rename(id, "Meter").unwrap();
        assert!(!loaded.document.is_blank(), "{language:?}");
        loaded.begin_in(LanguageId::English);
        assert_eq!(loaded.document.endpoints[0].name, server);
    }
    let mut emptied = Loaded::default();
    for id in [1, 2].map(EndpointId) {
        emptied.document.remove(id).unwrap();
    }
    emptied.begin_in(LanguageId::French);
    assert!(emptied.document.endpoints.is_empty());
}
