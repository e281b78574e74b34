//! Socket readiness: a safe wrapper around `polling`, level-triggered. Knows sockets and connection numbers, not their
//! purpose.
//!
//! On Linux one wait of `polling` costs five system calls: `timerfd_settime`, two `epoll_ctl` to re-arm the timer and
//! the notifier, `epoll_wait`, and a `read` of the notifier. That is a sixth of an echo's round trip. So a wait without
//! a deadline is a single `epoll_wait` on the same descriptor, until the notifier becomes ready; one with a deadline is as
//! well, but for the last moment before it.

#[cfg(target_os = "linux")]
mod epoll;

use std::io;
use std::num::NonZeroUsize;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Instant;

use polling::{AsRawSource, AsSource, PollMode};

use super::id::FlowId;

/// How many sockets one turn reports. The others are reported in the next one.
const READY_PER_TURN: NonZeroUsize = NonZeroUsize::new(256).unwrap();

/// Whether a socket without interest stays in the poller, so that its hang-ups and errors are reported.
///
/// On Linux they are all that is reported. With IOCP, `polling` would see an abort or a failed connect again and again
/// inside its wait and never return. kqueue has nothing to report. On those systems such a socket leaves the poller.
const STAYS_WITHOUT_INTEREST: bool = cfg!(target_os = "linux");

/// Identifies a socket in a poller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(pub(super) usize);

impl Key {
    /// Returns the key of a connection's socket. Connection numbers are never reused, so one's readiness cannot be
    /// mistaken for another's.
    pub(super) fn of(id: FlowId) -> Self {
        Self(id.to_bits() as usize)
    }
}

/// What a socket is watched for.
///
/// Linux reports hang-ups and errors even without interest; other systems only with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interest {
    pub(super) readable: bool,
    pub(super) writable: bool,
}

impl Interest {
    pub(super) const NONE: Self = Self::new(false, false);
    pub(super) const READABLE: Self = Self::new(true, false);
    pub(super) const WRITABLE: Self = Self::new(false, true);

    pub(super) const fn new(readable: bool, writable: bool) -> Self {
        Self { readable, writable }
    }
}

/// What a socket is ready for.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "flags of the system, any of which may be set"
)]
pub(super) struct Readiness {
    pub(super) readable: bool,
    pub(super) writable: bool,
    /// Both directions are shut down.
    pub(super) hung_up: bool,
    /// An error is pending, or something else waits in the socket's error queue.
    pub(super) error: bool,
}

impl Readiness {
    /// Means "try everything": each call returns `WouldBlock` if it must.
    pub(super) const UNKNOWN: Self = Self {
        readable: true,
        writable: true,
        hung_up: false,
        error: false,
    };
}

/// Waits for sockets to become ready.
pub(super) struct Poller {
    inner: Arc<polling::Poller>,
    events: polling::Events,
}

impl Poller {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            inner: Arc::new(polling::Poller::new()?),
            events: polling::Events::with_capacity(READY_PER_TURN),
        })
    }

    /// Returns a handle that wakes [`Self::wait`] from another thread.
    pub(super) fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.inner))
    }

    /// Waits until a socket is ready, a waker is called, or `deadline` passes, and replaces the contents of `ready`. It may
    /// return with nothing before: wait again.
    pub(super) fn wait(
        &mut self,
        ready: &mut Vec<(Key, Readiness)>,
        deadline: Option<Instant>,
    ) -> io::Result<()> {
        ready.clear();
        #[cfg(target_os = "linux")]
        let deadline = match epoll::Wait::until(deadline) {
            epoll::Wait::Exact(deadline) => Some(deadline),
            epoll::Wait::Coarse(timeout) if epoll::wait(&self.inner, ready, timeout)? => {
                return Ok(());
            }
            // The notifier or an old timer is ready. `polling` clears it without waiting, and reports the sockets too.
            epoll::Wait::Coarse(_) => Some(Instant::now()),
        };
        self.events.clear();
        match deadline {
            Some(deadline) => self.inner.wait_deadline(&mut self.events, deadline)?,
            None => self.inner.wait(&mut self.events, None)?,
        };
        ready.extend(self.events.iter().map(|event| {
            let readiness = Readiness {
                readable: event.readable,
                writable: event.writable,
                hung_up: event.is_interrupt(),
                error: event.is_err().unwrap_or(false),
            };
            (Key(event.key), readiness)
        }));
        Ok(())
    }
}

/// Wakes a worker from its wait. A wake before the wait is not lost.
#[derive(Clone, Debug)]
pub(super) struct Waker(Arc<polling::Poller>);

impl Waker {
    pub(super) fn wake(&self) {
        // It can fail only if the notifier is gone, but that lives as long as this handle.
        self.0.notify().ok();
    }

