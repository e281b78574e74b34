//! The groups that an endpoint's connections have joined. Knows no connection but by its id.

use std::collections::{BTreeSet, HashMap};

use bytes::Bytes;

use super::error::NetError;
use super::id::FlowId;

/// How many memberships an endpoint may have. Joining beyond it is refused.
const MAX_MEMBERSHIPS: usize = 65_536;
/// The longest name of a group, in bytes. Joining one with a longer name is refused.
const MAX_NAME_BYTES: usize = 256;

/// Groups by name, and who is in them.
#[derive(Debug, Default)]
pub(super) struct ConnectionGroups {
    members: HashMap<Bytes, BTreeSet<FlowId>>,
    joined: HashMap<FlowId, BTreeSet<Bytes>>,
    memberships: usize,
}

impl ConnectionGroups {
    /// Adds a connection to a group; it may be in it already.
    ///
    /// # Errors
    /// The name is too long, or there are too many memberships.
    pub(super) fn join(&mut self, id: FlowId, name: &[u8]) -> Result<(), NetError> {
        if name.len() > MAX_NAME_BYTES {
            return Err(NetError::GroupName {
                bytes: name.len() as u64,
                limit_bytes: MAX_NAME_BYTES as u64,
            });
        }
        if self.members.get(name).is_some_and(|it| it.contains(&id)) {
            return Ok(());
        }
        if self.memberships >= MAX_MEMBERSHIPS {
            return Err(NetError::GroupsFull {
                limit: MAX_MEMBERSHIPS as u64,
            });
        }
        let known = self.members.get_key_value(name).map(|(name, _)| name);
        // A name that is a part of a message would keep all of it.
        let name = known.map_or_else(|| Bytes::copy_from_slice(name), Bytes::clone);
        self.joined.entry(id).or_default().insert(name.clone());
        self.members.entry(name).or_default().insert(id);
        self.memberships += 1;
        Ok(())
    }

    /// Removes a connection from a group; it need not be in it.
    pub(super) fn leave(&mut self, id: FlowId, name: &[u8]) {
        let Some(members) = self.members.get_mut(name) else {
            return;
        };
        if members.remove(&id) {
            self.memberships -= 1;
        }
        if members.is_empty() {
            self.members.remove(name);
        }
        if let Some(joined) = self.joined.get_mut(&id) {
            joined.remove(name);
            if joined.is_empty() {
                self.joined.remove(&id);
            }
        }
    }

    /// Removes a connection that has ended from all groups.
    pub(super) fn leave_all(&mut self, id: FlowId) {
        for name in self.joined.remove(&id).unwrap_or_default() {
            self.leave(id, &name);
        }
    }

    /// Returns the connections in a group.
    pub(super) fn members(&self, name: &[u8]) -> impl Iterator<Item = FlowId> {
        self.members.get(name).into_iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(groups: &ConnectionGroups, name: &str) -> Vec<u64> {
        let members = groups.members(name.as_bytes());
        members.map(|id| id.number).collect()
    }

    #[test]
    fn connections_join_and_leave_and_leave_all_when_they_end() {
        let mut groups = ConnectionGroups::default();
        for (number, name) in [(1, "a"), (2, "a"), (2, "b"), (2, "b"), (3, "b")] {
            groups
                .join(FlowId::server(number), name.as_bytes())
                .unwrap();
        }
        assert_eq!(members(&groups, "a"), [1, 2]);
        groups.leave(FlowId::server(3), b"b");
        groups.leave(FlowId::server(3), b"b");
        groups.leave(FlowId::server(3), b"no such");
        assert_eq!(members(&groups, "b"), [2]);
        groups.leave_all(FlowId::server(2));
        assert_eq!(
            (members(&groups, "a"), members(&groups, "b")),
            (vec![1], vec![])
        );
        groups.leave_all(FlowId::server(1));
        assert!(groups.members.is_empty() && groups.joined.is_empty());
        assert_eq!(groups.memberships, 0);
    }

    #[test]
    fn names_and_memberships_are_bounded() {
        let mut groups = ConnectionGroups::default();
        let id = FlowId::server;
        assert!(groups.join(id(1), &[b'x'; MAX_NAME_BYTES]).is_ok());
        let long = groups.join(id(1), &[b'x'; MAX_NAME_BYTES + 1]);
        assert!(matches!(long, Err(NetError::GroupName { bytes: 257, .. })));
        for number in 2..=MAX_MEMBERSHIPS as u64 {
            groups.join(id(number), b"all").unwrap();
        }
        let full = groups.join(id(1), b"all");
        assert!(matches!(full, Err(NetError::GroupsFull { limit: 65_536 })));
        assert!(groups.join(id(2), b"all").is_ok(), "it is there already");
        groups.leave_all(id(2));
        assert!(groups.join(id(1), b"all").is_ok());
    }
}
