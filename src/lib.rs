//! Bothends, a desktop TCP workbench: be either end of a TCP connection, see exactly what happened on it,
//! and make it happen again.
//!
//! Use runs one way: `app → ui → model → words → export → session → workspace → capture → net → script →
//! payload`; `cli` uses
//! `words` and what stands right of it. `ARCHITECTURE.md` has the picture. In reading order:
//!
//! - [`payload`]: bytes ⇄ what people type and read. Text, escapes, hex, dumps; pure functions, the best place to begin.
//! - [`script`]: what a peer does by itself. It sees what happens on its connection and requests acts; pure.
//! - [`net`]: the engine. [`net::Engine`] runs each endpoint as a worker thread over `std::net`: commands go in, events
//!   come out.
//! - [`capture`]: the session's record. A recorder thread puts events in order and on record, a reader thread answers
//!   what the window asks of it.
//! - [`workspace`]: the document and the preferences, as text and as files; typed text becomes a validated
//!   configuration in one step.
//! - [`session`]: the running document with its engine, its record and open captures, behind one type that window and
//!   command line drive.
//! - [`export`]: a capture, or part of one, as text, CSV, JSON lines, raw streams or packets; an endpoint as code.
//! - [`words`]: everything the program says. What stands before it in this list is kinds with arguments.
//! - [`cli`]: `serve` and `send` over the same session, `show` and `export` over a capture, without a window.
//! - [`model`]: what the window shows, a pure fold of updates.
//! - [`ui`]: the window's views, a file for each panel. They read the model and push [`ui::Action`]s.
//! - [`app`]: `eframe::App`, an adapter between egui and the session.

pub mod payload;

pub mod script;

pub mod net;

pub mod capture;

pub mod workspace;

pub mod session;

pub mod export;

pub mod words;

pub mod cli;

pub mod model;

pub mod ui;

pub mod app;
