//! The desktop's own dialogs for files and folders, one at a time, on a thread of their own.
//!
//! "Cancelled" and "there are no dialogs" are two answers: where there are none, the window has fields for paths.

#[cfg(any(windows, target_os = "macos"))]
mod native;
#[cfg(target_os = "linux")]
mod portal;

use std::path::{Path, PathBuf};

use crate::capture::progress::OnProgress;
use crate::model::{FileChoice, TlsFile};
use crate::session::Wake;
use crate::session::worker::JobThread;
use crate::words::Language;
use crate::workspace::DOCUMENT_ENDING;

/// The endings of other tools' captured files.
const CAPTURED_ENDINGS: [&str; 3] = ["pcap", "pcapng", "cap"];
/// The names of files with certificates and keys.
const PEM_ENDINGS: [&str; 4] = ["*.pem", "*.crt", "*.cer", "*.key"];
/// The names of files with packets of Packet Sender.
const PACKETS_ENDINGS: [&str; 2] = ["*.ini", "*.json"];
/// The file by which a capture's folder can be chosen in a dialog for files.
const MANIFEST: &str = "capture.toml";

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What it is for.
    pub choice: FileChoice,
    /// The title of the dialog.
    pub title: &'static str,
    /// Where it begins: a folder, or a file with its name.
    pub at: Option<PathBuf>,
    /// Whether that is a folder.
    pub at_folder: bool,
    /// The kinds of files that are offered: name and patterns, the first one first.
    pub kinds: Vec<(&'static str, Vec<String>)>,
}

/// What the user did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogAnswer {
    /// The user chose this.
    Chosen(PathBuf),
    /// The user chose nothing.
    Cancelled,
    /// This desktop has no such dialogs.
    Unavailable,
}

/// What shows the dialogs.
///
/// It is called on the window's thread; what it returns blocks a thread of its own until the user has answered.
pub type Service = dyn Fn(&Ask) -> Box<dyn FnOnce() -> DialogAnswer + Send>;

/// The dialog that is open, if one is.
pub(super) struct FileDialogs {
    service: Option<Box<Service>>,
    worker: JobThread<Step>,
    /// What was asked where there are no dialogs.
    unanswered: Option<FileChoice>,
}

/// What the dialogs' thread has done.
enum Step {
    /// Looked at where the dialog begins.
    Looked(Ask),
    /// Waited for the user.
    Waited(FileChoice, DialogAnswer),
}

impl FileDialogs {
    /// Makes dialogs that are never available, which is what a window without a desktop has.
    pub(super) fn none(wake: Wake) -> Self {
        Self {
            service: None,
            worker: JobThread::new("file-dialog", wake),
            unanswered: None,
        }
    }

    /// Makes `service` show the dialogs.
    pub(super) fn serve(&mut self, service: Box<Service>) {
        self.service = Some(service);
    }

    /// Shows a dialog, unless one is open; returns whether an answer to this follows.
    pub(super) fn ask(&mut self, ask: Ask) -> bool {
        let choice = ask.choice;
        if self.service.is_some() && self.worker.progress().is_some() {
            return false;
        }
        // A share that is gone takes its time to say so, which must not hold up the window.
        let look = move |_: &mut OnProgress<'_>| Step::Looked(ask.look());
        if self.service.is_none() || self.worker.order(look).is_err() {
            self.unanswered = Some(choice);
        }
        true
    }

    /// Shows a dialog once it is known where it begins; returns what the user did, once.
    pub(super) fn answer(&mut self) -> Option<(FileChoice, DialogAnswer)> {
        match self.worker.outcome() {
            Some(Step::Waited(choice, answer)) => return Some((choice, answer)),
            Some(Step::Looked(ask)) => self.show(&ask),
            None => {}
        }
        let unanswered = self.unanswered.take();
        unanswered.map(|choice| (choice, DialogAnswer::Unavailable))
    }

    fn show(&mut self, ask: &Ask) {
        let choice = ask.choice;
        let wait = self.service.as_ref().map(|service| service(ask));
        let order = wait.map(|wait| self.worker.order(move |_| Step::Waited(choice, wait())));
        if !matches!(order, Some(Ok(()))) {
            self.unanswered = Some(choice);
        }
    }
}

