//! What a document's file says about a rule.

use toml_edit::{Array, InlineTable, Value};

use super::{
    ACTS, ALL, CONDITIONS, ENDPOINT, EVENTS, EVERY, GROUP, IGNORE_CASE, NOT, OTHERS, SILENCE,
    WORDS, word_of,
};
use crate::payload::Format;
use crate::workspace::document::Document;
use crate::workspace::document::keys::amount;
use crate::workspace::rules::{
    ActForm, ActKind, ConditionForm, ConditionKind, RuleForm, WhenForm, WhenKind, WhomForm,
};

/// Returns what is said of a rule.
pub(in super::super) fn of_rule(document: &Document, rule: &RuleForm) -> InlineTable {
    let mut said = InlineTable::new();
    let say = |said: &mut InlineTable, key: &str, text: &str| {
        if !text.is_empty() {
            said.insert(key, text.into());
        }
    };
    say(&mut said, "name", &rule.name);
    if !rule.is_on {
        said.insert("off", true.into());
    }
    said.insert("when", when(&rule.when));
    say(&mut said, "in", &rule.in_states_text);
    say(&mut said, "from", &rule.from_text);
    if !rule.then.is_empty() {
        let acts = rule.then.iter().map(|act| act_value(document, act));
        said.insert("then", acts.collect::<Array>().into());
    }
    say(&mut said, "next", &rule.next_text);
    if !rule.times_text.is_empty() {
        said.insert("times", amount(&rule.times_text));
    }
    said
}

fn when(form: &WhenForm) -> Value {
    let timed = |key: &str| one(key, form.time_text.as_str());
    match form.kind {
        WhenKind::Silence => return timed(SILENCE),
        WhenKind::EveryTime => return timed(EVERY),
        WhenKind::Request if !form.conditions.is_empty() || form.ignores_case => {}
        event => return word_of(&EVENTS, &event).into(),
    }
    let mut said = table(form.conditions.iter().filter(|it| !it.is_not));
    if form.ignores_case {
        said.insert(IGNORE_CASE, true.into());
    }
    let mut groups: Vec<Vec<&ConditionForm>> = Vec::new();
    for condition in form.conditions.iter().filter(|it| it.is_not) {
        match groups.last_mut() {
            Some(group) if condition.is_joined => group.push(condition),
            _ => groups.push(vec![condition]),
        }
    }
    let mut groups: Vec<Value> = groups.into_iter().map(|it| table(it).into()).collect();
    match groups.len() {
        0 => {}
        1 => said.extend(groups.pop().map(|it| (NOT, it))),
        _ => drop(said.insert(NOT, groups.into_iter().collect::<Array>().into())),
    }
    said.into()
}

/// Returns conditions as a table; of several of one kind, the values stand in a list.
fn table<'a>(conditions: impl IntoIterator<Item = &'a ConditionForm>) -> InlineTable {
    let mut said = InlineTable::new();
    for condition in conditions {
        let key = word_of(&CONDITIONS, &condition.kind);
        let value = match condition.kind {
            ConditionKind::First => true.into(),
            ConditionKind::Every | ConditionKind::Length => amount(&condition.text),
            _ => condition.text.as_str().into(),
        };
        match said.get_mut(key) {
            Some(Value::Array(values)) => values.push(value),
            Some(before) => *before = Array::from_iter([before.clone(), value]).into(),
            None => drop(said.insert(key, value)),
        }
    }
    said
}

fn act_value(document: &Document, act: &ActForm) -> Value {
    let text = act.text.as_str();
    let key = word_of(&ACTS, &act.kind);
    match act.kind {
        ActKind::Echo | ActKind::StartTls | ActKind::StopReading | ActKind::ResumeReading => {
            word_of(&WORDS, &act.kind).into()
        }
        ActKind::Finish | ActKind::Close | ActKind::Reset => match whom(document, &act.to) {
            Some(whom) => one(key, whom),
            None => word_of(&WORDS, &act.kind).into(),
        },
        ActKind::Send => {
            let key = in_format(act.format, "send", "send_hex");
            let mut said = InlineTable::from_iter([(key, text)]);
            said.extend(whom(document, &act.to).map(|whom| ("to", whom)));
            for (key, share) in [("drop", &act.drop_text), ("corrupt", &act.corrupt_text)] {
                if !share.is_empty() {
                    said.insert(key, share.as_str().into());
                }
            }
            said.into()
        }
        ActKind::Remember => {
            let place = (key, act.place_text.as_str());
            let value = in_format(act.format, "value", "value_hex");
            InlineTable::from_iter([place, (value, text)]).into()
        }
        ActKind::Forget => one(key, act.place_text.as_str()),
        ActKind::Rate => one(key, amount(text)),
        ActKind::Wait | ActKind::Slices | ActKind::Join | ActKind::Leave => one(key, text),
    }
}

fn in_format(format: Format, text: &'static str, hex: &'static str) -> &'static str {
    match format {
        Format::Text => text,
        Format::Hex => hex,
    }
}

fn one(key: &str, value: impl Into<Value>) -> Value {
    InlineTable::from_iter([(key, value.into())]).into()
}

/// Returns the words for whom an act is for; `None` for the peer.
fn whom(document: &Document, to: &WhomForm) -> Option<String> {
    let endpoint = |name: &str| {
        let is_word = [ALL, OTHERS].contains(&name)
            || [GROUP, ENDPOINT].iter().any(|word| name.starts_with(word));
        let word = if is_word { ENDPOINT } else { "" };
        format!("{word}{name}")
    };
    match to {
        WhomForm::Peer => None,
        WhomForm::All => Some(ALL.to_owned()),
        WhomForm::Others => Some(OTHERS.to_owned()),
        WhomForm::Group(group) => Some(format!("{GROUP}{group}")),
        WhomForm::Endpoint(id) => Some(endpoint(document.name(*id).unwrap_or_default())),
        WhomForm::Gone(name) => Some(endpoint(name)),
    }
}
