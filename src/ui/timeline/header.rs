//! The line above the rows: what is shown, the find field, and what acts on the view.

use egui::{
    Button, Popup, PopupCloseBehavior, Rect, Response, Role, ScrollArea, Sense, TextWrapMode, Ui,
    UiBuilder, vec2,
};

use super::super::room::is_compact;
use super::super::widgets::{button, choice, line};
use super::super::{Action, Cx, Tokens, commands, shown_as};
use super::column_header::change;
use super::filter::Circumstances;
use super::{TimelinePanel, chips};
use crate::model::Model;
use crate::net::EndpointId;
use crate::words::timeline::Timeline as Words;
use crate::workspace::PayloadForm;

/// The width of the find field at most, and at least.
const FIND_WIDTH: (f32, f32) = (300.0, 180.0);
/// The width of what stands in the find field beside its name.
const IN_FIND: f32 = 40.0;
/// The least width of the tabs; those that have no room stand in a menu.
const MIN_TABS: f32 = 110.0;
/// The space between two tabs.
const TAB_GAP: f32 = 2.0;
/// The space between two groups of controls.
const GROUP_GAP: f32 = 12.0;
/// The height of a line, with the space around it.
const LINE: f32 = 34.0;

impl TimelinePanel {
    pub(super) fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let width = ui.available_width() - 2.0 * Tokens::SIDE_MARGIN;
        let is_short = is_short(ui, cx, width);
        let places = places(ui, cx, width);
        let mut area = ui.available_rect_before_wrap();
        area.set_height(places.height());
        ui.allocate_rect(area, Sense::hover());
        let origin = area.shrink2(vec2(Tokens::SIDE_MARGIN, 8.0)).min;
        let rect = |place: Place| {
            let size = vec2(place.width, Tokens::CONTROL_HEIGHT);
            Rect::from_min_size(origin + vec2(place.left, place.line * LINE), size)
        };
        // In the order of reading, so that the keyboard meets everything in it.
        tabs_ui(&mut ui.new_child(line(rect(places.tabs))), cx);
        let tools = |panel: &mut Self, ui: &mut Ui| {
            let mut ui = ui.new_child(line(rect(places.tools)));
            panel.tools_ui(&mut ui, cx, places.in_sight);
        };
        if places.lines > 1.0 {
            tools(self, ui);
        }
        self.find_ui(&mut ui.new_child(line(rect(places.find))), cx);
        if let Some(switches) = places.switches {
            switches_ui(&mut ui.new_child(line(rect(switches))), cx, is_short);
        }
        if places.lines <= 1.0 {
            tools(self, ui);
        }
        chips::ui(ui, cx, &mut self.filter_menu);
    }

    fn find_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let from = (self.selected_entry(), self.top_entry);
        self.find.ui(ui, ui.available_width(), cx, from);
    }

    fn tools_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, in_sight: InSight) {
        let (timeline, words) = (&cx.timeline, &cx.words.timeline);
        let circumstances = Circumstances {
            find: &self.find,
            selected: self.selected_time(),
            newest: timeline.loaded_rows().last().map(|row| row.time),
        };
        self.filter_menu.ui(ui, cx, &circumstances);
        if in_sight != InSight::Filter {
            clear_ui(ui, cx, button::quiet);
        }
        if in_sight == InSight::All {
            return self.views_ui(ui, cx, button::switch);
        }
        let more = button::more(ui).accessible_name(words.more);
        let more = more.on_hover_text(words.more);
        let menu = Popup::menu(&more).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        menu.show(|ui| {
            button::menu_padding(ui);
            if in_sight == InSight::Filter {
                ui.horizontal(|ui| switches_ui(ui, cx, false));
                ui.separator();
                clear_ui(ui, cx, |ui, words| ui.add(button::item(words, Some(false))));
                ui.separator();
            }
            self.views_ui(ui, cx, button::menu_switch);
        });
    }

    /// Shows what else of the traffic can be shown, and whether the newest entry stays in sight: each as a switch.
    fn views_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        switch: fn(&mut Ui, &str, &str, bool) -> bool,
    ) {
        let (timeline, words) = (&cx.timeline, &cx.words.timeline);
        if switch(ui, words.frames, words.frames_hint, cx.shows_frames) {
            cx.push(Action::ShowFrames(!cx.shows_frames));
        }
        if switch(ui, words.plot, words.plot_hint, timeline.plot.is_shown) {
            cx.push(Action::TogglePlot);
        }
        let following = self.list.is_following();
        if switch(ui, words.follow, words.follow_hint, following) {
            self.list.set_following(!following);
        }
    }
}

