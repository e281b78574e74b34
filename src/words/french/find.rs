//! The find field.

use super::short;
use crate::words::find::Find;
use crate::words::translated::translated;

translated! { FRENCH:
    Find {
        name = "Rechercher";
        placeholder(key) = "Rechercher  {key}";
        hint = "Du texte, ou text:… regex:… hex:48 65 ?? 6C.\nEntrée va au résultat suivant, Maj+Entrée au précédent ; ce sont les entrées contenant un résultat qui sont comptées.";
        previous = "Résultat précédent";
        next = "Résultat suivant";
        match_case = "Respecter la casse";
        match_case_sign = "Aa";
        searching = "Recherche…";
        searched(percent) = "Recherche, {percent} %";
        no_match = "Aucun résultat";
        place(place, count) = { format!("{} sur {}", short(place), short(count)) };
        place_so_far(place, count) = { format!("{} sur {}…", short(place), short(count)) };
        entry(place) = "entrée {place}";
        in_entry(of_entry, place) = "résultat {of_entry} dans l’entrée {place}";
        wrapped(place) = "repris à l’autre bout, {place}";
    }
}
