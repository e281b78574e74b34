//! The filter's menu.

use super::{grouped, noun};
use crate::words::filter::Filter;
use crate::words::translated::translated;

translated! { FRENCH:
    Filter {
        name = "Filtre";
        hint = "N’afficher que certains types, pairs, tailles ou heures, ou seulement les résultats";
        clear = "Effacer les filtres";
        chip(words) = "{words}  ×";
        remove(words) = "Retirer le filtre : {words}";
        shown_of(shown, all) = { format!("{} sur {}", grouped(shown as u64), grouped(all as u64)) };
        no_kind = "Aucun type d’entrée";
        by_rule(rule) = "Par la règle {rule}";
        peer_contains(text) = "Le pair contient {text}";
        contains(pattern) = "Contient {pattern}";
        size_chip(least, most) = { size(least, most) };
        time_chip(from, until) = "De {from} à {until}";
        chip_from(from) = "À partir de {from}";
        chip_until(until) = "Jusqu’à {until}";
        received = "Reçu";
        sent = "Envoyé";
        lifecycle = "Connexions et écoutes";
        problems = "Erreurs et avertissements";
        peer = "Pair";
        peer_spoken = "Adresse du pair";
        peer_hint = "Une partie d’une adresse, par exemple 192.0.2. ou :49226";
        to = "à";
        size = "Octets";
        min_size = "Minimum d’octets";
        max_size = "Maximum d’octets";
        time = "Heure";
        min_time = "À partir de";
        max_time = "Jusqu’à";
        selected_time = "Prendre l’heure des lignes sélectionnées";
        only_matches(pattern) = "Seulement les résultats de {pattern}";
        only_matches_hint = "Pour n’afficher que des résultats, saisissez le texte cherché dans le champ Rechercher";
        not_a_size = "Saisissez un nombre d’octets";
        sizes_crossed = "Le minimum est supérieur au maximum";
        not_a_time = "Saisissez une heure comme 12:01, 12:01:05.871 ou 2026-11-22 12:01:05";
        times_crossed = "La première heure est postérieure à la dernière";
    }
}

fn size(least: u64, most: Option<u64>) -> String {
    let bytes = |count| noun(count, "octet", "octets");
    match most {
        Some(most) if least == 0 => format!("Au plus {}", bytes(most)),
        Some(most) => format!("De {} à {}", grouped(least), bytes(most)),
        None => format!("Au moins {}", bytes(least)),
    }
}
