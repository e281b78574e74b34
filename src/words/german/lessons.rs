//! The lessons: their texts, and what the window says around them.

use super::grouped;
use crate::words::lessons::{LessonConditions, LessonProblems, Lessons};
use crate::words::translated::translated;

translated! { GERMAN:
    Lessons {
        heading = "Lektionen";
        intro = "TCP und UDP an echten Sockets dieses Rechners lernen. Jede Lektion hat einen eigenen Server und Client und geht weiter, sobald sie in der Aufzeichnung sieht, dass ein Schritt getan ist. Ihr Dokument bleibt, wie es ist.";
        pane = "Lektion";
        first = "Lernen: der Handshake";
        first_why = "Neu hier? In ein paar Minuten sehen Sie an einer echten Verbindung, was vor dem ersten Byte geschieht.";
        server = "Übungsserver";
        client = "Übungsclient";
        of(number, count) = "Lektion {number} von {count}";
        choice(number, title) = "{number}. {title}";
        step(number, title) = "{number}. {title}";
        step_state(number, title, state) = "Schritt {number}, {title}: {state}";
        done = "erledigt";
        is_done(title) = "{title}: erledigt";
        to_do = "zu tun";
        later = "später";
        do_it = "Für mich erledigen";
        do_it_name(title) = "Für mich erledigen: {title}";
        look = "Worauf zu achten ist";
        needed = "Erledigt, sobald aufgezeichnet ist:";
        met(condition) = "{condition}, erledigt";
        not_met(condition) = "{condition}, noch nicht";
        show_entry = "Eintrag zeigen";
        show_entry_name(condition) = "Eintrag zeigen: {condition}";
        code = "Dasselbe als Code";
        language = "Sprache des Codes";
        copy = "Kopieren";
        copy_all = "Alles kopieren";
        copy_all_why = "Kopiert das ganze Programm dieser Lektion";
        no_code = "Hier ist nichts zu schreiben: Das System tut es von selbst.";
        over = "Lektion geschafft";
        next = "Nächste Lektion";
        previous = "Vorherige Lektion";
        again = "Neu beginnen";
        all = "Alle Lektionen";
        leave = "Lektion verlassen";
        close = "Lektionen schließen";
        resize = "Größe der Lektionen ändern";
        bad(key, why) = "Die Lektion {key} ist nicht lesbar: {why}";
    }

    LessonConditions {
        server = "der Server";
        client = "der Client";
        times(what, times) = { format!("{what}, {}-mal", grouped(times)) };
        over(what, family) = "{what} über {family}";

        listens(end) = "{end} lauscht";
        stopped(end) = "{end} wurde gestoppt";
        connects(end) = "{end} hat begonnen, sich zu verbinden";
        connected(end) = "{end} ist verbunden";
        refused(end) = "{end} wurde abgelehnt";
        failed(end) = "{end} konnte sich nicht verbinden";
        accepted(end) = "{end} hat eine Verbindung angenommen";
        received(end, size) = "{end} hat genau {size} auf einmal gelesen";
        received_something(end) = "{end} hat etwas empfangen";
        received_at_least(end, size) = "{end} hat mindestens {size} auf einmal gelesen";
        received_in_all(end, size) = "{end} hat insgesamt {size} empfangen";
        received_cut(end) = "{end} hat nur einen Teil eines Zeichens gelesen";
        sent_something(end) = "{end} hat etwas gesendet";
        sent_at_least(end, size) = "{end} hat mindestens {size} auf einmal gesendet";
        sent_in_all(end, size) = "{end} hat insgesamt {size} gesendet";
        after_silence(end, time) = "{end} hat nach {time} Stille gesendet oder empfangen";
        finished(end) = "{end} hat das Senden beendet (FIN)";
        saw_end(end) = "{end} hat das FIN der anderen Seite gesehen";
        closed(end) = "{end} hat die Verbindung geschlossen";
        closed_unread(end) = "{end} hat die Verbindung mit ungelesenen Bytes geschlossen";
        did_reset(end) = "{end} hat die Verbindung zurückgesetzt (RST)";
        was_reset(end) = "{end} hat ein RST der anderen Seite empfangen";
        stops_reading(end) = "{end} liest nicht mehr";
        reads_again(end) = "{end} liest wieder";
        stops_accepting(end) = "{end} lässt neue Verbindungen im Backlog";
        accepts_again(end) = "{end} nimmt wieder an";
        new_peer(end) = "{end} hat eine neue Gegenstelle";
        cut(end) = "{end} hat ein abgeschnittenes Datagramm empfangen";
        undelivered(end) = "{end} hat erfahren, dass ein Datagramm nicht ankam (ICMP)";
        forgot(end) = "{end} hat seine Gegenstelle nach einer Stille vergessen";
    }

    LessonProblems |language| {
        Form(line, text) = "Zeile {line}: {text}";
        Number = "sie braucht 1 bis 12 Schritte und 1 bis 8 Clients";
        Condition(step, text) = "Schritt {step} wartet auf {text:?}, und das ist keine Bedingung";
        Act(step, text) = "Schritt {step} hat {text:?}, und das kann man nicht tun (Schritt 0 ist die Einrichtung)";
        Control(step, text) = "Schritt {step} nennt {text:?}, und das ist kein Bedienelement des Fensters";
        Endless(step) = "Schritt {step} wartet auf nichts";
        Program(step) = "ein Programm hat keinen Teil für Schritt {step}";
    }
}
