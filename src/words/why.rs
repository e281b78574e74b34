//! Why a rule does not answer a request: what it asks for, what of that holds, and where the request differs.

use super::english::{grouped, noun};
use super::phrases::phrases;
use super::{InWords, Language};
use crate::payload::shape::{Shape, ShapeFault, ShapeMismatch};
use crate::payload::{VisibleText, escape, hex};
use crate::script::rules::{
    BytePattern, Condition, ConditionFailure, FailureKind, Hold, Predicate, Report, Rule, Times,
    When,
};

/// How many bytes of what a request is compared with are shown.
const SHOWN_BYTES: usize = 32;
/// How much of a regular expression, a shape or a name is shown, in characters.
const SHOWN_CHARS: usize = 64;

phrases! {
    /// Why a rule does not answer a request.
    Whys {
        name = "Why not?";
        why = "Shows what each rule of the endpoint says to this request, and where the request differs";
        of_endpoint = "Rules of";
        request = "Request";
        request_hint = "A request to try: text with escapes, or hex digits";
        notation = "Notation of the request";
        as_text = "Text";
        as_hex = "Hex";
        close = "Close Why not?";
        selected = "Selected row";
        selected_why = "Tries the request of the selected row again";
        bytes = "Bytes of the request";
        state = "State";
        state_why = "A record does not say in which state a connection was: choose one to try it";
        unknown_state = "unknown state";
        number = "Request number";
        number_why = "Which request of its connection it is, as in 1; empty if that is not known";
        more(rules: u64) = { format!("Show {}", noun(rules, "more rule", "more rules")) };
        edit = "Edit";
        edit_rule(rule: usize) = "Edit rule {rule}";
        make = "Make a rule from this";
        make_short = "Make a rule";
        make_why = "Adds a rule that answers exactly this request";
        make_from_two = "Make a rule from these two rows";

        made(rule: usize) = "Rule {rule} was made.";
        nothing_to_send = "Nothing was sent in answer: fill in what it sends.";
        replies_by_rules(endpoint: &str, before: &str) = "{endpoint} replies by its rules now; before, {before}.";
        was_echo = "it sent back what it received";
        was_fixed = "it sent a fixed message";
        was_silent = "it sent no reply";
        dismiss = "Dismiss";

        answered(rule: usize) = "Rule {rule} answers this request.";
        unanswered = "No rule answers this request.";
        nearest(rule: usize) = "No rule answers this request; the nearest is rule {rule}.";
        perhaps(rule: usize) = "Rule {rule} may answer this request: not all of its conditions can be checked here.";
        no_rules = "This endpoint has no rules yet.";
        not_approved = "The document is not approved, so its rules do not answer: approve it in the File menu.";
        not_in_use = "These rules are not in use: the endpoint replies in another way.";
        not_running = "The endpoint is not running: what it remembers is what it starts with.";
        wrong(problem: &str) = "The rules cannot be used: {problem}";
        not_here(endpoint: &str) = "The document has no endpoint named {endpoint}, so there are no rules to try.";
        no_request = "Type or paste a request above, or select a received row.";
        no_bytes = "The selected row has no bytes that were received.";
        too_long(limit: u64) = { format!("Rules that look at the bytes cannot answer a request of more than {}.", noun(limit, "byte", "bytes")) };
        of_several(frames: u64, number: u64) = { format!("The chunk holds {}. This is frame {number}; turn on Frames above the timeline to choose another.", noun(frames, "frame", "frames")) };
        no_frame(framing: &str) = "This is not a whole frame of {framing}: rules see it once it is complete.";

        rule(rule: usize, name: &str) = "Rule {rule} \"{name}\"";
        answers(rule: &str) = "{rule} answers this.";
        may_answer(rule: &str) = "{rule} may answer this: not all of its conditions can be checked here.";
        comes_later(rule: &str, first: usize) = "{rule} would answer this too, but rule {first} comes first.";
        for_events(rule: &str) = "{rule} answers no requests: it reacts to connections, silence or time.";
        is_off(rule: &str) = "{rule} is switched off.";
        is_off_held(rule: &str, held: &str) = "{rule} is switched off — {held}.";
        failed(rule: &str, held: &str) = "{rule} — {held}.";
        held(held: usize, all: usize) = { format!("{held} of {} {}", noun(all as u64, "condition", "conditions"), if held == 1 || all == 1 { "holds" } else { "hold" }) };

        any_request = "Any request";
        in_state(states: &str) = "In state {states}";
        or_state = " or ";
        other_state(state: &str) = "The state is {state}.";
        from(pattern: &str) = "From {pattern}";
        other_peer = "The peer has another address.";
        times(most: u64) = { format!("At most {} since the endpoint started", noun(most, "time", "times")) };
        times_per_connection(most: u64) = { format!("At most {} per connection", noun(most, "time", "times")) };
        spent = "It has applied as often as it may.";
        not_known = "Not known.";

        equals(what: &str) = "Is {what}";
        starts(what: &str) = "Starts with {what}";
        ends(what: &str) = "Ends with {what}";
        contains(what: &str) = "Contains {what}";
        matches(what: &str) = "Matches {what}";
        has_shape(what: &str) = "Has the shape {what}";
        is_long(bytes: u64) = { format!("Is {} long", noun(bytes, "byte", "bytes")) };
        is_long_between(from: usize, to: usize) = "Is {from} to {to} bytes long";
        is_long_from(bytes: u64) = { format!("Is at least {} long", noun(bytes, "byte", "bytes")) };
        is_long_to(bytes: u64) = { format!("Is at most {} long", noun(bytes, "byte", "bytes")) };
        check_good = "Passes its check";
        check_bad = "Fails its check";
        first = "Is the first of its connection";
        every(count: u64) = "Is one in {count} of its connection";
        within(place: &str) = "Finds {place} in memory";
        not(condition: &str) = "Not: {condition}";
        not_all(conditions: &str) = "Not all of: {conditions}";
        any_case(what: &str) = "{what} in any case";
        quoted(text: &str) = "\"{text}\"";

        byte(at: &str, found: &str, expected: &str) = "Byte {at} is {found}, expected {expected}.";
        visible_byte(character: char, digits: &str) = "\"{character}\" ({digits})";
        short(at: &str, missing: u64) = { format!("It ends at byte {at}: {} missing.", noun(missing, "byte is", "bytes are")) };
        shorter(missing: u64) = { format!("It is too short: {} missing.", noun(missing, "byte is", "bytes are")) };
        long(at: &str, extra: u64) = { format!("It goes on from byte {at} with {} more.", noun(extra, "byte", "bytes")) };
        absent = "That is nowhere in it.";
        absent_but(at: &str, agreeing: u64) = { format!("That is nowhere in it; from byte {at} on, {}.", noun(agreeing, "byte agrees", "bytes agree")) };
        no_match = "It does not match.";
        in_piece(problem: &str, item: &str) = "{problem} The shape has {item} there.";
        varint(at: &str) = "The number at byte {at} has more than 4 bytes.";
        amount(at: &str) = "The length of what begins at byte {at} cannot be computed.";
        is_so_long(bytes: u64) = { format!("It is {} long.", noun(bytes, "byte", "bytes")) };
        checked_good = "Its check is good.";
        checked(verdict: &str) = "Its check: {verdict}.";
        no_check = "The endpoint has no check.";
        number_is(number: u64) = { format!("It is request {} of its connection.", grouped(number)) };
        not_remembered = "That is not remembered.";
        no_place = "The place needs a piece that the request does not have, or a number that is out of range.";
        all_hold = "All of that holds, but it must not.";

        spoken_holds(condition: &str) = "{condition}: holds";
        spoken_fails(condition: &str, why: &str) = "{condition}: fails. {why}";
        spoken_unknown(condition: &str) = "{condition}: not known";
    }
}

