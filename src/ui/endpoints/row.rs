//! A row of the list: an endpoint in two lines, the button that starts or ends it, and what is wrong with it.

use egui::{
    Align, Color32, Key, Label, Layout, Modifiers, Rect, Response, RichText, Role, Sense, Ui,
};
use egui::{UiBuilder, WidgetInfo, pos2, vec2};

use super::super::endpoint::ShownEndpoint;
use super::super::widgets::{alert, button, list_row, paint_sign, spoken_label};
use super::super::wish::InspectorTab;
use super::super::{Action, Tokens, Wish, diagnosis};
use super::EndpointList;
use crate::capture::{ConnectionState, EndpointState};
use crate::net::{EndpointId, NetError};
use crate::session::lesson::LessonControl;
use crate::workspace::{EndpointKind, ReplyKind, TLS_SCHEME, TargetForm, TransportKind};

/// The height of a row without errors, in points.
const HEIGHT: f32 = 56.0;
/// Where its words begin.
const LEFT: f32 = 32.0;
/// The space at its right.
const RIGHT: f32 = 10.0;
/// The middle of its first line, from its top, and that of the second one.
const LINES: (f32, f32) = (19.0, 41.0);
/// What stands between the parts of the second line.
const SEPARATOR: &str = "  ·  ";
/// The width of the bar of a selected row.
const BAR: f32 = 3.0;

impl EndpointList {
    /// Shows a row; returns by how many rows the keyboard moves the selection.
    pub(super) fn row_ui(
        &mut self,
        ui: &mut Ui,
        shown: ShownEndpoint<'_>,
        (place, rows): (usize, usize),
    ) -> Option<isize> {
        let (cx, id) = (shown.cx, shown.form.id);
        let size = vec2(ui.available_width(), HEIGHT);
        let rect = Rect::from_min_size(ui.cursor().min, size);
        let row = ui.scope_id().with("row");
        let response = ui.interact(rect, row, Sense::click_and_drag());
        let is_selected = cx.chosen == Some(id);
        self.spoken(ui, shown, &response, (place, rows));
        paint_ground(ui, rect, &response, is_selected);
        let center = pos2(rect.left() + 17.0, rect.top() + LINES.0);
        paint_sign(ui.painter(), center, shown.sign(), Tokens::of(ui));
        ui.allocate_rect(rect, Sense::hover());
        self.first_line_ui(ui, shown, rect);
        second_line_ui(ui, shown, rect);
        problem_ui(ui, shown);
        let line = egui::Stroke::new(1.0, Tokens::of(ui).border);
        ui.painter()
            .hline(rect.x_range(), ui.min_rect().bottom() - 0.5, line);
        if response.clicked() || response.drag_started() {
            cx.wish(Wish::Choose(id));
            response.request_focus();
        }
        if response.double_clicked() {
            cx.wish(Wish::Inspect(InspectorTab::Setup));
        }
        if self.is_arranged() {
            drag_ui(ui, shown, &response, place);
        }
        response.context_menu(|ui| shown.menu_ui(ui));
        self.keys(ui, shown, &response)
    }

