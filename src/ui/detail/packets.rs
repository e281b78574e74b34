//! The packets of the lab around an entry of their connection: what was on the wire while it happened.

use std::time::Duration;

use egui::{Grid, RichText, ScrollArea, Ui};

use super::super::widgets::small_label;
use super::super::{Cx, Tokens, clock};
use crate::capture::packets::{Packet, PacketEnds, PacketQuery, PacketRun};
use crate::capture::{Request, Row};
use crate::words::{InWords as _, Language};

/// How far from the entry packets are shown.
const AROUND: Duration = Duration::from_secs(1);
/// How many are shown; of more, evenly left out, the ends and turns of the connection.
const MOST: usize = 200;

/// Asks for the packets around an entry, and returns whether there are any: `None` until that is known.
pub(super) fn has_packets(ui: &Ui, cx: &Cx<'_>, row: &Row) -> Option<bool> {
    let Some(query) = query(row) else {
        return Some(false);
    };
    let (packets, entries) = (&cx.timeline.packets, cx.timeline.record().entries);
    let wanted = packets.wanted(&query, cx.now, entries, |_| true);
    cx.renew(ui, wanted, Request::Packets(query.clone()));
    let found = packets.get(&query)?.as_ref().as_ref();
    Some(found.map_or(true, |run| !run.packets.is_empty()))
}

/// Shows the packets around an entry, if there are any, or why they cannot be read.
pub(super) fn packets_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row) {
    let Some(query) = query(row) else {
        return;
    };
    match cx.timeline.packets.get(&query).map(|it| &**it) {
        None => {}
        Some(Err(error)) => {
            small_label(ui, error.in_words(cx.words));
        }
        Some(Ok(run)) if run.packets.is_empty() => {}
        Some(Ok(run)) => table_ui(ui, cx, query.ends, run),
    }
}

fn query(row: &Row) -> Option<PacketQuery> {
    let ends = PacketEnds::new(row.local.as_ref(), row.peer.as_ref()?)?;
    let from = row.time.checked_sub(AROUND).unwrap_or(row.time);
    let to = row.time.checked_add(AROUND).unwrap_or(row.time);
    Some(PacketQuery {
        ends,
        times: from..=to,
        most: MOST,
    })
}

fn table_ui(ui: &mut Ui, cx: &Cx<'_>, ends: PacketEnds, run: &PacketRun) {
    let (tokens, words) = (Tokens::of(ui), &cx.words.packets_shown);
    small_label(ui, words.about(run.packets.len() as u64, run.total));
    if run.lost > 0 {
        small_label(ui, words.lost(run.lost));
    }
    let area = ScrollArea::both().id_salt("packets");
    area.auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        let grid = Grid::new("packets")
            .num_columns(7)
            .spacing([20.0, 3.0])
            .min_row_height(Tokens::LINE_HEIGHT);
        grid.show(ui, |ui| {
            for (heading, about) in words.headings() {
                let heading = ui.label(Tokens::small_words(heading, tokens.muted_text));
                if !about.is_empty() {
                    heading.on_hover_text(about);
                }
            }
            ui.end_row();
            for packet in &run.packets {
                packet_ui(ui, cx.words, packet, ends.is_sent(packet), run.began);
                ui.end_row();
            }
        });
    });
}

fn packet_ui(
    ui: &mut Ui,
    language: &Language,
    packet: &Packet,
    is_sent: bool,
    began: (Option<u32>, Option<u32>),
) {
    let (tokens, words) = (Tokens::of(ui), &language.packets_shown);
    let (sign, name, color) = if is_sent {
        ("→", words.sent, tokens.sent)
    } else {
        ("←", words.received, tokens.received)
    };
    let (own, other) = if is_sent { began } else { (began.1, began.0) };
    let grouped = |number: u32| language.numbers.grouped(number.into());
    let relative = |number: u32, from: Option<u32>| grouped(number.wrapping_sub(from.unwrap_or(0)));
    let cell = |text: String| RichText::new(text).font(Tokens::data()).color(tokens.text);
    ui.label(cell(clock::micros(packet.time)));
    ui.label(RichText::new(sign).font(Tokens::data()).color(color))
        .on_hover_text(name);
    ui.label(cell(packet.flags.to_string()).color(color))
        .on_hover_text(packet.flags.names().collect::<Vec<_>>().join(", "));
    ui.label(cell(relative(packet.sequence, own)));
    let acknowledged = packet.acknowledgment.map(|it| relative(it, other));
    ui.label(cell(acknowledged.unwrap_or_default()));
    ui.label(cell(grouped(packet.window.into())));
    ui.label(cell(grouped(packet.payload_bytes)));
}
