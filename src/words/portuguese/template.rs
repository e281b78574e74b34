//! Templates and checks: what their fields mean, and what is wrong with them.

use crate::payload::checksum::UnknownChecksum;
use crate::payload::escape;
use crate::payload::hex;
use crate::payload::template::FieldKind;
use crate::payload::template::Names;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::template::{
    Checks, Meanings, Obstacles, Regexes, Renders, Requests, TemplateFields, Templates, Verdicts,
};
use crate::words::translated::translated;
use crate::words::typed::reason;
use crate::words::typed::wrong_at;

translated! { PORTUGUESE:
    Templates {
        check_value(value) = "123456789 dá {value}";
        alias_check_value(name, value) = "{name}, 123456789 dá {value}";
        no_checksum(name) = "não existe a soma de verificação {name:?}: use o nome de catálogo de um CRC, como CRC-16/MODBUS, ou sum, xor, lrc, fletcher16, adler32 ou internet";
        piece = "trecho da requisição";
        similar_checksum(name, similar) = "não existe a soma de verificação {name:?}. Você quis dizer {similar}?";
    }

    Meanings |language| {
        Counter = "número de mensagens enviadas na conexão";
        Time = "hora atual como texto";
        Unix = "tempo desde 1970";
        Random = "bytes aleatórios ou um número aleatório";
        Uuid = "UUID aleatório";
        File = "conteúdo de um arquivo";
        Len = "número de bytes depois dele, ou em um intervalo";
        Crc = "CRC de todos os bytes antes dele, ou de um intervalo";
        Sum = "soma dos bytes módulo 256";
        Xor = "XOR de todos os bytes";
        Lrc = "complemento de dois da soma";
        Fletcher16 = "soma de verificação de Fletcher";
        Adler32 = "soma de verificação de Adler";
        Internet = "soma de verificação da Internet";
        Sha1 = "SHA-1 de todos os bytes antes dele, ou de um intervalo";
        Base64 = "todos os bytes antes dele, ou um intervalo, em Base64";
        Begin = "início de um intervalo; hidden: ele não é enviado";
        End = "fim de um intervalo";
        Peer = "o endereço do peer";
        Local = "o endereço local da conexão";
        Connection = "o número da conexão";
        Request = "o que é respondido, ou uma parte; só em respostas";
        Memory = "o que o endpoint memoriza";
        Times = "número de vezes que a regra se aplicou";
        Upper = "a requisição ou um trecho em maiúsculas";
        Lower = "a requisição ou um trecho em minúsculas";
        Number = "um número calculado a partir de um trecho";
        Unmask = "XOR de um trecho com outro, como nas máscaras do WebSocket";
        Braces = "duas chaves de abertura";
    }

    TemplateFields |language| {
        Open = "'{{' sem '}}' (escreva {{braces}} para duas chaves literais)";
        Empty = "este campo está vazio; escreva counter, time, uuid ou outro campo";
        Unknown(name) = { format!("não existe o campo {name:?}; os campos são {}", fields()) };
        UnknownInRule(name, pieces) = { unknown_in_rule(name, pieces) };
        Piece(name) = "nenhuma condição da regra encontra um trecho {name:?} na requisição";
        AfterPiece(word) = "nada pode vir depois do nome de um trecho: remova {word:?}";
        OnlyInRules(field) = { format!("{} só pode ser usado nas regras de um endpoint", field.name()) };
        Word(field, word) = { format!("{} não aceita {word:?}: escreva {}", field.name(), field.usage()) };
        Missing(field) = { format!("{} está incompleto: escreva {}", field.name(), field.usage()) };
        Checksum(unknown) = { no_checksum(language, unknown) };
        Time(reason) = "o formato de hora é inválido: {reason}";
        Range(name) = "não existe o intervalo {name:?}: escreva {{{{begin {name}}}}} antes e {{{{end {name}}}}} depois dele";
        TwoRanges(name) = "há dois intervalos chamados {name:?}";
        HalfHidden(name) = "o intervalo {name:?} tem uma ponta em um intervalo oculto e outra fora";
        Regex(problem) = { problem.in_words(language) };
    }

    Regexes |language| {
        Invalid(error) = { format!("a expressão regular é inválida: {}", reason(error)) };
        TooLarge = "a expressão regular é complexa demais: encurte-a, ou repita menos nela";
        Name(name) = "um grupo não pode se chamar {name:?}: use letras, dígitos e _, começando com uma letra";
    }

    Requests |language| {
        Range(from, to, len) = { format!("o intervalo {from}..{to} não está dentro da requisição, que tem {}", language.counts.bytes(*len as u64)) };
        NoHeader(name) = "a requisição não tem o campo {name:?}";
        NoMatch = "a requisição não corresponde à expressão regular";
    }

    Renders |language| {
        TooWide(value) = "{value} não cabe: use um número mais largo";
        Negative(len) = "o comprimento seria {len}: confira adjust";
        Range(from, to, len) = { format!("o intervalo {from}..{to} não está dentro da mensagem, que tem {}", language.counts.bytes(*len as u64)) };
        Unstable = "os dígitos deste comprimento mudam o próprio comprimento: defina width=N";
        Cycle = "este campo e outro se cobrem um ao outro";
        Digits(problem) = { format!("o intervalo só pode conter dígitos hex: {}", problem.in_words(language)) };
        Time(reason) = "o formato de hora é inválido: {reason}";
        Encoding(encoding, character) = { language.typed.unencodable(*encoding, *character) };
        NoFile = "o arquivo não foi lido";
        TooLong = "a mensagem teria mais de 16 MiB";
        NoRequest = "{{request}} só pode ser usado em respostas: remova-o, ou faça disto a resposta de um endpoint";
        Request(problem) = { problem.in_words(language) };
        NoPiece(name) = "a requisição não tem o trecho {name:?}";
        NoMemory = "{{memory}} só pode ser usado nas regras de um endpoint";
        Place = "um número deste campo é menor que zero ou grande demais, ou a requisição não tem o trecho dele";
        NotRemembered(key) = { format!("nada é memorizado como “{}”", escape::render(key)) };
        BeyondMemory(from, len, remembered) = { beyond(language, *from, *len, *remembered) };
        NoKey = "o trecho da máscara está vazio";
        NoIp = "um socket Unix não tem endereço IP nem porta: omita ip ou port";
    }

    Checks |language| {
        Field(position, problem) = { wrong_at(language, position, &problem.in_words(language)) };
        Kind = "Uma verificação é uma soma de verificação ou um comprimento, como 'crc CRC-16/MODBUS le', 'sum', 'xor HEX over=1..-3 at=-2' ou 'len u16be at=4'";
        Width = "Um comprimento a verificar precisa de uma largura: acrescente u16be ou width=N";
    }

    Verdicts |language| {
        Good = "correto";
        Bad(wrong) = { format!("{} é {}, esperado {}", wrong.name, hex::render(&wrong.found), hex::render(&wrong.expected)) };
        Impossible(why) = { why.in_words(language) };
    }

    Obstacles |language| {
        TooShort(len) = { format!("curto demais para a verificação ({})", language.counts.bytes(*len as u64)) };
        Field(problem) = { problem.in_words(language) };
    }
}

