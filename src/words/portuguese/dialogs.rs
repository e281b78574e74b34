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
        about = "Sobre o Bothends";
        about_what = "Uma bancada para conexões: seja qualquer um dos dois lados por TCP, TLS, UDP ou sockets Unix e veja exatamente o que aconteceu.";
        about_licence = "Software livre, à escolha sob a licença MIT ou a licença Apache 2.0.";
        about_fonts = "As fontes incluídas, sob a SIL Open Font License 1.1";
        sessions = "Sessões";
        export = "Exportar entradas";
    }
}
