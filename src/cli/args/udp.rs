//! The options of UDP sockets.

use clap::Args;

use super::value::{ArgumentError, typed};
use crate::workspace::{
    UdpForm, interfaces, parse_forget_after, parse_groups, parse_interface, parse_multicast_ttl,
};

/// Options of UDP sockets that both ends have.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of UDP sockets")]
#[expect(clippy::doc_markdown, reason = "the help shows it as it is")]
pub(in crate::cli) struct UdpArguments {
    /// The interface of multicast, by its name or one of its addresses: eth0, 192.168.1.5 [default: the system's choice]
    #[arg(long, value_name = "NAME", value_parser = typed(interface))]
    interface: Option<String>,
    /// How many hops a multicast datagram may take, 0 to 255: 0 stays on this machine, 1 on the local network (IP_MULTICAST_TTL) [default: 1]
    #[arg(long, value_name = "HOPS", value_parser = typed(|text| Ok(parse_multicast_ttl(text)?)))]
    multicast_ttl: Option<String>,
    /// Keep what is sent to a group from programs on this machine (IP_MULTICAST_LOOP off)
    #[arg(long)]
    no_multicast_loop: bool,
}

/// Options of UDP sockets that servers have.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of UDP servers")]
#[expect(clippy::doc_markdown, reason = "the help shows it as it is")]
pub(in crate::cli) struct UdpServerArguments {
    /// After how long a silence in both directions a peer is forgotten, 100ms to 24h [default: 2m]
    #[arg(long, value_name = "DURATION", value_parser = typed(|text| Ok(parse_forget_after(text)?)))]
    forget_after: Option<String>,
    /// Join a multicast group, such as 239.1.2.3 or ff02::fb; may be given several times
    ///
    /// Other programs may join the same group on the same port.
    #[arg(long, visible_alias = "join", value_name = "ADDR", value_parser = typed(|text| Ok(parse_groups(text, None)?)))]
    group: Vec<String>,
}

fn interface(text: &str) -> Result<(), ArgumentError> {
    // Without a list there is no such interface to name.
    let all = interfaces().unwrap_or_default();
    parse_interface(text, &all)?;
    Ok(())
}

impl UdpArguments {
    /// Returns the name of the first option that is given.
    pub(in crate::cli) fn first(&self) -> Option<&'static str> {
        first_given([
            ("--interface", self.interface.is_some()),
            ("--multicast-ttl", self.multicast_ttl.is_some()),
            ("--no-multicast-loop", self.no_multicast_loop),
        ])
    }

    /// Returns the form of these options.
    pub(in crate::cli) fn form(&self) -> UdpForm {
        UdpForm {
            interface_text: self.interface.clone().unwrap_or_default(),
            multicast_ttl_text: self.multicast_ttl.clone().unwrap_or_default(),
            multicast_loop: !self.no_multicast_loop,
            ..UdpForm::default()
        }
    }
}

impl UdpServerArguments {
    /// Returns the name of the first option that is given.
    pub(in crate::cli) fn first(&self) -> Option<&'static str> {
        first_given([
            ("--forget-after", self.forget_after.is_some()),
            ("--group", !self.group.is_empty()),
        ])
    }

    /// Returns the form of these options and of those that both ends have.
    pub(in crate::cli) fn form(&self, both: &UdpArguments) -> UdpForm {
        UdpForm {
            forget_after_text: self.forget_after.clone().unwrap_or_default(),
            groups_text: self.group.join(", "),
            ..both.form()
        }
    }
}

/// Returns the name of the first option that is given.
pub(in crate::cli) fn first_given<const COUNT: usize>(
    options: [(&'static str, bool); COUNT],
) -> Option<&'static str> {
    let mut options = options.into_iter();
    options.find_map(|(name, is_given)| is_given.then_some(name))
}
