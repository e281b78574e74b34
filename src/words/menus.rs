//! The menus and the list of commands.

use super::phrases::phrases;

phrases! {
    /// The menus and the list of commands.
    Menus {
        file = "File";
        edit = "Edit";
        endpoint = "Endpoint";
        view = "View";
        help = "Help";
        bar = "Menus";
        with_key(does: &str, key: &str) = "{does} ({key})";

        find_command = "Find a command";
        command_hint = "Part of its name, or a peer: #12, 127.0.0.1:53122";
        no_command = "No command has that in its name";
        not_now = "Not available now";

        new_document = "New document";
        new_from_preset = "New from preset…";
        new_from_preset_why = "Adds ready-made servers and clients to the document";
        open = "Open…";
        open_why = "Opens a document, a capture or a captured file";
        save = "Save document";
        save_why = "Saves the document in its file";
        save_as = "Save document as…";
        save_as_why = "Saves the document in another file";
        recent = "Open recent";
        no_recent = "No recent documents";
        sessions = "Open sessions…";
        sessions_why = "Open, save or delete sessions on disk";
        save_session = "Save session as…";
        save_session_why = "Keep what was recorded under a name";
        import = "Import messages…";
        import_why = "Imports the packets of Packet Sender as saved messages";
        export = "Export entries…";
        recording = "Recording settings…";
        quit = "Quit";

        find = "Find";
        find_next = "Find next";
        find_previous = "Find previous";
        add_server = "Add server";
        add_client = "Add client";
        duplicate = "Duplicate endpoint";
        remove = "Remove endpoint";
        remove_why = "Removes the selected endpoint, and stops it if it runs. Undo below the list brings it back";
        move_up = "Move endpoint up";
        move_down = "Move endpoint down";
        approve = "Approve document";
        approve_why = "Lets the servers of a document from another source reply, and its templates read files";
        rules = "Rules";
        rules_why = "Shows the rules of the selected endpoint";
        add_rule = "Add rule";
        add_rule_why = "Adds a rule to the selected endpoint";
        rules_on = "Switch all rules on";
        rules_off = "Switch all rules off";
        start = "Start or connect";
        start_why = "Starts the selected server, or connects the selected client";
        stop = "Stop or disconnect";
        stop_why = "Stops the selected server, or disconnects the selected client";
        start_all = "Start all servers";
        stop_all = "Stop all endpoints";
        log_keys = "Log TLS keys";
        log_keys_why = "Appends the keys of new TLS connections to a file, with which Wireshark decrypts what it captured; whoever has the file can read everything";
        stop_everything = "Stop everything";
        stop_everything_why = "Cancels what rules, sequences, repeated messages and files still have to send, and connecting again; connections stay open";
        copy_python = "Copy as Python";
        copy_python_why = "Copies a program that holds the same conversation as the selected endpoint";
        copy_ncat = "Copy as ncat command";
        copy_ncat_why = "Copies a shell command that holds the same conversation as the selected endpoint";
        send = "Send the message";
        history = "Sent messages";
        stop_repeating = "Stop repeating the message";

        rows = "Rows";
        rows_why = "Shows the timeline as a list of entries";
        frames = "Frames";
        lifecycle = "Lifecycle";
        lifecycle_why = "Draws one connection: its handshake, its bytes, and how it ended";
        lanes = "Lanes";
        lanes_why = "Shows the timeline as arrows between the two ends of connections";
        plot = "Plot";
        inspector = "Inspector";
        inspector_why = "Shows the settings, peers and connection of the selected endpoint";
        why_not = "Why not?";
        why_not_why = "Shows what each rule of an endpoint says to the selected request, or to one that you type";
        clear_view = "Clear view";
        undo_clear = "Undo clear";
        dark = "Dark theme";
        light = "Light theme";
        system = "System theme";
        language = "Language";
        system_language = "System language";
        system_language_why = "Follows the language of the system";
        zoom_in = "Zoom in";
        zoom_out = "Zoom out";
        zoom_reset = "Actual size";
        next_pane = "Next pane";
        previous_pane = "Previous pane";

        lessons = "Lessons";
        lessons_why = "Learn TCP and UDP step by step on real sockets";
        commands = "Find a command…";
        keys = "Keyboard shortcuts";

        needs_endpoint = "Choose an endpoint first";
        needs_unapproved = "The document is approved";
        needs_repeating = "No message is being repeated";
        needs_acting = "Nothing is being sent automatically";
        needs_endpoint_above = "Choose an endpoint that has one above it";
        needs_endpoint_below = "Choose an endpoint that has one below it";
        needs_rule_off = "Choose an endpoint with rules that are off";
        needs_rule_on = "Choose an endpoint with rules that are on";
        needs_stopped = "Choose an endpoint that is not running";
        needs_running = "Choose an endpoint that is running";
        needs_stopped_server = "All servers are running";
        needs_any_running = "No endpoint is running";
        needs_cleared = "Nothing has been cleared";
        problems = "Problems";
        about = "About Bothends";
        version(number: &str) = "Bothends {number}";
    }
}
