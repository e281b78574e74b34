//! Sequences of send and expect: what they are called, and what came of them.

use super::{grouped, noun};
use crate::script::sequence::MAX_STEPS;
use crate::words::InWords as _;
use crate::words::sequences::{SequenceProblems, SequenceResults, Sequences, StepKinds};
use crate::words::translated::translated;

translated! { FRENCH:
    SequenceResults {
        began(name) = "la séquence « {name} » a commencé";
        ended(name, outcome) = "la séquence « {name} » {outcome}";
        passed = "a réussi";
        failed(step, why) = "a échoué à l’étape {step} : {why}";
        cancelled(step) = "a été arrêtée à l’étape {step}";
        with_others(outcome, others) = "{outcome} ; {others}";
        others(count) = { noun(count, "autre trame est arrivée", "autres trames sont arrivées") };
        timed_out(within, what) = "ce qu’elle attend n’est pas arrivé en {within} ; {what}";
        connection_ended(what) = "la connexion a pris fin avant ; {what}";
        nothing = "rien n’est arrivé";
        nearest(excerpt) = "le plus proche était {excerpt}";
        nearest_differs(excerpt, difference) = "le plus proche était {excerpt}, {difference}";
        differs(at, expected, found) = { format!("où l’octet {} est {found}, et non {expected}", grouped(at)) };
        ends(at, expected) = { format!("qui s’arrête avant l’octet {}, où {expected} est attendu", grouped(at)) };
        any_byte = "n’importe quel octet";
        byte(hex, shown) = "{hex:02X} ({shown})";
        byte_only(hex) = "{hex:02X}";
        more(excerpt) = "{excerpt}…";
        unsent = "une partie de ce qu’elle envoie n’a pas pu être envoyée";
        not_connected = "il n’y avait pas de connexion";
    }

    Sequences {
        heading = "Séquences";
        none = "Une séquence envoie et vérifie ce qu’elle reçoit, étape par étape, et dit si tout s’est passé comme prévu.";
        add = "Ajouter une séquence…";
        new_name = "Séquence";
        run(name) = "Exécuter {name}";
        run_button = "Exécuter";
        run_why = "Exécuter ses étapes sur la connexion de ce client, qui se connecte d’abord s’il ne l’est pas";
        run_on = "Exécuter une séquence";
        of_client(name, client) = "{name} ({client})";
        stop = "Arrêter";
        stop_named(name) = "Arrêter {name}";
        stop_why = "L’arrêter à l’étape en cours (Échap)";
        running = "en cours…";
        show = "Afficher";
        show_named(name) = "Afficher le résultat de « {name} »";
        show_why = "Afficher l’entrée dans la chronologie";
        more(name) = "Plus d’actions pour {name}";
        edit = "Modifier les étapes";
        duplicate = "Dupliquer";
        delete = "Supprimer";
        title_of(name) = "Séquence « {name} »";
        name = "Nom de la séquence";
        kind_of(number) = "Type de l’étape {number}";
        text_of(number) = "Texte de l’étape {number}";
        within_of(number) = "Délai de l’étape {number}";
        more_of(number) = "Plus d’actions pour l’étape {number}";
        within = "en";
        within_hint = "5s";
        remove = "Retirer";
        move_up = "Monter";
        move_down = "Descendre";
        add_step = "Ajouter une étape";
        send_hex = "Envoyer en hexa";
        send_hint = "HELLO\\r\\n, {{counter}}";
        send_hex_hint = "48 45 0D 0A";
        expect_hint = "OK, regex:^2.., hex:01 ??";
        wait_hint = "100ms";
        done = "Terminé";
        wrong_step(number, problem) = "étape {number} : {problem}";
        wrong_within(number, problem) = "étape {number}, délai : {problem}";
    }

    StepKinds |language| {
        Send = "Envoyer";
        Expect = "Recevoir";
        ExpectEnd = "Recevoir la fin";
        Wait = "Attendre";
        StartTls = "Démarrer TLS";
        Finish = "Terminer (FIN)";
        Close = "Fermer";
        Reset = "Réinitialiser (RST)";
    }

    SequenceProblems |language| {
        NoSteps = "Une séquence a au moins une étape. Ajoutez-en une";
        TooManySteps = { format!("Une séquence a au plus {MAX_STEPS} étapes. Retirez-en") };
        Field(error) = { error.in_words(language) };
        Empty = "Rien n’est écrit ici";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        TooLong = "C’est trop long à chercher. N’en indiquez qu’une partie";
        PieceIsField(name) = "Un groupe ne peut pas s’appeler {name:?} : les modèles ont un champ de ce nom";
        OnlyInReplies = "Une séquence n’a pas de requête. Utilisez un groupe nommé dans ce qu’une étape précédente attend, par exemple {{token}}";
        Time = "Saisissez une durée de 24 heures au plus avec son unité, par exemple 100ms ou 5s";
        AfterEnd = "Rien ne peut être envoyé une fois la connexion terminée, fermée ou réinitialisée";
    }
}
