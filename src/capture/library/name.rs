//! The name of a saved capture: a folder name that is valid on every system.

use super::NameProblem;

/// The longest name, in characters. At four bytes each it fits the 255 bytes of a folder name.
pub const MAX_NAME_CHARS: usize = 60;

/// Names that Windows reserves for devices, even with an extension ("Naming Files, Paths, and Namespaces").
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Trims a name and checks that it is a valid folder name.
pub(super) fn check(name: &str) -> Result<&str, NameProblem> {
    let name = name.trim();
    if name.is_empty() {
        return Err(NameProblem::Empty);
    }
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(NameProblem::TooLong);
    }
    let is_bad = |c: &char| c.is_control() || r#"/\:*?"<>|"#.contains(*c);
    if let Some(bad) = name.chars().find(is_bad) {
        return Err(NameProblem::Character(bad));
    }
    if name.starts_with('.') || name.ends_with('.') {
        return Err(NameProblem::Dot);
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_port = port.is_some_and(|n| matches!(n.as_bytes(), [b'0'..=b'9']));
    if is_port || DEVICES.contains(&stem.as_str()) {
        return Err(NameProblem::Device);
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_valid_on_every_system() {
        let taken = |name: &str, expected: &str| assert_eq!(check(name), Ok(expected));
        taken("  Printer, second try ", "Printer, second try");
        taken("v1.2", "v1.2");
        taken("Grüße", "Grüße");
        taken("command", "command");
        let refused = |name: &str, problem: NameProblem| assert_eq!(check(name), Err(problem));
        refused("  ", NameProblem::Empty);
        refused(&"x".repeat(MAX_NAME_CHARS + 1), NameProblem::TooLong);
        refused("../up", NameProblem::Character('/'));
        refused("a\nb", NameProblem::Character('\n'));
        refused("..", NameProblem::Dot);
        refused("end.", NameProblem::Dot);
        refused("NUL", NameProblem::Device);
        refused("com1.txt", NameProblem::Device);
    }
}
