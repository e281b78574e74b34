//! Lanes: connections as arrows between two lifelines.

use super::noun;
use crate::words::lanes::Lanes;
use crate::words::translated::translated;

translated! { GERMAN:
    Lanes {
        shown_as = "Zeitleiste zeigen als";
        as_rows = "Zeilen";
        as_arrows = "Spuren";
        as_lifecycle = "Lebenszyklus";
        bundles = "Bündel";
        bundles_hint = "Zeigt den Rest einer langen Folge von Chunks als einen Pfeil";
        show_chunks = "Jeden Chunk zeigen";
        open = "Öffnen";
        open_bundle(chunks) = "Alle {chunks} einzeln zeigen";

        clients = "Clients";
        servers = "Server";
        peer = "Gegenstelle";

        syn = "SYN";
        syn_ack = "SYN-ACK";
        ack = "ACK";
        answered = "SYN-ACK, ACK";
        handshake = "SYN, SYN-ACK, ACK";
        fin = "FIN";
        rst = "RST";
        client_hello = "ClientHello";
        alert = "TLS-Alert";
        close_notify = "close_notify";
        new_peer(peer) = "neue Gegenstelle {peer}";
        longer_than_buffer = "länger als der Lesepuffer";
        ready = "bereit zum Senden";
        inferred = "erschlossen";
        connect = "connect";
        connected(took) = "connect dauerte {took}";
        after(took) = "nach {took}";
        accept = "accept";
        ack_is_inferred = "ACK erschlossen";
        syn_is_seen = "SYN durch TCP_SAVED_SYN gesehen, der Rest erschlossen";
        shutdown = "shutdown";
        close = "close";
        close_unread = "close, empfangene Bytes ungelesen";
        reset = "von uns zurückgesetzt";
        refused = "abgelehnt";
        listen(local, backlog) = "LISTEN {local}, Backlog {backlog}";
        over = "geschlossen";

        bundle(chunks, bytes, took) = "{chunks}, {bytes} in {took}";
        bundle_row(bundle, first) = "{bundle}, der erste davon {first}";
        merged(writes, size) = { format!("ein Lesevorgang für {}, {size}", noun(writes, "Schreibvorgang", "Schreibvorgänge")) };
        part(size) = "{size} davon";
        cut(size) = "nur {size} davon: Der Rest ist verloren";
    }
}
