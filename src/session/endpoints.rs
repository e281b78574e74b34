//! Orders to endpoints: start and stop, connect, follow one of our servers, change while running.

use std::sync::Arc;

use super::{Session, SessionError};
use crate::capture::EndpointState;
use crate::net::{
    Accepting, Address, Behaviour, ClientConfig, Command, EndpointId, FlowId, Observe, ServerConfig,
};
use crate::script::{Act, Message, Script};
use crate::workspace::{
    ClientForm, Document, EndpointForm, EndpointKind, FieldError, FieldProblem, Followed,
    FormField, TargetForm,
};

/// The configuration of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Configured {
    /// Of a server.
    Server(Box<ServerConfig>),
    /// Of a client.
    Client(Box<ClientConfig>),
}

/// An order to an endpoint that waits for the files of its replies to be read.
#[derive(Debug)]
pub(super) enum Order {
    Listen(Box<ServerConfig>),
    Connect(Box<ClientConfig>),
    Configure(Behaviour),
}

/// An endpoint whose files are being read.
pub(super) struct Preparing {
    /// Whether it will listen or connect afterwards.
    starts: bool,
    then: Then,
}

/// What to do once the files have been read.
enum Then {
    /// Carry out the order that they were read for.
    CarryOut,
    /// Read the files of this later order next.
    Instead(Order),
    /// Nothing: the endpoint was stopped.
    Nothing,
}

impl Order {
    pub(super) fn behaviour(&mut self) -> &mut Behaviour {
        match self {
            Self::Listen(config) => &mut config.behaviour,
            Self::Connect(config) => &mut config.behaviour,
            Self::Configure(behaviour) => behaviour,
        }
    }

    fn for_session(mut self, id: EndpointId, document: &Document, observe: Observe) -> Self {
        settle(self.behaviour(), id, document, observe);
        self
    }

    fn names_files(&mut self) -> bool {
        let script = &self.behaviour().script;
        script.messages().any(Message::names_files)
    }

    fn into_command(self) -> Command {
        match self {
            Self::Listen(config) => Command::Listen(*config),
            Self::Connect(config) => Command::connect(*config),
            Self::Configure(behaviour) => Command::Configure(behaviour),
        }
    }
}

/// Returns the address that a server will listen on, if that is known.
fn planned(server: &EndpointForm) -> Option<Address> {
    let EndpointKind::Server(form) = &server.kind else {
        return None;
    };
    let bind = form.parse().ok()?.bind;
    let is_any_port = bind.ip().is_some_and(|it| it.port() == 0);
    (!is_any_port).then_some(bind)
}

/// Removes what an endpoint does by itself, and with it the files that it names, until the user approves the document.
fn settle(behaviour: &mut Behaviour, id: EndpointId, document: &Document, observe: Observe) {
    behaviour.observe = observe;
    if document.is_silenced(id) {
        behaviour.script = Arc::new(Script::silent());
    }
}

impl Session {
    /// Starts a server, on `port` instead of the one in its setup if given.
    ///
    /// # Errors
    ///
    /// A field of its setup cannot be used, or the engine cannot start it.
    pub fn start_server(&mut self, id: EndpointId, port: Option<u16>) -> Result<(), SessionError> {
        let Some(EndpointKind::Server(form)) = self.document.endpoint(id).map(|it| &it.kind) else {
            return Ok(());
        };
        let mut form = form.clone();
        if let Some(port) = port {
            form.bind.port_text = port.to_string();
        }
        let order = Order::Listen(Box::new(form.parse()?));
        self.order_endpoint(id, order.for_session(id, &self.document, self.observe))
    }

