//! What went wrong with captures on disk, and what to do next.

use super::{form, noun};
use crate::capture::DATA_DIR_VARIABLE;
use crate::capture::MAX_NAME_CHARS;
use crate::capture::store::FORMAT;
use crate::capture::store::MANIFEST;
use crate::words::InWords as _;
use crate::words::record::shown;
use crate::words::record::{
    Damages, Libraries, Names, Reads, Record, RecordingEnds, StopCauses, Stores,
};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Record {
        cannot_make(path, reason) = "falha ao criar {path}: {reason}";
        cannot_open(path, reason) = "falha ao abrir {path}: {reason}";
        cannot_lock(path, reason) = "falha ao bloquear {path}: {reason}";
        cannot_read(path, reason) = "falha ao ler {path}: {reason}";
        cannot_write(path, reason) = "falha ao gravar em {path}: {reason}";
        cannot_rename(path, reason) = "falha ao renomear {path}: {reason}";
        cannot_delete(path, reason) = "falha ao excluir {path}: {reason}";
        stopped(cause, entries) = { format!("{cause}, e depois disso {}", noun(entries, "entrada não foi gravada", "entradas não foram gravadas")) };
        stopped_at_least(cause, entries) = { format!("{cause}, e depois disso pelo menos {}", noun(entries, "entrada não foi gravada", "entradas não foram gravadas")) };
        stopped_then(cause) = "{cause}, e o que aconteceu depois disso não está gravado";
        samples_damaged(samples) = { noun(samples, "amostra está danificada ou falta", "amostras estão danificadas ou faltam") };
        packets_unchecked(file) = "{file} não pode ser verificado até o fim: a soma de verificação não foi gravada";
        interrupted = "a gravação foi interrompida, e pode faltar o que veio por último";
        not_recorded(entries) = { format!("no fim, {}", noun(entries, "entrada não foi gravada", "entradas não foram gravadas")) };
        checked(segments, entries, size_bytes) = { format!("{}: {} com {}, {}", noun(segments, "segmento verificado", "segmentos verificados"), noun(entries, "entrada", "entradas"), noun(size_bytes, "byte", "bytes"), form(entries, "íntegra", "íntegras")) };
        entries_damaged(entries) = { noun(entries, "entrada está danificada ou falta", "entradas estão danificadas ou faltam") };
        newer(kinds, fields, samples) = { format!("Só uma versão mais nova do Bothends sabe o que significam {}, {} e {}", noun(kinds, "entrada", "entradas"), noun(fields, "campo", "campos"), noun(samples, "amostra", "amostras")) };
        more_damage(places) = { format!("mais {}", noun(places, "ponto está danificado", "pontos estão danificados")) };
        sound = "Nada está danificado";
        frames_not_written(reason) = "Falha ao gravar a tabela de quadros: {reason}";
        switch_on = "Ative a gravação para guardar o que acontecer a partir daí";
        raise_bound = "Aumente o limite, ou deixe sair as entradas mais antigas, e retome";
        make_room = "Libere espaço e retome, ou retome em outra pasta";
        elsewhere = "Retome em outra pasta";
    }

    Stores |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        NotEmpty(path) = { format!("{} não está vazia: uma captura precisa de uma pasta nova ou vazia", shown(path)) };
        NoCapture(path) = { format!("{} não é uma captura: não tem {MANIFEST}", shown(path)) };
        Locked(path) = { format!("outra janela está gravando {}", shown(path)) };
        Manifest(path, problem) = { format!("{} está danificada: {problem}", shown(path)) };
        Newer(path, format) = { format!("{} tem o formato {format}, gravado por uma versão mais nova do Bothends (esta lê o formato {FORMAT})", shown(path)) };
        Damaged(error) = { error.in_words(language) };
    }

    Reads |language| {
        Io(path, position, source) = { format!("falha ao ler {} no byte {position}: {}", shown(path), source.in_words(language)) };
        Damaged(path, position, what) = { format!("{} tem um dano no byte {position}: {}", shown(path), what.in_words(language)) };
    }

    Damages |language| {
        Missing = "o arquivo não existe";
        Foreign = "pertence a outra parte da captura, ou a outra captura";
        Head = "não começa como um arquivo de captura";
        Checksum = "a soma de verificação está errada";
        Bit = "um bit mudou, e é corrigido na leitura";
        Short = "o arquivo é curto demais";
        Long = "algo foi acrescentado ao arquivo";
        Reference = "refere-se a bytes que não estão lá";
        Body = "os detalhes da entrada não fazem sentido";
        Order = "as entradas dele não seguem as anteriores";
        Manifest = "falta ou não pode ser lido; o que ele diz foi reconstruído a partir dos outros arquivos";
        Index = "não lista as entradas que estão lá";
    }

    RecordingEnds |language| {
        Open = "a gravação foi interrompida";
        Rotated = "a gravação foi interrompida";
        Closed = "a gravação terminou";
        Bound = "o limite foi atingido";
        Full = "o disco estava cheio";
        Off = "a gravação foi desativada";
        Failed = "não foi possível gravar a captura";
    }

    StopCauses |language| {
        Off = "a gravação está desativada";
        Bound(limit_bytes) = { format!("o limite de {} foi atingido", language.numbers.size(*limit_bytes)) };
        Full = "o disco está cheio";
        Gone(path) = { format!("a pasta da captura não existe mais: {}", shown(path)) };
        Failed(failure) = { failure.error().in_words(language) };
        NoHome = { format!("não há pasta pessoal: defina {DATA_DIR_VARIABLE} com o caminho de uma pasta") };
    }

    Libraries |language| {
        Name(problem) = { problem.in_words(language) };
        Taken(name) = "Já existe uma captura chamada {name}. Escolha outro nome";
        Foreign(path) = { format!("{} não está na lista de sessões", shown(path)) };
        BeingRecorded = "Outra janela está gravando nela. Feche antes essa janela";
        OtherVolume = "Ela está sendo gravada em outro volume. Salve-a quando a gravação tiver terminado";
        Store(error) = { error.in_words(language) };
    }

    Names |language| {
        Empty = "Digite um nome";
        TooLong = { format!("Um nome tem no máximo {MAX_NAME_CHARS} caracteres") };
        Character(character) = "Um nome não pode conter {character:?}";
        Dot = "Um nome não pode começar nem terminar com ponto";
        Device = "O Windows reserva este nome para um dispositivo";
    }
}
