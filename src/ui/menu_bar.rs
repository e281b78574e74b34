//! The line at the top: the menus, and the way to every command.

use egui::containers::menu::SubMenuButton;
use egui::{
    Align, Button, Label, Layout, MenuBar, Response, RichText, ScrollArea, TextWrapMode, Ui,
    UiBuilder, vec2,
};

use super::commands::{self, Menu, WindowCommand};
use super::widgets::{button, explain_disabled};
use super::{Action, Cx, Tokens, documents};
use crate::model::Kept;

/// The width of the button that opens the list of commands, in points.
const FIND_WIDTH: f32 = 176.0;
/// The least width of a menu.
const MENU_WIDTH: f32 = 220.0;
/// The height of the bar.
pub(super) const HEIGHT: f32 = 34.0;
/// What a menu's frame takes of the height below the bar.
const MENU_FRAME: f32 = 16.0;

/// Shows the bar.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    let bar = UiBuilder::new()
        .accessibility_role(egui::Role::MenuBar)
        .accessibility_label(cx.words.menus.bar);
    let middle = Layout::left_to_right(Align::Center);
    ui.scope_builder(bar.layout(middle), |ui| {
        MenuBar::new().ui(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding = vec2(9.0, 4.0);
            for menu in Menu::ALL {
                let button = ui.menu_button(menu.name(cx.words), |ui| menu_ui(ui, cx, menu));
                if menu == Menu::File && button.response.clicked() {
                    cx.push(Action::LookAtRecent);
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                inspector_ui(ui, cx);
                find_ui(ui, cx);
                ui.centered_and_justified(|ui| caption_ui(ui, cx));
            });
        })
    });
}

/// Shows the items of a menu: those that have no room below the bar are scrolled to.
fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, menu: Menu) {
    ui.set_min_width(MENU_WIDTH);
    let most = ui.content_rect().height() - HEIGHT - MENU_FRAME;
    // That there is more shows before the pointer is there.
    ui.spacing_mut().scroll.dormant_handle_opacity = 1.0;
    let area = ScrollArea::vertical()
        .max_height(most)
        .min_scrolled_height(most);
    area.show(ui, |ui| items_ui(ui, cx, menu));
}

fn items_ui(ui: &mut Ui, cx: &Cx<'_>, menu: Menu) {
    ui.set_min_width(MENU_WIDTH);
    button::menu_padding(ui);
    let commands = || commands::all().filter(|it| it.menu == menu);
    let has_switches = commands().any(|it| it.is_on(cx).is_some());
    let mut part = None;
    for command in commands() {
        if part.is_some_and(|part| part != command.part) {
            ui.separator();
        }
        part = Some(command.part);
        let check = has_switches.then(|| command.is_on(cx) == Some(true));
        item_with_check_ui(ui, cx, command, check);
        if std::ptr::eq(command, &raw const commands::OPEN) {
            let recent = cx.words.menus.recent;
            ui.menu_button(recent, |ui| documents::recent_menu_ui(ui, cx));
        }
        if std::ptr::eq(command, &raw const commands::LIGHT) {
            let language = Menu::Language.name(cx.words);
            // In line with the items around it, which have room for a check mark.
            let arrow = SubMenuButton::arrow_atom(None);
            let item = button::item(language, Some(false)).right_text(arrow);
            let (item, _) =
                SubMenuButton::from_button(item).ui(ui, |ui| menu_ui(ui, cx, Menu::Language));
            keep_in_sight(&item);
        }
    }
    if menu == Menu::Help {
        ui.separator();
        let version = cx.words.menus.version(env!("BOTHENDS_VERSION"));
        ui.add_enabled(false, Button::new(version));
    }
}

/// Shows a command as an item of a menu without switches, with its key.
pub(super) fn item_ui(ui: &mut Ui, cx: &Cx<'_>, command: &WindowCommand) {
    button::menu_padding(ui);
    item_with_check_ui(ui, cx, command, None);
}

fn item_with_check_ui(ui: &mut Ui, cx: &Cx<'_>, command: &WindowCommand, check: Option<bool>) {
    let text = own_name(ui, command).unwrap_or_else(|| command.label(cx.words));
    let key = command.key_text(ui, cx.words);
    let item = button::item(text, check);
    let mut item = item.wrap_mode(TextWrapMode::Extend);
    if !key.is_empty() {
        item = item.shortcut_text(key);
    }
    let response = ui.add_enabled(command.is_possible(cx), item);
    let response = response.accessible_name(text);
    let response = match command.needs(cx.words) {
        Some(needs) => explain_disabled(response, needs),
        None => response,
    };
    keep_in_sight(&response);
    if let Some(is_on) = command.is_on(cx) {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_toggled(is_on.into());
        });
    }
    if response.clicked() {
        command.request(cx);
        ui.close();
    }
}

/// Scrolls to an item when the keyboard comes to it.
fn keep_in_sight(item: &Response) {
    if item.gained_focus() {
        item.scroll_to_me(None);
    }
}

/// Returns the name of a language in itself, where there are fonts for it: it is found by who reads no other.
fn own_name(ui: &Ui, command: &WindowCommand) -> Option<&'static str> {
    let own_name = command.language()?.own_name;
    let can_be_drawn = ui.fonts_mut(|fonts| fonts.has_glyphs(&Tokens::body(), own_name));
    can_be_drawn.then_some(own_name)
}

/// Shows the switch of the inspector: in a narrow window it covers the timeline, so it is closed at first.
fn inspector_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let command = &commands::INSPECTOR;
    let response = button::side_pane(ui, cx.shows_inspector);
    let response = response.accessible_name(command.label(cx.words));
    if response
        .on_hover_text(command.hover(ui, cx.words))
        .clicked()
    {
        command.request(cx);
    }
}

/// Shows the document's name, and whether it is saved.
fn caption_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let tokens = Tokens::of(ui);
    let color = if cx.documents.kept == Kept::Partly {
        tokens.text
    } else {
        tokens.muted_text
    };
    let caption = RichText::new(cx.document_caption()).color(color);
    let label = Label::new(caption).truncate().selectable(false);
    ui.add(label);
}

fn find_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.menus;
    let command = &commands::COMMANDS;
    let tokens = Tokens::of(ui);
    let text = RichText::new(words.find_command).color(tokens.muted_text);
    let button = Button::new(text).shortcut_text(command.key_text(ui, cx.words));
    let size = vec2(FIND_WIDTH, Tokens::CONTROL_HEIGHT);
    let visuals = &mut ui.visuals_mut().widgets.inactive;
    (visuals.weak_bg_fill, visuals.bg_stroke.color) = (tokens.field, tokens.control_border);
    visuals.bg_stroke.width = 1.0;
    let response = ui.add(button.min_size(size));
    if response.accessible_name(words.find_command).clicked() {
        command.request(cx);
    }
}
