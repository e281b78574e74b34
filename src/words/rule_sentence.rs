//! A rule as a sentence: when it applies, and what it does.

use super::Language;
use super::rules::RuleSentences;
use crate::payload::{Format, VisibleText};
use crate::workspace::Document;
use crate::workspace::rules::{
    ActForm, ActKind, ConditionForm, ConditionKind, RuleForm, WhenForm, WhenKind, WhomForm,
};

/// How much is shown of a text that is compared with, sent or remembered, in characters.
const SHOWN_CHARS: usize = 48;
/// How much of it, and of the whole sentence, is shown in full.
const FULL_CHARS: usize = 1_000;

impl Language {
    /// Returns what a rule says, however much of it is typed yet: a sentence without a full stop. The document has the
    /// endpoints that its acts name.
    pub(crate) fn rule(&self, rule: &RuleForm, document: &Document) -> String {
        self.saying(document, SHOWN_CHARS).rule(rule)
    }

    /// As [`Self::rule`], with long texts in full, up to a bound.
    pub(crate) fn rule_in_full(&self, rule: &RuleForm, document: &Document) -> String {
        let saying = self.saying(document, FULL_CHARS);
        saying.cut(&saying.rule(rule))
    }

    fn saying<'a>(&'a self, document: &'a Document, most_chars: usize) -> Saying<'a> {
        Saying {
            language: self,
            words: &self.rule_sentences,
            document,
            most_chars,
        }
    }
}

/// How a rule is said.
struct Saying<'a> {
    language: &'a Language,
    words: &'a RuleSentences,
    document: &'a Document,
    /// How much is shown of a text.
    most_chars: usize,
}

