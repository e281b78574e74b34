//! Questions about TCP sockets to the kernel (`sock_diag(7)`): anybody may ask about any socket of the own network namespace.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::io::{Errno, ioctl_fionbio};
use rustix::net::{self, AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink};

use crate::net::kernel::bytes::number;
use crate::net::kernel::field::TcpInfo;
use crate::net::kernel::numbers::{
    AcceptQueue, Inquiry, KernelEnds, SocketNumbers, SocketTimer, TimerKind,
};
use crate::net::kernel::state::TcpState;

/// What the kernel says of one socket.
#[derive(Debug)]
pub(in crate::net) struct FoundSocket {
    pub(in crate::net) numbers: SocketNumbers,
    /// The number that `/proc/PID/fd` knows it by; 0 if no process has it any more.
    pub(in crate::net) inode: u64,
    pub(in crate::net) uid: u32,
}

/// `inet_diag_msg`: the answer without its attributes.
const MESSAGE_BYTES: usize = 72;
/// `nlmsghdr`.
const HEADER_BYTES: usize = 16;
/// `nlmsghdr` and `inet_diag_req_v2`.
const REQUEST_BYTES: usize = 72;
/// More than an answer about one socket takes.
const BUFFER_BYTES: usize = 16 * 1024;
/// How many answers are looked at for one question. One is expected; more would be leftovers of an earlier question.
const MAX_ANSWERS: usize = 16;

/// `NLMSG_ERROR`, `NLMSG_DONE`, and `SOCK_DIAG_BY_FAMILY`.
const ERROR: u64 = 2;
const DONE: u64 = 3;
const BY_FAMILY: u64 = 20;
/// `INET_DIAG_INFO`, `INET_DIAG_CONG`.
const INFO: u64 = 2;
const CONGESTION: u64 = 4;

/// Opens a socket that answers about those of this thread's network namespace.
pub(in crate::net) fn diag_socket() -> io::Result<OwnedFd> {
    let (family, kind) = (AddressFamily::NETLINK, SocketType::DGRAM);
    let protocol = Some(netlink::SOCK_DIAG);
    Ok(net::socket_with(
        family,
        kind,
        SocketFlags::CLOEXEC,
        protocol,
    )?)
}

/// A socket to ask about other sockets.
#[derive(Debug)]
pub(in crate::net) struct Diag {
    socket: OwnedFd,
    asked: u32,
    buffer: Vec<u8>,
}

impl Diag {
    /// Opens one, in this thread's network namespace.
    pub(in crate::net) fn open() -> io::Result<Self> {
        Self::new(diag_socket()?)
    }

    /// Asks with this socket, about those of its network namespace.
    pub(in crate::net) fn new(socket: OwnedFd) -> io::Result<Self> {
        ioctl_fionbio(&socket, true)?;
        Ok(Self {
            socket,
            asked: 0,
            buffer: vec![0; BUFFER_BYTES],
        })
    }

    /// Asks for both ends of a connection. Our socket is not needed.
    pub(in crate::net) fn ends<T>(
        &mut self,
        local: SocketAddr,
        peer: SocketAddr,
        _own: Option<&T>,
    ) -> io::Result<KernelEnds> {
        let mut end = |local, peer| -> io::Result<_> {
            Ok(self.connection(local, peer)?.map(|it| it.numbers))
        };
        Ok(KernelEnds {
            ours: end(local, peer)?,
            peer: end(peer, local)?,
        })
    }

    /// Asks for one end of a connection. `None` if there is no such socket.
    pub(in crate::net) fn connection(
        &mut self,
        local: SocketAddr,
        peer: SocketAddr,
    ) -> io::Result<Option<FoundSocket>> {
        // Where there is no such connection, the kernel answers with the listener.
        let found = self.ask(local, peer)?;
        Ok(found.filter(|it| it.numbers.state != TcpState::Listen))
    }

    /// Asks for the accept queue of a listener. `None` if there is no such socket.
    pub(in crate::net) fn listener(
        &mut self,
        local: SocketAddr,
    ) -> io::Result<Option<AcceptQueue>> {
        let any = match local {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        };
        let found = self.ask(local, SocketAddr::new(any, 0))?;
        let found = found.filter(|it| it.numbers.state == TcpState::Listen);
        Ok(found.and_then(|it| {
            Some(AcceptQueue {
                waiting: it.numbers.receive_queue_bytes?,
                limit: it.numbers.send_queue_bytes?,
            })
        }))
    }

