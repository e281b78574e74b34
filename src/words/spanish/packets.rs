//! Captured files of other tools.

use super::{grouped, noun};
use crate::words::InWords as _;
use crate::words::packets::{Imports, PacketFiles, Packets, PacketsShown};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { SPANISH:
    Packets {
        summary(packets, segments) = { format!("{}, {segments} de TCP", counted(packets)) };
        summary_with_udp(packets, segments, datagrams) = { format!("{}, {segments} de TCP y {datagrams} de UDP", counted(packets)) };
        fragments(count) = { noun(count, "fragmento IP", "fragmentos IP") };
        others(count) = { noun(count, "paquete de otro tipo", "paquetes de otro tipo") };
        skipped(fragments, others) = "omitidos: {fragments}, {others}";
        missing(bytes) = "no está en el archivo: {bytes} de lo que llevaban";
    }

    PacketsShown {
        packets = "Paquetes";
        about(shown, total) = { if shown == total { format!("{} en la red durante un segundo, tal como los entregó el núcleo", noun(total, "paquete", "paquetes")) } else { format!("{} en la red durante un segundo, mostrados {}, tal como los entregó el núcleo", noun(total, "paquete", "paquetes"), grouped(shown)) } };
        lost(packets) = { format!("{} de este laboratorio sin grabar", noun(packets, "paquete", "paquetes")) };
        relative = "Contado desde el SYN de su emisor, que es 0";
        unscaled = "Como está en la cabecera: tras el SYN, hay que multiplicarlo por la escala de ventana";
        letters = "S SYN, F FIN, R RST, P PSH, . ACK";
        time = "Hora";
        way = "Sentido";
        flag_letters = "Flags";
        sequence = "Seq";
        acknowledged = "Ack";
        window = "Ventana";
        length = "Bytes";
        sent = "enviado";
        received = "recibido";
    }

    Imports |language| {
        Open(path, source) = { format!("No se puede abrir {}: {}", shown(path), source.in_words(language)) };
        File(path, source) = { format!("No se puede leer {}. {}", shown(path), source.in_words(language)) };
        Store(error) = { error.in_words(language) };
        Stopped(path, cause) = { format!("No se pueden almacenar los paquetes de {}: {}", shown(path), cause.in_words(language)) };
        Cancelled = "La lectura del archivo se ha cancelado";
    }

    PacketFiles |language| {
        Read(position, source) = { format!("La lectura se ha detenido en el byte {position}: {}", source.in_words(language)) };
        Format = "El archivo no es pcap ni pcapng";
        CutOff(position) = "El archivo está cortado en el byte {position}";
        Length(position, bytes) = "El archivo está dañado en el byte {position}: una longitud de {bytes} bytes";
        Block(position, block_type) = "El archivo está dañado en el byte {position}: bloque mal formado de tipo {block_type}";
        Interface(position, interface) = "El archivo está dañado en el byte {position}: la interfaz {interface} no está descrita";
        TooManyInterfaces(position, limit) = "El archivo describe más de {limit} interfaces, en el byte {position}";
    }
}

fn counted(packets: &str) -> String {
    let noun = if packets == "1" {
        "paquete"
    } else {
        "paquetes"
    };
    format!("{packets} {noun}")
}
