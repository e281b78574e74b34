//! How far long work is, and whether to go on with it.

use std::ops::ControlFlow;

/// How far work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How much is done, in whatever the work counts.
    pub done: u64,
    /// How much there is to do; 0 before that is known.
    pub total: u64,
}

impl Progress {
    /// Returns whether all is done.
    pub fn is_whole(self) -> bool {
        self.done >= self.total
    }

    /// Returns how much is done, from 0 to 1; 0 when there is nothing to do.
    pub fn fraction(self) -> f32 {
        match self.total {
            0 => 0.0,
            total => (self.done as f32 / total as f32).min(1.0),
        }
    }

    /// Returns how much of a hundred is done, rounded down; `None` when there is nothing to do.
    pub fn percent(self) -> Option<u64> {
        let hundredfold = u128::from(self.done.min(self.total)) * 100;
        Some(hundredfold.checked_div(self.total.into())? as u64)
    }
}

/// Told how far work is, at bounded intervals; breaking off cancels it.
pub(crate) type OnProgress<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_a_part_of_the_whole() {
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
