//! The detail of what belongs to a connection's TLS: what was offered and chosen, certificates, and why it failed.

mod beside;
mod chain;
mod facts;
mod failure;

use egui::{Label, RichText, Ui};

use super::super::{Cx, Tokens};
use crate::capture::Row;
use crate::net::tls::TlsReport;
use crate::words::tls_certificate::CertificateVerdict;
use beside::BesideTls;
pub(super) use beside::failure_of;
pub(super) use failure::failure_ui;

/// Shows all that a row says of TLS. Nothing for other rows.
pub(super) fn report_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row) {
    let Some(report) = row.tls_report() else {
        return;
    };
    let words = &cx.words.tls_shown;
    let beside = BesideTls::of(cx, row);
    match report {
        TlsReport::Hello(hello) => {
            let heading = match beside.agreed {
                Some(_) => words.offer_marked,
                None => words.offer,
            };
            ui.add(Label::new(Tokens::small_words(
                heading,
                Tokens::of(ui).muted_text,
            )));
            facts::offer_ui(ui, &cx.words.tls_offer(hello, beside.agreed), words);
        }
        TlsReport::Agreed(agreed) => {
            facts::facts_ui(ui, "agreed", &cx.words.tls_agreement(agreed));
            let verdict = CertificateVerdict::of(agreed.check);
            chain::chain_ui(ui, cx, row, (words.chain, &agreed.chain), verdict);
            if let Some(hello) = beside.hello {
                ui.add_space(6.0);
                heading_ui(ui, words.offer_marked);
                facts::offer_ui(ui, &cx.words.tls_offer(hello, Some(agreed)), words);
            }
        }
        TlsReport::Refused { chain } => {
            let problem = beside.failure.map(|it| &it.problem);
            let verdict = problem.map_or(CertificateVerdict::Unknown, CertificateVerdict::Failed);
            chain::chain_ui(ui, cx, row, (words.chain, chain), verdict);
        }
        _ => {}
    }
}

/// Shows, of the end of a connection whose TLS failed, the certificates that the peer had shown.
pub(super) fn refused_chain_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row) {
    let Some(failure) = failure_of(row) else {
        return;
    };
    if let Some(chain) = BesideTls::of(cx, row).refused {
        let heading = cx.words.tls_shown.refused_chain;
        let verdict = CertificateVerdict::Failed(&failure.problem);
        chain::chain_ui(ui, cx, row, (heading, chain), verdict);
    }
}

/// Shows what stands below.
fn heading_ui(ui: &mut Ui, words: &str) {
    let heading = RichText::new(words).family(Tokens::semibold());
    ui.add(Label::new(heading.color(Tokens::of(ui).text)).wrap());
}
