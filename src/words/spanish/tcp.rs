//! TCP as the kernel has it: the states of a connection's ends, who moves next, the accept queue, and whose the peer is.

use super::{grouped, noun};
use crate::words::InWords as _;
use crate::words::tcp::{NoProcesses, StateMeanings, StateMoves, Tcp, TcpNumbers};
use crate::words::translated::translated;

translated! { SPANISH:
    Tcp {
        this_end = "Este lado";
        peer = "Par";
        of_this_end = "este lado";
        of_peer = "el par";
        inferred = "inferido";
        inferred_why = "Nadie ha preguntado al núcleo en ese momento: se deduce de lo ocurrido en la conexión";
        from_kernel = "del núcleo";
        end(whose, state, source) = "{whose}: {state}, {source}";
        no_states_here = "Este sistema no dice los estados de una conexión a programas sin privilegios: se infieren";
        marks_not_here = "Este sistema no indica cuándo se confirman los bytes";
        marks_encrypted = "Las confirmaciones no se muestran: el núcleo cuenta bytes cifrados, que son otros que los que se muestran aquí";
        refused(error) = "El núcleo no dice sus estados ni sus números: {error}";

        recorded = "Grabado";
        recorded_why = "Los estados hasta donde llega la grabación";
        other_transport = "Esto no es una conexión TCP: no tiene estados ni números de TCP";
        choose_recorded = "Seleccione una entrada de una conexión para ver sus estados y números";

        machine = "Máquina de estados";
        node(state, about) = "{state}, {about}";
        node_now(end) = "ahora {end}";
        node_passed(end) = "pasado por {end}";
        node_apart = "no pasado";
        legend_ours = "este lado";
        legend_peer = "el par";
        step(time, state, cause, evidence) = "{time}: {state}, {cause}, {evidence}";
        after(time) = "+{time}";
        made_by(call) = "por {call}";
        seen_by(call) = "visto por {call}";
        call(name) = "{name}";
        sent(segment) = "{segment} enviado";
        received(segment) = "{segment} recibido";
        cause_silence = "sin respuesta";
        cause_failure = "fallo";
        cause_kernel = "preguntado al núcleo";
        cause_between = "entre medias";
        cause_time = "paso del tiempo";

        time_left(time) = "tiempo restante: {time}";
        time_wait_client(local) = "Hasta entonces, {local} no puede volver a conectar con este par desde el mismo puerto. Otros puertos sí pueden, y el sistema elige uno de ellos por sí solo.";
        time_wait_server(local) = "Hasta entonces, {local} cuenta como ocupado. Un servidor que se inicie ahí de nuevo falla con «la dirección ya está en uso» salvo que active SO_REUSEADDR antes de bind(), como hace Bothends en Unix. Si el cliente cierra primero, la espera queda en su lado.";
        waiting_for_fin(time) = "El núcleo abandona este lado en {time} si no llega ningún FIN.";

        accept_queue = "Cola de aceptación";
        queue_of(queue) = { format!("{} de {} en espera", grouped(queue.waiting.into()), grouped(queue.limit.into())) };
        queue_why = "Conexiones establecidas que esperan a accept, y cuántas pueden esperar: el backlog. Linux admite una más";
        queue_full = "La cola de aceptación está llena. Linux descarta los SYN siguientes sin respuesta; los clientes lo intentan de nuevo tras 1, 3 y 7 segundos y parecen colgados hasta que el programa acepta.";

        process = "Proceso";
        process_of(process) = { format!("{} (pid {})", if process.command.is_empty() { "?" } else { &process.command }, process.pid) };
        process_is(process) = "Proceso: {process}";
        state_is(state, explained) = "{state}: {explained}";
    }

    StateMeanings {
        closed(end) = "{end} no tiene conexión.";
        listen(end) = "{end} espera un SYN.";
        syn_sent(end) = "{end} ha enviado su SYN y espera la respuesta.";
        syn_received(end) = "{end} ha recibido un SYN y ha respondido con un SYN-ACK.";
        established(end) = "{end} tiene abiertos ambos sentidos.";
        fin_wait_1(end) = "{end} ha enviado su FIN, que aún no está confirmado.";
        fin_wait_2(end) = "{end} ha enviado su FIN, que está confirmado: ahora solo recibe.";
        close_wait(end) = "{end} ha recibido un FIN: no llegan más bytes, pero aún puede enviar.";
        closing(end) = "{end} ha enviado un FIN a la vez que el otro lado, y aún no está confirmado.";
        last_ack(end) = "{end} ha recibido un FIN y ha enviado el suyo.";
        time_wait(end) = "{end} ha cerrado primero y espera, para que un segmento tardío no se tome por uno de una conexión nueva y se pueda repetir un último ACK perdido.";
    }

    StateMoves {
        closed = "No le toca a nadie: una conexión nueva empieza con un SYN.";
        listen = "El próximo paso es de un cliente, con su SYN.";
        syn_sent(other) = "{other} da el próximo paso: un SYN-ACK abre la conexión, un RST la rechaza. Sin respuesta, el SYN se envía de nuevo.";
        syn_received(other) = "{other} da el próximo paso: su ACK completa la negociación.";
        established = "Cualquiera de los lados puede enviar. El que acaba primero envía un FIN.";
        fin_wait_1(other) = "{other} da el próximo paso, con el ACK.";
        fin_wait_2(other) = "{other} da el próximo paso: puede seguir enviando, y su FIN pone fin a la conexión.";
        close_wait(end) = "{end} da el próximo paso: su FIN sale cuando su programa llama a shutdown o close. Un estado que no cambia es un programa que ha olvidado cerrar.";
        closing(other) = "{other} da el próximo paso, con el ACK.";
        last_ack(other) = "{other} da el próximo paso: su ACK es el último segmento.";
        time_wait = "No le toca a nadie: solo el tiempo lo termina.";
    }

    NoProcesses |language| {
        NotHere = "no está en este equipo, o ya ha terminado";
        NotVisible(uid) = "un proceso del usuario {uid}, que este usuario no puede examinar";
        System = "este sistema no lo dice sin privilegios";
        Refused(error) = { error.in_words(language) };
    }

    TcpNumbers {
        heading = "Números";
        whose = "Números de quién";
        none_on_record = "No hay números grabados: solo se graban mientras esta pestaña muestra una conexión";
        none_yet = "El núcleo aún no ha dicho nada";
        gone = "La conexión ha terminado en este lado: estos fueron sus últimos números";
        not_here = "Este sistema no dice los números de una conexión a programas sin privilegios";
        spoken(name, value) = "{name}: {value}";
        explained(why, source) = "{why}. Fuente: {source}";
        source(field, unit) = "{field}, en {unit}";
        span(least, most) = "de {least} a {most} en el último minuto";
        unit_count = "segmentos";
        unit_millis = "milisegundos";
        unit_bytes = "bytes";
        unit_rate = "bytes por segundo";
        unit_micros = "microsegundos";
        bytes(count) = { format!("{} B", grouped(count)) };
        segments(count) = { noun(count, "segmento", "segmentos") };
        no_threshold = "aún ninguno";
        no_limit = "sin límite";

        round_trip = "Ida y vuelta";
        round_trip_why = "El tiempo suavizado entre un segmento y su confirmación";
        variation = "Variación";
        variation_why = "Cuánto varía el tiempo de ida y vuelta. Una confirmación se da por perdida cuando tarda más que la ida y vuelta y cuatro veces esto";
        retransmits = "Retransmitidos";
        retransmits_why = "Segmentos enviados de nuevo desde que empezó la conexión, porque no llegó a tiempo ninguna confirmación";
        mss = "Tamaño de segmento";
        mss_why = "El máximo de bytes que lleva un segmento (MSS), según lo permiten ambos lados y el camino";
        in_flight = "En vuelo";
        in_flight_why = "Segmentos enviados y aún sin confirmar";
        congestion_window = "Ventana de congestión";
        congestion_window_why = "Cuántos segmentos pueden estar en vuelo, según lo que la red parece soportar";
        threshold = "Umbral de arranque lento";
        threshold_why = "El umbral de arranque lento: por debajo de él, la ventana de congestión se duplica en cada ida y vuelta; por encima crece despacio. Ninguno hasta la primera pérdida";
        send_queue = "Cola de envío";
        send_queue_why = "Bytes que el programa ha escrito y el par no ha confirmado";
        peer_window = "Ventana del par";
        peer_window_why = "Cuántos bytes más admite el par. Con 0, el emisor espera";
        delivery = "Velocidad de entrega";
        delivery_why = "A qué velocidad han llegado bytes al par últimamente, medida por las confirmaciones";
        pacing = "Ritmo (pacing)";
        pacing_why = "La velocidad máxima con que el núcleo reparte los segmentos en el tiempo";
        limited = "Limitado por";
        limited_why = "Lo que ha impedido enviar bytes más deprisa entre las dos últimas consultas al núcleo: la ventana del par, el búfer de envío de este lado, la red (la ventana de congestión) o el programa, que ha dado muy poco al núcleo. Inactivo: todo está enviado y confirmado";
        receive_queue = "Cola de recepción";
        receive_queue_why = "Bytes que han llegado y el programa no ha leído";
        window = "Ventana";
        window_why = "Cuántos bytes más admite este lado, según lo último que se dijo al par. Se cierra cuando el programa no lee";

        by_nothing = "inactivo";
        by_program = "programa";
        by_window = "ventana";
        by_buffer = "búfer";
        by_network = "red";
        share(what, share) = { format!("{what} {:.0}\u{a0}%", share * 100.0) };
        busy(share) = { format!("{:.0}\u{a0}% del tiempo con algo que enviar", share * 100.0) };
    }
}
