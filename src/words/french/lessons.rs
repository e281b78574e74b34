//! The lessons: their texts, and what the window says around them.

use super::grouped;
use crate::words::lessons::{LessonConditions, LessonProblems, Lessons};
use crate::words::translated::translated;

translated! { FRENCH:
    Lessons {
        heading = "Leçons";
        intro = "Apprenez TCP et UDP sur de vrais sockets de cette machine. Chaque leçon a un serveur et un client à elle, et avance quand elle voit dans la capture qu’une étape a été faite. Votre document reste tel quel.";
        pane = "Leçon";
        first = "Apprendre : la poignée de main";
        first_why = "C’est nouveau pour vous ? En quelques minutes, sur une vraie connexion, vous voyez ce qui se passe avant le premier octet.";
        server = "Serveur de la leçon";
        client = "Client de la leçon";
        of(number, count) = "Leçon {number} sur {count}";
        choice(number, title) = "{number}. {title}";
        step(number, title) = "{number}. {title}";
        step_state(number, title, state) = "Étape {number}, {title} : {state}";
        done = "fait";
        is_done(title) = "{title} : fait";
        to_do = "à faire";
        later = "plus tard";
        do_it = "Faire à ma place";
        do_it_name(title) = "Faire à ma place : {title}";
        look = "À observer";
        needed = "Fait quand la capture montre que";
        met(condition) = "{condition}, fait";
        not_met(condition) = "{condition}, pas encore";
        show_entry = "Afficher l’entrée";
        show_entry_name(condition) = "Afficher l’entrée : {condition}";
        code = "La même chose en code";
        language = "Langage du code";
        copy = "Copier";
        copy_all = "Tout copier";
        copy_all_why = "Copier tout le programme de cette leçon";
        no_code = "Rien à écrire : le système s’en charge.";
        over = "Leçon terminée";
        next = "Leçon suivante";
        previous = "Leçon précédente";
        again = "Recommencer";
        all = "Toutes les leçons";
        leave = "Quitter la leçon";
        close = "Fermer les leçons";
        resize = "Redimensionner les leçons";
        bad(key, why) = "La leçon {key} est illisible : {why}";
    }

    LessonConditions {
        server = "le serveur";
        client = "le client";
        times(what, times) = { format!("{what}, {} fois", grouped(times as u64)) };
        over(what, family) = "{what} en {family}";

        listens(end) = "{end} écoute";
        stopped(end) = "{end} a été arrêté";
        connects(end) = "{end} a commencé à se connecter";
        connected(end) = "{end} est connecté";
        refused(end) = "{end} a été refusé";
        failed(end) = "{end} n’a pas pu se connecter";
        accepted(end) = "{end} a accepté une connexion";
        received(end, size) = "{end} a lu exactement {size} d’un coup";
        received_something(end) = "{end} a reçu quelque chose";
        received_at_least(end, size) = "{end} a lu au moins {size} d’un coup";
        received_in_all(end, size) = "{end} a reçu {size} en tout";
        received_cut(end) = "{end} n’a lu qu’une partie d’un caractère";
        sent_something(end) = "{end} a envoyé quelque chose";
        sent_at_least(end, size) = "{end} a envoyé au moins {size} d’un coup";
        sent_in_all(end, size) = "{end} a envoyé {size} en tout";
        after_silence(end, time) = "{end} a envoyé ou reçu après {time} de silence";
        finished(end) = "{end} a terminé l’envoi (FIN)";
        saw_end(end) = "{end} a vu le FIN de l’autre côté";
        closed(end) = "{end} a fermé la connexion";
        closed_unread(end) = "{end} a fermé la connexion avec des octets non lus";
        did_reset(end) = "{end} a réinitialisé la connexion (RST)";
        was_reset(end) = "{end} a été réinitialisé par l’autre côté (RST)";
        stops_reading(end) = "{end} a cessé de lire";
        reads_again(end) = "{end} lit de nouveau";
        stops_accepting(end) = "{end} laisse les nouvelles connexions dans le backlog";
        accepts_again(end) = "{end} accepte de nouveau";
        new_peer(end) = "{end} a un nouveau pair";
        cut(end) = "{end} a reçu un datagramme coupé";
        undelivered(end) = "{end} a appris qu’un datagramme n’était pas arrivé (ICMP)";
        forgot(end) = "{end} a oublié son pair après un silence";
    }

    LessonProblems |language| {
        Form(line, text) = "ligne {line} : {text}";
        Number = "il lui faut de 1 à 12 étapes et de 1 à 8 clients";
        Condition(step, text) = "l’étape {step} attend {text:?}, qui n’est pas une condition";
        Act(step, text) = "l’étape {step} contient {text:?}, qui n’est pas une action (l’étape 0 est la préparation)";
        Control(step, text) = "l’étape {step} nomme {text:?}, qui n’est pas une commande de la fenêtre";
        Endless(step) = "l’étape {step} n’attend rien";
        Program(step) = "un programme n’a rien pour l’étape {step}";
    }
}
