//! What can be done with one connection, as the list of all commands offers it: with the one in view, and with each peer
//! of the selected endpoint that is looked for by its number or address.

use std::fmt::Write as _;
use std::time::Duration;

use super::{Action, Cx};
use crate::capture::ConnectionStatus;
use crate::script::Act;
use crate::session::CaptureId;
use crate::words::Language;

/// How long a connection is made to wait.
const WAIT: Duration = Duration::from_secs(1);
/// How many of them are shown at most.
pub(super) const MOST: usize = 50;

/// One thing to do with one connection.
#[derive(Clone, Copy)]
pub(super) struct PeerCommand<'a> {
    status: &'a ConnectionStatus,
    verb: Verb,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Follow,
    ShowOnly,
    CopyAddress,
    Wait,
    StartTls,
    StopReading,
    ResumeReading,
    Finish,
    Close,
    Reset,
}

impl Verb {
    /// All of them, those first that only look.
    const ALL: [Self; 10] = [
        Self::Follow,
        Self::ShowOnly,
        Self::CopyAddress,
        Self::Wait,
        Self::StartTls,
        Self::StopReading,
        Self::ResumeReading,
        Self::Finish,
        Self::Close,
        Self::Reset,
    ];

    fn label(self, words: &Language, status: &ConnectionStatus) -> &'static str {
        let (timeline, words) = (&words.timeline, &words.endpoints);
        match self {
            Self::Follow => words.follow,
            Self::ShowOnly => timeline.show_connection,
            Self::CopyAddress => words.copy_address,
            Self::Wait => words.wait_a_second,
            Self::StartTls => words.start_tls,
            Self::StopReading => words.stop_reading,
            Self::ResumeReading => words.resume_reading,
            Self::Finish => words.finish_sending,
            Self::Close if status.peer.is_udp() => words.forget_peer,
            Self::Close => words.disconnect_peer,
            Self::Reset => words.reset,
        }
    }

    fn is_possible(self, cx: &Cx<'_>, status: &ConnectionStatus) -> bool {
        let is_live = status.state.is_live();
        let has_stream = !status.peer.is_udp();
        match self {
            Self::Follow | Self::ShowOnly | Self::CopyAddress => true,
            Self::StopReading => is_live && has_stream && !status.is_reading_stopped,
            Self::ResumeReading => is_live && has_stream && status.is_reading_stopped,
            Self::Wait => status.state.can_send(),
            Self::Finish => has_stream && status.state.can_send(),
            Self::Close => is_live,
            // A Unix socket has no reset.
            Self::Reset => is_live && status.peer.is_tcp(),
            Self::StartTls => cx.can_start_tls(status),
        }
    }
}

impl PeerCommand<'_> {
    /// Returns what it does.
    pub(super) fn label(&self, words: &Language) -> &'static str {
        self.verb.label(words, self.status)
    }

    /// Returns the connection that it is about.
    pub(super) fn connection(&self, words: &Language) -> String {
        let number = self.status.connection.number;
        words
            .endpoints
            .numbered_peer(number, &self.status.peer.to_string())
    }

    /// Has it done.
    pub(super) fn request(&self, cx: &Cx<'_>) {
        let (endpoint, connection) = (self.status.endpoint, self.status.connection);
        let show = |action| cx.extend([Action::ShowCapture(CaptureId::Live), action]);
        let act = |act| cx.push(Action::Act(endpoint, connection, act));
        match self.verb {
            Verb::Follow => show(Action::FollowConnection(endpoint, connection, None)),
            Verb::ShowOnly => show(Action::ShowOnly(Some(endpoint), Some(connection))),
            Verb::CopyAddress => cx.push(Action::CopyText(self.status.peer.to_string())),
            Verb::Wait => act(Act::Wait(WAIT)),
            Verb::StartTls => act(Act::StartTls),
            Verb::StopReading => act(Act::StopReading),
            Verb::ResumeReading => act(Act::ResumeReading),
            Verb::Finish => act(Act::Finish),
            Verb::Close => act(Act::Close),
            Verb::Reset => act(Act::Reset),
        }
    }
}

