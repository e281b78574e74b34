//! Changes to the list of endpoints: add, duplicate, rename, remove.

use super::Document;
use crate::net::{DEFAULT_PORT, EndpointId};
use crate::workspace::address_form::AddressForm;
use crate::workspace::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use crate::workspace::rules::WhomForm;
use crate::workspace::sequences::SequenceForm;

/// The most endpoints of a document; each one that is started is a thread.
pub const MAX_ENDPOINTS: usize = 256;
/// The longest name of an endpoint, in characters.
pub const MAX_NAME_CHARS: usize = 64;

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum EditError {
    /// There are [`MAX_ENDPOINTS`] already.
    TooMany,
    /// The endpoint was removed before.
    Gone,
    /// A name without letters.
    NameEmpty,
    /// A name that is too long.
    NameTooLong,
    /// A name with a line break or the like.
    NameControl,
    /// A name with a colon, which could be taken for an address.
    NameColon,
    /// The message was deleted.
    MessageGone,
    /// A note is too long.
    NoteTooLong,
    /// A message is longer than [`HISTORY_MESSAGE_BYTES`](crate::workspace::HISTORY_MESSAGE_BYTES).
    MessageTooLong,
    /// There are [`MAX_MESSAGES`](super::MAX_MESSAGES) already.
    TooManyMessages,
    /// The sequence was deleted.
    SequenceGone,
    /// There are [`MAX_SEQUENCES`](crate::workspace::MAX_SEQUENCES) already.
    TooManySequences,
    /// Another one has the name.
    NameTaken {
        /// The name.
        name: String,
    },
}

impl Document {
    /// Returns the endpoint with this id.
    pub fn endpoint(&self, id: EndpointId) -> Option<&EndpointForm> {
        self.endpoints.iter().find(|endpoint| endpoint.id == id)
    }

    /// Returns the endpoint with this id, to edit its fields.
    pub fn endpoint_mut(&mut self, id: EndpointId) -> Option<&mut EndpointForm> {
        self.endpoints.iter_mut().find(|endpoint| endpoint.id == id)
    }

    /// Returns the endpoint of this name.
    pub fn named(&self, name: &str) -> Option<&EndpointForm> {
        self.endpoints.iter().find(|endpoint| endpoint.name == name)
    }

    /// Adds an echo server on the next port that no other server of the document has. Its name is `base` with a number.
    pub fn add_server(&mut self, base: &str) -> Result<EndpointId, EditError> {
        let form = ServerForm {
            bind: AddressForm {
                port_text: self.unused_port().to_string(),
                ..AddressForm::default()
            },
            ..ServerForm::default()
        };
        self.add(base, EndpointKind::Server(form), self.endpoints.len())
    }

    /// Adds a client, which follows the first server where there is one. Its name is `base` with a number.
    pub fn add_client(&mut self, base: &str) -> Result<EndpointId, EditError> {
        let mut servers = self
            .endpoints
            .iter()
            .filter(|e| matches!(e.kind, EndpointKind::Server(_)));
        let target = servers
            .next()
            .map_or(TargetForm::Address, |server| TargetForm::Server(server.id));
        let form = ClientForm {
            target,
            ..ClientForm::default()
        };
        self.add(base, EndpointKind::Client(form), self.endpoints.len())
    }

    /// Adds an endpoint that is here for a while only: it is in no file. Its name is `base`, with a number if another
    /// one has that.
    pub fn add_guest(&mut self, base: &str, kind: EndpointKind) -> Result<EndpointId, EditError> {
        let is_taken = self.named(base).is_some();
        let id = self.add(base, kind, self.endpoints.len())?;
        self.guests.insert(id);
        if !is_taken {
            self.rename(id, base)?;
        }
        Ok(id)
    }

