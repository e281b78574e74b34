//! Why it failed: what was found on this machine, what to do next, and what a button does about it.

use super::{decimal, noun};
use crate::net::Address;
use crate::payload::VisibleText;
use crate::session::diagnose::Owner;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::diagnosis::{Diagnoses, Findings, Owners, Remedies};
use crate::words::translated::translated;
use std::net::IpAddr;
use std::time::Duration;

/// How many of this machine's addresses are named.
const MAX_ADDRESSES: usize = 4;

translated! { FRENCH:
    Diagnoses {
        why = "Pourquoi ?";
        why_name(endpoint) = "Pourquoi {endpoint} a échoué";
        heading = "Sur cette machine, maintenant";
        looking = "Recherche…";
        nothing = "Rien sur cette machine ne l’explique.";
        check_again = "Vérifier de nouveau";
        start_and_connect(name) = "Démarrer {name} et connecter";
        cannot_connect(address) = "connexion à {address} impossible";
        refused(address) = "{address} a refusé la connexion";
        cannot_find(host) = { format!("hôte {} introuvable", VisibleText::plain(host).text) };
        explained(failed, finding) = "{failed}. {finding}";

        free_port_or_stop = "Utilisez un port libre, ou arrêtez ce serveur";
        free_port = "Utilisez un port libre, ou arrêtez ce programme";
        one_family = "Écoutez sur une adresse IPv4 avec un autre port, ou arrêtez ce programme";
        wait = "Attendez une minute, ou utilisez un autre port";
        just_try_again = "Réessayez ; en cas de nouvel échec, utilisez un port libre";
        choose_ours = "Écoutez sur l’une d’elles, ou sur 0.0.0.0 ou :: pour toutes";
        high_port(first_free) = "Utilisez un port à partir de {first_free}";
        ask_administrator = "Demandez à la personne qui administre cette machine ; les conteneurs, SELinux et AppArmor peuvent l’interdire";
        choose_interface = "Choisissez une interface sous Multicast, Interface multicast";
        use_ipv4 = "Utilisez une adresse IPv4";
        start_one = "Démarrez le programme qui devrait écouter là, ou vérifiez le port";
        open_one = "Démarrez le programme qui devrait avoir ouvert ce port, ou vérifiez le port";
        same_transport = "Utilisez le même transport des deux côtés";
        undelivered(address) = "un datagramme n’est pas arrivé à {address}";
        now_it_works = "Réessayez";
        connect_there(address) = "Connectez-vous plutôt à {address}";
        listen_on_both(address) = "Connectez-vous plutôt à {address}, ou faites aussi écouter le serveur sur l’autre famille (un serveur dual-stack prend les deux)";
        start_ours(name) = "Démarrez {name} et connectez de nouveau";
        check_there = "Sur cette autre machine, vérifiez que le serveur tourne et écoute sur cette adresse, et pas seulement sur son 127.0.0.1";
        let_accept = "Faites en sorte que ce programme appelle accept(), ou donnez un backlog plus grand à son listen()";
        more_time = "Allongez le délai, et vérifiez l’adresse";
        check_near = "Vérifiez que la machine est allumée, et que l’adresse est juste";
        real_address = "Utilisez plutôt la véritable adresse";
        change_firewall = "Autorisez-le dans le pare-feu de cette machine (nft, iptables ou ufw sous Linux)";
        ask_firewall = "Vérifiez les pare-feu des deux machines et des réseaux entre elles";
        one_host = "Utilisez l’adresse d’une seule machine";
        join_network = "Connectez cette machine à un réseau, ou utilisez l’autre famille";
        default_route = "Vérifiez les réglages réseau de cette machine : sans route par défaut, elle ne joint que ses propres réseaux";
        wait_for_ports = "Attendez une minute, ou réutilisez vos connexions au lieu d’en ouvrir sans cesse";
        any_source = "Laissez vide l’adresse source, ou utilisez-y un autre port";
        use_known = "Utilisez ce nom, si c’est bien celui que vous vouliez";
        name_only = "Saisissez le nom ou l’adresse seule ; le port a son propre champ";
        four_numbers = "Une adresse IPv4 a quatre nombres de 0 à 255, par exemple 192.168.1.5";
        network_works = "Vérifiez que cette machine est reliée au réseau ; l’adresse elle-même n’a pas besoin de serveur DNS";
        set_name_server = "Configurez un serveur DNS, ou utilisez l’adresse elle-même";
        check_spelling = "Vérifiez l’orthographe, ou utilisez l’adresse elle-même";
        whole_name = "Ajoutez le domaine, par exemple nom.example.org, ou utilisez l’adresse elle-même";
        look_there(name) = "Regardez les entrées de {name} à cette heure : elles disent pourquoi la connexion a été fermée";
        look_at_its_log = "Regardez le journal de ce programme, ses certificats et ce à quoi il fait confiance";
        look_at_log = "Regardez le journal de ce programme ; il a peut-être refusé ce client, ou fermé avec des octets non lus";
        start_again = "Redémarrez ce programme ; il a peut-être été arrêté, ou a planté";
    }

    Owners |language| {
        Process(pid, name) = { let _: &Language = language; format!("{} (processus {pid})", VisibleText::plain(name).text) };
        Ours(name) = "{name} de ce document";
        Us = "ce programme";
        Unnamed = "un programme d’un autre utilisateur, dont le système ne donne pas le nom";
    }

    Findings |language| {
        HeldByOurs(name, address) = "{name} de ce document écoute déjà sur {address}";
        HeldBy(owner, address) = { format!("Le port est occupé par {}, qui écoute sur {address}", owner.in_words(language)) };
        HeldForBoth(address) = "Le socket qui écoute sur {address} est dual-stack : il occupe aussi le port en IPv4";
        UsedByConnection(owner, local, remote) = { format!("Une connexion utilise {local} comme adresse locale, avec {remote} de l’autre côté ; elle appartient à {}", owner.in_words(language)) };
        TimeWait(connections, port) = { let _: &Language = language; format!("Le port {port} a {} en TIME-WAIT : le côté qui a fermé le premier garde son adresse pendant une minute environ", noun(*connections as u64, "connexion terminée", "connexions terminées")) };
        FreeNow(address) = "Le système ne signale plus rien sur {address} : l’adresse est de nouveau libre, ou un programme s’y est lié sans écouter";
        NotOurs(address, ours) = { not_ours(language, *address, ours) };
        NeedsRights(port, first_free) = "Le port {port} est réservé : sur ce système, les ports en dessous de {first_free} demandent des droits particuliers";
        PolicyForbids = "Ce port ne demande pas de droits particuliers : c’est donc une politique de ce système qui l’interdit";
        NoMulticastInterface = "Aucune interface réseau de cette machine n’a de route vers le groupe multicast, qui n’a donc pas pu être rejoint";
        NoIpv6 = "IPv6 est désactivé sur cette machine";
        NobodyListens(port) = "Aucun programme de cette machine n’écoute sur le port {port} : le système a donc répondu au SYN par RST";
        NobodyHasUdpPort(port) = "Aucun programme de cette machine n’a ouvert le port UDP {port} : le système a donc répondu par ICMP port unreachable";
        OtherTransport(owner, address) = { other_transport(language, owner, address) };
        OursListensNow(name, address) = "{name} écoute maintenant sur {address} ; à ce moment-là, ce n’était pas le cas";
        ListensNow(owner, address) = { format!("Depuis, {} écoute sur {address} ; à ce moment-là, rien n’y écoutait", owner.in_words(language)) };
        OtherFamily(owner, address) = { format!("Le port n’est écouté que sur {address}, donc en {} seulement, par {}", family(address.ip().is_some_and(|it| it.is_ipv6())), owner.in_words(language)) };
        OtherAddress(owner, address) = { format!("Le port n’est écouté que sur {address}, par {}", owner.in_words(language)) };
        OursStopped(name, port) = "{name} de ce document est réglé sur le port {port}, mais n’est pas démarré";
        OursElsewhere(name, address) = "{name} de ce document écoute sur {address}";
        FarAway(address) = "{address} est l’adresse d’une autre machine. Elle a répondu, le chemin fonctionne donc ; ce qui y tourne n’est pas visible d’ici";
        BacklogFull(owner, waiting) = { format!("Le programme qui y écoute, {}, n’accepte pas : {} dans son backlog. Quand celui-ci est plein, Linux jette les SYN suivants sans répondre", owner.in_words(language), noun(u64::from(*waiting), "connexion attend", "connexions attendent")) };
        NoAnswer(millis) = { no_answer(language, *millis) };
        SameNetwork(interface) = "L’adresse semble être dans le réseau de {interface}, mais aucune machine n’y répond pour elle";
        ForExamples(address) = "{address} est réservée aux exemples dans les documents : aucune machine ne l’a";
        FirewallHere = "Une règle du pare-feu de cette machine a rejeté la connexion : le système le signale (EPERM)";
        FirewallPossible = "Un pare-feu en est peut-être la cause ; cela n’est pas visible d’ici";
        Broadcast(address) = "{address} désigne toutes les machines d’un réseau ; TCP en relie deux";
        NoNetwork(is_ipv6) = { let _: &Language = language; format!("Cette machine n’a pas d’autre adresse {} que celle de bouclage : elle n’est reliée à aucun réseau de ce type", family(*is_ipv6)) };
        NoDefaultRoute(is_ipv6) = { let _: &Language = language; format!("Cette machine n’a pas de route par défaut pour {}", family(*is_ipv6)) };
        PortsUsedUp(time_wait) = { let _: &Language = language; format!("{} en TIME-WAIT : il ne reste aucun port local pour une autre", noun(*time_wait as u64, "connexion à cette adresse est", "connexions à cette adresse sont")) };
        SourceUnusable = "Le client est réglé pour se connecter depuis une adresse ou un port source que cette machine n’a pas, ou qu’une connexion au même pair occupe encore";
        LooksLike(known) = { let _: &Language = language; format!("Le nom ressemble à {}, qui est connu ici", VisibleText::plain(known).text) };
        OddCharacter(character) = { let _: &Language = language; format!("Aucun nom d’hôte ne contient le caractère {}", VisibleText::plain(character.to_string()).text) };
        MistypedAddress = "Ceci est lu comme un nom, car ce n’est pas une adresse IPv4 complète";
        NameServerSilent = "Aucun serveur DNS n’a répondu";
        NoNameServer = "Aucun serveur DNS n’est configuré sur cette machine : seuls les noms de son fichier hosts sont connus";
        NameUnknown = "Le serveur DNS a répondu que ce nom n’existe pas";
        NameWithoutDot = "Le nom n’a pas de point : seuls le fichier hosts et le réseau local ont donc été consultés";
        PeerIsOurs(name) = "L’autre côté était {name} de ce document";
        PeerIs(owner) = { format!("L’autre côté est {}, sur cette machine", owner.in_words(language)) };
        PeerListens(owner) = { format!("Le programme qui y écoute, {}, est toujours actif : seule cette connexion a donc été réinitialisée", owner.in_words(language)) };
        PeerGone = "L’autre côté était sur cette machine, et rien n’écoute plus à son adresse";
    }

    Remedies |language| {
        UseFreePort = "Utiliser un port libre";
        StopServer(name) = "Arrêter {name}";
        StartServer(name) = { language.diagnoses.start_and_connect(name) };
        ConnectTo(address) = "Connecter à {address}";
        ListenOn(address) = "Écouter sur {address}";
        UsePort(port) = "Utiliser le port {port}";
        UseHost(host) = { let _: &Language = language; format!("Connecter à {}", VisibleText::plain(host).text) };
        AllowTime(time) = { let _: &Language = language; format!("Réessayer pendant {} s", time.as_secs()) };
        AnySource = "Connecter depuis n’importe quel port";
        TryAgain = "Réessayer";
    }
}

