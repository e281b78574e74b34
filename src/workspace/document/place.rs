//! Where in a document's file something stands that is found to be wrong only once all of it has been read.

use std::ops::Range;

use toml_edit::{Item, TableLike};

use super::Document;
use super::fields::DocumentFields;
use super::keys::{self, READING};
use crate::net::EndpointId;
use crate::payload::Position;
use crate::script::sequence::StepNumber;
use crate::workspace::fields::FormField;
use crate::workspace::rule_problem::RulePart;

impl Document {
    /// Returns where a field of an endpoint stands in the text of the document: its value, or the endpoint if the field
    /// has none there. `None` if the endpoint is not written there.
    pub fn position_of(&self, endpoint: EndpointId, field: FormField) -> Option<Position> {
        self.find(endpoint, |fields| {
            if let FormField::Rule { number, part } = field {
                let rule = nth_table(fields, keys::RULE, usize::from(number.0.get()))?;
                return place_of_part(&rule, part).or(Some(rule.place));
            }
            let keys = keys_of(field).iter();
            let mut places = keys.filter_map(|key| fields.place_of(key));
            // Of several, it is not known which one is wrong.
            places.next().filter(|_| places.next().is_none())
        })
    }

    /// Returns where a step of a client's sequence stands in the text of the document, or all of the sequence.
    pub fn position_of_step(
        &self,
        client: EndpointId,
        sequence: &str,
        step: Option<StepNumber>,
    ) -> Option<Position> {
        self.find(client, |fields| {
            let mut tables = fields.tables(keys::SEQUENCE).ok()?;
            let table = tables.find(|table| is_called(*table, sequence))?;
            let place = table.span().unwrap_or_default();
            let steps = fields.within(table, place.clone());
            let step = step.and_then(|step| nth_value(&steps, "steps", usize::from(step.0)));
            step.or(Some(place))
        })
    }

    /// Returns where something of an endpoint stands, or else the endpoint.
    fn find(
        &self,
        endpoint: EndpointId,
        find: impl FnOnce(&DocumentFields<'_>) -> Option<Range<usize>>,
    ) -> Option<Position> {
        let name = &self.endpoint(endpoint)?.name;
        let text = self.to_text();
        // It was read from this text, or was written by this program.
        let parsed = toml_edit::Document::parse(text.as_str()).ok()?;
        let root = DocumentFields {
            text: &text,
            table: parsed.as_table(),
            place: 0..0,
        };
        let tables = ["server", "client"].into_iter();
        let mut tables = tables.filter_map(|key| root.tables(key).ok()).flatten();
        let table = tables.find(|table| is_called(*table, name))?;
        let fields = root.within(table, table.span().unwrap_or_default());
        let place = find(&fields);
        Some(fields.position(place))
    }
}

fn is_called(table: &dyn TableLike, name: &str) -> bool {
    let found = table.get(keys::NAME).and_then(Item::as_str);
    found.is_some_and(|found| found.trim() == name)
}

/// Returns a table under headings in double brackets, counted from 1.
fn nth_table<'a>(
    fields: &DocumentFields<'a>,
    key: &'static str,
    number: usize,
) -> Option<DocumentFields<'a>> {
    let table = fields.tables(key).ok()?.nth(number.checked_sub(1)?)?;
    Some(fields.within(table, table.span().unwrap_or_default()))
}

/// Returns where a value of a list stands, counted from 1.
fn nth_value(fields: &DocumentFields<'_>, key: &str, number: usize) -> Option<Range<usize>> {
    let list = fields.table.get(key)?.as_array()?;
    list.get(number.checked_sub(1)?)?.span()
}

/// Returns where a part of a rule stands, if it is written.
fn place_of_part(rule: &DocumentFields<'_>, part: RulePart) -> Option<Range<usize>> {
    let key = match part {
        RulePart::Whole => return None,
        RulePart::Name => keys::NAME,
        RulePart::When | RulePart::Condition(_) => "when",
        RulePart::States => "in",
        RulePart::From => "from",
        RulePart::Act { number, .. } => {
            let place = nth_value(rule, "then", usize::from(number));
            return place.or_else(|| rule.place_of("then"));
        }
        RulePart::Next => "next",
        RulePart::Times => "times",
    };
    rule.place_of(key)
}

/// Returns the keys that a field may be written under.
fn keys_of(field: FormField) -> &'static [&'static str] {
    const ENCODINGS: [&str; 3] = READING[0];
    const FRAMINGS: [&str; 3] = READING[1];
    const CHECKS: [&str; 3] = READING[2];
    match field {
        FormField::BindAddress | FormField::BindPort => &["listen"],
        FormField::SocketPath => &["listen", "connect"],
        FormField::Server | FormField::RemoteHost | FormField::RemotePort => &["connect"],
        FormField::LabDelay => &["lab_delay"],
        FormField::LabLoss => &["lab_loss"],
        FormField::Backlog => &["backlog"],
        FormField::ReadBuffer => &["read_buffer"],
        FormField::Mode => &["mode"],
        FormField::Greeting => &["greeting"],
        FormField::ReplyMessage => &["message"],
        FormField::Source => &["source"],
        FormField::KeepAlive => &["keep_alive"],
        FormField::SendBuffer => &["send_buffer"],
        FormField::ReceiveBuffer => &["receive_buffer"],
        FormField::Ttl => &["ttl"],
        FormField::Linger => &["linger"],
        FormField::ForgetAfter => &["forget_after"],
        FormField::Groups => &["groups"],
        FormField::Interface => &["interface"],
        FormField::MulticastTtl => &["multicast_ttl"],
        FormField::TlsKey => &["tls_key"],
        FormField::TlsFlaw => &["tls_flaw"],
        FormField::Alpn => &["tls_alpn"],
        FormField::ConnectTimeout => &["connect_timeout"],
        FormField::Reconnect => &["reconnect"],
        FormField::Encoding => &ENCODINGS,
        FormField::Framing => &FRAMINGS,
        FormField::Check => &CHECKS,
        FormField::Memory => &[keys::MEMORY],
        FormField::Seed => &["seed"],
        // Each rule has a table of its own.
        FormField::Rule { .. } => &[],
    }
}
