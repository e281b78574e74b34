//! How often the kernel is asked: five times a second while something changes, once a second while nothing does.

use std::time::Duration;

use crate::capture::ConnectionStatus;
use crate::model::Now;
use crate::net::kernel::{KernelNumbers, KernelWatch, SocketNumbers, TcpInfo, TcpInfoField};

/// How long after the last change the kernel is asked often, in seconds.
const LIVELY: f64 = 3.0;
/// How often it is asked while nothing changes.
const QUIET: Duration = Duration::from_secs(1);

/// What changed last, and when.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    counts: Option<(u64, u64, bool, bool)>,
    numbers: Option<KernelNumbers>,
    changed: Now,
}

impl Pulse {
    /// Returns how often to ask, given what is known now.
    pub(super) fn every(
        &mut self,
        status: &ConnectionStatus,
        newest: Option<&KernelNumbers>,
        now: Now,
    ) -> Duration {
        let (sends, lives) = (status.state.can_send(), status.state.is_live());
        let counts = Some((status.received_bytes, status.sent_bytes, sends, lives));
        let is_new = match (&self.numbers, newest) {
            (Some(before), Some(newest)) => !is_same(before, newest),
            (before, newest) => before.is_some() != newest.is_some(),
        };
        if is_new || counts != self.counts {
            self.counts = counts;
            self.numbers = newest.cloned();
            self.changed = now;
        }
        if now.0 - self.changed.0 < LIVELY {
            KernelWatch::USUAL
        } else {
            QUIET
        }
    }
}

/// Returns whether two looks at the kernel differ in nothing but the time that has passed.
fn is_same(one: &KernelNumbers, other: &KernelNumbers) -> bool {
    let is_end = |one: &Option<SocketNumbers>, other: &Option<SocketNumbers>| match (one, other) {
        (Some(one), Some(other)) => {
            one.state == other.state
                && one.receive_queue_bytes == other.receive_queue_bytes
                && one.send_queue_bytes == other.send_queue_bytes
                && settled(&one.info).eq(settled(&other.info))
        }
        (one, other) => one.is_none() && other.is_none(),
    };
    one.queue == other.queue && is_end(&one.ours, &other.ours) && is_end(&one.peer, &other.peer)
}

/// Returns the numbers that do not change by themselves.
fn settled(info: &TcpInfo) -> impl Iterator<Item = (TcpInfoField, u64)> {
    info.iter().filter(|(field, _)| {
        !matches!(
            field,
            TcpInfoField::LastDataSent
                | TcpInfoField::LastDataReceived
                | TcpInfoField::LastAckReceived
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::kernel::{Inquiry, TcpState};

    fn numbers(send_queue_bytes: u32, idle_millis: u64) -> KernelNumbers {
        let ours = SocketNumbers {
            receive_queue_bytes: Some(0),
            send_queue_bytes: Some(send_queue_bytes),
            info: TcpInfo::of([
                (TcpInfoField::LastDataSent, idle_millis),
                (TcpInfoField::RoundTrip, 90),
            ]),
            ..SocketNumbers::of_state(Inquiry::SockDiag, TcpState::Established)
        };
        KernelNumbers {
            ours: Some(ours),
            ..KernelNumbers::default()
        }
    }

    #[test]
    fn only_the_passing_of_time_is_no_change() {
        assert!(is_same(&numbers(0, 10), &numbers(0, 210)));
        assert!(!is_same(&numbers(0, 10), &numbers(5, 10)));
        assert!(!is_same(&numbers(0, 10), &KernelNumbers::default()));
        assert!(is_same(
            &KernelNumbers::default(),
            &KernelNumbers::default()
        ));
    }
}
