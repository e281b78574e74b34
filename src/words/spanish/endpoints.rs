//! Endpoints: their rows, their settings, their connections.

use super::{bytes, duration, grouped, hour, noun, plural, rate};
use crate::words::endpoints::{BindScopes, Endpoints};
use crate::words::translated::translated;

translated! { SPANISH:
    Endpoints {
        tab = "Extremos";
        left_tabs = "Partes del documento";
        add = "Añadir un extremo";
        new_copy = "Copia";
        list_menu = "Orden de los extremos";
        as_arranged = "Orden propio";
        by_name = "Por nombre";
        running_first = "En marcha primero";
        filter = "Filtrar extremos";
        none = "Aún no hay extremos. Añada un servidor para aceptar conexiones o un cliente para establecer una.";
        none_match = "Ningún extremo contiene esto en su nombre.";
        row(name, state) = "{name}, {state}";
        echoes = "eco";
        replies_fixed = "mensaje fijo";
        replies_by_rules = "reglas";
        replies_nothing = "sin respuesta";
        number(connection) = "#{connection}";
        amount(size) = { bytes(size) };
        time(time) = { duration(time) };
        rate(bytes_per_second) = { rate(bytes_per_second) };

        nothing_selected = "Añada un extremo para ver aquí sus ajustes";
        inspector_tabs = "Partes del extremo";
        close_inspector = "Cerrar el inspector";
        setup = "Ajustes";
        setup_of(name) = "Ajustes de {name}";
        connection = "Conexión";
        no_connection = "Aún no hay conexión";
        no_peer = "Aún no hay ningún par";
        behaviour = "Comportamiento";
        accepting = "Aceptación";
        connecting_section = "Al conectar";
        how_read = "Entramado y codificación";

        open = "Abierta";
        open_why = "Ambos lados pueden enviar. Quien acabe primero termina con un FIN.";
        peer_finished_why = "El par ha enviado su FIN y no envía más. Este lado aún puede enviar; su FIN, o cerrar, pone fin a la conexión.";
        we_finished_why = "Este lado ha enviado su FIN. El par aún puede enviar, y su FIN pone fin a la conexión.";
        closed = "Cerrada";
        lost = "Cortada";
        local_address = "Dirección local";
        peer_address = "Par";
        opened = "Inicio";
        took = "Conectada en";
        received = "Recibido";
        sent = "Enviado";
        act = "Acciones";
        speed = "Velocidad de envío";
        speed_why = "A qué velocidad envía esta conexión lo que se envíe a partir de ahora";
        rate_field = "Bytes por segundo";
        rate_field_why = "El máximo de bytes por segundo, p.\u{a0}ej. 10k; vacío, tan rápido como lea el par";
        slice_field = "Bytes por escritura";
        slice_field_why = "Envía en escrituras de este número de bytes como máximo; vacío, tantos como acepte el sistema";
        pause_field = "Pausa";
        pause_field_why = "La pausa entre dos escrituras, p.\u{a0}ej. 20ms";
        wait_field = "Esperar";
        wait_field_why = "No hace nada durante este tiempo antes del siguiente envío, p.\u{a0}ej. 500ms";
        apply = "Aplicar";
        wait_now = "Esperar";

        show_all = "Mostrar todas las entradas";
        show_only = "Mostrar solo las entradas de este extremo";
        name = "Nombre";
        more(name) = "Más opciones de {name}";
        finish_sending = "Terminar envío (FIN)";
        rename = "Cambiar nombre";
        duplicate = "Duplicar";
        remove = "Quitar";
        stop_and_remove = "Detener y quitar";
        removed(name) = "{name} se ha quitado";
        undo = "Deshacer";
        stopped = "detenido";
        not_connected = "no conectado";
        connecting = "conectando";
        paused = "aceptación en pausa";
        listening = "escuchando";
        connected = "conectado";
        failed = "con error";

        start_server = "Iniciar servidor";
        stop_server = "Detener servidor";
        start_server_short = "Iniciar";
        stop_server_short = "Detener";
        connect = "Conectar";
        disconnect = "Desconectar";
        disconnect_peer = "Cerrar conexión";
        use_free_port = "Usar un puerto libre";

        bind_address = "Dirección de escucha";
        choose_address = "Elegir una dirección de este equipo";
        bind_port = "Puerto de escucha";
        any_port = "0 toma cualquier puerto libre";
        both_families = "IPv4 e IPv6";
        reachable = "Accesible para otros equipos de la red";
        address_choice(address, about) = "{address}, {about}";
        listening_on(address) = "Escuchando en {address}";
        reachable_at(address) = "Accesible en {address}";
        backlog_of(backlog) = { format!("backlog {}", grouped(backlog.into())) };
        backlog_capped(backlog, requested) = { format!("backlog {} de {} pedidos", grouped(backlog.into()), grouped(requested.into())) };
        no_backlog = "UDP: sin backlog, cada datagrama por separado";
        dual_stack(backlog) = "{backlog}, IPv4 e IPv6";
        copy = "Copiar";
        copy_this(address) = "Copiar {address}";
        copy_address = "Copiar dirección";

        transport = "Transporte";
        tcp = "TCP";
        tls = "TLS";
        udp = "UDP";
        unix = "Socket Unix";
        key_file = "Archivo de clave";
        flaw = "Defecto del certificado";
        alpn = "Protocolos (ALPN)";
        forget_after = "Olvidar pares tras";
        forget_after_why = "Tras cuánto silencio en ambos sentidos se olvida un par, p.\u{a0}ej. 30s; UDP no tiene un final que se pueda ver; vacío, dos minutos";
        groups = "Grupos multicast";
        groups_why = "Grupos a los que unirse, p.\u{a0}ej. 239.1.2.3 o ff02::fb, varios separados por comas; otros programas pueden unirse a ellos en el mismo puerto; vacío, ninguno";
        interface = "Interfaz multicast";
        interface_why = "En qué interfaz se une a los grupos y se envía el multicast, por su nombre o por una de sus direcciones; vacío, la que elija el sistema";
        multicast_ttl = "TTL multicast";
        multicast_ttl_why = "Cuántos saltos puede dar un datagrama multicast, de 0 a 255: con 0 no sale de este equipo y con 1, de la red local; vacío, el valor del sistema, que es 1";
        multicast_loop = "Recibir el multicast propio en este equipo";
        multicast_loop_why = "Si lo que se envía a un grupo llega también a los programas de este equipo que se han unido a él, incluido este (IP_MULTICAST_LOOP)";
        forgetting = "Olvido de pares";
        forgetting_why = "UDP no tiene conexiones. Quien envía es un par hasta que pasa este tiempo sin que llegue ni salga nada; vacío, dos minutos.";
        multicast = "Multicast";
        forget_peer = "Olvidar";
        forget_selected = "Olvidar los pares seleccionados";
        peers_and_forgotten(open, forgotten) = { format!("{}, {} {}", noun(open, "par", "pares"), grouped(forgotten), plural(forgotten, "olvidado", "olvidados")) };
        clear_forgotten = "Quitar olvidados";
        clear_forgotten_name = "Quitar los pares olvidados";
        clear_forgotten_why = "Quita de esta lista los pares olvidados; sus entradas siguen en la cronología";
        last_activity_at(time) = { format!("última actividad a {}", hour(time)) };
        udp_peer(address, state, amounts) = "{address} {state}, {amounts}";
        datagrams_each_way(received, sent) = { datagrams_each_way(received, sent) };
        datagrams_undelivered(received, sent, undelivered) = { format!("{}, {} sin entregar", datagrams_each_way(received, sent), grouped(undelivered)) };
        datagrams_of(datagrams, size) = { format!("{}, {}", noun(datagrams, "datagrama", "datagramas"), bytes(size)) };
        state_and(state, amounts) = "{state}, {amounts}";
        ready = "listo";
        ready_to_send(peer) = "Listo para enviar a {peer}";
        udp_known = "par conocido";
        udp_forgotten = "olvidado";
        udp_no_states = "UDP no tiene estados: ninguna negociación ha iniciado esto y ningún FIN le pondrá fin. Solo hay datagramas, cada uno por separado, y la hora del último.";
        udp_new_again = "El par no lo sabe: no se le ha enviado nada. Si vuelve a enviar, será un par nuevo.";
        udp_nothing_came = "Aún no ha vuelto nada. UDP no dice si alguien ha recibido lo enviado: solo una respuesta lo dice.";
        udp_undelivered_why(datagrams) = { format!("{} a su destino: la red lo ha comunicado (ICMP).", noun(datagrams, "datagrama no ha llegado", "datagramas no han llegado")) };
        udp_first = "Primer datagrama";
        udp_last = "Última actividad";
        udp_local_why = "La dirección a la que envía el par";
        udp_forgotten_at = "Se olvidará";
        udp_forgotten_at_why = "Si hasta entonces no llega ni sale nada";
        udp_undelivered = "Sin entregar";
        udp_undelivered_hint = "Mensajes ICMP que han vuelto. Que no haya vuelto ninguno no significa que todo haya llegado.";
        datagrams_undelivered_of(datagrams) = { noun(datagrams, "datagrama", "datagramas") };
        udp_speed_why = "A qué velocidad se envían datagramas a este par a partir de ahora";
        udp_slice = "Bytes por datagrama";
        udp_slice_why = "Corta lo que se envía en datagramas de este número de bytes como máximo; vacío, un datagrama por mensaje";
        udp_pause_why = "La pausa entre dos datagramas, p.\u{a0}ej. 20ms";
        stop_first = "Deténgalo o desconéctelo para cambiar esto";
        forget_after_reply = "Olvidar el par tras responder";
        forget_after_reply_why = "No se le envía nada; si vuelve a enviar, será un par nuevo";
        replies_to_datagrams = "Responde a cada datagrama";
        greeting_of_datagrams_why = "Lo primero que se envía a cada par; un servidor lo hace tras el primer datagrama del par";
        read_buffer_of_datagrams_why = "El máximo de bytes de un datagrama: de 1 a 1m. Un datagrama más largo se corta, y el resto se pierde";
        send_buffer_of_datagrams_why = "SO_SNDBUF: cuánto acepta el sistema de este programa antes de haberlo enviado; Linux lo duplica; vacío, el tamaño del sistema";
        receive_buffer_of_datagrams_why = "SO_RCVBUF: cuánto puede esperar a este programa, de todos los pares juntos; lo que llegue de más se pierde; Linux lo duplica; vacío, el tamaño del sistema";
        connect_of_datagrams_why = "UDP no tiene negociación: conectar busca el nombre y abre un socket, y no envía nada. Si hay alguien ahí solo se sabe cuando vuelve algo.";
        reconnect_of_datagrams_why = "Vuelve a abrir un socket cuando no se encuentra el nombre o se ha olvidado el par: la primera espera y la más larga y, si se quiere, cuántas veces, p.\u{a0}ej. 1s..30s, 10 times; vacío, nunca";
        socket_path = "Ruta del socket";
        socket_path_why = "La ruta del archivo del socket, o @ y un nombre sin archivo (Linux)";
        mode = "Permisos del archivo";
        mode_why = "Quién puede conectarse, en octal: 600, solo usted; 666, todo el mundo; vacío, lo decide el sistema";

        network = "Red";
        network_why = "El laboratorio es una red privada de este equipo en la que se graba cada paquete: los extremos que están en ella se alcanzan unos a otros en 127.0.0.1 y ::1, y no alcanzan nada más";
        system_network = "Sistema";
        lab = "Laboratorio (red privada)";
        in_lab(address) = "{address}, en el laboratorio";
        lab_delay = "Retardo de paquetes";
        lab_delay_why = "Cuánto más tarde llega cada paquete del laboratorio, en ambos sentidos; el último servidor iniciado decide por todo el laboratorio; vacío, sin retardo";
        lab_loss = "Pérdida de paquetes";
        lab_loss_why = "Cuántos paquetes del laboratorio se pierden, p.\u{a0}ej. 1%; el último servidor iniciado decide por todo el laboratorio; vacío, ninguno";

        target = "Destino";
        choose_server = "Elegir un servidor";
        host_and_port = "Host y puerto";
        not_listening = "aún no escucha";
        remote_host = "Host remoto";
        remote_port = "Puerto remoto";
        connected_to(peer) = "Conectado con {peer}";
        half_closed_by_peer = "semicerrada por el par (FIN)";
        half_closed_by_us = "semicerrada por este lado (FIN)";
        follow = "Seguir conexión";
        follow_why = "Muestra la conexión entera como texto o como volcado hex";

        reply = "Respuesta";
        echo = "Eco";
        fixed = "Mensaje fijo";
        no_reply = "Ninguna";
        reply_message = "Mensaje de respuesta";
        hex = "Hex";
        hex_why = "El mensaje se escribe con dígitos hex";
        escapes = "Escapes";
        escapes_why = r"\n, \x0A y similares representan bytes";
        template = "Plantilla";
        template_why = "Los campos como {{counter}} se calculan para cada respuesta";
        when_applied = "Se aplica al salir de este campo";
        replies_to_reads = "Responde a cada lectura";
        replies_to_reads_why = "Elija un entramado en «Entramado y codificación» para responder a cada trama";
        replies_to_frames = "Responde a cada trama";

        greeting = "Saludo";
        greeting_why = "Lo primero que se envía en cada conexión";

        socket_options = "Opciones del socket";
        source = "Dirección de origen";
        source_why = "La dirección, :puerto o dirección:puerto desde donde conectar; vacío, cualquiera";
        no_delay = "Enviar sin demora";
        no_delay_why = "TCP_NODELAY: activado, también las escrituras pequeñas salen al momento; desactivado, el sistema puede reunirlas en un solo segmento (algoritmo de Nagle)";
        keep_alive = "Keep-alive";
        keep_alive_why = "SO_KEEPALIVE: sondea a un par en silencio tras el primer tiempo, después a cada intervalo, y abandona tras ese número de sondas, p.\u{a0}ej. 60s,10s,5; vacío, nunca";
        send_buffer = "Búfer de envío";
        send_buffer_why = "SO_SNDBUF: cuánto acepta el sistema de este programa antes de que el par lo haya confirmado; Linux lo duplica; vacío, automático";
        receive_buffer = "Búfer de recepción";
        receive_buffer_why = "SO_RCVBUF: cuánto guarda el sistema para este programa y, por tanto, la ventana que el par puede llenar; Linux lo duplica; vacío, automático";
        ttl = "TTL";
        ttl_why = "Cuántos saltos puede dar un paquete, de 1 a 255: cada router resta uno y lo descarta al llegar a 0; vacío, el valor del sistema";
        linger = "Linger";
        linger_why = "SO_LINGER: cuánto puede esperar el cierre a los bytes sin enviar; 0s lo convierte en un reinicio; vacío, se cierra en segundo plano";
        new_connections = "Conexiones nuevas";
        new_connections_why = "Se aplica al momento: aceptarlas, aceptarlas y cerrarlas, o dejarlas en el backlog hasta que se llene";
        accept = "Aceptar";
        accept_and_close = "Aceptar y cerrar";
        stop_accepting = "Dejar en el backlog";

        start_tls = "Iniciar TLS";
        stop_reading = "Dejar de leer";
        resume_reading = "Volver a leer";
        reset = "Reiniciar (RST)";
        pace = "Velocidad de envío";
        pace_free = "Tan rápido como lea el par";
        pace_rate(rate) = { format!("{} por segundo", bytes(rate)) };
        pace_slices(size, pause) = { format!("{} por escritura, una cada {}", bytes(size), duration(pause)) };

        backlog = "Backlog";
        backlog_why = "Cuántas conexiones pueden esperar a ser aceptadas; el sistema puede limitarlo";
        stop_to_change = "Detenga el servidor para cambiar esto";
        read_buffer = "Búfer de lectura";
        read_buffer_why = "El máximo de bytes que devuelve una lectura: de 1 a 1m";
        close_after_reply = "Cerrar tras responder";
        when_peer_finishes = "Cuando el par termina el envío";
        close = "Cerrar";
        stay_half_open = "Mantener abierto el envío";
        not_applied = "ajuste no válido";
        not_approved = "sin aprobar";
        not_applied_why = "Nada de esto se aplica hasta que se corrija el campo en rojo; el servidor sigue como antes.";
        reading_stopped = "Lectura detenida";
        new_data = "Se aplica a los datos nuevos";
        connect_timeout = "Tiempo de espera";
        connect_timeout_why = "Cuánto puede tardar cada dirección en conectar: 200ms, 5s, 1m";
        reconnect = "Reconectar";
        reconnect_why = "Vuelve a conectar cuando falla un intento o termina la conexión: la primera espera y la más larga y, si se quiere, cuántas veces, p.\u{a0}ej. 1s..30s, 10 times; vacío, nunca";
        reconnecting(seconds, attempt) = { format!("nueva conexión en {} · {attempt}", seconds_left(seconds)) };
        again_in(seconds, attempt) = { format!("de nuevo en {} · {attempt}", seconds_left(seconds)) };
        reconnecting_now(attempt) = "conectando de nuevo · {attempt}";
        stop_reconnecting = "Detener";
        send_saved = "Enviar mensaje guardado";
        wait_a_second = "Esperar 1 s antes de enviar más";
        wait_menu = "Esperar antes de enviar más";
        wait_for(time) = { duration(time) };
        disconnect_to_change = "Desconecte para cambiar esto";

        peers(open) = { noun(open, "par", "pares") };
        peers_and_closed(open, closed) = { format!("{}, {} {}", noun(open, "par", "pares"), grouped(closed), plural(closed, "cerrado", "cerrados")) };
        forget = "Quitar cerrados";
        forget_name = "Quitar los pares cerrados";
        forget_why = "Quita de esta lista los pares cerrados; sus entradas siguen en la cronología";
        peer(address, state, received_bytes, sent_bytes, since) = { format!("{address} {state}, recibido {}, enviado {}, desde {}", bytes(received_bytes), bytes(sent_bytes), hour(since)) };
        bytes_since(received_bytes, sent_bytes, since) = { format!("recibido {}, enviado {}, desde {since}", bytes(received_bytes), bytes(sent_bytes)) };
        ended_bytes(state, received_bytes, sent_bytes) = { format!("{state}, recibido {}, enviado {}", bytes(received_bytes), bytes(sent_bytes)) };
        show_peer = "Mostrar solo este par";
        numbered_peer(number, address) = "#{number} {address}";
        send_to_peer = "Enviar a este par";
        selected(count) = { format!("{} {}", grouped(count), plural(count, "seleccionado", "seleccionados")) };
        send_to_selected = "Enviar a estos";
        send_to_selected_why = "Envía el mensaje a los pares seleccionados";
        disconnect_selected = "Desconectar los pares seleccionados";
        clear_selection = "Quitar selección";
    }

    BindScopes |language| {
        LoopbackV4 = "solo este equipo (IPv4)";
        LoopbackV6 = "solo este equipo (IPv6)";
        AllV4 = "todas las direcciones IPv4";
        AllV6 = "todas las direcciones IPv6";
        DualStack = "todas las direcciones (pila doble)";
        Interface(name) = "{name}";
    }
}

/// Returns how many datagrams, and bytes in them, came and went.
fn datagrams_each_way(received: (u64, u64), sent: (u64, u64)) -> String {
    let each = |(datagrams, size): (u64, u64), one, many| {
        let done = plural(datagrams, one, many);
        format!("{} {done} ({})", grouped(datagrams), bytes(size))
    };
    let received = each(received, "recibido", "recibidos");
    let sent = each(sent, "enviado", "enviados");
    format!("{received}, {sent}")
}

/// Returns a time that counts down in whole seconds.
fn seconds_left(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}
