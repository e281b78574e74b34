//! The file that a document was read from, and how it is written again: comments, unknown keys, the order of keys and
//! the formatting of what was not changed stay as they are.

use std::collections::HashMap;

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table};

use super::Document;
use super::FORMAT;
use super::difference::{edit, put_behind, settle};
use super::keys;
use super::rules::of_rule;
use super::sequences::of_sequence;
use crate::net::EndpointId;
use crate::workspace::endpoint::{EndpointForm, EndpointKind};
use crate::workspace::rules::RuleId;
use crate::workspace::sequences::SequenceId;

/// How far apart the tables of a file are placed, so that new ones find room between them: more than there can be.
const STRIDE: isize = 4096;

/// What a document was read from.
#[derive(Debug)]
pub(super) struct DocumentSource {
    /// All but the tables of endpoints, rules, sequences and messages.
    root: DocumentMut,
    /// Endpoints without their rules and sequences.
    endpoints: HashMap<EndpointId, KeptTable>,
    rules: HashMap<RuleId, KeptTable>,
    sequences: HashMap<SequenceId, KeptTable>,
    messages: HashMap<String, KeptTable>,
    /// Whether its lines end in CRLF.
    crlf: bool,
    /// How it is rendered as long as nothing changes, and the text that it was read from.
    pub(super) unchanged: Option<(String, String)>,
}

/// A table as it stands in the file, and what it says.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptTable {
    table: Table,
    said: InlineTable,
}

impl Default for DocumentSource {
    /// Returns the source of a document that was not read from a file.
    fn default() -> Self {
        let mut root = DocumentMut::new();
        root.insert("format", toml_edit::value(FORMAT));
        Self {
            root,
            endpoints: HashMap::new(),
            rules: HashMap::new(),
            sequences: HashMap::new(),
            messages: HashMap::new(),
            crlf: false,
            unchanged: None,
        }
    }
}

impl DocumentSource {
    /// Takes the tables of a document out of the file that it was read from.
    pub(super) fn new(text: &str, mut root: DocumentMut, document: &Document) -> Self {
        spread(root.as_table_mut());
        let (mut endpoints, mut messages) = (HashMap::new(), HashMap::new());
        let (mut rules, mut sequences) = (HashMap::new(), HashMap::new());
        for key in ["server", "client", "message"] {
            let tables = root.get_mut(key).and_then(Item::as_array_of_tables_mut);
            for mut table in tables.map(std::mem::take).into_iter().flatten() {
                let name = table.get("name").and_then(Item::as_str);
                let name = name.unwrap_or_default().trim().to_owned();
                if key != "message" {
                    if let Some(endpoint) = document.named(&name) {
                        let said = endpoint.kind.behaviour().rules.rules.iter();
                        let said = said.map(|it| (it.id, of_rule(document, it)));
                        rules.extend(kept_tables(&mut table, keys::RULE, said));
                        let said = endpoint.kind.sequences().iter();
                        let said = said.map(|it| (it.id, of_sequence(it)));
                        sequences.extend(kept_tables(&mut table, keys::SEQUENCE, said));
                        let said = keys::of_endpoint(document, endpoint);
                        endpoints.insert(endpoint.id, KeptTable { table, said });
                    }
                } else if let Some(message) = document.messages.iter().find(|it| it.name == name) {
                    let said = keys::of_message(message);
                    messages.insert(message.name.clone(), KeptTable { table, said });
                }
            }
        }
        Self {
            root,
            endpoints,
            rules,
            sequences,
            messages,
            crlf: text.contains("\r\n"),
            unchanged: None,
        }
    }
}

impl Document {
    /// Writes the document. Read from a file and not changed, it is written as it stands there.
    pub fn to_text(&self) -> String {
        let text = self.render();
        match &self.source.unchanged {
            Some((rendered, original)) if *rendered == text => original.clone(),
            _ => text,
        }
    }

    pub(super) fn render(&self) -> String {
        let mut root = self.source.root.clone();
        let mut last = 0;
        for endpoint in self.endpoints.iter().filter(|it| !self.is_guest(it.id)) {
            let kept = self.source.endpoints.get(&endpoint.id);
            let said = keys::of_endpoint(self, endpoint);
            let mut table = written(kept, &said, &mut last, 0);
            self.write_within(endpoint, &mut table, &mut last);
            push(
                &mut root,
                match endpoint.kind {
                    EndpointKind::Server(_) => "server",
                    EndpointKind::Client(_) => "client",
                },
                table,
            );
        }
        // Messages may stand between endpoints; new ones stand behind them.
        let mut last_message = 0;
        for message in &self.messages {
            let in_file = match self.in_file.get(&message.name) {
                Some(renamed) => renamed.as_ref(),
                None => Some(&message.name),
            };
            let kept = in_file.and_then(|name| self.source.messages.get(name));
            let table = written(kept, &keys::of_message(message), &mut last_message, last);
            push(&mut root, "message", table);
        }
        let text = root.to_string();
        if self.source.crlf {
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            text
        }
    }

