//! What a peer's SYN says.

use super::Language;
use super::english::{grouped, noun};
use super::phrases::phrases;
use crate::net::kernel::{Syn, SynOption};

phrases! {
    /// What a peer's SYN says.
    Syns {
        syn(hops: u8, window: u16, options: &str) = { format!("SYN with {} left, a window of {}; options: {options}", noun(hops.into(), "hop", "hops"), noun(window.into(), "byte", "bytes")) };
        none = "none";
        end = "end of the list";
        no_operation = "no operation";
        maximum_segment_size(bytes: u16) = { format!("maximum segment size {}", grouped(bytes.into())) };
        window_scale(shift: u8) = { format!("window scale {shift} (windows count {} times)", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        sack_permitted = "selective acknowledgements permitted";
        timestamps(value: u32) = "timestamps (from {value})";
        fast_open_wanted = "Fast Open cookie wanted";
        fast_open(bytes: usize) = "Fast Open cookie of {bytes} bytes";
        multipath = "Multipath TCP";
        other(kind: u8, bytes: usize) = "kind {kind} with {bytes} bytes";
        congestion = "explicit congestion notification offered";
    }
}

impl Language {
    /// Returns what a SYN says, with its options in their order.
    pub(crate) fn syn(&self, syn: &Syn) -> String {
        let words = &self.syns;
        let options = syn.options.iter().map(|it| self.syn_option(it));
        let congestion = syn.has_ecn.then(|| words.congestion.to_owned());
        let options: Vec<_> = options.chain(congestion).collect();
        let options = match options.as_slice() {
            [] => words.none.to_owned(),
            options => options.join(self.common.comma),
        };
        words.syn(syn.hops, syn.window, &options)
    }

    /// Returns what an option of a SYN says.
    pub(crate) fn syn_option(&self, option: &SynOption) -> String {
        let words = &self.syns;
        match option {
            SynOption::End => words.end.to_owned(),
            SynOption::NoOperation => words.no_operation.to_owned(),
            SynOption::MaximumSegmentSize(bytes) => words.maximum_segment_size(*bytes),
            SynOption::WindowScale(shift) => words.window_scale(*shift),
            SynOption::SackPermitted => words.sack_permitted.to_owned(),
            SynOption::Timestamps { value, .. } => words.timestamps(*value),
            SynOption::FastOpenCookie(cookie) if cookie.is_empty() => {
                words.fast_open_wanted.to_owned()
            }
            SynOption::FastOpenCookie(cookie) => words.fast_open(cookie.len()),
            SynOption::Multipath(_) => words.multipath.to_owned(),
            SynOption::Other { kind, bytes } => words.other(*kind, bytes.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::net::kernel::{Syn, SynOption};
    use crate::words::ENGLISH;

    #[test]
    fn a_syn_is_told_with_its_options_in_order() {
        let syn = Syn {
            ip_version: 4,
            hops: 64,
            sequence_number: 1,
            window: 65_495,
            has_ecn: false,
            options: vec![
                SynOption::MaximumSegmentSize(1_460),
                SynOption::SackPermitted,
                SynOption::NoOperation,
                SynOption::WindowScale(7),
                SynOption::FastOpenCookie(Vec::new()),
            ],
        };
        assert_eq!(
            ENGLISH.syn(&syn),
            "SYN with 64 hops left, a window of 65,495 bytes; options: maximum segment size 1,460, selective \
             acknowledgements permitted, no operation, window scale 7 (windows count 128 times), Fast Open cookie wanted"
        );
        let bare = Syn {
            options: Vec::new(),
            hops: 1,
            has_ecn: true,
            ..syn
        };
        assert_eq!(
            ENGLISH.syn(&bare),
            "SYN with 1 hop left, a window of 65,495 bytes; options: explicit congestion notification offered"
        );
    }
}
