//! Where sockets come from, and how they are prepared. Knows no poller and no connection.

use std::fmt;
use std::io;
use std::net::{Ipv6Addr, SocketAddr, TcpListener, TcpStream};
#[cfg(target_os = "linux")]
use std::os::fd::OwnedFd;

use socket2::{Domain, Protocol, SockAddr, SockRef, Socket, TcpKeepalive, Type};

use super::address::Address;
use super::config::{ServerConfig, SocketOptions};
use super::kernel;

/// Makes sockets. They can be made elsewhere than in this process's network name space, or fail on purpose in a test.
pub trait Sockets: fmt::Debug + Send + Sync {
    /// Makes a stream socket.
    ///
    /// # Errors
    /// Those of `socket(2)`.
    fn stream(&self, domain: Domain) -> io::Result<Socket>;

    /// Makes a UDP socket.
    ///
    /// # Errors
    /// Those of `socket(2)`.
    fn datagram(&self, domain: Domain) -> io::Result<Socket>;

    /// Makes a socket that answers about those of the same network (`sock_diag(7)`).
    ///
    /// # Errors
    /// Those of `socket(2)`.
    #[cfg(target_os = "linux")]
    fn diag(&self) -> io::Result<OwnedFd> {
        kernel::diag_socket()
    }
}

/// Makes sockets as any program does.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemSockets;

impl Sockets for SystemSockets {
    fn stream(&self, domain: Domain) -> io::Result<Socket> {
        let protocol = (domain != Domain::UNIX).then_some(Protocol::TCP);
        Socket::new(domain, Type::STREAM, protocol)
    }

    fn datagram(&self, domain: Domain) -> io::Result<Socket> {
        Socket::new(domain, Type::DGRAM, Some(Protocol::UDP))
    }
}

