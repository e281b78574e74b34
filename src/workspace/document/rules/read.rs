//! From what a document's file says about a rule to its form.

use toml_edit::{Item, TableLike, Value};

use super::{
    ACTS, ALL, CONDITIONS, ENDPOINT, EVENTS, EVERY, GROUP, IGNORE_CASE, NOT, OTHERS, SILENCE, WORDS,
};
use crate::payload::Format;
use crate::workspace::document::error::{
    DocumentError, DocumentProblem, ExpectedValue, UnknownKey,
};
use crate::workspace::document::fields::DocumentFields;
use crate::workspace::rules::{
    ActForm, ActKind, ConditionForm, ConditionKind, RuleForm, WhenForm, WhenKind, WhomForm,
};

/// The keys of a rule.
const KEYS: [&str; 8] = ["name", "off", "when", "in", "from", "then", "next", "times"];

/// Returns a rule with what its table says. Endpoints that acts are for are names yet.
///
/// # Errors
/// The first thing in it that is wrong.
pub(in super::super) fn read(
    fields: &DocumentFields<'_>,
    unknown: &mut Vec<UnknownKey>,
) -> Result<RuleForm, DocumentError> {
    fields.note_others(&KEYS, unknown);
    let text = |key| fields.text(key).map(|it| it.unwrap_or_default().to_owned());
    let is_off = fields.value("off", ExpectedValue::Flag, Item::as_bool)?;
    Ok(RuleForm {
        name: text("name")?,
        is_on: is_off != Some(true),
        when: when(fields)?,
        in_states_text: text("in")?,
        from_text: text("from")?,
        then: acts(fields, unknown)?,
        next_text: text("next")?,
        times_text: fields.amount("times")?.unwrap_or_default(),
        ..RuleForm::default()
    })
}

fn when(fields: &DocumentFields<'_>) -> Result<WhenForm, DocumentError> {
    let mut form = WhenForm::default();
    if let Some(Item::Value(Value::String(_))) = fields.table.get("when") {
        let events = EVENTS.get(..3).unwrap_or_default();
        form.kind = fields.choice("when", events)?.unwrap_or_default();
        return Ok(form);
    }
    let Some(said) = fields.table("when")? else {
        return Ok(form);
    };
    let is_case = |(key, _): &(&str, &Item)| *key != IGNORE_CASE;
    let is_alone = said.table.iter().filter(is_case).count() == 1;
    if let (Some(silence), true) = (said.text(SILENCE)?, is_alone) {
        (form.kind, form.time_text) = (WhenKind::Silence, silence.to_owned());
        return Ok(form);
    }
    if let (Some(Item::Value(Value::String(period))), true) = (said.table.get(EVERY), is_alone) {
        (form.kind, form.time_text) = (WhenKind::EveryTime, period.value().clone());
        return Ok(form);
    }
    for (key, item) in said.table.iter() {
        match key {
            IGNORE_CASE => {
                let ignores = said.value(IGNORE_CASE, ExpectedValue::Flag, Item::as_bool)?;
                form.ignores_case = ignores.unwrap_or_default();
            }
            NOT => add_negated(&said, item, &mut form.conditions)?,
            key => add(&said, key, item, &mut form.conditions)?,
        }
    }
    Ok(form)
}

/// Adds the conditions of which not all may hold: those of a table, or of each table of a list.
fn add_negated(
    fields: &DocumentFields<'_>,
    item: &Item,
    conditions: &mut Vec<ConditionForm>,
) -> Result<(), DocumentError> {
    let other = || fields.wrong_type(NOT, ExpectedValue::Table);
    let tables: Option<Vec<&dyn TableLike>> = match item.as_array() {
        Some(list) => {
            let tables = list.iter();
            tables
                .map(|it| it.as_inline_table().map(|it| it as _))
                .collect()
        }
        None => item.as_table_like().map(|table| vec![table]),
    };
    let tables = tables.ok_or_else(other)?;
    for table in tables {
        let place = fields.place_of(NOT).unwrap_or_default();
        let inner = fields.within(table, place);
        let first = conditions.len();
        for (key, item) in table.iter() {
            add(&inner, key, item, conditions)?;
        }
        for (place, condition) in conditions.iter_mut().enumerate().skip(first) {
            condition.is_not = !condition.is_not;
            condition.is_joined = place > first;
        }
    }
    Ok(())
}

