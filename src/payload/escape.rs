//! Escapes in text.