impl Saying<'_> {
    fn rule(&self, rule: &RuleForm) -> String {
        let words = self.words;
        let mut when = self.when(&rule.when);
        let states = rule.in_states_text.split(',').map(str::trim);
        let states: Vec<_> = states
            .filter(|it| !it.is_empty())
            .map(|it| self.cut(it))
            .collect();
        if !states.is_empty() {
            when = words.in_state(&when, &states.join(words.or));
        }
        let from = rule.from_text.trim();
        if !from.is_empty() {
            when = words.from(&when, &self.cut(from));
        }
        let acts = rule.then.iter().map(|act| self.act(act));
        let acts: Vec<_> = acts.collect();
        let mut acts = match &*acts {
            [] => words.nothing.to_owned(),
            acts => acts.join(words.then),
        };
        let next = rule.next_text.trim();
        if !next.is_empty() {
            acts = words.go_to(&acts, &self.cut(next));
        }
        let said = words.rule(&when, &acts);
        match rule.times_text.trim() {
            "" => said,
            times => words.at_most(&said, &self.cut(times)),
        }
    }

    fn act(&self, act: &ActForm) -> String {
        let words = self.words;
        let text = self.shown(&act.text);
        let whom = self.whom(&act.to);
        let of = |alone: &str, with: fn(&RuleSentences, &str) -> String| {
            let whom = whom.as_deref();
            whom.map_or_else(|| alone.to_owned(), |whom| with(words, whom))
        };
        match act.kind {
            ActKind::Send => self.send_act(act, whom.as_deref()),
            ActKind::Echo => words.echo.to_owned(),
            ActKind::Wait => words.wait(&text),
            ActKind::Finish => of(words.finish, RuleSentences::finish_of),
            ActKind::Close => of(words.close, RuleSentences::close_of),
            ActKind::Reset => of(words.reset, RuleSentences::reset_of),
            ActKind::StartTls => words.start_tls.to_owned(),
            ActKind::StopReading => words.stop_reading.to_owned(),
            ActKind::ResumeReading => words.resume_reading.to_owned(),
            ActKind::Rate if act.text.trim() == "full" => words.full_rate.to_owned(),
            ActKind::Rate => words.rate(&text),
            ActKind::Slices if act.text.trim() == "off" => words.no_slices.to_owned(),
            ActKind::Slices => words.slices(&text),
            ActKind::Remember => {
                let place = self.shown(&act.place_text);
                words.remember(&self.typed(&act.text, act.format), &place)
            }
            ActKind::Forget => words.forget(&self.shown(&act.place_text)),
            ActKind::Join => words.join(&text),
            ActKind::Leave => words.leave(&text),
        }
    }

    /// Returns whom an act is for, unless it is the peer.
    fn whom(&self, to: &WhomForm) -> Option<String> {
        Some(match to {
            WhomForm::Peer => return None,
            WhomForm::All => self.language.rules.to_all.to_owned(),
            WhomForm::Others => self.language.rules.to_others.to_owned(),
            WhomForm::Group(name) => self.words.group(&self.shown(name)),
            WhomForm::Endpoint(id) => {
                let name = self.document.name(*id).unwrap_or_default();
                self.language.rules.to_endpoint(&self.cut(name))
            }
            WhomForm::Gone(name) => self.language.rules.to_gone(&self.cut(name)),
        })
    }

    fn when(&self, when: &WhenForm) -> String {
        match when.kind {
            WhenKind::Request => self.request_that(when),
            WhenKind::Connected => self.words.connected.to_owned(),
            WhenKind::Ended => self.words.ended.to_owned(),
            WhenKind::Silence => self.words.silence(&self.shown(&when.time_text)),
            WhenKind::EveryTime => self.words.every_time(&self.shown(&when.time_text)),
        }
    }

    /// Returns which requests are meant: what has to hold, and what must not.
    fn request_that(&self, when: &WhenForm) -> String {
        let (mut held, mut unless): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for form in &when.conditions {
            let said = self.condition(form);
            match unless.last_mut() {
                Some(before) if form.is_not && form.is_joined => {
                    before.push_str(self.words.and);
                    before.push_str(&said);
                }
                _ if form.is_not => unless.push(said),
                _ => held.push(said),
            }
        }
        let any_case = when.ignores_case && when.conditions.iter().any(is_text);
        let in_any_case = |said: String| {
            if any_case {
                self.words.ignoring_case(&said)
            } else {
                said
            }
        };
        let said = match &*held {
            [] => self.words.any.to_owned(),
            held => self.words.request(&in_any_case(held.join(self.words.and))),
        };
        match &*unless {
            [] => said,
            unless if held.is_empty() => self
                .words
                .unless(&said, &in_any_case(unless.join(self.words.or))),
            unless => self.words.unless(&said, &unless.join(self.words.or)),
        }
    }

    fn condition(&self, form: &ConditionForm) -> String {
        let text = self.shown(&form.text);
        let bytes = self.bytes(&form.text);
        match form.kind {
            ConditionKind::Equals => self.words.equals(&bytes),
            ConditionKind::Starts => self.words.starts(&bytes),
            ConditionKind::Ends => self.words.ends(&bytes),
            ConditionKind::Contains => self.words.contains(&bytes),
            ConditionKind::Regex => self.words.regex(&text),
            ConditionKind::Hex => self.words.hex(&text),
            ConditionKind::Length => self.words.length(&text),
            ConditionKind::Check => match form.text.trim() {
                "good" => self.words.check_good.to_owned(),
                "bad" => self.words.check_bad.to_owned(),
                _ => self.words.check(&text),
            },
            ConditionKind::First => self.words.first.to_owned(),
            ConditionKind::Every => self.words.every(&text),
            ConditionKind::Within => self.words.within(&text),
        }
    }

    fn send_act(&self, act: &ActForm, whom: Option<&str>) -> String {
        let what = self.typed(&act.text, act.format);
        let mut said = match whom {
            Some(whom) => self.words.send_to(&what, whom),
            None => self.words.send(&what),
        };
        if !act.drop_text.trim().is_empty() {
            said = self.words.dropping(&said, &self.cut(act.drop_text.trim()));
        }
        if !act.corrupt_text.trim().is_empty() {
            said = self
                .words
                .corrupting(&said, &self.cut(act.corrupt_text.trim()));
        }
        said
    }

    /// Returns typed text in quotes, and hex digits without.
    fn typed(&self, text: &str, format: Format) -> String {
        match format {
            Format::Hex => self.shown(text),
            Format::Text => self.words.quoted(&self.cut(text)),
        }
    }

    /// Returns the bytes that a condition compares with, as they were typed.
    fn bytes(&self, typed: &str) -> String {
        if typed.starts_with("hex:") {
            return self.shown(typed);
        }
        self.words
            .quoted(&self.cut(typed.strip_prefix("text:").unwrap_or(typed)))
    }

    /// Returns something typed, or a sign that nothing is typed yet.
    fn shown(&self, typed: &str) -> String {
        match typed.trim() {
            "" => self.words.blank.to_owned(),
            typed => self.cut(typed),
        }
    }

    /// Returns the beginning of a long text on one line.
    fn cut(&self, text: &str) -> String {
        let beginning: String = text.chars().take(self.most_chars).collect();
        let mut shown = VisibleText::plain(&beginning).text;
        if beginning.len() < text.len() {
            shown.push('…');
        }
        shown
    }
}

