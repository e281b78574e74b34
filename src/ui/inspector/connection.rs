//! One connection of the endpoint: how it stands, what the kernel says of it, and what can be requested of it.

mod chart;
mod facts;
mod grid;
mod known;
mod machine;
mod number;
mod numbers;
mod pulse;
mod recorded;
mod sparkline;
mod state;
mod tls;
mod udp;
mod ways;

use std::num::NonZeroU32;
use std::time::Duration;

use egui::Ui;

use super::super::endpoint::ShownEndpoint;
use super::super::lifecycle::CompactPicture;
use super::super::widgets::{alert, button, field, hint, muted_label};
use super::super::{Action, Wish};
use super::form::{kept_section_ui, section_ui};
use crate::capture::ConnectionStatus;
use crate::model::KernelEnd;
use crate::net::kernel::{Lack, TcpState};
use crate::net::{Address, FlowId};
use crate::script::{Act, Slices};
use crate::session::CaptureId;
use crate::words::InWords as _;
use crate::workspace::{FieldProblem, parse_duration, parse_size};
pub(super) use facts::listener_ui;
use known::KnownConnection;
pub(super) use known::ask_process;
use numbers::NumbersPart;
use recorded::Recorded;
use ways::Ways;

/// What is being typed about the connection, and what of it is unfolded.
#[derive(Default)]
pub(super) struct ConnectionTab {
    /// The connection that all this belongs to.
    of: Option<FlowId>,
    known: KnownConnection,
    /// The state that is explained.
    state: Option<TcpState>,
    numbers: NumbersPart,
    recorded: Recorded,
    picture: CompactPicture,
    rate_text: String,
    slice_text: String,
    pause_text: String,
    wait_text: String,
}

