//! Rules at work: what outlives their changes, and what begins anew.

use super::*;
use crate::capture::{DetailOf, ExchangeOf, Request};
use crate::workspace::BehaviourForm;
use crate::workspace::rules::{
    ActForm, ActKind, ConditionForm, ConditionKind, RuleForm, RulesForm, WhenForm, WhenKind,
};

/// Returns a rule that sends a template when a request begins with this.
fn rule(starts: &str, template: &str) -> RuleForm {
    RuleForm {
        name: starts.to_owned(),
        when: WhenForm {
            conditions: vec![ConditionForm::new(ConditionKind::Starts, starts)],
            ..WhenForm::default()
        },
        then: vec![ActForm::new(ActKind::Send, template)],
        ..RuleForm::default()
    }
}

fn remember(starts: &str, name: &str, value: &str) -> RuleForm {
    let mut rule = rule(starts, "ok");
    let remember = ActForm {
        place_text: name.to_owned(),
        ..ActForm::new(ActKind::Remember, value)
    };
    rule.then.insert(0, remember);
    rule
}

/// Returns a rule that sends `yes` if something is remembered.
fn ask(starts: &str, name: &str) -> RuleForm {
    let mut rule = rule(starts, "yes");
    let within = ConditionForm::new(ConditionKind::Within, name);
    rule.when.conditions.push(within);
    rule
}

impl Stage {
    fn follow(&mut self, rules: Vec<RuleForm>) {
        self.set_up_server(|form| {
            form.behaviour.reply = ReplyKind::Rules;
            form.behaviour.rules.rules = rules;
        });
    }

