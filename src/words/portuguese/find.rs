//! The find field.

use super::short;
use crate::words::find::Find;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Find {
        name = "Localizar";
        placeholder(key) = "Localizar  {key}";
        hint = "Texto, ou text:… regex:… hex:48 65 ?? 6C.\nEnter vai à próxima ocorrência, Shift+Enter, à anterior; são contadas as entradas com ocorrências.";
        previous = "Ocorrência anterior";
        next = "Próxima ocorrência";
        match_case = "Diferenciar maiúsculas de minúsculas";
        match_case_sign = "Aa";
        searching = "Procurando…";
        searched(percent) = "Procurando, {percent}%";
        no_match = "Nenhuma ocorrência";
        place(place, count) = { format!("{} de {}", short(place), short(count)) };
        place_so_far(place, count) = { format!("{} de {}…", short(place), short(count)) };
        entry(place) = "entrada {place}";
        in_entry(of_entry, place) = "ocorrência {of_entry} na entrada {place}";
        wrapped(place) = "deu a volta, {place}";
    }
}
