//! The file that a document was read from, and how it is written again: comments, unknown keys, the order of keys and
//! the formatting of what was not changed stay as they are.

use std::collections::HashMap;

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::Document;
use super::FORMAT;
use super::keys::{self, are_same};
use crate::net::EndpointId;
use crate::workspace::endpoint::EndpointKind;

/// How far apart the tables of a file are placed, so that new ones find room between them: more than there can be.
const STRIDE: isize = 4096;

/// What a document was read from.
#[derive(Debug)]
pub(super) struct Source {
    /// All but the tables of endpoints and messages.
    root: DocumentMut,
    endpoints: HashMap<EndpointId, Kept>,
    messages: HashMap<String, Kept>,
    /// Whether its lines end in CRLF.
    crlf: bool,
    /// How it is rendered as long as nothing changes, and the text that it was read from.
    pub(super) unchanged: Option<(String, String)>,
}

/// A table as it stands in the file, and what it says.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    table: Table,
    said: InlineTable,
}

impl Default for Source {
    /// Returns the source of a document that was not read from a file.
    fn default() -> Self {
        let mut root = DocumentMut::new();
        root.insert("format", toml_edit::value(FORMAT));
        Self {
            root,
            endpoints: HashMap::new(),
            messages: HashMap::new(),
            crlf: false,
            unchanged: None,
        }
    }
}

impl Source {
    /// Takes the tables of a document out of the file that it was read from.
    pub(super) fn new(text: &str, mut root: DocumentMut, document: &Document) -> Self {
        spread(root.as_table_mut());
        let (mut endpoints, mut messages) = (HashMap::new(), HashMap::new());
        for key in ["server", "client", "message"] {
            let tables = root.get_mut(key).and_then(Item::as_array_of_tables_mut);
            for table in tables.map(std::mem::take).into_iter().flatten() {
                let name = table.get("name").and_then(Item::as_str);
                let name = name.unwrap_or_default().trim();
                if key != "message" {
                    if let Some(endpoint) = document.named(name) {
                        let said = keys::of_endpoint(document, endpoint);
                        endpoints.insert(endpoint.id, Kept { table, said });
                    }
                } else if let Some(message) = document.messages.iter().find(|it| it.name == name) {
                    let said = keys::of_message(message);
                    messages.insert(message.name.clone(), Kept { table, said });
                }
            }
        }
        Self {
            root,
            endpoints,
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
            let table = written(kept, &keys::of_endpoint(self, endpoint), &mut last, 0);
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
}

/// Returns a table that says `said`, at its place in the file, and behind the `last` one where it was moved; a new one
/// stands behind `others` too.
fn written(kept: Option<&Kept>, said: &InlineTable, last: &mut isize, others: isize) -> Table {
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

/// Makes a table use the keys of `before` for how bytes are read, where that is about to change: a person may have
/// written one key for both directions and another one for an exception.
fn settle(table: &mut Table, before: &InlineTable, after: &InlineTable) {
    for keys in keys::READING {
        let is_same = |key: &&str| match (before.get(key), after.get(key)) {
            (Some(old), Some(new)) => are_same(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if keys.iter().all(is_same) {
            continue;
        }
        for key in keys {
            match before.get(key) {
                None => drop(table.remove(key)),
                Some(_) if table.contains_key(key) => {}
                Some(said) => drop(table.insert(key, Item::Value(said.clone()))),
            }
        }
    }
}

/// Makes a table that says `before` say `after`, and touches only what differs.
fn edit(table: &mut dyn TableLike, before: &InlineTable, after: &InlineTable) {
    for (key, _) in before.iter().filter(|(key, _)| !after.contains_key(key)) {
        table.remove(key);
    }
    for (key, new) in after {
        let old = before.get(key);
        if old.is_some_and(|old| are_same(old, new)) {
            continue;
        }
        let both = old
            .and_then(Value::as_inline_table)
            .zip(new.as_inline_table());
        let (item, mut new) = (table.get_mut(key), new.clone());
        match (item, both) {
            (Some(item), Some((before, after))) if item.is_table_like() => {
                if let Some(inner) = item.as_table_like_mut() {
                    edit(inner, before, after);
                }
            }
            (Some(Item::Value(value)), _) => {
                *new.decor_mut() = value.decor().clone();
                *value = new;
            }
            _ => {
                table.insert(key, Item::Value(new));
            }
        }
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
