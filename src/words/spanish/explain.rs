//! What an event of a connection's life means, for those who meet it for the first time.

use super::{noun, plural};
use crate::words::explain::Explanations;
use crate::words::translated::translated;

translated! { SPANISH:
    Explanations {
        received(size, buffer) = { received(size, buffer) };
        sent(size) = { format!("send() ha entregado {} al sistema, que {} ha tomado al momento. Enviado no es entregado: el sistema del par confirma los bytes más tarde, y su programa los lee más tarde aún, en los trozos que le convengan.", noun(size, "byte", "bytes"), plural(size, "lo", "los")) };
        listening = "bind() ha dado esta dirección al socket, y listen() lo ha puesto a escuchar. El sistema completa las negociaciones por sí solo y guarda las conexiones en el backlog, hasta llenarlo, mientras accept() no las saque.";
        looking_up = "getaddrinfo() convierte el nombre en direcciones antes de que se pueda enviar nada: el sistema pregunta a su archivo hosts y después a un servidor de nombres.";
        connecting = "connect() ha enviado un SYN. La conexión queda establecida cuando vuelve el SYN-ACK del par y se responde con un ACK.";
        connected = "connect() ha tenido éxito: la negociación en tres pasos (SYN, SYN-ACK, ACK) está hecha, y ambos lados pueden enviar. Ha durado más o menos un viaje de ida y vuelta. Puede que el programa del par aún no haya llamado a accept().";
        accepted = "accept() ha sacado la conexión del backlog. El sistema la había establecido antes (SYN, SYN-ACK, ACK) y puede que ya tenga bytes del par.";
        peer_finished = "recv() ha devuelto 0: el par ha enviado FIN, así que ha terminado el envío. Aún puede leer, y este lado aún puede enviar; la conexión termina cuando ambos lados han terminado.";
        we_finished = "shutdown(write) ha enviado FIN: este lado no envía nada más y sigue leyendo hasta que el par también termine. El lado que envía el primer FIN es el que acaba en TIME-WAIT.";
        unread = "close() ha encontrado bytes que habían llegado y nadie había leído. El sistema envía entonces RST en lugar de FIN, y el par puede perder lo que aún no había leído.";
        closed_by_us = "close() ha enviado FIN tras los bytes que el sistema había tomado y ha abandonado el socket. El par lee esos bytes y después el final del flujo. Si sigue enviando, aquí ya no lee nadie: el sistema responde con RST a lo que llegue. Salvo que el par hubiera terminado antes, este lado mantiene la conexión en TIME-WAIT (un minuto en Linux), para que sus paquetes rezagados no lleguen a una nueva.";
        details_unread = "Lo que la entrada dice además de esto está dañado en el disco; las demás entradas no están afectadas.";
        unknown = "Esto lo grabó una versión más reciente del programa. Abra la captura con esa versión para leerlo.";
        closed_by_stop = "close() ha cerrado el socket de escucha y todas sus conexiones. Las conexiones nuevas se rechazan. Las conexiones que este lado ha cerrado primero quedan un tiempo en TIME-WAIT; mientras tanto, SO_REUSEADDR permite que un servidor vuelva a escuchar en el puerto.";
        closed_by_reply = "Se ha enviado la respuesta y después FIN (shutdown(write)). El resto de los bytes del par se ha leído antes de close(), para que ningún RST pudiera adelantar a la respuesta. Este lado ha terminado primero, así que entra en TIME-WAIT.";
        closed_by_peer = "El par ha terminado el envío (FIN) y después también este lado ha cerrado (close()). Todo lo que envió el par se ha entregado en orden. El par ha terminado primero, así que TIME-WAIT queda en su lado.";
        closed_by_our_reset = "Este lado ha enviado RST (close() con SO_LINGER a 0): la conexión ha terminado al momento, sin TIME-WAIT, y los bytes en camino en cualquiera de los sentidos se pierden. La siguiente lectura del par falla con ECONNRESET.";
        accepting_closes = "Cada conexión se acepta y se cierra al momento: el par ve que su conexión se establece y después el final del flujo.";
        accepting_stopped = "No se saca nada del backlog. El sistema sigue completando negociaciones hasta que el backlog se llena; después ignora los SYN siguientes o los rechaza.";
        waiting = "Lo que se haya pedido después se envía cuando pase este tiempo. El par no ve nada mientras tanto.";
        reading_stopped = "Ya no se llama a recv(). Cuando el búfer de recepción se llena, la ventana se cierra, y las escrituras del par esperan (control de flujo).";
        reading_resumed = "Se vuelve a llamar a recv(). La ventana se abre, y el par puede enviar lo que esperaba.";
        pace = "Las escrituras se reparten aquí en el tiempo; cada una es una escritura propia, aunque el sistema aún puede unirlas o dividirlas en segmentos.";
        reconnecting = "El cliente está ajustado para volver a conectar por sí solo. La espera se duplica con cada intento fallido, para no saturar a un servidor que vuelve a estar en marcha; una parte de ella se deja al azar, para que no lleguen todos los clientes a la vez.";
        dropped = "La regla envía con una probabilidad de perder el mensaje, y esta vez se ha perdido: nada de él se ha entregado al sistema.";
        corrupted = "La regla envía con una probabilidad de error, y esta vez se ha cambiado un bit del mensaje antes de entregarlo al sistema.";
        group = "Las conexiones se unen a grupos para que una regla pueda enviar a todas las de uno. El número total de miembros es limitado, y también la longitud de los nombres.";
        elsewhere = "Una regla ha encargado algo a otro extremo. Este no lo ha hecho, así que ahí no se ha enviado nada.";
        sequence_began = "Los pasos de la secuencia se hacen uno a uno en esta conexión. Hasta que termine, las respuestas del propio extremo esperan.";
        sequence_passed = "Se han hecho todos los pasos: lo que había que enviar se ha entregado al sistema, y lo que se esperaba ha llegado a tiempo.";
        sequence_failed = "Un paso espera algo dentro de un plazo. Una trama que no lo contiene se pasa por alto; de la más parecida se dice dónde está la primera diferencia.";
        sequence_cancelled = "Se ha detenido antes de su último paso. Lo que había puesto en cola hasta entonces se envía.";
        unanswered = "La petición ha llegado, y no se le aplica ninguna regla del extremo, así que no se ha hecho nada. Las que la sigan sin respuesta solo se cuentan. Una regla para cualquier petición al final de la lista responde a lo que dejan las demás, o lo pasa por alto.";
        queue_cancelled = "Se ha detenido todo: lo que esperaba en la cola de esta conexión ni se envía ni se hace. La conexión sigue abierta.";
        cancelled = "El par ha recibido solo el principio del archivo y no puede ver que el resto se ha cancelado.";
        reset = "recv() ha fallado: el sistema del par ha enviado RST. La conexión ha terminado al momento, sin TIME-WAIT, y pueden perderse bytes en camino en cualquiera de los sentidos. Ocurre cuando un programa termina o cierra sin leer todo lo que había llegado.";
        accept_paused = "accept() ha fallado: cada conexión ocupa un descriptor de archivo, y no queda ninguno. Las conexiones nuevas esperan en el backlog hasta que terminen otras.";
        accept_aborted = "accept() ha encontrado conexiones que sus pares habían abandonado, así que no había nada que sacar del backlog. La aceptación continúa.";
        accept_resumed = "Vuelve a haber sitio: ahora se aceptan las conexiones que esperaban en el backlog.";
        missing = "Los paquetes que llevaban estos bytes no están en el archivo de paquetes: la captura empezó más tarde, descartó paquetes o solo vio un sentido.";
        not_recorded = "La grabación estaba desactivada o se había detenido. El tráfico siguió mientras tanto, pero no se sabe nada de él.";
        clock_adjusted = "El reloj del sistema se ha puesto en hora. Las horas de antes y de después difieren en el salto; el orden de las filas y el tiempo entre ellas se miden con un reloj que nunca salta.";
        in_use = "bind() ha fallado (EADDRINUSE): otro socket ya escucha en esta dirección y este puerto, y dos no pueden compartirlos.";
        not_ours = "bind() ha fallado (EADDRNOTAVAIL): un servidor solo puede escuchar en una dirección que tenga una de las interfaces de este equipo.";
        low_port = "bind() ha fallado (EACCES): el sistema reserva los puertos por debajo del 1024 a programas con permisos especiales.";
        not_permitted = "El sistema no permite que este programa haga eso: lo prohíbe un cortafuegos de este equipo, un entorno aislado u otra directiva.";
        no_family = "Este equipo no tiene direcciones de esa familia: IPv6 está desactivado o sin configurar.";
        not_bound = "El socket no se ha podido vincular a esta dirección, así que no puede entrar ninguna conexión.";
        refused = "connect() ha fallado (ECONNREFUSED): el equipo ha respondido al SYN con RST. Está ahí, pero nadie acepta conexiones en esa dirección y ese puerto, o un cortafuegos ha respondido por él.";
        timed_out = "connect() no ha tenido respuesta a tiempo: el SYN se ha enviado una y otra vez. Muchas veces un cortafuegos descarta los paquetes sin decir nada, o ningún equipo tiene esa dirección.";
        no_source = "connect() ha fallado (EADDRNOTAVAIL o EADDRINUSE): no se ha enviado ningún SYN, porque el sistema no ha encontrado ninguna dirección ni puerto de este equipo para este lado.";
        no_route = "connect() ha fallado (ENETUNREACH): este equipo no conoce ningún camino a esa red, así que no se ha enviado nada.";
        host_unreachable = "connect() ha fallado (EHOSTUNREACH): la última red del camino no ha encontrado ningún equipo con esa dirección.";
        not_connected = "El sistema no ha podido establecer la conexión.";
        name_not_found = "Un nombre tiene que convertirse primero en una dirección, y el sistema no ha encontrado ninguna: ni en su archivo hosts ni en un servidor de nombres que haya respondido.";
        look_ups = "Una búsqueda espera tanto como tarde el servidor de nombres. Solo unas pocas pueden esperar a la vez.";
        given_up = "El intento se ha terminado aquí antes de que el par respondiera.";
        silent = "El par ha dejado de confirmar. El sistema ha enviado los bytes una y otra vez y después ha abandonado la conexión.";
        broken = "Una llamada al socket ha fallado, así que la conexión se ha cerrado. Pueden perderse bytes en camino.";
        not_finished = "Tras una respuesta que cierra, el par tiene un momento para leerla y terminar. No lo ha hecho, así que este lado ha cerrado.";
        queue_full = "El par no lee: su ventana de recepción está cerrada, y lo que hay que enviar espera en una cola de tamaño limitado.";
        not_open = "Un lado que ha terminado el envío no puede volver a enviar, y una conexión que ha terminado no lleva nada más.";
        never_open = "Un mensaje a un cliente que no está conectado espera hasta que lo esté. La conexión no se ha logrado, así que nada del mensaje se ha entregado al sistema.";
        no_peers = "Un servidor envía a los pares que están conectados en ese momento, y no había ninguno.";
        lab_refused = "El laboratorio es una red propia, creada con unshare(CLONE_NEWUSER | CLONE_NEWNET). El sistema no lo ha permitido, así que no se ha abierto nada.";
        lab_apart = "Una red privada no tiene salida ni entrada: los sockets solo se alcanzan si ambos están en el laboratorio, o si ninguno lo está. No se ha enviado nada.";
        not_started = "Cada extremo se ejecuta en un hilo propio, que espera a sus sockets. El sistema no tenía sitio para otro.";
        unix_listening = "bind() ha creado el archivo del socket, y listen() lo ha puesto a escuchar. Las conexiones esperan en el backlog, hasta llenarlo, mientras accept() no las saque.";
        unix_connecting = "connect() busca el archivo del socket. Nada pasa por una red.";
        unix_connected = "connect() ha tenido éxito: el sistema ha unido ambos lados en la memoria, sin negociación por una red, y ambos lados pueden enviar.";
        unix_accepted = "accept() ha sacado la conexión del backlog. El sistema sabe qué proceso está al otro lado.";
        unix_peer_finished = "recv() ha devuelto 0: el par ha terminado el envío. Aún puede leer, y este lado aún puede enviar.";
        unix_we_finished = "shutdown(write) ha puesto fin al flujo de este lado: no envía nada más y sigue leyendo hasta que el par también termine.";
        unix_reset = "recv() ha fallado: el par ha cerrado sin leer todo lo que había llegado, y pueden perderse bytes en camino.";
        unix_closed = "close() ha puesto fin a la conexión en este lado. Un socket Unix no tiene TIME-WAIT.";
        unix_reading_stopped = "Ya no se llama a recv(). Cuando el búfer del socket se llena, las escrituras del par esperan.";
        unix_reading_resumed = "Se vuelve a llamar a recv(), y el par puede enviar lo que esperaba.";
        bound = "bind() ha dado esta dirección al socket. Con UDP no hay listen() ni accept(): lo que se envía a esta dirección y este puerto llega aquí, venga de quien venga, cada datagrama por separado.";
        bound_with_groups = "bind() ha dado esta dirección al socket, e IP_ADD_MEMBERSHIP ha dicho al sistema y a los routers cercanos que aquí se quieren los datagramas de estos grupos. Puede que otros programas se hayan unido a ellos en el mismo puerto: cada uno recibe una copia.";
        udp_ready = "UDP no tiene negociación: no se ha enviado nada, y nadie sabe aún si hay alguien ahí. El socket tiene ahora una dirección y un puerto de este equipo, a los que llegan las respuestas.";
        udp_new_peer = "recvfrom() ha devuelto un datagrama de una dirección que no se había visto antes. Para UDP eso es todo lo que hay de una conexión: el programa recuerda la dirección para poder responder. Cualquiera puede escribir cualquier dirección de origen en un datagrama.";
        udp_forgotten = "Este lado ha olvidado al par. UDP no tiene FIN ni RST, así que no se ha enviado nada y el par no se entera de nada; si vuelve a enviar, será un par nuevo.";
        udp_stopped = "close() ha abandonado el puerto. A lo que llegue ahí a partir de ahora el sistema responde con ICMP port unreachable.";
        udp_pace = "A partir de ahora los datagramas se envían más espaciados. UDP no conoce el control de flujo: sin él, un emisor puede enviar más de lo que aceptan su par o la red, y el resto se pierde sin aviso.";
        udp_reading = "Todos los pares de un socket UDP comparten su búfer de recepción, así que se sigue leyendo: lo que envía este par se graba de todos modos.";
        udp_queue_cancelled = "Se ha detenido todo: lo que esperaba para enviarse a este par ni se envía ni se hace.";
        truncated = "El búfer que ha recibido recvfrom() es menor que el datagrama. En un flujo, el resto quedaría para la lectura siguiente; en un datagrama se pierde. Con un búfer de lectura mayor cabe entero.";
        datagrams_dropped = "Llegaron mientras el búfer de recepción del socket (SO_RCVBUF) estaba lleno, y el sistema los descartó. Con UDP nadie los envía de nuevo, y el emisor no lo sabe. Ayuda un búfer mayor o un emisor más lento.";
        forgotten_by_silence = "No se ha enviado nada a este par ni se ha recibido nada de él durante el tiempo que dicen los ajustes. UDP no tiene un final que se pueda ver, así que basta el silencio. Si el par vuelve a enviar, será un par nuevo.";
        forgotten_by_crowd = "Había tantos otros pares activos que se ha olvidado a los que llevaban más tiempo en silencio para hacer sitio. Si el par vuelve a enviar, será un par nuevo.";
        undelivered = "Un router o el propio equipo ha devuelto un mensaje ICMP: el datagrama no ha llegado a ningún programa. UDP lo comunica donde el sistema puede decirlo, y muchas redes descartan esos mensajes; que no llegue ninguno no significa que el datagrama haya llegado.";
        datagram_refused = "sendto() ha fallado, así que nada de este datagrama se ha enviado. Los demás no están afectados.";
        overrun = "Las respuestas a este par esperan su momento, y él sigue preguntando. Un flujo se leería entonces más despacio; los datagramas no se pueden retener, así que se graban y quedan sin responder hasta que se hayan enviado algunas respuestas.";
        template = "Un campo de la plantilla no tenía valor en ese momento, así que no se ha enviado nada.";
    }
}

fn received(size: u64, buffer: Option<u64>) -> String {
    let size = noun(size, "byte", "bytes");
    let call = match buffer {
        Some(buffer) => {
            format!(
                "recv({buffer}) ha devuelto {size}; {buffer} es el búfer de lectura tal como está ajustado ahora"
            )
        }
        None => format!("recv() ha devuelto {size}"),
    };
    format!(
        "{call}. TCP lleva un flujo sin bordes: el par puede haber enviado esto en una escritura o en varias, y lo que \
         ha enviado en una escritura puede llegar en varias lecturas."
    )
}