/// Makes a TCP socket that listens as configured.
pub(super) fn listen(
    sockets: &dyn Sockets,
    address: SocketAddr,
    config: &ServerConfig,
) -> io::Result<TcpListener> {
    let socket = sockets.stream(Domain::for_address(address))?;
    if address.is_ipv6() {
        socket.set_only_v6(!config.dual_stack)?;
    }
    // On Unix this lets a server restart while connections of its last run are in TIME_WAIT. On Windows a server can
    // restart by default, and this would let two programs listen on one port. SO_EXCLUSIVEADDRUSE would also keep out a
    // program that asks for such sharing, but neither socket2 nor rustix has a call for it.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    // The window scale is chosen when a peer's SYN arrives, so buffers are set before (`tcp(7)`).
    set_buffers(&socket, &config.options)?;
    socket.bind(&address.into())?;
    // Connections have them from here.
    #[cfg(target_os = "linux")]
    prepare_tcp(&SockRef::from(&socket), &config.options, address.is_ipv6())?;
    kernel::keep_syns(&socket);
    socket.listen(i32::try_from(config.backlog).unwrap_or(i32::MAX))?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

/// Makes a socket for a connect to `address`, bound to its source address if it has one.
pub(super) fn for_connect(
    sockets: &dyn Sockets,
    address: SocketAddr,
    options: &SocketOptions,
) -> io::Result<Socket> {
    let socket = sockets.stream(Domain::for_address(address))?;
    socket.set_nonblocking(true)?;
    set_buffers(&socket, options)?;
    prepare_tcp(&SockRef::from(&socket), options, address.is_ipv6())?;
    if let Some(source) = options.source {
        let source = source_for(source, address)?;
        #[cfg(unix)]
        socket.set_reuse_address(source.port() != 0)?;
        socket.bind(&source.into())?;
    }
    Ok(socket)
}

/// Returns the source address for a target. A port alone, on no address in particular, is for both families.
pub(super) fn source_for(source: SocketAddr, target: SocketAddr) -> io::Result<SocketAddr> {
    if source.is_ipv6() == target.is_ipv6() {
        return Ok(source);
    }
    if source.ip().is_unspecified() && target.is_ipv6() {
        return Ok((Ipv6Addr::UNSPECIFIED, source.port()).into());
    }
    Err(io::ErrorKind::InvalidInput.into())
}

/// Accepts a connection. It does not block, and has the options that the listener was made with.
///
/// # Platform-specific behavior
///
/// On Linux this is one call: `accept4(2)` sets the flag, and a connection has the options of its listener.
#[cfg(target_os = "linux")]
pub(super) fn accept(
    listener: &TcpListener,
    _options: &SocketOptions,
) -> io::Result<(TcpStream, SocketAddr)> {
    use rustix::net::{SocketFlags, acceptfrom_with};

    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let (socket, peer) = acceptfrom_with(listener, flags)?;
    let peer = peer.and_then(|peer| peer.try_into().ok());
    let peer = peer.ok_or(io::ErrorKind::NotConnected)?;
    Ok((socket.into(), peer))
}

/// Accepts a connection. It does not block, and has these options.
#[cfg(not(target_os = "linux"))]
pub(super) fn accept(
    listener: &TcpListener,
    options: &SocketOptions,
) -> io::Result<(TcpStream, SocketAddr)> {
    let (stream, peer) = listener.accept()?;
    stream.set_nonblocking(true)?;
    // On some systems these calls fail if the peer is already gone; the next read reports that more precisely.
    prepare_tcp(&SockRef::from(&stream), options, peer.is_ipv6()).ok();
    Ok((stream, peer))
}

/// Starts to connect a socket.
pub(super) fn start(socket: Socket, address: &SockAddr) -> io::Result<Socket> {
    match socket.connect(address) {
        Err(error) if !is_under_way(&error) => Err(error),
        Ok(()) | Err(_) => Ok(socket),
    }
}

/// Returns the address that the system chose for a socket, which it knows once the connect has begun.
pub(super) fn local(socket: &Socket) -> Option<Address> {
    let address = socket.local_addr().ok()?.as_socket()?;
    (!address.ip().is_unspecified()).then(|| address.into())
}

/// Sets the sizes of a socket's buffers.
pub(super) fn set_buffers(socket: &Socket, options: &SocketOptions) -> io::Result<()> {
    if let Some(bytes) = options.send_buffer {
        socket.set_send_buffer_size(bytes as usize)?;
    }
    if let Some(bytes) = options.receive_buffer {
        socket.set_recv_buffer_size(bytes as usize)?;
    }
    Ok(())
}

/// Sets how many hops a packet may take.
pub(super) fn set_hops(
    socket: &SockRef<'_>,
    options: &SocketOptions,
    is_ipv6: bool,
) -> io::Result<()> {
    match options.ttl {
        Some(ttl) if is_ipv6 => socket.set_unicast_hops_v6(ttl.into()),
        Some(ttl) => socket.set_ttl_v4(ttl.into()),
        None => Ok(()),
    }
}

/// Sets the options of a TCP socket that holds a connection.
///
/// Urgent data stays in the stream, as RFC 6093 asks. Out of band, it would be missing from the recording, and Linux
/// would report it forever.
fn prepare_tcp(socket: &SockRef<'_>, options: &SocketOptions, is_ipv6: bool) -> io::Result<()> {
    socket.set_tcp_nodelay(options.no_delay)?;
    socket.set_out_of_band_inline(true)?;
    set_hops(socket, options, is_ipv6)?;
    if let Some(linger) = options.linger {
        socket.set_linger(Some(linger))?;
    }
    if let Some(keep_alive) = options.keep_alive {
        let mut tcp = TcpKeepalive::new().with_time(keep_alive.idle);
        tcp = tcp.with_interval(keep_alive.interval);
        #[cfg(not(windows))]
        {
            tcp = tcp.with_retries(keep_alive.probes.into());
        }
        socket.set_tcp_keepalive(&tcp)?;
    }
    Ok(())
}

/// `connect(2)` returns EINPROGRESS, which has no stable `ErrorKind` yet. Windows Sockets returns WSAEWOULDBLOCK.
fn is_under_way(error: &io::Error) -> bool {
    const IN_PROGRESS: i32 = if cfg!(target_os = "linux") { 115 } else { 36 };
    error.kind() == io::ErrorKind::WouldBlock && cfg!(windows)
        || (cfg!(unix) && error.raw_os_error() == Some(IN_PROGRESS))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::net::KeepAlive;

    #[test]
    fn an_accepted_connection_has_the_options_of_its_server() {
        let mut config = ServerConfig::new((Ipv4Addr::LOCALHOST, 0));
        config.options = SocketOptions {
            no_delay: false,
            ttl: Some(9),
            linger: Some(Duration::from_secs(3)),
            keep_alive: Some(KeepAlive {
                idle: Duration::from_secs(11),
                interval: Duration::from_secs(5),
                probes: 2,
            }),
            ..SocketOptions::default()
        };
        let check = |config: &ServerConfig| {
            let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            let listener = listen(&SystemSockets, any, config).unwrap();
            let address = listener.local_addr().unwrap();
            let limit = Duration::from_secs(5);
            let client = TcpStream::connect_timeout(&address, limit).unwrap();
            let until = Instant::now() + limit;
            let (stream, peer) = loop {
                match accept(&listener, &config.options) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        assert!(Instant::now() < until, "no connection");
                        std::thread::yield_now();
                    }
                    accepted => break accepted.unwrap(),
                }
            };
            assert_eq!(peer, client.local_addr().unwrap());
            let would_block = stream.peek(&mut [0]).map_err(|error| error.kind());
            assert_eq!(would_block, Err(io::ErrorKind::WouldBlock));
            let socket = SockRef::from(&stream);
            assert_eq!(socket.tcp_nodelay().unwrap(), config.options.no_delay);
            assert!(socket.out_of_band_inline().unwrap());
            assert_eq!(socket.linger().unwrap(), config.options.linger);
            let keep_alive = config.options.keep_alive;
            assert_eq!(socket.keepalive().unwrap(), keep_alive.is_some());
            if let Some(ttl) = config.options.ttl {
                assert_eq!(socket.ttl_v4().unwrap(), u32::from(ttl));
            }
            #[cfg(target_os = "linux")]
            if let Some(keep_alive) = keep_alive {
                assert_eq!(socket.tcp_keepalive_time().unwrap(), keep_alive.idle);
                let interval = socket.tcp_keepalive_interval().unwrap();
                assert_eq!(interval, keep_alive.interval);
                let probes = socket.tcp_keepalive_retries().unwrap();
                assert_eq!(probes, u32::from(keep_alive.probes));
            }
        };
        check(&config);
        config.options = SocketOptions::default();
        check(&config);
    }
}
