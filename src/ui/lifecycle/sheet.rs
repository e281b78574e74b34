//! A plan with a width: where the lifelines are, and how words are measured.

use super::label::Speaker;
use super::plan::LadderPlan;
use super::reports::ReportSide;
use crate::export::picture::Face;
use crate::words::Language;

/// The width from which on times and states stand outside of the lifelines.
pub(super) const WIDE: f32 = 520.0;
/// What the times take, at the left of a wide picture.
pub(super) const TIMES: f32 = 70.0;
/// What the states take, at both sides of a wide picture.
pub(super) const STATES: f32 = 118.0;
/// How far a lifeline of a narrow picture is from the edge.
pub(super) const EDGE: f32 = 14.0;
/// The widest that a picture becomes.
pub(super) const WIDEST: f32 = 980.0;
/// The sizes of fonts.
pub(super) const NAME_SIZE: f32 = 13.0;
pub(super) const SMALL_SIZE: f32 = 11.0;

/// Measures words, in points.
pub(super) type Measure<'a> = &'a dyn Fn(&str, Face, f32) -> f32;

/// An end, as its name stands above its lifeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EndName {
    pub(super) name: String,
    pub(super) address: Option<String>,
}

/// How a plan is drawn.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) plan: &'a LadderPlan,
    pub(super) width: f32,
    pub(super) ends: &'a [EndName; 2],
    pub(super) words: &'a Language,
    pub(super) measure: Measure<'a>,
}

impl<'a> Drawing<'a> {
    pub(super) fn speaker(&self) -> Speaker<'a> {
        Speaker {
            ladder: &self.plan.ladder,
            words: self.words,
            names: [&self.ends[0].name, &self.ends[1].name],
        }
    }

    pub(super) fn is_wide(&self) -> bool {
        !self.plan.is_narrow
    }

    /// Returns where the lifeline of a side is.
    pub(super) fn x(&self, side: ReportSide) -> f32 {
        let (left, right) = if self.is_wide() {
            (TIMES + STATES, STATES)
        } else {
            (EDGE, EDGE)
        };
        match side {
            ReportSide::Client => left,
            ReportSide::Server => self.width - right,
        }
    }

    pub(super) fn between(&self) -> f32 {
        self.x(ReportSide::Server) - self.x(ReportSide::Client)
    }
}
