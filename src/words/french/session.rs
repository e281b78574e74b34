//! Why a session did not do what it was asked to.

use crate::session::MAX_OPENED;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::session::{Jobs, Session, SessionErrors};
use crate::words::translated::translated;
use crate::workspace::FieldError;
use crate::workspace::FormField;

translated! { FRENCH:
    Session {
        file(path, reason) = "Impossible de lire {path} : {reason}";
        no_thread(reason) = "Le système n’a pas pu démarrer de thread : {reason}";
    }

    SessionErrors |language| {
        Closing = "Bothends est en train de se fermer";
        Command(error) = { error.in_words(language) };
        Field(error) = { wrong_field(error, language) };
        Edit(error) = { error.in_words(language) };
        Message(error) = { error.in_words(language) };
        NoSequence = "Cette séquence a été supprimée";
        Sequence(error) = { error.in_words(language) };
        NothingToSend = "Il n’y a rien à envoyer : écrivez d’abord un message";
        Void = "Il n’y a rien à envoyer : les champs de ce message représentent 0 octet";
        NotApproved = "Les modèles de ce document ne peuvent pas lire de fichiers tant que vous ne l’avez pas approuvé";
        NoTarget = "Il n’y a personne à qui envoyer : ajoutez un client";
        NoPeer(server) = "{server} n’a aucun pair à qui envoyer : attendez qu’il s’en connecte un";
        NoPeerSelected = "Aucun pair n’est sélectionné : sélectionnez-en un, ou envoyez à tous les pairs";
        NotOneConnection = "Un fichier va à une seule connexion : choisissez un client, ou sélectionnez un pair";
        NotConnected = "Le client n’est pas connecté : connectez-le d’abord";
        SendingFile = "Un fichier est déjà en cours d’envoi : annulez-le, ou attendez";
        Repeating = "Un message est déjà répété : arrêtez d’abord cette répétition";
        TemplateFile(error) = { error.in_words(language) };
        File(path, source) = { language.session.file(&shown(path), &source.in_words(language)) };
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
        Job(error) = { error.in_words(language) };
        TooManyOpen = { format!("{MAX_OPENED} captures sont ouvertes : fermez-en une d’abord") };
        FileAtWork = "Un autre fichier est en cours de lecture ou d’écriture : attendez, ou annulez";
        NoHome = "Il n’y a pas de dossier personnel où garder les captures : indiquez un dossier dans BOTHENDS_DATA_DIR";
        RelativePath = "Saisissez un chemin absolu";
        Library(error) = { error.in_words(language) };
        Opening(error) = { error.in_words(language) };
        Document(error) = { error.in_words(language) };
        DocumentSave(error) = { error.in_words(language) };
        Import(error) = { error.in_words(language) };
        Packets(error) = { error.in_words(language) };
    }

    Jobs |language| {
        Busy = "Un travail précédent n’est pas terminé : réessayez dans un instant";
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
