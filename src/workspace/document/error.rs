//! Why a document was not read, and what of it is not known.

use super::edit::EditError;
use crate::payload::Position;

/// Why a document was not read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct DocumentError {
    /// Where it stands.
    pub position: Position,
    /// What is wrong there.
    #[source]
    pub problem: DocumentProblem,
}

/// What can be wrong in a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum DocumentProblem {
    /// It is not TOML; the parser's own text.
    Syntax(String),
    /// There is no format number.
    NoFormat,
    /// A newer version wrote it.
    Newer {
        /// Its format.
        format: i64,
    },
    /// A key that is needed is not there.
    Missing(&'static str),
    /// A key has a value of another type.
    Type {
        /// The key.
        key: &'static str,
        /// What its value has to be.
        expected: ExpectedValue,
    },
    /// A key has a value that it cannot have.
    Value {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
        /// The values that it can have; empty where there are many.
        choices: Vec<&'static str>,
    },
    /// A message is given as text and in hex.
    TextAndHex,
    /// What a rule does is none of these.
    Act {
        /// The words and keys of acts.
        choices: Vec<&'static str>,
    },
    /// One act of a rule has the keys of two.
    TwoActs([&'static str; 2]),
    /// A step of a sequence is none of these.
    Step {
        /// The words and keys of steps.
        choices: Vec<&'static str>,
    },
    /// One step of a sequence has the keys of two.
    TwoSteps([&'static str; 2]),
    /// A client connects to what is neither a server of the document nor an address.
    UnknownServer(String),
    /// A name, or a number of endpoints or messages, that a document cannot have.
    Edit(#[from] EditError),
}

/// What the value of a key has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedValue {
    /// Text in quotes.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, or text such as `64k`.
    Amount,
    /// A table in braces.
    Table,
    /// A list in brackets.
    List,
    /// Tables under headings in double brackets.
    Tables,
}

/// A key that this version does not know. It is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// Where it stands.
    pub position: Position,
    /// The key.
    pub key: String,
    /// Whether it stands in a rule or a sequence, which then does something else than its file says.
    pub is_of_rule: bool,
}
