//! The list of saved messages.

use crate::words::messages::Messages;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Messages {
        tab = "Mensagens";
        saved = "Mensagens salvas";
        saved_short = "Salvas";
        saved_why = "Mensagens salvas com um nome";
        none_saved = "Nenhuma mensagem salva";
        none_sought = "Nenhuma mensagem salva contém isso";
        filter = "Filtrar mensagens salvas";
        unusable = "Inválida";
        send(name) = "Enviar {name}";
        send_why = "Envia agora; um clique duplo na mensagem faz o mesmo";
        edit = "Editar";
        edit_named(name) = "Editar {name}";
        edit_why = "Põe a mensagem no campo de edição";
        more(name) = "Mais opções para {name}";
        move_up = "Mover para cima";
        move_down = "Mover para baixo";
        duplicate = "Duplicar";
        delete = "Excluir";
        deleted(name) = "{name}: mensagem excluída";
        undo = "Desfazer";
        message_name = "Nome";
        folder = "Pasta";
        note = "Nota";
        name = "Nome da mensagem";
        name_hint = "Salvar esta mensagem como…";
        save = "Salvar";
    }
}
