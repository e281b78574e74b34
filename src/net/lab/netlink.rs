//! The few netlink messages that the helper sends: raise the loopback interface, and change how packets travel.
//!
//! Layouts: `netlink(7)`, `rtnetlink(7)`, `linux/if_link.h`, `linux/pkt_sched.h`. Pure but for [`request`].

use std::io;

use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketType, recv, send, socket};

use crate::net::lab_conditions::{ALL_PACKETS_PPM, Conditions};

/// The index of the loopback interface, which is the first of every network.
const LOOPBACK: i32 = 1;
/// The longest packet on the loopback interface, in bytes: that of Ethernet. The system's 65,536 bytes would show what
/// no network carries.
const MTU: u32 = 1_500;
/// How many packets may be on their way while they are delayed (`limit` of `tc-netem(8)`).
const NETEM_LIMIT: u32 = 1_000;

const NLMSG_ERROR: u16 = 2;
const RTM_NEWLINK: u16 = 16;
const RTM_NEWQDISC: u16 = 36;
const RTM_DELQDISC: u16 = 37;
const REQUEST_ACK: u16 = 0x005;
const CREATE_REPLACE: u16 = 0x500;
const IFF_UP: u32 = 1;
const IFLA_MTU: u16 = 4;
const IFLA_GSO_MAX_SEGS: u16 = 40;
const TC_H_ROOT: u32 = u32::MAX;
const TCA_KIND: u16 = 1;
const TCA_OPTIONS: u16 = 2;

/// A message that is being written.
struct Message(Vec<u8>);

impl Message {
    /// Begins a message; `finish` adds its length.
    fn new(kind: u16, flags: u16) -> Self {
        let mut message = Self(Vec::with_capacity(80));
        message.number(0);
        message.half(kind);
        message.half(flags);
        // Sequence number and port: the only request on its socket needs none.
        message.number(0);
        message.number(0);
        message
    }

    fn half(&mut self, number: u16) {
        self.0.extend(number.to_ne_bytes());
    }

    fn number(&mut self, number: u32) {
        self.0.extend(number.to_ne_bytes());
    }

    fn attribute(&mut self, kind: u16, value: &[u8]) {
        self.half(4 + value.len() as u16);
        self.half(kind);
        self.0.extend(value);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
    }

    fn finish(mut self) -> Vec<u8> {
        let length = self.0.len() as u32;
        self.0[..4].copy_from_slice(&length.to_ne_bytes());
        self.0
    }
}

/// An `ifinfomsg` about the loopback interface.
fn link(flags: u32) -> Message {
    let mut message = Message::new(RTM_NEWLINK, REQUEST_ACK);
    message.number(0);
    message.number(LOOPBACK as u32);
    message.number(flags);
    message.number(flags);
    message
}

/// Raises the loopback interface, with the packets of an Ethernet.
pub(super) fn loopback_up() -> Vec<u8> {
    let mut message = link(IFF_UP);
    message.attribute(IFLA_MTU, &MTU.to_ne_bytes());
    message.finish()
}

/// Lets no packet hold more than one segment: the system would hand over many at once, and cut them nowhere.
pub(super) fn one_segment_a_packet() -> Vec<u8> {
    let mut message = link(0);
    message.attribute(IFLA_GSO_MAX_SEGS, &1_u32.to_ne_bytes());
    message.finish()
}