    fn ask(&mut self, local: SocketAddr, peer: SocketAddr) -> io::Result<Option<FoundSocket>> {
        self.asked = self.asked.wrapping_add(1);
        let asked = self.asked;
        net::send(
            &self.socket,
            &request(local, peer, asked),
            SendFlags::empty(),
        )?;
        for _ in 0..MAX_ANSWERS {
            // The kernel has answered when the question is sent.
            let (count, _) = net::recv(&self.socket, &mut self.buffer[..], RecvFlags::empty())?;
            let answer = self.buffer.get(..count).unwrap_or_default();
            // Of an earlier question.
            if number::<4>(answer, 8) != Some(asked.into()) {
                continue;
            }
            return match number::<2>(answer, 4) {
                Some(BY_FAMILY) => Ok(found(answer)),
                Some(ERROR) => match refusal(answer) {
                    Errno::NOENT => Ok(None),
                    error => Err(error.into()),
                },
                Some(DONE) => Ok(None),
                _ => Err(io::ErrorKind::InvalidData.into()),
            };
        }
        Err(io::ErrorKind::InvalidData.into())
    }
}

/// `nlmsghdr`, then `inet_diag_req_v2` for exactly this socket.
fn request(local: SocketAddr, peer: SocketAddr, sequence: u32) -> Vec<u8> {
    /// `AF_INET`, `AF_INET6`, `IPPROTO_TCP`, `NLM_F_REQUEST`.
    const V4: u8 = 2;
    const V6: u8 = 10;
    const TCP: u8 = 6;
    const REQUEST: u16 = 1;
    let family = if local.is_ipv4() { V4 } else { V6 };
    let extensions = (1 << (INFO - 1) | 1 << (CONGESTION - 1)) as u8;
    let mut bytes = Vec::with_capacity(REQUEST_BYTES);
    bytes.extend((REQUEST_BYTES as u32).to_ne_bytes());
    bytes.extend((BY_FAMILY as u16).to_ne_bytes());
    bytes.extend(REQUEST.to_ne_bytes());
    bytes.extend(sequence.to_ne_bytes());
    bytes.extend([0; 4]);
    bytes.extend([family, TCP, extensions, 0]);
    // Whatever its state.
    bytes.extend(u32::MAX.to_ne_bytes());
    for address in [local, peer] {
        bytes.extend(address.port().to_be_bytes());
    }
    for address in [local, peer] {
        let mut padded = [0; 16];
        match address.ip() {
            IpAddr::V4(ip) => padded[..4].copy_from_slice(&ip.octets()),
            IpAddr::V6(ip) => padded = ip.octets(),
        }
        bytes.extend(padded);
    }
    let scope = match local {
        SocketAddr::V4(_) => 0,
        SocketAddr::V6(local) => local.scope_id(),
    };
    bytes.extend(scope.to_ne_bytes());
    // Whatever its cookie.
    bytes.extend([0xff; 8]);
    bytes
}

/// Returns the error of an answer.
fn refusal(answer: &[u8]) -> Errno {
    let code = number::<4>(answer, HEADER_BYTES).unwrap_or_default() as u32;
    Errno::from_raw_os_error(code.cast_signed().wrapping_neg())
}

/// `inet_diag_msg`: `family 1 · state 1 · timer 1 · retransmits 1 · socket 48 · expires 4 · rqueue 4 · wqueue 4 · uid 4 · inode
/// 4`, then attributes: `length 2 · kind 2 · bytes`, each padded to four bytes.
fn found(answer: &[u8]) -> Option<FoundSocket> {
    let length = number::<4>(answer, 0)? as usize;
    let message = answer.get(HEADER_BYTES..length)?;
    let mut attributes = message.get(MESSAGE_BYTES..)?;
    let mut numbers = SocketNumbers {
        inquiry: Inquiry::SockDiag,
        state: TcpState::of_number(number::<1>(message, 1)? as u8)?,
        timer: timer(message),
        retransmits: Some(number::<1>(message, 3)? as u8),
        receive_queue_bytes: Some(number::<4>(message, 56)? as u32),
        send_queue_bytes: Some(number::<4>(message, 60)? as u32),
        congestion_control: None,
        info: TcpInfo::default(),
    };
    while let (Some(length), Some(kind)) = (number::<2>(attributes, 0), number::<2>(attributes, 2))
    {
        let length = length as usize;
        let body = attributes.get(4..length)?;
        match kind {
            INFO => numbers.info = TcpInfo::read(body),
            CONGESTION => {
                let name = body.split(|byte| *byte == 0).next().unwrap_or_default();
                numbers.congestion_control = Some(String::from_utf8_lossy(name).into());
            }
            _ => {}
        }
        attributes = attributes
            .get(length.next_multiple_of(4)..)
            .unwrap_or_default();
    }
    Some(FoundSocket {
        numbers,
        inode: number::<4>(message, 68)?,
        uid: number::<4>(message, 64)? as u32,
    })
}

