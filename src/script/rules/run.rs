//! Rules at work on one connection.

use core::ops::RangeInclusive;
use core::time::Duration;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use super::condition::{Condition, Tried};
use super::{FIRST_STATE, Luck, MEMORY_BYTES, Memory, Rule, RuleAct, RuleSet, Times, To, When};
use crate::payload::template::{MemoryPlace, Piece, Recall, Resolved, Scene};
use crate::script::Message;
use crate::script::act::{Act, Acts, Content, Disturbance, ProblemKind, RuleNumber, TimerId, Whom};
use crate::script::responder::{Responder, Seen, Standing, on_body, rendered, send};

/// A million: what chances are counted in.
const MILLION: u32 = 1_000_000;

/// Answers on one connection by the rules of its endpoint.
#[derive(Debug)]
pub(in crate::script) struct Ruled {
    set: RuleSet,
    /// What is sent first, until then.
    greeting: Option<Message>,
    state: Arc<str>,
    /// How many requests there were.
    requests: u64,
    /// How often each rule applied here, by its place, of those that are limited to so many on a connection.
    applied: BTreeMap<u16, u32>,
    /// The lengths of silence that rules wait for, in ascending order, without doubles.
    silences: Arc<[Duration]>,
    /// How many of them this silence has had.
    passed: usize,
    has_ended: bool,
    /// Whether no rule applied to the last request.
    is_unanswered: bool,
    /// Repeatable chance, once there has been any.
    chance: Option<fastrand::Rng>,
}

impl Ruled {
    pub(in crate::script) fn new(set: RuleSet, greeting: Option<Message>) -> Self {
        let mut silences: Vec<Duration> = set.rules().rules.iter().filter_map(silence).collect();
        silences.sort_unstable();
        silences.dedup();
        Self {
            set,
            greeting,
            state: FIRST_STATE.into(),
            requests: 0,
            applied: BTreeMap::new(),
            silences: silences.into(),
            passed: 0,
            has_ended: false,
            is_unanswered: false,
            chance: None,
        }
    }

    /// Sets the timers of rules that apply again and again.
    fn set_timers(&self, acts: &mut Acts) {
        for (place, rule) in self.set.rules().rules.iter().enumerate() {
            Self::set_timer(place, rule, acts);
        }
    }

    fn set_timer(place: usize, rule: &Rule, acts: &mut Acts) {
        if let (When::EveryTime(period), Ok(id)) = (&rule.when, u32::try_from(place))
            && rule.is_on
        {
            acts.set_timer(TimerId(id), (*period).max(super::LEAST_PERIOD));
        }
    }

    /// Applies the first rule for this moment that does not need a request.
    fn apply_first(
        &mut self,
        is_for: impl Fn(&When) -> bool,
        scene: &mut Scene<'_>,
        acts: &mut Acts,
    ) {
        let set = self.set.clone();
        let rules = set.rules().rules.iter().enumerate();
        let mut rules = rules.filter(|(_, rule)| is_for(&rule.when));
        if let Some((place, rule)) = rules.find(|(place, rule)| self.is_due(*place, rule, scene)) {
            self.apply(place, rule, &[], scene, acts);
        }
    }

    fn answer(&mut self, scene: &mut Scene<'_>, acts: &mut Acts) {
        self.requests += 1;
        let Some(request) = scene.request else {
            acts.report(ProblemKind::RequestTooLong);
            return;
        };
        let set = self.set.clone();
        let mut pieces = Vec::new();
        let found = {
            let memory = set.memory();
            let tried = Tried {
                request,
                count: Some(self.requests),
                check: set.rules().check.as_ref(),
                memory: &memory,
                explains: false,
            };
            let mut rules = set.rules().rules.iter().enumerate();
            rules.find(|(place, rule)| {
                let When::Request(conditions) = &rule.when else {
                    return false;
                };
                pieces.clear();
                self.is_due(*place, rule, scene) && all_hold(conditions, tried, &mut pieces)
            })
        };
        let was_unanswered = std::mem::replace(&mut self.is_unanswered, found.is_none());
        if let Some((place, rule)) = found {
            return self.apply(place, rule, &pieces, scene, acts);
        }
        set.count_unmatched();
        if !was_unanswered {
            let bytes = request.len() as u64;
            acts.report(ProblemKind::Unanswered { bytes });
        }
    }

