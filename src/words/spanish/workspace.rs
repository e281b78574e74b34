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

translated! { SPANISH:
    Files {
        not_text = "esto no es texto en UTF-8";
        not_opened(path, problem) = "no se puede abrir {path}: {problem}";
        unknown_key(key, position) = "{key} ({position})";
        at(position, problem) = "{position}: {problem}";
        position(line, column) = "línea {line}, columna {column}";
    }

    Approval {
        name = "Documento sin aprobar";
        title = "Este documento no se guardó en este equipo";
        what = "Hasta que lo apruebe, sus servidores no responden y sus plantillas no leen archivos. Apruébelo solo si confía en su procedencia.";
        approve = "Aprobar documento";
        later = "Ahora no";
    }

    Edits |language| {
        TooMany = { format!("Un documento tiene como máximo {MAX_ENDPOINTS} extremos. Quite antes uno") };
        Gone = "Este extremo se ha quitado";
        NameEmpty = "Escriba un nombre";
        NameTooLong = { format!("Un nombre tiene como máximo {MAX_NAME_CHARS} caracteres") };
        NameControl = "Un nombre no puede contener saltos de línea ni caracteres de control";
        NameColon = "Un nombre no puede contener dos puntos, para que nunca se tome por una dirección";
        MessageGone = "Este mensaje se ha eliminado";
        NoteTooLong = { format!("Una nota tiene como máximo {MAX_NOTE_CHARS} caracteres") };
        MessageTooLong = { format!("Un mensaje guardado tiene como máximo {}. Guarde los más largos en un archivo", language.numbers.size(HISTORY_MESSAGE_BYTES as u64)) };
        SequenceGone = "Esta secuencia se ha eliminado";
        TooManySequences = { format!("Un cliente tiene como máximo {MAX_SEQUENCES} secuencias. Elimine antes una") };
        TooManyMessages = { format!("Un documento tiene como máximo {MAX_MESSAGES} mensajes. Elimine antes uno") };
        NameTaken(name) = "{name} ya se usa. Escriba otro nombre";
    }

    LoadNotices |language| {
        SetAside(path, problem, kept_as) = { format!("{} no se puede usar: {}. Se ha conservado como {}; uno nuevo ocupa su lugar", shown(path), problem.in_words(language), shown(kept_as)) };
        UnknownKeys(path, keys) = { format!("{} tiene claves que esta versión no conoce: {}. Se conservan", shown(path), listed(keys, language)) };
        NotReopened(error) = { error.in_words(language) };
        NoHome = { format!("No hay carpeta personal, así que no se guardará nada. Asigne una carpeta a {CONFIG_DIR_VARIABLE}") };
        Blocked(path, problem, source) = { format!("{} no se puede usar: {}. Tampoco se le ha podido cambiar el nombre ({}), así que no se guardará nada en él. Muévalo a otro sitio e inicie de nuevo", shown(path), problem.in_words(language), source.in_words(language)) };
    }

    LoadProblems |language| {
        Read(source) = { format!("no se puede leer ({})", source.in_words(language)) };
        Folder = "es una carpeta";
        NotPlain = "no es un archivo normal";
        TooLarge = { format!("tiene más de {}", language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        NotText(at) = { at_position(Some(at), language.files.not_text.to_owned(), language) };
        Document(error) = { error.in_words(language) };
        Preferences(at, error) = { at_position(at.as_ref(), on_one_line(error), language) };
    }

    DocumentProblems |language| {
        Syntax(error) = { on_one_line(error) };
        NoFormat = "un documento empieza por su formato, como en format = 1";
        Newer(format) = "el formato {format} es de una versión más reciente de Bothends; actualice para abrir este archivo";
        Missing(key) = "aquí falta {key}";
        Type(key, expected) = { format!("{key} tiene que ser {}", expected.in_words(language)) };
        Value(key, value, choices) = { if choices.is_empty() { format!("{key} no puede ser {value:?}") } else { format!("{key} no puede ser {value:?}; es uno de estos: {}", choices.join(", ")) } };
        TextAndHex = "un mensaje tiene text o hex, no ambos";
        Act(choices) = { format!("no existe esa acción; una acción es una de estas: {}", choices.join(", ")) };
        TwoActs(keys) = { format!("{} y {} son dos acciones; escriba cada una entre sus propias llaves", keys[0], keys[1]) };
        Step(choices) = { format!("no existe ese paso; un paso es uno de estos: {}", choices.join(", ")) };
        TwoSteps(keys) = { format!("{} y {} son dos pasos; escriba cada uno entre sus propias llaves", keys[0], keys[1]) };
        UnknownServer(name) = "no hay ningún servidor llamado {name:?}; escriba el nombre de un servidor, o una dirección con un puerto como 127.0.0.1:9000";
        Edit(error) = { error.in_words(language) };
    }

    ExpectedValues |language| {
        Text = "texto entre comillas";
        Flag = "true o false";
        Amount = "un número, o texto entre comillas";
        Table = "una tabla entre llaves";
        List = "una lista entre corchetes";
        Tables = "una serie de tablas bajo encabezados con corchetes dobles";
    }

    DocumentSaves |language| {
        ChangedOutside(path) = { format!("{} se ha cambiado fuera de Bothends, así que no se ha sobrescrito", shown(path)) };
        Exists(path) = { format!("{} ya existe", shown(path)) };
        ReadOnly(path) = { format!("{} está protegido contra escritura", shown(path)) };
        TooLarge(path, len_bytes) = { format!("{} tendría {}, más de {}", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("{} no se puede guardar: {}", shown(path), source.in_words(language)) };
    }

    Saves |language| {
        Encode = "Las preferencias no se pueden escribir como TOML";
        TooLarge(path, len_bytes) = { format!("{} tendría {}, más de {}. Acorte sus mensajes", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("{} no se puede guardar: {}", shown(path), source.in_words(language)) };
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
