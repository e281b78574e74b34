//! Captured files of other tools.

use super::noun;
use crate::words::InWords as _;
use crate::words::packets::{Imports, PacketFiles, Packets, PacketsShown};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { FRENCH:
    Packets {
        summary(packets, segments) = "paquets : {packets}, dont {segments} TCP";
        summary_with_udp(packets, segments, datagrams) = "paquets : {packets}, dont {segments} TCP et {datagrams} UDP";
        fragments(count) = { noun(count, "fragment IP", "fragments IP") };
        others(count) = { noun(count, "autre paquet", "autres paquets") };
        skipped(fragments, others) = "ignorés : {fragments}, {others}";
        missing(bytes) = "absents du fichier : {bytes} de leur contenu";
    }

    PacketsShown {
        packets = "Paquets";
        about(shown, total) = { if shown == total { format!("{} sur le réseau en moins d’une seconde, d’après le noyau", noun(total as u64, "paquet", "paquets")) } else { format!("{} sur {total} sur le réseau en moins d’une seconde, d’après le noyau", noun(shown as u64, "paquet", "paquets")) } };
        lost(packets) = { noun(packets, "paquet de ce labo non capturé", "paquets de ce labo non capturés") };
        relative = "Compté à partir du SYN de son expéditeur, qui vaut 0";
        unscaled = "Tel qu’il est dans l’en-tête : après le SYN, à multiplier par l’échelle de fenêtre";
        letters = "S SYN, F FIN, R RST, P PSH, . ACK";
        time = "Heure";
        way = "Sens";
        flag_letters = "Drapeaux";
        sequence = "Seq";
        acknowledged = "Ack";
        window = "Fenêtre";
        length = "Octets";
        sent = "envoyé";
        received = "reçu";
    }

    Imports |language| {
        Open(path, source) = { format!("Impossible d’ouvrir {} : {}", shown(path), source.in_words(language)) };
        File(path, source) = { format!("Impossible de lire {}. {}", shown(path), source.in_words(language)) };
        Store(error) = { error.in_words(language) };
        Stopped(path, cause) = { format!("Impossible de conserver les paquets de {} : {}", shown(path), cause.in_words(language)) };
        Cancelled = "La lecture du fichier a été annulée";
    }

    PacketFiles |language| {
        Read(position, source) = { format!("La lecture s’est arrêtée à l’octet {position} : {}", source.in_words(language)) };
        Format = "Le fichier n’est ni pcap ni pcapng";
        CutOff(position) = "Le fichier est tronqué à l’octet {position}";
        Length(position, bytes) = "Le fichier est endommagé à l’octet {position} : une longueur de {bytes} octets";
        Block(position, block_type) = "Le fichier est endommagé à l’octet {position} : bloc mal formé de type {block_type}";
        Interface(position, interface) = "Le fichier est endommagé à l’octet {position} : l’interface {interface} n’est pas décrite";
        TooManyInterfaces(position, limit) = "Le fichier décrit plus de {limit} interfaces, à l’octet {position}";
    }
}
