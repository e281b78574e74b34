//! Sequences of send and expect: what they are called, and what came of them.

use super::english::{grouped, noun};
use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language};
use crate::net::SequenceEnd;
use crate::payload::groups::RegexProblem;
use crate::payload::{DraftError, StreamEnd, TextStart, hex};
use crate::script::sequence::{Difference, MAX_STEPS, Miss, SequenceOutcome, StepFailure};
use crate::workspace::{FieldError, SequenceError, SequenceProblem, StepKind};

phrases! {
    /// What came of sequences.
    SequenceResults {
        began(name: &str) = "sequence \"{name}\" began";
        ended(name: &str, outcome: &str) = "sequence \"{name}\" {outcome}";
        passed = "passed";
        failed(step: u16, why: &str) = "failed at step {step}: {why}";
        cancelled(step: u16) = "was stopped at step {step}";
        with_others(outcome: &str, others: &str) = "{outcome}; {others}";
        others(count: u64) = { format!("{} arrived", noun(count, "other frame", "other frames")) };
        timed_out(within: &str, what: &str) = "what it expects did not arrive within {within}; {what}";
        connection_ended(what: &str) = "the connection ended first; {what}";
        nothing = "nothing arrived";
        nearest(excerpt: &str) = "nearest was {excerpt}";
        nearest_differs(excerpt: &str, difference: &str) = "nearest was {excerpt}, {difference}";
        differs(at: u64, expected: &str, found: &str) = { format!("where byte {} is {found}, not {expected}", grouped(at)) };
        ends(at: u64, expected: &str) = { format!("which ends before byte {}, where {expected} is expected", grouped(at)) };
        any_byte = "any byte";
        byte(hex: u8, shown: &str) = "{hex:02X} ({shown})";
        byte_only(hex: u8) = "{hex:02X}";
        more(excerpt: &str) = "{excerpt}…";
        unsent = "not all of what it sends could be sent";
        not_connected = "there was no connection";
    }
}

phrases! {
    /// The sequences of a client.
    Sequences {
        heading = "Sequences";
        none = "A sequence sends and expects, step by step, and says whether all went as expected.";
        add = "Add sequence…";
        new_name = "Sequence";
        run(name: &str) = "Run {name}";
        run_button = "Run";
        run_why = "Do its steps on the connection of this client, which connects first if it is not connected";
        run_on = "Run sequence";
        of_client(name: &str, client: &str) = "{name} ({client})";
        stop = "Stop";
        stop_named(name: &str) = "Stop {name}";
        stop_why = "Stop it at the step that is being done (Esc)";
        running = "running…";
        show = "Show";
        show_named(name: &str) = "Show what came of \"{name}\"";
        show_why = "Show the entry in the timeline";
        more(name: &str) = "More for {name}";
        edit = "Edit steps";
        duplicate = "Duplicate";
        delete = "Delete";
        title_of(name: &str) = "Sequence \"{name}\"";
        name = "Sequence name";
        kind_of(number: u16) = "Kind of step {number}";
        text_of(number: u16) = "Text of step {number}";
        within_of(number: u16) = "Time for step {number}";
        more_of(number: u16) = "More for step {number}";
        within = "within";
        within_hint = "5s";
        remove = "Remove";
        move_up = "Move up";
        move_down = "Move down";
        add_step = "Add step";
        send_hex = "Send hex";
        send_hint = "HELLO\\r\\n, {{counter}}";
        send_hex_hint = "48 45 0D 0A";
        expect_hint = "OK, regex:^2.., hex:01 ??";
        wait_hint = "100ms";
        done = "Done";
        wrong_step(number: u16, problem: &str) = "step {number}: {problem}";
        wrong_within(number: u16, problem: &str) = "step {number}, within: {problem}";
    }
}

