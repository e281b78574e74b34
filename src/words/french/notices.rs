//! The list of problems.

use super::bytes;
use crate::words::notices::Notices;
use crate::words::translated::translated;

translated! { FRENCH:
    Notices {
        none = "Aucun problème";
        placed(place, time) = "{place}  ·  {time}";
        solved(place) = "{place}  ·  résolu";
        clear = "Vider la liste";
        document = "Document";
        opened_file = "Fichier ouvert";
        copy = "Copier";
        addresses = "Adresses de cette machine";
        copy_cut(kept_bytes) = { format!("La copie s’arrête après {}", bytes(kept_bytes)) };
        select_fewer = "Sélectionnez moins de lignes";
        nothing_to_make_a_rule_of = "Aucune règle n’a été créée : ce qui a été reçu n’est plus conservé, ou son extrémité n’existe plus";
        reader_busy = "Les demandes précédentes sont encore en cours de traitement";
        find_a_part = "Cherchez-en une partie";
        filter_a_part = "Le filtre a été retiré et tout est affiché : cherchez une partie du texte, puis filtrez avec elle";
        not_read_as_recorded(endpoint, problem) = "{endpoint} a été lu d’une façon que cette version ne connaît pas : {problem}";
        read_without = "Ses octets sont affichés sans cela. Une version plus récente de Bothends le connaît peut-être";
        type_address = "Saisissez l’adresse d’écoute";
        chosen_for_another = "Rien n’a été enregistré : le fichier a été choisi pour le document ouvert auparavant";
        choose_again = "Choisissez un fichier pour ce document";
        kept_while_open = "Vos modifications sont conservées jusqu’à la fermeture de la fenêtre";
    }
}