    /// Applies the current setup to an endpoint that runs; an invalid setup changes nothing.
    pub(super) fn configure(&mut self, id: EndpointId) -> Result<(), SessionError> {
        let Some(form) = self.document.endpoint(id) else {
            return Ok(());
        };
        let order = if self.preparing.get(&id).is_some_and(|it| it.starts) {
            match &form.kind {
                EndpointKind::Server(form) => form.parse().map(Box::new).map(Order::Listen),
                EndpointKind::Client(_) => self.client_config(id).map(Box::new).map(Order::Connect),
            }
        } else if self.is_running(id) {
            form.kind.parse_behaviour().map(Order::Configure)
        } else {
            return Ok(());
        };
        match order {
            Ok(order) => {
                self.order_endpoint(id, order.for_session(id, &self.document, self.observe))
            }
            // The error is shown beside the field; meanwhile everything continues as before.
            Err(_) => Ok(()),
        }
    }

    /// Gives an endpoint an order as soon as its files have been read.
    fn order_endpoint(&mut self, id: EndpointId, mut order: Order) -> Result<(), SessionError> {
        let starts = matches!(order, Order::Listen(_) | Order::Connect(_));
        match self.preparing.get_mut(&id) {
            Some(preparing) => {
                preparing.starts |= starts;
                preparing.then = Then::Instead(order);
                Ok(())
            }
            None if order.names_files() => {
                self.read_for_endpoint(id, order)?;
                let then = Then::CarryOut;
                self.preparing.insert(id, Preparing { starts, then });
                Ok(())
            }
            None => self.command(id, order.into_command()),
        }
    }

    /// Continues an endpoint's order after its files have been read.
    pub(super) fn endpoint_read(
        &mut self,
        id: EndpointId,
        order: Result<Order, SessionError>,
    ) -> Result<(), SessionError> {
        let Some(preparing) = self.preparing.remove(&id) else {
            return Ok(());
        };
        if order.is_err() {
            self.forget_waiting_for(id);
        }
        match preparing.then {
            Then::CarryOut => self.command(id, order?.into_command()),
            Then::Instead(order) => self.order_endpoint(id, order),
            Then::Nothing => Ok(()),
        }
    }

    /// Stops an endpoint, and cancels its pending order.
    pub fn stop(&mut self, id: EndpointId) -> Result<(), SessionError> {
        self.waiting.remove(&id);
        self.forget_waiting_for(id);
        if let Some(preparing) = self.preparing.get_mut(&id) {
            preparing.starts = false;
            preparing.then = Then::Nothing;
        }
        self.note_runs_cancelled(id);
        self.command(id, Command::Stop)
    }

    /// Connects a client.
    ///
    /// # Errors
    ///
    /// A field of its setup is invalid, the server that it follows does not listen, or the engine cannot start it.
    pub fn connect(&mut self, id: EndpointId) -> Result<(), SessionError> {
        self.waiting.remove(&id);
        let config = self.client_config(id)?;
        self.order_endpoint(id, Order::Connect(Box::new(config)))
    }

    /// Makes a client's configuration from its setup and the address of the server that it follows.
    pub(super) fn client_config(&self, id: EndpointId) -> Result<ClientConfig, FieldError> {
        let Some(EndpointKind::Client(form)) = self.document.endpoint(id).map(|it| &it.kind) else {
            let (field, problem) = (FormField::Server, FieldProblem::NoServer);
            return Err(FieldError { field, problem });
        };
        let mut config = self.parse_client(form, |server| self.bound(server.id).cloned())?;
        settle(&mut config.behaviour, id, &self.document, self.observe);
        Ok(config)
    }

    /// Returns the configuration of an endpoint as it is set up, whether the document is approved or not. A client whose
    /// server does not listen gets the address that the server would listen on.
    ///
    /// # Errors
    /// A field of its setup is invalid, or the server that it follows is not there or takes any free port.
    pub fn configured(&self, id: EndpointId) -> Result<Configured, FieldError> {
        let form = match self.document.endpoint(id).map(|it| &it.kind) {
            Some(EndpointKind::Server(form)) => {
                return Ok(Configured::Server(Box::new(form.parse()?)));
            }
            Some(EndpointKind::Client(form)) => form,
            None => {
                let (field, problem) = (FormField::Server, FieldProblem::NoServer);
                return Err(FieldError { field, problem });
            }
        };
        let bound = |server: &EndpointForm| self.bound(server.id).cloned();
        let config = self.parse_client(form, |it| bound(it).or_else(|| planned(it)))?;
        Ok(Configured::Client(Box::new(config)))
    }