/// Delays and loses packets with `netem`, or removes it.
pub(super) fn travel(conditions: &Conditions) -> Vec<u8> {
    let (kind, flags) = if conditions.is_plain() {
        (RTM_DELQDISC, REQUEST_ACK)
    } else {
        (RTM_NEWQDISC, REQUEST_ACK | CREATE_REPLACE)
    };
    let mut message = Message::new(kind, flags);
    // A `tcmsg`: family, interface, handle, parent, info.
    for number in [0, LOOPBACK as u32, 0, TC_H_ROOT, 0] {
        message.number(number);
    }
    if conditions.is_plain() {
        return message.finish();
    }
    message.attribute(TCA_KIND, b"netem\0");
    // A `tc_netem_qopt`: latency, limit, loss, gap, duplicate, jitter. Times are in ticks of 64 ns.
    let ticks = |time: std::time::Duration| (time.as_nanos() / 64) as u32;
    let all = u64::from(ALL_PACKETS_PPM);
    let loss = (u64::from(conditions.loss_ppm) * u64::from(u32::MAX) + all / 2) / all;
    let options = [
        ticks(conditions.delay),
        NETEM_LIMIT,
        loss as u32,
        0,
        0,
        ticks(conditions.jitter),
    ];
    message.attribute(TCA_OPTIONS, &options.map(u32::to_ne_bytes).concat());
    message.finish()
}

/// Sends a message to the kernel, and returns what it says.
///
/// # Errors
/// Those of the calls, and the kernel's own.
pub(super) fn request(message: &[u8]) -> io::Result<()> {
    let route = socket(AddressFamily::NETLINK, SocketType::RAW, None)?;
    send(&route, message, SendFlags::empty())?;
    // The kernel answers before `send` returns; more than the answer never comes.
    let mut answer = [0; 512];
    let (count, _) = recv(&route, &mut answer[..], RecvFlags::DONTWAIT)?;
    match acknowledged(answer.get(..count).unwrap_or_default()) {
        Some(0) => Ok(()),
        Some(code) => Err(io::Error::from_raw_os_error(code)),
        None => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// Returns the error code in an acknowledgement, 0 for none.
fn acknowledged(answer: &[u8]) -> Option<i32> {
    let kind = u16::from_ne_bytes(*answer.get(4..)?.first_chunk()?);
    let code = i32::from_ne_bytes(*answer.get(16..)?.first_chunk()?);
    (kind == NLMSG_ERROR && code <= 0).then(|| code.wrapping_neg())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// What `tc` of iproute2 6.1 sends (`strace -e write=all`), but for the sequence number.
    #[cfg(target_endian = "little")]
    #[test]
    fn messages_are_those_of_tc() {
        let check = |conditions: Conditions, golden: &[&str]| {
            let hex = |it: &u8| format!("{it:02x}");
            let found: String = travel(&conditions).iter().map(hex).collect();
            assert_eq!(found, golden.concat());
        };
        let delay = Duration::from_millis(50);
        let header = "4c000000240005050000000000000000";
        let root = "000000000100000000000000ffffffff00000000";
        let netem = "0a0001006e6574656d000000";
        // tc qdisc replace dev lo root netem delay 50ms loss 1%
        let conditions = Conditions {
            delay,
            jitter: Duration::ZERO,
            loss_ppm: 10_000,
        };
        let options = "1c000200c2eb0b00e8030000295c8f02000000000000000000000000";
        check(conditions, &[header, root, netem, options]);
        // tc qdisc replace dev lo root netem delay 50ms 10ms
        let conditions = Conditions {
            delay,
            jitter: Duration::from_millis(10),
            loss_ppm: 0,
        };
        let options = "1c000200c2eb0b00e80300000000000000000000000000005a620200";
        check(conditions, &[header, root, netem, options]);
        // tc qdisc del dev lo root
        let header = "24000000250005000000000000000000";
        check(Conditions::default(), &[header, root]);
    }

    #[test]
    fn an_answer_that_is_no_acknowledgement_is_none() {
        let answer = |kind: u16, code: i32| {
            let mut bytes = vec![0; 36];
            bytes[4..6].copy_from_slice(&kind.to_ne_bytes());
            bytes[16..20].copy_from_slice(&code.to_ne_bytes());
            bytes
        };
        assert_eq!(acknowledged(&answer(NLMSG_ERROR, 0)), Some(0));
        assert_eq!(acknowledged(&answer(NLMSG_ERROR, -2)), Some(2));
        assert_eq!(acknowledged(&answer(NLMSG_ERROR, 5)), None);
        assert_eq!(acknowledged(&answer(3, 0)), None);
        assert_eq!(acknowledged(&[0; 17]), None);
    }
}
