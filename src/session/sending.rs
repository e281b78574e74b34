//! Sending: messages, with the files that their templates name, and whole files.

use bytes::Bytes;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::answers::ExpectedAnswers;
use super::parcel::{Addressed, Parcel, SendTarget};
use super::repeat::{RepeatStatus, Repeater};
use super::{Session, SessionError, Update};
use crate::capture::frames::{FrameRule, FrameRules};
use crate::net::{
    ByDirection, Command, CommandError, EndpointId, Fed, Feed, FeedId, FeedSender, FlowId, SendTo,
    render,
};
use crate::payload::framing::Framing;
use crate::payload::template::Template;
use crate::script::Message;
use crate::workspace::{FileOrder, FileProblem, ProtocolForm, Repetition, open_plain};

/// The size of a piece, in bytes, if no pace is set.
const PIECE_BYTES: usize = 64 * 1024;

/// A message whose files are being read or have been read, for each endpoint that sends it.
pub(super) struct OutgoingMessage {
    pub(super) addressed: Vec<Addressed>,
    /// How often it is sent, if it is repeated.
    repetition: Option<Repetition>,
}

/// An open file that is about to be sent.
pub(super) struct OpenFile {
    pub(super) file: File,
    pub(super) total_bytes: u64,
}

/// The sending of a file; one at a time.
pub(super) struct FileSend {
    endpoint: EndpointId,
    connection: FlowId,
    stage: FileStage,
}

enum FileStage {
    /// It is being opened.
    Opening(FileOrder),
    /// It is being sent.
    UnderWay(FeedId),
}

impl Session {
    /// Sends a message to all of these, in the encoding of each endpoint that sends it, as soon as the files that its
    /// template names have been read. What comes of it follows as [`Update::Answered`].
    ///
    /// # Errors
    ///
    /// What was written stands for no message, there is nothing to send, there is no recipient, or the message names files
    /// and the document is not approved: then nobody is sent anything. Later errors are an [`Update::NotSent`].
    pub fn send(&mut self, parcel: Parcel<'_>, to: Vec<SendTarget>) -> Result<(), SessionError> {
        self.send_out(parcel, to, None)
    }

    /// Sends a message as [`Self::send`] does, and then again and again. Each time its fields are computed anew.
    /// [`Update::Repeating`] follows, also when it ends.
    ///
    /// # Errors
    ///
    /// As for [`Self::send`], or a message is being repeated already.
    pub fn repeat(
        &mut self,
        parcel: Parcel<'_>,
        to: Vec<SendTarget>,
        repetition: Repetition,
    ) -> Result<(), SessionError> {
        if self.repeater.is_some() {
            return Err(SessionError::Repeating);
        }
        self.send_out(parcel, to, Some(repetition))
    }

    /// Stops repeating a message. What was passed on is still sent.
    pub fn stop_repeating(&mut self) {
        if let Some(repeater) = &self.repeater {
            repeater.stop();
        }
    }

    fn send_out(
        &mut self,
        parcel: Parcel<'_>,
        to: Vec<SendTarget>,
        repetition: Option<Repetition>,
    ) -> Result<(), SessionError> {
        let mut addressed = Vec::with_capacity(to.len());
        for target in to {
            let id = target.endpoint();
            let form = self.document.endpoint(id);
            let encoding = form.map(|it| it.protocol().sent.encoding);
            let template = parcel.template(encoding.unwrap_or_default())?;
            let is_udp = self.document.transport(id).is_udp();
            // A datagram may be empty.
            if template.is_empty() && !is_udp {
                return Err(SessionError::NothingToSend);
            }
            if !self.document.is_approved && template.names_files() {
                return Err(SessionError::NotApproved);
            }
            let (endpoint, to) = self.recipients(target)?;
            addressed.push(Addressed {
                endpoint,
                to,
                template,
            });
        }
        if addressed.is_empty() {
            return Err(SessionError::NoTarget);
        }
        // Messages keep their order, so one without files waits for earlier ones.
        let names_files = addressed.iter().any(|it| {
            // A client that runs has its replies already.
            it.template.names_files() || it.connects_with_files() && !self.is_running(it.endpoint)
        });
        let outgoing = OutgoingMessage {
            addressed,
            repetition,
        };
        if self.outgoing == 0 && !names_files {
            return self.send_now(outgoing);
        }
        self.read_for_message(outgoing)?;
        self.outgoing += 1;
        Ok(())
    }

    /// Sends a message whose files have been read.
    pub(super) fn message_read(
        &mut self,
        outgoing: Result<OutgoingMessage, SessionError>,
    ) -> Result<(), SessionError> {
        self.outgoing -= 1;
        self.send_now(outgoing?)
    }

