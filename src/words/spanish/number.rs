//! Numbers as people read them. Bytes count in steps of 1024, as the field does.

use super::{duration, grouped, rate, scaled};
use crate::words::number::Numbers;
use crate::words::translated::translated;

translated! { SPANISH:
    Numbers {
        grouped(number) = { grouped(number) };
        size(bytes) = { scaled(bytes as f64) };
        rate(bytes_per_second) = { rate(bytes_per_second) };
        duration(time) = { duration(time) };
        seconds(count) = "{count} s";
        percent(number) = "{number}\u{a0}%";
    }
}
