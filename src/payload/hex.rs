//! Hex digits.
