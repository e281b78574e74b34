//! What a document's file says about each endpoint and message: keys and values, in the order in which they are written.

use toml_edit::{InlineTable, Value};

use super::Document;
use super::messages::SavedMessage;
use crate::net::Network;
use crate::payload::{Draft, Encoding, Format, LineEnding};
use crate::workspace::address_form::AddressForm;
use crate::workspace::behaviour_form::ReplyKind;
use crate::workspace::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use crate::workspace::worded::Word;

/// The keys of how bytes are read: for both directions, for what is received, for what is sent. The last two stand
/// for one direction, beside the first or instead of it.
pub(super) const READING: [[&str; 3]; 3] = [
    ["encoding", "encoding_in", "encoding_out"],
    ["framing", "framing_in", "framing_out"],
    ["check", "check_in", "check_out"],
];

/// The key of what an endpoint remembers from the start on.
pub(super) const MEMORY: &str = "memory";
/// The keys of a rule's name, and of one that is switched off.
pub(super) const NAME: &str = "name";
pub(super) const OFF: &str = "off";
/// The key of the rules of an endpoint.
pub(super) const RULE: &str = "rule";
/// The key of the sequences of a client.
pub(super) const SEQUENCE: &str = "sequence";

/// The words for a server's reply.
pub(super) const REPLIES: [(&str, ReplyKind); 4] = [
    ("echo", ReplyKind::Echo),
    ("message", ReplyKind::Fixed),
    ("rules", ReplyKind::Rules),
    ("none", ReplyKind::None),
];
/// The words for the network that an endpoint is in.
pub(super) const NETWORKS: [(&str, Network); 2] =
    [("system", Network::System), ("lab", Network::Lab)];
/// The words for what is appended to a text message.
pub(crate) const LINE_ENDINGS: [(&str, LineEnding); 4] = [
    ("none", LineEnding::None),
    ("lf", LineEnding::Lf),
    ("cr", LineEnding::Cr),
    ("crlf", LineEnding::CrLf),
];

