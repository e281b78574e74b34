//! The numbers of `TCP_INFO` (`include/uapi/linux/tcp.h`), by their places. A kernel that is older gives fewer of them, one
//! that is newer more.

use super::bytes::number;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Things of any kind: segments, attempts, times.
    Count,
    /// Bytes.
    Bytes,
    /// Bytes per second.
    BytesPerSecond,
    /// Microseconds.
    Micros,
    /// Milliseconds.
    Millis,
    /// 0 or 1.
    Flag,
}

/// Where a number stands: its first byte, its size in bytes, its first bit, and its size in bits.
struct Place(usize, usize, u32, u32);

/// Declares the fields, each with its number in captures, its name in the kernel, its place and its unit.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $id:literal $source:literal $place:expr, $unit:ident;)*) => {
        /// A number of `TCP_INFO`. Its value here is its number in captures, which never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum TcpInfoField {
            $($(#[$doc])* $name = $id,)*
        }

        impl TcpInfoField {
            /// All of them, in the kernel's order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns its name in the kernel.
            pub const fn source(self) -> &'static str {
                match self {
                    $(Self::$name => $source,)*
                }
            }

            /// Returns what it counts.
            pub const fn unit(self) -> Unit {
                match self {
                    $(Self::$name => Unit::$unit,)*
                }
            }

            const fn place(self) -> Place {
                match self {
                    $(Self::$name => $place,)*
                }
            }
        }
    };
}

const fn byte(at: usize) -> Place {
    Place(at, 1, 0, 8)
}

const fn bits(at: usize, first: u32, count: u32) -> Place {
    Place(at, 1, first, count)
}

const fn half(at: usize) -> Place {
    Place(at, 2, 0, 16)
}

const fn word(at: usize) -> Place {
    Place(at, 4, 0, 32)
}

const fn long(at: usize) -> Place {
    Place(at, 8, 0, 64)
}

