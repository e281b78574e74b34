//! The filter's menu.

use super::{grouped, noun};
use crate::words::filter::Filter;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Filter {
        name = "Filtrar";
        hint = "Mostra só alguns tipos, peers, tamanhos ou horas, ou só ocorrências do texto procurado";
        clear = "Limpar filtros";
        chip(words) = "{words}  ×";
        remove(words) = "Remover filtro: {words}";
        shown_of(shown, all) = { format!("{} de {}", grouped(shown), grouped(all)) };
        no_kind = "Nenhum tipo de entrada";
        by_rule(rule) = "Pela regra {rule}";
        peer_contains(text) = "Peer contém {text}";
        contains(pattern) = "Contém {pattern}";
        size_chip(least, most) = { size(least, most) };
        time_chip(from, until) = "{from} a {until}";
        chip_from(from) = "A partir de {from}";
        chip_until(until) = "Até {until}";
        received = "Recebido";
        sent = "Enviado";
        lifecycle = "Conexões e escutas";
        problems = "Erros e avisos";
        peer = "Peer";
        peer_spoken = "Endereço do peer";
        peer_hint = "Parte de um endereço, como 192.0.2. ou :49226";
        to = "a";
        size = "Bytes";
        min_size = "Mínimo de bytes";
        max_size = "Máximo de bytes";
        time = "Hora";
        min_time = "A partir da hora";
        max_time = "Até a hora";
        selected_time = "Usar o período das linhas selecionadas";
        only_matches(pattern) = "Só ocorrências de {pattern}";
        only_matches_hint = "Para mostrar só ocorrências, digite no campo “Localizar” o que procurar";
        not_a_size = "Digite um número de bytes";
        sizes_crossed = "O mínimo é maior que o máximo";
        not_a_time = "Digite uma hora como 12:01, 12:01:05.871 ou 2026-11-22 12:01:05";
        times_crossed = "A primeira hora é posterior à última";
    }
}

fn size(least: u64, most: Option<u64>) -> String {
    match most {
        Some(most) if least == 0 => format!("No máximo {}", noun(most, "byte", "bytes")),
        Some(most) => format!("{} a {}", grouped(least), noun(most, "byte", "bytes")),
        None => format!("No mínimo {}", noun(least, "byte", "bytes")),
    }
}