/// Returns how high the header is, with the chips of a filter.
pub(in crate::ui) fn height(ui: &Ui, cx: &Cx<'_>) -> f32 {
    let width = ui.available_width() - 2.0 * Tokens::SIDE_MARGIN;
    places(ui, cx, width).height() + chips::height(cx)
}

/// Returns where everything stands in a header so wide inside.
fn places(ui: &Ui, cx: &Cx<'_>, width: f32) -> Places {
    let groups = Groups {
        tabs: tabs_width(ui, cx),
        switches: switches_width(ui, cx, is_short(ui, cx, width)),
        tools: InSight::ALL.map(|it| tools_width(ui, cx, it)),
    };
    groups.places(width, is_compact(ui, cx))
}

/// Shows what clears the view, and what takes that back.
fn clear_ui(ui: &mut Ui, cx: &Cx<'_>, button: fn(&mut Ui, &'static str) -> Response) {
    let words = &cx.words.timeline;
    if cx.timeline.is_cleared() && button(ui, words.undo_clear).clicked() {
        cx.push(Action::UndoClearView);
    }
    let hover = commands::CLEAR_VIEW.hover(ui, cx.words);
    let clear = button(ui, words.clear);
    if clear.on_hover_text(hover).clicked() {
        cx.push(Action::ClearView);
    }
}

/// Shows how the rows are shown: what stands between the find field and what acts on the view.
fn switches_ui(ui: &mut Ui, cx: &Cx<'_>, is_short: bool) {
    let words = &cx.words.timeline;
    let mut payloads = cx.preferences.timeline.payloads;
    let choices = payload_forms(words);
    if is_short {
        let width = choice::list_width(ui, &choices);
        choice::list(ui, words.payloads, width, &mut payloads, &choices);
    } else {
        choice::segmented(ui, words.payloads, &mut payloads, &choices);
    }
    if payloads != cx.preferences.timeline.payloads {
        change(cx, |form| form.payloads = payloads);
    }
    ui.add_space(GROUP_GAP - ui.spacing().item_spacing.x);
    shown_as::ui(ui, cx);
}

/// Returns whether a choice in a line of this width is a list, so that the find field has room for its name.
fn is_short(ui: &Ui, model: &Model, width: f32) -> bool {
    let find = button::width(ui, model.words.find.name) + IN_FIND;
    width < find + GROUP_GAP + switches_width(ui, model, false)
}

fn switches_width(ui: &Ui, model: &Model, is_short: bool) -> f32 {
    let choices = payload_forms(&model.words.timeline);
    let payloads = if is_short {
        choice::list_width(ui, &choices)
    } else {
        choice::width(ui, &choices)
    };
    payloads + GROUP_GAP + shown_as::width(ui, &model.words.lanes)
}

fn payload_forms(words: &Words) -> [(PayloadForm, &'static str); 3] {
    [
        (PayloadForm::Auto, words.as_auto),
        (PayloadForm::Text, words.as_text),
        (PayloadForm::Hex, words.as_hex),
    ]
}

/// What of that which acts on the view stands beside the menu that has the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InSight {
    /// All of it, so that there is no menu.
    All,
    /// The filter, and what clears the view.
    Filtering,
    /// The filter alone; the menu also has how the rows are shown.
    Filter,
}

impl InSight {
    const ALL: [Self; 3] = [Self::All, Self::Filtering, Self::Filter];
}

/// Returns the width of what acts on the view.
fn tools_width(ui: &Ui, model: &Model, in_sight: InSight) -> f32 {
    let words = &model.words.timeline;
    let clears = [Some(words.clear)].into_iter();
    let undo = model.timeline.is_cleared().then_some(words.undo_clear);
    let clears = clears.chain([undo]).flatten();
    let clears = clears.filter(|_| in_sight != InSight::Filter);
    let gap = ui.spacing().item_spacing.x;
    let width = |name: &str| button::width(ui, name) + gap;
    let filter = [model.words.filter.name].into_iter();
    let fixed: f32 = filter.chain(clears).map(width).sum();
    let rest = if in_sight == InSight::All {
        [words.frames, words.plot, words.follow]
            .map(width)
            .iter()
            .sum()
    } else {
        Tokens::CONTROL_HEIGHT + gap
    };
    fixed + rest - gap
}

