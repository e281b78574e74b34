//! A followed connection, in the timeline's place: everything that was received and sent as one text or dump.

mod header;
mod row;

use egui::{Key, Modifiers, RichText, Ui};

use super::action::Action;
use super::find::FindField;
use super::theme::Tokens;
use super::widgets::button;
use super::widgets::row_list::{RowList, RowOutput, Rows};
use crate::capture::{ConversationQuery, Page, Request};
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
        let known = conversation.lines.page(&query);
        let Some(page) = known.or(conversation.lines.newest_page()) else {
            self.ask(self.newest(), model, &query, actions);
            return None;
        };
        if known.is_some() && page.is_empty() && page.about.unread_entries == 0 {
            empty_ui(ui, model);
            self.ask(self.newest(), model, &query, actions);
            return None;
        }
        let output = self.rows_ui(ui, model.words, page, known, &columns);
        let visible = page.gone + output.visible.start..page.gone + output.visible.end;
        self.note_selection(page.gone, known);
        let top = known.and_then(|page| page.row(visible.start));
        self.top_entry = top.map(|line| line.entry).or(self.top_entry);
        let need = if self.list.is_following() {
            self.newest()
        } else {
            Need::Visible(visible)
        };
        self.ask(need, model, &query, actions);
        if ui.memory(|memory| memory.has_focus(output.response.id))
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            actions.push(Action::LeaveConversation);
        }
        self.copy_and_menu(ui, model.words, page, &output, actions)
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
        let lines = &conversation.lines;
        let (Some((entry, select)), Some(page)) = (self.going_to, lines.page(query)) else {
            return;
        };
        let Some(place) = lines.place_of(query, entry) else {
            return;
        };
        let Some(row) = place.and_then(|place| place.checked_sub(page.gone)) else {
            if page.about.unread_entries == 0 {
                self.going_to = None;
            }
            return;
        };
        self.going_to = None;
        self.list.renumber(page.gone);
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

    fn ask(&self, need: Need, model: &Model, query: &ConversationQuery, actions: &mut Vec<Action>) {
        let need = match self.going_to {
            Some((entry, _)) => Need::Around {
                entry,
                page: self.list.page(),
            },
            None => need,
        };
        actions.extend(model.timeline.lines_wanted(query, &need).map(Action::Ask));
    }

    fn rows_ui(
        &mut self,
        ui: &mut Ui,
        words: &Language,
        page: &Page<ConversationQuery>,
        known: Option<&Page<ConversationQuery>>,
        columns: &Columns,
    ) -> RowOutput {
        let rows = Rows {
            name: words.conversation.name,
            len: page.len(),
            gone: page.gone,
            row_height: Tokens::of(ui).line_height,
            selectable: true,
            can_follow: true,
        };
        let top = ui.available_rect_before_wrap().top();
        self.list.ui(ui, &rows, |ui, place| {
            let line = known.and_then(|known| known.row(page.gone + place.row));
            row::row_ui(ui, words, place, columns, line, place.rect.top() <= top)
        })
    }

    fn note_selection(&mut self, gone: u64, known: Option<&Page<ConversationQuery>>) {
        let Some(cursor) = self.list.cursor() else {
            if self.going_to.is_none() {
                self.selected = None;
            }
            return;
        };
        if let Some(line) = known.and_then(|page| page.row(gone + cursor)) {
            self.selected = Some(line.entry);
        }
    }

    fn copy_and_menu(
        &mut self,
        ui: &Ui,
        words: &Language,
        page: &Page<ConversationQuery>,
        output: &RowOutput,
        actions: &mut Vec<Action>,
    ) -> Option<u64> {
        let words = &words.conversation;
        let mut to_show = None;
        let selected = self.list.selected();
        let copy = selected.map(|rows| {
            Action::Ask(Request::CopyConversation {
                query: page.of,
                rows: (page.gone + rows.start(), page.gone + rows.end()),
            })
        });
        if output.copy {
            actions.extend(copy.clone());
        }
        output.menu_ui(ui, words.row, |ui| {
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