/// Returns the names of all fields outside of rules.
fn fields() -> String {
    let kinds = FieldKind::ALL
        .iter()
        .filter(|kind| !kind.is_only_in_rules());
    let names: Vec<_> = kinds.map(|kind| kind.name()).collect();
    names.join(", ")
}

fn unknown_in_rule(name: &str, pieces: &Names) -> String {
    let fields: Vec<_> = FieldKind::ALL.iter().map(|kind| kind.name()).collect();
    let fields = fields.join(", ");
    let pieces: Vec<_> = pieces.iter().map(|piece| &**piece).collect();
    let pieces = match pieces[..] {
        [] => "as condições da regra não encontram nenhum trecho".to_owned(),
        _ => format!("os trechos são {}", pieces.join(", ")),
    };
    format!("não existe trecho nem campo {name:?}; {pieces}, e os campos são {fields}")
}

fn beyond(language: &Language, from: usize, len: Option<usize>, remembered: usize) -> String {
    let remembered = language.counts.bytes(remembered as u64);
    match len {
        Some(len) => {
            let len = language.counts.bytes(len as u64);
            format!("a posição é de {len} a partir do byte {from}, e o memorizado tem {remembered}")
        }
        None => format!("a posição começa no byte {from}, e o memorizado tem {remembered}"),
    }
}

fn no_checksum(language: &Language, unknown: &UnknownChecksum) -> String {
    match unknown.similar.as_slice() {
        [] => language.templates.no_checksum(&unknown.name),
        similar => language
            .templates
            .similar_checksum(&unknown.name, &similar.join(", ")),
    }
}
