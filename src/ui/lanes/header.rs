//! The names above the lifelines: whose ends they are.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, FontId, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::super::widgets::{button, line};
use super::super::{Action, Tokens};
use super::Lanes;
use super::step::LaneSide;

/// Who stands on a side: an endpoint, several of them, or peers that are not ours.
struct Who {
    name: String,
    address: Option<String>,
}

impl Lanes<'_> {
    /// Shows the names, and what becomes of long runs.
    pub(in crate::ui) fn header_ui(&self, ui: &mut Ui) {
        // The lifelines begin right below the names.
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ui.available_rect_before_wrap();
        area.set_height(Tokens::LANE_HEADER);
        ui.allocate_rect(area, Sense::hover());
        let tokens = Tokens::of(ui);
        let border = Stroke::new(1.0, tokens.border);
        ui.painter()
            .hline(area.x_range(), area.bottom() - 0.5, border);
        let tools = area.shrink2(vec2(Tokens::SIDE_MARGIN, 2.0));
        let mut left = area.left();
        let bundled = self.cx.has_bundles;
        let is_in_sight = self.rows().iter().any(|row| row.bundle.is_some());
        if self.cx.timeline.filter().has_whole_runs() && (is_in_sight || !bundled) {
            let mut ui = ui.new_child(line(tools));
            let words = &self.cx.words.lanes;
            if button::switch(&mut ui, words.bundles, words.bundles_hint, bundled) {
                self.cx.push(Action::Bundle(!bundled));
            }
            left = ui.min_rect().right();
        }
        let client = area.left() + self.sheet.client;
        let server = area.left() + self.sheet.server;
        let middle = f32::midpoint(client, server);
        let right = area.left() + self.sheet.right;
        self.name_ui(
            ui,
            LaneSide::Client,
            (left + 8.0, client, middle - 6.0),
            area.center().y,
        );
        self.name_ui(
            ui,
            LaneSide::Server,
            (middle + 6.0, server, right),
            area.center().y,
        );
    }

    /// Shows a name over its lifeline, within these edges.
    fn name_ui(&self, ui: &Ui, side: LaneSide, (left, at, right): (f32, f32, f32), y: f32) {
        let tokens = Tokens::of(ui);
        let Some(who) = self.who(side) else { return };
        let format = |font: FontId, color: Color32| TextFormat {
            valign: Align::Center,
            ..TextFormat::simple(font, color)
        };
        let strong = FontId::new(Tokens::BODY_SIZE, Tokens::semibold());
        let mut job = LayoutJob {
            wrap: TextWrapping::truncate_at_width((right - left).max(0.0)),
            ..LayoutJob::default()
        };
        job.append(&who.name, 0.0, format(strong, tokens.text));
        let mut spoken = who.name;
        if let Some(address) = &who.address {
            job.append(address, 8.0, format(Tokens::data(), tokens.muted_text));
            spoken = format!("{spoken} {address}");
        }
        let galley = ui.painter().layout_job(job);
        let extent = galley.size();
        let x = (at - extent.x / 2.0)
            .min(right - extent.x)
            .max(left)
            .round();
        let corner = pos2(x, (y - extent.y / 2.0).round());
        ui.painter().galley(corner, galley, tokens.text);
        let rect = egui::Rect::from_min_size(corner, extent);
        let response = ui.interact(rect, ui.scope_id().with(("end", side)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    }

    /// Returns who stands on a side of the rows that are loaded; `None` if nobody is seen there.
    fn who(&self, side: LaneSide) -> Option<Who> {
        let rows = self.rows().iter().zip(&self.steps);
        let own = rows
            .clone()
            .filter(|(_, step)| step.side == Some(side))
            .map(|(row, _)| row);
        let others = rows
            .filter(|(_, step)| step.side == Some(side.other()) && step.connection.is_some())
            .map(|(row, _)| row);
        let words = &self.cx.words.lanes;
        let many = match side {
            LaneSide::Client => words.clients,
            LaneSide::Server => words.servers,
        };
        let has_own = own.clone().next().is_some();
        let mut sides = self.drawing.sides.values();
        let (name, address) = match (has_own, sides.any(|seen| !seen[side as usize])) {
            (true, false) => {
                let endpoint = only(own.clone().filter_map(|row| row.endpoint));
                let name = endpoint.and_then(|id| self.cx.shown_name(id));
                (name, only(own.filter_map(|row| row.local.as_ref())))
            }
            (false, true) => {
                let address = only(others.filter_map(|row| row.peer.as_ref()));
                (address.map(|_| words.peer), address)
            }
            (true, true) => (None, None),
            (false, false) => return None,
        };
        let address = address.filter(|_| name.is_some());
        Some(Who {
            name: name.unwrap_or(many).to_owned(),
            address: address.map(ToString::to_string),
        })
    }
}

/// Returns the one that all are, if they are one.
fn only<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|it| it == first).then_some(first)
}
