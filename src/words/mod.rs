//! Everything the program says: entries, states, errors, explanations, labels and numbers for people.
//!
//! What stands to the right of this module is kinds with arguments; here they become text. A [`Language`] is one value,
//! made of a section for each subject, and the compiler says what it lacks. What is written for programs is not here
//! and is never translated: JSON and CSV names, `listening on ADDR`, `--help`.

mod kinds;
mod languages;
pub(crate) mod number;
mod number_style;
mod phrases;
mod translated;

mod chinese;
mod french;
mod german;
mod japanese;
mod portuguese;
mod spanish;

mod answer;
mod code;
mod common;
pub(crate) mod composer;
pub(crate) mod conversation;
mod counts;
pub(crate) mod detail;
pub(crate) mod diagnosis;
mod dialogs;
mod documents;
pub(crate) mod endpoints;
mod engine;
mod english;
mod entry;
mod explain;
mod export;
mod exporting;
pub(crate) mod filter;
pub(crate) mod find;
mod form;
mod framing;
mod hints;
mod imported;
mod keys;
mod lab;
pub(crate) mod lanes;
mod lessons;
mod lifecycle;
mod menus;
mod messages;
mod notices;
pub(crate) mod packets;
mod pieces;
pub(crate) mod plot;
mod presets;
pub(crate) mod protocol;
mod reason;
mod record;
mod recording;
mod row;
mod rule_problem;
mod rule_sentence;
pub(crate) mod rules;
mod sequences;
mod session;
mod sessions;
mod startup;
mod status;
mod structure;
mod syn;
pub(crate) mod tcp;
mod template;
mod time;
pub(crate) mod timeline;
mod tls;
mod tls_advice;
mod tls_alert;
pub(crate) mod tls_certificate;
pub(crate) mod tls_detail;
mod tls_failure;
mod tls_meaning;
mod tls_setting;
pub(crate) mod tls_setup;
mod tls_status;
#[cfg(test)]
mod tls_tests;
mod typed;
pub(crate) mod why;
mod workspace;

use std::fmt::Debug;
use std::sync::Arc;

pub use languages::{Spoken, spoken};
pub(crate) use menus::Menus;
pub(crate) use startup::NoWindow;