/// Returns what can be done now with the connection in view, and with the live peers of the selected endpoint whose number
/// or address `text` has, as far as the other words of `text` name it. At most [`MOST`].
pub(super) fn found<'a>(cx: &'a Cx<'_>, text: &str) -> Vec<PeerCommand<'a>> {
    let sought = Sought::new(text);
    let in_view = in_view(cx);
    let is_other = |it: &&ConnectionStatus| in_view.is_none_or(|seen| !std::ptr::eq(*it, seen));
    let seen = in_view.filter(|it| sought.finds(it));
    let peers = peers(cx, &sought).filter(is_other);
    let statuses = seen.into_iter().chain(peers);
    let commands = statuses.flat_map(|status| {
        let verbs = Verb::ALL.into_iter();
        let label = |verb: &Verb| verb.label(cx.words, status).to_lowercase();
        let named: Vec<_> = verbs.filter(|verb| sought.names(&label(verb))).collect();
        let named = named.into_iter();
        let possible = named.filter(|verb| verb.is_possible(cx, status));
        possible.map(|verb| PeerCommand { status, verb })
    });
    commands.take(MOST).collect()
}

/// Returns the live peers of the selected endpoint that are looked for: the one of exactly that number comes first.
fn peers<'a>(cx: &'a Cx<'_>, sought: &Sought) -> impl Iterator<Item = &'a ConnectionStatus> {
    let endpoint = cx.chosen.and_then(|id| cx.endpoints.get(&id));
    let endpoint = endpoint.filter(|_| !sought.peer.is_empty());
    let all = endpoint.into_iter().flat_map(|it| it.connections.values());
    let found = all.filter(|it| it.state.is_live() && sought.finds(it));
    let (exact, others): (Vec<_>, Vec<_>) = found.partition(|it| sought.is_exactly(it));
    exact.into_iter().chain(others)
}

/// Returns the connection that is followed, that of the selected row, the only one that the timeline shows, or that of the
/// selected client.
fn in_view<'a>(cx: &'a Cx<'_>) -> Option<&'a ConnectionStatus> {
    let of_any = |id| cx.endpoints.values().find_map(|it| it.connections.get(&id));
    let shown = || {
        let timeline = &cx.timeline;
        let followed = timeline.conversation.as_ref().map(|it| it.connection);
        let wanted = followed.into_iter().chain(cx.connection);
        let mut wanted = wanted.chain(timeline.filter().connection);
        wanted.find_map(of_any)
    };
    let is_live = cx.shown() == CaptureId::Live;
    let chosen = || cx.endpoints.get(&cx.chosen?)?.connected();
    is_live.then(shown).flatten().or_else(chosen)
}

/// What is looked for: a peer, by the words of its number or address, and what to do with it.
struct Sought {
    peer: Vec<String>,
    verb: Vec<String>,
}

impl Sought {
    fn new(text: &str) -> Self {
        let words = text.split_whitespace().map(str::to_lowercase);
        let is_peer =
            |word: &String| word.contains(|it: char| it.is_ascii_digit() || "#:/".contains(it));
        let (peer, verb) = words.partition(is_peer);
        Self { peer, verb }
    }

    /// Returns whether all words about the peer are of this one.
    fn finds(&self, status: &ConnectionStatus) -> bool {
        let mut written = String::new();
        // Writing to a string cannot fail.
        write!(written, "#{} {}", status.connection.number, status.peer).ok();
        self.peer.iter().all(|word| {
            let has = if word.starts_with('#') {
                str::starts_with::<&str>
            } else {
                str::contains::<&str>
            };
            has(&written, word)
        })
    }

    fn is_exactly(&self, status: &ConnectionStatus) -> bool {
        let mut numbers = self.peer.iter().filter_map(|word| word.strip_prefix('#'));
        numbers.any(|number| number.parse() == Ok(status.connection.number))
    }

    fn names(&self, label: &str) -> bool {
        self.verb.iter().all(|word| label.contains(word))
    }
}
