//! What the keys of one part of the window do.

use crate::words::keys::Keys;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Keys {
        message = "Mensagem";
        rows = "Linha do tempo";
        lists = "Endpoints, regras e mensagens salvas";
        anywhere = "Em qualquer lugar";
        recall_at_edge = "Recuperar mensagens anteriores e posteriores, na primeira e na última linha";
        recall = "Recuperar mensagens anteriores e posteriores, em qualquer linha";
        send_saved = "Enviar uma das nove primeiras mensagens salvas";
        arrange = "Mover o item selecionado";
        delete_rule = "Excluir a regra selecionada";
        select = "Mover a seleção";
        select_more = "Estender a seleção";
        ends = "Ir à linha mais antiga ou à mais recente; End também acompanha as novas entradas";
        copy = "Copiar as linhas selecionadas";
        leave = "Sair do campo “Localizar” ou de uma conexão seguida, fechar um diálogo; sem nada a fechar, parar tudo";

        ctrl = "Ctrl";
        shift = "Shift";
        enter = "Enter";
        delete = "Delete";
        escape = "Esc";
        up = "↑";
        down = "↓";
        page_up = "Page Up";
        page_down = "Page Down";
        home = "Home";
        end = "End";
        plus = "Mais";
        minus = "Menos";
    }
}