/// Declares the sections of a language, one a line, and `language!`, which is the language that they have by a name.
macro_rules! sections {
    ($dollar:tt; $($(#[$about:meta])* $field:ident: $module:ident::$section:ident;)*) => {
        /// One language: all that the program says, section by section.
        #[derive(Debug)]
        pub struct Language {
            $($(#[$about])* pub(crate) $field: $module::$section,)*
        }

        macro_rules! language {
            ($dollar name:ident) => {
                Language {
                    $($field: $module::$section::$dollar name,)*
                }
            };
        }
    };
}

sections! {
    $;
    /// Why something did not work in the lab.
    lab_errors: lab::LabErrors;
    /// The packets of the lab beside an entry.
    packets_shown: packets::PacketsShown;
    /// The lab, a private network of the session.
    labs: lab::Labs;
    /// What is wrong with a host and port.
    addresses: form::Addresses;
    /// What is wrong with an amount.
    amounts: form::Amounts;
    /// Why a rule does not answer a request.
    whys: why::Whys;
    /// What came of the last message.
    answers: answer::Answers;
    /// A document that was not approved.
    approval: workspace::Approval;
    /// What an address to listen on stands for.
    bind_scopes: endpoints::BindScopes;
    /// The settings of TLS.
    tls_setups: tls_setup::TlsSetups;
    /// Endpoints: their rows, their settings, their connections.
    endpoints: endpoints::Endpoints;
    /// What is wrong with a check.
    checks: template::Checks;
    /// Why a command was not taken.
    commands: engine::Commands;
    /// What is wrong with a pattern of addresses.
    address_patterns: rule_problem::AddressPatterns;
    /// What came of sequences.
    sequence_results: sequences::SequenceResults;
    /// The sequences of a client.
    sequences: sequences::Sequences;
    /// What steps of sequences do.
    step_kinds: sequences::StepKinds;
    /// What is wrong with sequences.
    sequence_problems: sequences::SequenceProblems;
    /// What code does not carry over of an endpoint.
    code_lacks: code::CodeLacks;
    /// Where a message stands.
    code_places: code::CodePlaces;
    /// What many panels say.
    common: common::Common;
    /// The composer.
    composer: composer::Composer;
    /// The followed connection.
    conversation: conversation::Conversation;
    /// Whole numbers with their nouns.
    counts: counts::Counts;
    /// What is wrong with a place of a capture.
    damages: record::Damages;
    /// The detail pane.
    detail: detail::Detail;
    /// Why it failed, as far as this machine shows.
    diagnoses: diagnosis::Diagnoses;
    /// Dialogs that have no subject of their own.
    dialogs: dialogs::Dialogs;
    /// What is wrong with a document.
    document_problems: workspace::DocumentProblems;
    /// Why a document was not saved in its file.
    document_saves: workspace::DocumentSaves;
    /// Documents: their names, how they are opened, saved and left, and what became of their files.
    documents: documents::Documents;
    /// What is wrong with a message.
    drafts: typed::Drafts;
    /// Why a change to the document was not made.
    edits: workspace::Edits;
    /// How connections end.
    endings: entry::Endings;
    /// What failed in the engine, and what to do next.
    engine: engine::Engine;
    /// What happened.
    entries: entry::Entries;
    /// What is wrong with an escape.
    escapes: typed::Escapes;
    /// What a value in a document has to be.
    expected_values: workspace::ExpectedValues;
    /// What events mean.
    explanations: explain::Explanations;
    /// Why an export failed.
    export_errors: export::ExportErrors;
    /// The export dialog, and how far work on another tool's file is.
    exporting: exporting::Exporting;
    /// Where an export does not hold what was on the wire.
    exports: export::Exports;
    /// Why bytes are not a frame.
    faults: framing::Faults;
    /// Why a file cannot be sent.
    file_problems: form::FileProblems;
    /// Documents and preferences as files.
    files: workspace::Files;
    /// The filter's menu.
    filter: filter::Filter;
    /// The find field.
    find: find::Find;
    /// What explains a failure.
    findings: diagnosis::Findings;
    /// What is wrong with fields.
    forms: form::Forms;
    /// What is wrong with a framing.
    framings: framing::Framings;
    /// What is wrong with lines of a head.
    head_lines: structure::HeadLines;
    /// What is wrong with hex digits.
    hex: typed::Hex;
    /// Hints for those who are new.
    hints: hints::Hints;
    /// What came of importing another tool's messages.
    imported: imported::Imported;
    /// Why a captured file was not imported.
    imports: packets::Imports;
    /// Why a message was left out of an import.
    lefts_out: imported::LeftsOut;
    /// Why another tool's messages were not imported.
    message_files: imported::MessageFiles;
    /// Why a worker took no job.
    jobs: session::Jobs;
    /// What is wrong with JSON.
    json: structure::Json;
    /// What should stand in JSON.
    json_tokens: structure::JsonTokens;
    /// What the keys of one part of the window do.
    keys: keys::Keys;
    /// What an export does not hold.
    lacks: export::Lacks;
    /// How the conditions of lessons are said.
    lesson_conditions: lessons::LessonConditions;
    /// What is wrong with a lesson's files.
    lesson_problems: lessons::LessonProblems;
    /// The texts of the lessons.
    lesson_texts: lessons::LessonTexts;
    /// The lessons' pane.
    lessons: lessons::Lessons;
    /// Why the list of sessions refused something.
    libraries: record::Libraries;
    /// Lanes.
    lanes: lanes::Lanes;
    /// The lifecycle of one connection as a picture.
    lifecycles: lifecycle::Lifecycles;
    /// What code does not carry over of a rule.
    rule_lacks: code::RuleLacks;
    /// What is left of entries whose details cannot be read.
    lifecycle_kinds: entry::LifecycleKinds;
    /// What loading the document or the preferences met with.
    load_notices: workspace::LoadNotices;
    /// Why a file cannot be used.
    load_problems: workspace::LoadProblems;
    /// What the fields of templates stand for.
    meanings: template::Meanings;
    /// The menus and the list of commands.
    menus: menus::Menus;
    /// The list of saved messages.
    messages: messages::Messages;
    /// Why a message has no structure of a kind.
    misfits: structure::Misfits;
    /// What is wrong with the name of a capture.
    names: record::Names;
    /// What failed on a socket.
    net_errors: engine::NetErrors;
    /// Why another endpoint did not do something.
    unreached: engine::Unreachable;
    /// What a structured view says about a part of a message.
    notes_of_structure: structure::Notes;
    /// The list of problems.
    notices: notices::Notices;
    /// Why the process of a peer is not known.
    no_processes: tcp::NoProcesses;
    /// Numbers without a noun: `1,234`, `64 KiB`.
    numbers: number::Numbers;
    /// Why a frame cannot be checked.
    obstacles: template::Obstacles;
    /// Why a path cannot be opened.
    openings: documents::Openings;
    /// What is wrong with a captured file.
    packet_files: packets::PacketFiles;
    /// Captured files of other tools.
    packets: packets::Packets;
    /// Who has a socket.
    owners: diagnosis::Owners;
    /// What pasted text is.
    pastes: typed::Pastes;
    /// What is wrong with a pattern.
    patterns: typed::Patterns;
    /// What a Modbus message can be.
    pdu_roles: structure::PduRoles;
    /// What is wrong with a place in what an endpoint remembers.
    places: pieces::Places;
    /// Pieces of requests.
    pieces: pieces::Pieces;
    /// The plot.
    plot: plot::Plot;
    /// The presets: what each is called, what it is and how to try it.
    presets: presets::Presets;
    /// How bytes are read.
    protocol: protocol::Protocol;
    /// Why a place of a capture cannot be read.
    reads: record::Reads;
    /// The system's errors.
    reasons: reason::Reasons;
    /// What went wrong with captures on disk.
    record: record::Record;
    /// Why a recording, or a part of it, ended.
    recording_ends: record::RecordingEnds;
    /// How much is recorded, and why recording stopped.
    recording: recording::Recording;
    /// What is wrong with a regular expression in a template.
    regexes: template::Regexes;
    /// What can be done about a failure.
    remedies: diagnosis::Remedies;
    /// Why a field has no bytes when a template is sent.
    renders: template::Renders;
    /// Why a request does not have what a template takes from it.
    requests: template::Requests;
    /// Rows, and remarks of copies and exports.
    rows: row::Rows;
    /// The inspector's tab of rules, and presets.
    rules: rules::Rules;
    /// The parts of rules.
    rule_parts: rule_problem::RuleParts;
    /// What is wrong with parts of rules.
    rule_problems: rule_problem::RuleProblems;
    /// Rules as sentences.
    rule_sentences: rules::RuleSentences;
    /// Why a file was not saved.
    saves: workspace::Saves;
    /// Files and threads of a session.
    session: session::Session;
    /// Why a session did not do what it was asked to.
    session_errors: session::SessionErrors;
    /// The list of sessions, and the captures that are open.
    sessions: sessions::Sessions;
    /// What is wrong with a shape.
    shapes: pieces::Shapes;
    /// Why a request does not have a shape.
    shape_faults: pieces::ShapeFaults;
    /// States of connections.
    states: entry::States;
    /// The status bar.
    status: status::Status;
    /// Why recording stopped.
    stop_causes: record::StopCauses;
    /// What is wrong with a capture on disk.
    stores: record::Stores;
    /// What a structured view says about a message.
    structure: structure::Structure;
    /// What the states of TCP mean.
    state_meanings: tcp::StateMeanings;
    /// Who moves next in the states of TCP.
    state_moves: tcp::StateMoves;
    /// What a peer's SYN says.
    syns: syn::Syns;
    /// The states of a connection's ends, and what the kernel says of them.
    tcp: tcp::Tcp;
    /// The kernel's numbers about a connection.
    tcp_numbers: tcp::TcpNumbers;
    /// What is wrong with a field of a template.
    template_fields: template::TemplateFields;
    /// Templates.
    templates: template::Templates;
    /// Days, moments and spans of time.
    times: time::Times;
    /// The timeline.
    timeline: timeline::Timeline;
    /// What would help where TLS failed.
    tls_advices: tls_advice::TlsAdvices;
    /// What alerts of TLS mean.
    tls_alerts: tls_alert::TlsAlerts;
    /// Why TLS failed.
    tls_failures: tls_failure::TlsFailures;
    /// What entries of TLS mean.
    tls_meanings: tls_meaning::TlsMeanings;
    /// TLS in the detail pane.
    tls_shown: tls_detail::TlsShown;
    /// TLS in rows.
    tls_rows: tls::TlsRows;
    /// What would help where settings of TLS cannot be used.
    tls_setting_advices: tls_setting::TlsSettingAdvices;
    /// How a connection's TLS stands.
    tls_statuses: tls_status::TlsStatuses;
    /// Why settings of TLS cannot be used.
    tls_setting_errors: tls_setting::TlsSettingErrors;
    /// Why there is no certificate to show, or no key to it.
    identity_errors: tls_setting::IdentityErrors;
    /// Typed text.
    typed: typed::Typed;
    /// What a check says of a frame.
    verdicts: template::Verdicts;
}

/// English.
pub static ENGLISH: Language = language!(ENGLISH);
/// English with each phrase in brackets: what is shown without them does not come from here. For tests.
pub static BRACKETED: Language = language!(BRACKETED);
/// German.
pub static GERMAN: Language = language!(GERMAN);
/// French.
pub static FRENCH: Language = language!(FRENCH);
/// Spanish.
pub static SPANISH: Language = language!(SPANISH);
/// Portuguese as in Brazil.
pub static PORTUGUESE: Language = language!(PORTUGUESE);
/// Chinese in simplified characters.
pub static CHINESE: Language = language!(CHINESE);
/// Japanese.
pub static JAPANESE: Language = language!(JAPANESE);

/// What went wrong, kept as a kind: it becomes text where it is painted, in the language of that moment.
pub type Problem = Arc<dyn InWords>;

/// Begins words with a capital letter: those that stand in a row do not, and shown alone they do.
pub(crate) fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

/// Ends words of several sentences as their first one ends. One sentence alone has no full stop.
pub(crate) fn ended(words: &str) -> String {
    let stop = match words.find("\u{3002}") {
        Some(_) => "\u{3002}",
        None if has_two(words) => ".",
        None => "",
    };
    let is_ended = words.ends_with(['.', '!', '?', '…', '\u{3002}', '！', '？']);
    format!("{words}{}", if is_ended { "" } else { stop })
}

/// Whether a sentence begins behind another one.
fn has_two(words: &str) -> bool {
    let mut rests = words
        .match_indices(". ")
        .map(|(at, stop)| &words[at + stop.len()..]);
    rests.any(|rest| rest.starts_with(char::is_uppercase))
}

impl Language {
    /// Joins sentences that have their full stops.
    pub(crate) fn joined(&self, sentences: impl IntoIterator<Item = String>) -> String {
        let joined = sentences
            .into_iter()
            .reduce(|first, second| self.common.sentences(&first, &second));
        joined.unwrap_or_default()
    }
}

/// A kind with arguments that a language has words for.
pub trait InWords: Debug + Send + Sync {
    /// Returns what it is: a sentence, or part of one, without a full stop.
    fn in_words(&self, language: &Language) -> String;

    /// Returns what to do next, where there is something to say: a sentence without a full stop.
    fn advice(&self, _language: &Language) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_sentences_all_have_full_stops_and_one_has_none() {
        let check = |words: &str, expected: &str| assert_eq!(ended(words), expected);
        check("The port is taken", "The port is taken");
        check("It is taken. Use another", "It is taken. Use another.");
        check("It is taken. Use another.", "It is taken. Use another.");
        check("Enter 10.0.0.1, e.g. here", "Enter 10.0.0.1, e.g. here");
        check("端口已被占用。请换一个", "端口已被占用。请换一个。");
        check("端口已被占用", "端口已被占用");
        check("", "");
    }

    #[test]
    fn sentences_are_joined_as_the_language_joins_them() {
        let check = |language: &Language, expected: &str| {
            let sentences = ["1.", "2.", "3."].map(str::to_owned);
            assert_eq!(language.joined(sentences), expected);
        };
        check(&ENGLISH, "1. 2. 3.");
        check(&CHINESE, "1.2.3.");
    }
}
