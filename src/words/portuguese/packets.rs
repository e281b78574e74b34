//! Captured files of other tools.

use super::noun;
use crate::words::InWords as _;
use crate::words::packets::{Imports, PacketFiles, Packets, PacketsShown};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Packets {
        summary(packets, segments) = "Pacotes: {packets}, dos quais TCP: {segments}";
        summary_with_udp(packets, segments, datagrams) = "Pacotes: {packets}, dos quais TCP: {segments}, UDP: {datagrams}";
        fragments(count) = { noun(count, "fragmento IP", "fragmentos IP") };
        others(count) = { noun(count, "outro pacote", "outros pacotes") };
        skipped(fragments, others) = "ignorados: {fragments}, {others}";
        missing(bytes) = "fora do arquivo: {bytes} do que eles levavam";
    }

    PacketsShown {
        packets = "Pacotes";
        about(shown, total) = { if shown == total { format!("{} na rede em 1 s, segundo o kernel", noun(total, "pacote", "pacotes")) } else { format!("{shown} de {} na rede em 1 s, segundo o kernel", noun(total, "pacote", "pacotes")) } };
        lost(packets) = { noun(packets, "pacote deste laboratório não foi gravado", "pacotes deste laboratório não foram gravados") };
        relative = "Contado a partir do SYN de quem envia, que é 0";
        unscaled = "Como está no cabeçalho: depois do SYN, deve ser multiplicado pela escala da janela";
        letters = "S SYN, F FIN, R RST, P PSH, . ACK";
        time = "Hora";
        way = "Sentido";
        flag_letters = "Flags";
        sequence = "Seq";
        acknowledged = "Ack";
        window = "Janela";
        length = "Bytes";
        sent = "enviado";
        received = "recebido";
    }

    Imports |language| {
        Open(path, source) = { format!("Falha ao abrir {}: {}", shown(path), source.in_words(language)) };
        File(path, source) = { format!("Falha ao ler {}. {}", shown(path), source.in_words(language)) };
        Store(error) = { error.in_words(language) };
        Stopped(path, cause) = { format!("Falha ao guardar os pacotes de {}: {}", shown(path), cause.in_words(language)) };
        Cancelled = "A leitura do arquivo foi cancelada";
    }

    PacketFiles |language| {
        Read(position, source) = { format!("A leitura parou no byte {position}: {}", source.in_words(language)) };
        Format = "O arquivo não é pcap nem pcapng";
        CutOff(position) = "O arquivo está cortado no byte {position}";
        Length(position, bytes) = "O arquivo está danificado no byte {position}: um comprimento de {bytes} bytes";
        Block(position, block_type) = "O arquivo está danificado no byte {position}: bloco malformado do tipo {block_type}";
        Interface(position, interface) = "O arquivo está danificado no byte {position}: a interface {interface} não está descrita";
        TooManyInterfaces(position, limit) = "O arquivo descreve mais de {limit} interfaces, no byte {position}";
    }
}
