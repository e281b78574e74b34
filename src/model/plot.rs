//! The traffic over the session as the window has it; asked for a few times a second, and only while it is shown.

use std::sync::Arc;

use super::Now;
use crate::capture::{Request, Series};

/// How often the series is asked for while it changes, in seconds.
const INTERVAL: f64 = 0.25;

/// The plot of the traffic.
#[derive(Debug, Default)]
pub struct PlotModel {
    /// Whether it is shown.
    pub is_shown: bool,
    series: Option<Arc<Series>>,
    /// Whether an answer is awaited.
    is_asked: bool,
    /// When it was asked for last, and how many entries were on record then.
    asked: Option<(Now, u64)>,
}

/// Whether the series is to be asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wanted {
    /// What is in hand will do, or an answer is awaited.
    No,
    /// Now.
    Now,
    /// In so many seconds.
    In(f64),
}

impl PlotModel {
    /// Shows the plot, or hides it.
    pub fn toggle(&mut self) {
        self.is_shown = !self.is_shown;
    }

    /// Returns the series, once the reader has told.
    pub fn series(&self) -> Option<&Arc<Series>> {
        self.series.as_ref()
    }

    /// Returns whether to ask for the series, with so many entries on record.
    pub fn wanted(&self, now: Now, entries: u64) -> Wanted {
        let Some((asked_at, counted)) = self.asked.filter(|_| !self.is_asked) else {
            return if self.is_asked {
                Wanted::No
            } else {
                Wanted::Now
            };
        };
        let is_partial = self.series.as_ref().is_some_and(|it| it.uncounted > 0);
        if counted == entries && !is_partial {
            return Wanted::No;
        }
        let wait = asked_at.0 + INTERVAL - now.0;
        if wait > 0.0 {
            Wanted::In(wait)
        } else {
            Wanted::Now
        }
    }

    /// Notes that the reader is asked now.
    pub fn ask(&mut self, now: Now, entries: u64) {
        self.asked = Some((now, entries));
        self.is_asked = true;
    }

    pub(super) fn not_asked(&mut self, request: &Request) {
        if matches!(request, Request::Plot) {
            self.is_asked = false;
            self.asked = self.asked.map(|(now, _)| (now, u64::MAX));
        }
    }

    pub(super) fn fold(&mut self, series: Arc<Series>) {
        self.series = Some(series);
        self.is_asked = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_asked_for_a_few_times_a_second_and_only_when_it_is_old() {
        let mut plot = PlotModel::default();
        assert_eq!(plot.wanted(Now(1.0), 10), Wanted::Now);
        plot.ask(Now(1.0), 10);
        assert_eq!(
            plot.wanted(Now(2.0), 20),
            Wanted::No,
            "an answer is awaited"
        );
        plot.fold(Arc::default());
        assert_eq!(plot.wanted(Now(2.0), 10), Wanted::No, "nothing is new");
        assert_eq!(plot.wanted(Now(1.125), 20), Wanted::In(0.125));
        assert_eq!(plot.wanted(Now(1.5), 20), Wanted::Now);
        plot.ask(Now(1.5), 20);
        plot.fold(Arc::new(Series {
            uncounted: 5,
            ..Series::default()
        }));
        assert_eq!(plot.wanted(Now(2.0), 20), Wanted::Now, "it is not whole");
        plot.ask(Now(2.0), 20);
        plot.not_asked(&Request::Plot);
        assert_eq!(
            plot.wanted(Now(3.0), 20),
            Wanted::Now,
            "the reader was busy"
        );
    }
}
