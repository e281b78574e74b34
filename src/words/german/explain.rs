//! What an event of a connection's life means, for those who meet it for the first time.

use super::noun;
use crate::words::explain::Explanations;
use crate::words::translated::translated;

translated! { GERMAN:
    Explanations {
        received(size, buffer) = { received(size, buffer) };
        sent(size) = { format!("send() hat dem System {} übergeben, und es hat alles sofort angenommen. Gesendet heißt nicht zugestellt: Das System der Gegenstelle bestätigt die Bytes später, und ihr Programm liest sie noch später, in seinen eigenen Stücken.", noun(size, "Byte", "Bytes")) };
        listening = "bind() hat dem Socket diese Adresse gegeben, und listen() lässt ihn Verbindungen entgegennehmen. Das System vollendet ihre Handshakes von selbst und hält sie im Backlog, bis es voll ist oder accept() sie herausnimmt.";
        looking_up = "getaddrinfo() macht aus dem Namen Adressen, bevor irgendetwas gesendet werden kann: Das System sieht in seiner Hosts-Datei nach, dann fragt es einen Nameserver.";
        connecting = "connect() hat ein SYN gesendet. Die Verbindung steht, wenn das SYN-ACK der Gegenstelle zurückkommt und mit einem ACK beantwortet ist.";
        connected = "connect() ist zurückgekehrt: Der Drei-Wege-Handshake (SYN, SYN-ACK, ACK) ist abgeschlossen, und beide Seiten dürfen senden. Das dauerte etwa einen Umlauf. Das Programm der Gegenstelle muss accept() noch nicht aufgerufen haben.";
        accepted = "accept() hat die Verbindung aus dem Backlog genommen. Das System hatte sie schon vorher aufgebaut (SYN, SYN-ACK, ACK) und hält vielleicht schon Bytes der Gegenstelle bereit.";
        peer_finished = "recv() lieferte 0: Die Gegenstelle hat ein FIN gesendet, also das Senden beendet. Sie kann noch lesen, und dieses Ende darf noch senden; die Verbindung endet, wenn beide Seiten fertig sind.";
        we_finished = "shutdown(write) hat ein FIN gesendet: Dieses Ende sendet nichts mehr und liest weiter, bis auch die Gegenstelle fertig ist. Wer das erste FIN sendet, landet in TIME-WAIT.";
        unread = "close() fand Bytes vor, die angekommen, aber nie gelesen worden waren. Das System sendet dann RST statt FIN, und der Gegenstelle kann verloren gehen, was sie noch nicht gelesen hatte.";
        closed_by_us = "close() hat nach den Bytes, die das System übernommen hatte, ein FIN gesendet und den Socket aufgegeben. Die Gegenstelle liest diese Bytes und dann das Ende des Datenstroms. Sendet sie weiter, liest hier niemand mehr: Das System beantwortet, was ankommt, mit RST. War die Gegenstelle nicht vorher fertig, hält dieses Ende die Verbindung in TIME-WAIT (unter Linux eine Minute), damit verirrte Pakete nicht in eine neue geraten.";
        details_unread = "Was der Eintrag sonst noch sagt, ist auf der Platte beschädigt; andere Einträge sind nicht betroffen.";
        unknown = "Das hat eine neuere Version des Programms aufgezeichnet. Um es zu lesen, den Mitschnitt mit jener Version öffnen.";
        closed_by_stop = "close() hat den lauschenden Socket und alle seine Verbindungen beendet. Neue Verbindungen werden abgelehnt. Verbindungen, die dieses Ende zuerst geschlossen hat, bleiben eine Weile in TIME-WAIT; dank SO_REUSEADDR kann ein Server inzwischen wieder auf dem Port lauschen.";
        closed_by_reply = "Die Antwort wurde gesendet, dann das FIN (shutdown(write)). Die übrigen Bytes der Gegenstelle wurden vor close() gelesen, damit kein RST die Antwort überholen konnte. Dieses Ende war zuerst fertig, also geht es in TIME-WAIT.";
        closed_by_peer = "Die Gegenstelle hat das Senden beendet (FIN), dann hat auch dieses Ende geschlossen (close()). Alles, was die Gegenstelle gesendet hat, wurde in der richtigen Reihenfolge zugestellt. Die Gegenstelle war zuerst fertig, also liegt TIME-WAIT auf ihrer Seite.";
        closed_by_our_reset = "Dieses Ende hat ein RST gesendet (close() mit SO_LINGER auf 0): Die Verbindung endete sofort, ohne TIME-WAIT, und was in beiden Richtungen unterwegs war, ist verloren. Der nächste Lesevorgang der Gegenstelle scheitert mit „connection reset“.";
        accepting_closes = "Jede Verbindung wird angenommen und sofort geschlossen: Für die Gegenstelle gelingt das Verbinden, dann kommt das Ende des Datenstroms.";
        accepting_stopped = "Nichts wird aus dem Backlog genommen. Das System vollendet weiter Handshakes, bis es voll ist; danach ignoriert es weitere SYNs oder lehnt sie ab.";
        waiting = "Was danach angefordert wurde, wird gesendet, sobald diese Zeit vergangen ist. Die Gegenstelle sieht inzwischen nichts.";
        reading_stopped = "recv() wird nicht mehr aufgerufen. Sobald der Empfangspuffer voll ist, schließt sich das Fenster, und die Schreibvorgänge der Gegenstelle warten (Flusskontrolle).";
        reading_resumed = "recv() wird wieder aufgerufen. Das Fenster öffnet sich, und die Gegenstelle darf senden, was gewartet hat.";
        pace = "Schreibvorgänge werden hier über die Zeit verteilt; jeder ist einer für sich, auch wenn das System sie noch zu Segmenten zusammenfassen oder in Segmente zerteilen kann.";
        reconnecting = "Der Client soll sich von selbst wieder verbinden. Die Wartezeit verdoppelt sich mit jedem gescheiterten Versuch, damit ein zurückkehrender Server nicht überrannt wird; ein Teil davon ist Zufall, damit nicht alle Clients zugleich kommen.";
        dropped = "Die Regel verwirft Nachrichten mit einer eingestellten Wahrscheinlichkeit, und diesmal traf es diese: Dem System wurde nichts davon übergeben.";
        corrupted = "Die Regel verfälscht Nachrichten mit einer eingestellten Wahrscheinlichkeit, und diesmal wurde ein Byte geändert, bevor die Nachricht dem System übergeben wurde.";
        group = "Verbindungen treten Gruppen bei, damit eine Regel an alle in einer Gruppe senden kann. Wie viele Mitgliedschaften es insgesamt geben darf, ist begrenzt, ebenso die Länge der Namen.";
        elsewhere = "Eine Regel verlangte, dass ein anderer Endpunkt etwas tut. Er tat es nicht, also wurde dort nichts gesendet.";
        sequence_began = "Die Schritte des Ablaufs werden einer nach dem anderen auf dieser Verbindung ausgeführt. Bis er endet, warten die eigenen Antworten des Endpunkts.";
        sequence_passed = "Alle Schritte sind ausgeführt: Was zu senden war, wurde dem System übergeben, und was erwartet wurde, kam rechtzeitig.";
        sequence_failed = "Ein Schritt erwartet etwas innerhalb einer Zeit. Ein Frame, der es nicht enthält, wird übergangen; der ähnlichste zeigt, wo die erste Abweichung liegt.";
        sequence_cancelled = "Er wurde vor seinem letzten Schritt angehalten. Was er bis dahin eingereiht hatte, wird gesendet.";
        unanswered = "Die Anfrage kam an, und keine Regel des Endpunkts passt auf sie, also geschah nichts. Weitere in Folge werden nur gezählt. Eine Regel für jede Anfrage am Ende der Liste beantwortet oder ignoriert, was die anderen übrig lassen.";
        queue_cancelled = "Alles wurde angehalten: Was in der Warteschlange dieser Verbindung stand, wird weder gesendet noch ausgeführt. Die Verbindung bleibt offen.";
        cancelled = "Die Gegenstelle bekam nur den Anfang der Datei und kann nicht erkennen, dass der Rest fehlt.";
        reset = "recv() scheiterte: Das System der Gegenstelle hat ein RST gesendet. Die Verbindung endete sofort, ohne TIME-WAIT, und was in beiden Richtungen unterwegs war, kann verloren sein. Das geschieht, wenn ein Programm endet oder schließt, ohne alles Angekommene gelesen zu haben.";
        accept_paused = "accept() scheiterte: Jede Verbindung braucht einen Dateideskriptor, und es ist keiner mehr frei. Neue Verbindungen warten im Backlog, bis andere enden.";
        accept_aborted = "accept() traf auf Verbindungen, die ihre Gegenstellen aufgegeben hatten, also war nichts aus dem Backlog zu nehmen. Die Annahme geht weiter.";
        accept_resumed = "Es ist wieder Platz: Die Verbindungen, die im Backlog gewartet haben, werden jetzt angenommen.";
        missing = "Die Pakete mit diesen Bytes sind nicht in der Paketdatei: Der Mitschnitt begann später, verlor Pakete oder sah nur eine Richtung.";
        not_recorded = "Die Aufzeichnung war ausgeschaltet oder hatte aufgehört. Der Verkehr ging inzwischen weiter, und nichts davon ist bekannt.";
        clock_adjusted = "Die Uhr wurde gestellt. Zeiten davor und danach unterscheiden sich um den Sprung; die Reihenfolge der Zeilen und die Zeit zwischen ihnen misst eine Uhr, die nie springt.";
        in_use = "bind() scheiterte (EADDRINUSE): Ein anderer Socket lauscht schon auf dieser Adresse und diesem Port, und zwei können sie sich nicht teilen.";
        not_ours = "bind() scheiterte (EADDRNOTAVAIL): Ein Server kann nur auf einer Adresse lauschen, die eine der Schnittstellen dieses Rechners hat.";
        low_port = "bind() scheiterte (EACCES): Das System behält Ports unter 1024 Programmen mit besonderen Rechten vor.";
        not_permitted = "Das System lässt dieses Programm das nicht tun: Eine Firewall auf diesem Rechner, eine Sandbox oder eine andere Richtlinie verbietet es.";
        no_family = "Dieser Rechner hat keine Adressen dieser Familie: IPv6 ist ausgeschaltet oder nicht eingerichtet.";
        not_bound = "Der Socket ließ sich nicht an diese Adresse binden, also kann keine Verbindung hereinkommen.";
        refused = "connect() scheiterte (ECONNREFUSED): Der Rechner hat das SYN mit RST beantwortet. Er ist da, aber niemand nimmt unter dieser Adresse und diesem Port Verbindungen an, oder eine Firewall hat für ihn geantwortet.";
        timed_out = "connect() bekam nicht rechtzeitig Antwort: Das SYN wurde immer wieder gesendet. Oft verwirft eine Firewall Pakete stillschweigend, oder kein Rechner hat die Adresse.";
        no_source = "connect() scheiterte (EADDRNOTAVAIL oder EADDRINUSE): Es wurde kein SYN gesendet, weil das System für dieses Ende keine Adresse oder keinen Port dieses Rechners fand.";
        no_route = "connect() scheiterte (ENETUNREACH): Dieser Rechner kennt keinen Weg in jenes Netz, also wurde nichts gesendet.";
        host_unreachable = "connect() scheiterte (EHOSTUNREACH): Im letzten Netz auf dem Weg fand sich kein Rechner mit dieser Adresse.";
        not_connected = "Das System konnte die Verbindung nicht aufbauen.";
        name_not_found = "Aus einem Namen muss erst eine Adresse werden, und das System fand keine: weder in seiner Hosts-Datei noch bei einem Nameserver, der geantwortet hätte.";
        look_ups = "Eine Namensauflösung wartet so lange, wie der Nameserver braucht. Nur wenige dürfen zugleich warten.";
        given_up = "Der Versuch wurde hier beendet, bevor die Gegenstelle antwortete.";
        silent = "Die Gegenstelle bestätigte nichts mehr. Das System hat die Bytes immer wieder gesendet und die Verbindung dann aufgegeben.";
        broken = "Ein Aufruf auf dem Socket scheiterte, also wurde die Verbindung geschlossen. Was unterwegs war, kann verloren sein.";
        not_finished = "Nach einer Antwort, die schließt, bekommt die Gegenstelle noch einen Augenblick, um sie zu lesen und selbst fertig zu werden. Das tat sie nicht, also hat dieses Ende geschlossen.";
        queue_full = "Die Gegenstelle liest nicht: Ihr Empfangsfenster ist geschlossen, und was zu senden ist, wartet in einer Warteschlange begrenzter Größe.";
        not_open = "Ein Ende, das das Senden beendet hat, kann nicht wieder senden, und eine beendete Verbindung überträgt nichts mehr.";
        never_open = "Eine Nachricht an einen Client ohne Verbindung wartet, bis er verbunden ist. Das Verbinden gelang nicht, also wurde dem System nichts von der Nachricht übergeben.";
        no_peers = "Ein Server sendet an die Gegenstellen, die in diesem Augenblick verbunden sind, und es gab keine.";
        lab_refused = "Das Labor ist ein eigenes Netz, geschaffen mit unshare(CLONE_NEWUSER | CLONE_NEWNET). Das System hat das nicht erlaubt, also wurde nichts geöffnet.";
        lab_apart = "Aus einem privaten Netz führt kein Weg hinaus und keiner hinein: Sockets erreichen einander nur, wenn beide im Labor sind oder beide nicht. Es wurde nichts gesendet.";
        not_started = "Jeder Endpunkt läuft in einem eigenen Thread, mit einem Poller, der auf seine Sockets wartet. Das System hatte dafür keinen Platz.";
        unix_listening = "bind() hat die Socket-Datei angelegt, und listen() lässt den Socket Verbindungen entgegennehmen. Sie warten im Backlog, bis es voll ist oder accept() sie herausnimmt.";
        unix_connecting = "connect() sucht die Socket-Datei. Über ein Netz geht dabei nichts.";
        unix_connected = "connect() ist zurückgekehrt: Das System hat beide Enden im Speicher zusammengefügt, ohne Handshake über ein Netz, und beide Seiten dürfen senden.";
        unix_accepted = "accept() hat die Verbindung aus dem Backlog genommen. Das System weiß, welcher Prozess am anderen Ende ist.";
        unix_peer_finished = "recv() lieferte 0: Die Gegenstelle hat das Senden beendet. Sie kann noch lesen, und dieses Ende darf noch senden.";
        unix_we_finished = "shutdown(write) hat den Datenstrom dieses Endes beendet: Es sendet nichts mehr und liest weiter, bis auch die Gegenstelle fertig ist.";
        unix_reset = "recv() scheiterte: Die Gegenstelle hat geschlossen, ohne alles Angekommene zu lesen, und was unterwegs war, kann verloren sein.";
        unix_closed = "close() hat die Verbindung an diesem Ende beendet. Ein Unix-Socket hat kein TIME-WAIT.";
        unix_reading_stopped = "recv() wird nicht mehr aufgerufen. Sobald der Puffer des Sockets voll ist, warten die Schreibvorgänge der Gegenstelle.";
        unix_reading_resumed = "recv() wird wieder aufgerufen, und die Gegenstelle darf senden, was gewartet hat.";
        bound = "bind() hat dem Socket diese Adresse gegeben. Bei UDP gibt es kein listen() und kein accept(): Was an diese Adresse und diesen Port gesendet wird, kommt hier an, von wem auch immer, jedes Datagramm für sich.";
        bound_with_groups = "bind() hat dem Socket diese Adresse gegeben, und IP_ADD_MEMBERSHIP hat dem System und den nahen Routern gesagt, dass Datagramme an diese Gruppen hier erwünscht sind. Andere Programme können ihnen auf demselben Port beigetreten sein: Jedes bekommt eine Kopie.";
        udp_ready = "UDP hat keinen Handshake: Es wurde nichts gesendet, und niemand weiß bisher, ob jemand da ist. Der Socket hat nun eine Adresse und einen Port dieses Rechners, an die Antworten kommen.";
        udp_new_peer = "recvfrom() lieferte ein Datagramm von einer Adresse, die bisher nicht vorkam. Mehr gibt es bei UDP von einer Verbindung nicht: Das Programm merkt sich die Adresse, damit es antworten kann. Jeder kann in ein Datagramm eine beliebige Absenderadresse schreiben.";
        udp_forgotten = "Dieses Ende hat die Gegenstelle vergessen. UDP hat kein FIN und kein RST, also wurde nichts gesendet, und die Gegenstelle erfährt nichts; sendet sie wieder, ist sie eine neue Gegenstelle.";
        udp_stopped = "close() hat den Port aufgegeben. Was dort ab jetzt ankommt, beantwortet das System mit ICMP port unreachable.";
        udp_pace = "Datagramme werden ab jetzt in größeren Abständen gesendet. UDP selbst kennt keine Flusskontrolle: Ohne sie kann ein Sender mehr senden, als Gegenstelle oder Netz bewältigen, und der Rest geht wortlos verloren.";
        udp_reading = "Alle Gegenstellen eines UDP-Sockets teilen sich seinen Empfangspuffer, darum wird er weitergelesen: Was diese Gegenstelle sendet, wird trotzdem aufgezeichnet.";
        udp_queue_cancelled = "Alles wurde angehalten: Was an diese Gegenstelle noch zu senden war, wird weder gesendet noch ausgeführt.";
        truncated = "recvfrom() bekam weniger Platz, als das Datagramm braucht. Von einem Datenstrom bliebe der Rest für den nächsten Lesevorgang; bei einem Datagramm ist er weg. Ein größerer Lesepuffer fasst alles.";
        datagrams_dropped = "Sie kamen an, als der Empfangspuffer des Sockets (SO_RCVBUF) voll war, und das System hat sie weggeworfen. Bei UDP sendet sie niemand erneut, und der Absender weiß nichts davon. Ein größerer Puffer oder ein langsamerer Sender hilft.";
        forgotten_by_silence = "So lange, wie es eingestellt ist, ging nichts an diese Gegenstelle und kam nichts von ihr. UDP hat kein Ende, das man sehen könnte, also muss die Stille genügen. Sendet die Gegenstelle wieder, ist sie eine neue.";
        forgotten_by_crowd = "So viele andere Gegenstellen waren aktiv, dass die am längsten stillen vergessen wurden, um Platz zu machen. Sendet die Gegenstelle wieder, ist sie eine neue.";
        undelivered = "Ein Router oder der Rechner selbst hat eine ICMP-Nachricht zurückgesandt: Das Datagramm erreichte kein Programm. UDP gibt das weiter, wo das System es mitteilen kann, und viele Netze verwerfen solche Nachrichten; dass keine kam, heißt nicht, dass das Datagramm ankam.";
        datagram_refused = "sendto() scheiterte, also wurde von diesem Datagramm nichts gesendet. Die anderen sind nicht betroffen.";
        overrun = "Antworten an diese Gegenstelle warten auf ihre Zeit, und sie fragt immer weiter. Ein Datenstrom würde dann langsamer gelesen; Datagramme lassen sich nicht aufhalten, darum werden sie aufgezeichnet, aber nicht beantwortet, bis einige Antworten gesendet sind.";
        template = "Ein Feld der Vorlage hatte in diesem Augenblick keinen Wert, also wurde nichts gesendet.";
    }
}

fn received(size: u64, buffer: Option<u64>) -> String {
    let size = noun(size, "Byte", "Bytes");
    let call = match buffer {
        Some(buffer) => {
            format!(
                "recv({buffer}) lieferte {size}; {buffer} ist der Lesepuffer, wie er jetzt eingestellt ist"
            )
        }
        None => format!("recv() lieferte {size}"),
    };
    format!(
        "{call}. TCP überträgt einen Datenstrom ohne Grenzen: Die Gegenstelle kann das in einem Schreibvorgang oder in \
         mehreren gesendet haben, und was sie in einem gesendet hat, kann in mehreren Lesevorgängen ankommen."
    )
}