/// Returns whether letters can match in either case.
fn is_text(condition: &ConditionForm) -> bool {
    use ConditionKind::{Contains, Ends, Equals, Regex, Starts};
    matches!(condition.kind, Equals | Starts | Ends | Contains | Regex)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::EndpointIds;
    use crate::words::ENGLISH;

    fn check(change: impl FnOnce(&mut RuleForm), expected: &str) {
        let mut document = Document::empty(EndpointIds::default());
        let display = document.add_server("Server").unwrap();
        document.rename(display, "Display").unwrap();
        let mut rule = RuleForm::default();
        change(&mut rule);
        for act in &mut rule.then {
            if act.to == WhomForm::Gone("Display".to_owned()) {
                act.to = WhomForm::Endpoint(display);
            }
        }
        assert_eq!(ENGLISH.rule(&rule, &document), expected);
    }

    fn condition(kind: ConditionKind, text: &str) -> ConditionForm {
        ConditionForm::new(kind, text)
    }

    fn not(kind: ConditionKind, text: &str, is_joined: bool) -> ConditionForm {
        ConditionForm {
            is_not: true,
            is_joined,
            ..ConditionForm::new(kind, text)
        }
    }

    #[test]
    fn a_rule_reads_as_a_sentence() {
        check(|_| {}, "For any request, do nothing");
        check(
            |rule| {
                rule.when.conditions = vec![condition(ConditionKind::Starts, "GET ")];
                rule.in_states_text = "ready".to_owned();
                rule.then = vec![
                    ActForm::new(ActKind::Send, r"HTTP/1.1 200 OK\r\n"),
                    ActForm::new(ActKind::Close, ""),
                ];
            },
            r#"When a request starts with "GET " in state ready, send "HTTP/1.1 200 OK\r\n", then close"#,
        );
        check(
            |rule| {
                rule.when.kind = WhenKind::Silence;
                rule.when.time_text = "5s".to_owned();
                rule.from_text = "10.0.0.0/8".to_owned();
                rule.then = vec![ActForm::new(ActKind::Reset, "")];
                rule.next_text = "asleep".to_owned();
                rule.times_text = "2 per connection".to_owned();
            },
            "After 5s without anything received from 10.0.0.0/8, reset, and go to state asleep (at most 2 per connection)",
        );
        check(
            |rule| {
                rule.when.kind = WhenKind::Connected;
                let mut send = ActForm::new(ActKind::Send, "hi");
                send.to = WhomForm::Gone("Display".to_owned());
                send.drop_text = "10%".to_owned();
                rule.then = vec![send, ActForm::new(ActKind::Wait, "")];
            },
            r#"When connected, send "hi" to peers of Display (drop 10%), then wait …"#,
        );
    }

    #[test]
    fn conditions_that_must_not_hold_come_last() {
        check(
            |rule| {
                rule.when.conditions = vec![
                    not(ConditionKind::Ends, "b", false),
                    not(ConditionKind::First, "", true),
                    condition(ConditionKind::Contains, "hex:30 ??"),
                    not(ConditionKind::Length, "8..", false),
                    condition(ConditionKind::Check, "good"),
                ];
            },
            r#"When a request contains hex:30 ?? and passes its check, unless it ends with "b" and is the first of its connection or is 8.. bytes long, do nothing"#,
        );
        check(
            |rule| {
                rule.when.ignores_case = true;
                rule.when.conditions = vec![not(ConditionKind::Equals, "Quit", false)];
                rule.then = vec![ActForm::new(ActKind::Echo, "")];
            },
            r#"For any request, unless it is "Quit" in any case, send the request back"#,
        );
    }

    #[test]
    fn in_full_nothing_is_left_out() {
        let document = Document::empty(EndpointIds::default());
        let rule = RuleForm {
            then: vec![ActForm::new(ActKind::Send, "a".repeat(99))],
            ..RuleForm::default()
        };
        let said = ENGLISH.rule_in_full(&rule, &document);
        assert!(said.contains(&"a".repeat(99)), "{said}");
    }

    #[test]
    fn a_long_or_hostile_text_is_cut_and_shown_on_one_line() {
        check(
            |rule| rule.then = vec![ActForm::new(ActKind::Send, "a\n".repeat(99))],
            &format!(
                r#"For any request, send "{}…""#,
                r"a\n".repeat(SHOWN_CHARS / 2)
            ),
        );
    }
}
