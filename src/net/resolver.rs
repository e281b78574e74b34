//! Name look-ups. The system's look-up cannot be cancelled, so each has its own thread, which nobody waits for.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crossbeam_channel::Receiver;

use super::error::NetError;
use super::look_up_error::LookUpError;
use super::poller::Waker;

/// How many look-ups may run at once. Any more are refused.
const LOOK_UPS: usize = 8;

/// The result of a look-up: at least one address, without duplicates, in the resolver's order.
pub(super) type LookedUp = Result<Vec<SocketAddr>, LookUpError>;

/// Starts look-ups. Clones share their limit.
#[derive(Clone, Default)]
pub(super) struct Resolver {
    running: Arc<AtomicUsize>,
}

impl Resolver {
    /// Looks up `host` on a thread, which calls `waker` when the answer is ready.
    ///
    /// Drop the receiver to give up a look-up. Its thread ends when the system answers.
    pub(super) fn look_up(
        &self,
        host: &str,
        port: u16,
        waker: Waker,
    ) -> Result<Receiver<LookedUp>, NetError> {
        let place = self.take_place().ok_or_else(|| NetError::TooManyLookUps {
            host: host.to_owned(),
            limit: LOOK_UPS,
        })?;
        let (sender, receiver) = crossbeam_channel::bounded(1);
        let name = host.to_owned();
        let started = thread::Builder::new()
            .name("look-up".to_owned())
            .spawn(move || {
                let found = addresses(&name, port);
                drop(place);
                // The receiver is gone if the look-up was given up.
                sender.send(found).ok();
                waker.wake();
            });
        match started {
            Ok(_never_joined) => Ok(receiver),
            Err(source) => Err(NetError::LookUp {
                host: host.to_owned(),
                source: source.into(),
            }),
        }
    }

    fn take_place(&self) -> Option<Place> {
        self.running
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |running| {
                (running < LOOK_UPS).then_some(running + 1)
            })
            .ok()
            .map(|_| Place(Arc::clone(&self.running)))
    }
}

/// A slot for a look-up, freed on drop.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn addresses(host: &str, port: u16) -> LookedUp {
    let mut addresses: Vec<SocketAddr> = Vec::new();
    for address in (host, port).to_socket_addrs()? {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    if addresses.is_empty() {
        return Err(io::Error::from(io::ErrorKind::NotFound).into());
    }
    Ok(addresses)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_up_slots_are_limited_and_released() {
        let resolver = Resolver::default();
        let mut places: Vec<Place> = (0..LOOK_UPS)
            .filter_map(|_| resolver.take_place())
            .collect();
        assert_eq!(places.len(), LOOK_UPS);
        assert!(resolver.take_place().is_none());
        places.pop();
        assert!(resolver.take_place().is_some());
    }

    #[test]
    fn look_up_results_hold_no_duplicates() {
        let found = addresses("127.0.0.1", 7).unwrap();
        assert_eq!(found, [SocketAddr::from(([127, 0, 0, 1], 7))]);
    }
}
