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

translated! { SPANISH:
    RuleParts {
        rule(number, name) = "Regla {number} ({name})";
        part(rule, part) = "{rule}, {part}";
        name = "nombre";
        when = "cuándo";
        condition(number) = "condición {number}";
        states = "en el estado";
        from = "desde";
        act(number) = "acción {number}";
        act_to(number) = "acción {number}, destinatario";
        act_drop(number) = "acción {number}, descarte";
        act_corrupt(number) = "acción {number}, alteración";
        act_place(number) = "acción {number}, lugar";
        next = "estado siguiente";
        times = "veces";
        memory = "Memoria";
        remembered(name) = "Memoria ({name})";
        seed = "Semilla";
    }

    RuleProblems |language| {
        TooManyRules = { format!("Un extremo tiene como máximo {MAX_RULES} reglas. Quite algunas") };
        TooManyConditions = { format!("Una regla tiene como máximo {MAX_CONDITIONS} condiciones. Quite algunas o use una expresión regular") };
        TooManyActs = { format!("Una regla tiene como máximo {MAX_ACTS} acciones. Quite algunas") };
        NameTaken(name) = "{name} ya se usa. Escriba otro nombre";
        Name = { format!("Un nombre tiene de 1 a {MAX_RULE_NAME_CHARS} caracteres, sin saltos de línea") };
        State = "Falta un estado entre dos comas";
        Empty = "Aquí no hay nada escrito";
        RegexHere = "Elija «coincide con regex» como tipo de condición y omita 'regex:'";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        Shape(error) = { error.in_words(language) };
        Length = "Introduzca una longitud o dos, como 8, 8..12, 8.. o ..12";
        Check = "Escriba good o bad";
        NoCheck = "El extremo no comprueba lo que recibe. Elija antes una comprobación";
        Every = "Introduzca un número a partir de 1, como 3 para una de cada tres peticiones";
        Place(error) = { error.in_words(language) };
        PieceIsField(name) = "Una pieza no se puede llamar {name:?}: las plantillas tienen un campo con ese nombre";
        PieceTwice(name) = "Dos condiciones encuentran una pieza {name:?}. Dé otro nombre a una de ellas";
        Time = "Introduzca un tiempo de 24 horas como máximo con su unidad, como 20ms o 5s; una espera puede ser 20ms..40ms";
        Period = "Introduzca un tiempo de 1ms a 24 horas con su unidad, como 100ms";
        From(error) = { error.in_words(language) };
        Times = "Introduzca un número a partir de 1, como 2, o 2 per connection";
        Chance = "Introduzca una proporción de 0% a 100%, como 10%";
        Rate = "Introduzca bytes por segundo, como 500 o 1k, o full";
        Slices = "Introduzca bytes y una pausa, como 3, 50ms, o off";
        TooMuch = { format!("Desde el inicio se pueden recordar como máximo {MAX_REMEMBERED} valores y {} en total", language.numbers.size(MAX_MEMORY_BYTES as u64)) };
        Zeros = { format!("Introduzca un número de bytes cero hasta {MAX_MEMORY_BYTES}, como en zeros:200") };
        NoEndpoint(name) = "No hay ningún extremo llamado {name:?}. Elija otro";
    }

    AddressPatterns |language| {
        Empty = "Introduzca un patrón de direcciones, como 10.0.0.0/8 o 127.0.0.*";
        TooLong = "Un patrón de direcciones tiene como máximo 256 caracteres";
        Network = "Una red es una dirección y un número de bits, como 10.0.0.0/8";
    }
}