    /// Adds a copy of an endpoint below it, with a name of its own: the original's with another number, or `base` with one
    /// if that is nothing but a number. A server's copy has a port of its own.
    pub fn duplicate(&mut self, id: EndpointId, base: &str) -> Result<EndpointId, EditError> {
        let place = self.endpoints.iter().position(|endpoint| endpoint.id == id);
        let (Some(place), Some(original)) = (place, self.endpoint(id).cloned()) else {
            return Err(EditError::Gone);
        };
        let mut kind = original.kind;
        let rules = &mut kind.behaviour_mut().rules;
        *rules = rules.copy();
        if let EndpointKind::Client(form) = &mut kind {
            form.sequences = form.sequences.iter().map(SequenceForm::copy).collect();
        }
        if let EndpointKind::Server(form) = &mut kind
            && form.bind.port_text.trim() != "0"
        {
            form.bind.port_text = self.unused_port().to_string();
        }
        let own_base = original
            .name
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end();
        let base = if own_base.is_empty() { base } else { own_base };
        self.add(base, kind, place + 1)
    }

    /// Moves an endpoint by so many places, down or (below 0) up, as far as there are any.
    pub fn move_endpoint(&mut self, id: EndpointId, places: isize) {
        let Some(place) = self.endpoints.iter().position(|it| it.id == id) else {
            return;
        };
        let moved = self.endpoints.remove(place);
        let to = place.saturating_add_signed(places);
        self.endpoints.insert(to.min(self.endpoints.len()), moved);
    }

    /// Removes an endpoint. Clients that followed it keep the address that was typed for it. The last one that was removed
    /// can be brought back.
    pub fn remove(&mut self, id: EndpointId) -> Result<(), EditError> {
        let place = self.endpoints.iter().position(|endpoint| endpoint.id == id);
        let place = place.ok_or(EditError::Gone)?;
        let removal = self.removal(place);
        self.removed_last = removal.or_else(|| self.removed_last.take());
        let removed = self.endpoints.remove(place);
        if let EndpointKind::Server(server) = &removed.kind {
            self.unfollow(id, server);
        }
        self.forget_recipient(id, &removed.name);
        self.guests.remove(&id);
        self.removed.insert(id, removed.name);
        Ok(())
    }

    /// Gives an endpoint another name, which no other one has.
    pub fn rename(&mut self, id: EndpointId, name: &str) -> Result<(), EditError> {
        let name = name.trim();
        check_endpoint_name(name)?;
        if self
            .endpoints
            .iter()
            .any(|other| other.id != id && other.name == name)
        {
            let name = name.to_owned();
            return Err(EditError::NameTaken { name });
        }
        let endpoint = self.endpoint_mut(id).ok_or(EditError::Gone)?;
        name.clone_into(&mut endpoint.name);
        Ok(())
    }

    /// Returns `base` with the first number from 1 on that makes a name that no endpoint has.
    pub(in crate::workspace) fn unused_name(&self, base: &str) -> String {
        // The numbers' digits and the space need some of the room.
        let base: String = base.chars().take(MAX_NAME_CHARS - 8).collect();
        let mut number = 1_u64;
        loop {
            let name = format!("{base} {number}");
            if self.endpoints.iter().all(|endpoint| endpoint.name != name) {
                return name;
            }
            number += 1;
        }
    }

    fn add(
        &mut self,
        base: &str,
        kind: EndpointKind,
        place: usize,
    ) -> Result<EndpointId, EditError> {
        if self.endpoints.len() >= MAX_ENDPOINTS {
            return Err(EditError::TooMany);
        }
        let (id, name) = (self.ids.next(), self.unused_name(base));
        self.endpoints
            .insert(place, EndpointForm { id, name, kind });
        Ok(id)
    }

    /// Returns the first port from the default one on that no server of the document has.
    fn unused_port(&self) -> u16 {
        let is_unused = |port: &u16| {
            self.endpoints.iter().all(|endpoint| match &endpoint.kind {
                EndpointKind::Server(form) => form.bind.port_text.trim() != port.to_string(),
                EndpointKind::Client(_) => true,
            })
        };
        (DEFAULT_PORT..=u16::MAX).find(is_unused).unwrap_or(0)
    }

