//! A lesson that runs: its endpoints, and what is done at them for the learner.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

use super::run::LessonRun;
use super::setting::{aim, pin};
use super::{Lesson, LessonAct, LessonEnd, Setting};
use crate::net::{Address, EndpointId, FlowId, SendTo};
use crate::session::{Session, SessionError};
use crate::workspace::{ClientForm, EndpointKind, ServerForm, TargetForm};

/// The endpoints of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonEnds {
    /// Its server.
    pub server: EndpointId,
    /// Its clients.
    pub clients: Vec<EndpointId>,
}

impl LessonEnds {
    /// Returns all of them.
    pub fn all(&self) -> impl Iterator<Item = EndpointId> {
        let clients = self.clients.iter().copied();
        [self.server].into_iter().chain(clients)
    }
}

/// A lesson that runs.
pub(in crate::session) struct RunningLesson {
    ends: LessonEnds,
    /// The port that the server had last.
    port: Option<u16>,
    /// What is still to be done for the learner, once the server is as it was asked to be.
    waiting: VecDeque<LessonAct>,
    /// Whether the server is to listen for that, or to have stopped.
    wants_listening: bool,
}

impl Session {
    /// Begins a lesson in place of another one: it gets a server and clients with names that begin like these, which
    /// are in no file. [`Update::Lesson`](crate::session::Update::Lesson) follows.
    ///
    /// # Errors
    ///
    /// The document holds too many endpoints.
    pub fn begin_lesson(
        &mut self,
        lesson: &Lesson,
        (server_name, client_name): (&str, &str),
    ) -> Result<LessonEnds, SessionError> {
        self.end_lesson();
        let mut server = ServerForm::default();
        "0".clone_into(&mut server.bind.port_text);
        let server = EndpointKind::Server(server);
        let server = self.edit(|document| document.add_guest(server_name, server))?;
        let mut ends = LessonEnds {
            server,
            clients: Vec::new(),
        };
        for number in 1..=lesson.clients {
            let client = EndpointKind::Client(ClientForm {
                target: TargetForm::Server(server),
                ..ClientForm::default()
            });
            let name = match lesson.clients {
                1 => client_name.to_owned(),
                _ => format!("{client_name} {number}"),
            };
            match self.edit(|document| document.add_guest(&name, client)) {
                Ok(client) => ends.clients.push(client),
                Err(error) => {
                    ends.all().for_each(|id| self.remove(id));
                    return Err(error.into());
                }
            }
        }
        let clients = ends.clients.iter().map(|id| (*id, LessonEnd::Client));
        let by_id: BTreeMap<_, _> = clients.chain([(server, LessonEnd::Server)]).collect();
        let steps = lesson.steps.iter().map(|step| step.until.clone()).collect();
        self.lessons.follow(LessonRun::new(steps, by_id));
        self.lesson = Some(RunningLesson {
            ends: ends.clone(),
            port: None,
            waiting: VecDeque::new(),
            wants_listening: true,
        });
        self.do_for_learner(&lesson.setup, &[])?;
        Ok(ends)
    }

    /// Ends the lesson, stops and removes its endpoints. Their entries stay.
    pub fn end_lesson(&mut self) {
        self.lessons.leave();
        if let Some(lesson) = self.lesson.take() {
            for id in lesson.ends.all() {
                self.remove(id);
            }
        }
    }

    /// Does something at the endpoints of the lesson, in order; `live` are their connections that have not ended.
    ///
    /// # Errors
    ///
    /// The first thing that an endpoint refuses.
    pub fn do_for_learner(
        &mut self,
        acts: &[LessonAct],
        live: &[(EndpointId, FlowId)],
    ) -> Result<(), SessionError> {
        let Some(ends) = self.lesson.as_ref().map(|it| it.ends.clone()) else {
            return Ok(());
        };
        if let Some(lesson) = &mut self.lesson {
            lesson.waiting.clear();
        }
        self.note_port(ends.server);
        let mut acts: VecDeque<_> = acts.iter().cloned().collect();
        let mut is_changed = false;
        while let Some(act) = acts.pop_front() {
            match act {
                // The learner has started it. Some settings take effect when it starts again.
                LessonAct::Start if self.listens() && !is_changed => continue,
                LessonAct::Start if self.listens() => {
                    acts.push_front(LessonAct::Start);
                    acts.push_front(LessonAct::Stop);
                    is_changed = false;
                    continue;
                }
                LessonAct::Set(LessonEnd::Server, _) => is_changed = true,
                _ => {}
            }
            self.do_one(&ends, live, &act)?;
            let wants_listening = match act {
                LessonAct::Start => true,
                LessonAct::Stop if self.listens() => false,
                _ => continue,
            };
            if let Some(lesson) = &mut self.lesson {
                lesson.waiting = acts;
                lesson.wants_listening = wants_listening;
            }
            return Ok(());
        }
        Ok(())
    }

