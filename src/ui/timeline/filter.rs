//! The filter's menu: which kinds, peers and sizes the timeline shows, and whether only what is found.

use egui::{Button, Popup, PopupCloseBehavior, RichText, Ui};

use super::super::action::Action;
use super::super::theme::Tokens;
use super::super::widgets::{button, field};
use crate::capture::{Filter, Kinds, SizeRange};
use crate::payload::{Case, Pattern};

/// The button's words.
pub(super) const FILTER: &str = "Filter";
/// The width of the menu's fields, in points.
const FIELD_WIDTH: f32 = 150.0;

/// What is typed into the menu.
#[derive(Debug, Default)]
pub(super) struct FilterMenu {
    min_text: String,
    max_text: String,
}

impl FilterMenu {
    /// Shows the button, and the menu below it while that is open. `found_text` is what stands in the find field.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        filter: &Filter,
        found_text: &str,
        actions: &mut Vec<Action>,
    ) {
        let is_narrowed = is_narrowed(filter);
        let button = ui.add(Button::selectable(is_narrowed, FILTER));
        let button = button.on_hover_text("Show only some kinds, peers or sizes, or what is found");
        let menu = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        menu.show(|ui| {
            let mut wanted = filter.clone();
            self.fields_ui(ui, &mut wanted, found_text);
            if is_narrowed && button::plain(ui, "Show all kinds, peers and sizes").clicked() {
                *self = Self::default();
                wanted = Filter {
                    endpoint: filter.endpoint,
                    connection: filter.connection,
                    from_entry: filter.from_entry,
                    ..Filter::default()
                };
            }
            if wanted != *filter {
                actions.push(Action::Narrow(Box::new(wanted)));
            }
        });
    }

    fn fields_ui(&mut self, ui: &mut Ui, wanted: &mut Filter, found_text: &str) {
        kinds_ui(ui, &mut wanted.kinds);
        ui.separator();
        field::row(ui, "Peer", |ui, label| {
            let text = &mut wanted.peer_text;
            field::input(ui, "Peer address", text, FIELD_WIDTH).labelled_by(label);
        });
        field::row(ui, "From", |ui, label| {
            let text = &mut self.min_text;
            field::input(ui, "Fewest bytes", text, FIELD_WIDTH).labelled_by(label);
        });
        field::row(ui, "To", |ui, label| {
            let text = &mut self.max_text;
            field::input(ui, "Most bytes", text, FIELD_WIDTH).labelled_by(label);
        });
        match size(&self.min_text, &self.max_text) {
            Ok(size) => wanted.size = size,
            Err(problem) => field::problem(ui, Some(problem)),
        }
        ui.separator();
        found_ui(ui, wanted, found_text);
    }
}

/// Returns whether a filter shows less than its tab would.
fn is_narrowed(filter: &Filter) -> bool {
    let of_the_tab = Filter {
        endpoint: None,
        connection: None,
        from_entry: 0,
        ..filter.clone()
    };
    !of_the_tab.shows_all()
}

fn kinds_ui(ui: &mut Ui, kinds: &mut Kinds) {
    ui.checkbox(&mut kinds.received, "Received");
    ui.checkbox(&mut kinds.sent, "Sent");
    ui.checkbox(&mut kinds.lifecycle, "Connections and listeners");
    ui.checkbox(&mut kinds.problems, "Problems and what to notice");
}

/// Shows whether only entries are shown that hold what is looked for.
fn found_ui(ui: &mut Ui, wanted: &mut Filter, found_text: &str) {
    let mut is_on = wanted.pattern.is_some();
    let shown = wanted.pattern.as_ref().map_or(found_text, Pattern::typed);
    if shown.is_empty() {
        let tokens = Tokens::of(ui);
        let hint = RichText::new("To show only what is found, write it in the find field")
            .color(tokens.muted_text)
            .size(tokens.small_size);
        ui.label(hint);
        return;
    }
    let words = format!("Only entries with {shown}");
    if ui.checkbox(&mut is_on, words).changed() {
        wanted.pattern = None;
    }
    if is_on && wanted.pattern.is_none() {
        match Pattern::parse_find(found_text, Case::Ignored) {
            Ok(pattern) => wanted.pattern = Some(pattern),
            Err(error) => field::problem(ui, Some(&error.to_string())),
        }
    }
}

/// Reads the bounds of the sizes; an empty one is none.
fn size(min_text: &str, max_text: &str) -> Result<Option<SizeRange>, &'static str> {
    let bound = |text: &str, none: u64| match text.trim() {
        "" => Ok(none),
        number => number
            .parse()
            .map_err(|_not_a_number| "A size is a number of bytes"),
    };
    let range = SizeRange {
        min_bytes: bound(min_text, 0)?,
        max_bytes: bound(max_text, u64::MAX)?,
    };
    if range.min_bytes > range.max_bytes {
        return Err("The fewest bytes are more than the most");
    }
    let is_any = range.min_bytes == 0 && range.max_bytes == u64::MAX;
    Ok((!is_any).then_some(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_both_fields() {
        let check = |min: &str, max: &str, expected: Result<Option<(u64, u64)>, &str>| {
            let range = size(min, max);
            let range = range.map(|it| it.map(|it| (it.min_bytes, it.max_bytes)));
            assert_eq!(range, expected, "{min} to {max}");
        };
        check("", " ", Ok(None));
        check("10", "", Ok(Some((10, u64::MAX))));
        check("", "512", Ok(Some((0, 512))));
        check("7", "7", Ok(Some((7, 7))));
        check("8", "7", Err("The fewest bytes are more than the most"));
        check("ten", "", Err("A size is a number of bytes"));
    }

    #[test]
    fn a_tab_is_no_narrowing() {
        let mut filter = Filter {
            from_entry: 9,
            endpoint: Some(crate::net::EndpointId(1)),
            ..Filter::default()
        };
        assert!(!is_narrowed(&filter));
        filter.kinds.sent = false;
        assert!(is_narrowed(&filter));
    }
}
