//! The line above the rows: what is shown, the find field, and what acts on the view.

use egui::{
    Align, Button, Layout, Popup, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, UiBuilder,
    vec2,
};

use super::super::action::Action;
use super::super::keys;
use super::super::theme::Tokens;
use super::super::widgets::button;
use super::TimelinePanel;
use super::filter::Circumstances;
use crate::model::Model;
use crate::net::{ConnectionId, EndpointId};

/// The width of the panel from which on everything stands on one line.
const ONE_LINE: f32 = 900.0;
/// The width of the find field at most, and at least.
const FIND_WIDTH: (f32, f32) = (190.0, 120.0);
/// The room that the heading takes; with less it is left out.
const HEADING: f32 = 84.0;
/// The space between two tabs.
const TAB_GAP: f32 = 2.0;
/// The height of the line, with the space around it.
const LINE: f32 = 34.0;

impl TimelinePanel {
    pub(super) fn header_ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
        let tokens = Tokens::of(ui);
        let is_wide = ui.available_width() >= ONE_LINE;
        let lines = if is_wide { 1.0 } else { 2.0 };
        let mut area = ui.available_rect_before_wrap();
        area.set_height(LINE * lines + 12.0);
        ui.allocate_rect(area, Sense::hover());
        let area = area.shrink2(vec2(tokens.side_margin, 8.0));
        let first = area.with_max_y(area.top() + tokens.control_height);
        let second = first.translate(vec2(0.0, LINE));

        // Laid out from the left, so that the keyboard meets everything in the order of reading.
        let tools = Tools::new(ui, model, first);
        let mut left = ui.new_child(line(first.with_max_x(tools.rect.left() - 8.0)));
        if left.available_width() >= HEADING {
            left.label(RichText::new(model.words.timeline.name).heading());
            left.add_space(8.0);
        }
        if is_wide {
            tabs_ui(&mut left, model, actions);
        }
        self.tools_ui(ui, model, &tools, actions);
        if !is_wide {
            tabs_ui(&mut ui.new_child(line(second)), model, actions);
        }
    }

    fn tools_ui(&mut self, ui: &mut Ui, model: &Model, tools: &Tools, actions: &mut Vec<Action>) {
        let mut ui = ui.new_child(line(tools.rect));
        let (timeline, words) = (&model.timeline, &model.words.timeline);
        let find_width = tools.find_width;
        self.find
            .ui(&mut ui, find_width, model, self.selected_entry(), actions);
        let circumstances = Circumstances {
            find: &self.find,
            selected: self.selected_time(),
            newest: timeline.loaded_rows().last().map(|row| row.time),
        };
        self.filter_menu.ui(&mut ui, model, &circumstances, actions);
        if timeline.is_cleared() && button::quiet(&mut ui, words.undo_clear).clicked() {
            actions.push(Action::UndoClearView);
        }
        let hover = keys::CLEAR_VIEW.hover(&ui, model.words);
        let clear = button::quiet(&mut ui, words.clear);
        if clear.on_hover_text(hover).clicked() {
            actions.push(Action::ClearView);
        }
        let frames = ui.add(Button::selectable(model.shows_frames, words.frames));
        let frames = frames.on_hover_text(words.frames_hint);
        if frames.clicked() {
            actions.push(Action::ShowFrames(!model.shows_frames));
        }
        let plot = ui.add(Button::selectable(model.timeline.plot.is_shown, words.plot));
        let plot = plot.on_hover_text(words.plot_hint);
        if plot.clicked() {
            actions.push(Action::TogglePlot);
        }
        let following = self.list.is_following();
        let follow = ui.add(Button::selectable(following, words.follow));
        let follow = follow.on_hover_text(words.follow_hint);
        if follow.clicked() {
            self.list.set_following(!following);
        }
    }
}

/// Where the find field and the buttons beside it stand.
struct Tools {
    rect: Rect,
    find_width: f32,
}

impl Tools {
    fn new(ui: &Ui, model: &Model, area: Rect) -> Self {
        let words = &model.words.timeline;
        let names = [
            model.words.filter.name,
            words.clear,
            words.frames,
            words.plot,
            words.follow,
        ];
        let undo = model.timeline.is_cleared().then_some(words.undo_clear);
        let gap = ui.spacing().item_spacing.x;
        let widths = names.into_iter().chain(undo);
        let buttons: f32 = widths.map(|name| button::width(ui, name) + gap).sum();
        let find_width = (area.width() - HEADING - buttons).clamp(FIND_WIDTH.1, FIND_WIDTH.0);
        let left = area.right() - buttons - find_width;
        Self {
            rect: area.with_min_x(left),
            find_width,
        }
    }
}

fn line(rect: Rect) -> UiBuilder {
    let layout = Layout::left_to_right(Align::Center);
    UiBuilder::new().max_rect(rect).layout(layout)
}

/// Shows a tab for all, for each endpoint and for the chosen peer; too many of them scroll, and stand in a menu.
fn tabs_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    const MENU_WIDTH: f32 = 26.0;
    let words = &model.words.timeline;
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
        .accessibility_label(words.tabs);
    ui.scope_builder(bar, |ui| {
        ui.set_max_width(width);
        let area = ScrollArea::horizontal()
            .id_salt("tabs")
            .max_width(width)
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = TAB_GAP;
            let all = filter.endpoint.is_none() && filter.connection.is_none();
            tab_ui(ui, words.all, words.show_all, all, (None, None), actions);
            for (id, name) in model.shown_endpoints() {
                let is_chosen = filter.endpoint == Some(id) && filter.connection.is_none();
                let spoken = words.show_only(name);
                tab_ui(ui, name, &spoken, is_chosen, (Some(id), None), actions);
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
    let words = &model.words.timeline;
    let peer = peer_words(model, connection);
    tab_ui(
        ui,
        &peer,
        &words.show_only(&peer),
        true,
        (endpoint, Some(connection)),
        actions,
    );
    let close = button::close(ui).accessible_name(words.show_endpoint);
    if close.on_hover_text(words.show_endpoint).clicked() {
        actions.push(Action::ShowOnly {
            endpoint,
            connection: None,
        });
    }
}

/// Returns the peer's address, or the connection's number while no row of it is in hand.
fn peer_words(model: &Model, connection: ConnectionId) -> String {
    let mut rows = model.timeline.loaded_rows().iter();
    let peer = rows.find_map(|row| row.peer.filter(|_| row.connection == Some(connection)));
    peer.map_or_else(
        || model.words.timeline.connection(connection.0),
        |peer| peer.to_string(),
    )
}

/// Returns how much room all tabs take.
fn tabs_width(ui: &Ui, model: &Model) -> f32 {
    let tokens = Tokens::of(ui);
    let width = |words: &str| button::width(ui, words) + TAB_GAP;
    let endpoints = model.shown_endpoints();
    let names: f32 = endpoints.iter().map(|(_, name)| width(name)).sum();
    let connection = model.timeline.filter().connection;
    let peer = connection.map_or(0.0, |it| {
        width(&peer_words(model, it)) + tokens.control_height + TAB_GAP
    });
    width(model.words.timeline.all) + names + peer + TAB_GAP
}

/// Shows all tabs as a menu.
fn menu_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let response = button::drop_down(ui).accessible_name(model.words.timeline.show_only_menu);
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
                choice(ui, model.words.timeline.all, None);
                for (id, name) in model.shown_endpoints() {
                    choice(ui, name, Some(id));
                }
            });
    });
}
