//! Whole numbers with their nouns.

use super::english::noun;
use super::phrases::phrases;

phrases! {
    /// Whole numbers with their nouns: `1,234 bytes`.
    Counts {
        bytes(count: u64) = { noun(count, "byte", "bytes") };
        chunks(count: u64) = { noun(count, "chunk", "chunks") };
        clients(count: u64) = { noun(count, "client", "clients") };
        connections(count: u64) = { noun(count, "connection", "connections") };
        entries(count: u64) = { noun(count, "entry", "entries") };
        frames(count: u64) = { noun(count, "frame", "frames") };
        live_connections(count: u64) = { noun(count, "live connection", "live connections") };
        problems(count: u64) = { noun(count, "problem", "problems") };
        received_frames(count: u64) = { noun(count, "received frame", "received frames") };
        servers(count: u64) = { noun(count, "server", "servers") };
    }
}

#[cfg(test)]
mod tests {
    use crate::words::ENGLISH;

    #[test]
    fn counts_agree_with_their_noun() {
        let counts = &ENGLISH.counts;
        assert_eq!(counts.entries(0), "0 entries");
        assert_eq!(counts.entries(1), "1 entry");
        assert_eq!(counts.bytes(1_234_567), "1,234,567 bytes");
    }
}
