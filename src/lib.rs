//! Bothends, a desktop workbench for connections (TCP, TLS, UDP, Unix sockets): be either end, see exactly what
//! happened, and make it happen again.
//!
//! Dependencies run one way: `app → ui → model → words → export → session → workspace → capture → net → script →
//! payload`; `cli` uses `words` and everything to its right. `ARCHITECTURE.md` is the map. In reading order:
//!
//! - [`payload`]: bytes ⇄ what people type and read. Text, escapes, hex, encodings, framings, templates, checksums: pure
//!   functions, and the best place to start.
//! - [`script`]: what a peer does by itself. It sees what happens on its connection and requests acts; pure.
//! - [`net`]: the engine. [`net::Engine`] runs each endpoint as a worker thread over `std::net`: commands go in, events
//!   come out.
//! - [`capture`]: the session's record. A recorder thread orders and records events, a reader thread answers the
//!   window's requests.
//! - [`workspace`]: the document and the preferences, as text and as files; typed text becomes a validated
//!   configuration in one step.
//! - [`session`]: the running document with its engine, its record and open captures, behind one type that the window
//!   and the command line drive.
//! - [`export`]: a capture, or part of one, as text, CSV, JSON lines, raw streams or packets; an endpoint as code.
//! - [`words`]: everything the program says. The modules listed above it hold kinds with arguments and no sentences.
//! - [`cli`]: without a window: `run`, `serve` and `send` over the same session; `show` and `export` over a capture;
//!   `open` and `ca`.
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
