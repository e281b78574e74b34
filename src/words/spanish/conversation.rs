//! The followed connection.

use super::{hour, noun};
use crate::words::conversation::Conversation;
use crate::words::translated::translated;

translated! { SPANISH:
    Conversation {
        name = "Conversación";
        back = "‹ Cronología";
        back_spoken = "Volver a la cronología";
        back_hint = "Vuelve a la cronología (Esc)";
        show_as = "Mostrar como";
        text = "Texto";
        hex = "Hex";
        escaped = "Con escapes";
        direction = "Sentido";
        both = "Ambos";
        received = "Recibido";
        sent = "Enviado";
        follow = "Seguir";
        follow_hint = "Mantiene a la vista la fila más reciente (Fin)";
        incomplete(problem) = "Incompleta: {problem}";
        with(endpoint) = "con {endpoint}";
        with_at(endpoint, address) = "con {endpoint} en {address}";
        since(time) = { format!("desde {}", hour(time)) };
        unread(entries) = { noun(entries, "entrada antigua aún por leer", "entradas antiguas aún por leer") };
        empty = "No hay nada grabado de esta conexión";
        row = "Fila";
        copy_rows = "Copiar filas";
        show_in_timeline = "Mostrar en la cronología";
        not_kept(bytes) = { noun(bytes, "byte más, no conservado", "bytes más, no conservados") };
        received_row(text) = "recibido: {text}";
        sent_row(text) = "enviado: {text}";
    }
}
