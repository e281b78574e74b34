//! The running document: how it is saved, and how another one takes its place.

use super::*;

#[test]
fn a_changed_document_is_saved_in_the_background_and_is_approved_if_it_was() {
    let mut stage = Stage::new();
    let (folder, _) = ConfigFolder::open_in(stage.folder.path());
    stage.session.filing.saver = Saver::new(folder.document, Arc::clone(&stage.session.wake));
    let path = stage.folder.path().join(DOCUMENT_NAME);
    let saved = move |stage: &mut Stage| {
        assert!(stage.session.save());
        let hash = stage.wait("the save", |_, update| match update {
            Some(Update::Approved(hash)) => Some(hash.clone()),
            _ => None,
        });
        assert!(hash == DocumentHash::of(&std::fs::read_to_string(&path).unwrap()));
        hash
    };
    let before = saved(&mut stage);
    let renamed = stage.session.edit(|it| it.rename(SERVER, "Meter"));
    assert_eq!(renamed, Ok(()));
    assert!(saved(&mut stage) != before);
    assert_eq!(stage.session.facts[&SERVER].name, "Meter");
    // What nobody approved is saved too, but not approved by that.
    stage.session.edit(|document| document.is_approved = false);
    assert!(matches!(stage.session.save_now(), Ok(None)));
    stage.session.approve();
    assert!(matches!(stage.session.save_now(), Ok(Some(_))));
}

#[test]
fn what_is_shown_of_a_document_does_not_change_by_edits_of_it() {
    let mut stage = Stage::new();
    let shown = Arc::clone(stage.session.document());
    stage.session.remove(SERVER);
    stage.session.remove(SERVER);
    assert!(shown.endpoint(SERVER).is_some());
    assert!(stage.session.document().endpoint(SERVER).is_none());
    assert_eq!(stage.session.facts[&SERVER].name, "Server 1");
}

/// A document in a file, in the stage's folder.
fn read_document(stage: &Stage, name: &str) -> ReadDocument {
    let path = stage.folder.path().join(format!("{name}.bothends"));
    let text = format!("format = 1\n[[server]]\nname = '{name}'\nlisten = '127.0.0.1:0'\n");
    std::fs::write(&path, text).unwrap();
    ReadDocument::open(&path, stage.session.document().ids().clone()).unwrap()
}

#[test]
fn another_document_takes_the_place_of_the_running_one_and_starts_nothing() {
    let mut stage = Stage::new();
    let (folder, _) = ConfigFolder::open_in(stage.folder.path());
    stage.session.filing.saver = Saver::new(folder.document, Arc::clone(&stage.session.wake));
    stage.start_server();
    stage.session.edit(|it| it.rename(SERVER, "Mine")).unwrap();
    let read = read_document(&stage, "Meter");
    let path = read.file.path().to_owned();
    stage.session.adopt(read, false);
    assert_eq!(stage.session.document_path(), Some(&*path));
    assert!(!stage.session.is_unsaved());
    let document = Arc::clone(stage.session.document());
    assert_eq!(document.endpoints.len(), 1);
    assert!(document.endpoints[0].id > SERVER);
    // What happened before stays on record under its name.
    assert_eq!(document.name(SERVER), Some("Mine"));
    assert!(!document.is_approved);
    let kept = stage.wait("the kept document", |_, update| match update {
        Some(Update::SetAside(kept, Some(_))) => Some(kept.clone()),
        _ => None,
    });
    assert!(std::fs::read_to_string(kept).unwrap().contains("Mine"));
    assert!(!stage.folder.path().join(DOCUMENT_NAME).exists());
    // An untitled one is saved by itself again.
    stage.session.begin_document(LanguageId::French);
    assert_eq!(stage.session.document_path(), None);
    while !stage.session.save() {
        stage.wait("the saver", |session, _| {
            (!session.filing.saver.is_busy()).then_some(())
        });
    }
    stage.wait("the save", |_, update| {
        matches!(update, Some(Update::Approved(_))).then_some(())
    });
    assert!(stage.folder.path().join(DOCUMENT_NAME).exists());
}

#[test]
fn a_document_with_a_file_is_saved_when_its_user_saves() {
    let mut stage = Stage::new();
    let read = read_document(&stage, "Meter");
    let (path, id) = (read.file.path().to_owned(), read.document.endpoints[0].id);
    let before = std::fs::read_to_string(&path).unwrap();
    stage.session.adopt(read, false);
    stage.session.edit(|it| it.rename(id, "Pump")).unwrap();
    assert!(stage.session.is_unsaved());
    assert!(stage.session.save());
    assert!(matches!(stage.session.save_now(), Ok(None)));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
    // Approving it edits nothing, and approves what is in the file.
    stage.session.approve();
    let approved = stage.wait("the approval", |_, update| match update {
        Some(Update::Approved(hash)) => Some(hash.clone()),
        _ => None,
    });
    assert!(approved == DocumentHash::of(&before));
    stage.session.save_document(false);
    // An edit while it is being saved is not in the file.
    stage.session.edit(|it| it.rename(id, "Scale")).unwrap();
    stage.wait("the save", |_, update| {
        matches!(update, Some(Update::Saved(_))).then_some(())
    });
    assert!(std::fs::read_to_string(&path).unwrap().contains("Pump"));
    assert!(stage.session.is_unsaved());
    stage.session.edit(|it| it.rename(id, "Pump")).unwrap();
    assert!(stage.session.save());
    stage.wait("the comparison", |_, update| {
        matches!(update, Some(Update::Unedited)).then_some(())
    });
    assert!(!stage.session.is_unsaved());
}

#[test]
fn a_document_that_is_saved_again_during_a_save_is_saved_after_it() {
    let mut stage = Stage::new();
    let read = read_document(&stage, "Meter");
    let (path, id) = (read.file.path().to_owned(), read.document.endpoints[0].id);
    stage.session.adopt(read, false);
    let (release, held) = bounded::<()>(0);
    let wait = move |_: &mut SavedFile| {
        held.recv().ok();
        Ok(DocumentOutcome::SetAside(None))
    };
    stage.session.filing.saver.order(wait).unwrap();
    stage.session.edit(|it| it.rename(id, "Pump")).unwrap();
    stage.session.save_document(false);
    stage.session.edit(|it| it.rename(id, "Scale")).unwrap();
    stage.session.save_document(false);
    // What the file holds is not known yet.
    stage.session.edit(|it| it.rename(id, "Meter")).unwrap();
    assert!(!stage.session.save());
    stage.session.edit(|it| it.rename(id, "Scale")).unwrap();
    drop(release);
    for _ in 0..2 {
        assert!(stage.session.is_saving() && stage.session.is_unsaved());
        stage.wait("the save", |_, update| match update {
            Some(Update::Saved(_)) => Some(()),
            Some(Update::SaveFailed(problem)) => panic!("{problem}"),
            _ => None,
        });
    }
    assert!(!stage.session.is_saving() && !stage.session.is_unsaved());
    assert!(std::fs::read_to_string(&path).unwrap().contains("Scale"));
}
