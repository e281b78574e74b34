//! The order to send a file, from what was typed.

use std::path::PathBuf;
use std::time::Duration;

use super::fields::{FieldProblem, parse_duration, parse_write_bytes};

/// A file to send, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOrder {
    /// Which one.
    pub path: PathBuf,
    /// The most bytes of a write; as many as the system takes without it.
    pub write_bytes: Option<usize>,
    /// The time from one write to the next.
    pub delay: Duration,
}

/// The order as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileOrderForm {
    /// The path.
    pub path_text: String,
    /// The most bytes of a write; empty for as many as the system takes.
    pub write_bytes_text: String,
    /// The time from one write to the next; empty for none.
    pub delay_text: String,
}

impl FileOrderForm {
    /// Returns what the fields say.
    ///
    /// # Errors
    /// What is wrong with the first field that holds something wrong.
    pub fn parse(&self) -> Result<FileOrder, FieldProblem> {
        let typed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let write_bytes = typed(&self.write_bytes_text);
        let delay = typed(&self.delay_text);
        Ok(FileOrder {
            path: PathBuf::from(self.path_text.trim()),
            write_bytes: write_bytes
                .map(|text| parse_write_bytes(&text))
                .transpose()?,
            delay: delay
                .map(|text| parse_duration(&text))
                .transpose()?
                .unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_mean_no_pace() {
        let form = |write_bytes: &str, delay: &str| FileOrderForm {
            path_text: " a b.bin ".to_owned(),
            write_bytes_text: write_bytes.to_owned(),
            delay_text: delay.to_owned(),
        };
        let plain = form("", " ").parse().unwrap();
        assert_eq!((plain.write_bytes, plain.delay), (None, Duration::ZERO));
        assert_eq!(plain.path, PathBuf::from("a b.bin"));
        let paced = form("7", "20ms").parse().unwrap();
        assert_eq!(paced.write_bytes, Some(7));
        assert_eq!(paced.delay, Duration::from_millis(20));
        assert!(form("0", "").parse().is_err());
        assert!(form("", "soon").parse().is_err());
    }
}
