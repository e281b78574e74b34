//! The window: one file per panel. Views are handed a `Cx`: they read the model in it, edit only their own text, and
//! push [`Action`]s.
//!
//! No socket, thread, channel or file is named here.

mod about;
mod action;
mod acts;
mod banner;
mod captures;
mod clock;
mod commands;
mod completion;
mod composer;
mod conversation;
mod cx;
mod detail;
mod diagnosis;
mod dialogs;
mod documents;
mod endpoint;
mod endpoints;
mod export;
mod find;
mod first_steps;
mod highlights;
mod hints;
mod inspector;
mod key_text;
mod keys;
mod lanes;
mod left_pane;
mod lessons;
mod lifecycle;
mod made_rule;
mod menu_bar;
mod messages;
mod palette;
mod pane_height;
mod panes;
mod path_field;
mod peer_commands;
mod picture;
mod plot;
mod presets;
mod recording;
mod reuse;
mod room;
mod sequence_commands;
mod sessions;
mod shown_as;
mod status_bar;
mod theme;
mod timeline;
mod tried;
mod why;
mod widgets;
mod window;
mod wish;

pub use action::Action;
pub use documents::proposed_document;
pub use theme::Theme;
pub use window::Window;

use cx::Cx;
use theme::Tokens;
use wish::Wish;
