//! What a document's file says about each endpoint and message: keys and values, in the order in which they are written.

use toml_edit::{InlineTable, Value};

use super::{Document, SavedMessage};
use crate::payload::{Draft, Encoding, Format, LineEnding};
use crate::workspace::endpoint::{
    ClientForm, EndpointForm, EndpointKind, ReplyKind, ServerForm, TargetForm,
};
use crate::workspace::fields::join_host_port;
use crate::workspace::protocol::ProtocolForm;

/// The words for a server's reply.
pub(super) const REPLIES: [(&str, ReplyKind); 3] = [
    ("echo", ReplyKind::Echo),
    ("message", ReplyKind::Fixed),
    ("none", ReplyKind::None),
];
/// The words for what is appended to a text message.
pub(super) const LINE_ENDINGS: [(&str, LineEnding); 4] = [
    ("none", LineEnding::None),
    ("lf", LineEnding::Lf),
    ("cr", LineEnding::Cr),
    ("crlf", LineEnding::CrLf),
];

/// The keys of a table; those without a value are left out, because they say what is said without them.
pub(super) type Keys = Vec<(&'static str, Option<Word>)>;

/// A value of a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    Text(String),
    Number(i64),
    Flag(bool),
    Table(Keys),
}

impl From<Word> for Value {
    fn from(word: Word) -> Self {
        match word {
            Word::Text(text) => text.into(),
            Word::Number(number) => number.into(),
            Word::Flag(flag) => flag.into(),
            Word::Table(keys) => {
                let said = keys
                    .into_iter()
                    .filter_map(|(key, word)| Some((key, word?)));
                said.collect::<InlineTable>().into()
            }
        }
    }
}

/// Returns the keys of an endpoint of `document`.
pub(super) fn of_endpoint(document: &Document, endpoint: &EndpointForm) -> Keys {
    let mut keys = vec![text("name", &endpoint.name)];
    match &endpoint.kind {
        EndpointKind::Server(form) => push_server(&mut keys, form),
        EndpointKind::Client(form) => push_client(&mut keys, document, form),
    }
    keys
}

/// Returns the keys of a saved message.
pub(super) fn of_message(message: &SavedMessage) -> Keys {
    let mut keys = vec![text("name", &message.name)];
    keys.extend(of_draft(&message.draft));
    keys
}

/// Returns the keys of a message without a name.
pub(super) fn of_draft(draft: &Draft) -> Keys {
    let body = |format| (draft.format == format).then(|| Word::Text(draft.text.clone()));
    let line_ending = (draft.line_ending != LineEnding::None).then_some(draft.line_ending);
    vec![
        ("text", body(Format::Text)),
        ("hex", body(Format::Hex)),
        ("escapes", (!draft.escapes).then_some(Word::Flag(false))),
        (
            "line_ending",
            line_ending.map(|it| word_of(&LINE_ENDINGS, &it)),
        ),
        flag("template", draft.template),
    ]
}

fn push_server(keys: &mut Keys, form: &ServerForm) {
    let default = ServerForm::default();
    let message = (form.reply_message != default.reply_message)
        .then(|| Word::Table(of_draft(&form.reply_message)));
    keys.extend([
        text(
            "listen",
            &join_host_port(&form.bind_address_text, &form.bind_port_text),
        ),
        flag("dual_stack", form.dual_stack),
        amount("backlog", &form.backlog_text, &default.backlog_text),
        amount(
            "read_buffer",
            &form.read_buffer_text,
            &default.read_buffer_text,
        ),
    ]);
    push_protocol(keys, &form.protocol);
    keys.extend([
        ("reply", Some(word_of(&REPLIES, &form.reply))),
        ("message", message),
        flag("close_after_reply", form.close_after_reply),
        flag("stay_half_open", form.stay_half_open),
    ]);
}

fn push_client(keys: &mut Keys, document: &Document, form: &ClientForm) {
    let default = ClientForm::default();
    let followed = match form.target {
        TargetForm::Server(id) => document.endpoint(id).map(|server| server.name.clone()),
        TargetForm::Address => None,
    };
    let typed = || join_host_port(&form.remote_host_text, &form.remote_port_text);
    keys.extend([
        text("connect", &followed.unwrap_or_else(typed)),
        amount(
            "connect_timeout",
            &form.connect_timeout_text,
            &default.connect_timeout_text,
        ),
        amount(
            "read_buffer",
            &form.read_buffer_text,
            &default.read_buffer_text,
        ),
    ]);
    push_protocol(keys, &form.protocol);
    keys.push(flag("stay_half_open", form.stay_half_open));
}

fn push_protocol(keys: &mut Keys, form: &ProtocolForm) {
    let encoding = (form.encoding != Encoding::default()).then(|| form.encoding.name());
    keys.extend([
        ("encoding", encoding.map(|name| Word::Text(name.to_owned()))),
        amount("framing", &form.framing_text, ""),
        amount("check", &form.check_text, ""),
    ]);
}

fn text(key: &'static str, text: &str) -> (&'static str, Option<Word>) {
    (key, Some(Word::Text(text.to_owned())))
}

fn flag(key: &'static str, flag: bool) -> (&'static str, Option<Word>) {
    (key, flag.then_some(Word::Flag(true)))
}

/// Returns what was typed, as a number where it is a plain one; nothing where it is what a new form says.
fn amount(key: &'static str, typed: &str, default: &str) -> (&'static str, Option<Word>) {
    let plain = typed
        .parse::<i64>()
        .ok()
        .filter(|number| number.to_string() == typed);
    let word = || plain.map_or_else(|| Word::Text(typed.to_owned()), Word::Number);
    (key, (typed != default).then(word))
}

fn word_of<T: PartialEq>(words: &[(&str, T)], value: &T) -> Word {
    let found = words.iter().find(|(_, other)| other == value);
    Word::Text(found.map_or("", |(word, _)| word).to_owned())
}
