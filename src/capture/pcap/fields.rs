//! The fields of a pcapng block, one after the other. Nothing is read beyond its end.

use super::input::ByteOrder;

/// What is left of a block, or of its options.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
    order: ByteOrder,
}

impl<'a> Fields<'a> {
    pub(super) fn new(block: &'a [u8], order: ByteOrder) -> Self {
        Self { rest: block, order }
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(|bytes| self.order.u16(bytes))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(|bytes| self.order.u32(bytes))
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    pub(super) fn order(&self) -> ByteOrder {
        self.order
    }

    /// Returns how many bytes are left.
    pub(super) fn len(&self) -> usize {
        self.rest.len()
    }

    /// Takes the next option: its code and its value; none after the last one, or when it does not fit.
    pub(super) fn option(&mut self) -> Option<(u16, &'a [u8])> {
        let code = self.u16().filter(|&code| code != 0)?;
        let length = usize::from(self.u16()?);
        let value = self.bytes(length)?;
        // The padding of a last option may be left out.
        self.bytes(length.next_multiple_of(4) - length);
        Some((code, value))
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*bytes)
    }
}
