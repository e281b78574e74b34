//! The document and the preferences: what was wrong with a file, with a field, with a change.

use crate::payload::Position;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::translated::translated;
use crate::words::workspace::{
    Approval, DocumentProblems, DocumentSaves, Edits, ExpectedValues, Files, LoadNotices,
    LoadProblems, Saves,
};
use crate::workspace::CONFIG_DIR_VARIABLE;
use crate::workspace::FILE_LIMIT_BYTES;
use crate::workspace::HISTORY_MESSAGE_BYTES;
use crate::workspace::MAX_ENDPOINTS;
use crate::workspace::MAX_MESSAGES;
use crate::workspace::MAX_NAME_CHARS;
use crate::workspace::MAX_NOTE_CHARS;
use crate::workspace::MAX_SEQUENCES;
use crate::workspace::UnknownKey;

translated! { PORTUGUESE:
    Files {
        not_text = "isto não é texto em UTF-8";
        not_opened(path, problem) = "falha ao abrir {path}: {problem}";
        unknown_key(key, position) = "{key} ({position})";
        at(position, problem) = "{position}: {problem}";
        position(line, column) = "linha {line}, coluna {column}";
    }

    Approval {
        name = "Documento não aprovado";
        title = "Este documento não foi salvo neste computador";
        what = "Até você aprová-lo, seus servidores não respondem e seus modelos não leem arquivos. Aprove-o só se você confia na origem dele.";
        approve = "Aprovar documento";
        later = "Agora não";
    }

    Edits |language| {
        TooMany = { format!("Um documento tem no máximo {MAX_ENDPOINTS} endpoints. Remova um primeiro") };
        Gone = "Este endpoint foi removido";
        NameEmpty = "Digite um nome";
        NameTooLong = { format!("Um nome tem no máximo {MAX_NAME_CHARS} caracteres") };
        NameControl = "Um nome não pode conter quebras de linha nem caracteres de controle";
        NameColon = "Um nome não pode conter dois-pontos, para que nunca seja tomado por um endereço";
        MessageGone = "Esta mensagem foi excluída";
        NoteTooLong = { format!("Uma nota tem no máximo {MAX_NOTE_CHARS} caracteres") };
        MessageTooLong = { format!("Uma mensagem salva tem no máximo {}. Guarde as mais longas em um arquivo", language.numbers.size(HISTORY_MESSAGE_BYTES as u64)) };
        SequenceGone = "Esta sequência foi excluída";
        TooManySequences = { format!("Um cliente tem no máximo {MAX_SEQUENCES} sequências. Exclua uma primeiro") };
        TooManyMessages = { format!("Um documento tem no máximo {MAX_MESSAGES} mensagens. Exclua uma primeiro") };
        NameTaken(name) = "{name} já está em uso. Digite outro nome";
    }

    LoadNotices |language| {
        SetAside(path, problem, kept_as) = { format!("{} não pode ser usado: {}. Foi guardado como {}; um novo toma seu lugar", shown(path), problem.in_words(language), shown(kept_as)) };
        UnknownKeys(path, keys) = { format!("{} tem chaves que esta versão não conhece: {}. Elas são mantidas", shown(path), listed(keys, language)) };
        NotReopened(error) = { error.in_words(language) };
        NoHome = { format!("Não há pasta pessoal, portanto nada será salvo. Defina {CONFIG_DIR_VARIABLE} com o caminho de uma pasta") };
        Blocked(path, problem, source) = { format!("{} não pode ser usado: {}. Também não foi possível renomeá-lo ({}), portanto nada será salvo nele. Mova-o para outro lugar e inicie de novo", shown(path), problem.in_words(language), source.in_words(language)) };
    }

    LoadProblems |language| {
        Read(source) = { format!("não é possível ler ({})", source.in_words(language)) };
        Folder = "é uma pasta";
        NotPlain = "não é um arquivo comum";
        TooLarge = { format!("tem mais de {}", language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        NotText(at) = { at_position(Some(at), language.files.not_text.to_owned(), language) };
        Document(error) = { error.in_words(language) };
        Preferences(at, error) = { at_position(at.as_ref(), on_one_line(error), language) };
    }

    DocumentProblems |language| {
        Syntax(error) = { on_one_line(error) };
        NoFormat = "um documento começa com seu formato, como em format = 1";
        Newer(format) = "o formato {format} é de uma versão mais nova do Bothends; atualize-o para abrir este arquivo";
        Missing(key) = "falta {key} aqui";
        Type(key, expected) = { format!("{key} tem de ser {}", expected.in_words(language)) };
        Value(key, value, choices) = { if choices.is_empty() { format!("{key} não pode ser {value:?}") } else { format!("{key} não pode ser {value:?}; use um destes: {}", choices.join(", ")) } };
        TextAndHex = "uma mensagem tem text ou hex, não os dois";
        Act(choices) = { format!("essa ação não existe; use uma destas: {}", choices.join(", ")) };
        TwoActs(keys) = { format!("{} e {} são duas ações; escreva cada uma entre chaves próprias", keys[0], keys[1]) };
        Step(choices) = { format!("essa etapa não existe; use uma destas: {}", choices.join(", ")) };
        TwoSteps(keys) = { format!("{} e {} são duas etapas; escreva cada uma entre chaves próprias", keys[0], keys[1]) };
        UnknownServer(name) = "não há servidor chamado {name:?}; escreva o nome de um servidor, ou um endereço com porta, como 127.0.0.1:9000";
        Edit(error) = { error.in_words(language) };
    }

    ExpectedValues |language| {
        Text = "texto entre aspas";
        Flag = "true ou false";
        Amount = "um número, ou texto entre aspas";
        Table = "uma tabela entre chaves";
        List = "uma lista entre colchetes";
        Tables = "dado sob títulos entre colchetes duplos";
    }

    DocumentSaves |language| {
        ChangedOutside(path) = { format!("{} foi alterado fora do Bothends, por isso não foi sobrescrito", shown(path)) };
        Exists(path) = { format!("{} já existe", shown(path)) };
        ReadOnly(path) = { format!("{} está protegido contra gravação", shown(path)) };
        TooLarge(path, len_bytes) = { format!("{} teria {}, mais que {}", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("falha ao salvar {}: {}", shown(path), source.in_words(language)) };
    }

    Saves |language| {
        Encode = "Não foi possível escrever as preferências em TOML";
        TooLarge(path, len_bytes) = { format!("{} teria {}, mais que {}. Encurte as mensagens", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("falha ao salvar {}: {}", shown(path), source.in_words(language)) };
    }
}

fn position(position: &Position, language: &Language) -> String {
    language.files.position(position.line, position.column)
}

fn listed(keys: &[UnknownKey], language: &Language) -> String {
    let name = |it: &UnknownKey| {
        let position = position(&it.position, language);
        language.files.unknown_key(&it.key, &position)
    };
    keys.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Returns a problem behind the place that it is at, where that is known.
fn at_position(at: Option<&Position>, problem: String, language: &Language) -> String {
    match at {
        Some(at) => language.files.at(&position(at, language), &problem),
        None => problem,
    }
}

/// Returns what a parser says, which has lines.
fn on_one_line(error: &str) -> String {
    error.replace('\n', ", ")
}
