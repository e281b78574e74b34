//! Hints for those who are new.

use super::phrases::phrases;

phrases! {
    /// Hints for those who are new.
    Hints {
        hint = "Hint";
        select_row = "Click a row to see its bytes and what happened.";
        lanes = "Lanes shows the same as arrows between both ends, handshake and FIN included.";
        commands(key: &str) = "{key} finds any command by part of its name.";
        dismiss = "Dismiss the hint";
    }
}
