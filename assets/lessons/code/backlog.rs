//! A full backlog: connects wait, although the server listens. Uses the crate socket2: std has no backlog to set.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use socket2::{Domain, Socket, Type};
    use std::net::{SocketAddr, TcpListener, TcpStream};
    use std::time::Duration;

    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())?;
    socket.listen(1)?;
    let server = TcpListener::from(socket);
    let address = server.local_addr()?;

    // --- 2
    // A server that does not call accept() leaves its connections in the backlog.

    // --- 3
    let timeout = Duration::from_millis(500);
    let connects = (0..4).map(|_| TcpStream::connect_timeout(&address, timeout));
    let (waiting, failed): (Vec<_>, Vec<_>) = connects.partition(Result::is_ok);
    println!(
        "{} are connected, and {} found no room",
        waiting.len(),
        failed.len()
    );

    // --- 4
    for _ in &waiting {
        let (_connection, peer) = server.accept()?;
        println!("accepted {peer}");
    }
    Ok(())
}
