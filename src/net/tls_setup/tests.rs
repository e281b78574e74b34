//! When settings are prepared, and on which thread.

use std::fs;
use std::time::Instant;

use super::*;
use crate::net::poller::Poller;
use crate::net::tls::PeerCheck;

/// What is prepared, and the poller that is woken.
struct Ground {
    tls: TlsUse,
    poller: Poller,
    folder: tempfile::TempDir,
}

impl Ground {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = TlsHome::new(&folder.path().join("tls"));
        home.authority().unwrap();
        Self {
            tls: TlsUse::new(home),
            poller: Poller::new().unwrap(),
            folder,
        }
    }

    /// Settings with a file of roots.
    fn settings(&self, name: &str) -> ClientTls {
        let path = self.folder.path().join(name);
        fs::copy(self.tls.home.certificate_path().unwrap(), &path).unwrap();
        ClientTls {
            check: PeerCheck::Roots(path),
            ..ClientTls::default()
        }
    }

    /// Waits until something is prepared, as a worker does.
    fn finish(&mut self, preparing: &Arc<PendingTls>) -> Result<PreparedClient, TlsSettingError> {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(made) = self.tls.prepared(preparing, self.poller.waker()) {
                return made;
            }
            assert!(Instant::now() < until, "it is never prepared");
            self.poller.wait(&mut Vec::new(), Some(until)).unwrap();
        }
    }
}

#[test]
fn files_are_read_once_for_each_start() {
    let mut ground = Ground::new();
    let settings = ground.settings("roots.pem");
    ground.tls.start_client();
    let first = ground.tls.connect(&settings);
    let first = ground.finish(&first).unwrap();
    fs::write(ground.folder.path().join("roots.pem"), "none").unwrap();
    // Another connection of the same start has the same sessions.
    let again = ground.tls.connect(&settings);
    let again = ground.tls.prepared(&again, ground.poller.waker());
    assert!(first.is_same(&again.unwrap().unwrap()));
    ground.tls.start_client();
    let next = ground.tls.connect(&settings);
    let error = ground.finish(&next).unwrap_err();
    assert!(matches!(error, TlsSettingError::Roots(_)), "{error:?}");
}

#[test]
fn what_failed_is_tried_again_and_what_names_no_files_is_kept() {
    let mut ground = Ground::new();
    let mut settings = ground.settings("roots.pem");
    fs::remove_file(ground.folder.path().join("roots.pem")).unwrap();
    let missing = ground.tls.connect(&settings);
    ground.finish(&missing).unwrap_err();
    ground.settings("roots.pem");
    let there = ground.tls.connect(&settings);
    ground.finish(&there).unwrap();
    settings.check = PeerCheck::Unchecked;
    let first = ground.tls.connect(&settings);
    let first = ground.finish(&first).unwrap();
    ground.tls.start_client();
    let next = ground.tls.connect(&settings);
    assert!(first.is_same(&ground.finish(&next).unwrap()));
}

#[test]
fn one_thing_is_prepared_at_a_time() {
    let mut ground = Ground::new();
    let (one, other) = (ground.settings("one.pem"), ground.settings("other.pem"));
    let (one, other) = (ground.tls.connect(&one), ground.tls.connect(&other));
    let is_busy = Arc::clone(&ground.tls.busy);
    let waker = ground.poller.waker();
    assert!(ground.tls.prepared(&one, waker.clone()).is_none());
    assert!(!one.has_begun.load(Ordering::Relaxed));
    drop(is_busy);
    ground.finish(&other).unwrap();
    ground.finish(&one).unwrap();
}
