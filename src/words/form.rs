//! What is wrong with the fields of forms.

use std::io;

use super::kinds::kinds;
use super::rule_problem::part_of_rule;
use super::{InWords, Language};
use crate::net::AddressError;
use crate::payload::framing::FramingError;
use crate::payload::template::CheckError;
use crate::payload::{DraftError, UnknownEncoding};
use crate::workspace::{
    AmountProblem, FieldError, FieldProblem, FileProblem, FormField, RuleProblem, TemplateFileError,
};

kinds! {
    /// What is wrong with fields.
    Forms for FieldProblem as forms |language| {
        Address(error: &AddressError) = { error.in_words(language) };
        Encoding(error: &UnknownEncoding) = { error.in_words(language) };
        Framing(error: &FramingError) = { error.in_words(language) };
        Check(error: &CheckError) = { error.in_words(language) };
        BindAddress = "Enter an address of this machine, such as 127.0.0.1 or ::1";
        Scope = "No network interface has the name after the %";
        RemotePort = "A remote port is a number from 1 to 65535";
        Backlog = "A backlog is a number from 1 to 65535";
        LabDelay = "Enter a delay of at most 10s, such as 50ms, or nothing";
        LabLoss = "Enter a share of packets from 0% to 100%, such as 1%, or nothing";
        Size = "Enter a number of bytes, or of KiB or MiB with k or m, such as 64k";
        WriteBytes = "Enter a write size from 1 byte to 1 MiB, such as 64k";
        ReadBuffer = "Enter a buffer size from 1 byte to 1 MiB, such as 64k";
        Duration = "Enter a time with its unit: ms, s or m, such as 200ms or 5s";
        ConnectTimeout = "A connect timeout is between 1ms and 10m";
        Reconnect = "Enter the first and the longest wait, from 10ms to 60m, and optionally how many times, such as 1s..30s, 10 times";
        Period = "The time between two messages is at least 1ms";
        Times = "Enter a number of times, 1 or more, or nothing";
        SocketPath = "Enter a path of at most 107 bytes, or @ and a name";
        Mode = "Enter permissions in octal, such as 600 or 660";
        Source = "Enter an address of this machine, :port or both, such as 192.168.1.5 or :4000";
        KeepAlive = "Enter the time before the first probe, the interval and the number of probes, such as 60s,10s,5";
        Buffer = "Enter a buffer size from 1 byte to 1024m, such as 64k";
        Ttl = "A TTL is a number from 1 to 255";
        Linger = "Enter whole seconds, such as 0s or 5s";
        KeyAlone = "A key goes with its certificate: choose that file too, or leave this one empty";
        FlawOfFiles = "Only certificates that Bothends makes can have a flaw on purpose: leave the certificate file empty";
        Alpn = "The name of a protocol has at most 255 bytes";
        ForgetAfter = "Enter a silence from 100ms to 1440m, such as 30s";
        Group = "Enter multicast addresses, such as 239.1.2.3 or ff02::fb";
        GroupFamily = "A group has to be of the same family as the bind address, IPv4 or IPv6";
        Groups = "One socket can join at most 20 groups";
        Interface = "Enter the name or an address of one of this machine's interfaces, such as eth0";
        Message(error: &DraftError) = { error.in_words(language) };
        Rule { problem: &RuleProblem } = { problem.in_words(language) };
        Seed = "Enter a whole number, such as 7, or nothing";
        NotListening { name: &str } = "{name} is not listening. Start it first";
        NoServer = "The server this client connected to has been removed. Choose another server, or an address";
    }

    /// What is wrong with a host and port.
    Addresses for AddressError as addresses |language| {
        NoHost = "Enter a host: a name or an address, such as localhost:9000";
        Port = "A port is a number from 0 to 65535";
        NotIpv6 = "Not an IPv6 address. Write it as ::1, or as [::1]:9000 with a port";
        AfterBrackets = "Only a port can follow the brackets, as in [::1]:9000";
        Url = "This is a URL. Enter its host and port, such as localhost:9000";
        HostCharacter = "A host has no spaces, slashes or control characters. Enter a name or an address";
    }

    /// What is wrong with an amount.
    Amounts for AmountProblem as amounts |language| {
        Amount = "Enter an amount such as 500 MiB or 10 GiB";
        TooLittle = "The limit must be at least 1 MiB";
        Chunk = "Enter a number of bytes, such as 64 or 1 KiB";
    }

    /// Why a file cannot be sent.
    FileProblems for FileProblem as file_problems |language| {
        Read(error: &io::Error) = { error.in_words(language) };
        NotPlain = "it is not a regular file";
        TooLong = "it is longer than 16 MiB";
    }
}