impl ConnectionTab {
    /// Shows the connection of the peer that was pressed, or the one in view, or else the newest one.
    pub(super) fn ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, pressed: Option<FlowId>) {
        if shown.cx.shown() != CaptureId::Live {
            return self.recorded.ui(ui, shown.cx);
        }
        let Some(status) = chosen(shown, pressed) else {
            facts::listener_ui(ui, shown);
            let words = &shown.cx.words.endpoints;
            let none_yet = if shown.transport().is_udp() {
                words.no_peer
            } else {
                words.no_connection
            };
            return hint(ui, none_yet);
        };
        if self.of != Some(status.connection) {
            *self = Self::of(status);
        }
        state::heading_ui(ui, shown, status);
        // Above what the kernel says, which comes and grows: nothing moves under the pointer.
        views_ui(ui, shown, status);
        if status.state.is_live() {
            acts_ui(ui, shown, status);
        }
        ui.add_space(8.0);
        match &status.peer {
            Address::Unix(_) => {
                state::plain_ui(ui, shown, status);
                facts_ui(ui, shown, status, None);
            }
            Address::Udp(_) => {
                udp::ui(ui, shown, status);
                facts_ui(ui, shown, status, None);
            }
            Address::Tcp(_) => self.tcp_ui(ui, shown, status),
        }
        if status.state.is_live() {
            self.speed_ui(ui, shown, status);
        }
    }

    /// Shows a TCP connection, with what the kernel says of it.
    fn tcp_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
        let (cx, language) = (shown.cx, shown.cx.words);
        self.known.follow(ui, cx, status);
        let kernel = cx.kernel.ends.get(&status.connection);
        let traced = cx.timeline.traced.get(&status.connection);
        let ways = Ways::of(&status.state, traced.map(|it| &it.trace), kernel);
        state::ends_ui(ui, language, status, &ways, kernel);
        if let Some(lack) = cx.kernel.lack.as_ref().and_then(|it| language.lack(it)) {
            muted_label(ui, lack);
        }
        tls::ui(ui, shown, status);
        facts_ui(ui, shown, status, kernel);
        section_ui(ui, language.lifecycles.name, true, |ui| {
            self.picture.ui(ui, cx, status);
        });
        let mut form = cx.preferences.connection;
        let words = &language.tcp;
        kept_section_ui(ui, words.machine, &mut form.states, |ui| {
            machine::ui(ui, language, &ways, &mut self.state);
            if let Some(way) = &ways.ours {
                ways::steps_ui(ui, language, way);
            }
        });
        kept_section_ui(
            ui,
            language.tcp_numbers.heading,
            &mut form.numbers,
            |ui| match (kernel, &cx.kernel.lack) {
                (Some(kernel), _) if kernel.has_states_only() => {
                    muted_label(ui, language.tcp_numbers.not_here);
                }
                (Some(kernel), _) => self.numbers.ui(ui, language, kernel),
                (None, Some(Lack::System)) => muted_label(ui, language.tcp_numbers.not_here),
                (None, _) => muted_label(ui, language.tcp_numbers.none_yet),
            },
        );
        if form != cx.preferences.connection {
            cx.push(Action::ShapeConnection(form));
        }
    }

    fn of(status: &ConnectionStatus) -> Self {
        let (rate, slices) = (status.pace.rate, status.pace.slices);
        let pause = slices.map_or(DEFAULT_PAUSE, |it| it.pause);
        Self {
            of: Some(status.connection),
            rate_text: rate.map_or_else(String::new, |it| it.to_string()),
            slice_text: slices.map_or_else(String::new, |it| it.bytes.to_string()),
            pause_text: format!("{}ms", pause.as_millis()),
            wait_text: format!("{}ms", DEFAULT_WAIT.as_millis()),
            ..Self::default()
        }
    }

    /// Shows how fast the connection sends, and a wait, as they are typed.
    fn speed_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
        if !status.state.can_send() {
            return;
        }
        let (cx, words) = (shown.cx, &shown.cx.words.endpoints);
        section_ui(ui, words.speed, false, |ui| {
            let is_udp = status.peer.is_udp();
            let (why, slice, pause) = if is_udp {
                (
                    words.udp_speed_why,
                    words.udp_slice_why,
                    words.udp_pause_why,
                )
            } else {
                (
                    words.speed_why,
                    words.slice_field_why,
                    words.pause_field_why,
                )
            };
            muted_label(ui, why);
            for (name, why, text) in [
                (words.rate_field, words.rate_field_why, &mut self.rate_text),
                (
                    if is_udp {
                        words.udp_slice
                    } else {
                        words.slice_field
                    },
                    slice,
                    &mut self.slice_text,
                ),
                (words.pause_field, pause, &mut self.pause_text),
            ] {
                field::text(ui, name, text, None).on_hover_text(why);
            }
            let pace = pace(&self.rate_text, &self.slice_text, &self.pause_text);
            if let Err(problem) = &pace {
                alert::block(ui, &problem.in_words(cx.words), None);
            }
            let apply = ui.add_enabled_ui(pace.is_ok(), |ui| button::plain(ui, words.apply));
            if let (true, Ok((rate, slices))) = (apply.inner.clicked(), pace) {
                if rate != status.pace.rate {
                    request(shown, status, Act::Rate(rate));
                }
                if slices != status.pace.slices {
                    request(shown, status, Act::Slice(slices));
                }
            }
            let name = words.wait_field;
            field::text(ui, name, &mut self.wait_text, None).on_hover_text(words.wait_field_why);
            let wait = parse_duration(&self.wait_text);
            if let Err(problem) = &wait {
                alert::block(ui, &problem.in_words(cx.words), None);
            }
            let now = ui.add_enabled_ui(wait.is_ok(), |ui| button::plain(ui, words.wait_now));
            if let (true, Ok(wait)) = (now.inner.clicked(), wait) {
                request(shown, status, Act::Wait(wait));
            }
        });
    }
}

/// The pause between two slices, and the wait, that the fields begin with.
const DEFAULT_PAUSE: Duration = Duration::from_millis(20);
const DEFAULT_WAIT: Duration = Duration::from_millis(500);

/// Returns what the fields of the sending speed say.
fn pace(
    rate: &str,
    slice: &str,
    pause: &str,
) -> Result<(Option<NonZeroU32>, Option<Slices>), FieldProblem> {
    let amount = |text: &str| -> Result<Option<NonZeroU32>, FieldProblem> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let bytes = parse_size(text)?.min(u32::MAX.into());
        Ok(NonZeroU32::new(bytes as u32))
    };
    let slices = match amount(slice)? {
        Some(bytes) => Some(Slices {
            bytes,
            pause: parse_duration(pause)?,
        }),
        None => None,
    };
    Ok((amount(rate)?, slices))
}