    fn spoken(
        &mut self,
        ui: &Ui,
        shown: ShownEndpoint<'_>,
        response: &Response,
        (place, rows): (usize, usize),
    ) {
        let id = shown.form.id;
        let state = shown.state_words();
        let words = shown.cx.words.endpoints.row(&shown.form.name, &state);
        let is_selected = shown.cx.chosen == Some(id);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_selected, &words));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_position_in_set(place + 1);
            node.set_size_of_set(rows);
        });
        if self.focus == Some(id) {
            self.focus = None;
            response.request_focus();
            response.scroll_to_me(None);
        }
    }

    fn first_line_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, rect: Rect) {
        let line = Rect::from_min_max(
            pos2(rect.left() + LEFT, rect.top() + LINES.0 - 14.0),
            pos2(rect.right() - RIGHT, rect.top() + LINES.0 + 14.0),
        );
        let layout = Layout::right_to_left(Align::Center);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(line).layout(layout));
        if let Some(([name, written], action)) = shown.button() {
            let response = if is_next(shown, &action) {
                button::primary(&mut ui, written)
            } else {
                button::plain(&mut ui, written)
            };
            let response = response.accessible_name(name);
            let is_connect = matches!(action, Action::Connect(_));
            let response = if is_connect && shown.transport().is_udp() {
                response.on_hover_text(shown.cx.words.endpoints.connect_of_datagrams_why)
            } else {
                response
            };
            if response.clicked() {
                shown.cx.push(action);
                shown.cx.wish(Wish::Choose(shown.form.id));
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if matches!(&self.renaming, Some((id, _)) if *id == shown.form.id) {
                return self.rename_ui(ui, shown);
            }
            let name = RichText::new(&shown.form.name).family(Tokens::semibold());
            let name = Label::new(name.color(Tokens::of(ui).text)).truncate();
            ui.add(name);
        });
    }

    /// Takes the keys of a row that has the keyboard.
    fn keys(&mut self, ui: &Ui, shown: ShownEndpoint<'_>, response: &Response) -> Option<isize> {
        if !response.has_focus() {
            return None;
        }
        list_row::keep_arrows(ui, response.id);
        let pressed = |modifiers, key| ui.input_mut(|it| it.consume_key(modifiers, key));
        let (cx, id) = (shown.cx, shown.form.id);
        for (key, places) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
            if pressed(Modifiers::ALT, key) {
                self.focus = Some(id);
                cx.push(Action::Move(id, places));
                return None;
            }
            if pressed(Modifiers::NONE, key) {
                return Some(places);
            }
        }
        if pressed(Modifiers::NONE, Key::F2) {
            self.rename(id, cx);
        }
        None
    }
}

/// Returns whether this is the next thing to do: while a lesson is being done, only what its step names is.
fn is_next(shown: ShownEndpoint<'_>, action: &Action) -> bool {
    let (cx, id) = (shown.cx, shown.form.id);
    let Some(lesson) = &cx.lesson else {
        let starts = matches!(action, Action::StartServer(_));
        return starts && cx.next_server_to_start() == Some(id);
    };
    let control = match action {
        Action::StartServer(_) => LessonControl::Start,
        Action::StopServer(_) => LessonControl::Stop,
        Action::Connect(_) => LessonControl::Connect,
        Action::DisconnectClient(_) => LessonControl::Disconnect,
        _ => return false,
    };
    let mut ends = lesson.ends.all();
    ends.any(|end| end == id) && cx.lesson_control() == Some(control)
}

fn paint_ground(ui: &Ui, rect: Rect, response: &Response, is_selected: bool) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    if is_selected {
        painter.rect_filled(rect, 0.0, tokens.selection);
        painter.rect_filled(rect.with_max_x(rect.left() + BAR), 0.0, tokens.accent);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, tokens.hover);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.0, tokens.accent);
        painter.rect_stroke(rect.shrink(1.0), 2.0, stroke, egui::StrokeKind::Inside);
    }
}

/// Shows where the endpoint is and what it does, on one line.
fn second_line_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, rect: Rect) {
    let tokens = Tokens::of(ui);
    let line = Rect::from_min_max(
        pos2(rect.left() + LEFT, rect.top() + LINES.1 - 9.0),
        pos2(rect.right() - RIGHT, rect.top() + LINES.1 + 9.0),
    );
    let layout = Layout::left_to_right(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(line).layout(layout));
    ui.spacing_mut().item_spacing.x = 0.0;
    ui.spacing_mut().interact_size.y = 0.0;
    let (place, spoken) = place(shown);
    // The mark beside it says so already.
    let place = match shown.transport() {
        TransportKind::Tls => place.replacen(TLS_SCHEME, "", 1),
        _ => place,
    };
    let place = RichText::new(place).font(egui::FontId::monospace(Tokens::SMALL_SIZE));
    let place = Label::new(place.color(tokens.muted_text)).truncate();
    let tls = tls_words(shown, tokens);
    let room = ui.available_width() - tls.as_ref().map_or(0.0, |(text, _)| small_width(&ui, text));
    ui.scope(|ui| {
        ui.set_max_width(room);
        match spoken {
            Some(spoken) => spoken_label(ui, place, &spoken),
            None => ui.add(place),
        };
    });
    if let Some((text, color)) = tls {
        ui.label(Tokens::small_words(text, color));
    }
    let about = about(shown);
    if !about.is_empty() && ui.available_width() > 24.0 {
        let about = whole_parts(&ui, &about, ui.available_width());
        let about = Tokens::small_words(about, tokens.muted_text);
        ui.add(Label::new(about).truncate());
    }
}