impl InWords for TemplateFileError {
    fn in_words(&self, language: &Language) -> String {
        let path = self.path.display().to_string();
        language
            .session
            .file(&path, &self.problem.in_words(language))
    }
}

impl InWords for FormField {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.endpoints;
        let name = match self {
            Self::BindAddress => words.bind_address,
            Self::BindPort => words.bind_port,
            Self::LabDelay => words.lab_delay,
            Self::LabLoss => words.lab_loss,
            Self::Backlog => words.backlog,
            Self::ReadBuffer => words.read_buffer,
            Self::SocketPath => words.socket_path,
            Self::Mode => words.mode,
            Self::Greeting => words.greeting,
            Self::ReplyMessage => words.reply_message,
            Self::Source => words.source,
            Self::KeepAlive => words.keep_alive,
            Self::SendBuffer => words.send_buffer,
            Self::ReceiveBuffer => words.receive_buffer,
            Self::Ttl => words.ttl,
            Self::Linger => words.linger,
            Self::TlsKey => words.key_file,
            Self::TlsFlaw => words.flaw,
            Self::Alpn => words.alpn,
            Self::ForgetAfter => words.forget_after,
            Self::Groups => words.groups,
            Self::Interface => words.interface,
            Self::MulticastTtl => words.multicast_ttl,
            Self::Server => words.target,
            Self::RemoteHost => words.remote_host,
            Self::RemotePort => words.remote_port,
            Self::ConnectTimeout => words.connect_timeout,
            Self::Reconnect => words.reconnect,
            Self::Encoding => language.protocol.encoding,
            Self::Framing => language.protocol.framing,
            Self::Check => language.protocol.check,
            Self::Rule { part, .. } => return part.in_words(language),
            Self::Memory => language.rule_parts.memory,
            Self::Seed => language.rule_parts.seed,
        };
        name.to_owned()
    }
}

impl InWords for FieldError {
    fn in_words(&self, language: &Language) -> String {
        let field = match (self.field, &self.problem) {
            (FormField::Rule { number, part }, FieldProblem::Rule { name, .. }) => {
                part_of_rule(language, number, name, part)
            }
            (FormField::Memory, FieldProblem::Rule { name, .. }) => {
                language.rule_parts.remembered(name)
            }
            (field, _) => field.in_words(language),
        };
        let problem = self.problem.in_words(language);
        language.typed.wrong_at(&field, &problem)
    }
}

#[cfg(test)]
mod tests {
    use crate::net::{MAX_CONNECT_TIMEOUT, MAX_READ_BUFFER};
    use crate::words::{ENGLISH, InWords as _};
    use crate::workspace::{FieldProblem, MAX_BACKLOG, ServerForm};

    #[test]
    fn bounds_are_those_of_the_fields() {
        let check = |problem: FieldProblem, bound: &str| {
            let words = problem.in_words(&ENGLISH);
            assert!(words.contains(bound), "{words}");
        };
        let minutes = MAX_CONNECT_TIMEOUT.as_secs() / 60;
        let buffer = ENGLISH.numbers.size(MAX_READ_BUFFER as u64);
        check(FieldProblem::Backlog, &format!("to {MAX_BACKLOG}"));
        check(FieldProblem::ReadBuffer, &buffer);
        check(FieldProblem::WriteBytes, &buffer);
        check(FieldProblem::ConnectTimeout, &format!("{minutes}m"));
    }

    #[test]
    fn a_wrong_field_is_named_with_what_to_do() {
        let check = |change: fn(&mut ServerForm), expected: &str| {
            let mut form = ServerForm::default();
            change(&mut form);
            assert_eq!(form.parse().unwrap_err().in_words(&ENGLISH), expected);
        };
        check(
            |form| form.bind.host_text = "nowhere".to_owned(),
            "Bind address: Enter an address of this machine, such as 127.0.0.1 or ::1",
        );
        check(
            |form| form.backlog_text.clear(),
            "Backlog: A backlog is a number from 1 to 65535",
        );
        check(
            |form| form.behaviour.read_buffer_text = "2m".to_owned(),
            "Read buffer: Enter a buffer size from 1 byte to 1 MiB, such as 64k",
        );
    }
}
