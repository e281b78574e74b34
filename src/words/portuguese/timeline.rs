//! The timeline: what stands above its rows, in their menu, and in place of rows.

use super::{form, grouped, noun};
use crate::words::timeline::Timeline;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Timeline {
        name = "Linha do tempo";
        tabs = "Mostrar";
        all = "Tudo";
        show_all = "Mostrar tudo";
        show_only(name) = "Mostrar só {name}";
        show_only_menu = "Mostrar só…";
        undo_clear = "Desfazer limpeza";
        clear = "Limpar exibição";
        payloads = "Carga útil como";
        as_auto = "Auto";
        as_text = "Texto";
        as_hex = "Hex";
        more = "Mais opções de exibição";
        frames = "Quadros";
        frames_hint = "Mostra as mensagens como o enquadramento de cada endpoint as delimita, em vez dos blocos lidos e escritos";
        plot = "Gráfico";
        plot_hint = "Bytes e entradas por segundo ao longo da sessão";
        follow = "Acompanhar";
        follow_hint = "Mantém à vista a entrada mais recente (End)";

        columns = "Colunas";
        column_time = "Hora";
        column_gap = "Intervalo";
        column_connection = "#";
        column_endpoint = "Endpoint";
        column_direction = "Sentido";
        column_bytes = "Bytes";
        column_what = "Descrição";
        resize_column(name) = "Redimensionar {name}";
        choose_columns = "Escolher colunas";
        reset_columns = "Restaurar colunas";
        ends_of_connection(number, local, peer) = "Conexão {number}: {local}, peer {peer}";
        peer_of_connection(number, peer) = "Conexão {number}: peer {peer}";
        sign_of_connection(number) = "#{number}";

        loading = "Carregando…";
        dropped(entries) = { noun(entries, "entrada antiga descartada", "entradas antigas descartadas") };
        empty_datagram = "datagrama vazio";
        part_of_a_character = "Parte de um caractere, mostrado onde está completo";

        newer(rows) = { format!("↓ {} {}", grouped(rows), form(rows, "nova", "novas")) };

        entry = "Entrada";
        copy_text = "Copiar como texto";
        copy_hex = "Copiar como hex";
        copy_escaped = "Copiar como string com escapes";
        copy_c_array = "Copiar como array C";
        copy_rows = "Copiar linhas";
        follow_connection = "Seguir conexão";
        show_connection = "Mostrar só esta conexão";
        show_this_endpoint = "Mostrar só este endpoint";

        none_yet = "Nada aconteceu ainda";
        first_start(server) = "Iniciar {server}";
        first_start_echo = "Ele escuta no seu endereço e devolve o que recebe.";
        first_start_rules = "Ele escuta no seu endereço e responde ao que recebe segundo suas regras.";
        first_start_fixed = "Ele escuta no seu endereço e responde ao que recebe com uma mensagem própria.";
        first_start_silent = "Ele escuta no seu endereço e só recebe: está configurado para não responder.";
        first_send(recipient) = "Enviar de {recipient}";
        first_send_why = "O cliente conecta, se for preciso, e envia a mensagem abaixo. A conversa inteira aparece aqui, vista dos dois lados.";
        first_send_later = "Inicie primeiro o servidor";
        first_endpoint = "Para começar, adicione um servidor ou um cliente à esquerda.";
        none_of(endpoint) = "Nenhuma entrada de {endpoint}";
        none_of_advice = "O que acontecer nele vai aparecer aqui. Escolha “Tudo” para ver as outras entradas.";
        none_in_lesson = "Nada aconteceu ainda nesta lição";
        none_in_lesson_advice = "Faça o primeiro passo. “Desfazer limpeza” mostra o que foi gravado antes.";
        none_in_capture = "Esta captura não tem entradas";
        none_in_capture_advice = "Nada aconteceu antes do fim da gravação.";
        none_match = "Nenhuma entrada passa pelo filtro";
        none_match_advice = "“Limpar filtros” mostra tudo.";
        cleared = "A exibição está limpa";
        cleared_advice(entries) = { format!("{}. Escolha “Desfazer limpeza” para mostrar tudo de novo.", noun(entries, "entrada oculta", "entradas ocultas")) };
        filtering(percent) = "Filtrando, {percent}%";
        found_so_far(entries) = { noun(entries, "entrada encontrada até agora", "entradas encontradas até agora") };

        no_framing = "Nenhum endpoint aqui tem enquadramento, por isso estes são blocos. Escolha um enquadramento na configuração de um endpoint.";
        no_framing_in_capture = "Nenhum endpoint aqui tem enquadramento, por isso estes são blocos. Escolha um enquadramento acima.";
        good(frames) = { noun(frames, "correto", "corretos") };
        older(percent) = "Os quadros anteriores a este ainda estão sendo procurados, {percent}%";
        older_hint = "Até que todos sejam encontrados, os quadros de conexões que começaram antes podem estar delimitados no lugar errado";
        over_limit(rows) = { format!("{}: a lista de quadros está no limite, um quarto do que pode ser gravado", noun(rows, "linha antiga omitida", "linhas antigas omitidas")) };
        bad(frames) = { noun(frames, "incorreto", "incorretos") };
    }
}
