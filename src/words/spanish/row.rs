//! Rows of the timeline in words, and all else that find, copying and exports have said.

use super::plural;
use crate::words::row::Rows;
use crate::words::translated::translated;

translated! { SPANISH:
    Rows {
        of_endpoint(name, row) = "{name}: {row}";
        received(size, text) = "recibido {size}: {text}";
        received_from(size, peer, text) = "recibido {size} de {peer}: {text}";
        sent(size, text) = "enviado {size}: {text}";
        sent_to(size, peer, text) = "enviado {size} a {peer}: {text}";
        good_frame(size) = "una trama correcta de {size}";
        bad_frame(size) = "una trama errónea de {size}";
        not_kept(bytes) = "[sin conservar: {bytes}]";
        gap(file, file_offset, offset, what) = "{file}: en el byte {file_offset} del archivo, byte {offset} del flujo: {what}";
        cut_datagram(file, what) = "{file}: al final: {what}";
        gap_not_kept(bytes) = "{bytes} sin conservar";
        gap_damaged(bytes) = "{bytes} con daños en la captura";
        gap_not_captured(bytes) = "{bytes} de menos en el archivo de paquetes";
        gap_not_exported(bytes) = "{bytes} fuera de esta exportación";
        unreadable(entry, why) = "no se puede leer la entrada {entry}: {why}";
        unreadable_run(entries, first, last, why) = "no se pueden leer {entries}, de la {first} a la {last}: {why}";
        real = "Paquetes del laboratorio, tal como los entregó el núcleo";
        real_and_reconstructed = "En la interfaz «lo» están los paquetes del laboratorio, tal como los entregó el núcleo. Los de otras interfaces, si los hay, se han reconstruido a partir de eventos de socket: de ellos, solo son reales las cargas útiles, su orden y sus horas.";
        reconstructed = "Las cabeceras de los paquetes se han reconstruido a partir de eventos de socket: no se ha capturado ningún paquete. Las cargas útiles, su orden y sus horas son reales; los números de secuencia, las confirmaciones, los tamaños de segmento y las ventanas no. En las conexiones con TLS, las cargas útiles son el texto en claro que este programa envió y descifró, no los bytes de la red.";
        no_beginning = "el principio de esta conexión no está en esta exportación";
        missing_before(count, bytes) = { format!("antes de este paquete {} de este flujo {bytes}", plural(count, "falta", "faltan")) };
        decrypted = "texto en claro: en la red, esta conexión está cifrada con TLS a partir de aquí; un lado de ella en este programa ha descifrado las cargas útiles";
        assumed_end = "no visto: la conexión se cerró aquí antes de que el par terminara";
    }
}
