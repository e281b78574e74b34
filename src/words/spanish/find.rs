//! The find field.

use super::short;
use crate::words::find::Find;
use crate::words::translated::translated;

translated! { SPANISH:
    Find {
        name = "Buscar";
        placeholder(key) = "Buscar  {key}";
        hint = "Texto, o text:… regex:… hex:48 65 ?? 6C.\nIntro va a la coincidencia siguiente, Mayús+Intro a la anterior; se cuentan las entradas con alguna coincidencia.";
        previous = "Coincidencia anterior";
        next = "Coincidencia siguiente";
        match_case = "Distinguir mayúsculas";
        match_case_sign = "Aa";
        searching = "Buscando…";
        searched(percent) = "Buscando, {percent}\u{a0}%";
        no_match = "Sin coincidencias";
        place(place, count) = { format!("{} de {}", short(place), short(count)) };
        place_so_far(place, count) = { format!("{} de {}…", short(place), short(count)) };
        entry(place) = "entrada {place}";
        in_entry(of_entry, place) = "coincidencia {of_entry} en la entrada {place}";
        wrapped(place) = "vuelta completa, {place}";
    }
}
