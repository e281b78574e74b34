//! Documents: their names, how they are opened, saved and left, and what became of their files.

use super::noun;
use crate::words::InWords as _;
use crate::words::documents::{Documents, Openings};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Documents {
        untitled = "Sem título";
        saved(name) = "{name} · salvo";
        autosaved(name) = "{name} · salvo automaticamente";
        kept_nowhere(name) = "{name} · não salvo";
        unsaved(name) = "{name} · alterações não salvas";
        window(name) = "{name} — Bothends";
        open_title = "Abrir";
        open_path = "Documento, captura ou arquivo de captura";
        about_open = "Um documento .bothends, uma pasta de captura ou um arquivo .pcap ou .pcapng; arquivos do Packet Sender são importados. Você também pode soltar um deles na janela.";
        open = "Abrir";
        import_title = "Importar mensagens";
        import_path = "Arquivo do Packet Sender";
        about_import = "O packets.ini do Packet Sender, ou o que ele exporta em JSON. Cada pacote vira uma mensagem salva deste documento.";
        import = "Importar";
        recent = "Documentos recentes";
        recent_missing(name, why) = "{name} ({why})";
        open_recent(name) = "Abrir {name}";
        forget_recent(name) = "Remover {name} da lista";
        browse = "Procurar…";
        browse_for(what) = "Procurar {what}";
        save_title = "Salvar documento como";
        save_path = "Salvar em";
        about_save = "Um arquivo de texto, próprio para controle de versão. O nome termina em .bothends.";
        save = "Salvar";
        no_dialogs = "Este ambiente gráfico não oferece um seletor de arquivos. Digite o caminho.";
        leave_title(name) = "Salvar as alterações de {name}?";
        leave_unsaved = "As alterações serão perdidas se você não as salvar.";
        leave_stop(running) = { format!("{}.", noun(running, "endpoint está em execução e será parado", "endpoints estão em execução e serão parados")) };
        leave_quit(live) = { format!("Sair fecha {}. A sessão gravada continua no disco.", noun(live, "conexão ativa", "conexões ativas")) };
        stop_title_new = "Parar os endpoints e começar um novo documento?";
        stop_title_open(name) = "Parar os endpoints e abrir {name}?";
        stop_title_reload(name) = "Parar os endpoints e recarregar {name}?";
        dont_save = "Não salvar";
        stop_new = "Parar e começar";
        stop_open = "Parar e abrir";
        stop_reload = "Parar e recarregar";
        outside_name = "Documento alterado fora do Bothends";
        outside_changed(name) = "{name} foi alterado fora do Bothends";
        outside_gone(name) = "{name} foi movido ou excluído";
        outside_clean = "Recarregue-o para ver as alterações. Os endpoints dele serão parados.";
        outside_own = "Você também o alterou aqui. Recarregue e perca suas alterações, ou mantenha as suas e sobrescreva o arquivo ao salvar.";
        outside_refused = "Ele não foi salvo, porque isso sobrescreveria as alterações. Recarregue e perca as suas, ou mantenha as suas e sobrescreva o arquivo.";
        outside_gone_what = "Salve para gravar o arquivo de novo, ou salve em outro lugar.";
        reload = "Recarregar";
        keep_mine = "Manter as minhas";
        keep_and_save = "Manter as minhas e sobrescrever";
        save_as = "Salvar como…";
        dismiss = "Dispensar";
        unsaved_name = "Alterações não salvas";
        unsaved_found(name) = "Alterações não salvas de {name} foram guardadas";
        unsaved_found_at(name, when) = "Alterações não salvas de {name} foram guardadas em {when}";
        unsaved_what = "O Bothends foi encerrado antes de salvá-las. Se você as restaurar, os endpoints serão parados; o arquivo fica como está até você salvar.";
        restore = "Restaurar alterações não salvas";
        discard = "Descartar";
        not_saved_name = "Documento não salvo";
        not_saved = "O documento não foi salvo";
        advice_changed = "Recarregue-o, ou mantenha o seu e sobrescreva o arquivo";
        advice_exists = "Escolha outro nome ou substitua o arquivo";
        advice_elsewhere = "Salve em outro lugar";
        advice_shorten = "Encurte as mensagens dele";
        drop_document(name) = "Solte para abrir o documento {name}";
        drop_captured(name) = "Solte para abrir o arquivo de captura {name}";
        drop_messages(name) = "Solte para importar as mensagens de {name}";
        drop_any(name) = "Solte para abrir {name}";
        drop_many(count) = { format!("Solte para abrir {}", noun(count, "arquivo", "arquivos")) };
        dialog_open = "Abrir um documento ou uma captura";
        dialog_import = "Importar mensagens do Packet Sender";
        dialog_save = "Salvar documento como";
        dialog_export = "Exportar para";
        dialog_folder = "Escolher uma pasta";
        dialog_file = "Escolher um arquivo a enviar";
        dialog_certificate = "Escolher o arquivo de um certificado";
        dialog_key = "Escolher o arquivo de uma chave";
        dialog_roots = "Escolher o arquivo dos certificados confiáveis";
        kind_pem = "Certificados e chaves em PEM";
        kind_all = "Documentos e capturas";
        kind_document = "Documentos do Bothends";
        kind_packets = "Arquivos do Packet Sender";
        kind_any = "Todos os arquivos";
    }

    Openings |language| {
        Read(source) = { source.in_words(language) };
        NotPlain = "não é um arquivo comum";
        Unknown = "não é um documento, nem uma pasta de captura, nem um arquivo .pcap ou .pcapng, nem um arquivo do Packet Sender";
    }
}
