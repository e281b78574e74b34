//! Whole numbers with their nouns.

use super::noun;
use crate::words::counts::Counts;
use crate::words::translated::translated;

translated! { SPANISH:
    Counts {
        bytes(count) = { noun(count, "byte", "bytes") };
        chunks(count) = { noun(count, "fragmento", "fragmentos") };
        clients(count) = { noun(count, "cliente", "clientes") };
        connections(count) = { noun(count, "conexión", "conexiones") };
        entries(count) = { noun(count, "entrada", "entradas") };
        frames(count) = { noun(count, "trama", "tramas") };
        live_connections(count) = { noun(count, "conexión activa", "conexiones activas") };
        problems(count) = { noun(count, "problema", "problemas") };
        received_frames(count) = { noun(count, "trama recibida", "tramas recibidas") };
        servers(count) = { noun(count, "servidor", "servidores") };
    }
}
