//! Documents: their names, how they are opened, saved and left, and what became of their files.

use std::io;

use super::english::noun;
use super::kinds::kinds;
use super::phrases::phrases;
use super::record::shown;
use super::{InWords, Language};
use crate::session::{OpeningError, OpeningProblem};

phrases! {
    /// Documents: their names, how they are opened, saved and left, and what became of their files.
    Documents {
        untitled = "Untitled";
        saved(name: &str) = "{name} · saved";
        autosaved(name: &str) = "{name} · saved automatically";
        kept_nowhere(name: &str) = "{name} · not saved";
        unsaved(name: &str) = "{name} · unsaved changes";
        window(name: &str) = "{name} — Bothends";
        open_title = "Open";
        open_path = "Document, capture or captured file";
        about_open = "A .bothends document, a capture folder, or a .pcap or .pcapng file; Packet Sender's files are imported. You can also drop it on the window.";
        open = "Open";
        import_title = "Import messages";
        import_path = "Packet Sender file";
        about_import = "Packet Sender's packets.ini, or its JSON export. Each packet becomes a saved message of this document.";
        import = "Import";
        recent = "Recent documents";
        recent_missing(name: &str, why: &str) = "{name} ({why})";
        open_recent(name: &str) = "Open {name}";
        forget_recent(name: &str) = "Remove {name} from the list";
        browse = "Browse…";
        browse_for(what: &str) = "Browse for {what}";
        save_title = "Save document as";
        save_path = "Save in";
        about_save = "A text file that works well with version control. Its name ends in .bothends.";
        save = "Save";
        no_dialogs = "This desktop offers no file dialog. Type the path instead.";
        leave_title(name: &str) = "Save changes to {name}?";
        leave_unsaved = "Your changes are lost if you don't save them.";
        leave_stop(running: u64) = { format!("{} running and will be stopped.", noun(running, "endpoint is", "endpoints are")) };
        leave_quit(live: u64) = { format!("Quitting closes {}. The recorded session stays on disk.", noun(live, "live connection", "live connections")) };
        stop_title_new = "Stop the endpoints and begin a new document?";
        stop_title_open(name: &str) = "Stop the endpoints and open {name}?";
        stop_title_reload(name: &str) = "Stop the endpoints and reload {name}?";
        dont_save = "Don't save";
        stop_new = "Stop and begin";
        stop_open = "Stop and open";
        stop_reload = "Stop and reload";
        outside_name = "Document changed outside";
        outside_changed(name: &str) = "{name} was changed outside Bothends";
        outside_gone(name: &str) = "{name} was moved or deleted";
        outside_clean = "Reload it to see the changes. Reloading stops its endpoints.";
        outside_own = "You have changed it here, too. Reload it and lose your changes, or keep yours and overwrite the file when you save.";
        outside_refused = "It was not saved, because that would overwrite the changes. Reload it and lose yours, or keep yours and overwrite the file.";
        outside_gone_what = "Save it to write the file again, or save it elsewhere.";
        reload = "Reload";
        keep_mine = "Keep mine";
        keep_and_save = "Keep mine and overwrite";
        save_as = "Save as…";
        dismiss = "Dismiss";
        unsaved_name = "Unsaved changes";
        unsaved_found(name: &str) = "Unsaved changes of {name} were kept";
        unsaved_found_at(name: &str, when: &str) = "Unsaved changes of {name} were kept on {when}";
        unsaved_what = "Bothends ended before they were saved. Restoring them stops the endpoints; the file stays as it is until you save.";
        restore = "Restore unsaved changes";
        discard = "Discard";
        not_saved_name = "Document not saved";
        not_saved = "The document was not saved";
        advice_changed = "Reload it, or keep yours and overwrite the file";
        advice_exists = "Choose another name, or replace the file";
        advice_elsewhere = "Save it elsewhere";
        advice_shorten = "Shorten its messages";
        drop_document(name: &str) = "Drop to open the document {name}";
        drop_captured(name: &str) = "Drop to open the captured file {name}";
        drop_messages(name: &str) = "Drop to import the messages from {name}";
        drop_any(name: &str) = "Drop to open {name}";
        drop_many(count: u64) = { format!("Drop to open {}", noun(count, "file", "files")) };
        dialog_open = "Open a document or a capture";
        dialog_import = "Import messages from Packet Sender";
        dialog_save = "Save document as";
        dialog_export = "Export to";
        dialog_folder = "Choose a folder";
        dialog_file = "Choose a file to send";
        dialog_certificate = "Choose a certificate file";
        dialog_key = "Choose a key file";
        dialog_roots = "Choose a file of trusted certificates";
        kind_pem = "PEM certificates and keys";
        kind_all = "Documents and captures";
        kind_document = "Bothends documents";
        kind_packets = "Packet Sender files";
        kind_any = "All files";
    }
}

kinds! {
    /// Why a path cannot be opened.
    Openings for OpeningProblem as openings |language| {
        Read(source: &io::Error) = { source.in_words(language) };
        NotPlain = "it is not a regular file";
        Unknown = "it is not a document, a capture folder, a .pcap or .pcapng file, or a Packet Sender file";
    }
}

impl InWords for OpeningError {
    fn in_words(&self, language: &Language) -> String {
        let problem = self.problem.in_words(language);
        language.files.not_opened(&shown(&self.path), &problem)
    }
}
