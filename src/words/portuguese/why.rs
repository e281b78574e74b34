//! Why a rule does not answer a request: what it asks for, what of that holds, and where the request differs.

use super::{form, grouped, noun};
use crate::words::translated::translated;
use crate::words::why::Whys;

translated! { PORTUGUESE:
    Whys {
        name = "Por que não?";
        why = "Mostra o que cada regra do endpoint diz sobre esta requisição e onde a requisição difere";
        of_endpoint = "Regras de";
        request = "Requisição";
        request_hint = "Uma requisição a testar: texto com escapes, ou dígitos hex";
        notation = "Notação da requisição";
        as_text = "Texto";
        as_hex = "Hex";
        close = "Fechar “Por que não?”";
        selected = "Linha selecionada";
        selected_why = "Testa de novo a requisição da linha selecionada";
        bytes = "Bytes da requisição";
        state = "Estado";
        state_why = "A gravação não diz em que estado uma conexão estava: escolha um para testar";
        unknown_state = "estado desconhecido";
        number = "Número da requisição";
        number_why = "Qual requisição da conexão é esta, como 1; vazio se não se sabe";
        more(rules) = { format!("Mostrar mais {}", noun(rules, "regra", "regras")) };
        edit = "Editar";
        edit_rule(rule) = "Editar a regra {rule}";
        make = "Criar uma regra a partir disto";
        make_short = "Criar uma regra";
        make_why = "Adiciona uma regra que responde exatamente a esta requisição";
        make_from_two = "Criar uma regra a partir destas duas linhas";

        made(rule) = "A regra {rule} foi criada.";
        nothing_to_send = "Nada tinha sido enviado em resposta: preencha o que ela envia.";
        replies_by_rules(endpoint, before) = "{endpoint} agora responde por suas regras; antes, {before}.";
        was_echo = "devolvia o que recebia";
        was_fixed = "enviava uma mensagem fixa";
        was_silent = "não respondia";
        dismiss = "Dispensar";

        answered(rule) = "A regra {rule} responde a esta requisição.";
        unanswered = "Nenhuma regra responde a esta requisição.";
        nearest(rule) = "Nenhuma regra responde a esta requisição; a mais próxima é a regra {rule}.";
        perhaps(rule) = "A regra {rule} responde a esta requisição se o que não se sabe se confirmar.";
        no_rules = "Este endpoint ainda não tem regras.";
        not_approved = "O documento não está aprovado, por isso suas regras não respondem a ninguém: aprove-o no menu “Arquivo”.";
        not_in_use = "Estas regras não estão em uso: o endpoint responde de outro modo.";
        not_running = "O endpoint não está em execução: a memória dele é a inicial.";
        wrong(problem) = "As regras não podem ser usadas: {problem}";
        not_here(endpoint) = "O documento não tem um endpoint chamado {endpoint}, portanto não há regras a testar.";
        no_request = "Digite ou cole acima uma requisição, ou selecione uma linha recebida.";
        no_bytes = "A linha selecionada não tem bytes recebidos.";
        too_long(limit) = { format!("Nenhuma regra que olhe os bytes responde a uma requisição de mais de {}.", noun(limit, "byte", "bytes")) };
        of_several(frames, number) = { format!("O bloco contém {}. Este é o quadro {number}; ative “Quadros” acima da linha do tempo para escolher outro.", noun(frames, "quadro", "quadros")) };
        no_frame(framing) = "Este não é um quadro completo de {framing}: as regras o veem quando estiver completo.";

        rule(rule, name) = "Regra {rule} “{name}”";
        answers(rule) = "{rule} responde a isto.";
        may_answer(rule) = "{rule} responde a isto se o que não se sabe se confirmar.";
        comes_later(rule, first) = "{rule} também responderia a isto, mas a regra {first} vem antes.";
        for_events(rule) = "{rule} não responde a requisições: ela age por conta própria.";
        is_off(rule) = "{rule} está desativada.";
        is_off_held(rule, held) = "{rule} está desativada — {held}.";
        failed(rule, held) = "{rule} — {held}.";
        held(held, all) = { format!("{held} de {} {}", noun(all as u64, "condição", "condições"), form(held as u64, "cumprida", "cumpridas")) };

        any_request = "Qualquer requisição";
        in_state(states) = "No estado {states}";
        or_state = " ou ";
        other_state(state) = "O estado é {state}.";
        from(pattern) = "De {pattern}";
        other_peer = "O peer tem outro endereço.";
        times(most) = { format!("No máximo {} desde o início do endpoint", noun(most, "vez", "vezes")) };
        times_per_connection(most) = { format!("No máximo {} por conexão", noun(most, "vez", "vezes")) };
        spent = "Ela já se aplicou quantas vezes podia.";
        not_known = "Não se sabe.";

        equals(what) = "É {what}";
        starts(what) = "Começa com {what}";
        ends(what) = "Termina com {what}";
        contains(what) = "Contém {what}";
        matches(what) = "Corresponde a {what}";
        has_shape(what) = "Tem a forma {what}";
        is_long(bytes) = { format!("Tem {}", noun(bytes, "byte", "bytes")) };
        is_long_between(from, to) = "Tem de {from} a {to} bytes";
        is_long_from(bytes) = { format!("Tem pelo menos {}", noun(bytes, "byte", "bytes")) };
        is_long_to(bytes) = { format!("Tem no máximo {}", noun(bytes, "byte", "bytes")) };
        check_good = "Passa na verificação";
        check_bad = "Não passa na verificação";
        first = "É a primeira da conexão";
        every(count) = "É uma a cada {count} da conexão";
        within(place) = "Encontra {place} na memória";
        not(condition) = "Não: {condition}";
        not_all(conditions) = "Não todas: {conditions}";
        any_case(what) = "{what} sem diferenciar maiúsculas";
        quoted(text) = "“{text}”";

        byte(at, found, expected) = "O byte {at} é {found}, esperado {expected}.";
        visible_byte(character, digits) = "“{character}” ({digits})";
        short(at, missing) = { format!("Ela termina no byte {at}: {}.", noun(missing, "byte a menos", "bytes a menos")) };
        shorter(missing) = { format!("Ela é curta demais: {}.", noun(missing, "byte a menos", "bytes a menos")) };
        long(at, extra) = { format!("A partir do byte {at}, ela continua com {}.", noun(extra, "byte a mais", "bytes a mais")) };
        absent = "Isso não aparece nela.";
        absent_but(at, agreeing) = { format!("Isso não aparece nela; a partir do byte {at}, {}.", noun(agreeing, "byte coincide", "bytes coincidem")) };
        no_match = "Ela não corresponde.";
        in_piece(problem, item) = "{problem} Ali, a forma tem {item}.";
        varint(at) = "O número no byte {at} tem mais de 4 bytes.";
        amount(at) = "Não é possível calcular o comprimento do que começa no byte {at}.";
        is_so_long(bytes) = { format!("Ela tem {}.", noun(bytes, "byte", "bytes")) };
        checked_good = "A verificação dela está correta.";
        checked(verdict) = "A verificação dela: {verdict}.";
        no_check = "O endpoint não tem verificação.";
        number_is(number) = { format!("É a requisição {} da conexão.", grouped(number)) };
        not_remembered = "Isso não está na memória.";
        no_place = "A posição precisa de um trecho que a requisição não tem, ou de um número que está fora dos limites.";
        all_hold = "Tudo isso vale ao mesmo tempo, e não podia.";

        spoken_holds(condition) = "{condition}: cumprida";
        spoken_fails(condition, why) = "{condition}: não cumprida. {why}";
        spoken_unknown(condition) = "{condition}: não se sabe";
    }
}
