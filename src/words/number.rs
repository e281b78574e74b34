//! Numbers as people read them. Bytes count in steps of 1024, as the field does.

use std::time::Duration;

use super::english::{duration, grouped, rate, scaled};
use super::phrases::phrases;

phrases! {
    /// Numbers without a noun.
    Numbers {
        grouped(number: u64) = { grouped(number) };
        size(bytes: u64) = { scaled(bytes as f64) };
        rate(bytes_per_second: f64) = { rate(bytes_per_second) };
        duration(time: Duration) = { duration(time) };
        seconds(count: u64) = "{count} s";
        percent(number: u64) = "{number}%";
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::words::english::{bytes, duration, grouped, short};

    #[test]
    fn a_short_number_tells_its_size() {
        let check = |number, words: &str| assert_eq!(short(number), words);
        check(0, "0");
        check(99_999, "99,999");
        check(100_000, "100 k");
        check(999_499, "999 k");
        check(999_999, "1.0 M");
        check(9_960_000, "10 M");
        check(100_000_099, "100 M");
        check(u64::MAX, "18446744 T");
    }

    #[test]
    fn bytes_are_written_in_steps_of_1024() {
        let cases = [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KiB"),
            (1126, "1.1 KiB"),
            (65_536, "64 KiB"),
            (1_048_575, "1 MiB"),
            (200 * 1024 * 1024, "200 MiB"),
            (u64::MAX, "16384 PiB"),
        ];
        for (amount, expected) in cases {
            assert_eq!(bytes(amount), expected, "{amount}");
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1,000");
    }

    #[test]
    fn a_duration_reads_in_the_unit_that_fits_it() {
        let check = |nanos: u64, words: &str| {
            assert_eq!(duration(Duration::from_nanos(nanos)), words);
        };
        check(0, "0 µs");
        check(94_300, "94 µs");
        check(999_600, "1.0 ms");
        check(1_310_000, "1.3 ms");
        check(9_960_000, "10 ms");
        check(603_000_000, "603 ms");
        check(999_600_000, "1.00 s");
        check(3_767_000_000, "3.77 s");
        check(12_340_000_000, "12.3 s");
        check(59_960_000_000, "60.0 s");
        check(125_000_000_000, "2 min 5 s");
        check(665_000_000_000, "11 min");
        check(3_600_000_000_000 * 3 + 720_000_000_000, "3 h 12 min");
        check(3_600_000_000_000 * 49, "2 d 1 h");
    }
}
