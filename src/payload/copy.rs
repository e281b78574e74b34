//! Payloads written for the clipboard.

/// How a payload is written for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyFormat {
    /// As text, undecodable bytes as `\xNN`.
    Text,
    /// As hex digits: `48 65 6C`.
    Hex,
    /// As an escaped string that the composer takes back.
    Escaped,
    /// As a C array initialiser.
    CArray,
    /// As the timeline's rows: time, endpoint, direction, size and text, one line each.
    Rows,
}
