//! What is wrong with the fields of forms.

use super::phrases::phrases;
use super::{InWords, Language};
use crate::net::{AddressError, MAX_CONNECT_TIMEOUT, MAX_READ_BUFFER};
use crate::workspace::{Field, FieldError, FieldProblem, MAX_BACKLOG};

phrases! {
    /// What is wrong with the fields of forms.
    Forms {
        wrong(field: &str, problem: &str) = "{field}: {problem}";

        wrong_bind_address = "Enter an address of this machine, such as 127.0.0.1 or ::1";
        no_host = "Enter a host: a name or an address, such as localhost:9000";
        wrong_port = "A port is a number from 0 to 65535";
        wrong_ipv6 = "Not an IPv6 address. Write it as ::1, or as [::1]:9000 with a port";
        after_brackets = "Only a port can follow the brackets, as in [::1]:9000";
        url = "This is a URL. Enter its host and port, such as localhost:9000";
        wrong_host = "A host has no spaces, slashes or control characters. Enter a name or an address";
        wrong_scope = "No network interface has the name after the %";
        wrong_remote_port = "A remote port is a number from 1 to 65535";
        wrong_backlog(most: u32) = "A backlog is a number from 1 to {most}";
        wrong_size = "Enter a number of bytes, or of KiB or MiB with k or m, such as 64k";
        wrong_write_size(most: &str) = "Enter a write size from 1 byte to {most}, such as 64k";
        wrong_read_buffer(most: &str) = "Enter a buffer size from 1 byte to {most}, such as 64k";
        wrong_duration = "Enter a time with its unit: ms, s or m, such as 200ms or 5s";
        wrong_connect_timeout(minutes: u64) = "A connect timeout is between 1ms and {minutes}m";
        not_listening(server: &str) = "{server} is not listening. Start it first";
        no_server = "The server this client connected to has been removed. Choose another server, or an address";
    }
}

impl InWords for Field {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.cards;
        let name = match self {
            Self::BindAddress => words.bind_address,
            Self::BindPort => words.bind_port,
            Self::Backlog => words.backlog,
            Self::ReadBuffer => words.read_buffer,
            Self::ReplyMessage => words.reply_message,
            Self::Server => words.target,
            Self::RemoteHost => words.remote_host,
            Self::RemotePort => words.remote_port,
            Self::ConnectTimeout => words.connect_timeout,
            Self::Framing => language.protocol.framing,
            Self::Check => language.protocol.check,
        };
        name.to_owned()
    }
}

impl InWords for FieldError {
    fn in_words(&self, language: &Language) -> String {
        let (field, problem) = (
            self.field.in_words(language),
            self.problem.in_words(language),
        );
        language.forms.wrong(&field, &problem)
    }
}

impl InWords for FieldProblem {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.forms;
        let largest_buffer = || language.numbers.size(MAX_READ_BUFFER as u64);
        match self {
            Self::Address(error) => error.in_words(language),
            Self::Framing(error) => error.in_words(language),
            Self::Check(error) => error.in_words(language),
            Self::Message(error) => error.in_words(language),
            Self::BindAddress => words.wrong_bind_address.to_owned(),
            Self::Scope => words.wrong_scope.to_owned(),
            Self::RemotePort => words.wrong_remote_port.to_owned(),
            Self::Backlog => words.wrong_backlog(MAX_BACKLOG),
            Self::Size => words.wrong_size.to_owned(),
            Self::WriteBytes => words.wrong_write_size(&largest_buffer()),
            Self::ReadBuffer => words.wrong_read_buffer(&largest_buffer()),
            Self::Duration => words.wrong_duration.to_owned(),
            Self::ConnectTimeout => words.wrong_connect_timeout(MAX_CONNECT_TIMEOUT.as_secs() / 60),
            Self::NotListening { name } => words.not_listening(name),
            Self::NoServer => words.no_server.to_owned(),
        }
    }
}

impl InWords for AddressError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.forms;
        let problem = match self {
            Self::NoHost => words.no_host,
            Self::Port => words.wrong_port,
            Self::NotIpv6 => words.wrong_ipv6,
            Self::AfterBrackets => words.after_brackets,
            Self::Url => words.url,
            Self::HostCharacter => words.wrong_host,
        };
        problem.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::words::{ENGLISH, InWords as _};
    use crate::workspace::ServerForm;

    #[test]
    fn a_wrong_field_is_named_with_what_to_do() {
        let check = |change: fn(&mut ServerForm), expected: &str| {
            let mut form = ServerForm::default();
            change(&mut form);
            assert_eq!(form.parse().unwrap_err().in_words(&ENGLISH), expected);
        };
        check(
            |form| form.bind_address_text = "nowhere".to_owned(),
            "Bind address: Enter an address of this machine, such as 127.0.0.1 or ::1",
        );
        check(
            |form| form.backlog_text.clear(),
            "Backlog: A backlog is a number from 1 to 65535",
        );
        check(
            |form| form.read_buffer_text = "2m".to_owned(),
            "Read buffer: Enter a buffer size from 1 byte to 1 MiB, such as 64k",
        );
    }
}
