//! Rules as functions: one for each moment, with a condition and its acts for each rule.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::framing::PythonFrames;
use super::message::{Variables, Written};
use super::{Program, indented, python_bytes, python_text};
use crate::export::code::{CodeLack, CodePlace, Coded, CodedEnd, RuleLack, comment};
use crate::payload::shape::{Shape, ShapeItem, ShapeLen};
use crate::script::rules::{
    BytePattern, Condition, Luck, Predicate, Rule, RuleAct, Rules, Times, To, When,
};

const PEER: &str = include_str!("../../../../assets/code/python/peer.py");
const APPLIES: &str = include_str!("../../../../assets/code/python/applies.py");
const MATCHES: &str = include_str!("../../../../assets/code/python/matches.py");
const SHAPE: &str = include_str!("../../../../assets/code/python/shape.py");

/// A rule cannot be carried over, for this reason.
type Lost = RuleLack;

impl Program {
    /// Adds the rules, and the lines of the conversation that apply them.
    pub(super) fn rules(
        &mut self,
        rules: &Rules,
        frames: &PythonFrames,
        coded: &Coded<'_>,
        lines: &mut String,
    ) {
        let is_client = matches!(coded.end, CodedEnd::Client(_));
        self.imports.insert("collections.Counter");
        self.import("struct");
        if coded.is_tls() {
            // Python's TLS cannot go on receiving after it has said that it has sent everything.
            let finish = "self.connection.shutdown(socket.SHUT_WR)";
            self.function(&PEER.replace(finish, "raise Closed"));
        } else {
            self.function(PEER);
        }
        let connected = self.moment("connected", rules, &|when| *when == When::Connected);
        let answer = self.moment("answer", rules, &|when| matches!(when, When::Request(_)));
        // Datagrams have no end.
        let ended = !coded.is_udp() && self.moment("ended", rules, &|when| *when == When::Ended);
        for (place, rule) in rules.rules.iter().enumerate() {
            if rule.is_on && matches!(rule.when, When::Silence(_) | When::EveryTime(_)) {
                self.rule_lacks(place, rule, RuleLack::Time);
            }
        }
        *lines += "    peer = Peer(connection)\n    try:\n";
        if connected {
            *lines += "        connected(peer)\n";
        }
        *lines += &format!(
            "        for {} in {}(connection):\n",
            frames.name, frames.source
        );
        if is_client {
            *lines += &format!(
                "            print(\"Received\", {}, flush=True)\n",
                frames.name
            );
        }
        if answer {
            let request = self.request(frames);
            *lines += &format!("            answer(peer, {}, {request})\n", frames.name);
        } else if !is_client {
            *lines += "            pass\n";
        }
        if ended {
            *lines += "        ended(peer)\n";
        }
        *lines += "    except Closed:\n        pass\n";
    }

    fn rule_lacks(&mut self, place: usize, rule: &Rule, what: RuleLack) {
        let name = if rule.name.is_empty() {
            (place + 1).to_string()
        } else {
            rule.name.to_string()
        };
        self.lacks.push(CodeLack::Rule { name, what });
    }

    /// Adds the function of the rules for a moment; returns whether there are any.
    fn moment(&mut self, name: &str, rules: &Rules, is_for: &dyn Fn(&When) -> bool) -> bool {
        let is_answer = name == "answer";
        let mut body = String::new();
        for (place, rule) in rules.rules.iter().enumerate() {
            if !rule.is_on || !is_for(&rule.when) {
                continue;
            }
            match self.rule(place, rule, is_answer) {
                Ok(text) => body += &text,
                Err(what) => self.rule_lacks(place, rule, what),
            }
        }
        if body.is_empty() {
            return false;
        }
        let (arguments, about, first) = if is_answer {
            (
                "peer, frame, request",
                "Applies the first rule that matches a request.",
                "    peer.requests += 1\n",
            )
        } else {
            ("peer", "Applies the first rule for this moment.", "")
        };
        self.functions.push(format!(
            "def {name}({arguments}):\n    \"\"\"{about}\"\"\"\n{first}{body}"
        ));
        true
    }