    /// Returns whether both wake the same worker.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// A socket that a poller watches for as long as this owns it.
pub(super) struct Registered<S>
where
    S: AsSource,
    for<'a> &'a S: AsRawSource,
{
    poller: Arc<polling::Poller>,
    key: Key,
    /// `None` while the socket is not in the poller.
    interest: Option<Interest>,
    socket: S,
}

impl<S> Registered<S>
where
    S: AsSource,
    for<'a> &'a S: AsRawSource,
{
    /// Adds `socket` to the poller.
    pub(super) fn new(
        poller: &Poller,
        key: Key,
        socket: S,
        interest: Interest,
    ) -> io::Result<Self> {
        let mut registered = Self {
            poller: Arc::clone(&poller.inner),
            key,
            interest: None,
            socket,
        };
        registered.add(interest)?;
        Ok(registered)
    }

    /// Takes a socket that another one watches, which is this one's in the poller.
    pub(super) fn shared(poller: &Poller, key: Key, socket: S) -> Self {
        Self {
            poller: Arc::clone(&poller.inner),
            key,
            interest: None,
            socket,
        }
    }

    /// Changes the interest. Costs nothing if it is the same.
    ///
    /// A detached socket returns to the poller with its next non-empty interest.
    ///
    /// # Platform-specific behavior
    ///
    /// Other than on Linux, a socket without interest is detached.
    pub(super) fn set_interest(&mut self, interest: Interest) -> io::Result<()> {
        match self.interest {
            Some(current) if current == interest => Ok(()),
            None if interest == Interest::NONE => Ok(()),
            None => self.add(interest),
            Some(_) if interest == Interest::NONE && !STAYS_WITHOUT_INTEREST => {
                self.detach();
                Ok(())
            }
            Some(_) => {
                let event = self.event(interest);
                self.poller
                    .modify_with_mode(&self.socket, event, PollMode::Level)?;
                self.interest = Some(interest);
                Ok(())
            }
        }
    }

    /// Takes the socket out of the poller: a hang-up that nobody waits for would be reported forever.
    pub(super) fn detach(&mut self) {
        if self.interest.take().is_some() {
            // If the socket is no longer in the poller, nothing remains to be done.
            self.poller.delete(&self.socket).ok();
        }
    }

    fn event(&self, interest: Interest) -> polling::Event {
        polling::Event::new(self.key.0, interest.readable, interest.writable)
    }

    #[expect(
        unsafe_code,
        reason = "polling asks its callers to remove what they add"
    )]
    fn add(&mut self, interest: Interest) -> io::Result<()> {
        let event = self.event(interest);
        // SAFETY: the socket must leave the poller before it is closed. This struct owns it, never gives it away by value, and
        // removes it in `drop`, before the field is dropped.
        unsafe {
            self.poller
                .add_with_mode(&self.socket, event, PollMode::Level)?;
        }
        self.interest = Some(interest);
        Ok(())
    }
}

impl<S> Deref for Registered<S>
where
    S: AsSource,
    for<'a> &'a S: AsRawSource,
{
    type Target = S;

    fn deref(&self) -> &S {
        &self.socket
    }
}

impl<S> DerefMut for Registered<S>
where
    S: AsSource,
    for<'a> &'a S: AsRawSource,
{
    fn deref_mut(&mut self) -> &mut S {
        &mut self.socket
    }
}

impl<S> Drop for Registered<S>
where
    S: AsSource,
    for<'a> &'a S: AsRawSource,
{
    fn drop(&mut self) {
        self.detach();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_socket_is_reported_only_while_it_has_an_interest() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let timeout = Duration::from_secs(5);
        let mut peer = TcpStream::connect_timeout(&address, timeout).unwrap();
        let (socket, _) = listener.accept().unwrap();
        socket.set_nonblocking(true).unwrap();
        let mut poller = Poller::new().unwrap();
        let mut socket = Registered::new(&poller, Key(7), socket, Interest::READABLE).unwrap();
        let mut ready = Vec::new();
        peer.write_all(b"x").unwrap();
        for _ in 0..2 {
            socket.set_interest(Interest::NONE).unwrap();
            let soon = Instant::now() + Duration::from_millis(20);
            poller.wait(&mut ready, Some(soon)).unwrap();
            assert!(ready.is_empty(), "{ready:?}");
            socket.set_interest(Interest::READABLE).unwrap();
            let later = Instant::now() + timeout;
            poller.wait(&mut ready, Some(later)).unwrap();
            let [(key, readiness)] = ready[..] else {
                panic!("{ready:?}");
            };
            assert_eq!((key, readiness.readable), (Key(7), true));
        }
    }
}
