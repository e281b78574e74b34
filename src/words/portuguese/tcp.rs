//! TCP as the kernel has it: the states of a connection's ends, who moves next, the accept queue, and whose the peer is.

use super::{grouped, noun};
use crate::words::InWords as _;
use crate::words::tcp::{NoProcesses, StateMeanings, StateMoves, Tcp, TcpNumbers};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Tcp {
        this_end = "Este lado";
        peer = "Peer";
        of_this_end = "este lado";
        of_peer = "o peer";
        inferred = "inferido";
        inferred_why = "Ninguém perguntou ao kernel naquele momento: é o que se conclui do que aconteceu na conexão";
        from_kernel = "do kernel";
        end(whose, state, source) = "{whose}: {state}, {source}";
        no_states_here = "Este sistema não diz os estados de uma conexão a programas sem privilégios: eles são inferidos";
        marks_not_here = "Este sistema não diz quando os bytes são confirmados";
        marks_encrypted = "As confirmações não são mostradas: o kernel conta bytes cifrados, que não são os mostrados aqui";
        refused(error) = "O kernel não informa estados nem números: {error}";

        recorded = "Gravado";
        recorded_why = "Os estados até onde a gravação vai";
        other_transport = "Esta não é uma conexão TCP: não tem estados nem números de TCP";
        choose_recorded = "Selecione uma entrada de uma conexão para ver os estados e números dela";

        machine = "Máquina de estados";
        node(state, about) = "{state}, {about}";
        node_now(end) = "agora {end}";
        node_passed(end) = "{end} passou por aqui";
        node_apart = "não percorrido";
        legend_ours = "este lado";
        legend_peer = "o peer";
        step(time, state, cause, evidence) = "{time}: {state}, {cause}, {evidence}";
        after(time) = "+{time}";
        made_by(call) = "por {call}";
        seen_by(call) = "visto por {call}";
        call(name) = "{name}";
        sent(segment) = "{segment} enviado";
        received(segment) = "{segment} recebido";
        cause_silence = "sem resposta";
        cause_failure = "falha";
        cause_kernel = "consulta ao kernel";
        cause_between = "nesse meio-tempo";
        cause_time = "o tempo passou";

        time_left(time) = "ainda {time}";
        time_wait_client(local) = "Até lá, {local} não pode conectar de novo a este peer a partir da mesma porta. Outras portas podem, e o sistema escolhe uma delas sozinho.";
        time_wait_server(local) = "Até lá, {local} conta como em uso. Um servidor que volte a iniciar ali falha com “address in use”, a não ser que defina SO_REUSEADDR antes de bind(), como o Bothends faz em Unix. Se o cliente fechar primeiro, a espera fica do lado dele.";
        waiting_for_fin(time) = "O kernel desiste deste lado em {time} se não vier um FIN.";

        accept_queue = "Fila de aceitação";
        queue_of(queue) = { format!("{} de {} à espera", grouped(queue.waiting.into()), grouped(queue.limit.into())) };
        queue_why = "Conexões estabelecidas que esperam por accept, e quantas podem esperar: o backlog. O Linux admite mais uma";
        queue_full = "A fila de aceitação está cheia. O Linux descarta novos SYNs sem resposta; os clientes tentam de novo após 1, 3 e 7 segundos e parecem travados até que o programa aceite conexões.";

        process = "Processo";
        process_of(process) = { format!("{} (pid {})", if process.command.is_empty() { "?" } else { &process.command }, process.pid) };
        process_is(process) = "Processo: {process}";
        state_is(state, explained) = "{state}: {explained}";
    }

    StateMeanings {
        closed(end) = "{end} não tem conexão.";
        listen(end) = "{end} espera um SYN.";
        syn_sent(end) = "{end} enviou seu SYN e espera a resposta.";
        syn_received(end) = "{end} recebeu um SYN e respondeu com um SYN-ACK.";
        established(end) = "{end} tem os dois sentidos abertos.";
        fin_wait_1(end) = "{end} enviou seu FIN, que ainda não foi confirmado.";
        fin_wait_2(end) = "{end} enviou seu FIN, que foi confirmado: agora só recebe.";
        close_wait(end) = "{end} recebeu um FIN: não vêm mais bytes, mas ainda pode enviar.";
        closing(end) = "{end} enviou um FIN ao mesmo tempo que o outro lado, e o seu ainda não foi confirmado.";
        last_ack(end) = "{end} recebeu um FIN e enviou o seu.";
        time_wait(end) = "{end} fechou primeiro e espera, para que um segmento atrasado não seja tomado por um de uma nova conexão e para que um último ACK perdido possa ser enviado de novo.";
    }

    StateMoves {
        closed = "Não é a vez de ninguém: uma nova conexão começa com um SYN.";
        listen = "Agora é com um cliente: o SYN dele.";
        syn_sent(other) = "Agora é com {other}: um SYN-ACK abre a conexão, um RST a recusa. Sem resposta, o SYN é enviado de novo.";
        syn_received(other) = "Agora é com {other}: seu ACK completa o handshake.";
        established = "Os dois lados podem enviar. O que terminar primeiro envia um FIN.";
        fin_wait_1(other) = "Agora é com {other}: falta seu ACK.";
        fin_wait_2(other) = "Agora é com {other}: pode continuar enviando, e seu FIN termina a conexão.";
        close_wait(end) = "Agora é com {end}: seu FIN sai quando o programa chama shutdown ou close. Um estado que não passa é um programa que se esqueceu de fechar.";
        closing(other) = "Agora é com {other}: falta seu ACK.";
        last_ack(other) = "Agora é com {other}: seu ACK é o último segmento.";
        time_wait = "Não é a vez de ninguém: só o tempo termina isto.";
    }

    NoProcesses |language| {
        NotHere = "não está nesta máquina, ou já terminou";
        NotVisible(uid) = "um processo do usuário {uid}, que este usuário não pode examinar";
        System = "este sistema não diz isso sem privilégios";
        Refused(error) = { error.in_words(language) };
    }

    TcpNumbers {
        heading = "Números";
        whose = "Números de quem";
        none_on_record = "Nenhum número gravado: eles só são gravados enquanto esta aba mostra uma conexão";
        none_yet = "O kernel ainda não disse nada";
        gone = "A conexão acabou deste lado: estes foram seus últimos números";
        not_here = "Este sistema não diz os números de uma conexão a programas sem privilégios";
        spoken(name, value) = "{name}: {value}";
        explained(why, source) = "{why}. Fonte: {source}";
        source(field, unit) = "{field}, em {unit}";
        span(least, most) = "{least} a {most} no último minuto";
        unit_count = "segmentos";
        unit_millis = "milissegundos";
        unit_bytes = "bytes";
        unit_rate = "bytes por segundo";
        unit_micros = "microssegundos";
        bytes(count) = { format!("{} B", grouped(count)) };
        segments(count) = { noun(count, "segmento", "segmentos") };
        no_threshold = "nenhum ainda";
        no_limit = "sem limite";

        round_trip = "Ida e volta";
        round_trip_why = "O tempo suavizado entre um segmento e sua confirmação";
        variation = "Variação";
        variation_why = "Quanto varia o tempo de ida e volta: somado quatro vezes a ele, dá o prazo após o qual um segmento sem confirmação conta como perdido";
        retransmits = "Retransmitidos";
        retransmits_why = "Segmentos enviados de novo desde o começo da conexão, porque a confirmação não veio a tempo";
        mss = "Tam. do segmento";
        mss_why = "Máximo de bytes que um segmento leva (MSS), conforme permitem os dois lados e o caminho";
        in_flight = "Em trânsito";
        in_flight_why = "Segmentos enviados e ainda não confirmados";
        congestion_window = "Janela de congest.";
        congestion_window_why = "A janela de congestionamento: quantos segmentos podem estar em trânsito, conforme a rede parece aguentar";
        threshold = "Limiar (ssthresh)";
        threshold_why = "O limiar da partida lenta (slow start): abaixo dele, a janela de congestionamento dobra a cada ida e volta; acima, cresce devagar. Nenhum até a primeira perda";
        send_queue = "Fila de envio";
        send_queue_why = "Bytes que o programa escreveu e o peer ainda não confirmou";
        peer_window = "Janela do peer";
        peer_window_why = "Quantos bytes mais o peer aceita. Em 0, quem envia espera";
        delivery = "Taxa de entrega";
        delivery_why = "Com que velocidade os bytes chegaram ao peer ultimamente, medida pelas confirmações";
        pacing = "Taxa de pacing";
        pacing_why = "A velocidade máxima com que o kernel envia os segmentos, espaçados no tempo";
        limited = "Limitada por";
        limited_why = "O que impediu que os bytes fossem enviados mais depressa entre as duas últimas leituras: a janela do peer, nosso buffer de envio, a rede (a janela de congestionamento) ou o programa, que deu pouco ao kernel. Ociosa: tudo foi enviado e confirmado";
        receive_queue = "Fila de recepção";
        receive_queue_why = "Bytes que chegaram e o programa ainda não leu";
        window = "Janela";
        window_why = "Quantos bytes mais este lado aceita, como disse ao peer por último. Ela se fecha quando o programa não lê";

        by_nothing = "ociosa";
        by_program = "programa";
        by_window = "janela";
        by_buffer = "buffer";
        by_network = "rede";
        share(what, share) = { format!("{what} {:.0}%", share * 100.0) };
        busy(share) = { format!("{:.0}% do tempo com algo a enviar", share * 100.0) };
    }
}
