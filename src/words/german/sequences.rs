//! Sequences of send and expect: what they are called, and what came of them.

use super::{grouped, noun};
use crate::script::sequence::MAX_STEPS;
use crate::words::InWords as _;
use crate::words::sequences::{SequenceProblems, SequenceResults, Sequences, StepKinds};
use crate::words::translated::translated;

translated! { GERMAN:
    SequenceResults {
        began(name) = "Ablauf „{name}“ begann";
        ended(name, outcome) = "Ablauf „{name}“ {outcome}";
        passed = "bestanden";
        failed(step, why) = "gescheitert in Schritt {step}: {why}";
        cancelled(step) = "angehalten in Schritt {step}";
        with_others(outcome, others) = "{outcome}; {others}";
        others(count) = { format!("{} angekommen", noun(count, "weiterer Frame", "weitere Frames")) };
        timed_out(within, what) = "das Erwartete kam nicht innerhalb von {within}; {what}";
        connection_ended(what) = "vorher endete die Verbindung; {what}";
        nothing = "es kam nichts";
        nearest(excerpt) = "am nächsten kam {excerpt}";
        nearest_differs(excerpt, difference) = "am nächsten kam {excerpt}, {difference}";
        differs(at, expected, found) = { format!("dort ist Byte {} {found}, erwartet war {expected}", grouped(at)) };
        ends(at, expected) = { format!("das vor Byte {} endet, wo {expected} erwartet war", grouped(at)) };
        any_byte = "irgendein Byte";
        byte(hex, shown) = "{hex:02X} ({shown})";
        byte_only(hex) = "{hex:02X}";
        more(excerpt) = "{excerpt}…";
        unsent = "nicht alles, was er sendet, ließ sich senden";
        not_connected = "es gab keine Verbindung";
    }

    Sequences {
        heading = "Abläufe";
        none = "Ein Ablauf sendet und erwartet, Schritt für Schritt, und sagt, ob alles wie erwartet ging.";
        add = "Ablauf hinzufügen…";
        new_name = "Ablauf";
        run(name) = "{name} ausführen";
        run_button = "Ausführen";
        run_why = "Führt die Schritte auf der Verbindung dieses Clients aus, der sich falls nötig erst verbindet";
        run_on = "Ablauf ausführen";
        of_client(name, client) = "{name} ({client})";
        stop = "Anhalten";
        stop_named(name) = "{name} anhalten";
        stop_why = "Hält bei dem Schritt an, der gerade ausgeführt wird (Esc)";
        running = "läuft…";
        show = "Zeigen";
        show_named(name) = "Ergebnis von „{name}“ zeigen";
        show_why = "Zeigt den Eintrag in der Zeitleiste";
        more(name) = "Menü von {name}";
        edit = "Schritte bearbeiten";
        duplicate = "Duplizieren";
        delete = "Löschen";
        title_of(name) = "Ablauf „{name}“";
        name = "Name des Ablaufs";
        kind_of(number) = "Art von Schritt {number}";
        text_of(number) = "Text von Schritt {number}";
        within_of(number) = "Zeit für Schritt {number}";
        more_of(number) = "Menü von Schritt {number}";
        within = "binnen";
        within_hint = "5s";
        remove = "Entfernen";
        move_up = "Nach oben";
        move_down = "Nach unten";
        add_step = "Schritt hinzufügen";
        send_hex = "Hex senden";
        send_hint = "HELLO\\r\\n, {{counter}}";
        send_hex_hint = "48 45 0D 0A";
        expect_hint = "OK, regex:^2.., hex:01 ??";
        wait_hint = "100ms";
        done = "Fertig";
        wrong_step(number, problem) = "Schritt {number}: {problem}";
        wrong_within(number, problem) = "Schritt {number}, binnen: {problem}";
    }

    StepKinds |language| {
        Send = "Senden";
        Expect = "Erwarten";
        ExpectEnd = "Ende erwarten";
        Wait = "Warten";
        StartTls = "TLS starten";
        Finish = "Senden beenden (FIN)";
        Close = "Schließen";
        Reset = "Zurücksetzen (RST)";
    }

    SequenceProblems |language| {
        NoSteps = "Ein Ablauf hat mindestens einen Schritt. Einen hinzufügen";
        TooManySteps = { format!("Ein Ablauf hat höchstens {MAX_STEPS} Schritte. Einige entfernen") };
        Field(error) = { error.in_words(language) };
        Empty = "Hier steht nichts";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        TooLong = "Das ist zu lang, um danach zu suchen. Einen Teil davon erwarten";
        PieceIsField(name) = "Eine Gruppe kann nicht {name:?} heißen: Vorlagen haben ein Feld dieses Namens";
        OnlyInReplies = "Ein Ablauf hat keine Anfrage. Eine benannte Gruppe aus dem verwenden, was ein Schritt davor erwartet, etwa {{token}}";
        Time = "Eine Zeit von höchstens 24 Stunden mit ihrer Einheit eingeben, etwa 100ms oder 5s";
        AfterEnd = "Nach dem Ende des Sendens, dem Schließen oder dem Zurücksetzen lässt sich nichts mehr senden";
    }
}
