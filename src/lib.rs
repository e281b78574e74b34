//! Wirebench, a desktop TCP workbench: be either end of a TCP connection, see exactly what happened on it,
//! and make it happen again.
//!
//! Use runs one way: `app → ui → model → workspace → capture → net → payload`; `cli` uses `workspace` and what
//! stands right of it. In reading order:

pub mod payload;

pub mod net;

pub mod capture;

pub mod workspace;

pub mod cli;

pub mod model;

pub mod ui;

pub mod app;
