//! The line above the rows: what is shown, the find field, and what acts on the view.

use egui::{
    Align, Button, Layout, Popup, Rect, Response, RichText, Role, ScrollArea, Ui, UiBuilder, vec2,
};

use super::super::action::Action;
use super::super::keys;
use super::super::theme::Tokens;
use super::super::widgets::button;
use super::TimelinePanel;
use crate::capture::Filter;
use crate::model::Model;
use crate::net::{ConnectionId, EndpointId};

/// The width of the panel from which on everything stands on one line.
const ONE_LINE: f32 = 900.0;
/// The width of the find field at most, and at least.
const FIND_WIDTH: (f32, f32) = (190.0, 120.0);
/// The height of the line, with the space around it.
const LINE: f32 = 34.0;

impl TimelinePanel {
    pub(super) fn header_ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
        let tokens = Tokens::of(ui);
        let is_wide = ui.available_width() >= ONE_LINE;
        let lines = if is_wide { 1.0 } else { 2.0 };
        let mut area = ui.available_rect_before_wrap();
        area.set_height(LINE * lines + 12.0);
        ui.advance_cursor_after_rect(area);
        let area = area.shrink2(vec2(tokens.side_margin, 8.0));
        let (first, second) = area.split_top_bottom_at_y(area.top() + LINE);
        let right = self.tools_ui(
            ui,
            first.with_max_y(first.top() + tokens.control_height),
            model,
            actions,
        );
        let left = first
            .with_max_x(right)
            .with_max_y(first.top() + tokens.control_height);
        let mut left = ui.new_child(line(left, Layout::left_to_right(Align::Center)));
        left.label(RichText::new("Timeline").heading());
        if is_wide {
            left.add_space(8.0);
            tabs_ui(&mut left, model, actions);
        } else {
            let second = second.with_max_y(second.top() + tokens.control_height);
            let mut second = ui.new_child(line(second, Layout::left_to_right(Align::Center)));
            tabs_ui(&mut second, model, actions);
        }
    }

    /// Shows what stands at the right; returns where it begins.
    fn tools_ui(
        &mut self,
        ui: &mut Ui,
        area: Rect,
        model: &Model,
        actions: &mut Vec<Action>,
    ) -> f32 {
        let timeline = &model.timeline;
        let builder = line(area, Layout::right_to_left(Align::Center));
        let mut ui = ui.new_child(builder);
        let following = self.list.is_following();
        let follow = ui
            .add(Button::selectable(following, "Follow"))
            .on_hover_text("Keep the newest entry in sight (End)");
        if follow.clicked() {
            self.list.set_following(!following);
        }
        let hover = format!("{} ({})", keys::CLEAR_VIEW.does, keys::CLEAR_VIEW.text(&ui));
        if button::quiet(&mut ui, "Clear view")
            .on_hover_text(hover)
            .clicked()
        {
            actions.push(Action::ClearView);
        }
        if timeline.is_cleared() && button::quiet(&mut ui, "Undo clear").clicked() {
            actions.push(Action::UndoClearView);
        }
        // The heading keeps its place before the field gets more than its least width.
        let width = (ui.available_width() - 90.0).clamp(FIND_WIDTH.1, FIND_WIDTH.0);
        self.find
            .ui(&mut ui, width, timeline, self.selected, actions);
        ui.min_rect().left() - 8.0
    }
}

fn line(rect: Rect, layout: Layout) -> UiBuilder {
    UiBuilder::new().max_rect(rect).layout(layout)
}

/// Shows a tab for all, for each endpoint and for the chosen peer; too many of them scroll, and stand in a menu.
fn tabs_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    const MENU_WIDTH: f32 = 26.0;
    let filter = model.timeline.filter();
    let wanted = tabs_width(ui, model);
    let overflows = wanted > ui.available_width();
    let width = if overflows {
        ui.available_width() - MENU_WIDTH - 4.0
    } else {
        wanted
    };
    let bar = UiBuilder::new()
        .accessibility_role(Role::TabList)
        .accessibility_label("Show");
    ui.scope_builder(bar, |ui| {
        ui.set_max_width(width);
        let area = ScrollArea::horizontal()
            .id_salt("tabs")
            .max_width(width)
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let all = *filter
                == Filter {
                    from_entry: filter.from_entry,
                    ..Filter::default()
                };
            tab_ui(ui, "All", "Show all", all, (None, None), actions);
            for form in &model.workspace.endpoints {
                let is_chosen = filter.endpoint == Some(form.id) && filter.connection.is_none();
                let spoken = format!("Show only {}", form.name);
                tab_ui(
                    ui,
                    &form.name,
                    &spoken,
                    is_chosen,
                    (Some(form.id), None),
                    actions,
                );
            }
            if let Some(connection) = filter.connection {
                peer_tab_ui(ui, model, connection, actions);
            }
        });
    });
    if overflows {
        menu_ui(ui, model, actions);
    }
}

