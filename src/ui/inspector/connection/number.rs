//! The numbers of a connection's end that are shown: what each one means, where it comes from, and how it reads.

use std::time::Duration;

use crate::model::{KernelEnd, Side};
use crate::net::Stamp;
use crate::net::kernel::{SocketNumbers, TcpInfoField, Unit};
use crate::words::Language;

/// A number that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Number {
    RoundTrip,
    Variation,
    Retransmits,
    SegmentSize,
    InFlight,
    SendQueue,
    CongestionWindow,
    Threshold,
    PeerWindow,
    Delivery,
    Pacing,
    ReceiveQueue,
    Window,
}

/// Which stream a number is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Both,
    Sent,
    Received,
}

/// Where a number comes from.
enum Source {
    Info(TcpInfoField),
    ReceiveQueue,
    SendQueue,
}

/// What of a threshold means that there is none: `TCP_INFINITE_SSTHRESH` of the kernel.
const NO_THRESHOLD: u64 = 0x7fff_ffff;

impl Number {
    /// All of them, in the order in which they are shown.
    pub(super) const ALL: [Self; 13] = [
        Self::RoundTrip,
        Self::Variation,
        Self::SegmentSize,
        Self::Retransmits,
        Self::SendQueue,
        Self::InFlight,
        Self::CongestionWindow,
        Self::Threshold,
        Self::PeerWindow,
        Self::Delivery,
        Self::Pacing,
        Self::ReceiveQueue,
        Self::Window,
    ];

    const fn source(self) -> Source {
        Source::Info(match self {
            Self::RoundTrip => TcpInfoField::RoundTrip,
            Self::Variation => TcpInfoField::RoundTripVariation,
            Self::Retransmits => TcpInfoField::TotalRetransmits,
            Self::SegmentSize => TcpInfoField::SendMss,
            Self::InFlight => TcpInfoField::Unacknowledged,
            Self::CongestionWindow => TcpInfoField::CongestionWindow,
            Self::Threshold => TcpInfoField::SlowStartThreshold,
            Self::PeerWindow => TcpInfoField::SendWindow,
            Self::Delivery => TcpInfoField::DeliveryRate,
            Self::Pacing => TcpInfoField::PacingRate,
            Self::Window => TcpInfoField::ReceiveWindow,
            Self::SendQueue => return Source::SendQueue,
            Self::ReceiveQueue => return Source::ReceiveQueue,
        })
    }

    pub(super) const fn about(self) -> About {
        match self {
            Self::RoundTrip | Self::Variation | Self::SegmentSize => About::Both,
            Self::ReceiveQueue | Self::Window => About::Received,
            _ => About::Sent,
        }
    }

    /// Returns its name, and what it means.
    pub(super) fn words(self, language: &Language) -> (&'static str, &'static str) {
        let words = &language.tcp_numbers;
        match self {
            Self::RoundTrip => (words.round_trip, words.round_trip_why),
            Self::Variation => (words.variation, words.variation_why),
            Self::Retransmits => (words.retransmits, words.retransmits_why),
            Self::SegmentSize => (words.mss, words.mss_why),
            Self::InFlight => (words.in_flight, words.in_flight_why),
            Self::SendQueue => (words.send_queue, words.send_queue_why),
            Self::CongestionWindow => (words.congestion_window, words.congestion_window_why),
            Self::Threshold => (words.threshold, words.threshold_why),
            Self::PeerWindow => (words.peer_window, words.peer_window_why),
            Self::Delivery => (words.delivery, words.delivery_why),
            Self::Pacing => (words.pacing, words.pacing_why),
            Self::ReceiveQueue => (words.receive_queue, words.receive_queue_why),
            Self::Window => (words.window, words.window_why),
        }
    }

