//! Hints for those who are new.

use crate::words::hints::Hints;
use crate::words::translated::translated;

translated! { FRENCH:
    Hints {
        hint = "Astuce";
        select_row = "Cliquez sur une ligne pour voir ses octets et ce qui s’est passé.";
        lanes = "Couloirs montre la même chose en flèches, poignée de main et FIN compris.";
        commands(key) = "{key} permet de trouver toute commande par une partie de son nom.";
        dismiss = "Masquer l’astuce";
    }
}
