//! The find field.

use super::short;
use crate::words::find::Find;
use crate::words::translated::translated;

translated! { GERMAN:
    Find {
        name = "Suchen";
        placeholder(key) = "Suchen  {key}";
        hint = "Text, oder text:… regex:… hex:48 65 ?? 6C.\nEingabe geht zum nächsten Treffer, Umschalt+Eingabe zum vorherigen; gezählt werden Einträge mit einem Treffer.";
        previous = "Vorheriger Treffer";
        next = "Nächster Treffer";
        match_case = "Groß-/Kleinschreibung beachten";
        match_case_sign = "Aa";
        searching = "Sucht…";
        searched(percent) = "Sucht, {percent} %";
        no_match = "Kein Treffer";
        place(place, count) = { format!("{} von {}", short(place), short(count)) };
        place_so_far(place, count) = { format!("{} von {}…", short(place), short(count)) };
        entry(place) = "Eintrag {place}";
        in_entry(of_entry, place) = "Treffer {of_entry} in Eintrag {place}";
        wrapped(place) = "von vorn, {place}";
    }
}
