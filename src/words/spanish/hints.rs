//! Hints for those who are new.

use crate::words::hints::Hints;
use crate::words::translated::translated;

translated! { SPANISH:
    Hints {
        hint = "Sugerencia";
        select_row = "Pulse una fila para ver sus bytes y lo que ocurrió.";
        lanes = "«Carriles» muestra lo mismo como flechas, con la negociación y los FIN.";
        commands(key) = "{key} busca entre todas las órdenes por una parte de su nombre.";
        dismiss = "Cerrar la sugerencia";
    }
}
