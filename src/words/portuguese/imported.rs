//! Messages imported from another tool: what came of it.

use super::noun;
use crate::words::InWords as _;
use crate::words::imported::{Imported, LeftsOut, MessageFiles};
use crate::words::translated::translated;
use crate::workspace::MAX_PACKETS;

translated! { PORTUGUESE:
    Imported {
        added(count, folder) = { format!("{} na pasta {folder}", noun(count, "mensagem importada", "mensagens importadas")) };
        left_out(count, which) = { format!("{}: {which}", noun(count, "ficou de fora", "ficaram de fora")) };
        named(name, why) = "{name} ({why})";
        more(named, count) = "{named}, e mais {count}";
        not_tcp(count) = { noun(count, "pacote não era TCP comum: os bytes foram mantidos, e a nota diz o que ele era", "pacotes não eram TCP comum: os bytes foram mantidos, e a nota de cada um diz o que ele era") };
        renamed(count) = { noun(count, "mensagem tem um nome diferente do de lá", "mensagens têm nomes diferentes dos de lá") };
        undo = "Desfazer importação";
        forget = "Dispensar";
    }

    MessageFiles |language| {
        Load(problem) = { problem.in_words(language) };
        Json(line, column, error) = { language.files.at(&language.files.position(*line, *column), &error.replace('\n', ", ")) };
        Line(line) = "a linha {line} não é um título nem uma chave com um valor";
        TooMany = { format!("contém mais de {MAX_PACKETS} pacotes") };
        NoPackets = "não contém pacotes do Packet Sender";
    }

    LeftsOut |language| {
        Refused(error) = { error.in_words(language) };
        Missing = "o arquivo não tem nada além do nome dela";
        Unlisted = "não está na lista de nomes de lá";
    }
}
