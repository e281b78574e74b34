//! The filter's menu.

use super::{grouped, noun};
use crate::words::filter::Filter;
use crate::words::translated::translated;

translated! { SPANISH:
    Filter {
        name = "Filtro";
        hint = "Muestra solo algunos tipos, pares, tamaños u horas, o solo coincidencias";
        clear = "Quitar filtros";
        chip(words) = "{words}  ×";
        remove(words) = "Quitar filtro: {words}";
        shown_of(shown, all) = { format!("{} de {}", grouped(shown), grouped(all)) };
        no_kind = "Ningún tipo de entrada";
        by_rule(rule) = "Por la regla {rule}";
        peer_contains(text) = "El par contiene {text}";
        contains(pattern) = "Contiene {pattern}";
        size_chip(least, most) = { size(least, most) };
        time_chip(from, until) = "De {from} a {until}";
        chip_from(from) = "Desde {from}";
        chip_until(until) = "Hasta {until}";
        received = "Recibido";
        sent = "Enviado";
        lifecycle = "Conexiones y escuchas";
        problems = "Errores y avisos";
        peer = "Par";
        peer_spoken = "Dirección del par";
        peer_hint = "Parte de una dirección, como 192.0.2. o :49226";
        to = "a";
        size = "Bytes";
        min_size = "Bytes como mínimo";
        max_size = "Bytes como máximo";
        time = "Hora";
        min_time = "Desde la hora";
        max_time = "Hasta la hora";
        selected_time = "Usar las horas de las filas seleccionadas";
        only_matches(pattern) = "Solo coincidencias de {pattern}";
        only_matches_hint = "Para mostrar solo coincidencias, escriba lo que busca en el campo «Buscar»";
        not_a_size = "Introduzca un número de bytes";
        sizes_crossed = "El mínimo es mayor que el máximo";
        not_a_time = "Introduzca una hora como 12:01, 12:01:05.871 o 2026-11-22 12:01:05";
        times_crossed = "La primera hora es posterior a la última";
    }
}

fn size(least: u64, most: Option<u64>) -> String {
    match most {
        Some(most) if least == 0 => format!("Como máximo {}", noun(most, "byte", "bytes")),
        Some(most) => format!("De {} a {}", grouped(least), noun(most, "byte", "bytes")),
        None => format!("Como mínimo {}", noun(least, "byte", "bytes")),
    }
}