    /// Returns whether a rule may apply, whatever the request.
    fn is_due(&self, place: usize, rule: &Rule, scene: &Scene<'_>) -> bool {
        let is_in = |states: &[Arc<str>]| states.is_empty() || states.contains(&self.state);
        let is_from = || match (&rule.from, scene.peer) {
            (None, _) => true,
            (Some(pattern), Some(peer)) => pattern.matches(peer),
            (Some(_), None) => false,
        };
        rule.is_on && is_in(&rule.in_states) && self.has_times_left(place, rule) && is_from()
    }

    fn has_times_left(&self, place: usize, rule: &Rule) -> bool {
        match rule.times {
            None => true,
            Some(Times::InAll(most)) => self.set.applied_by(place) < u64::from(most.get()),
            Some(Times::PerConnection(most)) => {
                let place = u16::try_from(place).unwrap_or(u16::MAX);
                self.applied
                    .get(&place)
                    .is_none_or(|count| *count < most.get())
            }
        }
    }

    fn apply(
        &mut self,
        place: usize,
        rule: &Rule,
        pieces: &[Piece],
        scene: &mut Scene<'_>,
        acts: &mut Acts,
    ) {
        let times = self.set.count(place);
        if matches!(rule.times, Some(Times::PerConnection(_))) {
            let place = u16::try_from(place).unwrap_or(u16::MAX);
            *self.applied.entry(place).or_default() += 1;
        }
        acts.set_rule(Some(RuleNumber::at(place)));
        let set = self.set.clone();
        let mut stage = Stage {
            memory: &mut set.memory(),
            pieces,
            times,
            chance: self.chance(scene.connection),
        };
        for act in &rule.then {
            if let Err(problem) = stage.perform(act, scene, acts) {
                acts.report(problem);
            }
        }
        acts.set_rule(None);
        if let Some(next) = &rule.next {
            self.state = Arc::clone(next);
        }
    }

    /// Returns what chance is drawn from, if it is to be repeatable.
    fn chance(&mut self, connection: u64) -> Option<&mut fastrand::Rng> {
        let seed = self.set.rules().seed?;
        // Any odd number spreads the connections over the seeds.
        let seed = seed ^ connection.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Some(
            self.chance
                .get_or_insert_with(|| fastrand::Rng::with_seed(seed)),
        )
    }
}

impl Responder for Ruled {
    fn see(&mut self, seen: Seen, scene: &mut Scene<'_>, acts: &mut Acts) {
        match seen {
            Seen::Began => {
                if let Some(greeting) = self.greeting.take() {
                    send(&greeting, scene, acts);
                }
                self.set_timers(acts);
                self.apply_first(|when| *when == When::Connected, scene, acts);
            }
            Seen::Request => {
                let set = self.set.clone();
                let framing = set.rules().framing.as_ref();
                on_body(framing, scene, |scene| self.answer(scene, acts));
            }
            Seen::PeerFinished | Seen::Gone => {
                if !std::mem::replace(&mut self.has_ended, true) {
                    self.apply_first(|when| *when == When::Ended, scene, acts);
                }
            }
            Seen::Silence => {
                if let Some(&due) = self.silences.get(self.passed) {
                    self.passed += 1;
                    self.apply_first(|when| *when == When::Silence(due), scene, acts);
                }
            }
            Seen::Timer(TimerId(id)) => {
                let set = self.set.clone();
                let place = id as usize;
                if let Some(rule) = set.rules().rules.get(place) {
                    Self::set_timer(place, rule, acts);
                    if self.is_due(place, rule, scene) {
                        self.apply(place, rule, &[], scene, acts);
                    }
                }
            }
        }
    }

