//! Lanes: connections as arrows between two lifelines.

use super::noun;
use crate::words::lanes::Lanes;
use crate::words::translated::translated;

translated! { FRENCH:
    Lanes {
        shown_as = "Afficher la chronologie en";
        as_rows = "Lignes";
        as_arrows = "Couloirs";
        as_lifecycle = "Cycle de vie";
        bundles = "Regrouper";
        bundles_hint = "Afficher la suite d’une longue série de morceaux comme une seule flèche";
        show_chunks = "Afficher chaque morceau";
        open = "Ouvrir";
        open_bundle(chunks) = "Afficher un par un : {chunks}";

        clients = "Clients";
        servers = "Serveurs";
        peer = "Pair";

        syn = "SYN";
        syn_ack = "SYN-ACK";
        ack = "ACK";
        answered = "SYN-ACK, ACK";
        handshake = "SYN, SYN-ACK, ACK";
        fin = "FIN";
        rst = "RST";
        client_hello = "ClientHello";
        alert = "Alerte TLS";
        close_notify = "close_notify";
        new_peer(peer) = "nouveau pair {peer}";
        longer_than_buffer = "plus long que le tampon de lecture";
        ready = "prêt à envoyer";
        inferred = "déduit";
        connect = "connect";
        connected(took) = "connect a pris {took}";
        after(took) = "après {took}";
        accept = "accept";
        ack_is_inferred = "ACK déduit";
        syn_is_seen = "SYN observé par TCP_SAVED_SYN, le reste déduit";
        shutdown = "shutdown";
        close = "close";
        close_unread = "close avec des octets reçus non lus";
        reset = "réinitialisée par nous";
        refused = "refusée";
        listen(local, backlog) = "LISTEN {local}, backlog {backlog}";
        over = "fermée";

        bundle(chunks, bytes, took) = "{chunks}, {bytes} en {took}";
        bundle_row(bundle, first) = "{bundle}, dont le premier : {first}";
        merged(writes, size) = { format!("une seule lecture pour {}, {size}", noun(writes as u64, "écriture", "écritures")) };
        part(size) = "dont {size}";
        cut(size) = "{size} seulement : le reste est perdu";
    }
}