/// One thing that a rule asks for, in words.
pub(crate) struct Requirement {
    /// What it asks for.
    pub(crate) what: String,
    /// What became of it.
    pub(crate) hold: Hold,
    /// Why it does not hold, or that it is not known.
    pub(crate) why: Option<String>,
}

impl Requirement {
    /// Returns how a screen reader says it.
    pub(crate) fn spoken(&self, language: &Language) -> String {
        let words = &language.whys;
        match &self.hold {
            Hold::Holds => words.spoken_holds(&self.what),
            Hold::Unknown => words.spoken_unknown(&self.what),
            Hold::Fails(_) | Hold::Differs => {
                words.spoken_fails(&self.what, self.why.as_deref().unwrap_or_default())
            }
        }
    }
}

impl Language {
    /// Returns what a report says of a rule, in a sentence; `first` is the place of the rule that answers.
    pub(crate) fn why_rule(&self, report: &Report, first: Option<usize>) -> String {
        let words = &self.whys;
        let rule = words.rule(report.place + 1, &VisibleText::plain(&report.name).text);
        let all = report.asked().count();
        let held = report.asked().filter(|it| **it == Hold::Holds).count();
        let is_unknown = report.asked().any(|it| *it == Hold::Unknown);
        if !report.answers_requests {
            return words.for_events(&rule);
        }
        if !report.is_on {
            return match all {
                0 => words.is_off(&rule),
                all => words.is_off_held(&rule, &words.held(held, all)),
            };
        }
        match first {
            _ if report.failures() > 0 => words.failed(&rule, &words.held(held, all)),
            Some(first) if first < report.place => words.comes_later(&rule, first + 1),
            _ if is_unknown => words.may_answer(&rule),
            _ => words.answers(&rule),
        }
    }

