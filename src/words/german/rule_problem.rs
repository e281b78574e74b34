//! What is wrong with rules, and in which part of them.

use crate::script::rules::MAX_ACTS;
use crate::script::rules::MAX_CONDITIONS;
use crate::script::rules::MAX_RULES;
use crate::words::InWords as _;
use crate::words::rule_problem::{AddressPatterns, RuleParts, RuleProblems};
use crate::words::translated::translated;
use crate::workspace::rules::MAX_MEMORY_BYTES;
use crate::workspace::rules::MAX_REMEMBERED;
use crate::workspace::rules::MAX_RULE_NAME_CHARS;

translated! { GERMAN:
    RuleParts {
        rule(number, name) = "Regel {number} ({name})";
        part(rule, part) = "{rule}, {part}";
        name = "Name";
        when = "Wann";
        condition(number) = "Bedingung {number}";
        states = "im Zustand";
        from = "von";
        act(number) = "Aktion {number}";
        act_to(number) = "Aktion {number}, Empfänger";
        act_drop(number) = "Aktion {number}, Verwerfen";
        act_corrupt(number) = "Aktion {number}, Verfälschen";
        act_place(number) = "Aktion {number}, Stelle";
        next = "nächster Zustand";
        times = "wie oft";
        memory = "gemerkte Werte";
        remembered(name) = "gemerkter Wert {name}";
        seed = "Startwert";
    }

    RuleProblems |language| {
        TooManyRules = { format!("Ein Endpunkt hat höchstens {MAX_RULES} Regeln. Einige entfernen") };
        TooManyConditions = { format!("Eine Regel hat höchstens {MAX_CONDITIONS} Bedingungen. Einige entfernen oder einen regulären Ausdruck nehmen") };
        TooManyActs = { format!("Eine Regel hat höchstens {MAX_ACTS} Aktionen. Einige entfernen") };
        NameTaken(name) = "{name} ist schon vergeben. Einen anderen Namen eingeben";
        Name = { format!("Ein Name hat 1 bis {MAX_RULE_NAME_CHARS} Zeichen, ohne Zeilenumbrüche") };
        State = "Zwischen zwei Kommas fehlt ein Zustand";
        Empty = "Hier steht nichts";
        RegexHere = "„passt auf Regex“ als Art der Bedingung wählen und „regex:“ weglassen";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        Shape(error) = { error.in_words(language) };
        Length = "Eine Länge oder zwei eingeben, etwa 8, 8..12, 8.. oder ..12";
        Check = "good oder bad schreiben";
        NoCheck = "Der Endpunkt prüft nicht, was er empfängt. Ihm zuerst eine Prüfung geben";
        Every = "Eine Zahl ab 1 eingeben, etwa 3 für jede dritte Anfrage";
        Place(error) = { error.in_words(language) };
        PieceIsField(name) = "Ein Teil kann nicht {name:?} heißen: Vorlagen haben ein Feld dieses Namens";
        PieceTwice(name) = "Zwei Bedingungen finden einen Teil {name:?}. Einem davon einen anderen Namen geben";
        Time = "Eine Zeit von höchstens 24 Stunden mit ihrer Einheit eingeben, etwa 20ms oder 5s; eine Wartezeit kann 20ms..40ms sein";
        Period = "Eine Zeit von 1ms bis 24 Stunden mit ihrer Einheit eingeben, etwa 100ms";
        From(error) = { error.in_words(language) };
        Times = "Eine Zahl ab 1 eingeben, etwa 2, oder 2 per connection";
        Chance = "Einen Anteil von 0% bis 100% eingeben, etwa 10%";
        Rate = "Bytes pro Sekunde eingeben, etwa 500 oder 1k, oder full";
        Slices = "Bytes und eine Pause eingeben, etwa 3, 50ms, oder off";
        TooMuch = { format!("Von Anfang an lassen sich höchstens {MAX_REMEMBERED} Werte und insgesamt {} merken", language.numbers.size(MAX_MEMORY_BYTES as u64)) };
        Zeros = { format!("Eine Anzahl Null-Bytes bis {MAX_MEMORY_BYTES} eingeben, etwa zeros:200") };
        NoEndpoint(name) = "Einen Endpunkt namens {name:?} gibt es nicht. Einen anderen wählen";
    }

    AddressPatterns |language| {
        Empty = "Ein Adressmuster eingeben, etwa 10.0.0.0/8 oder 127.0.0.*";
        TooLong = "Ein Adressmuster hat höchstens 256 Zeichen";
        Network = "Ein Netz ist eine Adresse und eine Anzahl Bits, etwa 10.0.0.0/8";
    }
}
