//! The detail pane: the whole of one entry.

use super::{duration, form, grouped, noun};
use crate::words::detail::Detail;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Detail {
        what_happened = "O que aconteceu aqui?";
        what_happened_sign = "?";
        not_kept = "Esta entrada não está mais guardada";
        show_as = "Mostrar como";
        text = "Texto";
        text_and_hex = "Texto e hex";
        hex = "Hex";
        structure = "Estrutura";
        both_ends = "Os dois lados";
        hex_dump = "Dump hexadecimal";

        encrypted(heading, wire) = { format!("{heading}, {} {}", grouped(wire), form(wire, "cifrado", "cifrados")) };
        encrypted_why = "O que foi na rede: o TLS acrescenta o cabeçalho de cada registro e o que o protege contra alterações";
        sent(bytes) = { noun(bytes, "byte enviado", "bytes enviados") };
        received(bytes) = { noun(bytes, "byte recebido", "bytes recebidos") };
        to(peer) = "a {peer}";
        from(peer) = "de {peer}";
        by(peer, endpoint) = "{peer} por {endpoint}";
        byte_of_stream(offset) = { format!("byte {} do fluxo", grouped(offset)) };
        bytes_of_stream(first, last) = { format!("bytes {} a {} do fluxo", grouped(first), grouped(last)) };
        by_user = "solicitado por você";
        by_responder = "solicitado pela resposta configurada";
        by_relay = "encaminhado";
        by_sequence = "solicitado por uma sequência";
        by_rule(rule) = "solicitado pela regra {rule}";
        by_rule_why = "Mostra a regra; ela pode ter mudado desde então";
        since_previous(time) = { format!("{} depois da linha anterior", duration(time)) };
        no_glyph(character) = { format!("Nenhuma fonte instalada mostra U+{:04X}: instale uma que mostre, como a Noto Sans", u32::from(character)) };

        copy_as = "Copiar como…";
        copy_text = "Texto";
        copy_hex = "Hex";
        copy_escaped = "String com escapes";
        copy_c_array = "Array C";

        reuse = "Usar…";
        reuse_hint = "Envia estes bytes de novo, salva-os ou compara outros com eles";
        send_again = "Enviar de novo";
        send_again_to(recipient) = "Enviar de novo para {recipient}";
        edit = "Editar e enviar";
        save = "Salvar mensagem";
        set_base = "Definir como base de comparação";
        name_sent(size, beginning) = "Enviada ({size}): {beginning}";
        name_received(size, beginning) = "Recebida ({size}): {beginning}";

        held_between(held, first, last) = "{held}, de {first} a {last}";
        chunk_of(chunk, chunks) = { format!("bloco {} de {}", grouped(chunk), grouped(chunks)) };
        next_chunk = "Próximo bloco";
        previous_chunk = "Bloco anterior";

        end_comparison = "Terminar comparação";
        base_dump = "Dump hexadecimal da base de comparação";
        compared(differences, base) = "{differences}, em comparação com {base}";
        changed(bytes) = { noun(bytes, "byte alterado", "bytes alterados") };
        added(bytes) = { noun(bytes, "byte a mais", "bytes a mais") };
        removed(bytes) = { noun(bytes, "byte a menos", "bytes a menos") };
        unaligned = "comparação posição a posição";
        identical = "Bytes idênticos";

        no_other_end = "O outro lado desta conexão é de outro programa, por isso não está nesta captura";
        other_end = "O outro lado";
        wrote(endpoint, writes) = { format!("{endpoint} enviou isto em {}", noun(writes, "escrita", "escritas")) };
        read(endpoint, reads) = { format!("{endpoint} recebeu isto em {}", noun(reads, "leitura", "leituras")) };
        chunk_at(size, time) = "{size} às {time}";
        chunk_after(size, time) = "{size} após {time}";
        no_chunk = "não gravado";

        payload_only = "Só carga útil";
        payload_only_hint = "Sem delimitadores nem campos de comprimento, e com os escapes já convertidos";
        in_reads(reads) = { format!("Em {}:", noun(reads, "leitura", "leituras")) };
        in_writes(writes) = { format!("Em {}:", noun(writes, "escrita", "escritas")) };
        chunks_hint = "TCP é um fluxo de bytes: leituras e escritas podem terminar em qualquer ponto de uma mensagem";
        good_frame(check) = "Correto: {check}";
        bad_frame(problem) = "Incorreto: {problem}";
        no_frame(framing, problem) = "Não é um quadro de {framing}: {problem}";

        choose_byte = "Clique em um byte para lê-lo como número, hora ou caractere";
        byte_as(offset) = "Byte {offset} como";
        little_endian(kind) = "{kind} little-endian";
        big_endian(kind) = "{kind} big-endian";
        little_endian_short(kind) = "{kind} LE";
        big_endian_short(kind) = "{kind} BE";
        unix_seconds = "Tempo Unix, s";
        unix_millis = "Tempo Unix, ms";

        read_as = "Ler como";
        detect = "Auto";
        no_structure = "Nenhuma estrutura conhecida foi encontrada. Escolha uma acima para tentar.";
    }
}
