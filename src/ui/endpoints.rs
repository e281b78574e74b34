//! The list of endpoints, in rows of two lines that start and stop them.

mod row;

use egui::{Button, Label, Popup, RichText, ScrollArea, Ui, UiBuilder};

use super::endpoint::ShownEndpoint;
use super::widgets::{button, field};
use super::{Action, Cx, Tokens, commands, menu_bar};
use crate::net::EndpointId;
use crate::payload::VisibleText;
use crate::words::endpoints::Endpoints;

/// The list's own state.
#[derive(Default)]
pub(super) struct EndpointList {
    order: Order,
    /// What the names that are shown contain.
    filter_text: String,
    /// The endpoint whose name is being typed, and the name.
    renaming: Option<(EndpointId, String)>,
    /// The endpoint that the keyboard goes to at the next frame.
    focus: Option<EndpointId>,
}

/// In which order the endpoints stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    /// That of the document.
    #[default]
    Arranged,
    ByName,
    RunningFirst,
}

/// From how many endpoints on they can be filtered.
const MANY: usize = 8;
/// The height of the line that brings back what was removed, and of the space above it, in points.
const UNDO_HEIGHT: f32 = Tokens::CONTROL_HEIGHT + 10.0;

impl EndpointList {
    /// Shows the endpoints.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if cx.document.endpoints.len() > MANY {
            self.filter_ui(ui, cx);
        } else {
            self.filter_text.clear();
        }
        let is_removed = cx.document.removed_endpoint().is_some();
        let below = if is_removed { UNDO_HEIGHT } else { 0.0 };
        let height = ui.available_height() - below;
        let area = ScrollArea::vertical().max_height(height);
        area.auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if cx.document.endpoints.is_empty() {
                empty_ui(ui, cx.words.endpoints.none);
            }
            let shown = self.shown(cx);
            if shown.is_empty() && !self.filter_text.is_empty() {
                empty_ui(ui, cx.words.endpoints.none_match);
            }
            for (place, endpoint) in shown.iter().enumerate() {
                let group = UiBuilder::new()
                    .id_salt(("endpoint", endpoint.form.id.0))
                    .accessibility_role(egui::Role::Group)
                    .accessibility_label(endpoint.form.name.clone());
                let at = (place, shown.len());
                let step = ui.scope_builder(group, |ui| self.row_ui(ui, *endpoint, at));
                if let Some(step) = step.inner {
                    self.step(cx, &shown, place, step);
                }
            }
            ui.add_space(8.0);
        });
        removed_ui(ui, cx);
    }

    /// Begins to rename an endpoint.
    pub(super) fn rename(&mut self, id: EndpointId, cx: &Cx<'_>) {
        self.renaming = cx.form(id).map(|form| (id, form.name.clone()));
    }

    /// Applies the name that is being typed.
    pub(super) fn leave(&mut self, cx: &Cx<'_>) {
        let renaming = self.renaming.take();
        let is_new =
            |(id, name): &(EndpointId, String)| cx.form(*id).is_some_and(|it| it.name != *name);
        cx.extend(
            renaming
                .filter(is_new)
                .map(|(id, name)| Action::Rename(id, name)),
        );
    }

    /// Returns whether the rows stand as in the document, so that they can be dragged.
    fn is_arranged(&self) -> bool {
        self.order == Order::Arranged && self.filter_text.is_empty()
    }

    /// Moves the selection up (-1) or down (1) from a row, and the keyboard with it.
    fn step(&mut self, cx: &Cx<'_>, shown: &[ShownEndpoint<'_>], place: usize, step: isize) {
        let next = place.checked_add_signed(step);
        if let Some(next) = next.and_then(|next| shown.get(next)) {
            cx.wish(super::Wish::Choose(next.form.id));
            self.focus = Some(next.form.id);
        }
    }

    /// Returns the endpoints that are shown, in order.
    fn shown<'a>(&self, cx: &'a Cx<'a>) -> Vec<ShownEndpoint<'a>> {
        let wanted = self.filter_text.trim().to_lowercase();
        let forms = cx.document.endpoints.iter();
        let named = forms.filter(|form| form.name.to_lowercase().contains(&wanted));
        let mut shown: Vec<_> = named
            .filter_map(|form| ShownEndpoint::new(cx, form))
            .collect();
        match self.order {
            Order::Arranged => {}
            Order::ByName => shown.sort_by_cached_key(|it| it.form.name.to_lowercase()),
            Order::RunningFirst => {
                shown.sort_by_key(|it| commands::start_of(cx, it.form.id).is_some());
            }
        }
        shown
    }

    /// Shows what adds and orders endpoints, from the right.
    pub(super) fn tools_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.endpoints;
        ui.add_space(6.0);
        ui.spacing_mut().item_spacing.x = 2.0;
        let more = button::more(ui).accessible_name(words.list_menu);
        Popup::menu(&more).show(|ui| self.order_ui(ui, words));
        let add = button::add(ui).accessible_name(words.add);
        Popup::menu(&add.on_hover_text(words.add)).show(|ui| {
            menu_bar::item_ui(ui, cx, &commands::ADD_SERVER);
            menu_bar::item_ui(ui, cx, &commands::ADD_CLIENT);
        });
    }

    fn order_ui(&mut self, ui: &mut Ui, words: &Endpoints) {
        let orders = [
            (Order::Arranged, words.as_arranged),
            (Order::ByName, words.by_name),
            (Order::RunningFirst, words.running_first),
        ];
        for (order, name) in orders {
            if ui
                .add(Button::selectable(self.order == order, name))
                .clicked()
            {
                self.order = order;
                ui.close();
            }
        }
    }

    fn filter_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal(|ui| {
            ui.add_space(10.0);
            let (words, width) = (&cx.words.endpoints, ui.available_width() - 10.0);
            let (name, text) = (words.filter, &mut self.filter_text);
            let response = field::input_with_hint(ui, name, text, width, words.filter);
            // The toolkit takes the keyboard away with Esc before the field is drawn.
            if response.lost_focus() && ui.input(|it| it.key_pressed(egui::Key::Escape)) {
                self.filter_text.clear();
            }
        });
        ui.add_space(6.0);
    }

    /// Takes what was typed as an endpoint's name.
    fn rename_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>) {
        let Some((_, name)) = &mut self.renaming else {
            return;
        };
        let width = ui.available_width();
        let response = field::input(ui, shown.cx.words.endpoints.name, name, width);
        if response.lost_focus() {
            let is_cancelled = ui.input(|input| input.key_pressed(egui::Key::Escape));
            let name = self.renaming.take().filter(|_| !is_cancelled);
            if let Some((id, name)) = name.filter(|(_, name)| *name != shown.form.name) {
                shown.cx.push(Action::Rename(id, name));
            }
        } else if !response.has_focus() {
            response.request_focus();
        }
    }
}

/// Offers to bring an endpoint back that was removed.
fn removed_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.endpoints;
    let Some(form) = cx.document.removed_endpoint() else {
        return;
    };
    ui.horizontal(|ui| {
        ui.add_space(6.0);
        if button::small(ui, words.undo).clicked() {
            cx.push(Action::RestoreEndpoint);
            cx.wish(super::Wish::Choose(form.id));
        }
        let removed = words.removed(&VisibleText::plain(&form.name).text);
        ui.add(Label::new(Tokens::small_words(removed, Tokens::of(ui).muted_text)).truncate());
    });
}

fn empty_ui(ui: &mut Ui, words: &str) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(200.0);
        let text = RichText::new(words).color(Tokens::of(ui).muted_text);
        ui.add(egui::Label::new(text).wrap());
    });
}
