//! Rows of the timeline in words, and all else that find, copying and exports have said.

use super::form;
use crate::words::row::Rows;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Rows {
        of_endpoint(name, row) = "{name}: {row}";
        received(size, text) = "recebeu {size}: {text}";
        received_from(size, peer, text) = "recebeu {size} de {peer}: {text}";
        sent(size, text) = "enviou {size}: {text}";
        sent_to(size, peer, text) = "enviou {size} a {peer}: {text}";
        good_frame(size) = "um quadro correto de {size}";
        bad_frame(size) = "um quadro incorreto de {size}";
        not_kept(bytes) = "[não guardado: {bytes}]";
        gap(file, file_offset, offset, what) = "{file}: no byte {file_offset} do arquivo, byte {offset} do fluxo: {what}";
        cut_datagram(file, what) = "{file}: no fim: {what}";
        gap_not_kept(bytes) = "não guardado ({bytes})";
        gap_damaged(bytes) = "danificado na captura ({bytes})";
        gap_not_captured(bytes) = "ausente do arquivo de captura ({bytes})";
        gap_not_exported(bytes) = "fora desta exportação ({bytes})";
        unreadable(entry, why) = "impossível ler a entrada {entry}: {why}";
        unreadable_run(entries, first, last, why) = "impossível ler {entries}, números {first} a {last}: {why}";
        real = "Pacotes do laboratório, como o kernel os entregou";
        real_and_reconstructed = "Os pacotes da interface lo são os do laboratório, como o kernel os entregou. Os de outras interfaces, se houver, são reconstruídos a partir de eventos de socket: neles, só são reais as cargas úteis, sua ordem e suas horas.";
        reconstructed = "Os cabeçalhos dos pacotes são reconstruídos a partir de eventos de socket: nenhum pacote foi capturado. As cargas úteis, sua ordem e suas horas são reais; números de sequência, confirmações, tamanhos de segmento e janelas não são. Em conexões com TLS, as cargas úteis são o texto claro que este programa enviou e decifrou, e não os bytes na rede.";
        no_beginning = "o começo desta conexão não está nesta exportação";
        missing_before(count, bytes) = { format!("antes deste pacote, {} {bytes} deste fluxo", form(count, "falta", "faltam")) };
        decrypted = "texto claro: na rede, esta conexão está cifrada com TLS a partir daqui; um lado dela neste programa decifrou as cargas úteis";
        assumed_end = "não visto: a conexão foi fechada aqui antes de o peer encerrar";
    }
}
