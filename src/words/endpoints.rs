//! Endpoints: their rows, their settings, their connections.

use std::time::Duration;

use super::english::{bytes, duration, grouped, noun, rate};
use super::kinds::kinds;
use super::phrases::phrases;
use crate::workspace::{BindScope, TransportKind};

phrases! {
    /// Endpoints: their rows, their settings, their connections.
    Endpoints {
        tab = "Endpoints";
        left_tabs = "Endpoints and messages";
        add = "Add an endpoint";
        new_copy = "Copy";
        list_menu = "Sort endpoints";
        as_arranged = "As arranged";
        by_name = "By name";
        running_first = "Running first";
        filter = "Filter endpoints";
        none = "No endpoints yet. Add a server to accept connections, or a client to make one.";
        none_match = "No endpoint has that in its name.";
        row(name: &str, state: &str) = "{name}, {state}";
        echoes = "echo";
        replies_fixed = "fixed message";
        replies_by_rules = "rules";
        replies_nothing = "no reply";
        number(connection: u64) = "#{connection}";
        amount(size: u64) = { bytes(size) };
        time(time: Duration) = { duration(time) };
        rate(bytes_per_second: f64) = { rate(bytes_per_second) };

        nothing_selected = "Add an endpoint to see its settings here";
        inspector_tabs = "Parts of the endpoint";
        close_inspector = "Close the inspector";
        setup = "Setup";
        setup_of(name: &str) = "Setup of {name}";
        connection = "Connection";
        no_connection = "No connection yet";
        no_peer = "No peer yet";
        behaviour = "Behaviour";
        accepting = "Accepting";
        connecting_section = "Connecting";
        how_read = "Framing and encoding";

        open = "Open";
        open_why = "Both sides may send. Whoever is done first finishes with a FIN.";
        peer_finished_why = "The peer has sent its FIN and sends no more. We may still send; our FIN, or closing, ends the connection.";
        we_finished_why = "We have sent our FIN. The peer may still send, and its FIN ends the connection.";
        closed = "Closed";
        lost = "Broken off";
        local_address = "Local address";
        peer_address = "Peer";
        opened = "Opened";
        took = "Connected in";
        received = "Received";
        sent = "Sent";
        act = "Request";
        speed = "Sending speed";
        speed_why = "How fast this connection sends from now on";
        rate_field = "Bytes per second";
        rate_field_why = "The most bytes a second, as in 10k; empty for as fast as the peer reads";
        slice_field = "Bytes in a write";
        slice_field_why = "Sends in writes of at most this many bytes; empty for as much as the system takes";
        pause_field = "Pause between";
        pause_field_why = "The pause between two writes, as in 20ms";
        wait_field = "Wait";
        wait_field_why = "Does nothing for this long before what is sent next, as in 500ms";
        apply = "Apply";
        wait_now = "Wait";

        show_all = "Show all entries";
        show_only = "Show only this endpoint's entries";
        name = "Name";
        more(name: &str) = "More for {name}";
        finish_sending = "Finish sending (FIN)";
        rename = "Rename";
        duplicate = "Duplicate";
        remove = "Remove";
        stop_and_remove = "Stop and remove";
        removed(name: &str) = "{name} was removed";
        undo = "Undo";
        stopped = "stopped";
        not_connected = "not connected";
        connecting = "connecting";
        paused = "accepting paused";
        listening = "listening";
        connected = "connected";
        failed = "failed";

        start_server = "Start server";
        stop_server = "Stop server";
        start_server_short = "Start server";
        stop_server_short = "Stop server";
        connect = "Connect";
        disconnect = "Disconnect";
        disconnect_peer = "Close connection";
        use_free_port = "Use a free port";

        bind_address = "Bind address";
        choose_address = "Choose an address of this machine";
        bind_port = "Bind port";
        any_port = "0 picks any free port";
        both_families = "IPv4 and IPv6";
        reachable = "Reachable by others on the network";
        address_choice(address: &str, about: &str) = "{address}, {about}";
        listening_on(address: &str) = "Listening on {address}";
        reachable_at(address: &str) = "Reachable at {address}";
        backlog_of(backlog: u32) = { format!("backlog {}", grouped(backlog.into())) };
        backlog_capped(backlog: u32, requested: u32) = { format!("backlog {} of {} requested", grouped(backlog.into()), grouped(requested.into())) };
        no_backlog = "UDP: no backlog, every datagram by itself";
        dual_stack(backlog: &str) = "{backlog}, IPv4 and IPv6";
        copy = "Copy";
        copy_this(address: &str) = "Copy {address}";
        copy_address = "Copy address";

        transport = "Transport";
        tcp = "TCP";
        tls = "TLS";
        udp = "UDP";
        unix = "Unix socket";
        key_file = "Key file";
        flaw = "Flaw of the certificate";
        alpn = "Protocols (ALPN)";
        forget_after = "Forget peers after";
        forget_after_why = "Forget a peer after this much silence in both directions, such as 30s, since UDP has no visible end; empty for two minutes";
        groups = "Multicast groups";
        groups_why = "Groups to join, such as 239.1.2.3 or ff02::fb, separated by commas; other programs may join them on the same port; empty for none";
        interface = "Multicast interface";
        interface_why = "The interface on which groups are joined and multicast is sent, by name or by one of its addresses; empty for the system's choice";
        multicast_ttl = "Multicast TTL";
        multicast_ttl_why = "How many hops a multicast datagram may take, 0 to 255: with 0 it stays on this machine, with 1 on the local network; empty for the system's default, which is 1";
        multicast_loop = "Receive own multicast on this machine";
        multicast_loop_why = "Whether what is sent to a group also reaches programs on this machine that have joined it, this one included (IP_MULTICAST_LOOP)";
        forgetting = "Forgetting";
        forgetting_why = "UDP has no connections. Whoever sends is a peer until nothing has come or gone for this long; empty for two minutes.";
        multicast = "Multicast";
        forget_peer = "Forget";
        forget_selected = "Forget selected peers";
        peers_and_forgotten(open: u64, forgotten: u64) = { format!("{}, {} forgotten", noun(open, "peer", "peers"), grouped(forgotten)) };
        clear_forgotten = "Clear forgotten";
        clear_forgotten_name = "Clear forgotten peers";
        clear_forgotten_why = "Remove forgotten peers from this list; their entries stay in the timeline";
        last_activity_at(time: &str) = "last at {time}";
        udp_peer(address: &str, state: &str, amounts: &str) = "{address} {state}, {amounts}";
        datagrams_each_way(received: (u64, u64), sent: (u64, u64)) = { datagrams_each_way(received, sent) };
        datagrams_undelivered(received: (u64, u64), sent: (u64, u64), undelivered: u64) = { format!("{}, {} undelivered", datagrams_each_way(received, sent), grouped(undelivered)) };
        datagrams_of(datagrams: u64, size: u64) = { format!("{}, {}", noun(datagrams, "datagram", "datagrams"), bytes(size)) };
        state_and(state: &str, amounts: &str) = "{state}, {amounts}";
        ready = "ready";
        ready_to_send(peer: &str) = "Ready to send to {peer}";
        udp_known = "known peer";
        udp_forgotten = "forgotten";
        udp_no_states = "UDP has no states: no handshake began this, and no FIN will end it. There are only datagrams, each by itself, and the time of the last one.";
        udp_new_again = "Nothing was sent to the peer about that. If it sends again, it is a new peer.";
        udp_nothing_came = "Nothing has come back yet. UDP does not say whether anybody received what was sent: only an answer does.";
        udp_undelivered_why(datagrams: u64) = { format!("{} did not get there: the network said so (ICMP).", noun(datagrams, "datagram", "datagrams")) };
        udp_first = "First datagram";
        udp_last = "Last activity";
        udp_local_why = "The address that the peer sends to";
        udp_forgotten_at = "Forgotten at";
        udp_forgotten_at_why = "If nothing comes or goes until then";
        udp_undelivered = "Undelivered";
        udp_undelivered_hint = "ICMP messages that came back. That none came does not mean that all arrived.";
        datagrams_undelivered_of(datagrams: u64) = { noun(datagrams, "datagram", "datagrams") };
        udp_speed_why = "How fast datagrams are sent to this peer from now on";
        udp_slice = "Bytes in a datagram";
        udp_slice_why = "Cuts what is sent into datagrams of at most this many bytes; empty for one datagram per message";
        udp_pause_why = "The pause between two datagrams, as in 20ms";
        stop_first = "Stop or disconnect it to change this";
        forget_after_reply = "Forget the peer after replying";
        forget_after_reply_why = "Nothing is sent to it; if it sends again, it is a new peer";
        replies_to_datagrams = "Replies to every datagram";
        greeting_of_datagrams_why = "Sent first to each peer; a server sends it after the peer's first datagram";
        read_buffer_of_datagrams_why = "The most bytes of one datagram: 1 to 1m. A datagram longer than this is cut, and the rest is lost";
        send_buffer_of_datagrams_why = "SO_SNDBUF: how much the system takes from this program before it is sent; Linux doubles it; empty for the system's default";
        receive_buffer_of_datagrams_why = "SO_RCVBUF: how much may wait for this program, of all peers together; what arrives beyond that is lost; Linux doubles it; empty for the system's default";
        connect_of_datagrams_why = "UDP has no handshake: connecting looks the name up and opens a socket, and sends nothing. Whether anybody is there shows when something comes back.";
        reconnect_of_datagrams_why = "Open a socket again when the name cannot be found, or when the peer was forgotten: the first and the longest wait, and optionally how many times, as in 1s..30s, 10 times; empty for never";
        socket_path = "Socket path";
        socket_path_why = "The path of the socket's file, or @ and a name without a file (Linux)";
        mode = "File mode";
        mode_why = "Who may connect, in octal: 600 is only you, 666 is everybody; empty leaves it to the system";

        network = "Network";
        network_why = "The lab is a private network on this machine in which every packet is recorded: its endpoints reach each other on 127.0.0.1 and ::1, and nothing else";
        system_network = "System";
        lab = "Lab (private network)";
        in_lab(address: &str) = "{address}, in the lab";
        lab_delay = "Packet delay";
        lab_delay_why = "How long each packet of the lab is delayed, in both directions; the server started last decides for the whole lab; empty for no delay";
        lab_loss = "Packet loss";
        lab_loss_why = "What share of the lab's packets is lost, as in 1%; the server started last decides for the whole lab; empty for none";

        target = "Target";
        choose_server = "Choose a server";
        host_and_port = "Host and port";
        not_listening = "not listening yet";
        remote_host = "Remote host";
        remote_port = "Remote port";
        connected_to(peer: &str) = "Connected to {peer}";
        half_closed_by_peer = "half-closed by peer (FIN)";
        half_closed_by_us = "half-closed by us (FIN)";
        follow = "Follow connection";
        follow_why = "Show the whole connection as text or as a hex dump";

        reply = "Reply";
        echo = "Echo";
        fixed = "Fixed message";
        no_reply = "None";
        reply_message = "Reply message";
        hex = "Hex";
        hex_why = "The message is written as hex digits";
        escapes = "Escapes";
        escapes_why = r"\n, \x0A and the like stand for bytes";
        template = "Template";
        template_why = "Fields such as {{counter}} are computed for each reply";
        when_applied = "Applied when you leave this field";
        replies_to_reads = "Replies to every read";
        replies_to_reads_why = "Choose a framing under Framing and encoding to reply to every frame instead";
        replies_to_frames = "Replies to every frame";

        greeting = "Greeting";
        greeting_why = "Sent first on each connection";

        socket_options = "Socket options";
        source = "Source address";
        source_why = "The address, :port or address:port to connect from; empty for any";
        no_delay = "Send small writes at once";
        no_delay_why = "TCP_NODELAY: off lets the system collect small writes into one segment (Nagle's algorithm)";
        keep_alive = "Keep-alive";
        keep_alive_why = "SO_KEEPALIVE: probe a silent peer after the first time, then at each interval, and give up after that many probes, as in 60s,10s,5; empty for never";
        send_buffer = "Send buffer";
        send_buffer_why = "SO_SNDBUF: how much the system takes from this program before the peer has acknowledged it; Linux doubles it; empty for automatic";
        receive_buffer = "Receive buffer";
        receive_buffer_why = "SO_RCVBUF: how much the system keeps for this program, and so the window that the peer may fill; Linux doubles it; empty for automatic";
        ttl = "TTL";
        ttl_why = "How many hops a packet may take, 1 to 255: each router takes one off, and drops the packet at 0; empty for the system's default";
        linger = "Linger";
        linger_why = "SO_LINGER: how long closing may wait for unsent bytes; 0s makes it a reset; empty closes in the background";
        new_connections = "New connections";
        new_connections_why = "Applies at once: accept them, accept and close them, or leave them in the backlog until it is full";
        accept = "Accept";
        accept_and_close = "Accept and close";
        stop_accepting = "Leave in backlog";

        start_tls = "Start TLS";
        stop_reading = "Stop reading";
        resume_reading = "Resume reading";
        reset = "Reset (RST)";
        pace = "Sending speed";
        pace_free = "As fast as the peer reads";
        pace_rate(rate: u64) = { format!("{} per second", bytes(rate)) };
        pace_slices(size: u64, pause: Duration) = { format!("{} in each write, {} apart", bytes(size), duration(pause)) };

        backlog = "Backlog";
        backlog_why = "How many connections may wait to be accepted; the system may cap it";
        stop_to_change = "Stop the server to change this";
        read_buffer = "Read buffer";
        read_buffer_why = "The most bytes that one read returns: 1 to 1m";
        close_after_reply = "Close after replying";
        when_peer_finishes = "When the peer stops sending";
        close = "Close";
        stay_half_open = "Keep sending side open";
        not_applied = "invalid setting";
        not_approved = "not approved";
        not_applied_why = "Nothing here is applied until the field in red is right; the server goes on as before.";
        reading_stopped = "Reading stopped";
        new_data = "Applies to new data";
        connect_timeout = "Connect timeout";
        connect_timeout_why = "How long each address may take: 200ms, 5s, 1m";
        reconnect = "Reconnect";
        reconnect_why = "Connect again when an attempt fails or the connection ends: the first and the longest wait, and optionally how many times, as in 1s..30s, 10 times; empty for never";
        reconnecting(seconds: u64, attempt: &str) = { format!("connecting again in {} · {attempt}", seconds_left(seconds)) };
        again_in(seconds: u64, attempt: &str) = { format!("again in {} · {attempt}", seconds_left(seconds)) };
        reconnecting_now(attempt: &str) = "connecting again · {attempt}";
        stop_reconnecting = "Stop";
        send_saved = "Send saved message";
        wait_a_second = "Wait 1 s before sending more";
        wait_menu = "Wait before sending more";
        wait_for(time: Duration) = { duration(time) };
        disconnect_to_change = "Disconnect to change these";

        peers(open: u64) = { noun(open, "peer", "peers") };
        peers_and_closed(open: u64, closed: u64) = { format!("{}, {} closed", noun(open, "peer", "peers"), grouped(closed)) };
        forget = "Forget closed";
        forget_name = "Forget closed peers";
        forget_why = "Remove closed peers from this list; their entries stay in the timeline";
        peer(address: &str, state: &str, received_bytes: u64, sent_bytes: u64, since: &str) = { format!("{address} {state}, {} in, {} out, since {since}", bytes(received_bytes), bytes(sent_bytes)) };
        bytes_since(received_bytes: u64, sent_bytes: u64, since: &str) = { format!("{} in, {} out, since {since}", bytes(received_bytes), bytes(sent_bytes)) };
        ended_bytes(state: &str, received_bytes: u64, sent_bytes: u64) = { format!("{state}, {} in, {} out", bytes(received_bytes), bytes(sent_bytes)) };
        show_peer = "Show only this peer";
        numbered_peer(number: u64, address: &str) = "#{number} {address}";
        send_to_peer = "Send to this peer";
        selected(count: u64) = { format!("{} selected", grouped(count)) };
        send_to_selected = "Send to these";
        send_to_selected_why = "Send the message to the selected peers";
        disconnect_selected = "Disconnect selected peers";
        clear_selection = "Clear selection";
    }
}

/// Returns how many datagrams, and bytes in them, came and went.
fn datagrams_each_way(received: (u64, u64), sent: (u64, u64)) -> String {
    let each = |(datagrams, size): (u64, u64)| format!("{} ({})", grouped(datagrams), bytes(size));
    format!("{} in, {} out", each(received), each(sent))
}

/// Returns a time that counts down in whole seconds.
fn seconds_left(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

impl Endpoints {
    /// Returns the name of a transport.
    pub(crate) fn transport_name(&self, transport: TransportKind) -> &'static str {
        match transport {
            TransportKind::Tcp => self.tcp,
            TransportKind::Tls => self.tls,
            TransportKind::Udp => self.udp,
            TransportKind::Unix => self.unix,
        }
    }
}

kinds! {
    /// What an address to listen on stands for.
    BindScopes for BindScope as bind_scopes |language| {
        LoopbackV4 = "this machine only (IPv4)";
        LoopbackV6 = "this machine only (IPv6)";
        AllV4 = "all IPv4 addresses";
        AllV6 = "all IPv6 addresses";
        DualStack = "all addresses (dual-stack)";
        Interface(name: &str) = "{name}";
    }
}
