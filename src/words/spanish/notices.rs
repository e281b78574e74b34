//! The list of problems.

use super::bytes;
use crate::words::notices::Notices;
use crate::words::translated::translated;

translated! { SPANISH:
    Notices {
        none = "No hay problemas";
        placed(place, time) = "{place}  ·  {time}";
        solved(place) = "{place}  ·  resuelto";
        clear = "Vaciar lista";
        document = "Documento";
        opened_file = "Archivo abierto";
        copy = "Copiar";
        addresses = "Direcciones de este equipo";
        copy_cut(kept_bytes) = { format!("Solo se han copiado los primeros {}", bytes(kept_bytes)) };
        select_fewer = "Seleccione menos filas";
        nothing_to_make_a_rule_of = "No se ha creado ninguna regla: lo recibido ya no se conserva, o su extremo ya no existe";
        reader_busy = "Aún se están procesando peticiones anteriores";
        find_a_part = "Busque una parte";
        filter_a_part = "El filtro se ha quitado y se muestra todo: busque una parte del texto y después filtre por ella";
        not_read_as_recorded(endpoint, problem) = "{endpoint} se leía de un modo que esta versión no conoce: {problem}";
        read_without = "Sus bytes se muestran sin él. Puede que una versión más reciente de Bothends lo conozca";
        type_address = "Introduzca la dirección en la que escuchar";
        chosen_for_another = "No se ha guardado nada: el archivo se eligió para el documento que estaba abierto antes";
        choose_again = "Elija un archivo para este documento";
        kept_while_open = "Sus cambios se conservan hasta que cierre la ventana";
    }
}
