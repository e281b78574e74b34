//! The list of problems.

use super::bytes;
use crate::words::notices::Notices;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Notices {
        none = "Nenhum problema";
        placed(place, time) = "{place}  ·  {time}";
        solved(place) = "{place}  ·  resolvido";
        clear = "Limpar lista";
        document = "Documento";
        opened_file = "Arquivo aberto";
        copy = "Copiar";
        addresses = "Endereços desta máquina";
        copy_cut(kept_bytes) = { format!("Só o começo foi copiado ({})", bytes(kept_bytes)) };
        select_fewer = "Selecione menos linhas";
        nothing_to_make_a_rule_of = "Nenhuma regra foi criada: o que foi recebido não está mais guardado, ou o endpoint não existe mais";
        reader_busy = "Pedidos anteriores ainda estão em processamento";
        find_a_part = "Procure só uma parte do texto";
        filter_a_part = "O filtro foi removido, e tudo é mostrado: procure só uma parte do texto e filtre por ela";
        not_read_as_recorded(endpoint, problem) = "{endpoint} foi lido de um modo que esta versão não conhece: {problem}";
        read_without = "Os bytes são mostrados sem ele. Uma versão mais nova do Bothends talvez o conheça";
        type_address = "Digite o endereço em que escutar";
        chosen_for_another = "Nada foi salvo: o arquivo foi escolhido para o documento que estava aberto antes";
        choose_again = "Escolha um arquivo para este documento";
        kept_while_open = "Suas alterações ficam guardadas até você fechar a janela";
    }
}
