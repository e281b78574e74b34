//! How much is recorded, and why recording stopped.

use super::{bytes, noun};
use crate::words::recording::Recording;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Recording {
        keep = "Guardar";
        everything = "Tudo";
        newest = "Entradas recentes";
        first_bytes = "Primeiros bytes";
        nothing = "Nada";
        about_everything = "Guarda cada byte até um limite. Ali a gravação para, com um aviso; o tráfego continua.";
        about_newest = "Guarda as entradas mais recentes. No limite, as mais antigas são descartadas para dar lugar.";
        about_first_bytes = "Guarda cada entrada, só com os primeiros bytes do bloco e o tamanho completo. As exportações dizem o que foi cortado.";
        about_nothing = "Não grava entradas. A linha do tempo fica parada enquanto o tráfego continua.";
        chunk_limit = "Bytes por bloco";
        limit = "Limite";
        on_disk(kept_bytes) = { format!("Agora no disco: {}.", bytes(kept_bytes)) };
        for_frames(derived_bytes) = { format!("A lista de quadros ocupa mais {}.", bytes(derived_bytes)) };
        default(limit_bytes) = { format!("Deixe vazio para {}.", bytes(limit_bytes)) };
        about_default = "O padrão é 10 GiB, ou um décimo do espaço livre, se for menos.";
        apply = "Aplicar";
        stopped_name = "Gravação parada";
        off = "A gravação está desativada";
        stopped(cause) = "A gravação parou: {cause}";
        continues = "O tráfego continua.";
        continues_without(entries) = { format!("O tráfego continua; desde então, {}.", noun(entries, "entrada não foi gravada", "entradas não foram gravadas")) };
        switch_on = "Ativar gravação";
        resume = "Retomar";
        resume_elsewhere = "Retomar em outra pasta…";
        settings = "Configurações de gravação…";
        folder = "Pasta em que gravar";
        record_there = "Gravar nesta pasta";
    }
}
