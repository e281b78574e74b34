//! Endpoints: their rows, their settings, their connections.

use super::{bytes, duration, grouped, noun, rate};
use crate::words::endpoints::{BindScopes, Endpoints};
use crate::words::translated::translated;

translated! { FRENCH:
    Endpoints {
        tab = "Extrémités";
        left_tabs = "Contenu du document";
        add = "Ajouter une extrémité";
        new_copy = "Copie";
        list_menu = "Ordre des extrémités";
        as_arranged = "Ordre manuel";
        by_name = "Par nom";
        running_first = "Actives d’abord";
        filter = "Filtrer les extrémités";
        none = "Aucune extrémité pour l’instant. Ajoutez un serveur pour accepter des connexions, ou un client pour en ouvrir une.";
        none_match = "Aucune extrémité ne correspond.";
        row(name, state) = "{name}, {state}";
        echoes = "écho";
        replies_fixed = "message fixe";
        replies_by_rules = "règles";
        replies_nothing = "aucune réponse";
        number(connection) = "#{connection}";
        amount(size) = { bytes(size) };
        time(time) = { duration(time) };
        rate(bytes_per_second) = { rate(bytes_per_second) };

        nothing_selected = "Ajoutez une extrémité pour voir ses réglages ici";
        inspector_tabs = "Parties de l’extrémité";
        close_inspector = "Fermer l’inspecteur";
        setup = "Réglages";
        setup_of(name) = "Réglages de {name}";
        connection = "Connexion";
        no_connection = "Pas encore de connexion";
        no_peer = "Pas encore de pair";
        behaviour = "Comportement";
        accepting = "Acceptation";
        connecting_section = "Connexion au serveur";
        how_read = "Découpage et encodage";

        open = "Ouverte";
        open_why = "Les deux côtés peuvent envoyer. Celui qui a fini le premier termine par un FIN.";
        peer_finished_why = "Le pair a envoyé son FIN et n’envoie plus rien. Nous pouvons encore envoyer ; notre FIN, ou la fermeture, met fin à la connexion.";
        we_finished_why = "Nous avons envoyé notre FIN. Le pair peut encore envoyer, et son FIN met fin à la connexion.";
        closed = "Fermée";
        lost = "Rompue";
        local_address = "Adresse locale";
        peer_address = "Pair";
        opened = "Ouverte à";
        took = "Connectée en";
        received = "Reçu";
        sent = "Envoyé";
        act = "Actions";
        speed = "Vitesse d’envoi";
        speed_why = "La vitesse d’envoi de cette connexion, à partir de maintenant";
        rate_field = "Octets par seconde";
        rate_field_why = "Le nombre maximal d’octets par seconde, par exemple 10k ; vide : aussi vite que le pair lit";
        slice_field = "Octets par écriture";
        slice_field_why = "Le nombre maximal d’octets par écriture ; vide : autant que le système en prend";
        pause_field = "Pause entre envois";
        pause_field_why = "La pause entre deux écritures, par exemple 20ms";
        wait_field = "Attente";
        wait_field_why = "Le temps à attendre avant le prochain envoi, par exemple 500ms";
        apply = "Appliquer";
        wait_now = "Attendre";

        show_all = "Afficher toutes les entrées";
        show_only = "N’afficher que les entrées de cette extrémité";
        name = "Nom";
        more(name) = "Plus d’actions pour {name}";
        finish_sending = "Terminer l’envoi (FIN)";
        rename = "Renommer";
        duplicate = "Dupliquer";
        remove = "Retirer";
        stop_and_remove = "Arrêter et retirer";
        removed(name) = "« {name} » retiré";
        undo = "Annuler";
        stopped = "arrêté";
        not_connected = "non connecté";
        connecting = "connexion…";
        paused = "acceptation suspendue";
        listening = "à l’écoute";
        connected = "connecté";
        failed = "échec";

        start_server = "Démarrer le serveur";
        stop_server = "Arrêter le serveur";
        start_server_short = "Démarrer";
        stop_server_short = "Arrêter";
        connect = "Connecter";
        disconnect = "Déconnecter";
        disconnect_peer = "Fermer la connexion";
        use_free_port = "Utiliser un port libre";

        bind_address = "Adresse d’écoute";
        choose_address = "Choisir une adresse de cette machine";
        bind_port = "Port d’écoute";
        any_port = "0 prend n’importe quel port libre";
        both_families = "IPv4 et IPv6";
        reachable = "Accessible depuis le réseau";
        address_choice(address, about) = "{address}, {about}";
        listening_on(address) = "À l’écoute sur {address}";
        reachable_at(address) = "Accessible à l’adresse {address}";
        backlog_of(backlog) = { format!("backlog de {}", grouped(backlog.into())) };
        backlog_capped(backlog, requested) = { format!("backlog de {} sur {} demandés", grouped(backlog.into()), grouped(requested.into())) };
        no_backlog = "UDP : pas de backlog, chaque datagramme est indépendant";
        dual_stack(backlog) = "{backlog}, IPv4 et IPv6";
        copy = "Copier";
        copy_this(address) = "Copier {address}";
        copy_address = "Copier l’adresse";

        transport = "Transport";
        tcp = "TCP";
        tls = "TLS";
        udp = "UDP";
        unix = "Socket Unix";
        key_file = "Fichier de clé";
        flaw = "Défaut du certificat";
        alpn = "Protocoles (ALPN)";
        forget_after = "Oublier les pairs après";
        forget_after_why = "La durée de silence, dans les deux sens, après laquelle un pair est oublié, par exemple 30s, car UDP n’a pas de fin observable ; vide : deux minutes";
        groups = "Groupes multicast";
        groups_why = "Groupes à rejoindre, par exemple 239.1.2.3 ou ff02::fb, séparés par des virgules ; d’autres programmes peuvent les rejoindre sur le même port ; vide : aucun";
        interface = "Interface multicast";
        interface_why = "L’interface sur laquelle rejoindre les groupes et envoyer en multicast, par son nom ou l’une de ses adresses ; vide : choix du système";
        multicast_ttl = "TTL multicast";
        multicast_ttl_why = "De 0 à 255, moins 1 à chaque routeur : avec 0, un datagramme multicast reste sur cette machine, avec 1, sur le réseau local ; vide : valeur du système, soit 1";
        multicast_loop = "Recevoir ici son propre multicast";
        multicast_loop_why = "Si ce qui est envoyé à un groupe parvient aussi aux programmes de cette machine qui l’ont rejoint, dont celui-ci (IP_MULTICAST_LOOP)";
        forgetting = "Oubli des pairs";
        forgetting_why = "UDP n’a pas de connexions. Quiconque envoie est un pair, jusqu’à ce que rien ne soit reçu ni envoyé pendant cette durée ; vide : 2 minutes.";
        multicast = "Multicast";
        forget_peer = "Oublier";
        forget_selected = "Oublier les pairs sélectionnés";
        peers_and_forgotten(open, forgotten) = { format!("{}, {}", noun(open, "pair", "pairs"), noun(forgotten, "oublié", "oubliés")) };
        clear_forgotten = "Retirer les oubliés";
        clear_forgotten_name = "Retirer les pairs oubliés";
        clear_forgotten_why = "Retirer les pairs oubliés de cette liste ; leurs entrées restent dans la chronologie";
        last_activity_at(time) = "dernière activité à {time}";
        udp_peer(address, state, amounts) = "{address} : {state}, {amounts}";
        datagrams_each_way(received, sent) = { datagrams_each_way(received, sent) };
        datagrams_undelivered(received, sent, undelivered) = { format!("{}, {}", datagrams_each_way(received, sent), noun(undelivered, "non remis", "non remis")) };
        datagrams_of(datagrams, size) = { format!("{}, {}", noun(datagrams, "datagramme", "datagrammes"), bytes(size)) };
        state_and(state, amounts) = "{state}, {amounts}";
        ready = "prêt";
        ready_to_send(peer) = "Prêt à envoyer à {peer}";
        udp_known = "pair connu";
        udp_forgotten = "oublié";
        udp_no_states = "UDP n’a pas d’états : aucune poignée de main n’a commencé cet échange, aucun FIN ne le terminera. Il n’y a que des datagrammes, indépendants les uns des autres, et l’heure du dernier.";
        udp_new_again = "Le pair n’en a pas été informé. S’il envoie de nouveau, c’est un nouveau pair.";
        udp_nothing_came = "Rien n’est encore revenu. UDP ne dit pas si quelqu’un a reçu ce qui a été envoyé : seule une réponse le dit.";
        udp_undelivered_why(datagrams) = {
    let verb = if datagrams < 2 { "n’est pas arrivé" } else { "ne sont pas arrivés" };
    format!("{} {verb} : le réseau l’a signalé (ICMP).", noun(datagrams, "datagramme", "datagrammes"))
};
        udp_first = "Premier datagramme";
        udp_last = "Dernière activité";
        udp_local_why = "L’adresse à laquelle le pair envoie";
        udp_forgotten_at = "Oubli à";
        udp_forgotten_at_why = "Si rien n’est reçu ni envoyé d’ici là";
        udp_undelivered = "Non remis";
        udp_undelivered_hint = "Messages ICMP reçus en retour. Leur absence ne prouve pas que tout est arrivé.";
        datagrams_undelivered_of(datagrams) = { noun(datagrams, "datagramme", "datagrammes") };
        udp_speed_why = "La vitesse d’envoi des datagrammes à ce pair, à partir de maintenant";
        udp_slice = "Octets par datagramme";
        udp_slice_why = "Le nombre maximal d’octets par datagramme : ce qui est plus long est découpé ; vide : un datagramme par message";
        udp_pause_why = "La pause entre deux datagrammes, par exemple 20ms";
        stop_first = "Arrêtez ou déconnectez l’extrémité pour modifier cela";
        forget_after_reply = "Oublier le pair après la réponse";
        forget_after_reply_why = "Le pair n’en est pas informé ; s’il envoie de nouveau, c’est un nouveau pair";
        replies_to_datagrams = "Répond à chaque datagramme";
        greeting_of_datagrams_why = "Envoyé en premier à chaque pair ; par un serveur, après le premier datagramme du pair";
        read_buffer_of_datagrams_why = "Le nombre maximal d’octets d’un datagramme : de 1 à 1m. Un datagramme plus long est coupé, et le reste est perdu";
        send_buffer_of_datagrams_why = "SO_SNDBUF : combien d’octets le système prend à ce programme avant de les avoir envoyés ; Linux double la valeur ; vide : taille du système";
        receive_buffer_of_datagrams_why = "SO_RCVBUF : combien d’octets peuvent attendre d’être lus, tous pairs confondus ; ce qui arrive au-delà est perdu ; Linux double la valeur ; vide : taille du système";
        connect_of_datagrams_why = "UDP n’a pas de poignée de main : la connexion résout le nom et ouvre un socket, sans rien envoyer. On ne sait qu’il y a quelqu’un que si quelque chose revient.";
        reconnect_of_datagrams_why = "Rouvrir un socket quand le nom est introuvable ou que le pair a été oublié : la première et la plus longue attente, et éventuellement combien de fois, par exemple 1s..30s, 10 times ; vide : jamais";
        socket_path = "Chemin du socket";
        socket_path_why = "Le chemin du fichier du socket, ou @ et un nom sans fichier (Linux)";
        mode = "Droits du fichier";
        mode_why = "Qui peut se connecter, en octal : 600 pour vous seul, 666 pour tout le monde ; vide : choix du système";

        network = "Réseau";
        network_why = "Le labo est un réseau privé sur cette machine, dont chaque paquet est capturé : les extrémités qui s’y trouvent se joignent sur 127.0.0.1 et ::1, et ne joignent rien d’autre";
        system_network = "Système";
        lab = "Labo (réseau privé)";
        in_lab(address) = "{address}, dans le labo";
        lab_delay = "Retard des paquets";
        lab_delay_why = "Le retard de chaque paquet du labo, dans les deux sens ; le dernier serveur démarré décide pour tout le labo ; vide : aucun retard";
        lab_loss = "Perte de paquets";
        lab_loss_why = "La part des paquets du labo qui est perdue, par exemple 1% ; le dernier serveur démarré décide pour tout le labo ; vide : aucune perte";

        target = "Cible";
        choose_server = "Choisir un serveur";
        host_and_port = "Hôte et port";
        not_listening = "pas encore à l’écoute";
        remote_host = "Hôte distant";
        remote_port = "Port distant";
        connected_to(peer) = "Connecté à {peer}";
        half_closed_by_peer = "à demi fermée par le pair (FIN)";
        half_closed_by_us = "à demi fermée par nous (FIN)";
        follow = "Suivre la connexion";
        follow_why = "Afficher toute la connexion en texte ou en hexadécimal";

        reply = "Réponse";
        echo = "Écho";
        fixed = "Message fixe";
        no_reply = "Aucune";
        reply_message = "Message de réponse";
        hex = "Hexa";
        hex_why = "Le message est écrit en chiffres hexadécimaux";
        escapes = "Échappements";
        escapes_why = r"\n, \x0A et autres désignent des octets";
        template = "Modèle";
        template_why = "Des champs comme {{counter}} sont calculés pour chaque réponse";
        when_applied = "Appliqué quand vous quittez ce champ";
        replies_to_reads = "Répond à chaque lecture";
        replies_to_reads_why = "Choisissez un découpage sous Découpage et encodage pour répondre plutôt à chaque trame";
        replies_to_frames = "Répond à chaque trame";

        greeting = "Message d’accueil";
        greeting_why = "Envoyé en premier sur chaque connexion";

        socket_options = "Options du socket";
        source = "Adresse source";
        source_why = "L’adresse, :port ou adresse:port d’où se connecter ; vide : n’importe laquelle";
        no_delay = "Envoyer aussitôt les petites écritures";
        no_delay_why = "TCP_NODELAY : désactivé, le système peut réunir les petites écritures en un segment (algorithme de Nagle)";
        keep_alive = "Keep-alive";
        keep_alive_why = "SO_KEEPALIVE : sonder un pair silencieux après la première durée, puis à chaque intervalle, et abandonner après tant de sondes, par exemple 60s,10s,5 ; vide : jamais";
        send_buffer = "Tampon d’envoi";
        send_buffer_why = "SO_SNDBUF : combien d’octets le système prend à ce programme avant que le pair les ait acquittés ; Linux double la valeur ; vide : automatique";
        receive_buffer = "Tampon de réception";
        receive_buffer_why = "SO_RCVBUF : combien d’octets le système garde pour ce programme, et donc la fenêtre que le pair peut remplir ; Linux double la valeur ; vide : automatique";
        ttl = "TTL";
        ttl_why = "De 1 à 255, moins 1 à chaque routeur ; à 0, le paquet est jeté ; vide : valeur du système";
        linger = "Linger";
        linger_why = "SO_LINGER : combien de temps la fermeture peut attendre les octets non envoyés ; 0s en fait une réinitialisation ; vide : fermeture en arrière-plan";
        new_connections = "Nouvelles connexions";
        new_connections_why = "S’applique aussitôt : les accepter, les accepter puis les fermer, ou les laisser dans le backlog jusqu’à ce qu’il soit plein";
        accept = "Accepter";
        accept_and_close = "Accepter et fermer";
        stop_accepting = "Laisser dans le backlog";

        start_tls = "Démarrer TLS";
        stop_reading = "Cesser de lire";
        resume_reading = "Reprendre la lecture";
        reset = "Réinitialiser (RST)";
        pace = "Vitesse d’envoi";
        pace_free = "Aussi vite que le pair lit";
        pace_rate(rate) = { format!("{} par seconde", bytes(rate)) };
        pace_slices(size, pause) = { format!("{} par écriture, à {} d’intervalle", bytes(size), duration(pause)) };

        backlog = "Backlog";
        backlog_why = "Combien de connexions peuvent attendre d’être acceptées ; le système peut limiter ce nombre";
        stop_to_change = "Arrêtez le serveur pour modifier cela";
        read_buffer = "Tampon de lecture";
        read_buffer_why = "Le nombre maximal d’octets que renvoie une lecture : de 1 à 1m";
        close_after_reply = "Fermer après la réponse";
        when_peer_finishes = "Quand le pair cesse d’envoyer";
        close = "Fermer";
        stay_half_open = "Garder l’envoi ouvert";
        not_applied = "réglage incorrect";
        not_approved = "non approuvé";
        not_applied_why = "Rien ici n’est appliqué tant que le champ en rouge n’est pas correct ; le serveur continue comme avant.";
        reading_stopped = "Lecture suspendue";
        new_data = "S’applique aux nouvelles données";
        connect_timeout = "Délai de connexion";
        connect_timeout_why = "Le temps accordé à chaque adresse : 200ms, 5s, 1m";
        reconnect = "Reconnexion";
        reconnect_why = "Se reconnecter quand une tentative échoue ou que la connexion prend fin : la première et la plus longue attente, et éventuellement combien de fois, par exemple 1s..30s, 10 times ; vide : jamais";
        reconnecting(seconds, attempt) = { format!("reconnexion dans {} · {attempt}", seconds_left(seconds)) };
        again_in(seconds, attempt) = { format!("dans {} · {attempt}", seconds_left(seconds)) };
        reconnecting_now(attempt) = "reconnexion en cours · {attempt}";
        stop_reconnecting = "Arrêter";
        send_saved = "Envoyer un message enregistré";
        wait_a_second = "Attendre 1 s avant le prochain envoi";
        wait_menu = "Attendre avant le prochain envoi";
        wait_for(time) = { duration(time) };
        disconnect_to_change = "Déconnectez pour modifier ces réglages";

        peers(open) = { noun(open, "pair", "pairs") };
        peers_and_closed(open, closed) = { format!("{}, {}", noun(open, "pair", "pairs"), noun(closed, "déconnecté", "déconnectés")) };
        forget = "Retirer les déconnectés";
        forget_name = "Retirer les pairs déconnectés";
        forget_why = "Retirer les pairs déconnectés de cette liste ; leurs entrées restent dans la chronologie";
        peer(address, state, received_bytes, sent_bytes, since) = { format!("{address} : {state}, reçu {}, envoyé {}, depuis {since}", bytes(received_bytes), bytes(sent_bytes)) };
        bytes_since(received_bytes, sent_bytes, since) = { format!("reçu {}, envoyé {}, depuis {since}", bytes(received_bytes), bytes(sent_bytes)) };
        ended_bytes(state, received_bytes, sent_bytes) = { format!("{state}, reçu {}, envoyé {}", bytes(received_bytes), bytes(sent_bytes)) };
        show_peer = "N’afficher que ce pair";
        numbered_peer(number, address) = "#{number} {address}";
        send_to_peer = "Envoyer à ce pair";
        selected(count) = { noun(count as u64, "sélectionné", "sélectionnés") };
        send_to_selected = "Envoyer à la sélection";
        send_to_selected_why = "Envoyer le message aux pairs sélectionnés";
        disconnect_selected = "Déconnecter les pairs sélectionnés";
        clear_selection = "Effacer la sélection";
    }

    BindScopes |language| {
        LoopbackV4 = "cette machine seulement (IPv4)";
        LoopbackV6 = "cette machine seulement (IPv6)";
        AllV4 = "toutes les adresses IPv4";
        AllV6 = "toutes les adresses IPv6";
        DualStack = "toutes les adresses (dual-stack)";
        Interface(name) = "{name}";
    }
}

/// Returns how many datagrams, and bytes in them, came and went.
fn datagrams_each_way(received: (u64, u64), sent: (u64, u64)) -> String {
    let each = |(datagrams, size): (u64, u64)| format!("{} ({})", grouped(datagrams), bytes(size));
    format!("reçu {}, envoyé {}", each(received), each(sent))
}

/// Returns a time that counts down in whole seconds.
fn seconds_left(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}
