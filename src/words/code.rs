//! Endpoints as code: what it does not carry over.

use super::InWords as _;
use super::kinds::kinds;
use crate::export::code::{CodeLack, CodePlace, RuleLack};

kinds! {
    /// What code does not carry over of an endpoint.
    CodeLacks for CodeLack as code_lacks |language| {
        Lab = "Not carried over: the lab; this uses the system's network";
        Framing(framing: &str) = "Not carried over: the framing {framing}; each read is a request";
        Field { place: &CodePlace, field: &str } = { format!("Not carried over: the field {{{{{field}}}}} {}", place.in_words(language)) };
        Rule { name: &str, what: &RuleLack } = { format!("Not carried over: rule {name:?}: {}", what.in_words(language)) };
        Reply = "Not carried over: the reply; nothing is replied";
        Reconnect = "Not carried over: connecting again";
        ReplyToReads = "Not carried over: a reply to each request; each line is answered";
        CloseAfterReply = "Not carried over: closing after the reply";
        AnswerAfterFinish = "Not carried over: answers to a peer that has finished sending; ncat ends the connection at once";
        HalfOpen = "Not carried over: staying half-open when the peer finishes";
        ReadBuffer = "Not carried over: the read buffer";
        OtherPeers = "Not carried over: peers other than the first one";
        Backlog = "Not carried over: the backlog";
        Mode = "Not carried over: the permissions of the socket's file";
        SocketOptions = "Not carried over: the socket options";
        DualStack = "Not carried over: listening on IPv4 too";
        StartTls = "Not carried over: STARTTLS; the connection stays plain";
        TlsIdentity { file: &str } = "Not carried over: certificates that Bothends CA makes; put one with its key (PEM) into {file}";
        TlsIdentityOfNcat = "Not carried over: certificates that Bothends CA makes; ncat makes a self-signed one";
        AuthorityFile { file: &str } = "Also needed: the certificate of Bothends CA; bothends ca > {file}";
        OwnAuthority = "Not carried over: trust in Bothends CA; write its certificate to a file with: bothends ca";
        TlsFlaw = "Not carried over: the deliberate flaw of the certificate";
        TlsFault = "Not carried over: the deliberate fault of TLS";
        TlsNoName = "Not carried over: omitting the server name; the name that is checked is sent";
        TlsVersions = "Not carried over: the choice of TLS versions";
        TlsClients = "Not carried over: asking clients for certificates";
        TlsClientIdentity = "Not carried over: the client's own certificate";
        TlsHalfClose = "Not carried over: receiving after the end of sending; with TLS, Python ends the connection";
    }

    /// Where a message stands.
    CodePlaces for CodePlace as code_places |language| {
        Greeting = "of the greeting";
        Reply = "of the reply";
        Message = "of the message";
        Rule(name: &str) = "of rule {name:?}";
    }

    /// What code does not carry over of a rule.
    RuleLacks for RuleLack as rule_lacks |language| {
        Time = "all of it, because it is triggered by time";
        From = "all of it, because it applies to some peers only";
        Check = "all of it, because it verifies a checksum";
        Within = "all of it, because it looks up what is remembered";
        Regex = "all of it, because Python has no such regular expression";
        Memory = "what it remembers or forgets";
        Others = "what it does to other connections";
        Luck = "the chance that a message is dropped or corrupted";
        Tls = "that it starts TLS";
        Reading = "that it stops reading";
        Pace = "the pace of sending";
    }
}
