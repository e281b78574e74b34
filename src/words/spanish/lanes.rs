//! Lanes: connections as arrows between two lifelines.

use super::noun;
use crate::words::lanes::Lanes;
use crate::words::translated::translated;

translated! { SPANISH:
    Lanes {
        shown_as = "Mostrar la cronología como";
        as_rows = "Filas";
        as_arrows = "Carriles";
        as_lifecycle = "Ciclo de vida";
        bundles = "Haces";
        bundles_hint = "Muestra el resto de una larga serie de fragmentos como una sola flecha";
        show_chunks = "Mostrar cada fragmento";
        open = "Abrir";
        open_bundle(chunks) = "Mostrar {chunks} uno a uno";

        clients = "Clientes";
        servers = "Servidores";
        peer = "Par";

        syn = "SYN";
        syn_ack = "SYN-ACK";
        ack = "ACK";
        answered = "SYN-ACK, ACK";
        handshake = "SYN, SYN-ACK, ACK";
        fin = "FIN";
        rst = "RST";
        client_hello = "ClientHello";
        alert = "alerta TLS";
        close_notify = "close_notify";
        new_peer(peer) = "par nuevo {peer}";
        longer_than_buffer = "más largo que el búfer de lectura";
        ready = "listo para enviar";
        inferred = "inferido";
        connect = "connect";
        connected(took) = "connect ha durado {took}";
        after(took) = "tras {took}";
        accept = "accept";
        ack_is_inferred = "ACK inferido";
        syn_is_seen = "SYN visto por TCP_SAVED_SYN, el resto inferido";
        shutdown = "shutdown";
        close = "close";
        close_unread = "close con bytes recibidos sin leer";
        reset = "reiniciada por este lado";
        refused = "rechazada";
        listen(local, backlog) = "LISTEN {local}, backlog {backlog}";
        over = "cerrada";

        bundle(chunks, bytes, took) = "{chunks}, {bytes} en {took}";
        bundle_row(bundle, first) = "{bundle}; el primero, {first}";
        merged(writes, size) = { format!("una lectura de {}, {size}", noun(writes, "escritura", "escrituras")) };
        part(size) = "una parte: {size}";
        cut(size) = "solo {size}: el resto se ha perdido";
    }
}
