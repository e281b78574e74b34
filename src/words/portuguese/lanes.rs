//! Lanes: connections as arrows between two lifelines.

use super::noun;
use crate::words::lanes::Lanes;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Lanes {
        shown_as = "Mostrar a linha do tempo como";
        as_rows = "Linhas";
        as_arrows = "Raias";
        as_lifecycle = "Ciclo de vida";
        bundles = "Agrupar";
        bundles_hint = "Mostra uma longa série de blocos, depois dos primeiros, como uma só seta";
        show_chunks = "Mostrar cada bloco";
        open = "Abrir";
        open_bundle(chunks) = "Mostrar cada um: {chunks}";

        clients = "Clientes";
        servers = "Servidores";
        peer = "Peer";

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
        new_peer(peer) = "novo peer {peer}";
        longer_than_buffer = "maior que o buffer de leitura";
        ready = "pronto para enviar";
        inferred = "inferido";
        connect = "connect";
        connected(took) = "connect levou {took}";
        after(took) = "após {took}";
        accept = "accept";
        ack_is_inferred = "ACK inferido";
        syn_is_seen = "SYN visto por TCP_SAVED_SYN, o resto inferido";
        shutdown = "shutdown";
        close = "close";
        close_unread = "close com bytes recebidos não lidos";
        reset = "resetada por nós";
        refused = "recusada";
        listen(local, backlog) = "LISTEN {local}, backlog {backlog}";
        over = "fechada";

        bundle(chunks, bytes, took) = "{chunks}, {bytes} em {took}";
        bundle_row(bundle, first) = "{bundle}; o primeiro: {first}";
        merged(writes, size) = { format!("uma leitura de {}, {size}", noun(writes, "escrita", "escritas")) };
        part(size) = "{size} disso";
        cut(size) = "só {size} disso: o resto se perdeu";
    }
}
