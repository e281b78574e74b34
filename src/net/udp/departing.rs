//! Datagrams that are sent together: in their order, each with what became of it.

use std::io;
use std::net::{IpAddr, SocketAddr};

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(in crate::net) struct Departing<'a> {
    pub(in crate::net) bytes: &'a [u8],
    /// Where it goes.
    pub(in crate::net) to: SocketAddr,
    /// The address of ours that it is from, where the socket has several.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(
            dead_code,
            reason = "only Linux lets us choose the address to send from"
        )
    )]
    pub(in crate::net) from: Option<IpAddr>,
}

/// How often a datagram is given to the system that answers with an error, which may each time be about an earlier one.
const MOST_ATTEMPTS: u32 = 4;

/// Sends `count` datagrams in their order. `send` sends those from one place on, as many as it can, and returns how many;
/// its error is about the first of them. `not_sent` is called for each that the system did not take: once there is no room,
/// for all that are left.
///
/// Returns whether the network may have said something of earlier ones meanwhile.
pub(super) fn send_in_order(
    count: usize,
    mut send: impl FnMut(usize) -> io::Result<usize>,
    mut not_sent: impl FnMut(usize, io::Error),
) -> bool {
    let (mut place, mut attempts, mut saw_trouble) = (0, 0, false);
    while place < count {
        match send(place) {
            Ok(taken) => {
                // Zero would be none of its answers, and be repeated for ever.
                place += taken.max(1);
                // The next one had an error, which no call returns any more if it was about an earlier one (`sendmmsg(2)`).
                saw_trouble |= place < count;
                attempts = 0;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                for place in place..count {
                    not_sent(place, io::ErrorKind::WouldBlock.into());
                }
                return saw_trouble;
            }
            // What the network said of an earlier datagram is returned once, by whichever call comes next; the flow that
            // it concerns learns of it from the error queue. Any error can be such a one (`icmp(7)` has a dozen), and none of
            // them sent anything.
            Err(error) => {
                saw_trouble = true;
                attempts += 1;
                if attempts == MOST_ATTEMPTS {
                    not_sent(place, error);
                    place += 1;
                    attempts = 0;
                }
            }
        }
    }
    saw_trouble
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind::{
        self, ConnectionRefused, Interrupted, PermissionDenied, QuotaExceeded, WouldBlock,
    };

    use super::*;

    /// What each call is asked to begin with and answers, and what was not sent for which reason.
    fn check(
        count: usize,
        calls: &[(usize, Result<usize, ErrorKind>)],
        expected: &[(usize, ErrorKind)],
    ) {
        let reports = |it: &(usize, Result<usize, ErrorKind>)| match it.1 {
            Ok(sent) => it.0 + sent < count,
            Err(kind) => !matches!(kind, Interrupted | WouldBlock),
        };
        let expected_trouble = calls.iter().any(reports);
        let mut calls = calls.iter();
        let mut refused = Vec::new();
        let saw_trouble = send_in_order(
            count,
            |place| {
                let (begins, answer) = calls.next().expect("a call too many");
                assert_eq!(place, *begins);
                answer.map_err(Into::into)
            },
            |place, error| refused.push((place, error.kind())),
        );
        assert_eq!(calls.next(), None, "a call too few");
        assert_eq!((&refused[..], saw_trouble), (expected, expected_trouble));
    }

    #[test]
    fn each_datagram_has_its_own_error() {
        check(0, &[], &[]);
        check(3, &[(0, Ok(3))], &[]);
        // Cut short without an error: the next call says why.
        check(3, &[(0, Ok(1)), (1, Ok(2))], &[]);
        let refused = [(2, Err(QuotaExceeded)); MOST_ATTEMPTS as usize];
        let calls = [&[(0, Ok(2))], &refused[..], &[(3, Ok(1))]].concat();
        check(4, &calls, &[(2, QuotaExceeded)]);
        check(
            3,
            &[(0, Ok(1)), (1, Err(WouldBlock))],
            &[(1, WouldBlock), (2, WouldBlock)],
        );
        check(2, &[(0, Err(Interrupted)), (0, Ok(2))], &[]);
        // They may be about earlier ones, whatever they say; the last is about this one if they do not end.
        check(2, &[(0, Err(ConnectionRefused)), (0, Ok(2))], &[]);
        check(
            2,
            &[
                (0, Err(ConnectionRefused)),
                (0, Err(QuotaExceeded)),
                (0, Err(Interrupted)),
                (0, Err(ConnectionRefused)),
                (0, Ok(2)),
            ],
            &[],
        );
        check(
            2,
            &[
                (0, Err(PermissionDenied)),
                (0, Err(QuotaExceeded)),
                (0, Err(PermissionDenied)),
                (0, Err(PermissionDenied)),
                (1, Err(QuotaExceeded)),
                (1, Ok(1)),
            ],
            &[(0, PermissionDenied)],
        );
    }
}
