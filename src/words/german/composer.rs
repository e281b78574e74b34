//! The composer: the message being written, and what becomes of it.

use super::{bytes, duration, grouped};
use crate::words::composer::Composer;
use crate::words::translated::translated;
use std::time::Duration;

translated! { GERMAN:
    Composer {
        message = "Nachricht";
        text_hint = "Nachricht eingeben";
        hex_hint = "Hexziffern: 48 65 6C";
        send = "Senden";
        send_empty = "Leeres Datagramm senden";
        empty_datagram = "0 Bytes: Ein Datagramm darf leer sein";
        too_long(bytes) = "{bytes} sind zu viel für ein Datagramm, das höchstens 65.507 fasst. Weniger senden oder „Bytes je Datagramm“ unter „Sendegeschwindigkeit“ setzen";
        to = "An";
        send_to = "Senden an";
        nobody = "Kein Empfänger";
        to_address(name, address) = "{name} → {address}";
        all_peers(server) = "{server}: alle Gegenstellen";
        and_more(first, more) = "{first} und {more} weitere";
        include(recipients) = "Auch an {recipients} senden";
        selected_peers(server, count) = "{server}: ausgewählte Gegenstellen ({count})";
        format = "Format";
        text = "Text";
        hex = "Hex";
        line_ending = "Zeilenende";
        no_ending = "Keines";
        lf = "LF";
        cr = "CR";
        crlf = "CRLF";
        escapes = "Escapes";
        escapes_why = r"Ein: \n \r \t \0 \\ \xNN \u{…} im Text stehen für Bytes. Aus: Ein Backslash ist ein Backslash.";
        template = "Vorlage";
        template_why = "Ein: Felder wie {{counter}}, {{time}} und {{crc CRC-16/MODBUS le}} werden bei jedem Senden der Nachricht berechnet. Aus: {{ und }} stehen für sich selbst.";

        completions = "Vervollständigungen";
        with_file(bytes, file) = "{bytes} und {file}";
        unfinished = "Ein Feld endet mit }}";
        exact = "Genau diese Bytes werden gesendet";
        computed = "Die Bytes, wie sie jetzt gesendet würden; die hervorgehobenen werden erst dann berechnet";
        escapes_off = "Escapes ausschalten";

        pasted(kind) = "Eingefügt wurde {kind}";
        take_as_hex(bytes) = "In Hex umwandeln ({bytes})";
        keep_text = "Als Text belassen";

        repeat_menu = "Wiederholen…";
        repeat_why = "Sendet die Nachricht immer wieder";
        repeat = "Wiederholen";
        every = "Alle";
        period = "Zeit zwischen zwei Nachrichten";
        period_why = "Zum Beispiel 500ms oder 2s; eine Zahl ohne Einheit bedeutet Millisekunden";
        times = "Wie oft";
        times_why = "Leer: bis zum Abbruch";
        endless = "∞";
        times_unit = "mal";
        until_reply = "bis zur Antwort";
        stop_repeating = "Anhalten";
        stop_repeating_why = "Beendet das Wiederholen der Nachricht (Esc)";
        dismiss_repeated = "Ausblenden";
        repeating(times, of, period) = { repeating(times, of, period) };
        repeated(times) = { format!("{}-mal wiederholt", grouped(times)) };
        repeat_stopped(times) = { format!("Angehalten, {}-mal gesendet", grouped(times)) };
        repeat_replied(times) = { format!("Beantwortet, {}-mal gesendet", grouped(times)) };
        repeat_ended(times, why) = { format!("Wiederholen beendet, {}-mal gesendet: {why}", grouped(times)) };

        more = "Nachrichtenmenü";
        history = "Verlauf";
        search_history = "Gesendete Nachrichten durchsuchen";
        history_empty = "Noch wurde nichts gesendet";
        history_no_match = "Keine Nachricht enthält das";

        file = "Datei…";
        file_why = "Sendet eine Datei beliebiger Größe";
        file_path = "Zu sendende Datei";
        write_bytes = "Bytes je Schreibvorgang";
        write_bytes_why = "1 bis 1m; leer: so viele, wie das System nimmt";
        delay = "Pause zwischen Schreibvorgängen";
        delay_why = "Zum Beispiel 200ms oder 2s; leer: keine";
        send_file = "Datei senden";
        dismiss_file = "Ausblenden";
        sending(file, sent_bytes, total_bytes, percent) = { format!("Sendet {file}: {} von {}, {percent} %", bytes(sent_bytes), bytes(total_bytes)) };
        sent(file, sent_bytes) = { format!("{file} gesendet, {}", bytes(sent_bytes)) };
        cancelled(file, sent_bytes, total_bytes) = { format!("{file} nach {} von {} abgebrochen", bytes(sent_bytes), bytes(total_bytes)) };
        not_open(file, sent_bytes, total_bytes) = { format!("{file} nach {} von {} abgebrochen: Die Verbindung ist nicht mehr offen", bytes(sent_bytes), bytes(total_bytes)) };
        unread(file, sent_bytes, why) = { format!("{file} war nach {} nicht weiter lesbar: {why}", bytes(sent_bytes)) };
    }
}

fn repeating(times: u64, of: Option<u64>, period: Duration) -> String {
    let (times, period) = (grouped(times), duration(period));
    match of {
        Some(of) => format!("Wiederholt · {times} von {} · alle {period}", grouped(of)),
        None => format!("Wiederholt · bisher {times} · alle {period}"),
    }
}
