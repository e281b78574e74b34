//! The window: one file per panel. Views read the model, edit only their own text, and push [`Action`]s.

mod action;
mod clock;
mod keys;
mod number;
mod theme;
mod widgets;

pub use action::Action;
pub use theme::Theme;