/// Returns whether it speaks TLS, and whether it accepts any certificate, which is something to notice.
fn tls_words(shown: ShownEndpoint<'_>, tokens: &Tokens) -> Option<(String, Color32)> {
    let words = &shown.cx.words.tls_setups;
    if shown.transport() != TransportKind::Tls {
        return None;
    }
    let is_unchecked = match &shown.form.kind {
        EndpointKind::Server(_) => false,
        EndpointKind::Client(form) => form.tls.unchecked,
    };
    let (mark, color) = if is_unchecked {
        (words.unchecked_mark, tokens.caution)
    } else {
        (words.mark, tokens.muted_text)
    };
    Some((format!("{SEPARATOR}{mark}"), color))
}

/// Returns how wide small words are.
fn small_width(ui: &Ui, words: &str) -> f32 {
    let color = Tokens::of(ui).muted_text;
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(words.to_owned(), Tokens::small(), color);
    galley.size().x
}

/// Returns as many of the parts as there is room for, and the first one in any case.
fn whole_parts(ui: &Ui, parts: &[String], room: f32) -> String {
    let joined = |count: usize| {
        let parts = parts.iter().take(count);
        let parts: Vec<_> = parts.map(|it| format!("{SEPARATOR}{it}")).collect();
        parts.concat()
    };
    let fits = |words: &String| small_width(ui, words) <= room;
    let mut fewer = (2..=parts.len()).rev().map(joined);
    fewer.find(fits).unwrap_or_else(|| joined(1))
}

/// Returns where an endpoint is or wants to be, and how a screen reader says it.
fn place(shown: ShownEndpoint<'_>) -> (String, Option<String>) {
    let words = &shown.cx.words.endpoints;
    let state = &shown.endpoint.status.state;
    match (&shown.form.kind, state) {
        (_, EndpointState::Listening { local, .. }) => {
            let local = local.to_string();
            let spoken = words.listening_on(&local);
            (local, Some(spoken))
        }
        (EndpointKind::Server(server), _) => (server.bind.taken_apart().joined(), None),
        (EndpointKind::Client(client), _) => {
            if let Some(connection) = shown.endpoint.connected() {
                let peer = connection.peer.to_string();
                let spoken = if connection.peer.is_udp() {
                    words.ready_to_send(&peer)
                } else {
                    words.connected_to(&peer)
                };
                return (format!("→ {peer}"), Some(spoken));
            }
            let target = match client.target {
                TargetForm::Server(server) => target_words(shown, server),
                TargetForm::Address => client.remote.taken_apart().joined(),
            };
            (format!("→ {target}"), None)
        }
    }
}

fn target_words(shown: ShownEndpoint<'_>, server: EndpointId) -> String {
    let name = shown.cx.name(server);
    name.unwrap_or(shown.cx.words.endpoints.choose_server)
        .to_owned()
}

