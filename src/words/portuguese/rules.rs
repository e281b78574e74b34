//! The inspector's tab of rules, and presets.

use super::{form, grouped, noun};
use crate::words::rules::{RuleSentences, Rules};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Rules {
        tab = "Regras";
        list(name) = "Regras de {name}";
        why = "Uma regra diz o que se responde a qual requisição: enviar isto, esperar, fechar, resetar, e com que falhas. Elas são tentadas de cima para baixo, e vale a primeira que se aplica.";
        example = "Por exemplo: quando uma requisição começa com “GET ”, enviar “HTTP/1.1 200 OK\\r\\n\\r\\n”, depois fechar.";
        on_datagrams = "Tentadas de cima para baixo em cada datagrama";
        udp_forgets = "Em UDP, isto esquece o peer: nada é enviado";
        udp_no_reading = "Não faz nada em UDP: todos os peers compartilham um socket, que continua a ser lido";
        on_frames = "Tentadas de cima para baixo em cada quadro";
        on_reads = "Tentadas de cima para baixo em cada leitura";
        on_reads_why = "Escolha um enquadramento na aba “Configuração”, em “Enquadramento e codificação”, para que as regras vejam requisições inteiras";
        add = "Adicionar regra";
        start_from_preset = "Começar com uma predefinição";
        not_used(reply) = "Sem uso: a resposta é {reply}";
        use_them = "Responder por regras";
        use_them_why = "Escolhe “Regras” como resposta";
        edit_them = "Editar regras";
        count(count) = { noun(count, "regra", "regras") };
        count_on(on, count) = { format!("{} de {} {}", grouped(on), noun(count, "regra", "regras"), form(on, "ativa", "ativas")) };
        kept = "As regras anteriores continuam valendo";
        wrong(number) = "A regra {number} não pode ser usada como está";
        wrong_start = "O que é memorizado ao iniciar não pode ser usado como está";

        spoken(number, name) = "Regra {number}, {name}";
        is_on(number) = "Regra {number} ativa";
        switch_why = "Vale imediatamente, também em conexões abertas";
        applied(count) = { format!("aplicada {}×", grouped(count)) };
        applied_by(number, count) = { format!("Regra {number} aplicada {}×", grouped(count)) };
        unmatched(count) = { format!("Nenhuma se aplicou: {}", grouped(count)) };
        unmatched_why = "Requisições recebidas desde o início às quais nenhuma regra se aplicou";
        show_rows = "Mostrar linhas";
        show_rows_why = "Mostra na linha do tempo só as linhas que esta regra causou";

        more(number) = "Mais opções para a regra {number}";
        more_of_all = "Mais opções para as regras";
        all_on = "Ativar todas";
        all_off = "Desativar todas";
        edit = "Editar";
        close_form = "Concluir";
        duplicate = "Duplicar";
        delete = "Excluir";
        move_up = "Mover para cima";
        move_down = "Mover para baixo";
        deleted(name) = "{name}: regra excluída";
        undo = "Desfazer";

        form(number) = "Formulário da regra {number}";
        name = "Nome";
        name_hint(number) = "regra {number}";
        when = "Quando";
        when_request = "Chega uma requisição";
        when_connected = "Ao conectar";
        when_ended = "O peer encerrou ou sumiu";
        when_silence = "Nada chega durante";
        when_every = "Repetidamente, a cada";
        time = "Tempo";
        time_hint = "5s";

        any_request = "Qualquer requisição";
        condition(number) = "Condição {number}";
        condition_text(number) = "Texto da condição {number}";
        condition_not(number) = "Negar a condição {number}";
        condition_joined(number) = "Condição {number} junto com a de cima";
        remove_condition(number) = "Remover a condição {number}";
        not = "não";
        joined = "juntas";
        joined_why = "As duas não podem valer ao mesmo tempo; sem isto, nenhuma delas pode valer";
        add_condition = "Adicionar condição";
        ignore_case = "Ignorar maiúsculas";
        equals = "é";
        starts = "começa com";
        ends = "termina com";
        contains = "contém";
        regex = "corresponde à regex";
        hex_shape = "tem a forma";
        length = "tem comprimento";
        check = "tem verificação";
        first = "é a primeira";
        every = "é uma a cada n";
        within = "está na memória";
        bytes_hint = "GET ou hex:30 ?? 04";
        regex_hint = r"^SET (\w+)";
        shape_hint = "30 [size:varint] [*]";
        length_hint = "8..12";
        check_hint = "good ou bad";
        every_hint = "3";
        place_hint = "registers at=2*at len=2*n";

        limits = "Estados, peers, quantas vezes";
        in_state = "No estado";
        in_state_hint = "qualquer; o primeiro é start";
        from = "De";
        from_hint = "qualquer; 10.0.0.0/8, *:5000";
        times = "No máximo";
        times_hint = "sempre; 2, ou 2 per connection";
        next = "Próximo estado";
        next_hint = "continua";

        then = "Então";
        nothing = "Não faz nada: a requisição é lida e fica sem resposta";
        act(number) = "Ação {number}";
        act_text(number) = "Texto da ação {number}";
        act_place(number) = "Posição da ação {number}";
        act_to(number) = "Destinatário da ação {number}";
        act_group(number) = "Grupo da ação {number}";
        act_hex(number) = "Ação {number} em hex";
        act_drop(number) = "Descarte da ação {number}";
        act_corrupt(number) = "Corrupção da ação {number}";
        act_up(number) = "Mover a ação {number} para cima";
        act_down(number) = "Mover a ação {number} para baixo";
        remove_act(number) = "Remover a ação {number}";
        add_act = "Adicionar ação";
        send = "Enviar";
        echo = "Devolver a requisição";
        wait = "Esperar";
        finish = "Encerrar o envio (FIN)";
        close = "Fechar";
        reset = "Resetar";
        start_tls = "Iniciar TLS";
        stop_reading = "Parar de ler";
        resume_reading = "Voltar a ler";
        rate = "Limitar a taxa";
        slices = "Enviar em fatias";
        remember = "Memorizar";
        forget = "Esquecer";
        join = "Entrar em um grupo";
        leave = "Sair de um grupo";
        send_hint = "Texto com escapes e campos: {{request}}, {{1}}, {{counter}}";
        hex_hint = "Dígitos hex com campos: 00 {{id}}";
        wait_hint = "20ms ou 20ms..40ms";
        rate_hint = "1k bytes por segundo, ou full";
        slices_hint = "bytes, pausa: 3, 50ms, ou off";
        group_hint = "um nome";
        value_hint = "O que é memorizado: texto com campos";
        at_place = "Em";
        in_hex = "Hex";
        to = "Para";
        to_peer = "este peer";
        to_all = "todos os peers";
        to_others = "os outros peers";
        to_group = "um grupo";
        to_endpoint(name) = "peers de {name}";
        to_gone(name) = "{name} (não existe mais)";
        drop = "Descartar";
        drop_why = "Com que frequência isto nem é enviado, como 10%; vazio: nunca";
        corrupt = "Corromper";
        corrupt_why = "Com que frequência isto é enviado com um bit errado, como 10%; vazio: nunca";
        chance_hint = "nunca";

        memory = "Memorizado ao iniciar";
        memory_why = "Valores que as regras leem e alteram; todas as conexões os compartilham";
        memory_name(number) = "Nome do valor {number}";
        memory_value(number) = "Valor {number}";
        memory_value_hint = "texto, hex:00 01 ou zeros:200";
        memory_name_hint = "nome";
        remove_value(number) = "Remover o valor {number}";
        add_value = "Adicionar valor";
        seed = "Semente";
        seed_hint = "outra a cada vez";
        seed_why = "Um número que torna o acaso repetível: as mesmas conexões na mesma ordem têm a mesma sorte";

        presets = "Novo a partir de predefinição";
        presets_why = "Servidores e clientes prontos, feitos de regras. Adicioná-los não muda nada do que já existe.";
        preset_list = "Predefinições";
        add_preset = "Adicionar";
        choose_preset = "Escolha primeiro uma predefinição";
        filter_presets = "Filtrar predefinições";
        no_preset = "Nenhuma predefinição contém isso";
    }

    RuleSentences {
        rule(when, acts) = "{when}, {acts}";
        any = "Para qualquer requisição";
        request(conditions) = "Quando uma requisição {conditions}";
        connected = "Ao conectar";
        ended = "Quando o peer encerra ou some";
        silence(time) = "Após {time} sem receber nada";
        every_time(time) = "A cada {time}";
        ignoring_case(conditions) = "{conditions} sem diferenciar maiúsculas";
        unless(when, conditions) = "{when}, exceto se ela {conditions}";
        in_state(when, states) = "{when} no estado {states}";
        from(when, peers) = "{when} (peers {peers})";
        and = " e ";
        or = " ou ";
        then = ", depois ";
        quoted(text) = "“{text}”";

        equals(what) = "é {what}";
        starts(what) = "começa com {what}";
        ends(what) = "termina com {what}";
        contains(what) = "contém {what}";
        regex(what) = "corresponde a {what}";
        hex(what) = "tem a forma {what}";
        length(bytes) = { if bytes == "1" { "tem 1 byte".to_owned() } else { format!("tem {bytes} bytes") } };
        check_good = "passa na verificação";
        check_bad = "não passa na verificação";
        check(what) = "tem uma verificação que é {what}";
        first = "é a primeira da conexão";
        every(count) = "é uma a cada {count} da conexão";
        within(place) = "encontra {place} na memória";

        nothing = "não fazer nada";
        send(what) = "enviar {what}";
        send_to(what, whom) = "enviar {what} para {whom}";
        dropping(act, share) = "{act} (descartar {share})";
        corrupting(act, share) = "{act} (corromper {share})";
        echo = "devolver a requisição";
        wait(time) = "esperar {time}";
        finish = "encerrar o envio";
        finish_of(whom) = "encerrar o envio para {whom}";
        close = "fechar";
        close_of(whom) = "fechar {whom}";
        reset = "resetar";
        reset_of(whom) = "resetar {whom}";
        start_tls = "iniciar TLS";
        stop_reading = "parar de ler";
        resume_reading = "voltar a ler";
        rate(rate) = "enviar a {rate} bytes por segundo";
        full_rate = "enviar a toda velocidade";
        slices(slices) = "enviar em fatias de {slices}";
        no_slices = "enviar sem fatias";
        remember(what, place) = "memorizar {what} em {place}";
        forget(place) = "esquecer {place}";
        join(group) = "entrar no grupo {group}";
        leave(group) = "sair do grupo {group}";
        go_to(acts, state) = "{acts}, e ir ao estado {state}";
        at_most(rule, times) = { at_most(rule, times) };
        group(name) = "grupo {name}";
        blank = "…";
    }
}

/// Returns a rule with how often it may apply, as it is typed: a number, or one `per connection`.
fn at_most(rule: &str, times: &str) -> String {
    let (number, connection) = match times.strip_suffix(" per connection") {
        Some(number) => (number, " por conexão"),
        None => (times, ""),
    };
    match number.parse::<u64>() {
        Ok(count) => format!(
            "{rule} (no máximo {}{connection})",
            noun(count, "vez", "vezes")
        ),
        Err(_) => format!("{rule} (no máximo {times})"),
    }
}
