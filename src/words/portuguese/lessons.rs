//! The lessons: their texts, and what the window says around them.

use super::noun;
use crate::words::lessons::{LessonConditions, LessonProblems, Lessons};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Lessons {
        heading = "Lições";
        intro = "Aprenda TCP e UDP com sockets reais desta máquina. Cada lição tem um servidor e um cliente próprios e avança quando a gravação mostra que uma etapa foi feita. Seu documento fica como está.";
        pane = "Lição";
        first = "Aprender o handshake";
        first_why = "Primeira vez? Em poucos minutos, em uma conexão real, você vê o que acontece antes do primeiro byte.";
        server = "Servidor da lição";
        client = "Cliente da lição";
        of(number, count) = "Lição {number} de {count}";
        choice(number, title) = "{number}. {title}";
        step(number, title) = "{number}. {title}";
        step_state(number, title, state) = "Etapa {number}, {title}: {state}";
        done = "feita";
        is_done(title) = "{title}: feita";
        to_do = "por fazer";
        later = "depois";
        do_it = "Fazer por mim";
        do_it_name(title) = "Fazer por mim: {title}";
        look = "O que observar";
        needed = "Feita quando estiver gravado que";
        met(condition) = "{condition}, feito";
        not_met(condition) = "{condition}, ainda não";
        show_entry = "Mostrar entrada";
        show_entry_name(condition) = "Mostrar entrada: {condition}";
        code = "O mesmo em código";
        language = "Linguagem do código";
        copy = "Copiar";
        copy_all = "Copiar tudo";
        copy_all_why = "Copia o programa inteiro desta lição";
        no_code = "Nada a escrever: o sistema faz isto sozinho.";
        over = "Lição concluída";
        next = "Próxima lição";
        previous = "Lição anterior";
        again = "Recomeçar";
        all = "Todas as lições";
        leave = "Sair da lição";
        close = "Fechar lições";
        resize = "Redimensionar lições";
        bad(key, why) = "Não é possível ler a lição {key}: {why}";
    }

    LessonConditions {
        server = "o servidor";
        client = "o cliente";
        times(what, times) = { format!("{what}, {}", noun(times, "vez", "vezes")) };
        over(what, family) = "{what} via {family}";

        listens(end) = "{end} escuta";
        stopped(end) = "{end} foi parado";
        connects(end) = "{end} começou a conectar";
        connected(end) = "{end} está conectado";
        refused(end) = "{end} foi recusado";
        failed(end) = "{end} não conseguiu conectar";
        accepted(end) = "{end} aceitou uma conexão";
        received(end, size) = "{end} leu exatamente {size} de uma vez";
        received_something(end) = "{end} recebeu algo";
        received_at_least(end, size) = "{end} leu pelo menos {size} de uma vez";
        received_in_all(end, size) = "{end} recebeu {size} no total";
        received_cut(end) = "{end} leu só uma parte de um caractere";
        sent_something(end) = "{end} enviou algo";
        sent_at_least(end, size) = "{end} enviou pelo menos {size} de uma vez";
        sent_in_all(end, size) = "{end} enviou {size} no total";
        after_silence(end, time) = "{end} enviou ou recebeu após {time} de silêncio";
        finished(end) = "{end} encerrou o envio (FIN)";
        saw_end(end) = "{end} viu o FIN do outro lado";
        closed(end) = "{end} fechou a conexão";
        closed_unread(end) = "{end} fechou a conexão com bytes não lidos";
        did_reset(end) = "{end} resetou a conexão (RST)";
        was_reset(end) = "{end} teve a conexão resetada pelo outro lado (RST)";
        stops_reading(end) = "{end} parou de ler";
        reads_again(end) = "{end} voltou a ler";
        stops_accepting(end) = "{end} deixa novas conexões no backlog";
        accepts_again(end) = "{end} voltou a aceitar";
        new_peer(end) = "{end} tem um novo peer";
        cut(end) = "{end} recebeu um datagrama cortado";
        undelivered(end) = "{end} soube que um datagrama não chegou ao destino (ICMP)";
        forgot(end) = "{end} esqueceu seu peer após um silêncio";
    }

    LessonProblems |language| {
        Form(line, text) = "linha {line}: {text}";
        Number = "precisa de 1 a 12 etapas e de 1 a 8 clientes";
        Condition(step, text) = "a etapa {step} espera por {text:?}, que não é uma condição";
        Act(step, text) = "a etapa {step} tem {text:?}, que não é algo a fazer (a etapa 0 é a preparação)";
        Control(step, text) = "a etapa {step} cita {text:?}, que não é um controle da janela";
        Endless(step) = "a etapa {step} não espera por nada";
        Program(step) = "falta em um programa a parte da etapa {step}";
    }
}