    /// Returns what a rule asks for, and what became of each of it; `state` is that of the connection.
    pub(crate) fn why_asked(
        &self,
        rule: &Rule,
        report: &Report,
        state: Option<&str>,
    ) -> Vec<Requirement> {
        let words = &self.whys;
        let conditions = match &rule.when {
            When::Request(conditions) => conditions.as_slice(),
            _ => &[],
        };
        let mut asked = Vec::new();
        let mut add = |what: String, hold: &Hold, why: String| {
            let why = match hold {
                Hold::Holds => None,
                Hold::Unknown => Some(words.not_known.to_owned()),
                Hold::Fails(_) | Hold::Differs => Some(why),
            };
            asked.push(Requirement {
                what,
                hold: hold.clone(),
                why,
            });
        };
        if let Some(hold) = &report.state {
            let states: Vec<_> = rule.in_states.iter().map(|it| cut(it)).collect();
            let what = words.in_state(&states.join(words.or_state));
            add(
                what,
                hold,
                words.other_state(&cut(state.unwrap_or_default())),
            );
        }
        if let (Some(hold), Some(from)) = (&report.from, &rule.from) {
            let what = words.from(&cut(&from.to_string()));
            add(what, hold, words.other_peer.to_owned());
        }
        if let (Some(hold), Some(times)) = (&report.times, rule.times) {
            let what = match times {
                Times::InAll(most) => words.times(most.get().into()),
                Times::PerConnection(most) => words.times_per_connection(most.get().into()),
            };
            add(what, hold, words.spent.to_owned());
        }
        for (condition, hold) in conditions.iter().zip(&report.conditions) {
            let why = match hold {
                Hold::Fails(failure) => self.why_failure(condition, failure),
                _ => String::new(),
            };
            add(self.why_condition(condition), hold, why);
        }
        if report.asked().next().is_none() && report.answers_requests {
            add(words.any_request.to_owned(), &Hold::Holds, String::new());
        }
        asked
    }

