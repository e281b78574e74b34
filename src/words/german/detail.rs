//! The detail pane: the whole of one entry.

use super::{duration, grouped, noun};
use crate::words::detail::Detail;
use crate::words::translated::translated;

translated! { GERMAN:
    Detail {
        what_happened = "Was ist hier geschehen?";
        what_happened_sign = "?";
        not_kept = "Dieser Eintrag ist nicht mehr vorhanden";
        show_as = "Zeigen als";
        text = "Text";
        text_and_hex = "Text und Hex";
        hex = "Hex";
        structure = "Struktur";
        both_ends = "Beide Enden";
        hex_dump = "Hex-Dump";

        encrypted(heading, wire) = { format!("{heading}, {} verschlüsselt", grouped(wire)) };
        encrypted_why = "So viel war es auf der Leitung: TLS fügt jedem Record einen Kopf hinzu und das, was ihn vor Änderungen schützt";
        sent(bytes) = { format!("{} gesendet", noun(bytes, "Byte", "Bytes")) };
        received(bytes) = { format!("{} empfangen", noun(bytes, "Byte", "Bytes")) };
        to(peer) = "an {peer}";
        from(peer) = "von {peer}";
        by(peer, endpoint) = "{peer} durch {endpoint}";
        byte_of_stream(offset) = { format!("Byte {} des Datenstroms", grouped(offset)) };
        bytes_of_stream(first, last) = { format!("Bytes {} bis {} des Datenstroms", grouped(first), grouped(last)) };
        by_user = "von Ihnen veranlasst";
        by_responder = "durch die eingestellte Antwort veranlasst";
        by_relay = "weitergeleitet";
        by_sequence = "durch einen Ablauf veranlasst";
        by_rule(rule) = "durch Regel {rule} veranlasst";
        by_rule_why = "Zeigt die Regel; sie kann inzwischen geändert sein";
        since_previous(time) = { format!("{} nach der Zeile davor", duration(time)) };
        no_glyph(character) = { format!("Keine installierte Schriftart zeigt U+{:04X}: eine passende installieren, etwa Noto Sans", u32::from(character)) };

        copy_as = "Kopieren als…";
        copy_text = "Text";
        copy_hex = "Hex";
        copy_escaped = "String mit Escapes";
        copy_c_array = "C-Array";

        reuse = "Verwenden…";
        reuse_hint = "Sendet diese Bytes noch einmal, speichert sie oder vergleicht andere damit";
        send_again = "Noch einmal senden";
        send_again_to(recipient) = "Noch einmal an {recipient} senden";
        edit = "Bearbeiten und senden";
        save = "Nachricht speichern";
        set_base = "Als Vergleichsbasis nehmen";
        name_sent(size, beginning) = "Gesendet, {size}: {beginning}";
        name_received(size, beginning) = "Empfangen, {size}: {beginning}";

        held_between(held, first, last) = "{held}, {first} bis {last}";
        chunk_of(chunk, chunks) = { format!("Chunk {} von {}", grouped(chunk), grouped(chunks)) };
        next_chunk = "Nächster Chunk";
        previous_chunk = "Vorheriger Chunk";

        end_comparison = "Vergleich beenden";
        base_dump = "Hex-Dump der Vergleichsbasis";
        compared(differences, base) = "{differences}, verglichen mit „{base}“";
        changed(bytes) = { format!("{} geändert", noun(bytes, "Byte", "Bytes")) };
        added(bytes) = { format!("{} hinzugekommen", noun(bytes, "Byte", "Bytes")) };
        removed(bytes) = { format!("{} weggefallen", noun(bytes, "Byte", "Bytes")) };
        unaligned = "Position für Position verglichen";
        identical = "Gleiche Bytes";

        no_other_end = "Das andere Ende dieser Verbindung gehört einem anderen Programm, darum ist es nicht in diesem Mitschnitt";
        other_end = "Das andere Ende";
        wrote(endpoint, writes) = { format!("{endpoint} schrieb das in {}", noun(writes, "Schreibvorgang", "Schreibvorgängen")) };
        read(endpoint, reads) = { format!("{endpoint} las das in {}", noun(reads, "Lesevorgang", "Lesevorgängen")) };
        chunk_at(size, time) = "{size} um {time}";
        chunk_after(size, time) = "{size} nach {time}";
        no_chunk = "nicht aufgezeichnet";

        payload_only = "Nur Nutzdaten";
        payload_only_hint = "Ohne Trennzeichen und Längenfelder, Escapes aufgelöst";
        in_reads(reads) = { format!("In {}:", noun(reads, "Lesevorgang", "Lesevorgängen")) };
        in_writes(writes) = { format!("In {}:", noun(writes, "Schreibvorgang", "Schreibvorgängen")) };
        chunks_hint = "TCP ist ein Datenstrom: Lese- und Schreibvorgänge können überall in einer Nachricht enden";
        good_frame(check) = "Prüfung bestanden: {check}";
        bad_frame(problem) = "Prüfung nicht bestanden: {problem}";
        no_frame(framing, problem) = "Kein gültiger Frame ({framing}): {problem}";

        choose_byte = "Ein Byte anklicken, um es als Zahl, Zeit oder Zeichen zu lesen";
        byte_as(offset) = "Byte {offset} als";
        little_endian(kind) = "{kind} Little-Endian";
        big_endian(kind) = "{kind} Big-Endian";
        little_endian_short(kind) = "{kind} LE";
        big_endian_short(kind) = "{kind} BE";
        unix_seconds = "Unix-Zeit, s";
        unix_millis = "Unix-Zeit, ms";

        read_as = "Lesen als";
        detect = "Auto";
        no_structure = "Keine bekannte Struktur gefunden. Oben lässt sich eine zum Probieren wählen.";
    }
}
