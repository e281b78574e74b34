//! How far long work is, and whether to go on with it.

use std::ops::ControlFlow;

/// How far work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// How much is done, in whatever the work counts.
    pub(crate) done: u64,
    /// How much there is to do.
    pub(crate) total: u64,
}

/// Told how far work is, at bounded intervals; breaking off cancels it.
pub(crate) type OnProgress<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;
