//! What an event of a connection's life means, in one sentence for those who meet it for the first time.

/// Returns what an entry's words mean, where there is more to say than they do.
///
/// The first phrase that the words hold decides; the facts are those of RFC 9293 and the man pages of Linux.
pub(super) fn meaning(words: &str) -> Option<&'static str> {
    MEANINGS
        .iter()
        .find(|(phrase, _)| words.contains(phrase))
        .map(|(_, meaning)| *meaning)
}

const MEANINGS: [(&str, &str); 23] = [
    (
        "left unread",
        "Bytes had arrived that nobody had read. Closing then makes the system send RST in place of FIN, and the peer may lose what it had not read yet.",
    ),
    (
        "server stopped",
        "The listening socket and all of its connections were closed. Who connects now is refused.",
    ),
    (
        "reset by the peer",
        "The peer's system sent RST: the connection ended at once, and bytes under way in either direction may be lost. It happens when a program ends or closes without reading all that had arrived.",
    ),
    (
        "half-closed by the peer",
        "The peer sent FIN: it has finished sending. It may still read, so this side may still send; the connection ends when both sides have finished.",
    ),
    (
        "half-closed by us",
        "This side sent FIN (shutdown for writing): it sends nothing more, and reads on until the peer finishes too.",
    ),
    (
        "closed by the peer",
        "The peer finished sending (FIN), then this side closed too. All bytes of both streams were handed over in order.",
    ),
    (
        "closed after the reply",
        "The reply was sent, then FIN; the rest of the peer's bytes was read before closing, so that no RST could overtake the reply.",
    ),
    (
        "closed by us",
        "This side closed at once. The peer reads what was sent, then the end of the stream (FIN).",
    ),
    (
        "refused",
        "The machine answered with RST: it is there, but nobody listens on that port.",
    ),
    (
        "the port is taken",
        "Another socket listens on this address and port already; two of them cannot share it.",
    ),
    (
        "not on this machine",
        "A server can only listen on an address that one of this machine's interfaces has.",
    ),
    (
        "timed out",
        "No answer came in time. Often a firewall drops packets without a word, or the address belongs to nobody.",
    ),
    (
        "no route",
        "This machine knows no way to that network, so nothing was sent.",
    ),
    (
        "host unreachable",
        "The last network on the way found no machine with that address.",
    ),
    (
        "name not found",
        "A name has to be turned into an address first, and no name server knew this one.",
    ),
    (
        "not permitted",
        "The system keeps ports below 1024 for programs with special rights.",
    ),
    (
        "accepting paused",
        "Each connection takes a file descriptor, and none is left. New connections wait in the backlog until others end.",
    ),
    (
        "accepting resumed",
        "There is room again: the connections that waited in the backlog are accepted now.",
    ),
    (
        "connecting to",
        "A SYN was sent; the connection stands when the peer's SYN and ACK come back.",
    ),
    (
        "connected to",
        "The three-way handshake (SYN, SYN-ACK, ACK) is done: both sides may send. It takes about one round trip.",
    ),
    (
        "accepted ",
        "The system had made the connection already (SYN, SYN-ACK, ACK); accept took it out of the backlog.",
    ),
    (
        "listening on",
        "The socket is bound to this address. Connections that come in wait in the backlog, at most so many, until they are accepted.",
    ),
    (
        "clock adjusted",
        "The wall clock was set. Times before and after it differ by the jump; the order and the time between rows are measured with a clock that never jumps.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_explained_by_what_ended_it() {
        let check = |words: &str, beginning: &str| {
            let meaning = meaning(words).unwrap_or("");
            assert!(meaning.starts_with(beginning), "{words}: {meaning}");
        };
        check(
            "listening on 127.0.0.1:9000, backlog 128",
            "The socket is bound",
        );
        check(
            "cannot listen on 127.0.0.1:9000: the port is taken by another program",
            "Another socket",
        );
        check(
            "reset by the peer 127.0.0.1:53130 (RST) after 9 bytes received",
            "The peer's system sent RST",
        );
        check(
            "half-closed by the peer 127.0.0.1:53124 (FIN)",
            "The peer sent FIN",
        );
        check(
            "closed by us, received bytes left unread (the system resets: RST, inferred)",
            "Bytes had arrived",
        );
        check("closed: server stopped", "The listening socket");
        check(
            "cannot connect to 127.0.0.1:1: refused (nobody listens there)",
            "The machine answered",
        );
        check(
            "connected to 127.0.0.1:9000 in 80 µs, from 127.0.0.1:53122",
            "The three-way handshake",
        );
    }

    #[test]
    fn every_meaning_can_be_reached() {
        for (phrase, expected) in MEANINGS {
            assert_eq!(meaning(phrase), Some(expected), "{phrase}");
        }
    }
}
