//! Choices that a document writes as a word.

/// A choice among a few, each with its word.
pub trait Worded: Copy + PartialEq + 'static {
    /// Each of them with its word.
    const WORDS: &'static [(&'static str, Self)];
}

/// A choice of any kind.
pub(super) trait Word {
    /// Returns its word.
    fn word(&self) -> &'static str;

    /// Makes it the choice with this word. Returns whether there is one.
    fn choose(&mut self, word: &str) -> bool;

    /// Returns the words that there are.
    fn words(&self) -> Vec<&'static str>;
}

impl<T: Worded> Word for T {
    fn word(&self) -> &'static str {
        let found = T::WORDS.iter().find(|(_, it)| it == self);
        found.map_or("", |(word, _)| word)
    }

    fn choose(&mut self, word: &str) -> bool {
        let found = T::WORDS.iter().find(|(other, _)| *other == word);
        if let Some((_, it)) = found {
            *self = *it;
        }
        found.is_some()
    }

    fn words(&self) -> Vec<&'static str> {
        T::WORDS.iter().map(|(word, _)| *word).collect()
    }
}
