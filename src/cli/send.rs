//! `bothends send`: one client without a window.

use std::io::{self, IsTerminal as _};
use std::num::NonZeroU64;
use std::path::PathBuf;

use super::args::{CONNECT_TIMEOUT, RecordArgument, SendArguments, first_given};
use super::error::CliError;
use super::frame_count::FrameCount;
use super::frames::Counts;
use super::input::{Edges, Input};
use super::log::{Log, LogConfig, Printed};
use super::notes::notes;
use super::output::{first_of, say};
use super::patience::{Deadline, Patience};
use super::pattern::PatternMatcher;
use super::pending::pending;
use super::running::{RunningSession, document_of};
use super::sending::{Orders, Sending, WhyEnded};
use super::signals::Signals;
use super::writing::Writing;
use crate::net::{Address, ClientConfig, Network, Observe, Target};
use crate::payload::{Encoding, Pattern};
use crate::session::SessionError;
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::{
    AddressForm, BehaviourForm, ClientForm, Document, EndpointKind, ProtocolForm, ReplyKind,
    TargetForm, TransportKind,
};

const NAME: &str = "Client 1";

/// What to do, checked.
struct Plan<'a> {
    document: Document,
    config: LogConfig<'a>,
    frames: Option<FrameCount>,
    orders: Orders,
    record: RecordArgument,
    key_log: Option<&'a PathBuf>,
}

/// Connects, sends the input, prints what arrives, and returns when there is nothing left to do.
///
/// With a record, standard output is written from it. Without one, a slow reader of the received bytes holds up the
/// connection; JSON lines that it cannot take are dropped and counted.
pub(super) fn send(arguments: SendArguments, signals: &Signals) -> Result<(), CliError> {
    let deadline = arguments.max_time.map(Deadline::after);
    let is_udp = AddressForm::split(&arguments.target).transport == TransportKind::Udp;
    let protocol = arguments.framing.protocol(&arguments.message, is_udp)?;
    let (document, endpoint) = document_of(NAME, client(&arguments, &protocol)?);
    let config = LogConfig {
        printed: printed(&arguments),
        endpoints: &document.endpoints,
    };
    config.require_use(arguments.json || arguments.frames.is_some())?;
    let frames = frame_count(arguments.frames, &protocol, is_udp)?;
    let encoding = protocol.received.encoding;
    let expected = arguments.expect.as_ref();
    let expected = expected.map(|it| written(it, encoding)).transpose()?;
    let edges = if is_udp {
        Edges::Datagrams(arguments.datagrams)
    } else {
        Edges::None
    };
    let (line_ending, message) = (arguments.line_ending, &arguments.message);
    let input = Input::open(arguments.input, line_ending, message, edges)?;
    if arguments.finish && input.repetition.is_some_and(|it| it.times.is_none()) {
        return Err(CliError::NeverFinished);
    }
    let is_awaited = expected.is_some() || frames.is_some();
    let orders = Orders {
        endpoint,
        patience: Patience {
            wait: arguments.wait,
            bounds_input: is_awaited && !input.is_terminal,
        },
        input,
        expected,
        deadline,
        finishes: arguments.finish,
        is_udp,
    };
    let record = arguments.record;
    Plan {
        document: document.clone(),
        config,
        frames,
        orders,
        record,
        key_log: arguments.tls.key_log(),
    }
    .carry_out(signals)
}

impl Plan<'_> {
    fn carry_out(self, signals: &Signals) -> Result<(), CliError> {
        let signals = signals.listen()?;
        let (sender, mut receiver) = pending(self.config.when_full());
        let expected = self.orders.expected.clone();
        let matcher = expected.map(|it| PatternMatcher::new(it, self.orders.is_udp));
        let (taker, notes) = notes(matcher, self.frames, sender.clone());
        let (observe, watch) = (Observe::Everything, Box::new(taker));
        let mut running =
            RunningSession::start(self.document, &self.record, observe, false, watch)?;
        running.log_keys(self.key_log);
        if let Some(record) = running.record() {
            receiver.read_from(record);
        }
        let clock = running.session.clock();
        let log = Log::new(clock, &self.config);
        let writing = Writing::start(log, receiver, sender.clone())?;
        running.session.connect(self.orders.endpoint)?;
        let mut sending = Sending::new(self.orders, notes, sender.clone(), clock);
        let ended = sending
            .run(&mut running, &signals, &writing)
            .and_then(|ended| {
                let left = sending.leave(ended, &mut running, &signals);
                left.map(|()| ended)
            });
        // What still comes is bounded, so that nothing waits for the reader of standard output any more.
        sender.expect_last();
        running.session.stop_all();
        let recorded = running.end();
        sender.note_record(&recorded);
        sender.end();
        sending.take_last_notes();
        let is_urgent = ended.as_ref().is_ok_and(|ended| ended.is_urgent());
        let written = match sending.written.take() {
            Some(written) => written,
            None => writing.finish(&signals, is_urgent),
        };
        let is_met = matches!(ended, Ok(WhyEnded::Met));
        let concluded = ended.and_then(|ended| sending.conclude(ended));
        let mut checked = None;
        let written = written.map(|counts| checked = counts);
        first_of([concluded, recorded, written])?;
        conclude_check(checked, is_met)
    }
}

