//! How much memory waiting bytes may take: of one connection, of an endpoint and of the session.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What each connection may keep waiting whatever the others do, so that healthy peers are always served.
pub(super) const CONNECTION_SHARE_BYTES: usize = 16 * 1024;
/// How much the replies of an endpoint may take beyond the shares. Then requests of peers with more than their share
/// waiting are no longer read.
const ENDPOINT_REPLY_BYTES: usize = 48 * 1024 * 1024;
/// How much may wait on an endpoint. Beyond it, messages of the user are refused.
const ENDPOINT_BYTES: usize = 256 * 1024 * 1024;
/// How much may wait in the session.
const SESSION_BYTES: usize = 512 * 1024 * 1024;

/// What waits in the whole session. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct SessionBudget(Arc<AtomicUsize>);

/// What waits on one endpoint.
#[derive(Debug)]
pub(super) struct Budget {
    session: SessionBudget,
    used: usize,
}

/// What one connection has taken from the budget.
#[derive(Debug, Default)]
pub(super) struct Charge(usize);

impl Budget {
    pub(super) fn new(session: SessionBudget) -> Self {
        Self { session, used: 0 }
    }

    /// Charges a connection for what waits on it now; its share is free.
    pub(super) fn settle(&mut self, charge: &mut Charge, waiting: usize) {
        let now = waiting.saturating_sub(CONNECTION_SHARE_BYTES);
        let before = std::mem::replace(&mut charge.0, now);
        if now > before {
            self.used += now - before;
            self.session.0.fetch_add(now - before, Ordering::Relaxed);
        } else if now < before {
            self.used -= before - now;
            self.session.0.fetch_sub(before - now, Ordering::Relaxed);
        }
    }

    /// Returns whether connections must keep to their shares.
    pub(super) fn is_spent(&self) -> bool {
        self.used > ENDPOINT_REPLY_BYTES || self.session_bytes() > SESSION_BYTES
    }

    /// Returns whether a user's message of `bytes` may wait.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        self.used.saturating_add(bytes) <= ENDPOINT_BYTES
            && self.session_bytes().saturating_add(bytes) <= SESSION_BYTES
    }

    /// Returns how many bytes wait on the endpoint beyond the shares.
    pub(super) fn used_bytes(&self) -> u64 {
        self.used as u64
    }

    fn session_bytes(&self) -> usize {
        self.session.0.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_charged_beyond_the_share_and_given_back() {
        let session = SessionBudget::default();
        let mut budgets = [Budget::new(session.clone()), Budget::new(session.clone())];
        let (mut one, mut other) = (Charge::default(), Charge::default());
        budgets[0].settle(&mut one, CONNECTION_SHARE_BYTES);
        assert_eq!(budgets[0].used_bytes(), 0);
        budgets[0].settle(&mut one, CONNECTION_SHARE_BYTES + ENDPOINT_REPLY_BYTES + 1);
        assert_eq!(
            (budgets[0].is_spent(), budgets[1].is_spent()),
            (true, false)
        );
        budgets[1].settle(&mut other, SESSION_BYTES);
        assert!(budgets.iter().all(Budget::is_spent));
        assert!(!budgets[0].has_room(1));
        budgets[0].settle(&mut one, 0);
        budgets[1].settle(&mut other, 0);
        assert!(!budgets.iter().any(Budget::is_spent));
        assert_eq!(session.0.load(Ordering::Relaxed), 0);
    }
}