fn family(is_ipv6: bool) -> &'static str {
    if is_ipv6 { "IPv6" } else { "IPv4" }
}

fn not_ours(_: &Language, address: IpAddr, ours: &[IpAddr]) -> String {
    let named: Vec<_> = ours
        .iter()
        .take(MAX_ADDRESSES)
        .map(IpAddr::to_string)
        .collect();
    let more = if ours.len() > MAX_ADDRESSES {
        " et d’autres"
    } else {
        ""
    };
    if named.is_empty() {
        return format!(
            "Aucune interface de cette machine n’a {address}, ni aucune adresse de sa famille"
        );
    }
    format!(
        "Aucune interface de cette machine n’a {address} ; elle a {}{more}",
        named.join(", ")
    )
}

fn other_transport(language: &Language, owner: &Owner, address: &Address) -> String {
    let (it, other) = if address.is_udp() {
        ("UDP", "TCP")
    } else {
        ("TCP", "UDP")
    };
    let owner = owner.in_words(language);
    format!(
        "Le port {it} de ce numéro ({address}) est occupé par {owner} ; {other} a ses propres ports"
    )
}

fn no_answer(_: &Language, millis: u64) -> String {
    let time = if millis > 0 {
        format!(
            " en {} s",
            decimal(Duration::from_millis(millis).as_secs_f64())
        )
    } else {
        String::new()
    };
    format!(
        "Aucune réponse au SYN n’est arrivée{time}, pas même un refus : le SYN, ou sa réponse, a été perdu ou jeté en chemin"
    )
}