fields! {
    /// The state of congestion control: 0 open, 1 disorder, 2 reduced (CWR), 3 recovery, 4 loss.
    CongestionState = 1 "tcpi_ca_state" byte(1), Count;
    /// Retransmissions of the oldest unacknowledged segment, so far.
    Retransmits = 2 "tcpi_retransmits" byte(2), Count;
    /// Unanswered probes: of a closed window, or of keep-alive.
    Probes = 3 "tcpi_probes" byte(3), Count;
    /// How often the retransmission timeout has doubled.
    Backoff = 4 "tcpi_backoff" byte(4), Count;
    /// Options in use: 1 timestamps, 2 selective acknowledgements, 4 window scale, 8 ECN …
    Options = 5 "tcpi_options" byte(5), Count;
    /// The peer's windows are multiplied by 2 to the power of this.
    SendScale = 6 "tcpi_snd_wscale" bits(6, 0, 4), Count;
    /// Our windows are multiplied by 2 to the power of this.
    ReceiveScale = 7 "tcpi_rcv_wscale" bits(6, 4, 4), Count;
    /// Whether the delivery rate was limited by the program, which gave the kernel too little to send.
    AppLimited = 8 "tcpi_delivery_rate_app_limited" bits(7, 0, 1), Flag;
    /// The retransmission timeout.
    RetransmitTimeout = 9 "tcpi_rto" word(8), Micros;
    /// How long an acknowledgement may be delayed.
    AckTimeout = 10 "tcpi_ato" word(12), Micros;
    /// The largest segment that we send.
    SendMss = 11 "tcpi_snd_mss" word(16), Bytes;
    /// The largest segment that the peer seems to send.
    ReceiveMss = 12 "tcpi_rcv_mss" word(20), Bytes;
    /// Segments in flight: sent and not acknowledged.
    Unacknowledged = 13 "tcpi_unacked" word(24), Count;
    /// Segments selectively acknowledged: they arrived after a gap.
    SelectivelyAcked = 14 "tcpi_sacked" word(28), Count;
    /// Segments believed lost.
    Lost = 15 "tcpi_lost" word(32), Count;
    /// Retransmitted segments in flight.
    RetransmittedInFlight = 16 "tcpi_retrans" word(36), Count;
    /// The time since data was last sent.
    LastDataSent = 17 "tcpi_last_data_sent" word(44), Millis;
    /// The time since data was last received.
    LastDataReceived = 18 "tcpi_last_data_recv" word(52), Millis;
    /// The time since an acknowledgement was last received.
    LastAckReceived = 19 "tcpi_last_ack_recv" word(56), Millis;
    /// The largest packet that the path takes.
    PathMtu = 20 "tcpi_pmtu" word(60), Bytes;
    /// How far our window may grow for now.
    ReceiveThreshold = 21 "tcpi_rcv_ssthresh" word(64), Bytes;
    /// The smoothed round-trip time.
    RoundTrip = 22 "tcpi_rtt" word(68), Micros;
    /// Its mean deviation.
    RoundTripVariation = 23 "tcpi_rttvar" word(72), Micros;
    /// Where slow start ends.
    SlowStartThreshold = 24 "tcpi_snd_ssthresh" word(76), Count;
    /// The congestion window, in segments.
    CongestionWindow = 25 "tcpi_snd_cwnd" word(80), Count;
    /// The largest segment that we said we take.
    AdvertisedMss = 26 "tcpi_advmss" word(84), Bytes;
    /// How many segments may overtake one before it counts as lost.
    Reordering = 27 "tcpi_reordering" word(88), Count;
    /// The round-trip time as the receiving side estimates it.
    ReceiveRoundTrip = 28 "tcpi_rcv_rtt" word(92), Micros;
    /// How much was received within a round trip: the base of our window.
    ReceiveSpace = 29 "tcpi_rcv_space" word(96), Bytes;
    /// All retransmissions so far.
    TotalRetransmits = 30 "tcpi_total_retrans" word(100), Count;
    /// How fast segments are spread over time.
    PacingRate = 31 "tcpi_pacing_rate" long(104), BytesPerSecond;
    /// How fast they may be.
    MaxPacingRate = 32 "tcpi_max_pacing_rate" long(112), BytesPerSecond;
    /// Bytes acknowledged. The SYN counts as one.
    BytesAcknowledged = 33 "tcpi_bytes_acked" long(120), Bytes;
    /// Bytes received in order.
    BytesReceived = 34 "tcpi_bytes_received" long(128), Bytes;
    /// Segments sent, acknowledgements included.
    SegmentsOut = 35 "tcpi_segs_out" word(136), Count;
    /// Segments received, acknowledgements included.
    SegmentsIn = 36 "tcpi_segs_in" word(140), Count;
    /// Bytes written and not yet sent for the first time.
    NotSent = 37 "tcpi_notsent_bytes" word(144), Bytes;
    /// The smallest round-trip time of late.
    MinRoundTrip = 38 "tcpi_min_rtt" word(148), Micros;
    /// Segments with data received.
    DataSegmentsIn = 39 "tcpi_data_segs_in" word(152), Count;
    /// Segments with data sent.
    DataSegmentsOut = 40 "tcpi_data_segs_out" word(156), Count;
    /// How fast data was last delivered to the peer.
    DeliveryRate = 41 "tcpi_delivery_rate" long(160), BytesPerSecond;
    /// The time with something to send.
    Busy = 42 "tcpi_busy_time" long(168), Micros;
    /// Of it, the time in which the peer's window was the limit.
    WindowLimited = 43 "tcpi_rwnd_limited" long(176), Micros;
    /// Of it, the time in which our send buffer was the limit.
    BufferLimited = 44 "tcpi_sndbuf_limited" long(184), Micros;
    /// Segments delivered, retransmissions included.
    Delivered = 45 "tcpi_delivered" word(192), Count;
    /// Of them, those that met congestion on the way (ECN).
    DeliveredCe = 46 "tcpi_delivered_ce" word(196), Count;
    /// Bytes sent, retransmissions included.
    BytesSent = 47 "tcpi_bytes_sent" long(200), Bytes;
    /// Bytes retransmitted.
    BytesRetransmitted = 48 "tcpi_bytes_retrans" long(208), Bytes;
    /// Duplicates that the peer reported: retransmitted in vain.
    Duplicates = 49 "tcpi_dsack_dups" word(216), Count;
    /// How often segments were seen to overtake others.
    ReorderingSeen = 50 "tcpi_reord_seen" word(220), Count;
    /// Segments received out of order.
    OutOfOrder = 51 "tcpi_rcv_ooopack" word(224), Count;
    /// The peer's window: how much more it takes.
    SendWindow = 52 "tcpi_snd_wnd" word(228), Bytes;
    /// Our window: how much more we take.
    ReceiveWindow = 53 "tcpi_rcv_wnd" word(232), Bytes;
    /// How often another path was tried.
    Rehash = 54 "tcpi_rehash" word(236), Count;
    /// Retransmission timeouts so far.
    TotalTimeouts = 55 "tcpi_total_rto" half(240), Count;
    /// How often the connection recovered from timeouts.
    TimeoutRecoveries = 56 "tcpi_total_rto_recoveries" half(242), Count;
    /// The time spent in such recoveries.
    TimeoutTime = 57 "tcpi_total_rto_time" word(244), Millis;
}

