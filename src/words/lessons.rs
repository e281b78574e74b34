//! The lessons: their texts, and what the window says around them.
//!
//! A lesson's text is a file of its own, which reads well, is easy to translate and open to contributions: it is one of a
//! language's folder in `assets/lessons/`. Its programs are the same in all languages.

use std::time::Duration;

use super::counts::noun;
use super::number::{bytes, duration, grouped};
use super::phrases::phrases;
use super::{InWords, Language};
use crate::session::lesson::{
    Condition, End, Family, LessonError, LessonProblem, LessonText, What,
};

/// Makes the list of lessons of one language: a line for each file.
macro_rules! texts {
    ($folder:literal: $($key:literal),* $(,)?) => {
        &[$(LessonText {
            key: $key,
            text: include_str!(concat!("../../assets/lessons/", $folder, "/", $key, ".toml")),
            python: include_str!(concat!("../../assets/lessons/code/", $key, ".py")),
            rust: include_str!(concat!("../../assets/lessons/code/", $key, ".rs")),
        }),*]
    };
}

/// The lessons in the order in which they are learned. The first one explains the handshake.
#[derive(Debug)]
pub(crate) struct LessonTexts(pub(crate) &'static [LessonText]);

impl LessonTexts {
    pub(super) const ENGLISH: Self = Self(texts!("en":
        "handshake",
        "port-0",
        "stream",
        "small-buffer",
        "half-close",
        "reset",
        "backlog",
        "slow-reader",
        "nagle",
        "keep-alive",
        "time-wait",
        "families",
        "udp",
    ));
    // A lesson is a text of its own, not a phrase.
    pub(super) const BRACKETED: Self = Self::ENGLISH;
}

phrases! {
    /// The lessons' pane.
    Lessons {
        heading = "Lessons";
        intro = "Learn TCP and UDP on real sockets of this machine. Each lesson has a server and a client of its own, and goes on when it sees on record that a step was done. Your document stays as it is.";
        pane = "Lesson";
        first = "Learn: the handshake";
        first_why = "New to this? In a few minutes, on a real connection, you see what happens before the first byte.";
        server = "Lesson server";
        client = "Lesson client";
        of(number: usize, count: usize) = "Lesson {number} of {count}";
        choice(number: usize, title: &str) = "{number}. {title}";
        step(number: usize, title: &str) = "{number}. {title}";
        step_state(number: usize, title: &str, state: &str) = "Step {number}, {title}: {state}";
        done = "done";
        is_done(title: &str) = "{title}: done";
        to_do = "to do";
        later = "later";
        do_it = "Do it for me";
        do_it_name(title: &str) = "Do it for me: {title}";
        look = "What to look at";
        needed = "Done when it is on record that";
        met(condition: &str) = "{condition}, done";
        not_met(condition: &str) = "{condition}, not yet";
        show_entry = "Show entry";
        show_entry_name(condition: &str) = "Show entry: {condition}";
        code = "The same in code";
        language = "Language of the code";
        copy = "Copy";
        copy_all = "Copy all";
        copy_all_why = "Copy the whole program of this lesson";
        no_code = "Nothing to write: the system does this by itself.";
        over = "Lesson done";
        next = "Next lesson";
        previous = "Previous lesson";
        again = "Start over";
        all = "All lessons";
        leave = "Leave the lesson";
        close = "Close lessons";
        resize = "Resize lessons";
        bad(key: &str, why: &str) = "The lesson {key} cannot be read: {why}";
    }
}

impl Language {
    /// Returns the files of the lessons, in the order in which they are learned.
    pub fn lesson_files(&self) -> &'static [LessonText] {
        self.lesson_texts.0
    }
}

impl InWords for Condition {
    fn in_words(&self, language: &Language) -> String {
        (language.lesson_conditions.say)(language, self)
    }
}

impl InWords for LessonError {
    fn in_words(&self, language: &Language) -> String {
        let why = (language.lesson_conditions.problem)(&self.problem);
        language.lessons.bad(self.key, &why)
    }
}

