//! How a worker carries out its commands.

use super::Worker;
use crate::net::command::{Command, SendTo};
use crate::net::config::{ClientConfig, Reply, ServerBehaviour, ServerConfig};
use crate::net::connection::Connection;
use crate::net::connector::Attempt;
use crate::net::error::NetError;
use crate::net::event::{ClosedBy, EngineEventKind};
use crate::net::feed::FeedEnd;
use crate::net::id::FlowId;
use crate::net::listener::{Listener, backlog};
use crate::net::message::Message;

/// How many commands are carried out in one turn.
const COMMANDS_PER_TURN: usize = 64;

impl Worker {
    pub(super) fn carry_out_commands(&mut self) {
        for _ in 0..COMMANDS_PER_TURN {
            if !self.context.outbox.has_room_for_commands() {
                break;
            }
            match self.commands.try_recv() {
                Ok(command) => self.carry_out(command),
                Err(_empty_or_hung_up) => break,
            }
        }
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Listen(config) => self.listen(&config),
            Command::Configure(behaviour) => self.context.set_behaviour(behaviour),
            Command::Connect(config) => self.connect(config),
            Command::Send { to, message } => self.send(to, &message),
            Command::Feed { connection, feed } => self.begin_feed(connection, feed),
            Command::CancelFeed(id) => self.end_feed(id, FeedEnd::Cancelled),
            Command::Disconnect(id) => self.disconnect(id),
            Command::FinishSending(id) => self.finish_sending(id),
            Command::Stop => self.stop(),
        }
    }

    fn listen(&mut self, config: &ServerConfig) {
        self.stop();
        let bound = Listener::bind(config, &self.context.poller, self.context.ids.pairs());
        let stamp = self.context.now();
        match bound {
            Ok(listener) => {
                self.context.set_behaviour(config.behaviour.clone());
                let kind = EngineEventKind::Listening {
                    local: listener.local(),
                    backlog: backlog(config.backlog),
                    dual_stack: config.dual_stack && config.bind.is_ipv6(),
                };
                self.context.outbox.emit(stamp, None, kind);
                self.listener = Some(listener);
            }
            Err(source) => {
                let address = config.bind;
                let error = NetError::Listen {
                    address,
                    source: source.into(),
                };
                self.context.emit_failure(None, error);
            }
        }
    }

    fn connect(&mut self, config: ClientConfig) {
        if self.client.is_some() || self.attempt.is_some() {
            return;
        }
        self.begin_attempt(config, None);
    }

    fn begin_attempt(&mut self, config: ClientConfig, message: Option<&Message>) {
        self.context.set_behaviour(ServerBehaviour {
            read_buffer: config.read_buffer,
            reply: Reply::None,
            reply_framing: None,
            close_after_reply: false,
            when_peer_finishes: config.when_peer_finishes,
        });
        let mut attempt = Attempt::begin(config, &self.resolver, &mut self.context);
        if let Some(message) = message {
            attempt.hold(message.clone(), &mut self.context);
        }
        let progress = attempt.advance(&mut self.context);
        self.attempt = Some(attempt);
        self.progressed(progress);
    }

    fn send(&mut self, to: SendTo, message: &Message) {
        match to {
            SendTo::All => self.send_to_all(message),
            SendTo::Connections(ids) => {
                for id in ids {
                    self.send_to(id, message);
                }
            }
            SendTo::Client(config) => match (self.client, &mut self.attempt) {
                (Some(id), _) => self.send_to(id, message),
                (None, Some(attempt)) => attempt.hold(message.clone(), &mut self.context),
                (None, None) => self.begin_attempt(*config, Some(message)),
            },
        }
    }

    fn send_to_all(&mut self, message: &Message) {
        let open = self.connections.values().filter(|each| each.can_send());
        let ids: Vec<FlowId> = open.map(Connection::id).collect();
        if ids.is_empty() {
            let bytes = message.len_bytes() as u64;
            self.context.emit_failure(None, NetError::NoPeers { bytes });
        }
        for id in ids {
            self.send_to(id, message);
        }
    }

    fn send_to(&mut self, id: FlowId, message: &Message) {
        if !self.act(id, |it, context| it.send(message.clone(), context)) {
            let bytes = message.len_bytes() as u64;
            self.context.emit_failure(None, NetError::NotOpen { bytes });
        }
    }

    fn finish_sending(&mut self, id: FlowId) {
        if !self.act(id, Connection::finish_sending) {
            self.context.emit_failure(None, NetError::NothingToFinish);
        }
    }

    fn disconnect(&mut self, id: FlowId) {
        if let Some(attempt) = self.attempt.take_if(|attempt| attempt.connection() == id) {
            attempt.give_up(&mut self.context);
        } else if let Some(connection) = self.connections.get_mut(&id) {
            connection.close(ClosedBy::Us, &mut self.context);
            self.forget(id);
        }
    }
}
