//! The files of the lessons: the texts can be read, and the programs beside them run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use bothends::session::lesson::{Lesson, LessonProblem, LessonText};

/// Includes the programs in Rust as they are printed for learners, and lists them.
macro_rules! programs {
    ($($name:ident: $file:literal),* $(,)?) => {
        $(
            #[allow(
                unreachable_pub,
                clippy::pedantic,
                clippy::unwrap_used,
                clippy::expect_used,
                clippy::print_stdout,
                clippy::disallowed_methods,
                clippy::items_after_statements,
                reason = "a program of a few lines for learners"
            )]
            #[path = $file]
            mod $name;
        )*

        /// The name of each program, and what runs it.
        const PROGRAMS: &[(&str, fn() -> std::io::Result<()>)] =
            &[$((stringify!($name), $name::main)),*];
    };
}

programs! {
    handshake: "../assets/lessons/code/handshake.rs",
    port_0: "../assets/lessons/code/port-0.rs",
    stream: "../assets/lessons/code/stream.rs",
    small_buffer: "../assets/lessons/code/small-buffer.rs",
    half_close: "../assets/lessons/code/half-close.rs",
    reset: "../assets/lessons/code/reset.rs",
    backlog: "../assets/lessons/code/backlog.rs",
    slow_reader: "../assets/lessons/code/slow-reader.rs",
    nagle: "../assets/lessons/code/nagle.rs",
    keep_alive: "../assets/lessons/code/keep-alive.rs",
    time_wait: "../assets/lessons/code/time-wait.rs",
    families: "../assets/lessons/code/families.rs",
    udp: "../assets/lessons/code/udp.rs",
}

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(30);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lessons")
}

fn files(folder: &Path, ending: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|it| it.unwrap().path());
    let named = paths.filter(|it| it.extension().is_some_and(|it| it == ending));
    named
        .map(|it| it.file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn every_lesson_has_a_text_and_both_programs() {
    let texts = files(&folder().join("en"), "toml");
    let code = folder().join("code");
    assert_eq!(texts, files(&code, "py"));
    assert_eq!(texts, files(&code, "rs"));
    let run: BTreeSet<_> = PROGRAMS
        .iter()
        .map(|(name, _)| name.replace('_', "-"))
        .collect();
    assert_eq!(texts, run);
    let listed = bothends::words::ENGLISH.lesson_files();
    let listed: BTreeSet<_> = listed.iter().map(|it| it.key.to_owned()).collect();
    assert_eq!(texts, listed);
}

#[test]
fn every_text_can_be_read_and_every_step_be_done() {
    let mut titles = BTreeSet::new();
    for files in bothends::words::ENGLISH.lesson_files() {
        let lesson = Lesson::read(files).unwrap();
        assert!(titles.insert(lesson.title.clone()), "{}", lesson.title);
        for step in &lesson.steps {
            let place = format!("{}: {}", files.key, step.title);
            assert!(!step.act.is_empty(), "{place}");
            assert!(!step.text.is_empty() && !step.look.is_empty(), "{place}");
            assert!(!step.python.is_empty() && !step.rust.is_empty(), "{place}");
        }
    }
}

#[test]
fn a_wrong_text_is_reported_by_what_is_wrong_in_it() {
    let step = |until: &str, act: &str| {
        format!(
            "title = 't'\nsummary = 's'\nabout = 'a'\nend = 'e'\n[[step]]\ntitle = 's'\ntext = 't'\nlook = 'l'\nuntil = [{until}]\n\
             act = [{act}]\n"
        )
    };
    let check = |text: String, python: &'static str, expected: LessonProblem| {
        let files = LessonText {
            key: "test",
            text: String::leak(text),
            python,
            rust: "// --- 1\n",
        };
        assert_eq!(Lesson::read(&files).unwrap_err().problem, expected);
    };
    let good = || step("'server listens'", "'start server'");
    let python = "# --- 1\n";
    check(
        step("'server sings'", ""),
        python,
        LessonProblem::Condition {
            step: 1,
            text: "server sings".to_owned(),
        },
    );
    check(
        step("'server listens'", "'start client'"),
        python,
        LessonProblem::Act {
            step: 1,
            text: "start client".to_owned(),
        },
    );
    check(
        format!("{}press = ['start', 'sing']\n", good()),
        python,
        LessonProblem::Control {
            step: 1,
            text: "sing".to_owned(),
        },
    );
    check(step("", ""), python, LessonProblem::Endless { step: 1 });
    check(good(), "", LessonProblem::Program { step: 1 });
    check(good(), "# --- 2\n", LessonProblem::Program { step: 1 });
    check(
        good(),
        "# --- 1\n# --- 2\n",
        LessonProblem::Program { step: 2 },
    );
    let misspelt = good().replace("look = 'l'", "lok = 'l'");
    let files = LessonText {
        key: "test",
        text: String::leak(misspelt),
        python,
        rust: "",
    };
    let error = Lesson::read(&files).unwrap_err();
    let LessonProblem::Form { line, text } = error.problem else {
        panic!("{error:?}");
    };
    assert!(text.contains("lok"), "{text}");
    assert_eq!(line, 8);
}

#[test]
fn every_program_in_rust_runs() {
    for (name, run) in PROGRAMS {
        let (done, result) = std::sync::mpsc::channel();
        let thread = thread::Builder::new().name((*name).to_owned());
        thread.spawn(move || done.send(run())).unwrap();
        let result = result.recv_timeout(PATIENCE);
        assert!(matches!(result, Ok(Ok(()))), "{name}: {result:?}");
    }
}

#[test]
fn every_program_in_python_runs() {
    let code = folder().join("code");
    let has_python = Command::new("python3").arg("-c").arg("").status();
    if !has_python.is_ok_and(|it| it.success()) {
        return;
    }
    for name in files(&code, "py") {
        let mut child = Command::new("python3")
            .args(["-W", "error"])
            .arg(code.join(format!("{name}.py")))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if Instant::now() >= deadline {
                child.kill().unwrap();
                panic!("{name}.py does not end");
            }
            thread::sleep(Duration::from_millis(10));
        };
        assert!(status.success(), "{name}.py: {status}");
    }
}
