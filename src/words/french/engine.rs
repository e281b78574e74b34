//! What failed in the engine, and what to do next.

use super::{decimal, grouped};
use crate::words::InWords as _;
use crate::words::engine::{Commands, Engine, NetErrors, Unreachable};
use crate::words::translated::translated;

translated! { FRENCH:
    Engine {
        not_started(reason) = "impossible de démarrer l’extrémité : {reason}";
        not_connected(address, reason) = "connexion à {address} impossible : {reason}";
        timed_out(seconds) = { format!("délai de {} s dépassé", decimal(seconds)) };
        try_again = "Réessayez dans un instant";
        use_free_port = "Utilisez un port libre, ou arrêtez ce qui y écoute";
        use_high_port = "Les ports en dessous de 1024 demandent des droits particuliers : utilisez 1024 ou plus";
        use_our_address = "Choisissez l’une des adresses de cette machine";
        choose_ipv4 = "Choisissez une adresse IPv4";
        make_room = "Fermez des connexions ou des programmes, puis réessayez";
        make_room_or_raise = "Fermez des connexions ou des programmes, ou augmentez la limite (ulimit -n), puis réessayez";
        add_scope = "Ajoutez l’interface à une adresse de lien local : fe80::1%eth0";
        use_ipv4_itself = "Utilisez l’adresse IPv4 elle-même, ou :: en dual-stack";
        check_name = "Vérifiez le nom et les serveurs DNS de cette machine, ou saisissez l’adresse elle-même";
        wait_for_look_ups = "Attendez la fin de l’une d’elles, ou saisissez l’adresse elle-même";
        start_server = "Vérifiez qu’un serveur écoute à cette adresse et sur ce port";
        check_network = "Vérifiez l’adresse et le réseau de cette machine";
        check_firewall = "Vérifiez l’adresse, et les pare-feu sur le chemin";
        check_permission = "Vérifiez le pare-feu de cette machine et ce que ce programme a le droit de faire";
        allow_more_time = "Vérifiez l’adresse, et les pare-feu sur le chemin, ou allongez le délai";
        use_ipv4 = "Utilisez une adresse IPv4";
        accepting_goes_on = "Fermez des connexions ou des programmes ; l’acceptation reprend d’elle-même quand il y a de la place";
        accepting_goes_on_or_raise = "Fermez des connexions ou des programmes, ou augmentez la limite (ulimit -n) ; l’acceptation reprend d’elle-même quand il y a de la place";
        wait_for_reader = "Attendez que le pair lise, ou déconnectez-le";
        wait_for_readers = "Attendez que les pairs lisent, ou déconnectez ceux qui ne le font pas";
        use_other_path = "Choisissez un autre chemin ; un autre programme écoute sur celui-ci, ou c’est un fichier d’un autre type";
        shorten_path = "Utilisez un chemin plus court (107 octets au plus)";
        use_path = "Utilisez un chemin : seul Linux a des noms abstraits (unix:@…), et Windows n’a pas de sockets Unix";
        use_our_source = "Connectez-vous depuis l’une des adresses de cette machine";
        use_same_family = "Connectez-vous depuis une adresse de la même famille que la cible, IPv4 ou IPv6";
        make_folder = "Créez le dossier, ou choisissez un chemin dans un dossier qui existe";
        check_path = "Vérifiez le chemin, et qu’un serveur y écoute";
        not_done_elsewhere(endpoint, why) = "non fait sur l’extrémité {endpoint} : {why}";
        not_sent_elsewhere(endpoint, bytes, why) = "envoi de {bytes} abandonné sur l’extrémité {endpoint} : {why}";
        undelivered(peer, why) = "un datagramme n’est pas arrivé à {peer} : {why}";
        undelivered_said(peer, why, by) = "un datagramme n’est pas arrivé à {peer} : {why}, signalé par {by}";
        some_peer = "un pair";
        port_unreachable = "aucun programme n’a ce port (ICMP port unreachable)";
        icmp_host_unreachable = "l’hôte est injoignable (ICMP host unreachable)";
        icmp_net_unreachable = "le réseau est injoignable (ICMP network unreachable)";
        icmp_prohibited = "un pare-feu ne le laisse pas passer (ICMP administratively prohibited)";
        icmp_too_big = "il est trop long pour le chemin (ICMP packet too big)";
        icmp_other(kind, code) = "ICMP type {kind}, code {code}";
        too_long = "un datagramme contient au plus 65 507 octets";
        send_queue_full = "la file d’émission du système est pleine (ENOBUFS)";
        send_slower = "Envoyez plus lentement";
        check_port = "Vérifiez qu’un programme a ouvert ce port UDP";
        send_less = "Envoyez-en moins à la fois, ou découpez en tranches";
        answer_faster = "Réduisez l’attente avant les réponses, ou faites en sorte que le pair demande moins souvent";
        choose_peer = "Choisissez un pair connecté, ou attendez-en un";
    }

    Commands |language| {
        Full = "l’extrémité traite encore des commandes précédentes";
        Ended = "l’extrémité n’existe plus";
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
    }

    Unreachable |language| {
        NotRunning = "elle n’est pas active";
        NoConnection = "elle n’a pas de connexion";
        Busy = "elle traite encore ce qui a été demandé auparavant";
    }

    NetErrors |language| {
        Listen(address, source) = { format!("impossible d’écouter sur {address} : {}", language.reason_at(address, source)) };
        LookUp(host, source) = { format!("hôte {host} introuvable : {}", language.lookup_reason(source)) };
        TooManyLookUps(host, limit) = "impossible de résoudre {host} : {limit} autres résolutions attendent encore";
        Connect(address, source) = { language.engine.not_connected(address, &source.in_words(language)) };
        ConnectTimeout(address, timeout) = { language.engine.not_connected(address, &language.engine.timed_out(timeout.as_secs_f64())) };
        ConnectGivenUp(target) = "la connexion à {target} a été annulée";
        Accept(address, source) = { format!("impossible d’accepter sur {address} : {}", source.in_words(language)) };
        Receive(peer, source) = { format!("impossible de recevoir de {peer} : {}", language.reason_at(peer, source)) };
        Send(peer, source) = { format!("impossible d’envoyer à {peer} : {}", language.reason_at(peer, source)) };
        Undelivered(peer, source, icmp) = { language.undelivered(peer.as_ref(), source, *icmp) };
        Datagram(peer, bytes, source) = { format!("datagramme de {} non envoyé à {peer} : {}", language.counts.bytes(*bytes), language.datagram_reason(*bytes, source)) };
        Overrun(peer) = "les datagrammes de {peer} restent sans réponse : trop de réponses attendent déjà";
        Tls(peer, source) = { language.tls_failed(peer, source) };
        TlsSettings(source) = { format!("TLS ne peut pas être mis en place : {}", source.in_words(language)) };
        NoTls = "TLS non démarré : la connexion est déjà chiffrée, ou son extrémité n’est pas réglée pour TLS";
        FinishTimeout(peer, timeout) = { format!("{peer} n’a ni lu la réponse ni terminé en {} s", decimal(timeout.as_secs_f64())) };
        FinishFlood(peer, limit_bytes) = { format!("{peer} a envoyé plus de {} après la réponse", language.counts.bytes(*limit_bytes)) };
        QueueFull(peer, bytes, queued_bytes) = { format!("envoi de {} à {peer} refusé : le pair n’a pas lu ce qui précède ({})", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        BudgetSpent(peer, bytes, queued_bytes) = { format!("envoi de {} à {peer} refusé : {} déjà en attente pour des pairs de cette session qui ne lisent pas", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        RequestTooLong(limit_bytes) = { format!("pas de réponse : elle utilise la requête, qui dépasse {}", language.counts.bytes(*limit_bytes)) };
        MemoryFull(limit_bytes) = { format!("non mémorisé : cette extrémité mémorise déjà {}", language.counts.bytes(*limit_bytes)) };
        GroupName(bytes, limit_bytes) = { format!("groupe non rejoint : son nom a {}, pour un maximum de {}", language.counts.bytes(*bytes), grouped(*limit_bytes)) };
        GroupsFull(limit) = { format!("groupe non rejoint : les connexions de cette extrémité sont déjà dans {} groupes", grouped(*limit)) };
        Elsewhere(endpoint, bytes, why) = { language.elsewhere(*endpoint, *bytes, *why) };
        NoPlace = "non mémorisé : la requête ne dit pas où";
        NotOpen(bytes) = { format!("envoi de {} abandonné : la connexion n’est plus ouverte à l’envoi", language.counts.bytes(*bytes)) };
        NotConnected(bytes) = { format!("envoi de {} abandonné : aucune connexion n’a été établie", language.counts.bytes(*bytes)) };
        NoConnection = "non fait : cette connexion n’existe plus";
        NoPeers(bytes) = { format!("envoi de {} abandonné : aucun pair n’est connecté", language.counts.bytes(*bytes)) };
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
        Lab(address, source) = { format!("impossible d’utiliser {address} dans ce réseau : {}", source.in_words(language)) };
        Template(source) = { format!("le modèle n’a pas été envoyé : {}", source.in_words(language)) };
    }
}
