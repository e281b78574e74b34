//! Lesson files: a text in TOML for people, and a program in Python and in Rust, cut into the same steps.
//!
//! ```text
//! title = "…"              [[step]]
//! summary = "…"            title = "…"                    what this step is
//! about = "…"              text = "…"                     what to do
//! clients = 1              look = "…"                     what to look at then
//! setup = ["set …"]        until = ["server listens"]     what has to happen: see `condition.rs`
//! end = "…"                act = ["start server"]         how it is done for the learner: see `act.rs`
//!                          press = ["start"]              what of the window `text` names, in order: see `control.rs`
//! ```

use std::sync::Arc;

use serde::Deserialize;

use super::{LessonAct, LessonCondition, LessonControl};

/// The most steps of a lesson.
const MAX_STEPS: usize = 12;
/// The most clients of a lesson.
const MAX_CLIENTS: usize = 8;
/// What parts the steps of a program, behind the sign of a comment.
const MARK: &str = "--- ";

/// The files of a lesson.
#[derive(Clone, Copy, Debug)]
pub struct LessonText {
    /// Its name for programs; that of its files.
    pub key: &'static str,
    /// What a person reads, in one language.
    pub text: &'static str,
    /// The same in Python.
    pub python: &'static str,
    /// The same in Rust.
    pub rust: &'static str,
}

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its title.
    pub title: String,
    /// What it is about, in a line.
    pub summary: String,
    /// What it is about.
    pub about: String,
    /// How many clients it has.
    pub clients: usize,
    /// What is set at its endpoints before it begins.
    pub setup: Vec<LessonAct>,
    /// The steps.
    pub steps: Vec<LessonStep>,
    /// What to remember.
    pub end: String,
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonStep {
    /// What this step is.
    pub title: String,
    /// What to do.
    pub text: String,
    /// What to look at, once it is done.
    pub look: String,
    /// What has to happen.
    pub until: Vec<LessonCondition>,
    /// How it is done for the learner.
    pub act: Vec<LessonAct>,
    /// What the learner presses to do it, in order; nothing where it is left to the program.
    pub press: Vec<LessonControl>,
    /// The same in Python.
    pub python: Arc<str>,
    /// The same in Rust.
    pub rust: Arc<str>,
}

/// What is wrong with a lesson's files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct LessonError {
    /// The lesson.
    pub key: &'static str,
    /// What is wrong.
    pub problem: LessonProblem,
}