    /// Leaves the rules that were for an endpoint with its name only, which is what is wrong with them then.
    fn forget_recipient(&mut self, id: EndpointId, name: &str) {
        for endpoint in &mut self.endpoints {
            for to in endpoint.kind.behaviour_mut().rules.recipients_mut() {
                if *to == WhomForm::Endpoint(id) {
                    *to = WhomForm::Gone(name.to_owned());
                }
            }
        }
    }

    fn unfollow(&mut self, id: EndpointId, server: &ServerForm) {
        for endpoint in &mut self.endpoints {
            if let EndpointKind::Client(client) = &mut endpoint.kind
                && client.target == TargetForm::Server(id)
            {
                client.target = TargetForm::Address;
                client.remote.clone_from(&server.bind);
            }
        }
    }
}

/// Checks a name of an endpoint or a message.
pub(super) fn check_name(name: &str) -> Result<(), EditError> {
    if name.is_empty() {
        return Err(EditError::NameEmpty);
    }
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(EditError::NameTooLong);
    }
    if name.chars().any(char::is_control) {
        return Err(EditError::NameControl);
    }
    Ok(())
}

/// Checks a name of an endpoint, which is never taken for an address.
pub(super) fn check_endpoint_name(name: &str) -> Result<(), EditError> {
    check_name(name)?;
    if name.contains(':') {
        return Err(EditError::NameColon);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::EndpointIds;

    fn names(document: &Document) -> Vec<&str> {
        document
            .endpoints
            .iter()
            .map(|endpoint| endpoint.name.as_str())
            .collect()
    }

    fn server(document: &Document, id: EndpointId) -> &ServerForm {
        match &document.endpoint(id).unwrap().kind {
            EndpointKind::Server(form) => form,
            EndpointKind::Client(_) => panic!("a client"),
        }
    }

    fn client(document: &Document, id: EndpointId) -> &ClientForm {
        match &document.endpoint(id).unwrap().kind {
            EndpointKind::Client(form) => form,
            EndpointKind::Server(_) => panic!("a server"),
        }
    }

    #[test]
    fn a_further_server_has_the_next_name_and_port() {
        let mut document = Document::default();
        let second = document.add_server("Server").unwrap();
        let third = document.add_server("Server").unwrap();
        assert_eq!(
            names(&document),
            ["Server 1", "Client 1", "Server 2", "Server 3"]
        );
        assert_eq!(server(&document, second).bind.port_text, "9001");
        assert_eq!(server(&document, third).bind.port_text, "9002");
    }

    #[test]
    fn a_further_client_follows_the_first_server() {
        let mut document = Document::default();
        let added = document.add_client("Client").unwrap();
        assert_eq!(
            client(&document, added).target,
            TargetForm::Server(EndpointId(1))
        );
        let alone = Document::empty(EndpointIds::default())
            .add_client("Client")
            .unwrap();
        assert_eq!(alone, EndpointId(1));
    }

    #[test]
    fn a_duplicate_stands_below_with_its_own_name_and_port() {
        let mut document = Document::default();
        let copy = document.duplicate(EndpointId(1), "Copy").unwrap();
        document.duplicate(EndpointId(2), "Copy").unwrap();
        assert_eq!(
            names(&document),
            ["Server 1", "Server 2", "Client 1", "Client 2"]
        );
        assert_eq!(server(&document, copy).bind.port_text, "9001");
        assert_eq!(
            document.duplicate(EndpointId(99), "Copy"),
            Err(EditError::Gone)
        );
    }

    #[test]
    fn an_endpoint_moves_as_far_as_there_are_places() {
        let mut document = Document::default();
        document.add_server("Server").unwrap();
        let mut check = |id: u32, places: isize, expected: [&str; 3]| {
            document.move_endpoint(EndpointId(id), places);
            assert_eq!(names(&document), expected, "{id} by {places}");
        };
        check(1, 1, ["Client 1", "Server 1", "Server 2"]);
        check(1, 9, ["Client 1", "Server 2", "Server 1"]);
        check(1, -2, ["Server 1", "Client 1", "Server 2"]);
        check(2, -9, ["Client 1", "Server 1", "Server 2"]);
        check(99, 1, ["Client 1", "Server 1", "Server 2"]);
    }

    #[test]
    fn a_guest_is_in_no_file() {
        let mut document = Document::default();
        let before = document.to_text();
        let kind = EndpointKind::Server(ServerForm::default());
        let guest = document.add_guest("Guest", kind.clone()).unwrap();
        let second = document.add_guest("Guest", kind).unwrap();
        assert_eq!(names(&document)[2..], ["Guest", "Guest 1"]);
        assert!(document.is_guest(second));
        assert_eq!(document.to_text(), before);
        // A client of one is saved with its address.
        let form = document.endpoint_mut(EndpointId(2)).unwrap();
        let EndpointKind::Client(client) = &mut form.kind else {
            panic!("a server");
        };
        client.target = TargetForm::Server(guest);
        let read = Document::parse(&document.to_text(), EndpointIds::default());
        let (read, _) = read.unwrap();
        let saved = client_of(&read);
        assert_eq!(saved.target, TargetForm::Address);
        document.remove(guest).unwrap();
        assert!(!document.is_guest(guest));
    }

    fn client_of(document: &Document) -> &ClientForm {
        client(document, EndpointId(2))
    }

    #[test]
    fn an_id_is_never_used_twice() {
        let mut document = Document::default();
        let first = document.add_server("Server").unwrap();
        document.remove(first).unwrap();
        assert_ne!(document.add_server("Server").unwrap(), first);
        assert_eq!(document.remove(first), Err(EditError::Gone));
    }

    #[test]
    fn a_removed_endpoint_keeps_its_name() {
        let mut document = Document::default();
        document.remove(EndpointId(1)).unwrap();
        assert_eq!(document.name(EndpointId(1)), Some("Server 1"));
        let name = |id| document.names().get(&EndpointId(id)).cloned();
        let both = [Some("Server 1".to_owned()), Some("Client 1".to_owned())];
        assert_eq!([name(1), name(2)], both);
    }

    #[test]
    fn clients_of_a_removed_server_keep_its_address() {
        let mut document = Document::default();
        document.remove(EndpointId(1)).unwrap();
        let left = client(&document, EndpointId(2));
        assert_eq!(left.target, TargetForm::Address);
        assert_eq!(
            (
                left.remote.host_text.as_str(),
                left.remote.port_text.as_str()
            ),
            ("127.0.0.1", "9000")
        );
        document.remove(EndpointId(2)).unwrap();
    }

    #[test]
    fn names_are_unique_and_plain() {
        let mut document = Document::default();
        let mut check = |name: &str, expected: Result<(), EditError>| {
            assert_eq!(document.rename(EndpointId(1), name), expected);
        };
        check(" Printer ", Ok(()));
        check("Printer", Ok(()));
        check("127.0.0.1:9000", Err(EditError::NameColon));
        check("", Err(EditError::NameEmpty));
        check("a\nb", Err(EditError::NameControl));
        check(&"x".repeat(MAX_NAME_CHARS + 1), Err(EditError::NameTooLong));
        let name = "Client 1".to_owned();
        check("Client 1", Err(EditError::NameTaken { name }));
        assert_eq!(names(&document), ["Printer", "Client 1"]);
    }

    #[test]
    fn endpoints_are_bounded() {
        let mut document = Document::empty(EndpointIds::default());
        for _ in 0..MAX_ENDPOINTS {
            document.add_server("Server").unwrap();
        }
        assert_eq!(document.add_client("Client"), Err(EditError::TooMany));
        assert_eq!(
            document.duplicate(EndpointId(1), "Copy"),
            Err(EditError::TooMany)
        );
    }
}
