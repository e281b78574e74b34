//! Whole numbers with their nouns.

use super::noun;
use crate::words::counts::Counts;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Counts {
        bytes(count) = { noun(count, "byte", "bytes") };
        chunks(count) = { noun(count, "bloco", "blocos") };
        clients(count) = { noun(count, "cliente", "clientes") };
        connections(count) = { noun(count, "conexão", "conexões") };
        entries(count) = { noun(count, "entrada", "entradas") };
        frames(count) = { noun(count, "quadro", "quadros") };
        live_connections(count) = { noun(count, "conexão ativa", "conexões ativas") };
        problems(count) = { noun(count, "problema", "problemas") };
        received_frames(count) = { noun(count, "quadro recebido", "quadros recebidos") };
        servers(count) = { noun(count, "servidor", "servidores") };
    }
}