impl TcpInfoField {
    /// Returns the field with this number in captures.
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| *it as u8 == number)
    }

    fn read(self, bytes: &[u8]) -> Option<u64> {
        let Place(at, size, first, count) = self.place();
        let whole = match size {
            1 => number::<1>(bytes, at)?,
            2 => number::<2>(bytes, at)?,
            4 => number::<4>(bytes, at)?,
            _ => number::<8>(bytes, at)?,
        };
        Some(match count {
            64 => whole,
            _ => (whole >> first) & ((1 << count) - 1),
        })
    }
}

/// The numbers of `TCP_INFO` that a kernel gave, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TcpInfo(Vec<(TcpInfoField, u64)>);

impl TcpInfo {
    /// Reads what a kernel of this machine answered. A field is there if the answer reaches it.
    pub fn read(bytes: &[u8]) -> Self {
        let fields = TcpInfoField::ALL.iter();
        Self(
            fields
                .filter_map(|it| Some((*it, it.read(bytes)?)))
                .collect(),
        )
    }

    /// Makes it of numbers; of several for one field, the first counts.
    pub fn of(numbers: impl IntoIterator<Item = (TcpInfoField, u64)>) -> Self {
        let mut all: Vec<_> = numbers.into_iter().collect();
        all.sort_by_key(|(field, _)| *field);
        all.dedup_by_key(|(field, _)| *field);
        Self(all)
    }

    /// Returns a number, if the kernel gave it.
    pub fn get(&self, field: TcpInfoField) -> Option<u64> {
        let place = self.0.binary_search_by_key(&field, |(it, _)| *it).ok()?;
        self.0.get(place).map(|(_, number)| *number)
    }

    /// Returns all numbers, in the kernel's order.
    pub fn iter(&self) -> impl Iterator<Item = (TcpInfoField, u64)> + '_ {
        self.0.iter().copied()
    }

    /// Returns whether the kernel gave none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_in_order_and_have_their_own_numbers() {
        let numbers: Vec<u8> = TcpInfoField::ALL.iter().map(|it| *it as u8).collect();
        assert!(numbers.is_sorted_by(|one, other| one < other));
        for field in TcpInfoField::ALL {
            assert_eq!(TcpInfoField::of_number(*field as u8), Some(*field));
            assert!(field.source().starts_with("tcpi_"));
        }
        assert_eq!(TcpInfoField::of_number(0), None);
    }

    #[test]
    fn a_field_is_read_only_if_the_answer_reaches_it() {
        let mut bytes = [0; 104];
        bytes[6] = 0x97;
        bytes[7] = 1;
        bytes[68..72].copy_from_slice(&1234_u32.to_ne_bytes());
        let info = TcpInfo::read(&bytes);
        assert_eq!(info.get(TcpInfoField::SendScale), Some(7));
        assert_eq!(info.get(TcpInfoField::ReceiveScale), Some(9));
        assert_eq!(info.get(TcpInfoField::AppLimited), Some(1));
        assert_eq!(info.get(TcpInfoField::RoundTrip), Some(1234));
        assert_eq!(info.get(TcpInfoField::TotalRetransmits), Some(0));
        assert_eq!(info.get(TcpInfoField::PacingRate), None);
        assert_eq!(
            TcpInfo::read(&bytes[..103]).get(TcpInfoField::TotalRetransmits),
            None
        );
        assert!(TcpInfo::read(&[]).is_empty());
    }
}
