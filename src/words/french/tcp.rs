//! TCP as the kernel has it: the states of a connection's ends, who moves next, the accept queue, and whose the peer is.

use super::{grouped, noun};
use crate::words::InWords as _;
use crate::words::tcp::{NoProcesses, StateMeanings, StateMoves, Tcp, TcpNumbers};
use crate::words::translated::translated;

translated! { FRENCH:
    Tcp {
        this_end = "Ce côté";
        peer = "Le pair";
        of_this_end = "ce côté";
        of_peer = "le pair";
        inferred = "déduit";
        inferred_why = "Personne n’a interrogé le noyau à ce moment-là : cela découle de ce qui s’est passé sur la connexion";
        from_kernel = "selon le noyau";
        end(whose, state, source) = "{whose} : {state}, {source}";
        no_states_here = "Ce système ne donne pas les états d’une connexion aux programmes sans privilèges : ils sont déduits";
        marks_not_here = "Ce système ne dit pas quand les octets sont acquittés";
        marks_encrypted = "Les acquittements ne sont pas affichés : le noyau compte des octets chiffrés, qui ne sont pas ceux affichés ici";
        refused(error) = "Le noyau ne donne ni états ni chiffres : {error}";

        recorded = "Capturé";
        recorded_why = "Les états, aussi loin que va la capture";
        other_transport = "Ce n’est pas une connexion TCP : elle n’a ni états ni chiffres de TCP";
        choose_recorded = "Sélectionnez une entrée d’une connexion pour voir ses états et ses chiffres";

        machine = "Machine à états";
        node(state, about) = "{state}, {about}";
        node_now(end) = "maintenant : {end}";
        node_passed(end) = "traversé : {end}";
        node_apart = "non traversé";
        legend_ours = "ce côté";
        legend_peer = "le pair";
        step(time, state, cause, evidence) = "{time} : {state}, {cause}, {evidence}";
        after(time) = "+{time}";
        made_by(call) = "par {call}";
        seen_by(call) = "observé par {call}";
        call(name) = "{name}";
        sent(segment) = "{segment} envoyé";
        received(segment) = "{segment} reçu";
        cause_silence = "pas de réponse";
        cause_failure = "échec";
        cause_kernel = "noyau interrogé";
        cause_between = "entre-temps";
        cause_time = "temps écoulé";

        time_left(time) = "reste {time}";
        time_wait_client(local) = "Jusque-là, {local} ne peut pas se reconnecter à ce pair depuis le même port. D’autres ports le peuvent, et le système en choisit un de lui-même.";
        time_wait_server(local) = "Jusque-là, {local} compte comme utilisée. Un serveur qui y redémarre échoue avec « address in use », à moins d’activer SO_REUSEADDR avant bind(), comme Bothends le fait sous Unix. Si le client ferme le premier, l’attente est de son côté.";
        waiting_for_fin(time) = "Le noyau abandonne ce côté dans {time} si aucun FIN n’arrive.";

        accept_queue = "File d’acceptation";
        queue_of(queue) = { format!("{} en attente sur {}", grouped(queue.waiting.into()), grouped(queue.limit.into())) };
        queue_why = "Les connexions établies qui attendent accept(), et combien peuvent attendre : le backlog. Linux en prend une de plus";
        queue_full = "La file d’acceptation est pleine. Linux jette les SYN suivants sans répondre ; les clients réessaient après 1, 3 et 7 secondes et semblent bloqués jusqu’à ce que le programme accepte.";

        process = "Processus";
        process_of(process) = { format!("{} (pid {})", if process.command.is_empty() { "?" } else { &process.command }, process.pid) };
        process_is(process) = "Processus : {process}";
        state_is(state, explained) = "{state} : {explained}";
    }

    StateMeanings {
        closed(end) = "{end} n’a pas de connexion.";
        listen(end) = "{end} attend un SYN.";
        syn_sent(end) = "{end} a envoyé son SYN et attend la réponse.";
        syn_received(end) = "{end} a reçu un SYN et y a répondu par un SYN-ACK.";
        established(end) = "{end} peut envoyer et recevoir : les deux sens sont ouverts.";
        fin_wait_1(end) = "{end} a envoyé son FIN, qui n’est pas encore acquitté.";
        fin_wait_2(end) = "{end} a envoyé son FIN, qui est acquitté : il ne reste qu’à recevoir.";
        close_wait(end) = "{end} a reçu un FIN : plus aucun octet n’arrivera, mais envoyer reste possible.";
        closing(end) = "{end} a envoyé un FIN en même temps que l’autre côté, et le sien n’est pas encore acquitté.";
        last_ack(end) = "{end} a reçu un FIN et envoyé le sien.";
        time_wait(end) = "{end} a fermé le premier et attend, pour qu’un segment en retard ne soit pas pris pour celui d’une nouvelle connexion, et qu’un dernier ACK perdu puisse être renvoyé.";
    }

    StateMoves {
        closed = "Personne n’a la main : une nouvelle connexion commence par un SYN.";
        listen = "Un client a la main, avec son SYN.";
        syn_sent(other) = "{other} a la main : un SYN-ACK ouvre la connexion, un RST la refuse. Sans réponse, le SYN est renvoyé.";
        syn_received(other) = "{other} a la main : son ACK achève la poignée de main.";
        established = "Les deux côtés peuvent envoyer. Celui qui a fini le premier envoie un FIN.";
        fin_wait_1(other) = "{other} a la main, avec l’ACK.";
        fin_wait_2(other) = "{other} a la main : envoyer reste possible, et son FIN met fin à la connexion.";
        close_wait(end) = "{end} a la main : son FIN part quand son programme appelle shutdown() ou close(). Si cet état dure, c’est que le programme a oublié de fermer.";
        closing(other) = "{other} a la main, avec l’ACK.";
        last_ack(other) = "{other} a la main : son ACK est le dernier segment.";
        time_wait = "Personne n’a la main : seul le temps y met fin.";
    }

    NoProcesses |language| {
        NotHere = "pas sur cette machine, ou déjà terminé";
        NotVisible(uid) = "un processus de l’utilisateur {uid}, que cet utilisateur ne peut pas examiner";
        System = "ce système ne le dit pas sans privilèges";
        Refused(error) = { error.in_words(language) };
    }

    TcpNumbers {
        heading = "Chiffres";
        whose = "Chiffres de quel côté";
        none_on_record = "Aucun chiffre capturé : ils ne le sont que pendant que cet onglet montre une connexion";
        none_yet = "Le noyau n’a encore rien dit";
        gone = "La connexion est terminée de ce côté : voici ses derniers chiffres";
        not_here = "Ce système ne donne pas les chiffres d’une connexion aux programmes sans privilèges";
        spoken(name, value) = "{name} : {value}";
        explained(why, source) = "{why}. Source : {source}";
        source(field, unit) = "{field}, en {unit}";
        span(least, most) = "de {least} à {most} dans la dernière minute";
        unit_count = "segments";
        unit_millis = "millisecondes";
        unit_bytes = "octets";
        unit_rate = "octets par seconde";
        unit_micros = "microsecondes";
        bytes(count) = { format!("{} o", grouped(count)) };
        segments(count) = { noun(count, "segment", "segments") };
        no_threshold = "aucun encore";
        no_limit = "sans limite";

        round_trip = "Aller-retour";
        round_trip_why = "Le temps lissé entre un segment et son acquittement";
        variation = "Variation";
        variation_why = "De combien varie le temps d’aller-retour : un acquittement en retard de plus de quatre fois cette valeur compte comme manquant";
        retransmits = "Retransmis";
        retransmits_why = "Segments renvoyés depuis le début de la connexion, faute d’acquittement à temps";
        mss = "Taille de segment";
        mss_why = "Le nombre maximal d’octets que porte un segment (MSS), selon ce que permettent les deux côtés et le chemin";
        in_flight = "En vol";
        in_flight_why = "Segments envoyés et non acquittés";
        congestion_window = "Fenêtre de congestion";
        congestion_window_why = "Combien de segments peuvent être en vol, selon ce que le réseau semble supporter";
        threshold = "Seuil de slow start";
        threshold_why = "Le seuil du démarrage lent (slow start) : en dessous, la fenêtre de congestion double à chaque aller-retour, au-dessus elle croît lentement. Aucun avant la première perte";
        send_queue = "File d’envoi";
        send_queue_why = "Octets que le programme a écrits et que le pair n’a pas acquittés";
        peer_window = "Fenêtre du pair";
        peer_window_why = "Combien d’octets le pair prend encore. À 0, l’expéditeur attend";
        delivery = "Débit de remise";
        delivery_why = "À quelle vitesse les octets sont récemment parvenus au pair, mesurée par les acquittements";
        pacing = "Débit de cadencement";
        pacing_why = "Le débit auquel le noyau étale les segments dans le temps (pacing)";
        limited = "Limité par";
        limited_why = "Ce qui a empêché d’envoyer plus vite entre les deux derniers relevés : la fenêtre du pair, notre tampon d’envoi, le réseau (la fenêtre de congestion), ou le programme, qui a donné trop peu au noyau. Inactif : tout est envoyé et acquitté";
        receive_queue = "File de réception";
        receive_queue_why = "Octets arrivés et que le programme n’a pas lus";
        window = "Fenêtre";
        window_why = "Combien d’octets ce côté prend encore, selon sa dernière annonce au pair. Elle se ferme quand le programme ne lit pas";

        by_nothing = "inactif";
        by_program = "programme";
        by_window = "fenêtre";
        by_buffer = "tampon";
        by_network = "réseau";
        share(what, share) = { format!("{what} {:.0} %", share * 100.0) };
        busy(share) = { format!("{:.0} % du temps avec quelque chose à envoyer", share * 100.0) };
    }
}
