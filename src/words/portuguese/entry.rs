//! What happened, as the timeline shows it, and why.

use super::{form, grouped, noun};
use crate::words::InWords as _;
use crate::words::entry::{Endings, Entries, LifecycleKinds, States};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Entries {
        no_peer = "peer desconhecido";
        listening(local, backlog) = "escutando em {local}, backlog {backlog}";
        listening_dual(local, backlog) = "escutando em {local}, backlog {backlog}, IPv4 e IPv6";
        backlog_of(granted, requested) = "{granted} de {requested} solicitados";
        bound(local) = "vinculado a {local}";
        bound_dual(local) = "vinculado a {local}, IPv4 e IPv6";
        joined(bound, groups) = "{bound}, multicast: {groups}";
        truncated(read) = "leu só {read} do próximo datagrama: ele é maior que o buffer de leitura";
        truncated_of(read, whole) = "leu só {read} de {whole} do próximo datagrama: ele é maior que o buffer de leitura";
        datagrams_dropped(datagrams) = { format!("o sistema descartou {}: o buffer de recepção estava cheio", noun(datagrams, "datagrama", "datagramas")) };
        datagrams_ready(peer) = "pronto para enviar a {peer}";
        datagrams_ready_from(peer, local) = "pronto para enviar a {peer}, a partir de {local}";
        new_peer(peer) = "novo peer {peer}";
        new_peer_to(peer, local) = "novo peer {peer}, que envia a {local}";
        empty_from(peer) = "recebeu um datagrama vazio de {peer}";
        empty_to(peer) = "enviou um datagrama vazio a {peer}";
        forgotten_by_us = "esquecido por nós";
        forgotten_by_stop = "esquecido: o servidor parou";
        forgotten_by_reply = "esquecido depois da resposta";
        closed_by_silence(time) = "esquecido após {time} de silêncio";
        closed_by_crowd(limit) = { format!("esquecido: há mais de {} outros peers ativos", grouped(limit)) };
        looking_up(host) = "resolvendo o nome {host}";
        connecting(peer) = "conectando a {peer}";
        connected(peer, took) = "conectado a {peer} em {took}";
        connected_from(peer, took, local) = "conectado a {peer} em {took}, a partir de {local}";
        next_address(error) = "{error}; tentando o próximo endereço";
        advised(error, advice) = "{error}. {advice}";
        reconnecting(time, attempt) = "reconectando em {time}, {attempt}";
        attempt(attempt) = { format!("tentativa {}", grouped(attempt.into())) };
        attempt_of(attempt, attempts) = { format!("tentativa {} de {}", grouped(attempt.into()), grouped(attempts.into())) };
        accepted(peer) = "aceitou a conexão de {peer}";
        received(size, peer) = "recebeu {size} de {peer}";
        sent(size, peer) = "enviou {size} a {peer}";
        kept(size, kept) = "{size} (guardado só o começo: {kept})";
        encrypted(size, wire) = { format!("{size} ({} {})", grouped(wire), form(wire, "cifrado", "cifrados")) };
        of_connection(peer, what) = "{peer}: {what}";
        finished_by(peer) = "semifechada pelo peer {peer} (FIN)";
        peer_finished = "semifechada pelo peer (FIN)";
        we_finished = "semifechada por nós (FIN)";
        closed_by_us = "fechada por nós";
        closed_by_stop = "fechada: o servidor parou";
        closed_by_reply = "fechada depois da resposta";
        closed_by_our_reset = "resetada por nós (RST)";
        closed_by_peer = "fechada pelo peer (FIN)";
        closed_by_failure(error) = "fechada: {error}";
        unsent(ending, bytes) = "{ending}, sem enviar {bytes}";
        unread(ending) = "{ending}, com bytes recebidos e não lidos (o sistema envia um reset: RST, inferido)";
        unix_unread(ending) = "{ending}, com bytes recebidos e não lidos (a próxima leitura do peer falha)";
        reset_by(peer, received) = "resetada pelo peer {peer} (RST) depois de receber {received}";
        unix_reset_by(peer, received) = "resetada pelo peer {peer} depois de receber {received}";
        received_inside(ending, bytes) = "{ending}; o fluxo terminou no meio de um caractere: {bytes}";
        sent_inside(ending, bytes) = "{ending}; o fluxo enviado terminou no meio de um caractere: {bytes}";
        accept_paused(error) = "aceitação pausada: {error}";
        accept_resumed = "aceitação retomada";
        accept_aborted(count, connections) = { format!("{connections} {}", form(count, "terminou antes de ser aceita", "terminaram antes de serem aceitas")) };
        received_missing(count, bytes) = { format!("{} no arquivo {bytes} do que foi recebido", form(count, "falta", "faltam")) };
        sent_missing(count, bytes) = { format!("{} no arquivo {bytes} do que foi enviado", form(count, "falta", "faltam")) };
        not_recorded(count, entries) = { format!("{entries} antes desta {}", form(count, "não foi gravada", "não foram gravadas")) };
        clock_adjusted(sign, jump) = "relógio ajustado em {sign}{jump}";
        accepting = "novas conexões voltam a ser aceitas";
        accepting_closes = "novas conexões são fechadas imediatamente a partir de agora";
        accepting_stopped = "novas conexões esperam na fila de aceitação a partir de agora";
        waiting(time) = "esperando {time} antes de enviar mais";
        reading_stopped = "leitura parada";
        reading_resumed = "leitura retomada";
        pace(rate) = { format!("a partir de agora, envia no máximo {} por segundo", noun(rate.into(), "byte", "bytes")) };
        pace_slices(bytes, pause) = { format!("a partir de agora, envia em escritas de no máximo {}, a cada {pause}", noun(bytes.into(), "byte", "bytes")) };
        pace_both(rate, slices) = { format!("{rate}, {}", slices.trim_start_matches("a partir de agora, envia ")) };
        pace_free = "a partir de agora, envia tão rápido quanto o peer lê";
        by_rule(rule, what) = "pela regra {rule}: {what}";
        dropped(bytes) = "descartou {bytes} em vez de enviar";
        corrupted(at, bytes, from, to) = "byte {at} de {bytes} corrompido: {from:02X} virou {to:02X}";
        unanswered(bytes, peer) = "nenhuma regra responde à requisição de {bytes} vinda de {peer}";
        queue_cancelled(bytes, acts) = { format!("{}, com {} por enviar", noun(acts, "ação em espera cancelada", "ações em espera canceladas"), noun(bytes, "byte", "bytes")) };
        cancelled(bytes) = "envio de arquivo cancelado após {bytes}";
        of_process(what, process, uid) = "{what} (processo {process}, usuário {uid})";
        stopped = "servidor parado";
        unknown(kind) = "algo que só uma versão mais nova do Bothends conhece (tipo {kind})";
        details_unread(what) = "{what}: não é possível ler os detalhes";
        damaged(what, error) = "{what}: {error}";
    }

    LifecycleKinds |language| {
        Listening = "escutando";
        Bound = "vinculado";
        Truncated = "um datagrama maior que o buffer de leitura";
        Dropped = "datagramas descartados pelo sistema";
        Upgraded = "passou a TLS (STARTTLS)";
        TlsHello = "TLS oferecido pelo cliente";
        TlsAgreed = "TLS negociado";
        TlsRefused = "certificados de um TLS recusado";
        TlsAlert = "um alerta TLS";
        TlsCloseNotify = "close_notify";
        TlsCut = "cortada: a conexão TCP terminou sem close_notify";
        TlsSecrets = "chaves registradas";
        LookingUp = "resolvendo um nome";
        Connecting = "conectando";
        Connected = "conectado";
        ConnectFailed = "uma tentativa de conectar falhou";
        Accepted = "conexão aceita";
        PeerFinished = "semifechada pelo peer (FIN)";
        WeFinished = "semifechada por nós (FIN)";
        Closed = "fechada";
        Reset = "resetada pelo peer (RST)";
        AcceptPaused = "aceitação pausada";
        AcceptResumed = "aceitação retomada";
        Missing = "bytes que faltam no arquivo";
        NotRecorded = "entradas não gravadas antes desta";
        ClockAdjusted = "relógio ajustado";
        Failed = "um erro";
        Stopped = "servidor parado";
        AcceptAborted = "conexões que terminaram antes de serem aceitas";
        AcceptingChanged = "mudança no tratamento de novas conexões";
        Waiting = "esperando antes de enviar mais";
        ReadingStopped = "leitura parada";
        ReadingResumed = "leitura retomada";
        PaceChanged = "mudança no ritmo de envio";
        Cancelled = "envio de arquivo cancelado";
        Unanswered = "uma requisição a que nenhuma regra responde";
        QueueCancelled = "o que estava na fila foi cancelado";
        Reconnecting = "reconectando";
        SequenceBegan = "uma sequência começou";
        SequenceEnded = "uma sequência terminou";
        Disturbed = "uma mensagem descartada ou corrompida ao acaso";
    }

    States |language| {
        Open = "aberta";
        PeerFinished = "semifechada pelo peer";
        WeFinished = "semifechada por nós";
        Closed(ending) = { ending.in_words(language) };
    }

    Endings |language| {
        Closed(closed) = { language.ended(closed, None) };
        Reset(unsent_bytes) = { language.reset(*unsent_bytes, None) };
    }
}
