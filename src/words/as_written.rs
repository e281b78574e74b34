//! Kinds whose English still stands beside them. A subject that gets a file of its own leaves this list.

use super::{InWords, Language};
use crate::capture::LibraryError;
use crate::export::{ExportError, Place};

macro_rules! as_written {
    ($($kind:ty)*) => {
        $(impl InWords for $kind {
            fn in_words(&self, _language: &Language) -> String {
                self.to_string()
            }
        })*
    };
}

as_written! {
    ExportError LibraryError Place String
}

impl InWords for crate::capture::store::StopCause {
    fn in_words(&self, _language: &Language) -> String {
        self.to_string()
    }

    fn advice(&self, _language: &Language) -> Option<String> {
        Some(Self::advice(self).to_owned())
    }
}