    /// Parses a client's setup; `bound` returns the address of the server that it follows.
    fn parse_client(
        &self,
        form: &ClientForm,
        bound: impl FnOnce(&EndpointForm) -> Option<Address>,
    ) -> Result<ClientConfig, FieldError> {
        let server = match form.target {
            TargetForm::Address => None,
            TargetForm::Server(server) => self.document.endpoint(server),
        };
        let bound = server.and_then(bound);
        form.parse(server.map(|it| Followed {
            name: &it.name,
            bound: bound.as_ref(),
            network: it.network(),
            is_tls: it.is_tls(),
        }))
    }

    /// Requests an act of one connection.
    pub fn act(
        &mut self,
        endpoint: EndpointId,
        connection: FlowId,
        act: Act,
    ) -> Result<(), SessionError> {
        self.command(endpoint, Command::Act { connection, act })
    }

    /// Closes one connection once the peer's system has everything that was sent.
    pub fn leave(&mut self, endpoint: EndpointId, connection: FlowId) -> Result<(), SessionError> {
        self.command(endpoint, Command::Leave(connection))
    }

    /// Changes what a listening server does with new connections, until it is started again.
    pub fn set_accepting(
        &mut self,
        id: EndpointId,
        accepting: Accepting,
    ) -> Result<(), SessionError> {
        self.command(id, Command::Accept(accepting))
    }

    /// Stops an endpoint and removes it; its entries and its name stay.
    pub fn remove(&mut self, id: EndpointId) {
        self.remove_running(id);
        // A card shown twice in one frame may ask twice; the second request finds nothing to remove.
        self.edit(|document| document.remove(id)).ok();
    }

    /// Stops an endpoint that leaves the document.
    pub(super) fn remove_running(&mut self, id: EndpointId) {
        self.preparing.remove(&id);
        self.endpoints.remove(&id);
        self.rules_at_work.remove(&id);
        self.note_runs_cancelled(id);
        if let Some(repeater) = self.repeater.as_ref().filter(|it| it.names(id)) {
            repeater.stop();
        }
        if let Some(engine) = &mut self.engine {
            engine.remove(id);
        }
    }

    /// Sends a command to an endpoint; never blocks.
    pub fn command(&mut self, id: EndpointId, mut command: Command) -> Result<(), SessionError> {
        self.note_rules(id, &mut command);
        let engine = self.engine.as_mut().ok_or(SessionError::Closing)?;
        Ok(engine.command(id, command)?)
    }

    /// Returns the address that a server listens on.
    pub(super) fn bound(&self, id: EndpointId) -> Option<&Address> {
        match &self.endpoints.get(&id)?.state {
            EndpointState::Listening { local, .. } => Some(local),
            _ => None,
        }
    }

    /// Returns whether a server listens, or a client has a connection or is about to.
    pub(super) fn is_running(&self, id: EndpointId) -> bool {
        let state = self.endpoints.get(&id).map(|it| &it.state);
        matches!(
            state,
            Some(
                EndpointState::Listening { .. }
                    | EndpointState::Connecting
                    | EndpointState::Reconnecting { .. }
                    | EndpointState::Connected(_)
            )
        )
    }

    /// Returns the connection of a client.
    pub(super) fn connected(&self, id: EndpointId) -> Option<FlowId> {
        match self.endpoints.get(&id)?.state {
            EndpointState::Connected(connection) => Some(connection),
            _ => None,
        }
    }
}