    fn why_condition(&self, condition: &Condition) -> String {
        let words = &self.whys;
        match condition {
            Condition::Is(predicate) => words.predicate(predicate),
            Condition::Not(predicates) => match &**predicates {
                [predicate] => words.not(&words.predicate(predicate)),
                predicates => {
                    let predicates: Vec<_> = predicates
                        .iter()
                        .map(|predicate| words.predicate(predicate))
                        .collect();
                    words.not_all(&predicates.join(self.common.comma))
                }
            },
        }
    }

    fn why_failure(&self, condition: &Condition, failure: &ConditionFailure) -> String {
        let words = &self.whys;
        let at = self.numbers.grouped(failure.at.unwrap_or_default() as u64);
        match &failure.kind {
            FailureKind::Byte { expected, found } => {
                words.byte(&at, &words.one_byte(*found), &words.one_byte(*expected))
            }
            FailureKind::Short { missing } if failure.at.is_none() => {
                words.shorter(*missing as u64)
            }
            FailureKind::Short { missing } => words.short(&at, *missing as u64),
            FailureKind::Long { extra } => words.long(&at, *extra as u64),
            FailureKind::Absent { agreeing: 0 } => words.absent.to_owned(),
            FailureKind::Absent { agreeing } => words.absent_but(&at, *agreeing as u64),
            FailureKind::NoMatch => words.no_match.to_owned(),
            FailureKind::Shape(mismatch) => {
                let shape = match condition {
                    Condition::Is(Predicate::Shape(shape)) => Some(shape),
                    _ => None,
                };
                self.mismatch(shape, mismatch)
            }
            FailureKind::Length { found } => words.is_so_long(*found as u64),
            FailureKind::Checked(verdict) if verdict.is_good() => words.checked_good.to_owned(),
            FailureKind::Checked(verdict) => words.checked(&verdict.in_words(self)),
            FailureKind::NoCheck => words.no_check.to_owned(),
            FailureKind::Count { found } => words.number_is(*found),
            FailureKind::UnknownCount => words.not_known.to_owned(),
            FailureKind::NotRemembered => words.not_remembered.to_owned(),
            FailureKind::NoPlace => words.no_place.to_owned(),
            FailureKind::AllHold => words.all_hold.to_owned(),
        }
    }

    fn mismatch(&self, shape: Option<&Shape>, mismatch: &ShapeMismatch) -> String {
        let words = &self.whys;
        let at = self.numbers.grouped(mismatch.at as u64);
        let said = match mismatch.why {
            ShapeFault::Byte { expected, found } => {
                return words.byte(&at, &words.one_byte(found), &words.one_byte(expected));
            }
            ShapeFault::Short { missing } => words.short(&at, missing),
            ShapeFault::Long { extra } => return words.long(&at, extra as u64),
            ShapeFault::Varint => words.varint(&at),
            ShapeFault::Amount => words.amount(&at),
        };
        let written = shape.map(Shape::to_string).unwrap_or_default();
        match written.get(mismatch.item.clone()) {
            Some(item) if item.starts_with('[') => words.in_piece(&said, &cut(item)),
            _ => said,
        }
    }
}

