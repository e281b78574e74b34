//! Arguments → the window, or a headless command; nothing else.

fn main() -> std::process::ExitCode {
    wirebench::app::run()
}
