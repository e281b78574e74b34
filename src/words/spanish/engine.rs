//! What failed in the engine, and what to do next.

use super::{decimal, grouped, noun};
use crate::words::InWords as _;
use crate::words::engine::{Commands, Engine, NetErrors, Unreachable};
use crate::words::translated::translated;

translated! { SPANISH:
    Engine {
        not_started(reason) = "no se puede iniciar el extremo: {reason}";
        not_connected(address, reason) = "no se puede conectar con {address}: {reason}";
        timed_out(seconds) = { format!("tiempo de espera agotado tras {} s", decimal(seconds)) };
        try_again = "Inténtelo de nuevo dentro de un momento";
        use_free_port = "Use un puerto libre o detenga lo que escucha ahí";
        use_high_port = "Los puertos por debajo del 1024 exigen permisos especiales: use el 1024 o uno superior";
        use_our_address = "Elija una de las direcciones de este equipo";
        choose_ipv4 = "Elija una dirección IPv4";
        make_room = "Cierre conexiones o programas e inténtelo de nuevo";
        make_room_or_raise = "Cierre conexiones o programas, o aumente el límite (ulimit -n), e inténtelo de nuevo";
        add_scope = "Añada la interfaz a una dirección de enlace local: fe80::1%eth0";
        use_ipv4_itself = "Use directamente la dirección IPv4, o :: con pila doble";
        check_name = "Compruebe el nombre y los servidores de nombres de este equipo, o introduzca directamente la dirección";
        wait_for_look_ups = "Espere a que termine una o introduzca directamente la dirección";
        start_server = "Compruebe que un servidor escucha en esta dirección y este puerto";
        check_network = "Compruebe la dirección y la red de este equipo";
        check_firewall = "Compruebe la dirección y los cortafuegos del camino";
        check_permission = "Compruebe el cortafuegos de este equipo y los permisos de este programa";
        allow_more_time = "Compruebe la dirección y los cortafuegos del camino, o aumente el tiempo de espera";
        use_ipv4 = "Use una dirección IPv4";
        accepting_goes_on = "Cierre conexiones o programas; la aceptación se reanuda sola cuando haya sitio";
        accepting_goes_on_or_raise = "Cierre conexiones o programas, o aumente el límite (ulimit -n); la aceptación se reanuda sola cuando haya sitio";
        wait_for_reader = "Espere a que el par lea o desconéctelo";
        wait_for_readers = "Espere a que los pares lean o desconecte a los que no lo hacen";
        use_other_path = "Elija otra ruta; en esta escucha otro programa, o es un archivo de otro tipo";
        shorten_path = "Use una ruta más corta (107 bytes como máximo)";
        use_path = "Use una ruta: solo Linux tiene nombres abstractos (unix:@…), y Windows no tiene sockets Unix";
        use_our_source = "Conecte desde una de las direcciones de este equipo";
        use_same_family = "Conecte desde una dirección de la misma familia que el destino, IPv4 o IPv6";
        make_folder = "Cree la carpeta o elija una ruta en una que exista";
        check_path = "Compruebe la ruta y que un servidor escucha en ella";
        not_done_elsewhere(endpoint, why) = "sin hacer en el extremo {endpoint}: {why}";
        not_sent_elsewhere(endpoint, bytes, why) = "{bytes} sin enviar en el extremo {endpoint}: {why}";
        undelivered(peer, why) = "un datagrama no ha llegado a {peer}: {why}";
        undelivered_said(peer, why, by) = "un datagrama no ha llegado a {peer}: {why}, según {by}";
        some_peer = "un par";
        port_unreachable = "ahí no escucha nadie (ICMP port unreachable)";
        icmp_host_unreachable = "no se puede llegar al host (ICMP host unreachable)";
        icmp_net_unreachable = "no se puede llegar a la red (ICMP network unreachable)";
        icmp_prohibited = "un cortafuegos no lo deja pasar (ICMP administratively prohibited)";
        icmp_too_big = "es demasiado largo para el camino (ICMP packet too big)";
        icmp_other(kind, code) = "ICMP tipo {kind}, código {code}";
        too_long = "un datagrama contiene como máximo 65\u{a0}507 bytes";
        send_queue_full = "la cola de envío del sistema está llena (ENOBUFS)";
        send_slower = "Envíe más despacio";
        check_port = "Compruebe que un programa tiene abierto este puerto UDP";
        send_less = "Envíe menos de una vez o córtelo en trozos";
        answer_faster = "Espere menos antes de las respuestas o haga que el par pregunte con menos frecuencia";
        choose_peer = "Elija un par conectado o espere a que haya uno";
    }

    Commands |language| {
        Full = "el extremo aún está ocupado con órdenes anteriores";
        Ended = "el extremo ya no existe";
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
    }

    Unreachable |language| {
        NotRunning = "no está en marcha";
        NoConnection = "no tiene ninguna conexión";
        Busy = "aún está ocupado con lo pedido antes";
    }

    NetErrors |language| {
        Listen(address, source) = { format!("no se puede escuchar en {address}: {}", language.reason_at(address, source)) };
        LookUp(host, source) = { format!("no se encuentra {host}: {}", language.lookup_reason(source)) };
        TooManyLookUps(host, limit) = "no se puede buscar {host}: aún esperan otras {limit} búsquedas";
        Connect(address, source) = { language.engine.not_connected(address, &source.in_words(language)) };
        ConnectTimeout(address, timeout) = { language.engine.not_connected(address, &language.engine.timed_out(timeout.as_secs_f64())) };
        ConnectGivenUp(target) = "la conexión con {target} se ha cancelado";
        Accept(address, source) = { format!("no se puede aceptar en {address}: {}", source.in_words(language)) };
        Receive(peer, source) = { format!("no se puede recibir de {peer}: {}", language.reason_at(peer, source)) };
        Send(peer, source) = { format!("no se puede enviar a {peer}: {}", language.reason_at(peer, source)) };
        Undelivered(peer, source, icmp) = { language.undelivered(peer.as_ref(), source, *icmp) };
        Datagram(peer, bytes, source) = { format!("{} sin enviar a {peer}: {}", language.counts.bytes(*bytes), language.datagram_reason(*bytes, source)) };
        Overrun(peer) = "los datagramas de {peer} quedan sin responder: ya esperan demasiadas respuestas";
        Tls(peer, source) = { language.tls_failed(peer, source) };
        TlsSettings(source) = { format!("no se puede preparar TLS: {}", source.in_words(language)) };
        NoTls = "TLS sin iniciar: la conexión ya está cifrada, o su extremo no está ajustado para TLS";
        FinishTimeout(peer, timeout) = { format!("{peer} no ha leído la respuesta ni ha terminado el envío en {} s", decimal(timeout.as_secs_f64())) };
        FinishFlood(peer, limit_bytes) = { format!("{peer} ha enviado más de {} después de la respuesta", language.counts.bytes(*limit_bytes)) };
        QueueFull(peer, bytes, queued_bytes) = { format!("{} sin poner en cola para {peer}: aún no ha leído los anteriores, {}", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        BudgetSpent(peer, bytes, queued_bytes) = { format!("{} sin poner en cola para {peer}: ya hay {} a la espera de pares de esta sesión que no leen", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        RequestTooLong(limit_bytes) = { format!("sin responder: la respuesta usa la petición, que tiene más de {}", language.counts.bytes(*limit_bytes)) };
        MemoryFull(limit_bytes) = { format!("sin recordar: este extremo ya recuerda {}", language.counts.bytes(*limit_bytes)) };
        GroupName(bytes, limit_bytes) = { format!("sin unirse al grupo: su nombre tiene {} y puede tener como máximo {}", language.counts.bytes(*bytes), grouped(*limit_bytes)) };
        GroupsFull(limit) = { format!("sin unirse al grupo: las conexiones de este extremo ya están en {}", noun(*limit, "grupo", "grupos")) };
        Elsewhere(endpoint, bytes, why) = { language.elsewhere(*endpoint, *bytes, *why) };
        NoPlace = "sin recordar: la petición no dice dónde";
        NotOpen(bytes) = { format!("{} sin enviar: la conexión ya no está abierta para el envío", language.counts.bytes(*bytes)) };
        NotConnected(bytes) = { format!("{} sin enviar: no se ha establecido ninguna conexión", language.counts.bytes(*bytes)) };
        NoConnection = "sin hacer: esa conexión ya no existe";
        NoPeers(bytes) = { format!("{} sin enviar: no hay ningún par conectado", language.counts.bytes(*bytes)) };
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
        Lab(address, source) = { format!("no se puede usar {address} en esta red: {}", source.in_words(language)) };
        Template(source) = { format!("la plantilla no se ha enviado: {}", source.in_words(language)) };
    }
}
