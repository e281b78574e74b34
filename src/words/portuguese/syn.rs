//! What a peer's SYN says.

use super::{grouped, noun};
use crate::words::syn::Syns;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Syns {
        syn(hops, window, options) = { format!("SYN com {}, janela de {}; opções: {options}", noun(hops.into(), "salto restante", "saltos restantes"), noun(window.into(), "byte", "bytes")) };
        none = "nenhuma";
        end = "fim da lista";
        no_operation = "nenhuma operação (NOP)";
        maximum_segment_size(bytes) = { format!("tamanho máximo de segmento {}", grouped(bytes.into())) };
        window_scale(shift) = { format!("escala de janela {shift} (janelas multiplicadas por {})", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        sack_permitted = "confirmações seletivas permitidas";
        timestamps(value) = "timestamps (a partir de {value})";
        fast_open_wanted = "cookie de Fast Open pedido";
        fast_open(bytes) = "cookie de Fast Open de {bytes} bytes";
        multipath = "Multipath TCP";
        other(kind, bytes) = "tipo {kind} com {bytes} bytes";
        congestion = "notificação explícita de congestionamento oferecida";
    }
}