    fn send_now(&mut self, outgoing: OutgoingMessage) -> Result<(), SessionError> {
        let OutgoingMessage {
            addressed,
            repetition,
        } = outgoing;
        let is_stream = |it: &&Addressed| !self.document.transport(it.endpoint).is_udp();
        let mut streams = addressed.iter().filter(is_stream);
        if streams.any(|it| is_void(&it.template)) {
            return Err(SessionError::Void);
        }
        let rules = self.answer_rules(&addressed);
        if let Some(repetition) = repetition {
            return self.start_repeating(addressed, repetition, rules);
        }
        let engine = self.engine.as_ref().ok_or(SessionError::Closing)?;
        // Noted before any of it is sent.
        self.answers.expect(ExpectedAnswers {
            endpoints: addressed.iter().map(|it| it.endpoint).collect(),
            after: engine.ids().next_payload(),
            rules: Arc::new(rules),
            times: 1,
            sight: None,
        });
        for Addressed {
            endpoint,
            to,
            template,
        } in addressed
        {
            let message = template.into();
            self.command(endpoint, Command::Send { to, message })?;
        }
        Ok(())
    }

    fn start_repeating(
        &mut self,
        addressed: Vec<Addressed>,
        repetition: Repetition,
        rules: FrameRules,
    ) -> Result<(), SessionError> {
        let mut addressed = addressed;
        for it in &mut addressed {
            self.note_rules_of(it.endpoint, &mut it.to);
        }
        let engine = self.engine.as_mut().ok_or(SessionError::Closing)?;
        let with_sender = |it: Addressed| Ok((engine.sender(it.endpoint)?, it));
        let addressed: Result<Vec<_>, CommandError> =
            addressed.into_iter().map(with_sender).collect();
        let addressed = addressed?.into_iter().map(|(sender, it)| (it, sender));
        let repeater = Repeater::start(
            addressed.collect(),
            repetition,
            rules,
            self.answers.clone(),
            engine.ids().clone(),
            Arc::clone(&self.wake),
        );
        self.repeater = Some(repeater.map_err(SessionError::NoThread)?);
        Ok(())
    }

    /// Returns how far the repeated message has come, if that has changed.
    pub(super) fn take_repeated(&mut self) -> Option<RepeatStatus> {
        let status = self.repeater.as_ref()?.take()?;
        if status.end.is_some() {
            self.repeater = None;
        }
        Some(status)
    }

    /// Returns how the received bytes of these endpoints are cut.
    fn answer_rules(&self, addressed: &[Addressed]) -> FrameRules {
        let rules = addressed.iter().filter_map(|it| {
            let protocol = self.document.protocol(it.endpoint)?;
            Some((it.endpoint, answer_rules(&protocol)))
        });
        FrameRules(rules.collect())
    }

    /// Sends these bytes; never blocks.
    pub fn send_bytes(
        &mut self,
        endpoint: EndpointId,
        to: SendTo,
        bytes: Bytes,
    ) -> Result<(), SessionError> {
        let message = Message::Bytes(bytes);
        self.command(endpoint, Command::Send { to, message })
    }

    fn recipients(&self, target: SendTarget) -> Result<(EndpointId, SendTo), SessionError> {
        match target {
            SendTarget::Client(id) => {
                let to = match (self.client_config(id), self.connected(id)) {
                    // An open connection does not need a valid setup.
                    (Err(_), Some(connection)) => SendTo::Connections(vec![connection]),
                    (config, _) => SendTo::Client(Box::new(config?)),
                };
                Ok((id, to))
            }
            SendTarget::AllPeers(id) => {
                let status = self.endpoints.get(&id);
                if status.is_none_or(|it| it.open_connections == 0) {
                    let server = self.document.name(id).unwrap_or_default().to_owned();
                    return Err(SessionError::NoPeer { server });
                }
                Ok((id, SendTo::All))
            }
            SendTarget::Peers(_, peers) if peers.is_empty() => Err(SessionError::NoPeerSelected),
            SendTarget::Peers(id, peers) => Ok((id, SendTo::Connections(peers))),
        }
    }

    /// Sends a file on one connection, as fast as its peer reads or at a pace. [`Update::FileBegun`] follows.
    ///
    /// # Errors
    ///
    /// Another file is being sent, or the target is not exactly one open connection. Later errors are an
    /// [`Update::NotSent`].
    pub fn send_file(&mut self, target: &SendTarget, order: FileOrder) -> Result<(), SessionError> {
        if self.file.is_some() {
            return Err(SessionError::SendingFile);
        }
        let (endpoint, connection) = match target {
            SendTarget::Client(id) => {
                let connection = self.connected(*id).ok_or(SessionError::NotConnected)?;
                (*id, connection)
            }
            SendTarget::Peers(id, peers) => match peers[..] {
                [connection] => (*id, connection),
                _ => return Err(SessionError::NotOneConnection),
            },
            SendTarget::AllPeers(_) => return Err(SessionError::NotOneConnection),
        };
        self.open_file(order.path.clone())?;
        self.file = Some(FileSend {
            endpoint,
            connection,
            stage: FileStage::Opening(order),
        });
        Ok(())
    }

