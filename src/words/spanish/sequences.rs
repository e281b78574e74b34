//! Sequences of send and expect: what they are called, and what came of them.

use super::{grouped, noun};
use crate::script::sequence::MAX_STEPS;
use crate::words::InWords as _;
use crate::words::sequences::{SequenceProblems, SequenceResults, Sequences, StepKinds};
use crate::words::translated::translated;

translated! { SPANISH:
    SequenceResults {
        began(name) = "la secuencia «{name}» ha empezado";
        ended(name, outcome) = "la secuencia «{name}» {outcome}";
        passed = "ha salido bien";
        failed(step, why) = "ha fallado en el paso {step}: {why}";
        cancelled(step) = "se ha detenido en el paso {step}";
        with_others(outcome, others) = "{outcome}; {others}";
        others(count) = { noun(count, "otra trama ha llegado", "otras tramas han llegado") };
        timed_out(within, what) = "lo esperado no ha llegado en {within}; {what}";
        connection_ended(what) = "la conexión ha terminado antes; {what}";
        nothing = "no ha llegado nada";
        nearest(excerpt) = "lo más parecido ha sido {excerpt}";
        nearest_differs(excerpt, difference) = "lo más parecido ha sido {excerpt}, {difference}";
        differs(at, expected, found) = { format!("donde el byte {} es {found}, no {expected}", grouped(at)) };
        ends(at, expected) = { format!("que termina antes del byte {}, donde se espera {expected}", grouped(at)) };
        any_byte = "cualquier byte";
        byte(hex, shown) = "{hex:02X} ({shown})";
        byte_only(hex) = "{hex:02X}";
        more(excerpt) = "{excerpt}…";
        unsent = "no se ha podido enviar todo";
        not_connected = "no había conexión";
    }

    Sequences {
        heading = "Secuencias";
        none = "Una secuencia envía y espera, paso a paso, y dice si todo ha ido como se esperaba.";
        add = "Añadir secuencia…";
        new_name = "Secuencia";
        run(name) = "Ejecutar {name}";
        run_button = "Ejecutar";
        run_why = "Hace sus pasos en la conexión de este cliente, que antes conecta si no está conectado";
        run_on = "Ejecutar secuencia";
        of_client(name, client) = "{name} ({client})";
        stop = "Detener";
        stop_named(name) = "Detener {name}";
        stop_why = "La detiene en el paso que se está haciendo (Esc)";
        running = "en marcha…";
        show = "Mostrar";
        show_named(name) = "Mostrar el resultado de «{name}»";
        show_why = "Muestra la entrada en la cronología";
        more(name) = "Más opciones de {name}";
        edit = "Editar pasos";
        duplicate = "Duplicar";
        delete = "Eliminar";
        title_of(name) = "Secuencia «{name}»";
        name = "Nombre de la secuencia";
        kind_of(number) = "Tipo del paso {number}";
        text_of(number) = "Texto del paso {number}";
        within_of(number) = "Tiempo para el paso {number}";
        more_of(number) = "Más opciones del paso {number}";
        within = "en";
        within_hint = "5s";
        remove = "Quitar";
        move_up = "Subir";
        move_down = "Bajar";
        add_step = "Añadir paso";
        send_hex = "Enviar hex";
        send_hint = "HELLO\\r\\n, {{counter}}";
        send_hex_hint = "48 45 0D 0A";
        expect_hint = "OK, regex:^2.., hex:01 ??";
        wait_hint = "100ms";
        done = "Listo";
        wrong_step(number, problem) = "paso {number}: {problem}";
        wrong_within(number, problem) = "paso {number}, plazo: {problem}";
    }

    StepKinds |language| {
        Send = "Enviar";
        Expect = "Esperar datos";
        ExpectEnd = "Esperar el final";
        Wait = "Esperar un tiempo";
        StartTls = "Iniciar TLS";
        Finish = "Terminar (FIN)";
        Close = "Cerrar";
        Reset = "Reiniciar (RST)";
    }

    SequenceProblems |language| {
        NoSteps = "Una secuencia tiene al menos un paso. Añada uno";
        TooManySteps = { format!("Una secuencia tiene como máximo {MAX_STEPS} pasos. Quite algunos") };
        Field(error) = { error.in_words(language) };
        Empty = "Aquí no hay nada escrito";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        TooLong = "Esto es demasiado largo para buscarlo. Espere solo una parte";
        PieceIsField(name) = "Un grupo no se puede llamar {name:?}: las plantillas tienen un campo con ese nombre";
        OnlyInReplies = "Una secuencia no tiene petición. Use un grupo con nombre de lo que espera un paso anterior, como en {{token}}";
        Time = "Introduzca un tiempo de 24 horas como máximo con su unidad, como 100ms o 5s";
        AfterEnd = "No se puede enviar nada después de terminar, cerrar o reiniciar la conexión";
    }
}
