//! The workspace file.
