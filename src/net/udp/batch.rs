//! Datagrams that one system call read.

use super::arrived::Arrived;

/// How many there are at most: enough that the call itself costs little beside what it does.
#[cfg(target_os = "linux")]
pub(super) const MOST: usize = 32;
/// Only Linux reads several with one call.
#[cfg(not(target_os = "linux"))]
pub(super) const MOST: usize = 1;

/// The datagrams of one read, and room for them, which all sockets of a worker share.
#[derive(Debug, Default)]
pub(in crate::net) struct DatagramBatch {
    room: Vec<u8>,
    /// How many bytes of the room each has.
    each: usize,
    arrived: Vec<Arrived>,
}

impl DatagramBatch {
    /// Empties it. Returns the room, in pieces of `each` bytes, and where to note what is in them.
    pub(super) fn emptied(
        &mut self,
        each: usize,
    ) -> (impl Iterator<Item = &mut [u8]>, &mut Vec<Arrived>) {
        let each = each.max(1);
        if self.each != each {
            self.each = each;
            // Zeros from the system take no memory until something is written there.
            self.room = vec![0; each * MOST];
        }
        self.arrived.clear();
        (self.room.chunks_exact_mut(each), &mut self.arrived)
    }

    /// Returns how many datagrams arrived.
    pub(in crate::net) fn len(&self) -> usize {
        self.arrived.len()
    }

    /// Returns whether there may be more in the socket.
    pub(in crate::net) fn is_full(&self) -> bool {
        self.len() >= MOST
    }

    /// Copies the bytes of one of them; what does not fit is cut.
    pub(in crate::net) fn copy(&self, place: usize, to: &mut [u8]) -> Option<Arrived> {
        let mut arrived = *self.arrived.get(place)?;
        let bytes = self.room.get(place * self.each..)?.get(..arrived.count)?;
        let count = bytes.len().min(to.len());
        to.get_mut(..count)?.copy_from_slice(bytes.get(..count)?);
        if count < arrived.count {
            arrived.size.get_or_insert(arrived.count);
            (arrived.count, arrived.is_cut) = (count, true);
        }
        Some(arrived)
    }
}
