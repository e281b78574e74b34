//! A message as it is being written, and the bytes that it stands for.

/// How a message is written.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// As text.
    #[default]
    Text,
    /// As hex digits.
    Hex,
}

/// What is appended to a text message, once.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum LineEnding {
    /// Nothing.
    #[default]
    None,
    /// `\n`.
    Lf,
    /// `\r`.
    Cr,
    /// `\r\n`.
    CrLf,
}

/// A message as it is being written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Draft {
    /// What was typed.
    pub text: String,
    /// How it is to be read.
    pub format: Format,
    /// Whether escapes in text stand for bytes, or for themselves.
    pub escapes: bool,
    /// What is appended to text.
    pub line_ending: LineEnding,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            text: String::new(),
            format: Format::Text,
            escapes: true,
            line_ending: LineEnding::None,
        }
    }
}

/// Why a draft stands for no bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stub")]
pub struct DraftError;
