//! Lanes: connections as arrows between two lifelines.

use super::english::noun;
use super::phrases::phrases;

phrases! {
    /// Lanes.
    Lanes {
        shown_as = "Show the timeline as";
        as_rows = "Rows";
        as_arrows = "Lanes";
        as_lifecycle = "Lifecycle";
        bundles = "Bundles";
        bundles_hint = "Show the rest of a long run of chunks as one arrow";
        show_chunks = "Show each chunk";
        open = "Open";
        open_bundle(chunks: &str) = "Show each of {chunks}";

        clients = "Clients";
        servers = "Servers";
        peer = "Peer";

        syn = "SYN";
        syn_ack = "SYN-ACK";
        ack = "ACK";
        answered = "SYN-ACK, ACK";
        handshake = "SYN, SYN-ACK, ACK";
        fin = "FIN";
        rst = "RST";
        client_hello = "ClientHello";
        alert = "TLS alert";
        close_notify = "close_notify";
        new_peer(peer: &str) = "new peer {peer}";
        longer_than_buffer = "longer than the read buffer";
        ready = "ready to send";
        inferred = "inferred";
        connect = "connect";
        connected(took: &str) = "connect took {took}";
        after(took: &str) = "after {took}";
        accept = "accept";
        ack_is_inferred = "ACK inferred";
        syn_is_seen = "SYN seen by TCP_SAVED_SYN, the rest inferred";
        shutdown = "shutdown";
        close = "close";
        close_unread = "close with received bytes unread";
        reset = "reset by us";
        refused = "refused";
        listen(local: &str, backlog: &str) = "LISTEN {local}, backlog {backlog}";
        over = "closed";

        bundle(chunks: &str, bytes: &str, took: &str) = "{chunks}, {bytes} in {took}";
        bundle_row(bundle: &str, first: &str) = "{bundle}, the first of them {first}";
        merged(writes: u64, size: &str) = { format!("one read of {}, {size}", noun(writes, "write", "writes")) };
        part(size: &str) = "{size} of it";
        cut(size: &str) = "only {size} of it: the rest is lost";
    }
}
