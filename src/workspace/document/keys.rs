//! What a document's file says about each endpoint and message: keys and values, in the order in which they are written.

use toml_edit::{InlineTable, Value};

use super::{Document, SavedMessage};
use crate::payload::{Draft, Encoding, Format, LineEnding};
use crate::workspace::endpoint::{
    ClientForm, EndpointForm, EndpointKind, ReplyKind, ServerForm, TargetForm,
};
use crate::workspace::fields::join_host_port;

/// The words for a server's reply.
pub(super) const REPLIES: [(&str, ReplyKind); 3] = [
    ("echo", ReplyKind::Echo),
    ("message", ReplyKind::Fixed),
    ("none", ReplyKind::None),
];
/// The words for what is appended to a text message.
pub(crate) const LINE_ENDINGS: [(&str, LineEnding); 4] = [
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

/// A key of a table, and what of a form stands under it.
pub(super) struct Key<F>(pub(super) &'static str, pub(super) Part<F>);

/// What of a form stands under a key. All but hosts and replies is left out where a new form says the same.
pub(super) enum Part<F> {
    HostAndPort(fn(&mut F) -> (&mut String, &mut String)),
    Flag(fn(&mut F) -> &mut bool),
    Amount(fn(&mut F) -> &mut String),
    Encoding(fn(&mut F) -> &mut Encoding),
    Reply(fn(&mut F) -> &mut ReplyKind),
    LineEnding(fn(&mut F) -> &mut LineEnding),
    Message(fn(&mut F) -> &mut Draft),
}

/// Returns keys, each with the kind and the fields of what stands under it.
macro_rules! keys {
    ($($key:literal: $part:ident($($($field:ident).+),+);)*) => {
        &[$(Key($key, Part::$part(|it| ($(&mut it.$($field).+),+)))),*]
    };
}

/// The keys of a server behind its name.
pub(super) const SERVER: &[Key<ServerForm>] = keys! {
    "listen": HostAndPort(bind_address_text, bind_port_text);
    "dual_stack": Flag(dual_stack);
    "backlog": Amount(backlog_text);
    "read_buffer": Amount(read_buffer_text);
    "encoding": Encoding(protocol.encoding);
    "framing": Amount(protocol.framing_text);
    "check": Amount(protocol.check_text);
    "reply": Reply(reply);
    "message": Message(reply_message);
    "close_after_reply": Flag(close_after_reply);
    "stay_half_open": Flag(stay_half_open);
};

/// The keys of a client behind its name and what it connects to.
pub(super) const CLIENT: &[Key<ClientForm>] = keys! {
    "connect_timeout": Amount(connect_timeout_text);
    "read_buffer": Amount(read_buffer_text);
    "encoding": Encoding(protocol.encoding);
    "framing": Amount(protocol.framing_text);
    "check": Amount(protocol.check_text);
    "stay_half_open": Flag(stay_half_open);
};

/// The keys of a message behind its bytes.
pub(super) const DRAFT: &[Key<Draft>] = keys! {
    "escapes": Flag(escapes);
    "line_ending": LineEnding(line_ending);
    "template": Flag(template);
};

/// Returns the keys of an endpoint of `document`.
pub(super) fn of_endpoint(document: &Document, endpoint: &EndpointForm) -> Keys {
    let mut keys = vec![text("name", &endpoint.name)];
    match &endpoint.kind {
        EndpointKind::Server(form) => keys.extend(of_form(SERVER, form)),
        EndpointKind::Client(form) => {
            let followed = match form.target {
                TargetForm::Server(id) => document.endpoint(id).map(|server| server.name.clone()),
                TargetForm::Address => None,
            };
            let typed = || join_host_port(&form.remote_host_text, &form.remote_port_text);
            keys.push(text("connect", &followed.unwrap_or_else(typed)));
            keys.extend(of_form(CLIENT, form));
        }
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
    let mut keys = vec![("text", body(Format::Text)), ("hex", body(Format::Hex))];
    keys.extend(of_form(DRAFT, draft));
    keys
}

fn of_form<F: Clone + Default>(keys: &[Key<F>], form: &F) -> Keys {
    let (mut form, mut new) = (form.clone(), F::default());
    let said = keys.iter().map(|Key(key, part)| {
        let word = part.word(&mut form);
        let is_said = part.is_always_said() || word != part.word(&mut new);
        (*key, is_said.then_some(word))
    });
    said.collect()
}

impl<F> Part<F> {
    fn is_always_said(&self) -> bool {
        matches!(self, Self::HostAndPort(_) | Self::Reply(_))
    }

    /// Returns how the form's value is written. The form is borrowed mutably because reading changes it.
    fn word(&self, form: &mut F) -> Word {
        match self {
            Self::HostAndPort(both) => {
                let (host, port) = both(form);
                Word::Text(join_host_port(host, port))
            }
            Self::Flag(part) => Word::Flag(*part(form)),
            Self::Amount(part) => amount(part(form)),
            Self::Encoding(part) => Word::Text(part(form).name().to_owned()),
            Self::Reply(part) => word_of(&REPLIES, part(form)),
            Self::LineEnding(part) => word_of(&LINE_ENDINGS, part(form)),
            Self::Message(part) => Word::Table(of_draft(part(form))),
        }
    }
}

fn text(key: &'static str, text: &str) -> (&'static str, Option<Word>) {
    (key, Some(Word::Text(text.to_owned())))
}

/// Returns what was typed, as a number where it is a plain one.
fn amount(typed: &str) -> Word {
    let number = typed.parse::<i64>().ok();
    let plain = number.filter(|number| number.to_string() == typed);
    plain.map_or_else(|| Word::Text(typed.to_owned()), Word::Number)
}

fn word_of<T: PartialEq>(words: &[(&str, T)], value: &T) -> Word {
    let found = words.iter().find(|(_, other)| other == value);
    Word::Text(found.map_or("", |(word, _)| word).to_owned())
}
