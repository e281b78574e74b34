//! The composer: the message being written, and what becomes of it.

use super::{bytes, duration, grouped, noun};
use crate::words::composer::Composer;
use crate::words::translated::translated;
use std::time::Duration;

translated! { PORTUGUESE:
    Composer {
        message = "Mensagem";
        text_hint = "Digite uma mensagem";
        hex_hint = "Dígitos hex: 48 65 6C";
        send = "Enviar";
        send_empty = "Enviar datagrama vazio";
        empty_datagram = "0 bytes: um datagrama pode ser vazio";
        too_long(bytes) = "{bytes} não cabem em um datagrama, que leva no máximo 65.507. Envie menos, ou preencha “Bytes por datagrama” em “Velocidade de envio”";
        to = "Para";
        send_to = "Enviar para";
        nobody = "Nenhum destinatário";
        to_address(name, address) = "{name} → {address}";
        all_peers(server) = "{server}: todos os peers";
        and_more(first, more) = "{first} e mais {more}";
        include(recipients) = "Enviar também para {recipients}";
        selected_peers(server, count) = "{server}: peers selecionados ({count})";
        format = "Formato";
        text = "Texto";
        hex = "Hex";
        line_ending = "Fim de linha";
        no_ending = "Nenhum";
        lf = "LF";
        cr = "CR";
        crlf = "CRLF";
        escapes = "Escapes";
        escapes_why = r"Ativado: \n \r \t \0 \\ \xNN \u{…} no texto representam bytes. Desativado: uma barra invertida é uma barra invertida.";
        template = "Modelo";
        template_why = "Ativado: campos como {{counter}}, {{time}} e {{crc CRC-16/MODBUS le}} são calculados a cada envio da mensagem. Desativado: {{ e }} valem por si mesmos.";

        completions = "Sugestões";
        with_file(bytes, file) = "{bytes} e {file}";
        unfinished = "Um campo termina com }}";
        exact = "Os bytes exatos que serão enviados";
        computed = "Os bytes que seriam enviados agora; os destacados são calculados na hora do envio";
        escapes_off = "Desativar escapes";

        pasted(kind) = "Você colou {kind}";
        take_as_hex(bytes) = "Converter em hex ({bytes})";
        keep_text = "Manter como texto";

        repeat_menu = "Repetir…";
        repeat_why = "Envia a mensagem repetidamente";
        repeat = "Repetir";
        every = "A cada";
        period = "Tempo entre duas mensagens";
        period_why = "500ms ou 2s, por exemplo; um número sem unidade conta em milissegundos";
        times = "Número de vezes";
        times_why = "Vazio: até você parar";
        endless = "∞";
        times_unit = "vezes";
        until_reply = "até uma resposta";
        stop_repeating = "Parar";
        stop_repeating_why = "Deixa de repetir a mensagem (Esc)";
        dismiss_repeated = "Dispensar";
        repeating(times, of, period) = { repeating(times, of, period) };
        repeated(times) = { format!("Repetida {}", noun(times, "vez", "vezes")) };
        repeat_stopped(times) = { format!("Parada após {}", noun(times, "vez", "vezes")) };
        repeat_replied(times) = { format!("Respondida após {}", noun(times, "vez", "vezes")) };
        repeat_ended(times, why) = { format!("A repetição terminou após {}: {why}", noun(times, "vez", "vezes")) };

        more = "Mais opções para mensagens";
        history = "Histórico";
        search_history = "Procurar mensagens enviadas antes";
        history_empty = "Nada foi enviado ainda";
        history_no_match = "Nenhuma mensagem contém isso";

        file = "Arquivo…";
        file_why = "Envia um arquivo de qualquer tamanho";
        file_path = "Arquivo a enviar";
        write_bytes = "Bytes por escrita";
        write_bytes_why = "De 1 a 1m; vazio: tantos quantos o sistema aceitar";
        delay = "Atraso entre escritas";
        delay_why = "200ms ou 2s, por exemplo; vazio: nenhum";
        send_file = "Enviar arquivo";
        dismiss_file = "Dispensar";
        sending(file, sent_bytes, total_bytes, percent) = { format!("Enviando {file}: {} de {}, {percent}%", bytes(sent_bytes), bytes(total_bytes)) };
        sent(file, sent_bytes) = { format!("Arquivo {file} enviado, {}", bytes(sent_bytes)) };
        cancelled(file, sent_bytes, total_bytes) = { format!("Arquivo {file} cancelado após {} de {}", bytes(sent_bytes), bytes(total_bytes)) };
        not_open(file, sent_bytes, total_bytes) = { format!("Arquivo {file} parado após {} de {}: a conexão não está mais aberta", bytes(sent_bytes), bytes(total_bytes)) };
        unread(file, sent_bytes, why) = { format!("Falha ao ler {file} após {}: {why}", bytes(sent_bytes)) };
    }
}

fn repeating(times: u64, of: Option<u64>, period: Duration) -> String {
    let (times, period) = (grouped(times), duration(period));
    match of {
        Some(of) => format!("Repetindo · {times} de {} · a cada {period}", grouped(of)),
        None => format!("Repetindo · {times} até agora · a cada {period}"),
    }
}
