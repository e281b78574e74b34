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

translated! { FRENCH:
    Templates {
        check_value(value) = "123456789 donne {value}";
        alias_check_value(name, value) = "{name}, 123456789 donne {value}";
        no_checksum(name) = "il n’existe pas de somme de contrôle {name:?} : utilisez le nom de catalogue d’un CRC, par exemple CRC-16/MODBUS, ou sum, xor, lrc, fletcher16, adler32 ou internet";
        piece = "partie de la requête";
        similar_checksum(name, similar) = "il n’existe pas de somme de contrôle {name:?}. Vouliez-vous dire {similar} ?";
    }

    Meanings |language| {
        Counter = "nombre de messages envoyés sur la connexion";
        Time = "heure actuelle en texte";
        Unix = "temps depuis 1970";
        Random = "octets aléatoires ou nombre aléatoire";
        Uuid = "UUID aléatoire";
        File = "contenu d’un fichier";
        Len = "nombre d’octets qui suivent, ou d’un intervalle";
        Crc = "CRC de tous les octets qui précèdent, ou d’un intervalle";
        Sum = "somme des octets modulo 256";
        Xor = "XOR de tous les octets";
        Lrc = "complément à deux de la somme";
        Fletcher16 = "somme de contrôle de Fletcher";
        Adler32 = "somme de contrôle d’Adler";
        Internet = "somme de contrôle d’Internet";
        Sha1 = "SHA-1 de tous les octets qui précèdent, ou d’un intervalle";
        Base64 = "tous les octets qui précèdent, ou un intervalle, en Base64";
        Begin = "début d’un intervalle ; hidden : il n’est pas envoyé";
        End = "fin d’un intervalle";
        Peer = "adresse du pair";
        Local = "adresse locale de la connexion";
        Connection = "numéro de la connexion";
        Request = "la requête à laquelle on répond, ou une partie ; dans les réponses seulement";
        Memory = "ce que l’extrémité mémorise";
        Times = "nombre de fois que la règle s’est appliquée";
        Upper = "la requête ou une partie en majuscules";
        Lower = "la requête ou une partie en minuscules";
        Number = "un nombre calculé à partir d’une partie";
        Unmask = "une partie combinée par XOR avec une autre, comme les masques de WebSocket";
        Braces = "deux accolades ouvrantes";
    }

    TemplateFields |language| {
        Open = "« {{ » sans « }} » (écrivez {{braces}} pour deux accolades telles quelles)";
        Empty = "ce champ est vide ; écrivez counter, time, uuid ou un autre champ";
        Unknown(name) = { format!("il n’existe pas de champ {name:?} ; les champs sont {}", fields()) };
        UnknownInRule(name, pieces) = { unknown_in_rule(name, pieces) };
        Piece(name) = "aucune condition de la règle ne trouve de partie {name:?} dans la requête";
        AfterPiece(word) = "rien ne peut suivre le nom d’une partie : retirez {word:?}";
        OnlyInRules(field) = { format!("{} n’est utilisable que dans les règles d’une extrémité", field.name()) };
        Word(field, word) = { format!("{} n’accepte pas {word:?} : écrivez {}", field.name(), field.usage()) };
        Missing(field) = { format!("{} est incomplet : écrivez {}", field.name(), field.usage()) };
        Checksum(unknown) = { no_checksum(language, unknown) };
        Time(reason) = "le format de l’heure n’est pas valide : {reason}";
        Range(name) = "il n’existe pas d’intervalle {name:?} : écrivez {{{{begin {name}}}}} avant et {{{{end {name}}}}} après";
        TwoRanges(name) = "il y a deux intervalles nommés {name:?}";
        HalfHidden(name) = "l’intervalle {name:?} a un bout dans un intervalle hidden et l’autre en dehors";
        Regex(problem) = { problem.in_words(language) };
    }

    Regexes |language| {
        Invalid(error) = { format!("l’expression régulière n’est pas valide : {}", reason(error)) };
        TooLarge = "l’expression régulière est trop complexe : raccourcissez-la, ou répétez-y moins";
        Name(name) = "un groupe ne peut pas s’appeler {name:?} : utilisez des lettres, des chiffres et _, en commençant par une lettre";
    }

    Requests |language| {
        Range(from, to, len) = { format!("l’intervalle {from}..{to} n’est pas dans la requête, qui a {}", language.counts.bytes(*len as u64)) };
        NoHeader(name) = "la requête n’a pas de champ {name:?}";
        NoMatch = "l’expression régulière ne correspond pas à la requête";
    }

    Renders |language| {
        TooWide(value) = "{value} n’entre pas : utilisez un nombre plus large";
        Negative(len) = "la longueur serait {len} : vérifiez adjust";
        Range(from, to, len) = { format!("l’intervalle {from}..{to} n’est pas dans le message, qui a {}", language.counts.bytes(*len as u64)) };
        Unstable = "les chiffres de cette longueur changent la longueur elle-même : fixez width=N";
        Cycle = "ce champ et un autre se couvrent l’un l’autre";
        Digits(problem) = { format!("l’intervalle ne doit contenir que des chiffres hexadécimaux : {}", problem.in_words(language)) };
        Time(reason) = "le format de l’heure n’est pas valide : {reason}";
        Encoding(encoding, character) = { language.typed.unencodable(*encoding, *character) };
        NoFile = "le fichier n’a pas été lu";
        TooLong = "le message dépasserait 16 Mio";
        NoRequest = "{{request}} n’est utilisable que dans les réponses : retirez-le, ou faites-en la réponse d’une extrémité";
        Request(problem) = { problem.in_words(language) };
        NoPiece(name) = "la requête n’a pas de partie {name:?}";
        NoMemory = "{{memory}} n’est utilisable que dans les règles d’une extrémité";
        Place = "un nombre de ce champ est négatif ou trop grand, ou la requête n’a pas sa partie";
        NotRemembered(key) = { format!("rien n’est mémorisé sous « {} »", escape::render(key)) };
        BeyondMemory(from, len, remembered) = { beyond(language, *from, *len, *remembered) };
        NoKey = "la partie qui doit servir de masque est vide";
        NoIp = "un socket Unix n’a ni adresse IP ni port : omettez ip ou port";
    }

    Checks |language| {
        Field(position, problem) = { wrong_at(language, position, &problem.in_words(language)) };
        Kind = "Un contrôle est une somme de contrôle ou une longueur, par exemple « crc CRC-16/MODBUS le », « sum », « xor HEX over=1..-3 at=-2 » ou « len u16be at=4 »";
        Width = "Une longueur à contrôler a besoin d’une largeur : ajoutez u16be ou width=N";
    }

    Verdicts |language| {
        Good = "correct";
        Bad(wrong) = { format!("{} vaut {}, attendu : {}", wrong.name, hex::render(&wrong.found), hex::render(&wrong.expected)) };
        Impossible(why) = { why.in_words(language) };
    }

    Obstacles |language| {
        TooShort(len) = { format!("trop courte pour son contrôle ({})", language.counts.bytes(*len as u64)) };
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
        [] => "les conditions de la règle n’en trouvent aucune".to_owned(),
        _ => format!("les parties sont {}", pieces.join(", ")),
    };
    format!("il n’existe ni partie ni champ {name:?} ; {pieces}, et les champs sont {fields}")
}

fn beyond(language: &Language, from: usize, len: Option<usize>, remembered: usize) -> String {
    let remembered = language.counts.bytes(remembered as u64);
    match len {
        Some(len) => {
            let len = language.counts.bytes(len as u64);
            format!(
                "l’emplacement est de {len} à partir de l’octet {from}, et la mémoire contient {remembered}"
            )
        }
        None => {
            format!("l’emplacement commence à l’octet {from}, et la mémoire contient {remembered}")
        }
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
