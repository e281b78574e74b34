//! The filter's menu.

use super::{grouped, noun};
use crate::words::filter::Filter;
use crate::words::translated::translated;

translated! { GERMAN:
    Filter {
        name = "Filter";
        hint = "Zeigt nur manche Arten, Gegenstellen, Größen oder Zeiten, oder nur Treffer";
        clear = "Filter löschen";
        chip(words) = "{words}  ×";
        remove(words) = "Filter entfernen: {words}";
        shown_of(shown, all) = { format!("{} von {}", grouped(shown), grouped(all)) };
        no_kind = "Keine Art von Eintrag";
        by_rule(rule) = "Durch Regel {rule}";
        peer_contains(text) = "Gegenstelle enthält {text}";
        contains(pattern) = "Enthält {pattern}";
        size_chip(least, most) = { size(least, most) };
        time_chip(from, until) = "{from} bis {until}";
        chip_from(from) = "Ab {from}";
        chip_until(until) = "Bis {until}";
        received = "Empfangen";
        sent = "Gesendet";
        lifecycle = "Verbindungen und Listener";
        problems = "Fehler und Warnungen";
        peer = "Gegenstelle";
        peer_spoken = "Adresse der Gegenstelle";
        peer_hint = "Teil einer Adresse, etwa 192.0.2. oder :49226";
        to = "bis";
        size = "Bytes";
        min_size = "Kleinste Anzahl Bytes";
        max_size = "Größte Anzahl Bytes";
        time = "Zeit";
        min_time = "Zeit von";
        max_time = "Zeit bis";
        selected_time = "Zeit der ausgewählten Zeilen nehmen";
        only_matches(pattern) = "Nur Treffer von {pattern}";
        only_matches_hint = "Um nur Treffer zu zeigen, das Gesuchte in das Suchfeld eingeben";
        not_a_size = "Eine Anzahl Bytes eingeben";
        sizes_crossed = "Das Minimum ist größer als das Maximum";
        not_a_time = "Eine Zeit eingeben, etwa 12:01, 12:01:05.871 oder 2026-11-22 12:01:05";
        times_crossed = "Die erste Zeit liegt nach der letzten";
    }
}

fn size(least: u64, most: Option<u64>) -> String {
    let bytes = |count| noun(count, "Byte", "Bytes");
    match most {
        Some(most) if least == 0 => format!("Höchstens {}", bytes(most)),
        Some(most) if least == most => format!("Genau {}", bytes(most)),
        Some(most) => format!("{} bis {}", grouped(least), bytes(most)),
        None => format!("Mindestens {}", bytes(least)),
    }
}
