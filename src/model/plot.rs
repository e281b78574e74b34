//! The plot of the session's traffic; requested a few times a second, and only while it is shown.

use std::sync::Arc;

use super::Now;
use super::renewed::{Renewal, Renewed};
use crate::capture::{PlotOf, Series};

/// The state of the traffic plot.
#[derive(Debug, Default)]
pub struct PlotModel {
    /// Whether it is shown.
    pub is_shown: bool,
    /// The series, and whose it is.
    series: Renewed<PlotOf, Series>,
}

impl PlotModel {
    /// Shows the plot, or hides it.
    pub fn toggle(&mut self) {
        self.is_shown = !self.is_shown;
    }

    /// Returns the series, once it is known.
    pub fn series(&self, of: PlotOf) -> Option<&Arc<Series>> {
        self.series.get(&of)
    }

    /// Returns whether to request the series, given the number of recorded entries.
    pub fn wanted(&self, of: PlotOf, now: Now, entries: u64) -> Renewal {
        let is_whole = |series: &Series| series.uncounted == 0;
        self.series.wanted(&of, now, entries, is_whole)
    }

    pub(super) fn look_away(&mut self) {
        self.series.look_away();
    }

    pub(super) fn ask(&mut self, of: PlotOf, now: Now, entries: u64) {
        self.series.ask(of, now, entries);
    }

    pub(super) fn fold(&mut self, of: PlotOf, series: Arc<Series>) {
        self.series.fold(&of, series);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_requested_a_few_times_a_second_and_only_when_outdated() {
        let (mut plot, of) = (PlotModel::default(), PlotOf::default());
        assert_eq!(plot.wanted(of, Now(1.0), 10), Renewal::Now);
        plot.ask(of, Now(1.0), 10);
        assert_eq!(
            plot.wanted(of, Now(2.0), 20),
            Renewal::No,
            "an answer is awaited"
        );
        plot.fold(of, Arc::default());
        assert_eq!(plot.wanted(of, Now(2.0), 10), Renewal::No, "nothing is new");
        assert_eq!(plot.wanted(of, Now(1.125), 20), Renewal::In(0.125));
        assert_eq!(plot.wanted(of, Now(1.5), 20), Renewal::Now);
        plot.ask(of, Now(1.5), 20);
        plot.fold(
            of,
            Arc::new(Series {
                uncounted: 5,
                ..Series::default()
            }),
        );
        assert_eq!(
            plot.wanted(of, Now(2.0), 20),
            Renewal::Now,
            "it is not whole"
        );
    }
}