    /// Sends an open file.
    pub(super) fn file_opened(
        &mut self,
        opened: Result<OpenFile, SessionError>,
    ) -> Result<(), SessionError> {
        let Some(mut send) = self.file.take() else {
            return Ok(());
        };
        let FileStage::Opening(order) = send.stage else {
            return Ok(());
        };
        let OpenFile { file, total_bytes } = opened?;
        let piece_bytes = order.write_bytes.unwrap_or(PIECE_BYTES).max(1);
        self.feeds += 1;
        let id = FeedId(self.feeds);
        let (sender, feed) = Feed::new(id, order.delay);
        self.feeder
            .order(move |_| read_pieces(file, piece_bytes, &sender))?;
        let connection = send.connection;
        self.command(send.endpoint, Command::Feed { connection, feed })?;
        send.stage = FileStage::UnderWay(id);
        self.file = Some(send);
        self.updates.push_back(Update::FileBegun {
            path: order.path,
            total_bytes,
        });
        Ok(())
    }

    /// Stops sending the file. What the system has taken is still sent.
    pub fn cancel_file(&mut self) -> Result<(), SessionError> {
        let is_opening = |send: &mut FileSend| matches!(send.stage, FileStage::Opening(_));
        self.file.take_if(is_opening);
        match self.file {
            Some(FileSend {
                endpoint,
                connection,
                ..
            }) => self.command(endpoint, Command::CancelFeed(connection)),
            None => Ok(()),
        }
    }

    /// Stops all that is sent by itself: repeated messages, files, sequences, what is queued on connections, what responders
    /// do again and again, and connecting again. Connections stay open, and requests are still answered.
    pub fn cancel_all(&mut self) {
        self.stop_repeating();
        self.waiting.clear();
        if let Err(problem) = self.cancel_file() {
            self.updates.push_back(Update::NotSent(problem));
        }
        let all = self.endpoints.keys().copied();
        let running: Vec<_> = all.filter(|id| self.is_running(*id)).collect();
        for id in running {
            if let Err(problem) = self.command(id, Command::CancelAll) {
                self.updates.push_back(Update::Refused(id, problem));
            }
        }
    }

    /// Takes the progress of a file.
    pub(super) fn fed(&mut self, fed: &Fed) {
        let is_ours =
            |send: &FileSend| matches!(send.stage, FileStage::UnderWay(id) if id == fed.feed);
        if !self.file.as_ref().is_some_and(is_ours) {
            return;
        }
        if fed.end.is_some() {
            self.file = None;
        }
        self.updates.push_back(Update::FileProgress(fed.clone()));
    }
}

/// Returns whether a template has fields and stands for no bytes: an empty file, or only hidden ranges. Nothing would be
/// sent, and so nothing could be answered. On which connection it is rendered makes no difference to that.
fn is_void(template: &Template) -> bool {
    template.least_len_bytes() == 0
        && render(template, None, 0, None).is_ok_and(|rendered| rendered.bytes.is_empty())
}

/// Returns how what comes back is cut. Frames that silence ends count as chunks, since nothing may follow to show it.
fn answer_rules(protocol: &ProtocolForm) -> ByDirection<Option<FrameRule>> {
    let mut rules = protocol.rules();
    let is_known_late = |rule: &FrameRule| matches!(rule.framing, Some(Framing::Silence(_)));
    rules.received = rules.received.filter(|rule| !is_known_late(rule));
    rules
}

/// Opens a file to send.
pub(super) fn open(path: &Path) -> Result<OpenFile, FileProblem> {
    let file = open_plain(path)?;
    let total_bytes = file.metadata()?.len();
    Ok(OpenFile { file, total_bytes })
}

/// Reads ahead until the end of the file, or until the receiver is gone.
fn read_pieces(mut file: File, piece_bytes: usize, pieces: &FeedSender) {
    loop {
        let mut piece = Vec::with_capacity(piece_bytes);
        let piece = match (&mut file).take(piece_bytes as u64).read_to_end(&mut piece) {
            Ok(0) => return,
            Ok(_) => Ok(Bytes::from(piece)),
            Err(error) => Err(error),
        };
        let is_last = piece.is_err();
        if pieces.send(piece).is_err() || is_last {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn pieces(bytes: &[u8], piece_bytes: usize) -> Vec<Bytes> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        let OpenFile { file, total_bytes } = open(&path).unwrap();
        assert_eq!(total_bytes, bytes.len() as u64);
        let (sender, mut feed) = Feed::new(FeedId(1), Duration::ZERO);
        read_pieces(file, piece_bytes, &sender);
        drop(sender);
        feed.pieces().map(Result::unwrap).collect()
    }

    #[test]
    fn a_file_is_read_in_pieces_of_the_same_size() {
        assert_eq!(pieces(b"abcdefgh", 3), [&b"abc"[..], b"def", b"gh"]);
        assert_eq!(pieces(b"", 3), [&b""[..]; 0]);
        assert!(open(Path::new("/")).is_err());
    }
}
