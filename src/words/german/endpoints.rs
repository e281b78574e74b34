//! Endpoints: their rows, their settings, their connections.

use super::{bytes, duration, grouped, noun, rate};
use crate::words::endpoints::{BindScopes, Endpoints};
use crate::words::translated::translated;

translated! { GERMAN:
    Endpoints {
        tab = "Endpunkte";
        left_tabs = "Inhalt des Dokuments";
        add = "Endpunkt hinzufügen";
        new_copy = "Kopie";
        list_menu = "Reihenfolge der Endpunkte";
        as_arranged = "Eigene Reihenfolge";
        by_name = "Nach Namen";
        running_first = "Laufende zuerst";
        filter = "Endpunkte filtern";
        none = "Noch keine Endpunkte. Ein Server nimmt Verbindungen an, ein Client baut eine auf: Fügen Sie einen hinzu.";
        none_match = "Kein Endpunkt hat das in seinem Namen.";
        row(name, state) = "{name}, {state}";
        echoes = "Echo";
        replies_fixed = "feste Nachricht";
        replies_by_rules = "Regeln";
        replies_nothing = "keine Antwort";
        number(connection) = "#{connection}";
        amount(size) = { bytes(size) };
        time(time) = { duration(time) };
        rate(bytes_per_second) = { rate(bytes_per_second) };

        nothing_selected = "Hier erscheinen die Einstellungen eines Endpunkts, sobald einer hinzugefügt ist";
        inspector_tabs = "Teile des Endpunkts";
        close_inspector = "Inspektor schließen";
        setup = "Einrichtung";
        setup_of(name) = "Einrichtung von {name}";
        connection = "Verbindung";
        no_connection = "Noch keine Verbindung";
        no_peer = "Noch keine Gegenstelle";
        behaviour = "Verhalten";
        accepting = "Annahme";
        connecting_section = "Verbindungsaufbau";
        how_read = "Framing und Kodierung";

        open = "Offen";
        open_why = "Beide Seiten dürfen senden. Wer zuerst fertig ist, schließt mit einem FIN ab.";
        peer_finished_why = "Die Gegenstelle hat ihr FIN gesendet und sendet nichts mehr. Dieses Ende darf noch senden; sein FIN oder das Schließen beendet die Verbindung.";
        we_finished_why = "Dieses Ende hat sein FIN gesendet. Die Gegenstelle darf noch senden, und ihr FIN beendet die Verbindung.";
        closed = "Geschlossen";
        lost = "Abgebrochen";
        local_address = "Lokale Adresse";
        peer_address = "Gegenstelle";
        opened = "Geöffnet";
        took = "Verbunden in";
        received = "Empfangen";
        sent = "Gesendet";
        act = "Aktionen";
        speed = "Sendegeschwindigkeit";
        speed_why = "Wie schnell diese Verbindung sendet; gilt für alles, was ab jetzt gesendet wird";
        rate_field = "Bytes pro Sekunde";
        rate_field_why = "Höchstens so viele Bytes pro Sekunde, etwa 10k; leer: so schnell, wie die Gegenstelle liest";
        slice_field = "Bytes je Schreibvorgang";
        slice_field_why = "Sendet in Schreibvorgängen von höchstens so vielen Bytes; leer: so viele, wie das System nimmt";
        pause_field = "Pause dazwischen";
        pause_field_why = "Die Pause zwischen zwei Schreibvorgängen, etwa 20ms";
        wait_field = "Pause vor dem Weitersenden";
        wait_field_why = "Tut so lange nichts, bevor das Nächste gesendet wird, etwa 500ms";
        apply = "Anwenden";
        wait_now = "Jetzt warten";

        show_all = "Alle Einträge zeigen";
        show_only = "Nur Einträge dieses Endpunkts zeigen";
        name = "Name";
        more(name) = "Menü von {name}";
        finish_sending = "Senden beenden (FIN)";
        rename = "Umbenennen";
        duplicate = "Duplizieren";
        remove = "Entfernen";
        stop_and_remove = "Stoppen und entfernen";
        removed(name) = "{name} wurde entfernt";
        undo = "Rückgängig";
        stopped = "gestoppt";
        not_connected = "nicht verbunden";
        connecting = "verbindet";
        paused = "Annahme ausgesetzt";
        listening = "lauscht";
        connected = "verbunden";
        failed = "gescheitert";

        start_server = "Server starten";
        stop_server = "Server stoppen";
        start_server_short = "Starten";
        stop_server_short = "Stoppen";
        connect = "Verbinden";
        disconnect = "Trennen";
        disconnect_peer = "Verbindung schließen";
        use_free_port = "Freien Port nehmen";

        bind_address = "Bind-Adresse";
        choose_address = "Eine Adresse dieses Rechners wählen";
        bind_port = "Bind-Port";
        any_port = "0 nimmt irgendeinen freien Port";
        both_families = "IPv4 und IPv6";
        reachable = "Für andere im Netz erreichbar";
        address_choice(address, about) = "{address}, {about}";
        listening_on(address) = "Lauscht auf {address}";
        reachable_at(address) = "Erreichbar unter {address}";
        backlog_of(backlog) = { format!("Backlog {}", grouped(backlog.into())) };
        backlog_capped(backlog, requested) = { format!("Backlog {} von verlangten {}", grouped(backlog.into()), grouped(requested.into())) };
        no_backlog = "UDP: kein Backlog, jedes Datagramm steht für sich";
        dual_stack(backlog) = "{backlog}, IPv4 und IPv6";
        copy = "Kopieren";
        copy_this(address) = "{address} kopieren";
        copy_address = "Adresse kopieren";

        transport = "Transport";
        tcp = "TCP";
        tls = "TLS";
        udp = "UDP";
        unix = "Unix-Socket";
        key_file = "Schlüsseldatei";
        flaw = "Fehler des Zertifikats";
        alpn = "Protokolle (ALPN)";
        forget_after = "Vergessen nach";
        forget_after_why = "Nach wie viel Stille in beiden Richtungen eine Gegenstelle vergessen wird, etwa 30s; UDP hat kein Ende, das man sehen könnte; leer: zwei Minuten";
        groups = "Multicast-Gruppen";
        groups_why = "Gruppen, denen beigetreten wird, etwa 239.1.2.3 oder ff02::fb, mehrere mit Kommas; andere Programme können ihnen auf demselben Port beitreten; leer: keine";
        interface = "Multicast-Schnittstelle";
        interface_why = "Auf welcher Schnittstelle Gruppen beigetreten und Multicast gesendet wird: ihr Name oder eine ihrer Adressen; leer: die das System wählt";
        multicast_ttl = "Multicast-TTL";
        multicast_ttl_why = "Wie viele Hops ein Multicast-Datagramm zurücklegen darf, 0 bis 255: Mit 0 bleibt es auf diesem Rechner, mit 1 im lokalen Netz; leer: Standardwert des Systems, nämlich 1";
        multicast_loop = "Eigenen Multicast auf diesem Rechner empfangen";
        multicast_loop_why = "Ob auch Programme dieses Rechners, die einer Gruppe beigetreten sind, das an sie Gesendete empfangen, dieses eingeschlossen (IP_MULTICAST_LOOP)";
        forgetting = "Gegenstellen vergessen";
        forgetting_why = "UDP hat keine Verbindungen: Wer sendet, gilt als Gegenstelle, bis so lange nichts empfangen und nichts gesendet wurde. Leer: 2\u{a0}Minuten.";
        multicast = "Multicast";
        forget_peer = "Vergessen";
        forget_selected = "Ausgewählte Gegenstellen vergessen";
        peers_and_forgotten(open, forgotten) = { format!("{}, {} vergessen", noun(open, "Gegenstelle", "Gegenstellen"), grouped(forgotten)) };
        clear_forgotten = "Vergessene entfernen";
        clear_forgotten_name = "Vergessene Gegenstellen entfernen";
        clear_forgotten_why = "Nimmt vergessene Gegenstellen aus dieser Liste; ihre Einträge bleiben in der Zeitleiste";
        last_activity_at(time) = "zuletzt um {time}";
        udp_peer(address, state, amounts) = "{address} {state}, {amounts}";
        datagrams_each_way(received, sent) = { datagrams_each_way(received, sent) };
        datagrams_undelivered(received, sent, undelivered) = { format!("{}, {} unzustellbar", datagrams_each_way(received, sent), grouped(undelivered)) };
        datagrams_of(datagrams, size) = { format!("{}, {}", noun(datagrams, "Datagramm", "Datagramme"), bytes(size)) };
        state_and(state, amounts) = "{state}, {amounts}";
        ready = "bereit";
        ready_to_send(peer) = "Bereit zum Senden an {peer}";
        udp_known = "bekannte Gegenstelle";
        udp_forgotten = "vergessen";
        udp_no_states = "UDP hat keine Zustände: Kein Handshake hat dies begonnen, und kein FIN wird es beenden. Es gibt nur Datagramme, jedes für sich, und die Zeit des letzten.";
        udp_new_again = "Der Gegenstelle wurde davon nichts mitgeteilt. Sendet sie wieder, ist sie eine neue Gegenstelle.";
        udp_nothing_came = "Es kam noch nichts zurück. UDP sagt nicht, ob jemand das Gesendete empfangen hat: Das tut nur eine Antwort.";
        udp_undelivered_why(datagrams) = { format!("{} nicht an: Das Netz hat es gemeldet (ICMP).", noun(datagrams, "Datagramm kam", "Datagramme kamen")) };
        udp_first = "Erstes Datagramm";
        udp_last = "Letzte Aktivität";
        udp_local_why = "Die Adresse, an die die Gegenstelle sendet";
        udp_forgotten_at = "Vergessen um";
        udp_forgotten_at_why = "Wenn bis dahin nichts kommt oder geht";
        udp_undelivered = "Unzustellbar";
        udp_undelivered_hint = "ICMP-Nachrichten, die zurückkamen. Dass keine kam, heißt nicht, dass alles ankam.";
        datagrams_undelivered_of(datagrams) = { noun(datagrams, "Datagramm", "Datagramme") };
        udp_speed_why = "Wie schnell ab jetzt Datagramme an diese Gegenstelle gesendet werden";
        udp_slice = "Bytes je Datagramm";
        udp_slice_why = "Zerlegt, was gesendet wird, in Datagramme von höchstens so vielen Bytes; leer: ein Datagramm je Nachricht";
        udp_pause_why = "Die Pause zwischen zwei Datagrammen, etwa 20ms";
        stop_first = "Zum Ändern erst stoppen oder trennen";
        forget_after_reply = "Gegenstelle nach der Antwort vergessen";
        forget_after_reply_why = "Ihr wird nichts gesendet; sendet sie wieder, ist sie eine neue Gegenstelle";
        replies_to_datagrams = "Antwortet auf jedes Datagramm";
        greeting_of_datagrams_why = "Wird jeder Gegenstelle als Erstes gesendet: von einem Server nach ihrem ersten Datagramm";
        read_buffer_of_datagrams_why = "Höchstens so viele Bytes eines Datagramms: 1 bis 1m. Ein längeres Datagramm wird abgeschnitten, der Rest ist verloren";
        send_buffer_of_datagrams_why = "SO_SNDBUF: wie viel das System diesem Programm abnimmt, bevor es gesendet ist; Linux verdoppelt es; leer: Standardgröße des Systems";
        receive_buffer_of_datagrams_why = "SO_RCVBUF: wie viel auf dieses Programm warten darf, von allen Gegenstellen zusammen; was darüber hinaus ankommt, ist verloren; Linux verdoppelt es; leer: Standardgröße des Systems";
        connect_of_datagrams_why = "UDP hat keinen Handshake: Verbinden löst den Namen auf und öffnet einen Socket, gesendet wird nichts. Ob jemand da ist, zeigt sich, wenn etwas zurückkommt.";
        reconnect_of_datagrams_why = "Öffnet wieder einen Socket, wenn der Name nicht gefunden oder die Gegenstelle vergessen wurde: die erste und die längste Wartezeit, wahlweise auch die Anzahl der Versuche, etwa 1s..30s, 10 times; leer: nie";
        socket_path = "Socket-Pfad";
        socket_path_why = "Der Pfad der Socket-Datei, oder @ und ein Name ohne Datei (Linux)";
        mode = "Dateirechte";
        mode_why = "Wer sich verbinden darf, oktal: 600 nur Sie selbst, 666 alle; leer: Standard des Systems";

        network = "Netz";
        network_why = "Das Labor ist ein privates Netz auf diesem Rechner, von dem jedes Paket aufgezeichnet wird: Endpunkte darin erreichen einander auf 127.0.0.1 und ::1, und sonst nichts";
        system_network = "System";
        lab = "Labor (privates Netz)";
        in_lab(address) = "{address}, im Labor";
        lab_delay = "Paketverzögerung";
        lab_delay_why = "Wie viel später jedes Paket des Labors ankommt, in beiden Richtungen; der zuletzt gestartete Server bestimmt es für das ganze Labor; leer: sofort";
        lab_loss = "Paketverlust";
        lab_loss_why = "Wie viele Pakete des Labors verloren gehen, etwa 1%; der zuletzt gestartete Server bestimmt es für das ganze Labor; leer: keine";

        target = "Ziel";
        choose_server = "Server wählen";
        host_and_port = "Host und Port";
        not_listening = "lauscht noch nicht";
        remote_host = "Entfernter Host";
        remote_port = "Entfernter Port";
        connected_to(peer) = "Verbunden mit {peer}";
        half_closed_by_peer = "von der Gegenstelle halb geschlossen (FIN)";
        half_closed_by_us = "von uns halb geschlossen (FIN)";
        follow = "Verbindung verfolgen";
        follow_why = "Zeigt die ganze Verbindung als Text oder als Hex-Dump";

        reply = "Antwort";
        echo = "Echo";
        fixed = "Feste Nachricht";
        no_reply = "Keine";
        reply_message = "Antwortnachricht";
        hex = "Hex";
        hex_why = "Die Nachricht ist in Hexziffern geschrieben";
        escapes = "Escapes";
        escapes_why = r"\n, \x0A und Ähnliches stehen für Bytes";
        template = "Vorlage";
        template_why = "Felder wie {{counter}} werden für jede Antwort berechnet";
        when_applied = "Gilt, sobald Sie dieses Feld verlassen";
        replies_to_reads = "Antwortet auf jeden Lesevorgang";
        replies_to_reads_why = "Um stattdessen auf jeden Frame zu antworten, ein Framing unter „Framing und Kodierung“ wählen";
        replies_to_frames = "Antwortet auf jeden Frame";

        greeting = "Begrüßung";
        greeting_why = "Wird auf jeder Verbindung als Erstes gesendet";

        socket_options = "Socket-Optionen";
        source = "Quelladresse";
        source_why = "Adresse, :Port oder Adresse:Port, von wo aus verbunden wird; leer: beliebig";
        no_delay = "Kleine Schreibvorgänge sofort senden";
        no_delay_why = "TCP_NODELAY: Ausgeschaltet darf das System kleine Schreibvorgänge in einem Segment sammeln (Nagle-Algorithmus)";
        keep_alive = "Keep-Alive";
        keep_alive_why = "SO_KEEPALIVE: eine stille Gegenstelle nach der ersten Zeit prüfen, dann in jedem Intervall, und nach so vielen Proben aufgeben, etwa 60s,10s,5; leer: nie";
        send_buffer = "Sendepuffer";
        send_buffer_why = "SO_SNDBUF: wie viel das System diesem Programm abnimmt, bevor die Gegenstelle es bestätigt hat; Linux verdoppelt es; leer: automatisch";
        receive_buffer = "Empfangspuffer";
        receive_buffer_why = "SO_RCVBUF: wie viel das System für dieses Programm aufhebt, und damit das Fenster, das die Gegenstelle füllen darf; Linux verdoppelt es; leer: automatisch";
        ttl = "TTL";
        ttl_why = "Wie viele Hops ein Paket zurücklegen darf, 1 bis 255: Jeder Router zieht einen ab und verwirft es bei 0; leer: Standardwert des Systems";
        linger = "Linger";
        linger_why = "SO_LINGER: wie lange das Schließen auf ungesendete Bytes warten darf; 0s macht daraus ein Zurücksetzen; leer: schließt im Hintergrund";
        new_connections = "Neue Verbindungen";
        new_connections_why = "Gilt sofort: annehmen, annehmen und schließen, oder im Backlog lassen, bis es voll ist";
        accept = "Annehmen";
        accept_and_close = "Annehmen und schließen";
        stop_accepting = "Im Backlog lassen";

        start_tls = "TLS starten";
        stop_reading = "Lesen anhalten";
        resume_reading = "Weiterlesen";
        reset = "Zurücksetzen (RST)";
        pace = "Sendegeschwindigkeit";
        pace_free = "So schnell, wie die Gegenstelle liest";
        pace_rate(rate) = { format!("{} pro Sekunde", bytes(rate)) };
        pace_slices(size, pause) = { if pause.is_zero() { format!("{} je Schreibvorgang, ohne Pause", bytes(size)) } else { format!("{} je Schreibvorgang, alle {}", bytes(size), duration(pause)) } };

        backlog = "Backlog";
        backlog_why = "Wie viele Verbindungen auf ihre Annahme warten dürfen; das System kann die Zahl begrenzen";
        stop_to_change = "Zum Ändern den Server stoppen";
        read_buffer = "Lesepuffer";
        read_buffer_why = "Höchstens so viele Bytes liefert ein Lesevorgang: 1 bis 1m";
        close_after_reply = "Nach der Antwort schließen";
        when_peer_finishes = "Wenn die Gegenstelle das Senden beendet";
        close = "Schließen";
        stay_half_open = "Senderichtung offen lassen";
        not_applied = "Eingabefehler";
        not_approved = "gesperrt";
        not_applied_why = "Änderungen hier gelten nicht, solange das rote Feld nicht stimmt; der Server läuft weiter wie zuvor.";
        reading_stopped = "Lesen angehalten";
        new_data = "Gilt für neue Daten";
        connect_timeout = "Zeitlimit beim Verbinden";
        connect_timeout_why = "Wie lange der Versuch bei jeder Adresse dauern darf, etwa 200ms, 5s oder 1m";
        reconnect = "Wieder verbinden";
        reconnect_why = "Verbindet wieder, wenn ein Versuch scheitert oder die Verbindung endet: die erste und die längste Wartezeit, wahlweise auch die Anzahl der Versuche, etwa 1s..30s, 10 times; leer: nie";
        reconnecting(seconds, attempt) = { format!("verbindet wieder in {} · {attempt}", seconds_left(seconds)) };
        again_in(seconds, attempt) = { format!("wieder in {} · {attempt}", seconds_left(seconds)) };
        reconnecting_now(attempt) = "verbindet wieder · {attempt}";
        stop_reconnecting = "Anhalten";
        send_saved = "Gespeicherte Nachricht senden";
        wait_a_second = "Vor dem Weitersenden 1 s warten";
        wait_menu = "Vor dem Weitersenden warten";
        wait_for(time) = { duration(time) };
        disconnect_to_change = "Zum Ändern trennen";

        peers(open) = { noun(open, "Gegenstelle", "Gegenstellen") };
        peers_and_closed(open, closed) = { format!("{}, {} geschlossen", noun(open, "Gegenstelle", "Gegenstellen"), grouped(closed)) };
        forget = "Geschlossene entfernen";
        forget_name = "Geschlossene Gegenstellen entfernen";
        forget_why = "Nimmt geschlossene Gegenstellen aus dieser Liste; ihre Einträge bleiben in der Zeitleiste";
        peer(address, state, received_bytes, sent_bytes, since) = { format!("{address} {state}, {} empfangen, {} gesendet, seit {since}", bytes(received_bytes), bytes(sent_bytes)) };
        bytes_since(received_bytes, sent_bytes, since) = { format!("{} empfangen, {} gesendet, seit {since}", bytes(received_bytes), bytes(sent_bytes)) };
        ended_bytes(state, received_bytes, sent_bytes) = { format!("{state}, {} empfangen, {} gesendet", bytes(received_bytes), bytes(sent_bytes)) };
        show_peer = "Nur diese Gegenstelle zeigen";
        numbered_peer(number, address) = "#{number} {address}";
        send_to_peer = "An diese Gegenstelle senden";
        selected(count) = { format!("{} ausgewählt", grouped(count)) };
        send_to_selected = "An diese senden";
        send_to_selected_why = "Sendet die Nachricht an die ausgewählten Gegenstellen";
        disconnect_selected = "Ausgewählte Gegenstellen trennen";
        clear_selection = "Auswahl aufheben";
    }

    BindScopes |language| {
        LoopbackV4 = "nur dieser Rechner (IPv4)";
        LoopbackV6 = "nur dieser Rechner (IPv6)";
        AllV4 = "alle IPv4-Adressen";
        AllV6 = "alle IPv6-Adressen";
        DualStack = "alle Adressen (Dual-Stack)";
        Interface(name) = "{name}";
    }
}

/// Returns how many datagrams, and bytes in them, came and went.
fn datagrams_each_way(received: (u64, u64), sent: (u64, u64)) -> String {
    let each = |(datagrams, size): (u64, u64)| format!("{} ({})", grouped(datagrams), bytes(size));
    format!("{} empfangen, {} gesendet", each(received), each(sent))
}

/// Returns a time that counts down in whole seconds.
fn seconds_left(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}