type Shown = (Option<EndpointId>, Option<ConnectionId>);

fn tab_ui(
    ui: &mut Ui,
    words: &str,
    spoken: &str,
    is_chosen: bool,
    shown: Shown,
    actions: &mut Vec<Action>,
) -> Response {
    let response = ui.add(Button::selectable(is_chosen, words));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Tab);
        node.set_label(spoken);
        node.set_selected(is_chosen);
    });
    if is_chosen {
        reveal_once(ui, &response);
    }
    if response.clicked() {
        actions.push(Action::ShowOnly {
            endpoint: shown.0,
            connection: shown.1,
        });
    }
    response
}

/// Scrolls to the chosen tab when it is chosen, and leaves the user alone afterwards.
fn reveal_once(ui: &Ui, response: &Response) {
    let key = ui.scope_id().with("revealed tab");
    let before = ui.data_mut(|data| data.get_temp::<egui::Id>(key));
    if before != Some(response.id) {
        ui.data_mut(|data| data.insert_temp(key, response.id));
        response.scroll_to_me(None);
    }
}

/// Shows the tab of the chosen peer, with a cross that goes back to its endpoint.
fn peer_tab_ui(ui: &mut Ui, model: &Model, connection: ConnectionId, actions: &mut Vec<Action>) {
    let endpoint = model.timeline.filter().endpoint;
    let words = peer_words(model, connection);
    let spoken = format!("Show only {words}");
    tab_ui(
        ui,
        &words,
        &spoken,
        true,
        (endpoint, Some(connection)),
        actions,
    );
    let close = button::close(ui).accessible_name("Show all its endpoint's entries");
    if close
        .on_hover_text("Show all its endpoint's entries")
        .clicked()
    {
        actions.push(Action::ShowOnly {
            endpoint,
            connection: None,
        });
    }
}

/// Returns the peer's address, or the connection's number while no row of it is in hand.
fn peer_words(model: &Model, connection: ConnectionId) -> String {
    let mut rows = model.timeline.rows_in_hand().iter();
    let peer = rows.find_map(|row| row.peer.filter(|_| row.connection == Some(connection)));
    peer.map_or_else(
        || format!("connection {connection}"),
        |peer| peer.to_string(),
    )
}

/// Returns how much room all tabs take.
fn tabs_width(ui: &Ui, model: &Model) -> f32 {
    const GAP: f32 = 2.0;
    let tokens = Tokens::of(ui);
    let frame = 2.0 * (ui.spacing().button_padding.x + 1.0);
    let width = |words: &str| {
        let galley = ui
            .painter()
            .layout_no_wrap(words.to_owned(), tokens.body(), tokens.text);
        galley
            .size()
            .x
            .max(ui.spacing().interact_size.x - frame)
            .ceil()
            + frame
            + GAP
    };
    let names: f32 = model
        .workspace
        .endpoints
        .iter()
        .map(|form| width(&form.name))
        .sum();
    let connection = model.timeline.filter().connection;
    let peer = connection.map_or(0.0, |it| {
        width(&peer_words(model, it)) + tokens.control_height + GAP
    });
    width("All") + names + peer + 2.0
}

/// Shows all tabs as a menu.
fn menu_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let response = button::drop_down(ui).accessible_name("Show only…");
    Popup::menu(&response).show(|ui| {
        let max_height = (ui.content_rect().height() * 0.6).max(120.0);
        ScrollArea::vertical()
            .max_height(max_height)
            .show(ui, |ui| {
                let chosen = model.timeline.filter().endpoint;
                let mut choice = |ui: &mut Ui, words: &str, endpoint: Option<EndpointId>| {
                    if ui
                        .add(Button::selectable(chosen == endpoint, words))
                        .clicked()
                    {
                        actions.push(Action::ShowOnly {
                            endpoint,
                            connection: None,
                        });
                        ui.close();
                    }
                };
                choice(ui, "All", None);
                for form in &model.workspace.endpoints {
                    choice(ui, &form.name, Some(form.id));
                }
            });
    });
}
