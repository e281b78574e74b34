//! The lessons: their texts, and what the window says around them.

use super::noun;
use crate::words::lessons::{LessonConditions, LessonProblems, Lessons};
use crate::words::translated::translated;

translated! { SPANISH:
    Lessons {
        heading = "Lecciones";
        intro = "Aprenda TCP y UDP con sockets reales de este equipo. Cada lección tiene un servidor y un cliente propios y avanza cuando la grabación muestra que un paso está hecho. El documento abierto no cambia.";
        pane = "Lección";
        first = "Aprender: la negociación";
        first_why = "¿Es nuevo en esto? En unos minutos verá, en una conexión real, lo que ocurre antes del primer byte.";
        server = "Servidor de la lección";
        client = "Cliente de la lección";
        of(number, count) = "Lección {number} de {count}";
        choice(number, title) = "{number}. {title}";
        step(number, title) = "{number}. {title}";
        step_state(number, title, state) = "Paso {number}, {title}: {state}";
        done = "hecho";
        is_done(title) = "{title}: hecha";
        to_do = "por hacer";
        later = "más tarde";
        do_it = "Hacerlo por mí";
        do_it_name(title) = "Hacerlo por mí: {title}";
        look = "En qué fijarse";
        needed = "Hecho cuando esté grabado que";
        met(condition) = "{condition}, hecho";
        not_met(condition) = "{condition}, aún no";
        show_entry = "Mostrar entrada";
        show_entry_name(condition) = "Mostrar entrada: {condition}";
        code = "Lo mismo en código";
        language = "Lenguaje del código";
        copy = "Copiar";
        copy_all = "Copiar todo";
        copy_all_why = "Copia el programa entero de esta lección";
        no_code = "No hay nada que escribir: lo hace el sistema por sí solo.";
        over = "Lección hecha";
        next = "Lección siguiente";
        previous = "Lección anterior";
        again = "Empezar de nuevo";
        all = "Todas las lecciones";
        leave = "Salir de la lección";
        close = "Cerrar lecciones";
        resize = "Cambiar el tamaño de las lecciones";
        bad(key, why) = "No se puede leer la lección {key}: {why}";
    }

    LessonConditions {
        server = "el servidor";
        client = "el cliente";
        times(what, times) = { format!("{what}, {}", noun(times, "vez", "veces")) };
        over(what, family) = "{what} por {family}";

        listens(end) = "{end} escucha";
        stopped(end) = "{end} se ha detenido";
        connects(end) = "{end} ha empezado a conectar";
        connected(end) = "{end} está conectado";
        refused(end) = "{end} ha sido rechazado";
        failed(end) = "{end} no ha podido conectar";
        accepted(end) = "{end} ha aceptado una conexión";
        received(end, size) = "{end} ha leído exactamente {size} de una vez";
        received_something(end) = "{end} ha recibido algo";
        received_at_least(end, size) = "{end} ha leído al menos {size} de una vez";
        received_in_all(end, size) = "{end} ha recibido {size} en total";
        received_cut(end) = "{end} ha leído solo una parte de un carácter";
        sent_something(end) = "{end} ha enviado algo";
        sent_at_least(end, size) = "{end} ha enviado al menos {size} de una vez";
        sent_in_all(end, size) = "{end} ha enviado {size} en total";
        after_silence(end, time) = "{end} ha enviado o recibido tras {time} de silencio";
        finished(end) = "{end} ha terminado el envío (FIN)";
        saw_end(end) = "{end} ha visto el FIN del otro lado";
        closed(end) = "{end} ha cerrado la conexión";
        closed_unread(end) = "{end} ha cerrado la conexión con bytes sin leer";
        did_reset(end) = "{end} ha reiniciado la conexión (RST)";
        was_reset(end) = "{end} ha recibido un reinicio del otro lado (RST)";
        stops_reading(end) = "{end} ha dejado de leer";
        reads_again(end) = "{end} vuelve a leer";
        stops_accepting(end) = "{end} deja las conexiones nuevas en el backlog";
        accepts_again(end) = "{end} vuelve a aceptar";
        new_peer(end) = "{end} tiene un par nuevo";
        cut(end) = "{end} ha recibido un datagrama cortado";
        undelivered(end) = "{end} ha sabido que un datagrama no ha llegado (ICMP)";
        forgot(end) = "{end} ha olvidado a su par tras un silencio";
    }

    LessonProblems |language| {
        Form(line, text) = "línea {line}: {text}";
        Number = "necesita de 1 a 12 pasos y de 1 a 8 clientes";
        Condition(step, text) = "el paso {step} espera {text:?}, que no es una condición";
        Act(step, text) = "el paso {step} tiene {text:?}, que no es nada que hacer (el paso 0 es la preparación)";
        Control(step, text) = "el paso {step} nombra {text:?}, que no es un control de la ventana";
        Endless(step) = "el paso {step} no espera nada";
        Program(step) = "un programa no tiene parte para el paso {step}";
    }
}
