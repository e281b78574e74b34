//! How a language writes numbers and their units.

use std::time::Duration;

/// How a language writes numbers and their units.
#[derive(Debug)]
pub(super) struct NumberStyle {
    /// What stands between groups of three digits.
    pub(super) group: &'static str,
    /// The fewest digits that are grouped.
    pub(super) grouped_digits: usize,
    /// What stands before the decimals.
    pub(super) decimal: char,
    /// What large numbers are counted in, the smallest first, each with how it is written behind the digits.
    pub(super) scale: &'static [(u64, &'static str)],
    /// One byte, and 1024 of them to the power of 1 to 5.
    pub(super) bytes: [&'static str; 6],
    /// What follows an amount in each second.
    pub(super) per_second: &'static str,
    /// Days, hours, minutes and seconds where two of them stand together.
    pub(super) spans: [&'static str; 4],
}

impl NumberStyle {
    /// Returns a whole number with its thousands set apart: `1,234,567`.
    pub(super) fn grouped(&self, number: u64) -> String {
        let digits = number.to_string();
        if digits.len() < self.grouped_digits {
            return digits;
        }
        let mut text = String::with_capacity(digits.len() + digits.len() / 3 * self.group.len());
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(self.group);
            }
            text.push(digit);
        }
        text
    }

    /// Returns a number with so many decimals.
    pub(super) fn decimals(&self, number: f64, digits: usize) -> String {
        let text = format!("{number:.digits$}");
        match self.decimal {
            '.' => text,
            decimal => text.replace('.', decimal.encode_utf8(&mut [0; 4])),
        }
    }

    /// Returns a whole number in as few signs as show its size: whole up to 99,999, then `123 k`, `1.2 M`, `100 M`.
    pub(super) fn short(&self, number: u64) -> String {
        if number < 100_000 {
            return self.grouped(number);
        }
        let mut shown = (number as f64, "");
        for (index, (step, unit)) in self.scale.iter().enumerate() {
            shown = (number as f64 / *step as f64, *unit);
            let next = self.scale.get(index + 1);
            // What would be rounded up to a whole step of the next is written in that.
            let most = next.map_or(f64::INFINITY, |(next, _)| (next / step) as f64 - 0.5);
            if shown.0 < most {
                break;
            }
        }
        let (amount, unit) = shown;
        let digits = usize::from(amount < 9.95);
        self.decimals(amount, digits) + unit
    }

    /// Returns an amount of bytes in three digits or so: `14 B`, `1.1 KiB`, `64 KiB`.
    pub(super) fn scaled(&self, amount: f64) -> String {
        let [byte, kibi, larger @ ..] = self.bytes;
        if amount < 1024.0 {
            return format!("{amount:.0} {byte}");
        }
        let mut scaled = amount / 1024.0;
        let mut unit = kibi;
        for larger in larger {
            // 1023.95 would be written as 1024.
            if scaled < 1023.95 {
                break;
            }
            scaled /= 1024.0;
            unit = larger;
        }
        let decimals = usize::from(scaled < 99.95 && (scaled - scaled.round()).abs() >= 0.05);
        format!("{} {unit}", self.decimals(scaled, decimals))
    }

    /// Returns a rate: `0 B/s`, `1.2 KiB/s`.
    pub(super) fn rate(&self, bytes_per_second: f64) -> String {
        self.scaled(bytes_per_second.max(0.0)) + self.per_second
    }

    /// Returns how long something took, in three digits or so: `94 µs`, `1.3 ms`, `3.77 s`, `2 min 5 s`, `3 h 12 min`.
    pub(super) fn duration(&self, duration: Duration) -> String {
        const MINUTE: u64 = 60;
        const HOUR: u64 = 60 * MINUTE;
        const DAY: u64 = 24 * HOUR;
        let [days, hours, minutes, seconds_of] = self.spans;
        let nanos = duration.as_nanos();
        // Rounded first, so that 999.6 µs is 1.0 ms and not 1000 µs.
        let micros = (nanos + 500) / 1_000;
        if micros < 1_000 {
            return format!("{micros} µs");
        }
        let seconds = duration.as_secs_f64();
        match duration.as_secs() {
            _ if seconds < 0.009_95 => self.decimals(seconds * 1e3, 1) + " ms",
            _ if seconds < 0.999_5 => self.decimals(seconds * 1e3, 0) + " ms",
            _ if seconds < 9.995 => self.decimals(seconds, 2) + " s",
            0..MINUTE => self.decimals(seconds, 1) + " s",
            whole if whole < 10 * MINUTE => {
                format!(
                    "{} {minutes} {} {seconds_of}",
                    whole / MINUTE,
                    whole % MINUTE
                )
            }
            whole if whole < HOUR => format!("{} {minutes}", whole / MINUTE),
            whole if whole < DAY => {
                format!(
                    "{} {hours} {} {minutes}",
                    whole / HOUR,
                    whole % HOUR / MINUTE
                )
            }
            whole => format!("{} {days} {} {hours}", whole / DAY, whole % DAY / HOUR),
        }
    }
}
