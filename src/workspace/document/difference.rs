//! Makes a table of a file that says one thing say another, and touches only what differs.

use std::collections::HashMap;

use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value};

use super::keys::{self, are_same};

/// How many pairs of values of two lists are compared at most.
const MAX_COMPARED: usize = 1_000_000;

/// Makes a table use the keys of `before` for how bytes are read, where that is about to change: a person may have
/// written one key for both directions and another one for an exception.
pub(super) fn settle(table: &mut Table, before: &InlineTable, after: &InlineTable) {
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
pub(super) fn edit(table: &mut dyn TableLike, before: &InlineTable, after: &InlineTable) {
    for (key, _) in before.iter().filter(|(key, _)| !after.contains_key(key)) {
        table.remove(key);
    }
    for (key, new) in after {
        let old = before.get(key);
        if old.is_some_and(|old| are_same(old, new)) {
            continue;
        }
        let Some(item) = table.get_mut(key) else {
            table.insert(key, headed(key, new));
            continue;
        };
        if old.is_some_and(|old| edit_within(item, old, new)) {
            continue;
        }
        match item {
            Item::Value(value) => replace(value, new),
            item => *item = headed(key, new),
        }
    }
}

/// Puts a key behind another one, if a table has both. All else keeps its order.
pub(super) fn put_behind(table: &mut Table, key: &str, other: &str) {
    let keys = table.iter().enumerate();
    let places: HashMap<String, usize> = keys.map(|(at, (key, _))| (key.to_owned(), at)).collect();
    let (Some(_), Some(other)) = (places.get(key), places.get(other)) else {
        return;
    };
    let place = |name: &str| {
        let place = places.get(name).copied().unwrap_or(usize::MAX);
        if name == key { (*other, 1) } else { (place, 0) }
    };
    table.sort_values_by(|one, _, two, _| place(one.get()).cmp(&place(two.get())));
}

/// Edits a table or a list that stands under a key; returns whether it is one.
fn edit_within(item: &mut Item, before: &Value, after: &Value) -> bool {
    match (before, after, item) {
        (Value::InlineTable(before), Value::InlineTable(after), item) => {
            let table = item.as_table_like_mut();
            table.map(|table| edit(table, before, after)).is_some()
        }
        (Value::Array(before), Value::Array(after), Item::Value(Value::Array(list)))
            if list.len() == before.len() =>
        {
            edit_list(list, before, after);
            true
        }
        _ => false,
    }
}

/// Makes a list that says `before` say `after`: what is in both, in the same order, stays, and in between one after another
/// is edited.
fn edit_list(list: &mut Array, before: &Array, after: &Array) {
    let mut place = 0;
    let (mut old, mut new) = (0, 0);
    let ends = (before.len(), after.len());
    for (old_end, new_end) in common(&texts(before), &texts(after))
        .into_iter()
        .chain([ends])
    {
        for step in 0..(old_end - old).max(new_end - new) {
            let before = before.get(old + step).filter(|_| old + step < old_end);
            let after = after.get(new + step).filter(|_| new + step < new_end);
            match (list.get_mut(place), before, after) {
                (Some(value), Some(before), Some(after)) => edit_value(value, before, after),
                (Some(_), Some(_), None) => {
                    list.remove(place);
                    continue;
                }
                (_, _, Some(after)) => insert(list, place, bare(after)),
                (_, _, None) => continue,
            }
            place += 1;
        }
        place += 1;
        (old, new) = (old_end + 1, new_end + 1);
    }
}

fn edit_value(value: &mut Value, before: &Value, after: &Value) {
    match (value, before, after) {
        (Value::InlineTable(table), Value::InlineTable(before), Value::InlineTable(after)) => {
            edit(table, before, after);
        }
        (value, _, after) => replace(value, after),
    }
}

/// Returns what the values of a list say.
fn texts(list: &Array) -> Vec<String> {
    let bare = list.iter().map(bare);
    bare.map(|value| value.to_string()).collect()
}

/// Returns the places of the longest common subsequence, in both. In lists that are very long, only what both begin or end
/// with counts.
fn common(before: &[String], after: &[String]) -> Vec<(usize, usize)> {
    let same = |pair: &(&String, &String)| pair.0 == pair.1;
    let begins = before.iter().zip(after).take_while(same).count();
    let most = before.len().min(after.len()) - begins;
    let ends = before.iter().rev().zip(after.iter().rev()).take(most);
    let ends = ends.take_while(same).count();
    let (old, new) = (before.len() - ends, after.len() - ends);
    let mut places: Vec<(usize, usize)> = (0..begins).map(|place| (place, place)).collect();
    let middle = (
        before.get(begins..old).unwrap_or_default(),
        after.get(begins..new).unwrap_or_default(),
    );
    let between = common_between(middle.0, middle.1);
    places.extend(between.map(|(one, other)| (begins + one, begins + other)));
    places.extend((0..ends).map(|place| (old + place, new + place)));
    places
}

fn common_between(before: &[String], after: &[String]) -> impl Iterator<Item = (usize, usize)> {
    let is_short = before.len().saturating_mul(after.len()) <= MAX_COMPARED;
    let (before, after) = if is_short {
        (before, after)
    } else {
        (&[][..], &[][..])
    };
    let width = after.len() + 1;
    // How long the longest one is from each pair of places on.
    let mut lengths = vec![0_u32; (before.len() + 1) * width];
    let at = |lengths: &[u32], one: usize, other: usize| {
        lengths.get(one * width + other).copied().unwrap_or(0)
    };
    for (one, text) in before.iter().enumerate().rev() {
        for (other, same) in after.iter().enumerate().rev() {
            let length = if text == same {
                at(&lengths, one + 1, other + 1) + 1
            } else {
                at(&lengths, one + 1, other).max(at(&lengths, one, other + 1))
            };
            if let Some(place) = lengths.get_mut(one * width + other) {
                *place = length;
            }
        }
    }
    let mut places = Vec::new();
    let (mut one, mut other) = (0, 0);
    while let (Some(text), Some(same)) = (before.get(one), after.get(other)) {
        if text == same {
            places.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if at(&lengths, one + 1, other) >= at(&lengths, one, other + 1) {
            one += 1;
        } else {
            other += 1;
        }
    }
    places.into_iter()
}

/// Inserts a value into a list, on a line of its own if the others have one.
fn insert(list: &mut Array, place: usize, mut value: Value) {
    let other = list.get(place).or_else(|| list.get(place.checked_sub(1)?));
    let prefix = other.and_then(|it| it.decor().prefix()?.as_str());
    let line = prefix.and_then(|it| it.rfind('\n').and_then(|at| it.get(at..)));
    let between = if place == 0 { "" } else { " " };
    let prefix = line.unwrap_or(between).to_owned();
    value.decor_mut().set_prefix(prefix);
    list.insert_formatted(place, value);
    if place == 0
        && let Some(next) = list.get_mut(1)
        && next.decor().prefix().and_then(|it| it.as_str()) == Some("")
    {
        next.decor_mut().set_prefix(" ");
    }
}

/// Puts a new value in the place of another one, between the same blanks and comments.
fn replace(value: &mut Value, new: &Value) {
    let mut new = formatted(new);
    *new.decor_mut() = value.decor().clone();
    *value = new;
}

/// Returns what stands under a new key: what is remembered has a heading of its own.
fn headed(key: &str, new: &Value) -> Item {
    match new {
        Value::InlineTable(table) if key == keys::MEMORY => {
            let values = table.iter().map(|(key, value)| (key, value.clone()));
            Item::Table(values.collect::<Table>())
        }
        new => Item::Value(formatted(new)),
    }
}

/// Returns a new value as it is written: of several tables in a list, each has a line.
fn formatted(new: &Value) -> Value {
    let mut new = new.clone();
    if let Value::Array(list) = &mut new
        && list.len() > 1
        && list.iter().any(Value::is_inline_table)
    {
        for value in list.iter_mut() {
            value.decor_mut().set_prefix("\n  ");
        }
        list.set_trailing_comma(true);
        list.set_trailing("\n");
    }
    new
}

/// Returns a value without what stands around it.
fn bare(value: &Value) -> Value {
    let mut value = value.clone();
    value.decor_mut().clear();
    value
}
