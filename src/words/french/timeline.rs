//! The timeline: what stands above its rows, in their menu, and in place of rows.

use super::noun;
use crate::words::timeline::Timeline;
use crate::words::translated::translated;

translated! { FRENCH:
    Timeline {
        name = "Chronologie";
        tabs = "Afficher";
        all = "Tout";
        show_all = "Tout afficher";
        show_only(name) = "N’afficher que {name}";
        show_only_menu = "N’afficher que…";
        undo_clear = "Annuler le vidage";
        clear = "Vider la vue";
        payloads = "Charges utiles en";
        as_auto = "Auto";
        as_text = "Texte";
        as_hex = "Hexa";
        more = "Autres vues";
        frames = "Trames";
        frames_hint = "Afficher les messages tels que le découpage de chaque extrémité les sépare, au lieu des morceaux lus et écrits";
        plot = "Graphique";
        plot_hint = "Octets et entrées par seconde au cours de la session";
        follow = "Suivre";
        follow_hint = "Garder l’entrée la plus récente visible (Fin)";

        columns = "Colonnes";
        column_time = "Heure";
        column_gap = "Écart";
        column_connection = "#";
        column_endpoint = "Extrémité";
        column_direction = "Sens";
        column_bytes = "Octets";
        column_what = "Événement";
        resize_column(name) = "Redimensionner {name}";
        choose_columns = "Choisir les colonnes";
        reset_columns = "Rétablir les colonnes";
        ends_of_connection(number, local, peer) = "Connexion {number} : {local}, pair {peer}";
        peer_of_connection(number, peer) = "Connexion {number} : pair {peer}";
        sign_of_connection(number) = "#{number}";

        loading = "Chargement…";
        dropped(entries) = { noun(entries, "ancienne entrée abandonnée", "anciennes entrées abandonnées") };
        empty_datagram = "datagramme vide";
        part_of_a_character = "Partie d’un caractère, affiché là où il est complet";

        newer(rows) = { format!("↓ {}", noun(rows, "nouvelle", "nouvelles")) };

        entry = "Entrée";
        copy_text = "Copier en texte";
        copy_hex = "Copier en hexa";
        copy_escaped = "Copier en chaîne échappée";
        copy_c_array = "Copier en tableau C";
        copy_rows = "Copier les lignes";
        follow_connection = "Suivre la connexion";
        show_connection = "N’afficher que cette connexion";
        show_this_endpoint = "N’afficher que cette extrémité";

        none_yet = "Il ne s’est encore rien passé";
        first_start(server) = "Démarrer {server}";
        first_start_echo = "Il écoute sur son adresse et renvoie ce qu’il reçoit.";
        first_start_rules = "Il écoute sur son adresse et répond à ce qu’il reçoit selon ses règles.";
        first_start_fixed = "Il écoute sur son adresse et répond à ce qu’il reçoit par son propre message.";
        first_start_silent = "Il écoute sur son adresse et ne fait que recevoir : il est réglé pour ne pas répondre.";
        first_send(recipient) = "Envoyer depuis {recipient}";
        first_send_why = "Le client se connecte s’il le faut, et envoie le message ci-dessous. Toute la conversation apparaît ici, des deux côtés.";
        first_send_later = "Démarrez d’abord le serveur";
        first_endpoint = "Ajoutez un serveur ou un client à gauche pour commencer.";
        none_of(endpoint) = "Aucune entrée pour {endpoint}";
        none_of_advice = "Ce qui s’y passe apparaîtra ici. Choisissez Tout pour voir les autres entrées.";
        none_in_lesson = "Rien ne s’est encore passé dans cette leçon";
        none_in_lesson_advice = "Faites la première étape. « Annuler le vidage » montre ce qui a été enregistré avant.";
        none_in_capture = "Cette capture n’a aucune entrée";
        none_in_capture_advice = "Il ne s’est rien passé avant la fin de la capture.";
        none_match = "Aucune entrée ne correspond au filtre";
        none_match_advice = "« Effacer les filtres » affiche tout.";
        cleared = "La vue est vide";
        cleared_advice(entries) = { format!("{}. Choisissez Annuler le vidage pour tout réafficher.", noun(entries, "entrée masquée", "entrées masquées")) };
        filtering(percent) = "Filtrage, {percent} %";
        found_so_far(entries) = { noun(entries, "entrée trouvée jusqu’ici", "entrées trouvées jusqu’ici") };

        no_framing = "Aucune extrémité n’a de découpage ici : voici donc des morceaux. Choisissez un découpage dans les réglages d’une extrémité.";
        no_framing_in_capture = "Aucune extrémité n’a de découpage ici : voici donc des morceaux. Choisissez un découpage ci-dessus.";
        good(frames) = { noun(frames, "correcte", "correctes") };
        older(percent) = "Les trames précédentes sont encore recherchées, {percent} %";
        older_hint = "Tant que toutes ne sont pas trouvées, les trames des connexions plus anciennes peuvent être coupées au mauvais endroit";
        over_limit(rows) = {
    let omitted = noun(rows, "ancienne ligne omise", "anciennes lignes omises");
    format!("{omitted} : la liste des trames est à sa limite, le quart de ce qui peut être capturé")
};
        bad(frames) = { noun(frames, "incorrecte", "incorrectes") };
    }
}