    /// Writes the rules and the sequences of an endpoint behind the heading of its table.
    fn write_within(&self, endpoint: &EndpointForm, table: &mut Table, last: &mut isize) {
        // Other tables of the endpoint may stand behind them, or between them.
        let first = table.position().unwrap_or(*last);
        let (mut last_rule, mut tables) = (first, ArrayOfTables::new());
        for rule in &endpoint.kind.behaviour().rules.rules {
            let kept = self.source.rules.get(&rule.id);
            let mut table = written(kept, &of_rule(self, rule), &mut last_rule, 0);
            if kept.is_some_and(|it| !it.said.contains_key(keys::OFF)) {
                put_behind(&mut table, keys::OFF, keys::NAME);
            }
            tables.push(table);
        }
        insert_tables(table, keys::RULE, tables);
        let (mut last_sequence, mut tables) = (first, ArrayOfTables::new());
        for sequence in endpoint.kind.sequences() {
            let kept = self.source.sequences.get(&sequence.id);
            let said = of_sequence(sequence);
            tables.push(written(kept, &said, &mut last_sequence, last_rule));
        }
        insert_tables(table, keys::SEQUENCE, tables);
        *last = last_rule.max(last_sequence).max(*last);
    }
}

fn insert_tables(table: &mut Table, key: &str, tables: ArrayOfTables) {
    if !tables.is_empty() {
        table.insert(key, Item::ArrayOfTables(tables));
    }
}

/// Takes the tables under a key out of the table of an endpoint, each with what is said of it.
fn kept_tables<I>(
    table: &mut Table,
    key: &str,
    said: impl Iterator<Item = (I, InlineTable)>,
) -> Vec<(I, KeptTable)> {
    let tables = match table.remove(key) {
        Some(Item::ArrayOfTables(tables)) => tables,
        _ => ArrayOfTables::new(),
    };
    let kept = said.zip(tables);
    kept.map(|((id, said), table)| (id, KeptTable { table, said }))
        .collect()
}

/// Returns a table that says `said`, at its place in the file, and behind the `last` one where it was moved; a new one
/// stands behind `others` too.
fn written(kept: Option<&KeptTable>, said: &InlineTable, last: &mut isize, others: isize) -> Table {
    let mut kept = kept.cloned().unwrap_or_default();
    settle(&mut kept.table, &kept.said, said);
    edit(&mut kept.table, &kept.said, said);
    match kept.table.position() {
        None => kept.table.set_position(Some(1 + others.max(*last))),
        Some(place) if place <= *last => shift(&mut kept.table, 1 + *last - place),
        Some(_) => {}
    }
    *last = last_position(&kept.table).max(*last);
    kept.table
}

fn push(root: &mut DocumentMut, key: &str, table: Table) {
    let tables = root
        .entry(key)
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    if let Item::ArrayOfTables(tables) = tables {
        tables.push(table);
    }
}

/// Places the tables of a file apart, in the order in which they stand.
fn spread(table: &mut Table) {
    let position = table.position();
    table.set_position(position.map(|position| position.saturating_mul(STRIDE)));
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => spread(inner),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(spread),
            Item::None | Item::Value(_) => {}
        }
    }
}

/// Moves a table by so many places in the file, with all tables in it.
fn shift(table: &mut Table, by: isize) {
    if let Some(place) = table.position() {
        table.set_position(Some(place + by));
    }
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => shift(table, by),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|it| shift(it, by)),
            Item::None | Item::Value(_) => {}
        }
    }
}

/// Returns the last place in the file that a table, or one in it, has.
fn last_position(table: &Table) -> isize {
    let inner = table.iter().map(|(_, item)| match item {
        Item::Table(inner) => last_position(inner),
        Item::ArrayOfTables(tables) => tables.iter().map(last_position).max().unwrap_or(0),
        Item::None | Item::Value(_) => 0,
    });
    inner.max().unwrap_or(0).max(table.position().unwrap_or(0))
}
