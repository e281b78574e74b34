//! The kernel's numbers about a connection: each with its name, its last minute, and what it means once it is pressed.

use egui::{Align2, Color32, Label, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::super::Tokens;
use super::super::super::widgets::{choice, muted_label};
use super::number::{About, Number};
use super::sparkline::Sparkline;
use crate::model::{KernelEnd, Limits, Side};
use crate::net::kernel::{SocketNumbers, TcpInfoField};
use crate::words::Language;

/// The height of a number's row, in points.
const ROW: f32 = 22.0;
/// The width of the names, and of the values, in points.
const NAMES: f32 = 112.0;
const VALUES: f32 = 90.0;
/// The least space before a value, in points.
const GAP: f32 = 8.0;
/// From which share of the time on something counts as what limited the sending.
const MOST: f64 = 0.5;

/// What of the numbers is chosen.
#[derive(Debug)]
pub(super) struct NumbersPart {
    side: Side,
    explained: Option<Shown>,
}

impl Default for NumbersPart {
    fn default() -> Self {
        Self {
            side: Side::Ours,
            explained: None,
        }
    }
}

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Number(Number),
    Limits,
}

impl NumbersPart {
    /// Shows the numbers of an end, or why there are none.
    pub(super) fn ui(&mut self, ui: &mut Ui, language: &'static Language, kernel: &KernelEnd) {
        let words = &language.tcp_numbers;
        if newest_of(kernel, Side::Peer).is_some() {
            let sides = [
                (Side::Ours, language.tcp.this_end),
                (Side::Peer, language.tcp.peer),
            ];
            ui.horizontal(|ui| choice::segmented(ui, words.whose, &mut self.side, &sides));
        } else {
            self.side = Side::Ours;
        }
        let Some(end) = newest_of(kernel, self.side) else {
            return muted_label(ui, words.none_yet);
        };
        let is_over = kernel
            .history
            .back()
            .is_some_and(|(_, newest)| self.side.of(newest).is_none_or(|it| it.info.is_empty()));
        if is_over {
            muted_label(ui, words.gone);
        }
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for number in Number::ALL {
                self.number_ui(ui, language, kernel, (number, end));
                if number == Number::Pacing && !is_over && self.side == Side::Ours {
                    self.limits_ui(ui, language, kernel, end);
                }
            }
        });
    }

    fn number_ui(
        &mut self,
        ui: &mut Ui,
        language: &Language,
        kernel: &KernelEnd,
        (number, end): (Number, &SocketNumbers),
    ) {
        let words = &language.tcp_numbers;
        let (name, why) = number.words(language);
        // A kernel that is older gives fewer of them.
        let Some(value) = number.of(end) else { return };
        let text = number.text(language, value);
        let row = Row {
            name,
            value: &text,
            why: &words.explained(why, &number.source_words(language)),
        };
        let (response, middle) = self.row_ui(ui, language, Shown::Number(number), &row);
        if !ui.is_rect_visible(response.rect) && self.explained != Some(Shown::Number(number)) {
            return;
        }
        let Some((now, _)) = kernel.history.back() else {
            return;
        };
        let line = Sparkline::of(number.over_time(kernel, self.side), *now, middle.width());
        let tokens = Tokens::of(ui);
        line.paint(
            ui.painter(),
            middle,
            [color_of(number, tokens), tokens.border],
        );
        if self.explained == Some(Shown::Number(number)) {
            let span = line.range.map(|(least, most)| {
                words.span(&number.text(language, least), &number.text(language, most))
            });
            explained_ui(ui, row.why, span.as_deref());
        }
    }

    /// Shows what limited the sending: in words, and as shares of the time.
    fn limits_ui(
        &mut self,
        ui: &mut Ui,
        language: &Language,
        kernel: &KernelEnd,
        end: &SocketNumbers,
    ) {
        let Some(limits) = kernel.limits() else {
            return;
        };
        let words = &language.tcp_numbers;
        let is_program = end.info.get(TcpInfoField::AppLimited) == Some(1);
        let value = limited_by(language, limits, is_program);
        let fields = [
            TcpInfoField::Busy,
            TcpInfoField::WindowLimited,
            TcpInfoField::BufferLimited,
            TcpInfoField::AppLimited,
        ];
        let source = fields.map(TcpInfoField::source).join(", ");
        let row = Row {
            name: words.limited,
            value: &value,
            why: &words.explained(words.limited_why, &source),
        };
        let (_, middle) = self.row_ui(ui, language, Shown::Limits, &row);
        paint_shares(ui, middle, limits);
        if self.explained == Some(Shown::Limits) {
            let busy = words.busy(limits.busy);
            explained_ui(ui, row.why, Some(&busy));
        }
    }

    /// Shows a row; returns it with the place in its middle.
    fn row_ui(
        &mut self,
        ui: &mut Ui,
        language: &Language,
        shown: Shown,
        row: &Row<'_>,
    ) -> (Response, Rect) {
        let tokens = Tokens::of(ui);
        let size = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let is_explained = self.explained == Some(shown);
        let spoken = language.tcp_numbers.spoken(row.name, row.value);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_expanded(is_explained));
        if response.clicked() {
            self.explained = (!is_explained).then_some(shown);
        }
        let value = row.value.to_owned();
        let value = ui
            .painter()
            .layout_no_wrap(value, Tokens::data(), tokens.text);
        let values = VALUES.max(value.size().x + GAP);
        let middle = Rect::from_x_y_ranges(
            rect.left() + NAMES..=rect.right() - values,
            rect.top() + 4.0..=rect.bottom() - 5.0,
        );
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            if response.hovered() || response.has_focus() || is_explained {
                let ground = rect.expand2(vec2(6.0, 0.0));
                painter.rect_filled(ground, Tokens::CONTROL_RADIUS, tokens.hover);
            }
            let center = rect.center().y;
            let left = pos2(rect.left(), center);
            let font = Tokens::small();
            painter.text(left, Align2::LEFT_CENTER, row.name, font, tokens.muted_text);
            let at = pos2(rect.right(), center) - vec2(value.size().x, value.size().y / 2.0);
            painter.galley(at, value, tokens.text);
        }
        let response = response.on_hover_text(row.why);
        (response, middle)
    }
}

