//! The fast path for waiting on Linux: `epoll_wait(2)` on the descriptor that `polling` holds.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::AsFd;

use rustix::event::epoll::{self, EventFlags};
use rustix::io::Errno;

use super::{Key, READY_PER_TURN, Readiness};

/// The key that `polling` reserves for its own descriptors.
const NOTIFIER: u64 = usize::MAX as u64;

/// Waits without a deadline and fills `ready`, which is empty, with the ready sockets.
///
/// Returns false and leaves it empty if one of `polling`'s own descriptors is ready.
pub(super) fn wait(
    poller: &polling::Poller,
    ready: &mut Vec<(Key, Readiness)>,
) -> io::Result<bool> {
    let mut room = [const { MaybeUninit::uninit() }; READY_PER_TURN.get()];
    let events: &[epoll::Event] = loop {
        match epoll::wait(poller.as_fd(), &mut room, None) {
            Ok((events, _rest)) => break events,
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
