//! The lines above the rows: whose connection it is and how it stands, how it is shown, and the find field.

use egui::{Align, Button, Label, Layout, Rect, RichText, Sense, Ui, UiBuilder, vec2};

use super::super::action::Action;
use super::super::cards::sign;
use super::super::clock;
use super::super::theme::Tokens;
use super::super::widgets::{button, choice, sign_ui};
use super::{ConversationPanel, Form};
use crate::capture::{ConnectionFacts, ConnectionStatus};
use crate::model::{ConversationModel, Model};
use crate::net::Direction;
use crate::words::InWords as _;

/// The height of a line, with the space around it.
const LINE: f32 = 34.0;
/// The width of the find field at most, and at least.
const FIND_WIDTH: (f32, f32) = (190.0, 120.0);
/// The space between two groups of controls.
const GROUP_GAP: f32 = 16.0;

impl ConversationPanel {
    pub(super) fn header_ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        conversation: &ConversationModel,
        actions: &mut Vec<Action>,
    ) {
        let tokens = Tokens::of(ui);
        let mut area = ui.available_rect_before_wrap();
        let inner_width = area.width() - 2.0 * tokens.side_margin;
        let words = &model.words.conversation;
        let forms = [
            (Form::Text, words.text),
            (Form::Hex, words.hex),
            (Form::Escaped, words.escaped),
        ];
        let sides = [
            (None, words.both),
            (Some(Direction::Received), words.received),
            (Some(Direction::Sent), words.sent),
        ];
        let choices = choice::width(ui, &forms) + GROUP_GAP + choice::width(ui, &sides);
        let follow = button::width(ui, words.follow) + ui.spacing().item_spacing.x;
        let room = inner_width - choices - GROUP_GAP - follow;
        let is_wide = room >= FIND_WIDTH.1;
        let lines = if is_wide { 2.0 } else { 3.0 };
        area.set_height(LINE * lines + 10.0);
        ui.allocate_rect(area, Sense::hover());
        let area = area.shrink2(vec2(tokens.side_margin, 8.0));
        let first = area.with_max_y(area.top() + tokens.control_height);
        let second = first.translate(vec2(0.0, LINE));
        let third = second.translate(vec2(0.0, LINE));

        ends_ui(&mut ui.new_child(line(first)), model, conversation, actions);
        let mut choices = ui.new_child(line(second));
        choice::segmented(&mut choices, words.show_as, &mut self.form, &forms);
        choices.add_space(GROUP_GAP - choices.spacing().item_spacing.x);
        choice::segmented(&mut choices, words.direction, &mut self.only, &sides);
        let (tools, room) = if is_wide {
            (second, room)
        } else {
            (third, inner_width - follow)
        };
        let find_width = room.clamp(FIND_WIDTH.1, FIND_WIDTH.0);
        let tools = if is_wide {
            tools.with_min_x(tools.right() - find_width - follow)
        } else {
            tools
        };
        self.tools_ui(&mut ui.new_child(line(tools)), model, find_width, actions);
    }

    fn tools_ui(&mut self, ui: &mut Ui, model: &Model, find_width: f32, actions: &mut Vec<Action>) {
        self.find.ui(ui, find_width, model, self.selected, actions);
        let words = &model.words.conversation;
        let following = self.list.is_following();
        let follow = ui.add(Button::selectable(following, words.follow));
        let follow = follow.on_hover_text(words.follow_hint);
        if follow.clicked() {
            self.list.set_following(!following);
        }
    }
}

fn line(rect: Rect) -> UiBuilder {
    let layout = Layout::left_to_right(Align::Center);
    UiBuilder::new().max_rect(rect).layout(layout)
}

/// Shows the way back, the connection's ends, and how it stands.
fn ends_ui(
    ui: &mut Ui,
    model: &Model,
    conversation: &ConversationModel,
    actions: &mut Vec<Action>,
) {
    let tokens = Tokens::of(ui);
    let words = &model.words.conversation;
    let back = button::plain(ui, words.back).accessible_name(words.back_spoken);
    if back.on_hover_text(words.back_hint).clicked() {
        actions.push(Action::LeaveConversation);
    }
    ui.add_space(4.0);
    // Of a capture that was opened, the endpoints are not these.
    let is_live = model.shown_opened().is_none();
    let endpoint = model.endpoints.get(&conversation.endpoint);
    let endpoint = endpoint.filter(|_| is_live);
    let status = endpoint.and_then(|it| it.connections.get(&conversation.connection));
    if let Some(status) = status {
        sign_ui(ui, sign(&status.state));
    }
    let facts = facts(conversation);
    let link = facts.and_then(|facts| facts.link.clone());
    let peer = status
        .map(|status| status.peer)
        .or(link.as_ref().map(|link| link.peer));
    let heading = peer.map_or_else(
        || model.words.timeline.connection(conversation.connection.0),
        |peer| peer.to_string(),
    );
    let heading = RichText::new(heading)
        .font(tokens.data())
        .color(tokens.text);
    ui.label(heading);
    if let Some(problem) = facts.and_then(|facts| facts.problem.as_ref()) {
        let words = tokens.small_words(
            words.incomplete(&problem.in_words(model.words)),
            tokens.error,
        );
        ui.add(Label::new(words).truncate());
    }
    let words = tokens.small_words(
        circumstances(model, conversation, status),
        tokens.muted_text,
    );
    ui.add(Label::new(words).truncate());
}

fn facts(conversation: &ConversationModel) -> Option<&ConnectionFacts> {
    Some(&conversation.lines.newest_page()?.about)
}

/// Returns how the connection stands: `with Server 1 at 127.0.0.1:9000, open, 1.2 KiB in, 14 B out`.
fn circumstances(
    model: &Model,
    conversation: &ConversationModel,
    status: Option<&ConnectionStatus>,
) -> String {
    let facts = facts(conversation);
    let link = facts.and_then(|facts| facts.link.as_ref());
    let local = status
        .and_then(|status| status.local)
        .or(link.and_then(|link| link.local));
    let words = &model.words.conversation;
    let mut parts = match (model.shown_name(conversation.endpoint), local) {
        (Some(name), Some(local)) => vec![words.with_at(name, &local.to_string())],
        (Some(name), None) => vec![words.with(name)],
        (None, _) => Vec::new(),
    };
    if let Some(status) = status {
        parts.push(status.state.in_words(model.words));
    }
    let sizes = status
        .map(|status| (status.received_bytes, status.sent_bytes))
        .or(facts.map(|facts| (facts.received_bytes, facts.sent_bytes)));
    if let Some((received, sent)) = sizes {
        parts.push(model.words.common.bytes(received, sent));
    }
    if let Some(status) = status {
        parts.push(words.since(&clock::seconds(status.since)));
    }
    let unread = facts.map_or(0, |facts| facts.unread_entries);
    if unread > 0 {
        parts.push(words.unread(unread));
    }
    parts.join(", ")
}