/// What a row says.
struct Row<'a> {
    name: &'a str,
    value: &'a str,
    why: &'a str,
}

fn explained_ui(ui: &mut Ui, why: &str, more: Option<&str>) {
    let tokens = Tokens::of(ui);
    ui.add_space(2.0);
    for words in [Some(why), more].into_iter().flatten() {
        let words = Tokens::small_words(words, tokens.muted_text);
        ui.add(Label::new(words).wrap());
    }
    ui.add_space(6.0);
}

fn color_of(number: Number, tokens: &Tokens) -> Color32 {
    match number.about() {
        About::Both => tokens.muted_text,
        About::Sent => tokens.sent,
        About::Received => tokens.received,
    }
}

/// Returns what limited the sending most of the time, with its share where that is not all.
fn limited_by(language: &Language, limits: Limits, is_program: bool) -> String {
    let words = &language.tcp_numbers;
    if limits.busy <= 0.0 {
        return words.by_nothing.to_owned();
    }
    let (what, share) = if limits.window >= MOST {
        (words.by_window, limits.window)
    } else if limits.buffer >= MOST {
        (words.by_buffer, limits.buffer)
    } else if is_program {
        (words.by_program, 1.0)
    } else {
        (words.by_network, 1.0)
    };
    if share < 0.995 {
        words.share(what, share)
    } else {
        what.to_owned()
    }
}

/// Paints the time in which something was to be sent; filled where the peer's window or our buffer was the limit.
fn paint_shares(ui: &Ui, rect: Rect, limits: Limits) {
    let tokens = Tokens::of(ui);
    let bar = Rect::from_center_size(rect.center(), vec2(rect.width(), 4.0));
    let part = |from: f64, to: f64| {
        let x = |share: f64| bar.left() + bar.width() * share.clamp(0.0, 1.0) as f32;
        Rect::from_x_y_ranges(x(from)..=x(to), bar.y_range())
    };
    let window = limits.busy * limits.window;
    let buffer = window + limits.busy * limits.buffer;
    let painter = ui.painter();
    painter.rect_filled(bar, 1.0, tokens.border);
    painter.rect_filled(part(0.0, limits.busy), 1.0, tokens.lifeline);
    painter.rect_filled(part(0.0, window), 1.0, tokens.received);
    painter.rect_filled(part(window, buffer), 1.0, tokens.sent);
}

/// Returns the newest numbers of an end that are any.
fn newest_of(kernel: &KernelEnd, side: Side) -> Option<&SocketNumbers> {
    let mut newest = kernel.history.iter().rev();
    newest.find_map(|(_, numbers)| side.of(numbers).filter(|it| !it.info.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn what_limited_the_sending_is_told_by_its_share() {
        let check = |(busy, window, buffer), is_program, expected: &str| {
            let limits = Limits {
                busy,
                window,
                buffer,
            };
            assert_eq!(limited_by(&ENGLISH, limits, is_program), expected);
        };
        check((0.0, 0.0, 0.0), true, "idle");
        check((0.2, 0.0, 0.0), true, "program");
        check((1.0, 0.0, 0.0), false, "network");
        check((1.0, 0.8, 0.1), false, "window 80 %");
        check((1.0, 1.0, 0.0), true, "window");
        check((0.5, 0.1, 0.6), false, "buffer 60 %");
    }
}
