//! Why a session did not do what it was asked to.

use crate::session::MAX_OPENED;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::session::{Jobs, Session, SessionErrors};
use crate::words::translated::translated;
use crate::workspace::FieldError;
use crate::workspace::FormField;

translated! { GERMAN:
    Session {
        file(path, reason) = "Lesen von {path} nicht möglich: {reason}";
        no_thread(reason) = "Das System konnte keinen Thread starten: {reason}";
    }

    SessionErrors |language| {
        Closing = "Bothends wird gerade beendet";
        Command(error) = { error.in_words(language) };
        Field(error) = { wrong_field(error, language) };
        Edit(error) = { error.in_words(language) };
        Message(error) = { error.in_words(language) };
        NoSequence = "Dieser Ablauf wurde gelöscht";
        Sequence(error) = { error.in_words(language) };
        NothingToSend = "Es gibt nichts zu senden: zuerst eine Nachricht schreiben";
        Void = "Es gibt nichts zu senden: Die Felder dieser Nachricht ergeben 0 Bytes";
        NotApproved = "Vorlagen dieses Dokuments dürfen keine Dateien lesen, bis Sie es freigeben";
        NoTarget = "Es gibt keinen Empfänger: einen Client hinzufügen";
        NoPeer(server) = "{server} hat noch keine Gegenstelle: warten, bis sich eine verbindet";
        NoPeerSelected = "Keine Gegenstelle ist ausgewählt: eine auswählen oder an alle senden";
        NotOneConnection = "Eine Datei geht an eine Verbindung: einen Client wählen oder eine Gegenstelle auswählen";
        NotConnected = "Der Client ist nicht verbunden: ihn zuerst verbinden";
        SendingFile = "Es wird schon eine Datei gesendet: abbrechen oder warten";
        Repeating = "Es wird schon eine Nachricht wiederholt: das zuerst anhalten";
        TemplateFile(error) = { error.in_words(language) };
        File(path, source) = { language.session.file(&shown(path), &source.in_words(language)) };
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
        Job(error) = { error.in_words(language) };
        TooManyOpen = { format!("{MAX_OPENED} Mitschnitte sind offen: zuerst einen schließen") };
        FileAtWork = "Eine andere Datei wird gelesen oder geschrieben: warten oder das abbrechen";
        NoHome = "Es gibt keinen persönlichen Ordner für Mitschnitte: BOTHENDS_DATA_DIR auf einen Ordner setzen";
        RelativePath = "Einen absoluten Pfad eingeben";
        Library(error) = { error.in_words(language) };
        Opening(error) = { error.in_words(language) };
        Document(error) = { error.in_words(language) };
        DocumentSave(error) = { error.in_words(language) };
        Import(error) = { error.in_words(language) };
        Packets(error) = { error.in_words(language) };
    }

    Jobs |language| {
        Busy = "Frühere Arbeit ist nicht fertig: gleich erneut versuchen";
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
    }
}

/// Returns what is wrong with a field; not which one where that is to be seen, because it stands where the client says
/// whom it follows.
fn wrong_field(error: &FieldError, language: &Language) -> String {
    match error.field {
        FormField::Server => error.problem.in_words(language),
        _ => error.in_words(language),
    }
}
