//! The lifecycle of one connection as a picture: what each mark says, and how it is known.

use super::{grouped, noun};
use crate::words::lifecycle::Lifecycles;
use crate::words::translated::translated;

translated! { SPANISH:
    Lifecycles {
        name = "Ciclo de vida";
        title(connection) = "Ciclo de vida de la conexión #{connection}";
        connection = "Conexión";
        connection_from(connection, client) = "#{connection} de {client}";
        connection_to(connection, server) = "#{connection} a {server}";
        choose = "Seleccione una entrada de una conexión, o elija una en el inspector, para ver su ciclo de vida: cómo empezó, qué llevó y cómo terminó.";
        encrypted = "Lo que va dentro está cifrado (TLS): no se dibujan su negociación ni sus registros";
        no_tcp = "Solo una conexión TCP tiene un ciclo de vida de segmentos.";
        no_udp = "El intercambio con un par UDP no tiene ciclo de vida: ninguna negociación lo empieza, ningún FIN lo termina y nadie confirma un datagrama. Todo lo que hay son los datagramas.";
        show_lanes = "Mostrar sus datagramas en carriles";
        reading(percent) = "Leyendo la grabación: {percent}\u{a0}%";
        not_in_view = "Se muestra mientras está a la vista la sesión en directo.";
        nothing = "Ya no hay nada grabado de esta conexión.";
        cut = "Una parte de esta conexión ya no está en la grabación.";
        show = "Mostrar ciclo de vida";
        show_why = "Dibuja esta conexión en el centro: negociación, bytes y cómo terminó";
        save = "Guardar imagen…";
        distance = "Distancia";
        even = "Uniforme";
        to_scale = "A escala";
        to_scale_why = "Cuanto más larga la espera, mayor la distancia. Lo que distaría menos de una línea se separa una línea; las esperas largas se acortan.";
        stretch = "Estirar";
        shrink = "Encoger";
        acks = "Mostrar confirmaciones";
        acks_hint = "Pregunta al núcleo cuándo confirmó el par los bytes enviados";
        acks_cost = "Mientras está activado, un viaje de ida y vuelta dura hasta 1,2 veces lo normal. Las marcas empiezan cuando se piden; lo anterior es inferido.";
        departures = "Mostrar salidas";
        departures_hint = "Pregunta también al núcleo cuándo salieron bytes de este equipo y cuándo llegaron";
        all_cost = "Mientras ambos están activados, un viaje de ida y vuelta dura hasta el doble. Las marcas empiezan cuando se piden; lo anterior es inferido.";

        peer = "Par";
        client = "Cliente";
        server = "Servidor";

        syn = "SYN";
        syn_says = "pide conectar";
        syn_ack = "SYN-ACK";
        syn_ack_says = "acepta y pide a su vez";
        ack = "ACK";
        ack_says = "acepta: conectados";
        fin = "FIN";
        fin_says = "no tiene más que enviar";
        fin_ack_says = "ha visto el FIN";
        rst = "RST";
        rst_says = "corta la conexión";
        refuses = "rechaza";
        bytes(bytes) = { noun(bytes, "byte", "bytes") };
        not_read = "aún sin leer";
        not_acknowledged = "aún sin confirmar";
        has_bytes(bytes) = { format!("ha recibido {}", noun(bytes, "byte", "bytes")) };
        writes(count) = { noun(count, "escritura", "escrituras") };
        reads(count) = { noun(count, "lectura", "lecturas") };
        run(calls, size, took) = "{calls}, {size} en {took}";
        window_closed = "ventana 0";
        window_closed_says = "no tiene sitio: esperar";
        window_open = "ventana abierta";
        window_open_says = "vuelve a tener sitio";
        accepted = "accept";
        reads_bytes(bytes) = "lee {bytes}";
        left(bytes) = "salida de {bytes}";
        arrived(bytes) = "llegada de {bytes}";
        timed_out = "sin respuesta: abandonado";
        failed = "fallido";
        again(segments) = { noun(segments, "segmento enviado de nuevo", "segmentos enviados de nuevo") };

        again_segments(segments) = { noun(segments, "segmento", "segmentos") };

        inferred = "inferido";
        sent_by(call) = "enviado por {call}";
        seen_by(call) = "visto por {call}";
        both_known(one, other) = "{one}, {other}";
        both_calls(one, other) = "{one} y {other}";
        later(took) = "{took} después";
        noticed_later(took) = "advertido {took} después";

        legend_seen = "enviado o visto por una llamada";
        legend_inferred = "inferido";
        legend_state_seen = "estado: lo ha dicho el núcleo";
        legend_state_inferred = "estado: inferido";
        state_of(end, state) = "{end}: {state}";
        state_tip(state, explained, how) = "{state}. {explained} {how}.";
        state_seen = "El recuadro continuo: lo ha dicho el núcleo";
        state_inferred = "El recuadro discontinuo: inferido de lo ocurrido, sin preguntar al núcleo";
        legend_unacknowledged = "enviado, sin confirmar";
        legend_half_closed = "semicierre: un lado ha terminado el envío";
        legend_window = "ventana cerrada: no puede enviar";
        legend_scale(time) = "{time}";

        sentence(when, what, how) = "{when}: {what}. {how}.";
        at(time) = "A {time} del inicio";
        at_latest(time) = "A {time} del inicio como muy tarde";
        at_earliest(time) = "A {time} del inicio como muy pronto";
        how_inferred = "Inferido: nada más encaja con lo visto";
        how_made(call) = "Enviado por {call}: la llamada en sí no ve la red";
        how_seen(call, means) = "Visto: {call}, {means}";
        says_syn(from, to) = "{from} pide a {to} conectar (SYN)";
        says_syn_with(from, to, syn) = "{from} pide a {to} conectar: {syn}";
        says_syn_ack(from, to) = "{from} acepta y pide a su vez a {to} (SYN-ACK)";
        says_ack(from) = "{from} acepta (ACK): la conexión está establecida, y ambos pueden enviar";
        says_accepted(who) = "el programa de {who} toma la conexión, que el sistema ya había establecido";
        says_sent(from, bytes, start, end) = "{from} entrega a su sistema {bytes} para enviar, de {start} a {end} de su flujo; la llamada no dice que lleguen";
        says_received(to, bytes, start, end) = "el programa de {to} lee {bytes}, de {start} a {end} del flujo";
        says_run(who, writes, sent, reads, received) = "{who} hace {writes} con {sent} y {reads} con {received}";
        says_scheduled(who, end) = "los primeros {end} de {who} esperan a que los envíe la interfaz de red";
        says_left(who, end) = "los primeros {end} han salido de {who}";
        says_acknowledged(who, end) = "el sistema de {who} dice que tiene los primeros {end} (ACK); puede que su programa no los haya leído";
        says_arrived(who, end) = "los primeros {end} han llegado al sistema de {who}";
        says_fin(from) = "{from} dice que no tiene más que enviar (FIN); aún recibe";
        says_fin_ack(from) = "el sistema de {from} confirma que ha visto el FIN (ACK)";
        says_rst(from) = "{from} corta la conexión (RST): lo que estaba en camino se pierde";
        says_refused(from) = "{from} rechaza (RST): ahí no escucha ningún programa";
        says_timed_out(who) = "no ha vuelto nada, y {who} ha abandonado";
        says_failed(who) = "la conexión de {who} ha fallado sin un segmento del par";
        says_window_closed(from) = "{from} no tiene sitio para más (ventana 0): su programa no lee";
        says_window_open(from) = "{from} vuelve a tener sitio";
        says_again(who, segments) = "{who} ha enviado de nuevo {segments}, porque no ha llegado confirmación";
        says_state(who, state) = "{who} está en {state}";

        means_connect = "que solo tiene éxito después de esto, o dice que ha sido rechazada";
        means_accept = "que ha devuelto la conexión";
        means_saved_syn = "el SYN que ha guardado el núcleo";
        means_send = "que ha tomado los bytes";
        means_receive = "que ha devuelto los bytes, o 0 en un FIN";
        means_socket_error = "un error del socket";
        means_shutdown = "a la que se ha llamado";
        means_close = "a la que se ha llamado";
        means_stamp = "una marca del núcleo";
        means_inquiry = "lo que ha dicho el núcleo al preguntarle";

        option_mss(bytes) = { format!("MSS {}", grouped(bytes.into())) };
        option_scale(shift) = { format!("ventana \u{d7}{}", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        option_sack = "SACK";
        option_timestamps = "marcas de tiempo";
        option_fast_open = "Fast Open";
        option_multipath = "Multipath TCP";
        option_other(kind) = "tipo {kind}";

        save_title = "Guardar imagen";
        save_picture = "Guardar";
        format = "Formato";
        svg = "SVG";
        png = "PNG";
        about_svg = "Nítido a cualquier tamaño, con texto que se puede buscar y copiar.";
        about_png = "Imagen de puntos, para programas que no admiten SVG.";
        file = "Archivo";
        saved(path) = "Guardado en {path}";
        file_name(connection) = "Ciclo de vida de la conexión {connection}";
    }
}