/// Returns what the endpoint does, and with whom.
fn about(shown: ShownEndpoint<'_>) -> Vec<String> {
    let words = &shown.cx.words.endpoints;
    let status = &shown.endpoint.status;
    let mut about = Vec::new();
    match &shown.form.kind {
        EndpointKind::Server(server) => {
            let is_applied = shown.is_idle() || shown.endpoint.setup_problem.is_none();
            about.extend((!is_applied).then(|| words.not_applied.to_owned()));
            let answers = server.behaviour.reply != ReplyKind::None;
            if answers && shown.cx.document.is_silenced(shown.form.id) {
                about.push(words.not_approved.to_owned());
            }
            about.push(reply_words(shown, server.behaviour.reply).to_owned());
            if status.open_connections > 0 {
                about.push(words.peers(status.open_connections));
            }
        }
        EndpointKind::Client(_) => about.extend(connection_words(shown)),
    }
    let rate = shown.endpoint.rate.rate(shown.cx.now);
    if !rate.is_zero() {
        about.push(words.rate(rate.received + rate.sent));
    }
    about
}

fn reply_words(shown: ShownEndpoint<'_>, reply: ReplyKind) -> &'static str {
    let words = &shown.cx.words.endpoints;
    match reply {
        ReplyKind::Echo => words.echoes,
        ReplyKind::Fixed => words.replies_fixed,
        ReplyKind::Rules => words.replies_by_rules,
        ReplyKind::None => words.replies_nothing,
    }
}

/// Returns how a client's connection stands, or how its last one ended.
fn connection_words(shown: ShownEndpoint<'_>) -> Option<String> {
    let words = &shown.cx.words.endpoints;
    if let Some(connection) = shown.endpoint.connected() {
        let state = match connection.state {
            ConnectionState::PeerFinished => Some(words.half_closed_by_peer.to_owned()),
            ConnectionState::WeFinished => Some(words.half_closed_by_us.to_owned()),
            _ if connection.peer.is_udp() => None,
            _ => connection.connect_took.map(|it| words.time(it)),
        };
        let number = words.number(connection.connection.number);
        return Some(state.map_or_else(|| number.clone(), |it| format!("{number}  ·  {it}")));
    }
    if let Some(again) = shown.again_words() {
        return Some(again);
    }
    if shown.endpoint.status.state != EndpointState::Idle {
        return Some(shown.state_words().into_owned());
    }
    let newest = shown.endpoint.newest()?;
    match &newest.state {
        ConnectionState::Closed(ending) => {
            Some(shown.cx.words.ending_with(ending, Some(&newest.peer)))
        }
        _ => None,
    }
}

/// Shows what is wrong with the endpoint below its lines, and offers another port where its own is taken.
fn problem_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    let error = shown.endpoint.status.error.as_ref();
    // What was wrong with its TLS is nothing to mend once it has none.
    let is_past = |it: &NetError| {
        matches!(it, NetError::TlsSettings { .. }) && shown.transport() != TransportKind::Tls
    };
    let has_failed = error.is_some_and(|(_, it)| !is_past(it));
    if shown.endpoint.problem.is_none() && !has_failed {
        return;
    }
    let frame = egui::Frame::new().inner_margin(egui::Margin {
        left: LEFT as i8,
        right: RIGHT as i8,
        top: 4,
        bottom: 8,
    });
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let words = shown.cx.words;
        if let Some(problem) = &shown.endpoint.problem {
            alert::problem(ui, words, problem.as_ref());
            diagnosis::start_and_connect_ui(ui, shown.cx, shown.form.id);
        }
        if has_failed {
            diagnosis::failure_ui(ui, shown.cx, shown.form.id);
        }
    });
}

/// Lets a row be dragged to another place of the document.
fn drag_ui(ui: &Ui, shown: ShownEndpoint<'_>, response: &Response, place: usize) {
    response.dnd_set_drag_payload((shown.form.id, place));
    let tokens = Tokens::of(ui);
    let Some(dragged) = response.dnd_hover_payload::<(EndpointId, usize)>() else {
        return;
    };
    let edge = if dragged.1 < place {
        response.rect.bottom()
    } else {
        response.rect.top()
    };
    let line = egui::Stroke::new(2.0, tokens.accent);
    ui.painter().hline(response.rect.x_range(), edge, line);
    if let Some(dropped) = response.dnd_release_payload::<(EndpointId, usize)>() {
        let places = place.cast_signed() - dropped.1.cast_signed();
        if places != 0 {
            shown.cx.push(Action::Move(dropped.0, places));
        }
    }
}
