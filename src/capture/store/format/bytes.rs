//! Fixed fields one after another, and their checksums.

/// Returns the checksum of a payload or a body.
pub(in crate::capture::store) fn sum(bytes: &[u8]) -> u32 {
    crc32fast::hash(bytes)
}

/// Puts the checksum of what precedes into the last four bytes.
pub(super) fn seal_last<const N: usize>(bytes: &mut [u8; N]) {
    if let Some((body, checksum)) = bytes.split_last_chunk_mut::<4>() {
        *checksum = sum(body).to_le_bytes();
    }
}

/// Returns a reader of everything but the checksum at the end, if that matches.
pub(super) fn whole_but_last(bytes: &[u8]) -> Option<FieldReader<'_>> {
    let (body, checksum) = bytes.split_last_chunk::<4>()?;
    (u32::from_le_bytes(*checksum) == sum(body)).then_some(FieldReader(body))
}

/// Writes fields into a fixed buffer, one after another. Ignores what does not fit.
pub(super) struct ByteCursor<'a> {
    bytes: &'a mut [u8],
    at: usize,
}

impl<'a> ByteCursor<'a> {
    pub(super) fn new(bytes: &'a mut [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn put(mut self, field: &[u8]) -> Self {
        if let Some(place) = self.bytes.get_mut(self.at..self.at + field.len()) {
            place.copy_from_slice(field);
        }
        self.at += field.len();
        self
    }

    pub(super) fn skip(mut self, count: usize) -> Self {
        self.at += count;
        self
    }
}

/// Reads fields one after another, as far as there are bytes.
pub(in crate::capture::store) struct FieldReader<'a>(pub(in crate::capture::store) &'a [u8]);

impl FieldReader<'_> {
    pub(in crate::capture::store) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*field)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub(in crate::capture::store) fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(in crate::capture::store) fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }
}
