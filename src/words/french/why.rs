//! Why a rule does not answer a request: what it asks for, what of that holds, and where the request differs.

use super::{grouped, noun};
use crate::words::translated::translated;
use crate::words::why::Whys;

translated! { FRENCH:
    Whys {
        name = "Pourquoi pas ?";
        why = "Afficher ce que chaque règle de l’extrémité dit de cette requête, et où la requête diffère";
        of_endpoint = "Règles de";
        request = "Requête";
        request_hint = "Une requête à essayer : texte avec échappements, ou chiffres hexadécimaux";
        notation = "Notation de la requête";
        as_text = "Texte";
        as_hex = "Hexa";
        close = "Fermer Pourquoi pas ?";
        selected = "Ligne sélectionnée";
        selected_why = "Essayer de nouveau la requête de la ligne sélectionnée";
        bytes = "Octets de la requête";
        state = "État";
        state_why = "Une capture ne dit pas dans quel état était une connexion : choisissez-en un à essayer";
        unknown_state = "état inconnu";
        number = "Numéro de la requête";
        number_why = "De quelle requête de sa connexion il s’agit, par exemple 1 ; vide si ce n’est pas connu";
        more(rules) = { format!("Afficher {}", noun(rules as u64, "autre règle", "autres règles")) };
        edit = "Modifier";
        edit_rule(rule) = "Modifier la règle {rule}";
        make = "Créer une règle d’après ceci";
        make_short = "Créer une règle";
        make_why = "Ajouter une règle qui répond exactement à cette requête";
        make_from_two = "Créer une règle d’après ces deux lignes";

        made(rule) = "La règle {rule} a été créée.";
        nothing_to_send = "Rien n’a été envoyé en réponse : complétez ce qu’elle envoie.";
        replies_by_rules(endpoint, before) = "{endpoint} répond maintenant selon ses règles ; auparavant : {before}.";
        was_echo = "il renvoyait ce qu’il recevait";
        was_fixed = "il envoyait un message fixe";
        was_silent = "il n’envoyait pas de réponse";
        dismiss = "Masquer";

        answered(rule) = "La règle {rule} répond à cette requête.";
        unanswered = "Aucune règle ne répond à cette requête.";
        nearest(rule) = "Aucune règle ne répond à cette requête ; la plus proche est la règle {rule}.";
        perhaps(rule) = "La règle {rule} répond à cette requête si les conditions non connues sont remplies.";
        no_rules = "Cette extrémité n’a pas encore de règles.";
        not_approved = "Le document n’est pas approuvé, ses règles ne répondent donc à personne : approuvez-le dans le menu Fichier.";
        not_in_use = "Ces règles ne sont pas utilisées : l’extrémité répond autrement.";
        not_running = "L’extrémité n’est pas active : ce qu’elle mémorise est ce avec quoi elle démarre.";
        wrong(problem) = "Les règles ne peuvent pas être utilisées : {problem}";
        not_here(endpoint) = "Le document n’a pas d’extrémité nommée {endpoint} : il n’y a donc pas de règles à essayer.";
        no_request = "Saisissez ou collez une requête ci-dessus, ou sélectionnez une ligne reçue.";
        no_bytes = "La ligne sélectionnée n’a pas d’octets reçus.";
        too_long(limit) = { format!("Aucune règle qui regarde ses octets ne répond à une requête de plus de {}.", noun(limit as u64, "octet", "octets")) };
        of_several(frames, number) = { format!("Le morceau contient {}. Voici la trame {number} ; activez Trames au-dessus de la chronologie pour en choisir une autre.", noun(frames as u64, "trame", "trames")) };
        no_frame(framing) = "Ce n’est pas une trame entière selon {framing} : les règles la verront une fois complète.";

        rule(rule, name) = "La règle {rule} « {name} »";
        answers(rule) = "{rule} répond à cette requête.";
        may_answer(rule) = "{rule} répond à cette requête si les conditions non connues sont remplies.";
        comes_later(rule, first) = "{rule} répondrait aussi à cette requête, mais la règle {first} vient avant.";
        for_events(rule) = "{rule} ne répond à aucune requête : elle s’applique d’elle-même.";
        is_off(rule) = "{rule} est désactivée.";
        is_off_held(rule, held) = "{rule} est désactivée — {held}.";
        failed(rule, held) = "{rule} — {held}.";
        held(held, all) = { format!("{} sur {all}", noun(held as u64, "condition remplie", "conditions remplies")) };

        any_request = "Toute requête";
        in_state(states) = "Dans l’état {states}";
        or_state = " ou ";
        other_state(state) = "L’état est {state}.";
        from(pattern) = "Venant de {pattern}";
        other_peer = "Le pair a une autre adresse.";
        times(most) = { format!("Au plus {} fois depuis le démarrage de l’extrémité", grouped(most)) };
        times_per_connection(most) = { format!("Au plus {} fois par connexion", grouped(most)) };
        spent = "Elle s’est appliquée autant de fois que permis.";
        not_known = "Non connu.";

        equals(what) = "Est {what}";
        starts(what) = "Commence par {what}";
        ends(what) = "Finit par {what}";
        contains(what) = "Contient {what}";
        matches(what) = "Correspond à {what}";
        has_shape(what) = "A la forme {what}";
        is_long(bytes) = { format!("Fait {}", noun(bytes as u64, "octet", "octets")) };
        is_long_between(from, to) = "Fait de {from} à {to} octets";
        is_long_from(bytes) = { format!("Fait au moins {}", noun(bytes as u64, "octet", "octets")) };
        is_long_to(bytes) = { format!("Fait au plus {}", noun(bytes as u64, "octet", "octets")) };
        check_good = "Passe son contrôle";
        check_bad = "Échoue à son contrôle";
        first = "Est la première de sa connexion";
        every(count) = "Est une sur {count} de sa connexion";
        within(place) = "Trouve {place} en mémoire";
        not(condition) = "Non : {condition}";
        not_all(conditions) = "Pas tout à la fois : {conditions}";
        any_case(what) = "{what}, casse ignorée";
        quoted(text) = "« {text} »";

        byte(at, found, expected) = "L’octet {at} est {found}, attendu {expected}.";
        visible_byte(character, digits) = "« {character} » ({digits})";
        short(at, missing) = { format!("Elle s’arrête à l’octet {at} : il manque {}.", noun(missing, "octet", "octets")) };
        shorter(missing) = { format!("Elle est trop courte : il manque {}.", noun(missing, "octet", "octets")) };
        long(at, extra) = { format!("Elle continue à l’octet {at} avec {} de plus.", noun(extra, "octet", "octets")) };
        absent = "Cela n’y figure pas.";
        absent_but(at, agreeing) = { format!("Cela n’y figure nulle part ; à partir de l’octet {at}, {}.", noun(agreeing, "octet concorde", "octets concordent")) };
        no_match = "Elle n’y correspond pas.";
        in_piece(problem, item) = "{problem} À cet endroit, la forme a {item}.";
        varint(at) = "Le nombre à l’octet {at} a plus de 4 octets.";
        amount(at) = "La longueur de ce qui commence à l’octet {at} ne peut pas être calculée.";
        is_so_long(bytes) = { format!("Elle fait {}.", noun(bytes, "octet", "octets")) };
        checked_good = "Son contrôle est correct.";
        checked(verdict) = "Son contrôle : {verdict}.";
        no_check = "L’extrémité n’a pas de contrôle.";
        number_is(number) = { format!("C’est la requête {} de sa connexion.", grouped(number)) };
        not_remembered = "Cela n’est pas mémorisé.";
        no_place = "L’emplacement demande une partie que la requête n’a pas, ou un nombre hors limites.";
        all_hold = "Tout est rempli, et ne doit pas l’être.";

        spoken_holds(condition) = "{condition} : remplie";
        spoken_fails(condition, why) = "{condition} : non remplie. {why}";
        spoken_unknown(condition) = "{condition} : non connue";
    }
}
