//! A request that is tried on rules: which bytes of a row it is, and how what the rules say is asked for.

use std::time::Duration;

use bytes::Bytes;
use egui::Ui;

use super::{Action, Cx};
use crate::capture::{Detail, RowKind};
use crate::model::Renewal;
use crate::session::WhyOrder;
use crate::workspace::ReplyKind;

/// Asks what rules would do with a request, and again while that may change.
pub(super) fn ask(ui: &Ui, cx: &Cx<'_>, order: &WhyOrder) {
    match cx.why_wanted(order, cx.now) {
        Renewal::Now => cx.push(Action::Explain(Box::new(order.clone()))),
        Renewal::In(seconds) => {
            let wait = Duration::from_secs_f64(seconds);
            ui.ctx().request_repaint_after(wait);
        }
        Renewal::No => {}
    }
}

/// Returns what is to be explained of a row: of one that was received by an endpoint that replies by rules.
pub(super) fn of_detail(cx: &Cx<'_>, detail: &Detail) -> Option<WhyOrder> {
    let endpoint = cx.own_endpoint(detail.row.endpoint?)?;
    let form = cx.form(endpoint)?;
    if form.kind.behaviour().reply != ReplyKind::Rules {
        return None;
    }
    let (bytes, is_cut) = request_of(detail, received(detail)?);
    Some(WhyOrder {
        endpoint,
        bytes,
        is_cut,
        state: None,
        count: None,
        peer: detail.row.peer.clone(),
    })
}

/// Returns the bytes that a row received, if it did.
pub(super) fn received(detail: &Detail) -> Option<Bytes> {
    match detail.row.kind {
        RowKind::Received(size) if size > 0 => detail.payload.clone(),
        _ => None,
    }
}

/// Returns the bytes of a row, and whether they are a request as rules see it.
pub(super) fn request_of(detail: &Detail, payload: Bytes) -> (Bytes, bool) {
    match &detail.frame {
        Some(frame) => {
            let body = frame.rule.checked(&payload).into_owned();
            (body.into(), true)
        }
        None => (payload, false),
    }
}
