//! The lessons: their texts, and what the window says around them.
//!
//! A lesson's text is a file of its own, which reads well, is easy to translate and open to contributions: it is one of a
//! language's folder in `assets/lessons/`. Its programs are the same in all languages.

use super::english::noun;
use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language};
use crate::session::lesson::{
    Family, LessonCondition, LessonEnd, LessonError, LessonProblem, LessonText, What,
};

/// Makes the list of lessons of each language, whose texts are files of a folder, in the order in which they are learned.
/// The first one explains the handshake.
macro_rules! lessons {
    ($($name:ident: $folder:literal),*; $keys:tt) => {
        impl LessonTexts {
            $(pub(super) const $name: Self = Self(lessons!(@texts $folder $keys));)*
        }
    };
    (@texts $folder:literal [$($key:literal,)*]) => {
        &[$(LessonText {
            key: $key,
            text: include_str!(concat!("../../assets/lessons/", $folder, "/", $key, ".toml")),
            python: include_str!(concat!("../../assets/lessons/code/", $key, ".py")),
            rust: include_str!(concat!("../../assets/lessons/code/", $key, ".rs")),
        }),*]
    };
}

/// The texts of the lessons.
#[derive(Debug)]
pub(crate) struct LessonTexts(pub(crate) &'static [LessonText]);

lessons! {
    ENGLISH: "en", GERMAN: "de", FRENCH: "fr", SPANISH: "es", PORTUGUESE: "pt-BR", CHINESE: "zh-Hans", JAPANESE: "ja",
    // A lesson is a text of its own, not a phrase.
    BRACKETED: "en";
    [
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
    ]
}

phrases! {
    /// The lessons' pane.
    Lessons {
        heading = "Lessons";
        intro = "Learn TCP and UDP on real sockets of this machine. Each lesson has a server and a client of its own, and goes on once the record shows that a step was done. Your document stays as it is.";
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
        needed = "Done once the record shows that";
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

phrases! {
    /// How the conditions of lessons are said: what an end has to do.
    LessonConditions {
        server = "the server";
        client = "the client";
        times(what: &str, times: u64) = { format!("{what}, {}", noun(times, "time", "times")) };
        over(what: &str, family: &str) = "{what} over {family}";

        listens(end: &str) = "{end} listens";
        stopped(end: &str) = "{end} was stopped";
        connects(end: &str) = "{end} began to connect";
        connected(end: &str) = "{end} is connected";
        refused(end: &str) = "{end} was refused";
        failed(end: &str) = "{end} could not connect";
        accepted(end: &str) = "{end} accepted a connection";
        received(end: &str, size: &str) = "{end} read exactly {size} in one read";
        received_something(end: &str) = "{end} received something";
        received_at_least(end: &str, size: &str) = "{end} read at least {size} in one read";
        received_in_all(end: &str, size: &str) = "{end} received {size} in all";
        received_cut(end: &str) = "{end} read only part of a character";
        sent_something(end: &str) = "{end} sent something";
        sent_at_least(end: &str, size: &str) = "{end} sent at least {size} in one write";
        sent_in_all(end: &str, size: &str) = "{end} sent {size} in all";
        after_silence(end: &str, time: &str) = "{end} sent or received after {time} of silence";
        finished(end: &str) = "{end} finished sending (FIN)";
        saw_end(end: &str) = "{end} saw the other side's FIN";
        closed(end: &str) = "{end} closed the connection";
        closed_unread(end: &str) = "{end} closed the connection with bytes unread";
        did_reset(end: &str) = "{end} reset the connection (RST)";
        was_reset(end: &str) = "{end} was reset by the other side (RST)";
        stops_reading(end: &str) = "{end} stopped reading";
        reads_again(end: &str) = "{end} reads again";
        stops_accepting(end: &str) = "{end} leaves new connections in the backlog";
        accepts_again(end: &str) = "{end} accepts again";
        new_peer(end: &str) = "{end} has a new peer";
        cut(end: &str) = "{end} received a datagram that was cut";
        undelivered(end: &str) = "{end} learned that a datagram did not get there (ICMP)";
        forgot(end: &str) = "{end} forgot its peer after a silence";
    }
}

kinds! {
    /// What is wrong with a lesson's files.
    LessonProblems for LessonProblem as lesson_problems |language| {
        Form { line: &usize, text: &str } = "line {line}: {text}";
        Number = "it needs 1 to 12 steps and 1 to 8 clients";
        Condition { step: &usize, text: &str } = "step {step} waits for {text:?}, which is not a condition";
        Act { step: &usize, text: &str } = "step {step} has {text:?}, which is not an act (step 0 is the setup)";
        Control { step: &usize, text: &str } = "step {step} names {text:?}, which is not a control of the window";
        Endless { step: &usize } = "step {step} waits for nothing";
        Program { step: &usize } = "a program has no part for step {step}";
    }
}

impl InWords for LessonCondition {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.lesson_conditions;
        let what = what(language, self.what, self.end);
        match self.times {
            1 => what,
            times => words.times(&what, times),
        }
    }
}

impl InWords for LessonError {
    fn in_words(&self, language: &Language) -> String {
        let why = self.problem.in_words(language);
        language.lessons.bad(self.key, &why)
    }
}

fn what(language: &Language, what: What, end: LessonEnd) -> String {
    let words = &language.lesson_conditions;
    let end = match end {
        LessonEnd::Server => words.server,
        LessonEnd::Client => words.client,
    };
    let over = |what: String, family| match family {
        None => what,
        Some(Family::V4) => words.over(&what, "IPv4"),
        Some(Family::V6) => words.over(&what, "IPv6"),
    };
    let count = |size| language.counts.bytes(size);
    match what {
        What::Listens(family) => over(words.listens(end), family),
        What::Stopped => words.stopped(end),
        What::Connects => words.connects(end),
        What::Connected(family) => over(words.connected(end), family),
        What::Refused => words.refused(end),
        What::Failed => words.failed(end),
        What::Accepted(family) => over(words.accepted(end), family),
        What::Received(size) => words.received(end, &count(size)),
        What::ReceivedAtLeast(0 | 1) => words.received_something(end),
        What::ReceivedAtLeast(size) => words.received_at_least(end, &count(size)),
        What::ReceivedInAll(bytes) => words.received_in_all(end, &count(bytes)),
        What::ReceivedCut => words.received_cut(end),
        What::SentAtLeast(0 | 1) => words.sent_something(end),
        What::SentAtLeast(size) => words.sent_at_least(end, &count(size)),
        What::SentInAll(bytes) => words.sent_in_all(end, &count(bytes)),
        What::AfterSilence(time) => words.after_silence(end, &language.numbers.duration(time)),
        What::Finished => words.finished(end),
        What::SawEnd => words.saw_end(end),
        What::Closed => words.closed(end),
        What::ClosedUnread => words.closed_unread(end),
        What::DidReset => words.did_reset(end),
        What::WasReset => words.was_reset(end),
        What::StopsReading => words.stops_reading(end),
        What::ReadsAgain => words.reads_again(end),
        What::StopsAccepting => words.stops_accepting(end),
        What::AcceptsAgain => words.accepts_again(end),
        What::NewPeer => words.new_peer(end),
        What::Cut => words.cut(end),
        What::Undelivered => words.undelivered(end),
        What::Forgot => words.forgot(end),
    }
}

#[cfg(test)]
mod tests {
    use crate::session::lesson::{Lesson, LessonControl};
    use crate::words::{ENGLISH, Spoken};

    #[test]
    fn the_lessons_of_all_languages_differ_in_words_alone() {
        for spoken in Spoken::all() {
            let files = spoken.words.lesson_files();
            assert_eq!(files.len(), ENGLISH.lesson_files().len());
            for (file, english) in files.iter().zip(ENGLISH.lesson_files()) {
                assert_eq!(file.key, english.key);
                let place = format!("{}/{}", spoken.tag(), file.key);
                let read = |file| Lesson::read(file).unwrap_or_else(|it| panic!("{place}: {it:?}"));
                let (mut lesson, mut english) = (read(file), read(english));
                for lesson in [&mut lesson, &mut english] {
                    let texts = [
                        &mut lesson.title,
                        &mut lesson.summary,
                        &mut lesson.about,
                        &mut lesson.end,
                    ];
                    let of_steps = lesson
                        .steps
                        .iter_mut()
                        .flat_map(|it| [&mut it.title, &mut it.text, &mut it.look]);
                    for text in texts.into_iter().chain(of_steps) {
                        assert!(!text.trim().is_empty(), "{place}");
                        text.clear();
                    }
                }
                assert_eq!(lesson, english, "{place}");
            }
        }
    }

    #[test]
    fn a_lesson_names_the_controls_as_the_window_does() {
        for spoken in Spoken::all() {
            let words = spoken.words;
            for file in words.lesson_files() {
                let lesson = Lesson::read(file).unwrap();
                for step in &lesson.steps {
                    let place = format!("{}/{}: {}", spoken.tag(), file.key, step.title);
                    for control in &step.press {
                        let name = match control {
                            LessonControl::Start => words.endpoints.start_server,
                            LessonControl::Stop => words.endpoints.stop_server,
                            LessonControl::Connect => words.endpoints.connect,
                            LessonControl::Disconnect => words.endpoints.disconnect,
                            LessonControl::Send => words.composer.send,
                        };
                        // A step may say what is to be done with which of its two endpoints.
                        let names = [name, words.lessons.server, words.lessons.client];
                        let is_named = names.iter().any(|it| step.text.contains(it));
                        assert!(is_named, "{place}: {name}");
                    }
                    let is_left = step.text.contains(words.lessons.do_it);
                    assert!(is_left || !step.press.is_empty(), "{place}");
                }
            }
        }
    }
}