    fn applied(&self, endpoint: EndpointId) -> Vec<u64> {
        let set = self.session.rule_set(endpoint).unwrap();
        set.applied().collect()
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let peer = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    peer.set_read_timeout(Some(PATIENCE)).unwrap();
    peer
}

fn ask_for(peer: &mut TcpStream, request: &str, len: usize) -> String {
    peer.write_all(request.as_bytes()).unwrap();
    read(peer, len)
}

#[test]
fn what_is_remembered_and_counted_outlives_a_change_of_the_rules() {
    let mut stage = Stage::new();
    let rules = vec![remember("set", "a", "1"), ask("get", "a"), rule("", "no")];
    let mut rules: Vec<RuleForm> = rules;
    rules[2].when.conditions.clear();
    stage.follow(rules.clone());
    let address = stage.start_server();
    let mut peer = connect(address);
    assert_eq!(ask_for(&mut peer, "get", 2), "no");
    assert_eq!(ask_for(&mut peer, "set", 2), "ok");
    assert_eq!(ask_for(&mut peer, "get", 3), "yes");
    assert_eq!(stage.applied(SERVER), [1, 1, 1]);
    rules[0].is_on = false;
    rules.insert(0, rule("new", "fresh"));
    stage.follow(rules);
    // The same connection, by the new rules: the change takes its turn before what comes later.
    let deadline = Instant::now() + PATIENCE;
    while ask_for(&mut peer, "new", 2) == "no" {
        assert!(Instant::now() < deadline);
    }
    assert_eq!(read(&mut peer, 3), "esh");
    assert_eq!(ask_for(&mut peer, "set", 2), "no");
    assert_eq!(ask_for(&mut peer, "get", 3), "yes");
    let applied = stage.applied(SERVER);
    assert_eq!((applied[0], applied[1], applied[2]), (1, 1, 2));
    // Whoever starts again begins anew.
    stage.session.stop(SERVER).unwrap();
    stage.wait("the stop", |session, _| {
        session.bound(SERVER).is_none().then_some(())
    });
    let address = stage.start_server();
    let mut peer = connect(address);
    assert_eq!(ask_for(&mut peer, "get", 2), "no");
    assert_eq!(stage.applied(SERVER), [0, 0, 0, 1]);
}

#[test]
fn how_often_rules_applied_is_reported_when_it_changes_and_only_then() {
    let mut stage = Stage::new();
    stage.follow(vec![rule("get", "ok")]);
    stage.session.start_server(SERVER, None).unwrap();
    let check = |stage: &mut Stage, applied: u64, unmatched: u64| {
        let counts = stage.wait("the counts", |_, update| match update {
            Some(Update::RulesApplied(SERVER, counts)) => Some(counts.clone()),
            _ => None,
        });
        let applied = vec![("get".into(), applied)];
        assert_eq!(counts, RuleCounts { applied, unmatched });
    };
    check(&mut stage, 0, 0);
    let address = stage.wait("the server", |session, _| session.bound(SERVER)?.ip());
    let mut peer = connect(address);
    assert_eq!(ask_for(&mut peer, "get", 2), "ok");
    check(&mut stage, 1, 0);
    peer.write_all(b"put").unwrap();
    check(&mut stage, 1, 1);
}

#[test]
fn a_rule_is_made_of_a_request_and_what_was_sent_in_answer() {
    let folder = tempfile::tempdir().unwrap();
    let keep = Keep::everything(folder.path());
    let store = Store::create(&folder.path().join("capture"), keep, SystemTime::now());
    let store = Arc::new(store.unwrap());
    let mut stage = Stage::with(|config, wake| {
        Session::start(SessionConfig { store, ..config }, wake).unwrap()
    });
    let address = stage.start_server();
    let mut peer = connect(address);
    assert_eq!(ask_for(&mut peer, "ping", 4), "ping");
    // Listening, accepted, received, sent.
    stage.wait("the record", |session, _| {
        let record = session.store(CaptureId::Live)?.status();
        (record.entries == 4).then_some(())
    });
    let request = DetailOf {
        number: 2,
        frames: None,
        chunk: None,
    };
    let of = ExchangeOf {
        request,
        reply: None,
    };
    let request = Request::Exchange(Box::new(of));
    stage.session.request(CaptureId::Live, request).unwrap();
    let exchange = stage.wait("the exchange", |_, update| match update {
        Some(Update::Live(RecordUpdate::Answer(Answer::Exchange(_, exchange)))) => exchange.clone(),
        _ => None,
    });
    let made = stage.session.make_rule(SERVER, &exchange).unwrap();
    assert_eq!(made.replied, Some(ReplyKind::Echo));
    let form = stage.session.document.endpoint(SERVER).unwrap();
    let behaviour = form.kind.behaviour();
    assert_eq!(behaviour.reply, ReplyKind::Rules);
    let rules: Vec<_> = behaviour
        .rules
        .rules
        .iter()
        .map(|it| (it.id, &*it.name))
        .collect();
    assert_eq!(rules, [(made.rule, "ping")]);
    // The server follows it while it runs.
    let deadline = Instant::now() + PATIENCE;
    while stage.applied(SERVER) == [0] {
        assert_eq!(ask_for(&mut peer, "ping", 4), "ping");
        assert!(Instant::now() < deadline);
    }
    assert!(stage.session.make_rule(EndpointId(99), &exchange).is_none());
}

#[test]
fn a_connected_client_takes_over_a_change_of_its_rules() {
    let mut stage = Stage::new();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let form = |rules: Vec<RuleForm>| {
        let port = listener.local_addr().unwrap().port();
        EndpointKind::Client(ClientForm {
            remote: AddressForm {
                port_text: port.to_string(),
                ..AddressForm::default()
            },
            behaviour: BehaviourForm {
                rules: RulesForm {
                    rules,
                    ..RulesForm::default()
                },
                ..BehaviourForm::replying(ReplyKind::Rules)
            },
            ..ClientForm::default()
        })
    };
    let mut hello = rule("", "hello");
    hello.when = WhenForm {
        kind: WhenKind::Connected,
        ..WhenForm::default()
    };
    stage
        .session
        .set_up(CLIENT, form(vec![hello.clone()]))
        .unwrap();
    stage.session.connect(CLIENT).unwrap();
    let (mut peer, _) = listener.accept().unwrap();
    peer.set_read_timeout(Some(PATIENCE)).unwrap();
    assert_eq!(read(&mut peer, 5), "hello");
    stage.wait("the connection", |session, _| session.connected(CLIENT));
    let pong = rule("ping", "pong");
    stage
        .session
        .set_up(CLIENT, form(vec![hello, pong]))
        .unwrap();
    peer.set_read_timeout(Some(Duration::from_millis(20)))
        .unwrap();
    let deadline = Instant::now() + PATIENCE;
    let mut answer = [0; 4];
    loop {
        peer.write_all(b"ping").unwrap();
        if peer.read_exact(&mut answer).is_ok() {
            break;
        }
        assert!(Instant::now() < deadline);
    }
    assert_eq!(&answer, b"pong");
    assert_eq!(stage.applied(CLIENT)[0], 1);
}

#[test]
fn the_files_of_rules_are_read_once_the_document_is_approved() {
    let mut stage = Stage::new();
    let path = stage.file("page", b"from a file");
    Arc::make_mut(&mut stage.session.document).is_approved = false;
    let mut page = rule("get", &draft(&path, "").text);
    page.then[0].text = draft(&path, "!").text;
    stage.follow(vec![page]);
    let address = stage.start_server();
    let mut peer = connect(address);
    peer.write_all(b"get").unwrap();
    stage.wait("the request", |session, _| {
        let server = session.endpoints.get(&SERVER)?;
        (server.received_bytes == 3).then_some(())
    });
    assert!(stage.session.rule_set(SERVER).is_none());
    stage.session.approve();
    stage.wait("the files", |session, _| session.rule_set(SERVER).map(drop));
    assert_eq!(ask_for(&mut peer, "get", 12), "from a file!");
}
