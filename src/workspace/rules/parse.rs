//! From typed rules to those that an endpoint can follow.

use std::collections::HashSet;
use std::iter;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use super::condition::{ConditionContext, WhenForm, WhenKind, shifted, text_bytes};
use super::{RuleForm, RulesForm};
use crate::payload::template::Names;
use crate::payload::{DraftError, Encoding, hex};
use crate::script::RuleNumber;
use crate::script::rules::{LEAST_PERIOD, MAX_ACTS, MAX_RULES, Rule, Rules, Times, When};
use crate::workspace::fields::{FieldError, FieldProblem, FormField, parse_duration};
use crate::workspace::protocol::ProtocolForm;
use crate::workspace::rule_problem::{RulePart, RuleProblem};

/// The most that is remembered from the start on, in bytes, names included.
pub const MAX_MEMORY_BYTES: usize = 1024 * 1024;
/// The most values that are remembered from the start on.
pub const MAX_REMEMBERED: usize = 1_000;
/// The longest name of a rule or a state, in characters.
pub const MAX_RULE_NAME_CHARS: usize = 64;
/// What is remembered under which key.
type Remembered = Vec<(Vec<u8>, Vec<u8>)>;
/// The longest wait, silence or period.
const MAX_TIME: Duration = Duration::from_hours(24);

impl RulesForm {
    /// Returns what it says for an endpoint whose bytes are read in this way.
    ///
    /// # Errors
    /// The first thing that is wrong, from top to bottom.
    pub fn parse(&self, protocol: &ProtocolForm) -> Result<Rules, FieldError> {
        let check = protocol.received.check()?;
        let seed = match self.seed_text.trim() {
            "" => None,
            text => {
                let seed = text.parse().map_err(|_no_number| FieldProblem::Seed);
                Some(FormField::Seed.read(seed)?)
            }
        };
        let reading = ConditionContext {
            encoding: protocol.received.encoding,
            has_check: check.is_some(),
        };
        let rules = self.read_each(reading, protocol.sent.encoding);
        Ok(Rules {
            rules: rules.collect::<Result<_, _>>()?,
            framing: protocol.received.framing()?,
            check,
            memory: self.remembered(protocol.sent.encoding)?,
            seed,
        })
    }

    /// Returns what is wrong with it: the first problem of each rule, and of what is beside them.
    pub fn problems(&self, protocol: &ProtocolForm) -> Vec<FieldError> {
        let reading = ConditionContext {
            encoding: protocol.received.encoding,
            has_check: !protocol.received.check_text.trim().is_empty(),
        };
        let rules = self.read_each(reading, protocol.sent.encoding);
        let mut problems: Vec<_> = rules.filter_map(Result::err).collect();
        let others = Self {
            rules: Vec::new(),
            ..self.clone()
        };
        problems.extend(others.parse(protocol).err());
        problems
    }

    /// Reads each rule.
    fn read_each(
        &self,
        reading: ConditionContext,
        sent: Encoding,
    ) -> impl Iterator<Item = Result<Rule, FieldError>> {
        let mut names = HashSet::new();
        let forms = self.rules.iter().enumerate();
        forms.map(move |(place, form)| {
            let name = self.name_of(place).unwrap_or_default();
            let read = if place < MAX_RULES {
                form.read(&name, &mut names, reading, sent)
            } else {
                Err((RulePart::Whole, RuleProblem::TooManyRules))
            };
            read.map_err(|(part, problem)| {
                let number = RuleNumber::at(place);
                let problem = Box::new(problem);
                FormField::Rule { number, part }.holds(FieldProblem::Rule { name, problem })
            })
        })
    }

    fn remembered(&self, encoding: Encoding) -> Result<Remembered, FieldError> {
        let mut memory = Remembered::new();
        let mut used_bytes = 0;
        for (name, typed) in &self.memory {
            let wrong = |problem| {
                let name = name.clone();
                let problem = Box::new(problem);
                FormField::Memory.holds(FieldProblem::Rule { name, problem })
            };
            let key = name.trim().as_bytes().to_vec();
            if key.is_empty() {
                return Err(wrong(RuleProblem::Name));
            }
            if memory.iter().any(|(other, _)| *other == key) {
                return Err(wrong(RuleProblem::NameTaken(name.clone())));
            }
            let value = value(typed, encoding).map_err(wrong)?;
            used_bytes += key.len() + value.len();
            if used_bytes > MAX_MEMORY_BYTES || memory.len() >= MAX_REMEMBERED {
                return Err(wrong(RuleProblem::TooMuch));
            }
            memory.push((key, value));
        }
        Ok(memory)
    }
}

