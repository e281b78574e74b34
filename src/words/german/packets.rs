//! Captured files of other tools.

use super::{grouped, noun};
use crate::words::InWords as _;
use crate::words::packets::{Imports, PacketFiles, Packets, PacketsShown};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { GERMAN:
    Packets {
        summary(packets, segments) = "Pakete: {packets}, davon TCP: {segments}";
        summary_with_udp(packets, segments, datagrams) = "Pakete: {packets}, davon TCP: {segments}, UDP: {datagrams}";
        fragments(count) = { noun(count, "IP-Fragment", "IP-Fragmente") };
        others(count) = { noun(count, "anderes Paket", "andere Pakete") };
        skipped(fragments, others) = "übersprungen: {fragments}, {others}";
        missing(bytes) = "nicht in der Datei: {bytes} ihrer Nutzdaten";
    }

    PacketsShown {
        packets = "Pakete";
        about(shown, total) = { if shown == total { format!("{} auf der Leitung innerhalb einer Sekunde, wie der Kernel sie zustellte", noun(total, "Paket", "Pakete")) } else { format!("{} von {} auf der Leitung innerhalb einer Sekunde, wie der Kernel sie zustellte", noun(shown, "Paket", "Pakete"), grouped(total)) } };
        lost(packets) = { format!("{} dieses Labors nicht aufgezeichnet", noun(packets, "Paket", "Pakete")) };
        relative = "Gezählt ab dem SYN des Absenders, das 0 ist";
        unscaled = "Wie es im Kopf steht: nach dem SYN noch mit der Fensterskalierung zu multiplizieren";
        letters = "S SYN, F FIN, R RST, P PSH, . ACK";
        time = "Zeit";
        way = "Weg";
        flag_letters = "Flags";
        sequence = "Seq";
        acknowledged = "Ack";
        window = "Fenster";
        length = "Bytes";
        sent = "gesendet";
        received = "empfangen";
    }

    Imports |language| {
        Open(path, source) = { format!("Öffnen von {} nicht möglich: {}", shown(path), source.in_words(language)) };
        File(path, source) = { format!("Lesen von {} nicht möglich. {}", shown(path), source.in_words(language)) };
        Store(error) = { error.in_words(language) };
        Stopped(path, cause) = { format!("Speichern der Pakete aus {} nicht möglich: {}", shown(path), cause.in_words(language)) };
        Cancelled = "Das Lesen der Datei wurde abgebrochen";
    }

    PacketFiles |language| {
        Read(position, source) = { format!("Das Lesen endete bei Byte {position}: {}", source.in_words(language)) };
        Format = "Die Datei ist weder pcap noch pcapng";
        CutOff(position) = "Die Datei ist bei Byte {position} abgeschnitten";
        Length(position, bytes) = "Die Datei ist bei Byte {position} beschädigt: Längenangabe {bytes}";
        Block(position, block_type) = "Die Datei ist bei Byte {position} beschädigt: fehlerhafter Block vom Typ {block_type}";
        Interface(position, interface) = "Die Datei ist bei Byte {position} beschädigt: Schnittstelle {interface} ist nicht beschrieben";
        TooManyInterfaces(position, limit) = "Die Datei beschreibt mehr als {limit} Schnittstellen, bei Byte {position}";
    }
}
