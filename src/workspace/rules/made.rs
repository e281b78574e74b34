//! Rules that are made from what was received and sent.

use super::{ActForm, ActKind, ConditionForm, ConditionKind, RuleForm, RulesForm};
use crate::payload::{Draft, Format, VisibleText, hex};

/// How much of a request names its rule, in characters of text or in bytes.
const NAME_CHARS: usize = 24;
const NAME_BYTES: usize = 8;

impl RuleForm {
    /// Makes a rule that answers exactly these bytes with a reply; nothing to send leaves that open.
    pub fn answering(request: &[u8], reply: &[u8]) -> Self {
        let mut rule = Self {
            name: name(request),
            ..Self::default()
        };
        let draft = Draft::of_bytes(request);
        let text = match draft.format {
            Format::Hex => format!("hex:{}", draft.text),
            // What looks like a notation is text all the same.
            Format::Text
                if ["hex:", "text:", "regex:"]
                    .iter()
                    .any(|it| draft.text.starts_with(it)) =>
            {
                format!("text:{}", draft.text)
            }
            Format::Text => draft.text,
        };
        let equals = ConditionForm::new(ConditionKind::Equals, text);
        rule.when.conditions.push(equals);
        rule.then.push(ActForm::sending(reply));
        rule
    }
}

impl ActForm {
    /// Makes an act that sends exactly these bytes.
    pub fn sending(bytes: &[u8]) -> Self {
        let draft = Draft::of_bytes(bytes);
        Self {
            format: draft.format,
            // It is a template.
            ..Self::new(ActKind::Send, draft.text.replace("{{", "{{braces}}"))
        }
    }
}

impl RulesForm {
    /// Adds a rule before all that stand at this place or below; a name that is taken gets a number.
    pub fn insert(&mut self, place: usize, mut rule: RuleForm) {
        let is_taken = |name: &str| {
            let places = 0..self.rules.len();
            places
                .into_iter()
                .any(|it| self.name_of(it).is_some_and(|it| it == name))
        };
        let wanted = rule.name.clone();
        let mut number = 2;
        while is_taken(&rule.name) {
            rule.name = format!("{wanted} {number}");
            number += 1;
        }
        self.rules.insert(place.min(self.rules.len()), rule);
    }
}

/// Returns a name for a request: how it begins.
fn name(request: &[u8]) -> String {
    let draft = Draft::of_bytes(request);
    if draft.format == Format::Hex {
        let (shown, rest) = request.split_at(request.len().min(NAME_BYTES));
        let end = if rest.is_empty() { "" } else { " …" };
        return format!("{}{end}", hex::render(shown));
    }
    let text = String::from_utf8_lossy(request);
    let line = text.lines().next().unwrap_or_default().trim();
    let shown: String = line.chars().take(NAME_CHARS).collect();
    let end = if shown.len() < line.len() { "…" } else { "" };
    format!("{}{end}", VisibleText::plain(shown.trim_end()).text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::render;
    use crate::script::Message;
    use crate::script::rules::{Condition, Predicate, RuleAct, Rules, When};
    use crate::workspace::ProtocolForm;

    fn made(request: &[u8], reply: &[u8]) -> Rules {
        let mut form = RulesForm::default();
        form.insert(0, RuleForm::answering(request, reply));
        form.parse(&ProtocolForm::default()).unwrap()
    }

    #[test]
    fn a_rule_that_is_made_answers_exactly_these_bytes_with_those() {
        for request in [
            &b"GET /\r\n"[..],
            b"hex:41",
            b"text:a",
            b"\x00\x01\xFF",
            "größe\\".as_bytes(),
        ] {
            for reply in [&b"OK {{counter}}\n"[..], b"\x00\x02{{", b"\\{{{"] {
                let rules = made(request, reply);
                let rule = &rules.rules[0];
                let When::Request(conditions) = &rule.when else {
                    panic!("{rule:?}");
                };
                let [Condition::Is(Predicate::Equals(pattern))] = &**conditions else {
                    panic!("{conditions:?}");
                };
                let expected: Vec<_> = request.iter().copied().map(Some).collect();
                assert_eq!(pattern.bytes(), expected);
                let [RuleAct::Send { message, .. }] = &*rule.then else {
                    panic!("{:?}", rule.then);
                };
                let sent = match message {
                    Message::Bytes(bytes) => bytes.clone(),
                    Message::Template(template) => {
                        render(template, None, 0, None).unwrap().bytes.into()
                    }
                };
                assert_eq!(sent, reply);
            }
        }
    }

    #[test]
    fn a_rule_is_named_after_how_its_request_begins() {
        let check = |request: &[u8], expected: &str| {
            assert_eq!(RuleForm::answering(request, b"").name, expected);
        };
        check(b"*IDN?", "*IDN?");
        check(b"GET / HTTP/1.1\r\nHost: localhost\r\n", "GET / HTTP/1.1");
        check(
            b"a long line of more than so many",
            "a long line of more than…",
        );
        check(b"\x00\x01", "00 01");
        check(
            b"\x00\x01\x02\x03\x04\x05\x06\x07\x08",
            "00 01 02 03 04 05 06 07 …",
        );
        check(b"", "");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number_and_the_rule_its_place() {
        let mut form = RulesForm::default();
        for place in [0, 0, 9] {
            form.insert(place, RuleForm::answering(b"x", b""));
        }
        let names: Vec<_> = form.rules.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["x 2", "x", "x 3"]);
    }
}
