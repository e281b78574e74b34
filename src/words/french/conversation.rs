//! The followed connection.

use super::noun;
use crate::words::conversation::Conversation;
use crate::words::translated::translated;

translated! { FRENCH:
    Conversation {
        name = "Conversation";
        back = "‹ Chronologie";
        back_spoken = "Retour à la chronologie";
        back_hint = "Retour à la chronologie (Échap)";
        show_as = "Afficher en";
        text = "Texte";
        hex = "Hexa";
        escaped = "Échappé";
        direction = "Sens";
        both = "Les deux";
        received = "Reçu";
        sent = "Envoyé";
        follow = "Suivre";
        follow_hint = "Garder la ligne la plus récente visible (Fin)";
        incomplete(problem) = "Incomplet : {problem}";
        with(endpoint) = "avec {endpoint}";
        with_at(endpoint, address) = "avec {endpoint}, {address}";
        since(time) = "depuis {time}";
        unread(entries) = { format!("{} encore à lire", noun(entries, "ancienne entrée", "anciennes entrées")) };
        empty = "Rien n’a été capturé de cette connexion";
        row = "Ligne";
        copy_rows = "Copier les lignes";
        show_in_timeline = "Afficher dans la chronologie";
        not_kept(bytes) = { noun(bytes, "octet de plus, non conservé", "octets de plus, non conservés") };
        received_row(text) = "reçu : {text}";
        sent_row(text) = "envoyé : {text}";
    }
}
