//! A followed connection, in the timeline's place: everything that was received and sent as one text or dump.

mod header;
mod row;

use egui::{Key, Modifiers, Popup, PopupAnchor, PopupKind, RichText, SetOpenCommand, Ui};

use super::action::Action;
use super::find::FindField;
use super::theme::Tokens;
use super::widgets::button;
use super::widgets::row_list::{RowList, RowOutput, Rows};
use crate::capture::{ConversationQuery, Extent};
use crate::model::{ConversationModel, Model, Need};
use crate::net::{ConnectionId, Direction};
use crate::payload::{Encoding, RowRule};
use crate::words::Language;
use row::Columns;

/// The view's own state.
#[derive(Debug, Default)]
pub(super) struct ConversationPanel {
    list: RowList,
    find: FindField,
    form: Form,
    only: Option<Direction>,
    /// The connection, and the document of it, that the list's places are about.
    connection: Option<ConnectionId>,
    query: Option<ConversationQuery>,
    /// The entry to go to as soon as its place is known, and whether it is to be selected.
    going_to: Option<(u64, bool)>,
    /// The entry in the first row in sight.
    top_entry: Option<u64>,
    /// The entry where the keys act, once its row was in hand.
    selected: Option<u64>,
}

/// How payloads are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Text,
    Hex,
    Escaped,
}

impl Form {
    fn rule(self, columns: &Columns, encoding: Encoding) -> RowRule {
        match self {
            Self::Text => RowRule::Text {
                columns: columns.chars,
                encoding,
            },
            Self::Escaped => RowRule::Escaped {
                columns: columns.chars,
                encoding,
            },
            Self::Hex => RowRule::Hex {
                short: columns.is_short,
            },
        }
    }
}

impl ConversationPanel {
    /// Returns the selected piece's entry: what the detail pane shows.
    pub(super) fn selected(&self) -> Option<u64> {
        self.selected
    }