impl Whys {
    fn predicate(&self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Equals(pattern) => self.equals(&self.pattern(pattern)),
            Predicate::Starts(pattern) => self.starts(&self.pattern(pattern)),
            Predicate::Ends(pattern) => self.ends(&self.pattern(pattern)),
            Predicate::Contains(pattern) => self.contains(&self.pattern(pattern)),
            Predicate::Regex(groups) => self.matches(&cut(&groups.to_string())),
            Predicate::Shape(shape) => self.has_shape(&cut(&shape.to_string())),
            Predicate::Length(lengths) => match (*lengths.start(), *lengths.end()) {
                (from, to) if from == to => self.is_long(from as u64),
                (from, usize::MAX) => self.is_long_from(from as u64),
                (0, to) => self.is_long_to(to as u64),
                (from, to) => self.is_long_between(from, to),
            },
            Predicate::Check(true) => self.check_good.to_owned(),
            Predicate::Check(false) => self.check_bad.to_owned(),
            Predicate::First => self.first.to_owned(),
            Predicate::Every(every) => self.every(every.get()),
            Predicate::Within(place) => self.within(&cut(&place.to_string())),
        }
    }

    /// Returns bytes as text in quotes where they are text, or as hex digits.
    fn pattern(&self, pattern: &BytePattern) -> String {
        let bytes = pattern.bytes();
        let is_cut = bytes.len() > SHOWN_BYTES;
        let bytes = bytes.get(..SHOWN_BYTES).unwrap_or(bytes);
        let known: Option<Vec<u8>> = bytes.iter().copied().collect();
        let is_text = |bytes: &Vec<u8>| {
            let is_odd = |it: &u8| it.is_ascii_control() && !it.is_ascii_whitespace();
            bytes.is_ascii() && !bytes.iter().any(is_odd)
        };
        let mut shown = if let Some(known) = known.filter(is_text) {
            self.quoted(&escape::render(&known))
        } else {
            let digits = bytes.iter().map(|byte| match byte {
                Some(byte) => hex::render(&[*byte]),
                None => "??".to_owned(),
            });
            digits.collect::<Vec<_>>().join(" ")
        };
        if is_cut {
            shown.push('…');
        }
        if pattern.ignores_case() {
            shown = self.any_case(&shown);
        }
        shown
    }

    fn one_byte(&self, byte: u8) -> String {
        let digits = hex::render(&[byte]);
        let character = char::from(byte);
        if byte.is_ascii_graphic() || byte == b' ' {
            self.visible_byte(character, &digits)
        } else {
            digits
        }
    }
}