/// The widths of the groups of controls.
#[derive(Clone, Copy)]
struct Groups {
    /// What all tabs take.
    tabs: f32,
    switches: f32,
    /// What acts on the view, as in [`InSight::ALL`].
    tools: [f32; 3],
}

/// Where the groups stand.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Places {
    lines: f32,
    tabs: Place,
    find: Place,
    /// None if they stand in the menu.
    switches: Option<Place>,
    tools: Place,
    in_sight: InSight,
}

impl Places {
    fn height(&self) -> f32 {
        match self.in_sight {
            InSight::Filter => Tokens::CONTROL_HEIGHT + 16.0,
            _ => LINE * self.lines + 12.0,
        }
    }
}

/// A place on one of the lines.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    line: f32,
    left: f32,
    width: f32,
}

impl Groups {
    /// Puts everything on one line, or on two: the tabs with what acts on the view, the find field with the switches. In a
    /// low window there is one line in any case, and a menu has what does not fit.
    fn places(&self, width: f32, is_compact: bool) -> Places {
        let Self { tabs, switches, .. } = *self;
        let [all_tools, few_tools, least_tools] = self.tools;
        let place = |line: f32, left: f32, width: f32| Place { line, left, width };
        let rest = width - switches - all_tools - 3.0 * GROUP_GAP;
        if rest >= tabs + FIND_WIDTH.1 {
            let find = (rest - tabs).min(FIND_WIDTH.0);
            let tools = width - all_tools;
            let switches = tools - GROUP_GAP - switches;
            let find_left = switches - GROUP_GAP - find;
            return Places {
                lines: 1.0,
                tabs: place(0.0, 0.0, find_left - GROUP_GAP),
                find: place(0.0, find_left, find),
                switches: Some(place(0.0, switches, self.switches)),
                tools: place(0.0, tools, all_tools),
                in_sight: InSight::All,
            };
        }
        if is_compact {
            let rest = (width - least_tools - 2.0 * GROUP_GAP).max(0.0);
            let find = (rest - tabs).clamp(FIND_WIDTH.1, FIND_WIDTH.0);
            let find = find.min((rest - MIN_TABS).max(0.0));
            let tools = width - least_tools;
            return Places {
                lines: 1.0,
                tabs: place(0.0, 0.0, rest - find),
                find: place(0.0, tools - GROUP_GAP - find, find),
                switches: None,
                tools: place(0.0, tools, least_tools),
                in_sight: InSight::Filter,
            };
        }
        let has_all_tools = width - all_tools - GROUP_GAP >= tabs.max(MIN_TABS);
        let (tools, in_sight) = if has_all_tools {
            (all_tools, InSight::All)
        } else {
            (few_tools, InSight::Filtering)
        };
        let find = (width - switches - GROUP_GAP).clamp(0.0, FIND_WIDTH.0);
        Places {
            lines: 2.0,
            tabs: place(0.0, 0.0, (width - tools - GROUP_GAP).max(0.0)),
            find: place(1.0, 0.0, find),
            switches: Some(place(1.0, width - switches, switches)),
            tools: place(0.0, width - tools, tools),
            in_sight,
        }
    }
}

/// Shows a tab for all and for each endpoint; where there is no room for all of them, a menu has them all.
fn tabs_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.timeline;
    let endpoints = cx.shown_endpoints();
    let overflows = tabs_width(ui, cx) > ui.available_width();
    let shown = if overflows {
        let width = |words: &str| button::width(ui, words) + TAB_GAP;
        let widths: Vec<_> = endpoints.iter().map(|(_, name)| width(name)).collect();
        let chosen = cx.timeline.filter().endpoint;
        let chosen = endpoints.iter().position(|(id, _)| Some(*id) == chosen);
        let room = ui.available_width() - width(words.all) - TAB_GAP - Tokens::CONTROL_HEIGHT;
        whole(&widths, chosen, room)
    } else {
        (0..endpoints.len()).collect()
    };
    let bar = UiBuilder::new()
        .accessibility_role(Role::TabList)
        .accessibility_label(words.tabs);
    ui.scope_builder(bar, |ui| {
        ui.spacing_mut().item_spacing.x = TAB_GAP;
        if overflows {
            // A chosen one that is wider than all there is gets cut.
            ui.set_max_width(ui.available_width() - Tokens::CONTROL_HEIGHT - TAB_GAP);
            ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
        }
        tab_ui(ui, cx, (words.all, words.show_all), None);
        for (id, name) in shown.iter().filter_map(|place| endpoints.get(*place)) {
            tab_ui(ui, cx, (name, &words.show_only(name)), Some(*id));
        }
    });
    if overflows {
        menu_ui(ui, cx);
    }
}

