//! All colours, sizes and fonts of the window, named by use, dark and light.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::style::{
    ScrollAnimation, ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets,
};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin,
    RichText, Shadow, Stroke, Style, TextStyle, ThemePreference, Ui, Vec2, Visuals, vec2,
};

use crate::export::picture::fonts as files;
use crate::workspace::ThemeChoice;

/// The window's look, set once at start.
pub struct Theme;

impl Theme {
    /// Gives the window its fonts, and both of its themes their colours and sizes.
    pub fn install(ctx: &Context) {
        ctx.set_fonts(fonts());
        ctx.style_mut_of(egui::Theme::Dark, |style| apply(style, &DARK));
        ctx.style_mut_of(egui::Theme::Light, |style| apply(style, &LIGHT));
    }

    /// Switches to dark, to light, or to what the system says.
    pub fn choose(ctx: &Context, choice: ThemeChoice) {
        ctx.set_theme(match choice {
            ThemeChoice::System => ThemePreference::System,
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::Light => ThemePreference::Light,
        });
    }
}

macro_rules! tokens {
    ($($(#[$doc:meta])+ $name:ident: $dark:literal, $light:literal;)+) => {
        /// Colours by use. Every text colour has a contrast of at least 4.5 on every ground that it stands on.
        #[derive(Clone, Debug)]
        pub(super) struct Tokens { $($(#[$doc])+ pub $name: Color32,)+ }

        const DARK: Tokens = Tokens { $($name: rgb($dark),)+ };
        const LIGHT: Tokens = Tokens { $($name: rgb($light),)+ };
    };
}

// Each colour in the dark theme, then in the light one.
tokens! {
    /// The ground of the timeline and the detail pane.
    window: 0x0f_1318, 0xff_ffff;
    /// The ground of the sidebar, the composer and the status bar.
    panel: 0x14_1920, 0xf5_f7fa;
    /// The ground of a card.
    card: 0x1a_2029, 0xff_ffff;
    /// The ground of a plain button.
    control: 0x1e_2630, 0xff_ffff;
    /// The ground of a text field.
    field: 0x0c_1014, 0xff_ffff;
    /// The ground of every other row.
    stripe: 0x12_171d, 0xfa_fbfd;
    /// The ground of what the pointer is on.
    hover: 0x1e_2630, 0xee_f3f8;
    /// The ground of what is selected.
    selection: 0x1f_3350, 0xdc_ebff;
    /// The ground of a mark that stands for a byte without a shape.
    mark: 0x1d_2530, 0xec_eff3;
    /// The ground of a byte that differs from another payload's.
    difference: 0x5c_3a12, 0xff_dca8;
    /// The ground of what a find found.
    found: 0x41_3108, 0xff_e7a3;
    /// Lines between panels and around cards.
    border: 0x26_2e39, 0xdf_e5ec;
    /// The outline of buttons and fields.
    control_border: 0x32_3c49, 0xcd_d6e0;
    /// The lifeline of an end that is ours.
    lifeline: 0x52_5f6f, 0x96_a3b1;
    /// The lifeline of an end that is not ours, or where there is no connection.
    far_lifeline: 0x2c_3541, 0xd3_dbe4;
    /// The lifeline of an end that finished sending.
    half_closed: 0x6b_5a35, 0xe3_c88f;
    /// The ground of a stretch in which one end has finished sending.
    half_closed_ground: 0x25_2219, 0xfa_f2df;
    /// The handle of a scroll bar.
    scroll_handle: 0x3b_4654, 0xb9_c4d0;

    /// Text that is read first.
    text: 0xdb_e3ec, 0x1c_2733;
    /// Text that is read second.
    muted_text: 0x99_a6b5, 0x50_5d6b;
    /// Text that is read last, or only looked up.
    faint_text: 0x84_92a2, 0x5f_6c7a;
    /// Text of what is selected or chosen.
    chosen_text: 0xb4_d0ff, 0x0f_4ba8;
    /// Text on the accent colour.
    on_accent: 0xff_ffff, 0xff_ffff;

    /// The next thing to do, and where the selection is.
    accent: 0x2f_6fe0, 0x16_68dc;
    /// The accent under the pointer.
    accent_hover: 0x27_62cc, 0x12_59c0;
    /// Bytes that were sent.
    sent: 0xe8_b45a, 0x8a_5800;
    /// Bytes that were received.
    received: 0x4c_c2b4, 0x0b_7468;
    /// Something good: listening, open, connected.
    good: 0x4c_c38a, 0x15_713f;
    /// Something to notice: half-closed, paused.
    caution: 0xe8_b45a, 0x8a_5800;
    /// Something failed.
    error: 0xf2_777a, 0xc0_2a32;
}

/// Sizes by use, the same in both themes.
impl Tokens {
    /// The size of headings.
    pub(super) const HEADING_SIZE: f32 = 15.0;
    /// The size of words.
    pub(super) const BODY_SIZE: f32 = 13.0;
    /// The size of addresses, times and bytes.
    pub(super) const DATA_SIZE: f32 = 12.5;
    /// The size of secondary words.
    pub(super) const SMALL_SIZE: f32 = 11.5;
    /// The size of the marks within data.
    pub(super) const MARK_SIZE: f32 = 10.0;
    /// The height of a line of the composer.
    pub(super) const TEXT_LINE_HEIGHT: f32 = 17.0;
    /// The height of a line of secondary words.
    pub(super) const SMALL_LINE_HEIGHT: f32 = 16.0;
    /// The height of buttons, fields and choices.
    pub(super) const CONTROL_HEIGHT: f32 = 26.0;
    /// The roundness of buttons, fields and choices.
    pub(super) const CONTROL_RADIUS: u8 = 6;
    /// The roundness of cards.
    pub(super) const CARD_RADIUS: u8 = 8;
    /// The space within a card.
    pub(super) const CARD_MARGIN: Margin = Margin::symmetric(12, 10);
    /// The space within a dialog.
    pub(super) const DIALOG_MARGIN: Margin = Margin::same(20);
    /// The space beside the timeline, the detail pane and the composer.
    pub(super) const SIDE_MARGIN: f32 = 16.0;
    /// The height of a row of the timeline.
    pub(super) const ROW_HEIGHT: f32 = 25.0;
    /// The height of a row of lanes.
    pub(super) const LANE_HEIGHT: f32 = 28.0;
    /// The height of the names above the lifelines.
    pub(super) const LANE_HEADER: f32 = 30.0;
    /// The height of a line of the detail pane.
    pub(super) const LINE_HEIGHT: f32 = 18.0;
    /// The width of a scroll bar.
    pub(super) const SCROLL_BAR_WIDTH: f32 = 10.0;
    /// The width of the list of endpoints at first.
    pub(super) const SIDEBAR_WIDTH: f32 = 250.0;
    /// The width of the inspector at first.
    pub(super) const INSPECTOR_WIDTH: f32 = 300.0;
    /// The width of the inspector at first while it shows rules.
    pub(super) const RULES_WIDTH: f32 = 420.0;
    /// The height of the line at the top of a pane.
    pub(super) const PANE_HEADER_HEIGHT: f32 = 36.0;
}

impl Tokens {
    /// Returns the tokens of the theme that `ui` is painted in.
    pub(super) fn of(ui: &Ui) -> &'static Self {
        if ui.visuals().dark_mode {
            &DARK
        } else {
            &LIGHT
        }
    }

    /// Returns the tokens of the dark theme.
    #[cfg(test)]
    pub(in crate::ui) fn dark() -> &'static Self {
        &DARK
    }

    /// Returns the family of emphasised words.
    pub(super) fn semibold() -> FontFamily {
        FontFamily::Name(SEMIBOLD.into())
    }

    /// Returns the font of headings.
    pub(super) fn heading() -> FontId {
        FontId::new(Self::HEADING_SIZE, Self::semibold())
    }

    /// Returns the font of words.
    pub(super) fn body() -> FontId {
        FontId::proportional(Self::BODY_SIZE)
    }

    /// Returns the font of addresses, times and bytes.
    pub(super) fn data() -> FontId {
        FontId::monospace(Self::DATA_SIZE)
    }

    /// Returns small words.
    pub(super) fn small_words(words: impl Into<String>, color: Color32) -> RichText {
        RichText::new(words).size(Self::SMALL_SIZE).color(color)
    }

    /// Returns the font of code, of which a line is to fit beside the timeline.
    pub(super) fn small_data() -> FontId {
        FontId::monospace(Self::SMALL_SIZE)
    }

    /// Returns the font of secondary words.
    pub(super) fn small() -> FontId {
        FontId::proportional(Self::SMALL_SIZE)
    }
}

const SEMIBOLD: &str = "semibold";

#[expect(clippy::disallowed_methods, reason = "this is where colours are made")]
const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

fn fonts() -> FontDefinitions {
    const INTER: &str = "Inter Regular";
    const INTER_SEMIBOLD: &str = "Inter SemiBold";
    const MONO: &str = "Bothends Mono";
    let mut fonts = FontDefinitions::empty();
    let files = [
        (INTER, files::REGULAR),
        (INTER_SEMIBOLD, files::STRONG),
        (MONO, files::DATA),
    ];
    for (name, bytes) in files {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    }
    // Each falls back on the other: Inter has no box drawing, the mono face fewer letters.
    let families = [
        (FontFamily::Proportional, [INTER, MONO]),
        (FontFamily::Monospace, [MONO, INTER]),
        (Tokens::semibold(), [INTER_SEMIBOLD, MONO]),
    ];
    for (family, names) in families {
        fonts
            .families
            .insert(family, names.map(str::to_owned).to_vec());
    }
    fonts
}

fn apply(style: &mut Style, tokens: &Tokens) {
    style.text_styles = BTreeMap::from([
        (TextStyle::Heading, Tokens::heading()),
        (TextStyle::Body, Tokens::body()),
        (TextStyle::Button, Tokens::body()),
        (TextStyle::Monospace, Tokens::data()),
        (TextStyle::Small, Tokens::small()),
    ]);
    // Nothing moves by itself: an animation would repaint when nothing happens.
    style.animation_time = 0.0;
    style.scroll_animation = ScrollAnimation::none();
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.interact_size = Vec2::splat(Tokens::CONTROL_HEIGHT);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(4);
    spacing.combo_height = 320.0;
    spacing.tooltip_width = 360.0;
    spacing.icon_width = 16.0;
    spacing.icon_spacing = 6.0;
    spacing.scroll = ScrollStyle {
        bar_width: Tokens::SCROLL_BAR_WIDTH - 2.0,
        handle_min_length: 24.0,
        floating_allocated_width: 0.0,
        ..ScrollStyle::floating()
    };
    spacing.scroll.fade.strength = 0.0;
    style.visuals = visuals(style.visuals.dark_mode, tokens);
}

fn visuals(dark_mode: bool, tokens: &Tokens) -> Visuals {
    let base = if dark_mode {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let shadow = Shadow {
        offset: [0, 6],
        blur: 18,
        spread: 0,
        color: Color32::from_black_alpha(if dark_mode { 110 } else { 36 }),
    };
    Visuals {
        weak_text_color: Some(tokens.muted_text),
        widgets: widgets(tokens),
        selection: Selection {
            bg_fill: tokens.selection,
            stroke: Stroke::new(1.0, tokens.chosen_text),
        },
        hyperlink_color: tokens.chosen_text,
        faint_bg_color: tokens.stripe,
        extreme_bg_color: tokens.field,
        text_edit_bg_color: Some(tokens.field),
        code_bg_color: tokens.mark,
        warn_fg_color: tokens.caution,
        error_fg_color: tokens.error,
        window_corner_radius: CornerRadius::same(10),
        window_shadow: shadow,
        window_fill: tokens.card,
        window_stroke: Stroke::new(1.0, tokens.border),
        menu_corner_radius: CornerRadius::same(Tokens::CARD_RADIUS),
        panel_fill: tokens.panel,
        popup_shadow: shadow,
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(1.5, tokens.text),
            blink: false,
            ..TextCursorStyle::default()
        },
        ..base
    }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let control = |fill: Color32, border: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        corner_radius: CornerRadius::same(Tokens::CONTROL_RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: control(tokens.card, tokens.border, tokens.text),
        inactive: control(tokens.control, tokens.control_border, tokens.text),
        hovered: control(tokens.hover, tokens.scroll_handle, tokens.text),
        // Pressed, and focused by the keyboard: the accent's outline shows where the keys go.
        active: control(tokens.hover, tokens.accent, tokens.text),
        open: control(tokens.hover, tokens.scroll_handle, tokens.text),
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;

    use super::*;

    /// The relative luminance of the Web Content Accessibility Guidelines 2.2.
    fn luminance(color: Color32) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(one: Color32, other: Color32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_text_can_be_read_on_every_ground_that_it_stands_on() {
        for tokens in [&DARK, &LIGHT] {
            let rows = [tokens.window, tokens.stripe, tokens.hover];
            let grounds = [tokens.panel, tokens.card, tokens.control, tokens.field];
            let grounds: Vec<Color32> = rows.into_iter().chain(grounds).collect();
            let mut pairs = Vec::new();
            let texts = [
                ("text", tokens.text),
                ("muted", tokens.muted_text),
                ("chosen", tokens.chosen_text),
                ("sent", tokens.sent),
                ("received", tokens.received),
                ("good", tokens.good),
                ("caution", tokens.caution),
                ("error", tokens.error),
            ];
            for (name, text) in texts {
                pairs.push((name, text, tokens.selection));
                pairs.extend(grounds.iter().map(|ground| (name, text, *ground)));
            }
            let faint = |ground: &Color32| ("faint", tokens.faint_text, *ground);
            pairs.extend(grounds.iter().map(faint));
            for (name, text) in [("text", tokens.text), ("muted", tokens.muted_text)] {
                pairs.push((name, text, tokens.found));
            }
            let words = [
                tokens.good,
                tokens.caution,
                tokens.error,
                tokens.chosen_text,
            ];
            pairs.extend(words.map(|text| ("word", text, tokens.found)));
            pairs.push(("mark", tokens.muted_text, tokens.mark));
            pairs.push(("accent", tokens.on_accent, tokens.accent));
            pairs.push(("accent hover", tokens.on_accent, tokens.accent_hover));
            for (name, text, ground) in pairs {
                let contrast = contrast(text, ground);
                assert!(
                    contrast >= 4.5,
                    "{name} {text:?} on {ground:?}: {contrast:.2}"
                );
            }
        }
    }

    #[test]
    fn every_byte_has_a_glyph_of_its_own_width_of_one_column() {
        let harness = Harness::builder()
            .with_context_setup(Theme::install)
            .build_ui(|_ui| {});
        let text = "::->!====><==>=|||&&//**++--__~~ffifl.../=<!--";
        let font = Tokens::data();
        let galley = harness
            .ctx
            .fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font.clone(), DARK.text));
        let glyphs = &galley.rows[0].glyphs;
        assert_eq!(glyphs.len(), text.chars().count());
        let advance = glyphs[0].advance_width;
        for (glyph, expected) in glyphs.iter().zip(text.chars()) {
            assert_eq!(glyph.chr, expected);
            assert!((glyph.advance_width - advance).abs() < 0.001, "{expected}");
        }
    }
}
