//! The timeline: what stands above its rows, in their menu, and in place of rows.

use super::{grouped, noun, plural};
use crate::words::timeline::Timeline;
use crate::words::translated::translated;

translated! { SPANISH:
    Timeline {
        name = "Cronología";
        tabs = "Mostrar";
        all = "Todo";
        show_all = "Mostrar todo";
        show_only(name) = "Mostrar solo {name}";
        show_only_menu = "Mostrar solo…";
        undo_clear = "Deshacer vaciado";
        clear = "Vaciar vista";
        payloads = "Cargas útiles como";
        as_auto = "Auto";
        as_text = "Texto";
        as_hex = "Hex";
        more = "Más vistas";
        frames = "Tramas";
        frames_hint = "Muestra los mensajes como los corta el entramado de cada extremo, en lugar de los fragmentos leídos y escritos";
        plot = "Gráfico";
        plot_hint = "Bytes y entradas por segundo a lo largo de la sesión";
        follow = "Seguir";
        follow_hint = "Mantiene a la vista la entrada más reciente (Fin)";

        columns = "Columnas";
        column_time = "Hora";
        column_gap = "Pausa";
        column_connection = "#";
        column_endpoint = "Extremo";
        column_direction = "Sentido";
        column_bytes = "Bytes";
        column_what = "Contenido";
        resize_column(name) = "Cambiar el ancho de {name}";
        choose_columns = "Elegir columnas";
        reset_columns = "Restablecer columnas";
        ends_of_connection(number, local, peer) = "Conexión {number}: {local}, par {peer}";
        peer_of_connection(number, peer) = "Conexión {number}: par {peer}";
        sign_of_connection(number) = "#{number}";

        loading = "Cargando…";
        dropped(entries) = { noun(entries, "entrada antigua descartada", "entradas antiguas descartadas") };
        empty_datagram = "datagrama vacío";
        part_of_a_character = "Parte de un carácter, que se muestra donde el carácter está completo";

        newer(rows) = { format!("↓ {} {}", grouped(rows), plural(rows, "nueva", "nuevas")) };

        entry = "Entrada";
        copy_text = "Copiar como texto";
        copy_hex = "Copiar como hex";
        copy_escaped = "Copiar como cadena con escapes";
        copy_c_array = "Copiar como array de C";
        copy_rows = "Copiar filas";
        follow_connection = "Seguir conexión";
        show_connection = "Mostrar solo esta conexión";
        show_this_endpoint = "Mostrar solo este extremo";

        none_yet = "Aún no ha ocurrido nada";
        first_start(server) = "Iniciar {server}";
        first_start_echo = "Escucha en su dirección y devuelve lo que recibe.";
        first_start_rules = "Escucha en su dirección y responde a lo que recibe según sus reglas.";
        first_start_fixed = "Escucha en su dirección y responde a lo que recibe con su propio mensaje.";
        first_start_silent = "Escucha en su dirección y solo recibe: está ajustado para no responder.";
        first_send(recipient) = "Enviar desde {recipient}";
        first_send_why = "El cliente se conecta si hace falta y envía el mensaje de abajo. Toda la conversación aparece aquí, por ambos lados.";
        first_send_later = "Inicia primero el servidor";
        first_endpoint = "Para empezar, añada un servidor o un cliente a la izquierda.";
        none_of(endpoint) = "No hay entradas de {endpoint}";
        none_of_advice = "Aquí aparecerá lo que le ocurra. Elija «Todo» para ver las demás entradas.";
        none_in_lesson = "Aún no ha ocurrido nada en esta lección";
        none_in_lesson_advice = "Haz el primer paso. «Deshacer vaciado» muestra lo que se grabó antes.";
        none_in_capture = "Esta captura no tiene entradas";
        none_in_capture_advice = "No ocurrió nada antes de que terminara la grabación.";
        none_match = "Ninguna entrada coincide con el filtro";
        none_match_advice = "«Quitar filtros» muestra todo.";
        cleared = "La vista está vacía";
        cleared_advice(entries) = { format!("{}. Elija «Deshacer vaciado» para volver a verlas.", noun(entries, "entrada oculta", "entradas ocultas")) };
        filtering(percent) = "Filtrando, {percent}\u{a0}%";
        found_so_far(entries) = { noun(entries, "entrada encontrada hasta ahora", "entradas encontradas hasta ahora") };

        no_framing = "Ningún extremo de aquí tiene entramado, así que esto son fragmentos. Elija un entramado en los ajustes de un extremo.";
        no_framing_in_capture = "Ningún extremo de aquí tiene entramado, así que esto son fragmentos. Elija un entramado arriba.";
        good(frames) = { format!("{} {}", grouped(frames), plural(frames, "correcta", "correctas")) };
        older(percent) = "Aún se buscan las tramas anteriores, {percent}\u{a0}%";
        older_hint = "Hasta que se hayan encontrado todas, las tramas de conexiones que empezaron antes pueden estar mal cortadas";
        over_limit(rows) = { format!("{}: la lista de tramas está en su límite, un cuarto de lo que se puede grabar", noun(rows, "fila antigua omitida", "filas antiguas omitidas")) };
        bad(frames) = { format!("{} {}", grouped(frames), plural(frames, "errónea", "erróneas")) };
    }
}