/// A key of a table, and what of a form stands under it.
pub(super) struct DocumentKey<F>(pub(super) &'static str, pub(super) KeyPart<F>);

/// What of a form stands under a key. All but hosts and replies is left out where a new form says the same.
///
/// How bytes are read has three keys: one with both values, if they are the same, and else one for each direction, whose
/// own value comes first.
pub(super) enum KeyPart<F> {
    Address(fn(&mut F) -> &mut AddressForm),
    Flag(fn(&mut F) -> &mut bool),
    Amount(fn(&mut F) -> &mut String),
    Encodings(fn(&mut F) -> (&mut Encoding, &mut Encoding)),
    OneEncoding(fn(&mut F) -> (&mut Encoding, &mut Encoding)),
    BothTexts(fn(&mut F) -> (&mut String, &mut String)),
    OneText(fn(&mut F) -> (&mut String, &mut String)),
    Reply(fn(&mut F) -> &mut ReplyKind),
    /// A reply that is left out where a new form says the same.
    ClientReply(fn(&mut F) -> &mut ReplyKind),
    LineEnding(fn(&mut F) -> &mut LineEnding),
    Network(fn(&mut F) -> &mut Network),
    Word(fn(&mut F) -> &mut dyn Word),
    Message(fn(&mut F) -> &mut Draft),
    Remembered(fn(&mut F) -> &mut Vec<(String, String)>),
}

/// Returns keys, each with the kind and the fields of what stands under it.
macro_rules! keys {
    ($($key:literal: $part:ident($($($field:ident).+),+);)*) => {
        &[$(DocumentKey($key, KeyPart::$part(|it| ($(&mut it.$($field).+),+)))),*]
    };
}

/// The keys of a server behind its name.
pub(super) const SERVER: &[DocumentKey<ServerForm>] = keys! {
    "listen": Address(bind);
    "network": Network(network);
    "lab_delay": Amount(lab_delay_text);
    "lab_loss": Amount(lab_loss_text);
    "mode": Amount(mode_text);
    "dual_stack": Flag(dual_stack);
    "backlog": Amount(backlog_text);
    "read_buffer": Amount(behaviour.read_buffer_text);
    "encoding": Encodings(protocol.received.encoding, protocol.sent.encoding);
    "encoding_in": OneEncoding(protocol.received.encoding, protocol.sent.encoding);
    "encoding_out": OneEncoding(protocol.sent.encoding, protocol.received.encoding);
    "framing": BothTexts(protocol.received.framing_text, protocol.sent.framing_text);
    "framing_in": OneText(protocol.received.framing_text, protocol.sent.framing_text);
    "framing_out": OneText(protocol.sent.framing_text, protocol.received.framing_text);
    "check": BothTexts(protocol.received.check_text, protocol.sent.check_text);
    "check_in": OneText(protocol.received.check_text, protocol.sent.check_text);
    "check_out": OneText(protocol.sent.check_text, protocol.received.check_text);
    "greeting": Message(behaviour.greeting);
    "reply": Reply(behaviour.reply);
    "message": Message(behaviour.reply_message);
    "seed": Amount(behaviour.rules.seed_text);
    "memory": Remembered(behaviour.rules.memory);
    "close_after_reply": Flag(behaviour.close_after_reply);
    "stay_half_open": Flag(behaviour.stay_half_open);
    "no_delay": Flag(socket.no_delay);
    "keep_alive": Amount(socket.keep_alive_text);
    "send_buffer": Amount(socket.send_buffer_text);
    "receive_buffer": Amount(socket.receive_buffer_text);
    "ttl": Amount(socket.ttl_text);
    "linger": Amount(socket.linger_text);
    "forget_after": Amount(udp.forget_after_text);
    "groups": Amount(udp.groups_text);
    "interface": Amount(udp.interface_text);
    "multicast_ttl": Amount(udp.multicast_ttl_text);
    "multicast_loop": Flag(udp.multicast_loop);
    "starttls": Flag(tls.on_request);
    "tls_certificate": Amount(tls.certificate_text);
    "tls_key": Amount(tls.key_text);
    "tls_flaw": Word(tls.flaw);
    "tls_versions": Word(tls.versions);
    "tls_alpn": Amount(tls.alpn_text);
    "tls_clients": Word(tls.clients);
    "tls_roots": Amount(tls.roots_text);
    "tls_fault": Word(tls.fault);
};

/// The keys of a client behind its name and what it connects to.
pub(super) const CLIENT: &[DocumentKey<ClientForm>] = keys! {
    "network": Network(network);
    "connect_timeout": Amount(connect_timeout_text);
    "reconnect": Amount(reconnect_text);
    "read_buffer": Amount(behaviour.read_buffer_text);
    "encoding": Encodings(protocol.received.encoding, protocol.sent.encoding);
    "encoding_in": OneEncoding(protocol.received.encoding, protocol.sent.encoding);
    "encoding_out": OneEncoding(protocol.sent.encoding, protocol.received.encoding);
    "framing": BothTexts(protocol.received.framing_text, protocol.sent.framing_text);
    "framing_in": OneText(protocol.received.framing_text, protocol.sent.framing_text);
    "framing_out": OneText(protocol.sent.framing_text, protocol.received.framing_text);
    "check": BothTexts(protocol.received.check_text, protocol.sent.check_text);
    "check_in": OneText(protocol.received.check_text, protocol.sent.check_text);
    "check_out": OneText(protocol.sent.check_text, protocol.received.check_text);
    "greeting": Message(behaviour.greeting);
    "reply": ClientReply(behaviour.reply);
    "message": Message(behaviour.reply_message);
    "seed": Amount(behaviour.rules.seed_text);
    "memory": Remembered(behaviour.rules.memory);
    "close_after_reply": Flag(behaviour.close_after_reply);
    "stay_half_open": Flag(behaviour.stay_half_open);
    "source": Amount(socket.source_text);
    "no_delay": Flag(socket.no_delay);
    "keep_alive": Amount(socket.keep_alive_text);
    "send_buffer": Amount(socket.send_buffer_text);
    "receive_buffer": Amount(socket.receive_buffer_text);
    "ttl": Amount(socket.ttl_text);
    "linger": Amount(socket.linger_text);
    "forget_after": Amount(udp.forget_after_text);
    "interface": Amount(udp.interface_text);
    "multicast_ttl": Amount(udp.multicast_ttl_text);
    "multicast_loop": Flag(udp.multicast_loop);
    "starttls": Flag(tls.on_request);
    "tls_unchecked": Flag(tls.unchecked);
    "tls_roots": Amount(tls.roots_text);
    "tls_name": Amount(tls.name_text);
    "tls_sends_name": Flag(tls.sends_name);
    "tls_versions": Word(tls.versions);
    "tls_alpn": Amount(tls.alpn_text);
    "tls_own_certificate": Flag(tls.own_certificate);
    "tls_certificate": Amount(tls.certificate_text);
    "tls_key": Amount(tls.key_text);
};

/// The keys of a message behind its bytes.
pub(super) const DRAFT: &[DocumentKey<Draft>] = keys! {
    "escapes": Flag(escapes);
    "line_ending": LineEnding(line_ending);
    "template": Flag(template);
};

/// Returns what is said of an endpoint of `document`.
pub(super) fn of_endpoint(document: &Document, endpoint: &EndpointForm) -> InlineTable {
    let mut said = named(&endpoint.name);
    match &endpoint.kind {
        EndpointKind::Server(form) => say(SERVER, form, &mut said),
        EndpointKind::Client(form) => {
            let followed = match form.target {
                TargetForm::Server(id) if document.is_guest(id) => None,
                TargetForm::Server(id) => document.endpoint(id).map(|server| server.name.clone()),
                TargetForm::Address => None,
            };
            let typed = || form.remote.joined();
            said.insert("connect", followed.unwrap_or_else(typed).into());
            say(CLIENT, form, &mut said);
        }
    }
    said
}

/// Returns what is said of a saved message.
pub(super) fn of_message(message: &SavedMessage) -> InlineTable {
    let mut said = named(&message.name);
    for (key, text) in [("folder", &message.folder), ("note", &message.note)] {
        if !text.is_empty() {
            said.insert(key, text.as_str().into());
        }
    }
    say_draft(&message.draft, &mut said);
    said
}

fn named(name: &str) -> InlineTable {
    InlineTable::from_iter([("name", name)])
}

fn say_draft(draft: &Draft, said: &mut InlineTable) {
    let key = match draft.format {
        Format::Text => "text",
        Format::Hex => "hex",
    };
    said.insert(key, draft.text.as_str().into());
    say(DRAFT, draft, said);
}

fn say<F: Clone + Default>(keys: &[DocumentKey<F>], form: &F, said: &mut InlineTable) {
    let (mut form, mut new) = (form.clone(), F::default());
    for DocumentKey(key, part) in keys {
        let Some(value) = part.value(&mut form) else {
            continue;
        };
        let is_new = |new: Value| are_same(&value, &new);
        if part.is_always_said() || !part.new_value(&mut new).is_some_and(is_new) {
            said.insert(*key, value);
        }
    }
}

/// Returns whether two values that were not read from a file say the same.
pub(super) fn are_same(one: &Value, other: &Value) -> bool {
    one.to_string() == other.to_string()
}

impl<F> KeyPart<F> {
    fn is_always_said(&self) -> bool {
        matches!(self, Self::Address(_) | Self::Reply(_))
    }

    /// Returns how a new form's value is written, as if it were not the same in both directions.
    fn new_value(&self, new: &mut F) -> Option<Value> {
        match self {
            Self::OneEncoding(both) => Some(both(new).0.name().into()),
            Self::OneText(both) => Some(amount(both(new).0)),
            _ => self.value(new),
        }
    }

    /// Returns how the form's value is written; `None` if it stands under another key. The form is borrowed mutably
    /// because reading changes it.
    fn value(&self, form: &mut F) -> Option<Value> {
        Some(match self {
            Self::Address(part) => part(form).joined().into(),
            Self::Flag(part) => (*part(form)).into(),
            Self::Amount(part) => amount(part(form)),
            Self::Encodings(both) => {
                let (received, sent) = both(form);
                return (received == sent).then(|| received.name().into());
            }
            Self::OneEncoding(both) => {
                let (own, other) = both(form);
                return (own != other).then(|| own.name().into());
            }
            Self::BothTexts(both) => {
                let (received, sent) = both(form);
                return (received == sent).then(|| amount(received));
            }
            Self::OneText(both) => {
                let (own, other) = both(form);
                return (own != other).then(|| amount(own));
            }
            Self::Reply(part) | Self::ClientReply(part) => word_of(&REPLIES, part(form)),
            Self::LineEnding(part) => word_of(&LINE_ENDINGS, part(form)),
            Self::Network(part) => word_of(&NETWORKS, part(form)),
            Self::Word(part) => part(form).word().into(),
            Self::Message(part) => {
                let mut said = InlineTable::new();
                say_draft(part(form), &mut said);
                said.into()
            }
            Self::Remembered(part) => {
                let memory = part(form);
                let said: InlineTable = memory.iter().map(|(name, value)| (name, value)).collect();
                return (!said.is_empty()).then(|| said.into());
            }
        })
    }
}

/// Returns what was typed, as a number where it is a plain one.
pub(super) fn amount(typed: &str) -> Value {
    let number = typed.parse::<i64>().ok();
    let plain = number.filter(|number| number.to_string() == typed);
    plain.map_or_else(|| typed.into(), Value::from)
}

fn word_of<T: PartialEq>(words: &[(&str, T)], value: &T) -> Value {
    let found = words.iter().find(|(_, other)| other == value);
    found.map_or("", |(word, _)| word).into()
}