fn request(shown: ShownEndpoint<'_>, status: &ConnectionStatus, act: Act) {
    let action = Action::Act(status.endpoint, status.connection, act);
    shown.cx.push(action);
}

/// Returns the connection of the pressed peer, of the selected row, that of the view, the only selected peer, or else the newest one.
fn chosen(shown: ShownEndpoint<'_>, pressed: Option<FlowId>) -> Option<&ConnectionStatus> {
    let endpoint = shown.endpoint;
    let in_view = pressed.into_iter().chain(shown.cx.connection);
    let in_view = in_view.chain(shown.cx.timeline.filter().connection);
    let mut selected = endpoint.selected_peers.iter();
    let only = selected.next().filter(|_| selected.next().is_none());
    let wanted = in_view.chain(only.copied());
    let mut known = wanted.filter_map(|id| endpoint.connections.get(&id));
    known.next().or_else(|| endpoint.newest())
}

/// Shows the facts.
fn facts_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    status: &ConnectionStatus,
    kernel: Option<&KernelEnd>,
) {
    ui.add_space(4.0);
    if status.peer.is_udp() {
        udp::facts_ui(ui, shown, status);
    } else {
        facts::ui(ui, shown, status, kernel);
    }
}

/// Shows what else of the window can show the connection.
fn views_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.endpoints;
    let (id, connection) = (status.endpoint, status.connection);
    ui.horizontal_wrapped(|ui| {
        let follow = button::plain(ui, words.follow);
        if follow.on_hover_text(words.follow_why).clicked() {
            shown.show_live(Action::FollowConnection(id, connection, None));
        }
        if status.peer.is_tcp() {
            let words = &shown.cx.words.lifecycles;
            let show = button::plain(ui, words.show).on_hover_text(words.show_why);
            if show.clicked() {
                shown.show_live(Action::LeaveConversation);
                shown.cx.wish(Wish::ShowLifecycle(connection));
            }
        }
        if button::plain(ui, words.show_peer).clicked() {
            shown.show_live(Action::ShowOnly(Some(id), Some(connection)));
        }
        if button::plain(ui, words.copy_address).clicked() {
            shown.cx.push(Action::CopyText(status.peer.to_string()));
        }
    });
}

/// Shows what can be requested of the connection.
fn acts_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.endpoints;
    let (reading, act) = if status.is_reading_stopped {
        (words.resume_reading, Act::ResumeReading)
    } else {
        (words.stop_reading, Act::StopReading)
    };
    let is_udp = status.peer.is_udp();
    let starts_tls = shown.cx.can_start_tls(status);
    let finish = status.state.can_send() && !is_udp;
    let close = if is_udp {
        words.forget_peer
    } else {
        words.disconnect_peer
    };
    // Neither a Unix socket nor UDP has a reset.
    let reset = status.peer.is_tcp();
    let acts = [
        starts_tls.then_some((words.start_tls, Act::StartTls)),
        finish.then_some((words.finish_sending, Act::Finish)),
        Some((close, Act::Close)),
        reset.then_some((words.reset, Act::Reset)),
        (!is_udp).then_some((reading, act)),
    ];
    section_ui(ui, words.act, true, |ui| {
        ui.horizontal_wrapped(|ui| {
            for (name, act) in acts.into_iter().flatten() {
                if button::plain(ui, name).clicked() {
                    request(shown, status, act);
                }
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sending_speed_is_what_was_typed() {
        let slices = |bytes: u32, millis: u64| Slices {
            bytes: NonZeroU32::new(bytes).unwrap(),
            pause: Duration::from_millis(millis),
        };
        let check = |rate: &str, slice: &str, pause: &str, expected| {
            assert_eq!(
                pace(rate, slice, pause).ok(),
                expected,
                "{rate} {slice} {pause}"
            );
        };
        check("", "", "", Some((None, None)));
        check("10k", "", "", Some((NonZeroU32::new(10_240), None)));
        check("", "1", "20ms", Some((None, Some(slices(1, 20)))));
        check("fast", "", "", None);
        check("", "8", "soon", None);
    }
}
