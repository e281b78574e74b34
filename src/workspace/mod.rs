//! What is saved and loaded: endpoints, the message being written, settings. TOML, written atomically.

mod endpoint;
mod settings;
mod store;

pub use endpoint::{ClientForm, EndpointForm, EndpointKind, ReplyKind, ServerForm, TargetForm};
pub use settings::{ComposerForm, Settings, ThemeChoice, WindowGeometry, Workspace};
