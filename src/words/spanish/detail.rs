//! The detail pane: the whole of one entry.

use super::{duration, grouped, hour, noun, plural};
use crate::words::detail::Detail;
use crate::words::translated::translated;

translated! { SPANISH:
    Detail {
        what_happened = "¿Qué ha ocurrido aquí?";
        what_happened_sign = "?";
        not_kept = "Esta entrada ya no se conserva";
        show_as = "Mostrar como";
        text = "Texto";
        text_and_hex = "Texto y hex";
        hex = "Hex";
        structure = "Estructura";
        both_ends = "Ambos lados";
        hex_dump = "Volcado hex";

        encrypted(heading, wire) = { format!("{heading}, {} {}", grouped(wire), plural(wire, "cifrado", "cifrados")) };
        encrypted_why = "Su tamaño en la red: TLS añade la cabecera de cada registro y lo que lo protege contra cambios";
        sent(bytes) = { format!("{} {}", noun(bytes, "byte", "bytes"), plural(bytes, "enviado", "enviados")) };
        received(bytes) = { format!("{} {}", noun(bytes, "byte", "bytes"), plural(bytes, "recibido", "recibidos")) };
        to(peer) = "a {peer}";
        from(peer) = "de {peer}";
        by(peer, endpoint) = "{peer} por {endpoint}";
        byte_of_stream(offset) = { format!("byte {} del flujo", grouped(offset)) };
        bytes_of_stream(first, last) = { format!("bytes {} a {} del flujo", grouped(first), grouped(last)) };
        by_user = "pedido por usted";
        by_responder = "pedido por la respuesta del extremo";
        by_relay = "reenviado";
        by_sequence = "pedido por una secuencia";
        by_rule(rule) = "pedido por la regla {rule}";
        by_rule_why = "Muestra la regla; puede haber cambiado desde entonces";
        since_previous(time) = { format!("{} después de la fila anterior", duration(time)) };
        no_glyph(character) = { format!("Ninguna fuente instalada muestra U+{:04X}: instale una que lo haga, como Noto Sans", u32::from(character)) };

        copy_as = "Copiar como…";
        copy_text = "Texto";
        copy_hex = "Hex";
        copy_escaped = "Cadena con escapes";
        copy_c_array = "Array de C";

        reuse = "Usar…";
        reuse_hint = "Envía estos bytes otra vez, los guarda o los compara con otros";
        send_again = "Enviar otra vez";
        send_again_to(recipient) = "Enviar otra vez a {recipient}";
        edit = "Editar y enviar";
        save = "Guardar mensaje";
        set_base = "Usar como base de comparación";
        name_sent(size, beginning) = "Enviado {size}: {beginning}";
        name_received(size, beginning) = "Recibido {size}: {beginning}";

        held_between(held, first, last) = "{held}, de {first} a {last}";
        chunk_of(chunk, chunks) = { format!("fragmento {} de {}", grouped(chunk), grouped(chunks)) };
        next_chunk = "Fragmento siguiente";
        previous_chunk = "Fragmento anterior";

        end_comparison = "Terminar comparación";
        base_dump = "Volcado hex de la base de comparación";
        compared(differences, base) = "{differences}, en comparación con {base}";
        changed(bytes) = { format!("{} {}", noun(bytes, "byte", "bytes"), plural(bytes, "cambiado", "cambiados")) };
        added(bytes) = { format!("{} {}", noun(bytes, "byte", "bytes"), plural(bytes, "añadido", "añadidos")) };
        removed(bytes) = { format!("{} {}", noun(bytes, "byte", "bytes"), plural(bytes, "quitado", "quitados")) };
        unaligned = "comparados posición por posición";
        identical = "Bytes idénticos";

        no_other_end = "El otro lado de esta conexión pertenece a otro programa, así que no está en esta captura";
        other_end = "El otro lado";
        wrote(endpoint, writes) = { format!("{endpoint} ha escrito esto en {}", noun(writes, "escritura", "escrituras")) };
        read(endpoint, reads) = { format!("{endpoint} ha leído esto en {}", noun(reads, "lectura", "lecturas")) };
        chunk_at(size, time) = { format!("{size} a {}", hour(time)) };
        chunk_after(size, time) = "{size} tras {time}";
        no_chunk = "sin grabar";

        payload_only = "Solo carga útil";
        payload_only_hint = "Sin delimitadores ni campos de longitud, y con los escapes deshechos";
        in_reads(reads) = { format!("En {}:", noun(reads, "lectura", "lecturas")) };
        in_writes(writes) = { format!("En {}:", noun(writes, "escritura", "escrituras")) };
        chunks_hint = "TCP es un flujo de bytes: lecturas y escrituras pueden terminar en cualquier punto de un mensaje";
        good_frame(check) = "Correcta: {check}";
        bad_frame(problem) = "Errónea: {problem}";
        no_frame(framing, problem) = "No es una trama de {framing}: {problem}";

        choose_byte = "Pulse un byte para leerlo como número, hora o carácter";
        byte_as(offset) = "Byte {offset} como";
        little_endian(kind) = "{kind} little-endian";
        big_endian(kind) = "{kind} big-endian";
        little_endian_short(kind) = "{kind} LE";
        big_endian_short(kind) = "{kind} BE";
        unix_seconds = "Hora Unix, s";
        unix_millis = "Hora Unix, ms";

        read_as = "Leer como";
        detect = "Auto";
        no_structure = "No se ha encontrado ninguna estructura conocida. Elija una arriba para probarla.";
    }
}
