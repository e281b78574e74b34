//! The fast path for waiting on Linux: `epoll_wait(2)` on the descriptor that `polling` holds.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::event::Timespec;
use rustix::event::epoll::{self, EventFlags};
use rustix::io::Errno;

use super::{Key, READY_PER_TURN, Readiness};

/// The key that `polling` reserves for its own descriptors.
const NOTIFIER: u64 = usize::MAX as u64;

/// How to wait until a deadline.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wait {
    /// In whole milliseconds that end before it, or not at all if it is over; `None` for ever.
    Coarse(Option<Timespec>),
    /// Until then: it is too near.
    Exact(Instant),
}

impl Wait {
    pub(super) fn until(deadline: Option<Instant>) -> Self {
        /// As `epoll_wait(2)` takes it.
        const LONGEST: u32 = i32::MAX.unsigned_abs();
        /// What is left for an exact wait at least, so that no timer fires late.
        const LEFT: Duration = Duration::from_millis(1);
        let Some(deadline) = deadline else {
            return Self::Coarse(None);
        };
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            // It is over: whoever waits only looks what is ready.
            return Self::Coarse(Some(Timespec {
                tv_sec: 0,
                tv_nsec: 0,
            }));
        }
        let millis = left.saturating_sub(LEFT).as_millis();
        match u32::try_from(millis).map_or(LONGEST, |it| it.min(LONGEST)) {
            0 => Self::Exact(deadline),
            millis => Self::Coarse(Some(Timespec {
                tv_sec: (millis / 1_000).into(),
                tv_nsec: (millis % 1_000 * 1_000_000).into(),
            })),
        }
    }
}

/// Waits without a deadline, or for this long, and fills `ready`, which is empty, with the ready sockets.
///
/// Returns false and leaves it empty if one of `polling`'s own descriptors is ready.
pub(super) fn wait(
    poller: &polling::Poller,
    ready: &mut Vec<(Key, Readiness)>,
    timeout: Option<Timespec>,
) -> io::Result<bool> {
    let mut room = [const { MaybeUninit::uninit() }; READY_PER_TURN.get()];
    let events: &[epoll::Event] = loop {
        match epoll::wait(poller.as_fd(), &mut room, timeout.as_ref()) {
            Ok((events, _rest)) => break events,
            // Whoever waits with a timeout waits again.
            Err(Errno::INTR) if timeout.is_some() => return Ok(true),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    };
    for event in events {
        if event.data.u64() == NOTIFIER {
            ready.clear();
            return Ok(false);
        }
        let flags = event.flags;
        let hung_up = flags.contains(EventFlags::HUP);
        let error = flags.contains(EventFlags::ERR);
        let readiness = Readiness {
            readable: hung_up || flags.intersects(EventFlags::IN | EventFlags::PRI),
            writable: hung_up || flags.contains(EventFlags::OUT),
            hung_up,
            error,
        };
        ready.push((Key(event.data.u64() as usize), readiness));
    }
    Ok(true)
}
