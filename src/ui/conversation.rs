//! A followed connection, in the timeline's place: everything that was received and sent as one text or dump.

mod header;
mod matches;
mod row;

use std::ops::Range;

use egui::Ui;

use super::find::{FindField, MatchesHere};
use super::widgets::row_list::{RowList, RowOutput, Rows};
use super::widgets::{button, hint};
use super::wish::FindStep;
use super::{Action, Cx, Tokens, Wish};
use crate::capture::{ConversationQuery, Page, Request};
use crate::model::{ConversationModel, Model, Need};
use crate::net::{ByDirection, Direction, FlowId};
use crate::payload::{Encoding, RowRule};
use row::TranscriptColumns;

/// The view's own state.
#[derive(Debug, Default)]
pub(super) struct ConversationPanel {
    list: RowList,
    find: FindField,
    form: Form,
    only: Option<Direction>,
    /// The connection, and the document of it, that the list's places are about.
    connection: Option<FlowId>,
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
    fn rules(
        self,
        columns: &TranscriptColumns,
        encodings: ByDirection<Encoding>,
    ) -> ByDirection<RowRule> {
        let (short, columns) = (columns.is_short, columns.chars);
        encodings.map(|&encoding| match self {
            Self::Text => RowRule::Text { columns, encoding },
            Self::Escaped => RowRule::Escaped { columns, encoding },
            Self::Hex => RowRule::Hex { short },
        })
    }
}

impl ConversationPanel {
    /// Takes a step of the find field.
    pub(super) fn find(&mut self, step: FindStep) {
        self.find.take_step(step);
    }

    /// Takes the matches in what the detail pane shows.
    pub(super) fn matches_here(&mut self, here: Option<MatchesHere>) {
        self.find.take_here(here);
    }

    /// Returns the selected piece's entry: what the detail pane shows.
    pub(super) fn selected(&self) -> Option<u64> {
        self.selected
    }

    /// Shows the connection that is followed.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, conversation: &ConversationModel) {
        self.follow_connection(cx, conversation);
        self.header_ui(ui, cx, conversation);
        if let Some(entry) = self.find.take_found(&cx.timeline) {
            self.going_to = Some((entry, true));
            self.find.show_match(cx, entry);
        }
        let columns = TranscriptColumns::new(ui);
        let encodings = cx.encodings_of(conversation.endpoint);
        let query = ConversationQuery {
            connection: conversation.connection,
            rules: self.form.rules(&columns, encodings),
            only: self.only,
        };
        self.follow_query(query);
        self.arrive(conversation, &query);
        // While another document is read, the list stays, and with it the keyboard's focus.
        let known = conversation.lines.page(&query);
        let Some(page) = known.or(conversation.lines.newest_page()) else {
            return self.ask(cx, &query, None);
        };
        if known.is_some() && page.is_empty() && page.about.unread_entries == 0 {
            hint(ui, cx.words.conversation.empty);
            return self.ask(cx, &query, None);
        }
        let output = self.rows_ui(ui, cx, page, known, &columns);
        let newer = cx.words.timeline.newer(output.newer);
        self.list.newer_ui(ui, &output, &newer);
        let visible = page.gone + output.visible.start..page.gone + output.visible.end;
        self.note_selection(page.gone, known);
        let top = known.and_then(|page| page.row(visible.start));
        self.top_entry = top.map(|line| line.entry).or(self.top_entry);
        self.ask(cx, &query, Some(visible));
        self.copy_and_menu(ui, cx, page, &output);
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

    /// Asks for the rows around the entry to go to, for the newest ones, or for those in sight.
    fn ask(&self, cx: &Cx<'_>, query: &ConversationQuery, visible: Option<Range<u64>>) {
        let page = self.list.page();
        let need = match (self.going_to, visible) {
            (Some((entry, _)), _) => Need::Around { entry, page },
            (None, Some(visible)) if !self.list.is_following() => Need::Visible(visible),
            (None, _) => Need::Newest { page },
        };
        cx.extend(cx.timeline.lines_wanted(query, &need).map(Action::Ask));
    }

    fn rows_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        page: &Page<ConversationQuery>,
        known: Option<&Page<ConversationQuery>>,
        columns: &TranscriptColumns,
    ) -> RowOutput {
        let rows = Rows {
            name: cx.words.conversation.name,
            len: page.len(),
            gone: page.gone,
            row_height: Tokens::LINE_HEIGHT,
            selectable: true,
            ticks: cx
                .timeline
                .find()
                .ticks
                .as_deref()
                .filter(|_| self.find.is_shown()),
        };
        let top = ui.available_rect_before_wrap().top();
        let mut highlights = self.find.highlights(cx.timeline.find());
        let connection = page.of.connection;
        let lines = cx.timeline.conversation.as_ref().map(|it| &it.lines);
        self.list.ui(ui, &rows, |ui, place| {
            let line = known.zip(lines);
            let line = line.and_then(|(of, lines)| lines.row(&of.of, page.gone + place.row));
            let is_top = place.rect.top() <= top;
            let highlights = highlights
                .as_mut()
                .map(|highlights| (highlights, connection));
            row::row_ui(ui, cx.words, place, columns, (line, is_top), highlights)
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
        cx: &Cx<'_>,
        page: &Page<ConversationQuery>,
        output: &RowOutput,
    ) {
        let words = &cx.words.conversation;
        let copy = self.list.selected().map(|rows| {
            Action::Ask(Request::CopyConversation {
                query: page.of,
                rows: (page.gone + rows.start(), page.gone + rows.end()),
            })
        });
        if output.copy {
            cx.extend(copy.clone());
        }
        output.menu_ui(ui, words.row, |ui| {
            if button::menu_item(ui, words.copy_rows) {
                cx.extend(copy);
            }
            if button::menu_item(ui, words.show_in_timeline) {
                cx.push(Action::LeaveConversation);
                if let Some(entry) = self.selected {
                    cx.wish(Wish::GoTo(entry));
                }
            }
        });
    }
}
