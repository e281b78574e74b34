//! One connection of the endpoint: how it stands, its numbers, and what can be requested of it.

use std::num::NonZeroU32;
use std::time::Duration;

use egui::{Grid, Label, RichText, Ui};

use super::super::endpoint::Shown;
use super::super::widgets::{alert, button, field, hint, muted_label};
use super::super::{Action, Tokens, clock};
use super::form::section_ui;
use crate::capture::{ConnectionState, ConnectionStatus};
use crate::net::FlowId;
use crate::script::{Act, Slices};
use crate::words::InWords as _;
use crate::workspace::{FieldProblem, parse_duration, parse_size};

/// What is being typed about the connection.
#[derive(Default)]
pub(super) struct ConnectionTab {
    /// The connection that the fields belong to.
    of: Option<FlowId>,
    rate_text: String,
    slice_text: String,
    pause_text: String,
    wait_text: String,
}

impl ConnectionTab {
    /// Shows the connection of the peer that was pressed, or the one in view, or else the newest one.
    pub(super) fn ui(&mut self, ui: &mut Ui, shown: Shown<'_>, pressed: Option<FlowId>) {
        let Some(status) = chosen(shown, pressed) else {
            return hint(ui, shown.cx.words.endpoints.no_connection);
        };
        if self.of != Some(status.connection) {
            *self = Self::of(status);
        }
        state_ui(ui, shown, status);
        facts_ui(ui, shown, status);
        ui.add_space(4.0);
        views_ui(ui, shown, status);
        if status.state.is_live() {
            acts_ui(ui, shown, status);
            self.speed_ui(ui, shown, status);
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
        }
    }

    /// Shows how fast the connection sends, and a wait, as they are typed.
    fn speed_ui(&mut self, ui: &mut Ui, shown: Shown<'_>, status: &ConnectionStatus) {
        if !status.state.can_send() {
            return;
        }
        let (cx, words) = (shown.cx, &shown.cx.words.endpoints);
        section_ui(ui, words.speed, false, |ui| {
            muted_label(ui, words.speed_why);
            for (name, why, text) in [
                (words.rate_field, words.rate_field_why, &mut self.rate_text),
                (
                    words.slice_field,
                    words.slice_field_why,
                    &mut self.slice_text,
                ),
                (
                    words.pause_field,
                    words.pause_field_why,
                    &mut self.pause_text,
                ),
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

fn request(shown: Shown<'_>, status: &ConnectionStatus, act: Act) {
    let action = Action::Act(status.endpoint, status.connection, act);
    shown.cx.push(action);
}

/// Returns the connection of the pressed peer, of the selected row, that of the view, the only selected peer, or else the newest one.
fn chosen(shown: Shown<'_>, pressed: Option<FlowId>) -> Option<&ConnectionStatus> {
    let endpoint = shown.endpoint;
    let in_view = pressed.into_iter().chain(shown.cx.connection);
    let in_view = in_view.chain(shown.cx.timeline.filter().connection);
    let mut selected = endpoint.selected_peers.iter();
    let only = selected.next().filter(|_| selected.next().is_none());
    let wanted = in_view.chain(only.copied());
    let mut known = wanted.filter_map(|id| endpoint.connections.get(&id));
    known.next().or_else(|| endpoint.newest())
}

/// Shows the number of the connection, its state, and who moves next.
fn state_ui(ui: &mut Ui, shown: Shown<'_>, status: &ConnectionStatus) {
    let (tokens, words) = (Tokens::of(ui), &shown.cx.words.endpoints);
    let (state, color, why) = match &status.state {
        ConnectionState::Open => (words.open, tokens.good, words.open_why.to_owned()),
        ConnectionState::PeerFinished => (
            words.half_closed_by_peer,
            tokens.caution,
            words.peer_finished_why.to_owned(),
        ),
        ConnectionState::WeFinished => (
            words.half_closed_by_us,
            tokens.caution,
            words.we_finished_why.to_owned(),
        ),
        ConnectionState::Closed(ending) if ending.is_bad() => {
            (words.lost, tokens.error, ending.in_words(shown.cx.words))
        }
        ConnectionState::Closed(ending) => {
            let why = ending.in_words(shown.cx.words);
            (words.closed, tokens.muted_text, why)
        }
    };
    ui.horizontal_wrapped(|ui| {
        let number = words.number(status.connection.number);
        ui.label(RichText::new(number).heading().color(tokens.muted_text));
        ui.label(
            RichText::new(crate::words::sentence(state))
                .heading()
                .color(color),
        );
    });
    muted_label(ui, crate::words::sentence(&why));
    if status.is_reading_stopped && status.state.is_live() {
        ui.colored_label(tokens.caution, words.reading_stopped);
    }
    ui.add_space(4.0);
}

fn facts_ui(ui: &mut Ui, shown: Shown<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.endpoints;
    let local = status.local.as_ref().map(ToString::to_string);
    let facts = [
        (words.local_address, local),
        (words.peer_address, Some(status.peer.to_string())),
        (words.opened, Some(clock::micros(status.since))),
        (words.took, status.connect_took.map(|it| words.time(it))),
        (words.received, Some(words.amount(status.received_bytes))),
        (words.sent, Some(words.amount(status.sent_bytes))),
    ];
    let tokens = Tokens::of(ui);
    let grid = Grid::new("facts").num_columns(2).spacing([16.0, 2.0]);
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = Tokens::LINE_HEIGHT;
        grid.show(ui, |ui| {
            for (name, fact) in facts {
                if let Some(fact) = fact {
                    ui.label(RichText::new(name).color(tokens.muted_text));
                    let fact = RichText::new(fact).font(Tokens::data());
                    ui.add(Label::new(fact).selectable(true).truncate());
                    ui.end_row();
                }
            }
        });
    });
}

/// Shows what else of the window can show the connection.
fn views_ui(ui: &mut Ui, shown: Shown<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.endpoints;
    let (id, connection) = (status.endpoint, status.connection);
    ui.horizontal_wrapped(|ui| {
        let follow = button::plain(ui, words.follow);
        if follow.on_hover_text(words.follow_why).clicked() {
            shown.show_live(Action::FollowConnection(id, connection, None));
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
fn acts_ui(ui: &mut Ui, shown: Shown<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.endpoints;
    let (reading, act) = if status.is_reading_stopped {
        (words.resume_reading, Act::ResumeReading)
    } else {
        (words.stop_reading, Act::StopReading)
    };
    let finish = status.state.can_send();
    // A Unix socket has no reset.
    let reset = !status.peer.is_unix();
    let acts = [
        finish.then_some((words.finish_sending, Act::Finish)),
        Some((words.disconnect_peer, Act::Close)),
        reset.then_some((words.reset, Act::Reset)),
        Some((reading, act)),
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
