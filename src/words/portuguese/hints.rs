//! Hints for those who are new.

use crate::words::hints::Hints;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Hints {
        hint = "Dica";
        select_row = "Clique em uma linha para ver os bytes dela e o que aconteceu.";
        lanes = "“Raias” mostra o mesmo como setas entre os dois lados, com handshake e FIN.";
        commands(key) = "{key} encontra qualquer comando por uma parte do nome.";
        dismiss = "Dispensar a dica";
    }
}
