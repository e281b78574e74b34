//! The lines above the rows: whose connection it is and how it stands, how it is shown, and the find field.

use egui::{Label, RichText, Sense, Ui, vec2};

use super::super::inspector::sign;
use super::super::widgets::{button, choice, line, sign_ui, small_label};
use super::super::{Action, Cx, Tokens, clock};
use super::{ConversationPanel, Form};
use crate::capture::{ConnectionFacts, ConnectionStatus};
use crate::model::{ConversationModel, Model};
use crate::net::Direction;
use crate::words::InWords as _;

/// The height of a line, with the space around it.
const LINE: f32 = 34.0;
/// The width of the find field at most, and at least.
const FIND_WIDTH: (f32, f32) = (300.0, 180.0);
/// The space between two groups of controls.
const GROUP_GAP: f32 = 16.0;

impl ConversationPanel {
    pub(super) fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, conversation: &ConversationModel) {
        let mut area = ui.available_rect_before_wrap();
        let inner_width = area.width() - 2.0 * Tokens::SIDE_MARGIN;
        let words = &cx.words.conversation;
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
        let area = area.shrink2(vec2(Tokens::SIDE_MARGIN, 8.0));
        let first = area.with_max_y(area.top() + Tokens::CONTROL_HEIGHT);
        let second = first.translate(vec2(0.0, LINE));

        ends_ui(&mut ui.new_child(line(first)), cx, conversation);
        let mut choices = ui.new_child(line(second));
        choice::segmented(&mut choices, words.show_as, &mut self.form, &forms);
        choices.add_space(GROUP_GAP - choices.spacing().item_spacing.x);
        choice::segmented(&mut choices, words.direction, &mut self.only, &sides);
        let room = if is_wide { room } else { inner_width - follow };
        let find_width = room.clamp(FIND_WIDTH.1, FIND_WIDTH.0);
        let tools = if is_wide {
            second.with_min_x(second.right() - find_width - follow)
        } else {
            second.translate(vec2(0.0, LINE))
        };
        self.tools_ui(&mut ui.new_child(line(tools)), cx, find_width);
    }

    fn tools_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, find_width: f32) {
        let from = (self.selected, self.top_entry);
        self.find.ui(ui, find_width, cx, from);
        let words = &cx.words.conversation;
        let following = self.list.is_following();
        if button::switch(ui, words.follow, words.follow_hint, following) {
            self.list.set_following(!following);
        }
    }
}

/// Shows the way back, the connection's ends, and how it stands.
fn ends_ui(ui: &mut Ui, cx: &Cx<'_>, conversation: &ConversationModel) {
    let tokens = Tokens::of(ui);
    let words = &cx.words.conversation;
    let back = button::plain(ui, words.back).accessible_name(words.back_spoken);
    if back.on_hover_text(words.back_hint).clicked() {
        cx.push(Action::LeaveConversation);
    }
    ui.add_space(4.0);
    let number = conversation.connection.number;
    let number = cx.words.timeline.sign_of_connection(number);
    let filters = &cx.words.filter;
    if button::chip(ui, &filters.chip(&number), &filters.remove(&number)) {
        cx.push(Action::LeaveConversation);
    }
    // Of a capture that was opened, the endpoints are not these.
    let is_live = cx.shown_opened().is_none();
    let endpoint = cx.endpoints.get(&conversation.endpoint);
    let endpoint = endpoint.filter(|_| is_live);
    let status = endpoint.and_then(|it| it.connections.get(&conversation.connection));
    if let Some(status) = status {
        sign_ui(ui, sign(&status.state));
    }
    let facts = facts(conversation);
    let link = facts.and_then(|facts| facts.link.as_ref());
    let peer = status.map(|it| &it.peer).or(link.map(|link| &link.peer));
    if let Some(peer) = peer {
        let heading = RichText::new(peer.to_string()).font(Tokens::data());
        ui.label(heading.color(tokens.text));
    }
    if let Some(problem) = facts.and_then(|facts| facts.problem.as_ref()) {
        let words = words.incomplete(&problem.in_words(cx.words));
        let words = Tokens::small_words(words, tokens.error);
        ui.add(Label::new(words).truncate());
    }
    small_label(ui, circumstances(cx, conversation, status));
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
    let local = status.and_then(|it| it.local.as_ref());
    let local = local.or(link.and_then(|link| link.local.as_ref()));
    let words = &model.words.conversation;
    let mut parts = match (model.shown_name(conversation.endpoint), local) {
        (Some(name), Some(local)) => vec![words.with_at(name, &local.to_string())],
        (Some(name), None) => vec![words.with(name)],
        (None, _) => Vec::new(),
    };
    if let Some(status) = status {
        parts.push(status.state.in_words(model.words));
    }
    let sizes = status.map(|it| (it.received_bytes, it.sent_bytes));
    let sizes = sizes.or(facts.map(|it| (it.received_bytes, it.sent_bytes)));
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
    parts.join(model.words.common.comma)
}
