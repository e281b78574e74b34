//! The line above the rows: what is shown, the find field, and what acts on the view.

use egui::{Button, Popup, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::super::widgets::{button, line};
use super::super::{Action, Cx, Tokens, commands};
use super::TimelinePanel;
use super::filter::Circumstances;
use crate::model::Model;
use crate::net::{EndpointId, FlowId};

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
    pub(super) fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let is_wide = ui.available_width() >= ONE_LINE;
        let lines = if is_wide { 1.0 } else { 2.0 };
        let mut area = ui.available_rect_before_wrap();
        area.set_height(LINE * lines + 12.0);
        ui.allocate_rect(area, Sense::hover());
        let area = area.shrink2(vec2(Tokens::SIDE_MARGIN, 8.0));
        let first = area.with_max_y(area.top() + Tokens::CONTROL_HEIGHT);
        let second = first.translate(vec2(0.0, LINE));

        // Laid out from the left, so that the keyboard meets everything in the order of reading.
        let tools = Tools::new(ui, cx, first);
        let mut left = ui.new_child(line(first.with_max_x(tools.rect.left() - 8.0)));
        if left.available_width() >= HEADING {
            left.label(RichText::new(cx.words.timeline.name).heading());
            left.add_space(8.0);
        }
        if is_wide {
            tabs_ui(&mut left, cx);
        }
        self.tools_ui(ui, cx, &tools);
        if !is_wide {
            tabs_ui(&mut ui.new_child(line(second)), cx);
        }
    }

    fn tools_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, tools: &Tools) {
        let mut ui = ui.new_child(line(tools.rect));
        let (timeline, words) = (&cx.timeline, &cx.words.timeline);
        let find_width = tools.find_width;
        self.find.ui(&mut ui, find_width, cx, self.selected_entry());
        let circumstances = Circumstances {
            find: &self.find,
            selected: self.selected_time(),
            newest: timeline.loaded_rows().last().map(|row| row.time),
        };
        self.filter_menu.ui(&mut ui, cx, &circumstances);
        if timeline.is_cleared() && button::quiet(&mut ui, words.undo_clear).clicked() {
            cx.push(Action::UndoClearView);
        }
        let hover = commands::CLEAR_VIEW.hover(&ui, cx.words);
        let clear = button::quiet(&mut ui, words.clear);
        if clear.on_hover_text(hover).clicked() {
            cx.push(Action::ClearView);
        }
        if button::switch(&mut ui, words.frames, words.frames_hint, cx.shows_frames) {
            cx.push(Action::ShowFrames(!cx.shows_frames));
        }
        if button::switch(&mut ui, words.plot, words.plot_hint, timeline.plot.is_shown) {
            cx.push(Action::TogglePlot);
        }
        let following = self.list.is_following();
        if button::switch(&mut ui, words.follow, words.follow_hint, following) {
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

/// Shows a tab for all, for each endpoint and for the chosen peer; too many of them scroll, and stand in a menu.
fn tabs_ui(ui: &mut Ui, cx: &Cx<'_>) {
    const MENU_WIDTH: f32 = 26.0;
    let words = &cx.words.timeline;
    let filter = cx.timeline.filter();
    let wanted = tabs_width(ui, cx);
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
            tab_ui(ui, cx, (words.all, words.show_all), (None, None));
            for (id, name) in cx.shown_endpoints() {
                tab_ui(ui, cx, (name, &words.show_only(name)), (Some(id), None));
            }
            if let Some(connection) = filter.connection {
                peer_tab_ui(ui, cx, connection);
            }
        });
    });
    if overflows {
        menu_ui(ui, cx);
    }
}

fn tab_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (words, spoken): (&str, &str),
    shown: (Option<EndpointId>, Option<FlowId>),
) {
    let filter = cx.timeline.filter();
    let is_chosen = (filter.endpoint, filter.connection) == shown;
    let response = button::tab(ui, words, is_chosen).accessible_name(spoken);
    if is_chosen {
        reveal_once(ui, &response);
    }
    if response.clicked() {
        cx.push(Action::ShowOnly(shown.0, shown.1));
    }
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
fn peer_tab_ui(ui: &mut Ui, cx: &Cx<'_>, connection: FlowId) {
    let endpoint = cx.timeline.filter().endpoint;
    let words = &cx.words.timeline;
    let peer = peer_words(cx, connection);
    let spoken = words.show_only(&peer);
    tab_ui(ui, cx, (&peer, &spoken), (endpoint, Some(connection)));
    let close = button::close(ui).accessible_name(words.show_endpoint);
    if close.on_hover_text(words.show_endpoint).clicked() {
        cx.push(Action::ShowOnly(endpoint, None));
    }
}

/// Returns the peer's address, or the connection's number while no row of it is in hand.
fn peer_words(model: &Model, connection: FlowId) -> String {
    let mut rows = model.timeline.loaded_rows().iter();
    let peer = rows.find_map(|row| {
        row.peer
            .as_ref()
            .filter(|_| row.connection == Some(connection))
    });
    peer.map_or_else(
        || model.words.timeline.connection(connection.number),
        ToString::to_string,
    )
}

/// Returns how much room all tabs take.
fn tabs_width(ui: &Ui, model: &Model) -> f32 {
    let width = |words: &str| button::width(ui, words) + TAB_GAP;
    let endpoints = model.shown_endpoints();
    let names: f32 = endpoints.iter().map(|(_, name)| width(name)).sum();
    let connection = model.timeline.filter().connection;
    let peer = connection.map_or(0.0, |it| {
        width(&peer_words(model, it)) + Tokens::CONTROL_HEIGHT + TAB_GAP
    });
    width(model.words.timeline.all) + names + peer + TAB_GAP
}

/// Shows all tabs as a menu.
fn menu_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.timeline;
    let response = button::drop_down(ui).accessible_name(words.show_only_menu);
    Popup::menu(&response).show(|ui| {
        let max_height = (ui.content_rect().height() * 0.6).max(120.0);
        ScrollArea::vertical()
            .max_height(max_height)
            .show(ui, |ui| {
                let chosen = cx.timeline.filter().endpoint;
                let endpoints = cx.shown_endpoints().into_iter();
                let endpoints = endpoints.map(|(id, name)| (name, Some(id)));
                for (name, endpoint) in [(words.all, None)].into_iter().chain(endpoints) {
                    let choice = Button::selectable(chosen == endpoint, name);
                    if ui.add(choice).clicked() {
                        cx.push(Action::ShowOnly(endpoint, None));
                        ui.close();
                    }
                }
            });
    });
}
