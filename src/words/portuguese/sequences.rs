//! Sequences of send and expect: what they are called, and what came of them.

use super::{grouped, noun};
use crate::script::sequence::MAX_STEPS;
use crate::words::InWords as _;
use crate::words::sequences::{SequenceProblems, SequenceResults, Sequences, StepKinds};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    SequenceResults {
        began(name) = "começou a sequência “{name}”";
        ended(name, outcome) = "sequência “{name}”: {outcome}";
        passed = "passou";
        failed(step, why) = "falhou na etapa {step}: {why}";
        cancelled(step) = "foi parada na etapa {step}";
        with_others(outcome, others) = "{outcome}; {others}";
        others(count) = { noun(count, "outro quadro chegou", "outros quadros chegaram") };
        timed_out(within, what) = "o esperado não chegou em {within}; {what}";
        connection_ended(what) = "a conexão terminou antes; {what}";
        nothing = "nada chegou";
        nearest(excerpt) = "o mais próximo foi {excerpt}";
        nearest_differs(excerpt, difference) = "o mais próximo foi {excerpt}, {difference}";
        differs(at, expected, found) = { format!("em que o byte {} é {found}, e não {expected}", grouped(at)) };
        ends(at, expected) = { format!("que termina antes do byte {}, onde se espera {expected}", grouped(at)) };
        any_byte = "um byte qualquer";
        byte(hex, shown) = "{hex:02X} ({shown})";
        byte_only(hex) = "{hex:02X}";
        more(excerpt) = "{excerpt}…";
        unsent = "não foi possível enviar tudo o que ela envia";
        not_connected = "não havia conexão";
    }

    Sequences {
        heading = "Sequências";
        none = "Uma sequência envia e recebe, etapa por etapa, e diz se tudo correu como esperado.";
        add = "Adicionar sequência…";
        new_name = "Sequência";
        run(name) = "Executar {name}";
        run_button = "Executar";
        run_why = "Faz as etapas dela na conexão deste cliente, que conecta antes se não estiver conectado";
        run_on = "Executar sequência";
        of_client(name, client) = "{name} ({client})";
        stop = "Parar";
        stop_named(name) = "Parar {name}";
        stop_why = "Interrompe a sequência na etapa em andamento (Esc)";
        running = "em execução…";
        show = "Mostrar";
        show_named(name) = "Mostrar o resultado de “{name}”";
        show_why = "Mostra a entrada na linha do tempo";
        more(name) = "Mais opções para {name}";
        edit = "Editar etapas";
        duplicate = "Duplicar";
        delete = "Excluir";
        title_of(name) = "Sequência “{name}”";
        name = "Nome da sequência";
        kind_of(number) = "Tipo da etapa {number}";
        text_of(number) = "Texto da etapa {number}";
        within_of(number) = "Prazo da etapa {number}";
        more_of(number) = "Mais opções para a etapa {number}";
        within = "em";
        within_hint = "5s";
        remove = "Remover";
        move_up = "Mover para cima";
        move_down = "Mover para baixo";
        add_step = "Adicionar etapa";
        send_hex = "Enviar hex";
        send_hint = "HELLO\\r\\n, {{counter}}";
        send_hex_hint = "48 45 0D 0A";
        expect_hint = "OK, regex:^2.., hex:01 ??";
        wait_hint = "100ms";
        done = "Concluir";
        wrong_step(number, problem) = "etapa {number}: {problem}";
        wrong_within(number, problem) = "etapa {number}, prazo: {problem}";
    }

    StepKinds |language| {
        Send = "Enviar";
        Expect = "Receber";
        ExpectEnd = "Receber o fim";
        Wait = "Esperar";
        StartTls = "Iniciar TLS";
        Finish = "Encerrar (FIN)";
        Close = "Fechar";
        Reset = "Resetar (RST)";
    }

    SequenceProblems |language| {
        NoSteps = "Uma sequência tem pelo menos uma etapa. Adicione uma";
        TooManySteps = { format!("Uma sequência tem no máximo {MAX_STEPS} etapas. Remova algumas") };
        Field(error) = { error.in_words(language) };
        Empty = "Não há nada escrito aqui";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        TooLong = "Isto é longo demais para procurar. Use só uma parte";
        PieceIsField(name) = "Um grupo não pode se chamar {name:?}: os modelos têm um campo com esse nome";
        OnlyInReplies = "Uma sequência não tem requisição. Use um grupo nomeado do que uma etapa anterior recebe, como em {{token}}";
        Time = "Digite um tempo de no máximo 24 horas com a unidade, como 100ms ou 5s";
        AfterEnd = "Nada pode ser enviado depois que a conexão foi encerrada, fechada ou resetada";
    }
}