/// Adds the conditions under a key.
fn add(
    fields: &DocumentFields<'_>,
    key: &str,
    item: &Item,
    conditions: &mut Vec<ConditionForm>,
) -> Result<(), DocumentError> {
    let Some(&(key, kind)) = CONDITIONS.iter().find(|(word, _)| *word == key) else {
        let choices = CONDITIONS.iter().map(|(word, _)| *word);
        let choices = choices.chain([IGNORE_CASE, NOT, SILENCE]).collect();
        return Err(fields.wrong_key("when", key, choices));
    };
    let values: Vec<&Value> = match item.as_value() {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => return Err(fields.wrong_type(key, ExpectedValue::Text)),
    };
    if kind == ConditionKind::First {
        let other = || fields.wrong_type(key, ExpectedValue::Flag);
        for value in values {
            conditions.push(ConditionForm {
                is_not: !value.as_bool().ok_or_else(other)?,
                ..ConditionForm::new(kind, "")
            });
        }
        return Ok(());
    }
    let typed = |value: &Value| {
        let number = || value.as_integer().map(|number| number.to_string());
        value.as_str().map(str::to_owned).or_else(number)
    };
    for value in values {
        let other = || fields.wrong_type(key, ExpectedValue::Amount);
        let typed = typed(value).ok_or_else(other)?;
        conditions.push(ConditionForm::new(kind, typed));
    }
    Ok(())
}

fn acts(
    fields: &DocumentFields<'_>,
    unknown: &mut Vec<UnknownKey>,
) -> Result<Vec<ActForm>, DocumentError> {
    let list = fields.value("then", ExpectedValue::List, Item::as_array)?;
    let acts = list.into_iter().flatten();
    acts.map(|value| act(fields, value, unknown)).collect()
}

fn act(
    fields: &DocumentFields<'_>,
    value: &Value,
    unknown: &mut Vec<UnknownKey>,
) -> Result<ActForm, DocumentError> {
    let no_act = || {
        let words = WORDS.iter().map(|(word, _)| *word);
        let keys = ACTS.iter().map(|(key, _)| *key);
        let keys = keys.filter(|key| !WORDS.iter().any(|(word, _)| word == key));
        let choices = words.chain(keys).collect();
        fields.error(value.span(), DocumentProblem::Act { choices })
    };
    if let Some(word) = value.as_str() {
        let found = WORDS.iter().find(|(other, _)| *other == word);
        let (_, kind) = found.ok_or_else(no_act)?;
        return Ok(ActForm::new(*kind, ""));
    }
    let table = value.as_inline_table().ok_or_else(no_act)?;
    let said = fields.within(table, value.span().unwrap_or_default());
    let mut found = ACTS.iter().filter(|(key, _)| table.contains_key(key));
    let &(key, kind) = found.next().ok_or_else(no_act)?;
    if let Some((other, _)) = found.next() {
        let problem = DocumentProblem::TwoActs([key, other]);
        return Err(said.error(said.place_of(other), problem));
    }
    let text = |key| said.text(key).map(|it| it.unwrap_or_default().to_owned());
    let mut act = ActForm::new(kind, "");
    let mut known = vec![key];
    match kind {
        ActKind::Send => {
            act.text = text(key)?;
            act.format = format(key == "send");
            act.to = said.text("to")?.map_or(WhomForm::Peer, whom);
            act.drop_text = text("drop")?;
            act.corrupt_text = text("corrupt")?;
            known.extend(["to", "drop", "corrupt"]);
        }
        ActKind::Finish | ActKind::Close | ActKind::Reset => act.to = whom(&text(key)?),
        ActKind::Remember => {
            act.place_text = text(key)?;
            let (value, hex) = (said.text("value")?, said.text("value_hex")?);
            if value.is_some() && hex.is_some() {
                let place = said.place_of("value_hex");
                return Err(said.error(place, DocumentProblem::TextAndHex));
            }
            act.format = format(hex.is_none());
            let value = value.or(hex);
            let missing = || said.error(None, DocumentProblem::Missing("value"));
            value.ok_or_else(missing)?.clone_into(&mut act.text);
            known.extend(["value", "value_hex"]);
        }
        ActKind::Forget => act.place_text = text(key)?,
        _ => act.text = said.amount(key)?.unwrap_or_default(),
    }
    said.note_others(&known, unknown);
    Ok(act)
}

fn format(is_text: bool) -> Format {
    if is_text { Format::Text } else { Format::Hex }
}

fn whom(text: &str) -> WhomForm {
    match text {
        ALL => WhomForm::All,
        OTHERS => WhomForm::Others,
        text => match (text.strip_prefix(GROUP), text.strip_prefix(ENDPOINT)) {
            (Some(group), _) => WhomForm::Group(group.to_owned()),
            (None, Some(name)) => WhomForm::Gone(name.to_owned()),
            (None, None) => WhomForm::Gone(text.to_owned()),
        },
    }
}