    fn hear(&mut self) {
        self.passed = 0;
    }

    fn patience(&self) -> Option<Duration> {
        let due = self.silences.get(self.passed)?;
        let before = self
            .passed
            .checked_sub(1)
            .and_then(|it| self.silences.get(it));
        Some(due.saturating_sub(before.copied().unwrap_or_default()))
    }

    fn standing(&self) -> Standing {
        let rules = &self.set.rules().rules;
        let applied = self.applied.iter().filter_map(|(place, count)| {
            let rule = rules.get(usize::from(*place))?;
            Some((Arc::clone(&rule.name), *count))
        });
        Standing {
            state: Some(Arc::clone(&self.state)),
            requests: self.requests,
            applied: applied.collect(),
            has_ended: self.has_ended,
        }
    }

    fn adopt(&mut self, before: Standing, acts: &mut Acts) {
        if let Some(state) = before.state {
            self.state = state;
        }
        self.requests = before.requests;
        self.has_ended = before.has_ended;
        let rules = (0..).zip(&self.set.rules().rules);
        let known = |rule: &Rule| before.applied.iter().find(|(name, _)| *name == rule.name);
        let applied = rules.filter_map(|(place, rule)| Some((place, known(rule)?.1)));
        self.applied = applied.collect();
        self.set_timers(acts);
    }
}

fn silence(rule: &Rule) -> Option<Duration> {
    match rule.when {
        When::Silence(silence) if rule.is_on => Some(silence),
        _ => None,
    }
}

fn all_hold(conditions: &[Condition], tried: Tried<'_>, pieces: &mut Vec<Piece>) -> bool {
    conditions
        .iter()
        .all(|condition| condition.hold(tried, pieces).is_ok())
}

/// Where the acts of a rule are carried out.
struct Stage<'a> {
    memory: &'a mut Memory,
    pieces: &'a [Piece],
    times: u64,
    chance: Option<&'a mut fastrand::Rng>,
}

