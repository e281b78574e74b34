//! The traffic over the session, or of one connection: bytes or entries per second, in above the line and out below it.
//! A range that is drawn with the pointer is selected in the timeline; the wheel zooms.

use std::time::{Duration, SystemTime};

use egui::{Align, Key, Layout, Modifiers, Response, RichText, Role, Sense, Ui, WidgetInfo, vec2};
use egui_plot::{AxisHints, GridMark, HLine, Line, Plot, PlotPoints, PlotTransform, Span, VLine};

use super::widgets::{Sign, button, choice, hint, line, sign_ui, small_label};
use super::{Action, Cx, Tokens, clock};
use crate::capture::{Bucket, Request, Series, Traffic};
use crate::words::Language;
use crate::words::plot::Plot as Words;

/// How many points a line has at most.
const MAX_POINTS: usize = 240;
/// How much of a line's colour fills the area below it.
const FILL: f32 = 0.14;
/// The space between two groups of controls.
const GROUP_GAP: f32 = 16.0;

/// The plot's own state.
#[derive(Debug, Default)]
pub(super) struct PlotPanel {
    unit: Unit,
    /// The range that is selected, or being drawn, in seconds since the start.
    range: Option<(f64, f64)>,
    /// Where the pointer is, in seconds since the start.
    pointer: Option<f64>,
    /// The part that is shown, in seconds since the start; `None` for all.
    zoom: Option<(f64, f64)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Unit {
    #[default]
    Bytes,
    Entries,
}

impl Unit {
    fn of(self, traffic: Traffic) -> u64 {
        match self {
            Self::Bytes => traffic.bytes,
            Self::Entries => traffic.entries,
        }
    }

    fn rate(self, words: &Language, per_second: f64) -> String {
        match self {
            Self::Bytes => words.numbers.rate(per_second),
            Self::Entries => words.plot.entries_per_second(per_second),
        }
    }

    fn amount(self, words: &Language, amount: u64) -> String {
        match self {
            Self::Bytes => words.numbers.size(amount),
            Self::Entries => words.counts.entries(amount),
        }
    }
}

/// What became of the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlotSelection {
    /// These entries, both taken.
    Entries(u64, u64),
    /// None any more.
    Cleared,
}

/// A part of the series with as many points as are drawn.
struct Points {
    start: SystemTime,
    /// Where the first bucket begins, in seconds since the start.
    from: f64,
    seconds_each: f64,
    buckets: Vec<Bucket>,
}

impl Points {
    /// Takes the buckets between two moments, in seconds since the start.
    fn new(series: &Series, zoom: Option<(f64, f64)>) -> Self {
        let each = series.width.as_secs_f64();
        let last = series.buckets.len();
        let place = |seconds: f64| ((seconds / each).max(0.0) as usize).min(last);
        let (from, to) = zoom.map_or((0, last), |(from, to)| (place(from), place(to) + 1));
        let shown = series.buckets.get(from..to.min(last)).unwrap_or_default();
        let merged = shown.len().div_ceil(MAX_POINTS).max(1);
        Self {
            start: series.start,
            from: from as f64 * each,
            seconds_each: each * merged as f64,
            buckets: shown.chunks(merged).map(whole).collect(),
        }
    }

    /// Returns how long they take.
    fn seconds(&self) -> f64 {
        self.seconds_each * self.buckets.len() as f64
    }

    /// Returns where they end, in seconds since the start.
    fn end(&self) -> f64 {
        self.from + self.seconds()
    }

    fn rate(&self, amount: u64) -> f64 {
        amount as f64 / self.seconds_each
    }

