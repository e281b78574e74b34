//! What the keys of one part of the window do.

use crate::words::keys::Keys;
use crate::words::translated::translated;

translated! { FRENCH:
    Keys {
        message = "Message";
        rows = "Chronologie";
        lists = "Extrémités, règles et messages enregistrés";
        anywhere = "Partout";
        recall_at_edge = "Rappeler les messages précédents et suivants, depuis la première et la dernière ligne";
        recall = "Rappeler les messages précédents et suivants, depuis n’importe quelle ligne";
        send_saved = "Envoyer l’un des neuf premiers messages enregistrés";
        arrange = "Déplacer l’élément sélectionné";
        delete_rule = "Supprimer la règle sélectionnée";
        select = "Déplacer la sélection";
        select_more = "Étendre la sélection";
        ends = "Aller à la ligne la plus ancienne ou la plus récente ; Fin suit aussi les nouvelles entrées";
        copy = "Copier les lignes sélectionnées";
        leave = "Quitter le champ de recherche ou une connexion suivie, fermer un dialogue ; s’il n’y a rien à fermer, tout arrêter";

        ctrl = "Ctrl";
        shift = "Maj";
        enter = "Entrée";
        delete = "Suppr";
        escape = "Échap";
        up = "↑";
        down = "↓";
        page_up = "Page préc.";
        page_down = "Page suiv.";
        home = "Début";
        end = "Fin";
        plus = "Plus";
        minus = "Moins";
    }
}