impl RuleForm {
    fn read(
        &self,
        name: &str,
        names: &mut HashSet<String>,
        reading: ConditionContext,
        sent: Encoding,
    ) -> Result<Rule, (RulePart, RuleProblem)> {
        if !is_name(name) {
            return Err((RulePart::Name, RuleProblem::Name));
        }
        if !names.insert(name.to_owned()) {
            return Err((RulePart::Name, RuleProblem::NameTaken(name.to_owned())));
        }
        let (when, pieces) = self.when.when(reading)?;
        let in_states = states(&self.in_states_text).map_err(|it| (RulePart::States, it))?;
        let from = match self.from_text.trim() {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|it| (RulePart::From, RuleProblem::From(it)))?,
            ),
        };
        if self.then.len() > MAX_ACTS {
            return Err((RulePart::Whole, RuleProblem::TooManyActs));
        }
        let acts = self.then.iter().enumerate().map(|(place, act)| {
            let read = act.read(sent, &pieces);
            read.map_err(|(part, problem)| (RulePart::act(place, part), problem))
        });
        let then = acts.collect::<Result<_, _>>()?;
        let next = match self.next_text.trim() {
            "" => None,
            state if is_name(state) && !state.contains(',') => Some(state.into()),
            _ => return Err((RulePart::Next, RuleProblem::Name)),
        };
        let times = match self.times_text.trim() {
            "" => None,
            text => Some(times(text).ok_or((RulePart::Times, RuleProblem::Times))?),
        };
        Ok(Rule {
            name: name.into(),
            is_on: self.is_on,
            when,
            in_states,
            from,
            then,
            next,
            times,
        })
    }
}

impl WhenForm {
    /// Returns when it applies, and the names of the pieces that it finds.
    fn when(&self, reading: ConditionContext) -> Result<(When, Names), (RulePart, RuleProblem)> {
        let wrong = |problem| (RulePart::When, problem);
        let when = match self.kind {
            WhenKind::Request => {
                let (conditions, names) = self.read(reading)?;
                return Ok((When::Request(conditions), names));
            }
            WhenKind::Connected => When::Connected,
            WhenKind::Ended => When::Ended,
            WhenKind::Silence => {
                let silence = time(&self.time_text).filter(|it| !it.is_zero());
                When::Silence(silence.ok_or(wrong(RuleProblem::Time))?)
            }
            WhenKind::EveryTime => {
                let period = time(&self.time_text).filter(|it| *it >= LEAST_PERIOD);
                When::EveryTime(period.ok_or(wrong(RuleProblem::Period))?)
            }
        };
        Ok((when, iter::empty::<&str>().collect()))
    }
}

/// Reads a time.
pub(super) fn time(text: &str) -> Option<Duration> {
    let time = parse_duration(text).ok();
    time.filter(|it| *it <= MAX_TIME)
}

fn states(text: &str) -> Result<Vec<Arc<str>>, RuleProblem> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let states = text.split(',').map(|state| match state.trim() {
        "" => Err(RuleProblem::State),
        state if is_name(state) => Ok(state.into()),
        _ => Err(RuleProblem::Name),
    });
    states.collect()
}

/// Reads how often a rule applies.
fn times(text: &str) -> Option<Times> {
    let number = |text: &str| text.trim().parse::<NonZeroU32>().ok();
    match text.strip_suffix("per connection") {
        Some(text) => number(text).map(Times::PerConnection),
        None => number(text).map(Times::InAll),
    }
}

fn is_name(text: &str) -> bool {
    text.chars().count() <= MAX_RULE_NAME_CHARS && !text.chars().any(char::is_control)
}

/// Reads a value to remember.
fn value(typed: &str, encoding: Encoding) -> Result<Vec<u8>, RuleProblem> {
    match typed.split_once(':') {
        Some(("hex", digits)) => hex::parse(digits)
            .map_err(|error| RuleProblem::Message(shifted(DraftError::Hex(error), typed, 4))),
        Some(("text", text)) => text_bytes(text, encoding)
            .map_err(|error| RuleProblem::Message(shifted(error, typed, 5))),
        Some(("zeros", count)) => {
            let count = count.trim().parse::<usize>().ok();
            let count = count.filter(|it| *it <= MAX_MEMORY_BYTES);
            Ok(vec![0; count.ok_or(RuleProblem::Zeros)?])
        }
        _ => Ok(text_bytes(typed, encoding)?),
    }
}
