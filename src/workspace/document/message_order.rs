//! The order of the saved messages, as they are shown and as they stand in the file.

use super::messages::{MessageEdit, SavedMessage, check_folder};
use super::{Document, EditError};

impl Document {
    /// Returns the saved messages folder by folder: first those in none, then the folders in the order of their first
    /// messages.
    pub fn messages_by_folder(&self) -> Vec<(&str, Vec<&SavedMessage>)> {
        let mut folders: Vec<(&str, Vec<&SavedMessage>)> = vec![("", Vec::new())];
        for message in &self.messages {
            let known = folders.iter_mut().find(|(it, _)| *it == message.folder);
            match known {
                Some((_, messages)) => messages.push(message),
                None => folders.push((&message.folder, vec![message])),
            }
        }
        folders.retain(|(_, messages)| !messages.is_empty());
        folders
    }

    /// Returns the edit that moves a message up or down by one place of the list, and from the edge of its folder into the
    /// one beside it; above the first folder there is none. `None` where the list ends.
    pub fn message_step(&self, name: &str, is_down: bool) -> Option<MessageEdit> {
        let folders = self.messages_by_folder();
        let is_it = |it: &&SavedMessage| it.name == name;
        let find = |(_, messages): &(&str, Vec<&SavedMessage>)| messages.iter().position(is_it);
        let (at, place) = folders
            .iter()
            .enumerate()
            .find_map(|(at, it)| Some((at, find(it)?)))?;
        let (folder, messages) = folders.get(at)?;
        let to = |folder: &str, before: Option<&&SavedMessage>| {
            Some(MessageEdit::Place {
                name: name.to_owned(),
                folder: folder.to_owned(),
                before: before.map(|it| it.name.clone()),
            })
        };
        if is_down {
            if place + 1 < messages.len() {
                return to(folder, messages.get(place + 2));
            }
            let (next, messages) = folders.get(at + 1)?;
            return to(next, messages.first());
        }
        if let Some(above) = place.checked_sub(1) {
            return to(folder, messages.get(above));
        }
        let above = at.checked_sub(1).and_then(|above| folders.get(above));
        match above {
            Some((above, _)) => to(above, None),
            None if !folder.is_empty() => to("", None),
            None => None,
        }
    }

    /// Puts a message into a folder, before another one there or last. The file has the order that is shown from then on,
    /// so that no folder moves because its first message does.
    pub(super) fn place_message(
        &mut self,
        name: &str,
        folder: &str,
        before: Option<&str>,
    ) -> Result<(), EditError> {
        check_folder(folder)?;
        let is_there = |it: &SavedMessage| before == Some(&*it.name) && it.folder == folder;
        if self.message(name).is_none() || before.is_some() && !self.messages.iter().any(is_there) {
            return Err(EditError::MessageGone);
        }
        if before == Some(name) {
            return Ok(());
        }
        let folders = self.messages_by_folder();
        let folders: Vec<_> = folders.iter().map(|(it, _)| (*it).to_owned()).collect();
        let rank = |it: &SavedMessage| folders.iter().position(|folder| *folder == it.folder);
        self.messages.sort_by_key(rank);
        let Some(from) = self.messages.iter().position(|it| it.name == name) else {
            return Err(EditError::MessageGone);
        };
        let mut moved = self.messages.remove(from);
        folder.clone_into(&mut moved.folder);
        let messages = &self.messages;
        let to = match before {
            Some(_) => messages.iter().position(is_there),
            None => messages
                .iter()
                .rposition(|it| it.folder == folder)
                .map(|last| last + 1),
        };
        // A new folder stands last, and what is in none before all folders.
        let other = if folder.is_empty() { 0 } else { messages.len() };
        self.messages.insert(to.unwrap_or(other), moved);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::EndpointIds;
    use crate::payload::Draft;

    /// A document with these messages, each as `folder/name`.
    fn document(messages: &[&str]) -> Document {
        let mut document = Document::empty(EndpointIds::default());
        for message in messages {
            let (folder, name) = message.split_once('/').unwrap();
            document.save_message(name, Draft::default()).unwrap();
            let moved = MessageEdit::Move(name.to_owned(), folder.to_owned());
            document.edit_messages(moved).unwrap();
        }
        document
    }

    fn shown(document: &Document) -> String {
        let messages = document
            .messages_by_folder()
            .into_iter()
            .flat_map(|it| it.1);
        let written = messages.map(|it| format!("{}/{}", it.folder, it.name));
        written.collect::<Vec<_>>().join(" ")
    }

    fn step(document: &mut Document, name: &str, is_down: bool) -> bool {
        let edit = document.message_step(name, is_down);
        edit.is_some_and(|edit| document.edit_messages(edit).is_ok())
    }

    #[test]
    fn folders_stand_in_the_order_of_their_first_messages_behind_those_without() {
        let document = document(&["B/one", "/two", "A/three", "B/four"]);
        assert_eq!(shown(&document), "/two B/one B/four A/three");
    }

    #[test]
    fn a_message_goes_down_from_place_to_place_and_up_the_same_way() {
        let mut document = document(&["A/x", "/m", "A/y", "B/z", "/n"]);
        let down = [
            "/n /m A/x A/y B/z",
            "/n A/m A/x A/y B/z",
            "/n A/x A/m A/y B/z",
            "/n A/x A/y A/m B/z",
            "/n A/x A/y B/m B/z",
            "/n A/x A/y B/z B/m",
        ];
        assert_eq!(shown(&document), "/m /n A/x A/y B/z");
        for expected in down {
            assert!(step(&mut document, "m", true));
            assert_eq!(shown(&document), expected);
            // So it stands in the file.
            let text = document.to_text();
            let read = Document::parse(&text, EndpointIds::default()).unwrap().0;
            assert_eq!(shown(&read), expected);
        }
        assert!(!step(&mut document, "m", true));
        for expected in down.iter().rev().skip(1) {
            assert!(step(&mut document, "m", false));
            assert_eq!(shown(&document), *expected);
        }
    }

    #[test]
    fn a_message_leaves_the_first_folder_at_the_top() {
        let mut document = document(&["A/x", "A/y"]);
        assert!(step(&mut document, "x", false));
        assert_eq!(shown(&document), "/x A/y");
        assert!(!step(&mut document, "x", false));
    }

    #[test]
    fn a_folder_stays_where_it_is_when_its_first_message_moves() {
        let mut document = document(&["A/x", "B/y", "A/z"]);
        assert!(step(&mut document, "x", true));
        assert_eq!(shown(&document), "A/z A/x B/y");
    }

    #[test]
    fn a_place_that_there_is_not_changes_nothing() {
        let mut document = document(&["A/x", "B/y"]);
        let mut check = |name: &str, folder: &str, before: Option<&str>, error| {
            let edit = MessageEdit::Place {
                name: name.to_owned(),
                folder: folder.to_owned(),
                before: before.map(str::to_owned),
            };
            assert_eq!(document.edit_messages(edit), Err(error));
            assert_eq!(shown(&document), "A/x B/y");
        };
        check("gone", "A", None, EditError::MessageGone);
        check("x", "A", Some("y"), EditError::MessageGone);
        check("x", "a\nb", None, EditError::NameControl);
    }
}
