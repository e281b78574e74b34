//! The list of keys: those of the commands, a part for each menu, and those of one part of the window.

use egui::{Grid, Label, RichText, ScrollArea, Ui};

use super::Tokens;
use super::commands::{self, Menu};
use super::cx::Cx;
use super::widgets::{button, scrolls_in_sight};
use crate::words::Language;

/// Keys that belong together: what they are called, and what each of them does.
struct Part {
    name: &'static str,
    keys: Vec<(String, &'static str)>,
}

/// The width of the keys, in points: what they do stands beside them.
const KEYS_WIDTH: f32 = 210.0;
/// How much of the window's height stays free around the list, in points.
const AROUND: f32 = 180.0;

/// Shows the list.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    let height = ui.ctx().content_rect().height() - AROUND;
    scrolls_in_sight(ui);
    let area = ScrollArea::vertical().max_height(height);
    area.auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = Tokens::TEXT_LINE_HEIGHT;
        for (place, part) in parts(ui, cx.words).iter().enumerate() {
            if place > 0 {
                ui.add_space(10.0);
            }
            part_ui(ui, part);
        }
    });
    button::row(ui, |ui| {
        if button::primary(ui, cx.words.common.close).clicked() {
            ui.close();
        }
    });
}

fn part_ui(ui: &mut Ui, part: &Part) {
    let tokens = Tokens::of(ui);
    let name = RichText::new(part.name).family(Tokens::semibold());
    ui.label(name.color(tokens.muted_text));
    let grid = Grid::new(part.name)
        .num_columns(2)
        .min_col_width(KEYS_WIDTH)
        .spacing([16.0, 6.0]);
    grid.show(ui, |ui| {
        for (key, does) in &part.keys {
            ui.label(RichText::new(key).monospace());
            ui.add(Label::new(*does).wrap());
            ui.end_row();
        }
    });
}

/// Returns all keys as this system and the window's language write them, with what they do.
fn parts(ui: &Ui, words: &Language) -> Vec<Part> {
    let of_menu = |menu: Menu| {
        let commands = commands::all().filter(|it| it.menu == menu);
        let keys = commands.map(|it| (it.key_text(ui, words), it.label(words)));
        Part {
            name: menu.name(words),
            keys: keys.filter(|(key, _)| !key.is_empty()).collect(),
        }
    };
    let keys = &words.keys;
    let command = if ui.ctx().os().is_mac() {
        "Cmd"
    } else {
        keys.ctrl
    };
    let (shift, up, down) = (keys.shift, keys.up, keys.down);
    let with_alt = format!("Alt+{up} / Alt+{down}");
    let of_window = [
        Part {
            name: keys.message,
            keys: vec![
                (format!("{up} / {down}"), keys.recall_at_edge),
                (with_alt.clone(), keys.recall),
                (format!("{command}+1 … {command}+9"), keys.send_saved),
            ],
        },
        Part {
            name: keys.lists,
            keys: vec![
                (with_alt, keys.arrange),
                (keys.delete.to_owned(), keys.delete_rule),
            ],
        },
        Part {
            name: keys.rows,
            keys: vec![
                (
                    format!("{up} / {down}, {} / {}", keys.page_up, keys.page_down),
                    keys.select,
                ),
                (format!("{shift}+{up} / {shift}+{down}"), keys.select_more),
                (format!("{} / {}", keys.home, keys.end), keys.ends),
                (format!("{command}+C"), keys.copy),
            ],
        },
        Part {
            name: keys.anywhere,
            keys: vec![(keys.escape.to_owned(), keys.leave)],
        },
    ];
    let menus = Menu::ALL.into_iter().map(of_menu);
    menus.chain(of_window).collect()
}
