//! What the keys of one part of the window do.

use crate::words::keys::Keys;
use crate::words::translated::translated;

translated! { SPANISH:
    Keys {
        message = "Mensaje";
        rows = "Cronología";
        lists = "Extremos, reglas y mensajes guardados";
        anywhere = "En todas partes";
        recall_at_edge = "Recuperar mensajes anteriores y posteriores, desde la primera y la última línea";
        recall = "Recuperar mensajes anteriores y posteriores, desde cualquier línea";
        send_saved = "Enviar uno de los nueve primeros mensajes guardados";
        arrange = "Mover el elemento seleccionado";
        delete_rule = "Eliminar la regla seleccionada";
        select = "Mover la selección";
        select_more = "Ampliar la selección";
        ends = "Ir a la fila más antigua o a la más reciente; Fin además sigue las entradas nuevas";
        copy = "Copiar las filas seleccionadas";
        leave = "Salir del campo de búsqueda o de una conexión seguida, cerrar un diálogo; si no hay nada que cerrar, detener todo";

        ctrl = "Ctrl";
        shift = "Mayús";
        enter = "Intro";
        delete = "Supr";
        escape = "Esc";
        up = "↑";
        down = "↓";
        page_up = "Re Pág";
        page_down = "Av Pág";
        home = "Inicio";
        end = "Fin";
        plus = "Más";
        minus = "Menos";
    }
}
