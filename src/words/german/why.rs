//! Why a rule does not answer a request: what it asks for, what of that holds, and where the request differs.

use super::{grouped, noun};
use crate::words::translated::translated;
use crate::words::why::Whys;

translated! { GERMAN:
    Whys {
        name = "Warum nicht?";
        why = "Zeigt, was jede Regel des Endpunkts zu dieser Anfrage sagt, und wo die Anfrage abweicht";
        of_endpoint = "Regeln von";
        request = "Anfrage";
        request_hint = "Eine Anfrage zum Probieren: Text mit Escapes oder Hexziffern";
        notation = "Schreibweise der Anfrage";
        as_text = "Text";
        as_hex = "Hex";
        close = "„Warum nicht?“ schließen";
        selected = "Ausgewählte Zeile";
        selected_why = "Probiert die Anfrage der ausgewählten Zeile noch einmal";
        bytes = "Bytes der Anfrage";
        state = "Zustand";
        state_why = "Eine Aufzeichnung sagt nicht, in welchem Zustand eine Verbindung war: einen wählen, um es zu probieren";
        unknown_state = "Zustand unbekannt";
        number = "Nummer der Anfrage";
        number_why = "Die wievielte Anfrage ihrer Verbindung es ist, etwa 1; leer, wenn das nicht bekannt ist";
        more(rules) = { format!("{} zeigen", noun(rules, "weitere Regel", "weitere Regeln")) };
        edit = "Bearbeiten";
        edit_rule(rule) = "Regel {rule} bearbeiten";
        make = "Regel daraus erstellen";
        make_short = "Regel erstellen";
        make_why = "Fügt eine Regel hinzu, die genau diese Anfrage beantwortet";
        make_from_two = "Regel aus diesen zwei Zeilen erstellen";

        made(rule) = "Regel {rule} ist angelegt.";
        nothing_to_send = "Als Antwort wurde nichts gesendet: eintragen, was die Regel senden soll.";
        replies_by_rules(endpoint, before) = "{endpoint} antwortet jetzt nach seinen Regeln; bisher {before}.";
        was_echo = "sandte er zurück, was er empfing";
        was_fixed = "sandte er eine feste Nachricht";
        was_silent = "sandte er keine Antwort";
        dismiss = "Ausblenden";

        answered(rule) = "Regel {rule} beantwortet diese Anfrage.";
        unanswered = "Keine Regel beantwortet diese Anfrage.";
        nearest(rule) = "Keine Regel beantwortet diese Anfrage; am nächsten kommt Regel {rule}.";
        perhaps(rule) = "Regel {rule} beantwortet diese Anfrage, falls zutrifft, was hier nicht bekannt ist.";
        no_rules = "Dieser Endpunkt hat noch keine Regeln.";
        not_approved = "Das Dokument ist nicht freigegeben, darum beantworten seine Regeln nichts: es im Menü „Datei“ freigeben.";
        not_in_use = "Diese Regeln sind nicht in Gebrauch: Der Endpunkt antwortet auf andere Weise.";
        not_running = "Der Endpunkt läuft nicht: Als gemerkt gelten die Werte, mit denen er beginnt.";
        wrong(problem) = "Die Regeln sind nicht verwendbar: {problem}";
        not_here(endpoint) = "Das Dokument hat keinen Endpunkt namens {endpoint}, darum gibt es keine Regeln zu probieren.";
        no_request = "Oben eine Anfrage eintippen oder einfügen, oder eine empfangene Zeile auswählen.";
        no_bytes = "Die ausgewählte Zeile hat keine empfangenen Bytes.";
        too_long(limit) = { format!("Eine Anfrage von mehr als {} beantwortet keine Regel, die ihre Bytes ansieht.", noun(limit, "Byte", "Bytes")) };
        of_several(frames, number) = { format!("Der Chunk enthält {}. Das ist Frame {number}; „Frames“ über der Zeitleiste einschalten, um einen anderen zu wählen.", noun(frames, "Frame", "Frames")) };
        no_frame(framing) = "Das ist noch kein ganzer Frame ({framing}): Regeln sehen ihn, sobald er vollständig ist.";

        rule(rule, name) = "Regel {rule} „{name}“";
        answers(rule) = "{rule} beantwortet das.";
        may_answer(rule) = "{rule} beantwortet das, falls zutrifft, was hier nicht bekannt ist.";
        comes_later(rule, first) = "{rule} würde das auch beantworten, aber Regel {first} kommt zuerst.";
        for_events(rule) = "{rule} beantwortet keine Anfragen: Sie wird von selbst angewendet.";
        is_off(rule) = "{rule} ist ausgeschaltet.";
        is_off_held(rule, held) = "{rule} ist ausgeschaltet – {held}.";
        failed(rule, held) = "{rule} – {held}.";
        held(held, all) = { format!("{held} von {} erfüllt", noun(all as u64, "Bedingung", "Bedingungen")) };

        any_request = "Jede Anfrage";
        in_state(states) = "Im Zustand {states}";
        or_state = " oder ";
        other_state(state) = "Der Zustand ist {state}.";
        from(pattern) = "Von {pattern}";
        other_peer = "Die Gegenstelle hat eine andere Adresse.";
        times(most) = { format!("Höchstens {}-mal seit dem Start des Endpunkts", grouped(most)) };
        times_per_connection(most) = { format!("Höchstens {}-mal pro Verbindung", grouped(most)) };
        spent = "Sie wurde so oft angewendet, wie sie darf.";
        not_known = "Nicht bekannt.";

        equals(what) = "Ist genau {what}";
        starts(what) = "Beginnt mit {what}";
        ends(what) = "Endet mit {what}";
        contains(what) = "Enthält {what}";
        matches(what) = "Passt auf {what}";
        has_shape(what) = "Hat die Form {what}";
        is_long(bytes) = { format!("Ist {} lang", noun(bytes, "Byte", "Bytes")) };
        is_long_between(from, to) = "Ist {from} bis {to} Bytes lang";
        is_long_from(bytes) = { format!("Ist mindestens {} lang", noun(bytes, "Byte", "Bytes")) };
        is_long_to(bytes) = { format!("Ist höchstens {} lang", noun(bytes, "Byte", "Bytes")) };
        check_good = "Besteht ihre Prüfung";
        check_bad = "Besteht ihre Prüfung nicht";
        first = "Ist die erste ihrer Verbindung";
        every(count) = "Hat eine durch {count} teilbare Nummer";
        within(place) = "Findet {place} unter den gemerkten Werten";
        not(condition) = "Nicht: {condition}";
        not_all(conditions) = "Nicht alles zugleich: {conditions}";
        any_case(what) = "{what} (Groß-/Kleinschreibung egal)";
        quoted(text) = "„{text}“";

        byte(at, found, expected) = "Byte {at} ist {found}, erwartet war {expected}.";
        visible_byte(character, digits) = "„{character}“ ({digits})";
        short(at, missing) = { format!("Sie endet bei Byte {at}: {}.", noun(missing, "Byte fehlt", "Bytes fehlen")) };
        shorter(missing) = { format!("Sie ist zu kurz: {}.", noun(missing, "Byte fehlt", "Bytes fehlen")) };
        long(at, extra) = { format!("Sie geht ab Byte {at} noch {} weiter.", noun(extra, "Byte", "Bytes")) };
        absent = "Das kommt nirgends in ihr vor.";
        absent_but(at, agreeing) = { format!("Das kommt nirgends in ihr vor; ab Byte {at} {} überein.", noun(agreeing, "Byte stimmt", "Bytes stimmen")) };
        no_match = "Sie passt nicht darauf.";
        in_piece(problem, item) = "{problem} Dort steht in der Form {item}.";
        varint(at) = "Die Zahl bei Byte {at} hat mehr als 4 Bytes.";
        amount(at) = "Die Länge dessen, was bei Byte {at} beginnt, lässt sich nicht berechnen.";
        is_so_long(bytes) = { format!("Sie ist {} lang.", noun(bytes, "Byte", "Bytes")) };
        checked_good = "Sie besteht ihre Prüfung.";
        checked(verdict) = "Ihre Prüfung: {verdict}.";
        no_check = "Der Endpunkt hat keine Prüfung.";
        number_is(number) = { format!("Sie ist Anfrage {} ihrer Verbindung.", grouped(number)) };
        not_remembered = "Das ist nicht gemerkt.";
        no_place = "Die Stelle braucht einen Teil, den die Anfrage nicht hat, oder eine Zahl außerhalb der Grenzen.";
        all_hold = "Das trifft alles zu, darf es aber nicht zugleich.";

        spoken_holds(condition) = "{condition}: erfüllt";
        spoken_fails(condition, why) = "{condition}: nicht erfüllt. {why}";
        spoken_unknown(condition) = "{condition}: nicht bekannt";
    }
}
