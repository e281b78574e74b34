//! The keys of JSON lines that only events of UDP have.

use std::net::IpAddr;

use serde::Serialize;

use crate::capture::EventKind;

/// What an event of UDP says in numbers.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct UdpKeys {
    /// The multicast groups that a socket has joined.
    #[serde(skip_serializing_if = "<[IpAddr]>::is_empty")]
    groups: Vec<IpAddr>,
    /// How many bytes of a datagram that was cut were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_bytes: Option<u64>,
    /// How many it had, if the system says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole_bytes: Option<u64>,
    /// How many datagrams were dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    datagrams: Option<u64>,
}

impl UdpKeys {
    /// Returns those of an event, if it has any.
    pub(super) fn of(kind: &EventKind) -> Option<Self> {
        let keys = match kind {
            EventKind::Bound { groups, .. } => Self {
                groups: groups.clone(),
                ..Self::default()
            },
            EventKind::Truncated { read_bytes, bytes } => Self {
                read_bytes: Some(*read_bytes),
                whole_bytes: *bytes,
                ..Self::default()
            },
            EventKind::Dropped { datagrams } => Self {
                datagrams: Some(*datagrams),
                ..Self::default()
            },
            _ => return None,
        };
        (keys != Self::default()).then_some(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_events_of_udp_have_keys_of_their_own() {
        let check = |kind: EventKind, expected: &str| {
            let keys = UdpKeys::of(&kind);
            assert_eq!(serde_json::to_string(&keys).unwrap(), expected, "{kind:?}");
        };
        let bound = |groups| EventKind::Bound {
            local: "udp://127.0.0.1:9000".parse().unwrap(),
            dual_stack: false,
            groups,
        };
        check(bound(Vec::new()), "null");
        let groups = ["239.1.2.3", "ff02::fb"].map(|group| group.parse().unwrap());
        check(
            bound(groups.to_vec()),
            r#"{"groups":["239.1.2.3","ff02::fb"]}"#,
        );
        let truncated = |bytes| EventKind::Truncated {
            read_bytes: 9,
            bytes,
        };
        check(truncated(None), r#"{"read_bytes":9}"#);
        check(truncated(Some(10)), r#"{"read_bytes":9,"whole_bytes":10}"#);
        check(EventKind::Dropped { datagrams: 3 }, r#"{"datagrams":3}"#);
        check(EventKind::Stopped, "null");
    }
}
