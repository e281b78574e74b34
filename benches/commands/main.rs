//! Whole commands, as processes, compared with what one would otherwise use, in one run, as ratios: `show` with `cat -v`,
//! `show --find` with `grep`, and a flooded `serve --json` with the same without `--json`.
//!
//! Run by hand: `cargo bench --bench commands`; it needs about 4 GiB in the folder for temporary files. With names of parts
//! (`cargo bench --bench commands -- find serve`), only those are run: `show`, `find`, `serve`.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod flood;
mod show;
#[path = "../support/mod.rs"]
mod support;

fn main() {
    let parts: [(&str, fn()); 3] = [
        ("show", show::binary),
        ("find", show::found),
        ("serve", flood::run),
    ];
    // Cargo adds an option of its own.
    let mut named = std::env::args().skip(1).collect::<Vec<_>>();
    named.retain(|it| !it.starts_with("--"));
    for (name, run) in parts {
        if named.is_empty() || named.iter().any(|it| it == name) {
            run();
        }
    }
}
