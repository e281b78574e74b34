//! What a capture lacks of what was on the wire: reported on standard error, and in the exit status.
//!
//! What the user chose is a note: a limit that lets old entries go, recording that was turned off. The rest is a failure.

use std::fmt::Display;
use std::sync::Arc;

use super::captured::Captured;
use super::error::CliError;
use super::output::say;
use crate::capture::store::{Ended, PACKET_FILE, PacketCheck, ReadError, Store};
use crate::export::{OmissionKind, Unfaithful};
use crate::words::{ENGLISH, InWords as _};

/// The most places reported of each kind; the rest is counted.
const MAX_SHOWN: usize = 10;

/// Reports what a capture lacks, and where an export differs from what was on the wire.
///
/// # Errors
///
/// Something is damaged, missing or was not recorded.
pub(super) fn conclude(
    captured: &Captured,
    unfaithful: &Unfaithful,
    is_shown: impl Fn(&OmissionKind) -> bool,
) -> Result<(), CliError> {
    report_places(unfaithful, is_shown);
    let store = captured.store();
    let is_whole = captured.is_imported() || report_end(store);
    let damage = if captured.is_imported() {
        Vec::new()
    } else {
        damage(store)
    };
    for error in damage.iter().take(MAX_SHOWN) {
        lacks(error.in_words(&ENGLISH));
    }
    if damage.len() > MAX_SHOWN {
        let more = (damage.len() - MAX_SHOWN) as u64;
        lacks(ENGLISH.record.more_damage(more));
    }
    match unfaithful.damaged {
        0 if !damage.is_empty() => Err(CliError::DamagedCapture),
        0 if captured.is_cut() => Err(CliError::Cut),
        0 if unfaithful.lost > 0 || !is_whole => Err(CliError::Incomplete),
        0 => Ok(()),
        entries => Err(CliError::Damaged { entries }),
    }
}

/// Reports how the recording ended. Returns whether that was in order or the user's choice.
pub(super) fn report_end(store: &Store) -> bool {
    let Some(cut) = store.cut_short() else {
        return true;
    };
    let words = ENGLISH.cut_short(cut);
    if cut.ended == Ended::Off {
        note(words);
        return true;
    }
    lacks(words);
    false
}

/// Reports if the packets of the lab cannot be checked.
pub(super) fn report_packets(check: &PacketCheck) {
    if let PacketCheck::Unchecked = check {
        note(ENGLISH.record.packets_unchecked(PACKET_FILE));
    }
}

/// Returns what is missing or damaged besides the entries that were read. What a recorder has just dropped is not.
fn damage(store: &Store) -> Vec<Arc<ReadError>> {
    let packets = store.check_packets();
    report_packets(&packets);
    let packets = match packets {
        PacketCheck::Damaged(error) => Some(error),
        PacketCheck::Whole | PacketCheck::Unchecked => None,
    };
    let mut damage = store.soundness().damage.clone();
    for error in store.damaged_samples().into_iter().chain(packets) {
        if damage.iter().all(|known| known.path() != error.path()) {
            damage.push(Arc::new(error));
        }
    }
    damage.retain(|error| !store.has_given_up(error));
    damage
}

fn report_places(unfaithful: &Unfaithful, is_shown: impl Fn(&OmissionKind) -> bool) {
    let mut shown = 0;
    let places = unfaithful.first.iter();
    for place in places.filter(|place| is_shown(&place.lack)).take(MAX_SHOWN) {
        let words = place.in_words(&ENGLISH);
        if place.lack.is_failure() {
            lacks(words);
        } else {
            note(words);
        }
        shown += 1;
    }
    if shown == MAX_SHOWN as u64 && unfaithful.count > shown {
        let more = unfaithful.count - shown;
        lacks(format_args!("{more} more places"));
    }
}

fn lacks(words: impl Display) {
    say(format_args!("incomplete: {words}"));
}

fn note(words: impl Display) {
    say(format_args!("note: {words}"));
}
