//! Settings that only UDP has, as they were typed. An empty field means the default.

use std::net::IpAddr;
use std::time::Duration;

use super::fields::{FieldError, FieldProblem, FormField, parse_duration};
use super::interfaces::{InterfaceAddress, interfaces};
use super::socket_form::parse_ttl;
use crate::net::{self, MAX_FORGET_AFTER, MAX_GROUPS, MIN_FORGET_AFTER, UdpOptions};

/// The settings of a UDP socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UdpForm {
    /// After how long a silence a peer is forgotten: `30s`.
    pub forget_after_text: String,
    /// The multicast groups that a server joins: `239.1.2.3, 239.1.2.4`.
    pub groups_text: String,
    /// The interface of multicast, by its name or one of its addresses: `eth0`, `192.168.1.5`.
    pub interface_text: String,
    /// How many hops a multicast datagram may take: 0 to 255.
    pub multicast_ttl_text: String,
    /// Whether what is sent to a group is received on this machine too.
    pub multicast_loop: bool,
}

impl Default for UdpForm {
    fn default() -> Self {
        Self {
            forget_after_text: String::new(),
            groups_text: String::new(),
            interface_text: String::new(),
            multicast_ttl_text: String::new(),
            multicast_loop: true,
        }
    }
}

impl UdpForm {
    /// Returns what the fields say, for a server that is bound to an address of this family, or for a client.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse(&self, bound: Option<IpAddr>) -> Result<UdpOptions, FieldError> {
        let mut options = UdpOptions::default();
        if let Some(text) = typed(&self.forget_after_text) {
            options.forget_after = FormField::ForgetAfter.read(parse_forget_after(text))?;
        }
        if let Some(text) = typed(&self.groups_text) {
            options.groups = FormField::Groups.read(parse_groups(text, bound))?;
        }
        if let Some(text) = typed(&self.interface_text) {
            let all = interfaces().unwrap_or_default();
            options.interface = Some(FormField::Interface.read(parse_interface(text, &all))?);
        }
        if let Some(text) = typed(&self.multicast_ttl_text) {
            options.multicast_ttl = Some(FormField::MulticastTtl.read(parse_multicast_ttl(text))?);
        }
        options.multicast_loop = self.multicast_loop;
        Ok(options)
    }
}

fn typed(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Reads after how long a silence a peer is forgotten.
pub fn parse_forget_after(text: &str) -> Result<Duration, FieldProblem> {
    let silence = parse_duration(text)?;
    (MIN_FORGET_AFTER..=MAX_FORGET_AFTER)
        .contains(&silence)
        .then_some(silence)
        .ok_or(FieldProblem::ForgetAfter)
}

/// Reads multicast groups, with commas or spaces between them, each once.
pub fn parse_groups(text: &str, bound: Option<IpAddr>) -> Result<Vec<IpAddr>, FieldProblem> {
    let mut groups = Vec::new();
    let texts = text.split([',', ' ', ';']).filter(|it| !it.is_empty());
    for text in texts {
        let group = text.parse().ok().filter(IpAddr::is_multicast);
        let group = group.ok_or(FieldProblem::Group)?;
        if bound.is_some_and(|bound| bound.is_ipv6() != group.is_ipv6()) {
            return Err(FieldProblem::GroupFamily);
        }
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    if groups.len() > MAX_GROUPS {
        return Err(FieldProblem::Groups);
    }
    Ok(groups)
}

/// Finds an interface by its name or one of its addresses.
pub fn parse_interface(
    text: &str,
    all: &[InterfaceAddress],
) -> Result<net::Interface, FieldProblem> {
    let address: Option<IpAddr> = text.parse().ok();
    let is_named = |it: &&InterfaceAddress| it.name == text || Some(it.address) == address;
    let named = all.iter().find(is_named).ok_or(FieldProblem::Interface)?;
    let ipv4 = |it: &InterfaceAddress| match it.address {
        IpAddr::V4(v4) if it.name == named.name => Some(v4),
        _ => None,
    };
    let ipv4 = ipv4(named).or_else(|| all.iter().find_map(ipv4));
    let index = named.index.ok_or(FieldProblem::Interface)?;
    Ok(net::Interface { index, ipv4 })
}

/// Reads how many hops a multicast datagram may take; 0 keeps it on this machine.
pub fn parse_multicast_ttl(text: &str) -> Result<u8, FieldProblem> {
    match text {
        "0" => Ok(0),
        text => parse_ttl(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_multicast_addresses_of_the_family_of_the_server() {
        let check = |text: &str, bound: &str, expected: Result<&[&str], FieldProblem>| {
            let expected = expected.map(|all| all.iter().map(|it| it.parse().unwrap()).collect());
            assert_eq!(
                parse_groups(text, bound.parse().ok()),
                expected,
                "{text} on {bound}"
            );
        };
        check("239.1.2.3", "0.0.0.0", Ok(&["239.1.2.3"]));
        check(
            "239.1.2.3, 224.0.0.251 239.1.2.3",
            "",
            Ok(&["239.1.2.3", "224.0.0.251"]),
        );
        check("ff02::fb", "::", Ok(&["ff02::fb"]));
        check("ff02::fb", "0.0.0.0", Err(FieldProblem::GroupFamily));
        check("127.0.0.1", "0.0.0.0", Err(FieldProblem::Group));
        check("meter", "0.0.0.0", Err(FieldProblem::Group));
        let many: Vec<_> = (0..=MAX_GROUPS).map(|it| format!("239.0.0.{it}")).collect();
        check(&many.join(","), "0.0.0.0", Err(FieldProblem::Groups));
    }

    #[test]
    fn an_interface_has_a_name_and_addresses() {
        let interface = |name: &str, address: &str, index| InterfaceAddress {
            name: name.to_owned(),
            address: address.parse().unwrap(),
            index: Some(index),
        };
        let all = [
            interface("lo", "127.0.0.1", 1),
            interface("eth0", "fe80::5", 2),
            interface("eth0", "192.168.1.5", 2),
        ];
        let eth0 = net::Interface {
            index: 2,
            ipv4: Some([192, 168, 1, 5].into()),
        };
        for text in ["eth0", "192.168.1.5", "fe80::5"] {
            assert_eq!(parse_interface(text, &all), Ok(eth0), "{text}");
        }
        assert_eq!(parse_interface("eth1", &all), Err(FieldProblem::Interface));
    }

    #[test]
    fn a_silence_is_neither_too_short_nor_too_long() {
        let check = |text: &str, expected| assert_eq!(parse_forget_after(text), expected, "{text}");
        check("30s", Ok(Duration::from_secs(30)));
        check("1ms", Err(FieldProblem::ForgetAfter));
        check("1000h", Err(FieldProblem::Duration));
        check("86401s", Err(FieldProblem::ForgetAfter));
        assert_eq!(parse_multicast_ttl("0"), Ok(0));
        assert_eq!(parse_multicast_ttl("256"), Err(FieldProblem::Ttl));
    }
}
