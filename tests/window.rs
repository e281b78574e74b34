//! The real program in a real window: a virtual screen, real keys, and the tree that a screen reader sees.
//!
//! Each story has a desktop of its own. Where a machine cannot have one the stories are ignored and say why;
//! with `BOTHENDS_REQUIRE_ALL` set they fail instead.

#[cfg(target_os = "linux")]
#[path = "window"]
mod window {
    pub(crate) mod accessibility;
    pub(crate) mod child;
    pub(crate) mod deadline;
    pub(crate) mod desktop;
    pub(crate) mod picture;
    pub(crate) mod python;
    pub(crate) mod stage;
    pub(crate) mod stories;
}

use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Failed, Trial};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One at a time: each story draws in software and some watch the clock.
    arguments.test_threads = Some(1);
    libtest_mimic::run(&arguments, trials()).exit_code()
}

#[cfg(target_os = "linux")]
fn trials() -> Vec<Trial> {
    use window::desktop::Desktop;
    use window::stage::Stage;
    use window::stories;

    let on_a_stage = stories::ON_A_STAGE.iter().map(|(name, story)| {
        Trial::ignorable_test(*name, move || {
            if let Some(reason) = Desktop::missing() {
                return ignore(reason);
            }
            let mut stage = Stage::set()?;
            match stage.opens().and_then(|()| story(&mut stage)) {
                Ok(()) => Ok(Completion::Completed),
                Err(error) => Err(format!("{error}\n{}", stage.report(name)).into()),
            }
        })
    });
    let without_a_screen = Trial::test("without_a_display_one_line_says_what_to_do", || {
        Ok(stories::without_a_display_one_line_says_what_to_do()?)
    });
    on_a_stage.chain([without_a_screen]).collect()
}

#[cfg(not(target_os = "linux"))]
fn trials() -> Vec<Trial> {
    let reason = "a virtual screen with an accessibility bus is there on Linux only";
    vec![Trial::ignorable_test("the_real_window", move || {
        ignore(reason.to_owned())
    })]
}

/// Leaves a story out, unless the machine is required to play them all.
fn ignore(reason: String) -> Result<Completion, Failed> {
    match std::env::var_os("BOTHENDS_REQUIRE_ALL") {
        Some(_) => Err(reason.into()),
        None => Ok(Completion::ignored_with(reason)),
    }
}