    /// Returns whether the lesson's server listens, by what is on record: the status may come a moment later.
    fn listens(&self) -> bool {
        self.lessons.listening().is_some()
    }

    /// Returns whether the status of the lesson's server is what is on record, and is this.
    fn is_settled(&self, server: EndpointId, wants_listening: bool) -> bool {
        let recorded = self.lessons.listening();
        recorded.as_ref() == self.bound(server) && recorded.is_some() == wants_listening
    }

    /// Notes the port that the server of the lesson has, if it has one.
    pub(in crate::session) fn note_lesson_port(&mut self) {
        if let Some(server) = self.lesson_server() {
            self.note_port(server);
        }
    }

    /// Notes the port that the server has.
    fn note_port(&mut self, server: EndpointId) {
        let bound = self.bound(server).and_then(Address::ip);
        if let (Some(lesson), Some(bound)) = (&mut self.lesson, bound) {
            lesson.port = Some(bound.port());
        }
    }

    /// Does what waited for it to listen or to stop, once it has; returns what was refused.
    pub(in crate::session) fn go_on_with_lesson(&mut self) -> Option<SessionError> {
        let lesson = self.lesson.as_ref()?;
        let (server, wants_listening) = (lesson.ends.server, lesson.wants_listening);
        if lesson.waiting.is_empty() || !self.is_settled(server, wants_listening) {
            return None;
        }
        self.note_port(server);
        let waiting = std::mem::take(&mut self.lesson.as_mut()?.waiting);
        self.do_for_learner(&Vec::from(waiting), &[]).err()
    }

    fn do_one(
        &mut self,
        ends: &LessonEnds,
        live: &[(EndpointId, FlowId)],
        act: &LessonAct,
    ) -> Result<(), SessionError> {
        let all_of = |end: LessonEnd| match end {
            LessonEnd::Server => vec![ends.server],
            LessonEnd::Client => ends.clients.clone(),
        };
        match act {
            LessonAct::Start => self.start_server(ends.server, None),
            LessonAct::Stop => self.stop(ends.server),
            LessonAct::Connect => ends.clients.iter().try_for_each(|id| self.connect(*id)),
            LessonAct::Disconnect => ends.clients.iter().try_for_each(|id| self.stop(*id)),
            LessonAct::Accept(accepting) => self.set_accepting(ends.server, *accepting),
            LessonAct::Send(LessonEnd::Server, bytes) => {
                self.send_bytes(ends.server, SendTo::All, bytes.clone())
            }
            LessonAct::Send(LessonEnd::Client, bytes) => ends.clients.iter().try_for_each(|id| {
                let config = Box::new(self.client_config(*id)?);
                self.send_bytes(*id, SendTo::Client(config), bytes.clone())
            }),
            LessonAct::Request(end, act) => {
                let of = all_of(*end);
                let live = live.iter().filter(|(endpoint, _)| of.contains(endpoint));
                let mut live = live.copied();
                live.try_for_each(|(endpoint, connection)| {
                    self.act(endpoint, connection, act.clone())
                })
            }
            LessonAct::Set(end, setting) => {
                let set = |id| self.set_one(id, |kind| Setting::set(setting, kind));
                all_of(*end).into_iter().try_for_each(set)
            }
            LessonAct::Pin => self.lesson_port().map_or(Ok(()), |port| {
                self.set_one(ends.server, |kind| {
                    pin(kind, port);
                    true
                })
            }),
            LessonAct::Aim(host) => self.aim(&ends.clients, *host),
        }
    }

    /// Returns the server of the lesson.
    pub(in crate::session) fn lesson_server(&self) -> Option<EndpointId> {
        Some(self.lesson.as_ref()?.ends.server)
    }

    /// Returns the port that the server has, or had last.
    fn lesson_port(&self) -> Option<u16> {
        self.lesson.as_ref()?.port
    }

    fn aim(&mut self, clients: &[EndpointId], host: IpAddr) -> Result<(), SessionError> {
        let Some(port) = self.lesson_port() else {
            return Ok(());
        };
        let transport = self.lesson_server().map(|it| self.document().transport(it));
        let transport = transport.unwrap_or_default();
        let mut clients = clients.iter();
        clients.try_for_each(|id| {
            self.set_one(*id, |kind| {
                aim(kind, transport, host, port);
                true
            })
        })
    }

    /// Changes the settings of one endpoint, unless it has none such.
    fn set_one(
        &mut self,
        id: EndpointId,
        set: impl FnOnce(&mut EndpointKind) -> bool,
    ) -> Result<(), SessionError> {
        let Some(mut kind) = self.document().endpoint(id).map(|it| it.kind.clone()) else {
            return Ok(());
        };
        if set(&mut kind) {
            self.set_up(id, kind)?;
        }
        Ok(())
    }
}
