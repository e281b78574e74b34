//! What a capture keeps of an endpoint: its name, and how its bytes are read.

use serde::{Deserialize, Serialize};

use super::fields::{FieldWriter, Fields};
use crate::net::Link;

/// What is kept of an endpoint, as text. An empty text stands for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndpointFacts {
    /// Its name.
    pub name: String,
    /// How received bytes are read.
    #[serde(skip_serializing_if = "ReadingFacts::is_empty")]
    pub received: ReadingFacts,
    /// How sent bytes are read.
    #[serde(skip_serializing_if = "ReadingFacts::is_empty")]
    pub sent: ReadingFacts,
}

/// How the bytes of one direction are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadingFacts {
    /// The framing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub framing: String,
    /// The check of each frame.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub check: String,
    /// The text encoding.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub encoding: String,
}

impl ReadingFacts {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The tags of the body of a flow's row: of an endpoint, or of a connection. They never change their meaning; new ones are
/// added.
mod tag {
    pub(super) const NAME: u8 = 1;
    /// Framing, check and encoding of what is received, and of what is sent.
    pub(super) const RECEIVED: [u8; 3] = [2, 3, 4];
    pub(super) const SENT: [u8; 3] = [5, 6, 7];
    /// The addresses of a connection that have no room in its row.
    pub(super) const LOCAL: u8 = 8;
    pub(super) const PEER: u8 = 9;
}

impl EndpointFacts {
    /// Knows nothing but a name.
    pub fn named(name: String) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    /// Encodes the body of the endpoint's row.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut body = FieldWriter::default();
        body.text(tag::NAME, &self.name);
        for (tags, facts) in [(tag::RECEIVED, &self.received), (tag::SENT, &self.sent)] {
            let texts = [&facts.framing, &facts.check, &facts.encoding];
            for (tag, text) in tags.into_iter().zip(texts) {
                if !text.is_empty() {
                    body.text(tag, text);
                }
            }
        }
        body.finish()
    }

    /// Decodes it. Returns `None` if it does not consist of fields.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let fields = Fields::parse(bytes)?;
        let text = |tag| fields.text(tag).unwrap_or_default();
        let reading = |[framing, check, encoding]: [u8; 3]| ReadingFacts {
            framing: text(framing),
            check: text(check),
            encoding: text(encoding),
        };
        Some(Self {
            name: text(tag::NAME),
            received: reading(tag::RECEIVED),
            sent: reading(tag::SENT),
        })
    }
}

/// Encodes the body of a connection's row: the addresses that have no room in it. Empty if there are none.
pub(super) fn encode_names(link: &Link) -> Vec<u8> {
    let mut body = FieldWriter::default();
    let addresses = [
        (tag::LOCAL, link.local.as_ref()),
        (tag::PEER, Some(&link.peer)),
    ];
    for (tag, address) in addresses {
        if let Some(address) = address.filter(|it| it.is_unix()) {
            body.address(tag, address);
        }
    }
    body.finish()
}

/// Returns the connection with the addresses in the body of its row.
pub(super) fn with_names(link: &Link, body: &[u8]) -> Option<Link> {
    let fields = Fields::parse(body)?;
    Some(Link {
        connection: link.connection,
        local: fields.address(tag::LOCAL).or_else(|| link.local.clone()),
        peer: fields
            .address(tag::PEER)
            .unwrap_or_else(|| link.peer.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_of_an_endpoint_are_read_back() {
        let facts = EndpointFacts {
            name: "Server 1".to_owned(),
            received: ReadingFacts {
                framing: "lines".to_owned(),
                ..ReadingFacts::default()
            },
            sent: ReadingFacts {
                encoding: "UTF-16LE".to_owned(),
                ..ReadingFacts::default()
            },
        };
        assert_eq!(EndpointFacts::decode(&facts.encode()), Some(facts));
        assert_eq!(EndpointFacts::decode(&[1]), None);
    }
}
