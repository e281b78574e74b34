//! Why a rule does not answer a request: what it asks for, what of that holds, and where the request differs.

use super::{grouped, noun};
use crate::words::translated::translated;
use crate::words::why::Whys;

translated! { SPANISH:
    Whys {
        name = "¿Por qué no?";
        why = "Muestra qué dice cada regla del extremo ante esta petición, y en qué difiere la petición";
        of_endpoint = "Reglas de";
        request = "Petición";
        request_hint = "Una petición que probar: texto con escapes, o dígitos hex";
        notation = "Notación de la petición";
        as_text = "Texto";
        as_hex = "Hex";
        close = "Cerrar ¿Por qué no?";
        selected = "Fila seleccionada";
        selected_why = "Vuelve a probar la petición de la fila seleccionada";
        bytes = "Bytes de la petición";
        state = "Estado";
        state_why = "Una grabación no dice en qué estado estaba una conexión: elija uno para probarlo";
        unknown_state = "estado desconocido";
        number = "Número de petición";
        number_why = "Qué petición de su conexión es, p.\u{a0}ej. 1; vacío si no se sabe";
        more(rules) = { format!("Mostrar {}", noun(rules, "regla más", "reglas más")) };
        edit = "Editar";
        edit_rule(rule) = "Editar la regla {rule}";
        make = "Crear una regla a partir de esto";
        make_short = "Crear regla";
        make_why = "Añade una regla que responde exactamente a esta petición";
        make_from_two = "Crear una regla a partir de estas dos filas";

        made(rule) = "Se ha creado la regla {rule}.";
        nothing_to_send = "No se envió nada como respuesta: rellene lo que debe enviar.";
        replies_by_rules(endpoint, before) = "{endpoint} responde ahora con sus reglas; antes {before}.";
        was_echo = "devolvía lo que recibía";
        was_fixed = "enviaba un mensaje fijo";
        was_silent = "no respondía";
        dismiss = "Cerrar";

        answered(rule) = "La regla {rule} responde a esta petición.";
        unanswered = "Ninguna regla responde a esta petición.";
        nearest(rule) = "Ninguna regla responde a esta petición; la más cercana es la regla {rule}.";
        perhaps(rule) = "La regla {rule} responde a esta petición si se cumple lo que no se sabe.";
        no_rules = "Este extremo aún no tiene reglas.";
        not_approved = "El documento no está aprobado, así que sus reglas no responden a nadie: apruébelo en el menú Archivo.";
        not_in_use = "Estas reglas no están en uso: el extremo responde de otro modo.";
        not_running = "El extremo no está en marcha: lo que recuerda es lo que tiene al empezar.";
        wrong(problem) = "Las reglas no se pueden usar: {problem}";
        not_here(endpoint) = "El documento no tiene ningún extremo llamado {endpoint}, así que no hay reglas que probar.";
        no_request = "Escriba o pegue arriba una petición, o seleccione una fila recibida.";
        no_bytes = "La fila seleccionada no tiene bytes recibidos.";
        too_long(limit) = { format!("A una petición de más de {} no responde ninguna regla que mire sus bytes.", noun(limit, "byte", "bytes")) };
        of_several(frames, number) = { format!("El fragmento contiene {}. Esta es la trama {number}; active «Tramas» sobre la cronología para elegir otra.", noun(frames, "trama", "tramas")) };
        no_frame(framing) = "Esto no es una trama entera de {framing}: las reglas la ven cuando está completa.";

        rule(rule, name) = "La regla {rule} «{name}»";
        answers(rule) = "{rule} responde a esto.";
        may_answer(rule) = "{rule} responde a esto si se cumple lo que no se sabe.";
        comes_later(rule, first) = "{rule} también respondería a esto, pero la regla {first} va antes.";
        for_events(rule) = "{rule} no responde a peticiones: se aplica por sí sola.";
        is_off(rule) = "{rule} está desactivada.";
        is_off_held(rule, held) = "{rule} está desactivada: {held}.";
        failed(rule, held) = "{rule} no responde a esto: {held}.";
        held(held, all) = { format!("se {} {held} de {}", if held == 1 { "cumple" } else { "cumplen" }, noun(all as u64, "condición", "condiciones")) };

        any_request = "Cualquier petición";
        in_state(states) = "En el estado {states}";
        or_state = " o ";
        other_state(state) = "El estado es {state}.";
        from(pattern) = "Desde {pattern}";
        other_peer = "El par tiene otra dirección.";
        times(most) = { format!("Como máximo {} desde que se inició el extremo", noun(most, "vez", "veces")) };
        times_per_connection(most) = { format!("Como máximo {} por conexión", noun(most, "vez", "veces")) };
        spent = "Se ha aplicado tantas veces como puede.";
        not_known = "No se sabe.";

        equals(what) = "Es {what}";
        starts(what) = "Empieza por {what}";
        ends(what) = "Termina en {what}";
        contains(what) = "Contiene {what}";
        matches(what) = "Coincide con {what}";
        has_shape(what) = "Tiene la forma {what}";
        is_long(bytes) = { format!("Mide {}", noun(bytes, "byte", "bytes")) };
        is_long_between(from, to) = "Mide de {from} a {to} bytes";
        is_long_from(bytes) = { format!("Mide al menos {}", noun(bytes, "byte", "bytes")) };
        is_long_to(bytes) = { format!("Mide como máximo {}", noun(bytes, "byte", "bytes")) };
        check_good = "Supera su comprobación";
        check_bad = "No supera su comprobación";
        first = "Es la primera de su conexión";
        every(count) = "Es una de cada {count} de su conexión";
        within(place) = "Encuentra {place} en la memoria";
        not(condition) = "No: {condition}";
        not_all(conditions) = "No todo esto: {conditions}";
        any_case(what) = "{what} sin distinguir mayúsculas";
        quoted(text) = "«{text}»";

        byte(at, found, expected) = "El byte {at} es {found}, se esperaba {expected}.";
        visible_byte(character, digits) = "«{character}» ({digits})";
        short(at, missing) = { format!("Termina en el byte {at}: {}.", noun(missing, "byte de menos", "bytes de menos")) };
        shorter(missing) = { format!("Es demasiado corta: {}.", noun(missing, "byte de menos", "bytes de menos")) };
        long(at, extra) = { format!("Sigue desde el byte {at} con {}.", noun(extra, "byte más", "bytes más")) };
        absent = "La petición no lo contiene.";
        absent_but(at, agreeing) = { format!("La petición no lo contiene; desde el byte {at}, {}.", noun(agreeing, "byte coincide", "bytes coinciden")) };
        no_match = "No coincide.";
        in_piece(problem, item) = "{problem} En ese punto de la forma está {item}.";
        varint(at) = "El número en el byte {at} tiene más de 4 bytes.";
        amount(at) = "No se puede calcular la longitud de lo que empieza en el byte {at}.";
        is_so_long(bytes) = { format!("Mide {}.", noun(bytes, "byte", "bytes")) };
        checked_good = "Su comprobación es correcta.";
        checked(verdict) = "Su comprobación: {verdict}.";
        no_check = "El extremo no tiene comprobación.";
        number_is(number) = { format!("Es la petición {} de su conexión.", grouped(number)) };
        not_remembered = "Eso no se recuerda.";
        no_place = "El lugar necesita una pieza que la petición no tiene, o un número que está fuera de los límites.";
        all_hold = "Todo eso se cumple, y no debería.";

        spoken_holds(condition) = "{condition}: se cumple";
        spoken_fails(condition, why) = "{condition}: no se cumple. {why}";
        spoken_unknown(condition) = "{condition}: no se sabe";
    }
}
