//! The window: one file per panel. Views read the model, edit only their own text, and push [`Action`]s.

mod action;
mod clock;
mod detail;
mod find;
mod keys;
mod number;
mod theme;
mod timeline;
mod widgets;

pub use action::Action;
pub use detail::DetailPane;
pub use theme::Theme;
pub use timeline::TimelinePanel;
