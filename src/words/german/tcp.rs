//! TCP as the kernel has it: the states of a connection's ends, who moves next, the accept queue, and whose the peer is.

use super::{grouped, noun};
use crate::words::InWords as _;
use crate::words::tcp::{NoProcesses, StateMeanings, StateMoves, Tcp, TcpNumbers};
use crate::words::translated::translated;

translated! { GERMAN:
    Tcp {
        this_end = "Dieses Ende";
        peer = "Gegenstelle";
        of_this_end = "dieses Ende";
        of_peer = "die Gegenstelle";
        inferred = "erschlossen";
        inferred_why = "Niemand fragte in diesem Augenblick den Kernel: Es folgt aus dem, was auf der Verbindung geschah";
        from_kernel = "vom Kernel";
        end(whose, state, source) = "{whose}: {state}, {source}";
        no_states_here = "Dieses System nennt Programmen ohne besondere Rechte die Zustände einer Verbindung nicht: Sie sind erschlossen";
        marks_not_here = "Dieses System sagt nicht, wann Bytes bestätigt werden";
        marks_encrypted = "Bestätigungen werden nicht gezeigt: Der Kernel zählt verschlüsselte Bytes, und das sind andere als die hier gezeigten";
        refused(error) = "Der Kernel nennt seine Zustände und Zahlen nicht: {error}";

        recorded = "Aufgezeichnet";
        recorded_why = "Die Zustände, soweit die Aufzeichnung reicht";
        other_transport = "Das ist keine TCP-Verbindung: Sie hat keine Zustände und Zahlen von TCP";
        choose_recorded = "Einen Eintrag einer Verbindung auswählen, um ihre Zustände und Zahlen zu sehen";

        machine = "Zustandsautomat";
        node(state, about) = "{state}, {about}";
        node_now(end) = "jetzt: {end}";
        node_passed(end) = "durchlaufen: {end}";
        node_apart = "nicht durchlaufen";
        legend_ours = "dieses Ende";
        legend_peer = "die Gegenstelle";
        step(time, state, cause, evidence) = "{time}: {state}, {cause}, {evidence}";
        after(time) = "+{time}";
        made_by(call) = "durch {call}";
        seen_by(call) = "durch {call} gesehen";
        call(name) = "{name}";
        sent(segment) = "{segment} gesendet";
        received(segment) = "{segment} empfangen";
        cause_silence = "keine Antwort";
        cause_failure = "Fehler";
        cause_kernel = "Kernel gefragt";
        cause_between = "dazwischen";
        cause_time = "Zeit abgelaufen";

        time_left(time) = "noch {time}";
        time_wait_client(local) = "Bis dahin kann sich {local} nicht wieder vom selben Port aus mit dieser Gegenstelle verbinden. Von anderen Ports aus geht es, und das System wählt von selbst einen.";
        time_wait_server(local) = "Bis dahin gilt {local} als belegt. Ein Server, der dort wieder startet, scheitert mit „address in use“, wenn er nicht vor dem Binden SO_REUSEADDR setzt, wie es Bothends unter Unix tut. Schließt der Client zuerst, liegt die Wartezeit auf seiner Seite.";
        waiting_for_fin(time) = "Kommt kein FIN, gibt der Kernel dieses Ende in {time} auf.";

        accept_queue = "Warteschlange";
        queue_of(queue) = { format!("{} von {} wartend", grouped(queue.waiting.into()), grouped(queue.limit.into())) };
        queue_why = "Aufgebaute Verbindungen, die auf accept() warten, und wie viele warten dürfen: das Backlog. Linux nimmt eine mehr";
        queue_full = "Die Accept-Warteschlange ist voll. Linux verwirft weitere SYNs ohne Antwort; Clients versuchen es nach 1, 3 und 7 Sekunden wieder und scheinen zu hängen, bis das Programm annimmt.";

        process = "Prozess";
        process_of(process) = { format!("{} (pid {})", if process.command.is_empty() { "?" } else { &process.command }, process.pid) };
        process_is(process) = "Prozess: {process}";
        state_is(state, explained) = "{state}: {explained}";
    }

    StateMeanings {
        closed(end) = "{end} hat keine Verbindung.";
        listen(end) = "{end} wartet auf ein SYN.";
        syn_sent(end) = "{end} hat das SYN gesendet und wartet auf die Antwort.";
        syn_received(end) = "{end} hat ein SYN empfangen und mit einem SYN-ACK geantwortet.";
        established(end) = "{end} hat beide Richtungen offen.";
        fin_wait_1(end) = "{end} hat das FIN gesendet, und es ist noch nicht bestätigt.";
        fin_wait_2(end) = "{end} hat das FIN gesendet, und es ist bestätigt: Jetzt wird nur noch empfangen.";
        close_wait(end) = "{end} hat ein FIN empfangen: Es kommen keine Bytes mehr, senden ist noch möglich.";
        closing(end) = "{end} hat zugleich mit der anderen Seite ein FIN gesendet, und es ist noch nicht bestätigt.";
        last_ack(end) = "{end} hat ein FIN empfangen und das eigene gesendet, und dieses ist noch nicht bestätigt.";
        time_wait(end) = "{end} hat zuerst geschlossen und wartet, damit ein verspätetes Segment nicht für eines einer neuen Verbindung gehalten wird und ein verlorenes letztes ACK noch einmal gesendet werden kann.";
    }

    StateMoves {
        closed = "Niemand ist am Zug: Eine neue Verbindung beginnt mit einem SYN.";
        listen = "Als Nächstes ist ein Client am Zug, mit seinem SYN.";
        syn_sent(other) = "{other} ist am Zug: Ein SYN-ACK öffnet die Verbindung, ein RST lehnt sie ab. Ohne Antwort wird das SYN erneut gesendet.";
        syn_received(other) = "{other} ist am Zug: Das ACK von dort vollendet den Handshake.";
        established = "Jedes Ende darf senden. Wer zuerst fertig ist, sendet ein FIN.";
        fin_wait_1(other) = "{other} ist am Zug, mit dem ACK.";
        fin_wait_2(other) = "{other} ist am Zug und kann noch weiter senden; das FIN von dort beendet die Verbindung.";
        close_wait(end) = "{end} ist am Zug: Das FIN geht hinaus, wenn das Programm shutdown oder close aufruft. Bleibt es dabei, hat das Programm vergessen zu schließen.";
        closing(other) = "{other} ist am Zug, mit dem ACK.";
        last_ack(other) = "{other} ist am Zug: Das ACK von dort ist das letzte Segment.";
        time_wait = "Niemand ist am Zug: Nur die Zeit beendet das.";
    }

    NoProcesses |language| {
        NotHere = "nicht auf diesem Rechner oder schon beendet";
        NotVisible(uid) = "ein Prozess des Benutzers {uid}, in den dieser Benutzer nicht hineinsehen darf";
        System = "ohne besondere Rechte sagt dieses System es nicht";
        Refused(error) = { error.in_words(language) };
    }

    TcpNumbers {
        heading = "Zahlen";
        whose = "Wessen Zahlen";
        none_on_record = "Keine Zahlen aufgezeichnet: Das geschieht nur, solange dieser Reiter eine Verbindung zeigt";
        none_yet = "Der Kernel hat noch nichts gesagt";
        gone = "Die Verbindung ist an diesem Ende vorbei: Das waren ihre letzten Zahlen";
        not_here = "Dieses System nennt Programmen ohne besondere Rechte die Zahlen einer Verbindung nicht";
        spoken(name, value) = "{name}: {value}";
        explained(why, source) = "{why}. Quelle: {source}";
        source(field, unit) = "{field}, in {unit}";
        span(least, most) = "{least} bis {most} in der letzten Minute";
        unit_count = "Segmenten";
        unit_millis = "Millisekunden";
        unit_bytes = "Bytes";
        unit_rate = "Bytes pro Sekunde";
        unit_micros = "Mikrosekunden";
        bytes(count) = { format!("{} B", grouped(count)) };
        segments(count) = { noun(count, "Segment", "Segmente") };
        no_threshold = "noch keine";
        no_limit = "keine Grenze";

        round_trip = "Umlaufzeit";
        round_trip_why = "Die geglättete Zeit von einem Segment bis zu seiner Bestätigung";
        variation = "Schwankung";
        variation_why = "Wie sehr die Umlaufzeit schwankt: Die Umlaufzeit und das Vierfache davon ergeben die Frist, nach der eine Bestätigung als ausgeblieben gilt";
        retransmits = "Erneut gesendet";
        retransmits_why = "Segmente, die seit Beginn der Verbindung erneut gesendet wurden, weil nicht rechtzeitig eine Bestätigung kam";
        mss = "Segmentgröße";
        mss_why = "Wie viele Bytes ein Segment höchstens trägt (MSS), wie beide Enden und der Pfad es erlauben";
        in_flight = "Unterwegs";
        in_flight_why = "Segmente, die gesendet und nicht bestätigt sind";
        congestion_window = "Überlastfenster";
        congestion_window_why = "Wie viele Segmente zugleich unterwegs sein dürfen, soweit das Netz es auszuhalten scheint";
        threshold = "Slow-Start-Schwelle";
        threshold_why = "Darunter verdoppelt sich das Überlastfenster mit jedem Umlauf, darüber wächst es langsam. Bis zum ersten Verlust gibt es keine";
        send_queue = "Sendeschlange";
        send_queue_why = "Bytes, die das Programm geschrieben und die Gegenstelle nicht bestätigt hat";
        peer_window = "Sendefenster";
        peer_window_why = "Wie viele Bytes die Gegenstelle noch annimmt: ihr Fenster. Bei 0 wartet der Sender";
        delivery = "Zustellrate";
        delivery_why = "Wie schnell Bytes zuletzt die Gegenstelle erreichten, gemessen an Bestätigungen";
        pacing = "Pacing-Rate";
        pacing_why = "Wie schnell der Kernel höchstens sendet, damit Segmente nicht stoßweise hinausgehen";
        limited = "Gebremst durch";
        limited_why = "Was zwischen den letzten beiden Abfragen schnelleres Senden verhinderte: das Fenster der Gegenstelle, unser Sendepuffer, das Netz (das Überlastfenster) oder das Programm, das dem Kernel zu wenig gab. Leerlauf: Alles ist gesendet und bestätigt";
        receive_queue = "Empfangsschlange";
        receive_queue_why = "Bytes, die angekommen sind und die das Programm nicht gelesen hat";
        window = "Empfangsfenster";
        window_why = "Wie viele Bytes dieses Ende noch annimmt, wie es der Gegenstelle zuletzt mitgeteilt wurde. Es schließt sich, wenn das Programm nicht liest";

        by_nothing = "Leerlauf";
        by_program = "Programm";
        by_window = "Fenster";
        by_buffer = "Puffer";
        by_network = "Netz";
        share(what, share) = { format!("{what} {:.0} %", share * 100.0) };
        busy(share) = { format!("{:.0} % der Zeit etwas zu senden", share * 100.0) };
    }
}
