//! The inspector's tab of rules, and presets.

use super::{grouped, noun, plural};
use crate::words::rules::{RuleSentences, Rules};
use crate::words::translated::translated;

translated! { SPANISH:
    Rules {
        tab = "Reglas";
        list(name) = "Reglas de {name}";
        why = "Una regla dice qué se responde a qué petición: enviar esto, esperar, cerrar, reiniciar, y qué debe salir mal. Las reglas se prueban desde arriba, y se aplica la primera que coincide.";
        example = "Por ejemplo: cuando una petición empieza por «GET », enviar «HTTP/1.1 200 OK\\r\\n\\r\\n» y después cerrar.";
        on_datagrams = "Se prueban desde arriba con cada datagrama";
        udp_forgets = "Con UDP, esto olvida al par: no se envía nada";
        udp_no_reading = "No hace nada con UDP: todos los pares comparten un socket, que se sigue leyendo";
        on_frames = "Se prueban desde arriba con cada trama";
        on_reads = "Se prueban desde arriba con cada lectura";
        on_reads_why = "Elija un entramado en «Ajustes», «Entramado y codificación», para que las reglas vean peticiones enteras";
        add = "Añadir regla";
        start_from_preset = "Empezar con un modelo";
        not_used(reply) = "Sin usar: la respuesta es {reply}";
        use_them = "Responder con reglas";
        use_them_why = "Elige «Reglas» como respuesta";
        edit_them = "Editar reglas";
        count(count) = { noun(count, "regla", "reglas") };
        count_on(on, count) = { format!("{} de {} {}", grouped(on), noun(count, "regla", "reglas"), plural(on, "activada", "activadas")) };
        kept = "Siguen en vigor las reglas anteriores";
        wrong(number) = "La regla {number} no se puede usar tal como está";
        wrong_start = "Lo que recuerda al empezar no se puede usar tal como está";

        spoken(number, name) = "Regla {number}, {name}";
        is_on(number) = "Regla {number} activada";
        switch_why = "Tiene efecto al momento, también en las conexiones abiertas";
        applied(count) = { format!("aplicada {}×", grouped(count)) };
        applied_by(number, count) = { format!("Regla {number} aplicada {}×", grouped(count)) };
        unmatched(count) = { format!("Sin regla que coincida: {}", grouped(count)) };
        unmatched_why = "Peticiones recibidas desde que se inició a las que no se ha aplicado ninguna regla";
        show_rows = "Mostrar filas";
        show_rows_why = "Muestra en la cronología solo las filas que ha pedido esta regla";

        more(number) = "Más opciones de la regla {number}";
        more_of_all = "Más opciones de las reglas";
        all_on = "Activar todas";
        all_off = "Desactivar todas";
        edit = "Editar";
        close_form = "Listo";
        duplicate = "Duplicar";
        delete = "Eliminar";
        move_up = "Subir";
        move_down = "Bajar";
        deleted(name) = "{name} se ha eliminado";
        undo = "Deshacer";

        form(number) = "Formulario de la regla {number}";
        name = "Nombre";
        name_hint(number) = "regla {number}";
        when = "Cuando";
        when_request = "Llega una petición";
        when_connected = "Se establece la conexión";
        when_ended = "El par termina o se va";
        when_silence = "No llega nada durante";
        when_every = "Una y otra vez, cada";
        time = "Tiempo";
        time_hint = "5s";

        any_request = "Cualquier petición";
        condition(number) = "Condición {number}";
        condition_text(number) = "Texto de la condición {number}";
        condition_not(number) = "Negar la condición {number}";
        condition_joined(number) = "Unir la condición {number} a la de arriba";
        remove_condition(number) = "Quitar la condición {number}";
        not = "no";
        joined = "juntas";
        joined_why = "Activado: no pueden cumplirse las dos a la vez. Desactivado: no puede cumplirse ninguna.";
        add_condition = "Añadir condición";
        ignore_case = "No distinguir mayúsculas";
        equals = "es";
        starts = "empieza por";
        ends = "termina en";
        contains = "contiene";
        regex = "coincide con regex";
        hex_shape = "tiene la forma";
        length = "su longitud es";
        check = "su comprobación es";
        first = "es la primera";
        every = "es una de cada";
        within = "está en memoria";
        bytes_hint = "GET o hex:30 ?? 04";
        regex_hint = r"^SET (\w+)";
        shape_hint = "30 [size:varint] [*]";
        length_hint = "8..12";
        check_hint = "good o bad";
        every_hint = "3";
        place_hint = "registers at=2*at len=2*n";

        limits = "Estados, pares, cuántas veces";
        in_state = "En el estado";
        in_state_hint = "cualquiera; el primero es start";
        from = "Desde";
        from_hint = "cualquiera; 10.0.0.0/8, *:5000";
        times = "Como máximo";
        times_hint = "siempre; 2, o 2 per connection";
        next = "Estado siguiente";
        next_hint = "no cambia";

        then = "Entonces";
        nothing = "No hace nada: la petición se lee y queda sin responder";
        act(number) = "Acción {number}";
        act_text(number) = "Texto de la acción {number}";
        act_place(number) = "Lugar de la acción {number}";
        act_to(number) = "Destinatario de la acción {number}";
        act_group(number) = "Grupo de la acción {number}";
        act_hex(number) = "Acción {number} en hex";
        act_drop(number) = "Descarte de la acción {number}";
        act_corrupt(number) = "Alteración de la acción {number}";
        act_up(number) = "Subir la acción {number}";
        act_down(number) = "Bajar la acción {number}";
        remove_act(number) = "Quitar la acción {number}";
        add_act = "Añadir acción";
        send = "Enviar";
        echo = "Devolver la petición";
        wait = "Esperar";
        finish = "Terminar envío (FIN)";
        close = "Cerrar";
        reset = "Reiniciar (RST)";
        start_tls = "Iniciar TLS";
        stop_reading = "Dejar de leer";
        resume_reading = "Volver a leer";
        rate = "Limitar velocidad";
        slices = "Enviar en trozos";
        remember = "Recordar";
        forget = "Olvidar";
        join = "Unirse a un grupo";
        leave = "Salir de un grupo";
        send_hint = "Texto con escapes y campos: {{request}}, {{1}}, {{counter}}";
        hex_hint = "Dígitos hex con campos: 00 {{id}}";
        wait_hint = "20ms o 20ms..40ms";
        rate_hint = "1k bytes por segundo, o full";
        slices_hint = "bytes, pausa: 3, 50ms, o off";
        group_hint = "un nombre";
        value_hint = "Lo que se recuerda: texto con campos";
        at_place = "En";
        in_hex = "Hex";
        to = "A";
        to_peer = "este par";
        to_all = "todos los pares";
        to_others = "los demás pares";
        to_group = "un grupo";
        to_endpoint(name) = "los pares de {name}";
        to_gone(name) = "{name} (ya no existe)";
        drop = "Descartar";
        drop_why = "Con qué frecuencia esto no se envía, p.\u{a0}ej. 10%; vacío, nunca";
        corrupt = "Alterar";
        corrupt_why = "Con qué frecuencia esto se envía con un bit erróneo, p.\u{a0}ej. 10%; vacío, nunca";
        chance_hint = "nunca";

        memory = "Recuerda al empezar";
        memory_why = "Valores que las reglas leen y cambian; los comparten todas las conexiones";
        memory_name(number) = "Nombre del valor {number}";
        memory_value(number) = "Valor {number}";
        memory_value_hint = "texto, hex:00 01 o zeros:200";
        memory_name_hint = "nombre";
        remove_value(number) = "Quitar el valor {number}";
        add_value = "Añadir valor";
        seed = "Semilla";
        seed_hint = "distinta cada vez";
        seed_why = "Un número que hace repetible el azar: las mismas conexiones en el mismo orden corren la misma suerte";

        presets = "Nuevo a partir de un modelo";
        presets_why = "Servidores y clientes ya preparados, hechos de reglas. Añadir uno no cambia nada de lo que hay.";
        preset_list = "Modelos";
        add_preset = "Añadir";
        choose_preset = "Elija antes un modelo";
        filter_presets = "Filtrar modelos";
        no_preset = "Ningún modelo contiene esto";
    }

    RuleSentences {
        rule(when, acts) = "{when}, {acts}";
        any = "Con cualquier petición";
        request(conditions) = "Cuando una petición {conditions}";
        connected = "Al conectar";
        ended = "Cuando el par termina o se va";
        silence(time) = "Tras {time} sin recibir nada";
        every_time(time) = "Cada {time}";
        ignoring_case(conditions) = "{conditions} sin distinguir mayúsculas";
        unless(when, conditions) = "{when}, salvo si {conditions}";
        in_state(when, states) = "{when} en el estado {states}";
        from(when, peers) = "{when} desde {peers}";
        and = " y ";
        or = " o ";
        then = " y después ";
        quoted(text) = "«{text}»";

        equals(what) = "es {what}";
        starts(what) = "empieza por {what}";
        ends(what) = "termina en {what}";
        contains(what) = "contiene {what}";
        regex(what) = "coincide con {what}";
        hex(what) = "tiene la forma {what}";
        length(bytes) = { format!("mide {bytes} {}", if bytes == "1" { "byte" } else { "bytes" }) };
        check_good = "supera su comprobación";
        check_bad = "no supera su comprobación";
        check(what) = "tiene la comprobación {what}";
        first = "es la primera de su conexión";
        every(count) = "es una de cada {count} de su conexión";
        within(place) = "encuentra {place} en la memoria";

        nothing = "no hacer nada";
        send(what) = "enviar {what}";
        send_to(what, whom) = { format!("enviar {what} {}", to(whom)) };
        dropping(act, share) = "{act} (descartar {share})";
        corrupting(act, share) = "{act} (alterar {share})";
        echo = "devolver la petición";
        wait(time) = "esperar {time}";
        finish = "terminar el envío";
        finish_of(whom) = { format!("terminar el envío {}", to(whom)) };
        close = "cerrar";
        close_of(whom) = "cerrar la conexión con {whom}";
        reset = "reiniciar (RST)";
        reset_of(whom) = "reiniciar (RST) la conexión con {whom}";
        start_tls = "iniciar TLS";
        stop_reading = "dejar de leer";
        resume_reading = "volver a leer";
        rate(rate) = "enviar a {rate} bytes por segundo";
        full_rate = "enviar a toda velocidad";
        slices(slices) = "enviar en trozos de {slices}";
        no_slices = "enviar sin trozos";
        remember(what, place) = "recordar {what} en {place}";
        forget(place) = "olvidar {place}";
        join(group) = "unirse al grupo {group}";
        leave(group) = "salir del grupo {group}";
        go_to(acts, state) = "{acts} y pasar al estado {state}";
        at_most(rule, times) = "{rule} (como máximo {times})";
        group(name) = "el grupo {name}";
        blank = "…";
    }
}

/// Returns a recipient behind its preposition, which joins with an article: "al grupo x".
fn to(whom: &str) -> String {
    match whom.strip_prefix("el ") {
        Some(rest) => format!("al {rest}"),
        None => format!("a {whom}"),
    }
}