/// Returns the beginning of a long text on one line.
fn cut(text: &str) -> String {
    let beginning: String = text.chars().take(SHOWN_CHARS).collect();
    let mut shown = VisibleText::plain(&beginning).text;
    if beginning.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use crate::script::rules::{RuleCase, RuleSet, explain};
    use crate::words::ENGLISH;
    use crate::workspace::ProtocolForm;
    use crate::workspace::rules::{ConditionForm, ConditionKind, RuleForm, RulesForm};

    fn rule(name: &str, conditions: &[(ConditionKind, &str)]) -> RuleForm {
        let mut rule = RuleForm {
            name: name.to_owned(),
            ..RuleForm::default()
        };
        let conditions = conditions.iter();
        let conditions = conditions.map(|(kind, text)| ConditionForm::new(*kind, *text));
        rule.when.conditions = conditions.collect();
        rule
    }

    /// Returns what is said of each rule, and of what it asks for that does not hold.
    fn said(rules: Vec<RuleForm>, request: &[u8], state: Option<&str>) -> Vec<String> {
        let form = RulesForm {
            rules,
            ..RulesForm::default()
        };
        let set = RuleSet::starting(form.parse(&ProtocolForm::default()).unwrap());
        let case = RuleCase {
            request,
            state,
            count: None,
            peer: None,
        };
        let reports = explain(&set, &case);
        let applying = reports.iter().filter(|it| it.applies());
        let first = applying.map(|it| it.place).min();
        let mut said = Vec::new();
        for report in &reports {
            said.push(ENGLISH.why_rule(report, first));
            let rule = &set.rules().rules[report.place];
            let asked = ENGLISH.why_asked(rule, report, state);
            let asked = asked.into_iter().filter_map(|it| Some((it.what, it.why?)));
            said.extend(asked.map(|(what, why)| format!("{what}: {why}")));
        }
        said
    }

    #[test]
    fn a_rule_says_how_much_of_it_holds_and_where_the_request_differs() {
        let get = [
            (ConditionKind::Starts, "GET "),
            (ConditionKind::Contains, "Host"),
            (ConditionKind::Length, "4..40"),
        ];
        let rules = vec![
            rule("any put", &[(ConditionKind::Starts, "PUT ")]),
            rule("GET", &get),
        ];
        let expected = [
            r#"Rule 2 "GET" — 2 of 3 conditions hold."#,
            r#"Starts with "GET ": Byte 3 is "/" (2F), expected " " (20)."#,
            r#"Rule 1 "any put" — 0 of 1 condition holds."#,
            r#"Starts with "PUT ": Byte 0 is "G" (47), expected "P" (50)."#,
        ];
        assert_eq!(said(rules, b"GET/Host", None), expected);
    }

    #[test]
    fn each_failure_has_its_sentence() {
        let check = |kind: ConditionKind, text: &str, request: &[u8], expected: &str| {
            let said = said(vec![rule("r", &[(kind, text)])], request, None);
            assert_eq!(said[1], expected, "{kind:?} {text}");
        };
        let long = "Is \"ab\": It goes on from byte 2 with 1 byte more.";
        check(ConditionKind::Equals, "ab", b"abc", long);
        let short = "Is \"abc\": It ends at byte 2: 1 byte is missing.";
        check(ConditionKind::Equals, "abc", b"ab", short);
        let byte = "Is 01 ?? 03: Byte 2 is 0D, expected 03.";
        check(ConditionKind::Equals, "hex:01 ?? 03", b"\x01\x02\x0D", byte);
        let end = "Ends with \"abc\": It is too short: 2 bytes are missing.";
        check(ConditionKind::Ends, "abc", b"c", end);
        let near = "Contains \"needle\": That is nowhere in it; from byte 3 on, 3 bytes agree.";
        check(ConditionKind::Contains, "needle", b"hayneexx", near);
        check(
            ConditionKind::Contains,
            "x",
            b"a",
            "Contains \"x\": That is nowhere in it.",
        );
        check(
            ConditionKind::Regex,
            "^a+$",
            b"b",
            "Matches ^a+$: It does not match.",
        );
        let piece = "Has the shape 01 [n:2] [*]: It ends at byte 2: 1 byte is missing. The shape has [n:2] there.";
        check(ConditionKind::Hex, "01 [n:2] [*]", b"\x01\x00", piece);
        let length = "Is at least 8 bytes long: It is 3 bytes long.";
        check(ConditionKind::Length, "8..", b"abc", length);
        check(
            ConditionKind::First,
            "",
            b"a",
            "Is the first of its connection: Not known.",
        );
        check(
            ConditionKind::Within,
            "a",
            b"a",
            "Finds a in memory: That is not remembered.",
        );
    }

    #[test]
    fn what_nobody_knows_is_said_to_be_unknown() {
        let mut ready = rule("ready only", &[]);
        ready.in_states_text = "ready, waiting".to_owned();
        let any = || rule("any", &[]);
        let expected = [
            r#"Rule 1 "ready only" may answer this: not all of its conditions can be checked here."#,
            "In state ready or waiting: Not known.",
            r#"Rule 2 "any" would answer this too, but rule 1 comes first."#,
        ];
        assert_eq!(said(vec![ready.clone(), any()], b"x", None), expected);
        let expected = [
            r#"Rule 2 "any" answers this."#,
            r#"Rule 1 "ready only" — 0 of 1 condition holds."#,
            "In state ready or waiting: The state is start.",
        ];
        assert_eq!(said(vec![ready, any()], b"x", Some("start")), expected);
    }

    #[test]
    fn a_rule_that_is_off_or_for_events_says_so() {
        let mut off = rule("off", &[(ConditionKind::Equals, "x")]);
        off.is_on = false;
        let mut greeting = rule("greeting", &[]);
        greeting.when.kind = crate::workspace::rules::WhenKind::Connected;
        let expected = [
            r#"Rule 2 "off" is switched off — 1 of 1 condition holds."#,
            r#"Rule 1 "greeting" answers no requests: it reacts to connections, silence or time."#,
        ];
        assert_eq!(said(vec![greeting, off], b"x", None), expected);
    }
}
