//! The composer: the message being written, and what becomes of it.

use super::number::bytes;
use super::phrases::phrases;

phrases! {
    /// The composer.
    Composer {
        message = "Message";
        text_hint = "Type a message";
        hex_hint = "Hex digits: 48 65 6C";
        send = "Send";
        to = "To";
        send_to = "Send to";
        nobody = "No recipient";
        to_address(name: &str, address: &str) = "{name} → {address}";
        all_peers(server: &str) = "{server}: all peers";
        selected_peers(server: &str, count: usize) = "{server}: selected peers ({count})";
        format = "Format";
        text = "Text";
        hex = "Hex";
        line_ending = "Line ending";
        no_ending = "None";
        lf = "LF";
        cr = "CR";
        crlf = "CRLF";
        escapes = "Escapes";
        escapes_why = r"On: \n \r \t \0 \\ \xNN \u{…} in the text stand for bytes. Off: a backslash is a backslash.";
        template = "Template";
        template_why = "On: fields such as {{counter}}, {{time}} and {{crc CRC-16/MODBUS le}} are computed each time the message is sent. Off: {{ and }} stand for themselves.";

        completions = "Completions";
        with_file(bytes: &str, file: &str) = "{bytes} and {file}";
        exact = "Exact bytes to be sent";
        computed = "Bytes as they would be sent now; the highlighted ones are computed at that moment";
        escapes_off = "Turn escapes off";

        pasted(kind: &str) = "You pasted {kind}";
        take_as_hex(bytes: &str) = "Convert to hex ({bytes})";
        keep_text = "Keep as text";

        saved = "Saved messages";
        saved_why = "Messages saved under a name";
        none_saved = "No saved messages";
        message_name = "Message name";
        name_hint = "Save this message as…";
        save = "Save";
        delete = "Delete";
        delete_message(name: &str) = "Delete {name}";

        file = "File…";
        file_why = "Send a file of any size";
        file_path = "File to send";
        write_bytes = "Bytes per write";
        write_bytes_why = "1 to 1m; empty for as many as the system takes";
        delay = "Delay between writes";
        delay_why = "200ms or 2s, for example; empty for none";
        send_file = "Send file";
        dismiss_file = "Dismiss";
        sending(file: &str, sent_bytes: u64, total_bytes: u64, percent: u64) = { format!("Sending {file}: {} of {}, {percent}%", bytes(sent_bytes), bytes(total_bytes)) };
        sent(file: &str, sent_bytes: u64) = { format!("Sent {file}, {}", bytes(sent_bytes)) };
        cancelled(file: &str, sent_bytes: u64, total_bytes: u64) = { format!("Cancelled {file} after {} of {}", bytes(sent_bytes), bytes(total_bytes)) };
        not_open(file: &str, sent_bytes: u64, total_bytes: u64) = { format!("Stopped {file} after {} of {}: the connection is no longer open", bytes(sent_bytes), bytes(total_bytes)) };
        unread(file: &str, sent_bytes: u64, why: &str) = { format!("Could not read {file} after {}: {why}", bytes(sent_bytes)) };
    }
}
