//! What is wrong with rules, and in which part of them.

use crate::script::rules::MAX_ACTS;
use crate::script::rules::MAX_CONDITIONS;
use crate::script::rules::MAX_RULES;
use crate::words::InWords as _;
use crate::words::rule_problem::{AddressPatterns, RuleParts, RuleProblems};
use crate::words::translated::translated;
use crate::workspace::rules::MAX_MEMORY_BYTES;
use crate::workspace::rules::MAX_REMEMBERED;
use crate::workspace::rules::MAX_RULE_NAME_CHARS;

translated! { FRENCH:
    RuleParts {
        rule(number, name) = "Règle {number} ({name})";
        part(rule, part) = "{rule}, {part}";
        name = "nom";
        when = "quand";
        condition(number) = "condition {number}";
        states = "dans l’état";
        from = "venant de";
        act(number) = "action {number}";
        act_to(number) = "action {number}, destinataire";
        act_drop(number) = "action {number}, perte";
        act_corrupt(number) = "action {number}, altération";
        act_place(number) = "action {number}, emplacement";
        next = "état suivant";
        times = "nombre de fois";
        memory = "Mémoire";
        remembered(name) = "Mémoire ({name})";
        seed = "Graine";
    }

    RuleProblems |language| {
        TooManyRules = { format!("Une extrémité a au plus {MAX_RULES} règles. Retirez-en") };
        TooManyConditions = { format!("Une règle a au plus {MAX_CONDITIONS} conditions. Retirez-en, ou utilisez une expression régulière") };
        TooManyActs = { format!("Une règle a au plus {MAX_ACTS} actions. Retirez-en") };
        NameTaken(name) = "« {name} » est déjà utilisé. Saisissez un autre nom";
        Name = { format!("Un nom a de 1 à {MAX_RULE_NAME_CHARS} caractères, sans saut de ligne") };
        State = "Il manque un état entre deux virgules";
        Empty = "Rien n’est écrit ici";
        RegexHere = "Choisissez regex comme type de condition, et omettez « regex: »";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        Shape(error) = { error.in_words(language) };
        Length = "Saisissez une ou deux longueurs, par exemple 8, 8..12, 8.. ou ..12";
        Check = "Écrivez good (correct) ou bad (incorrect)";
        NoCheck = "L’extrémité ne contrôle pas ce qu’elle reçoit. Donnez-lui d’abord un contrôle";
        Every = "Saisissez un nombre à partir de 1, par exemple 3 pour une requête sur trois";
        Place(error) = { error.in_words(language) };
        PieceIsField(name) = "Une partie ne peut pas s’appeler {name:?} : les modèles ont un champ de ce nom";
        PieceTwice(name) = "Deux conditions trouvent une partie {name:?}. Donnez un autre nom à l’une d’elles";
        Time = "Saisissez une durée de 24 heures au plus avec son unité, par exemple 20ms ou 5s ; une attente peut être 20ms..40ms";
        Period = "Saisissez une durée de 1ms à 24 heures avec son unité, par exemple 100ms";
        From(error) = { error.in_words(language) };
        Times = "Saisissez un nombre à partir de 1, par exemple 2, ou 2 per connection (par connexion)";
        Chance = "Saisissez une part de 0% à 100%, par exemple 10%";
        Rate = "Saisissez des octets par seconde, par exemple 500 ou 1k, ou full (sans limite)";
        Slices = "Saisissez des octets et une pause, par exemple 3, 50ms, ou off (aucune)";
        TooMuch = { format!("Au plus {MAX_REMEMBERED} valeurs et {} en tout peuvent être mémorisées dès le départ", language.numbers.size(MAX_MEMORY_BYTES as u64)) };
        Zeros = { format!("Saisissez un nombre d’octets nuls jusqu’à {MAX_MEMORY_BYTES}, par exemple zeros:200") };
        NoEndpoint(name) = "Il n’y a pas d’extrémité nommée {name:?}. Choisissez-en une autre";
    }

    AddressPatterns |language| {
        Empty = "Saisissez un motif d’adresses, par exemple 10.0.0.0/8 ou 127.0.0.*";
        TooLong = "Un motif d’adresses a au plus 256 caractères";
        Network = "Un réseau est une adresse et un nombre de bits, par exemple 10.0.0.0/8";
    }
}
