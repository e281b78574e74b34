//! The composer: the message being written, and what becomes of it.

use super::{bytes, duration, grouped, noun};
use crate::words::composer::Composer;
use crate::words::translated::translated;
use std::time::Duration;

translated! { SPANISH:
    Composer {
        message = "Mensaje";
        text_hint = "Escriba un mensaje";
        hex_hint = "Dígitos hex: 48 65 6C";
        send = "Enviar";
        send_empty = "Enviar datagrama vacío";
        empty_datagram = "0 bytes: un datagrama puede estar vacío";
        too_long(bytes) = "{bytes} son demasiados para un datagrama, que puede contener como máximo 65\u{a0}507. Envíe menos o indique «Bytes por datagrama» en «Velocidad de envío»";
        to = "Para";
        send_to = "Enviar a";
        nobody = "Sin destinatario";
        to_address(name, address) = "{name} → {address}";
        all_peers(server) = "{server}: todos los pares";
        and_more(first, more) = "{first} y {more} más";
        include(recipients) = "Enviar también a {recipients}";
        selected_peers(server, count) = "{server}: pares seleccionados ({count})";
        format = "Formato";
        text = "Texto";
        hex = "Hex";
        line_ending = "Fin de línea";
        no_ending = "Ninguno";
        lf = "LF";
        cr = "CR";
        crlf = "CRLF";
        escapes = "Escapes";
        escapes_why = r"Activado: \n \r \t \0 \\ \xNN \u{…} representan bytes en el texto. Desactivado: una barra invertida es una barra invertida.";
        template = "Plantilla";
        template_why = "Activado: los campos como {{counter}}, {{time}} y {{crc CRC-16/MODBUS le}} se calculan cada vez que se envía el mensaje. Desactivado: {{ y }} son texto normal.";

        completions = "Sugerencias";
        with_file(bytes, file) = "{bytes} y {file}";
        unfinished = "Un campo termina con }}";
        exact = "Bytes exactos que se enviarán";
        computed = "Los bytes que se enviarían ahora; los resaltados se calculan en cada envío";
        escapes_off = "Desactivar escapes";

        pasted(kind) = "Ha pegado {kind}";
        take_as_hex(bytes) = "Convertir en hex ({bytes})";
        keep_text = "Dejar como texto";

        repeat_menu = "Repetir…";
        repeat_why = "Envía el mensaje una y otra vez";
        repeat = "Repetir";
        every = "Cada";
        period = "Tiempo entre dos mensajes";
        period_why = "500ms o 2s, por ejemplo; un número solo son milisegundos";
        times = "Número de veces";
        times_why = "Vacío: hasta que lo detenga";
        endless = "∞";
        times_unit = "veces";
        until_reply = "hasta una respuesta";
        stop_repeating = "Detener";
        stop_repeating_why = "Deja de repetir el mensaje (Esc)";
        dismiss_repeated = "Cerrar";
        repeating(times, of, period) = { repeating(times, of, period) };
        repeated(times) = { format!("Repetido {}", noun(times, "vez", "veces")) };
        repeat_stopped(times) = { format!("Detenido tras {}", noun(times, "envío", "envíos")) };
        repeat_replied(times) = { format!("Respuesta tras {}", noun(times, "envío", "envíos")) };
        repeat_ended(times, why) = { format!("La repetición ha terminado tras {}: {why}", noun(times, "envío", "envíos")) };

        more = "Más opciones del mensaje";
        history = "Historial";
        search_history = "Buscar en los mensajes enviados antes";
        history_empty = "Aún no se ha enviado nada";
        history_no_match = "Ningún mensaje contiene esto";

        file = "Archivo…";
        file_why = "Envía un archivo de cualquier tamaño";
        file_path = "Archivo que enviar";
        write_bytes = "Bytes por escritura";
        write_bytes_why = "De 1 a 1m; vacío, tantos como acepte el sistema";
        delay = "Pausa entre escrituras";
        delay_why = "200ms o 2s, por ejemplo; vacío, ninguna";
        send_file = "Enviar archivo";
        dismiss_file = "Cerrar";
        sending(file, sent_bytes, total_bytes, percent) = { format!("Enviando {file}: {} de {}, {percent}\u{a0}%", bytes(sent_bytes), bytes(total_bytes)) };
        sent(file, sent_bytes) = { format!("Enviado {file} ({})", bytes(sent_bytes)) };
        cancelled(file, sent_bytes, total_bytes) = { format!("Envío de {file} cancelado tras {} de {}", bytes(sent_bytes), bytes(total_bytes)) };
        not_open(file, sent_bytes, total_bytes) = { format!("Envío de {file} detenido tras {} de {}: la conexión ya no está abierta", bytes(sent_bytes), bytes(total_bytes)) };
        unread(file, sent_bytes, why) = { format!("No se ha podido leer {file} tras {}: {why}", bytes(sent_bytes)) };
    }
}

fn repeating(times: u64, of: Option<u64>, period: Duration) -> String {
    let (times, period) = (grouped(times), duration(period));
    match of {
        Some(of) => format!("Repitiendo · {times} de {} · cada {period}", grouped(of)),
        None => format!("Repitiendo · {times} hasta ahora · cada {period}"),
    }
}