fn printed(arguments: &SendArguments) -> Printed {
    if arguments.json {
        Printed::Json
    } else if arguments.raw || !io::stdout().is_terminal() {
        Printed::Exact
    } else {
        Printed::Visible
    }
}

fn client(arguments: &SendArguments, protocol: &ProtocolForm) -> Result<EndpointKind, CliError> {
    let remote = AddressForm::split(&arguments.target);
    require_options(arguments, remote.transport)?;
    let timeout = arguments.connect_timeout.clone();
    let form = ClientForm {
        target: TargetForm::Address,
        remote,
        // Both ends have to be in one lab, and this process has one end only.
        network: Network::System,
        connect_timeout_text: timeout.unwrap_or_else(|| CONNECT_TIMEOUT.to_owned()),
        reconnect_text: String::new(),
        behaviour: BehaviourForm {
            // The rest of the input is still sent after the peer's FIN.
            stay_half_open: true,
            ..BehaviourForm::replying(ReplyKind::None)
        },
        socket: arguments.socket.form(arguments.source()),
        udp: arguments.udp.form(),
        tls: arguments.tls.form(),
        protocol: protocol.clone(),
        sequences: Vec::new(),
    };
    require_one_family(&form.parse(None).map_err(SessionError::from)?)?;
    Ok(EndpointKind::Client(form))
}

/// Refuses options that the kind of address does not have.
fn require_options(arguments: &SendArguments, transport: TransportKind) -> Result<(), CliError> {
    let datagrams = first_given([("--datagrams", arguments.datagrams.is_some())]);
    let of_udp = datagrams.or(arguments.udp.first());
    if let Some(option) = of_udp.filter(|_| transport != TransportKind::Udp) {
        return Err(CliError::UdpOnly { option });
    }
    if let Some(option) = arguments
        .tls
        .first()
        .filter(|_| transport != TransportKind::Tls)
    {
        return Err(CliError::TlsOnly { option });
    }
    let refused = match transport {
        TransportKind::Tcp | TransportKind::Tls => None,
        TransportKind::Udp => {
            let given = first_given([
                ("--finish", arguments.finish),
                ("--connect-timeout", arguments.connect_timeout.is_some()),
            ]);
            let given = given.or(arguments.socket.first_of_tcp());
            given.map(|option| CliError::NotWithUdp { option })
        }
        TransportKind::Unix => {
            let source = first_given([("--source", arguments.source().is_some())]);
            let given = source.or(arguments.socket.first());
            given.map(|option| CliError::NotWithUnix { option })
        }
    };
    refused.map_or(Ok(()), Err)
}

/// Refuses a source of another family than the target's. What a name stands for is found out later.
fn require_one_family(config: &ClientConfig) -> Result<(), CliError> {
    let Target::Address(Address::Tcp(target) | Address::Udp(target)) = &config.target else {
        return Ok(());
    };
    let source = config.options.source;
    match source.filter(|source| !source.ip().is_unspecified()) {
        Some(source) if source.is_ipv4() != target.is_ipv4() => Err(CliError::SourceFamily {
            from: source.ip(),
            target: *target,
        }),
        _ => Ok(()),
    }
}

/// Returns the count of received frames, if some are waited for.
fn frame_count(
    wanted: Option<NonZeroU64>,
    protocol: &ProtocolForm,
    is_udp: bool,
) -> Result<Option<FrameCount>, CliError> {
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    if is_udp {
        return Ok(Some(FrameCount::of_datagrams(wanted)));
    }
    let rules = protocol.rules();
    if rules.received.is_none() {
        return Err(CliError::FramesWithoutFraming);
    }
    Ok(Some(FrameCount::new(wanted, rules)))
}

/// Returns the expected pattern in the peer's encoding.
fn written(pattern: &Pattern, encoding: Encoding) -> Result<Pattern, CliError> {
    let error = |words: String| CliError::Expect(words);
    let written = pattern.in_encoding(encoding);
    let written = written.map_err(|problem| error(problem.in_words(&ENGLISH)))?;
    if !written.can_match() {
        return Err(error(format!("{encoding} cannot encode {pattern}")));
    }
    Ok(written)
}

/// Reports the result of the check, if there is one. If what was waited for has arrived, a frame may be unfinished.
fn conclude_check(checked: Option<Counts>, is_met: bool) -> Result<(), CliError> {
    let Some(mut counts) = checked else {
        return Ok(());
    };
    if is_met {
        counts = counts.finished();
    }
    if counts.all() == 0 {
        return Err(CliError::NothingChecked);
    }
    if counts.bad > 0 {
        return Err(CliError::BadFrames(counts));
    }
    say(format_args!("bothends: {counts}"));
    Ok(())
}
