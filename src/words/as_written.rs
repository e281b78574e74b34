//! Text that comes from elsewhere and is shown as it is.

use super::{InWords, Language};

impl InWords for String {
    fn in_words(&self, _language: &Language) -> String {
        self.clone()
    }
}
