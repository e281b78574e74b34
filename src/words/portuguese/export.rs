//! Why an export failed, and where one does not hold what was on the wire.

use super::{form, grouped, noun};
use crate::capture::store::Ended;
use crate::net::Direction;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::export::{ExportErrors, Exports, Lacks};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Exports {
        at_entry(entry, what) = "entrada {entry}: {what}";
        at_connection(entry, connection, what) = "entrada {entry}, conexão {connection}: {what}";
        not_recorded(entries) = { format!("antes dela, {}", noun(entries, "entrada não foi gravada", "entradas não foram gravadas")) };
        because(lack, cause) = "{lack}: {cause}";
        received = "do tráfego recebido";
        sent = "do tráfego enviado";
    }

    ExportErrors |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        Stream(source) = { format!("falha ao escrever a saída: {}", source.in_words(language)) };
        Read(error) = { error.in_words(language) };
        Exists(path) = { format!("{} já existe", shown(path)) };
        IsFolder(path) = { format!("{} é uma pasta: escolha um arquivo", shown(path)) };
        InsideCapture(path) = { format!("{} fica dentro da própria captura: escolha um lugar fora dela", shown(path)) };
        NotEmpty(path) = { format!("{} não está vazia: fluxos brutos precisam de uma pasta nova ou vazia", shown(path)) };
        NeedsFolder = "fluxos brutos são uma pasta de arquivos: escolha uma pasta";
        PictureTooLarge = "a imagem é grande demais para PNG: salve como SVG";
        Picture(error) = { format!("falha ao codificar a imagem: {error}") };
        Cancelled = "a exportação foi cancelada";
    }

    Lacks |language| {
        Cut(direction, kept_bytes, size_bytes) = { format!("{} {}, mas só o começo está guardado ({})", language.counts.bytes(*size_bytes), way(*direction, language), language.counts.bytes(*kept_bytes)) };
        Missing(direction, bytes) = { format!("antes dela, {} no arquivo de captura {} {}", form(*bytes, "falta", "faltam"), language.counts.bytes(*bytes), way(*direction, language)) };
        LeftOut(direction, offset, bytes) = { format!("antes dela, {} {}, a partir do byte {offset} do fluxo, {} fora desta exportação", language.counts.bytes(*bytes), way(*direction, language), form(*bytes, "fica", "ficam")) };
        NotRecorded(entries, ended) = { not_recorded(*entries, *ended, language) };
        GivenUp(entries) = { if *entries == 1 { "descartada para dar lugar a mais recentes".to_owned() } else { format!("descartada para dar lugar a mais recentes, e mais {} depois dela", grouped(entries - 1)) } };
        Damaged(error) = { error.in_words(language) };
        FilesFull(datagrams) = { format!("a partir daqui, {} sem arquivo: seriam arquivos demais", noun(*datagrams, "datagrama fica", "datagramas ficam")) };
        PacketsLost(packets) = { noun(*packets, "pacote do laboratório não foi gravado", "pacotes do laboratório não foram gravados") };
        PacketFile(error) = { format!("faltam pacotes do laboratório. {}", error.in_words(language)) };
        Unreadable(entries, why) = { unreadable(*entries, &why.in_words(language)) };
    }
}

fn unreadable(entries: u64, why: &str) -> String {
    match entries {
        1 => why.to_owned(),
        _ => format!(
            "impossível ler esta e mais {} depois dela: {why}",
            grouped(entries - 1)
        ),
    }
}

fn not_recorded(entries: u64, ended: Option<Ended>, language: &Language) -> String {
    let words = &language.exports;
    let lack = words.not_recorded(entries);
    match ended {
        Some(Ended::Open | Ended::Rotated | Ended::Closed) | None => lack,
        Some(ended) => words.because(&lack, &ended.in_words(language)),
    }
}

fn way(direction: Direction, language: &Language) -> &str {
    match direction {
        Direction::Received => language.exports.received,
        Direction::Sent => language.exports.sent,
    }
}