    /// Writes a rule.
    fn rule(&mut self, place: usize, rule: &Rule, is_answer: bool) -> Result<String, Lost> {
        if rule.from.is_some() {
            return Err(RuleLack::From);
        }
        let mut conditions = Vec::new();
        match rule.in_states.as_slice() {
            [] => {}
            [state] => conditions.push(format!("peer.state == {}", python_text(state))),
            states => {
                let states: Vec<_> = states.iter().map(|it| python_text(it)).collect();
                conditions.push(format!("peer.state in ({})", states.join(", ")));
            }
        }
        match rule.times {
            None => {}
            Some(Times::InAll(most)) => conditions.push(format!("APPLIED[{place}] < {most}")),
            Some(Times::PerConnection(most)) => {
                conditions.push(format!("peer.applied[{place}] < {most}"));
            }
        }
        if let When::Request(wanted) = &rule.when {
            for condition in wanted {
                conditions.push(self.condition(condition)?);
            }
        }
        let has_pieces = conditions.iter().any(|it| it.contains(", pieces)"));
        let name = if rule.name.is_empty() {
            String::new()
        } else {
            format!(": {}", comment(&rule.name))
        };
        let mut text = format!("\n    # Rule {}{name}\n", place + 1);
        if has_pieces {
            text += "    pieces = {}\n";
        }
        let mut acts = self.acts(place, rule, is_answer);
        let uses_times = acts.contains("(times)");
        if rule.times.is_some() || uses_times {
            let applied = "APPLIED = Counter()\n";
            if !self.constants.iter().any(|it| it == applied) {
                self.constants.push(applied.to_owned());
            }
            self.function(APPLIES);
            let times = if uses_times { "times = " } else { "" };
            acts.insert_str(0, &format!("{times}note(peer, {place})\n"));
        }
        if let Some(next) = &rule.next {
            acts += &format!("peer.state = {}\n", python_text(next));
        }
        acts += "return\n";
        match conditions.as_slice() {
            [] => text += &indented(&acts, 4),
            [one] => text += &format!("    if {one}:\n{}", indented(&acts, 8)),
            several => {
                let all = several.join("\n        and ");
                text += &format!("    if (\n        {all}\n    ):\n{}", indented(&acts, 8));
            }
        }
        Ok(text)
    }

    fn condition(&mut self, condition: &Condition) -> Result<String, Lost> {
        match condition {
            Condition::Is(predicate) => self.predicate(predicate, "pieces"),
            Condition::Not(predicates) => {
                let predicates: Result<Vec<_>, _> = predicates
                    .iter()
                    .map(|predicate| self.predicate(predicate, "{}"))
                    .collect();
                Ok(format!("not ({})", predicates?.join(" and ")))
            }
        }
    }

    fn predicate(&mut self, predicate: &Predicate, pieces: &str) -> Result<String, Lost> {
        Ok(match predicate {
            Predicate::Equals(pattern) => match exact(pattern) {
                Some(bytes) => format!("request == {bytes}"),
                None => format!("{}.fullmatch(request)", self.byte_pattern(pattern, "")),
            },
            Predicate::Starts(pattern) => match exact(pattern) {
                Some(bytes) => format!("request.startswith({bytes})"),
                None => format!("{}.match(request)", self.byte_pattern(pattern, "")),
            },
            Predicate::Ends(pattern) => match exact(pattern) {
                Some(bytes) => format!("request.endswith({bytes})"),
                None => format!("{}.search(request)", self.byte_pattern(pattern, r"\Z")),
            },
            Predicate::Contains(pattern) => match exact(pattern) {
                Some(bytes) => format!("{bytes} in request"),
                None => format!("{}.search(request)", self.byte_pattern(pattern, "")),
            },
            Predicate::Regex(groups) => {
                let pattern = self.pattern(groups).ok_or(RuleLack::Regex)?;
                if groups.names().next().is_none() {
                    format!("{pattern}.search(request)")
                } else {
                    self.function(MATCHES);
                    format!("matches({pattern}, request, {pieces})")
                }
            }
            Predicate::Shape(shape) => {
                self.function(SHAPE);
                let shape = self.numbered_late("SHAPE", &written(shape));
                format!("has_shape({shape}, request, {pieces})")
            }
            Predicate::Length(lengths) => length(lengths),
            Predicate::First => "peer.requests == 1".to_owned(),
            Predicate::Every(every) => format!("peer.requests % {every} == 0"),
            Predicate::Check(_) => return Err(RuleLack::Check),
            Predicate::Within(_) => return Err(RuleLack::Within),
        })
    }

    /// Adds a constant that uses functions; returns its name.
    fn numbered_late(&mut self, name: &str, value: &str) -> String {
        self.numbered += 1;
        let name = format!("{name}_{}", self.numbered);
        self.functions.push(format!("{name} = {value}\n"));
        name
    }

    /// Adds a pattern for bytes some of which may be anything, or in another case.
    fn byte_pattern(&mut self, pattern: &BytePattern, after: &str) -> String {
        let byte = |byte: &Option<u8>| match byte {
            Some(byte) => format!("\\x{byte:02x}"),
            None => ".".to_owned(),
        };
        let source: String = pattern.bytes().iter().map(byte).collect();
        let flags = if pattern.ignores_case() {
            ", re.DOTALL | re.IGNORECASE"
        } else {
            ", re.DOTALL"
        };
        self.compiled(&format!("{source}{after}"), flags)
    }

    /// Writes the acts of a rule.
    fn acts(&mut self, place: usize, rule: &Rule, is_answer: bool) -> String {
        let mut lines = String::new();
        for act in &rule.then {
            match self.act(rule, act, is_answer) {
                Ok(act) => lines += &act,
                Err(what) => self.rule_lacks(place, rule, what),
            }
        }
        lines
    }