    /// Shows the connection that is followed; returns the entry that is to be shown in the timeline, if one is.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        conversation: &ConversationModel,
        actions: &mut Vec<Action>,
    ) -> Option<u64> {
        self.follow_connection(model, conversation);
        self.header_ui(ui, model, conversation, actions);
        if let Some(entry) = self.find.take_found(&model.timeline) {
            self.going_to = Some((entry, true));
        }
        let columns = Columns::new(ui);
        let encoding = model.encoding_of(conversation.endpoint);
        let query = ConversationQuery {
            connection: conversation.connection,
            rule: self.form.rule(&columns, encoding),
            only: self.only,
        };
        self.follow_query(query);
        self.arrive(conversation, &query);
        // While another document is read, the list stays, and with it the keyboard's focus.
        let known = conversation.extent(&query);
        let Some(extent) = known.or(conversation.last_extent()) else {
            self.ask(self.newest(), conversation, &query, actions);
            return None;
        };
        if known.is_some() && extent.is_empty() && extent.unread_entries == 0 {
            empty_ui(ui, model);
            self.ask(self.newest(), conversation, &query, actions);
            return None;
        }
        let output = self.rows_ui(ui, model.words, conversation, &query, extent, &columns);
        let row_of = |row: u64| extent.first_row + row;
        let visible = row_of(output.visible.start)..row_of(output.visible.end);
        self.note_selection(conversation, &query, extent);
        let top = conversation.line(&query, visible.start);
        self.top_entry = top.map(|line| line.entry).or(self.top_entry);
        let need = if self.list.is_following() {
            self.newest()
        } else {
            Need::Visible(visible)
        };
        self.ask(need, conversation, &query, actions);
        if ui.memory(|memory| memory.has_focus(output.response.id))
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            actions.push(Action::LeaveConversation);
        }
        self.copy_and_menu(ui, model.words, &query, extent, &output, actions)
    }

    /// Begins anew with another connection.
    fn follow_connection(&mut self, model: &Model, conversation: &ConversationModel) {
        if self.connection == Some(conversation.connection) {
            return;
        }
        // What the timeline found before is no place to go to.
        self.find.take_found(&model.timeline);
        self.connection = Some(conversation.connection);
        self.query = None;
        self.selected = None;
        self.top_entry = None;
        self.list.restart();
        self.going_to = conversation.from.map(|entry| (entry, true));
    }

    /// Forgets the connection, so that it begins anew when it is followed again.
    pub(super) fn leave(&mut self) {
        self.connection = None;
    }

    /// Keeps what is in sight when the same connection is shown in another way.
    fn follow_query(&mut self, query: ConversationQuery) {
        let before = self.query.replace(query);
        if before.is_none_or(|before| before == query) {
            return;
        }
        let selected = self.selected.map(|entry| (entry, true));
        let place = self.top_entry.map(|entry| (entry, false));
        if self.going_to.is_none() && !self.list.is_following() {
            self.going_to = selected.or(place);
        }
        let follows = self.list.is_following();
        self.list.restart();
        self.list.set_following(follows);
    }

    /// Goes to the wanted entry when its place is known.
    fn arrive(&mut self, conversation: &ConversationModel, query: &ConversationQuery) {
        let (Some((entry, select)), Some(extent)) = (self.going_to, conversation.extent(query))
        else {
            return;
        };
        let Some(place) = conversation.place_of(query, entry) else {
            return;
        };
        let Some(row) = place.and_then(|place| place.checked_sub(extent.first_row)) else {
            if extent.unread_entries == 0 {
                self.going_to = None;
            }
            return;
        };
        self.going_to = None;
        self.list.renumber(extent.first_row);
        self.list.reveal(row);
        if select {
            self.list.select(row);
        }
    }

    fn newest(&self) -> Need {
        Need::Newest {
            page: self.list.page(),
        }
    }

    fn ask(
        &self,
        need: Need,
        conversation: &ConversationModel,
        query: &ConversationQuery,
        actions: &mut Vec<Action>,
    ) {
        let need = match self.going_to {
            Some((entry, _)) => Need::Around {
                entry,
                page: self.list.page(),
            },
            None => need,
        };
        if let Some(span) = conversation.rows_wanted(query, &need) {
            actions.push(Action::ShowConversation {
                query: *query,
                span,
            });
        }
    }

    fn rows_ui(
        &mut self,
        ui: &mut Ui,
        words: &Language,
        conversation: &ConversationModel,
        query: &ConversationQuery,
        extent: &Extent,
        columns: &Columns,
    ) -> RowOutput {
        let rows = Rows {
            name: words.conversation.name,
            len: extent.len(),
            gone: extent.first_row,
            row_height: Tokens::of(ui).line_height,
            selectable: true,
            can_follow: true,
        };
        let top = ui.available_rect_before_wrap().top();
        self.list.ui(ui, &rows, |ui, place| {
            let line = conversation.line(query, extent.first_row + place.row);
            row::row_ui(ui, words, place, columns, line, place.rect.top() <= top)
        })
    }

    fn note_selection(
        &mut self,
        conversation: &ConversationModel,
        query: &ConversationQuery,
        extent: &Extent,
    ) {
        let Some(cursor) = self.list.cursor() else {
            if self.going_to.is_none() {
                self.selected = None;
            }
            return;
        };
        if let Some(line) = conversation.line(query, extent.first_row + cursor) {
            self.selected = Some(line.entry);
        }
    }

    fn copy_and_menu(
        &mut self,
        ui: &Ui,
        words: &Language,
        query: &ConversationQuery,
        extent: &Extent,
        output: &RowOutput,
        actions: &mut Vec<Action>,
    ) -> Option<u64> {
        let words = &words.conversation;
        let mut to_show = None;
        let selected = self.list.selected();
        let copy = selected.map(|rows| Action::CopyConversation {
            query: *query,
            rows: (
                extent.first_row + rows.start(),
                extent.first_row + rows.end(),
            ),
        });
        if output.copy {
            actions.extend(copy.clone());
        }
        let open = output.menu.is_some().then_some(SetOpenCommand::Bool(true));
        let id = output.response.id.with("menu");
        let layer = output.response.layer_id;
        Popup::new(id, ui.ctx().clone(), PopupAnchor::PointerFixed, layer)
            .kind(PopupKind::Menu)
            .layout(egui::Layout::top_down_justified(egui::Align::Min))
            .open_memory(open)
            .accessible_name(words.row)
            .show(|ui| {
                if button::menu_item(ui, words.copy_rows) {
                    actions.extend(copy);
                }
                if button::menu_item(ui, words.show_in_timeline) {
                    actions.push(Action::LeaveConversation);
                    to_show = self.selected;
                }
            });
        to_show
    }
}

fn empty_ui(ui: &mut Ui, model: &Model) {
    let color = Tokens::of(ui).muted_text;
    ui.centered_and_justified(|ui| {
        ui.label(RichText::new(model.words.conversation.empty).color(color))
    });
}
