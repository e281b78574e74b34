//! One entry of the record, as it is kept.

use std::time::SystemTime;

use crate::net::Event;
use crate::payload::Carry;

/// One entry: an event with its place, its wall-clock time and where its stream stood.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number: its place on record, counted from 0 over the whole session.
    pub number: u64,
    /// The wall clock's time of the event.
    pub time: SystemTime,
    /// What happened.
    pub event: Event,
    /// Where the event's streams stood before it.
    pub streams: StreamPositions,
}

/// Where the two streams of a connection stood before an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamPositions {
    /// What was received before.
    pub received: StreamPosition,
    /// What was sent before.
    pub sent: StreamPosition,
}

/// Where one stream stood: enough to read on from there without looking back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamPosition {
    /// Its length so far, in bytes.
    pub offset: u64,
    /// The bytes of a character that had begun and was not complete (at most three in UTF-8).
    pub carry: Carry,
}
