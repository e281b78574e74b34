//! This machine's addresses, for the choice of where to listen.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One address of one network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// The interface's name: `eth0`, `Wi-Fi`.
    pub name: String,
    /// The address.
    pub address: IpAddr,
    /// The interface's number, which is the scope of its link-local IPv6 addresses.
    pub index: Option<u32>,
}

/// Returns the addresses of this machine's interfaces, as the system lists them.
pub fn interfaces() -> io::Result<Vec<Interface>> {
    let all = if_addrs::get_if_addrs()?;
    let interfaces = all.into_iter().map(|interface| Interface {
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
    /// Whether an IPv6 address takes IPv4 peers too.
    pub dual_stack: bool,
    /// What it is: `this machine only`, `all IPv4 addresses`, or the interface's name.
    pub label: String,
    /// Whether other machines can reach it.
    pub reachable_by_others: bool,
}

/// Returns where a server can listen: loopback, everywhere, then each address of `interfaces`.
pub fn bind_choices(interfaces: &[Interface]) -> Vec<BindChoice> {
    let choice = |address_text: &str, label: &str| BindChoice {
        address_text: address_text.to_owned(),
        dual_stack: false,
        label: label.to_owned(),
        reachable_by_others: !label.starts_with("this machine"),
    };
    let mut choices = vec![
        choice("127.0.0.1", "this machine only (IPv4)"),
        choice("::1", "this machine only (IPv6)"),
        choice("0.0.0.0", "all IPv4 addresses"),
        choice("::", "all IPv6 addresses"),
        BindChoice {
            dual_stack: true,
            ..choice("::", "all addresses (dual-stack)")
        },
    ];
    for interface in interfaces {
        let address_text = interface.address_text();
        if choices
            .iter()
            .all(|known| known.address_text != address_text)
        {
            choices.push(BindChoice {
                reachable_by_others: !interface.address.is_loopback(),
                ..choice(&address_text, &interface.name)
            });
        }
    }
    choices
}

/// Returns the address under which other machines on the network reach a server that listens on `bound`, when that
/// is "all addresses": the first one of the same family that is neither loopback nor link-local.
pub fn lan_address(bound: IpAddr, interfaces: &[Interface]) -> Option<IpAddr> {
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

impl Interface {
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

    fn interface(name: &str, address: &str) -> Interface {
        Interface {
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
            .map(|c| (c.address_text.as_str(), c.dual_stack, c.reachable_by_others))
            .collect();
        assert_eq!(
            listed,
            [
                ("127.0.0.1", false, false),
                ("::1", false, false),
                ("0.0.0.0", false, true),
                ("::", false, true),
                ("::", true, true),
                ("192.168.1.5", false, true),
                ("fe80::5%eth0", false, true),
                ("127.0.0.2", false, false),
            ]
        );
        assert_eq!(choices[5].label, "eth0");
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
