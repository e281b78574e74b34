//! What a test may take: memory within a bound, and no descriptor for good.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::support::hostile::ledger::Ledger;
use crate::support::{MIB, eventually};

/// How much more memory the process may have in use at any time, in bytes, whatever peers do: what an endpoint may have
/// waiting (48 MiB and a share of 16 KiB for each of some five hundred), what may be on its way to the receiver
/// (64 MiB), what the receiver has taken at a time, and what the peers themselves have.
const MOST_BYTES: u64 = 192 * MIB as u64;

/// What the replies of an endpoint may take: then no more requests are read.
pub(crate) const REPLY_BYTES: u64 = 48 * MIB as u64;
/// What each connection may have waiting anyway, and what it may have read when there was room for all of it.
const SHARE_BYTES: u64 = (16 + 64) * 1024;

/// Tests that measure the process run one after the other.
static ALONE: Mutex<()> = Mutex::new(());

/// The process before a test.
pub(crate) struct Bounds {
    resident_bytes: u64,
    descriptors: usize,
    _alone: MutexGuard<'static, ()>,
}

impl Bounds {
    /// Waits until no other test measures.
    pub(crate) fn new() -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        // What an engine opens once for the process, it has.
        drop(crate::support::Rig::new());
        Self {
            resident_bytes: resident_bytes(),
            descriptors: descriptors(),
            _alone: alone,
        }
    }

    /// Fails if the process has more memory in use than it may.
    pub(crate) fn check_memory(&self, when: &str) {
        let more = resident_bytes().saturating_sub(self.resident_bytes);
        assert!(more < MOST_BYTES, "{} MiB more {when}", more / MIB as u64);
    }

    /// Waits until all descriptors are free again. What was closed by an engine that has ended may take a moment.
    pub(crate) fn are_given_back(self) {
        eventually("all descriptors are free", || {
            descriptors() <= self.descriptors
        });
    }
}

/// Fails if more was queued at the end than an endpoint may have waiting. Returns how much it was.
pub(crate) fn check_queues(ledger: &Ledger) -> u64 {
    let queues = ledger.accounts.values().map(|it| it.unsent_bytes);
    let queues: Vec<_> = queues.filter(|it| *it > 0).collect();
    let total = queues.iter().sum();
    let most = REPLY_BYTES + queues.len() as u64 * SHARE_BYTES;
    assert!(total <= most, "{total} bytes of {}", queues.len());
    total
}

/// The memory in use; 0 where the system does not say.
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// How many descriptors are open; 0 where the system does not say.
fn descriptors() -> usize {
    std::fs::read_dir("/dev/fd").map_or(0, Iterator::count)
}
