//! What happened, as the timeline shows it, and why.

use super::{absent, grouped, noun};
use crate::words::InWords as _;
use crate::words::entry::{Endings, Entries, LifecycleKinds, States};
use crate::words::translated::translated;

translated! { FRENCH:
    Entries {
        no_peer = "un pair inconnu";
        listening(local, backlog) = "à l’écoute sur {local}, backlog {backlog}";
        listening_dual(local, backlog) = "à l’écoute sur {local}, backlog {backlog}, IPv4 et IPv6";
        backlog_of(granted, requested) = "{granted} sur {requested} demandés";
        bound(local) = "lié à {local}";
        bound_dual(local) = "lié à {local}, IPv4 et IPv6";
        joined(bound, groups) = "{bound}, membre de {groups}";
        truncated(read) = "lecture limitée à {read} : le datagramme suivant est plus long que le tampon de lecture";
        truncated_of(read, whole) = "lecture limitée à {read} sur {whole} : le datagramme suivant est plus long que le tampon de lecture";
        datagrams_dropped(datagrams) = { format!("le système a jeté {} : le tampon de réception était plein", noun(datagrams, "datagramme", "datagrammes")) };
        datagrams_ready(peer) = "prêt à envoyer à {peer}";
        datagrams_ready_from(peer, local) = "prêt à envoyer à {peer}, depuis {local}";
        new_peer(peer) = "nouveau pair {peer}";
        new_peer_to(peer, local) = "nouveau pair {peer}, qui envoie à {local}";
        empty_from(peer) = "datagramme vide reçu de {peer}";
        empty_to(peer) = "datagramme vide envoyé à {peer}";
        forgotten_by_us = "oublié par nous";
        forgotten_by_stop = "oublié : serveur arrêté";
        forgotten_by_reply = "oublié après la réponse";
        closed_by_silence(time) = "oublié après {time} de silence";
        closed_by_crowd(limit) = { format!("oublié : plus de {} autres pairs sont actifs", grouped(limit as u64)) };
        looking_up(host) = "résolution de {host}";
        connecting(peer) = "connexion à {peer}";
        connected(peer, took) = "connecté à {peer} en {took}";
        connected_from(peer, took, local) = "connecté à {peer} en {took}, depuis {local}";
        next_address(error) = "{error} ; essai de l’adresse suivante";
        advised(error, advice) = "{error}. {advice}";
        reconnecting(time, attempt) = "reconnexion dans {time}, {attempt}";
        attempt(attempt) = { format!("tentative {}", grouped(attempt.into())) };
        attempt_of(attempt, attempts) = { format!("tentative {} sur {}", grouped(attempt.into()), grouped(attempts.into())) };
        accepted(peer) = "connexion acceptée de {peer}";
        received(size, peer) = "reçu {size} de {peer}";
        sent(size, peer) = "envoyé {size} à {peer}";
        kept(size, kept) = "{size} (capture tronquée à {kept})";
        encrypted(size, wire) = { format!("{size} ({} sous forme chiffrée)", grouped(wire)) };
        of_connection(peer, what) = "{peer} — {what}";
        finished_by(peer) = "à demi fermée par le pair {peer} (FIN)";
        peer_finished = "à demi fermée par le pair (FIN)";
        we_finished = "à demi fermée par nous (FIN)";
        closed_by_us = "fermée par nous";
        closed_by_stop = "fermée : serveur arrêté";
        closed_by_reply = "fermée après la réponse";
        closed_by_our_reset = "réinitialisée par nous (RST)";
        closed_by_peer = "fermée par le pair (FIN)";
        closed_by_failure(error) = "fermée : {error}";
        unsent(ending, bytes) = "{ending}, non envoyé : {bytes}";
        unread(ending) = "{ending}, octets reçus mais non lus (le système réinitialise : RST, déduit)";
        unix_unread(ending) = "{ending}, octets reçus mais non lus (la prochaine lecture du pair échoue)";
        reset_by(peer, received) = "réinitialisée par le pair {peer} (RST) après réception de {received}";
        unix_reset_by(peer, received) = "réinitialisée par le pair {peer} après réception de {received}";
        received_inside(ending, bytes) = "{ending} ; le flux s’est arrêté au milieu d’un caractère : {bytes}";
        sent_inside(ending, bytes) = "{ending} ; le flux envoyé s’est arrêté au milieu d’un caractère : {bytes}";
        accept_paused(error) = "acceptation suspendue : {error}";
        accept_resumed = "acceptation reprise";
        accept_aborted(count, connections) = { format!("{connections} {} acceptation", if count < 2 { "terminée avant son" } else { "terminées avant leur" }) };
        received_missing(count, bytes) = { format!("{bytes} de ce qui a été reçu {} du fichier", absent(count)) };
        sent_missing(count, bytes) = { format!("{bytes} de ce qui a été envoyé {} du fichier", absent(count)) };
        not_recorded(count, entries) = { format!("{entries} non {} juste avant", if count < 2 { "capturée" } else { "capturées" }) };
        clock_adjusted(sign, jump) = "horloge corrigée de {sign}{jump}";
        accepting = "les nouvelles connexions sont de nouveau acceptées";
        accepting_closes = "les nouvelles connexions sont désormais fermées aussitôt";
        accepting_stopped = "les nouvelles connexions attendent désormais dans la file d’acceptation";
        waiting(time) = "attente de {time} avant le prochain envoi";
        reading_stopped = "lecture suspendue";
        reading_resumed = "lecture reprise";
        pace(rate) = { format!("désormais, envoi de {} au plus par seconde", noun(rate.into(), "octet", "octets")) };
        pace_slices(bytes, pause) = { format!("désormais, envoi de {} au plus par écriture, à {pause} d’intervalle", noun(bytes.into(), "octet", "octets")) };
        pace_both(rate, slices) = "{rate} ; {slices}";
        pace_free = "désormais, envoi aussi rapide que le pair lit";
        by_rule(rule, what) = "{what} (règle {rule})";
        dropped(bytes) = "perte de {bytes} au lieu de l’envoi";
        corrupted(at, bytes, from, to) = "altération de l’octet {at} sur {bytes} : {from:02X} devenu {to:02X}";
        unanswered(bytes, peer) = "aucune règle ne répond à la requête de {bytes} de {peer}";
        queue_cancelled(bytes, acts) = {
    let waiting = noun(acts, "action en attente annulée", "actions en attente annulées");
    format!("{waiting}, avec {} à envoyer", noun(bytes, "octet", "octets"))
};
        cancelled(bytes) = "envoi d’un fichier annulé après {bytes}";
        of_process(what, process, uid) = "{what} (processus {process}, utilisateur {uid})";
        stopped = "serveur arrêté";
        unknown(kind) = "une entrée que seule une version plus récente de Bothends connaît (type {kind})";
        details_unread(what) = "{what} : ses détails sont illisibles";
        damaged(what, error) = "{what} : {error}";
    }

    LifecycleKinds |language| {
        Listening = "à l’écoute";
        Bound = "lié";
        Truncated = "un datagramme plus long que le tampon de lecture";
        Dropped = "datagrammes jetés par le système";
        Upgraded = "passage à TLS (STARTTLS)";
        TlsHello = "TLS proposé par le client";
        TlsAgreed = "TLS négocié";
        TlsRefused = "certificats présentés avant le refus de TLS";
        TlsAlert = "une alerte TLS";
        TlsCloseNotify = "close_notify";
        TlsCut = "coupure : la connexion TCP a pris fin sans close_notify";
        TlsSecrets = "clés journalisées";
        LookingUp = "résolution d’un nom";
        Connecting = "connexion en cours";
        Connected = "connecté";
        ConnectFailed = "échec d’une tentative de connexion";
        Accepted = "connexion acceptée";
        PeerFinished = "à demi fermée par le pair (FIN)";
        WeFinished = "à demi fermée par nous (FIN)";
        Closed = "fermée";
        Reset = "réinitialisée par le pair (RST)";
        AcceptPaused = "acceptation suspendue";
        AcceptResumed = "acceptation reprise";
        Missing = "octets absents du fichier";
        NotRecorded = "entrées non capturées juste avant";
        ClockAdjusted = "horloge corrigée";
        Failed = "une erreur";
        Stopped = "serveur arrêté";
        AcceptAborted = "connexions terminées avant leur acceptation";
        AcceptingChanged = "désormais, les nouvelles connexions sont traitées autrement";
        Waiting = "attente avant le prochain envoi";
        ReadingStopped = "lecture suspendue";
        ReadingResumed = "lecture reprise";
        PaceChanged = "désormais, envoi à une autre vitesse";
        Cancelled = "envoi d’un fichier annulé";
        Unanswered = "une requête à laquelle aucune règle ne répond";
        QueueCancelled = "ce qui attendait a été annulé";
        Reconnecting = "reconnexion";
        SequenceBegan = "une séquence a commencé";
        SequenceEnded = "une séquence a pris fin";
        Disturbed = "un message perdu ou altéré au hasard";
    }

    States |language| {
        Open = "ouverte";
        PeerFinished = "à demi fermée par le pair";
        WeFinished = "à demi fermée par nous";
        Closed(ending) = { ending.in_words(language) };
    }

    Endings |language| {
        Closed(closed) = { language.ended(closed, None) };
        Reset(unsent_bytes) = { language.reset(*unsent_bytes, None) };
    }
}
