//! Why it failed: what was found on this machine, what to do next, and what a button does about it.

use super::noun;
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

translated! { GERMAN:
    Diagnoses {
        why = "Warum?";
        why_name(endpoint) = "Warum {endpoint} scheiterte";
        heading = "Jetzt auf diesem Rechner";
        looking = "Prüft…";
        nothing = "Auf diesem Rechner ist keine Ursache zu finden.";
        check_again = "Erneut prüfen";
        start_and_connect(name) = "{name} starten und verbinden";
        cannot_connect(address) = "Verbinden mit {address} nicht möglich";
        refused(address) = "{address} hat die Verbindung abgelehnt";
        cannot_find(host) = { format!("{} nicht gefunden", VisibleText::plain(host).text) };
        explained(failed, finding) = "{failed}. {finding}";

        free_port_or_stop = "Einen freien Port nehmen oder diesen Server stoppen";
        free_port = "Einen freien Port nehmen oder das andere Programm beenden";
        one_family = "Auf einer IPv4-Adresse mit einem anderen Port lauschen oder das andere Programm beenden";
        wait = "Eine Minute warten oder einen anderen Port nehmen";
        just_try_again = "Erneut versuchen; scheitert es wieder, einen freien Port nehmen";
        choose_ours = "Auf einer davon lauschen, oder für alle auf 0.0.0.0 oder ::";
        high_port(first_free) = "Einen Port ab {first_free} nehmen";
        ask_administrator = "Fragen, wer diesen Rechner verwaltet; Container, SELinux und AppArmor können es verbieten";
        choose_interface = "Unter „Multicast“, „Multicast-Schnittstelle“ eine Schnittstelle wählen";
        use_ipv4 = "Eine IPv4-Adresse nehmen";
        start_one = "Das Programm starten, das dort lauschen soll, oder den Port prüfen";
        open_one = "Das Programm starten, das den Port offen haben soll, oder den Port prüfen";
        same_transport = "Beide Enden denselben Transport benutzen lassen";
        undelivered(address) = "ein Datagramm erreichte {address} nicht";
        now_it_works = "Erneut versuchen";
        connect_there(address) = "Stattdessen mit {address} verbinden";
        listen_on_both(address) = "Stattdessen mit {address} verbinden oder den Server auch auf der anderen Familie lauschen lassen (ein Dual-Stack-Server bedient beide)";
        start_ours(name) = "{name} starten und wieder verbinden";
        check_there = "Auf jenem Rechner prüfen, ob der Server läuft und auf dieser Adresse lauscht, nicht nur auf 127.0.0.1";
        let_accept = "Das Programm dort annehmen lassen oder seinem listen() ein längeres Backlog geben";
        more_time = "Mehr Zeit lassen und die Adresse prüfen";
        check_near = "Prüfen, ob der Rechner eingeschaltet ist und die Adresse stimmt";
        real_address = "Stattdessen die echte Adresse nehmen";
        change_firewall = "In der Firewall dieses Rechners erlauben (nft, iptables oder ufw unter Linux)";
        ask_firewall = "Die Firewalls beider Rechner und der Netze dazwischen prüfen";
        one_host = "Die Adresse eines einzelnen Rechners nehmen";
        join_network = "Diesen Rechner mit einem Netz verbinden oder die andere Familie nehmen";
        default_route = "Die Netzeinstellungen dieses Rechners prüfen: Ohne Standardroute erreicht er nur seine eigenen Netze";
        wait_for_ports = "Eine Minute warten oder eine Verbindung mehr übertragen lassen";
        any_source = "Die Quelladresse leer lassen oder einen anderen Port darin nehmen";
        use_known = "Diesen Namen nehmen, falls er gemeint war";
        name_only = "Nur den Namen oder die Adresse eingeben; der Port hat ein eigenes Feld";
        four_numbers = "Eine IPv4-Adresse hat vier Zahlen von 0 bis 255, etwa 192.168.1.5";
        network_works = "Prüfen, ob dieser Rechner verbunden ist; die Adresse selbst braucht keinen Nameserver";
        set_name_server = "Einen Nameserver einrichten oder die Adresse selbst nehmen";
        check_spelling = "Die Schreibweise prüfen oder die Adresse selbst nehmen";
        whole_name = "Die Domain ergänzen, etwa name.example.org, oder die Adresse selbst nehmen";
        look_there(name) = "Die Einträge von {name} aus jener Zeit ansehen: Sie sagen, warum er geschlossen hat";
        look_at_its_log = "Das Protokoll jenes Programms ansehen, dazu seine Zertifikate und wem es vertraut";
        look_at_log = "Das Protokoll jenes Programms ansehen; es kann diesen Client abgelehnt oder mit ungelesenen Bytes geschlossen haben";
        start_again = "Jenes Programm neu starten; es kann beendet worden oder abgestürzt sein";
    }

    Owners |language| {
        Process(pid, name) = { let _: &Language = language; format!("{} (Prozess {pid})", VisibleText::plain(name).text) };
        Ours(name) = "{name} aus diesem Dokument";
        Us = "dieses Programm";
        Unnamed = "ein Programm eines anderen Benutzers (das System verrät seinen Namen nicht)";
    }

    Findings |language| {
        HeldByOurs(name, address) = "{name} aus diesem Dokument lauscht schon auf {address}";
        HeldBy(owner, address) = { format!("Auf {address} lauscht schon {} und belegt den Port", owner.in_words(language)) };
        HeldForBoth(address) = "Der Listener auf {address} ist Dual-Stack: Er belegt den Port auch für IPv4";
        UsedByConnection(owner, local, remote) = { format!("Eine Verbindung mit {remote} benutzt {local} als eigene Adresse; sie gehört zu: {}", owner.in_words(language)) };
        TimeWait(connections, port) = { let _: &Language = language; format!("Port {port} hat {} in TIME-WAIT: Die Seite, die zuerst schloss, behält ihre Adresse etwa eine Minute lang", noun(*connections as u64, "beendete Verbindung", "beendete Verbindungen")) };
        FreeNow(address) = "Das System nennt jetzt niemanden, der {address} hat: Die Adresse ist wieder frei, oder ein Programm hat sich daran gebunden, ohne zu lauschen";
        NotOurs(address, ours) = { not_ours(language, *address, ours) };
        NeedsRights(port, first_free) = "Port {port} ist reserviert: Auf diesem System brauchen Ports unter {first_free} besondere Rechte";
        PolicyForbids = "Dieser Port braucht keine besonderen Rechte, also verbietet ihn eine Richtlinie dieses Systems";
        NoMulticastInterface = "Keine Netzwerkschnittstelle dieses Rechners hat eine Route zur Multicast-Gruppe, daher war kein Beitritt möglich";
        NoIpv6 = "IPv6 ist auf diesem Rechner ausgeschaltet";
        NobodyListens(port) = "Kein Programm auf diesem Rechner lauscht auf Port {port}, darum beantwortete das System das SYN mit RST";
        NobodyHasUdpPort(port) = "Kein Programm auf diesem Rechner hat den UDP-Port {port} offen, darum antwortete das System mit ICMP port unreachable";
        OtherTransport(owner, address) = { other_transport(language, owner, address) };
        OursListensNow(name, address) = "{name} lauscht jetzt auf {address}; in jenem Augenblick noch nicht";
        ListensNow(owner, address) = { format!("Inzwischen lauscht {} auf {address}; in jenem Augenblick lauschte dort niemand", owner.in_words(language)) };
        OtherFamily(owner, address) = { format!("Auf diesem Port lauscht {}, aber unter {address}, also nur über {}", owner.in_words(language), family(address.ip().is_some_and(|it| it.is_ipv6()))) };
        OtherAddress(owner, address) = { format!("Auf diesem Port lauscht {}, aber nur unter {address}", owner.in_words(language)) };
        OursStopped(name, port) = "{name} aus diesem Dokument ist für Port {port} eingerichtet, läuft aber nicht";
        OursElsewhere(name, address) = "{name} aus diesem Dokument lauscht auf {address}";
        FarAway(address) = "{address} gehört einem anderen Rechner. Er hat geantwortet, der Weg dorthin funktioniert also; was auf ihm läuft, ist von hier nicht zu sehen";
        BacklogFull(owner, waiting) = { format!("Dort lauscht {}, nimmt aber nicht an: {} im Backlog. Ist es voll, verwirft Linux weitere SYNs ohne Antwort", owner.in_words(language), noun(u64::from(*waiting), "Verbindung wartet", "Verbindungen warten")) };
        NoAnswer(millis) = { no_answer(language, *millis) };
        SameNetwork(interface) = "Die Adresse scheint im Netz an {interface} zu liegen, aber kein Rechner dort antwortet für sie";
        ForExamples(address) = "{address} ist für Beispiele in Dokumentationen reserviert: Kein Rechner hat sie";
        FirewallHere = "Die Firewall dieses Rechners hat die Verbindung verboten: Das System meldet EPERM";
        FirewallPossible = "Eine Firewall kann die Ursache sein; von hier ist das nicht zu sehen";
        Broadcast(address) = "{address} steht für alle Rechner eines Netzes; TCP verbindet zwei";
        NoNetwork(is_ipv6) = { let _: &Language = language; format!("Dieser Rechner hat keine {}-Adresse außer der Loopback-Adresse: Er ist in keinem solchen Netz", family(*is_ipv6)) };
        NoDefaultRoute(is_ipv6) = { let _: &Language = language; format!("Dieser Rechner hat keine Standardroute für {}", family(*is_ipv6)) };
        PortsUsedUp(time_wait) = { format!("Verbindungen mit dieser Adresse in TIME-WAIT: {}. Für eine weitere ist kein lokaler Port mehr frei", language.numbers.grouped(*time_wait as u64)) };
        SourceUnusable = "Der Client soll von einer Quelladresse oder einem Port aus verbinden, die dieser Rechner nicht hat oder die eine Verbindung mit derselben Gegenstelle noch benutzt";
        LooksLike(known) = { let _: &Language = language; format!("Der Name ähnelt {}; dieser Name ist hier bekannt", VisibleText::plain(known).text) };
        OddCharacter(character) = { let _: &Language = language; format!("Kein Hostname enthält das Zeichen {}", VisibleText::plain(character.to_string()).text) };
        MistypedAddress = "Das wird als Name gelesen, weil es keine vollständige IPv4-Adresse ist";
        NameServerSilent = "Kein Nameserver hat geantwortet";
        NoNameServer = "Auf diesem Rechner ist kein Nameserver eingerichtet, darum sind nur die Namen seiner Hosts-Datei bekannt";
        NameUnknown = "Der Nameserver hat geantwortet, dass es diesen Namen nicht gibt";
        NameWithoutDot = "Der Name hat keinen Punkt, darum wurde er nur in der Hosts-Datei und im lokalen Netz gesucht";
        PeerIsOurs(name) = "Am anderen Ende war {name} aus diesem Dokument";
        PeerIs(owner) = { format!("Am anderen Ende ist {}, auf diesem Rechner", owner.in_words(language)) };
        PeerListens(owner) = { format!("Dort lauscht weiterhin {}, also wurde nur diese Verbindung zurückgesetzt", owner.in_words(language)) };
        PeerGone = "Das andere Ende war auf diesem Rechner, und an seiner Adresse lauscht jetzt niemand";
    }

    Remedies |language| {
        UseFreePort = "Freien Port nehmen";
        StopServer(name) = "{name} stoppen";
        StartServer(name) = { language.diagnoses.start_and_connect(name) };
        ConnectTo(address) = "Mit {address} verbinden";
        ListenOn(address) = "Auf {address} lauschen";
        UsePort(port) = "Port {port} nehmen";
        UseHost(host) = { let _: &Language = language; format!("Mit {} verbinden", VisibleText::plain(host).text) };
        AllowTime(time) = { let _: &Language = language; format!("Erneut versuchen, bis zu {} s lang", time.as_secs()) };
        AnySource = "Von beliebigem Port aus verbinden";
        TryAgain = "Erneut versuchen";
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
        " und andere"
    } else {
        ""
    };
    if named.is_empty() {
        return format!(
            "Keine Schnittstelle dieses Rechners hat {address} oder sonst eine Adresse dieser Familie"
        );
    }
    format!(
        "Keine Schnittstelle dieses Rechners hat {address}; er hat {}{more}",
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
    format!("Den {it}-Port dieser Nummer ({address}) hat {owner}; {other} hat eigene Ports")
}

fn no_answer(_: &Language, millis: u64) -> String {
    let time = if millis > 0 {
        let seconds = Duration::from_millis(millis).as_secs_f64().to_string();
        format!(" innerhalb von {} s", seconds.replace('.', ","))
    } else {
        String::new()
    };
    format!(
        "Auf das SYN kam{time} keine Antwort, nicht einmal eine Ablehnung: Das SYN oder die Antwort darauf ging unterwegs \
         verloren oder wurde verworfen"
    )
}
