//! The endpoint that was removed last: what is needed to bring it back as it was.

use super::Document;
use super::edit::{EditError, MAX_ENDPOINTS};
use crate::net::EndpointId;
use crate::workspace::address_form::AddressForm;
use crate::workspace::endpoint::{EndpointForm, EndpointKind, TargetForm};
use crate::workspace::rules::WhomForm;

/// The endpoint that was removed last, and how it stood in the document.
#[derive(Clone, Debug)]
pub(super) struct Removed {
    place: usize,
    form: EndpointForm,
    /// The clients that followed it, and the address that each would have connected to otherwise.
    followers: Vec<(EndpointId, AddressForm)>,
}

impl Document {
    /// Returns the endpoint that was removed last and can be brought back.
    pub fn removed_endpoint(&self) -> Option<&EndpointForm> {
        Some(&self.removed_last.as_ref()?.form)
    }

    /// Returns what brings an endpoint back after its removal. One that is here for a while only does not come back.
    pub(super) fn removal(&self, place: usize) -> Option<Removed> {
        let form = self.endpoints.get(place)?;
        if self.is_guest(form.id) {
            return None;
        }
        let follower = |it: &EndpointForm| match &it.kind {
            EndpointKind::Client(client) if client.target == TargetForm::Server(form.id) => {
                Some((it.id, client.remote.clone()))
            }
            _ => None,
        };
        Some(Removed {
            place,
            form: form.clone(),
            followers: self.endpoints.iter().filter_map(follower).collect(),
        })
    }

    /// Brings the endpoint back that was removed last, to its place and to those that followed it or named it, as far as
    /// they are as its removal left them.
    ///
    /// # Errors
    ///
    /// There is none, or there are too many endpoints. Then nothing has changed.
    pub fn restore_endpoint(&mut self) -> Result<EndpointId, EditError> {
        if self.endpoints.len() >= MAX_ENDPOINTS {
            return Err(EditError::TooMany);
        }
        let removed = self.removed_last.take().ok_or(EditError::Gone)?;
        let Removed {
            place,
            mut form,
            followers,
        } = removed;
        let id = form.id;
        for (client, remote) in followers {
            if let Some(it) = self.endpoint_mut(client) {
                follow_again(&mut it.kind, &form, remote);
            }
        }
        for endpoint in &mut self.endpoints {
            for to in endpoint.kind.behaviour_mut().rules.recipients_mut() {
                if matches!(to, WhomForm::Gone(name) if *name == form.name) {
                    *to = WhomForm::Endpoint(id);
                }
            }
        }
        if self.named(&form.name).is_some() {
            form.name = self.unused_name(&form.name);
        }
        self.removed.remove(&id);
        let place = place.min(self.endpoints.len());
        self.endpoints.insert(place, form);
        Ok(id)
    }
}

/// Makes a client follow a server again, unless it was aimed elsewhere meanwhile.
fn follow_again(client: &mut EndpointKind, server: &EndpointForm, remote: AddressForm) {
    if let (EndpointKind::Client(client), EndpointKind::Server(form)) = (client, &server.kind)
        && client.target == TargetForm::Address
        && client.remote == form.bind
    {
        client.target = TargetForm::Server(server.id);
        client.remote = remote;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(document: &Document) -> Vec<&str> {
        let endpoints = document.endpoints.iter();
        endpoints.map(|it| it.name.as_str()).collect()
    }

    #[test]
    fn a_removed_endpoint_comes_back_where_it_was_with_its_followers() {
        let mut document = Document::default();
        let before = document.endpoints.clone();
        let server = before[0].id;
        document.remove(server).unwrap();
        assert_eq!(document.removed_endpoint(), Some(&before[0]));
        assert_eq!(document.restore_endpoint(), Ok(server));
        assert_eq!(document.endpoints, before);
        assert!(document.removed_endpoint().is_none());
        assert_eq!(document.restore_endpoint(), Err(EditError::Gone));
    }

    #[test]
    fn who_was_aimed_elsewhere_meanwhile_stays_so_and_a_taken_name_gets_a_number() {
        let mut document = Document::default();
        let (server, client) = (document.endpoints[0].id, document.endpoints[1].id);
        document.remove(server).unwrap();
        let other = document.add_server("Server").unwrap();
        assert_eq!(document.name(other), Some("Server 1"));
        let EndpointKind::Client(form) = &mut document.endpoint_mut(client).unwrap().kind else {
            unreachable!("a client");
        };
        form.target = TargetForm::Server(other);
        document.restore_endpoint().unwrap();
        assert_eq!(names(&document), ["Server 1 1", "Client 1", "Server 1"]);
        let kind = &document.endpoint(client).unwrap().kind;
        assert_eq!(kind.follows(), Some(other));
    }

    #[test]
    fn a_guest_does_not_come_back() {
        let mut document = Document::default();
        let kind = document.endpoints[0].kind.clone();
        let guest = document.add_guest("Guest", kind).unwrap();
        document.remove(guest).unwrap();
        assert!(document.removed_endpoint().is_none());
    }
}
