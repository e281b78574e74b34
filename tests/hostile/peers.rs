//! All hostile peers against one server: a good peer is answered after each, and all of it adds up.

use std::thread;

use bothends::net::{Command, Observe, ServerConfig};
use bothends::script::rules::RuleAct;

use crate::bounds::{Bounds, REPLY_BYTES, check_queues};
use crate::rules::{rule, server_with};
use crate::support::hostile::ledger::{Account, End, Ledger};
use crate::support::hostile::{Ends, Troubled, trouble};
use crate::support::{Rig, SERVER, loopbacks, server};

/// What ends those that are held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// The server stops.
    Stop,
    /// Their peers go.
    Leave,
}

#[test]
fn hostile_peers_of_an_echo_trouble_nobody_else() {
    let ledger = survive(server(), Observe::Everything, Last::Stop);
    for account in ledger.accounts.values() {
        adds_up(account);
    }
    // They did fill what there is.
    let queued = check_queues(&ledger);
    if cfg!(target_os = "linux") {
        assert!(queued > REPLY_BYTES, "{queued}");
    }
}

#[test]
fn hostile_peers_of_rules_trouble_nobody_else() {
    let echo = rule("echo", &[], RuleAct::Echo);
    let rules = server_with(vec![echo], None);
    let ledger = survive(rules, Observe::Everything, Last::Leave);
    for account in ledger.accounts.values() {
        adds_up(account);
    }
}

#[test]
fn hostile_peers_of_a_server_that_reports_no_bytes_trouble_nobody_else() {
    let mut config = server();
    // By IPv6, if this machine has it.
    config.bind = loopbacks().pop().unwrap().into();
    survive(config, Observe::Lifecycle, Last::Leave);
}

fn survive(config: ServerConfig, observe: Observe, last: Last) -> Ledger {
    let bounds = Bounds::new();
    let mut rig = Rig::observing(observe);
    let address = rig.listen(config);
    let mut ledger = Ledger::default();
    // What is reported is taken meanwhile, as a recorder does.
    let troubled = thread::Builder::new().spawn(move || trouble(address));
    let troubled = troubled.unwrap();
    while !troubled.is_finished() {
        ledger.take(&mut rig);
        bounds.check_memory("while they are there");
    }
    let troubled = troubled.join().unwrap();
    let lasting = troubled.lasting();
    let newest = troubled.visits.last().unwrap().good;
    ledger.until(&mut rig, "the others end", |it| {
        it.ends_with(newest) && it.open() <= lasting
    });
    check_visits(&ledger, &troubled, observe);
    if last == Last::Leave {
        drop(troubled.held);
        ledger.until(&mut rig, "those held end", |it| it.open() == 0);
        rig.command(SERVER, Command::Stop);
        ledger.until(&mut rig, "the server stops", |it| it.is_stopped);
        assert_eq!(ledger.count(&End::Stopped), 0);
    } else {
        rig.command(SERVER, Command::Stop);
        ledger.until(&mut rig, "the server stops", |it| it.is_stopped);
        if cfg!(target_os = "linux") {
            assert_eq!(ledger.count(&End::Stopped), lasting);
        }
        drop(troubled.held);
    }
    assert_eq!(ledger.open(), 0);
    bounds.check_memory("at the end");
    rig.engine.shutdown();
    drop(rig.events);
    bounds.are_given_back();
    ledger
}

/// Each visit made as many connections as it should, which ended as they should; then came the good peer, whose bytes
/// are all there.
fn check_visits(ledger: &Ledger, troubled: &Troubled, observe: Observe) {
    let accounts: Vec<_> = ledger.accounts.values().collect();
    let mut rest = &accounts[..];
    for visit in &troubled.visits {
        let name = &visit.name;
        // A port may be used again within a visit: the last one that has it is the good peer's.
        let most = rest.len().min(visit.connections + 1);
        let is_good = |it: &&Account| it.peer.ip() == Some(visit.good);
        let count = rest[..most].iter().rposition(is_good);
        let count = count.unwrap_or_else(|| panic!("no good peer after {name}"));
        for account in &rest[..count] {
            let end = account.end.as_ref();
            assert!(visit.ends.allows(end), "{name}: {:?}, {end:?}", visit.ends);
        }
        let good = rest[count];
        rest = &rest[count + 1..];
        if cfg!(target_os = "linux") {
            assert_eq!(count, visit.connections, "{name}");
        }
        assert!(Ends::Finished.allows(good.end.as_ref()), "after {name}");
        if observe == Observe::Everything {
            assert_eq!(good.kept, name.as_bytes());
            assert_eq!(good.received_bytes, name.len() as u64);
            assert_eq!(good.sent_bytes, name.len() as u64);
        }
    }
    assert!(rest.is_empty());
}

/// What was received was sent back, or was still to be sent at the end. After a reset, what came before it is still
/// read, but no longer answered.
fn adds_up(account: &Account) {
    let answered = account.sent_bytes + account.unsent_bytes;
    let received = account.received_bytes;
    let is_reset = account.end == Some(End::Reset);
    let holds = answered == received || is_reset && answered < received;
    assert!(holds, "{answered} of {received}: {:?}", account.end);
}
