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

translated! { FRENCH:
    Files {
        not_text = "ce n’est pas du texte en UTF-8";
        not_opened(path, problem) = "{path} ne peut pas être ouvert : {problem}";
        unknown_key(key, position) = "{key} ({position})";
        at(position, problem) = "{position} : {problem}";
        position(line, column) = "ligne {line}, colonne {column}";
    }

    Approval {
        name = "Document non approuvé";
        title = "Ce document n’a pas été enregistré sur cet ordinateur";
        what = "Tant que vous ne l’avez pas approuvé, ses serveurs ne répondent pas et ses modèles ne lisent aucun fichier. Approuvez-le seulement si vous avez confiance en sa provenance.";
        approve = "Approuver le document";
        later = "Pas maintenant";
    }

    Edits |language| {
        TooMany = { format!("Un document a au plus {MAX_ENDPOINTS} extrémités. Retirez-en une d’abord") };
        Gone = "Cette extrémité a été retirée";
        NameEmpty = "Saisissez un nom";
        NameTooLong = { format!("Un nom a au plus {MAX_NAME_CHARS} caractères") };
        NameControl = "Un nom ne peut contenir ni saut de ligne ni caractère de contrôle";
        NameColon = "Un nom ne peut pas contenir de deux-points, pour ne jamais être pris pour une adresse";
        MessageGone = "Ce message a été supprimé";
        NoteTooLong = { format!("Une note a au plus {MAX_NOTE_CHARS} caractères") };
        MessageTooLong = { format!("Un message enregistré fait au plus {}. Gardez les plus longs dans un fichier", language.numbers.size(HISTORY_MESSAGE_BYTES as u64)) };
        SequenceGone = "Cette séquence a été supprimée";
        TooManySequences = { format!("Un client a au plus {MAX_SEQUENCES} séquences. Supprimez-en une d’abord") };
        TooManyMessages = { format!("Un document a au plus {MAX_MESSAGES} messages. Supprimez-en un d’abord") };
        NameTaken(name) = "« {name} » est déjà utilisé. Saisissez un autre nom";
    }

    LoadNotices |language| {
        SetAside(path, problem, kept_as) = { format!("{} ne peut pas être utilisé : {}. Il a été conservé sous le nom {} ; un nouveau fichier le remplace", shown(path), problem.in_words(language), shown(kept_as)) };
        UnknownKeys(path, keys) = { format!("{} a des clés que cette version ne connaît pas : {}. Elles sont conservées", shown(path), listed(keys, language)) };
        NotReopened(error) = { error.in_words(language) };
        NoHome = { format!("Il n’y a pas de dossier personnel, rien ne sera donc enregistré. Indiquez un dossier dans {CONFIG_DIR_VARIABLE}") };
        Blocked(path, problem, source) = { format!("{} ne peut pas être utilisé : {}. Il n’a pas pu être renommé non plus ({}), rien n’y sera donc enregistré. Déplacez-le et redémarrez", shown(path), problem.in_words(language), source.in_words(language)) };
    }

    LoadProblems |language| {
        Read(source) = { format!("il est illisible ({})", source.in_words(language)) };
        Folder = "c’est un dossier";
        NotPlain = "ce n’est pas un fichier ordinaire";
        TooLarge = { format!("il dépasse {}", language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        NotText(at) = { at_position(Some(at), language.files.not_text.to_owned(), language) };
        Document(error) = { error.in_words(language) };
        Preferences(at, error) = { at_position(at.as_ref(), on_one_line(error), language) };
    }

    DocumentProblems |language| {
        Syntax(error) = { on_one_line(error) };
        NoFormat = "un document commence par son format, par exemple format = 1";
        Newer(format) = "le format {format} vient d’une version plus récente de Bothends ; mettez Bothends à jour pour ouvrir ce fichier";
        Missing(key) = "{key} manque ici";
        Type(key, expected) = { format!("{key} doit être {}", expected.in_words(language)) };
        Value(key, value, choices) = { if choices.is_empty() { format!("{key} ne peut pas être {value:?}") } else { format!("{key} ne peut pas être {value:?} ; les choix sont {}", choices.join(", ")) } };
        TextAndHex = "un message a soit text, soit hex, pas les deux";
        Act(choices) = { format!("cette action n’existe pas ; les actions sont {}", choices.join(", ")) };
        TwoActs(keys) = { format!("{} et {} sont deux actions ; écrivez chacune entre ses propres accolades", keys[0], keys[1]) };
        Step(choices) = { format!("cette étape n’existe pas ; les étapes sont {}", choices.join(", ")) };
        TwoSteps(keys) = { format!("{} et {} sont deux étapes ; écrivez chacune entre ses propres accolades", keys[0], keys[1]) };
        UnknownServer(name) = "il n’y a pas de serveur nommé {name:?} ; écrivez le nom d’un serveur, ou une adresse avec un port comme 127.0.0.1:9000";
        Edit(error) = { error.in_words(language) };
    }

    ExpectedValues |language| {
        Text = "du texte entre guillemets";
        Flag = "true ou false";
        Amount = "un nombre, ou du texte entre guillemets";
        Table = "une table entre accolades";
        List = "une liste entre crochets";
        Tables = "donné sous des titres entre doubles crochets";
    }

    DocumentSaves |language| {
        ChangedOutside(path) = { format!("{} a été modifié en dehors de Bothends, et n’a donc pas été écrasé", shown(path)) };
        Exists(path) = { format!("{} existe déjà", shown(path)) };
        ReadOnly(path) = { format!("{} est protégé en écriture", shown(path)) };
        TooLarge(path, len_bytes) = { format!("{} ferait {}, plus que {}", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("{} ne peut pas être enregistré : {}", shown(path), source.in_words(language)) };
    }

    Saves |language| {
        Encode = "Les préférences ne peuvent pas être écrites en TOML";
        TooLarge(path, len_bytes) = { format!("{} ferait {}, plus que {}. Raccourcissez ses messages", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("{} ne peut pas être enregistré : {}", shown(path), source.in_words(language)) };
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