kinds! {
    /// What steps do.
    StepKinds for StepKind as step_kinds |language| {
        Send = "Send";
        Expect = "Expect";
        ExpectEnd = "Expect the end";
        Wait = "Wait";
        StartTls = "Start TLS";
        Finish = "Finish (FIN)";
        Close = "Close";
        Reset = "Reset (RST)";
    }

    /// What is wrong with sequences.
    SequenceProblems for SequenceProblem as sequence_problems |language| {
        NoSteps = "A sequence has at least one step. Add one";
        TooManySteps = { format!("A sequence has at most {MAX_STEPS} steps. Remove some") };
        Field(error: &FieldError) = { error.in_words(language) };
        Empty = "Nothing is written here";
        Message(error: &DraftError) = { error.in_words(language) };
        Regex(problem: &RegexProblem) = { problem.in_words(language) };
        TooLong = "This is too long to look for. Expect a part of it";
        PieceIsField(name: &str) = "A group cannot be called {name:?}: templates have a field of that name";
        OnlyInReplies = "A sequence has no request. Use a named group of what an earlier step expects, as in {{token}}";
        Time = "Enter a time of at most 24 hours with its unit, such as 100ms or 5s";
        AfterEnd = "Nothing can be sent after the connection was finished, closed or reset";
    }
}

impl InWords for SequenceError {
    fn in_words(&self, language: &Language) -> String {
        let problem = self.problem.in_words(language);
        match self.step {
            Some(step) if self.is_within => language.sequences.wrong_within(step.0, &problem),
            Some(step) => language.sequences.wrong_step(step.0, &problem),
            None => problem,
        }
    }
}

impl Language {
    /// Returns what came of the sequence of this name.
    pub(crate) fn sequence_ended(&self, name: &str, end: &SequenceEnd) -> String {
        self.sequence_results
            .ended(name, &self.sequence_outcome(end))
    }

    /// Returns what came of a sequence.
    pub(crate) fn sequence_outcome(&self, end: &SequenceEnd) -> String {
        let words = &self.sequence_results;
        let outcome = match &end.outcome {
            SequenceOutcome::Passed => words.passed.to_owned(),
            SequenceOutcome::Failed { step, why } => words.failed(step.0, &self.step_failure(why)),
            SequenceOutcome::Cancelled { step } => words.cancelled(step.0),
        };
        match end.others {
            0 => outcome,
            others => words.with_others(&outcome, &words.others(others)),
        }
    }

    fn step_failure(&self, why: &StepFailure) -> String {
        let words = &self.sequence_results;
        match why {
            StepFailure::TimedOut { within, nearest } => words.timed_out(
                &self.numbers.duration(*within),
                &self.arrived(nearest.as_ref()),
            ),
            StepFailure::Ended { nearest } => {
                words.connection_ended(&self.arrived(nearest.as_ref()))
            }
            StepFailure::Template(error) => error.problem.in_words(self),
            StepFailure::Unsent => words.unsent.to_owned(),
            StepFailure::NotConnected => words.not_connected.to_owned(),
        }
    }

    fn arrived(&self, nearest: Option<&Miss>) -> String {
        let words = &self.sequence_results;
        let Some(miss) = nearest else {
            return words.nothing.to_owned();
        };
        let text = TextStart::default().decode(&miss.excerpt, None, StreamEnd::Open);
        let mut excerpt = if text.is_mostly_escapes() {
            hex::render(&miss.excerpt)
        } else {
            text.text
        };
        if miss.len_bytes > miss.excerpt.len() as u64 {
            excerpt = words.more(&excerpt);
        }
        match &miss.difference {
            Some(difference) => words.nearest_differs(&excerpt, &self.difference(difference)),
            None => words.nearest(&excerpt),
        }
    }

    fn difference(&self, difference: &Difference) -> String {
        let words = &self.sequence_results;
        let expected = match difference.expected {
            Some(byte) => self.byte(byte),
            None => words.any_byte.to_owned(),
        };
        match difference.found {
            Some(found) => words.differs(difference.at, &expected, &self.byte(found)),
            None => words.ends(difference.at, &expected),
        }
    }

    fn byte(&self, byte: u8) -> String {
        let words = &self.sequence_results;
        if byte.is_ascii_graphic() {
            words.byte(byte, &char::from(byte).to_string())
        } else {
            words.byte_only(byte)
        }
    }
}
