//! The address of a server or a client's target, as it was typed.

use std::net::{Ipv4Addr, SocketAddr};

use super::fields::{self, FieldError, FieldProblem, FormField, join_host_port, split_typed};
use crate::net::{self, Address, MAX_UNIX_NAME_BYTES, Target, UDP_SCHEME, UNIX_SCHEME, UnixName};

/// What stands before an address whose transport is TLS.
pub const TLS_SCHEME: &str = "tls://";

/// An address as it was typed. What the other transport needs is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressForm {
    /// What carries the bytes.
    pub transport: TransportKind,
    /// The host or the address to listen on; a Unix socket has none.
    pub host_text: String,
    /// The port; a Unix socket has none.
    pub port_text: String,
    /// The path, or `@` and a name without a file, for [`TransportKind::Unix`].
    pub path_text: String,
}

/// What carries the bytes of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransportKind {
    /// TCP.
    #[default]
    Tcp,
    /// TLS over TCP.
    Tls,
    /// UDP: datagrams, each with its edges.
    Udp,
    /// A Unix stream socket.
    Unix,
}

impl TransportKind {
    /// The transports that this system has.
    pub const HERE: &[Self] = if cfg!(unix) {
        &[Self::Tcp, Self::Tls, Self::Udp, Self::Unix]
    } else {
        &[Self::Tcp, Self::Tls, Self::Udp]
    };
}

impl TransportKind {
    /// Returns what carries bytes to and from an address.
    pub fn of(address: &Address) -> Self {
        match address {
            Address::Tcp(_) => Self::Tcp,
            Address::Udp(_) => Self::Udp,
            Address::Unix(_) => Self::Unix,
        }
    }

    /// Returns whether it carries datagrams: each with its edges, and without a connection.
    pub fn is_udp(self) -> bool {
        self == Self::Udp
    }
}

impl Default for AddressForm {
    fn default() -> Self {
        Self {
            transport: TransportKind::Tcp,
            host_text: Ipv4Addr::LOCALHOST.to_string(),
            port_text: net::DEFAULT_PORT.to_string(),
            path_text: String::new(),
        }
    }
}

impl AddressForm {
    /// Takes apart what was typed as one: `host:port`, with `tls://` or `udp://` before it, or `unix:PATH`. What has no port has an empty one.
    pub fn split(typed: &str) -> Self {
        if let Some(path) = typed.trim().strip_prefix(UNIX_SCHEME) {
            return Self {
                transport: TransportKind::Unix,
                path_text: path.to_owned(),
                ..Self::default()
            };
        }
        let (transport, typed) = without_scheme(typed);
        let transport = transport.unwrap_or_default();
        let (host_text, port_text) = split_typed(typed);
        Self {
            transport,
            host_text,
            port_text,
            ..Self::default()
        }
    }

    /// Returns it as one text.
    pub fn joined(&self) -> String {
        match self.transport {
            TransportKind::Tcp => join_host_port(&self.host_text, &self.port_text),
            TransportKind::Tls | TransportKind::Udp => {
                let scheme = if self.transport == TransportKind::Tls {
                    TLS_SCHEME
                } else {
                    UDP_SCHEME
                };
                let typed = join_host_port(&self.host_text, &self.port_text);
                format!("{scheme}{typed}")
            }
            TransportKind::Unix => format!("{UNIX_SCHEME}{}", self.path_text.trim()),
        }
    }

    /// Returns the form with a port or a scheme that was pasted into the host's field put where it belongs.
    #[must_use]
    pub fn taken_apart(&self) -> Self {
        let mut form = self.clone();
        if self.transport == TransportKind::Unix {
            let path = self.path_text.trim();
            form.path_text = path.strip_prefix(UNIX_SCHEME).unwrap_or(path).to_owned();
            return form;
        }
        if cfg!(unix) && self.host_text.trim().starts_with(UNIX_SCHEME) {
            return Self {
                host_text: Self::default().host_text,
                port_text: form.port_text,
                ..Self::split(&self.host_text)
            };
        }
        if let (Some(transport), rest) = without_scheme(&self.host_text) {
            form.transport = transport;
            form.host_text = rest.to_owned();
        }
        // What is no host and port stays as it was typed, and is an error where it is parsed.
        if let Ok(split) = net::split_host_port(&form.host_text)
            && let Some(port) = split.port
        {
            form.port_text = port.to_string();
            form.host_text = if split.host.is_empty() {
                Ipv4Addr::LOCALHOST.to_string()
            } else {
                split.host
            };
        }
        form
    }

    /// Returns what carries the bytes, by the choice or by a scheme that was pasted into the host's field.
    pub fn chosen_transport(&self) -> TransportKind {
        self.taken_apart().transport
    }

    /// Returns the address to listen on.
    pub(super) fn bind(&self) -> Result<Address, FieldError> {
        let form = self.taken_apart();
        if form.transport == TransportKind::Unix {
            return form.unix();
        }
        let port = FormField::BindPort.read(fields::parse_port(&form.port_text));
        let bind = fields::parse_bind_address(&form.host_text, *port.as_ref().unwrap_or(&0));
        let bind = FormField::BindAddress.read(bind)?;
        port?;
        Ok(form.address(bind))
    }

