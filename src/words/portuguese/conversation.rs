//! The followed connection.

use super::noun;
use crate::words::conversation::Conversation;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Conversation {
        name = "Conversa";
        back = "‹ Linha do tempo";
        back_spoken = "Voltar à linha do tempo";
        back_hint = "Voltar à linha do tempo (Esc)";
        show_as = "Mostrar como";
        text = "Texto";
        hex = "Hex";
        escaped = "Com escapes";
        direction = "Sentido";
        both = "Ambos";
        received = "Recebido";
        sent = "Enviado";
        follow = "Acompanhar";
        follow_hint = "Mantém à vista a linha mais recente (End)";
        incomplete(problem) = "Incompleto: {problem}";
        with(endpoint) = "com {endpoint}";
        with_at(endpoint, address) = "com {endpoint} em {address}";
        since(time) = "desde {time}";
        unread(entries) = { noun(entries, "entrada antiga ainda por ler", "entradas antigas ainda por ler") };
        empty = "Nada desta conexão está gravado";
        row = "Linha";
        copy_rows = "Copiar linhas";
        show_in_timeline = "Mostrar na linha do tempo";
        not_kept(bytes) = { noun(bytes, "byte a mais, não guardado", "bytes a mais, não guardados") };
        received_row(text) = "recebido: {text}";
        sent_row(text) = "enviado: {text}";
    }
}