/// What can be wrong with a lesson's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonProblem {
    /// The text is no TOML of this form; holds the line, and the parser's words.
    Form {
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        text: String,
    },
    /// There is no step, or there are too many steps or clients.
    Number,
    /// A step has a condition that cannot be read.
    Condition {
        /// The step, from 1; 0 for the setup.
        step: usize,
        /// The condition.
        text: String,
    },
    /// A step, or the setup, has an act that cannot be read.
    Act {
        /// The step, from 1; 0 for the setup.
        step: usize,
        /// The act.
        text: String,
    },
    /// A step names a control that there is not.
    Control {
        /// The step, from 1.
        step: usize,
        /// The control.
        text: String,
    },
    /// A step can never be done: it has no condition.
    Endless {
        /// The step, from 1.
        step: usize,
    },
    /// A program has no part for a step, or parts in another order.
    Program {
        /// The step, from 1.
        step: usize,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonFile {
    title: String,
    summary: String,
    about: String,
    #[serde(default = "one")]
    clients: usize,
    #[serde(default)]
    setup: Vec<String>,
    step: Vec<StepFile>,
    end: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    title: String,
    text: String,
    look: String,
    until: Vec<String>,
    act: Vec<String>,
    #[serde(default)]
    press: Vec<String>,
}

const fn one() -> usize {
    1
}

impl Lesson {
    /// Reads a lesson.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with its files.
    pub fn read(files: &LessonText) -> Result<Self, LessonError> {
        let key = files.key;
        Self::parse(files).map_err(|problem| LessonError { key, problem })
    }

    fn parse(files: &LessonText) -> Result<Self, LessonProblem> {
        let file: LessonFile = toml::from_str(files.text).map_err(|error| {
            let before = error.span().and_then(|span| files.text.get(..span.start));
            LessonProblem::Form {
                line: before.unwrap_or_default().matches('\n').count() + 1,
                text: error.message().to_owned(),
            }
        })?;
        let count = file.step.len();
        if !(1..=MAX_STEPS).contains(&count) || !(1..=MAX_CLIENTS).contains(&file.clients) {
            return Err(LessonProblem::Number);
        }
        let python = parts(files.python, "#", count)?;
        let rust = parts(files.rust, "//", count)?;
        let steps = file.step.into_iter().zip(python.into_iter().zip(rust));
        let steps = steps.zip(1..);
        let steps: Result<_, _> = steps
            .map(|((step, code), number)| LessonStep::parse(step, number, code))
            .collect();
        Ok(Self {
            title: file.title,
            summary: file.summary,
            about: flowing(&file.about),
            clients: file.clients,
            setup: acts(&file.setup, 0)?,
            steps: steps?,
            end: flowing(&file.end),
        })
    }
}

impl LessonStep {
    fn parse(
        file: StepFile,
        number: usize,
        (python, rust): (Arc<str>, Arc<str>),
    ) -> Result<Self, LessonProblem> {
        let condition = |text: &String| {
            LessonCondition::read(text).ok_or_else(|| LessonProblem::Condition {
                step: number,
                text: text.clone(),
            })
        };
        let control = |text: &String| {
            LessonControl::read(text).ok_or_else(|| LessonProblem::Control {
                step: number,
                text: text.clone(),
            })
        };
        let press: Result<Vec<_>, _> = file.press.iter().map(control).collect();
        let until: Result<Vec<_>, _> = file.until.iter().map(condition).collect();
        let until = until?;
        if until.is_empty() {
            return Err(LessonProblem::Endless { step: number });
        }
        Ok(Self {
            title: file.title,
            text: flowing(&file.text),
            look: flowing(&file.look),
            until,
            act: acts(&file.act, number)?,
            press: press?,
            python,
            rust,
        })
    }
}

fn acts(texts: &[String], step: usize) -> Result<Vec<LessonAct>, LessonProblem> {
    let act = |text: &String| {
        LessonAct::read(text).ok_or_else(|| LessonProblem::Act {
            step,
            text: text.clone(),
        })
    };
    texts.iter().map(act).collect()
}

/// Joins the lines of a paragraph; an empty line parts two.
fn flowing(text: &str) -> String {
    let paragraphs = text.trim().split("\n\n");
    let joined = paragraphs.map(|paragraph| {
        let mut joined = String::with_capacity(paragraph.len());
        for line in paragraph.lines().map(str::trim) {
            if is_spaced(&joined, line) {
                joined.push(' ');
            }
            joined.push_str(line);
        }
        joined
    });
    joined.collect::<Vec<_>>().join("\n\n")
}

/// Whether a space stands where two lines meet. Scripts without spaces have one only beside letters of others, and
/// their punctuation has none. The marks of emphasis and code are not looked at.
fn is_spaced(before: &str, after: &str) -> bool {
    let marks = ['*', '`'];
    let last = before.trim_end_matches(marks).chars().next_back();
    let first = after.trim_start_matches(marks).chars().next();
    let (Some(last), Some(first)) = (last, first) else {
        return false;
    };
    let is_tight = is_wide(last) && is_wide(first);
    !is_tight && !is_wide_punctuation(last) && !is_wide_punctuation(first)
}

/// Whether a character is of a script that is written without spaces, or of its punctuation.
fn is_wide(character: char) -> bool {
    let is_letter = matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}');
    is_letter || is_wide_punctuation(character)
}

fn is_wide_punctuation(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

/// Cuts a program at the lines that name its steps: `# --- 1`, `// --- 2`. What stands before the first one and what is
/// indented less than the steps belongs to none.
fn parts(program: &str, comment: &str, steps: usize) -> Result<Vec<Arc<str>>, LessonProblem> {
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for line in program.lines() {
        let mark = line.trim().strip_prefix(comment).map(str::trim);
        if let Some(number) = mark.and_then(|it| it.strip_prefix(MARK)) {
            let step = parts.len() + 1;
            if number.trim().parse() != Ok(step) {
                return Err(LessonProblem::Program { step });
            }
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(line);
        }
    }
    if parts.len() != steps {
        let step = parts.len().min(steps) + 1;
        return Err(LessonProblem::Program { step });
    }
    Ok(parts.iter().map(|it| dedented(it).into()).collect())
}

/// Takes away the indentation that the first line has, and the lines that have less.
fn dedented(lines: &[&str]) -> String {
    let first = lines.iter().find(|it| !it.trim().is_empty());
    let depth = first.map_or(0, |it| it.len() - it.trim_start().len());
    let kept = lines.iter().filter_map(|line| {
        if line.trim().is_empty() {
            return Some("");
        }
        let (indentation, rest) = line.split_at_checked(depth)?;
        indentation.trim().is_empty().then_some(rest)
    });
    kept.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_paragraph_meet_as_their_script_does() {
        let check = |text: &str, expected: &str| assert_eq!(flowing(text), expected, "{text}");
        check("one\ntwo\n\nthree\n", "one two\n\nthree");
        check("服务器以 RST 重置", "服务器以 RST 重置");
        check("按下 **重置** 后", "按下 **重置** 后");
        check("服务器\n监听", "服务器监听");
        check("客户端，\nTCP 连接", "客户端，TCP 连接");
        check("调用\n`recv()`\n返回", "调用 `recv()` 返回");
        check("按下**重置**\n按钮", "按下**重置**按钮");
        check("接続は\nサーバーへ", "接続はサーバーへ");
    }
}