impl Ask {
    pub(super) fn new(choice: FileChoice, at: Option<PathBuf>, language: &Language) -> Self {
        let words = &language.documents;
        let document = format!("*.{DOCUMENT_ENDING}");
        let title = match choice {
            FileChoice::Open => words.dialog_open,
            FileChoice::Messages => words.dialog_import,
            FileChoice::OpenFolder | FileChoice::ExportFolder | FileChoice::Record => {
                words.dialog_folder
            }
            FileChoice::SaveDocument => words.dialog_save,
            FileChoice::Export => words.dialog_export,
            FileChoice::Send => words.dialog_file,
            FileChoice::Tls(_, file) => match file {
                TlsFile::Certificate => words.dialog_certificate,
                TlsFile::Key => words.dialog_key,
                TlsFile::Roots => words.dialog_roots,
            },
        };
        let kinds = match choice {
            FileChoice::Open => {
                let captured = CAPTURED_ENDINGS.map(|ending| format!("*.{ending}"));
                let all = [document, MANIFEST.to_owned()].into_iter().chain(captured);
                vec![
                    (words.kind_all, all.collect()),
                    (words.kind_any, vec!["*".to_owned()]),
                ]
            }
            FileChoice::Messages => vec![
                (
                    words.kind_packets,
                    PACKETS_ENDINGS.map(str::to_owned).into(),
                ),
                (words.kind_any, vec!["*".to_owned()]),
            ],
            FileChoice::SaveDocument => vec![(words.kind_document, vec![document])],
            FileChoice::Tls(..) => vec![
                (words.kind_pem, PEM_ENDINGS.map(str::to_owned).into()),
                (words.kind_any, vec!["*".to_owned()]),
            ],
            _ => Vec::new(),
        };
        Self {
            choice,
            title,
            at,
            at_folder: false,
            kinds,
        }
    }

    /// Looks at where it begins, which may take long.
    fn look(self) -> Self {
        let at_folder = self.at.as_deref().is_some_and(Path::is_dir);
        Self { at_folder, ..self }
    }

    /// Returns whether a folder is chosen.
    pub(super) fn is_for_folder(&self) -> bool {
        matches!(
            self.choice,
            FileChoice::OpenFolder | FileChoice::ExportFolder | FileChoice::Record
        )
    }

    /// Returns whether what is chosen will be written, and need not exist.
    pub(super) fn is_for_saving(&self) -> bool {
        matches!(self.choice, FileChoice::SaveDocument | FileChoice::Export)
    }

    /// Returns the folder where it begins, and the name that is proposed there.
    pub(super) fn beginning(&self) -> (Option<PathBuf>, Option<String>) {
        let Some(at) = &self.at else {
            return (None, None);
        };
        if self.at_folder {
            return (Some(at.clone()), None);
        }
        let name = at
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let folder = at.parent().filter(|folder| folder.is_absolute());
        (folder.map(PathBuf::from), name)
    }
}

/// Returns what shows this desktop's dialogs, for the window that they belong to.
pub(super) fn desktop(frame: &eframe::CreationContext<'_>) -> Option<Box<Service>> {
    #[cfg(target_os = "linux")]
    let service = Some(portal::service(frame));
    #[cfg(any(windows, target_os = "macos"))]
    let service = Some(native::service(frame));
    #[cfg(not(any(windows, target_os = "linux", target_os = "macos")))]
    let service = {
        let _no_dialogs = frame;
        None
    };
    service
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn a_dialog_begins_where_the_path_says() {
        let folder = tempfile::tempdir().unwrap();
        let check = |at: PathBuf, expected: (Option<PathBuf>, Option<&str>)| {
            let ask = Ask::new(FileChoice::SaveDocument, Some(at), &ENGLISH).look();
            let (folder, name) = ask.beginning();
            assert_eq!((folder, name.as_deref()), expected);
        };
        let at = folder.path().to_owned();
        check(at.clone(), (Some(at.clone()), None));
        check(at.join("a b.bothends"), (Some(at), Some("a b.bothends")));
        check("a.bothends".into(), (None, Some("a.bothends")));
    }

    #[test]
    fn a_dialog_is_shown_once_its_thread_knows_where_it_begins() {
        let folder = tempfile::tempdir().unwrap();
        let (shown, dialogs_shown) = crossbeam_channel::bounded(1);
        let (wake, woken) = crossbeam_channel::bounded(2);
        let mut dialogs = FileDialogs::none(Arc::new(move || wake.send(()).unwrap()));
        dialogs.serve(Box::new(move |ask| {
            shown.send(ask.at_folder).unwrap();
            Box::new(|| DialogAnswer::Cancelled)
        }));
        let at = Some(folder.path().to_owned());
        assert!(dialogs.ask(Ask::new(FileChoice::Open, at.clone(), &ENGLISH)));
        // There is one at a time.
        assert!(!dialogs.ask(Ask::new(FileChoice::Open, at, &ENGLISH)));
        woken.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(dialogs_shown.is_empty());
        assert_eq!(dialogs.answer(), None);
        assert_eq!(dialogs_shown.try_recv(), Ok(true));
        woken.recv_timeout(Duration::from_secs(10)).unwrap();
        let answer = Some((FileChoice::Open, DialogAnswer::Cancelled));
        assert_eq!(dialogs.answer(), answer);
    }
}