/// How conditions and what is wrong with lessons are said. A language that builds sentences in another way has its own.
#[derive(Debug)]
pub(crate) struct LessonConditions {
    say: fn(&Language, &Condition) -> String,
    problem: fn(&LessonProblem) -> String,
}

impl LessonConditions {
    pub(super) const ENGLISH: Self = Self {
        say: |_, condition| say(condition),
        problem,
    };
    pub(super) const BRACKETED: Self = Self {
        say: |_, condition| format!("[{}]", say(condition)),
        problem: |it| format!("[{}]", problem(it)),
    };
}

fn say(condition: &Condition) -> String {
    let end = match condition.end {
        End::Server => "the server",
        End::Client => "the client",
    };
    let what = happening(condition.what);
    match condition.times {
        1 => format!("{end} {what}"),
        times => format!("{end} {what}, {}", noun(times, "time", "times")),
    }
}

fn happening(what: What) -> String {
    let over = |family| match family {
        None => "",
        Some(Family::V4) => " over IPv4",
        Some(Family::V6) => " over IPv6",
    };
    let words = match what {
        What::Listens(family) => return format!("listens{}", over(family)),
        What::Stopped => "was stopped",
        What::Connects => "began to connect",
        What::Connected(family) => return format!("is connected{}", over(family)),
        What::Refused => "was refused",
        What::Failed => "could not connect",
        What::Accepted(family) => return format!("accepted a connection{}", over(family)),
        What::Received(size) => return format!("read exactly {} at once", bytes_words(size)),
        What::ReceivedAtLeast(0 | 1) => "received something",
        What::ReceivedAtLeast(size) => {
            return format!("read at least {} at once", bytes_words(size));
        }
        What::ReceivedInAll(size) => return format!("received {} in all", bytes(size)),
        What::ReceivedCut => "read only a part of a character",
        What::SentAtLeast(0 | 1) => "sent something",
        What::SentAtLeast(size) => return format!("sent at least {} at once", bytes_words(size)),
        What::SentInAll(size) => return format!("sent {} in all", bytes(size)),
        What::AfterSilence(time) => return after_silence(time),
        What::Finished => "finished sending (FIN)",
        What::SawEnd => "saw the other side's FIN",
        What::Closed => "closed the connection",
        What::ClosedUnread => "closed the connection with bytes unread",
        What::DidReset => "reset the connection (RST)",
        What::WasReset => "was reset by the other side (RST)",
        What::StopsReading => "stopped reading",
        What::ReadsAgain => "reads again",
        What::StopsAccepting => "leaves new connections in the backlog",
        What::AcceptsAgain => "accepts again",
        What::NewPeer => "has a new peer",
        What::Cut => "received a datagram that was cut",
        What::Undelivered => "was told that a datagram did not get there (ICMP)",
        What::Forgot => "forgot its peer after a silence",
    };
    words.to_owned()
}

fn bytes_words(size: u64) -> String {
    format!(
        "{} {}",
        grouped(size),
        if size == 1 { "byte" } else { "bytes" }
    )
}

fn after_silence(time: Duration) -> String {
    format!("sent or received after {} of silence", duration(time))
}

fn problem(problem: &LessonProblem) -> String {
    match problem {
        LessonProblem::Form { line, text } => format!("line {line}: {text}"),
        LessonProblem::Number => "it needs 1 to 12 steps and 1 to 8 clients".to_owned(),
        LessonProblem::Condition { step, text } => {
            format!("step {step} waits for {text:?}, which is no condition")
        }
        LessonProblem::Act { step: 0, text } => {
            format!("the setup has {text:?}, which is nothing to do")
        }
        LessonProblem::Act { step, text } => {
            format!("step {step} has {text:?}, which is nothing to do")
        }
        LessonProblem::Control { step, text } => {
            format!("step {step} names {text:?}, which is no control of the window")
        }
        LessonProblem::Endless { step } => format!("step {step} waits for nothing"),
        LessonProblem::Program { step } => format!("a program has no part for step {step}"),
    }
}
