//! What happened, as the timeline shows it, and why.

use super::{grouped, noun, plural};
use crate::words::InWords as _;
use crate::words::entry::{Endings, Entries, LifecycleKinds, States};
use crate::words::translated::translated;

translated! { SPANISH:
    Entries {
        no_peer = "un par desconocido";
        listening(local, backlog) = "escuchando en {local}, backlog {backlog}";
        listening_dual(local, backlog) = "escuchando en {local}, backlog {backlog}, IPv4 e IPv6";
        backlog_of(granted, requested) = "{granted} de {requested} pedidos";
        bound(local) = "vinculado a {local}";
        bound_dual(local) = "vinculado a {local}, IPv4 e IPv6";
        joined(bound, groups) = "{bound}, unido a {groups}";
        truncated(read) = "el datagrama siguiente es más largo que el búfer de lectura: cortado a {read}";
        truncated_of(read, whole) = "el datagrama siguiente es más largo que el búfer de lectura: cortado de {whole} a {read}";
        datagrams_dropped(datagrams) = { format!("el sistema ha descartado {}: el búfer de recepción estaba lleno", noun(datagrams, "datagrama", "datagramas")) };
        datagrams_ready(peer) = "listo para enviar a {peer}";
        datagrams_ready_from(peer, local) = "listo para enviar a {peer}, desde {local}";
        new_peer(peer) = "par nuevo {peer}";
        new_peer_to(peer, local) = "par nuevo {peer}, que envía a {local}";
        empty_from(peer) = "recibido un datagrama vacío de {peer}";
        empty_to(peer) = "enviado un datagrama vacío a {peer}";
        forgotten_by_us = "olvidado por este lado";
        forgotten_by_stop = "olvidado: servidor detenido";
        forgotten_by_reply = "olvidado tras la respuesta";
        closed_by_silence(time) = "olvidado tras {time} de silencio";
        closed_by_crowd(limit) = { format!("olvidado: hay más de {} activos", noun(limit, "par", "pares")) };
        looking_up(host) = "buscando {host}";
        connecting(peer) = "conectando con {peer}";
        connected(peer, took) = "conectado con {peer} en {took}";
        connected_from(peer, took, local) = "conectado con {peer} en {took}, desde {local}";
        next_address(error) = "{error}; se prueba la siguiente dirección";
        advised(error, advice) = "{error}. {advice}";
        reconnecting(time, attempt) = "nueva conexión en {time}, {attempt}";
        attempt(attempt) = { format!("intento {}", grouped(attempt.into())) };
        attempt_of(attempt, attempts) = { format!("intento {} de {}", grouped(attempt.into()), grouped(attempts.into())) };
        accepted(peer) = "aceptada la conexión de {peer}";
        received(size, peer) = "recibido {size} de {peer}";
        sent(size, peer) = "enviado {size} a {peer}";
        kept(size, kept) = "{size} (conservado solo el principio: {kept})";
        encrypted(size, wire) = { format!("{size} ({} {})", grouped(wire), plural(wire, "cifrado", "cifrados")) };
        of_connection(peer, what) = "{peer}: {what}";
        finished_by(peer) = "semicerrada por el par {peer} (FIN)";
        peer_finished = "semicerrada por el par (FIN)";
        we_finished = "semicerrada por este lado (FIN)";
        closed_by_us = "cerrada por este lado";
        closed_by_stop = "cerrada: servidor detenido";
        closed_by_reply = "cerrada tras la respuesta";
        closed_by_our_reset = "reiniciada por este lado (RST)";
        closed_by_peer = "cerrada por el par (FIN)";
        closed_by_failure(error) = "cerrada: {error}";
        unsent(ending, bytes) = "{ending}, {bytes} sin enviar";
        unread(ending) = "{ending}, con bytes recibidos sin leer (el sistema envía RST, inferido)";
        unix_unread(ending) = "{ending}, con bytes recibidos sin leer (la próxima lectura del par falla)";
        reset_by(peer, received) = "reiniciada por el par {peer} (RST) tras recibir {received}";
        unix_reset_by(peer, received) = "reiniciada por el par {peer} tras recibir {received}";
        received_inside(ending, bytes) = "{ending}; el flujo ha terminado dentro de un carácter: {bytes}";
        sent_inside(ending, bytes) = "{ending}; el flujo enviado ha terminado dentro de un carácter: {bytes}";
        accept_paused(error) = "aceptación en pausa: {error}";
        accept_resumed = "aceptación reanudada";
        accept_aborted(count, connections) = { format!("{connections} {} antes de ser {}", plural(count, "terminada", "terminadas"), plural(count, "aceptada", "aceptadas")) };
        received_missing(count, bytes) = { format!("{} en el archivo {bytes} de lo recibido", plural(count, "falta", "faltan")) };
        sent_missing(count, bytes) = { format!("{} en el archivo {bytes} de lo enviado", plural(count, "falta", "faltan")) };
        not_recorded(_count, entries) = "{entries} sin grabar antes de esto";
        clock_adjusted(sign, jump) = "reloj ajustado en {sign}{jump}";
        accepting = "se vuelven a aceptar conexiones nuevas";
        accepting_closes = "a partir de ahora las conexiones nuevas se cierran al momento";
        accepting_stopped = "a partir de ahora las conexiones nuevas esperan en la cola de aceptación";
        waiting(time) = "espera de {time} antes de enviar más";
        reading_stopped = "lectura detenida";
        reading_resumed = "lectura reanudada";
        pace(rate) = { format!("envío limitado a {} por segundo", noun(rate.into(), "byte", "bytes")) };
        pace_slices(bytes, pause) = { format!("envío limitado a {} por escritura, una cada {pause}", noun(bytes.into(), "byte", "bytes")) };
        pace_both(rate, slices) = { format!("{rate} y {}", slices.trim_start_matches("envío limitado ")) };
        pace_free = "envío sin límite: tan rápido como lea el par";
        by_rule(rule, what) = "por la regla {rule}: {what}";
        dropped(bytes) = "{bytes} sin enviar: descarte a propósito";
        corrupted(at, bytes, from, to) = "byte {at} de {bytes} alterado: {from:02X} ha pasado a {to:02X}";
        unanswered(bytes, peer) = "ninguna regla responde a la petición de {bytes} de {peer}";
        queue_cancelled(bytes, acts) = { format!("{} en espera {}, con {} por enviar", noun(acts, "acción", "acciones"), plural(acts, "cancelada", "canceladas"), noun(bytes, "byte", "bytes")) };
        cancelled(bytes) = "envío de un archivo cancelado tras {bytes}";
        of_process(what, process, uid) = "{what} (proceso {process}, usuario {uid})";
        stopped = "servidor detenido";
        unknown(kind) = "algo que solo conoce una versión más reciente de Bothends (tipo {kind})";
        details_unread(what) = "{what}: no se pueden leer los detalles";
        damaged(what, error) = "{what}: {error}";
    }

    LifecycleKinds |language| {
        Listening = "escuchando";
        Bound = "vinculado";
        Truncated = "un datagrama más largo que el búfer de lectura";
        Dropped = "datagramas descartados por el sistema";
        Upgraded = "paso a TLS (STARTTLS)";
        TlsHello = "TLS ofrecido por el cliente";
        TlsAgreed = "TLS acordado";
        TlsRefused = "certificados del TLS rechazado";
        TlsAlert = "una alerta TLS";
        TlsCloseNotify = "close_notify";
        TlsCut = "cortada: la conexión TCP ha terminado sin close_notify";
        TlsSecrets = "claves registradas";
        LookingUp = "buscando un nombre";
        Connecting = "conectando";
        Connected = "conectado";
        ConnectFailed = "un intento de conexión ha fallado";
        Accepted = "aceptada";
        PeerFinished = "semicerrada por el par (FIN)";
        WeFinished = "semicerrada por este lado (FIN)";
        Closed = "cerrada";
        Reset = "reiniciada por el par (RST)";
        AcceptPaused = "aceptación en pausa";
        AcceptResumed = "aceptación reanudada";
        Missing = "bytes que faltan en el archivo";
        NotRecorded = "entradas sin grabar antes de esto";
        ClockAdjusted = "reloj ajustado";
        Failed = "un error";
        Stopped = "servidor detenido";
        AcceptAborted = "conexiones terminadas antes de ser aceptadas";
        AcceptingChanged = "a partir de ahora las conexiones nuevas se tratan de otro modo";
        Waiting = "espera antes de enviar más";
        ReadingStopped = "lectura detenida";
        ReadingResumed = "lectura reanudada";
        PaceChanged = "a partir de ahora se envía a otro ritmo";
        Cancelled = "envío de un archivo cancelado";
        Unanswered = "una petición a la que ninguna regla responde";
        QueueCancelled = "lo que esperaba en la cola se ha cancelado";
        Reconnecting = "conectando de nuevo";
        SequenceBegan = "una secuencia ha empezado";
        SequenceEnded = "una secuencia ha terminado";
        Disturbed = "un mensaje descartado o alterado al azar";
    }

    States |language| {
        Open = "abierta";
        PeerFinished = "semicerrada por el par";
        WeFinished = "semicerrada por este lado";
        Closed(ending) = { ending.in_words(language) };
    }

    Endings |language| {
        Closed(closed) = { language.ended(closed, None) };
        Reset(unsent_bytes) = { language.reset(*unsent_bytes, None) };
    }
}