/// Returns which tabs of these widths there is room for, one after the other; the chosen one is always among them.
fn whole(widths: &[f32], chosen: Option<usize>, room: f32) -> Vec<usize> {
    let chosen_width = chosen.and_then(|it| widths.get(it)).copied();
    let mut left = room - chosen_width.unwrap_or(0.0);
    let mut is_full = false;
    let fits = |(place, width): (usize, &f32)| {
        if chosen == Some(place) {
            return Some(place);
        }
        is_full |= *width > left;
        if is_full {
            return None;
        }
        left -= width;
        Some(place)
    };
    widths.iter().enumerate().filter_map(fits).collect()
}

fn tab_ui(ui: &mut Ui, cx: &Cx<'_>, (words, spoken): (&str, &str), endpoint: Option<EndpointId>) {
    let filter = cx.timeline.filter();
    let is_whole = filter.connection.is_none() && filter.number.is_none();
    let is_chosen = is_whole && filter.endpoint == endpoint;
    let response = button::tab(ui, words, is_chosen).accessible_name(spoken);
    if response.clicked() {
        cx.push(Action::ShowOnly(endpoint, None));
    }
}

/// Returns how much room all tabs take.
fn tabs_width(ui: &Ui, model: &Model) -> f32 {
    let width = |words: &str| button::width(ui, words) + TAB_GAP;
    let endpoints = model.shown_endpoints();
    let names: f32 = endpoints.iter().map(|(_, name)| width(name)).sum();
    width(model.words.timeline.all) + names + TAB_GAP
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_tabs_are_shown_and_the_chosen_one_always() {
        let check = |chosen: Option<usize>, room: f32, expected: &[usize]| {
            let widths = [50.0, 60.0, 90.0, 40.0];
            assert_eq!(whole(&widths, chosen, room), expected, "{chosen:?}, {room}");
        };
        check(None, 240.0, &[0, 1, 2, 3]);
        check(None, 239.0, &[0, 1, 2]);
        check(None, 199.0, &[0, 1]);
        // A narrow one does not overtake a wide one.
        check(None, 155.0, &[0, 1]);
        check(None, 49.0, &[]);
        check(Some(3), 155.0, &[0, 1, 3]);
        check(Some(2), 155.0, &[0, 2]);
        check(Some(0), 50.0, &[0]);
        check(Some(2), 10.0, &[2]);
        check(Some(9), 110.0, &[0, 1]);
    }

    #[test]
    fn the_groups_stand_side_by_side_on_one_line_or_on_two() {
        let groups = Groups {
            tabs: 170.0,
            switches: 132.0,
            tools: [330.0, 170.0, 92.0],
        };
        let check = |width: f32, is_compact: bool, lines: f32, in_sight: InSight| {
            let places = groups.places(width, is_compact);
            let found = (places.lines, places.in_sight);
            assert_eq!(found, (lines, in_sight), "{width}");
            let all = [places.tabs, places.find, places.tools];
            let all: Vec<_> = all.into_iter().chain(places.switches).collect();
            assert_eq!(all.len() == 3, in_sight == InSight::Filter, "{width}");
            for one in &all {
                assert!(
                    one.left >= 0.0 && one.left + one.width <= width + 0.01,
                    "{width}: {one:?}"
                );
                assert!(one.width > 90.0, "{width}: {one:?}");
                for other in all
                    .iter()
                    .filter(|other| *other != one && (other.line - one.line).abs() < 0.5)
                {
                    let is_apart = one.left + one.width + 11.0 < other.left
                        || other.left + other.width + 11.0 < one.left;
                    assert!(is_apart, "{width}: {one:?} and {other:?}");
                }
            }
        };
        for is_compact in [false, true] {
            check(1_368.0, is_compact, 1.0, InSight::All);
            check(860.0, is_compact, 1.0, InSight::All);
        }
        check(800.0, false, 2.0, InSight::All);
        check(520.0, false, 2.0, InSight::All);
        check(500.0, false, 2.0, InSight::Filtering);
        check(388.0, false, 2.0, InSight::Filtering);
        check(800.0, true, 1.0, InSight::Filter);
        check(518.0, true, 1.0, InSight::Filter);
        check(358.0, true, 1.0, InSight::Filter);
    }
}