    fn act(&mut self, rule: &Rule, act: &RuleAct, is_answer: bool) -> Result<String, Lost> {
        Ok(match act {
            RuleAct::Send { to, .. }
            | RuleAct::Finish(to)
            | RuleAct::Close(to)
            | RuleAct::Reset(to)
                if *to != To::Peer =>
            {
                return Err(RuleLack::Others);
            }
            RuleAct::Send { luck, .. } if *luck != Luck::default() => return Err(RuleLack::Luck),
            RuleAct::Echo if is_answer => "peer.send(frame)\n".to_owned(),
            RuleAct::Echo => String::new(),
            RuleAct::Send { message, .. } => {
                let known = if is_answer {
                    Variables::Pieces
                } else {
                    Variables::Nothing
                };
                let place = CodePlace::Rule(rule.name.to_string());
                match self.message(message, &place, known) {
                    Written::Bytes(bytes) => format!("peer.send({})\n", python_bytes(&bytes)),
                    Written::Computed { steps, value } => format!("{steps}peer.send({value})\n"),
                }
            }
            RuleAct::Wait(times) => self.wait(times),
            RuleAct::Finish(_) => "peer.finish()\n".to_owned(),
            RuleAct::Close(_) => "peer.close()\n".to_owned(),
            RuleAct::Reset(_) => "peer.reset()\n".to_owned(),
            RuleAct::StartTls => return Err(RuleLack::Tls),
            RuleAct::StopReading | RuleAct::ResumeReading => return Err(RuleLack::Reading),
            RuleAct::Rate(_) | RuleAct::Slice(_) => return Err(RuleLack::Pace),
            RuleAct::Remember(..) | RuleAct::Forget(_) => return Err(RuleLack::Memory),
            RuleAct::Join(_) | RuleAct::Leave(_) => return Err(RuleLack::Others),
        })
    }

    fn wait(&mut self, times: &RangeInclusive<Duration>) -> String {
        self.import("time");
        let (least, most) = (times.start().as_secs_f64(), times.end().as_secs_f64());
        if times.start() == times.end() {
            return format!("time.sleep({least})\n");
        }
        self.import("random");
        format!("time.sleep(random.uniform({least}, {most}))\n")
    }
}

/// Returns the literal of a pattern of which every byte is known, in its case.
fn exact(pattern: &BytePattern) -> Option<String> {
    let bytes: Option<Vec<u8>> = pattern.bytes().iter().copied().collect();
    bytes
        .filter(|_| !pattern.ignores_case())
        .map(|bytes| python_bytes(&bytes))
}

fn length(lengths: &RangeInclusive<usize>) -> String {
    match (*lengths.start(), *lengths.end()) {
        (least, most) if least == most => format!("len(request) == {least}"),
        (0, most) => format!("len(request) <= {most}"),
        (least, usize::MAX) => format!("len(request) >= {least}"),
        (least, most) => format!("{least} <= len(request) <= {most}"),
    }
}

/// Returns a shape as a list.
fn written(shape: &Shape) -> String {
    let mut items = Vec::new();
    let mut bytes = Vec::new();
    let end = |bytes: &mut Vec<u8>, items: &mut Vec<String>| {
        if !bytes.is_empty() {
            items.push(python_bytes(&std::mem::take(bytes)));
        }
    };
    for item in shape.items() {
        let (name, len) = match item {
            ShapeItem::Byte(byte) => {
                bytes.push(byte);
                continue;
            }
            ShapeItem::AnyByte => ("None".to_owned(), "1".to_owned()),
            ShapeItem::Piece { name, len } => {
                let name = name.map_or_else(|| "None".to_owned(), python_text);
                (name, piece_len(&len, shape))
            }
        };
        end(&mut bytes, &mut items);
        items.push(format!("({name}, {len})"));
        if len == "to_zero" {
            bytes.push(0);
        }
    }
    end(&mut bytes, &mut items);
    let items = indented(&items.join(",\n"), 4);
    format!("[\n{items}]")
}

fn piece_len(len: &ShapeLen<'_>, shape: &Shape) -> String {
    match len {
        ShapeLen::Fixed(len) => len.to_string(),
        ShapeLen::Amount(amount) => {
            let name = python_text(amount.name().unwrap_or_default());
            let factor = match amount.factor() {
                1 => String::new(),
                factor => format!("{factor} * "),
            };
            let plus = match amount.plus() {
                0 => String::new(),
                more @ 1.. => format!(" + {more}"),
                less => format!(" - {}", less.unsigned_abs()),
            };
            format!("lambda _request, _at, n: {factor}n[{name}]{plus}")
        }
        ShapeLen::Varint => "varint".to_owned(),
        ShapeLen::ToZero => "to_zero".to_owned(),
        ShapeLen::Rest => format!("rest({})", shape.bytes_after_rest()),
    }
}