    /// Returns what to connect to.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn target(&self) -> Result<Target, FieldError> {
        let form = self.taken_apart();
        if form.transport == TransportKind::Unix {
            return Ok(Target::Address(form.unix()?));
        }
        let host = FormField::RemoteHost.read(net::split_host_port(&form.host_text))?;
        let port = FormField::RemotePort.read(fields::parse_port(&form.port_text))?;
        if port == 0 {
            return Err(FormField::RemotePort.holds(FieldProblem::RemotePort));
        }
        let scoped = FormField::RemoteHost.read(fields::parse_literal(&host.host, port))?;
        let target = scoped.map_or_else(
            || host.target(port),
            |address| Target::Address(address.into()),
        );
        Ok(match form.transport {
            TransportKind::Udp => target.with_udp(),
            TransportKind::Tcp | TransportKind::Tls | TransportKind::Unix => target,
        })
    }

    fn address(&self, address: SocketAddr) -> Address {
        match self.transport {
            TransportKind::Udp => Address::udp(address),
            TransportKind::Tcp | TransportKind::Tls | TransportKind::Unix => address.into(),
        }
    }

    fn unix(&self) -> Result<Address, FieldError> {
        let name = FormField::SocketPath.read(parse_socket_path(&self.path_text))?;
        Ok(name.into())
    }
}

/// The transports that a scheme before host and port names.
const SCHEMES: [(&str, TransportKind); 3] = [
    ("tcp://", TransportKind::Tcp),
    (TLS_SCHEME, TransportKind::Tls),
    (UDP_SCHEME, TransportKind::Udp),
];

/// Returns the transport that was typed before a host and port, if one was, and what stands behind it, without a trailing
/// slash.
pub fn without_scheme(typed: &str) -> (Option<TransportKind>, &str) {
    let typed = typed.trim();
    for (scheme, transport) in SCHEMES {
        if let Some((before, rest)) = typed.split_at_checked(scheme.len())
            && before.eq_ignore_ascii_case(scheme)
        {
            return (Some(transport), rest.strip_suffix('/').unwrap_or(rest));
        }
    }
    (None, typed)
}

/// Reads the path of a Unix socket, or `@` and a name without a file.
pub fn parse_socket_path(text: &str) -> Result<UnixName, FieldProblem> {
    let path = text.trim();
    let is_valid = !path.is_empty() && path.len() <= MAX_UNIX_NAME_BYTES && path != "@";
    if !is_valid || path.contains('\0') {
        return Err(FieldProblem::SocketPath);
    }
    Ok(UnixName::of(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::interfaces;

    #[test]
    fn an_address_is_one_text_and_its_fields() {
        let check = |typed: &str, transport: TransportKind| {
            let form = AddressForm::split(typed);
            assert_eq!((form.transport, form.joined().as_str()), (transport, typed));
        };
        check("127.0.0.1:9000", TransportKind::Tcp);
        check("[::1]:80", TransportKind::Tcp);
        check("udp://127.0.0.1:53", TransportKind::Udp);
        check("tls://example.org:443", TransportKind::Tls);
        check("udp://[ff02::fb%eth0]:5353", TransportKind::Udp);
        check("unix:/run/meter.sock", TransportKind::Unix);
        check("unix:@meter", TransportKind::Unix);
    }

    #[test]
    fn a_path_that_no_socket_can_have_is_refused() {
        let long = "x".repeat(MAX_UNIX_NAME_BYTES + 1);
        for path in ["", "@", "a\0b", &long] {
            let form = AddressForm {
                transport: TransportKind::Unix,
                path_text: path.to_owned(),
                ..AddressForm::default()
            };
            let wrong = FormField::SocketPath.holds(FieldProblem::SocketPath);
            assert_eq!(form.bind(), Err(wrong.clone()));
            assert_eq!(form.target(), Err(wrong));
        }
    }

    #[test]
    fn the_scope_of_a_target_is_the_name_or_the_number_of_an_interface() {
        let interfaces = interfaces().unwrap();
        let known = interfaces.iter().find(|it| it.index.is_some()).unwrap();
        let index = known.index.unwrap();
        let check = |host: &str, expected: Result<&str, FieldProblem>| {
            let form = AddressForm {
                host_text: host.to_owned(),
                port_text: "80".to_owned(),
                ..AddressForm::default()
            };
            let expected = expected.map(|it| Target::Address(it.parse().unwrap()));
            let expected = expected.map_err(|problem| FormField::RemoteHost.holds(problem));
            assert_eq!(form.target(), expected, "{host}");
        };
        let scoped = format!("[fe80::1%{index}]:80");
        check(&format!("fe80::1%{}", known.name), Ok(&scoped));
        check(&format!("[fe80::1%{index}]"), Ok(&scoped));
        check("fe80::1%no-such-interface", Err(FieldProblem::Scope));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_was_pasted_into_the_host_chooses_the_transport() {
        let form = AddressForm {
            host_text: "unix:/tmp/x".to_owned(),
            ..AddressForm::default()
        };
        let bind = form.bind().unwrap();
        assert_eq!(bind.to_string(), "unix:/tmp/x");
    }
}