fn timer(message: &[u8]) -> Option<SocketTimer> {
    let kind = TimerKind::of_number(number::<1>(message, 2)? as u8)?;
    let left = Duration::from_millis(number::<4>(message, 52)?);
    Some(SocketTimer { kind, left })
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;
    use crate::net::kernel::TcpInfoField;

    fn pair(ip: IpAddr) -> (TcpListener, TcpStream, TcpStream) {
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let limit = Duration::from_secs(5);
        let client = TcpStream::connect_timeout(&address, limit).unwrap();
        let (server, _) = listener.accept().unwrap();
        (listener, client, server)
    }

    fn ends(socket: &TcpStream) -> (SocketAddr, SocketAddr) {
        (socket.local_addr().unwrap(), socket.peer_addr().unwrap())
    }

    #[test]
    fn both_ends_are_seen_in_both_families() {
        use std::io::Write as _;
        let families = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        for ip in families {
            let mut diag = Diag::open().unwrap();
            let (_listener, mut client, server) = pair(ip);
            client.write_all(&[0; 1000]).unwrap();
            let (local, peer) = ends(&server);
            let here = diag.connection(local, peer).unwrap().unwrap();
            assert_eq!(here.numbers.state, TcpState::Established);
            assert_eq!(here.numbers.receive_queue_bytes, Some(1000));
            assert!(here.inode > 0);
            let there = diag.connection(peer, local).unwrap().unwrap();
            assert_eq!(
                there.numbers.info.get(TcpInfoField::BytesAcknowledged),
                Some(1001)
            );
            assert!(there.numbers.congestion_control.is_some());
        }
    }

    #[test]
    fn the_end_that_closed_first_waits_and_then_nothing_is_there() {
        let mut diag = Diag::open().unwrap();
        let (listener, client, server) = pair(Ipv4Addr::LOCALHOST.into());
        let (local, peer) = ends(&client);
        drop(client);
        let half_closed = diag.connection(peer, local).unwrap().unwrap();
        assert_eq!(half_closed.numbers.state, TcpState::CloseWait);
        let orphan = diag.connection(local, peer).unwrap().unwrap();
        // The ACK of the FIN may be delayed.
        let states = [TcpState::FinWait1, TcpState::FinWait2];
        assert!(states.contains(&orphan.numbers.state), "{orphan:?}");
        assert_eq!(orphan.inode, 0);
        drop(server);
        let waiting = diag.connection(local, peer).unwrap().unwrap().numbers;
        assert_eq!(waiting.state, TcpState::TimeWait);
        let timer = waiting.timer.unwrap();
        assert_eq!(timer.kind, TimerKind::TimeWait);
        assert!(timer.left > Duration::from_secs(30), "{timer:?}");
        assert!(waiting.info.is_empty());
        // The listener is still there, and is not taken for the connection.
        assert!(diag.connection(peer, local).unwrap().is_none());
        drop(listener);
        assert!(diag.connection(peer, local).unwrap().is_none());
    }

    #[test]
    fn a_listener_says_how_many_wait() {
        let mut diag = Diag::open().unwrap();
        for bind in ["127.0.0.1:0", "0.0.0.0:0", "[::1]:0", "[::]:0"] {
            let listener = TcpListener::bind(bind).unwrap();
            let local = listener.local_addr().unwrap();
            assert_eq!(diag.listener(local).unwrap().unwrap().waiting, 0, "{bind}");
            let loopback = match local {
                SocketAddr::V4(_) => IpAddr::from(Ipv4Addr::LOCALHOST),
                SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            };
            let target = SocketAddr::new(loopback, local.port());
            let limit = Duration::from_secs(5);
            let _client = TcpStream::connect_timeout(&target, limit).unwrap();
            let queue = diag.listener(local).unwrap().unwrap();
            assert_eq!(queue.waiting, 1, "{bind}");
            assert!(queue.limit >= 128, "{queue:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_answer_is_read_without_a_panic(bytes in proptest::collection::vec(0_u8.., 0..400)) {
            let _ = found(&bytes);
            let mut whole = (bytes.len() as u32).to_ne_bytes().to_vec();
            whole.extend(bytes);
            let _ = found(&whole);
        }
    }
}
