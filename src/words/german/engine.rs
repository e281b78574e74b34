//! What failed in the engine, and what to do next.

use super::grouped;
use crate::words::InWords as _;
use crate::words::engine::{Commands, Engine, NetErrors, Unreachable};
use crate::words::translated::translated;

translated! { GERMAN:
    Engine {
        not_started(reason) = "Endpunkt nicht gestartet: {reason}";
        not_connected(address, reason) = "Verbinden mit {address} nicht möglich: {reason}";
        timed_out(seconds) = { format!("Zeitüberschreitung nach {} s", seconds.to_string().replace('.', ",")) };
        try_again = "Gleich erneut versuchen";
        use_free_port = "Einen freien Port nehmen oder das Programm stoppen, das dort lauscht";
        use_high_port = "Ports unter 1024 brauchen besondere Rechte: 1024 oder höher nehmen";
        use_our_address = "Eine der Adressen dieses Rechners wählen";
        choose_ipv4 = "Eine IPv4-Adresse wählen";
        make_room = "Verbindungen oder Programme schließen, dann erneut versuchen";
        make_room_or_raise = "Verbindungen oder Programme schließen oder die Grenze anheben (ulimit -n), dann erneut versuchen";
        add_scope = "An eine link-lokale Adresse die Schnittstelle anhängen: fe80::1%eth0";
        use_ipv4_itself = "Die IPv4-Adresse selbst nehmen, oder :: mit Dual-Stack";
        check_name = "Den Namen und die Nameserver dieses Rechners prüfen oder die Adresse selbst eingeben";
        wait_for_look_ups = "Warten, bis eine endet, oder die Adresse selbst eingeben";
        start_server = "Prüfen, ob auf dieser Adresse und diesem Port ein Server lauscht";
        check_network = "Die Adresse und das Netz dieses Rechners prüfen";
        check_firewall = "Die Adresse und Firewalls unterwegs prüfen";
        check_permission = "Die Firewall dieses Rechners prüfen und was dieses Programm darf";
        allow_more_time = "Die Adresse und Firewalls unterwegs prüfen oder mehr Zeit lassen";
        use_ipv4 = "Eine IPv4-Adresse nehmen";
        accepting_goes_on = "Verbindungen oder Programme schließen; die Annahme geht von selbst weiter, sobald Platz ist";
        accepting_goes_on_or_raise = "Verbindungen oder Programme schließen oder die Grenze anheben (ulimit -n); die Annahme geht von selbst weiter, sobald Platz ist";
        wait_for_reader = "Warten, bis die Gegenstelle liest, oder sie trennen";
        wait_for_readers = "Warten, bis Gegenstellen lesen, oder die trennen, die es nicht tun";
        use_other_path = "Einen anderen Pfad wählen; auf diesem lauscht ein anderes Programm, oder er ist eine Datei anderer Art";
        shorten_path = "Einen kürzeren Pfad nehmen (höchstens 107 Bytes)";
        use_path = "Einen Pfad nehmen: Nur Linux hat abstrakte Namen (unix:@…), und Windows hat keine Unix-Sockets";
        use_our_source = "Von einer der Adressen dieses Rechners aus verbinden";
        use_same_family = "Von einer Adresse derselben Familie wie das Ziel aus verbinden, IPv4 oder IPv6";
        make_folder = "Den Ordner anlegen oder einen Pfad in einem vorhandenen Ordner wählen";
        check_path = "Den Pfad prüfen, und ob ein Server darauf lauscht";
        not_done_elsewhere(endpoint, why) = "auf Endpunkt {endpoint} nicht ausgeführt: {why}";
        not_sent_elsewhere(endpoint, bytes, why) = "{bytes} auf Endpunkt {endpoint} nicht gesendet: {why}";
        undelivered(peer, why) = "ein Datagramm erreichte {peer} nicht: {why}";
        undelivered_said(peer, why, by) = "ein Datagramm erreichte {peer} nicht: {why}, gemeldet von {by}";
        some_peer = "eine Gegenstelle";
        port_unreachable = "dort lauscht niemand (ICMP port unreachable)";
        icmp_host_unreachable = "der Host ist nicht erreichbar (ICMP host unreachable)";
        icmp_net_unreachable = "das Netz ist nicht erreichbar (ICMP network unreachable)";
        icmp_prohibited = "eine Firewall lässt es nicht durch (ICMP administratively prohibited)";
        icmp_too_big = "es ist zu lang für den Weg dorthin (ICMP packet too big)";
        icmp_other(kind, code) = "ICMP-Typ {kind}, Code {code}";
        too_long = "ein Datagramm fasst höchstens 65.507 Bytes";
        send_queue_full = "die Sendewarteschlange des Systems ist voll (ENOBUFS)";
        send_slower = "Langsamer senden";
        check_port = "Prüfen, ob ein Programm diesen UDP-Port offen hat";
        send_less = "Weniger auf einmal senden oder es auf mehrere Datagramme verteilen";
        answer_faster = "Vor Antworten kürzer warten oder die Gegenstelle seltener fragen lassen";
        choose_peer = "Eine verbundene Gegenstelle wählen oder auf eine warten";
    }

    Commands |language| {
        Full = "der Endpunkt arbeitet noch an früheren Befehlen";
        Ended = "der Endpunkt ist nicht mehr da";
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
    }

    Unreachable |language| {
        NotRunning = "er läuft nicht";
        NoConnection = "er hat keine Verbindung";
        Busy = "er arbeitet noch an früheren Befehlen";
    }

    NetErrors |language| {
        Listen(address, source) = { format!("Lauschen auf {address} nicht möglich: {}", language.reason_at(address, source)) };
        LookUp(host, source) = { format!("{host} nicht gefunden: {}", language.lookup_reason(source)) };
        TooManyLookUps(host, limit) = "{host} nicht aufgelöst: {limit} andere Namensauflösungen warten noch";
        Connect(address, source) = { language.engine.not_connected(address, &source.in_words(language)) };
        ConnectTimeout(address, timeout) = { language.engine.not_connected(address, &language.engine.timed_out(timeout.as_secs_f64())) };
        ConnectGivenUp(target) = "Verbinden mit {target} abgebrochen";
        Accept(address, source) = { format!("Annehmen auf {address} nicht möglich: {}", source.in_words(language)) };
        Receive(peer, source) = { format!("Empfangen von {peer} nicht möglich: {}", language.reason_at(peer, source)) };
        Send(peer, source) = { format!("Senden an {peer} nicht möglich: {}", language.reason_at(peer, source)) };
        Undelivered(peer, source, icmp) = { language.undelivered(peer.as_ref(), source, *icmp) };
        Datagram(peer, bytes, source) = { format!("{} nicht an {peer} gesendet: {}", language.counts.bytes(*bytes), language.datagram_reason(*bytes, source)) };
        Overrun(peer) = "Datagramme von {peer} werden nicht beantwortet: Zu viele Antworten warten schon";
        Tls(peer, source) = { language.tls_failed(peer, source) };
        TlsSettings(source) = { format!("TLS lässt sich nicht einrichten: {}", source.in_words(language)) };
        NoTls = "TLS nicht begonnen: Die Verbindung ist schon verschlüsselt, oder ihr Endpunkt ist nicht für TLS eingerichtet";
        FinishTimeout(peer, timeout) = { format!("{peer} hat innerhalb von {} s nach der Antwort nicht alles gelesen oder das Senden nicht beendet", timeout.as_secs_f64().to_string().replace('.', ",")) };
        FinishFlood(peer, limit_bytes) = { format!("{peer} hat nach der Antwort mehr als {} gesendet", language.counts.bytes(*limit_bytes)) };
        QueueFull(peer, bytes, queued_bytes) = { format!("{} nicht für {peer} eingereiht, dort noch ungelesen: {}", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        BudgetSpent(peer, bytes, queued_bytes) = { format!("{} nicht für {peer} eingereiht: Schon {} warten auf Gegenstellen dieser Sitzung, die nicht lesen", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        RequestTooLong(limit_bytes) = { format!("nicht geantwortet: Die Antwort verwendet die Anfrage, und die ist länger als {}", language.counts.bytes(*limit_bytes)) };
        MemoryFull(limit_bytes) = { format!("nicht gemerkt: Dieser Endpunkt merkt sich schon {}", language.counts.bytes(*limit_bytes)) };
        GroupName(bytes, limit_bytes) = { format!("Gruppe nicht beigetreten: Ihr Name hat {}, höchstens erlaubt sind {}", language.counts.bytes(*bytes), grouped(*limit_bytes)) };
        GroupsFull(limit) = { format!("Gruppe nicht beigetreten: Die Verbindungen dieses Endpunkts sind schon in {} Gruppen", grouped(*limit)) };
        Elsewhere(endpoint, bytes, why) = { language.elsewhere(*endpoint, *bytes, *why) };
        NoPlace = "nicht gemerkt: Die Anfrage sagt nicht, wo";
        NotOpen(bytes) = { format!("{} nicht gesendet: Die Senderichtung der Verbindung ist nicht mehr offen", language.counts.bytes(*bytes)) };
        NotConnected(bytes) = { format!("{} nicht gesendet: Es kam keine Verbindung zustande", language.counts.bytes(*bytes)) };
        NoConnection = "nicht ausgeführt: Diese Verbindung gibt es nicht mehr";
        NoPeers(bytes) = { format!("{} nicht gesendet: Keine Gegenstelle ist verbunden", language.counts.bytes(*bytes)) };
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
        Lab(address, source) = { format!("{address} in diesem Netz nicht nutzbar: {}", source.in_words(language)) };
        Template(source) = { format!("Vorlage nicht gesendet: {}", source.in_words(language)) };
    }
}
