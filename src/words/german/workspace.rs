//! The document and the preferences: what was wrong with a file, with a field, with a change.

use crate::payload::Position;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::translated::translated;
use crate::words::workspace::{
    Approval, DocumentProblems, DocumentSaves, Edits, ExpectedValues, Files, LoadNotices,
    LoadProblems, Saves,
};
use crate::workspace::CONFIG_DIR_VARIABLE;
use crate::workspace::FILE_LIMIT_BYTES;
use crate::workspace::HISTORY_MESSAGE_BYTES;
use crate::workspace::MAX_ENDPOINTS;
use crate::workspace::MAX_MESSAGES;
use crate::workspace::MAX_NAME_CHARS;
use crate::workspace::MAX_NOTE_CHARS;
use crate::workspace::MAX_SEQUENCES;
use crate::workspace::UnknownKey;

translated! { GERMAN:
    Files {
        not_text = "das ist kein Text in UTF-8";
        not_opened(path, problem) = "{path} lässt sich nicht öffnen: {problem}";
        unknown_key(key, position) = "{key} ({position})";
        at(position, problem) = "{position}: {problem}";
        position(line, column) = "Zeile {line}, Spalte {column}";
    }

    Approval {
        name = "Dokument nicht freigegeben";
        title = "Dieses Dokument wurde nicht auf diesem Rechner gespeichert";
        what = "Bis Sie es freigeben, antworten seine Server nicht, und seine Vorlagen lesen keine Dateien. Nur freigeben, wenn Sie der Herkunft vertrauen.";
        approve = "Dokument freigeben";
        later = "Nicht jetzt";
    }

    Edits |language| {
        TooMany = { format!("Ein Dokument hat höchstens {MAX_ENDPOINTS} Endpunkte. Zuerst einen entfernen") };
        Gone = "Dieser Endpunkt wurde entfernt";
        NameEmpty = "Einen Namen eingeben";
        NameTooLong = { format!("Ein Name hat höchstens {MAX_NAME_CHARS} Zeichen") };
        NameControl = "Ein Name darf keine Zeilenumbrüche oder Steuerzeichen enthalten";
        NameColon = "Ein Name darf keinen Doppelpunkt enthalten, damit er nie für eine Adresse gehalten wird";
        MessageGone = "Diese Nachricht wurde gelöscht";
        NoteTooLong = { format!("Eine Notiz hat höchstens {MAX_NOTE_CHARS} Zeichen") };
        MessageTooLong = { format!("Eine gespeicherte Nachricht hat höchstens {}. Längere in einer Datei aufbewahren", language.numbers.size(HISTORY_MESSAGE_BYTES as u64)) };
        SequenceGone = "Dieser Ablauf wurde gelöscht";
        TooManySequences = { format!("Ein Client hat höchstens {MAX_SEQUENCES} Abläufe. Zuerst einen löschen") };
        TooManyMessages = { format!("Ein Dokument hat höchstens {MAX_MESSAGES} Nachrichten. Zuerst eine löschen") };
        NameTaken(name) = "{name} ist schon vergeben. Einen anderen Namen eingeben";
    }

    LoadNotices |language| {
        SetAside(path, problem, kept_as) = { format!("{} ist nicht verwendbar: {}. Die Datei liegt jetzt unter {}; eine neue tritt an ihre Stelle", shown(path), problem.in_words(language), shown(kept_as)) };
        UnknownKeys(path, keys) = { format!("{} hat Schlüssel, die diese Version nicht kennt: {}. Sie bleiben erhalten", shown(path), listed(keys, language)) };
        NotReopened(error) = { error.in_words(language) };
        NoHome = { format!("Es gibt keinen persönlichen Ordner, darum wird nichts gespeichert. {CONFIG_DIR_VARIABLE} auf einen Ordner setzen") };
        Blocked(path, problem, source) = { format!("{} ist nicht verwendbar: {}. Auch Umbenennen war nicht möglich ({}), darum wird nichts darin gespeichert. Die Datei verschieben und neu starten", shown(path), problem.in_words(language), source.in_words(language)) };
    }

    LoadProblems |language| {
        Read(source) = { format!("nicht lesbar ({})", source.in_words(language)) };
        Folder = "das ist ein Ordner";
        NotPlain = "das ist keine gewöhnliche Datei";
        TooLarge = { format!("größer als {}", language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        NotText(at) = { at_position(Some(at), language.files.not_text.to_owned(), language) };
        Document(error) = { error.in_words(language) };
        Preferences(at, error) = { at_position(at.as_ref(), on_one_line(error), language) };
    }

    DocumentProblems |language| {
        Syntax(error) = { on_one_line(error) };
        NoFormat = "ein Dokument beginnt mit seinem Format, etwa format = 1";
        Newer(format) = "Format {format} stammt von einer neueren Version von Bothends; zum Öffnen dieser Datei Bothends aktualisieren";
        Missing(key) = "hier fehlt {key}";
        Type(key, expected) = { format!("falscher Wert für {key}, verlangt ist {}", expected.in_words(language)) };
        Value(key, value, choices) = { if choices.is_empty() { format!("{key} kann nicht {value:?} sein") } else { format!("{key} kann nicht {value:?} sein; möglich sind {}", choices.join(", ")) } };
        TextAndHex = "eine Nachricht hat entweder text oder hex, nicht beides";
        Act(choices) = { format!("diese Aktion gibt es nicht; möglich sind {}", choices.join(", ")) };
        TwoActs(keys) = { format!("{} und {} sind zwei Aktionen; jede in eigene geschweifte Klammern schreiben", keys[0], keys[1]) };
        Step(choices) = { format!("diesen Schritt gibt es nicht; möglich sind {}", choices.join(", ")) };
        TwoSteps(keys) = { format!("{} und {} sind zwei Schritte; jeden in eigene geschweifte Klammern schreiben", keys[0], keys[1]) };
        UnknownServer(name) = "einen Server namens {name:?} gibt es nicht; den Namen eines Servers schreiben, oder eine Adresse mit Port, etwa 127.0.0.1:9000";
        Edit(error) = { error.in_words(language) };
    }

    ExpectedValues |language| {
        Text = "Text in Anführungszeichen";
        Flag = "true oder false";
        Amount = "eine Zahl oder Text in Anführungszeichen";
        Table = "eine Tabelle in geschweiften Klammern";
        List = "eine Liste in eckigen Klammern";
        Tables = "eine Tabelle unter Überschriften in doppelten eckigen Klammern";
    }

    DocumentSaves |language| {
        ChangedOutside(path) = { format!("{} wurde außerhalb von Bothends geändert und darum nicht überschrieben", shown(path)) };
        Exists(path) = { format!("{} existiert schon", shown(path)) };
        ReadOnly(path) = { format!("{} ist schreibgeschützt", shown(path)) };
        TooLarge(path, len_bytes) = { format!("{} hätte {}, mehr als {}", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("{} lässt sich nicht speichern: {}", shown(path), source.in_words(language)) };
    }

    Saves |language| {
        Encode = "Die Programmeinstellungen lassen sich nicht als TOML schreiben";
        TooLarge(path, len_bytes) = { format!("{} hätte {}, mehr als {}. Die Nachrichten darin kürzen", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("{} lässt sich nicht speichern: {}", shown(path), source.in_words(language)) };
    }
}

fn position(position: &Position, language: &Language) -> String {
    language.files.position(position.line, position.column)
}

fn listed(keys: &[UnknownKey], language: &Language) -> String {
    let name = |it: &UnknownKey| {
        let position = position(&it.position, language);
        language.files.unknown_key(&it.key, &position)
    };
    keys.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Returns a problem behind the place that it is at, where that is known.
fn at_position(at: Option<&Position>, problem: String, language: &Language) -> String {
    match at {
        Some(at) => language.files.at(&position(at, language), &problem),
        None => problem,
    }
}

/// Returns what a parser says, which has lines.
fn on_one_line(error: &str) -> String {
    error.replace('\n', ", ")
}
