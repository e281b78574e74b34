//! This machine's addresses, for the choice of where to listen.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One address of one network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterfaceAddress {
    /// The interface's name: `eth0`, `Wi-Fi`.
    pub name: String,
    /// The address.
    pub address: IpAddr,
    /// The interface's number, which is the scope of its link-local IPv6 addresses.
    pub index: Option<u32>,
}

/// Returns the addresses of this machine's interfaces, as the system lists them.
pub fn interfaces() -> io::Result<Vec<InterfaceAddress>> {
    let all = if_addrs::get_if_addrs()?;
    let interfaces = all.into_iter().map(|interface| InterfaceAddress {
        address: interface.ip(),
        name: interface.name,
        index: interface.index,
    });
    Ok(interfaces.collect())
}

/// Returns the number of the interface that has this name.
pub(super) fn scope_id(name: &str) -> Option<u32> {
    // Without a list there is no such interface to name, and listening there would fail anyway.
    let interfaces = interfaces().unwrap_or_default();
    let interface = interfaces
        .into_iter()
        .find(|interface| interface.name == name);
    interface.and_then(|interface| interface.index)
}

/// An address to listen on, for a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindChoice {
    /// What goes into the bind address field.
    pub address_text: String,
    /// What it stands for.
    pub scope: BindScope,
}

/// What an address to listen on stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BindScope {
    /// This machine only, over IPv4.
    LoopbackV4,
    /// This machine only, over IPv6.
    LoopbackV6,
    /// All IPv4 addresses.
    AllV4,
    /// All IPv6 addresses.
    AllV6,
    /// All addresses of both families.
    DualStack,
    /// One address of the interface of this name.
    Interface(String),
}

/// Returns where a server can listen: loopback, everywhere, then each address of `interfaces`.
pub fn bind_choices(interfaces: &[InterfaceAddress]) -> Vec<BindChoice> {
    let choice = |(address_text, scope): (&str, BindScope)| BindChoice {
        address_text: address_text.to_owned(),
        scope,
    };
    let fixed = [
        ("127.0.0.1", BindScope::LoopbackV4),
        ("::1", BindScope::LoopbackV6),
        ("0.0.0.0", BindScope::AllV4),
        ("::", BindScope::AllV6),
        ("::", BindScope::DualStack),
    ];
    let mut choices: Vec<_> = fixed.into_iter().map(choice).collect();
    for interface in interfaces {
        let address_text = interface.address_text();
        if choices
            .iter()
            .all(|known| known.address_text != address_text)
        {
            let scope = BindScope::Interface(interface.name.clone());
            choices.push(choice((&address_text, scope)));
        }
    }
    choices
}

/// Returns the address under which other machines on the network reach a server that listens on `bound`, when that
/// is "all addresses": the first one of the same family that is neither loopback nor link-local.
pub fn lan_address(bound: IpAddr, interfaces: &[InterfaceAddress]) -> Option<IpAddr> {
    if !bound.is_unspecified() {
        return None;
    }
    let mut addresses = interfaces.iter().map(|interface| interface.address);
    addresses.find(|address| match address {
        IpAddr::V4(v4) => bound.is_ipv4() && is_on_a_network(*v4),
        IpAddr::V6(v6) => bound.is_ipv6() && !v6.is_loopback() && !v6.is_unicast_link_local(),
    })
}

fn is_on_a_network(address: Ipv4Addr) -> bool {
    !address.is_loopback() && !address.is_link_local()
}

impl InterfaceAddress {
    /// Returns the address as it is typed; a link-local IPv6 address with its scope (RFC 4007, section 11).
    fn address_text(&self) -> String {
        match self.address {
            IpAddr::V6(v6) if Ipv6Addr::is_unicast_link_local(&v6) => {
                format!("{v6}%{}", self.name)
            }
            address => address.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(name: &str, address: &str) -> InterfaceAddress {
        InterfaceAddress {
            name: name.to_owned(),
            address: address.parse().unwrap(),
            index: Some(2),
        }
    }

    #[test]
    fn choices_begin_with_loopback_and_end_with_interfaces() {
        let choices = bind_choices(&[
            interface("lo", "127.0.0.1"),
            interface("eth0", "192.168.1.5"),
            interface("eth0", "fe80::5"),
            interface("lo", "127.0.0.2"),
        ]);
        let listed: Vec<_> = choices
            .iter()
            .map(|choice| (choice.address_text.as_str(), &choice.scope))
            .collect();
        let named = |name: &str| BindScope::Interface(name.to_owned());
        assert_eq!(
            listed,
            [
                ("127.0.0.1", &BindScope::LoopbackV4),
                ("::1", &BindScope::LoopbackV6),
                ("0.0.0.0", &BindScope::AllV4),
                ("::", &BindScope::AllV6),
                ("::", &BindScope::DualStack),
                ("192.168.1.5", &named("eth0")),
                ("fe80::5%eth0", &named("eth0")),
                ("127.0.0.2", &named("lo")),
            ]
        );
    }

    #[test]
    fn the_lan_address_is_of_the_bound_family() {
        let interfaces = [
            interface("lo", "127.0.0.1"),
            interface("eth0", "169.254.0.1"),
            interface("eth0", "fe80::5"),
            interface("eth0", "192.168.1.5"),
            interface("eth0", "fd00::5"),
        ];
        let check = |bound: &str, expected: Option<&str>| {
            let expected = expected.map(|address| address.parse().unwrap());
            assert_eq!(lan_address(bound.parse().unwrap(), &interfaces), expected);
        };
        check("0.0.0.0", Some("192.168.1.5"));
        check("::", Some("fd00::5"));
        check("127.0.0.1", None);
    }

    #[test]
    fn this_machine_has_a_loopback_interface() {
        let interfaces = interfaces().unwrap();
        let loopback = interfaces.iter().find(|i| i.address.is_loopback()).unwrap();
        assert_eq!(scope_id(&loopback.name), loopback.index);
    }
}