    /// Returns the points of a line: in the middle of the time that each of them is the mean of.
    fn line(&self, height: impl Fn(&Bucket) -> f64) -> PlotPoints<'static> {
        let point = |(index, bucket): (usize, &Bucket)| {
            let x = self.from + (index as f64 + 0.5) * self.seconds_each;
            [x, height(bucket)]
        };
        self.buckets.iter().enumerate().map(point).collect()
    }

    fn at(&self, seconds: f64) -> Option<(SystemTime, &Bucket)> {
        if seconds < self.from {
            return None;
        }
        let index = ((seconds - self.from) / self.seconds_each) as usize;
        let since = self.from + index as f64 * self.seconds_each;
        let since = Duration::try_from_secs_f64(since).ok()?;
        Some((self.start.checked_add(since)?, self.buckets.get(index)?))
    }

    /// Returns the first and the last entry of a range of time.
    fn entries(&self, (from, to): (f64, f64)) -> Option<(u64, u64)> {
        let place = |seconds: f64| ((seconds - self.from) / self.seconds_each).max(0.0) as usize;
        let (first, last) = (place(from.min(to)), place(from.max(to)));
        whole(self.buckets.iter().take(last + 1).skip(first)).entries
    }

    /// Returns the highest rate of a direction.
    fn most(&self, unit: Unit, side: impl Fn(&Bucket) -> Traffic) -> f64 {
        let amounts = self.buckets.iter().map(|it| unit.of(side(it)));
        self.rate(amounts.max().unwrap_or(0))
    }

    /// Returns the lowest and the highest rate that the plot has room for: what is sent counts below zero. A little more
    /// than there is, and never nothing.
    fn bounds(&self, unit: Unit) -> (f64, f64) {
        let (received, sent) = (
            self.most(unit, |it| it.received),
            self.most(unit, |it| it.sent),
        );
        let least = received.max(sent).max(1.0) * 0.1;
        (-1.1 * sent.max(least), 1.1 * received.max(least))
    }

    fn summary(&self, words: &Language, unit: Unit) -> String {
        let total = whole(&self.buckets);
        let most = |side: fn(&Bucket) -> Traffic| {
            let amounts = self.buckets.iter().map(|it| unit.of(side(it)));
            unit.rate(words, self.rate(amounts.max().unwrap_or(0)))
        };
        let amount = |traffic| unit.amount(words, unit.of(traffic));
        let plot = &words.plot;
        let total = plot.traffic(&amount(total.received), &amount(total.sent));
        let most = plot.traffic(&most(|it| it.received), &most(|it| it.sent));
        let time = words
            .numbers
            .duration(Duration::from_secs_f64(self.seconds()));
        plot.summary(&total, &time, &most)
    }

    fn readout(&self, words: &Language, unit: Unit, seconds: f64) -> Option<String> {
        let (time, bucket) = self.at(seconds)?;
        let rate = |traffic| unit.rate(words, self.rate(unit.of(traffic)));
        let (received, sent) = (rate(bucket.received), rate(bucket.sent));
        Some(words.plot.moment(&clock::seconds(time), &received, &sent))
    }
}

/// Puts all buckets together.
fn whole<'a>(buckets: impl IntoIterator<Item = &'a Bucket>) -> Bucket {
    let mut whole = Bucket::default();
    buckets.into_iter().for_each(|it| whole.merge(it));
    whole
}

/// The width that a time below the plot takes, with the space around it, in points.
const TIME_WIDTH: f32 = 96.0;
/// How much of it half of the time takes.
const HALF_TIME: f64 = 0.3;
/// How far a point of the wheel zooms.
const WHEEL: f64 = 0.004;
/// The shortest time that the plot shows.
const LEAST_SECONDS: f64 = 1.0;
/// How many rates stand beside the plot at most.
const MAX_RATES: f64 = 4.0;

/// Labels that do not fade where they stand close together: the marks are far enough apart by themselves.
fn axis<'a>(hints: AxisHints<'a>, tokens: &Tokens) -> AxisHints<'a> {
    hints
        .label_spacing(1.0..=2.0)
        .tick_label_color(tokens.muted_text)
        .tick_label_font(Tokens::small())
}

