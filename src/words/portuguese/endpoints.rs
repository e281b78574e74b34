//! Endpoints: their rows, their settings, their connections.

use super::{bytes, duration, form, grouped, noun, rate};
use crate::words::endpoints::{BindScopes, Endpoints};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Endpoints {
        tab = "Endpoints";
        left_tabs = "Conteúdo do documento";
        add = "Adicionar um endpoint";
        new_copy = "Cópia";
        list_menu = "Ordem dos endpoints";
        as_arranged = "Ordem manual";
        by_name = "Por nome";
        running_first = "Em execução primeiro";
        filter = "Filtrar endpoints";
        none = "Ainda não há endpoints. Adicione um servidor para aceitar conexões ou um cliente para abrir uma.";
        none_match = "Nenhum endpoint tem isso no nome.";
        row(name, state) = "{name}, {state}";
        echoes = "eco";
        replies_fixed = "mensagem fixa";
        replies_by_rules = "regras";
        replies_nothing = "sem resposta";
        number(connection) = "#{connection}";
        amount(size) = { bytes(size) };
        time(time) = { duration(time) };
        rate(bytes_per_second) = { rate(bytes_per_second) };

        nothing_selected = "Adicione um endpoint para ver aqui sua configuração";
        inspector_tabs = "Partes do endpoint";
        close_inspector = "Fechar o inspetor";
        setup = "Configuração";
        setup_of(name) = "Configuração de {name}";
        connection = "Conexão";
        no_connection = "Ainda não há conexão";
        no_peer = "Ainda não há peer";
        behaviour = "Comportamento";
        accepting = "Aceitação";
        connecting_section = "Ao conectar";
        how_read = "Enquadramento e codificação";

        open = "Aberta";
        open_why = "Os dois lados podem enviar. Quem terminar primeiro envia um FIN.";
        peer_finished_why = "O peer enviou seu FIN e não envia mais nada. Nós ainda podemos enviar; nosso FIN, ou o fechamento, termina a conexão.";
        we_finished_why = "Enviamos nosso FIN. O peer ainda pode enviar, e o FIN dele termina a conexão.";
        closed = "Fechada";
        lost = "Interrompida";
        local_address = "Endereço local";
        peer_address = "Peer";
        opened = "Aberta às";
        took = "Conectada em";
        received = "Recebidos";
        sent = "Enviados";
        act = "Ações";
        speed = "Velocidade de envio";
        speed_why = "Com que velocidade esta conexão envia, a partir de agora";
        rate_field = "Bytes por segundo";
        rate_field_why = "Máximo de bytes por segundo, como 10k; vazio: tão rápido quanto o peer lê";
        slice_field = "Bytes por escrita";
        slice_field_why = "Envia em escritas de no máximo tantos bytes; vazio: o quanto o sistema aceitar";
        pause_field = "Pausa entre elas";
        pause_field_why = "A pausa entre duas escritas, como 20ms";
        wait_field = "Espera";
        wait_field_why = "Não faz nada durante este tempo antes do próximo envio, como 500ms";
        apply = "Aplicar";
        wait_now = "Esperar";

        show_all = "Mostrar todas as entradas";
        show_only = "Mostrar só as entradas deste endpoint";
        name = "Nome";
        more(name) = "Mais opções para {name}";
        finish_sending = "Encerrar o envio (FIN)";
        rename = "Renomear";
        duplicate = "Duplicar";
        remove = "Remover";
        stop_and_remove = "Parar e remover";
        removed(name) = "{name}: endpoint removido";
        undo = "Desfazer";
        stopped = "parado";
        not_connected = "não conectado";
        connecting = "conectando";
        paused = "aceitação pausada";
        listening = "escutando";
        connected = "conectado";
        failed = "falhou";

        start_server = "Iniciar servidor";
        stop_server = "Parar servidor";
        start_server_short = "Iniciar";
        stop_server_short = "Parar";
        connect = "Conectar";
        disconnect = "Desconectar";
        disconnect_peer = "Fechar conexão";
        use_free_port = "Usar uma porta livre";

        bind_address = "Endereço de escuta";
        choose_address = "Escolher um endereço desta máquina";
        bind_port = "Porta de escuta";
        any_port = "0 escolhe qualquer porta livre";
        both_families = "IPv4 e IPv6";
        reachable = "Acessível a outros na rede";
        address_choice(address, about) = "{address}, {about}";
        listening_on(address) = "Escutando em {address}";
        reachable_at(address) = "Acessível em {address}";
        backlog_of(backlog) = { format!("backlog {}", grouped(backlog.into())) };
        backlog_capped(backlog, requested) = { format!("backlog {} de {} solicitados", grouped(backlog.into()), grouped(requested.into())) };
        no_backlog = "UDP: sem backlog, cada datagrama por si";
        dual_stack(backlog) = "{backlog}, IPv4 e IPv6";
        copy = "Copiar";
        copy_this(address) = "Copiar {address}";
        copy_address = "Copiar endereço";

        transport = "Transporte";
        tcp = "TCP";
        tls = "TLS";
        udp = "UDP";
        unix = "Socket Unix";
        key_file = "Arquivo da chave";
        flaw = "Defeito do certificado";
        alpn = "Protocolos (ALPN)";
        forget_after = "Esquecer peers após";
        forget_after_why = "Depois de quanto tempo de silêncio nos dois sentidos um peer é esquecido, como 30s; em UDP não há fim que se possa ver; vazio: 2 minutos";
        groups = "Grupos multicast";
        groups_why = "Grupos em que entrar, como 239.1.2.3 ou ff02::fb, vários separados por vírgulas; outros programas podem entrar neles na mesma porta; vazio: nenhum";
        interface = "Interface de multicast";
        interface_why = "Em qual interface entrar nos grupos e enviar multicast, pelo nome ou por um dos endereços dela; vazio: a que o sistema escolher";
        multicast_ttl = "TTL de multicast";
        multicast_ttl_why = "Quantos saltos um datagrama multicast pode dar, de 0 a 255: com 0, não sai desta máquina; com 1, não sai da rede local; vazio: o número do sistema, que é 1";
        multicast_loop = "Receber o próprio multicast nesta máquina";
        multicast_loop_why = "Se o que é enviado a um grupo chega também aos programas desta máquina que entraram nele, inclusive este (IP_MULTICAST_LOOP)";
        forgetting = "Esquecer peers";
        forgetting_why = "UDP não tem conexões. Quem envia é um peer, até que nada chegue nem saia durante este tempo; vazio: 2 minutos.";
        multicast = "Multicast";
        forget_peer = "Esquecer";
        forget_selected = "Esquecer os peers selecionados";
        peers_and_forgotten(open, forgotten) = { format!("{}, {} {}", noun(open, "peer", "peers"), grouped(forgotten), form(forgotten, "esquecido", "esquecidos")) };
        clear_forgotten = "Limpar esquecidos";
        clear_forgotten_name = "Limpar peers esquecidos";
        clear_forgotten_why = "Remove desta lista os peers esquecidos; as entradas deles continuam na linha do tempo";
        last_activity_at(time) = "ativo por último às {time}";
        udp_peer(address, state, amounts) = "{address}: {state}, {amounts}";
        datagrams_each_way(received, sent) = { datagrams_each_way(received, sent) };
        datagrams_undelivered(received, sent, undelivered) = { format!("{}, {} {}", datagrams_each_way(received, sent), grouped(undelivered), form(undelivered, "não entregue", "não entregues")) };
        datagrams_of(datagrams, size) = { format!("{}, {}", noun(datagrams, "datagrama", "datagramas"), bytes(size)) };
        state_and(state, amounts) = "{state}, {amounts}";
        ready = "pronto";
        ready_to_send(peer) = "Pronto para enviar a {peer}";
        udp_known = "peer conhecido";
        udp_forgotten = "esquecido";
        udp_no_states = "UDP não tem estados: nenhum handshake deu início a isto e nenhum FIN vai terminá-lo. Há só datagramas, cada um por si, e a hora do último.";
        udp_new_again = "Nada foi enviado ao peer sobre isso. Se ele enviar de novo, será um novo peer.";
        udp_nothing_came = "Nada voltou ainda. O UDP não diz se alguém recebeu o que foi enviado: só uma resposta diz.";
        udp_undelivered_why(datagrams) = { format!("{} ao destino: foi o que a rede disse (ICMP).", noun(datagrams, "datagrama não chegou", "datagramas não chegaram")) };
        udp_first = "Primeiro datagrama";
        udp_last = "Última atividade";
        udp_local_why = "O endereço ao qual o peer envia";
        udp_forgotten_at = "Será esquecido às";
        udp_forgotten_at_why = "Se nada chegar nem sair até lá";
        udp_undelivered = "Não entregues";
        udp_undelivered_hint = "Mensagens ICMP que voltaram. A falta delas não quer dizer que tudo chegou.";
        datagrams_undelivered_of(datagrams) = { noun(datagrams, "datagrama", "datagramas") };
        udp_speed_why = "Com que velocidade os datagramas são enviados a este peer, a partir de agora";
        udp_slice = "Bytes por datagrama";
        udp_slice_why = "Divide o que é enviado em datagramas de no máximo tantos bytes; vazio: um datagrama por mensagem";
        udp_pause_why = "A pausa entre dois datagramas, como 20ms";
        stop_first = "Pare ou desconecte para mudar isto";
        forget_after_reply = "Esquecer o peer depois de responder";
        forget_after_reply_why = "Nada é enviado a ele; se enviar de novo, será um novo peer";
        replies_to_datagrams = "Responde a cada datagrama";
        greeting_of_datagrams_why = "Enviada a cada peer antes de tudo o mais; a de um servidor, depois do primeiro datagrama do peer";
        read_buffer_of_datagrams_why = "Máximo de bytes de um datagrama: de 1 a 1m. Um datagrama maior que isso é cortado, e o resto se perde";
        send_buffer_of_datagrams_why = "SO_SNDBUF: quanto o sistema aceita deste programa antes de enviar; o Linux dobra o valor; vazio: o tamanho do sistema";
        receive_buffer_of_datagrams_why = "SO_RCVBUF: quanto pode esperar por este programa, de todos os peers juntos; o que chega além disso se perde; o Linux dobra o valor; vazio: o tamanho do sistema";
        connect_of_datagrams_why = "UDP não tem handshake: conectar só resolve o nome e abre um socket, sem enviar nada. Se há alguém lá, só se sabe quando algo volta.";
        reconnect_of_datagrams_why = "Abre de novo um socket quando o nome não é encontrado ou o peer foi esquecido: a primeira e a maior espera e, se quiser, quantas vezes, como 1s..30s, 10; vazio: nunca";
        socket_path = "Caminho do socket";
        socket_path_why = "O caminho do arquivo do socket, ou @ e um nome, sem arquivo (Linux)";
        mode = "Permissões do arquivo";
        mode_why = "Quem pode conectar, em octal: 600 é só você, 666 é qualquer um; vazio: o sistema decide";

        network = "Rede";
        network_why = "O laboratório é uma rede privada nesta máquina, da qual cada pacote é gravado; os endpoints dela só alcançam uns aos outros, em 127.0.0.1 e ::1";
        system_network = "Sistema";
        lab = "Laboratório (rede privada)";
        in_lab(address) = "{address}, no laboratório";
        lab_delay = "Atraso de pacotes";
        lab_delay_why = "Quanto cada pacote do laboratório se atrasa, nos dois sentidos; em todo o laboratório vale o que diz o último servidor iniciado; vazio: nada";
        lab_loss = "Perda de pacotes";
        lab_loss_why = "Quantos pacotes do laboratório se perdem, como 1%; em todo o laboratório vale o que diz o último servidor iniciado; vazio: nenhum";

        target = "Destino";
        choose_server = "Escolher um servidor";
        host_and_port = "Host e porta";
        not_listening = "ainda não escuta";
        remote_host = "Host remoto";
        remote_port = "Porta remota";
        connected_to(peer) = "Conectado a {peer}";
        half_closed_by_peer = "semifechada pelo peer (FIN)";
        half_closed_by_us = "semifechada por nós (FIN)";
        follow = "Seguir conexão";
        follow_why = "Mostra a conexão inteira como texto ou como dump hexadecimal";

        reply = "Resposta";
        echo = "Eco";
        fixed = "Mensagem fixa";
        no_reply = "Nenhuma";
        reply_message = "Mensagem de resposta";
        hex = "Hex";
        hex_why = "A mensagem é escrita em dígitos hexadecimais";
        escapes = "Escapes";
        escapes_why = r"\n, \x0A e semelhantes representam bytes";
        template = "Modelo";
        template_why = "Campos como {{counter}} são calculados para cada resposta";
        when_applied = "Aplicado quando você sai deste campo";
        replies_to_reads = "Responde a cada leitura";
        replies_to_reads_why = "Escolha um enquadramento em “Enquadramento e codificação” para responder a cada quadro";
        replies_to_frames = "Responde a cada quadro";

        greeting = "Saudação";
        greeting_why = "Enviada em cada conexão antes de tudo o mais";

        socket_options = "Opções de socket";
        source = "Endereço de origem";
        source_why = "O endereço, :porta ou endereço:porta a partir do qual conectar; vazio: qualquer um";
        no_delay = "Enviar escritas pequenas sem esperar";
        no_delay_why = "TCP_NODELAY; se desativado, o sistema pode juntar escritas pequenas em um segmento (algoritmo de Nagle)";
        keep_alive = "Keep-alive";
        keep_alive_why = "SO_KEEPALIVE: sonda um peer em silêncio após o primeiro tempo, depois a cada intervalo, e desiste após tantas sondas, como 60s,10s,5; vazio: nunca";
        send_buffer = "Buffer de envio";
        send_buffer_why = "SO_SNDBUF: quanto o sistema aceita deste programa antes de o peer confirmar; o Linux dobra o valor; vazio: automático";
        receive_buffer = "Buffer de recepção";
        receive_buffer_why = "SO_RCVBUF: quanto o sistema guarda para este programa e, portanto, a janela que o peer pode encher; o Linux dobra o valor; vazio: automático";
        ttl = "TTL";
        ttl_why = "Quantos saltos um pacote pode dar até o destino, de 1 a 255; vazio: o número do sistema";
        linger = "Linger";
        linger_why = "SO_LINGER: quanto o fechamento pode esperar por bytes não enviados; 0s faz dele um reset; vazio: o sistema cuida disso em segundo plano";
        new_connections = "Novas conexões";
        new_connections_why = "Vale imediatamente: aceitá-las, aceitá-las e fechá-las, ou deixá-las no backlog até que ele encha";
        accept = "Aceitar";
        accept_and_close = "Aceitar e fechar";
        stop_accepting = "Deixar no backlog";

        start_tls = "Iniciar TLS";
        stop_reading = "Parar de ler";
        resume_reading = "Voltar a ler";
        reset = "Resetar (RST)";
        pace = "Velocidade de envio";
        pace_free = "Tão rápido quanto o peer lê";
        pace_rate(rate) = { format!("{} por segundo", bytes(rate)) };
        pace_slices(size, pause) = { format!("{} por escrita, a cada {}", bytes(size), duration(pause)) };

        backlog = "Backlog";
        backlog_why = "Quantas conexões podem esperar para ser aceitas; o sistema pode impor um limite";
        stop_to_change = "Pare o servidor para mudar isto";
        read_buffer = "Buffer de leitura";
        read_buffer_why = "Máximo de bytes que uma leitura retorna: de 1 a 1m";
        close_after_reply = "Fechar depois de responder";
        when_peer_finishes = "Quando o peer encerra o envio";
        close = "Fechar";
        stay_half_open = "Manter o envio aberto";
        not_applied = "configuração inválida";
        not_approved = "não aprovado";
        not_applied_why = "Nada aqui é aplicado enquanto o campo em vermelho não estiver certo; o servidor continua como antes.";
        reading_stopped = "Leitura parada";
        new_data = "Vale para dados novos";
        connect_timeout = "Tempo limite de conexão";
        connect_timeout_why = "Quanto tempo cada endereço pode levar: 200ms, 5s, 1m";
        reconnect = "Reconectar";
        reconnect_why = "Conecta de novo quando uma tentativa falha ou a conexão termina: a primeira e a maior espera e, se quiser, quantas vezes, como 1s..30s, 10; vazio: nunca";
        reconnecting(seconds, attempt) = { format!("reconectando em {} · {attempt}", seconds_left(seconds)) };
        again_in(seconds, attempt) = { format!("de novo em {} · {attempt}", seconds_left(seconds)) };
        reconnecting_now(attempt) = "reconectando · {attempt}";
        stop_reconnecting = "Parar";
        send_saved = "Enviar mensagem salva";
        wait_a_second = "Esperar 1 s antes de enviar mais";
        wait_menu = "Esperar antes de enviar mais";
        wait_for(time) = { duration(time) };
        disconnect_to_change = "Desconecte para mudar isto";

        peers(open) = { noun(open, "peer", "peers") };
        peers_and_closed(open, closed) = { format!("{}, {} {}", noun(open, "peer", "peers"), grouped(closed), form(closed, "fechado", "fechados")) };
        forget = "Limpar fechados";
        forget_name = "Limpar peers fechados";
        forget_why = "Remove desta lista os peers fechados; as entradas deles continuam na linha do tempo";
        peer(address, state, received_bytes, sent_bytes, since) = { format!("{address}: {state}, {} recebidos, {} enviados, desde {since}", bytes(received_bytes), bytes(sent_bytes)) };
        bytes_since(received_bytes, sent_bytes, since) = { format!("{} recebidos, {} enviados, desde {since}", bytes(received_bytes), bytes(sent_bytes)) };
        ended_bytes(state, received_bytes, sent_bytes) = { format!("{state}, {} recebidos, {} enviados", bytes(received_bytes), bytes(sent_bytes)) };
        show_peer = "Mostrar só este peer";
        numbered_peer(number, address) = "#{number} {address}";
        send_to_peer = "Enviar a este peer";
        selected(count) = { format!("{} {}", grouped(count), form(count, "selecionado", "selecionados")) };
        send_to_selected = "Enviar a estes";
        send_to_selected_why = "Envia a mensagem aos peers selecionados";
        disconnect_selected = "Desconectar os peers selecionados";
        clear_selection = "Limpar seleção";
    }

    BindScopes |language| {
        LoopbackV4 = "só esta máquina (IPv4)";
        LoopbackV6 = "só esta máquina (IPv6)";
        AllV4 = "todos os endereços IPv4";
        AllV6 = "todos os endereços IPv6";
        DualStack = "todos os endereços (dual-stack)";
        Interface(name) = "{name}";
    }
}

/// Returns how many datagrams, and bytes in them, came and went.
fn datagrams_each_way(received: (u64, u64), sent: (u64, u64)) -> String {
    let each = |(datagrams, size): (u64, u64), one, many| {
        let way = form(datagrams, one, many);
        format!("{} {way} ({})", grouped(datagrams), bytes(size))
    };
    let received = each(received, "recebido", "recebidos");
    format!("{received}, {}", each(sent, "enviado", "enviados"))
}

/// Returns a time that counts down in whole seconds.
fn seconds_left(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}
