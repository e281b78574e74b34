//! Rows of the timeline in words, and all else that find, copying and exports have said.

use crate::words::row::Rows;
use crate::words::translated::translated;

translated! { GERMAN:
    Rows {
        of_endpoint(name, row) = "{name}: {row}";
        received(size, text) = "{size} empfangen: {text}";
        received_from(size, peer, text) = "{size} von {peer} empfangen: {text}";
        sent(size, text) = "{size} gesendet: {text}";
        sent_to(size, peer, text) = "{size} an {peer} gesendet: {text}";
        good_frame(size) = "gültiger Frame ({size})";
        bad_frame(size) = "fehlerhafter Frame ({size})";
        not_kept(bytes) = "[{bytes} nicht behalten]";
        gap(file, file_offset, offset, what) = "{file}: bei Byte {file_offset} der Datei, Byte {offset} des Datenstroms: {what}";
        cut_datagram(file, what) = "{file}: am Ende: {what}";
        gap_not_kept(bytes) = "{bytes} nicht behalten";
        gap_damaged(bytes) = "{bytes} im Mitschnitt beschädigt";
        gap_not_captured(bytes) = "{bytes} in der Paketdatei nicht vorhanden";
        gap_not_exported(bytes) = "{bytes} nicht in diesem Export";
        unreadable(entry, why) = "Eintrag {entry} ist nicht lesbar: {why}";
        unreadable_run(entries, first, last, why) = "{entries}, Nummern {first} bis {last}, sind nicht lesbar: {why}";
        real = "Pakete des Labors, wie der Kernel sie zustellte";
        real_and_reconstructed = "Pakete der Schnittstelle lo sind die des Labors, wie der Kernel sie zustellte. Die anderer Schnittstellen, falls vorhanden, sind aus Socket-Ereignissen rekonstruiert: Von ihnen sind nur Nutzdaten, Reihenfolge und Zeiten echt.";
        reconstructed = "Paketköpfe sind aus Socket-Ereignissen rekonstruiert: Es wurde kein Paket mitgeschnitten. Nutzdaten, ihre Reihenfolge und ihre Zeiten sind echt; Sequenznummern, Bestätigungen, Segmentgrößen und Fenster sind es nicht. Bei Verbindungen mit TLS sind die Nutzdaten der Klartext, den dieses Programm gesendet und entschlüsselt hat, nicht die Bytes auf der Leitung.";
        no_beginning = "der Anfang dieser Verbindung ist nicht in diesem Export";
        missing_before(count, bytes) = { format!("vor diesem Paket {} {bytes} dieses Datenstroms", if count == 1 { "fehlt" } else { "fehlen" }) };
        decrypted = "Klartext: Auf der Leitung ist diese Verbindung ab hier mit TLS verschlüsselt; ein Ende von ihr in diesem Programm hat die Nutzdaten entschlüsselt";
        assumed_end = "nicht gesehen: Die Verbindung wurde hier geschlossen, bevor die Gegenstelle fertig war";
    }
}
