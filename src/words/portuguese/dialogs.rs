//! Dialogs that have no subject of their own.

use super::noun;
use crate::words::dialogs::Dialogs;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Dialogs {
        quit_title = "Sair do Bothends?";
        quit(live) = { format!("Sair fecha {}. A sessão gravada continua no disco.", noun(live, "conexão ativa", "conexões ativas")) };
        never_ask = "Não perguntar de novo";
        quit_button = "Sair";
        problems = "Problemas";
        keys = "Atalhos de teclado";
        sessions = "Sessões";
        export = "Exportar entradas";
    }
}
