//! The list of sessions, the offer of an interrupted one, and the captures that are open.

use super::{bytes, noun};
use crate::words::sessions::Sessions;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Sessions {
        path = "Pasta ou arquivo";
        open = "Abrir";
        open_path = "Abrir caminho";
        about_path = "Uma pasta de captura ou um arquivo .pcap ou .pcapng. Você também pode soltar um deles na janela.";
        looking = "Procurando sessões…";
        none = "Nenhuma sessão no disco";
        delete = "Excluir…";
        delete_session(title) = "Excluir {title}…";
        save_as = "Salvar como…";
        save_session(title) = "Salvar {title} como…";
        open_session(title) = "Abrir {title}";
        name = "Nome da sessão";
        save = "Salvar";
        delete_question(freed_bytes) = { format!("Excluir permanentemente? Isso libera {}.", bytes(freed_bytes)) };
        delete_now = "Excluir";
        keep = "Manter";
        saved = "salva";
        unsaved = "não salva";
        interrupted = "interrompida";
        live = "esta sessão";
        in_another_window = "em gravação por outra janela";
        rule(days, kept) = "Sessões não salvas são excluídas após {days} dias; só as últimas {kept} são mantidas.";
        pruned(sessions) = { format!("{} neste início.", noun(sessions, "sessão foi excluída", "sessões foram excluídas")) };
        saved_stay = "Sessões salvas ficam até você excluí-las.";
        offer_name = "Sessão interrompida";
        offer(when) = "A sessão de {when} foi interrompida: o Bothends foi encerrado sem fechá-la";
        offered(entries, size_bytes) = { format!("{}, {} no disco. Pode faltar o que aconteceu por último.", noun(entries, "entrada", "entradas"), bytes(size_bytes)) };
        offer_open = "Ver ao lado da sessão atual";
        offer_keep = "Manter na lista";
        offer_keep_why = "Encontre-a depois no menu “Arquivo”, em “Abrir sessões…”";
        captures = "Capturas";
        tab_live = "Ao vivo";
        tab_read_only(name) = "{name} (somente leitura)";
        close(name) = "Fechar {name}";
        read_as = "Ler como…";
        read_as_why = "Codificação, enquadramento e verificação usados para ler esta captura";
        as_recorded = "Lida como foi gravada";
        by_current = "Lida com a configuração atual";
        as_chosen = "Lida como escolhido aqui";
        by_endpoint = "(diferente entre os endpoints)";
        use_current = "Usar a configuração atual";
        use_current_why = "Lê com a configuração atual dos endpoints de mesmo nome";
        read_as_recorded = "Ler como foi gravada";
        read_as_recorded_why = "Lê com a configuração que os endpoints tinham na gravação";
    }
}
