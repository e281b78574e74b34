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

translated! { PORTUGUESE:
    RuleParts {
        rule(number, name) = "Regra {number} ({name})";
        part(rule, part) = "{rule}, {part}";
        name = "nome";
        when = "quando";
        condition(number) = "condição {number}";
        states = "estado";
        from = "origem";
        act(number) = "ação {number}";
        act_to(number) = "ação {number}, destinatário";
        act_drop(number) = "ação {number}, descarte";
        act_corrupt(number) = "ação {number}, corrupção";
        act_place(number) = "ação {number}, posição";
        next = "próximo estado";
        times = "vezes";
        memory = "Memória";
        remembered(name) = "Memória ({name})";
        seed = "Semente";
    }

    RuleProblems |language| {
        TooManyRules = { format!("Um endpoint tem no máximo {MAX_RULES} regras. Remova algumas") };
        TooManyConditions = { format!("Uma regra tem no máximo {MAX_CONDITIONS} condições. Remova algumas, ou use uma expressão regular") };
        TooManyActs = { format!("Uma regra tem no máximo {MAX_ACTS} ações. Remova algumas") };
        NameTaken(name) = "{name} já está em uso. Digite outro nome";
        Name = { format!("Um nome tem de 1 a {MAX_RULE_NAME_CHARS} caracteres, sem quebras de linha") };
        State = "Falta um estado entre duas vírgulas";
        Empty = "Não há nada escrito aqui";
        RegexHere = "Escolha regex como tipo da condição e omita 'regex:'";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        Shape(error) = { error.in_words(language) };
        Length = "Digite um ou dois comprimentos, como 8, 8..12, 8.. ou ..12";
        Check = "Escreva good ou bad";
        NoCheck = "O endpoint não verifica o que recebe. Configure antes uma verificação";
        Every = "Digite um número a partir de 1, como 3 para cada terceira requisição";
        Place(error) = { error.in_words(language) };
        PieceIsField(name) = "Um trecho não pode se chamar {name:?}: os modelos têm um campo com esse nome";
        PieceTwice(name) = "Duas condições encontram um trecho {name:?}. Dê outro nome a um deles";
        Time = "Digite um tempo de no máximo 24 horas com a unidade, como 20ms ou 5s; uma espera pode ser 20ms..40ms";
        Period = "Digite um tempo de 1ms a 24 horas com a unidade, como 100ms";
        From(error) = { error.in_words(language) };
        Times = "Digite um número a partir de 1, como 2, ou 2 per connection (por conexão)";
        Chance = "Digite uma porcentagem de 0% a 100%, como 10%";
        Rate = "Digite bytes por segundo, como 500 ou 1k, ou full";
        Slices = "Digite bytes e uma pausa, como 3, 50ms, ou off";
        TooMuch = { format!("Desde o início podem ser memorizados no máximo {MAX_REMEMBERED} valores e {} no total", language.numbers.size(MAX_MEMORY_BYTES as u64)) };
        Zeros = { format!("Digite um número de bytes zero até {MAX_MEMORY_BYTES}, como em zeros:200") };
        NoEndpoint(name) = "Não há endpoint chamado {name:?}. Escolha outro";
    }

    AddressPatterns |language| {
        Empty = "Digite um padrão de endereços, como 10.0.0.0/8 ou 127.0.0.*";
        TooLong = "Um padrão de endereços tem no máximo 256 caracteres";
        Network = "Uma rede é um endereço e um número de bits, como 10.0.0.0/8";
    }
}
