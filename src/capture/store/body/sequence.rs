//! The bodies of what sequences did.

use super::super::fields::{FieldWriter, Fields};
use super::problem::{put_render_error, render_error};
use super::{duration, nanos, tag};
use crate::net::SequenceEnd;
use crate::script::sequence::{Difference, Miss, SequenceOutcome, StepFailure, StepNumber};

/// Adds how a sequence ended.
pub(super) fn put_end(body: &mut FieldWriter, end: &SequenceEnd) {
    let (outcome, step) = match &end.outcome {
        SequenceOutcome::Passed => (1, None),
        SequenceOutcome::Failed { step, why } => {
            put_failure(body, why);
            (2, Some(step))
        }
        SequenceOutcome::Cancelled { step } => (3, Some(step)),
    };
    body.number(tag::OUTCOME, outcome)
        .number(tag::COUNT, end.others);
    if let Some(step) = step {
        body.number(tag::STEP, step.0.into());
    }
}

fn put_failure(body: &mut FieldWriter, why: &StepFailure) {
    let number = match why {
        StepFailure::TimedOut { within, .. } => {
            body.number(tag::NANOS, nanos(*within));
            1
        }
        StepFailure::Ended { .. } => 2,
        StepFailure::Template(error) => {
            put_render_error(body, error);
            3
        }
        StepFailure::Unsent => 4,
        StepFailure::NotConnected => 5,
    };
    body.number(tag::STEP_FAILURE, number);
    let Some(miss) = why.nearest() else {
        return;
    };
    body.put(tag::NEAREST, &miss.excerpt)
        .number(tag::NEAREST_BYTES, miss.len_bytes);
    if let Some(difference) = &miss.difference {
        body.number(tag::BYTE_AT, difference.at);
        if let Some(byte) = difference.found {
            body.number(tag::BYTE_FROM, byte.into());
        }
        if let Some(byte) = difference.expected {
            body.number(tag::BYTE_TO, byte.into());
        }
    }
}

/// Returns how a sequence ended.
pub(super) fn end(fields: &Fields<'_>) -> Option<SequenceEnd> {
    let step = || fields.small(tag::STEP).map(StepNumber);
    let outcome = match fields.number(tag::OUTCOME)? {
        1 => SequenceOutcome::Passed,
        2 => SequenceOutcome::Failed {
            step: step()?,
            why: failure(fields)?,
        },
        3 => SequenceOutcome::Cancelled { step: step()? },
        _ => return None,
    };
    Some(SequenceEnd {
        outcome,
        others: fields.number(tag::COUNT)?,
    })
}

fn failure(fields: &Fields<'_>) -> Option<StepFailure> {
    Some(match fields.number(tag::STEP_FAILURE)? {
        1 => StepFailure::TimedOut {
            within: duration(fields)?,
            nearest: nearest(fields),
        },
        2 => StepFailure::Ended {
            nearest: nearest(fields),
        },
        3 => StepFailure::Template(render_error(fields)?),
        4 => StepFailure::Unsent,
        5 => StepFailure::NotConnected,
        _ => return None,
    })
}

fn nearest(fields: &Fields<'_>) -> Option<Miss> {
    let difference = fields.number(tag::BYTE_AT).map(|at| Difference {
        at,
        expected: fields.small(tag::BYTE_TO),
        found: fields.small(tag::BYTE_FROM),
    });
    Some(Miss {
        excerpt: fields.get(tag::NEAREST)?.to_vec(),
        len_bytes: fields.number(tag::NEAREST_BYTES)?,
        difference,
    })
}