    /// Returns the name of the field that it comes from, with its unit.
    pub(super) fn source_words(self, language: &Language) -> String {
        let words = &language.tcp_numbers;
        let (field, unit) = match self.source() {
            Source::Info(field) => (field.source(), field.unit()),
            Source::SendQueue => ("idiag_wqueue", Unit::Bytes),
            Source::ReceiveQueue => ("idiag_rqueue", Unit::Bytes),
        };
        let unit = match unit {
            Unit::Count | Unit::Flag => words.unit_count,
            Unit::Bytes => words.unit_bytes,
            Unit::BytesPerSecond => words.unit_rate,
            Unit::Micros => words.unit_micros,
            Unit::Millis => words.unit_millis,
        };
        words.source(field, unit)
    }

    /// Returns it as one end has it.
    pub(super) fn of(self, end: &SocketNumbers) -> Option<u64> {
        match self.source() {
            Source::Info(field) => end.info.get(field),
            Source::SendQueue => end.send_queue_bytes.map(u64::from),
            Source::ReceiveQueue => end.receive_queue_bytes.map(u64::from),
        }
    }

    /// Returns it over time, oldest first; what is no number is left out.
    pub(super) fn over_time(
        self,
        kernel: &KernelEnd,
        side: Side,
    ) -> impl Iterator<Item = (Stamp, u64)> {
        let numbers = kernel
            .history
            .iter()
            .filter_map(move |(stamp, numbers)| Some((*stamp, self.of(side.of(numbers)?)?)));
        numbers.filter(move |(_, number)| !self.is_none(*number))
    }

    /// Returns whether it stands for none: no threshold yet, no limit.
    fn is_none(self, number: u64) -> bool {
        match self {
            Self::Threshold => number >= NO_THRESHOLD,
            // The kernel says all ones, of as many bits as it has.
            Self::Pacing => number == u64::MAX || number == u64::from(u32::MAX),
            _ => false,
        }
    }

    /// Returns it as people read it.
    pub(super) fn text(self, language: &Language, number: u64) -> String {
        let (words, numbers) = (&language.tcp_numbers, &language.numbers);
        match self {
            Self::Threshold if self.is_none(number) => words.no_threshold.to_owned(),
            Self::Pacing if self.is_none(number) => words.no_limit.to_owned(),
            Self::RoundTrip | Self::Variation => numbers.duration(Duration::from_micros(number)),
            Self::InFlight | Self::CongestionWindow | Self::Threshold | Self::Retransmits => {
                words.segments(number)
            }
            Self::SegmentSize => words.bytes(number),
            Self::Delivery | Self::Pacing => numbers.rate(number as f64),
            Self::SendQueue | Self::PeerWindow | Self::ReceiveQueue | Self::Window => {
                numbers.size(number)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn numbers_read_as_people_read_them() {
        let check = |number: Number, value: u64, text: &str| {
            assert_eq!(number.text(&ENGLISH, value), text);
        };
        check(Number::RoundTrip, 94, "94 µs");
        check(Number::Variation, 12_400, "12 ms");
        check(Number::Retransmits, 1_234, "1,234 segments");
        check(Number::SegmentSize, 65_483, "65,483 B");
        check(Number::InFlight, 1, "1 segment");
        check(Number::CongestionWindow, 10, "10 segments");
        check(Number::Threshold, NO_THRESHOLD, "none yet");
        check(Number::Threshold, 18, "18 segments");
        check(Number::Delivery, 41 << 20, "41 MiB/s");
        check(Number::Pacing, u64::MAX, "no limit");
        check(Number::SendQueue, 2_621_440, "2.5 MiB");
        check(Number::PeerWindow, 0, "0 B");
    }

    #[test]
    fn each_number_names_its_field_and_its_unit() {
        let check = |number: Number, source: &str| {
            assert_eq!(number.source_words(&ENGLISH), source);
        };
        check(Number::RoundTrip, "tcpi_rtt, in microseconds");
        check(Number::Retransmits, "tcpi_total_retrans, in segments");
        check(Number::CongestionWindow, "tcpi_snd_cwnd, in segments");
        check(Number::SendQueue, "idiag_wqueue, in bytes");
        check(Number::Delivery, "tcpi_delivery_rate, in bytes per second");
    }
}
