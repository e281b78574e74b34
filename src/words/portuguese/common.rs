//! What many panels say.

use super::{bytes, rate};
use crate::words::common::Common;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Common {
        close = "Fechar";
        cancel = "Cancelar";
        replace = "Substituir o arquivo se já existir";
        resize_list = "Redimensionar a lista de endpoints";
        resize_peers = "Redimensionar a lista de peers";
        resize_inspector = "Redimensionar o inspetor";
        resize_detail = "Redimensionar o painel de detalhes";
        resize_plot = "Redimensionar o gráfico";
        recording_settings = "Configurações de gravação";
        comma = ", ";
        semicolon = "; ";
        full_stop = ". ";
        sentences(first, second) = "{first} {second}";
        ended(sentence) = "{sentence}.";
        bytes(received, sent) = { format!("{} recebidos, {} enviados", bytes(received), bytes(sent)) };
        rates(received, sent) = { format!("{} recebidos, {} enviados", rate(received), rate(sent)) };
    }
}
