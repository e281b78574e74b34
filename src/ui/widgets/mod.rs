//! The parts that the panels are made of. They know no model.

pub(in crate::ui) mod alert;
pub(in crate::ui) mod button;
pub(in crate::ui) mod choice;
pub(in crate::ui) mod field;
pub(in crate::ui) mod row_list;
mod scroll_bar;
mod sign;
pub(in crate::ui) mod visible;

pub(in crate::ui) use sign::{Sign, paint_sign, sign_ui};
