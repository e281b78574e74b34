//! The lifecycle of one connection as a picture: what each mark says, and how it is known.

use super::{grouped, noun};
use crate::words::lifecycle::Lifecycles;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Lifecycles {
        name = "Ciclo de vida";
        title(connection) = "Ciclo de vida da conexão #{connection}";
        connection = "Conexão";
        connection_from(connection, client) = "#{connection} de {client}";
        connection_to(connection, server) = "#{connection} para {server}";
        choose = "Selecione uma entrada de uma conexão, ou escolha uma no inspetor, para ver o ciclo de vida dela: como começou, o que levou e como terminou.";
        encrypted = "O que há dentro está cifrado (TLS): o handshake e os registros dele não são desenhados";
        no_tcp = "Só uma conexão TCP tem um ciclo de vida de segmentos.";
        no_udp = "A troca com um peer UDP não tem ciclo de vida: nenhum handshake a começa, nenhum FIN a termina, e ninguém confirma um datagrama. Só há os datagramas.";
        show_lanes = "Mostrar os datagramas em raias";
        reading(percent) = "Lendo a gravação: {percent}%";
        not_in_view = "Só é mostrado enquanto a sessão ao vivo está à vista.";
        nothing = "Nada mais desta conexão está gravado.";
        cut = "Uma parte desta conexão não está mais gravada.";
        show = "Mostrar ciclo de vida";
        show_why = "Desenha esta conexão no meio: handshake, bytes e como ela terminou";
        save = "Salvar imagem…";
        distance = "Distância";
        even = "Uniforme";
        to_scale = "Em escala";
        to_scale_why = "Quanto mais longa a espera, maior a distância. Nenhuma distância é menor que uma linha; esperas longas são cortadas.";
        stretch = "Esticar";
        shrink = "Encolher";
        acks = "Mostrar confirmações";
        acks_hint = "Pergunta ao kernel quando o peer confirmou os bytes enviados";
        acks_cost = "Enquanto isto está ativo, uma ida e volta leva até 1,2 vez o tempo normal. As marcas de tempo começam quando são pedidas; o que houve antes é inferido.";
        departures = "Mostrar saídas";
        departures_hint = "Pergunta ao kernel também quando os bytes saíram desta máquina e quando chegaram";
        all_cost = "Enquanto os dois estão ativos, uma ida e volta leva até o dobro do tempo. As marcas de tempo começam quando são pedidas; o que houve antes é inferido.";

        peer = "Peer";
        client = "Cliente";
        server = "Servidor";

        syn = "SYN";
        syn_says = "pede para conectar";
        syn_ack = "SYN-ACK";
        syn_ack_says = "concorda e pede o mesmo";
        ack = "ACK";
        ack_says = "concorda: conectados";
        fin = "FIN";
        fin_says = "não tem mais o que enviar";
        fin_ack_says = "viu o FIN";
        rst = "RST";
        rst_says = "interrompe a conexão";
        refuses = "recusa";
        bytes(bytes) = { noun(bytes, "byte", "bytes") };
        not_read = "ainda sem leitura";
        not_acknowledged = "ainda sem confirmação";
        has_bytes(bytes) = { format!("recebeu {}", noun(bytes, "byte", "bytes")) };
        writes(count) = { noun(count, "escrita", "escritas") };
        reads(count) = { noun(count, "leitura", "leituras") };
        run(calls, size, took) = "{calls}, {size} em {took}";
        window_closed = "janela 0";
        window_closed_says = "não tem espaço: espere";
        window_open = "janela aberta";
        window_open_says = "tem espaço de novo";
        accepted = "accept";
        reads_bytes(bytes) = "lê {bytes}";
        left(bytes) = "saída de {bytes}";
        arrived(bytes) = "chegada de {bytes}";
        timed_out = "sem resposta: desistiu";
        failed = "falhou";
        again(segments) = { noun(segments, "segmento retransmitido", "segmentos retransmitidos") };

        again_segments(segments) = { noun(segments, "segmento", "segmentos") };

        inferred = "inferido";
        sent_by(call) = "enviado por {call}";
        seen_by(call) = "visto por {call}";
        both_known(one, other) = "{one}, {other}";
        both_calls(one, other) = "{one} e {other}";
        later(took) = "{took} depois";
        noticed_later(took) = "notado {took} depois";

        legend_seen = "enviado ou visto por uma chamada";
        legend_inferred = "inferido";
        legend_state_seen = "estado: dito pelo kernel";
        legend_state_inferred = "estado: inferido";
        state_of(end, state) = "{end}: {state}";
        state_tip(state, explained, how) = "{state}. {explained} {how}.";
        state_seen = "A caixa contínua: dito pelo kernel";
        state_inferred = "A caixa tracejada: inferido do que aconteceu, sem perguntar ao kernel";
        legend_unacknowledged = "enviado, não confirmado";
        legend_half_closed = "semifechada: um lado encerrou o envio";
        legend_window = "janela fechada: não pode enviar";
        legend_scale(time) = "{time}";

        sentence(when, what, how) = "{when}: {what}. {how}.";
        at(time) = "Em {time}";
        at_latest(time) = "No mais tardar em {time}";
        at_earliest(time) = "Não antes de {time}";
        how_inferred = "Inferido: nenhuma outra coisa explica o que foi visto";
        how_made(call) = "Enviado por {call}: a chamada em si não vê a rede";
        how_seen(call, means) = "Visto: {call}, {means}";
        says_syn(from, to) = "{from} pede a {to} para conectar (SYN)";
        says_syn_with(from, to, syn) = "{from} pede a {to} para conectar: {syn}";
        says_syn_ack(from, to) = "{from} concorda e pede o mesmo a {to} (SYN-ACK)";
        says_ack(from) = "{from} concorda (ACK): a conexão está estabelecida, e os dois podem enviar";
        says_accepted(who) = "o programa de {who} retira a conexão, que o sistema já tinha estabelecido";
        says_sent(from, bytes, start, end) = "{from} entrega {bytes} ao seu sistema para envio, {start} a {end} do seu fluxo; a chamada não diz se eles chegam";
        says_received(to, bytes, start, end) = "o programa de {to} lê {bytes}, {start} a {end} do fluxo";
        says_run(who, writes, sent, reads, received) = "{who} faz {writes} com {sent} e {reads} com {received}";
        says_scheduled(who, end) = "o começo do fluxo de {who} ({end}) espera o envio pela interface de rede";
        says_left(who, end) = "o começo do fluxo de {who} ({end}) saiu";
        says_acknowledged(who, end) = "o sistema de {who} diz que tem o começo do fluxo ({end}, ACK); o programa dele talvez ainda não o tenha lido";
        says_arrived(who, end) = "o começo do fluxo ({end}) chegou ao sistema de {who}";
        says_fin(from) = "{from} diz que não tem mais o que enviar (FIN); ainda recebe";
        says_fin_ack(from) = "o sistema de {from} confirma que viu o FIN (ACK)";
        says_rst(from) = "{from} interrompe a conexão (RST): o que estava a caminho se perdeu";
        says_refused(from) = "{from} recusa (RST): nenhum programa escuta ali";
        says_timed_out(who) = "nada voltou, e {who} desistiu";
        says_failed(who) = "a conexão de {who} falhou sem um segmento do peer";
        says_window_closed(from) = "{from} não tem espaço para mais (janela 0): seu programa não lê";
        says_window_open(from) = "{from} tem espaço de novo";
        says_again(who, segments) = "{who} retransmitiu {segments}, porque não veio confirmação";
        says_state(who, state) = "{who} está em {state}";

        means_connect = "que só dá certo depois disso, ou diz que foi recusado";
        means_accept = "que retornou a conexão";
        means_saved_syn = "o SYN que o kernel guardou";
        means_send = "que aceitou os bytes";
        means_receive = "que retornou os bytes, ou 0 por causa de um FIN";
        means_socket_error = "um erro do socket";
        means_shutdown = "que foi chamada";
        means_close = "que foi chamada";
        means_stamp = "uma marca de tempo do kernel";
        means_inquiry = "o que o kernel disse quando perguntado";

        option_mss(bytes) = { format!("MSS {}", grouped(bytes.into())) };
        option_scale(shift) = { format!("janela \u{d7}{}", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        option_sack = "SACK";
        option_timestamps = "timestamps";
        option_fast_open = "Fast Open";
        option_multipath = "Multipath TCP";
        option_other(kind) = "tipo {kind}";

        save_title = "Salvar imagem";
        save_picture = "Salvar";
        format = "Formato";
        svg = "SVG";
        png = "PNG";
        about_svg = "Nítido em qualquer tamanho, com texto que pode ser procurado e copiado.";
        about_png = "Feito de pixels, para programas que não aceitam SVG.";
        file = "Arquivo";
        saved(path) = "Salvo em {path}";
        file_name(connection) = "Ciclo de vida da conexão {connection}";
    }
}
