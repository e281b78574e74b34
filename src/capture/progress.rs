//! Progress of a long operation, and its cancellation.

use std::ops::ControlFlow;

/// The progress of an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How much is done, in any unit.
    pub done: u64,
    /// The total; 0 until it is known.
    pub total: u64,
}

impl Progress {
    /// Returns whether all is done.
    pub fn is_whole(self) -> bool {
        self.done >= self.total
    }

    /// Returns the fraction that is done, from 0 to 1; 0 if there is nothing to do.
    pub fn fraction(self) -> f32 {
        match self.total {
            0 => 0.0,
            total => (self.done as f32 / total as f32).min(1.0),
        }
    }

    /// Returns the percentage that is done, rounded down; `None` if there is nothing to do.
    pub fn percent(self) -> Option<u64> {
        let hundredfold = u128::from(self.done.min(self.total)) * 100;
        Some(hundredfold.checked_div(self.total.into())? as u64)
    }
}

/// Called with the progress at limited intervals. Breaking off cancels the operation.
pub(crate) type OnProgress<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_a_fraction_of_the_total() {
        let check = |done, total, is_whole, fraction: f32, percent| {
            let progress = Progress { done, total };
            assert_eq!(progress.is_whole(), is_whole, "{progress:?}");
            assert!(
                (progress.fraction() - fraction).abs() < 1e-6,
                "{progress:?}"
            );
            assert_eq!(progress.percent(), percent, "{progress:?}");
        };
        check(0, 0, true, 0.0, None);
        check(1, 3, false, 1.0 / 3.0, Some(33));
        check(199, 200, false, 0.995, Some(99));
        check(3, 3, true, 1.0, Some(100));
        check(4, 3, true, 1.0, Some(100));
        check(u64::MAX, u64::MAX, true, 1.0, Some(100));
    }
}
