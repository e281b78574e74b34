//! IPv4, IPv6 and one socket for both. Uses the crate socket2 for `IPV6_V6ONLY`.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use socket2::{Domain, Socket, Type};
    use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};

    let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = server.local_addr()?.port();

    // --- 2
    let error = TcpStream::connect((Ipv6Addr::LOCALHOST, port)).unwrap_err();
    println!("over IPv6: {error}"); // refused, or this machine has no IPv6

    // --- 3
    drop(server);
    let Ok(socket) = Socket::new(Domain::IPV6, Type::STREAM, None) else {
        return Ok(());
    };
    socket.set_only_v6(false)?;
    socket.bind(&SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)).into())?;
    socket.listen(128)?;
    let server = TcpListener::from(socket);
    let port = server.local_addr()?.port();

    // --- 4
    let _client = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    let (_connection, peer) = server.accept()?;
    println!("over IPv4, as {}", peer.ip()); // ::ffff:127.0.0.1

    // --- 5
    let _client = TcpStream::connect((Ipv6Addr::LOCALHOST, port))?;
    let (_connection, peer) = server.accept()?;
    println!("over IPv6, as {}", peer.ip());
    Ok(())
}
