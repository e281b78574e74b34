//! What a client opens with UDP: a socket of its own, from which a datagram can be sent at once. Nobody answers yet.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use super::{Attempt, AttemptProgress, OpenedUdp, Stage, emit_failure};
use crate::net::address::Address;
use crate::net::connection::Connection;
use crate::net::context::Context;
use crate::net::event::{EngineEventKind, Link};
use crate::net::hops::CircleEnd;
use crate::net::poller::{Key, Registered};
use crate::net::transport::Transport;
use crate::net::udp::{DatagramEnds, Made, Mouth};

impl Attempt {
    /// Opens a socket for a target. Reports why if it cannot, and returns whether it could.
    pub(super) fn bind_towards(&mut self, target: SocketAddr, context: &mut Context) -> bool {
        match self.mouth_towards(target, context) {
            Ok(mouth) => {
                self.stage = Stage::Bound(mouth, target);
                true
            }
            Err(source) => {
                let link = Link::new(self.connection, None, Address::udp(target));
                let error = self.connect_error(&link, source, context);
                let is_last = self.addresses.is_empty();
                emit_failure(Some(&link), error, is_last, context);
                false
            }
        }
    }

    fn mouth_towards(&self, target: SocketAddr, context: &mut Context) -> io::Result<Mouth> {
        let config = &self.config;
        let sockets = context.sockets(config.network, &target)?;
        let made = Made {
            sockets: &*sockets,
            options: &config.options,
            udp: &config.udp,
        };
        let key = Key::of(self.connection);
        let poller = &context.poller;
        let pairs = context.ids.pairs(config.network);
        let (number, server) = (self.connection.number, Address::udp(target));
        let open = |_is_ours| Mouth::towards(key, target, made, poller);
        let (mut mouth, pair) = pairs.dial(number, &server, open, |it| Some(it.local()))?;
        mouth.pair = pair;
        mouth.opener = Some(self.connection);
        context.forget_after = config.udp.forget_after;
        Ok(mouth)
    }

    /// Makes the connection with the target, and begins what waited for it.
    pub(super) fn opened(
        &mut self,
        mut mouth: Mouth,
        target: SocketAddr,
        context: &mut Context,
    ) -> AttemptProgress {
        let id = self.connection;
        let link = Link::new(id, Some(mouth.local()), Address::udp(target));
        let connected = EngineEventKind::Connected {
            took: Duration::ZERO,
            process: None,
        };
        context.emit(Some(&link), connected);
        let ends = DatagramEnds {
            peer: target,
            to: None,
        };
        let transport = Transport::Udp(mouth.add(id, ends, None));
        let socket = Registered::shared(&context.poller, Key::of(id), transport);
        let circle = mouth.pair.as_ref().map(|pair| pair.circle.clone());
        let pair = circle.map(CircleEnd::of_client);
        let mut connection = Connection::new(socket, link, pair, context);
        self.begin_on(&mut connection, context);
        AttemptProgress::Opened(Box::new(OpenedUdp { mouth, connection }))
    }
}
