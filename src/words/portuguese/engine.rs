//! What failed in the engine, and what to do next.

use super::{decimal, grouped, noun};
use crate::words::InWords as _;
use crate::words::engine::{Commands, Engine, NetErrors, Unreachable};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Engine {
        not_started(reason) = "falha ao iniciar o endpoint: {reason}";
        not_connected(address, reason) = "falha ao conectar a {address}: {reason}";
        timed_out(seconds) = { format!("tempo esgotado após {} s", decimal(seconds)) };
        try_again = "Tente de novo em instantes";
        use_free_port = "Use uma porta livre ou pare o que escuta ali";
        use_high_port = "Portas abaixo de 1024 exigem privilégios especiais: use a 1024 ou uma acima dela";
        use_our_address = "Escolha um dos endereços desta máquina";
        choose_ipv4 = "Escolha um endereço IPv4";
        make_room = "Feche conexões ou programas e tente de novo";
        make_room_or_raise = "Feche conexões ou programas, ou aumente o limite (ulimit -n), e tente de novo";
        add_scope = "Acrescente a interface a um endereço link-local: fe80::1%eth0";
        use_ipv4_itself = "Use o próprio endereço IPv4, ou :: com dual-stack";
        check_name = "Confira o nome e os servidores de nomes desta máquina, ou digite o próprio endereço";
        wait_for_look_ups = "Espere até que uma termine, ou digite o próprio endereço";
        start_server = "Verifique se um servidor escuta neste endereço e nesta porta";
        check_network = "Verifique o endereço e a rede desta máquina";
        check_firewall = "Verifique o endereço e os firewalls no caminho";
        check_permission = "Verifique o firewall desta máquina e o que este programa pode fazer";
        allow_more_time = "Verifique o endereço e os firewalls no caminho, ou dê mais tempo";
        use_ipv4 = "Use um endereço IPv4";
        accepting_goes_on = "Feche conexões ou programas; a aceitação é retomada sozinha quando houver lugar";
        accepting_goes_on_or_raise = "Feche conexões ou programas, ou aumente o limite (ulimit -n); a aceitação é retomada sozinha quando houver lugar";
        wait_for_reader = "Espere até que o peer leia, ou desconecte-o";
        wait_for_readers = "Espere até que os peers leiam, ou desconecte os que não leem";
        use_other_path = "Escolha outro caminho; outro programa escuta neste, ou há nele um arquivo de outro tipo";
        shorten_path = "Use um caminho mais curto (no máximo 107 bytes)";
        use_path = "Use um caminho: só o Linux tem nomes abstratos (unix:@…), e o Windows não tem sockets Unix";
        use_our_source = "Conecte a partir de um dos endereços desta máquina";
        use_same_family = "Conecte a partir de um endereço da mesma família que o destino, IPv4 ou IPv6";
        make_folder = "Crie a pasta ou escolha um caminho em uma que exista";
        check_path = "Verifique o caminho e se um servidor escuta nele";
        not_done_elsewhere(endpoint, why) = "não feito no endpoint {endpoint}: {why}";
        not_sent_elsewhere(endpoint, bytes, why) = "envio de {bytes} não feito no endpoint {endpoint}: {why}";
        undelivered(peer, why) = "um datagrama não chegou a {peer}: {why}";
        undelivered_said(peer, why, by) = "um datagrama não chegou a {peer}: {why}, segundo {by}";
        some_peer = "um peer";
        port_unreachable = "ninguém escuta ali (ICMP port unreachable)";
        icmp_host_unreachable = "não há como alcançar o host (ICMP host unreachable)";
        icmp_net_unreachable = "não há como alcançar a rede (ICMP network unreachable)";
        icmp_prohibited = "um firewall não o deixa passar (ICMP administratively prohibited)";
        icmp_too_big = "é grande demais para o caminho até lá (ICMP packet too big)";
        icmp_other(kind, code) = "ICMP tipo {kind}, código {code}";
        too_long = "um datagrama leva no máximo 65.507 bytes";
        send_queue_full = "a fila de envio do sistema está cheia (ENOBUFS)";
        send_slower = "Envie mais devagar";
        check_port = "Verifique se um programa tem esta porta UDP aberta";
        send_less = "Envie menos de uma vez, ou divida em fatias";
        answer_faster = "Espere menos antes das respostas, ou faça o peer pedir com menos frequência";
        choose_peer = "Escolha um peer conectado ou espere por um";
    }

    Commands |language| {
        Full = "o endpoint ainda está ocupado com comandos anteriores";
        Ended = "o endpoint não existe mais";
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
    }

    Unreachable |language| {
        NotRunning = "ele não está em execução";
        NoConnection = "ele não tem conexão";
        Busy = "ele ainda está ocupado com o que foi solicitado antes";
    }

    NetErrors |language| {
        Listen(address, source) = { format!("falha ao escutar em {address}: {}", language.reason_at(address, source)) };
        LookUp(host, source) = { format!("falha ao resolver o nome {host}: {}", language.lookup_reason(source)) };
        TooManyLookUps(host, limit) = "falha ao resolver o nome {host}: já há {limit} outras consultas em espera";
        Connect(address, source) = { language.engine.not_connected(address, &source.in_words(language)) };
        ConnectTimeout(address, timeout) = { language.engine.not_connected(address, &language.engine.timed_out(timeout.as_secs_f64())) };
        ConnectGivenUp(target) = "a conexão a {target} foi cancelada";
        Accept(address, source) = { format!("falha ao aceitar conexões em {address}: {}", source.in_words(language)) };
        Receive(peer, source) = { format!("falha ao receber de {peer}: {}", language.reason_at(peer, source)) };
        Send(peer, source) = { format!("falha ao enviar a {peer}: {}", language.reason_at(peer, source)) };
        Undelivered(peer, source, icmp) = { language.undelivered(peer.as_ref(), source, *icmp) };
        Datagram(peer, bytes, source) = { format!("{} a {peer}: {}", noun(*bytes, "byte não enviado", "bytes não enviados"), language.datagram_reason(*bytes, source)) };
        Overrun(peer) = "os datagramas de {peer} ficam sem resposta: já há respostas demais em espera";
        Tls(peer, source) = { language.tls_failed(peer, source) };
        TlsSettings(source) = { format!("falha ao configurar TLS: {}", source.in_words(language)) };
        NoTls = "TLS não iniciado: a conexão já está cifrada, ou o endpoint dela não está configurado para TLS";
        FinishTimeout(peer, timeout) = { format!("{peer} não leu a resposta nem encerrou o envio em {} s", decimal(timeout.as_secs_f64())) };
        FinishFlood(peer, limit_bytes) = { format!("{peer} enviou mais de {} depois da resposta", language.counts.bytes(*limit_bytes)) };
        QueueFull(peer, bytes, queued_bytes) = { format!("{} na fila para {peer}: ele ainda não leu o que veio antes ({})", noun(*bytes, "byte não entrou", "bytes não entraram"), language.counts.bytes(*queued_bytes)) };
        BudgetSpent(peer, bytes, queued_bytes) = { format!("{} na fila para {peer}: já há {} à espera de peers desta sessão que não leem", noun(*bytes, "byte não entrou", "bytes não entraram"), language.counts.bytes(*queued_bytes)) };
        RequestTooLong(limit_bytes) = { format!("sem resposta: ela usa a requisição, que tem mais de {}", language.counts.bytes(*limit_bytes)) };
        MemoryFull(limit_bytes) = { format!("não memorizado: este endpoint já memoriza {}", language.counts.bytes(*limit_bytes)) };
        GroupName(bytes, limit_bytes) = { format!("fora do grupo: o nome dele tem {}, e o máximo é {}", language.counts.bytes(*bytes), grouped(*limit_bytes)) };
        GroupsFull(limit) = { format!("fora do grupo: as conexões deste endpoint já estão em {} grupos", grouped(*limit)) };
        Elsewhere(endpoint, bytes, why) = { language.elsewhere(*endpoint, *bytes, *why) };
        NoPlace = "não memorizado: a requisição não diz onde";
        NotOpen(bytes) = { format!("{}: a conexão não está mais aberta para envio", noun(*bytes, "byte não enviado", "bytes não enviados")) };
        NotConnected(bytes) = { format!("{}: nenhuma conexão foi estabelecida", noun(*bytes, "byte não enviado", "bytes não enviados")) };
        NoConnection = "não feito: essa conexão não existe mais";
        NoPeers(bytes) = { format!("{}: nenhum peer está conectado", noun(*bytes, "byte não enviado", "bytes não enviados")) };
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
        Lab(address, source) = { format!("falha ao usar {address} nesta rede: {}", source.in_words(language)) };
        Template(source) = { format!("o modelo não foi enviado: {}", source.in_words(language)) };
    }
}
