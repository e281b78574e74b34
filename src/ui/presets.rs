//! The dialog with the presets: documents that come with the program, each with what it is and how to try it.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, FontId, Key, Modifiers, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::widgets::{button, explain_disabled, field, list_row, muted_label, scrolls_in_sight};
use super::{Action, Cx, Tokens};
use crate::words::{ENGLISH, Language};
use crate::workspace::{PRESETS, Preset, PresetKind};

/// The height of the list at most, in points.
const HEIGHT: f32 = 380.0;

/// What is sought and chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PresetList {
    filter_text: String,
    chosen: Option<PresetKind>,
}

impl PresetList {
    /// Shows the list; the chosen preset is added to the document and closes it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.rules;
        muted_label(ui, words.presets_why);
        let width = ui.available_width();
        let (name, text) = (words.filter_presets, &mut self.filter_text);
        let filter = field::input_with_hint(ui, name, text, width, name);
        // The toolkit takes the keyboard away with Enter; it comes back at once.
        let is_confirmed = field::is_confirmed(ui, &filter);
        if ui.memory(|memory| memory.focused().is_none()) {
            filter.request_focus();
        }
        let sought = self.filter_text.trim().to_lowercase();
        let is_sought = |preset: &&Preset| is_found(cx.words, preset.kind, &sought);
        let shown: Vec<&'static Preset> = PRESETS.iter().filter(is_sought).collect();
        let is_moved = self.keys(ui, &shown);
        let mut wanted = None;
        let list = UiBuilder::new()
            .accessibility_role(Role::ListBox)
            .accessibility_label(words.preset_list);
        let height = HEIGHT.min(ui.ctx().content_rect().height() - 260.0);
        ui.scope_builder(list, |ui| {
            scrolls_in_sight(ui);
            ui.spacing_mut().item_spacing.y = 2.0;
            let area = ScrollArea::vertical().max_height(height);
            let area = area.min_scrolled_height(height).auto_shrink(false);
            area.show(ui, |ui| {
                for (place, preset) in shown.iter().enumerate() {
                    let row = self.row_ui(ui, cx.words, preset.kind, (place, shown.len()));
                    if is_moved && self.chosen == Some(preset.kind) {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() {
                        self.chosen = Some(preset.kind);
                    }
                    if row.double_clicked() {
                        wanted = Some(*preset);
                    }
                }
                if shown.is_empty() {
                    muted_label(ui, words.no_preset);
                }
            });
        });
        let is_chosen = |it: &&&'static Preset| self.chosen == Some(it.kind);
        let chosen = shown.iter().find(is_chosen).copied();
        // The only one that is left is meant.
        let only = shown.first().copied().filter(|_| shown.len() == 1);
        let meant = chosen.or(only);
        if is_confirmed {
            wanted = wanted.or(meant);
        }
        button::row(ui, |ui| {
            let add =
                ui.add_enabled_ui(meant.is_some(), |ui| button::primary(ui, words.add_preset));
            if explain_disabled(add.inner, words.choose_preset).clicked() {
                wanted = meant;
            }
            button::closing(ui, cx.words.common.cancel);
        });
        if let Some(preset) = wanted {
            cx.push(Action::AddPreset(preset));
            ui.close();
        }
    }

    /// Chooses the next one or the one before with the arrows. Returns whether another one is chosen.
    fn keys(&mut self, ui: &Ui, shown: &[&'static Preset]) -> bool {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
        if !up && !down {
            return false;
        }
        let place = shown.iter().position(|it| self.chosen == Some(it.kind));
        let last = shown.len().saturating_sub(1);
        let next = match place {
            None => 0,
            Some(place) if up => place.saturating_sub(1),
            Some(place) => (place + 1).min(last),
        };
        self.chosen = shown.get(next).map(|it| it.kind);
        true
    }

    fn row_ui(
        &self,
        ui: &mut Ui,
        words: &Language,
        preset: PresetKind,
        (place, count): (usize, usize),
    ) -> Response {
        let tokens = Tokens::of(ui);
        let is_chosen = self.chosen == Some(preset);
        let (name, about) = (words.preset_name(preset), words.preset_about(preset));
        let width = ui.available_width() - 12.0;
        let mut job = LayoutJob::default();
        let font = FontId::new(Tokens::BODY_SIZE, Tokens::semibold());
        job.append(name, 0.0, TextFormat::simple(font, tokens.text));
        job.append("\n", 0.0, TextFormat::simple(Tokens::small(), tokens.text));
        let mut is_data = false;
        for part in about.split('`') {
            let (font, color) = if is_data {
                (Tokens::small_data(), tokens.text)
            } else {
                (Tokens::small(), tokens.muted_text)
            };
            let mut format = TextFormat::simple(font, color);
            format.valign = Align::Center;
            job.append(part, 0.0, format);
            is_data = !is_data;
        }
        job.wrap = TextWrapping::wrap_at_width(width - 12.0);
        let galley = ui.painter().layout_job(job);
        let size = vec2(ui.available_width(), galley.size().y + 12.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(about);
            node.set_position_in_set(place + 1);
            node.set_size_of_set(count);
        });
        list_row::paint_ground(ui, rect, &response, is_chosen);
        let at = pos2(rect.left() + 10.0, rect.top() + 6.0);
        ui.painter().galley(at, galley, tokens.text);
        response
    }
}

/// Returns whether a preset is found by a text in small letters: in the window's language, or in English.
fn is_found(words: &Language, preset: PresetKind, sought: &str) -> bool {
    [words, &ENGLISH].into_iter().any(|it| {
        let texts = [it.preset_name(preset), it.preset_about(preset)];
        texts
            .iter()
            .any(|text| text.to_lowercase().contains(sought))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::GERMAN;

    #[test]
    fn a_preset_is_found_in_the_windows_language_and_in_english() {
        let check = |sought, is_expected| {
            let is_there = is_found(&GERMAN, PresetKind::UpperCase, sought);
            assert_eq!(is_there, is_expected, "{sought}");
        };
        check("großbuchstaben", true);
        check("upper-case", true);
        check("7008", true);
        check("mayúsculas", false);
    }
}
