//! Port 0: any free one.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::net::{TcpListener, TcpStream};

    let server = TcpListener::bind("127.0.0.1:0")?;
    println!("the system chose port {}", server.local_addr()?.port());

    // --- 2
    drop(server);
    let server = TcpListener::bind("127.0.0.1:0")?;
    println!("and now {}", server.local_addr()?.port());

    // --- 3
    let client = TcpStream::connect(server.local_addr()?)?;
    let (connection, peer) = server.accept()?;
    println!("the client's own port is {}", client.local_addr()?.port());
    assert_eq!(peer, client.local_addr()?);

    // --- 4
    drop(client);
    drop(connection);
    Ok(())
}