/// Returns where times stand: at whole minutes, hours and the like by the clock.
fn time_marks(start: SystemTime, (from, to): (f64, f64), max_times: f64) -> Vec<GridMark> {
    const STEPS: [f64; 16] = [
        1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0,
        7_200.0, 21_600.0, 43_200.0,
    ];
    const DAY: f64 = 86_400.0;
    let fits = |step: &f64| (to - from) / step <= max_times;
    let days = ((to - from) / DAY / max_times).ceil().max(1.0) * DAY;
    let step = STEPS.into_iter().find(fits).unwrap_or(days);
    let since = start.duration_since(SystemTime::UNIX_EPOCH);
    let origin = since.unwrap_or_default().as_secs_f64();
    // Half a time at the end would be cut.
    let to = to - (to - from) / max_times * HALF_TIME;
    marks((from + origin, to + origin), step, origin)
}

/// Returns the moment so many seconds after the start, to the millisecond: a mark that stands at a whole second by the
/// clock is a little before it in floating point.
fn moment(start: SystemTime, seconds: f64) -> SystemTime {
    let since = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default();
    let at = start.checked_add(since).unwrap_or(start);
    let whole = at.duration_since(SystemTime::UNIX_EPOCH);
    let millis = (whole.unwrap_or_default() + Duration::from_micros(500)).as_millis();
    let millis = u64::try_from(millis).unwrap_or(u64::MAX);
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

/// Returns where rates stand: at whole powers of two of bytes, at whole numbers of entries.
fn rate_marks(unit: Unit, (from, to): (f64, f64)) -> Vec<GridMark> {
    let least = ((to - from) / MAX_RATES).max(f64::MIN_POSITIVE);
    let step = match unit {
        Unit::Bytes => least.log2().ceil().exp2(),
        Unit::Entries => {
            let power = 10.0_f64.powf(least.log10().floor());
            let nice = [1.0, 2.0, 5.0, 10.0].map(|it| it * power);
            nice.into_iter().find(|it| *it >= least).unwrap_or(least)
        }
    };
    marks((from, to), step.max(1.0), 0.0)
}

/// Returns marks at the multiples of a step within bounds, counted from `origin`; no more than a plot has room for.
fn marks((from, to): (f64, f64), step_size: f64, origin: f64) -> Vec<GridMark> {
    const MOST: usize = 64;
    let first = (from / step_size).ceil();
    let values = (0..MOST).map(|index| (first + index as f64) * step_size);
    let values = values.take_while(|value| *value <= to);
    let mark = |value| GridMark {
        value: value - origin,
        step_size,
    };
    values.map(mark).collect()
}

impl PlotPanel {
    /// Shows the plot; returns what became of the selection when the user changed it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<PlotSelection> {
        let (plot, of) = (&cx.timeline.plot, cx.timeline.plot_of());
        let wanted = plot.wanted(of, cx.now, cx.timeline.record().entries);
        cx.renew(ui, wanted, Request::Plot(of));
        let series = plot.series(of);
        let points = series.map(|series| Points::new(series, self.zoom));
        let uncounted = series.map_or(0, |it| it.uncounted);
        self.header_ui(ui, cx, points.as_ref(), uncounted);
        let Some(points) = points.filter(|points| !points.buckets.is_empty()) else {
            hint(ui, cx.words.plot.none);
            return None;
        };
        self.lines_ui(ui, cx.words, &points)
    }

    fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, points: Option<&Points>, uncounted: u64) {
        let (language, words) = (cx.words, &cx.words.plot);
        let units = [(Unit::Bytes, words.bytes), (Unit::Entries, words.entries)];
        let tokens = Tokens::of(ui);
        let small = |words: &str| Tokens::small_words(words.to_owned(), tokens.muted_text);
        let height = Tokens::CONTROL_HEIGHT;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let mut ui = ui.new_child(line(rect));
        ui.label(RichText::new(words.heading).heading());
        ui.add_space(GROUP_GAP - 8.0);
        choice::segmented(&mut ui, words.unit, &mut self.unit, &units);
        ui.add_space(GROUP_GAP - 8.0);
        sign_ui(&mut ui, Sign::Received);
        ui.label(small(words.received));
        sign_ui(&mut ui, Sign::Sent);
        ui.label(small(words.sent));
        ui.add_space(GROUP_GAP - 8.0);
        let mut said = self
            .pointer
            .and_then(|pointer| points?.readout(language, self.unit, pointer))
            .or(points.map(|points| points.summary(language, self.unit)))
            .unwrap_or_default();
        if uncounted > 0 {
            said = words.uncounted(uncounted, &said);
        }
        let zooms = [
            self.range.map(|_| words.zoom_in),
            self.zoom.map(|_| words.zoom_out),
        ];
        let zooms = zooms.into_iter().flatten();
        let buttons: f64 = zooms
            .map(|it| f64::from(button::width(&ui, it)) + 8.0)
            .sum();
        let room = vec2(ui.available_width() - height - 8.0 - buttons as f32, height);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room.x);
            small_label(ui, said);
        });
        self.zoom_buttons_ui(&mut ui, words);
        let close = button::close(&mut ui).accessible_name(words.hide);
        if close.on_hover_text(words.hide).clicked() {
            cx.push(Action::TogglePlot);
        }
    }

    /// Shows the buttons that show the drawn range alone, and all again.
    fn zoom_buttons_ui(&mut self, ui: &mut Ui, words: &Words) {
        if let Some((from, to)) = self.range
            && button::quiet(ui, words.zoom_in).clicked()
        {
            self.zoom = Some((from.min(to), from.max(to)));
            self.range = None;
        }
        if self.zoom.is_some() && button::quiet(ui, words.zoom_out).clicked() {
            self.zoom = None;
        }
    }

    /// Zooms about the pointer with the wheel.
    fn wheel(&mut self, ui: &Ui, response: &Response, points: &Points) {
        let Some(pointer) = self.pointer.filter(|_| response.hovered()) else {
            return;
        };
        let turned = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        if turned == 0.0 {
            return;
        }
        let factor = (-f64::from(turned) * WHEEL).exp();
        let from = pointer - (pointer - points.from) * factor;
        let to = pointer + (points.end() - pointer) * factor;
        let seconds = (to - from).max(LEAST_SECONDS);
        self.zoom = Some((from.max(0.0), from.max(0.0) + seconds));
        // Once all is in view, it stays so while the session goes on.
        if factor > 1.0 && from <= 0.0 {
            self.zoom = None;
        }
        ui.ctx().request_repaint();
    }

    fn lines_ui(
        &mut self,
        ui: &mut Ui,
        words: &'static Language,
        points: &Points,
    ) -> Option<PlotSelection> {
        let tokens = Tokens::of(ui);
        let unit = self.unit;
        let start = points.start;
        let time_of = move |seconds: f64| clock::seconds(moment(start, seconds));
        let max_times = f64::from((ui.available_width() / TIME_WIDTH).max(2.0));
        let plot = Plot::new("traffic")
            .sense(Sense::CLICK | Sense::DRAG)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_double_click_reset(false)
            .show_crosshair(false)
            .show_background(false)
            .label_formatter(|_| None)
            .grid_color(tokens.border)
            .x_grid_spacer(move |input| time_marks(start, input.bounds, max_times))
            .y_grid_spacer(move |input| rate_marks(unit, input.bounds))
            .custom_x_axes(vec![
                axis(AxisHints::new_x(), tokens).formatter(move |mark, _| time_of(mark.value)),
            ])
            .custom_y_axes(vec![
                axis(AxisHints::new_y(), tokens)
                    .formatter(move |mark, _| unit.rate(words, mark.value.abs()))
                    .min_thickness(64.0),
            ]);
        let (bottom, top) = points.bounds(unit);
        let output = plot.show(ui, |plot| {
            plot.set_plot_bounds_x(points.from..=points.end());
            plot.set_plot_bounds_y(bottom..=top);
            if let Some((from, to)) = self.range {
                let span = Span::new("", from.min(to)..=from.max(to));
                let span = span.fill(tokens.selection.gamma_multiply(0.8));
                plot.span(span.border_color(tokens.accent));
            } else if let Some(pointer) = self.pointer {
                plot.vline(VLine::new("", pointer).color(tokens.faint_text).width(1.0));
            }
            plot.hline(HLine::new("", 0.0).color(tokens.faint_text).width(1.0));
            let rate = |it: Traffic| points.rate(unit.of(it));
            let received = Line::new("received", points.line(|it| rate(it.received)));
            let received = received.fill(0.0).fill_alpha(FILL);
            plot.line(received.color(tokens.received).width(1.6));
            let sent = Line::new("sent", points.line(|it| -rate(it.sent)));
            plot.line(
                sent.fill(0.0)
                    .fill_alpha(FILL)
                    .color(tokens.sent)
                    .width(1.6),
            );
        });
        let summary = points.summary(words, unit);
        output
            .response
            .widget_info(|| WidgetInfo::labeled(Role::Image, true, words.plot.spoken(&summary)));
        let selection = self.pointer_ui(ui, &output.response, &output.transform, points);
        self.wheel(ui, &output.response, points);
        selection
    }

    /// Follows the pointer: what it is on, and the range that it draws.
    fn pointer_ui(
        &mut self,
        ui: &Ui,
        response: &Response,
        transform: &PlotTransform,
        points: &Points,
    ) -> Option<PlotSelection> {
        let x_of = |at: egui::Pos2| transform.value_from_position(at).x;
        self.pointer = response.hover_pos().map(x_of);
        let held = response.interact_pointer_pos().map(x_of);
        if response.drag_started() {
            let began = ui.input(|input| input.pointer.press_origin()).map(x_of);
            self.range = began.zip(held);
        } else if let (true, Some((from, _)), Some(to)) = (response.dragged(), self.range, held) {
            self.range = Some((from, to));
        }
        if response.drag_stopped() {
            let entries = self.range.and_then(|range| points.entries(range));
            if entries.is_none() {
                self.range = None;
            }
            return entries.map(|(first, last)| PlotSelection::Entries(first, last));
        }
        let escape = self.range.is_some()
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if (response.clicked() || escape) && self.range.take().is_some() {
            return Some(PlotSelection::Cleared);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    fn bucket(received: u64, sent: u64, entries: (u64, u64)) -> Bucket {
        let traffic = |bytes| Traffic { entries: 1, bytes };
        Bucket {
            received: traffic(received),
            sent: traffic(sent),
            entries: Some(entries),
        }
    }

    fn points(buckets: Vec<Bucket>) -> Points {
        Points::new(
            &Series {
                buckets,
                ..Series::default()
            },
            None,
        )
    }

    #[test]
    fn the_series_is_summed_up_in_words() {
        let points = points(vec![
            bucket(512, 0, (0, 3)),
            Bucket::default(),
            bucket(0, 256, (4, 9)),
            Bucket::default(),
        ]);
        let words = "512 B in and 256 B out in 1.00 s; at most 2 KiB/s in and 1 KiB/s out";
        assert_eq!(points.summary(&ENGLISH, Unit::Bytes), words);
        let words = "2 entries in and 2 entries out in 1.00 s; at most 4.0/s in and 4.0/s out";
        assert_eq!(points.summary(&ENGLISH, Unit::Entries), words);
        let readout = points
            .readout(&ENGLISH, Unit::Bytes, 0.1)
            .expect("a bucket");
        assert!(readout.ends_with(": 2 KiB/s in, 0 B/s out"), "{readout}");
        assert_eq!(points.readout(&ENGLISH, Unit::Bytes, 1.1), None);
        assert_eq!(points.readout(&ENGLISH, Unit::Bytes, -0.1), None);
    }

    #[test]
    fn a_range_of_time_is_a_range_of_entries() {
        let points = points(vec![
            bucket(1, 1, (0, 3)),
            Bucket::default(),
            bucket(1, 1, (4, 9)),
        ]);
        let check = |range: (f64, f64), expected: Option<(u64, u64)>| {
            assert_eq!(points.entries(range), expected, "{range:?}");
        };
        check((0.0, 0.1), Some((0, 3)));
        check((0.1, 0.6), Some((0, 9)));
        check((0.7, 0.1), Some((0, 9)));
        check((-5.0, 99.0), Some((0, 9)));
        check((0.3, 0.4), None);
        check((5.0, 6.0), None);
    }

    #[test]
    fn a_long_series_has_a_bounded_number_of_points_and_the_same_sum() {
        let buckets = vec![bucket(10, 20, (0, 0)); 4_096];
        let points = points(buckets);
        assert!(points.buckets.len() <= MAX_POINTS);
        let sum: u64 = points.buckets.iter().map(|it| it.sent.bytes).sum();
        assert_eq!(sum, 20 * 4_096);
    }

    #[test]
    fn a_zoomed_plot_has_the_buckets_of_its_time_and_their_entries() {
        let buckets = (0..100).map(|it| bucket(1, 2, (it, it))).collect();
        let series = Series {
            buckets,
            ..Series::default()
        };
        let points = Points::new(&series, Some((5.0, 7.4)));
        assert_eq!((points.from, points.buckets.len()), (5.0, 10));
        assert_eq!(points.entries((5.1, 5.3)), Some((20, 21)));
        assert!(points.at(4.9).is_none());
        let beyond = Points::new(&series, Some((90.0, 99.0)));
        assert!(beyond.buckets.is_empty());
        let (bottom, top) = points.bounds(Unit::Bytes);
        assert!(bottom < -8.0 && top > 4.0 && top < 8.0, "{bottom} {top}");
    }

    #[test]
    fn marks_stand_at_round_times_and_rates() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_millis(58_500);
        let times = |to: f64| -> Vec<f64> {
            let marks = time_marks(start, (0.0, to), 8.0);
            marks.iter().map(|mark| mark.value).collect()
        };
        assert_eq!(times(4.0), [0.5, 1.5, 2.5, 3.5]);
        assert_eq!(times(30.0), [1.5, 6.5, 11.5, 16.5, 21.5, 26.5]);
        assert_eq!(times(86_400.0 * 365.0).len(), 7);
        let rates = |unit: Unit, to: f64| -> Vec<f64> {
            let marks = rate_marks(unit, (0.0, to));
            marks.iter().map(|mark| mark.value).collect()
        };
        assert_eq!(rates(Unit::Bytes, 10_000.0), [0.0, 4_096.0, 8_192.0]);
        assert_eq!(rates(Unit::Entries, 90.0), [0.0, 50.0]);
        assert_eq!(rates(Unit::Entries, 1.0), [0.0, 1.0]);
    }

    #[test]
    fn times_stand_at_whole_seconds_and_none_is_cut_at_the_end() {
        for nanos in (0..50).map(|it| it * 17_345_679) {
            let start = SystemTime::UNIX_EPOCH + Duration::new(1_800_000_000, nanos);
            let marks = time_marks(start, (0.0, 600.0), 6.0);
            assert!(marks.len() > 3, "{nanos}");
            for mark in marks {
                let at = moment(start, mark.value);
                let since = at.duration_since(SystemTime::UNIX_EPOCH).unwrap();
                assert_eq!(
                    since.as_nanos() % 1_000_000_000,
                    0,
                    "{nanos}, {}",
                    mark.value
                );
                assert!(mark.value <= 600.0 - 30.0, "{}", mark.value);
            }
        }
    }
}