impl Stage<'_> {
    fn perform(
        &mut self,
        act: &RuleAct,
        scene: &mut Scene<'_>,
        acts: &mut Acts,
    ) -> Result<(), ProblemKind> {
        let (to, act) = match act {
            RuleAct::Echo => (&To::Peer, Act::Send(Content::Request)),
            RuleAct::Send { message, to, luck } => {
                let Some(message) = self.message(message, *luck, scene, acts)? else {
                    return Ok(());
                };
                (to, Act::Send(Content::Message(message.into())))
            }
            RuleAct::Finish(to) => (to, Act::Finish),
            RuleAct::Close(to) => (to, Act::Close),
            RuleAct::Reset(to) => (to, Act::Reset),
            RuleAct::Wait(times) => (&To::Peer, Act::Wait(self.between(times, scene))),
            RuleAct::StartTls => (&To::Peer, Act::StartTls),
            RuleAct::StopReading => (&To::Peer, Act::StopReading),
            RuleAct::ResumeReading => (&To::Peer, Act::ResumeReading),
            RuleAct::Rate(rate) => (&To::Peer, Act::Rate(*rate)),
            RuleAct::Slice(slices) => (&To::Peer, Act::Slice(*slices)),
            RuleAct::Join(group) => (&To::Peer, Act::Join(self.render(group, scene)?)),
            RuleAct::Leave(group) => (&To::Peer, Act::Leave(self.render(group, scene)?)),
            RuleAct::Remember(place, value) => {
                let value = self.render(value, scene)?;
                let full = |_| ProblemKind::MemoryFull {
                    limit_bytes: MEMORY_BYTES as u64,
                };
                let place = self.place(place, scene.request)?;
                return self.memory.remember(&place, &value).map_err(full);
            }
            RuleAct::Forget(place) => {
                let place = self.place(place, scene.request)?;
                self.memory.forget(&place.key);
                return Ok(());
            }
        };
        let whom = match to {
            To::Peer => {
                acts.request(act);
                return Ok(());
            }
            To::All => Whom::All,
            To::Others => Whom::Others,
            To::Group(group) => Whom::Group(self.render(group, scene)?),
            To::Endpoint(endpoint) => Whom::Endpoint(*endpoint),
        };
        acts.request(Act::Elsewhere(whom, Box::new(act)));
        Ok(())
    }

    /// Returns what is sent; `None` if chance drops it.
    fn message(
        &mut self,
        message: &Message,
        luck: Luck,
        scene: &mut Scene<'_>,
        acts: &mut Acts,
    ) -> Result<Option<Bytes>, ProblemKind> {
        let message = self.render(message, scene)?;
        if self.happens(luck.drop_ppm, scene) {
            let bytes = message.len() as u64;
            acts.request(Act::Note(Disturbance::Dropped { bytes }));
            return Ok(None);
        }
        let message = if self.happens(luck.corrupt_ppm, scene) && !message.is_empty() {
            self.corrupt(&message, scene, acts)
        } else {
            message
        };
        Ok(Some(message))
    }

    /// Turns one bit over.
    fn corrupt(&mut self, message: &Bytes, scene: &mut Scene<'_>, acts: &mut Acts) -> Bytes {
        let bits = (message.len() as u64).saturating_mul(8);
        let bit = self.draw(bits, scene);
        let mut bytes = message.to_vec();
        if let Some(byte) = usize::try_from(bit / 8)
            .ok()
            .and_then(|at| bytes.get_mut(at))
        {
            let from = *byte;
            *byte ^= 1 << (bit % 8);
            acts.request(Act::Note(Disturbance::Corrupted {
                bytes: message.len() as u64,
                at: bit / 8,
                from,
                to: *byte,
            }));
        }
        bytes.into()
    }

    fn place<'b>(
        &self,
        place: &'b MemoryPlace,
        request: Option<&'b [u8]>,
    ) -> Result<Resolved<'b>, ProblemKind> {
        let place = place.resolve(request.unwrap_or_default(), self.pieces);
        place.ok_or(ProblemKind::NoPlace)
    }

    fn render(&mut self, message: &Message, scene: &mut Scene<'_>) -> Result<Bytes, ProblemKind> {
        let memory: &dyn Recall = &*self.memory;
        let mut own = |bytes: &mut [u8]| match &mut self.chance {
            Some(chance) => chance.fill(bytes),
            None => (scene.random)(bytes),
        };
        let mut own = Scene {
            now: scene.now,
            peer: scene.peer,
            local: scene.local,
            connection: scene.connection,
            count: scene.count,
            request: scene.request,
            pieces: self.pieces,
            memory: Some(memory),
            times: self.times,
            random: &mut own,
        };
        let bytes = rendered(message, &mut own);
        scene.count = own.count;
        bytes
    }

    fn happens(&mut self, ppm: u32, scene: &mut Scene<'_>) -> bool {
        ppm > 0 && self.draw(MILLION.into(), scene) < u64::from(ppm)
    }

    fn between(&mut self, times: &RangeInclusive<Duration>, scene: &mut Scene<'_>) -> Duration {
        let span = times.end().saturating_sub(*times.start());
        let nanos = u64::try_from(span.as_nanos()).unwrap_or(u64::MAX);
        if nanos == 0 {
            return *times.start();
        }
        let drawn = self.draw(nanos.saturating_add(1), scene);
        times.start().saturating_add(Duration::from_nanos(drawn))
    }

    /// Returns a random number below `bound`. The bias is negligible.
    fn draw(&mut self, bound: u64, scene: &mut Scene<'_>) -> u64 {
        let mut bytes = [0; 16];
        match &mut self.chance {
            Some(chance) => chance.fill(&mut bytes),
            None => (scene.random)(&mut bytes),
        }
        let drawn = u128::from_le_bytes(bytes).checked_rem(bound.into());
        drawn.and_then(|it| u64::try_from(it).ok()).unwrap_or(0)
    }
}
