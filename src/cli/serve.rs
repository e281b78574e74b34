//! `wirebench serve`: one server without a window.

use std::thread;

use crossbeam_channel::bounded;

use super::args::ServeArguments;
use super::error::{CliError, advised};
use super::json::JsonLines;
use super::output::{Output, say};
use crate::net::{
    Batch, Clock, Command, EndpointId, Engine, EventKind, EventReceiver, NetError, Observe,
    ServerBehaviour, ServerConfig, WhenPeerFinishes,
};

const SERVER: EndpointId = EndpointId(1);

/// Serves until a signal comes, or until nobody reads what is told.
///
/// The teller's thread ends when the engine has: its last events are told, too.
pub(super) fn serve(arguments: &ServeArguments) -> Result<(), CliError> {
    let config = config(arguments)?;
    let clock = Clock::start();
    let observe = if arguments.json {
        Observe::Everything
    } else {
        Observe::Lifecycle
    };
    let (mut engine, events) = Engine::new(clock, observe);
    // The first one of the two is what counts; the other one finds no room.
    let (end, ended) = bounded(1);
    let signalled = end.clone();
    ctrlc::set_handler(move || {
        signalled.try_send(()).ok();
    })?;
    let json = arguments.json.then(|| JsonLines::new("Server 1", clock));
    let mut teller = Teller::new(json);
    let thread = thread::Builder::new().name("teller".to_owned());
    let teller = thread.spawn(move || {
        let told = teller.run(&events);
        end.try_send(()).ok();
        told
    });
    let teller = teller.map_err(CliError::Start)?;
    engine.command(SERVER, Command::Listen(config))?;
    // The handler keeps its sender for as long as the program runs.
    ended.recv().ok();
    engine.shutdown();
    teller.join().unwrap_or(Err(CliError::Ended))
}

fn config(arguments: &ServeArguments) -> Result<ServerConfig, CliError> {
    let bind = arguments.bind;
    if arguments.dual_stack && bind.is_ipv4() {
        return Err(CliError::DualStack { port: bind.port() });
    }
    Ok(ServerConfig {
        bind,
        dual_stack: arguments.dual_stack,
        backlog: arguments.backlog,
        behaviour: ServerBehaviour {
            read_buffer: arguments.read_buffer,
            reply: arguments.reply.clone(),
            close_after_reply: arguments.close_after_reply,
            when_peer_finishes: if arguments.stay_half_open {
                WhenPeerFinishes::StayHalfOpen
            } else {
                WhenPeerFinishes::CloseToo
            },
        },
    })
}

/// Tells what happens: words on standard error, objects on standard output.
struct Teller {
    json: Option<JsonLines>,
    output: Output,
    is_listening: bool,
}

impl Teller {
    fn new(json: Option<JsonLines>) -> Self {
        Self {
            json,
            output: Output::new(),
            is_listening: false,
        }
    }

    /// Tells until the engine has ended, or there is no use in going on.
    fn run(&mut self, events: &EventReceiver) -> Result<(), CliError> {
        while let Ok(batch) = events.recv_deadline(None) {
            self.tell(&batch)?;
        }
        Ok(())
    }

    fn tell(&mut self, batch: &Batch) -> Result<(), CliError> {
        if let Some(json) = &mut self.json {
            json.write(batch, &mut self.output)?;
        }
        for event in &batch.events {
            self.say(&event.kind)?;
        }
        Ok(())
    }

    fn say(&mut self, kind: &EventKind) -> Result<(), CliError> {
        match kind {
            EventKind::Listening { local, .. } => {
                self.is_listening = true;
                say(format_args!("listening on {local}"));
            }
            EventKind::Failed { error } if self.ends_the_server(error) => {
                return Err(CliError::Net(error.clone()));
            }
            EventKind::Failed { error } => say(advised(error)),
            EventKind::AcceptPaused { error } => {
                say(format_args!("accepting paused: {}", advised(error)));
            }
            EventKind::AcceptResumed => say("accepting resumed"),
            _ => {}
        }
        Ok(())
    }

    fn ends_the_server(&self, error: &NetError) -> bool {
        !self.is_listening || matches!(error, NetError::Start { .. })
    }
}
