//! `bothends serve`: one server without a window.

use super::args::{MessageArgument, ReplyArgument, ServeArguments, TextArguments, first_given};
use super::documents;
use super::error::CliError;
use super::input::compile;
use super::patience::Deadline;
use super::running::document_of;
use super::serving::ServingPlan;
use super::signals::Signals;
use crate::net::{DEFAULT_BACKLOG, DEFAULT_PORT, Network};
use crate::payload::Draft;
use crate::session::SessionError;
use crate::workspace::{
    AddressForm, BehaviourForm, EndpointKind, FieldError, FormField, ProtocolForm, ReplyKind,
    ServerForm, TransportKind,
};

const NAME: &str = "Server 1";

/// Serves until a signal arrives, the time is over, or standard output is closed and there is no record.
pub(super) fn serve(arguments: &ServeArguments, signals: &Signals) -> Result<(), CliError> {
    let deadline = arguments.max_time.map(Deadline::after);
    let is_udp = AddressForm::split(&arguments.bind).transport == TransportKind::Udp;
    let (behaviour, protocol) = match &arguments.rules {
        Some(file) => documents::behaviour(file, arguments.allow_files)?,
        None => (
            behaviour(arguments)?,
            arguments.framing.protocol(&arguments.text, is_udp)?,
        ),
    };
    let uses_frames = arguments.rules.is_some() || behaviour.reply == ReplyKind::Fixed;
    let form = form(arguments, behaviour, protocol)?;
    let (document, endpoint) = document_of(NAME, EndpointKind::Server(form));
    let plan = ServingPlan {
        document,
        endpoints: vec![endpoint],
        is_named: false,
        accepting: arguments.accepting.unwrap_or_default(),
        sequence: None,
        is_json: arguments.json,
        record: &arguments.record,
        key_log: arguments.tls.key_log(),
        deadline,
    };
    plan.log().require_use(arguments.json || uses_frames)?;
    plan.carry_out(signals)
}

fn behaviour(arguments: &ServeArguments) -> Result<BehaviourForm, CliError> {
    let (reply, reply_message) = reply(arguments)?;
    if arguments.close_after_reply && reply == ReplyKind::None {
        return Err(CliError::CloseAfterNoReply);
    }
    Ok(BehaviourForm {
        greeting: greeting(arguments)?,
        reply_message,
        close_after_reply: arguments.close_after_reply,
        ..BehaviourForm::replying(reply)
    })
}

fn form(
    arguments: &ServeArguments,
    behaviour: BehaviourForm,
    protocol: ProtocolForm,
) -> Result<ServerForm, CliError> {
    let bind = AddressForm::split(&arguments.bind);
    require_options(arguments, &bind)?;
    let form = ServerForm {
        bind,
        // Both ends have to be in one lab, and this process has one end only.
        network: Network::System,
        lab_delay_text: String::new(),
        lab_loss_text: String::new(),
        dual_stack: arguments.dual_stack,
        mode_text: arguments.mode.clone().unwrap_or_default(),
        backlog_text: arguments.backlog.unwrap_or(DEFAULT_BACKLOG).to_string(),
        behaviour: BehaviourForm {
            stay_half_open: arguments.stay_half_open || behaviour.stay_half_open,
            read_buffer_text: arguments.read_buffer.to_string(),
            ..behaviour
        },
        socket: arguments.socket.form(None),
        udp: arguments.udp_server.form(&arguments.udp),
        tls: arguments.tls.form(),
        protocol,
    };
    let bind = form.parse().map_err(wrong)?.bind;
    if arguments.dual_stack && !bind.ip().is_some_and(|it| it.is_ipv6()) {
        return Err(CliError::DualStack {
            port: bind.ip().map_or(DEFAULT_PORT, |it| it.port()),
        });
    }
    Ok(form)
}

/// Returns why the form cannot be used. Each option was checked on its own.
fn wrong(problem: FieldError) -> CliError {
    match problem.field {
        FormField::Groups => CliError::Setup {
            place: None,
            name: "--group".to_owned(),
            source: Box::new(problem),
        },
        _ => SessionError::from(problem).into(),
    }
}

/// Refuses options that the kind of address does not have.
fn require_options(arguments: &ServeArguments, bind: &AddressForm) -> Result<(), CliError> {
    let has_file = bind.transport == TransportKind::Unix && !bind.path_text.starts_with('@');
    if arguments.mode.is_some() && !has_file {
        return Err(CliError::ModeWithoutFile);
    }
    let of_udp = arguments.udp_server.first().or(arguments.udp.first());
    if let Some(option) = of_udp.filter(|_| bind.transport != TransportKind::Udp) {
        return Err(CliError::UdpOnly { option });
    }
    let of_tls = arguments.tls.first();
    if let Some(option) = of_tls.filter(|_| bind.transport != TransportKind::Tls) {
        return Err(CliError::TlsOnly { option });
    }
    let refused = match bind.transport {
        TransportKind::Tcp | TransportKind::Tls => None,
        TransportKind::Udp => {
            let given = first_given([
                ("--backlog", arguments.backlog.is_some()),
                ("--accepting", arguments.accepting.is_some()),
                ("--stay-half-open", arguments.stay_half_open),
            ]);
            let given = given.or(arguments.socket.first_of_tcp());
            given.map(|option| CliError::NotWithUdp { option })
        }
        TransportKind::Unix => {
            let given = arguments.socket.first();
            given.map(|option| CliError::NotWithUnix { option })
        }
    };
    refused.map_or(Ok(()), Err)
}

fn greeting(arguments: &ServeArguments) -> Result<Draft, CliError> {
    match &arguments.greeting {
        Some(message) => draft("--greeting", message, &arguments.text),
        None => Ok(Draft::default()),
    }
}

fn reply(arguments: &ServeArguments) -> Result<(ReplyKind, Draft), CliError> {
    let how = &arguments.text;
    let message = match &arguments.reply {
        ReplyArgument::Message(message) => message,
        _ if how.template && arguments.greeting.is_none() => return Err(CliError::ReplyTemplate),
        ReplyArgument::Echo => return Ok((ReplyKind::Echo, Draft::default())),
        ReplyArgument::None => return Ok((ReplyKind::None, Draft::default())),
    };
    Ok((ReplyKind::Fixed, draft("--reply", message, how)?))
}

/// Returns a message to send. What is wrong with it is found before anything starts.
fn draft(
    option: &'static str,
    message: &MessageArgument,
    how: &TextArguments,
) -> Result<Draft, CliError> {
    let draft = Draft {
        text: message.text.clone(),
        format: message.format,
        template: how.template,
        ..Draft::default()
    };
    compile(option, &draft, how.encodings().sent)?;
    Ok(draft)
}
