//! Rules that hostile peers turn against others: what one of them says goes to all, who do not read it.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use bothends::net::{Command, Observe, ServerConfig};
use bothends::payload::framing::Framing;
use bothends::script::Reply;
use bothends::script::rules::{
    Condition, Luck, Predicate, Rule, RuleAct, RuleSet, Rules, To, When,
};
use bytes::Bytes;

use crate::bounds::{Bounds, check_queues};
use crate::support::hostile::ledger::Ledger;
use crate::support::hostile::quick;
use crate::support::{Rig, SERVER, dial, read_exactly, script, server};

/// What goes to all others for each line.
const NEWS: &[u8] = &[b'n'; 2_000];
/// How many do not read it.
const DEAF: usize = 100;
/// How many talk without end, and for how long.
const TALKERS: usize = 4;
const TALK: Duration = Duration::from_secs(1);

/// Returns a rule for requests of which all of this holds.
pub(crate) fn rule(name: &str, conditions: &[Predicate], then: RuleAct) -> Rule {
    let conditions = conditions.iter().cloned().map(Condition::Is);
    Rule {
        name: Arc::from(name),
        is_on: true,
        when: When::Request(conditions.collect()),
        in_states: Vec::new(),
        from: None,
        then: vec![then],
        next: None,
        times: None,
    }
}

/// Returns the act that sends these bytes.
pub(crate) fn send(bytes: &'static [u8], to: To) -> RuleAct {
    RuleAct::Send {
        message: Bytes::from_static(bytes).into(),
        to,
        luck: Luck::default(),
    }
}

/// Returns a server that answers by these rules.
pub(crate) fn server_with(rules: Vec<Rule>, framing: Option<Framing>) -> ServerConfig {
    let rules = Rules {
        rules,
        framing: framing.clone(),
        ..Rules::default()
    };
    let mut config = server();
    script(&mut config.behaviour).reply = Reply::Rules(RuleSet::starting(rules));
    script(&mut config.behaviour).framing = framing;
    config
}

#[test]
fn talkers_among_those_who_do_not_listen_take_no_more_than_there_is() {
    let bounds = Bounds::new();
    let mut rig = Rig::observing(Observe::Lifecycle);
    let mut news = rule("news", &[], send(NEWS, To::Others));
    news.then.push(send(b"OK\n", To::Peer));
    let address = rig.listen(server_with(vec![news], "lf".parse().ok()));
    let mut ledger = Ledger::default();
    let deaf: Vec<_> = (0..DEAF).map(|_| quick(address)).collect();
    thread::scope(|scope| {
        let talking: Vec<_> = (0..TALKERS)
            .map(|_| scope.spawn(|| talk(address)))
            .collect();
        while talking.iter().any(|it| !it.is_finished()) {
            ledger.take(&mut rig);
            bounds.check_memory("while they talk");
        }
    });
    let mut good = dial(address);
    good.write_all(b"anything new?\n").unwrap();
    // The news of others may come before its answer.
    let mut answer = Vec::new();
    while !answer.ends_with(b"OK\n") {
        answer.extend(read_exactly(&mut good, 1));
    }
    rig.command(SERVER, Command::Stop);
    ledger.until(&mut rig, "the server stops", |it| it.is_stopped);
    assert_eq!(ledger.open(), 0);
    assert_eq!(ledger.accounts.len(), DEAF + TALKERS + 1);
    assert!(check_queues(&ledger) > 0, "nobody had to wait");
    drop((deaf, good));
    rig.engine.shutdown();
    drop(rig.events);
    bounds.are_given_back();
}

/// Writes lines for a while, and reads nothing.
fn talk(address: SocketAddr) -> TcpStream {
    let mut stream = quick(address);
    let until = Instant::now() + TALK;
    let lines = b"\n".repeat(1_000);
    while Instant::now() < until && stream.write_all(&lines).is_ok() {}
    stream
}
